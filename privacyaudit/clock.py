"""What time it is, in UTC: the one place that looks at the clock, and the one that turns other times into UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """Return the time in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    """Return today's date in UTC."""
    return now().date()


def in_utc(when: datetime) -> datetime:
    """Return a time in UTC; one without a zone is UTC already."""
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
