"""Moments are kept in UTC, and two readers of one moment show one day: that of the person."""

from __future__ import annotations

import ast
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import privacyaudit
from privacyaudit import clock, i18n
from privacyaudit.model import Count, Observation, Verdict
from privacyaudit.over_time import decisions
from privacyaudit.over_time.compare import compare, day_of
from privacyaudit.over_time.due import seen_on
from privacyaudit.reminders import calendar
from privacyaudit.report import changes, writing
from privacyaudit.report.counts import by_audit, signs
from tests.support import records
from tests.support.zones import needs_zones, zone

ZONES = (
    *("UTC", "Europe/London", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Lord_Howe"),
    *("America/St_Johns", "Pacific/Apia", "Africa/Casablanca", "Pacific/Chatham"),
)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001

JULY = datetime(2026, 6, 30, 23, 20, tzinfo=UTC)
SPRING = datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)


@needs_zones
@given(MOMENTS, st.sampled_from(ZONES))
@example(JULY, "Europe/London")
@example(JULY, "Pacific/Kiritimati")
@example(JULY, "America/Los_Angeles")
@example(SPRING, "Europe/London")
@example(AUTUMN, "Europe/London")
@example(AUTUMN + timedelta(hours=1), "Europe/London")
def test_for_any_moment_and_zone_all_who_show_it_show_the_day_on_the_wall(moment: datetime, where: str) -> None:
    wanted = moment.astimezone(ZoneInfo(where)).date()
    known = records.catalogue(records.checklist("pond", 2))
    made = records.audit(known, finished=moment)
    with zone(where), tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("privacyaudit.clock.now", lambda: moment.replace(microsecond=0))
        assert clock.today() == clock.day(moment) == day_of(made) == wanted
        file = calendar.for_report(3, "uid", clock.local(moment))
        _view, [page] = writing.write(made, known, Path(folder), ["html"])
        assert page.name.startswith(f"privacy-audit-{wanted.isoformat()}-")
        text = page.read_text(encoding="utf-8")
        said = i18n.day(wanted)
        assert text.count(f"Privacy audit, {said}") >= 2, "title and heading"
        assert f'content:"Privacy audit, {said}. Not evidence of anything."' in text, "foot"
        assert i18n.day(made.finished) == said, "history list"
        comparison = changes.view(compare(made, made, known), known, wanted)
        assert changes.page(comparison).count(said) >= 2
        over_time = by_audit([Count(finished=moment, summary=made.summary)] * 2, signs())
        assert over_time
        assert over_time.rows[0].name == said
        assert seen_on(made.findings[0].model_copy(update={"observations": ()}), moment) == wanted
        tomorrow = wanted + timedelta(days=1)
        assert decisions.day_named(tomorrow.isoformat()) == tomorrow
        with pytest.raises(Exception, match="not between tomorrow and"):
            decisions.day_named(wanted.isoformat())
    assert file
    [event] = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert event.decoded("dtstart") == calendar.every(3, calendar.USUAL_TIME, wanted).first


@needs_zones
@given(MOMENTS, st.sampled_from(ZONES))
def test_what_was_kept_before_means_the_same_moment_in_every_zone(moment: datetime, where: str) -> None:
    seen = Observation(reader="ask", option="friends", at=moment)
    finding = records.finding(records.check("pond", 0), Verdict.PASS, observations=(seen,))
    bare = moment.replace(tzinfo=None)
    with zone(where):
        assert clock.in_utc(clock.local(moment)) == moment
        assert clock.day(bare) == clock.day(moment), "a record without zones is in UTC, whoever reads it"
        assert finding.model_dump(mode="json")["observations"][0]["at"].endswith("Z")
        assert seen_on(finding, moment + timedelta(days=9)) == clock.day(moment)


@needs_zones
@pytest.mark.parametrize("where", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"])
def test_a_moment_at_an_end_of_the_calendar_has_a_day_too(text: str, where: str) -> None:
    with zone(where):
        assert isinstance(clock.day(datetime.fromisoformat(text)), date)


DAY_MAKERS = {"date", "astimezone", "strftime", "today", "utcnow", "fromtimestamp", "utcfromtimestamp", "localtime"}
CLOCKS = {"clock.py"}
ON_THE_WALL = {"reminders/calendar.py", "cli/commands/remind.py"}
"""Where a time of day on the wall is made, which has no zone: `.date()` of such a one needs none."""


def test_only_the_clock_turns_a_moment_into_a_day() -> None:
    root = Path(privacyaudit.__file__).parent
    found = []
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = ast.unparse(node.func.value)
                makes = node.func.attr in DAY_MAKERS or ast.unparse(node.func) == "datetime.now"
                fine = name in CLOCKS or owner == "clock" or (name in ON_THE_WALL and node.func.attr == "date")
                if makes and not fine:
                    found.append(f"{name}:{node.lineno} {ast.unparse(node)}")
            elif isinstance(node, ast.FormattedValue) and node.format_spec is not None:
                spec = ast.unparse(node.format_spec)
                if "%d" in spec and name not in ON_THE_WALL | {"i18n.py"} and "local(" not in ast.unparse(node.value):
                    found.append(f"{name}:{node.lineno} {ast.unparse(node)}")
    assert found == [], "use privacyaudit.clock: day(), local() and today() give the person's day"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("17.30", time(17, 30)), ("17:00", time(17)), ("9:30", time(9, 30)), ("09.05", time(9, 5))),
        *(("1730", time(17, 30)), ("5pm", time(17)), ("5.30 p.m.", time(17, 30)), ("5:30PM", time(17, 30))),
        *(("12am", time(0)), ("12pm", time(12)), ("00:00", time(0)), ("12.15 am", time(0, 15))),
    ],
)
def test_a_time_is_taken_as_people_write_it(typed: str, meant: time) -> None:
    assert clock.time_of_day(typed) == meant
