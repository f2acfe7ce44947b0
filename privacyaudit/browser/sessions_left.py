"""Sessions that may be left behind because the program was killed: noted on the disk until the next start says so."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from pydantic import ValidationError

from privacyaudit.clock import now
from privacyaudit.errors import SaveError
from privacyaudit.model import Data, Id
from privacyaudit.storage import files, folders, reading

FILE = "sessions-left.jsonl"
_MOST = 1_000_000


class Left(Data):
    """A platform, and when it was left; in UTC."""

    platform: Id
    at: datetime


def note(platform: str) -> None:
    """Note that a session on a platform may be left; where nothing can be written, nothing is."""
    with suppress(SaveError):
        files.make_folder(folders.state())
        files.append(folders.state() / FILE, Left(platform=platform, at=now()).model_dump_json())


def take() -> list[Left]:
    """Return what was noted, and note it no more: it is said once. Lines that make no sense are left out."""
    path = folders.state() / FILE
    found: list[Left] = []
    with suppress(OSError, SaveError, reading.NotAFileError, reading.TooLargeError):
        for line in reading.content(path, _MOST).splitlines():
            with suppress(ValidationError):
                found.append(Left.model_validate_json(line))
        files.remove(path)
    return found
