"""How much may be told about a count, so that nobody can be worked out. Pure, and the heart of a clinic.

A *count* is how many of the people taking part have something to change (or changed it). What is told about it is a
*span*: the count lies somewhere from `low` to `high`. Four rules make the spans:

1. Under ten people nothing is told.
2. A count under five is told as "fewer than five", nought included. The same goes for the rest: when fewer than five
   people do *not* have it to change, what is told is "at least so many".
3. The board tells a count when the tenth, fifteenth, twentieth … person shares, and rounds it down to a multiple of
   five. Between those moments it stays as it is.
4. Whoever saw the board and then reads the report could subtract. The report tells the exact count, unless that
   would settle how many of the few who came since (or between two moments of the board) have it: then it tells two
   counts or more that it may be.

Which spans there are depends on what was told before and never on the hidden count itself. So the choice of a span
tells nothing beyond the span.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

SMALL = 5
CROWD = 10
STEP = 5


class Span(NamedTuple):
    """A count lies somewhere from `low` to `high`, both included."""

    low: int
    high: int

    @property
    def exact(self) -> bool:
        """Tell whether the span holds one count only."""
        return self.low == self.high


class Told(NamedTuple):
    """What the board told about a count when `people` had shared."""

    people: int
    span: Span


History = tuple[Told, ...]


def moment(people: int) -> bool:
    """Tell whether the board changes when this many have shared."""
    return people >= CROWD and people % STEP == 0


def for_board(count: int, people: int, room: int | None = None) -> Span:
    """Return what the board tells at one of its moments: the count rounded down, never within five of all.

    `room` is another figure that the count cannot pass and must not be compared with, such as the number who had
    something to change for the number who changed it.
    """
    top = max(0, min(people, people if room is None else room) - SMALL) // STEP * STEP
    low = min(count // STEP * STEP, top)
    return Span(low, people if low == top else low + STEP - 1)


def for_report(count: int, people: int, before: History, room: int | None = None) -> Span:
    """Return what the report tells at the end about a count, after what the board told `before`."""
    if people < CROWD:
        return Span(0, people)
    return next(span for span in choices(people, before, room) if span.low <= count <= span.high)


@lru_cache(maxsize=4096)
def choices(people: int, before: History, room: int | None = None) -> tuple[Span, ...]:
    """Return the spans that a report may tell, in order and without gaps: one for each count that is possible.

    They begin as one span for each count, with those near nought and near all together; then any span that would
    settle a small group is joined with its neighbour, until none does.
    """
    most = min(people, people if room is None else room)
    if most < 2 * SMALL:
        return (Span(0, people),)
    spans = [Span(0, SMALL - 1), *(Span(n, n) for n in range(SMALL, most - SMALL + 1)), Span(most - SMALL + 1, people)]
    low, high = _possible(people, before)
    spans = [Span(max(span.low, low), min(span.high, high)) for span in spans if span.low <= high and span.high >= low]
    while len(spans) > 1:
        at = next((n for n, span in enumerate(spans) if settles(people, before, span)), None)
        if at is None:
            break
        first = at if at + 1 < len(spans) else at - 1
        spans[first : first + 2] = [Span(spans[first].low, spans[first + 1].high)]
    return tuple(spans)


def settles(people: int, before: History, span: Span) -> bool:
    """Tell whether a span, with all that was told before, settles a number under five that nobody may know.

    The numbers are: of the people who shared between any two moments (or before the first), how many have something
    to change, and how many do not.
    """
    sizes = [0, *(told.people for told in before), people]
    furthest = _with(_bounds(before), people - sizes[-2], span)
    for i, earlier in enumerate(sizes):
        for j in range(i + 1, len(sizes)):
            least, most = -furthest[j][i], furthest[i][j]
            group = sizes[j] - earlier
            if group and least == most and (most < SMALL or group - most < SMALL):
                return True
    return False


def _possible(people: int, before: History) -> tuple[int, int]:
    """Return the least and the highest count that fits with what was told."""
    furthest = _with(_bounds(before), people - (before[-1].people if before else 0), Span(0, people))
    return -furthest[-1][0], furthest[0][-1]


Bounds = tuple[tuple[int, ...], ...]


@lru_cache(maxsize=4096)
def _bounds(before: History) -> Bounds:
    """Return how far the count can have risen from each moment to each other one; moment 0 is the start, with none."""
    if not before:
        return ((0,),)
    *earlier, last = before
    return _with(_bounds(tuple(earlier)), last.people - (earlier[-1].people if earlier else 0), last.span)


def _with(bounds: Sequence[Sequence[int]], newcomers: int, span: Span) -> Bounds:
    """Add a moment: the count rose by 0 to `newcomers` since the last one, and lies in the span.

    Every bound is the tightest that follows (shortest paths, with one more node).
    """
    to_new = [min(row[-1] + newcomers, row[0] + span.high) for row in bounds]
    from_new = [min(last, start - span.low) for last, start in zip(bounds[-1], bounds[0], strict=True)]
    inner = [[min(bound, to_new[i] + from_new[j]) for j, bound in enumerate(row)] for i, row in enumerate(bounds)]
    return (*((*row, to_new[i]) for i, row in enumerate(inner)), (*from_new, 0))
