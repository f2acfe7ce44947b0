"""Where a check is answered: the screen that a person sees, the way to it on each device, and the line on it."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from privacyaudit.i18n import N_
from privacyaudit.model.base import Data, Id, Line, Link, PartError

DEVICES = ("menu", "ios", "android")
"""The keys of the menus to go through, on each device."""

_WORDS = {"anyOf": [{"type": "string", "maxLength": 200}, {"type": "array", "items": {"type": "string"}}]}


def _listed(words: Any) -> Any:
    return [words] if isinstance(words, str) else words


Words = Annotated[tuple[Line, ...], BeforeValidator(_listed), WithJsonSchema(_WORDS)]
"""The words to go through, one after the other; one of them may be written without brackets."""


class Where(Data):
    """How to get to the setting on each device: an address and the menus to go through."""

    web: Link | None = None
    menu: tuple[Line, ...] = ()
    ios: tuple[Line, ...] | None = None
    android: tuple[Line, ...] | None = None


def _words_too(schema: dict[str, Any]) -> None:
    keys = dict(schema)
    schema.clear()
    schema["anyOf"] = [*_WORDS["anyOf"], keys]


class Row(Data):
    """The line on a screen: its `name` wherever the screen is, or what it is called on those devices that have it.

    Several words are lines behind one another. No words for a device mean that there the screen itself is meant. `web`
    is the line's own address.
    """

    model_config = ConfigDict(json_schema_extra=_words_too)

    name: Words = ()
    web: Link | None = None
    menu: Words | None = None
    ios: Words | None = None
    android: Words | None = None

    @model_validator(mode="before")
    @classmethod
    def _named(cls, row: Any) -> Any:
        return {"name": row} if isinstance(row, str | list) else row

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.name and self.devices:
            raise PartError(N_("a row has one name, or one for each device: menu, ios, android"))
        if not (self.name or self.devices or self.web):
            raise PartError(N_("a row needs a name, or the devices that have it: menu, ios, android"))
        return self

    @property
    def devices(self) -> tuple[str, ...]:
        """Return the devices that are named; none where the row is wherever its screen is."""
        return tuple(device for device in DEVICES if getattr(self, device) is not None)


class Screen(Where):
    """What a person sees at once: a page of settings, or for habits a place or a moment.

    `title` is what stands at its top. `minutes` is how long opening it takes, where that is longer than usual.
    """

    id: Id
    title: Line
    minutes: float | None = Field(default=None, gt=0, le=30)

    @property
    def has_way(self) -> bool:
        """Tell whether there is something to open; a moment or a habit is there already."""
        return bool(self.web or self.menu or self.ios or self.android)

    def where(self, row: Row | None = None) -> Where:
        """Return the way to a row of this screen, or to the screen itself."""
        ways: dict[str, Any]
        if row and row.devices:
            ways = {device: (*(getattr(self, device) or ()), *getattr(row, device)) for device in row.devices}
            ways["web"] = row.web or ("menu" in ways and self.web) or None
        else:
            name, web = (row.name, row.web) if row else ((), None)
            ways = {device: (*way, *name) for device in DEVICES if (way := getattr(self, device))}
            ways["web"] = web or self.web
        return Where.model_construct(**ways)
