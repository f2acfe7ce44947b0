"""A desktop's own programs take the entry and start what it says: the window, at an address that answers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from privacyaudit import shortcut
from privacyaudit.storage import files
from tests.support.waiting import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="an entry of this kind is for Linux")
needs_gio = pytest.mark.skipif(not shutil.which("gio"), reason="gio is not installed (libglib2.0-bin)")

BROWSER = '#!/bin/sh\necho "$PPID $1" >"$0.asked.part" && mv "$0.asked.part" "$0.asked"\n'
"""A pretend browser, which notes who asked it and for which address."""


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o700)
    return path


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
    program = script(tmp_path / 'it\'s "odd" $HOME `id` %f a=b \\ é' / "program", BROWSER)
    entry = tmp_path / "privacyaudit.desktop"
    files.write(entry, shortcut.text_for((str(program), "start"), str(program), "linux"), mode=shortcut.MODE)
    subprocess.run(["gio", "launch", str(entry)], check=True)
    asked = Path(f"{program}.asked")
    until(asked.exists)
    assert asked.read_text().split()[1:] == ["start"]


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
    browser = script(tmp_path / "browser", BROWSER)
    [entry, *_on_the_desktop] = shortcut.write()
    subprocess.run(
        ["gio", "launch", str(entry)],
        env={**os.environ, "BROWSER": str(browser), "PYTHONPATH": str(Path(__file__).parents[2])},
        check=True,
    )
    asked = Path(f"{browser}.asked")
    until(asked.exists)
    pid, address = asked.read_text().split()
    try:
        with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(address) as page:
            assert (page.status, b"data-window" in page.read()) == (200, True)
    finally:
        os.kill(int(pid), signal.SIGINT)
    until(lambda: not Path(f"/proc/{pid}").exists())
