"""What the offline page and the sheets say: services, their screens and checks, in the order of the walk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from privacyaudit import effort, labels, walk
from privacyaudit.catalogue.loading import Catalogue, Loaded
from privacyaudit.i18n import _
from privacyaudit.judge import judge
from privacyaudit.model import Check, Checklist, Group, Option, Platform, Reason, Role, Where
from privacyaudit.model.screen import DEVICES
from privacyaudit.plan import Item, plan
from privacyaudit.report.cards import Address, Card, Cards, address, ways
from privacyaudit.walk import Stop

Part = Literal["everything", "essential", "quick"]
"""Which checks: all, the essential ones, or as many of those as a quick audit asks."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One possible answer, and what it means: a verdict, or `role:verdict` pairs with a space between them.

    `aim` are the roles for which it is how the setting should be; it is empty for all of them, and None for no role.
    """

    id: str
    label: str
    verdict: str
    aim: str | None


@dataclass(frozen=True, slots=True)
class Way:
    """How to get somewhere on one or more devices: their ids, their names, and the menus to go through."""

    devices: str
    names: str
    path: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One check: its card as a report draws it before anybody has answered, its answers, and what to know about it.

    `row` is the name of its line on the screen, or `ways` is what it is called on each device; `web` is an address of
    its own. `look` is how many words are read to answer it, `change` to change it, and `ask` before its question, to
    see how it should be, which may differ by role.
    `turn` says how soon a short round asks it, the platform after; 0 is never. `rank` orders by what
    matters most. `glance` is how many steps stand beside it in a plan.
    """

    check: Check
    card: Card
    answers: tuple[Answer, ...]
    notes: tuple[str, ...]
    row: str
    web: Address | None
    ways: tuple[Way, ...]
    ask: str
    look: int
    change: int
    turn: int
    rank: int
    glance: int


