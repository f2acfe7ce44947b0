"""Searching for oneself in a real terminal, in both styles: a search opens when it is chosen, and no list shows it."""

from __future__ import annotations

import http.client
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support import one_table
from tests.support.own_browser import asked_of, note_asking
from tests.support.terminal import ENTER, STOP, Terminal

pytestmark = pytest.mark.terminal

places = pytest.fixture(one_table.places)
Start = Callable[[str], Terminal]
both_styles = pytest.mark.parametrize("style", ["rich", "plain"])
WORDS = (
    ("Your name, as people know you", "Canary O'Finch"),
    ("Names that you had before", ""),
    ("Nicknames that people use for you", ""),
    ("User names that you use online", ""),
    ("Your town", "Canarytown"),
    ("Your school, council or employer", ""),
    ("Your phone number", ""),
    ("Your e-mail address", ""),
)


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    return note_asking(tmp_path / "own" / "browser")


@pytest.fixture
def start(places: dict[str, str], browser: Path, request: pytest.FixtureRequest) -> Start:
    def started(style: str) -> Terminal:
        command = [sys.executable, "-m", "privacyaudit", "search", *(["--plain"] if style == "plain" else [])]
        window = Terminal(command, env={**places, "BROWSER": f"{browser} %s"}, rows=40)
        request.addfinalizer(window.close)
        return window

    return started


def to_the_first_search(window: Terminal) -> None:
    """Say that it is for oneself, and type the words."""
    window.wait_for("Who is this search for?")
    window.wait_for("For somebody else")
    window.reply("1")
    for question, word in WORDS:
        window.wait_for(question)
        if word:
            window.paste(word)
            window.wait_for(word)
        window.send(ENTER)
    window.wait_for("Skip this search")


def sent_on_to(address: str) -> str:
    """Go where the browser was sent, and return where it is sent on to."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", parts.path)
    return str(connection.getresponse().headers["Location"])


def left_below(folder: Path) -> list[Path]:
    """Return the files that hold a word that was typed."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if b"anary" in path.read_bytes() or "anary" in path.name]


@both_styles
def test_a_search_opens_only_when_it_is_chosen_and_no_word_is_on_a_command_line(
    start: Start, style: str, browser: Path, tmp_path: Path
) -> None:
    window = start(style)
    to_the_first_search(window)
    assert not Path(f"{browser}.asked").exists()
    assert "Open www.google.com in my browser." in window.everything()
    assert "leave this computer" in " ".join(window.everything().split())
    window.reply("1")
    _pid, address = asked_of(browser)
    assert address.startswith("http://127.0.0.1:")
    assert "anary" not in address
    assert sent_on_to(address) == "https://www.google.com/search?q=%22Canary%20O%27Finch%22"
    window.wait_for("What did you find?")
    window.wait_for("I could not look")
    window.reply("4")
    window.wait_for("How many?")
    window.send(ENTER)
    window.wait_for("Is there anything else on this page?")
    window.wait_for("No, that is all")
    window.wait_for("Another person")
    window.reply("1")
    window.wait_for("2 of ")
    window.wait_for("Stop here and see what to do")
    window.reply("4")
    assert window.end() == 0
    shown = " ".join(window.everything().split())
    assert "1. Google: Something about me, by somebody else (1)" in shown
    assert "The program kept nothing of this search." in shown
    assert left_below(tmp_path) == []


@both_styles
def test_somebody_else_is_refused(start: Start, style: str) -> None:
    window = start(style)
    window.wait_for("For somebody else")
    window.reply("3")
    assert window.end() == 2
    assert "does not make a list of searches for somebody else" in " ".join(window.everything().split())


@both_styles
def test_ctrl_c_among_the_searches_shows_what_to_do_and_before_them_just_ends(
    start: Start, style: str, tmp_path: Path
) -> None:
    window = start(style)
    to_the_first_search(window)
    window.send(STOP)
    assert window.end() == 0
    assert "were not looked at, so we cannot tell" in " ".join(window.everything().split())
    early = start(style)
    early.wait_for("For somebody else")
    early.send(STOP)
    assert early.end() == 130
    assert "Stopped. Nothing was kept." in early.everything()
    assert left_below(tmp_path) == []
