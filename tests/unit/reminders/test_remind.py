"""Reminders as text: days that exist, a calendar file that others can read, schedules that their own tools accept."""

from __future__ import annotations

import configparser
import plistlib
import re
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacyaudit.cli.commands import remind as command
from privacyaudit.errors import MissingExtra, UsageError
from privacyaudit.over_time.due import add_months
from privacyaudit.reminders import calendar, jobs
from privacyaudit.reminders.calendar import When
from privacyaudit.reminders.jobs import Job
from privacyaudit.storage import folders
from tests.support.reminder_files import FIVE, LOCAL, NOW, TITLE, UID, two, written
from tests.support.schedulers import JOB

AWKWARD = ("/opt/it's 100% $HOME/py\"thon\\x", "-m", "privacyaudit", "due")
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def value(file: bytes, name: str) -> str:
    """Return what stands behind a property's name, in the first line that has it."""
    found = re.search(rf"^{name}:(.*)\r$", file.decode(), re.M)
    assert found, f"there is no {name}"
    return found[1]


# -- when ------------------------------------------------------------------------------------------


@given(DAYS, st.integers(1, 60))
def test_every_so_many_months_is_in_that_month_and_no_later_than_the_28th(today: date, months: int) -> None:
    first = calendar.every(months, FIVE, today).first
    assert (first.year - today.year) * 12 + first.month - today.month == months
    assert first.day == min(today.day, 28)
    assert first.time() == FIVE


@pytest.mark.parametrize("months", [0, -3, 61])
def test_a_number_of_months_that_makes_no_sense_is_refused(months: int) -> None:
    with pytest.raises(UsageError, match="1 to 60"):
        calendar.every(months, FIVE, LOCAL.date())


def test_a_reminder_later_today_is_taken_and_one_that_is_over_is_refused() -> None:
    assert calendar.once(LOCAL.date(), FIVE, LOCAL) == When(datetime.fromisoformat("2026-11-22 17:00"))
    with pytest.raises(UsageError, match="2026-11-22 at 12:00 is in the past") as caught:
        calendar.once(LOCAL.date(), time(12), LOCAL)
    assert "--on 2026-12-22" in caught.value.advice


def test_a_term_is_announced_one_week_before_it_starts() -> None:
    assert calendar.before_term(date(2027, 1, 4), FIVE, LOCAL) == When(datetime.fromisoformat("2026-12-28 17:00"))


@pytest.mark.parametrize("start", [date(2026, 11, 28), date(2020, 1, 1), date.min])
def test_a_term_that_is_too_close_or_over_is_refused(start: date) -> None:
    with pytest.raises(UsageError):
        calendar.before_term(start, FIVE, LOCAL)


# -- the calendar file -----------------------------------------------------------------------------


def test_the_file_comes_back_from_icalendar_as_it_was_meant() -> None:
    icalendar = pytest.importorskip("icalendar", reason="the extra `remind` is not installed")
    when = calendar.every(3, FIVE, date(2026, 11, 30))
    file = written(when)
    read = icalendar.Calendar.from_ical(file)
    [event] = read.walk("VEVENT")
    [alarm] = event.walk("VALARM")
    assert read.errors == event.errors == alarm.errors == []
    assert read["version"] == "2.0"
    assert event["uid"] == UID
    assert event.decoded("dtstart") == datetime.fromisoformat("2027-02-28 17:00")
    assert event.decoded("dtstamp") == NOW
    assert event.decoded("duration") == timedelta(minutes=30)
    assert dict(event["rrule"]) == {"FREQ": ["MONTHLY"], "INTERVAL": [3]}
    assert alarm.decoded("trigger") == -timedelta(minutes=15)
    assert (event["summary"], alarm["description"], alarm["action"]) == (TITLE, TITLE, "DISPLAY")
    assert read.to_ical() == file


@settings(max_examples=50)
@given(DAYS, st.sampled_from([1, 2, 3, 6, 12]))
def test_another_program_reads_it_and_finds_a_day_in_every_such_month(today: date, months: int) -> None:
    vobject = pytest.importorskip("vobject", reason="vobject, the other program, is not installed")
    event = vobject.readOne(written(calendar.every(months, FIVE, today)).decode()).vevent
    days = list(event.getrruleset(addRDate=True)[:13])
    assert [(day.year, day.month) for day in days] == [
        (day.year, day.month) for day in (add_months(days[0].date().replace(day=1), months * n) for n in range(13))
    ]
    assert {day.day for day in days} == {min(today.day, 28)}
    assert event.summary.value == event.valarm.description.value == TITLE


