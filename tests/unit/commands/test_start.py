"""How the window is started: by its name, by no words on a desktop, a second time, and without a browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path

import pytest

from privacyaudit import cli, extras
from privacyaudit.cli import unseen
from privacyaudit.process import surroundings
from privacyaudit.reminders import notification
from privacyaudit.storage import files, folders
from privacyaudit.window import instance
from tests.support import own_browser
from tests.support.in_process import run

ROOT = Path(__file__).parents[3]
ADDRESS = r"http://127\.0\.0\.1:4711/in\?ticket=([\w-]+)"


@pytest.fixture
def open_window() -> Iterator[None]:
    """Something that looks like a window which is open."""
    held = instance.hold()
    instance.announce(instance.Open(port=4711, key="0" * 64))
    yield
    instance.leave(held)


@pytest.mark.usefixtures("open_window")
def test_a_second_start_gets_an_address_of_its_own() -> None:
    first, second = (run("start", "--no-open") for _time in range(2))
    assert first.returncode == second.returncode == 0
    assert "The window is open already." in first.stdout
    tickets = [re.findall(ADDRESS, done.stdout) for done in (first, second)]
    assert len(tickets[0]) == len(tickets[1]) == 1
    assert tickets[0] != tickets[1]


@pytest.mark.usefixtures("open_window")
def test_without_a_browser_the_address_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_using: str | None = None) -> None:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", nothing)
    done = run("start")
    assert "We could not open a browser." in done.stdout
    assert re.search(ADDRESS, done.stdout)


def test_without_the_part_that_serves_it_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extras.PARTS, "window", extras.PARTS["window"]._replace(modules=("no_such_module",)))
    done = run("start", "--no-open")
    assert done.returncode == 1
    assert 'pip install "privacyaudit[clinic]"' in done.stderr
    assert "Traceback" not in done.stderr


# -- what goes wrong ---------------------------------------------------------------------------------


def started_by_a_menu(tmp_path: Path, *words: str, browser: str = "browser") -> subprocess.CompletedProcess[str]:
    """Start the window as an entry of a menu does: on a screen, and nobody sees what is printed."""
    return subprocess.run(
        [sys.executable, "-m", "privacyaudit", "start", *words],
        cwd=ROOT,
        env={
            **os.environ,
            "DISPLAY": ":nowhere",
            "BROWSER": str(own_browser.note_asking(tmp_path / browser)),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path / 'no-bus'}",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("place", ["nothing", "empty"])
def test_where_no_checklist_is_no_window_opens(place: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = started_by_a_menu(tmp_path, "--no-open", "--checklists", str(tmp_path / place))
    assert (done.returncode, done.stdout) == (2, "")
    what, advice = done.stderr.splitlines()
    assert what == f"There is no checklist in {tmp_path / place}."
    assert "--checklists" in advice


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="an entry of the menu opens a terminal there")
def test_what_goes_wrong_is_shown_where_nobody_sees_a_terminal_and_goes_once_it_is_over(tmp_path: Path) -> None:
    done = started_by_a_menu(tmp_path, "--checklists", "nothing")
    assert done.returncode == 2
    _pid, address = own_browser.asked_of(tmp_path / "browser")
    page = own_browser.seen_at(address)
    assert "There is no checklist in nothing." in page
    assert "Check the name after --checklists" in page
    assert files.written() == []
    [made] = [path for path in folders.state().iterdir() if path.suffix == ".html"]
    unseen.over()
    assert not made.exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="an entry of the menu opens a terminal there")
def test_with_no_open_no_page_is_shown(tmp_path: Path) -> None:
    started_by_a_menu(tmp_path, "--no-open", "--checklists", "nothing")
    assert not (tmp_path / "browser.asked").exists()
    assert not folders.state().exists()


def test_a_fault_of_ours_is_shown_without_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(unseen, "open_page", opened.append)
    monkeypatch.setattr(notification, "join_session", lambda: False)
    unseen.show(ZeroDivisionError("page text"))
    page = own_browser.seen_at(opened[0])
    assert "not something you did wrong" in page
    assert "page text" not in page


# -- by no words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "at_a_desktop", "wanted"),
    [([], True, ["start"]), ([], False, []), (["list"], True, ["list"]), (["--help"], True, ["--help"])],
)
def test_no_words_on_a_desktop_mean_the_window(
    words: list[str], at_a_desktop: bool, wanted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["privacyaudit", *words])
    monkeypatch.setattr(surroundings, "desktop", lambda: at_a_desktop)
    assert cli._words() == wanted
    monkeypatch.setattr(extras, "installed", lambda _name: False)
    assert cli._words() == words


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="every start in a terminal is at a desktop there")
def test_a_desktop_is_a_terminal_that_stands_on_a_screen_of_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", Terminal())
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    assert not surroundings.desktop()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert surroundings.desktop()
    monkeypatch.setenv("SSH_CONNECTION", "somewhere")
    assert not surroundings.desktop()
    monkeypatch.delenv("SSH_CONNECTION")
    monkeypatch.setattr(sys, "stdout", None)
    assert not surroundings.desktop()
