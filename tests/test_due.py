"""What is due is due on its very day, and what could not be told is never taken for fresh."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from privacyaudit import audit, checklist, history
from privacyaudit.cli.due import due as command
from privacyaudit.due import Due, Why, due, later, not_asked, shelf_life
from privacyaudit.errors import RecordError
from privacyaudit.history import History
from privacyaudit.model import Area, AuditRecord, Check, Finding, Observation, Severity, Verdict
from tests import pseudo, records
from tests.secret_service import private_keyring
from tests.test_notify import _line, server

MONTHS = {
    **dict.fromkeys((Area.LOGOUT, Area.DEVICES, Area.APPS), 3),
    **dict.fromkeys((Area.PASSWORDS, Area.VISIBILITY, Area.TAGGING, Area.CONTACT), 6),
    **dict.fromkeys((Area.LOCATION, Area.IDENTITY, Area.WORK_ACCOUNT), 6),
    **dict.fromkeys((Area.ADS, Area.CONDUCT), 12),
}
DAY = timedelta(days=1)
SETTLED = (Verdict.PASS, Verdict.CHOICE, Verdict.NOT_APPLICABLE)
LONDON = ZoneInfo("Europe/London")
WORDS = "four dull wet Sundays"


def one_check(months: int, severity: str = "medium", **changes: Any) -> Check:
    area = {3: "apps", 6: "contact", 12: "ads"}[months]
    return records.check("pond", 0, id="pond.one", area=area, severity=severity, **changes)


def found(check: Check, verdict: Verdict, at: datetime, **changes: Any) -> Finding:
    plain = records.finding(check, verdict)
    seen = Observation(reader="ask", option=plain.option, reason=plain.reason, at=at)
    return plain.model_copy(update={"observations": (seen,)} | changes)


def record(*findings: Finding, known: checklist.Catalogue, **changes: Any) -> AuditRecord:
    return records.audit(known, findings=findings, **changes)


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


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Pacific/Auckland"])
@pytest.mark.parametrize(
    ("at", "expires"),
    [
        (datetime(2026, 3, 29, 0, 30, tzinfo=LONDON), date(2026, 6, 29)),  # half an hour before the clocks go forward
        (datetime(2026, 3, 29, 2, 30, tzinfo=LONDON), date(2026, 6, 29)),
        (datetime(2026, 7, 25, 23, 30, tzinfo=LONDON), date(2026, 10, 25)),  # expires when the clocks go back
        (datetime(2026, 7, 26, 0, 30, tzinfo=LONDON), date(2026, 10, 25)),  # in UTC it is the day before
        (datetime(2026, 10, 25, 1, 30, fold=0, tzinfo=LONDON), date(2027, 1, 25)),
        (datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON), date(2027, 1, 25)),
        (datetime.fromisoformat("2026-10-25 23:59"), date(2027, 1, 25)),  # no zone means UTC
        (datetime(2026, 12, 28, 23, 59, tzinfo=UTC), date(2027, 3, 28)),
    ],
)
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot change its zone for one process")
def test_days_are_utc_so_a_change_of_the_clocks_moves_nothing(
    at: datetime, expires: date, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        check = one_check(3)
        finding = found(check, Verdict.PASS, at)
        assert due_of(check, finding, expires - DAY) == []
        assert due_of(check, finding, expires) == [(Why.EXPIRED, expires)]
    time.tzset()


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

SEEN = datetime(2026, 11, 22, 10, 14, tzinfo=UTC)
ONCE = "--passphrase-stdin"
APP = typer.Typer()
APP.command()(command)


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVACYAUDIT_DATA", str(tmp_path / "data"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    pytest.importorskip("apsw", reason="the extra [history] is not installed")
    return lambda today: monkeypatch.setattr(audit, "today", lambda: today)


def run(*words: str, secret: str = WORDS) -> Result:
    return CliRunner().invoke(APP, [ONCE, *words], input=f"{secret}\n")


def keep(verdict: Verdict, *platforms: str, at: datetime = SEEN, number: int = 1, most: int = 99) -> AuditRecord:
    """Save an audit of built-in checklists in which each check has the first answer with this verdict, if it has."""
    lists = checklist.catalogue().loaded
    known = checklist.Catalogue({name: lists[name] for name in platforms}, ())
    findings = [
        found(check, verdict, at)
        for name in platforms
        for check in lists[name].checklist.checks[:most]
        if verdict is Verdict.UNKNOWN or verdict in [o.verdict_for(records.ROLE.id) for o in check.options]
    ]
    made = record(*findings, known=known, finished=at, id=f"{number:032x}")
    with History.open(WORDS) as kept:
        kept.save(made)
    return made


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
    assert (result.stdout, result.exit_code) == ("No audit is kept.\n", 0)


def test_the_exit_code_turns_to_10_on_the_day_the_first_answer_expires(clock: Any) -> None:
    keep(Verdict.PASS, "everyday")
    for today, code in ((date(2027, 2, 21), 0), (date(2027, 2, 22), 10), (date(2027, 2, 23), 10)):
        clock(today)
        result = run()
        assert result.exit_code == code, result.output
        assert ("Nothing is due." in result.output) is (code == 0)
    clock(date(2027, 2, 21))
    assert "The next answer expires on 22 February 2027." in run().output
    clock(date(2027, 2, 22))
    assert "the answer expired on 22 February 2027." in run().output
    assert "The next answer expires on 22 May 2027." in run().output


def test_each_platform_has_its_counts_and_three_checks_by_its_newest_record(clock: Any) -> None:
    clock(SEEN.date())
    keep(Verdict.FAIL, "everyday", "wikipedia")
    newer = keep(Verdict.UNKNOWN, "wikipedia", at=SEEN + timedelta(minutes=1), number=2)
    result = run()
    everyday, wikipedia = result.output.split("\nWikipedia")
    assert result.exit_code == 10
    assert "could not be told" not in everyday
    assert "to change, seen on 22 November 2026." in everyday
    assert f"{len(newer.findings)} could not be told\n" in wikipedia
    assert "to change" not in wikipedia
    assert [line[:2] for line in wikipedia.splitlines() if line[:1].isdigit()][1:] == ["1.", "2.", "3."]
    assert f"… and {len(newer.findings) - 3} more" in wikipedia


def test_a_newer_audit_that_left_checks_out_says_so(clock: Any) -> None:
    clock(SEEN.date())
    keep(Verdict.PASS, "wikipedia", most=2)
    result = run()
    assert result.exit_code == 0
    assert "checks were not part of this audit." in result.output


def test_the_json_has_a_schema_and_agrees_with_the_module(clock: Any) -> None:
    clock(SEEN.date())
    kept = keep(Verdict.FAIL, "wikipedia")
    result = run("--json")
    assert result.exit_code == 10
    told = json.loads(result.stdout)
    assert told.keys() == {"schema", "day", "count", "next", "platforms"}
    assert (told["schema"], told["day"], told["count"], told["next"]) == ("1", "2026-11-22", len(kept.findings), None)
    [platform] = told["platforms"]
    assert (platform["platform"], platform["record"]) == ("wikipedia", kept.id)
    listed = due(kept, checklist.catalogue(), SEEN.date())
    assert platform["due"] == [{"check": o.check, "why": "to_change", "on": "2026-11-22"} for o in listed]


def test_a_wrong_passphrase_is_told_and_is_no_all_clear(clock: Any) -> None:
    keep(Verdict.FAIL, "wikipedia")
    assert isinstance(run(secret="another").exception, RecordError)


def start(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the command as the scheduler does, in a process of its own."""
    code = "import typer; from privacyaudit.cli.due import due; typer.run(due)"
    command_line = [sys.executable, "-c", code, "--notify", ONCE]
    own = env | {"PRIVACYAUDIT_DATA": str(history.folder())}
    return subprocess.run(command_line, env=own, input=f"{WORDS}\n", capture_output=True, text=True, timeout=60)


