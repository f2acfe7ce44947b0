"""Lists in a terminal, key by key: to find a line by its name, and to answer with one key."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from privacyaudit.cli import terminal
from privacyaudit.cli.prompts.rich import RichPrompter
from privacyaudit.cli.prompts.stray_enter import StrayEnter
from privacyaudit.model import Reason
from privacyaudit.readers.questions import Choice, Move, Still
from tests.support.asked import MOVES, change, question, visit

SERVICES = [("fb", "Facebook"), ("tt", "TikTok"), ("wa", "WhatsApp, also"), ("so", "Social bookmarking")]
HEADINGS = {"fb": "Social networks", "wa": "Zeal"}
DOWN, UP, BACKSPACE, TAB, ENTER = "\x1b[B", "\x1b[A", "\x7f", "\t", "\r"
CTRL_C, CTRL_D = "\x03", "\x04"
_T = TypeVar("_T")


def typed(keys: str, ask: Callable[[], _T]) -> _T:
    """Ask something while these keys come in, and return what was answered."""
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        keyboard.send_text(keys)
        return ask()


@pytest.mark.parametrize(
    ("keys", "picked"),
    [
        ("tik " + ENTER, ["tt"]),
        ("WHA tik " + ENTER, ["tt", "wa"]),
        ("fac" + " " + "fac" + " " + "tik " + ENTER, ["tt"]),
        (ENTER + "boo " + ENTER, ["fb"]),
        ("boo" + DOWN + " " + ENTER, ["so"]),
        ("boo" + UP + " " + ENTER, ["so"]),
        ("tikk " + ENTER, ["tt"]),
        ("xyz" + "wha " + ENTER, ["wa"]),
        ("zeal " + ENTER, ["fb"]),
        ("so " + ENTER, ["so"]),
        ("k " + ENTER, ["fb"]),
        ("wha" + BACKSPACE * 3 + DOWN + " " + ENTER, ["tt"]),
        ("wha " + TAB + ENTER, ["wa"]),
        (DOWN * 4 + " " + ENTER, ["fb"]),
    ],
)
def test_a_service_is_found_by_the_letters_of_its_name(keys: str, picked: list[str]) -> None:
    assert typed(keys, lambda: RichPrompter().choose_many("Which?", SERVICES, headings=HEADINGS)) == picked


@pytest.mark.parametrize(
    ("keys", "reply"),
    [
        ("1", "me"),
        ("3", "everyone"),
        ("a", Move.ALL_SO),
        ("L", Move.LOOKS_DIFFERENT),
        ("d", Move.DONT_KNOW),
        ("b", Move.BACK),
        ("q", Move.QUIT),
        (DOWN * 2 + ENTER, "friends"),
        (ENTER + ENTER + "x9" + "2", "friends"),
        ("?" + "2", "friends"),
        ("o" + "2", "friends"),
    ],
)
def test_one_key_answers_or_moves(keys: str, reply: str | Move) -> None:
    opened: list[str] = []

    def open_page(address: str) -> bool:
        opened.append(address)
        return True

    asked = question(moves=(Move.ALL_SO, *MOVES))
    assert typed(keys, lambda: RichPrompter(open_page).ask(asked)) == reply
    assert bool(opened) is ("o" in keys)


def test_a_move_that_is_not_offered_has_no_key() -> None:
    assert typed("alb2", lambda: RichPrompter().ask(question(moves=(Move.SKIP, Move.QUIT)))) == "friends"


def test_why_is_shown_when_it_is_asked_for(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "width", lambda: 88)
    asked = question()
    typed("2", lambda: RichPrompter().ask(asked))
    assert asked.check.title not in capsys.readouterr().out
    typed("?2", lambda: RichPrompter().ask(asked))
    shown = " ".join(capsys.readouterr().out.split())
    assert asked.check.title in shown
    assert asked.check.why in shown


def test_an_enter_out_of_habit_after_a_key_answers_nothing() -> None:
    prompter = RichPrompter()

    def two() -> tuple[str | Move, str | Move]:
        return prompter.ask(question()), prompter.ask(question(earlier="everyone"))

    assert typed("1" + ENTER + "2", two) == ("me", "friends")
    assert typed("1" + ENTER + ENTER, two) == ("me", "everyone"), "a second one counts"


def test_an_enter_out_of_habit_is_left_out_by_whatever_is_asked_next() -> None:
    prompter = RichPrompter()
    roles = [("teacher", "Teacher"), ("councillor", "Councillor")]

    def several() -> tuple[object, ...]:
        return (
            prompter.choose_one("Who?", roles),
            prompter.choose_many("Which?", SERVICES, chosen=["so"]),
            prompter.confirm("Sure?", False),
            prompter.confirm("Really?", True),
            prompter.line("Why?"),
        )

    typed_out_of_habit = "2" + ENTER + "fac " + ENTER + "y" + ENTER + "n" + ENTER + "My aunt" + ENTER
    assert typed(typed_out_of_habit, several) == ("councillor", ["fb", "so"], True, False, "My aunt")


@pytest.mark.parametrize(
    ("earlier", "reply"), [("everyone", "everyone"), ("skipped", Move.SKIP), ("dont_know", Move.DONT_KNOW)]
)
def test_enter_alone_keeps_what_was_said_before(earlier: str, reply: str | Move) -> None:
    said = earlier if reply == earlier else Reason(earlier)
    assert typed(ENTER, lambda: RichPrompter().ask(question(earlier=said))) == reply


def test_an_enter_that_comes_later_counts() -> None:
    stray = StrayEnter()
    assert not stray.is_expected()
    stray.expect()
    stray.shown()
    assert stray.is_expected()
    stray.seen()
    assert not stray.is_expected()
    stray.expect()
    stray.shown()
    stray.until = time.monotonic()
    assert not stray.is_expected()
    stray.expect()
    stray.shown()
    stray.shown()
    assert not stray.is_expected(), "the list after the next one"


@pytest.mark.parametrize(
    ("keys", "choice"),
    [
        ("1", Choice.CHANGED),
        ("2", Choice.LATER),
        ("3", Choice.LEAVE),
        ("b", Move.BACK),
        ("q", Move.QUIT),
        (ENTER + "2", Choice.LATER),
    ],
)
def test_what_is_to_change_takes_one_key(keys: str, choice: Choice | Move) -> None:
    assert typed(keys, lambda: RichPrompter().change(change())) is choice


@pytest.mark.parametrize(("keys", "stays"), [(ENTER + ENTER + "l", False), ("y", True), (DOWN + ENTER, True)])
def test_an_enter_too_many_does_not_say_that_all_is_still_so(keys: str, stays: bool) -> None:
    assert typed(keys, lambda: RichPrompter().still(Still(visit(), []))) is stays


STILL = Still(visit(), [])
LISTS: dict[str, Callable[[RichPrompter], object]] = {
    "one of several": lambda style: style.choose_one("Where?", SERVICES),
    "yes or no": lambda style: style.confirm("Yes?", True),
    "what still counts": lambda style: style.still(STILL),
}


@pytest.mark.parametrize("key", ["q", "Q", CTRL_D, CTRL_C])
@pytest.mark.parametrize("shown", LISTS)
def test_a_list_that_is_no_check_can_be_stopped_too(shown: str, key: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        typed(key + "1y" + ENTER, lambda: LISTS[shown](RichPrompter()))


@pytest.mark.parametrize("key", [CTRL_D, CTRL_C])
def test_where_letters_find_a_line_the_end_of_input_stops(key: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        typed(key + "tik " + ENTER, lambda: RichPrompter().choose_many("Which?", SERVICES))
