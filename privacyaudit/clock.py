"""What time it is: the one place that looks at the clock, and the one that turns a moment into a day.

Moments are kept in UTC. What a person is shown, and what is decided by days, goes by the day on the person's own
calendar: that of the time zone this computer is set to, with summer time when it is summer.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

_TIME = re.compile(
    r"(\d{1,2}) ?(?:[:.]?(\d\d))? ?([ap])\.?m\.?|(?=\d{4}$|\d+[:.])(\d{1,2})[:.]?(\d\d)", re.IGNORECASE | re.ASCII
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def now() -> datetime:
    """Return the time in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    """Return today's date on the person's calendar."""
    return day(now())


def day(moment: datetime) -> date:
    """Return the day that a moment falls on for the person; a moment without a zone is UTC."""
    return local(moment).date()


def day_there(moment: datetime) -> date:
    """Return the day that a moment has in its own zone, wherever it is read."""
    return moment.date()


def local(moment: datetime) -> datetime:
    """Return a moment as the clock on the wall shows it, with that clock's zone; one without a zone is UTC.

    A moment that the system cannot turn into local time, such as one in the year 1, stays in UTC.
    """
    utc = in_utc(moment)
    try:
        return utc.astimezone()
    except (OverflowError, OSError, ValueError):
        return utc


def on_the_wall(on: date, at: time) -> datetime:
    """Return the moment at which the clock on the person's wall shows this, with that clock's zone.

    An hour that the clock shows twice is the first of the two. Raises ValueError where there is no such moment.
    """
    try:
        return datetime.combine(on, at).astimezone()
    except (OverflowError, OSError) as error:
        raise ValueError(on) from error


def in_utc(when: datetime) -> datetime:
    """Return a time in UTC; one without a zone is UTC already, and one at an end of the calendar is taken for it."""
    try:
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except OverflowError:
        return when.replace(tzinfo=UTC)


def time_of_day(text: str) -> time:
    """Return the time that was typed: 17:00, 17.30, 9:30, 1730, 5pm, 5.30 pm. Raises ValueError for all else."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    half = found[3]
    hour, minute = int(found[1] or found[4]), int(found[2] or found[5] or 0)
    if half and not 1 <= hour <= 12:
        raise ValueError(text)
    return time(hour % 12 + (12 if half in "pP" else 0) if half else hour, minute)


def written_day(text: str) -> date:
    """Return the day that was typed as year, month and day: 2027-02-14. Raises ValueError for all else."""
    if not _DAY.fullmatch(text.strip()):
        raise ValueError(text)
    return date.fromisoformat(text.strip())
