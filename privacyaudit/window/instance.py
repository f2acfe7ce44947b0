"""The one window of this account: a second start finds it, and gets a ticket of its own.

What a second start needs is in a file that only the account can read; it holds while the lock beside it is held.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import asdict, dataclass

from privacyaudit.errors import SaveError, on_a_page
from privacyaudit.storage import files, folders, reading
from privacyaudit.window import door

FILE = "window.json"
LOCK = "window.lock"
FILES = (FILE, LOCK)
"""What this window needs itself, and what goes when it ends."""
_MOST = 10_000  # bytes


@dataclass(frozen=True)
class Open:
    """A window that is open: the port at which it listens, and its key as hexadecimal digits.

    Raises ValueError for what cannot be one.
    """

    port: int
    key: str
    schema: str = "1"

    def __post_init__(self) -> None:
        if self.schema != "1" or type(self.port) is not int or not re.fullmatch(r"[0-9a-f]{64}", str(self.key)):
            raise ValueError

    def address(self) -> str:
        """Return an address that opens the window once."""
        return f"http://127.0.0.1:{self.port}/in?ticket={door.new_ticket(bytes.fromhex(self.key))}"


def hold() -> files.Held | None:
    """Hold the one window of this account; None when it is open already. Raises SaveError where nothing can be held."""
    files.make_folder(folders.state())
    return files.hold(folders.state() / LOCK)


def announce(window: Open) -> None:
    """Let a second start find this window. Raises SaveError."""
    files.write(folders.state() / FILE, json.dumps(asdict(window)))


def found() -> Open | None:
    """Return the window that is open; None where nothing tells of it."""
    try:
        return Open(**json.loads(reading.content(folders.state() / FILE, _MOST)))
    except (OSError, TypeError, ValueError, RecursionError):
        return None


def trouble_with_saving() -> str:
    """Return why nothing can be saved on this computer; empty where it can."""
    try:
        files.make_folder(folders.state())
        files.try_folder(folders.state())
    except SaveError as error:
        return on_a_page(error)
    return ""


def leave(held: files.Held | None) -> None:
    """Let nothing tell of this window any more, as far as that can be done; one that is not held is not told of."""
    if held is None:
        return
    for name in FILES:
        if name == LOCK:
            held.release()
        with suppress(SaveError):
            files.remove(folders.state() / name)
