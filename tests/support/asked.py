"""A screen and its questions as a prompter is handed them, from the walkthrough of five questions."""

from __future__ import annotations

from privacyaudit.model import Checklist
from privacyaudit.plan import Item
from privacyaudit.readers.questions import Change, Move, Question, Visit
from privacyaudit.walk import stops
from tests.support.drive_walkthrough import PHOTOBOOK

MOVES = (Move.LOOKS_DIFFERENT, Move.DONT_KNOW, Move.SKIP, Move.BACK, Move.QUIT)


def visit(checklist: Checklist = PHOTOBOOK, minutes: int = 4, **changes: object) -> Visit:
    """Return the one screen of a checklist, as the second of five."""
    [stop] = stops([Item(checklist, check) for check in checklist.checks], "teacher")
    return Visit(stop, 2, 5, minutes, **changes)  # type: ignore[arg-type]


def question(checklist: Checklist = PHOTOBOOK, place: int = 0, **changes: object) -> Question:
    """Return a question of that screen, with every move but *all of these are right*."""
    known = {"visit": visit(checklist), "check": checklist.checks[place], "moves": MOVES}
    return Question(**(known | changes))  # type: ignore[arg-type]


def change(number: int = 1, total: int = 2) -> Change:
    """Return something that is to change on that screen."""
    check = PHOTOBOOK.checks[0]
    return Change(visit(), check, check.options[2], check.options[1], number, total)