@pytest.mark.keyring
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus notifications are those of Linux")
def test_a_notification_holds_a_number_and_no_platform_and_if_nobody_was_told_stderr_says_so(clock: Any) -> None:
    pytest.importorskip("desktop_notifier", reason="the extra `remind` is not installed")
    count = len(keep(Verdict.FAIL, "wikipedia").findings)
    with private_keyring("no daemon") as env:
        with server(env, "willing") as process:
            done = start(env)
            assert (done.returncode, done.stderr) == (10, "")
            assert json.loads(_line(process)) == ["privacyaudit", "A quiet half hour", f"{count} things are due."]
        done = start(env)
        assert done.returncode == 10
        assert "Nobody was told" in done.stderr
        assert "Nobody" not in done.stdout


@pytest.mark.keyring
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus notifications are those of Linux")
def test_nobody_is_bothered_when_nothing_is_due() -> None:
    pytest.importorskip("apsw", reason="the extra [history] is not installed")
    pytest.importorskip("desktop_notifier", reason="the extra `remind` is not installed")
    keep(Verdict.PASS, "wikipedia", at=datetime.now(UTC))
    with private_keyring("no daemon") as env:
        done = start(env)
        assert (done.returncode, done.stderr) == (0, "")


def test_every_sentence_it_prints_is_translated(clock: Any, tmp_path: Path) -> None:
    from tests.docs_parts import messages

    clock(date(2027, 2, 22))
    ids = {one.platform for one in keep(Verdict.PASS, "everyday").platforms}
    keep(Verdict.UNKNOWN, "wikipedia", number=2)
    pseudo.install(tmp_path / "locale", pseudo.catalogue(messages()))
    with pseudo.locale(tmp_path / "locale"):
        from privacyaudit import words

        words.use(pseudo.LANGUAGE)
        result = run()
    assert result.exit_code == 10
    assert result.output.count("⟦") > 10
    assert pseudo.english(result.output, ids) == []
