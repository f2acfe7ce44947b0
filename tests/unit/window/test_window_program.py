"""What the window does, without a server: an audit from its beginning to its report, and what is left of it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from privacyaudit import journal, removal
from privacyaudit.catalogue import loading
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clock import now
from privacyaudit.errors import AuditError, KeyringError, UsageError, on_a_page
from privacyaudit.model import Area, Observation, Reason, Verdict
from privacyaudit.over_time import history
from privacyaudit.over_time.history import History
from privacyaudit.plan import plan
from privacyaudit.report.writing import read_written
from privacyaudit.storage import files, folders
from privacyaudit.window import instance, outcome
from privacyaudit.window.presence import Presence
from privacyaudit.window.program import Program
from tests.support.in_process import run

HOLDS = """
import sys
from filelock import FileLock
held = FileLock(sys.argv[1])
held.acquire()
print(1, flush=True)
input()
"""
WORDS = "four dull wet Sundays"
BEGIN = {"role": "teacher", "platforms": ["bluesky", "everyday"], "time": "full", "device": "ios"}


@cache
def known() -> Catalogue:
    return loading.catalogue()


def program(**more: Any) -> Program:
    return Program(known(), Presence(), **more)


def does(one: Program, name: str, **wish: Any) -> Any:
    return one.does()[name](wish)


def begun(one: Program, **changes: Any) -> list[str]:
    """Begin an audit, and return the ids of what it asks."""
    does(one, "begin", **(BEGIN | changes))
    assert one.sitting
    return [check.id for check in one.sitting.checks]


def reply(check: str, verdict: Verdict = Verdict.PASS, **more: Any) -> dict[str, Any]:
    """Return what the page says of a check: the first answer with this verdict, else the first."""
    options = known().check(check)[1].options
    option = next((one for one in options if one.verdict_for("teacher") is verdict), options[0])
    return {"check": check, "option": option.id} | more


def answered(one: Program, verdict: Verdict = Verdict.PASS, **changes: Any) -> Any:
    """Begin an audit, answer all of it, and return what the page is told at its end."""
    does(one, "answer", replies=[reply(check, verdict) for check in begun(one, **changes)])
    return does(one, "finish")


def on_disk() -> list[str]:
    """Return the names of all files below the homes of this test."""
    places = (folders.state(), folders.folder(), Path.home())
    return sorted({path.name for place in places for path in place.rglob("*") if path.is_file()})


# -- answers -----------------------------------------------------------------------------------------


def test_an_answer_is_on_the_disk_when_the_program_says_so() -> None:
    one = program()
    first = begun(one)[0]
    assert does(one, "answer", replies=[reply(first)]) == {"saved": True}
    assert first in (folders.state() / journal.FILE).read_text()


def test_the_page_gets_its_session_back() -> None:
    one = program()
    first, second, third, *_rest = begun(one)
    wrong = reply(second, Verdict.FAIL)
    should_be = reply(second)["option"]
    does(
        one,
        "answer",
        replies=[reply(first), wrong | {"offered": True, "left": True}, {"check": third, "reason": "dont_know"}],
    )
    session = one.state()["session"]
    assert session["answers"] == {first: reply(first)["option"], second: wrong["option"]}
    assert session["open"] == {third: "dont_know"}
    assert session["left"] == {second: wrong["option"]}
    assert session["offered"] == [f"{second} {wrong['option']}"]
    assert (session["role"], session["time"], session["device"]) == ("teacher", "full", "ios")
    does(one, "answer", replies=[{"check": second, "option": should_be, "changed": wrong["option"], "offered": True}])
    session = one.state()["session"]
    assert session["changed"] == {second: wrong["option"]}
    assert session["left"] == {}


def test_the_same_answer_is_noted_once() -> None:
    one = program()
    first = begun(one)[0]
    for _time in range(3):
        does(one, "answer", replies=[reply(first, Verdict.FAIL, offered=True)])
    lines = (folders.state() / journal.FILE).read_text().splitlines()
    assert len(lines) == 3  # what the audit is about, the answer, and what was said of it


@pytest.mark.parametrize(
    "strange",
    [
        {"check": "bluesky.nothing", "option": "yes"},
        {"check": "x.password", "option": "yes"},
        {"check": "bluesky.logged-out", "option": "no-such-option"},
        {"check": "bluesky.logged-out"},
        {"check": "bluesky.logged-out", "option": "on", "reason": "skipped"},
        {"check": "bluesky.logged-out", "reason": "expired"},
        {"check": "bluesky.logged-out", "option": "on", "changed": "never"},
        {"check": "../../etc/passwd", "option": "on"},
        {"check": "bluesky.logged-out", "option": "on", "name": "Ann"},
    ],
)
def test_what_the_audit_does_not_ask_is_refused_and_nothing_is_noted(strange: dict[str, Any]) -> None:
    one = program()
    good = reply(begun(one)[0])
    with pytest.raises(UsageError):
        does(one, "answer", replies=[good, strange])
    assert len((folders.state() / journal.FILE).read_text().splitlines()) == 1


@pytest.mark.parametrize("wish", [None, [], "x", 1, {"replies": None}, {"replies": [[]]}, {"replies": [], "more": 1}])
def test_a_wish_of_another_shape_is_refused_in_a_sentence(wish: Any) -> None:
    one = program()
    begun(one)
    with pytest.raises(UsageError, match="does not understand"):
        one.does()["answer"](wish)


@pytest.mark.parametrize(
    "changes", [{"role": "nobody"}, {"platforms": ["nowhere"]}, {"time": "nowhere"}, {"platforms": []}, {"device": "x"}]
)
def test_an_audit_of_what_is_not_there_does_not_begin(changes: dict[str, Any]) -> None:
    one = program()
    with pytest.raises(UsageError):
        begun(one, **changes)
    assert not (folders.state() / journal.FILE).exists()


def test_ten_minutes_ask_what_a_quick_audit_asks_and_one_service_only_that() -> None:
    assert len(begun(program(), time="quick", platforms=["everyday", "facebook", "bluesky"])) == 12
    assert {name.split(".")[0] for name in begun(program(keeps=False), time="everyday")} == {"everyday"}


def test_choosing_more_services_midway_keeps_what_was_answered() -> None:
    one = program()
    first = begun(one, platforms=["bluesky"])[0]
    does(one, "answer", replies=[reply(first)])
    begun(one, platforms=["bluesky", "everyday"], role="everyone", audit=one.audit)
    assert first in one.state()["session"]["answers"]
    again = program()
    assert set(does(again, "resume")["session"]["platforms"]) == {"bluesky", "everyday"}
    assert again.state()["session"]["role"] == "everyone"
    assert first in again.state()["session"]["answers"]


# -- going on ----------------------------------------------------------------------------------------


def test_a_tab_that_knows_of_no_audit_does_not_turn_the_one_of_another_tab_into_its_own() -> None:
    one = program()
    first = begun(one)[0]
    does(one, "answer", replies=[reply(first)])
    with pytest.raises(UsageError, match="Another tab"):
        does(one, "begin", **(BEGIN | {"platforms": ["steam"]}))
    assert list(one.state()["session"]["answers"]) == [first]


def test_a_tab_does_not_go_on_with_an_audit_that_another_tab_has_ended() -> None:
    one = program()
    answered(one)
    with pytest.raises(UsageError, match="has ended"):
        begun(one, audit=1)
    assert journal.FILE not in on_disk()


def test_what_was_said_in_an_audit_that_was_forgotten_is_not_noted_in_the_next_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = program()
    first, second, *_rest = begun(one)
    before = one.state()["audit"]
    does(one, "forget")
    assert one.state()["audit"] == 0
    begun(one)
    assert one.state()["audit"] not in (0, before)
    for name, wish in (("answer", {"replies": [reply(first)]}), ("finish", {}), ("begin", BEGIN)):
        with pytest.raises(UsageError, match="has ended"):
            does(one, name, audit=before, **wish)
    assert one.state()["session"]["answers"] == {}
    with monkeypatch.context() as patch:
        patch.setattr(Program, "_going_on", lambda one, _audit: one.sitting)
        does(one, "answer", audit=before, replies=[reply(second)])
    assert list(one.state()["session"]["answers"]) == [second], "the guard is not needed"
    does(one, "answer", audit=one.state()["audit"], replies=[reply(first)])


def test_the_command_line_goes_on_with_what_the_window_began() -> None:
    one = program()
    checks = begun(one, platforms=["everyday"])
    does(one, "answer", replies=[reply(check) for check in checks[:-1]])
    assert one.sitting
    one.sitting.journal.release()
    done = run("audit", "--resume", "--no-input", "--no-open", "--no-keep")
    assert done.returncode == 0
    [made] = [path for path in files.written() if path.suffix == ".json"]
    record = read_written(made).record
    assert [finding.check for finding in record.findings if finding.option is None] == [checks[-1]]


def test_the_window_goes_on_with_what_the_command_line_began() -> None:
    of = program()
    first = begun(of, platforms=["everyday"])[0]
    assert of.sitting
    of.sitting.journal.close()
    notes, _aside = journal.begin(of.sitting.plan.header())
    skipped = Observation(reader="ask", reason=Reason.SKIPPED, at=now())
    notes.add(journal.Seen(check=first, revision=known().check(first)[1].revision, observation=skipped))
    notes.release()
    again = program()
    assert "an audit that you began" in again.home()["unfinished"]
    assert does(again, "resume")["session"]["open"] == {first: "skipped"}


def test_going_on_saves_nothing_where_the_person_wants_nothing_saved() -> None:
    before = program()
    checks = begun(before)
    does(before, "answer", replies=[reply(checks[0])])
    assert before.sitting
    before.sitting.journal.release()
    kept = (folders.state() / journal.FILE).read_text()
    one = program()
    does(one, "keeping", keeps=False)
    session = does(one, "resume")
    assert (session["keeps"], list(session["session"]["answers"])) == (False, [checks[0]])
    assert does(one, "answer", replies=[reply(checks[1])]) == {"saved": False}
    assert (folders.state() / journal.FILE).read_text() == kept
    other = program()
    assert list(does(other, "resume")["session"]["answers"]) == [checks[0]]


def test_an_address_of_the_persons_own_stays_when_the_page_is_loaded_again() -> None:
    own = {"mastodon": "https://our.example"}
    loaded = known().loaded["mastodon"]
    notes, _aside = journal.begin(plan([loaded], known().role("teacher").id, own).header())
    notes.release()
    one = program()
    session = does(one, "resume")["session"]
    asked = {name: session[name] for name in BEGIN}
    does(one, "begin", **asked, audit=one.audit)
    assert one.sitting
    assert one.sitting.journal.header.sites == own
    does(one, "begin", **(asked | {"platforms": ["mastodon", "everyday"]}), audit=one.audit)
    assert one.sitting.journal.header.sites == own
    does(one, "begin", **(asked | {"platforms": ["everyday"]}), audit=one.audit)
    assert one.sitting.journal.header.sites == {}


@pytest.mark.parametrize("change", [{"areas": (Area.TAGGING,)}, {"platforms": ("demo",), "sites": {}}])
def test_what_the_page_cannot_show_is_left_for_the_terminal(change: dict[str, Any]) -> None:
    one = program()
    begun(one)
    assert one.sitting
    header = one.sitting.journal.header.model_copy(update=change)
    one.sitting.journal.turn_to(header)
    one.sitting.journal.release()
    with pytest.raises(UsageError) as refused:
        does(program(), "resume")
    assert "in a terminal" in refused.value.advice


def test_an_audit_that_goes_on_in_another_program_is_left_alone(tmp_path: Path) -> None:
    files.make_folder(folders.state())
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(folders.state() / journal.LOCK)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(UsageError, match="Another audit is open"):
            begun(program())
        other.communicate("\n")


# -- the end -----------------------------------------------------------------------------------------


def test_a_whole_audit_is_written_and_its_notes_go() -> None:
    one = program()
    told = answered(one, Verdict.FAIL)
    assert told["whole"]
    assert "to change" in told["headline"]
    assert {path.suffix for path in files.written()} >= {".html", ".json", ".csv"}
    assert not (folders.state() / journal.FILE).exists()
    assert "<h1>" in str(one.pages()["report"]())
    assert one.pages()["plan"]()
    with pytest.raises(UsageError, match="has ended"):
        does(one, "answer", replies=[])


def test_one_that_is_stopped_is_written_too_and_goes_on() -> None:
    one = program()
    first = begun(one)[0]
    does(one, "answer", replies=[reply(first)])
    told = does(one, "finish")
    assert not told["whole"]
    assert not told["offers"]
    assert (folders.state() / journal.FILE).exists()
    assert one.state()["session"]["answers"]


def test_where_nothing_was_answered_there_is_no_report() -> None:
    one = program()
    begun(one)
    with pytest.raises(UsageError, match="not answered anything yet"):
        does(one, "finish")
    assert files.written() == []


def test_nothing_is_kept_on_a_shared_computer() -> None:
    one = program()
    does(one, "keeping", keeps=False)
    told = answered(one, Verdict.FAIL)
    assert told["files"] == []
    assert not told["offers"]
    assert one.pages()["report"]()
    assert on_disk() == []


def test_who_says_so_midway_has_nothing_left_on_the_disk_and_may_think_again() -> None:
    one = program()
    first = begun(one)[0]
    does(one, "answer", replies=[reply(first)])
    does(one, "keeping", keeps=False)
    assert journal.FILE not in on_disk()
    assert one.state()["session"]["answers"]
    does(one, "keeping", keeps=True)
    assert first in (folders.state() / journal.FILE).read_text()


def test_a_report_that_was_written_before_nothing_is_saved_is_named() -> None:
    one = program()
    does(one, "answer", replies=[reply(begun(one)[0])])
    does(one, "finish")
    told = does(one, "keeping", keeps=False)
    assert set(told["written"]) == {str(path) for path in files.written()}
    begun(one, audit=one.audit)
    assert one.state()["written"] == told["written"] != []
    does(one, "forget")
    assert one.state()["written"] == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_cannot_be_written_is_said_at_the_start() -> None:
    folders.state().mkdir(mode=0o500, parents=True)
    assert "could not be written" in instance.trouble_with_saving()


def test_where_nothing_can_be_saved_the_window_works_and_says_so() -> None:
    folders.state().parent.mkdir(parents=True, exist_ok=True)
    folders.state().write_text("a file where the folder should be")
    why = instance.trouble_with_saving()
    assert why
    one = program(keeps=False, unkept=why)
    assert one.state()["unkept"] == why
    assert answered(one)["files"] == []
    with pytest.raises(UsageError):
        does(one, "keeping", keeps=True)


def test_the_report_is_saved_where_the_person_says_once_they_know_who_reads_it(tmp_path: Path) -> None:
    one = program()
    answered(one)
    (tmp_path / "mine").mkdir()
    there = does(one, "save", folder=str(tmp_path / "mine"))
    assert all(line.startswith("Written: ") for line in there["said"])
    assert {path.suffix for path in (tmp_path / "mine").iterdir()} >= {".html", ".json", ".csv", ".txt"}
    cloud = tmp_path / "Dropbox"
    assert "Dropbox" in does(one, "save", folder=str(cloud))["asks"]
    assert not cloud.exists()
    assert does(one, "save", folder=str(cloud), agreed=True)["said"]
    for strange in ("somewhere", "", "../x", "~nobody-of-that-name/x", f"{tmp_path}/a\0b"):
        with pytest.raises(UsageError, match="not a whole path"):
            does(one, "save", folder=strange)


def test_a_folder_that_is_not_there_is_made_only_after_a_yes(tmp_path: Path) -> None:
    one = program()
    answered(one)
    new = tmp_path / "Dokumente" / "mine"
    asked = does(one, "save", folder=str(new))
    assert asked["asks"] == f"The folder {new} does not exist. Make it?"
    assert asked["yes"] == "Make this folder"
    assert list(tmp_path.glob("Dokumente*")) == []
    assert does(one, "save", folder=str(new), agreed=True)["said"]
    assert {path.suffix for path in new.iterdir()} >= {".html", ".json"}
    cloud = tmp_path / "Dropbox" / "new"
    both = does(one, "save", folder=str(cloud))
    assert "Dropbox" in both["asks"]
    assert both["asks"].endswith("does not exist. Make it?")
    assert not cloud.parent.exists()


def test_a_report_of_the_same_audit_is_no_time_before() -> None:
    one = program()
    checks = begun(one)
    does(one, "answer", replies=[reply(checks[0])])
    assert does(one, "finish")["since"] == ""
    does(one, "answer", replies=[reply(check) for check in checks[1:]])
    assert does(one, "finish")["since"] == ""


def test_a_second_audit_is_compared_with_the_report_before_without_a_history() -> None:
    assert answered(program(), Verdict.FAIL)["since"] == ""
    one = program()
    checks = begun(one)
    assert one.sitting
    header = one.sitting.journal.header
    one.sitting.journal.turn_to(header.model_copy(update={"started": header.started + timedelta(seconds=1)}))
    does(one, "answer", replies=[reply(check) for check in checks])
    assert "better" in does(one, "finish")["since"]
    assert one.pages()["compare"]()


# -- the history -------------------------------------------------------------------------------------


def kept(verdict: Verdict = Verdict.FAIL) -> Program:
    one = program()
    assert answered(one, verdict)["offers"]
    does(one, "remember", own=True, keep=True, passphrase=WORDS)
    return one


def test_a_history_is_kept_only_after_a_yes_and_the_question_comes_once() -> None:
    one = program()
    assert answered(one)["offers"]
    told = does(one, "remember", own=True, keep=False)
    assert not told["offers"]
    assert not history.exists()
    assert not answered(program())["offers"]


def test_somebody_elses_computer_gets_no_history() -> None:
    one = program()
    answered(one)
    does(one, "remember", own=False, keep=True, passphrase=WORDS)
    assert not history.exists()


def test_a_passphrase_to_a_history_that_is_gone_begins_none() -> None:
    with pytest.raises(UsageError, match="no history"):
        does(program(), "unlock", passphrase=WORDS)
    assert not history.exists()


def test_without_a_keyring_a_passphrase_does() -> None:
    one = program()
    answered(one)
    with pytest.raises(AuditError):
        does(one, "remember", own=True, keep=True)
    assert does(one, "remember", own=True, keep=True, passphrase=WORDS)["kept"]
    with History.open(WORDS) as there:
        assert len(there.all()) == 1


def test_an_audit_waits_at_its_end_until_the_locked_history_is_opened_and_is_kept_in_it_then() -> None:
    kept()
    one = program()
    assert one.home()["locked"]
    assert list(answered(one)) == ["locked"]
    with pytest.raises(AuditError):
        does(one, "unlock", passphrase="wrong")
    assert list(does(one, "finish")) == ["locked"]
    assert one.sitting
    assert (folders.state() / journal.FILE).exists()
    assert does(one, "unlock", passphrase=WORDS)["due"]["said"].endswith("due.")
    told = does(one, "finish")
    assert told["kept"]
    assert "better" in told["since"]
    with History.open(WORDS) as there:
        assert len(there.all()) == 2


def test_who_does_not_want_to_open_the_history_ends_the_audit_without_it() -> None:
    kept()
    one = program()
    answered(one)
    told = does(one, "finish", unkept=True)
    assert (told["kept"], told["trouble"], bool(told["files"])) == (False, "", True)
    with History.open(WORDS) as there:
        assert len(there.all()) == 1


def test_a_report_before_the_end_does_not_wait_for_the_locked_history() -> None:
    kept()
    one = program()
    does(one, "answer", replies=[reply(begun(one)[0])])
    told = does(one, "finish")
    assert (told["whole"], told["trouble"], bool(told["files"])) == (False, "", True)


def test_a_risk_is_accepted_or_a_change_planned_in_the_history_and_in_the_report() -> None:
    one = kept()
    first, second, *_rest = one.state()["result"]["decisions"]
    day = one.state()["result"]["days"][0][0]
    with pytest.raises(UsageError, match="say until when and why"):
        does(one, "decide", check=first["check"], kind="accept", until=day)
    told = does(one, "decide", check=first["check"], kind="accept", until=day, because="The head knows")
    assert "You accept this risk" in told["said"]
    told = does(one, "decide", check=second["check"], kind="plan", until=day)
    assert {first["check"], second["check"]}.isdisjoint(line["check"] for line in told["decisions"])
    with History.open(WORDS) as there:
        assert {made.kind for made in there.decisions()} == {"accept", "plan"}
    [report] = [path for path in files.written() if path.suffix == ".json"]
    record = read_written(report).record
    assert record.summary[Verdict.ACCEPTED] == 1
    assert all("The head knows" not in path.read_text() for path in files.written() if path.suffix != ".ics")
    with pytest.raises(UsageError):
        does(one, "decide", check=second["check"], kind="plan", until="yesterday")


# -- this computer -----------------------------------------------------------------------------------


def test_forgetting_everything_leaves_nothing() -> None:
    one = kept()
    begun(one)
    told = does(one, "forget")
    assert told["stayed"] == []
    assert [name for name in on_disk() if not name.endswith((".lock", "written.jsonl"))] == []
    assert one.state()["session"] is None
    assert one.pages()["report"]() is None


def test_at_the_end_it_says_what_stays() -> None:
    one = program()
    answered(one)
    assert does(one, "end")["said"].endswith("Your saved answers are kept.")
    does(one, "forget")
    assert does(one, "end")["said"].endswith("Your answers and reports were removed.")
    answered(one)
    assert does(one, "end")["said"].endswith("Your saved answers are kept.")


def test_what_stands_in_the_way_of_forgetting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = removal.Gone(jobs=[("cron", "the table of jobs")], trouble=KeyringError("The key stayed.", "Unlock it."))
    monkeypatch.setattr(removal, "HISTORY", removal.Thing(lambda: ["there"], lambda: gone))
    said = does(program(), "forget")["said"]
    assert "Removed: the table of jobs" in said
    assert "The key stayed. Unlock it." in said


@pytest.mark.parametrize("wish", [{"replies": 1}, {"replies": [{"check": "nothing.here", "option": "no"}]}])
def test_nobody_is_told_that_an_answer_is_saved_which_was_refused(wish: dict[str, Any]) -> None:
    one = program()
    begun(one)
    with pytest.raises(UsageError) as refused:
        does(one, "answer", **wish)
    assert "answers are saved" not in on_a_page(refused.value)


def test_home_tells_how_it_came_out_last() -> None:
    answered(program(), Verdict.FAIL)
    assert "to change" in program().home()["last"]
    assert program().pages()["report"]()


def test_home_and_report_say_the_same_of_what_was_not_reached() -> None:
    one = program()
    does(one, "answer", replies=[reply(begun(one)[0])])
    said = does(one, "finish")["headline"]
    assert "you have not reached" in said
    assert said in one.home()["last"]


def test_of_many_audits_in_one_minute_home_shows_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("privacyaudit.clock.now", lambda: datetime(2026, 12, 1, 12, 30, tzinfo=UTC))
    for verdict in [Verdict.FAIL] * 10 + [Verdict.PASS]:
        answered(program(), verdict)
    assert len({path.name for path in files.written() if path.suffix == ".json"}) == 11
    assert "to change" not in program().home()["last"]


def test_a_report_that_was_damaged_is_passed_over() -> None:
    answered(program(), Verdict.FAIL)
    for path in files.written():
        path.write_text("{")
    assert outcome.newest_written() is None
    assert program().home()["last"] == ""


def test_a_second_start_finds_the_window_and_nobody_else_can_read_where_it_is() -> None:
    held = instance.hold()
    assert held
    assert instance.hold() is None
    instance.announce(instance.Open(port=4711, key="0" * 64))
    assert (folders.state() / instance.FILE).stat().st_mode & 0o077 == 0
    found = instance.found()
    assert found
    assert found.address().startswith("http://127.0.0.1:4711/in?ticket=")
    assert found.address() != found.address()
    instance.leave(held)
    assert instance.found() is None
    again = instance.hold()
    assert again
    instance.leave(again)


def test_a_window_that_nothing_tells_of_leaves_the_one_that_is_told_of() -> None:
    held = instance.hold()
    instance.announce(instance.Open(port=4711, key="0" * 64))
    instance.leave(None)
    assert instance.found()
    assert instance.hold() is None
    instance.leave(held)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema":"1","port":1}', '{"schema":"1","port":1,"key":"x"}'])
def test_a_damaged_file_of_a_window_is_none(text: str) -> None:
    files.make_folder(folders.state())
    (folders.state() / instance.FILE).write_text(text)
    assert instance.found() is None
