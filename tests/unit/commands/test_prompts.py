"""The plain walkthrough, line by line, and what both styles share."""

from __future__ import annotations

import gettext
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from privacyaudit import i18n, labels
from privacyaudit.catalogue import loading
from privacyaudit.cli import terminal
from privacyaudit.cli.prompts import Nobody, at_terminal, listening, sentences
from privacyaudit.cli.prompts.plain import PlainPrompter
from privacyaudit.cli.prompts.rich import RichPrompter
from privacyaudit.model import Device, Earlier, Reason, Why
from privacyaudit.over_time.known import Last
from privacyaudit.plan import Item
from privacyaudit.process import others
from privacyaudit.readers.questions import Choice, Move, Prompter, Question, Still, Visit
from privacyaudit.walk import stops
from tests.support import asked
from tests.support.asked import MOVES, question, visit
from tests.support.drive_walkthrough import COMMONS, HABITS, PHOTOBOOK

DRIVER = Path(__file__).parents[2] / "support" / "drive_walkthrough.py"
ROOT = DRIVER.parents[2]
PLATFORMS = [("photobook", "Photobook"), ("commons", "Commons"), ("habits", "Everyday habits")]


def arrive(where: Visit) -> str:
    """Come to a screen and return what was printed."""
    out = io.StringIO()
    PlainPrompter(io.StringIO(), out).arrive(where)
    return out.getvalue()


def ask(typed: str, wanted: Question, opened: list[str] | None = None, works: bool = True) -> tuple[str | Move, str]:
    """Type lines at a question and return the reply and everything that was printed."""

    def open_page(address: str) -> bool:
        if opened is not None:
            opened.append(address)
        return works

    out = io.StringIO()
    prompter: Prompter = PlainPrompter(io.StringIO(typed), out, open_page)
    return prompter.ask(wanted), out.getvalue()


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("1", "me"),
        ("3", "everyone"),
        (" 2 ", "friends"),
        ("everyone", "everyone"),
        ("Everyone", "everyone"),
        ("d", Move.DONT_KNOW),
        ("S", Move.SKIP),
        ("b", Move.BACK),
        ("q", Move.QUIT),
    ],
)
def test_a_number_an_option_id_or_a_letter_is_a_reply(typed: str, reply: str | Move) -> None:
    assert ask(typed + "\n", question())[0] == reply


def test_a_number_counts_as_it_stands_there_even_where_option_ids_are_numbers() -> None:
    assert ask("2\n", question(HABITS, 1))[0] == "1"
    assert ask("0\n", question(HABITS, 1))[0] == "0"


def test_a_letter_that_does_nothing_here_is_said_to_do_nothing() -> None:
    for typed, moves in (("a", MOVES), ("l", MOVES[1:])):
        reply, printed = ask(f"{typed}\n2\n", question(moves=moves))
        assert reply == "friends"
        assert "You cannot use that letter here." in printed


def test_all_of_these_are_so_and_looks_different_are_one_letter_each() -> None:
    reply, printed = ask("a\n", question(moves=(Move.ALL_SO, *MOVES)))
    assert reply is Move.ALL_SO
    assert "a if all of these are right" in printed
    assert "You said that 2 settings are right." in printed
    reply, printed = ask("l\n", question())
    assert reply is Move.LOOKS_DIFFERENT
    assert "looks different" in printed


