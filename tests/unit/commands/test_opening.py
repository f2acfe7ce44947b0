"""A report or a board is opened in a window, quietly; where nothing opens, the program says so."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.support import histories, nursery

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows opens pages by itself")

NOTHING = "We could not open a browser. Open this address in your own browser: "
NOTES = '#!/bin/sh\necho "$1" > {folder}/opened\necho noise\necho noise >&2\n'
_BOARD = """
import types
from privacyaudit.cli.dialogs.clinic import Representative
plan = types.SimpleNamespace(name="x", port=8360, address="127.0.0.1", code="c")
Representative(None, shows_board=True).opened(types.SimpleNamespace(plan=plan, keeper=None))
"""


def _opened(tmp_path: Path, *, name: str, text: str, **setting: str) -> tuple[str, str]:
    """Return what is said, and what a browser of this name was started with, when a report is written."""
    program = tmp_path / "bin" / name
    program.parent.mkdir()
    program.write_text(text.format(folder=tmp_path))
    program.chmod(0o755)
    record = tmp_path / "r.json"
    record.write_text(histories.record().model_dump_json(by_alias=True))
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")}
    env |= {"PATH": f"{program.parent}:/usr/bin:/bin", "TERM": "xterm"} | setting
    done = nursery.run([sys.executable, "-m", "privacyaudit", "report", str(record)], env=env, timeout=60)
    assert done.returncode == 0, done.stderr
    note = tmp_path / "opened"
    return done.stdout + done.stderr, note.read_text().strip() if note.exists() else ""


@pytest.mark.parametrize("browser", ["/nope", "false"])
def test_a_browser_that_opens_nothing_is_said(browser: str, tmp_path: Path) -> None:
    said, _opened_page = _opened(tmp_path, name="unused", text=NOTES, BROWSER=browser)
    assert f"{NOTHING}file://{tmp_path}" in said.replace("\n", "").replace("browser:f", "browser: f")


@pytest.mark.parametrize("name", ["w3m", "lynx"])
def test_a_browser_without_a_window_is_not_started_over_the_terminal(name: str, tmp_path: Path) -> None:
    said, opened = _opened(tmp_path, name=name, text=NOTES, BROWSER=name)
    assert not opened
    assert NOTHING.strip() in said


def test_a_browser_keeps_its_own_messages_out_of_the_terminal(tmp_path: Path) -> None:
    said, opened = _opened(tmp_path, name="mine", text=NOTES, BROWSER=str(tmp_path / "bin/mine"))
    assert opened.startswith(f"file://{tmp_path}")
    assert "noise" not in said
    assert NOTHING.strip() not in said


def test_a_board_that_does_not_open_is_said() -> None:
    done = nursery.run([sys.executable, "-c", _BOARD], env=os.environ | {"BROWSER": "/nope"}, timeout=60)
    assert f"{NOTHING}http://127.0.0.1:8360/board" in done.stdout, done.stderr
