"""The janitor: a small process of its own that signs out and cleans up, whatever becomes of the program.

It is handed the session through a pipe, so that it is never on a disk. It acts when it is told to, and also when the
pipe breaks because the program was stopped or killed.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privacyaudit.browser import find, launch
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

    def hold(self, state: StorageState) -> None:
        """Hand over the session as it is now."""
        self._say({"state": state})

    def finish(self) -> SignedOut:
        """Let the janitor sign out and clean up, wait for it, and return what came of it."""
        try:
            out, _err = self._process.communicate(timeout=_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return SignedOut.NOT_CONFIRMED
        try:
            return SignedOut(out.strip())
        except ValueError:
            return SignedOut.NOT_CONFIRMED

    def _say(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()


def main() -> None:
    """Listen until the pipe closes, then sign out what was signed in and remove the workspace."""
    task: dict[str, Any] = {}
    for line in sys.stdin:
        task |= json.loads(line)
    outcome = _sign_out(task) if task.get("state") else SignedOut.NOT_USED
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{outcome}\n")
        sys.stdout.flush()
    if workspace := task.get("workspace"):
        remove(Path(workspace), patience=10.0)


def _sign_out(task: dict[str, Any]) -> SignedOut:
    from privacyaudit.browser.workspace import workspace

    program = find.Browser(Path(task["program"]), bool(task["window"]))
    try:
        with workspace(), launch.playwright() as driver:
            return sign_out(driver, program, Platform.model_validate(task["platform"]), task["state"])
    except AuditError:
        return SignedOut.NOT_CONFIRMED
