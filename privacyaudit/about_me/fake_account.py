"""Somebody made an account in your name: one sheet for all networks, for a clinic and for the wall."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from privacyaudit.about_me import words
from privacyaudit.about_me.case import Case
from privacyaudit.about_me.ladder import told
from privacyaudit.about_me.places import ANYWHERE, Atlas
from privacyaudit.about_me.rules import STAGES, Kind
from privacyaudit.i18n import N_, _
from privacyaudit.model import Harm, Place, Route, Shelf

Sections = tuple[tuple[str, tuple[str, ...]], ...]
"""Headings in order, each with its lines."""

_AT_WORK = Case(Harm.FAKE_ACCOUNT, ANYWHERE, work=True)

_GENERAL = (Kind.NOT, Kind.PROOF, Kind.TELL)

_FIRST = (
    N_("If somebody is in danger now, ring 999. If you are threatened or blackmailed, ring the police on 101."),
    N_("If a child is in it, tell your designated safeguarding lead today, before you report it."),
)

_THEN = (
    N_("Write down the number of your report, and look again after a week."),
    N_("If it is gone, look for copies. Search for your name and your picture again after a month."),
)


def sheet(atlas: Atlas) -> Sections:
    """Return what to do about an account in one's name, whichever network it is on."""
    routes = [(place, route) for place in atlas.places.values() for route in _reports(atlas, place)]
    general = [told(stage, _AT_WORK.facts, atlas) for stage in STAGES if stage.kind in _GENERAL]
    return (
        (_("Is somebody in danger?"), tuple(_(line) for line in _FIRST)),
        *((step.title, step.lines) for step in general),
        (_("Report it where it is"), tuple(_report(place, route) for place, route in routes)),
        (_("If they say no, or nothing comes"), tuple(_rungs(atlas, [route for _place, route in routes]))),
        (_("Look again"), tuple(_(line) for line in _THEN)),
    )


def _reports(atlas: Atlas, place: Place) -> list[Route]:
    """Return the first way to report such an account at a network, where we know one that is its own."""
    if place.group is not Shelf.NETWORK:
        return []
    own = [one for one in atlas.at(place.id, Harm.FAKE_ACCOUNT) if place.id in one.places and one.whose == "others"]
    return own[:1]


def _report(place: Place, route: Route) -> str:
    return f"{_(place.name)}: {next(words.route(route))}"


def _rungs(atlas: Atlas, routes: list[Route]) -> Iterator[str]:
    """Yield what comes next at more than one network."""
    named = Counter(name for route in routes for name in route.refused)
    for name in (name for name, times in named.items() if times > 1):
        rung = atlas.routes[name]
        yield f"{_(rung.title)}. {_(rung.limits[0])} {next(words.route(rung))}"