def test_a_single_reminder_has_no_rule() -> None:
    vobject = pytest.importorskip("vobject", reason="vobject, the other program, is not installed")
    event = vobject.readOne(written(calendar.once(date(2027, 2, 14), FIVE, LOCAL)).decode()).vevent
    assert event.dtstart.value == datetime.fromisoformat("2027-02-14 17:00")
    assert not hasattr(event, "rrule")


def test_a_change_of_the_clocks_does_not_move_the_hour() -> None:
    vobject = pytest.importorskip("vobject", reason="vobject, the other program, is not installed")
    file = written(calendar.every(3, FIVE, date(2026, 11, 22)))
    assert value(file, "DTSTART") == "20270222T170000"
    event = vobject.readOne(file.decode()).vevent
    here = [day.replace(tzinfo=ZoneInfo("Europe/London")) for day in event.getrruleset(addRDate=True)[:4]]
    assert {day.hour for day in here} == {17}
    assert {day.utcoffset() for day in here} == {timedelta(0), timedelta(hours=1)}


def test_writing_it_again_updates_the_event_instead_of_making_a_second_one() -> None:
    old = written(calendar.every(3, FIVE, LOCAL.date()))
    new = written(calendar.once(date(2027, 2, 14), FIVE, LOCAL), now=NOW + timedelta(seconds=1))
    assert value(old, "UID") == value(new, "UID") == UID
    assert int(value(new, "SEQUENCE")) == int(value(old, "SEQUENCE")) + 1
    assert value(new, "DTSTAMP") > value(old, "DTSTAMP")


def test_the_sequence_fits_a_calendar_for_sixty_years_and_is_never_negative() -> None:
    when = When(datetime.fromisoformat("2087-01-01"))
    assert 0 < int(value(written(when, now=NOW.replace(year=2086)), "SEQUENCE")) < 2**31
    assert value(written(when, now=NOW.replace(year=1999)), "SEQUENCE") == "0"


def test_the_stamp_is_in_utc_wherever_the_person_is() -> None:
    there = datetime(2026, 7, 1, 12, 0, tzinfo=ZoneInfo("Europe/London"))
    assert value(written(When(LOCAL), now=there), "DTSTAMP") == "20260701T110000Z"


def test_lines_end_as_the_standard_says_and_are_at_most_75_bytes_long() -> None:
    title = "Hanner awr dawel, gyda phaned o de a chi bach ŵyr pwy ydy ŷ " * 3
    file = written(When(LOCAL), title)
    assert file.endswith(b"\r\n")
    lines = file.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode()
    vobject = pytest.importorskip("vobject", reason="vobject, the other program, is not installed")
    assert vobject.readOne(file.decode()).vevent.summary.value == title.strip()


def test_nothing_but_the_title_says_what_it_is_for() -> None:
    assert not re.search(rb"privacy|audit|setting|account", written(When(LOCAL)).replace(b"CLASS:PRIVATE", b""), re.I)


@pytest.mark.parametrize("title", ["Lunch; or not, \\n maybe", "Tea: 3 o'clock", "a\r\nATTENDEE:mailto:x@example.org"])
def test_a_title_stays_a_title(title: str) -> None:
    vobject = pytest.importorskip("vobject", reason="vobject, the other program, is not installed")
    event = vobject.readOne(written(When(LOCAL), title).decode()).vevent
    assert event.summary.value == " ".join(title.split())
    assert not hasattr(event, "attendee")


@pytest.mark.parametrize("title", ["", "  \n", "x" * 201, "bell \a", "turned \u202e round"])
def test_a_title_that_cannot_be_seen_or_is_too_long_is_refused(title: str) -> None:
    with pytest.raises(UsageError, match="1 to 200"):
        written(When(LOCAL), title)


def test_a_description_is_there_only_when_it_is_given_and_comes_back_as_it_was() -> None:
    vobject = pytest.importorskip("vobject", reason="vobject, the other program, is not installed")
    assert not hasattr(vobject.readOne(written(When(LOCAL)).decode()).vevent, "description")
    about = "Pond\n- Strangers, and others; cannot \\n see you\n\nMill\n- Tŷ"
    assert vobject.readOne(written(When(LOCAL), about=about).decode()).vevent.description.value == about


