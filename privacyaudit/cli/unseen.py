"""What goes wrong where nobody sees a terminal: a notification says it, or else a page in the person's own browser."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from privacyaudit import extras
from privacyaudit.cli.opening import open_page
from privacyaudit.errors import AuditError, SaveError
from privacyaudit.i18n import _
from privacyaudit.reminders import notification
from privacyaudit.storage import files, folders
from privacyaudit.window import notes

FILE = "could-not-open.html"


def show(error: Exception) -> None:
    """Show what went wrong and what to do, as far as this computer can."""
    what, advice = _words(error)
    if extras.installed("notification") and notification.tell(what, advice):
        return
    with suppress(SaveError):
        files.write(_page(), notes.note(what, advice))
        open_page(_page().absolute().as_uri())


def over() -> None:
    """Remove the page of a trouble that is over, as far as that can be done."""
    with suppress(SaveError):
        if files.there(_page()):
            files.remove(_page())


def _page() -> Path:
    return folders.state() / FILE


def _words(error: Exception) -> tuple[str, str]:
    if isinstance(error, AuditError):
        return error.what, error.advice
    return (
        _("This is a fault in privacyaudit, not something you did wrong. Your answers are kept."),
        _("To see what to report, start it in a terminal: privacyaudit start"),
    )
