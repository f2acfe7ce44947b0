"""What is due is due on its very day, and what could not be told is never taken for fresh."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from privacyaudit import labels
from privacyaudit.catalogue import loading
from privacyaudit.cli.commands.due import due as command
from privacyaudit.cli.commands.remind import app as remind_app
from privacyaudit.errors import RecordError, UsageError
from privacyaudit.model import (
    Area,
    Check,
    Decision,
    Earlier,
    Finding,
    Looked,
    Observation,
    Reason,
    Severity,
    Verdict,
    Why,
)
from privacyaudit.over_time import history
from privacyaudit.over_time.due import Due, add_months, counts, due, judged, later, not_asked, seen_on, shelf_life
from privacyaudit.over_time.history import History
from tests.support import due_command, pseudo, records, zones
from tests.support.due_command import ONCE, SEEN, WORDS, found, keep, record
from tests.support.zones import needs_zones

MONTHS = {
    **dict.fromkeys((Area.LOGOUT, Area.DEVICES, Area.APPS), 3),
    **dict.fromkeys((Area.PASSWORDS, Area.VISIBILITY, Area.TAGGING, Area.CONTACT), 6),
    **dict.fromkeys((Area.LOCATION, Area.IDENTITY, Area.WORK_ACCOUNT), 6),
    **dict.fromkeys((Area.ADS, Area.CONDUCT), 12),
}
DAY = timedelta(days=1)
SETTLED = (Verdict.PASS, Verdict.CHOICE, Verdict.NOT_APPLICABLE)
LONDON = ZoneInfo("Europe/London")


def one_check(months: int, severity: str = "medium", **changes: Any) -> Check:
    area = {3: "apps", 6: "contact", 12: "ads"}[months]
    return records.check("pond", 0, id="pond.one", area=area, severity=severity, **changes)


def due_of(check: Check, finding: Finding, today: date, **changes: Any) -> list[tuple[Why, date]]:
    known = records.catalogue(records.checklist("pond", 1, [check]))
    return [(one.why, one.on) for one in due(record(finding, known=known, **changes), known, today)]


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


# -- shelf life ------------------------------------------------------------------------------------


@pytest.mark.parametrize("area", Area)
@pytest.mark.parametrize("severity", Severity)
def test_every_area_has_its_shelf_life_and_high_severity_has_at_most_six_months(area: Area, severity: Severity) -> None:
    check = records.check("pond", 0, area=area, severity=severity)
    assert shelf_life(check) == (min(6, MONTHS[area]) if severity is Severity.HIGH else MONTHS[area])


def test_the_docs_have_the_shelf_life_of_every_area_and_the_interval_of_every_role() -> None:
    text = (Path(__file__).parents[3] / "docs" / "own" / "look-again.md").read_text(encoding="utf-8")
    rows = [
        (int(months), re.split(", |; ", cells))
        for months, cells in re.findall(r"^\| (\d+) \| (.+) \|$", text, re.MULTILINE)
    ]
    for words, months in [
        *((labels.area(area), months) for area, months in MONTHS.items()),
        *((role.name, role.remind) for role in loading.roles()),
    ]:
        assert [number for number, names in rows if words in names] == [months], words


@pytest.mark.parametrize("severity", Severity)
def test_what_a_check_says_of_its_shelf_life_goes_before_area_and_severity(severity: Severity) -> None:
    for area in Area:
        for months in (1, 3, 12, 24):
            assert shelf_life(records.check("pond", 0, area=area, severity=severity, recheck=months)) == months


def test_built_in_checks_say_a_shelf_life_only_where_it_is_another_than_the_usual_one() -> None:
    checks = [check for one in loading.catalogue().loaded.values() for check in one.checklist.checks]
    said = [check for check in checks if check.recheck is not None]
    assert len(said) > 50
    for check in said:
        assert check.recheck != shelf_life(check.model_copy(update={"recheck": None})), check.id


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 8, 31), 3, date(2027, 11, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_that_month(day: date, months: int, wanted: date) -> None:
    assert add_months(day, months) == wanted


END_OF_FEBRUARY = [
    (date(2026, 8, 28), date(2027, 2, 28)),
    (date(2026, 8, 31), date(2027, 2, 28)),
    (date(2027, 8, 29), date(2028, 2, 29)),
    (date(2027, 8, 28), date(2028, 2, 28)),
]
CLOCKS_CHANGE = [(date(2025, 9, 29), date(2026, 3, 29)), (date(2026, 4, 25), date(2026, 10, 25))]


@pytest.mark.parametrize("verdict", [*SETTLED, Verdict.FAIL])
@pytest.mark.parametrize(("seen", "expires"), END_OF_FEBRUARY + CLOCKS_CHANGE)
def test_an_answer_counts_to_the_day_before_it_expires(seen: date, expires: date, verdict: Verdict) -> None:
    check = one_check(6)
    for hour in (0, 12, 23):
        at = datetime(seen.year, seen.month, seen.day, hour, 59, tzinfo=UTC)
        finding = found(check, verdict, at)
        told = [counts(finding, check, records.ROLE.id, at, expires + n * DAY) for n in (-1, 0, 1)]
        assert told == [True, False, False]
        assert seen_on(finding, at) == seen


@pytest.mark.parametrize("until", [date(2027, 2, 28), date(2028, 2, 29), date(2026, 10, 25), date(2027, 3, 28)])
def test_an_accepted_answer_counts_to_the_end_of_its_day_however_old_it_is(until: date) -> None:
    check = one_check(3)
    old = noon(add_months(until, -12))
    finding = found(check, Verdict.ACCEPTED, old, until=until)
    told = [counts(finding, check, records.ROLE.id, old, until + n * DAY) for n in (-1, 0, 1)]
    assert told == [True, True, False]


def test_an_answer_does_not_count_that_is_unknown_from_a_day_to_come_or_to_another_question() -> None:
    today, check = date(2026, 11, 22), one_check(6)
    fresh = found(check, Verdict.PASS, noon(today))

    def telling(finding: Finding, now: Check | None, role: str = records.ROLE.id) -> bool:
        return counts(finding, now, role, noon(today), today)

    assert telling(fresh, check)
    assert not telling(fresh, None)
    assert not telling(fresh, one_check(6, revision=2))
    assert not telling(found(check, Verdict.UNKNOWN, noon(today)), check)
    assert not telling(found(check, Verdict.PASS, noon(today + DAY)), check)
    by_role = [
        {"id": "friends", "label": "Friends", "verdict": {"default": "pass", "councillor": "choice"}},
        {"id": "b", "label": "b", "verdict": "fail"},
    ]
    other = one_check(6, options=by_role, default=None)
    assert telling(fresh, other)
    assert not telling(fresh, other, "councillor")


@pytest.mark.parametrize("verdict", SETTLED)
@pytest.mark.parametrize(
    ("seen", "months", "expires"),
    [
        (date(2026, 11, 22), 3, date(2027, 2, 22)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 2, 28), 12, date(2028, 2, 28)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2026, 12, 31), 3, date(2027, 3, 31)),
    ],
)
def test_an_answer_expires_on_its_day_and_not_the_day_before(
    seen: date, months: int, expires: date, verdict: Verdict
) -> None:
    check = one_check(months)
    finding = found(check, verdict, noon(seen))
    assert due_of(check, finding, expires - DAY) == []
    assert due_of(check, finding, expires) == [(Why.EXPIRED, expires)]
    assert due_of(check, finding, expires + DAY) == [(Why.EXPIRED, expires)]


@pytest.mark.parametrize(
    ("at", "zone", "expires"),
    [
        (datetime(2026, 3, 29, 0, 30, tzinfo=LONDON), "Europe/London", date(2026, 6, 29)),  # before the clocks change
        (datetime(2026, 3, 29, 2, 30, tzinfo=LONDON), "Europe/London", date(2026, 6, 29)),
        (datetime(2026, 7, 25, 23, 30, tzinfo=LONDON), "Europe/London", date(2026, 10, 25)),  # expires on such a day
        (datetime(2026, 7, 26, 0, 30, tzinfo=LONDON), "Europe/London", date(2026, 10, 26)),  # in UTC the day before
        (datetime(2026, 7, 26, 0, 30, tzinfo=LONDON), "America/New_York", date(2026, 10, 25)),
        (datetime(2026, 10, 25, 1, 30, fold=0, tzinfo=LONDON), "Europe/London", date(2027, 1, 25)),
        (datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON), "Europe/London", date(2027, 1, 25)),
        (datetime.fromisoformat("2026-10-25 23:59"), "Europe/London", date(2027, 1, 25)),  # no zone means UTC
        (datetime.fromisoformat("2026-10-25 23:59"), "Pacific/Auckland", date(2027, 1, 26)),
        (datetime(2026, 12, 28, 3, 59, tzinfo=UTC), "America/Los_Angeles", date(2027, 3, 27)),
    ],
)
@needs_zones
def test_an_answer_expires_by_the_days_of_the_person(at: datetime, zone: str, expires: date) -> None:
    with zones.zone(zone):
        check = one_check(3)
        finding = found(check, Verdict.PASS, at)
        assert due_of(check, finding, expires - DAY) == []
        assert due_of(check, finding, expires) == [(Why.EXPIRED, expires)]


def test_the_newest_observation_counts_and_without_one_the_end_of_the_audit() -> None:
    check = one_check(3)
    old, new = (Observation(reader="ask", option="friends", at=noon(date(2026, month, 1))) for month in (5, 7))
    for observations in ((old, new), (new, old)):
        finding = found(check, Verdict.PASS, noon(date(2026, 1, 1)), observations=observations)
        assert due_of(check, finding, date(2026, 9, 30), finished=noon(date(2026, 7, 9))) == []
        assert due_of(check, finding, date(2026, 10, 1)) == [(Why.EXPIRED, date(2026, 10, 1))]
    bare = found(check, Verdict.PASS, noon(date(2026, 1, 1)), observations=())
    assert due_of(check, bare, date(2026, 10, 8), finished=noon(date(2026, 7, 9))) == []
    assert due_of(check, bare, date(2026, 10, 9), finished=noon(date(2026, 7, 9))) != []


@pytest.mark.parametrize("at", [datetime(2027, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
def test_an_answer_from_a_day_to_come_has_no_age_that_anybody_knows(at: datetime) -> None:
    check = one_check(12)
    assert due_of(check, found(check, Verdict.PASS, at), date(2026, 12, 31)) == [(Why.EXPIRED, date(2026, 12, 31))]


# -- other reasons ---------------------------------------------------------------------------------


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-3, 3000))
def test_unknown_is_never_fresh(seen: date, days: int) -> None:
    check = one_check(12)
    [(why, on)] = due_of(check, found(check, Verdict.UNKNOWN, noon(seen)), seen + timedelta(days=days))
    assert (why, on) == (Why.UNKNOWN, min(seen, seen + timedelta(days=days)))


def test_what_was_to_change_is_due_from_the_day_it_was_seen() -> None:
    check = one_check(12)
    seen = date(2026, 11, 22)
    for today in (seen, seen + 900 * DAY):
        assert due_of(check, found(check, Verdict.FAIL, noon(seen)), today) == [(Why.TO_CHANGE, seen)]


@pytest.mark.parametrize("planned", [expires for _seen, expires in END_OF_FEBRUARY + CLOCKS_CHANGE])
def test_a_planned_fix_is_due_on_its_day_and_waits_until_then(planned: date) -> None:
    check = one_check(3)
    seen = add_months(planned, -1)
    finding = found(check, Verdict.FAIL, noon(seen), planned=planned)
    known = records.catalogue(records.checklist("pond", 1, [check]))
    kept = record(finding, known=known)
    waiting = [Due("pond.one", "pond", Why.PLANNED, planned)]
    assert (due(kept, known, planned - DAY), later(kept, known, planned - DAY)) == ([], waiting)
    for today in (planned, planned + DAY):
        assert (due(kept, known, today), later(kept, known, today)) == (waiting, [])


def test_an_answer_that_an_audit_called_too_old_is_due_since_it_expired() -> None:
    check = one_check(6)
    earlier = Earlier(option="friends", on=date(2026, 8, 31))
    finding = found(check, Verdict.UNKNOWN, noon(date(2027, 5, 1)), observations=(), reason=Reason.EXPIRED)
    finding = finding.model_copy(update={"earlier": earlier})
    assert due_of(check, finding, date(2027, 5, 1)) == [(Why.EXPIRED, date(2027, 2, 28))]
    longer = check.model_copy(update={"recheck": 24})
    assert due_of(longer, finding, date(2027, 5, 1)) == [(Why.EXPIRED, date(2027, 5, 1))]


def test_a_check_without_a_finding_is_new_and_nobody_is_reminded_of_it() -> None:
    check, today = one_check(3), date(2026, 11, 22)
    assert judged(None, check, records.ROLE.id, noon(today), today) == (Why.NEW, today)
    known = records.catalogue(records.checklist("pond", 1, [check]))
    empty = record(known=known)
    assert (due(empty, known, today), later(empty, known, today)) == ([], [])
    assert not_asked(empty, known, "pond") == ["pond.one"]


def test_an_accepted_answer_that_is_fine_by_now_is_due_at_once() -> None:
    today = date(2026, 11, 22)
    finding = found(one_check(3), Verdict.ACCEPTED, noon(today), until=date(2028, 1, 1))
    milder = [{"id": name, "label": name, "verdict": "pass"} for name in ("everyone", "b")]
    assert due_of(one_check(3, options=milder, default=None), finding, today) == [(Why.CHANGED, today)]


def test_what_was_accepted_is_due_when_its_last_day_has_passed_and_not_before() -> None:
    check = one_check(3)
    until = date(2028, 2, 28)
    finding = found(check, Verdict.ACCEPTED, noon(date(2026, 11, 22)), until=until)
    for today in (until - DAY, until):
        assert due_of(check, finding, today) == []
    for today in (until + DAY, until + 2 * DAY):
        assert due_of(check, finding, today) == [(Why.ACCEPTED_UNTIL, date(2028, 2, 29))]


def test_accepted_for_good_is_not_due_and_accepted_without_a_day_keeps_as_long_as_any_answer() -> None:
    check = one_check(3)
    seen = noon(date(2026, 11, 22))
    assert due_of(check, found(check, Verdict.ACCEPTED, seen, until=date.max), date(2500, 1, 1)) == []
    bare = found(check, Verdict.ACCEPTED, seen, until=None)
    assert due_of(check, bare, date(2027, 2, 21)) == []
    assert due_of(check, bare, date(2027, 2, 22)) == [(Why.EXPIRED, date(2027, 2, 22))]


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize(
    "now",
    [
        one_check(3, revision=2),
        records.check("pond", 0, id="pond.other"),
        records.check("mill", 0, id="mill.one"),
    ],
    ids=["revision", "gone", "platform gone"],
)
def test_a_check_that_is_gone_or_has_another_revision_is_due(now: Check, verdict: Verdict) -> None:
    today = date(2026, 11, 22)
    known = records.catalogue(records.checklist(now.id.split(".")[0], 1, [now]))
    kept = record(found(one_check(3), verdict, noon(today)), known=known)
    assert due(kept, known, today) == [Due("pond.one", "pond", Why.CHANGED, today)]


def test_an_answer_that_is_gone_or_judged_in_another_way_is_due_without_a_new_revision() -> None:
    today = date(2026, 11, 22)
    finding = found(one_check(3), Verdict.PASS, noon(today))
    assert due_of(one_check(3), finding, today) == []
    gone = [{"id": name, "label": name, "verdict": "pass"} for name in ("a", "b")]
    stricter = [{"id": name, "label": name, "verdict": "fail"} for name in ("friends", "b")]
    for options in (gone, stricter):
        assert due_of(one_check(3, options=options, default=None), finding, today) == [(Why.CHANGED, today)]


def test_a_renamed_check_is_the_same_check() -> None:
    now = one_check(3).model_copy(update={"id": "pond.new", "aliases": ("pond.one",)})
    finding = found(one_check(3), Verdict.PASS, noon(date(2026, 11, 22)))
    assert due_of(now, finding, date(2027, 2, 21)) == []
    assert due_of(now, finding, date(2027, 2, 22)) == [(Why.EXPIRED, date(2027, 2, 22))]


# -- all of a record -------------------------------------------------------------------------------


def test_what_matters_most_comes_first() -> None:
    low, ads, apps = (
        records.check("pond", 0, id=f"pond.{name}", severity=severity, area="apps", essential=False)
        for name, severity in (("low", "low"), ("b", "high"), ("c", "high"))
    )
    essential = apps.model_copy(update={"id": "pond.d", "essential": True})
    gone = apps.model_copy(update={"id": "pond.gone"})
    known = records.catalogue(records.checklist("pond", 1, [low, ads, apps, essential]))
    seen = noon(date(2026, 1, 1))
    kept = record(
        found(gone, Verdict.FAIL, seen),
        found(low, Verdict.FAIL, seen),
        found(ads, Verdict.UNKNOWN, seen),
        found(apps, Verdict.PASS, seen),
        found(essential, Verdict.UNKNOWN, seen),
        known=known,
    )
    assert [one.check for one in due(kept, known, records.TODAY)] == [
        *("pond.c", "pond.d", "pond.b"),
        *("pond.low", "pond.gone"),
    ]


@given(st.dates(date(2026, 11, 22), date(2029, 1, 1)))
def test_every_finding_is_due_or_will_be_and_never_both(today: date) -> None:
    kept, known = records.example()
    now, then = due(kept, known, today), later(kept, known, today)
    assert sorted(one.check for one in now + then) == sorted(one.check for one in kept.findings)
    assert all(one.on <= today for one in now)
    assert all(one.on > today for one in then)
    if then:
        assert then[0].on == min(one.on for one in then)
        assert then[0] not in due(kept, known, then[0].on - DAY)
        assert then[0] in due(kept, known, then[0].on)


def test_checks_that_an_audit_did_not_ask_are_named() -> None:
    known = records.catalogue(records.checklist("pond", 3))
    first = known.loaded["pond"].checklist.checks[0]
    kept = record(records.finding(first, Verdict.PASS), known=known)
    assert not_asked(kept, known, "pond") == [one.id for one in known.loaded["pond"].checklist.checks[1:]]
    assert not_asked(kept, known, "mill") == []


# -- the command -----------------------------------------------------------------------------------

APP = typer.Typer()
APP.command()(command)


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVACYAUDIT_DATA", str(tmp_path / "data"))


clock = pytest.fixture(due_command.clock)


def run(*words: str, secret: str = WORDS) -> Result:
    return CliRunner().invoke(APP, [ONCE, *words], input=f"{secret}\n")


def test_without_a_history_one_sentence_is_said_and_nothing_is_made() -> None:
    result = CliRunner().invoke(APP, [])
    assert (result.stdout, result.exit_code) == ("There is no history yet.\n", 0)
    result = CliRunner().invoke(APP, ["--json"])
    assert json.loads(result.stdout)["platforms"] == []
    assert (result.stderr, result.exit_code) == ("There is no history yet.\n", 0)
    assert not history.path().exists()


def test_an_empty_history_is_no_all_clear(clock: Any) -> None:
    with History.open(WORDS):
        pass
    result = run()
    assert (result.stdout, result.exit_code) == ("You have not kept any audits.\n", 0)


def test_a_search_for_oneself_is_due_three_months_after_the_newest(clock: Any) -> None:
    with History.open(WORDS) as kept:
        kept.note_looked(
            Looked(search=name, on=date(2026, month, 3), found={}) for name, month in (("a", 9), ("b", 11))
        )
    for today, code in ((date(2027, 2, 2), 0), (date(2027, 2, 3), 10)):
        clock(today)
        result = run()
        assert result.exit_code == code, result.output
        assert ("It is time to search for yourself again" in result.output) is (code == 10)
        assert ("The next search for yourself is due on 3 February 2027." in result.output) is (code == 0)
        found = json.loads(CliRunner().invoke(APP, ["--json", ONCE], input=f"{WORDS}\n").stdout)
        assert (found["search"], found["count"]) == ("2027-02-03", 0)
    keep(Verdict.PASS, "everyday")
    clock(date(2027, 2, 3))
    assert run().output.count("Nothing is due.") == 1  # of the one service, and not of all


def test_the_exit_code_turns_to_10_on_the_day_the_first_answer_expires(clock: Any) -> None:
    keep(Verdict.PASS, "everyday")
    for today, code in ((date(2027, 2, 21), 0), (date(2027, 2, 22), 10), (date(2027, 2, 23), 10)):
        clock(today)
        result = run()
        assert result.exit_code == code, result.output
        assert ("Nothing is due." in result.output) is (code == 0)
    clock(date(2027, 2, 21))
    assert "The next check is due on 22 February 2027." in run().output
    clock(date(2027, 2, 22))
    assert "the answer expired on 22 February 2027." in run().output
    assert "The next check is due on 22 May 2027." in run().output


def test_each_platform_has_its_counts_and_three_checks_by_its_newest_record(clock: Any) -> None:
    clock(SEEN.date())
    keep(Verdict.FAIL, "everyday", "wikipedia")
    newer = keep(Verdict.UNKNOWN, "wikipedia", at=SEEN + timedelta(minutes=1), number=2)
    result = run()
    everyday, wikipedia = result.output.split("\nWikipedia")
    assert result.exit_code == 10
    assert "could not tell" not in everyday
    assert "it needed changing on 22 November 2026." in everyday
    assert f"we could not tell about {len(newer.findings)}\n" in wikipedia
    assert "to change" not in wikipedia
    assert [line[:2] for line in wikipedia.splitlines() if line[:1].isdigit()] == ["1.", "2.", "3."]
    assert f"… and {len(newer.findings) - 3} more" in wikipedia


def test_an_audit_that_left_checks_out_says_so(clock: Any) -> None:
    clock(SEEN.date())
    keep(Verdict.PASS, "wikipedia", most=2)
    result = run()
    assert result.exit_code == 0
    assert "We have not asked about " in result.output


def test_a_newer_quick_audit_does_not_hide_what_an_older_one_found(clock: Any) -> None:
    clock(SEEN.date())
    old = keep(Verdict.FAIL, "wikipedia")
    new = keep(Verdict.PASS, "wikipedia", at=SEEN + timedelta(minutes=1), number=2, most=4, quick=True)
    asked = {finding.check for finding in new.findings}
    assert asked
    left = [finding.check for finding in old.findings if finding.check not in asked]
    told = json.loads(run("--json").stdout)
    [platform] = told["platforms"]
    assert sorted(one["check"] for one in platform["due"]) == sorted(left)
    assert (platform["record"], platform["finished"]) == (new.id, new.finished.isoformat())
    assert not {finding.check for finding in old.findings} & set(platform["not_asked"])


@pytest.mark.parametrize(
    ("kind", "day_of", "says"),
    [
        ("plan", 0, "you planned to change it by 28 February 2027."),
        ("accept", 1, "you accepted it for a while, and it has been due again since 1 March 2027."),
    ],
)
def test_a_decision_holds_to_its_day_and_then_the_check_is_due(
    kind: str, day_of: int, says: str, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = keep(Verdict.FAIL, "everyday")
    until = date(2027, 2, 28)
    first = made.findings[0]
    with History.open(WORDS) as kept:
        for finding in made.findings:
            decision = {"kind": kind, "check": finding.check, "revision": finding.revision, "option": finding.option}
            kept.decide(Decision.model_validate(decision | {"until": until, "at": SEEN, "because": "x"}))
    for n in (-1, 0, 1, 2):
        clock(until + n * DAY)
        result = run()
        assert result.exit_code == (10 if n >= day_of else 0), result.output
        assert (says in result.output) is (n >= day_of)
    clock(until)
    told = json.loads(run("--json").stdout)
    assert told["next"] == (None if kind == "plan" else "2027-03-01")
    with History.open(WORDS) as kept:
        assert kept.undecide(first.check, None)
    [platform] = json.loads(run("--json").stdout)["platforms"]
    assert [one for one in platform["due"] if one["check"] == first.check] == [
        {"check": first.check, "why": "to_change", "on": SEEN.date().isoformat()}
    ]


def test_a_decision_that_was_made_longer_counts_and_not_the_one_in_the_record(clock: Any) -> None:
    known = loading.catalogue()
    check = next(
        check
        for check in known.loaded["everyday"].checklist.checks
        if any(option.verdict_for(records.ROLE.id) is Verdict.FAIL for option in check.options)
    )
    finding = found(check, Verdict.ACCEPTED, SEEN, until=date(2026, 12, 1))
    only = loading.Catalogue({"everyday": known.loaded["everyday"]}, ())
    made = {"kind": "accept", "check": check.id, "revision": check.revision, "option": finding.option, "at": SEEN}
    with History.open(WORDS) as kept:
        kept.save(record(finding, known=only, finished=SEEN))
        kept.decide(Decision.model_validate(made | {"until": date(2027, 1, 31)}))
    for today, code in ((date(2026, 12, 2), 0), (date(2027, 1, 31), 0), (date(2027, 2, 1), 10)):
        clock(today)
        assert run().exit_code == code


def test_the_json_has_a_schema_and_agrees_with_the_module(clock: Any) -> None:
    clock(SEEN.date())
    kept = keep(Verdict.FAIL, "wikipedia")
    result = run("--json")
    assert result.exit_code == 10
    told = json.loads(result.stdout)
    assert told.keys() == {"schema", "day", "count", "next", "search", "steps", "platforms"}
    assert (told["schema"], told["day"], told["count"], told["next"]) == ("1", "2026-11-22", len(kept.findings), None)
    [platform] = told["platforms"]
    assert (platform["platform"], platform["record"]) == ("wikipedia", kept.id)
    listed = due(kept, loading.catalogue(), SEEN.date())
    assert platform["due"] == [{"check": o.check, "why": "to_change", "on": "2026-11-22"} for o in listed]


def test_a_wrong_passphrase_is_told_and_is_no_all_clear(clock: Any) -> None:
    keep(Verdict.FAIL, "wikipedia")
    assert isinstance(run(secret="another").exception, RecordError)


# -- what the reminders take from it ---------------------------------------------------------------


def remind(*words: str, secret: str = WORDS) -> Result:
    return CliRunner().invoke(remind_app, ["ics", *words], input=f"{secret}\n")


def events(path: Path) -> list[Any]:
    icalendar = pytest.importorskip("icalendar", reason="the extra `remind` is not installed")
    return list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def test_a_calendar_holds_no_list_unless_it_is_asked_for(clock: Any, tmp_path: Path) -> None:
    keep(Verdict.FAIL, "wikipedia")
    out = tmp_path / "a.ics"
    assert remind("--out", str(out)).exit_code == 0
    assert "description" not in events(out)[0]
    assert "wikipedia" not in out.read_text().lower()


def test_a_calendar_has_the_list_of_what_is_due_by_then_and_says_who_can_read_it(clock: Any, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    soon = keep(Verdict.PASS, "wikipedia", "everyday", at=now)
    day = add_months(now.date(), 4)
    known = loading.catalogue()
    expected = {one.check for one in due(soon, known, day)}
    unexpected = {one.check for one in later(soon, known, day)}
    assert expected
    assert unexpected
    out = tmp_path / "a.ics"
    result = remind("--on", day.isoformat(), "--with-list", ONCE, "--out", str(out))
    assert result.exit_code == 0, result.output
    assert "nyone who can see your calendar can read it." in result.output
    [event] = events(out)
    lines = str(event["description"]).splitlines()
    titles = {known.check(check)[1].title for check in expected}
    assert {line.removeprefix("- ") for line in lines if line.startswith("- ")} == titles
    assert [line for line in lines if not line.startswith("- ")] == ["Everyday habits", "", "Wikipedia"]


def test_each_event_has_its_own_list(clock: Any, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    keep(Verdict.PASS, "wikipedia", at=now)
    term = add_months(now.date(), 13)
    out = tmp_path / "a.ics"
    result = remind("--every", "1", "--term", term.isoformat(), "--with-list", ONCE, "--out", str(out))
    assert result.exit_code == 0, result.output
    again, before_term = events(out)
    assert "description" not in again
    assert str(before_term["description"]).startswith("Wikipedia\n- ")


def test_a_long_list_is_cut_and_says_how_much_is_left_out(clock: Any, tmp_path: Path) -> None:
    names = [name for name in loading.catalogue().loaded if name != "demo"][:12]
    made = keep(Verdict.UNKNOWN, *names)
    out = tmp_path / "a.ics"
    assert remind("--with-list", ONCE, "--out", str(out)).exit_code == 0
    lines = str(events(out)[0]["description"]).splitlines()
    assert len(lines) == 61
    left = len(made.findings) - sum(line.startswith("- ") for line in lines)
    assert lines[-1] == f"… and {left} more"


def test_a_list_with_nothing_in_it_is_no_list(clock: Any, tmp_path: Path) -> None:
    keep(Verdict.PASS, "wikipedia", at=datetime.now(UTC))
    result = remind("--every", "1", "--with-list", ONCE, "--out", str(tmp_path / "a.ics"))
    assert "Nothing in your history is due by then" in result.output
    assert "description" not in events(tmp_path / "a.ics")[0]


def test_a_list_without_a_history_or_with_a_closed_one_is_a_sentence_and_no_file(clock: Any, tmp_path: Path) -> None:
    out = tmp_path / "a.ics"
    assert isinstance(remind("--with-list", "--out", str(out)).exception, UsageError)
    keep(Verdict.PASS, "wikipedia")
    assert isinstance(remind("--with-list", ONCE, "--out", str(out), secret="another").exception, RecordError)
    assert not out.exists()


def test_every_sentence_it_prints_is_translated(clock: Any, tmp_path: Path) -> None:
    clock(date(2027, 2, 22))
    ids = {one.platform for one in keep(Verdict.PASS, "everyday").platforms}
    keep(Verdict.UNKNOWN, "wikipedia", number=2)
    pseudo.install(tmp_path / "locale", pseudo.words())
    with pseudo.locale(tmp_path / "locale"):
        from privacyaudit import i18n

        i18n.use(pseudo.LANGUAGE)
        result = run()
    assert result.exit_code == 10
    assert result.output.count("⟦") > 10
    assert pseudo.english(result.output, ids) == []
