"""Every trouble this program foresees.

    AuditError                known trouble, exit 1
    ├── UsageError            the command line asks for something that is not there, exit 2
    ├── ChecklistError        a checklist, guidance, role or answers file cannot be used, exit 2
    ├── RecordError           a saved record or resume file cannot be read
    ├── SaveError             a file could not be written
    ├── KeyringError          the system keyring is missing, locked or not safe enough
    ├── MissingExtra          an optional part is not installed
    ├── BrowserError          no usable browser, or it stopped
    │   ├── BrowserStartError it is not there or does not start, for any platform
    │   └── SignInError       the site did not let us in, or something else stands in the way
    └── Stopped               the person stopped, exit 130

Each says what happened and what to do next; the command line prints both and never a traceback.
"""

from __future__ import annotations

import re

_TYPED = re.compile(r"--\w|\bprivacyaudit [a-z]|\b(?:sudo|pip|pipx|uv|apt|brew|python3?) [-a-z]|\b[A-Z]+_[A-Z]+\b")
"""What is typed in a terminal: an option, a command, a variable."""


class AuditError(Exception):
    """Known trouble: `what` happened (and where), and the `advice` on what to do next."""

    exit_code = 1

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice


class UsageError(AuditError):
    """The command line asks for something that is not there."""

    exit_code = 2


class ChecklistError(AuditError):
    """A checklist, guidance, role or answers file cannot be used."""

    exit_code = 2


class RecordError(AuditError):
    """A saved record or resume file cannot be read."""


class SaveError(AuditError):
    """A file could not be written."""


class KeyringError(AuditError):
    """The system keyring is missing, locked or not safe enough."""


class MissingExtra(AuditError):  # noqa: N818
    """An optional part of the program is not installed."""


class BrowserError(AuditError):
    """No usable browser, or it stopped working."""


class BrowserStartError(BrowserError):
    """There is no browser, or it does not start: no platform can be read."""


class SignInError(BrowserError):
    """The site did not let us in, or something unexpected stands in the way."""


class Stopped(AuditError):  # noqa: N818
    """The person stopped; what was answered is kept."""

    exit_code = 130


def advice_on_a_page(error: AuditError) -> str:
    """Return what to do about a trouble where no command is typed: advice that names one is left out."""
    return "" if _TYPED.search(error.advice) else error.advice


def on_a_page(error: AuditError) -> str:
    """Return what went wrong and what to do, in one line, where no command is typed."""
    return f"{error.what} {advice_on_a_page(error)}".strip()
