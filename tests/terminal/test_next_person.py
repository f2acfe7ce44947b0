"""Many people at one table, in a real terminal: nothing of the one before is left anywhere."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from privacyaudit.catalogue import loading
from tests.support import on_the_way, one_table
from tests.support.everyday_audit import WALK
from tests.support.terminal import Terminal

LIST = [check for check in loading.catalogue().checklist("everyday").checklist.checks if check.essential]


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


places = pytest.fixture(one_table.places)


def table(places: dict[str, str], *words: str) -> Terminal:
    command = [sys.executable, "-m", "privacyaudit", "audit", "--next-person", "--quick", "--plain", *words]
    return Terminal(command, env=places, rows=40)


def through(shown: Terminal) -> None:
    """Go through the walkthrough as one person who has everything to change."""
    shown.wait_for("Whose turn is it?")
    shown.reply("1")
    shown.wait_for("Who are you?")
    shown.reply("1")
    shown.wait_for("Type one or more numbers")
    shown.reply("everyday")
    shown.wait_for("not listed")
    shown.reply("n")
    for number, check in enumerate(WALK, 1):
        on_the_way.wait_for_question(shown, WALK, number)
        assert "o to open" not in shown.everything()
        fails = next(n for n, option in enumerate(check.options, 1) if option.verdict_for("everyone") == "fail")
        shown.reply(str(fails))
    on_the_way.put_off_until(shown, "What do you want to take with you?")


@pytest.mark.terminal
def test_nothing_of_one_person_is_left_when_the_next_one_sits_down(places: dict[str, str], tmp_path: Path) -> None:
    before = files(tmp_path)
    with table(places) as shown:
        through(shown)
        assert LIST[0].title in shown.everything()
        shown.reply("1")
        shown.wait_for("Which folder?")
        shown.reply(str(tmp_path / "nowhere"))
        shown.wait_for("There is no folder")
        shown.reply("1")
        shown.wait_until(lambda: shown.everything().count("Which folder?") == 2, "the question for the folder")
        shown.reply(str(tmp_path / "stick"))
        shown.wait_for("This file is yours.")
        shown.reply("3")
        shown.wait_until(lambda: "The next person, please" in shown.screen(), "the hand-over")
        shown.wait_for("Whose turn is it?")
        left = shown.everything()
        for word in (LIST[0].title, "to change", "stick", "Everyday habits", "You answered"):
            assert word not in left
        shown.reply("2")
        shown.wait_for("1 person took part. The program kept nothing about anybody.")
        assert shown.end() == 0
    [report] = files(tmp_path) - before
    assert report.parent == tmp_path / "stick"
    assert LIST[0].title in report.read_text()


@pytest.mark.terminal
def test_killed_in_the_middle_it_leaves_no_file(places: dict[str, str], tmp_path: Path) -> None:
    before = files(tmp_path)
    with table(places) as shown:
        through(shown)
        os.kill(shown.pid, signal.SIGKILL)
        shown.wait_until(lambda: not Path(f"/proc/{shown.pid}").exists(), "the end")
    assert files(tmp_path) == before


@pytest.mark.terminal
def test_codes_for_a_phone_hold_what_to_change_and_go_when_they_were_seen(places: dict[str, str]) -> None:
    with table(places) as shown:
        through(shown)
        shown.reply("2")
        shown.wait_for("Press Enter to continue.")
        first = re.search(r"Code 1 of (\d+)", shown.screen())
        assert first
        assert "▀" in shown.screen()
        for number in range(2, int(first[1]) + 1):
            shown.send("Enter")
            shown.wait_for(f"Code {number} of {first[1]}")
            shown.wait_for("Press Enter to continue.")
        shown.send("Enter")
        shown.wait_for("What do you want to take with you?")
        assert "▀" not in shown.everything()


@pytest.mark.terminal
def test_paper_goes_to_the_printer_without_a_file(places: dict[str, str], tmp_path: Path) -> None:
    sent = tmp_path / "sent.pdf"
    (tmp_path / "bin" / "lpstat").write_text("#!/bin/sh\necho 'system default destination: staffroom'\n")
    (tmp_path / "bin" / "lp").write_text(f'#!/bin/sh\necho "$@" > {sent}.words\ncat > {sent}\n')
    for name in ("lp", "lpstat"):
        (tmp_path / "bin" / name).chmod(0o755)
    before = files(tmp_path)
    with table(places) as shown:
        through(shown)
        shown.reply("3")
        shown.wait_for("Sent to the printer.")
    assert files(tmp_path) - before == {sent, Path(f"{sent}.words")}
    assert sent.read_bytes().startswith(b"%PDF")
    assert LIST[0].title.split()[0] not in Path(f"{sent}.words").read_text()
