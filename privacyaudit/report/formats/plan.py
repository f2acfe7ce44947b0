"""What is to change on one sheet of paper, for the fridge, and as text, for a message to yourself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from privacyaudit.i18n import _, ngettext
from privacyaudit.report.cards import Card
from privacyaudit.report.counts import NOT_REACHED
from privacyaudit.report.drawing import draw
from privacyaudit.report.places import ScreenPart, ServicePart
from privacyaudit.report.view import View

LINES = 118
"""How many lines a sheet has room for, in its two columns."""
WIDE = 44
"""How many letters a line has room for."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What fits on one sheet: services, whether their steps are there too, and how many things did not fit.

    It is `large` where there is room for large letters.
    """

    parts: tuple[ServicePart, ...]
    steps: bool = False
    large: bool = False
    rest: int = 0


def page(view: View) -> str:
    """Draw what is to change as one sheet of A4 with boxes to tick: with its steps, if there is room for them."""
    foot = _("Privacy audit, {day}. Not evidence of anything.").format(day=view.finished)
    return draw("plan.html.j2", view.signs, foot, style="plan.css", view=view, sheet=sheet(_parts(view)))


def text(view: View) -> str:
    """Write what is to change, with its steps and where it is, and what could not be told, as plain text."""
    return "\n".join([*_head(view), *_to_change(view), *_to_look(view)]) + "\n"


def sheet(parts: Sequence[ServicePart]) -> Sheet:
    """Return what fits on one sheet: everything with steps, or everything without, or the first things."""
    for steps in (True, False):
        needed = sum(_lines(part, steps=steps) for part in parts)
        if needed <= LINES:
            return Sheet(tuple(parts), steps, large=needed <= LINES / 2)
    kept: list[ServicePart] = []
    room = LINES
    for part in parts:
        short = _shortened(part, room)
        if not short.screens:
            break
        kept.append(short)
        room -= _lines(short, steps=False)
    every, shown = (sum(len(part.cards) for part in some) for some in (parts, kept))
    return Sheet(tuple(kept), rest=every - shown)


def _shortened(part: ServicePart, room: int) -> ServicePart:
    screens: list[ScreenPart] = []
    for screen in part.screens:
        for number in range(len(screen.cards), 0, -1):
            more = replace(screen, cards=screen.cards[:number])
            if _lines(ServicePart(part.name, (*screens, more)), steps=False) <= room:
                screens.append(more)
                break
        else:
            break
        if len(screens[-1].cards) < len(screen.cards):
            break
    return ServicePart(part.name, tuple(screens))


def _lines(part: ServicePart, *, steps: bool) -> int:
    return 2 + sum(1 + sum(_line(card, steps=steps) for card in screen.cards) for screen in part.screens)


def _line(card: Card, *, steps: bool) -> int:
    texts = [card.title, *([" ".join(card.steps)] if steps else []), *(card.notes if card.planned else ())]
    return sum(-(-len(text) // WIDE) for text in texts)


def _parts(view: View) -> tuple[ServicePart, ...]:
    return next((shelf.parts for shelf in view.shelves if shelf.to_change), ())


def _head(view: View) -> Iterator[str]:
    yield _("Privacy audit, {day}").format(day=view.finished)
    yield from filter(None, (view.headline.sentence, view.lead))


def _to_change(view: View) -> Iterator[str]:
    for part in _parts(view):
        number = len(part.cards)
        counted = ngettext("{number} to change", "{number} to change", number).format(number=number)
        yield from ("", "", f"{part.name}: {', '.join(filter(None, (counted, part.time)))}")
        for screen in part.screens:
            yield from ("", *_way(screen))
            yield from (line for card in screen.cards for line in _thing(card))


def _way(screen: ScreenPart) -> Iterator[str]:
    yield screen.name
    if screen.web:
        yield f"{screen.web.url} ({screen.web.note})" if screen.web.note else screen.web.url
    else:
        yield from (f"{device}: {path}" for device, path in screen.paths)


def _thing(card: Card) -> Iterator[str]:
    yield f"[ ] {card.title}"
    if card.caution:
        yield f"    {_('Before you start:')} {card.caution}"
    yield from (f"    {line}" for line in (*card.steps, *card.notes))


def _to_look(view: View) -> Iterator[str]:
    shelf = next((shelf for shelf in view.shelves if shelf.by_screen and not shelf.to_change), None)
    if shelf is not None:
        yield from ("", "", _("Could not tell: check these again"))
        for part in shelf.parts:
            yield from (f"[ ] {part.name}: {screen.name} ({len(screen.cards)})" for screen in part.screens)
    for rest in (shelf for shelf in view.shelves if shelf.sign.name == NOT_REACHED):
        yield from ("", "", f"{rest.sign.word} ({rest.count})", rest.intro)
