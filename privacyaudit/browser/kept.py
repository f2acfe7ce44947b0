"""What pages keep in the browser themselves, beside cookies: what of it everybody keeps, and what looks like a key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from privacyaudit.browser import session

if TYPE_CHECKING:
    from playwright.sync_api import StorageState

_AREAS = ("localStorage", "sessionStorage", "indexedDB")
_KEYS = re.compile(r"token|session|auth(?!or)|jwt|secret|credential|bearer", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s(),;|\"']+")
_NO_KEY = re.compile(r"://|\d{4}-\d\d-\d\d")


class Item(NamedTuple):
    """One thing that an origin keeps, under a name, in one of its stores; and what that is, as Playwright writes it."""

    origin: str
    area: str
    name: str
    written: str

    @property
    def content(self) -> Any:
        """Return what is kept, of a value that is JSON what it stands for."""
        whole = json.loads(self.written)
        return _read(whole["value"]) if self.area != "indexedDB" else whole

    @property
    def form(self) -> tuple[str, str, str, str]:
        """Return what two such things have in common that differ only in their words and numbers."""
        return self.origin, self.area, self.name, json.dumps(_form(self.content), sort_keys=True)

    @property
    def is_a_key(self) -> bool:
        """Tell whether it is called like what stands for a session, and is as long as that."""
        return any(_KEYS.search(name) and _is_long(text) for name, text in _texts(self.name, self.content))

    @property
    def has_room_for_a_key(self) -> bool:
        """Tell whether any text in it, whatever it is called, could be one."""
        return any(_is_long(text) for _name, text in _texts(self.name, self.content))


def items(state: StorageState) -> list[Item]:
    """Return all that is kept in a state beside its cookies."""
    origins: Any = state.get("origins", [])
    return [
        Item(one["origin"], area, kept["name"], json.dumps(kept, sort_keys=True))
        for one in origins
        for area in _AREAS
        for kept in one.get(area, [])
    ]


def together(some: Iterable[Item]) -> StorageState:
    """Return a state in which just these are kept."""
    origins: dict[str, dict[str, Any]] = {}
    for one in some:
        origin = origins.setdefault(one.origin, {"origin": one.origin, "localStorage": []})
        origin.setdefault(one.area, []).append(json.loads(one.written))
    return cast("StorageState", {"cookies": [], "origins": list(origins.values())})


def _read(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in '{["':
        with suppress(ValueError, RecursionError):
            return _read(json.loads(value))
    if isinstance(value, dict):
        return {key: _read(one) for key, one in value.items()}
    return [_read(one) for one in value] if isinstance(value, list) else value


def _form(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: _form(one) for key, one in content.items()}
    if isinstance(content, list):
        return [_form(one) for one in content]
    if isinstance(content, str):
        return "key" if _is_long(content) else "word"
    return content if content is None or isinstance(content, bool) else "number"


def _texts(name: str, content: Any) -> Iterator[tuple[str, str]]:
    if isinstance(content, dict):
        for key, one in content.items():
            yield from _texts(f"{name} {key}", one)
    elif isinstance(content, list):
        for one in content:
            yield from _texts(name, one)
    elif isinstance(content, str):
        yield name, content


def _is_long(text: str) -> bool:
    return any(_could_be_a_key(part) for part in _BETWEEN.split(text))


def _could_be_a_key(part: str) -> bool:
    is_mixed = re.search(r"\d", part) and re.search(r"[A-Za-z]", part)
    return len(part) >= session.LEAST and bool(is_mixed) and not _NO_KEY.search(part)
