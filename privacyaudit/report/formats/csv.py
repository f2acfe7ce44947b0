"""An action plan for a spreadsheet: one row for each thing to change, with room for dates."""

from __future__ import annotations

import csv
from io import StringIO

from privacyaudit import labels
from privacyaudit.i18n import _
from privacyaudit.report.cards import Card
from privacyaudit.report.view import View

COLUMNS = (
    *("platform", "area", "check", "check_id", "severity", "answer"),
    *("steps", "link", "planned_for", "done_on"),
)
BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def plan(view: View) -> str:
    """Return the failing checks as CSV, in the order of the report.

    It begins with a byte order mark, so that spreadsheet programs read it as UTF-8. A cell that such a program would
    take for a formula gets an apostrophe in front.
    """
    text = StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for shelf in view.shelves:
        if shelf.to_change:
            writer.writerows(_row(card) for card in shelf.cards)
    return BYTE_ORDER_MARK + text.getvalue()


def _row(card: Card) -> list[str]:
    steps = " ".join(f"{number}. {step}" for number, step in enumerate(card.steps, 1))
    area = labels.area(card.area) if card.area else _("No longer available")
    cells = [card.platform, area, card.title, card.id, card.severity, card.answer, steps]
    planned = card.planned.isoformat() if card.planned else ""
    link = (f"{card.web.url} ({card.web.note})" if card.web.note else card.web.url) if card.web else ""
    return [_harmless(cell) for cell in (*cells, link, planned, "")]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell
