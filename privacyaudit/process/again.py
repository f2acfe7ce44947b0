"""How this very program is started once more: as a package, as one packed program, or from a zip file."""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
from pathlib import Path

JANITOR = "_janitor"
"""The first word that starts the janitor instead of a command: a packed program has no interpreter to run a module."""
SETTINGS = ("PRIVACYAUDIT_DATA", "PRIVACYAUDIT_LANG", "PRIVACYAUDIT_STATE", "XDG_DATA_HOME", "XDG_STATE_HOME")
_LIBRARIES = "LD_LIBRARY_PATH"


def command(*words: str) -> tuple[str, ...]:
    """Return what starts this program with these words, from any folder."""
    if own := packed():
        return (own, *words)
    started = Path(sys.argv[0])
    if started.is_file() and zipfile.is_zipfile(started):  # zipapp, shiv, pex, what pip makes on Windows
        return (sys.executable, str(started.absolute()), *words)
    return (sys.executable, "-P", "-m", "privacyaudit", *words)  # -P: no module of the folder one happens to be in


def command_as_set(*words: str) -> tuple[str, ...]:
    """Return the command with the settings that this start has, for a scheduler, which would not know them.

    On Windows such a setting is the account's, and every start has it.
    """
    set_here = [f"{name}={os.environ[name]}" for name in SETTINGS if os.environ.get(name)]
    env = shutil.which("env")
    return (env, *set_here, *command(*words)) if set_here and env else command(*words)


def same_words() -> tuple[str, ...]:
    """Return what starts this program as it was started, with everything Python was told; not for a packed one."""
    return (sys.executable, *sys.orig_argv[1:])


def packed() -> str | None:
    """Return where this program is when it is one file with its own Python in it, else None.

    PyInstaller, cx_Freeze and py2exe set `sys.frozen`. Nuitka marks each module, and its `sys.executable` may name no
    file. PyApp unpacks a whole Python and runs the package, so it needs nothing here.
    """
    if getattr(sys, "frozen", False):
        return sys.executable
    if "__compiled__" in globals():
        return str(Path(shutil.which(sys.argv[0]) or sys.argv[0]).absolute())
    return None


def leave_libraries_to_others() -> None:
    """Give the programs that are started from a packed one their own libraries back, which PyInstaller replaced."""
    if packed() and _LIBRARIES in os.environ:
        before = os.environ.pop(f"{_LIBRARIES}_ORIG", "")
        del os.environ[_LIBRARIES]
        if before:
            os.environ[_LIBRARIES] = before
