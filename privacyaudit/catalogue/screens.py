"""Put the checks of a schema 1 checklist, each of which says where it is, on the screens that they share."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from privacyaudit.model import SITE, Row, Screen, Where, host_of
from privacyaudit.model.schema1 import Checklist1
from privacyaudit.model.screen import DEVICES

DEEPEST = 2
"""So many words behind those that lead to a screen are a row of it; what lies deeper is a screen of its own."""

Ways = tuple[tuple[str, ...], ...]
"""The menus to go through on each of `DEVICES`, empty where there are none."""


@dataclass(frozen=True)
class Placed:
    """The screens of a checklist as they are written, and for each of its checks the screen and the row."""

    screens: tuple[Mapping[str, Any], ...]
    checks: tuple[tuple[str, Any], ...]


def upgraded(data: Mapping[str, Any], placed: Placed) -> dict[str, Any]:
    """Return the data of a schema 1 checklist as those of schema 2, with nothing else changed."""
    checks = []
    for check, (screen, row) in zip(data["checks"], placed.checks, strict=True):
        said = {key: value for key, value in check.items() if key != "where"}
        checks.append(said | {"screen": screen} | ({"row": row} if row else {}))
    return {**data, "schema": "2", "screens": list(placed.screens), "checks": checks}


def on_screens(old: Checklist1) -> Placed:
    """Choose the screens of a schema 1 checklist.

    Checks that share the menus up to the last word are on one screen, and that word is their row. A check that is
    nowhere, as habits are, is on one that has the platform's name.
    """
    wheres = [check.where for check in old.checks]
    homes = _homes(wheres)
    groups: dict[tuple[Ways, str | None], list[int]] = {}
    for number, home in enumerate(homes):
        groups.setdefault((home, None if any(home) else wheres[number].web), []).append(number)
    screens: list[Mapping[str, Any]] = []
    checks: dict[int, tuple[str, Any]] = {}
    for (home, _web), members in groups.items():
        screen = written(home, _address(home, [wheres[number] for number in members]))
        screen = {"id": "", "title": _title(home, screen.get("web"), old.platform.name)} | screen
        screen["id"] = _id(screen["title"], old.platform.id, {one["id"] for one in screens})
        screens.append(screen)
        checks |= {number: (screen["id"], row(screen, wheres[number])) for number in members}
    return Placed(tuple(screens), tuple(checks[number] for number in range(len(wheres))))


def ways_of(where: Where) -> Ways:
    """Return the menus to go through on each device."""
    return tuple(getattr(where, device) or () for device in DEVICES)


def written(ways: Ways, web: str | None) -> dict[str, Any]:
    """Return an address and the menus to go through as they are written."""
    return ({"web": web} if web else {}) | {device: list(way) for device, way in zip(DEVICES, ways, strict=True) if way}


def _homes(wheres: Sequence[Where]) -> list[Ways]:
    """Return, for the ways to each check, the ways to its screen: a page, a list with rows, or the check's own place.

    A page is where several checks are: where they have an address that those beside them do not have, or three.
    """
    every = [ways_of(where) for where in wheres]
    at = Counter(every)
    beside: dict[Ways | None, set[str | None]] = {}
    for ways, where in zip(every, wheres, strict=True):
        beside.setdefault(_up(ways), set()).add(where.web)
    pages = [ways for ways in at if at[ways] > 2 or (at[ways] > 1 and len(beside[_up(ways)]) > 1)]
    below = Counter(up for ways in every if ways not in pages and (up := _up(ways)))
    lists = [ways for ways in below if below[ways] + at[ways] > 1]
    return [_home(ways, [*lists, *pages]) for ways in every]


def _up(ways: Ways) -> Ways | None:
    """Return the ways without their last words; None where one has no other word."""
    if not any(ways) or any(len(way) == 1 for way in ways):
        return None
    return tuple(way[:-1] for way in ways)


def _home(ways: Ways, shared: Sequence[Ways]) -> Ways:
    if ways in shared:
        return ways
    if (up := _up(ways)) in shared and up:
        return up
    above = [one for one in shared if _leads(one, ways)]
    return max(above, key=lambda one: sum(map(len, one)), default=ways)


def _leads(screen: Ways, ways: Ways) -> bool:
    """Tell whether ways go on from a screen, on each device that they name, and not far."""
    pairs = [(base, way) for base, way in zip(screen, ways, strict=True) if way]
    return bool(pairs) and all(
        base and way[: len(base)] == base and len(way) <= len(base) + DEEPEST for base, way in pairs
    )


def _address(home: Ways, wheres: Sequence[Where]) -> str | None:
    """Return the address of a screen: that of the checks which are the screen itself, or the one that all have.

    A screen on which one check has a menu and no address has none: each of the others says its own.
    """
    webs = [where.web for where in wheres if where.web or where.menu]
    itself = [where.web for where in wheres if where.web and ways_of(where) == home]
    if None in webs or len(set(itself or webs)) != 1:
        return None
    return (itself or webs)[0]


def _title(home: Ways, web: str | None, platform: str) -> str:
    way = next((way for way in home if way), ())
    page = urlsplit(web or "").path.strip("/").rpartition("/")[2].removeprefix(SITE)
    words = re.sub(r"[-_.]+", " ", page).strip().capitalize()[:60].strip()
    host = host_of(web) if web else SITE
    return way[-1] if way else words or (platform if host == SITE else host)


def _id(title: str, platform: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:40].strip("-") or platform[:40]
    numbers = ("" if number == 1 else f"-{number}" for number in range(1, len(taken) + 2))
    return next(name + number for number in numbers if name + number not in taken)


def row(screen: Mapping[str, Any], where: Where) -> Any:
    """Return the row, as it is written, that a check has on a screen; None where it needs none.

    Raises ValueError where the screen does not lead there.
    """
    whole = Screen.model_validate(screen)
    for said in _rows(whole, where):
        if same(whole.where(Row.model_validate(said) if said else None), where):
            return said
    raise ValueError(f"{screen['id']} does not lead to {where}")


def same(one: Where, other: Where) -> bool:
    """Tell whether two ways are the same on each device."""
    return one.web == other.web and ways_of(one) == ways_of(other)


def _rows(screen: Screen, where: Where) -> Iterator[Any]:
    """Yield what a row could say, the shortest first."""
    yield None
    rests = {
        device: list(way[len(base) :])
        for device, base, way in zip(DEVICES, ways_of(screen), ways_of(where), strict=True)
        if way
    }
    web = {"web": where.web} if where.web and where.web != screen.web else {}
    if web:
        yield web
    for name in list(rests.values())[:1]:
        if name:
            yield _short(name)
            yield {"name": _short(name)} | web
    yield {device: _short(rest) for device, rest in rests.items()}
    yield {device: _short(rest) for device, rest in rests.items()} | ({"web": where.web} if where.web else {})


def _short(words: list[str]) -> str | list[str]:
    return words[0] if len(words) == 1 else words
