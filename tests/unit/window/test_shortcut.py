"""The entry for the menu and the desktop: where it goes on each system, what it says, and that it goes again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from privacyaudit.errors import UsageError
from privacyaudit.storage import files, folders
from privacyaudit.window import shortcut
from tests.support import in_process

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="it starts a script of Unix")


@pytest.fixture
def home() -> Path:
    """A home with a desktop in it."""
    (Path.home() / "Desktop").mkdir(parents=True)
    return Path.home()


@unix_only
def test_linux_has_it_in_the_menu_and_on_the_desktop_for_its_owner_to_start(home: Path) -> None:
    paths = shortcut.write("linux")
    menu = home / ".local" / "share" / "applications"
    assert paths == [menu / "privacyaudit.desktop", home / "Desktop" / "privacyaudit.desktop"]
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o700}
    assert paths[0].read_text().splitlines()[-4].endswith(" -P -m privacyaudit start")


def test_without_a_desktop_it_is_in_the_menu_alone() -> None:
    assert shortcut.write("linux") == [folders.menu() / "privacyaudit.desktop"]


def test_a_desktop_that_a_cloud_copies_is_left_out(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = home / "OneDrive - A School" / "Desktop"
    copied.mkdir(parents=True)
    monkeypatch.setattr(folders, "desktop", lambda: copied)
    assert shortcut.write("win32") == [folders.start_menu() / "privacyaudit.cmd"]
    assert shortcut.write("darwin") == [home / "Applications" / "privacyaudit.command"]
    assert list(copied.iterdir()) == []


def test_a_mac_has_it_on_the_desktop_and_windows_in_its_menu_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPDATA", str(home / "Roaming"))
    assert shortcut.write("darwin") == [home / "Desktop" / "privacyaudit.command"]
    menu = home / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    assert shortcut.write("win32") == [menu / "privacyaudit.cmd", home / "Desktop" / "privacyaudit.cmd"]


def test_written_twice_it_is_there_once_and_clean_removes_it(home: Path) -> None:
    paths = shortcut.write()
    assert shortcut.write() == paths == shortcut.found()
    assert in_process.run("clean", "--yes").returncode == 0
    assert shortcut.found() == []
    assert not any(map(files.there, paths))


def test_the_command_says_where_it_is_and_removes_nothing_else(home: Path) -> None:
    other = home / "Desktop" / "notes.txt"
    other.write_text("mine")
    made = in_process.run("shortcut")
    assert (made.returncode, made.stdout.count("Written: ")) == (0, len(shortcut.found()))
    assert "shortcut --remove" in made.stdout
    gone = in_process.run("shortcut", "--remove")
    assert (gone.returncode, gone.stdout.count("Removed: ")) == (0, made.stdout.count("Written: "))
    assert in_process.run("shortcut", "--remove").stdout == "There is no entry to remove.\n"
    assert other.read_text() == "mine"


def test_a_file_of_somebody_else_in_its_place_stays_and_nothing_is_written(home: Path) -> None:
    mine = home / "Desktop" / "privacyaudit.desktop"
    mine.write_text("[Desktop Entry]\nName=mine\n")
    with pytest.raises(UsageError, match="not from this program"):
        shortcut.write("linux")
    assert shortcut.remove("linux") == []
    assert mine.read_text() == "[Desktop Entry]\nName=mine\n"
    assert not files.there(folders.menu() / mine.name)


@unix_only
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_desktop_that_cannot_be_written_is_a_sentence(home: Path) -> None:
    (home / "Desktop").chmod(0o500)
    done = in_process.run("shortcut")
    assert (done.returncode, "could not be written" in done.stderr) == (1, True)


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_a_line_break_in_the_path_of_the_program_is_refused(system: str) -> None:
    with pytest.raises(UsageError, match="control character"):
        shortcut.text_for(("/opt/pa\nExec=rm", "start"), "/opt/pa", system)


def test_windows_gets_whole_words_in_utf_8_and_no_variable() -> None:
    text = shortcut.text_for((r"C:\Ann & Bo\50% é\privacyaudit.exe", "start"), "", "win32")
    assert text.splitlines()[-2:] == [
        "chcp 65001 >nul",
        r'start "privacyaudit" /min "C:\Ann & Bo\50%% é\privacyaudit.exe" "start"',
    ]
    assert text.count("\r\n") == text.count("\n") == 4


@unix_only
def test_a_mac_starts_a_program_with_any_name(tmp_path: Path) -> None:
    program = tmp_path / 'it\'s "odd" $HOME `id` %f \\ é' / "program"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$0" "$@"\n')
    program.chmod(0o700)
    file = tmp_path / "privacyaudit.command"
    files.write(file, shortcut.text_for((str(program), "start"), str(program), "darwin"), mode=shortcut.MODE)
    assert subprocess.run([file], capture_output=True, encoding="utf-8", check=True).stdout == f"{program} start\n"
