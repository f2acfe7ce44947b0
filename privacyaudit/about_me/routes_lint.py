"""What could be better in a file of routes that can be used."""

from __future__ import annotations

from collections.abc import Iterator

from privacyaudit import model
from privacyaudit.about_me.places import Atlas, LoadedRoutes, check_references, files, folder, joined, load
from privacyaudit.catalogue import readability, strictyaml
from privacyaudit.catalogue.lint import words
from privacyaudit.i18n import _
from privacyaudit.model import Route, Way

_THEIR_WORDS = {"menu", "tick", "name"}
"""Keys whose texts are the platform's own words."""
LONGEST = 140
_LAST = {Way.ADVICE, Way.POLICE}
"""Ways after which no further rung has to be named."""


def known_with(one: LoadedRoutes) -> Atlas:
    """Return what came with the program and a file, in place of the one of that name. Raises ChecklistError."""
    others = [load(path) for path in files(folder()) if path.name != one.path.name]
    known = joined([*others, one])
    check_references(one, known)
    return known


def could_be_better(one: LoadedRoutes, known: Atlas, *, strict: bool) -> list[str]:
    """Return what could be better: one sentence each, with file and line. With `strict`, how it reads is measured too.

    Raises MissingExtra.
    """
    found = words(one.path, one.text, leave_out=_THEIR_WORDS)
    for number, route in enumerate(one.content.routes):
        found += [one.at(remark, "routes", number) for remark in _remarks(route, known)]
    return found + (_hard_to_read(one) if strict else [])


def _remarks(route: Route, known: Atlas) -> Iterator[str]:
    for limit in (*route.limits, *route.needs):
        if len(limit) > LONGEST:
            yield _("{route} has a sentence of more than {most} characters: {text}…").format(
                route=route.id, most=LONGEST, text=limit[:40]
            )
    if not (route.refused or route.way in _LAST or route.whose == "mine") and route.places:
        yield _("{route} does not say what to do when they say no: name the next routes with “refused”.").format(
            route=route.id
        )
    hosts = {host for place in route.places for host in known.places[place].hosts}
    if hosts and len(route.places) == 1 and route.open and model.host_of(route.open) not in hosts:
        yield _("{route} leads to {host}. That host is not in the hosts of its place.").format(
            route=route.id, host=model.host_of(route.open)
        )


def _hard_to_read(one: LoadedRoutes) -> list[str]:
    parts = [
        (("routes", number), route.id, (route.title, *route.needs, *route.limits))
        for number, route in enumerate(one.content.routes)
    ]
    parts += [(("helpers", number), who.id, (who.summary,)) for number, who in enumerate(one.content.helpers)]
    return readability.hard(
        one.path,
        [
            (strictyaml.at(one.path, one.text.line(place), name), readability.grade(*texts))
            for place, name, texts in parts
        ],
    )