def test_a_screen_is_printed_with_the_way_to_it_and_how_each_of_its_settings_should_be() -> None:
    printed = arrive(visit())
    expected = [
        "Photobook: Settings, screen 2 of 5, about 4 minutes left.",
        "On the web: https://photobook.example/settings",
        "In the menus: Settings & privacy, then Privacy",
        "On an iPhone: Menu, then Settings & privacy",
        "On Android: Menu",
        "This is how 2 settings on this screen should be:",
        "Who can see your friends list? Friends.",
        "Who can see the posts you wrote in past years? Friends, because I have limited the audience of old posts.",
    ]
    positions = [printed.find(part) for part in expected]
    assert -1 not in positions, expected[positions.index(-1)]
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    ("device", "shown", "left_out"),
    [
        (Device.BROWSER, ("On the web", "In the menus"), ("iPhone", "Android")),
        (Device.IPHONE, ("On an iPhone",), ("On the web", "In the menus", "Android")),
        (Device.ANDROID, ("On Android",), ("On the web", "In the menus", "iPhone")),
    ],
)
def test_only_the_way_on_the_device_that_a_person_holds_is_shown(
    device: Device, shown: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    printed = arrive(visit(device=device))
    assert all(part in printed for part in shown)
    assert not any(part in printed for part in left_out)


def test_a_screen_that_the_device_has_not_shows_the_ways_that_there_are() -> None:
    web_only = visit(COMMONS, device=Device.IPHONE)
    assert "In the menus: Preferences" in arrive(web_only)
    whatsapp = loading.catalogue().checklist("whatsapp").checklist
    [stop, *_more] = stops([Item(whatsapp, check) for check in whatsapp.checks], "teacher")
    printed = arrive(Visit(stop, 1, 1, 1, Device.BROWSER))
    assert "On an iPhone: " in printed
    assert "On Android: " in printed


def test_what_has_an_answer_already_is_not_listed_again() -> None:
    printed = arrive(visit(replies={PHOTOBOOK.checks[0].id: "me"}))
    assert "friends list" not in printed
    assert "settings on this screen" not in printed, "of one that is left, the question says it all"


def test_everything_about_a_question_is_printed_in_order() -> None:
    wanted = question(trouble=Reason.NOT_FOUND, earlier="friends")
    printed = ask("1\n", wanted)[1]
    expected = [
        "1 of 2, How people find and contact you, then Friends list.",
        labels.reason(Reason.NOT_FOUND),
        "Earlier, you answered: Friends",
        "Who can see your friends list?",
        "1. Only me",
        "2. Friends",
        "3. Everyone",
        "Should be: Friends. Press Enter to keep what you said before.",
        "Type a number, or ? for help and other letters.",
        "You answered: Only me",
    ]
    positions = [printed.find(part) for part in expected]
    assert -1 not in positions, expected[positions.index(-1)]
    assert positions == sorted(positions)


def test_one_minute_is_not_called_minutes() -> None:
    assert "about 1 minute left" in arrive(visit(minutes=1))


def test_what_is_not_known_is_not_printed() -> None:
    printed = arrive(visit(HABITS)) + ask("1\n", question(HABITS))[1]
    assert "On the web" not in printed
    assert "In the menus" not in printed
    assert "iPhone" not in printed
    assert "Before" not in printed
    assert "So we are asking you" not in printed


def test_an_address_that_is_not_complete_is_neither_shown_nor_opened() -> None:
    opened: list[str] = []
    reply, printed = ask("?\no\n1\n", question(COMMONS), opened)
    printed += arrive(visit(COMMONS))
    assert reply == "off"
    assert opened == []
    assert "{site}" not in printed
    assert "o to open" not in printed
    assert "There is no page to open for this question." in printed


def test_opening_the_page_asks_the_same_question_again() -> None:
    opened: list[str] = []
    reply, printed = ask("o\n2\n", question(), opened)
    assert reply == "friends"
    assert opened == ["https://photobook.example/settings?tab=privacy&section=friends-list"]
    assert printed.count("Who can see your friends list?") == 2
    assert f"Opened in your browser: {opened[0]}" in printed


def test_without_a_browser_the_address_is_given_instead() -> None:
    printed = ask("o\n2\n", question(), works=False)[1]
    said = "We could not open a browser. Open this address in your own browser: https://photobook.example/"
    assert said in printed


def test_help_says_why_and_every_letter_and_repeats_the_question() -> None:
    careful = PHOTOBOOK.checks[0].model_copy(update={"caution": "Friends of friends lose sight of it."})
    wanted = question()
    wanted = replace(
        wanted,
        visit=replace(wanted.visit, stop=replace(wanted.visit.stop, items=(Item(PHOTOBOOK, careful),))),
        check=careful,
    )
    assert wanted.check.why not in ask("1\n", wanted)[1]
    reply, printed = ask("?\n1\n", wanted)
    assert reply == "me"
    assert "The aim: Only your friends see the list of your friends" in printed
    assert f"Why it matters: {careful.why}" in printed
    assert "Before you change it: Friends of friends lose sight of it." in printed
    assert (
        "o to open the page in your browser, l if the screen looks different, d if you don't know, s to skip, "
        "b to go back, q to stop"
    ) in printed
    assert printed.count("Who can see your friends list?") == 2
    assert printed.count("The program saves each answer straight away") == 1


@pytest.mark.parametrize("typed", ["4", "0", "-1", "yes", "1 2", "²", "9" * 5000, "\x1b[A", "', then"])
def test_anything_else_gets_one_sentence_and_is_asked_again(typed: str) -> None:
    reply, printed = ask(f"{typed}\n3\n", question())
    assert reply == "everyone"
    assert printed.count("is not one of the answers. Type a number from 1 to 3, or ? for help.") == 1
    assert printed.count("Who can see your friends list?") == 1
    assert "\x1b" not in printed
    assert "9" * 41 not in printed


def test_enter_alone_answers_nothing() -> None:
    reply, printed = ask("\n3\n", question())
    assert reply == "everyone"
    assert "You typed nothing." in printed


@pytest.mark.parametrize(
    ("earlier", "sentence", "reply"),
    [
        ("everyone", "Earlier, you answered: Everyone", "everyone"),
        (Reason.SKIPPED, "Earlier, you skipped this question.", Move.SKIP),
        (Reason.DONT_KNOW, "Earlier, you answered: I don't know", Move.DONT_KNOW),
    ],
)
def test_enter_alone_keeps_what_was_said_before(earlier: str, sentence: str, reply: str | Move) -> None:
    given, printed = ask("\n", question(earlier=earlier))
    assert given == reply
    assert sentence in printed


def test_an_earlier_answer_that_is_no_longer_offered_is_not_kept() -> None:
    reply, printed = ask("\n1\n", question(earlier="gone"))
    assert reply == "me"
    assert "Before" not in printed


def test_the_first_question_has_nothing_before_it() -> None:
    reply, printed = ask("?\nb\n1\n", question(moves=(Move.DONT_KNOW, Move.SKIP, Move.QUIT)))
    assert reply == "me"
    assert "b to go back" not in printed
    assert "This is the first question, so you cannot go back." in printed


def test_the_end_of_the_input_comes_through() -> None:
    with pytest.raises(EOFError):
        ask("", question())
    with pytest.raises(EOFError):
        ask("what\n", question())


def test_a_last_line_without_an_end_counts() -> None:
    assert ask("2", question())[0] == "friends"


# -- what is to change now -------------------------------------------------------------------------


def change(typed: str, number: int = 1, total: int = 2) -> tuple[Choice | Move, str]:
    out = io.StringIO()
    return PlainPrompter(io.StringIO(typed), out).change(asked.change(number, total)), out.getvalue()


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("1", Choice.CHANGED),
        ("changed", Choice.CHANGED),
        ("2", Choice.LATER),
        ("3", Choice.LEAVE),
        ("b", Move.BACK),
        ("Q", Move.QUIT),
        ("7\n\n2", Choice.LATER),
    ],
)
def test_what_is_to_change_is_changed_put_off_or_left(typed: str, choice: Choice | Move) -> None:
    assert change(f"{typed}\n")[0] is choice


def test_what_is_to_change_comes_with_its_steps_and_how_it_should_be() -> None:
    printed = change("1\n")[1]
    assert "Change these 2 now, while you are there." in printed
    assert "Who can see your friends list? Now: Everyone. Should be: Friends." in printed
    assert "Choose “Friends”." in printed
    assert "while you are there" not in change("1\n", number=2)[1]
    assert "Change this one now" in change("1\n", total=1)[1]


class Marked(gettext.NullTranslations):
    """A language in which every sentence is marked."""

    def gettext(self, message: str) -> str:
        return "¤" + message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "¤" + (msgid1 if n == 1 else msgid2)


def test_every_line_can_be_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_current", Marked())
    printed = ask("?\nnonsense\n\no\n2\n", question(trouble=Reason.NOT_FOUND))[1]
    printed += ask("2\n", question(moves=(Move.ALL_SO, *MOVES), earlier="friends"))[1]
    printed += arrive(visit()) + change("9\n2\n")[1]
    printed += ask("d\n", question(HABITS, earlier=Reason.SKIPPED))[1]
    assert [line for line in printed.splitlines() if line and "¤" not in line] == []


# -- questions beside the walkthrough --------------------------------------------------------------


def plain(typed: str) -> tuple[PlainPrompter, io.StringIO]:
    out = io.StringIO()
    return PlainPrompter(io.StringIO(typed), out), out


