"""Cases of which a usual run takes a part each day, because all of them take minutes; `nox -s thorough` takes all.

Every case has its turn within two weeks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from hypothesis import settings

from privacyaudit.clock import today

MOST_DAYS = 14
DAY = today().toordinal()
ALL = settings().max_examples >= settings.get_profile("thorough").max_examples

T = TypeVar("T")


def part(cases: Iterable[T], days: int) -> list[T]:
    """Return the cases whose turn is today, when all of them have theirs within so many days."""
    assert days <= MOST_DAYS
    return [one for number, one in enumerate(cases) if ALL or number % days == DAY % days]
