"""`prepare` asks which occasion and which services, goes through at most twelve tasks, and keeps nothing."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.support.in_process import run
from tests.support.terminal import ENTER, Terminal

DONE, LATER, NOT_FOR_ME, STOP = "1", "2", "3", "4"
NO_PRIVATE_ONES = "n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "PRIVACYAUDIT_STATE", "PRIVACYAUDIT_DATA"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name))
    return tmp_path / "home"


def said(*words: str, typed: tuple[str, ...] = ()) -> tuple[int, str]:
    done = run(*words, typed="".join(f"{line}\n" for line in typed))
    text = " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in text
    return done.returncode, text


def tasks(text: str) -> list[str]:
    return re.findall(r"(?<!\S)(\d+)\. [^.›]+? \d+ minutes?, (?:by|on) ", text.split("What is left to do")[0])


def test_called_plainly_it_asks_for_the_occasion_and_the_services_and_ends_with_what_is_left() -> None:
    answers = ("leaving", "facebook", NO_PRIVATE_ONES, DONE, NOT_FOR_ME, LATER, STOP)
    code, text = said("prepare", "--plain", typed=answers)
    assert code == 0
    assert text.index("What do you want to prepare for?") < text.index("Which of these do you leave?")
    assert text.index("Which of these do you leave?") < text.index("1. Save what you want to keep")
    assert tasks(text) == ["1", "2", "3", "4"]
    left = text.split("What is left to do, and when")[1]
    assert "Save what you want to keep" not in left
    assert "See what else uses this account" not in left
    assert "Check which address or number resets your other accounts" in left
    assert "Close the account" in left
    assert "The program keeps nothing of this list" in left


@pytest.mark.parametrize("name", ["job", "new-name", "leaving"])
def test_without_questions_the_whole_list_is_shown(name: str) -> None:
    code, text = said("prepare", name, "--no-input", "--service", "instagram")
    assert code == 0
    assert 2 < len(tasks(text)) <= 12
    assert "Instagram" in text
    assert text.split("What is left to do, and when")[1].count(" 202") == len(tasks(text))


def test_nothing_is_kept(home: Path) -> None:
    answers = ("facebook", NO_PRIVATE_ONES, DONE, STOP)
    assert said("prepare", "job", "--plain", typed=answers)[0] == 0
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_who_stops_is_told_that_nothing_was_kept(home: Path) -> None:
    code, text = said("prepare", "job", "--plain", typed=("facebook", NO_PRIVATE_ONES, DONE, "q"))
    assert code == 130
    assert "Stopped. Nothing was kept, and nothing was sent." in text
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_it_asks_for_no_name_and_no_address() -> None:
    _code, text = said("prepare", "new-name", "--plain", typed=("facebook", NO_PRIVATE_ONES, STOP))
    questions = text.split("1. Search for each name")[0]
    assert not re.search(r"\b(?:your name|type the name|What is your)\b", questions)


@pytest.mark.parametrize(
    ("words", "what", "advice"),
    [
        (("--no-input",), "Say what you want to prepare for: job, new-name, leaving.", "prepare job --no-input"),
        (("jobs", "--no-input"), "There is no list for “jobs”.", "job"),
        (("holiday", "--no-input"), "There is no list for “holiday”.", "job, new-name, leaving"),
        (("job", "--no-input", "--service", "facebok"), "There is no platform “facebok”.", "facebook"),
        (("job", "--no-input", "--service", "everyday"), "“everyday” is not a service with an account.", "facebook"),
        (("job",), "nobody to answer", "--help"),
    ],
)
def test_a_wrong_word_gets_a_sentence_and_an_exit_code(words: tuple[str, ...], what: str, advice: str) -> None:
    code, text = said("prepare", *words)
    assert code == 2
    assert what in text
    assert advice in text


def test_the_page_holds_the_tasks_what_is_left_and_who_helps(tmp_path: Path) -> None:
    out = tmp_path / "steps.html"
    answers = ("facebook", NO_PRIVATE_ONES, DONE, STOP)
    code, text = said("prepare", "new-name", "--plain", "--out", str(out), typed=answers)
    assert code == 0
    assert f"Written: {out}" in text
    html = out.read_text(encoding="utf-8")
    assert html.count("<h2>") == 11 + 1
    assert "What is left to do, and when" in html
    assert "If you are afraid of somebody who knows one of your names" in html
    assert "0808 2000 247" in html
    left = html.split("What is left to do, and when")[1]
    assert html.index("0808 2000 247") < html.index("<h2>")
    assert "Search for each name" not in left
    assert "Go through what connects the two names" in left
    links = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert links
    assert all(link.startswith("https://") for link in links)
    assert "<script" not in html


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "mine.html"
    out.write_text("mine")
    code, text = said("prepare", "job", "--no-input", "--out", str(out))
    assert code == 2
    assert "already exists" in text
    assert "1. Search" not in text
    assert out.read_text() == "mine"


@pytest.mark.terminal
def test_in_a_terminal_the_lists_are_chosen_from(home: Path) -> None:
    command = [sys.executable, "-m", "privacyaudit", "prepare"]
    with Terminal(command, env={"HOME": str(home)}, columns=100, rows=40) as terminal:
        terminal.wait_for("What do you want to prepare for?")
        terminal.reply("3")
        terminal.wait_for("Which of these do you leave?")
        terminal.send("fac ")
        terminal.wait_for("● Facebook")
        terminal.send(ENTER)
        terminal.wait_for("Some services are not listed")
        terminal.reply("n")
        terminal.wait_for("What about this one?")
        terminal.reply("1")
        terminal.wait_for("2. See what else uses this account")
        terminal.reply("4")
        assert terminal.end() == 0
        shown = terminal.everything()
    assert "accountscenter.facebook.com" in shown
    left = shown.split("What is left to do, and when")[1]
    assert "Save what you want to keep" not in left
    assert "Close the account" in left
