"""Findings where a person stands: by service, and within it by screen, in the order of the walk. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from privacyaudit import effort, walk
from privacyaudit.i18n import _
from privacyaudit.model import Screen
from privacyaudit.plan import Item
from privacyaudit.report.cards import Address, Card, address, minutes, ways


@dataclass(frozen=True, slots=True)
class ScreenPart:
    """One screen of a service and the cards of what is set there; one that is gone has no address and no paths."""

    name: str
    cards: tuple[Card, ...]
    screen: Screen | None = None
    web: Address | None = None
    paths: tuple[tuple[str, str], ...] = ()

    @property
    def seconds(self) -> float:
        """Return how long a person needs for it, with its opening."""
        return (effort.opening(self.screen) if self.screen else 0) + sum(card.seconds for card in self.cards)


@dataclass(frozen=True, slots=True)
class ServicePart:
    """One service and its screens."""

    name: str
    screens: tuple[ScreenPart, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """Return the cards of every screen."""
        return tuple(card for screen in self.screens for card in screen.cards)

    @property
    def minutes(self) -> int:
        """Return how many whole minutes it takes, by the model of a person's time; 0 where that is not known."""
        seconds = sum(screen.seconds for screen in self.screens)
        return effort.minutes(seconds) if seconds else 0

    @property
    def time(self) -> str:
        """Return the minutes written out, or nothing where they are not known."""
        return minutes(self.minutes) if self.minutes else ""


class Places:
    """Puts cards where a person stands; `items` are the checks of the whole audit, which give the order."""

    def __init__(self, items: Sequence[Item], role: str, given: Mapping[str, str]) -> None:
        self._given = given
        self._screens = {(stop.checklist.platform.id, stop.screen.id): stop.screen for stop in walk.stops(items, role)}
        self._order = {place: number for number, place in enumerate(self._screens)}

    def parts(self, cards: Iterable[Card]) -> tuple[ServicePart, ...]:
        """Return the services of cards in the order of the walk; what is gone from the catalogue comes last."""
        ordered = sorted(cards, key=lambda card: self._order.get(card.place, len(self._order)))
        services: dict[str, dict[tuple[str, str], list[Card]]] = {}
        for card in ordered:
            services.setdefault(card.platform, {}).setdefault(card.place, []).append(card)
        return tuple(
            ServicePart(name, tuple(self._part(place, some) for place, some in screens.items()))
            for name, screens in services.items()
        )

    def _part(self, place: tuple[str, str], cards: Sequence[Card]) -> ScreenPart:
        screen = self._screens.get(place)
        if screen is None:
            return ScreenPart(_("No longer available"), tuple(cards))
        web = address(screen.web, self._given.get(place[0]))
        return ScreenPart(_(screen.title), tuple(cards), screen, web, ways(screen))


def together(parts: Iterable[ServicePart]) -> int:
    """Return how many minutes services take together: the sum of what is said of each."""
    return sum(part.minutes for part in parts)