@pytest.mark.parametrize(
    ("typed", "default", "said"),
    [
        ("y\n", False, True),
        ("Yes\n", False, True),
        ("n\n", True, False),
        ("\n", True, True),
        ("\n", False, False),
        ("maybe\nn\n", True, False),
    ],
)
def test_confirm_takes_yes_no_or_enter(typed: str, default: bool, said: bool) -> None:
    prompter, out = plain(typed)
    assert prompter.confirm("Continue?", default) is said
    assert out.getvalue().count("Press Enter for yes." if default else "Press Enter for no.") >= 1
    assert ("“maybe” is neither yes nor no." in out.getvalue()) is ("maybe" in typed)


def test_choose_one_takes_a_number_or_a_value() -> None:
    for typed in ("2\n", "commons\n", "Commons\n", "9\n2\n", "\n2\n"):
        prompter, _out = plain(typed)
        assert prompter.choose_one("Which?", PLATFORMS) == "commons"
    prompter, out = plain("\n")
    assert prompter.choose_one("Which?", PLATFORMS, "habits") == "habits"
    assert "Press Enter for: Everyday habits." in out.getvalue()


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        ("3,1\n", ["photobook", "habits"]),
        ("1 2\n", ["photobook", "commons"]),
        ("habits\n", ["habits"]),
        ("2, 2,\n", ["commons"]),
        ("all\n", ["photobook", "commons", "habits"]),
        ("\n2\n", ["commons"]),
        ("1, 7\n2\n", ["commons"]),
        (",\n2\n", ["commons"]),
    ],
)
def test_choose_many_takes_numbers_and_never_none(typed: str, picked: list[str]) -> None:
    prompter, _out = plain(typed)
    assert prompter.choose_many("Which?", PLATFORMS) == picked


def test_choose_many_keeps_what_was_picked_before_on_enter() -> None:
    prompter, out = plain("\n")
    assert prompter.choose_many("Which?", PLATFORMS, {"habits", "commons"}) == ["commons", "habits"]
    assert "Press Enter for: Commons, Everyday habits." in out.getvalue()


def test_headings_stand_above_the_choices_they_belong_to() -> None:
    prompter, out = plain("1\n")
    prompter.choose_many("Which?", PLATFORMS, headings={"photobook": "Social networks", "habits": "Habits"})
    lines = out.getvalue().splitlines()
    assert lines[1:7] == ["Which?", "Social networks:", "1. Photobook", "2. Commons", "Habits:", "3. Everyday habits"]


def test_without_a_terminal_the_plain_style_is_chosen() -> None:
    assert isinstance(at_terminal(plain=True).style, PlainPrompter)
    assert isinstance(at_terminal(plain=False).style, PlainPrompter)
    assert isinstance(at_terminal(asks=False), Nobody)
    rich: Prompter = RichPrompter()
    assert rich


# -- a real pipe -----------------------------------------------------------------------------------


def run(folder: Path, typed: bytes, *more: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(DRIVER), str(folder / "record.json"), "--plain", *more]
    settings = os.environ | {"PRIVACYAUDIT_STATE": str(folder / "state"), "PYTHONPATH": str(ROOT)} | env
    return subprocess.run(command, input=typed, capture_output=True, env=settings, timeout=60, check=False)


def answers(folder: Path) -> list[str]:
    record = json.loads((folder / "record.json").read_text())
    return [finding["option"] or f"({finding['reason']})" for finding in record["findings"]]


def test_a_pipe_can_answer_everything(tmp_path: Path) -> None:
    done = run(tmp_path, b"2\nopen\nb\n\n2\no\nnone\n1\nd\n3\n2\n")
    assert done.returncode == 0, done.stderr.decode()
    assert answers(tmp_path) == ["friends", "open", "off", "(dont_know)", "2"]
    assert (tmp_path / "record.opened").exists() is False
    assert b"\x1b" not in done.stdout
    assert done.stderr == b""


def test_in_a_pipe_no_sentence_is_broken(tmp_path: Path) -> None:
    printed = run(tmp_path, b"?\n2\n", COLUMNS="40").stdout.decode()
    assert PHOTOBOOK.checks[0].why in printed
    assert f"2. {PHOTOBOOK.checks[1].options[1].label}\n" in printed


def test_when_the_pipe_ends_nothing_is_lost_and_the_next_one_goes_on(tmp_path: Path) -> None:
    first = run(tmp_path, b"3\n1\n")
    assert first.returncode == 130
    assert "Every answer you gave is kept" in first.stderr.decode()
    assert answers(tmp_path) == ["everyone", "limited", "(stopped)", "(stopped)", "(stopped)"]
    second = run(tmp_path, b"2\n2\n2\n1\n1\n")
    assert second.returncode == 0, second.stderr.decode()
    assert b"Limit past posts" not in second.stdout.partition(b"Your answer")[0]
    assert answers(tmp_path) == ["everyone", "limited", "on", "yes", "0"]


