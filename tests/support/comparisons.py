"""Two records of an invented platform, to compare."""

from __future__ import annotations

from typing import Any

from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.model import AuditRecord, Finding, Reason, Verdict
from privacyaudit.over_time.compare import Comparison, in_order
from privacyaudit.report.changes import ChangesView, view
from tests.support.records import FINISHED, TODAY, audit, catalogue, check, checklist

FAIL, CHOICE, UNKNOWN, ACCEPTED, PASS, APART = Verdict
EARLIER = FINISHED.replace(month=3, day=3)
OPTIONS = [
    {"id": "friends", "label": "Friends", "verdict": "pass"},
    {"id": "everyone", "label": "Everyone", "verdict": {"default": "fail", "councillor": "choice"}},
    {"id": "followers", "label": "Followers", "verdict": "choice"},
    {"id": "none", "label": "I do not have this", "verdict": "not_applicable"},
]
ANSWER = {PASS: "friends", FAIL: "everyone", ACCEPTED: "everyone", CHOICE: "followers", APART: "none"}
ONE = "photobook.one"


def known_with(**changes: Any) -> Catalogue:
    """One platform with one check."""
    made: dict[str, Any] = {"id": ONE, "options": OPTIONS, "default": None} | changes
    return catalogue(checklist("photobook", 1, [check("photobook", 0, **made)]))


KNOWN = known_with()


def found(verdict: Verdict, name: str = ONE, **changes: Any) -> Finding:
    made = {
        "check": name,
        "revision": 1,
        "verdict": verdict,
        "option": ANSWER.get(verdict),
        "reason": Reason.NOT_FOUND if verdict is UNKNOWN else None,
    }
    return Finding.model_validate(made | changes)


def record(*findings: Finding, known: Catalogue = KNOWN, **changes: Any) -> AuditRecord:
    return audit(known, findings=findings, **changes)


def example(**changes: Any) -> tuple[Comparison, Catalogue]:
    """Every kind of row: worse 1, still 5, not comparable 3, new 1, better 1, no longer asked 1, unchanged 2."""
    before = [PASS, FAIL, FAIL, FAIL, FAIL, UNKNOWN, PASS, UNKNOWN, FAIL, FAIL, PASS, PASS, CHOICE]
    after = [FAIL, FAIL, FAIL, FAIL, FAIL, FAIL, UNKNOWN, UNKNOWN, PASS, ACCEPTED, PASS, CHOICE]
    checks = [check("photobook", number, options=OPTIONS, default=None) for number in range(14)]
    known = catalogue(checklist("photobook", 14, checks))
    old = [found(verdict, one.id) for verdict, one in zip(before, checks, strict=False)]
    new = [found(verdict, one.id) for verdict, one in zip(after, checks, strict=False)]
    new.append(found(FAIL, checks[13].id))
    earlier = record(*old, known=known, finished=EARLIER)
    return in_order(earlier, record(*new, known=known, **changes), known), known


def shown_example(**changes: Any) -> ChangesView:
    made, known = example(**changes)
    return view(made, known, TODAY)
