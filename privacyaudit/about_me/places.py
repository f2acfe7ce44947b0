"""Find and read the places where something about a person can be, the routes there, and the people who help."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from privacyaudit import shipped
from privacyaudit.catalogue import strictyaml
from privacyaudit.catalogue.faults import validate
from privacyaudit.catalogue.strictyaml import at
from privacyaudit.errors import ChecklistError, UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Harm, Helper, Place, Route, Routes, Shelf

ANYWHERE = "anywhere"
"""The place that stands for one that we do not know."""

OTHER_FILES = {"searches.yaml", "occasions.yaml"}
"""Files that are in the same folder and hold no routes."""


@dataclass(frozen=True)
class LoadedRoutes:
    """A file of routes, where it came from, and its parsed text with the lines of its parts."""

    content: Routes
    path: Path
    text: strictyaml.Text = field(repr=False, compare=False)

    def at(self, what: str, *place: str | int) -> str:
        """Say in which file and on which line something is the matter."""
        return at(self.path, self.text.line(place), what)


@dataclass(frozen=True)
class Atlas:
    """All places, routes and helpers, by id, in the order of the files."""

    places: Mapping[str, Place]
    routes: Mapping[str, Route]
    helpers: Mapping[str, Helper]

    def place(self, place_id: str) -> Place:
        """Return a place. Raises UsageError for an unknown one, with the nearest names."""
        if found := self.places.get(place_id):
            return found
        near = difflib.get_close_matches(place_id, list(self.places), n=3)
        raise UsageError(
            _("There is no place “{name}”.").format(name=place_id),
            _("Did you mean {names}?").format(names=", ".join(near))
            if near
            else _("Choose one of: {names}.").format(names=", ".join(self.places)),
        )

    def at(self, place_id: str, harm: Harm) -> tuple[Route, ...]:
        """Return the routes at a place for a harm, the best first; those of anywhere where the place has none."""
        own = tuple(route for route in self.routes.values() if place_id in route.places and harm in route.harms)
        return own if own or place_id == ANYWHERE else self.at(ANYWHERE, harm)

    def places_for(self, harm: Harm) -> tuple[Place, ...]:
        """Return the places that have a route for a harm, shelf by shelf; that of anywhere is the last."""
        named = {place for route in self.routes.values() if harm in route.harms for place in route.places}
        shelves = list(Shelf)
        found = [place for place in self.places.values() if place.id in named or place.id == ANYWHERE]
        return tuple(sorted(found, key=lambda place: shelves.index(place.group)))


def load(path: Path) -> LoadedRoutes:
    """Read one file of routes. Raises ChecklistError with file, line and what to do."""
    text = strictyaml.read(path)
    return LoadedRoutes(validate(Routes, text, path), path, text)


def holds_routes(path: Path) -> bool:
    """Tell whether a YAML file is one of routes and not a checklist. Raises ChecklistError."""
    data = strictyaml.read(path).data
    return isinstance(data, dict) and "platform" not in data and not {"places", "routes", "helpers"}.isdisjoint(data)


def folder() -> Path:
    """Return the folder of the files that came with the program."""
    return shipped.folder("checklists") / "about_me"


def files(where: Path) -> list[Path]:
    """Return the files of routes in a folder, in the order of their names."""
    return sorted(path for path in where.glob("*.yaml") if path.name not in OTHER_FILES)


def atlas() -> Atlas:
    """Read all that came with the program, once as long as its files stay the same. Raises ChecklistError."""
    return _atlas(folder(), shipped.stamp(folder()))


@lru_cache(maxsize=2)
def _atlas(where: Path, stamp: shipped.Stamp) -> Atlas:
    """Read a folder. The stamp is there for the cache: changed files are read again."""
    del stamp
    loaded = [load(path) for path in files(where)]
    made = joined(loaded)
    for one in loaded:
        check_references(one, made)
    return made


def joined(loaded: list[LoadedRoutes]) -> Atlas:
    """Put files together. Raises ChecklistError where two of them use one id."""
    known: dict[tuple[str, str], Path] = {}
    for one in loaded:
        for kind, number, name in _ids(one.content):
            if before := known.get((kind, name)):
                raise ChecklistError(
                    one.at(_("{path} already has {name!r}.").format(path=before, name=name), kind, number, "id"),
                    _("Choose another id."),
                )
            known[kind, name] = one.path
    return Atlas(
        MappingProxyType({place.id: place for one in loaded for place in one.content.places}),
        MappingProxyType({route.id: route for one in loaded for route in one.content.routes}),
        MappingProxyType({helper.id: helper for one in loaded for helper in one.content.helpers}),
    )


def check_references(one: LoadedRoutes, known: Atlas) -> None:
    """Refuse a file whose routes name a place or a route that does not exist. Raises ChecklistError."""
    for number, route in enumerate(one.content.routes):
        for key, names, there in (("places", route.places, known.places), ("refused", route.refused, known.routes)):
            for index, name in enumerate(names):
                if name in there:
                    continue
                near = difflib.get_close_matches(name, list(there), n=3)
                what = _("{route} names {name!r}, which does not exist.").format(route=route.id, name=name)
                raise ChecklistError(
                    one.at(what, "routes", number, key, index),
                    _("Did you mean {names}?").format(names=", ".join(near))
                    if near
                    else _("Write it in a file beside this one, or correct the name."),
                )


def _ids(content: Routes) -> Iterator[tuple[str, int, str]]:
    yield from (("places", number, entry.id) for number, entry in enumerate(content.places))
    yield from (("routes", number, entry.id) for number, entry in enumerate(content.routes))
    yield from (("helpers", number, entry.id) for number, entry in enumerate(content.helpers))