def test_bytes_that_are_no_text_are_asked_about_again(tmp_path: Path) -> None:
    done = run(tmp_path, b"\xff\xfe\n3\n\x80\n1\n2\n1\n1\n1\n", PYTHONUTF8="1", PYTHONIOENCODING="utf-8:strict")
    assert done.returncode == 0, done.stderr.decode()
    assert answers(tmp_path) == ["everyone", "limited", "off", "yes", "0"]


def test_a_terminal_without_our_letters_still_gets_every_question(tmp_path: Path) -> None:
    done = run(tmp_path, b"3\n?\n1\n2\n1\n1\n1\n", PYTHONIOENCODING="ascii:strict")
    assert done.returncode == 0, done.stderr.decode()
    assert b"A joke from school days is read differently by a learner's parent." in done.stdout


def test_a_question_that_nobody_can_answer_is_a_sentence() -> None:
    code = (
        "from privacyaudit.cli.prompts import at_terminal\nfrom privacyaudit.errors import UsageError\n"
        "from privacyaudit.process import streams\nstreams.make_safe()\n"
        "try: at_terminal().confirm('Go on?', True)\nexcept UsageError: print('ended')"
    )
    settings = os.environ | {"PYTHONPATH": str(ROOT)}
    command = ["sh", "-c", 'exec "$0" -c "$1" <&-', sys.executable, code]
    done = subprocess.run(command, capture_output=True, text=True, env=settings, timeout=60, check=False)
    assert done.stdout.endswith("ended\n"), done.stderr


def test_the_plain_style_loads_nothing_that_draws() -> None:
    code = (
        "import sys\nfrom privacyaudit.cli.prompts import at_terminal\nat_terminal().confirm('Go on?', True)\n"
        "print(sorted({'questionary', 'prompt_toolkit', 'webbrowser', 'playwright'} & set(sys.modules)))"
    )
    settings = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input="y\n", capture_output=True, text=True, env=settings, timeout=60, check=True)
    assert done.stdout.endswith("[]\n")


