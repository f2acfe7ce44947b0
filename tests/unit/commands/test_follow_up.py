"""Steps that somebody took: kept encrypted, due, neutral to others, asked about again, and gone without a trace."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from privacyaudit.cli.dialogs import follow_up
from privacyaudit.cli.prompts import Person
from privacyaudit.model import Author, Found, Harm, Looked, Outcome, Taken
from privacyaudit.over_time import history
from privacyaudit.over_time.history import History
from tests.support import in_process

pytest.importorskip("apsw", reason="the extra [history] is not installed")

KEY = bytes(range(32))
DAY = date(2026, 11, 3)
NO_DANGER, ME, BESIDE = "1", "1", "2"
NO_LETTER = "2"
CASE = ("fake_account", "tiktok", "stranger", "n", NO_LETTER)
BEFORE, NEW = "1", "2"
GONE, REFUSED, NOTHING, WAITING = "1", "2", "3", "4"
NOT_YET, FIRST = "1", "2"
SECRETS = ("tiktok", "fake", "canary")
STEP = Taken(step="tiktok.fake", did=DAY, due=DAY + timedelta(days=2), harm=Harm.FAKE_ACCOUNT, place="tiktok")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "TMPDIR", "PRIVACYAUDIT_STATE", "PRIVACYAUDIT_DATA", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setattr(history, "keyring_key", lambda: KEY)
    on(monkeypatch, DAY)
    return tmp_path


@pytest.fixture
def kept_history() -> None:
    History.open(KEY).close()


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr("privacyaudit.clock.now", lambda: datetime.combine(day, time(12), UTC))


def run(*words: str, typed: tuple[str, ...] = ()) -> tuple[int, str]:
    done = in_process.run(*words, typed="".join(f"{line}\n" for line in typed))
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    return done.returncode, " ".join(said.split())


def remove(*typed: str, options: tuple[str, ...] = ()) -> tuple[int, str]:
    return run("remove", "--plain", *options, typed=typed)


def plan(*typed: str, who: str = ME) -> tuple[int, str]:
    return remove(NO_DANGER, who, *CASE, *typed)


def steps() -> list[Taken]:
    with History.open(KEY) as kept:
        return [one.taken for one in kept.steps.all()]


def keep(*taken: Taken) -> None:
    with History.open(KEY) as kept:
        for one in taken:
            kept.steps.keep(one)


def traces(folder: Path, *secrets: str) -> list[Path]:
    """Return the files below a folder in whose name or content there is a word."""
    found = []
    for path in folder.rglob("*"):
        text = path.name.lower() + (path.read_bytes().decode("latin-1").lower() if path.is_file() else "")
        found += [path for word in secrets if word in text]
    return found


def test_a_step_that_was_done_is_kept_with_its_days_and_in_no_other_file(kept_history: None, home: Path) -> None:
    code, said = plan(FIRST, "", NOT_YET)
    assert code == 0
    assert steps() == [STEP.model_copy(update={"author": Author.STRANGER})]
    assert "Look again on 5 November 2026: privacyaudit remove" in said
    assert traces(home, *SECRETS) == []


def test_a_day_before_is_taken_and_one_to_come_or_no_day_is_asked_again(kept_history: None) -> None:
    _code, said = plan(FIRST, "2026-12-24", "yesterday", "2026-11-01", NOT_YET)
    assert "Choose today or a day before" in said
    assert "Write year, month and day" in said
    assert [one.did for one in steps()] == [date(2026, 11, 1)]


def test_who_has_done_nothing_yet_or_sits_beside_somebody_keeps_nothing(kept_history: None) -> None:
    assert "When you have, come back: privacyaudit remove" in plan(NOT_YET)[1]
    assert "Have you done one of these?" not in plan(who=BESIDE)[1]
    assert steps() == []


def test_without_a_history_none_is_begun_and_nothing_more_is_asked(home: Path) -> None:
    code, said = plan()
    assert code == 0
    assert "Have you done" not in said
    assert not history.exists()


def test_with_no_keep_or_no_input_the_history_is_left_alone(kept_history: None) -> None:
    keep(STEP)
    assert remove(NO_DANGER, ME, *CASE, options=("--no-keep",))[0] == 0
    words = ("remove", "--no-input", "--what", "post", "--where", "facebook")
    assert "open from before" not in run(*words)[1]
    assert steps() == [STEP]


def test_the_first_question_tells_nobody_what_it_is_about_and_danger_is_one_answer_away(kept_history: None) -> None:
    keep(STEP)
    _code, said = remove(NEW, NO_DANGER, ME, *CASE, NOT_YET)
    first = said.split("Is anybody in danger today")[0]
    assert "1 step is open from before" in first
    assert not any(word in first.lower() for word in SECRETS)


def test_after_a_no_comes_the_next_rung_which_takes_the_place_of_the_step(kept_history: None) -> None:
    keep(STEP)
    code, said = remove(BEFORE, REFUSED, FIRST, "", NOT_YET)
    assert code == 0
    assert "You did this on 3 November 2026: Report the fake account to TikTok. What came of it?" in said
    assert "Next: " in said
    [now] = steps()
    assert now.step != STEP.step
    assert (now.harm, now.place, now.did) == (STEP.harm, STEP.place, DAY)


def test_what_came_is_kept_before_the_next_question(kept_history: None) -> None:
    keep(STEP)
    assert remove(BEFORE, NOTHING)[0] != 0  # the input ends at the question for the next step
    assert [(one.step, one.outcome) for one in steps()] == [(STEP.step, Outcome.NOTHING)]


def test_a_stop_says_that_what_was_kept_is_kept(kept_history: None) -> None:
    keep(STEP)
    code, said = remove(BEFORE, WAITING.replace("4", "q"))
    assert code == 130
    assert "Steps that the program said it keeps are kept" in said
    assert steps() == [STEP]


def test_gone_twice_is_over_and_leaves_no_trace(
    kept_history: None, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(STEP)
    assert "Look again on 3 December 2026." in remove(BEFORE, GONE)[1]
    on(monkeypatch, date(2026, 12, 3))
    assert "Is it still gone" in remove(BEFORE, GONE)[1]
    assert steps() == []
    assert traces(home, *SECRETS) == []


def test_a_letter_that_was_sent_is_followed_up(kept_history: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = ["Canary Nightingale"] * 40
    code, said = run("letter", "no-pupil", "--plain", typed=tuple(typed))
    assert "Have you sent it" not in said
    monkeypatch.setattr("privacyaudit.cli.dialogs.letter.fill", lambda _asked, _person: {})
    code, said = run("letter", "erasure", "--plain", typed=("y", ""))
    assert code == 0
    assert steps() == [Taken(step="letter.erasure", did=DAY, due=DAY + timedelta(days=31))]
    assert traces(home, "canary", "erasure") == []


# -- what is due -----------------------------------------------------------------------------------


def test_due_counts_steps_and_does_not_say_what_they_are(kept_history: None, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(STEP)
    assert run("due")[0] == 0
    on(monkeypatch, STEP.due)
    code, said = run("due")
    assert code == 10
    assert "1 step that you took is due" in said
    assert "Nothing is due" not in said
    assert not any(word in said.lower() for word in SECRETS)
    found = json.loads(in_process.run("due", "--json").stdout)
    assert found["steps"] == [{"did": "2026-11-03", "on": "2026-11-05"}]


def test_the_window_says_so_too(kept_history: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from privacyaudit.catalogue import loading
    from privacyaudit.window import home as first_screen

    keep(STEP)
    with History.open(KEY) as kept:
        kept.note_looked([Looked(search="google-name", on=date(2025, 11, 3), found={Found.NOTHING: 1})])
    on(monkeypatch, STEP.due)
    told = first_screen.due(KEY, loading.catalogue())
    assert told is not None
    assert told["said"] == ""
    assert [line.split(":")[0] for line in told["lines"]] == [
        "1 step that you took is due",
        "It is time to search for yourself again.",
    ]


# -- calendars -------------------------------------------------------------------------------------


def events(path: Path) -> list[tuple[str, date]]:
    """Return the title and day of each event, as another program's reader sees them."""
    vobject = pytest.importorskip("vobject")
    file = vobject.readOne(path.read_text("utf-8"))
    return [(event.summary.value, event.dtstart.value.date()) for event in file.vevent_list]


