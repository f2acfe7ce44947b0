"""What people take along who take turns at one computer, and what is said when nobody else comes."""

from __future__ import annotations

from pathlib import Path

from privacyaudit.clock import day
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _, ngettext
from privacyaudit.report import writing
from privacyaudit.report.formats import html
from privacyaudit.report.view import View
from privacyaudit.storage import files

MOST_IN_SHORT = 12


def to_folder(view: View, folder: Path) -> list[str]:
    """Write a person's report in a folder, and return what to tell them; nothing notes that it was written.

    Raises UsageError where there is no such folder, and SaveError.
    """
    if not folder.is_dir():
        raise UsageError(_("There is no folder {path}.").format(path=folder), _("Put the stick in and try again."))
    [path] = writing.free_names(f"privacy-audit-{day(view.record.finished)}", folder, ["html"])
    files.write(path, html.page(view), noted=False)
    return [
        _("Written: {path}").format(path=path),
        _("This file is yours. The program does not keep track of it, so it cannot remove it later."),
    ]


def in_short(view: View) -> list[str]:
    """Return what a person needs on their phone, a line each: the headline, and what to change first."""
    cards = [card for shelf in view.shelves if shelf.to_change for card in shelf.cards]
    cards.sort(key=lambda card: card.rank)
    return [
        view.headline.sentence,
        *(f"{card.platform}: {card.title}. {' '.join(card.steps)}" for card in cards[:MOST_IN_SHORT]),
    ]


def took_part(people: int) -> str:
    """Return how many people took part, and that nothing of them is kept."""
    return ngettext(
        "{number} person took part. The program kept nothing about anybody.",
        "{number} people took part. The program kept nothing about anybody.",
        people,
    ).format(number=people)
