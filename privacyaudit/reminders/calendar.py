"""Reminders for a calendar: when they fall, and the file.

Of all files, only the name of the event is written here. The only module that touches icalendar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

from privacyaudit import extras
from privacyaudit.clock import in_utc
from privacyaudit.errors import MissingExtra, UsageError
from privacyaudit.i18n import N_, _
from privacyaudit.model import CONTROL
from privacyaudit.over_time.due import add_months
from privacyaudit.storage import files, folders, reading

LAST_SAFE_DAY = 28
BEFORE_TERM = timedelta(days=7)
LENGTH = timedelta(minutes=30)
WARNING = timedelta(minutes=15)
LONGEST_TITLE = 200
LARGEST_NUMBER = 2**31 - 1  # of an iCalendar file (RFC 5545, section 3.3.8)
NEUTRAL_TITLE = N_("Personal admin")
USUAL_TIME = time(17)
USUAL_MONTHS = 3
UID_FILE = "reminder-id"
NUMBER_FILE = "reminder-number"
TERM = "-term"  # behind the UID of the event before a term
PRODUCT = "-//A quiet half hour//EN"

_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


# -- when ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class When:
    """The moment of the first reminder, in local time without a zone, and the months between two; 0 means once."""

    first: datetime
    months: int = 0


def every(months: int, at: time, today: date) -> When:
    """Return a reminder every so many months, for the first time that many months from today.

    After the 28th it falls on the 28th, because a calendar program leaves out months that have no 31st (RFC 5545,
    section 3.3.10). Raises UsageError when `months` is not from 1 to 60.
    """
    if not 1 <= months <= 60:
        raise UsageError(
            _("{number} is not possible: choose a number of months from 1 to 60.").format(number=months),
            _("Try: --every 3"),
        )
    day = add_months(today, months)
    return When(datetime.combine(day.replace(day=min(day.day, LAST_SAFE_DAY)), at), months)


def once(day: date, at: time, now: datetime) -> When:
    """Return a reminder on one day. Raises UsageError when that is not after `now` (local time without a zone)."""
    first = datetime.combine(day, at)
    if first <= now:
        raise UsageError(
            _("{day} at {time} is in the past.").format(day=day.isoformat(), time=f"{at:%H:%M}"),
            _("Choose a later day, like this: --on {day}").format(day=add_months(now.date(), 1).isoformat()),
        )
    return When(first)


def before_term(start: date, at: time, now: datetime) -> When:
    """Return a reminder one week before a term starts. Raises UsageError when that is not after `now`."""
    if start <= date.min + BEFORE_TERM:
        raise UsageError(_("A term cannot start on {day}.").format(day=start.isoformat()))
    try:
        return once(start - BEFORE_TERM, at, now)
    except UsageError as error:
        raise UsageError(
            _("The reminder would be a week before {day}, and that is in the past.").format(day=start.isoformat()),
            _("Choose the next term, or choose your own day with --on."),
        ) from error


# -- the calendar file -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Event:
    """One event of a calendar file: `ending` is put behind the UID, `about` is its description, if it has one."""

    when: When
    ending: str = ""
    about: str = ""


def calendar_file(events: Sequence[Event], title: str, uid: str, now: datetime, number: int = 0) -> bytes:
    """Return an iCalendar file (RFC 5545) with half-hour events, each with a warning a quarter of an hour before.

    Its times have no zone, so that a change of the clocks does not move the hour. The same `uid` makes a calendar
    program update the events it already has; for that, SEQUENCE grows with `now` (with a zone) by one each second, and
    is at least `number`.
    Nothing but the title and the descriptions say what it is for. Raises UsageError for a title that is empty, too long
    or holds control characters, and MissingExtra when the extra `remind` is not installed.
    """
    words = " ".join(title.split())
    if not words or len(words) > LONGEST_TITLE or CONTROL.search(words):
        raise UsageError(
            _("The title must have 1 to {number} characters, and all of them must be visible.").format(
                number=LONGEST_TITLE
            ),
            _("Leave out --title to get a neutral title."),
        )
    extras.need("calendar")
    import icalendar

    file = icalendar.Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    for event in events:
        entry = icalendar.Event()
        entry.add("uid", uid + event.ending)
        entry.add("dtstamp", in_utc(now).replace(microsecond=0))
        entry.add("sequence", min(max(number, _seconds(now)), LARGEST_NUMBER))
        entry.add("summary", words)
        entry.add("dtstart", event.when.first)
        entry.add("duration", LENGTH)
        entry.add("class", "PRIVATE")
        if event.about:
            entry.add("description", event.about)
        if event.when.months:
            entry.add("rrule", {"freq": "monthly", "interval": event.when.months})
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", words)
        alarm.add("trigger", -WARNING)
        entry.add_component(alarm)
        file.add_component(entry)
    return bytes(file.to_ical())


def _seconds(now: datetime) -> int:
    return max(0, int((now - _EPOCH).total_seconds()))


def for_report(months: int, uid: str, now: datetime, number: int = 0) -> bytes | None:
    """Return the calendar file that a report carries: a neutral event every so many months, at the usual time.

    `now` has a zone, and its day is the one to count from. None when the extra `remind` is not installed. Raises
    UsageError when `months` is not from 1 to 60.
    """
    try:
        return calendar_file([Event(every(months, USUAL_TIME, now.date()))], _(NEUTRAL_TITLE), uid, now, number)
    except MissingExtra:
        return None


def own_uid() -> str:
    """Return the name of this person's event, made once by chance and kept in the state folder. Raises SaveError.

    It is the same for every calendar file, so that the newest updates what an earlier one put into the calendar.
    """
    path = folders.state() / UID_FILE
    try:
        return str(UUID(reading.content(path, 1_000).decode("ascii").strip()))
    except (OSError, ValueError):
        made = str(uuid4())
        files.write(path, f"{made}\n")
        return made


def next_number(now: datetime) -> int:
    """Return the SEQUENCE of the next file and keep it: it grows also after the clock was ahead. Raises SaveError."""
    path = folders.state() / NUMBER_FILE
    try:
        before = int(reading.content(path, 1_000))
    except (OSError, ValueError):
        before = -1
    number = min(max(before + 1, _seconds(now)), LARGEST_NUMBER)
    files.write(path, f"{number}\n")
    return number
