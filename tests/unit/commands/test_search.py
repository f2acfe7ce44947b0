"""Searching for oneself: what is asked and said, who is refused, and that no word stays anywhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from privacyaudit.about_me import asking, found
from privacyaudit.model import Found, Looked, Word
from privacyaudit.over_time import history
from privacyaudit.over_time.history import History
from tests.support import in_process
from tests.support.histories import KEY

ME, BESIDE, SOMEBODY_ELSE = "1", "2", "3"
LOOK, SKIP, STOP = "1", "2", "3"
NOTHING, FINE, CHANGE, OTHERS, NOT_ME, UNSEEN = "1", "2", "3", "4", "5", "6"
THAT_IS_ALL = "1"
WORDS = (
    "Canary O’Finch, Canary Lloyd-Wren",
    "Canary Nightingale",
    "Canny",
    "canarybird",
    "Canarytown",
    "Ysgol y Canary",
    "07700 900999",
    "canary+nest@example.org",
)
SECRETS = ("canary", "canny", "900999")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "TMPDIR", "PRIVACYAUDIT_STATE", "PRIVACYAUDIT_DATA", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    return tmp_path


@pytest.fixture
def kept_history(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("apsw", reason="the extra [history] is not installed")
    monkeypatch.setattr(history, "keyring_key", lambda: KEY)
    History.open(KEY).close()


def search(
    *replies: str, who: str = ME, words: Sequence[str] = WORDS, options: Sequence[str] = ()
) -> tuple[int, str, str]:
    done = in_process.run("search", "--plain", *options, typed="".join(f"{line}\n" for line in (who, *words, *replies)))
    return done.returncode, done.stdout, done.stderr


def no_word_in(folder: Path) -> bool:
    """Tell whether no file below a folder, and no name of one, has a word that was typed."""
    for path in folder.rglob("*"):
        text = path.name.lower() + (path.read_bytes().decode("latin-1").lower() if path.is_file() else "")
        if any(secret in text for secret in SECRETS):
            return False
    return True


# -- who, and with what ----------------------------------------------------------------------------


def test_a_list_of_searches_for_somebody_else_is_refused_with_the_reason() -> None:
    code, said, wrong = search(who=SOMEBODY_ELSE, words=())
    assert code == 2
    assert "does not make a list of searches for somebody else" in wrong
    assert "follow or frighten a person" in wrong
    assert "sit beside them" in wrong
    assert asking.WORDS[Word.NAME] not in said


def test_for_somebody_beside_the_person_nothing_is_kept(kept_history: None) -> None:
    code, said, _wrong = search(LOOK, OTHERS, "", THAT_IS_ALL, STOP, who=BESIDE)
    assert code == 0
    assert "Let them type the words and choose the answers." in said
    assert "The program kept nothing of this search." in said
    with History.open(KEY) as kept:
        assert kept.looked() == []


def test_a_name_on_the_command_line_is_refused_and_not_repeated() -> None:
    done = in_process.run("search", "Canary Finch")
    assert done.returncode == 2
    assert "Do not type a name on the command line." in done.stderr
    assert "Canary" not in done.stdout + done.stderr


def test_without_questions_it_says_that_it_cannot_run() -> None:
    done = in_process.run("search", "--no-input")
    assert done.returncode == 2
    assert "it cannot run with --no-input" in done.stderr
    assert not done.stdout


def test_no_option_takes_a_word_about_the_person() -> None:
    assert "NAME" not in in_process.run("search", "--help").stdout


def test_without_any_word_there_is_nothing_to_search_for() -> None:
    code, _said, wrong = search(words=("", "", "", "", "Cardiff", "Ysgol", "", ""))
    assert code == 2
    assert "A town or a workplace alone finds nobody." in wrong


def test_what_cannot_be_searched_for_is_asked_again_without_repeating_it() -> None:
    words = ["Robin Hill", "", "", "canary bird", "robinhill", "", "", "canary", "", "canary", ""]
    code, said, wrong = search(STOP, words=words)
    assert code == 0
    for sentence in ("This is not a user name.", "This is not a phone number.", "This is not an e-mail address."):
        assert sentence in wrong
    assert "canary" not in said + wrong


def test_input_that_ends_is_told_and_nothing_is_kept(home: Path) -> None:
    code, _said, wrong = search(LOOK)
    assert code == 2
    assert "nobody to answer it" in wrong
    assert no_word_in(home)


# -- the searches ----------------------------------------------------------------------------------


def test_nothing_is_opened_from_a_pipe_and_each_address_is_shown_when_it_is_chosen() -> None:
    _code, said, _wrong = search(LOOK, NOTHING, STOP)
    assert "in my browser" not in said
    assert said.count("Address: https://") == 1
    assert "Address: https://www.google.com/search?q=%22Canary%20O%27Finch%22" in said
    assert "The program opens nothing by itself and looks at no page." in said


def test_the_hardest_harm_comes_first_in_the_end_and_what_was_not_looked_at_is_named() -> None:
    replies = (LOOK, CHANGE, "2", THAT_IS_ALL, *(SKIP,) * 2, LOOK, OTHERS, "", "3", THAT_IS_ALL, LOOK, UNSEEN, STOP)
    code, said, wrong = search(*replies)
    assert (code, wrong) == (0, "")
    assert "Do not reply, and delete nothing yet." in said
    end = said[said.index("What to do, the most urgent first") :]
    assert end.index("1. Google, with your school or council: Something about me, by somebody else (1)") < end.index(
        "2. Google: My own, and I want to change it (2)"
    )
    assert "ring 999" in end
    assert "privacyaudit remove --first-hour" in end
    assert "For your steps, type: privacyaudit remove" in end
    assert "privacyaudit show everyday.removal" in end
    assert "were not looked at, so we cannot tell" in end
    assert "TikTok" in end[end.index("were not looked at") :]


def test_without_a_find_it_does_not_say_that_all_is_fine() -> None:
    _code, said, _wrong = search(LOOK, NOTHING, STOP)
    assert "You found nothing to act on" in said
    assert "That is true for the searches that you did, today." in said
    _code, said, _wrong = search(STOP)
    assert "You found nothing" not in said
    assert "were not looked at, so we cannot tell" in said


def test_after_ten_it_offers_the_rest() -> None:
    words = ("Robin Hill", "", "", "", "", "", "", "")
    _code, said, _wrong = search(*(LOOK, NOTHING) * 10, "y", STOP, words=words)
    assert "10 of 10: " in said
    assert said.index("10 of 10: ") < said.index("Go on with ") < said.index("1 of ", said.index("Go on with "))
    _code, said, _wrong = search(*(LOOK, NOTHING) * 10, "n", words=words)
    assert "You found nothing to act on" in said


def test_a_count_that_is_no_number_is_asked_again() -> None:
    _code, said, _wrong = search(LOOK, OTHERS, "many", "0", "٣", "1000", "4", THAT_IS_ALL, STOP)
    assert said.count("Type a number from 1 to 999.") == 4
    assert "Something about me, by somebody else (4)" in said


# -- what is kept ----------------------------------------------------------------------------------


def test_without_a_history_no_file_is_written(home: Path) -> None:
    before = set(home.rglob("*"))
    code, said, _wrong = search(LOOK, OTHERS, "", THAT_IS_ALL, STOP)
    assert code == 0
    assert "The program kept nothing of this search." in said
    assert {path for path in set(home.rglob("*")) - before if path.is_file()} == set()


def test_a_history_keeps_days_and_counts_and_the_next_time_says_what_is_new(
    kept_history: None, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("privacyaudit.cli.dialogs.search.today", lambda: date(2026, 11, 1))
    _code, said, _wrong = search(LOOK, OTHERS, "2", "3", "", THAT_IS_ALL, STOP)
    assert "none of your words" in said
    with History.open(KEY) as kept:
        [looked] = kept.looked()
    assert looked == Looked(search="google-name", on=date(2026, 11, 1), found={Found.OTHERS: 2, Found.CHANGE: 1})
    export = home / "all.json"
    assert in_process.run("history", "export", str(export)).returncode == 0
    assert json.loads(export.read_text("utf-8"))["looked"] == [looked.model_dump(mode="json")]
    assert no_word_in(home)
    _code, said, _wrong = search(LOOK, OTHERS, "5", THAT_IS_ALL, STOP)
    assert "On 1 November 2026 you found: My own, and I want to change it (1), Something about me" in said
    assert "3 are new since 1 November 2026." in said
    in_process.run("history", "forget", "--all", "--yes")
    assert not history.exists()


def test_with_no_keep_the_history_is_left_alone(kept_history: None) -> None:
    _code, said, _wrong = search(LOOK, OTHERS, "", THAT_IS_ALL, STOP, options=["--no-keep"])
    assert "The program kept nothing of this search." in said
    with History.open(KEY) as kept:
        assert kept.looked() == []


def test_a_history_that_does_not_open_is_told_and_the_search_goes_on(
    kept_history: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "keyring_key", lambda: bytes(32))
    code, said, wrong = search(LOOK, OTHERS, "", THAT_IS_ALL, STOP)
    assert code == 0
    assert "cannot be opened" in wrong
    assert "The program kept nothing of this search." in said


def test_when_it_breaks_in_the_middle_no_word_is_in_a_file_or_in_the_report_of_the_fault(
    home: Path, kept_history: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(answers: Sequence[found.Answer], _before: object) -> None:
        raise ValueError(answers[0].planned.query, answers[0].planned.address)

    monkeypatch.setattr("privacyaudit.about_me.found.to_do", breaks)
    code, _said, wrong = search(LOOK, OTHERS, "", THAT_IS_ALL, STOP)
    assert code == 3
    assert "ValueError" in wrong
    assert not any(secret in wrong.lower() for secret in SECRETS)
    assert no_word_in(home)
