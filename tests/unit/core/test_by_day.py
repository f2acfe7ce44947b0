"""Cases that take long have their turns: each within its days, all of them in a thorough run."""

from __future__ import annotations

import pytest

from tests.support import by_day

CASES = range(25)


@pytest.mark.parametrize("days", [2, 3, 12])
def test_within_its_days_every_case_has_its_turn_once(days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_day, "ALL", False)
    turns: list[int] = []
    for day in range(by_day.DAY, by_day.DAY + days):
        monkeypatch.setattr(by_day, "DAY", day)
        turns += by_day.part(CASES, days)
    assert sorted(turns) == list(CASES)


def test_a_thorough_run_takes_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_day, "ALL", True)
    assert by_day.part(CASES, 12) == list(CASES)


def test_nothing_waits_longer_than_two_weeks() -> None:
    with pytest.raises(AssertionError):
        by_day.part(CASES, 15)