def test_an_event_before_a_term_stands_beside_the_one_that_repeats() -> None:
    vobject = pytest.importorskip("vobject", reason="vobject, the other program, is not installed")
    again, term = vobject.readOne(two().decode()).vevent_list
    assert (again.uid.value, term.uid.value) == (UID, f"{UID}-term")
    assert again.dtstart.value == datetime.fromisoformat("2027-02-22 17:00")
    assert term.dtstart.value == datetime.fromisoformat("2026-12-28 17:00")
    assert hasattr(again, "rrule")
    assert not hasattr(term, "rrule")
    for event in (again, term):
        assert event.valarm.trigger.value == -timedelta(minutes=15)


@pytest.mark.parametrize("months", [1, 2, 3, 6, 12])
def test_the_file_in_a_report_is_neutral_and_has_the_interval_that_was_asked_for(months: int) -> None:
    icalendar = pytest.importorskip("icalendar", reason="the extra `remind` is not installed")
    file = calendar.for_report(months, UID, NOW)
    assert file
    [event] = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert (event["uid"], event["summary"], event["rrule"]["INTERVAL"]) == (UID, TITLE, [months])
    assert event.decoded("dtstart") == datetime.combine(add_months(NOW.date(), months), calendar.USUAL_TIME)
    assert "description" not in event


def test_without_the_extra_a_sentence_says_how_to_get_it_and_a_report_goes_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtra) as caught:
        written(When(LOCAL))
    assert "privacyaudit[remind]" in caught.value.advice
    assert calendar.for_report(3, UID, NOW) is None


def test_the_name_of_the_event_stays_the_same_until_its_file_is_gone() -> None:
    name = calendar.own_uid()
    assert calendar.own_uid() == name
    path = folders.state() / calendar.UID_FILE
    path.write_text("not a name")
    assert calendar.own_uid() != name
    assert calendar.own_uid() == calendar.own_uid()


def test_the_usual_time_is_the_same_for_a_report_and_for_the_command() -> None:
    assert time.fromisoformat(command.USUAL_TIME) == calendar.USUAL_TIME


# -- what the schedulers are told ------------------------------------------------------------------


def test_both_units_read_back_as_they_were_written() -> None:
    service, timer = (configparser.RawConfigParser(interpolation=None) for _unit in range(2))
    for unit in (service, timer):
        unit.optionxform = str  # type: ignore[assignment,method-assign]
    service.read_string(jobs.systemd_service(JOB))
    timer.read_string(jobs.systemd_timer(JOB))
    assert shlex.split(service["Service"].pop("ExecStart").removeprefix(":"))[3:] == list(JOB.command)
    assert dict(service["Service"]) == {
        "Type": "oneshot",
        "StandardOutput": "null",
        "SuccessExitStatus": "10",
        "Restart": "on-failure",
        "RestartSec": "30min",
        "RestartPreventExitStatus": "1 2 3 130",
    }
    assert dict(timer["Timer"]) == {"OnCalendar": "Sun *-*-* 17:00:00", "Persistent": "true"}
    assert dict(timer["Install"]) == {"WantedBy": "timers.target"}


def test_systemds_words_reach_the_program_as_they_were() -> None:
    """What systemd does to a quoted word, done backwards here; that it accepts the line is tested above."""
    line = re.search(r"^ExecStart=:(.*)$", jobs.systemd_service(Job(AWKWARD, 6, FIVE)), re.M)
    assert line
    assert not re.search(r"(?<!%)(%%)*%(?!%)", line[1])
    words = [word.replace("%%", "%") for word in shlex.split(line[1])]
    told = subprocess.run([*words[:3], "/bin/echo", *words[3:]], capture_output=True, text=True, check=True).stdout
    assert told == " ".join(AWKWARD) + "\n"


def test_cron_counts_sunday_as_0_and_its_shell_gets_the_words_as_they_were() -> None:
    line = jobs.cron_line(Job(AWKWARD, 6, time(7, 5)))
    assert line.startswith("5 7 * * 0 ")
    assert jobs.cron_line(Job(AWKWARD, 0, time(7, 5))).startswith("5 7 * * 1 ")
    assert line.endswith(" >/dev/null"), "cron mails what a job prints, and that names platforms"
    command = line.split(" ", 5)[5].removesuffix(" >/dev/null")
    assert not re.search(r"(?<!\\)%", command)
    shell = command.replace(r"\%", "%")
    told = subprocess.run(["sh", "-c", f"printf '%s\\n' {shell}"], capture_output=True, text=True, check=True).stdout
    assert told.splitlines() == list(AWKWARD)


LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=20), max_size=5)


@given(LINES, LINES, st.sampled_from(["", "\n"]))
def test_every_other_line_of_a_crontab_stays_as_it_is(before: list[str], after: list[str], end: str) -> None:
    head = "".join(f"{line}\n" for line in before)
    mine = jobs.with_block(head, JOB)
    whole = mine + "\n".join(after) + (end if after else "")
    rest = "\n".join(after) + (end if after else "")
    assert jobs.without_block(whole) == head + rest
    assert jobs.without_block(head + rest) == head + rest


def test_installing_again_replaces_the_lines() -> None:
    twice = jobs.with_block(jobs.with_block("0 1 * * * backup", JOB), Job(JOB.command, 2, FIVE))
    assert twice.splitlines() == [
        "0 1 * * * backup",
        jobs.CRON_BEGIN,
        jobs.cron_line(Job(JOB.command, 2, FIVE)),
        jobs.CRON_END,
    ]


def test_a_beginning_without_an_end_takes_nobody_elses_lines_along() -> None:
    torn = f"{jobs.CRON_BEGIN}\n0 1 * * * backup\n"
    assert jobs.without_block(torn) == torn
    assert jobs.without_block(jobs.with_block(torn, JOB)) == torn


def test_launchd_gets_a_list_that_reads_back(tmp_path: Path) -> None:
    raw = jobs.launchd_plist(Job(AWKWARD, 6, time(7, 5)))
    assert plistlib.loads(raw) == {
        "Label": jobs.NAME,
        "ProgramArguments": list(AWKWARD),
        "StartCalendarInterval": {"Weekday": 0, "Hour": 7, "Minute": 5},
        "ProcessType": "Background",
    }
    if not shutil.which("plistutil"):
        pytest.skip("read back by Python; plistutil, another reader, is not installed here")
    path = tmp_path / "job.plist"
    path.write_bytes(raw)
    told = subprocess.run(["plistutil", "-i", str(path), "-f", "xml"], capture_output=True, check=True).stdout
    assert plistlib.loads(told) == plistlib.loads(raw)


def test_windows_gets_a_task_of_version_1_2_in_utf_16_with_its_parts_in_order() -> None:
    raw = jobs.windows_task(Job(AWKWARD, 6, time(7, 5)), "SCHOOL\\Ann & Bob", date(2026, 11, 22))
    assert raw.startswith(b"\xff\xfe")
    assert "\r\n" in raw.decode("utf-16")
    task = ET.fromstring(raw)
    assert (task.tag, task.get("version")) == (f"{TASK}Task", "1.2")
    assert parts(task) == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    [trigger] = task.iter(f"{TASK}CalendarTrigger")
    assert parts(trigger) == ["StartBoundary", "ScheduleByWeek"]
    assert trigger.findtext(f"{TASK}StartBoundary") == "2026-11-22T07:05:00"
    assert [parts(days) for days in task.iter(f"{TASK}DaysOfWeek")] == [["Sunday"]]
    assert [user.text for user in task.iter(f"{TASK}UserId")] == ["SCHOOL\\Ann & Bob"]
    [run] = task.iter(f"{TASK}Exec")
    assert parts(run) == ["Command", "Arguments"]
    assert [part.text for part in run] == [AWKWARD[0], "-m privacyaudit due"]


