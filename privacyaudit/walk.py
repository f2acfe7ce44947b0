"""The way through an audit: from screen to screen, in one order for the terminal, the phone page and paper.

First comes what does most harm for each minute that it takes, without jumping about: a service is finished before the
next one begins, and what is no service (habits, texting) comes last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from privacyaudit import effort
from privacyaudit.i18n import _
from privacyaudit.model import Check, Checklist, Group, Option, Screen, Severity, Verdict
from privacyaudit.plan import Item

HARM = {Severity.HIGH: 9.0, Severity.MEDIUM: 3.0, Severity.LOW: 1.0}
"""How much a wrong setting weighs; one that is a matter of choice for a role weighs a third."""

_LAST = frozenset({Group.PRACTICE})


@dataclass(frozen=True)
class Stop:
    """One screen of a service, and what is asked there for a role, in the order in which it stands in the checklist."""

    checklist: Checklist
    screen: Screen
    items: tuple[Item, ...]
    role: str

    @property
    def name(self) -> tuple[str, str]:
        """Return what tells this screen from all others."""
        return self.checklist.platform.id, self.screen.id

    @cached_property
    def seconds(self) -> float:
        """Return how long it takes to open the screen and to answer all that is asked there."""
        return self.left(lambda _item: True)

    def left(self, wanted: Callable[[Item], bool]) -> float:
        """Return how long it takes to open the screen and to answer those that are wanted; 0 where none is."""
        checks = [item.check for item in self.items if wanted(item)]
        if not checks:
            return 0.0
        return effort.arriving(self.screen) + sum(answering(check, self.role) for check in checks)


def stops(items: Iterable[Item], role: str) -> tuple[Stop, ...]:
    """Return the screens on which some checks are answered, in the order of the way.

    A screen has its place whichever of its checks are asked or left: that goes by all checks of the service, or in a
    short round by all that are essential.
    """
    asked = list(items)
    short = all(item.check.essential for item in asked)
    services: dict[str, list[Item]] = {}
    for item in asked:
        services.setdefault(item.checklist.platform.id, []).append(item)
    ways = [(_whole(some[0].checklist, role, short=short), _screens(some, role)) for some in services.values()]
    ways.sort(key=lambda way: (_rank(way[0]), way[0][0].checklist.platform.id))
    return tuple(stop for whole, some in ways for stop in _in_order(some, whole))


def seconds(items: Iterable[Item], role: str) -> float:
    """Return how long it takes to answer checks, screen by screen."""
    return sum(stop.seconds for stop in stops(items, role))


def answering(check: Check, role: str) -> float:
    """Return how long it takes to see how a setting should be, to look how it is, and to say so."""
    should_be = aim(check, role)
    return effort.overlooking(check, _(should_be.label) if should_be else "") + effort.answering(check)


def harm(check: Check, role: str) -> float:
    """Return how much a wrong answer of a check weighs for a role."""
    wrong = any(option.verdict_for(role) is Verdict.FAIL for option in check.options)
    return HARM[check.severity] / (1 if wrong else 3)


def aim(check: Check, role: str) -> Option | None:
    """Return how a setting should be for a role: what the steps lead to, or else the first option that is fine."""
    fine = [option for option in check.options if option.verdict_for(role) is Verdict.PASS]
    if len(fine) < 2:
        return next(iter(fine), None)
    steps = " ".join(check.fix)
    named = [(place, option.id) for option in fine if (place := steps.find(f"“{option.label}”")) >= 0]
    return check.option(min(named)[1]) if named else fine[0]


def _screens(items: Iterable[Item], role: str) -> list[Stop]:
    screens: dict[str, list[Item]] = {}
    for item in items:
        screens.setdefault(item.check.screen, []).append(item)
    return [
        Stop(some[0].checklist, some[0].checklist.screen(some[0].check), tuple(some), role) for some in screens.values()
    ]


def _whole(checklist: Checklist, role: str, *, short: bool) -> list[Stop]:
    checks = [check for check in checklist.checks if check.essential or not short]
    return sorted(_screens([Item(checklist, check) for check in checks], role), key=lambda stop: _rank([stop]))


def _in_order(some: Iterable[Stop], whole: Iterable[Stop]) -> list[Stop]:
    places = [stop.name for stop in whole]
    return sorted(some, key=lambda stop: places.index(stop.name))


def _rank(way: Sequence[Stop]) -> tuple[bool, float]:
    harms = sum(harm(item.check, stop.role) for stop in way for item in stop.items)
    return way[0].checklist.platform.group in _LAST, round(-harms / sum(stop.seconds for stop in way), 9)
