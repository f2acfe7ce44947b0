"""The program's end of the janitor's pipe, when things go wrong at it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from privacyaudit.browser import find, session
from privacyaudit.browser.janitor import Janitor, as_ctrl_c
from privacyaudit.catalogue import loading
from privacyaudit.model import SignedOut
from privacyaudit.process import again

if TYPE_CHECKING:
    from playwright.sync_api import StorageState

SESSION: StorageState = {"cookies": [{"name": "a", "value": "b", "domain": "127.0.0.1", "path": "/"}], "origins": []}
SLOW = "import sys, time; sys.stdin.read(); time.sleep({seconds}); print('{outcome}')"


def janitor(monkeypatch: pytest.MonkeyPatch, program: str) -> Janitor:
    monkeypatch.setattr(again, "command", lambda *_words: [sys.executable, "-c", program])
    platform = loading.catalogue().checklist("demo").checklist.platform
    return Janitor(find.Browser(Path("/nowhere"), window=False), platform, Path("/nowhere"))


@pytest.mark.parametrize(("held", "told"), [(False, SignedOut.NOT_USED), (True, SignedOut.NOT_CONFIRMED)])
def test_a_janitor_that_says_nothing_is_told_by_what_it_was_given(
    held: bool, told: SignedOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = janitor(monkeypatch, "pass")
    if held:
        one.hold(SESSION)
    assert one.finish() is told


def interrupt_soon(times: int) -> None:
    for number in range(times):
        threading.Timer(0.3 + 0.3 * number, os.kill, (os.getpid(), signal.SIGINT)).start()


@pytest.mark.skipif(sys.platform == "win32", reason="a program there cannot send itself a Ctrl-C")
@pytest.mark.parametrize(("times", "told"), [(1, SignedOut.CONFIRMED), (2, SignedOut.NOT_CONFIRMED)])
def test_the_first_ctrl_c_waits_for_the_signing_out_and_the_second_does_not(
    times: int, told: SignedOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = janitor(monkeypatch, SLOW.format(seconds=1.2, outcome=SignedOut.CONFIRMED))
    one.hold(SESSION)
    interrupt_soon(times)
    assert one.finish() is told
    assert one.interrupted


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_what_would_end_the_program_at_once_ends_it_in_order_while_a_session_is_open(name: str) -> None:
    with pytest.raises(KeyboardInterrupt), as_ctrl_c():
        signal.raise_signal(getattr(signal, name))
    assert signal.getsignal(getattr(signal, name)) is signal.SIG_DFL


def test_what_a_tab_kept_is_not_lost_where_a_later_session_does_not_speak_of_it() -> None:
    one = {"origin": "https://a.example", "localStorage": [], "sessionStorage": [{"name": "token", "value": "x"}]}
    earlier = {"cookies": [], "origins": [one]}
    assert session.on_top_of(earlier, SESSION) == {**SESSION, "origins": [one]}  # type: ignore[arg-type]
    assert session.on_top_of(None, SESSION) == SESSION


def test_what_comes_after_the_pipe_was_closed_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    one = janitor(monkeypatch, "pass")
    one.let_go()
    one.hold(SESSION)
    assert one.finish() is SignedOut.NOT_CONFIRMED
    assert one._process.poll() is not None