TRUTH = re.compile("true|false|1|0")
SCHEMA: dict[str, tuple[bool, dict[str, re.Pattern[str] | str]]] = {
    "Task": (
        False,
        dict.fromkeys(("RegistrationInfo", "Triggers", "Settings", "Data", "Principals", "Actions"), "parts"),
    ),
    "RegistrationInfo": (False, {"Description": re.compile(".*")}),
    "Triggers": (False, {"CalendarTrigger": "parts"}),
    "CalendarTrigger": (
        True,
        {
            "Enabled": TRUTH,
            "StartBoundary": re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"),
            "EndBoundary": re.compile(".+"),
            "Repetition": "parts",
            "ExecutionTimeLimit": re.compile("P.+"),
            "RandomDelay": re.compile("P.+"),
            "ScheduleByWeek": "parts",
        },
    ),
    "ScheduleByWeek": (False, {"WeeksInterval": re.compile("[1-9]|[1-4][0-9]|5[0-2]"), "DaysOfWeek": "parts"}),
    "DaysOfWeek": (False, {day: re.compile("") for day in jobs.WEEKDAYS}),
    "Principals": (False, {"Principal": "parts"}),
    "Principal": (
        False,
        {
            "UserId": re.compile(".+"),
            "LogonType": re.compile("S4U|Password|InteractiveToken|InteractiveTokenOrPassword"),
            "RunLevel": re.compile("LeastPrivilege|HighestAvailable"),
        },
    ),
    "Settings": (
        False,
        {
            "MultipleInstancesPolicy": re.compile("Parallel|Queue|IgnoreNew|StopExisting"),
            **dict.fromkeys(("DisallowStartIfOnBatteries", "StopIfGoingOnBatteries", "StartWhenAvailable"), TRUTH),
        },
    ),
    "Actions": (False, {"Exec": "parts"}),
    "Exec": (False, {"Command": re.compile(".+"), "Arguments": re.compile(".*"), "WorkingDirectory": re.compile(".*")}),
}
"""What the published schema says of the elements that we use: whether their parts have an order, and what they hold.

Source: [MS-TSCH] section 2.5, "XML Task Definition Format", and the Task Scheduler Schema at Microsoft Learn.
"""


def against_schema(element: ET.Element) -> list[str]:
    """Return what in an element and its parts is not as the schema says."""
    name = element.tag.removeprefix(TASK)
    ordered, allowed = SCHEMA[name]
    found = parts(element)
    faults = [f"{part} in {name}" for part in found if part not in allowed]
    if len(set(found)) < len(found):
        faults.append(f"a part of {name} stands there twice")
    if ordered and not faults and found != [part for part in allowed if part in found]:
        faults.append(f"the parts of {name} are not in order")
    for child, part in zip(element, found, strict=True):
        rule = allowed.get(part)
        if isinstance(rule, str):
            faults += against_schema(child)
        elif rule and not rule.fullmatch(child.text or ""):
            faults.append(f"{part}: {child.text}")
    return faults


def test_the_task_keeps_the_rules_of_the_published_schema() -> None:
    for weekday in range(7):
        raw = jobs.windows_task(Job(AWKWARD, weekday, time(7, 5)), "SCHOOL\\Ann & Bob", date(2026, 11, 22))
        task = ET.fromstring(raw)
        assert against_schema(task) == []
        [actions], [principal] = task.iter(f"{TASK}Actions"), task.iter(f"{TASK}Principal")
        assert actions.get("Context") == principal.get("id")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Sunday", "Funday"),
        ("<WeeksInterval>1<", "<WeeksInterval>53<"),
        ("IgnoreNew", "Ignore"),
        ("T07:05:00", " 07:05"),
        ("RunLevel", "Level"),
    ],
)
def test_a_task_against_the_rules_would_have_been_found(right: str, wrong: str) -> None:
    raw = jobs.windows_task(Job(AWKWARD, 6, time(7, 5)), "ann", date(2026, 11, 22)).decode("utf-16")
    assert right in raw
    assert against_schema(ET.fromstring(raw.partition("?>")[2].replace(right, wrong)))


def test_a_task_whose_schedule_stands_before_its_beginning_would_have_been_found() -> None:
    raw = jobs.windows_task(Job(AWKWARD, 6, time(7, 5)), "ann", date(2026, 11, 22))
    task = ET.fromstring(raw)
    [trigger] = task.iter(f"{TASK}CalendarTrigger")
    trigger[:] = reversed(trigger)
    assert against_schema(task) == ["the parts of CalendarTrigger are not in order"]


def parts(element: ET.Element) -> list[str]:
    return [child.tag.removeprefix(TASK) for child in element]


@pytest.mark.parametrize("path", ["/opt/a\nb/python", "/opt/\x1b/python", "/opt/a\tb"])
def test_a_path_that_would_break_a_line_is_refused(path: str) -> None:
    with pytest.raises(UsageError, match="control character"):
        Job((path, "due"), 6, FIVE)


def test_the_number_of_the_event_grows_also_after_the_clock_was_ahead() -> None:
    pytest.importorskip("icalendar", reason="the extra `remind` is not installed")
    ahead = calendar.next_number(NOW + timedelta(days=2000))
    number = calendar.next_number(NOW)
    assert number == ahead + 1
    assert f"SEQUENCE:{number}".encode() in (calendar.for_report(3, UID, NOW, number) or b"")
