"""What somebody found in the searches for their own name: in which order to act, and what is new. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from privacyaudit.about_me.searches import Planned
from privacyaudit.i18n import N_, _
from privacyaudit.model import Found, Looked, Severity

ANSWERS: Mapping[Found, str] = {
    Found.NOTHING: N_("Nothing"),
    Found.FINE: N_("My own, and all right"),
    Found.CHANGE: N_("My own, and I want to change it"),
    Found.OTHERS: N_("Something about me, by somebody else"),
    Found.NOT_ME: N_("Another person with this name, not me"),
}
"""The five answers, in the order in which they are asked."""

KEEP_PROOF = N_(
    "Do not reply, and delete nothing yet. Keep proof: the address, the day and time, and a picture of the screen. If "
    "it is a sexual picture of somebody under 18, write down the address only: a copy is an offence, even as proof."
)
"""What is said at once where somebody else put something there."""

TO_ACT_ON = (Found.OTHERS, Found.CHANGE)
_SEVERITIES = list(Severity)


@dataclass(frozen=True)
class Answer:
    """What one search found: how many things of each kind."""

    planned: Planned
    found: Mapping[Found, int]


@dataclass(frozen=True)
class ToDo:
    """A search that found something to act on: which kind, how many, and how many more than the last time.

    `more` is None where the search was not done before.
    """

    planned: Planned
    found: Found
    count: int
    more: int | None


def looked(answers: Iterable[Answer], on: date) -> list[Looked]:
    """Return what may be kept of the searches: for each id the day and the counts, those of all its words together."""
    counts: dict[str, Counter[Found]] = {}
    for answer in answers:
        counts.setdefault(answer.planned.search.id, Counter()).update(answer.found)
    return [Looked(search=name, on=on, found=dict(found)) for name, found in counts.items()]


def to_do(answers: Sequence[Answer], before: Mapping[str, Looked]) -> list[ToDo]:
    """Return what to act on, the hardest harm first; of the same harm, what others put there comes first.

    What is new is told at the first search of an id that found something, for all its words together.
    """
    sums = {one.search: one for one in looked(answers, date.min)}
    rank = {(harm, kind): (_SEVERITIES.index(harm), TO_ACT_ON.index(kind)) for harm in Severity for kind in TO_ACT_ON}
    found: list[ToDo] = []
    told: set[tuple[str, Found]] = set()
    for answer in answers:
        name = answer.planned.search.id
        for kind in TO_ACT_ON:
            if not (count := answer.found.get(kind, 0)):
                continue
            more = None
            if name in before and (name, kind) not in told:
                more = max(0, sums[name].found.get(kind, 0) - before[name].found.get(kind, 0))
            told.add((name, kind))
            found.append(ToDo(answer.planned, kind, count, more))
    return sorted(found, key=lambda one: rank[one.planned.search.harm, one.found])


def not_looked(planned: Iterable[Planned], answers: Iterable[Answer]) -> list[Planned]:
    """Return the searches that have no answer, in order."""
    done = {id(answer.planned) for answer in answers}
    return [one for one in planned if id(one) not in done]


def in_words(found: Mapping[Found, int]) -> str:
    """Say which of the five answers there were, with the counts of those to act on."""
    named = [
        _("{answer} ({number})").format(answer=_(label), number=found[kind]) if kind in TO_ACT_ON else _(label)
        for kind, label in ANSWERS.items()
        if found.get(kind)
    ]
    return ", ".join(named)
