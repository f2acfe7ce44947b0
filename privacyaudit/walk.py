"""The way through an audit: from screen to screen, in one order for the terminal, the phone page and paper.

First comes what does most harm for each minute that it takes, without jumping about: a service is finished before the
next one begins, and what is no service (habits, texting) comes last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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

    @property
    def seconds(self) -> float:
        """Return how long it takes to open the screen and to answer all that is asked there."""
        return self.left(lambda _item: True)

    def left(self, wanted: Callable[[Item], bool]) -> float:
        """Return how long it takes to open the screen and to answer those that are wanted; 0 where none is."""
        checks = [item.check for item in self.items if wanted(item)]
        if not checks:
            return 0.0
        lines = sum(effort.overlooking(check, _label(aim(check, self.role))) for check in checks)
        return effort.arriving(self.screen) + lines + sum(effort.answering(check) for check in checks)


def stops(items: Iterable[Item], role: str) -> tuple[Stop, ...]:
    """Return the screens on which some checks are answered, in the order of the way."""
    services: dict[str, dict[str, list[Item]]] = {}
    for item in items:
        screens = services.setdefault(item.checklist.platform.id, {})
        screens.setdefault(item.check.screen, []).append(item)
    ways = [_within(screens, role) for screens in services.values()]
    return tuple(stop for way in sorted(ways, key=lambda way: _rank(way, role)) for stop in way)


def seconds(items: Iterable[Item], role: str) -> float:
    """Return how long it takes to answer checks, screen by screen."""
    return sum(stop.seconds for stop in stops(items, role))


def harm(check: Check, role: str) -> float:
    """Return how much a wrong answer of a check weighs for a role."""
    wrong = any(option.verdict_for(role) is Verdict.FAIL for option in check.options)
    return HARM[check.severity] / (1 if wrong else 3)


def aim(check: Check, role: str) -> Option | None:
    """Return how a setting should be for a role: what the steps lead to, or else the first option that is fine."""
    fine = [option for option in check.options if option.verdict_for(role) is Verdict.PASS]
    steps = " ".join(check.fix)
    named = [(place, option.id) for option in fine if (place := steps.find(f"“{option.label}”")) >= 0]
    return check.option(min(named)[1]) if named else next(iter(fine), None)


def _label(option: Option | None) -> str:
    return _(option.label) if option else ""


def _within(screens: dict[str, list[Item]], role: str) -> list[Stop]:
    made = [
        Stop(some[0].checklist, some[0].checklist.screen(some[0].check), tuple(some), role) for some in screens.values()
    ]
    return sorted(made, key=lambda stop: _rank([stop], role))


def _rank(way: Sequence[Stop], role: str) -> tuple[bool, float]:
    harms = sum(harm(item.check, role) for stop in way for item in stop.items)
    return way[0].checklist.platform.group in _LAST, -harms / sum(stop.seconds for stop in way)