# -- opening a page --------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="a pretend xdg-open works on Linux only")
def test_a_browser_that_talks_does_not_talk_into_the_question(tmp_path: Path) -> None:
    told = tmp_path / "told"
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho chatter\necho chatter >&2\necho "$1" > {told}.new\n/bin/mv {told}.new {told}\n')
    opener.chmod(0o755)
    code = (
        "import pathlib, sys, time\nfrom privacyaudit.cli.opening import open_page\n"
        "print(open_page('https://photobook.example/a?b=c&d'))\nend = time.monotonic() + 30\n"
        "while not pathlib.Path(sys.argv[1]).exists() and time.monotonic() < end: time.sleep(0.02)"
    )
    settings = {"PATH": str(tmp_path), "DISPLAY": ":0", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    command = [sys.executable, "-c", code, str(told)]
    done = subprocess.run(command, capture_output=True, text=True, env=settings, timeout=60, check=True)
    assert told.read_text() == "https://photobook.example/a?b=c&d\n"
    assert (done.stdout, done.stderr) == ("True\n", "")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a browser")
def test_no_browser_is_told_not_raised(tmp_path: Path) -> None:
    code = "from privacyaudit.cli.opening import open_page\nprint(open_page('https://photobook.example/'))"
    settings = {"PATH": str(tmp_path), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, env=settings, timeout=60, check=True)
    assert done.stdout == "False\n"


# -- what every command prints with ----------------------------------------------------------------


def test_text_breaks_between_words_and_an_address_stays_whole() -> None:
    address = "https://photobook.example/settings?tab=privacy-and-safety&section=friends-list"
    lines = terminal.wrap(f"Look here: {address} and then there.", 40, first="Web  ", rest="     ").splitlines()
    assert lines == ["Web  Look here:", f"     {address}", "     and then there."]


def test_text_cannot_steer_the_terminal() -> None:
    assert terminal.wrap("a\x1b[2Jb\x9b2Jc\x07\x00\r", 80) == "a[2Jb2Jc"


def test_sentences_are_whole_in_a_pipe(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    terminal.say("A sentence that is longer than thirty columns, in every window.")
    assert capsys.readouterr().out == "A sentence that is longer than thirty columns, in every window.\n"


def test_failures_say_what_happened_then_what_to_do_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.fail("The [file] was not there.", "Look for it.")
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "The [file] was not there.\nLook for it.\n"


def test_no_window_is_wider_than_88_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns, wanted in (("200", 88), ("60", 60), ("3", terminal.NARROWEST)):
        monkeypatch.setenv("COLUMNS", columns)
        assert terminal.width() == wanted


def test_both_styles_know_a_word_for_every_move() -> None:
    for move in (*Move, *sentences.Other):
        assert move in sentences.LABELS
        assert move in sentences.WAYS


# -- a further audit -------------------------------------------------------------------------------


def known(option: str = "friends", why: Why | None = Why.EXPIRED) -> Last:
    return Last(why=why, earlier=Earlier(option=option, on=date(2026, 3, 15)))


def test_a_question_of_a_further_audit_says_what_the_answer_was_when_and_why_it_is_asked_again() -> None:
    reply, printed = ask("\n", question(last=known()))
    assert reply == "friends"
    assert "On 15 March 2026 the answer was: Friends" in printed
    assert labels.why(Why.EXPIRED) in printed
    assert "Press Enter to keep what you said before." in printed


def test_an_old_answer_that_the_check_has_no_more_is_not_offered() -> None:
    reply, printed = ask("\n1\n", question(last=known("gone")))
    assert reply == "me"
    assert "the answer was" not in printed


def test_the_answer_of_today_goes_before_the_one_from_then() -> None:
    reply, printed = ask("\n", question(last=known(), earlier="everyone"))
    assert reply == "everyone"
    assert "15 March" not in printed


@pytest.mark.parametrize(("typed", "stays"), [("\n", True), ("y\n", True), ("L\n", False), ("1\nl\n", False)])
def test_what_still_counts_is_shown_with_its_days_and_kept_with_one_key(typed: str, stays: bool) -> None:
    out = io.StringIO()
    lasts = [(check, known(check.options[0].id, None)) for check in PHOTOBOOK.checks[:2]]
    assert PlainPrompter(io.StringIO(typed), out).still(Still(visit(), lasts)) is stays
    assert "Photobook: Settings. " in out.getvalue()
    assert "2 answers from earlier audits still count" in out.getvalue()
    for check, _last in lasts:
        assert f"{check.question} {check.options[0].label} (15 March 2026)" in out.getvalue()


def test_what_still_counts_can_be_left_for_later() -> None:
    with pytest.raises(KeyboardInterrupt):
        PlainPrompter(io.StringIO("q\n"), io.StringIO()).still(Still(visit(), [(PHOTOBOOK.checks[0], known(why=None))]))


def test_a_line_of_text_may_be_empty() -> None:
    assert PlainPrompter(io.StringIO("  My aunt \n"), io.StringIO()).line("Why?") == "My aunt"
    assert PlainPrompter(io.StringIO("\n"), io.StringIO()).line("Why?") == ""


# -- who listens -----------------------------------------------------------------------------------


def test_a_running_screen_reader_gets_plain_questions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(terminal, "interactive", lambda: True)
    monkeypatch.delenv(listening.SETTING, raising=False)
    for pid, name in (("1", "systemd"), ("77", "bash"), ("812", "orca")):
        (tmp_path / pid).mkdir()
        (tmp_path / pid / "comm").write_text(name + "\n")
    assert others.running(tmp_path) == {"systemd", "bash", "orca"}
    running: set[str] = {"bash"}
    monkeypatch.setattr(others, "running", lambda: running)
    monkeypatch.setattr(sys, "platform", "linux")
    assert isinstance(at_terminal().style, RichPrompter)
    running.add("orca")
    assert isinstance(at_terminal().style, PlainPrompter)


def test_plain_questions_can_be_had_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "interactive", lambda: True)
    assert isinstance(at_terminal().style, RichPrompter)
    monkeypatch.setenv(listening.SETTING, "1")
    assert isinstance(at_terminal().style, PlainPrompter)


@pytest.mark.skipif(not Path("/proc/self/comm").exists(), reason="Linux lists its programs there")
def test_this_very_program_is_among_those_that_run() -> None:
    assert Path("/proc/self/comm").read_text().strip() in others.running()
