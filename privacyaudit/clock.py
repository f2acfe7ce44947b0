"""What time it is: the one place that looks at the clock, and the one that turns a moment into a day.

Moments are kept in UTC. What a person is shown, and what is decided by days, goes by the day on the person's own
calendar: that of the time zone this computer is set to, with summer time when it is summer.
"""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """Return the time in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    """Return today's date on the person's calendar."""
    return day(now())


def day(moment: datetime) -> date:
    """Return the day that a moment falls on for the person; a moment without a zone is UTC."""
    return local(moment).date()


def local(moment: datetime) -> datetime:
    """Return a moment as the clock on the wall shows it, with that clock's zone; one without a zone is UTC.

    A moment that the system cannot turn into local time, such as one in the year 1, stays in UTC.
    """
    utc = in_utc(moment)
    try:
        return utc.astimezone()
    except (OverflowError, OSError, ValueError):
        return utc


def in_utc(when: datetime) -> datetime:
    """Return a time in UTC; one without a zone is UTC already, and one at an end of the calendar is taken for it."""
    try:
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except OverflowError:
        return when.replace(tzinfo=UTC)
