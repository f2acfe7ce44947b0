"""How many findings of each kind a platform, area or audit has: for a bar, and for the table beside it. Pure.

A kind is a verdict, or `NOT_REACHED` for what a stopped audit did not come to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from privacyaudit import i18n, labels
from privacyaudit.i18n import _
from privacyaudit.model import Area, Count, Verdict
from privacyaudit.report.cards import Card

MOST_AUDITS = 8
NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class Sign:
    """How a kind is shown: its name in the style sheet, its word and its shape."""

    name: str
    word: str
    shape: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One kind in a row of counts; `start` and `width` are percent of the longest bar."""

    sign: Sign
    count: int
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """The counts of one platform, area or audit: for the bar, for the table, and as a sentence."""

    name: str
    segments: tuple[Segment, ...]
    total: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Table:
    """The counts of every platform, of every area, or of the last audits."""

    caption: str
    first_column: str
    rows: tuple[TableRow, ...]


def signs() -> dict[str, Sign]:
    """Return how each verdict is shown, in the order of a report."""
    return {one.value: Sign(one.value, labels.verdict(one), labels.shape(one)) for one in Verdict}


def signs_of(cards: Iterable[Card]) -> dict[str, Sign]:
    """Return how each verdict is shown, and what was not reached if there is any, in the order of a report."""
    apart = {NOT_REACHED: not_reached()} if any(kind(card) == NOT_REACHED for card in cards) else {}
    return signs() | apart


def not_reached() -> Sign:
    """Return how that is shown which a stopped audit did not come to."""
    return Sign(NOT_REACHED, labels.not_reached(), labels.NOT_REACHED_SHAPE)


def kind(card: Card) -> str:
    """Return the verdict of a card, or that the audit did not reach it."""
    return NOT_REACHED if card.verdict is Verdict.UNKNOWN and not card.reached else card.verdict.value


def count(cards: Iterable[Card]) -> Counter[str]:
    """Count cards by kind."""
    return Counter(kind(card) for card in cards)


def by_area(cards: Iterable[Card]) -> dict[str, list[Card]]:
    """Sort cards into areas, in the order of a report; those of checks that are gone come last."""
    groups: dict[Area | None, list[Card]] = {area: [] for area in (*Area, None)}
    for card in cards:
        groups[card.area].append(card)
    return {labels.area(area) if area else _("No longer available"): group for area, group in groups.items() if group}


def tables(cards: Sequence[Card], sign_of: Mapping[str, Sign]) -> tuple[Table, ...]:
    """Return the counts by platform and by area; none when there are no cards."""
    if not cards:
        return ()
    by_platform: dict[str, list[Card]] = {}
    for card in cards:
        by_platform.setdefault(card.platform, []).append(card)
    return (
        Table(_("By platform"), _("Platform"), _rows(_counted(by_platform), sign_of)),
        Table(_("By area"), _("Area"), _rows(_counted(by_area(cards)), sign_of)),
    )


def by_audit(audits: Sequence[Count], sign_of: Mapping[str, Sign]) -> Table | None:
    """Return the counts of the last eight audits, given and shown with the newest last; None for fewer than two."""
    if len(audits) < 2:
        return None
    named = [
        (i18n.day(one.finished), {verdict.value: number for verdict, number in one.summary.items()})
        for one in audits[-MOST_AUDITS:]
    ]
    return Table(_("The result of each audit, by date"), _("Audit"), _rows(named, sign_of))


def _counted(groups: Mapping[str, Iterable[Card]]) -> list[tuple[str, Mapping[str, int]]]:
    return [(name, count(group)) for name, group in groups.items()]


def _rows(named: Iterable[tuple[str, Mapping[str, int]]], sign_of: Mapping[str, Sign]) -> tuple[TableRow, ...]:
    complete = [(name, {sign: counts.get(sign, 0) for sign in sign_of}) for name, counts in named]
    longest = max([1, *(sum(counts.values()) for _name, counts in complete)])
    return tuple(_row(name, counts, sign_of, longest) for name, counts in complete)


def _row(name: str, counts: Mapping[str, int], sign_of: Mapping[str, Sign], longest: int) -> TableRow:
    starts = accumulate(counts.values(), initial=0)
    figures = ", ".join(f"{number} {sign_of[sign].word}" for sign, number in counts.items() if number)
    return TableRow(
        name=name,
        segments=tuple(
            Segment(sign_of[sign], number, _percent(start, longest), _percent(number, longest))
            for (sign, number), start in zip(counts.items(), starts, strict=False)
        ),
        total=sum(counts.values()),
        sentence=_("{name}: {figures}").format(name=name, figures=figures),
    )


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole, 2):g}%"
