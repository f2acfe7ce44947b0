"""Calendar files of a known day, with one event or with two."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from privacyaudit.reminders import calendar
from privacyaudit.reminders.calendar import Event, When

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LOCAL = datetime.fromisoformat("2026-11-22 12:00")
FIVE = time(17)
UID = "6a2f1c7e-0000-4000-8000-000000000001"
TITLE = "Personal admin"


def written(when: When, title: str = TITLE, now: datetime = NOW, about: str = "") -> bytes:
    return calendar.calendar_file([Event(when, about=about)], title, UID, now)


def two(at: time = FIVE, now: datetime = NOW) -> bytes:
    """Write the repeating event and the one before a term."""
    term = calendar.before_term(date(2027, 1, 4), at, LOCAL)
    events = [Event(calendar.every(3, at, LOCAL.date()), about="Pond\n- a, b; c"), Event(term, calendar.TERM)]
    return calendar.calendar_file(events, TITLE, UID, now)
