"""`remove` asks a few questions, none for a name, shows the steps and writes them as a page; it sends nothing."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.support.in_process import run
from tests.support.terminal import Terminal

CASE = ("remove", "--no-input", "--what", "fake-account", "--where", "tiktok", "--who", "pupil", "--work")
NO, DANGER = "1", "2"
ME, SOMEBODY_ELSE = "1", "3"
NOT_NOW = "3"


def said(*words: str, typed: str | None = None) -> tuple[int, str]:
    done = run(*words, typed=typed)
    text = " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in text
    return done.returncode, text


def test_words_on_the_command_line_are_enough() -> None:
    code, text = said(*CASE)
    assert code == 0
    assert "1. What not to do" in text
    assert "Choose these words: “Report account”, “Pretending to be someone”, “Me”" in text
    assert text.count("This is not legal advice.") == 1


def test_questions_in_plain_sentences_lead_to_the_steps() -> None:
    answers = (NO, ME, "fake_account", "tiktok", "pupil", "y", NOT_NOW)
    code, text = said("remove", "--plain", typed="\n".join(answers) + "\n")
    assert code == 0
    assert text.count("Your answer:") == len(answers)
    assert text.index("Is anybody in danger today") < text.index("Who is it about?") < text.index("What is out there?")
    assert "Report the fake account to TikTok" in text
    assert not re.search(r"\b(?:your name|user name|type the name)\b", text.split("1. What not to do")[0])


def test_a_letter_of_the_plan_is_written_straight_after_it() -> None:
    asked = (
        "Robin Finch",
        "robin@nest.example",
        "TikTok",
        "https://www.tiktok.com/@robin",
        "",
        "my photo",
        "Monday",
        "",
    )
    answers = (NO, ME, "fake_account", "tiktok", "pupil", "y", "2", *asked, "2")
    code, text = said("remove", "--plain", typed="\n".join(answers) + "\n")
    assert code == 0
    plan, _asked, letter = text.partition("Write one of these now?")
    assert "Report the fake account to TikTok" in plan
    assert "This account on TikTok pretends to be me." in letter
    assert letter.index("What it cannot do") < letter.index("What name should be under") < letter.index("Robin Finch")
    assert letter.index("This account on TikTok") < letter.index("Before you send it")
    assert "Write this one now? 1. A pupil or a parent posted about me. Goes to: " in letter


@pytest.mark.parametrize(("risk", "helps"), [(NO, True), ("3", False)])
def test_who_helps_with_a_sexual_picture_is_said_before_the_next_question(risk: str, helps: bool) -> None:
    answers = (risk, ME, "made_up", "snapchat", "unknown", "n")
    _code, text = said("remove", "--plain", typed="\n".join(answers) + "\n")
    assert ("Revenge Porn Helpline" in text.split("Where is it?")[0]) is helps


def test_danger_is_answered_before_the_next_question() -> None:
    answers = (DANGER, ME, "post", "facebook", "stranger", "n")
    code, text = said("remove", "--plain", typed="\n".join(answers) + "\n")
    assert code == 0
    assert text.index("ring 999") < text.index("Who is it about?")


def test_who_stops_is_told_that_nothing_was_kept() -> None:
    code, text = said("remove", "--plain", typed=f"{NO}\nq\n")
    assert code == 130
    assert "Stopped. Nothing was kept, and nothing was sent." in text


def test_somebody_else_is_refused_in_plain_words() -> None:
    code, text = said("remove", "--plain", typed=f"{NO}\n{SOMEBODY_ELSE}\n")
    assert code == 2
    assert "This program does not look into other people, so it made no plan." in text
    assert "Sit down with the person and let them answer." in text
    assert "What is out there?" not in text


@pytest.mark.parametrize(
    ("words", "what", "advice"),
    [
        (("--no-input",), "cannot ask what it is and where", "--what fake-account --where tiktok"),
        (("--no-input", "--what", "fake", "--where", "x"), "“fake” is not a word for --what.", "fake-account"),
        (("--no-input", "--what", "post", "--where", "tiktak"), "There is no place “tiktak”.", "tiktok"),
        (("--no-input", "--what", "post", "--where", "x", "--who", "mum"), "not a word for --who", "parent"),
        (("--no-input", "--what", "post", "--where", "x", "--risk", "yes"), "not a word for --risk", "danger, child"),
    ],
)
def test_a_wrong_word_gets_a_sentence_and_an_exit_code(words: tuple[str, ...], what: str, advice: str) -> None:
    code, text = said("remove", *words)
    assert code == 2
    assert what in text
    assert advice in text


def test_the_page_holds_the_steps_loads_nothing_and_links_to_https_only(tmp_path: Path) -> None:
    out = tmp_path / "steps.html"
    code, text = said(*CASE, "--out", str(out))
    assert code == 0
    assert f"Written: {out}" in text
    html = out.read_text(encoding="utf-8")
    assert html.count("<h2>") == 5
    assert "This is not legal advice." in html
    links = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert "https://reportharmfulcontent.com" in links
    assert all(link.startswith("https://") for link in links)
    assert "<script" not in html
    assert "default-src 'none'" in html


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "mine.html"
    out.write_text("mine")
    code, text = said(*CASE, "--out", str(out))
    assert code == 2
    assert "already exists" in text
    assert "1. What not to do" not in text
    assert out.read_text() == "mine"


def test_the_card_for_the_first_hour_asks_nothing(tmp_path: Path) -> None:
    out = tmp_path / "card.html"
    code, text = said("remove", "--first-hour", "--out", str(out))
    assert code == 0
    assert "Your answer:" not in text
    assert "stopncii.org" in text
    assert "0345 6000 459" in out.read_text(encoding="utf-8")
    code, text = said("remove", "--first-hour", "--risk", "child")
    assert code == 0
    assert "Do not save, copy, photograph or forward it" in text
    assert "stopncii" not in text.lower()


def test_nothing_of_the_answers_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "PRIVACYAUDIT_STATE", "PRIVACYAUDIT_DATA"):
        monkeypatch.setenv(name, str(tmp_path / name))
    assert said(*CASE)[0] == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.terminal
def test_in_a_terminal_the_lists_are_chosen_from(tmp_path: Path) -> None:
    words = ("remove", "--who", "pupil", "--work")
    env = {"HOME": str(tmp_path)}
    with Terminal([sys.executable, "-m", "privacyaudit", *words], env=env, columns=100, rows=40) as terminal:
        terminal.wait_for("Is anybody in danger today")
        terminal.send("1")
        terminal.wait_for("Who is it about?")
        terminal.send("1")
        terminal.wait_for("What is out there?")
        terminal.send("3")
        terminal.wait_for("Where is it?")
        terminal.send("4")
        terminal.wait_for("Write one of these now?")
        terminal.send("3")
        assert terminal.end() == 0
        shown = terminal.everything()
        assert "What not to do" in shown
        assert "Report the fake account to TikTok" in shown
