"""A step that somebody took to get something down, and what may be kept of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from privacyaudit.model.base import CheckId, Data, Id
from privacyaudit.model.route import Author, Harm, Risk


class Outcome(StrEnum):
    """What came of a step, in the order in which a person is asked."""

    GONE = "gone"
    REFUSED = "refused"
    NOTHING = "nothing"
    WAITING = "waiting"


class Taken(Data):
    """What is kept of a step: ids and days, no names, no addresses and nothing that was typed.

    `step` is the id of a route, or `letter.` and the id of a letter. `due` is the day to look again. `harm` and `place`
    are None for a letter that was written without a plan.
    """

    step: CheckId
    did: date
    due: date
    outcome: Outcome | None = None
    harm: Harm | None = None
    place: Id | None = None
    author: Author = Author.UNKNOWN
    work: bool = False
    risk: Risk = Risk.NONE
