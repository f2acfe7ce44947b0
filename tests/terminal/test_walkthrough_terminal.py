"""The walkthrough in a real terminal, in both styles: what is typed ends in exactly the right record."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.model import Check
from tests.support import on_the_way
from tests.support.drive_walkthrough import COMMONS, HABITS, PHOTOBOOK
from tests.support.on_the_way import end, without_spaces
from tests.support.terminal import BACK, DONT_KNOW, DOWN, ENTER, OPEN, QUIT, SKIP, SPACE, STOP, UP, Terminal

pytestmark = pytest.mark.terminal

DRIVER = Path(__file__).parents[1] / "support" / "drive_walkthrough.py"
ROOT = DRIVER.parents[2]
CHECKS = (*PHOTOBOOK.checks, *COMMONS.checks, *HABITS.checks)
LAST = len(CHECKS)
Start = Callable[..., Terminal]
both_styles = pytest.mark.parametrize("style", ["rich", "plain"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def start(folder: Path, request: pytest.FixtureRequest) -> Start:
    """Start the walkthrough, or go on with it, in a window of its own."""

    def started(style: str, columns: int = 80, rows: int = 24, **env: str) -> Terminal:
        command = [sys.executable, str(DRIVER), str(folder / "record.json")]
        settings = {"PRIVACYAUDIT_STATE": str(folder / "state"), "PYTHONPATH": str(ROOT), **env}
        window = Terminal(
            [*command, "--plain"] if style == "plain" else command, columns=columns, rows=rows, env=settings
        )
        request.addfinalizer(window.close)
        return window

    return started


def wait_for_question(window: Terminal, number: int) -> None:
    """Wait until this question is the last that was shown, and waits for a reply."""
    on_the_way.wait_for_question(window, CHECKS, number)


def reply(window: Terminal, number: int, key: str) -> None:
    """Reply to this question, once it is asked."""
    wait_for_question(window, number)
    window.reply(key)


def found(folder: Path) -> list[str]:
    """Return what the record holds for each check: the option, or the reason in brackets."""
    record = json.loads((folder / "record.json").read_text())
    assert [finding["check"] for finding in record["findings"]] == [check.id for check in CHECKS]
    return [finding["option"] or f"({finding['reason']})" for finding in record["findings"]]


def verdicts(folder: Path) -> list[str]:
    return [finding["verdict"] for finding in json.loads((folder / "record.json").read_text())["findings"]]


@both_styles
def test_answering_by_number(start: Start, folder: Path, style: str) -> None:
    with start(style) as window:
        for number, key in enumerate("32213", 1):
            reply(window, number, key)
        assert end(window) == 0
        assert "All questions are answered." in window.screen()
    assert found(folder) == ["everyone", "open", "on", "yes", "2"]
    assert verdicts(folder) == ["fail", "fail", "fail", "pass", "fail"]
    assert not (folder / "state" / "unfinished.jsonl").exists()


def test_answering_with_the_arrow_keys(start: Start, folder: Path) -> None:
    with start("rich") as window:
        for number, keys in enumerate([[DOWN], [DOWN, DOWN, DOWN], [UP], [DOWN, DOWN, UP], [DOWN]], 1):
            wait_for_question(window, number)
            window.send(*keys, ENTER)
        assert end(window) == 0
    assert found(folder) == ["me", "none", "on", "yes", "0"]


@both_styles
def test_skipping_and_not_knowing_are_written_down_as_such(start: Start, folder: Path, style: str) -> None:
    with start(style) as window:
        for number, key in enumerate([SKIP, "1", DONT_KNOW, "1", SKIP], 1):
            reply(window, number, key)
        assert end(window) == 0
    assert found(folder) == ["(skipped)", "limited", "(dont_know)", "yes", "(skipped)"]
    assert verdicts(folder) == ["unknown", "pass", "unknown", "pass", "unknown"]


@both_styles
def test_skipping_what_the_page_did_not_tell_keeps_the_reason_of_the_page(
    start: Start, folder: Path, style: str
) -> None:
    with start(style) as window:
        for number, key in enumerate(["1", SKIP, "1", "1", "1"], 1):
            reply(window, number, key)
        assert end(window) == 0
    assert found(folder) == ["me", "(not_found)", "off", "yes", "0"]


@both_styles
def test_going_back_shows_the_earlier_answer_and_takes_another(start: Start, folder: Path, style: str) -> None:
    with start(style) as window:
        reply(window, 1, "3")
        reply(window, 2, "1")
        reply(window, 3, BACK)
        reply(window, 2, BACK)
        wait_for_question(window, 1)
        assert "Earlier, you answered: Everyone" in window.screen()
        window.reply("1")
        reply(window, 3, "1")
        reply(window, 4, "1")
        reply(window, 5, "1")
        assert end(window) == 0
    assert found(folder) == ["me", "limited", "off", "yes", "0"]


@both_styles
def test_going_back_and_pressing_enter_keeps_the_earlier_reply(start: Start, folder: Path, style: str) -> None:
    with start(style) as window:
        for number, key, before in (
            (1, "3", "Earlier, you answered: Everyone"),
            (2, "2", "Earlier, you answered: Everyone who has the address of a post"),
            (3, SKIP, "Earlier, you skipped this question."),
            (4, DONT_KNOW, "Earlier, you answered: I don't know"),
        ):
            reply(window, number, key)
            reply(window, number + 1, BACK)
            wait_for_question(window, number)
            assert before in last_screen(window)
            window.send(ENTER)
        reply(window, 5, QUIT)
        assert window.end() == 130
    assert found(folder) == ["everyone", "open", "(skipped)", "(dont_know)", "(stopped)"]


@both_styles
def test_an_enter_too_many_answers_nothing(start: Start, folder: Path, style: str) -> None:
    with start(style) as window:
        reply(window, 1, "3")
        wait_for_question(window, 2)
        window.send(ENTER, ENTER, ENTER)
        window.reply(QUIT)
        assert window.end() == 130
    assert found(folder) == ["everyone", "(not_found)", "(stopped)", "(stopped)", "(stopped)"]


@both_styles
def test_keys_that_are_typed_ahead_count_in_their_order(start: Start, folder: Path, style: str) -> None:
    with start(style) as window:
        wait_for_question(window, 1)
        for key in ["3", "2", BACK, "1", "2", "2", "2", "1", "2", "2"]:
            window.reply(key)
        assert end(window) == 0
    assert found(folder) == ["everyone", "limited", "on", "yes", "1"]


@both_styles
def test_opening_the_page_leads_back_to_the_question(start: Start, folder: Path, style: str) -> None:
    with start(style) as window:
        reply(window, 1, OPEN)
        window.wait_for("Opened in your browser:")
        reply(window, 1, "2")
        reply(window, 2, QUIT)
        assert window.end() == 130
    assert (folder / "record.opened").read_text().splitlines() == [PHOTOBOOK.where(PHOTOBOOK.checks[0]).web]
    assert found(folder)[0] == "friends"


@both_styles
def test_a_page_without_a_full_address_is_not_offered(start: Start, style: str) -> None:
    with start(style) as window:
        reply(window, 1, "1")
        ask_why(window, 2)
        assert "o to open the page" in last_screen(window)
        window.reply("1")
        ask_why(window, 3)
        assert "open" not in last_screen(window)
        assert "{site}" not in window.everything()


@both_styles
def test_quitting_keeps_every_answer_and_the_next_run_goes_on(start: Start, folder: Path, style: str) -> None:
    with start(style) as window:
        reply(window, 1, "1")
        reply(window, 2, SKIP)
        reply(window, 3, QUIT)
        assert window.end() == 130
        assert "Stopped. Every answer you gave is kept." in window.screen()
    assert found(folder) == ["me", "(not_found)", "(stopped)", "(stopped)", "(stopped)"]
    with start(style) as window:
        reply(window, 3, BACK)
        wait_for_question(window, 2)
        assert "Earlier, you skipped this question." in window.screen()
        window.reply("3")
        reply(window, 3, "2")
        reply(window, 4, "2")
        reply(window, 5, "3")
        assert end(window) == 0
    assert found(folder) == ["me", "none", "on", "no", "2"]


@both_styles
def test_ctrl_c_in_the_middle_loses_nothing(start: Start, folder: Path, style: str) -> None:
    with start(style) as window:
        reply(window, 1, "3")
        reply(window, 2, "1")
        wait_for_question(window, 3)
        window.send("2" if style == "plain" else DOWN, STOP)
        assert window.end() == 130
        assert "Traceback" not in window.everything()
    assert found(folder) == ["everyone", "limited", "(stopped)", "(stopped)", "(stopped)"]
    finish_from_the_third(start, folder, style)


@both_styles
@pytest.mark.parametrize("how", ["killed", "closed"])
def test_a_program_that_is_killed_loses_no_given_answer(start: Start, folder: Path, style: str, how: str) -> None:
    with start(style) as window:
        reply(window, 1, "3")
        reply(window, 2, "1")
        wait_for_question(window, 3)
        if how == "killed":
            os.kill(window.pid, signal.SIGKILL)
            assert window.end() == 128 + signal.SIGKILL
    assert not (folder / "record.json").exists()
    finish_from_the_third(start, folder, style)


def finish_from_the_third(start: Start, folder: Path, style: str) -> None:
    with start(style) as window:
        reply(window, 3, "2")
        reply(window, 4, "1")
        reply(window, 5, "1")
        assert end(window) == 0
    assert found(folder) == ["everyone", "limited", "on", "yes", "0"]


# -- what is seen ----------------------------------------------------------------------------------


def last_screen(window: Terminal) -> str:
    """Return what has been shown since the person came to the screen that they are on."""
    shown = window.everything()
    return shown[[match.start() for match in re.finditer(r"screen\s+\d\s+of\s+\d", shown)][-1] :]


def ask_why(window: Terminal, number: int) -> None:
    """Ask why at this question, and wait until it is asked again."""
    wait_for_question(window, number)
    window.reply("?")
    why = without_spaces(CHECKS[number - 1].why)
    window.wait_until(lambda: why in without_spaces(last_screen(window)), "why")
    wait_for_question(window, number)


def texts(check: Check) -> list[str]:
    """Return everything about a check that must be on the screen."""
    checklist = next(one for one in (PHOTOBOOK, COMMONS, HABITS) if check in one.checks)
    way, address = checklist.where(check), checklist.screen(check).web
    menus = [*way.menu, *(way.ios or ()), *(way.android or ())]
    shown = [address] if address and "{" not in address else []
    return [check.title, check.why, check.question, *menus, *shown, *(option.label for option in check.options)]


def assert_all_there(window: Terminal, check: Check) -> None:
    shown = without_spaces(last_screen(window))
    assert [text for text in texts(check) if without_spaces(text) not in shown] == []


@both_styles
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_nothing_is_lost_however_wide_the_window(start: Start, style: str, columns: int) -> None:
    with start(style, columns=columns) as window:
        for number, check in enumerate(CHECKS, 1):
            ask_why(window, number)
            assert_all_there(window, check)
            assert max(map(len, window.screen().splitlines())) <= min(columns, 88)
            window.reply("1")
        assert end(window) == 0


@both_styles
def test_words_are_not_broken_in_a_narrow_window(start: Start, style: str) -> None:
    with start(style, columns=40) as window:
        reply(window, 1, "1")
        ask_why(window, 2)
        shown = last_screen(window).split()
        check = PHOTOBOOK.checks[1]
        for text in (check.title, check.why, check.question, *(option.label for option in check.options)):
            assert set(text.split()) <= set(shown)


def test_nothing_is_lost_when_the_window_becomes_narrower(start: Start, folder: Path) -> None:
    with start("rich") as window:
        reply(window, 1, "1")
        wait_for_question(window, 2)
        window.resize(50, 24)
        label = without_spaces(PHOTOBOOK.checks[1].options[1].label)
        window.wait_until(lambda: label in without_spaces(window.screen()), "the long answer, wrapped anew")
        window.reply("2")
        reply(window, 3, QUIT)
        assert window.end() == 130
    assert found(folder)[1] == "open"


def test_in_a_low_window_the_question_stays_with_the_pointer(start: Start, folder: Path) -> None:
    with start("rich", columns=40, rows=10) as window:
        window.wait_for(PHOTOBOOK.checks[0].question)
        window.send(*[DOWN] * 4)
        window.wait_for("» a  All of these are right")
        window.send(UP, ENTER)
        window.wait_for("past years?")
        window.reply(QUIT)
        assert window.end() == 130
    assert found(folder)[0] == "everyone"


def test_no_part_of_a_question_is_lost_when_the_window_has_become_low(start: Start) -> None:
    with start("rich") as window:
        for number in range(1, LAST):
            wait_for_question(window, number)
            if number == LAST - 1:
                window.resize(20, 5)
            window.reply("1")
        question = without_spaces(CHECKS[-1].question)
        window.wait_until(lambda: question in without_spaces(window.everything()), "the whole question")


@both_styles
def test_the_reason_why_a_person_is_asked_is_shown(start: Start, style: str) -> None:
    with start(style) as window:
        reply(window, 1, "1")
        wait_for_question(window, 2)
        assert "We opened the page but did not find the setting on it. So we are asking you." in last_screen(window)


def test_there_are_two_colours_at_most_and_none_with_no_color(start: Start) -> None:
    for env, most in (({}, 2), ({"NO_COLOR": "1"}, 0)):
        with start("rich", **env) as window:
            wait_for_question(window, 1)
            used = set(re.findall(r"\x1b\[(?:\d+;)*(3[0-7]|38;[\d;]+|4[0-7]|48;[\d;]+|9[0-7])m", window.colours()))
            assert len(used) <= most, used
            assert used or most == 0


def test_the_plain_style_moves_no_cursor(start: Start, folder: Path) -> None:
    with start("plain") as window:
        window.record(folder / "raw")
        for number, key in enumerate("32213", 1):
            reply(window, number, key)
        assert end(window) == 0
    raw = (folder / "raw").read_bytes()
    assert b"You answered: Two or more" in raw
    assert b"\x1b" not in raw
    assert b"\r" not in raw.replace(b"\r\n", b"")


# -- questions beside the walkthrough --------------------------------------------------------------

BESIDE = """
import asyncio, sys
from privacyaudit.cli.prompts import at_terminal
plain = "plain" in sys.argv
person = at_terminal(plain=plain)
prompter = type(person.style).__name__
first = person.confirm("Continue it?", True)
second = person.confirm("Are you sure?", False)
one = person.choose_one("Who are you?", [("teacher", "Teacher"), ("councillor", "Councillor")])
platforms = [(f"p{n}", f"Platform {n}") for n in range(30)]
headings = {"p0": "Social networks", "p9": "Messages"}
many = person.choose_many("What do you use?", platforms, chosen=["p3"], headings=headings)

