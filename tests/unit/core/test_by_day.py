"""Cases that take long have their turns: each within its days, all of them in a thorough run."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from tests.support import by_day

CASES = range(25)
TESTS = Path(__file__).parents[2]


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


@pytest.mark.parametrize("file", [*by_day.TURNS, *by_day.TOGETHER])
def test_each_test_of_a_file_that_takes_minutes_has_its_turn(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (TESTS / file).exists()
    monkeypatch.setattr(by_day, "ALL", False)
    turns: list[int] = []
    for day in range(by_day.DAY, by_day.DAY + by_day.TURNS.get(file, len(by_day.TOGETHER))):
        monkeypatch.setattr(by_day, "DAY", day)
        turns += [number for number in CASES if by_day.has_its_turn(file, number)]
    assert sorted(turns) == list(CASES)


def test_a_part_of_the_cases_of_a_file_that_takes_turns_does_not_always_miss_them() -> None:
    for file, days in by_day.TURNS.items():
        for part in re.findall(r"by_day\.part\(.*, (\d+)\)", (TESTS / file).read_text("utf-8")):
            assert math.gcd(days, int(part)) == 1, file
            assert days * int(part) <= by_day.MOST_DAYS, file


def test_all_other_tests_run_each_day() -> None:
    assert by_day.has_its_turn("unit/core/test_by_day.py", 7)
