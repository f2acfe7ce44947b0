"""The janitor: a small process of its own that signs out and cleans up, whatever becomes of the program.

It is handed the session through a pipe, so that it is never on a disk. It acts when it is told to, and also when the
pipe breaks because the program was stopped or killed.
"""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privacyaudit.browser import find, launch, session, sessions_left
from privacyaudit.browser.sign_out import sign_out
from privacyaudit.browser.workspace import remove
from privacyaudit.errors import AuditError
from privacyaudit.model import Platform, SignedOut
from privacyaudit.process import again

if TYPE_CHECKING:
    from playwright.sync_api import StorageState


_PATIENCE_S = 120.0


class Janitor:
    """The program's end of the pipe."""

    def __init__(self, program: find.Browser, platform: Platform, workspace: Path) -> None:
        apart: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        self.interrupted = False
        self._state: StorageState | None = None
        self._process = subprocess.Popen(
            again.command(again.JANITOR),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            **apart,
        )
        self._say(
            {
                "program": str(program.path),
                "window": program.window,
                "platform": platform.model_dump(mode="json"),
                "workspace": str(workspace),
            }
        )

    def hold(self, state: StorageState, unsure: bool, others: Sequence[StorageState] = ()) -> None:
        """Hand over the session as it is now, whether there may be another one already, and others that are known."""
        if not session.is_empty(state):
            self._state = session.on_top_of(self._state, state)
        self._say({"state": self._state, "unsure": unsure, "others": list(others)})

    def let_go(self) -> None:
        """Close the pipe, upon which the janitor acts; so does the end of the program, however it comes."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()

    def finish(self) -> SignedOut:
        """Let the janitor sign out and clean up, wait for it, and return what came of it.

        One Ctrl-C meanwhile is noted in `interrupted`, and the end is waited for all the same; with a second one the
        janitor goes on alone.
        """
        untold = SignedOut.NOT_CONFIRMED if self._state else SignedOut.NOT_USED
        assert self._process.stdout is not None
        self._say({"in_order": True})
        self.let_go()
        if not self._wait():
            return untold
        try:
            return SignedOut(self._process.stdout.read().strip())
        except ValueError:
            return untold

    def _wait(self) -> bool:
        """Wait until the process has ended, and tell whether it has done so in time."""
        until = time.monotonic() + _PATIENCE_S
        while True:
            try:
                self._process.wait(timeout=max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
                return False
            except KeyboardInterrupt:
                if self.interrupted:
                    return False
                self.interrupted = True
            else:
                return True

    def _say(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()


@contextmanager
def as_ctrl_c() -> Iterator[None]:
    """Take what would end the program at once for a Ctrl-C, so that a session ends in order: SIGTERM, and SIGHUP, which
    comes when a terminal is closed.
    """
    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                before[number] = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def main() -> None:
    """Listen until the pipe closes, then sign out what was signed in and remove the workspace.

    Where the program was killed, nobody is told how that went: what may be left is noted for the next start.
    """
    task: dict[str, Any] = {}
    for line in sys.stdin:
        task |= json.loads(line)
    outcome = _sign_out(task) if task.get("state") else SignedOut.NOT_USED
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{outcome}\n")
        sys.stdout.flush()
    if not task.get("in_order") and (task.get("unsure") or outcome is SignedOut.NOT_CONFIRMED):
        sessions_left.note(task["platform"]["id"])
    if workspace := task.get("workspace"):
        remove(Path(workspace), patience=10.0)


def _sign_out(task: dict[str, Any]) -> SignedOut:
    from privacyaudit.browser.workspace import workspace

    program = find.Browser(Path(task["program"]), bool(task["window"]))
    try:
        with workspace(), launch.playwright() as driver:
            return sign_out(
                driver, program, Platform.model_validate(task["platform"]), task["state"], task.get("others", ())
            )
    except AuditError:
        return SignedOut.NOT_CONFIRMED
