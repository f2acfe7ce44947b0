"""A comparison as JSON, without words."""

from __future__ import annotations

import json

from pydantic import JsonValue

from privacyaudit.clock import in_utc
from privacyaudit.model import AuditRecord, Finding
from privacyaudit.over_time.compare import ChangeKind
from privacyaudit.report.changes import ChangesView

SCHEMA = "1"


def text(view: ChangesView) -> str:
    """Return a comparison as JSON: ids, verdicts, reasons and dates, and no words in any language."""
    return json.dumps(data(view), indent=2)


def data(view: ChangesView) -> dict[str, JsonValue]:
    """Return a comparison as that JSON's object; the record of an audit holds it too."""
    comparison = view.comparison
    return {
        "schema": SCHEMA,
        "tool": "privacyaudit",
        "type": "comparison",
        "old": _record(comparison.old),
        "new": _record(comparison.new),
        "turned": comparison.turned,
        "same_record": comparison.old == comparison.new,
        "counts": {kind.value: comparison.count(kind) for kind in ChangeKind},
        "rows": [
            {
                "check": row.check,
                "kind": row.kind.value,
                "state": row.state.value if row.state else None,
                "why_not": row.why_not.value if row.why_not else None,
                "before": _finding(row.before),
                "after": _finding(row.after),
            }
            for row in comparison.rows
        ],
    }


def _record(record: AuditRecord) -> dict[str, JsonValue]:
    return {"id": record.id, "finished": in_utc(record.finished).isoformat(), "role": record.role}


def _finding(finding: Finding | None) -> dict[str, JsonValue] | None:
    kept = {"check", "revision", "verdict", "option", "reason", "until", "planned", "earlier"}
    return finding.model_dump(mode="json", include=kept) if finding else None