async def while_a_browser_is_open():
    return person.confirm("Are you signed in?", False)

signed_in = asyncio.run(while_a_browser_is_open())
print("Chosen:", prompter, first, second, one, many, signed_in)
"""


def beside(*arguments: str, **env: str) -> Terminal:
    return Terminal([sys.executable, "-c", BESIDE, *arguments], columns=100, env={"PYTHONPATH": str(ROOT), **env})


def test_yes_and_no_one_and_many_with_a_list() -> None:
    with beside() as window:
        window.wait_for("Continue it?")
        window.send(ENTER)
        window.wait_for("Are you sure?")
        window.reply("y")
        window.wait_for("Who are you?")
        window.send(ENTER)
        window.reply("2")
        window.wait_for("What do you use?")
        assert "30 to choose from" in window.screen()
        window.send(SPACE, DOWN, DOWN, DOWN, SPACE, ENTER)
        window.wait_for("What do you use? Platform 0")
        window.wait_for("Are you signed in?")
        window.reply("y")
        window.wait_for("Chosen: RichPrompter True True councillor ['p0'] True")


LONG = """
from privacyaudit.cli.prompts import at_terminal
places = [(f"p{n}", f"Place {n}") for n in range(1, 41)]
print("Chosen:", at_terminal().choose_one("Where is it?", places), at_terminal().choose_one("And then?", places))
"""


def test_each_row_of_a_long_list_has_one_key_so_no_second_digit_answers_the_next_question() -> None:
    with Terminal([sys.executable, "-c", LONG], columns=100, env={"PYTHONPATH": str(ROOT)}) as window:
        window.wait_for("Where is it?")
        assert re.search(r"^ +c +Place 12$", window.screen(), re.MULTILINE)
        assert not re.search(r"^ +1[0-9] +Place", window.screen(), re.MULTILINE)
        window.reply("c")
        window.wait_for("And then?")
        window.reply("9")
        window.wait_for("Chosen: p12 p9")


def test_the_cursor_stands_on_the_chosen_line_of_every_list() -> None:
    """That line is what a screen reader reads."""

    def chosen(window: Terminal, text: str) -> None:
        window.wait_until(lambda: window.cursor()[0] and "»" in window.cursor()[1] and text in window.cursor()[1], text)

    with beside() as window:
        chosen(window, "Yes")
        window.send(DOWN)
        chosen(window, "No")
        window.send(UP, ENTER)
        window.wait_for("Are you sure?")
        chosen(window, "No")
        window.send(ENTER)
        window.wait_for("Who are you?")
        chosen(window, "choose with")
        window.send(DOWN, DOWN)
        chosen(window, "Councillor")
        window.send(ENTER)
        for number in (0, 1, 2):
            chosen(window, f"Platform {number}")
            window.send(DOWN)
        window.send(*[DOWN] * 25)
        chosen(window, "Platform 28")


def test_an_enter_that_the_terminal_made_a_line_feed_counts() -> None:
    """As one that is typed while no list is shown."""
    with beside() as window:
        window.wait_for("Continue it?")
        window.send("C-j")
        window.wait_for("Are you sure?")


def test_ctrl_z_sets_a_list_aside_and_fg_brings_it_back(tmp_path: Path) -> None:
    script = tmp_path / "beside.py"
    script.write_text(BESIDE)
    with Terminal(["bash", "--norc", "-i"], columns=100, env={"PYTHONPATH": str(ROOT), "PS1": "shell> "}) as window:
        window.wait_for("shell>")
        window.send(f"{sys.executable} {script}", ENTER)
        window.wait_for("Continue it?")
        window.send("C-z")
        window.wait_for("Stopped")
        window.send("clear; fg", ENTER)
        window.wait_for("Continue it?")
        window.send(ENTER)
        window.wait_for("Are you sure?")
        assert "^Z" not in window.everything()


def test_what_is_pasted_into_a_list_is_no_answer() -> None:
    with beside() as window:
        window.wait_for("Continue it?")
        window.paste("n\n2\nhello\n1\n")
        window.send(DOWN)
        window.wait_for("» n")
        assert "hello" not in window.screen()
        window.send(UP, "C-j")
        window.wait_for("Are you sure?")
        assert "Continue it? Yes" in window.everything()


@pytest.mark.parametrize("rows", [6, 8])
def test_in_a_window_too_low_for_a_list_every_word_is_there_in_plain_lines(rows: int, tmp_path: Path) -> None:
    words = ["-m", "privacyaudit", "audit", "everyday", "--quick", "--role", "teacher", "--out", str(tmp_path)]
    env = {"PYTHONPATH": str(ROOT), "PRIVACYAUDIT_STATE": str(tmp_path)}
    with Terminal([sys.executable, *words], columns=20, rows=rows, env=env) as window:
        window.wait_until(lambda: window.everything().rstrip().endswith("Your answer:"), "a plain question")
        checklist = loading.catalogue().loaded["everyday"].checklist
        shown = without_spaces(window.everything())
        [check] = [one for one in checklist.checks if without_spaces(one.question) in shown]
        assert [option.label for option in check.options if without_spaces(option.label) not in shown] == []
        window.reply(QUIT)
        assert window.end() == 130


def test_a_width_that_a_shell_handed_on_is_not_believed_in_a_window() -> None:
    command = [sys.executable, "-m", "privacyaudit", "list"]
    with Terminal(
        command, columns=50, rows=60, env={"COLUMNS": "120", "LINES": "3", "PYTHONPATH": str(ROOT)}
    ) as window:
        assert end(window) == 0
        assert max(map(len, window.everything().splitlines())) <= 50


def test_what_does_not_fit_below_a_list_is_announced() -> None:
    with beside() as window:
        for text, key in (("Continue it?", ENTER), ("Are you sure?", ENTER), ("Who are you?", "1")):
            window.wait_for(text)
            window.send(*([key] if key == ENTER else [key, ENTER]))
        window.wait_for("↓ More below")
        assert "Platform 29" not in window.screen()
        window.send(*[DOWN] * 20)
        window.wait_for("↑ ↓ More above and below")
        window.send(*[DOWN] * 9)
        window.wait_for("↑ More above")
        assert "More above and below" not in window.screen()
        window.send(*[UP] * 26, SPACE, ENTER)
        window.wait_for("Mark at least one line with the space bar.")


def test_many_is_at_least_one() -> None:
    with beside() as window:
        for text, key in (("Continue it?", ENTER), ("Are you sure?", ENTER)):
            window.wait_for(text)
            window.send(key)
        window.wait_for("Who are you?")
        window.reply("1")
        window.wait_for("What do you use?")
        window.send(DOWN, DOWN, DOWN, SPACE, ENTER)
        window.wait_for("Mark at least one line with the space bar.")
        window.send("C-a", ENTER)
        window.wait_for("Are you signed in?")
        window.send(STOP)
        assert window.end() == 130 or "KeyboardInterrupt" in window.everything()


@pytest.mark.parametrize(("arguments", "terminal"), [(["plain"], "screen"), ([], "dumb")])
def test_the_plain_style_when_asked_for_and_on_a_simple_terminal(arguments: list[str], terminal: str) -> None:
    with beside(*arguments, TERM=terminal) as window:
        for text, typed in (
            ("Continue it?", "n"),
            ("Are you sure?", ""),
            ("Councillor", "2"),
            ("Platform 29", "1,30"),
        ):
            window.wait_for(text)
            window.send(*typed, ENTER)
        window.wait_for("Are you signed in?")
        window.reply("y")
        window.wait_for("Chosen: PlainPrompter False False councillor ['p0', 'p29'] True")
