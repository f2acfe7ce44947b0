"""Whether to offer a history: once, at the first audit, where one can be kept."""

from __future__ import annotations

from privacyaudit import extras
from privacyaudit.over_time import history
from privacyaudit.storage import files, folders

ASKED = "history-asked"


def to_make() -> bool:
    """Tell whether the person has not been asked yet, has no history, and could have one. Raises SaveError."""
    return not files.there(folders.state() / ASKED) and not history.exists() and extras.installed("history")


def made() -> None:
    """Note that the person was asked. Raises SaveError."""
    files.make_folder(folders.state())
    files.append(folders.state() / ASKED, "")
