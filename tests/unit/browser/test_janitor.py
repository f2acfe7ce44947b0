"""The program's end of the janitor's pipe, when things go wrong at it."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from privacyaudit.browser import find, session, sessions_left
from privacyaudit.browser import janitor as program
from privacyaudit.browser.janitor import Janitor, as_ctrl_c
from privacyaudit.catalogue import loading
from privacyaudit.cli.dialogs.browser import say_what_was_left
from privacyaudit.model import SignedOut
from privacyaudit.process import again
from privacyaudit.storage import files, folders

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
        one.hold(SESSION, False)
    assert one.finish() is told


def interrupt(one: Janitor, times: int) -> None:
    """Press Ctrl-C soon, and again once the first one was noticed: on a slow computer two at once become one."""
    for number in range(times):
        while number and not one.interrupted:
            time.sleep(0.05)
        time.sleep(0.3)
        os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.skipif(sys.platform == "win32", reason="a program there cannot send itself a Ctrl-C")
@pytest.mark.parametrize(("times", "told"), [(1, SignedOut.CONFIRMED), (2, SignedOut.NOT_CONFIRMED)])
def test_the_first_ctrl_c_waits_for_the_signing_out_and_the_second_does_not(
    times: int, told: SignedOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = janitor(monkeypatch, SLOW.format(seconds=2 if times == 1 else 60, outcome=SignedOut.CONFIRMED))
    one.hold(SESSION, False)
    pressing = threading.Thread(target=interrupt, args=(one, times))
    pressing.start()
    assert one.finish() is told
    pressing.join()
    assert one.interrupted


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_what_would_end_the_program_at_once_ends_it_in_order_while_a_session_is_open(name: str) -> None:
    before = signal.signal(getattr(signal, name), signal.SIG_DFL)  # `nohup` has it ignored
    with pytest.raises(KeyboardInterrupt), as_ctrl_c():
        signal.raise_signal(getattr(signal, name))
    assert signal.signal(getattr(signal, name), before) is signal.SIG_DFL


def test_what_a_tab_kept_is_not_lost_where_a_later_session_does_not_speak_of_it() -> None:
    one = {"origin": "https://a.example", "localStorage": [], "sessionStorage": [{"name": "token", "value": "x"}]}
    earlier = {"cookies": [], "origins": [one]}
    assert session.on_top_of(earlier, SESSION) == {**SESSION, "origins": [one]}  # type: ignore[arg-type]
    assert session.on_top_of(None, SESSION) == SESSION


def test_what_comes_after_the_pipe_was_closed_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    one = janitor(monkeypatch, "pass")
    one.let_go()
    one.hold(SESSION, False)
    assert one.finish() is SignedOut.NOT_CONFIRMED
    assert one._process.poll() is not None


def told(monkeypatch: pytest.MonkeyPatch, *messages: dict[str, object]) -> list[str]:
    """Let the janitor hear messages until its pipe closes, and return the platforms that it has noted."""
    sign_outs: list[object] = []

    def signs_out(task: dict[str, object]) -> SignedOut:
        sign_outs.append(task["state"])
        return SignedOut.NOT_CONFIRMED if task.get("fails") else SignedOut.CONFIRMED

    lines = "".join(f"{json.dumps(one)}\n" for one in ({"platform": {"id": "demo"}}, *messages))
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    monkeypatch.setattr(program, "_sign_out", signs_out)
    program.main()
    return [one.platform for one in sessions_left.take()]


def test_what_a_killed_program_may_leave_is_noted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    held = {"state": SESSION, "unsure": False}
    assert told(monkeypatch, {"state": None, "unsure": True}) == ["demo"]
    assert told(monkeypatch, {"state": SESSION, "unsure": True}) == ["demo"]
    assert told(monkeypatch, held, {"fails": True}) == ["demo"]
    assert sessions_left.take() == []


def test_nothing_is_noted_where_nothing_is_left_or_somebody_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = {"state": SESSION, "unsure": False}
    assert told(monkeypatch) == []
    assert told(monkeypatch, held) == []
    assert told(monkeypatch, held, {"fails": True}, {"in_order": True}) == []
    assert told(monkeypatch, {"state": SESSION, "unsure": True}, {"in_order": True}) == []


def test_lines_that_make_no_sense_are_left_out_of_what_may_be_left() -> None:
    sessions_left.note("demo")
    files.append(folders.state() / sessions_left.FILE, '{"platform": 7}')
    files.append(folders.state() / sessions_left.FILE, "half a li")
    assert [one.platform for one in sessions_left.take()] == ["demo"]


def test_the_next_audit_says_where_a_session_may_be_left(capsys: pytest.CaptureFixture[str]) -> None:
    sessions_left.note("demo")
    sessions_left.note("own-site-that-is-gone")
    say_what_was_left(loading.catalogue())
    said = " ".join(capsys.readouterr().out.split())
    assert "an audit of Pebble ended before it could sign out" in said
    assert "an audit of own-site-that-is-gone ended" in said
    say_what_was_left(loading.catalogue())
    assert capsys.readouterr().out == ""