def test_the_calendar_file_has_the_days_of_steps_and_of_the_next_search(kept_history: None, home: Path) -> None:
    pytest.importorskip("icalendar", reason="the extra [remind] is not installed")
    keep(STEP, STEP.model_copy(update={"due": DAY}), STEP)
    with History.open(KEY) as kept:
        kept.note_looked([Looked(search="google-name", on=DAY, found={Found.OTHERS: 1})])
    out = home / "days.ics"
    code, said = run("remind", "ics", "--out", str(out))
    assert code == 0
    assert "It also reminds you on 5 November 2026" in said
    found = events(out)
    assert {title for title, _day in found} == {"Personal admin"}
    assert STEP.due in [day for _title, day in found]
    assert len(found) == 3
    assert not any(word in out.read_text("utf-8").lower() for word in (*SECRETS, "search", "privacy"))


def test_a_history_that_does_not_open_is_told_and_the_calendar_file_is_written(
    kept_history: None, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("icalendar", reason="the extra [remind] is not installed")
    monkeypatch.setattr(history, "keyring_key", lambda: bytes(32))
    code, said = run("remind", "ics", "--out", str(home / "days.ics"))
    assert code == 0
    assert "does not have the days of steps" in said
    assert len(events(home / "days.ics")) == 1


def test_without_a_history_the_days_of_a_plan_go_into_a_calendar_file(home: Path) -> None:
    pytest.importorskip("icalendar", reason="the extra [remind] is not installed")
    out = home / "days.ics"
    words = ("remove", "--no-input", "--what", "picture", "--where", "facebook", "--who", "friend")
    code, _said = run(*words, "--calendar", str(out), "--out", str(home / "steps.html"))
    assert code == 0
    assert "Wait a week, and remind them once." in (home / "steps.html").read_text("utf-8")
    found = events(out)
    assert ("Personal admin", date(2026, 11, 10)) in found
    assert not any(word in out.read_text("utf-8").lower() for word in ("facebook", "picture", "privacy"))
    assert run(*words, "--calendar", str(out))[0] == 2
    kept = [path.name for path in (home / "PRIVACYAUDIT_STATE").rglob("*") if path.is_file()]
    assert kept == ["written.jsonl"]  # what clean removes
    assert not history.exists()


# -- taking it away --------------------------------------------------------------------------------


def test_forgetting_takes_the_steps_and_an_export_does_not_have_them(kept_history: None, home: Path) -> None:
    keep(STEP)
    assert run("history", "export", str(home / "all.json"))[0] == 0
    assert "tiktok" not in (home / "all.json").read_text("utf-8")
    assert run("history", "forget", "--all", "--yes")[0] == 0
    assert not history.exists()


def test_a_history_that_was_removed_meanwhile_is_not_begun_anew(
    kept_history: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = follow_up._day

    def removed_meanwhile(person: Person) -> date:
        history.path().unlink()
        return asked(person)

    monkeypatch.setattr(follow_up, "_day", removed_meanwhile)
    code, said = plan(FIRST, "")
    assert code != 0
    assert "was removed meanwhile" in said
    assert not history.exists()
