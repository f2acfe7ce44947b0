"""How an audit came out, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from privacyaudit import labels
from privacyaudit.catalogue import guidance
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.cli.commands import compare
from privacyaudit.cli.terminal import fail, heading, say
from privacyaudit.clock import today
from privacyaudit.errors import AuditError
from privacyaudit.i18n import _
from privacyaudit.model import AuditRecord, SignedOut
from privacyaudit.over_time import compare as comparing
from privacyaudit.report import changes
from privacyaudit.report.headline import Form
from privacyaudit.report.view import build

CHANGE_CODE = 10
UNKNOWN_CODE = 11


def show(
    record: AuditRecord,
    catalogue: Catalogue,
    paths: Sequence[Path],
    *,
    open_report: bool,
    before: AuditRecord | None = None,
) -> Form:
    """Print the headline, the three first things, what changed and where the report is.

    Opens the report in a browser if wanted. Returns the form of the headline.
    """

    view = build(record, catalogue, guidance.guides(), today())
    heading(view.headline.sentence)
    if view.first.cards:
        heading(_("Do these first"))
        for number, card in enumerate(view.first.cards, 1):
            say(f"{card.platform}: {card.title}", first=f"{number}. ", rest="   ")
    if before is not None:
        _show_changes(before, record, catalogue)
    for part in record.platforms:
        if part.signed_out is not SignedOut.NOT_USED:
            loaded = catalogue.loaded.get(part.platform)
            say()
            name = _(loaded.checklist.platform.name) if loaded else part.platform
            say(f"{name}: {labels.signed_out(part.signed_out)}")
    say()
    for path in paths:
        say(_("Written: {path}").format(path=path))
    page = next((path for path in paths if path.suffix == ".html"), None)
    if open_report and page:
        import webbrowser

        webbrowser.open(page.absolute().as_uri())
    return view.headline.form


def _show_changes(before: AuditRecord, record: AuditRecord, catalogue: Catalogue) -> None:

    compare.show(changes.short(changes.view(comparing.compare(before, record, catalogue), catalogue, today())))


def warn(error: AuditError) -> None:
    """Print trouble that does not stop the command."""
    fail(error.what, error.advice)


def strict_code(form: Form) -> int:
    """Return 10 when something is to change, 11 when something is unknown or nothing was settled, else 0."""
    return {Form.CHANGE: CHANGE_CODE, Form.UNSURE: UNKNOWN_CODE, Form.FINE: 0}[form]