@dataclass(frozen=True, slots=True)
class Place:
    """One screen of a service, how to get there, and what is asked there.

    `open` is how many seconds it takes to open it, `arrive` how many words are read before the first line.
    """

    id: str
    name: str
    web: Address | None
    ways: tuple[Way, ...]
    arrive: int
    open: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """One platform and its screens in the order of the walk. `position` is that of the platform in a plan."""

    platform: Platform
    name: str
    limits: tuple[str, ...]
    position: int
    places: tuple[Place, ...]

    @property
    def shelf(self) -> str:
        """Return where the service stands in the list of services: common, habits, more, or rest."""
        if self.platform.sensitive:
            return "more"
        if self.platform.group is Group.PRACTICE:
            return "habits"
        return "common" if self.platform.common else "rest"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return what is asked, screen after screen."""
        return tuple(entry for place in self.places for entry in place.entries)

    @property
    def ways(self) -> tuple[Way, ...]:
        """Return the ways to all of its screens and lines."""
        every = (*(place.ways for place in self.places), *(entry.ways for entry in self.entries))
        return tuple(way for ways in every for way in ways)


@dataclass(frozen=True)
class Content:
    """The services of a page or of sheets, and the stops of the walk through all of them for its first role."""

    services: tuple[Service, ...]
    stops: tuple[Stop, ...]
    _ways: dict[tuple[str, bool], tuple[Stop, ...]] = field(default_factory=dict, repr=False, compare=False)

    def way(self, role: str, *, short: bool = False) -> tuple[Stop, ...]:
        """Return the stops of a role in its order; a short round goes its own."""
        if (role, short) not in self._ways:
            items = [item for stop in self.stops for item in stop.items if item.check.essential or not short]
            self._ways[role, short] = walk.stops(items, role)
        return self._ways[role, short]

    def order(self, role: str, *, short: bool = False) -> tuple[int, ...]:
        """Return the order of the screens for a role, as their places in the content; a short round goes its own."""
        places = {stop.name: number for number, stop in enumerate(self.stops)}
        return tuple(places[stop.name] for stop in self.way(role, short=short))


def content(
    catalogue: Catalogue,
    platforms: Sequence[str],
    role: str | None,
    *,
    part: Part = "everything",
    sites: Mapping[str, str],
    today: date,
) -> Content:
    """Return the services named, with their checks or a part of them, in the order of the walk.

    Without a name: every platform but those of the demo. Without a role, the order is that for everyone. Raises
    UsageError for a platform, role or site that does not fit.
    """
    chosen = [catalogue.checklist(name) for name in platforms] if platforms else every(catalogue)
    what = plan(chosen, catalogue.role(role).id, sites, quick=part == "quick")
    items = [item for item in what.items if item.check.essential or part == "everything"]
    bound = {part.checklist.platform.id: part.checklist for part in what.parts}
    roles = [catalogue.role(role)] if role else list(catalogue.roles)
    maker = _Maker(Cards(bound, (), what.role, today), roles, what.role, today, items)
    positions = {name: number for number, name in enumerate(bound)}
    way = walk.stops(items, what.role)
    services: dict[str, list[Stop]] = {}
    for stop in way:
        services.setdefault(stop.checklist.platform.id, []).append(stop)
    made = tuple(maker.service(bound[name], positions[name], some) for name, some in services.items())
    return Content(made, tuple(way))


def part_of(platforms: Sequence[str], *, quick: bool) -> Part:
    """Return what a page holds: without a name, a quick one has all essential checks, to choose from by services."""
    if not quick:
        return "everything"
    return "quick" if platforms else "essential"


def every(catalogue: Catalogue) -> list[Loaded]:
    """Return all checklists but those of the demo, in the order of a page that names none."""
    real = [one for one in catalogue.loaded.values() if one.checklist.platform.group is not Group.DEMO]
    order = list(Group)
    real.sort(key=lambda one: order.index(one.checklist.platform.group))
    real.sort(key=lambda one: (one.checklist.platform.sensitive, -one.checklist.weight))
    return real


class _Maker:
    def __init__(self, cards: Cards, roles: Sequence[Role], role: str, today: date, items: Sequence[Item]) -> None:
        self._roles = [one.id for one in roles]
        findings = {item.check.id: judge(item.check, (), role, today, Reason.SKIPPED) for item in items}
        self._notes = {name: tuple(map(labels.flag, finding.flags)) for name, finding in findings.items()}
        self._cards = {name: cards.card(finding) for name, finding in findings.items()}
        self._ranks = sorted({card.rank for card in self._cards.values()})

    def service(self, one: Checklist, position: int, stops: Sequence[Stop]) -> Service:
        platform = one.platform
        essential = [check.id for check in one.checks if check.essential]
        turns = {name: turn for turn, name in enumerate(essential, 1)}
        places = tuple(self._place(stop, turns) for stop in stops)
        return Service(platform, _(platform.name), tuple(_(line) for line in platform.limits), position, places)

    def _place(self, stop: Stop, turns: Mapping[str, int]) -> Place:
        screen = stop.screen
        return Place(
            id=screen.id,
            name=_(screen.title),
            web=address(screen.web),
            ways=_ways(screen),
            arrive=effort.words_read(effort.arriving(screen) - effort.opening(screen)),
            open=f"{effort.opening(screen):g}",
            entries=tuple(self._entry(item, turns) for item in stop.items),
        )

    def _entry(self, item: Item, turns: Mapping[str, int]) -> Entry:
        check, row = item.check, item.check.row
        card = self._cards[check.id]
        aims = {role: walk.aim(check, role) for role in self._roles}
        return Entry(
            check=check,
            card=card,
            answers=tuple(_answer(option, aims) for option in check.options),
            notes=self._notes[check.id],
            row=" › ".join(_(word) for word in row.name) if row else "",
            web=card.web if row and row.web else None,
            ways=_ways(Where().model_copy(update={one: getattr(row, one) for one in row.devices})) if row else (),
            ask=self._words_by_role(check),
            look=effort.words_read(effort.answering(check) - effort.at_a_line()),
            change=effort.words_read(effort.changing(check) - effort.at_a_change()),
            turn=turns.get(check.id, 0),
            rank=self._ranks.index(card.rank),
            glance=next(n for n in range(len(card.steps) + 1) if " ".join(card.steps[:n]) == card.glance),
        )

    def _words_by_role(self, check: Check) -> str:
        alone = effort.answering(check)
        every = {role: str(effort.words_read(walk.answering(check, role) - alone)) for role in self._roles}
        usual = max(every.values(), key=list(every.values()).count)
        apart = [f"{role}:{one}" for role, one in every.items() if one != usual]
        return " ".join([f"default:{usual}", *apart]) if apart else usual


def _answer(option: Option, aims: Mapping[str, Option | None]) -> Answer:
    """Return an option as the page shows it; `aims` are how the setting should be, by role."""
    roles = [role for role, aim in aims.items() if aim and aim.id == option.id]
    aim = ("" if roles == list(aims) else " ".join(roles)) if roles else None
    return Answer(option.id, _(option.label), table(option), aim)


def _ways(where: Where) -> tuple[Way, ...]:
    paths = {device: " › ".join(_(name) for name in getattr(where, device) or ()) for device in DEVICES}
    return tuple(
        Way(" ".join(device for device, same in paths.items() if same == path), names, path)
        for names, path in ways(where)
    )


def table(option: Option) -> str:
    """Return the verdict of an option, or one per role as in the checklist: `default:fail councillor:choice`."""
    if isinstance(option.verdict, dict):
        return " ".join(f"{role}:{verdict}" for role, verdict in option.verdict.items())
    return option.verdict
