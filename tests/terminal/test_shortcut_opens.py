"""A desktop's own programs take the entry and start what it says: the window, at an address that answers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from privacyaudit.storage import files
from privacyaudit.window import shortcut
from tests.support.own_browser import asked_of, note_asking, seen_at
from tests.support.waiting import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="an entry of this kind is for Linux")
needs_gio = pytest.mark.skipif(not shutil.which("gio"), reason="gio is not installed (libglib2.0-bin)")


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="desktop-file-utils are not installed")
@pytest.mark.parametrize("name", ["plain/program", 'it\'s "odd" $HOME `id` %f a=b \\ é/program'])
def test_the_entry_is_one_by_the_validator_of_freedesktop(name: str, tmp_path: Path) -> None:
    entry = tmp_path / "privacyaudit.desktop"
    program = str(tmp_path / name)
    entry.write_text(shortcut.text_for((program, "start"), program, "linux"))
    done = subprocess.run(["desktop-file-validate", str(entry)], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@needs_gio
def test_a_desktop_starts_a_program_with_any_name(tmp_path: Path) -> None:
    program = note_asking(tmp_path / 'it\'s "odd" $HOME `id` %f a=b \\ é' / "program")
    entry = tmp_path / "privacyaudit.desktop"
    files.write(entry, shortcut.text_for((str(program), "start"), str(program), "linux"), mode=shortcut.MODE)
    subprocess.run(["gio", "launch", str(entry)], check=True)
    assert asked_of(program)[1] == "start"


@needs_gio
def test_a_desktop_does_not_start_one_that_is_gone(tmp_path: Path) -> None:
    entry = tmp_path / "privacyaudit.desktop"
    entry.write_text(
        shortcut.text_for(("/usr/bin/env", "A=b", "/nowhere/program", "start"), "/nowhere/program", "linux")
    )
    assert subprocess.run(["gio", "launch", str(entry)], capture_output=True, check=False).returncode


@needs_gio
def test_a_desktop_opens_the_window_in_the_persons_browser(tmp_path: Path) -> None:
    """By the entry that the command writes, with nobody at a terminal."""
    browser = note_asking(tmp_path / "browser")
    [entry, *_on_the_desktop] = shortcut.write()
    subprocess.run(
        ["gio", "launch", str(entry)],
        env={**os.environ, "BROWSER": str(browser), "PYTHONPATH": str(Path(__file__).parents[2])},
        check=True,
    )
    pid, address = asked_of(browser)
    try:
        assert "data-window" in seen_at(address)
    finally:
        os.kill(pid, signal.SIGINT)
    until(lambda: not Path(f"/proc/{pid}").exists())
