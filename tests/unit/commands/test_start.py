"""How the window is started: by its name, by no words on a desktop, a second time, and without a browser."""

from __future__ import annotations

import re
import sys
import webbrowser
from collections.abc import Iterator

import pytest

from privacyaudit import cli
from privacyaudit.model import extras
from privacyaudit.process import surroundings
from privacyaudit.window import instance
from tests.support.in_process import run

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
    done = run("start")
    assert done.returncode == 1
    assert 'pip install "privacyaudit[clinic]"' in done.stderr
    assert "Traceback" not in done.stderr


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
