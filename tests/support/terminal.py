"""A real terminal for tests: tmux on a socket of its own, without anybody's configuration."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

PATIENCE = 30
ENTER, DOWN, UP, SPACE, STOP = "Enter", "Down", "Up", "Space", "C-c"
OPEN, DONT_KNOW, SKIP, BACK, QUIT = "o", "d", "s", "b", "q"

# Starts a command and notes its process id and its exit code; tmux itself forgets the code now and then.
_NOTED = """
trap : INT
sh -c 'echo $$ >"$0"; exec "$@"' "$0/pid" "$@"
echo $? >"$0/new"
mv "$0/new" "$0/code"
"""


class Terminal:
    """One program in one window. Leaving it ends the program and the tmux server that was started for it."""

    def __init__(
        self, command: Sequence[str], *, columns: int = 80, rows: int = 24, env: Mapping[str, str] | None = None
    ) -> None:
        if not shutil.which("tmux"):
            pytest.skip("tmux is not installed, and only a real terminal can show this")
        self._notes = Path(tempfile.mkdtemp(prefix="privacyaudit-terminal-"))
        self._socket = str(self._notes / "socket")
        settings = [f"{name}={value}" for name, value in (env or {}).items()]
        self._tmux(
            *("start-server", ";", "set-option", "-g", "remain-on-exit", "on", ";"),
            *("new-session", "-d", "-x", str(columns), "-y", str(rows)),
            *("env", "-u", "COLUMNS", "-u", "LINES", *settings),
            *("sh", "-c", _NOTED, str(self._notes), *command),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the window, as somebody does who has had enough."""
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], capture_output=True, check=False)
        shutil.rmtree(self._notes, ignore_errors=True)

    def send(self, *keys: str) -> None:
        """Press keys: single characters, or names such as Enter and Down."""
        self._tmux("send-keys", *keys)

    def paste(self, text: str) -> None:
        """Paste a text, as with the mouse."""
        self._tmux("set-buffer", text, ";", "paste-buffer", "-p")

    def reply(self, key: str) -> None:
        """Press one key and Enter, which is how both styles take an answer or a move."""
        self.send(key, ENTER)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window larger or smaller."""
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def screen(self) -> str:
        """Return what the window shows."""
        return self._tmux("capture-pane", "-p")

    def everything(self) -> str:
        """Return what the window shows and what has scrolled out of it, lines that were too long in one piece."""
        return self._tmux("capture-pane", "-p", "-J", "-S", "-")

    def cursor(self) -> tuple[bool, str]:
        """Tell whether the cursor is shown, and return the text of the line that it stands on."""
        shown, line = self._tmux("display-message", "-p", "#{cursor_flag} #{cursor_y}").split()
        return shown == "1", self.screen().split("\n")[int(line)]

    def colours(self) -> str:
        """Return what the window shows with the codes for colours and bold."""
        return self._tmux("capture-pane", "-p", "-e")

    def record(self, path: Path) -> None:
        """Write every byte that the program sends from now on to a file."""
        self._tmux("pipe-pane", f"exec cat > {shlex.quote(str(path))}")

    def wait_until(self, told: Callable[[], bool], what: str) -> None:
        """Wait until something is so; after half a minute fail and tell what the screen showed."""
        end = time.monotonic() + PATIENCE
        while not told():
            if time.monotonic() > end:
                pytest.fail(f"waited {PATIENCE} s for {what}; the window shows:\n{self.everything()}")
            time.sleep(0.03)

    def wait_for(self, text: str) -> None:
        """Wait until the window shows a text."""
        self.wait_until(lambda: text in self.screen(), repr(text))

    @property
    def pid(self) -> int:
        """Return the process id of the program."""
        return int((self._notes / "pid").read_text())

    @property
    def has_ended(self) -> bool:
        """Tell whether the program has ended."""
        return (self._notes / "code").exists()

    def end(self) -> int:
        """Wait until the program has ended and return its exit code, 128 and more for a signal."""
        code = self._notes / "code"
        self.wait_until(code.exists, "the end")
        return int(code.read_text())

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-u", "-S", self._socket, "-f", os.devnull, *arguments]
        return subprocess.run(command, capture_output=True, check=True, text=True, timeout=PATIENCE).stdout
