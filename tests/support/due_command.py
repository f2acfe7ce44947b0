"""What is due as a command, with records of one check."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.model import (
    AuditRecord,
    Check,
    Finding,
    Observation,
    Verdict,
)
from privacyaudit.over_time.history import History
from tests.support import records

WORDS = "four dull wet Sundays"


def found(check: Check, verdict: Verdict, at: datetime, **changes: Any) -> Finding:
    plain = records.finding(check, verdict)
    seen = Observation(reader="ask", option=plain.option, reason=plain.reason, at=at)
    return plain.model_copy(update={"observations": (seen,)} | changes)


def record(*findings: Finding, known: loading.Catalogue, **changes: Any) -> AuditRecord:
    return records.audit(known, findings=findings, **changes)


SEEN = datetime(2026, 11, 22, 10, 14, tzinfo=UTC)
ONCE = "--passphrase-stdin"


def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    pytest.importorskip("apsw", reason="the extra [history] is not installed")
    return lambda today: monkeypatch.setattr("privacyaudit.clock.now", lambda: datetime.combine(today, time(12), UTC))


def keep(
    verdict: Verdict,
    *platforms: str,
    at: datetime = SEEN,
    number: int = 1,
    most: int = 99,
    quick: bool = False,
    secret: bytes | str = WORDS,
) -> AuditRecord:
    """Save an audit of built-in checklists in which each check has the first answer with this verdict, if it has."""
    lists = loading.catalogue().loaded
    known = loading.Catalogue({name: lists[name] for name in platforms}, ())
    findings = [
        found(check, verdict, at)
        for name in platforms
        for check in lists[name].checklist.checks[:most]
        if verdict is Verdict.UNKNOWN or verdict in [o.verdict_for(records.ROLE.id) for o in check.options]
    ]
    made = record(*findings, known=known, finished=at, id=f"{number:032x}", quick=quick)
    with History.open(secret) as kept:
        kept.save(made)
    return made
