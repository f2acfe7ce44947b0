"""An entry for the menu and the desktop, which opens the window: what each system takes, where, and taken out again."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.process import again
from privacyaudit.storage import commands, files, folders, owners, reading

NAME = "privacyaudit"
MARK = "written by: privacyaudit shortcut"
OPENS = "start"
MODE = 0o700  # a desktop and Finder start only what may be started
MOST_BYTES = 100_000
ICON = "security-high"  # of the Icon Naming Specification, so that every theme has it

_PLAIN = re.compile(r"[\w@%+=:,./-]+")  # what needs no quotes in an entry
_THROUGH_A_SHELL = ("/bin/sh", "-c", 'exec "$0" "$@"')
_ESCAPED = re.compile(r'["`$\\]')


@dataclass(frozen=True)
class Kind:
    """What a system takes: how the name of the file ends, and the folders in which it is looked for."""

    ending: str
    places: tuple[Path, ...]


def kind(system: str = sys.platform) -> Kind:
    """Return what a system takes; other Unix systems take the same as Linux.

    A desktop that a cloud copies is left out: an entry there would tell others of this program.
    """
    desktop = [place for place in [folders.desktop()] if place.is_dir() and not _taken_away(place)]
    if system == "darwin":
        return Kind(".command", tuple(desktop or [Path.home() / "Applications"]))
    if system == "win32":
        return Kind(".cmd", (folders.start_menu(), *desktop))
    return Kind(".desktop", (folders.menu(), *(place for place in desktop if place != Path.home())))


def _taken_away(place: Path) -> bool:
    owner = owners.owner_of(place)
    return bool(owner and owner.takes_away)


# -- putting it there, and taking it out -----------------------------------------------------------


def write(system: str = sys.platform) -> list[Path]:
    """Write the entry wherever this system looks for one, and return where.

    Raises UsageError where something that is not ours is in the way, before anything is written, and SaveError.
    """
    text = text_for(again.command_as_set(OPENS), again.command()[0], system)
    paths = _paths(system)
    if other := next((path for path in paths if files.there(path) and not _ours(path)), None):
        raise UsageError(
            _("{path} already exists and is not from this program, so the program did not change it.").format(
                path=other
            ),
            _("Move or rename that file, then try again."),
        )
    for path in paths:
        files.write(path, text, mode=MODE)
    return paths


def found(system: str = sys.platform) -> list[Path]:
    """Return where our entry is. Raises SaveError where that cannot be told."""
    return [path for path in _paths(system) if files.there(path) and _ours(path)]


def remove(system: str = sys.platform) -> list[Path]:
    """Remove our entry, and nothing else; return where it was. Raises SaveError."""
    gone = found(system)
    for path in gone:
        files.remove(path)
    return gone


def _paths(system: str) -> list[Path]:
    of = kind(system)
    return [place / f"{NAME}{of.ending}" for place in of.places]


def _ours(path: Path) -> bool:
    try:
        return MARK.encode() in reading.content(path, MOST_BYTES)
    except OSError:
        return False


# -- what is written -------------------------------------------------------------------------------


def text_for(command: Sequence[str], program: str, system: str) -> str:
    """Return the entry that starts a command, of which `program` is the file. Raises UsageError (see `commands`)."""
    commands.need_one_line(command)
    if system == "darwin":
        return f"#!/bin/sh\n# {MARK}\nexec {shlex.join(command)}\n"
    return _batch_file(command) if system == "win32" else _desktop_entry(command, program)


def _desktop_entry(command: Sequence[str], program: str) -> str:
    """Return a desktop entry (Desktop Entry Specification); by TryExec it hides when the program is gone.

    A word of Exec is quoted, then a backslash is doubled once more, as in every string; % begins a field code. A
    program may not have = in its path there, and GLib looks for one with %% in its path under that very name.
    """
    words = (*_THROUGH_A_SHELL, *command) if re.search("[=%]", command[0]) else command
    lines = {
        "Type": "Application",
        "Version": "1.0",
        "Name": NAME,
        "Comment": _("Check the privacy settings of your accounts"),
        "Icon": ICON,
        "TryExec": _string(program),
        "Exec": _string(" ".join(map(_quoted, words))).replace("%", "%%"),
        "Terminal": "false",
        "StartupNotify": "false",
        "Categories": "Utility;",
    }
    entry = "".join(f"{key}={value}\n" for key, value in lines.items())
    return f"# {MARK}\n[Desktop Entry]\n{entry}"


def _quoted(word: str) -> str:
    return word if _PLAIN.fullmatch(word) else '"' + _ESCAPED.sub(r"\\\g<0>", word) + '"'


def _string(text: str) -> str:
    return text.replace("\\", "\\\\")


def _batch_file(command: Sequence[str]) -> str:
    """Return a batch file; there, % begins a variable, and only UTF-8 has the letters of every path."""
    words = " ".join(f'"{word}"' for word in command).replace("%", "%%")
    lines = ("@echo off", f"rem {MARK}", "chcp 65001 >nul", f'start "{NAME}" /min {words}')
    return "".join(f"{line}\r\n" for line in lines)
