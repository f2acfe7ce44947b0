"""How an audit came out, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from privacyaudit import labels
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.cli.opening import show_page
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import heading, say
from privacyaudit.i18n import _
from privacyaudit.model import SignedOut
from privacyaudit.over_time import history
from privacyaudit.report import changes
from privacyaudit.report.headline import HeadlineForm
from privacyaudit.report.view import View
from privacyaudit.session import Done

CHANGE_CODE = 10
UNKNOWN_CODE = 11


def show(view: View, catalogue: Catalogue, paths: Sequence[Path] = (), *, open_report: bool = False) -> None:
    """Print the headline, the three first things, what changed and where the report is; open it if wanted."""
    heading(view.headline.sentence)
    if view.first.cards:
        heading(labels.not_reached() if view.first.not_reached else _("Do these first"))
        for number, card in enumerate(view.first.cards, 1):
            say(f"{card.platform}: {card.title}", first=f"{number}. ", rest="   ")
    if view.changes:
        show_lines(changes.short(view.changes.shown))
    for part in view.record.platforms:
        if part.signed_out is not SignedOut.NOT_USED:
            loaded = catalogue.loaded.get(part.platform)
            say()
            name = _(loaded.checklist.platform.name) if loaded else part.platform
            say(f"{name}: {labels.signed_out(part.signed_out)}")
    say()
    show_paths(paths, open_page=open_report)


def show_lines(lines: Iterable[changes.Paragraph]) -> None:
    """Print the lines of a comparison."""
    for line in lines:
        if line.style == "heading":
            heading(line.text)
        else:
            say(line.text, line.style, first=line.first, rest=line.rest)


def show_paths(paths: Sequence[Path], *, open_page: bool) -> None:
    """Say which files were written, and open the page among them if wanted."""
    for path in paths:
        say(_("Written: {path}").format(path=path))
    page = next((path for path in paths if path.suffix == ".html"), None)
    if open_page and page:
        show_page(page.absolute().as_uri())


def show_kept(done: Done) -> None:
    """Say that the history has the audit, and where the notes are that are not in it, if there are any."""
    if done.aside:
        say(_("Answers that no longer count are kept in {path}.").format(path=done.aside))
    if done.kept:
        say(_("Kept in your history: {path}").format(path=history.path()))


def tell_unkept(done: Done, person: Person, *, asked_for: bool) -> None:
    """Tell why the history does not have the audit; where that was asked for, it ends the command."""
    if done.unkept and asked_for:
        raise done.unkept
    if done.unkept:
        person.trouble(done.unkept)


def strict_code(form: HeadlineForm) -> int:
    """Return 10 when something is to change, 11 when something is unknown or nothing was settled, else 0."""
    return {HeadlineForm.CHANGE: CHANGE_CODE, HeadlineForm.UNSURE: UNKNOWN_CODE, HeadlineForm.FINE: 0}[form]
