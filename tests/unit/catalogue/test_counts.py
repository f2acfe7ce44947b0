"""What there is to mend in checklists is counted once, and by the age of the pages."""

from __future__ import annotations

from privacyaudit.catalogue.counts import counts
from privacyaudit.model import UNDATED, Confidence
from tests.support.samples import alter, load


def test_checks_are_counted_by_how_sure_how_old_and_what_they_lack() -> None:
    here, place = load().checklist, "page: 2026-08"
    older = load(alter((place, "page: 2021"))).checklist
    undated = load(alter((place, "page: undated"), ("confidence: high", "confidence: medium"))).checklist
    found = counts([here, older, undated])
    assert found.checks == 9
    assert found.read == sum(bool(check.probes) for check in here.checks) * 3
    assert found.confidence == {Confidence.HIGH: 2, Confidence.MEDIUM: 1, Confidence.LOW: 6}
    assert list(found.pages.items()) == [("2026", 1), ("2021", 1), (UNDATED, 1), ("", 6)]
    assert found.lacks == {"way": 3, "default": 6, "source": 6}
