"""Why a browser that is there did not start, in words: each cause has its own sentence and its own advice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from privacyaudit.browser import find, policies
from privacyaudit.errors import BrowserStartError
from privacyaudit.i18n import _

OLDEST = 110
"""The first main version of Chromium with which this program can work."""

_NO_SCREEN = re.compile(
    r"Missing X server|headed browser without having a XServer|Failed to connect to Wayland|"
    r"cannot open display",
    re.I,
)
_LIBRARY = re.compile(
    r"error while loading shared libraries: ([^\s:]+)|Library not loaded: (\S+)|"
    r"missing dependencies|VCRUNTIME\w*\.dll"
)
_FOLDER = re.compile(
    r"(?:ENOENT|EACCES|EROFS|ENOSPC|EPERM)[^\n]*(?:mkdtemp|mkdir)|No space left on device|"
    r"Failed to create (?:a ProcessSingleton|data directory|socket directory)|"
    r"[Cc]annot create (?:default profile|directory)|Read-only file system"
)
_NO_PROGRAM = re.compile(r"Failed to launch: [^\n]*spawn [^\n]*(?:ENOENT|EACCES|ENOEXEC|UNKNOWN|EPERM)")
_FORCED = re.compile(r"<process did exit: exitCode=[^,]*, signal=(SIG\w+)>")
_WAS_GONE = "kill ESRCH"
_VERSION = re.compile(r"\b(\d+)\.\d+\.\d+")


def why(program: find.Browser, said: str, *, headless: bool) -> BrowserStartError:
    """Return what to say of a browser that did not start; `said` is what the part that drives it reported."""
    laid_down = policies.of(program.path)
    if names := policies.forbidding(laid_down, headless=headless):
        return forbidden(program, names)
    for tells in (_screen, _library, _folder, _no_program, _ended):
        if trouble := tells(program, said):
            return trouble
    if (version := _version(program.path)) and version < OLDEST:
        return BrowserStartError(
            _(
                "The browser {path} is too old: it is version {version}, and the program needs {oldest} or newer."
            ).format(path=program.path, version=version, oldest=OLDEST),
            _("Update the browser. Until then, answer by hand: you can answer every check that way."),
        )
    if names := policies.doubtful(laid_down):
        return BrowserStartError(
            _("The browser {path} did not start. An administrator has set rules for it ({names}).").format(
                path=program.path, names=", ".join(names)
            ),
            _("Those rules may be the cause. Answer by hand: you can answer every check that way."),
        )
    return BrowserStartError(_("The browser {path} did not start.").format(path=program.path), find.advice())


def forbidden(program: find.Browser, names: list[str]) -> BrowserStartError:
    """Return what to say of a browser that an administrator does not let a program use."""
    if names == ["HeadlessMode"]:
        return BrowserStartError(
            _("This computer's administrator does not let the browser {path} run without a window ({names}).").format(
                path=program.path, names=names[0]
            ),
            _(
                "The browser may work in a window: type privacyaudit audit --browser. Or answer by hand: you "
                "can answer every check that way."
            ),
        )
    return BrowserStartError(
        _("This computer's administrator does not let programs control the browser {path} ({names}).").format(
            path=program.path, names=", ".join(names)
        ),
        _cannot_be_helped(),
    )


def led_elsewhere(program: find.Browser, names: list[str]) -> BrowserStartError:
    """Return what to say of a browser whose way out an administrator has laid down, so that no gate can hold it."""
    return BrowserStartError(
        _(
            "This computer's administrator has set how the browser {path} connects to the internet ({names}). The "
            "program cannot check what that browser sends, so it did not start it."
        ).format(path=program.path, names=", ".join(names)),
        _cannot_be_helped(),
    )


def _cannot_be_helped() -> str:
    return _("You cannot change this yourself. Answer by hand: you can answer every check that way.")


def no_folder(folder: Path | str) -> BrowserStartError:
    """Return what to say where a browser has no folder to work in."""
    return BrowserStartError(
        _(
            "The browser cannot run, because the program cannot write to the folder for temporary files, {folder}."
        ).format(folder=folder),
        _(
            "Free some space on its disk, or set TMPDIR (on Windows TEMP) to another folder. You can still "
            "answer by hand."
        ),
    )


def _screen(_program: find.Browser, said: str) -> BrowserStartError | None:
    return find.no_screen() if _NO_SCREEN.search(said) else None


def _library(program: find.Browser, said: str) -> BrowserStartError | None:
    found = _LIBRARY.search(said)
    if not found:
        return None
    return BrowserStartError(
        _("The browser {path} cannot find {library}, a part of the system that it needs.").format(
            path=program.path, library=(found[1] or found[2] or found[0]).rpartition("/")[2]
        ),
        _("Install the browser again with your system's installer, which adds the missing part. {advice}").format(
            advice=find.advice()
        ),
    )


def _folder(_program: find.Browser, said: str) -> BrowserStartError | None:
    return no_folder(os.environ.get("TMPDIR") or tempfile.gettempdir()) if _FOLDER.search(said) else None


def _no_program(program: find.Browser, said: str) -> BrowserStartError | None:
    if not _NO_PROGRAM.search(said):
        return None
    return BrowserStartError(
        _("{path} exists, but this computer cannot start it: it is damaged, or you are not allowed to run it.").format(
            path=program.path
        ),
        find.advice(),
    )


def _ended(program: find.Browser, said: str) -> BrowserStartError | None:
    found = _FORCED.search(said)
    if not found or (found[1] == "SIGKILL" and _WAS_GONE not in said):
        return None
    return BrowserStartError(
        _("The browser {path} was stopped while it was starting ({signal}).").format(
            path=program.path, signal=found[1]
        ),
        _(
            "The browser crashed, or something on this computer stopped it. The computer may have too little "
            "memory, or "
            "its security software may have stopped it. Close other programs and try again, or answer by hand."
        ),
    )


def _version(program: Path) -> int:
    """Return the main version of a browser, 0 where it does not tell."""
    said = ""
    if sys.platform == "win32":  # asked there, it would open a window
        said = " ".join(path.name for path in program.parent.glob("*.*.*"))
    else:
        with suppress(OSError, subprocess.SubprocessError, UnicodeDecodeError):
            said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=5, check=False).stdout
    found = _VERSION.search(said)
    return int(found[1]) if found else 0
