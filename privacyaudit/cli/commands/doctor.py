"""The `doctor` command: what works on this computer."""

from __future__ import annotations

import typer

from privacyaudit import journal
from privacyaudit.browser import find
from privacyaudit.catalogue import loading
from privacyaudit.cli.terminal import heading, say
from privacyaudit.credentials import keyring
from privacyaudit.errors import AuditError
from privacyaudit.i18n import _
from privacyaudit.model.extras import EXTRAS, extra_installed
from privacyaudit.over_time import history
from privacyaudit.storage import folders

HELP = _("Tell what works on this computer: browser, keyring, optional parts, folders.")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def doctor() -> None:
    """Print one line per part, each with what to do when it does not work."""

    def line(works: bool, text: str, advice: str = "") -> None:
        say(f"{'✓' if works else '▲'} {text}", rest="  ")
        if advice:
            say(advice, first="  ", rest="  ")

    heading(_("Browser"))
    try:
        program = find.find(headless=False)
        line(True, str(program.path))
        if not program.window:
            line(False, _("It cannot show a window, so you cannot sign in by hand."), find.advice())
        find.need_screen()
    except AuditError as error:
        line(False, error.what, error.advice)
    heading(_("Keyring"))
    try:
        ring = keyring.choose_backend()
        line(True, f"{type(ring).__module__}.{type(ring).__name__}")
    except AuditError as error:
        line(False, error.what, error.advice)
    heading(_("Optional parts"))
    for extra in EXTRAS:
        works = extra_installed(extra)
        advice = _('Install it with: pip install "privacyaudit[{extra}]"').format(extra=extra)
        line(works, extra, "" if works else advice)
    heading(_("Folders"))
    say(_("Unfinished audits: {path}").format(path=folders.state()))
    say(_("Reports: {path}").format(path=folders.reports()))
    say(_("Your own checklists: {path}").format(path=folders.own_checklists()))
    say(_("History: {path}").format(path=history.path()))
    heading(_("Checklists"))
    catalogue = loading.catalogue()
    line(True, _("{number} can be used").format(number=len(catalogue.loaded)))
    for trouble in catalogue.troubles:
        line(False, trouble.what, trouble.advice)
    if journal.unfinished():
        line(False, _("An audit is unfinished."), _("Go on with: privacyaudit audit --resume"))
