"""What somebody keeps as proof of something that is out there: entries that are never changed, and their pictures."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from privacyaudit.model.base import Data
from privacyaudit.model.route import Harm

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256, in hexadecimal digits."""


class FileKind(StrEnum):
    """What a file is by its first bytes; the value is the ending that it gets."""

    PNG = "png"
    JPEG = "jpg"
    WEBP = "webp"
    GIF = "gif"
    HEIC = "heic"
    PDF = "pdf"


class Location(StrEnum):
    """Whether a picture says where it was taken, as far as we can look into it."""

    FOUND = "found"
    NONE_FOUND = "none_found"
    UNKNOWN = "unknown"


class Audience(StrEnum):
    """Who could see something, as somebody says who saw it."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed_in"
    GROUP = "group"
    ONLY_ME = "only_me"
    UNKNOWN = "unknown"


class Picture(Data):
    """A picture that was kept, byte for byte: the name that we gave it, its SHA-256, its kind and its size in bytes.

    `taken_in` is when it was kept (UTC). One that is not `whole` cannot be shown, or only in part.
    """

    name: str
    sha256: Hash
    kind: FileKind
    size: NonNegativeInt
    taken_in: datetime
    location: Location
    whole: bool


class Entry(Data):
    """What was seen: what it is, where, by which account, when (with its zone), who could see it, and in own words.

    `addresses` are those of web pages, `place` is in words what has no address. `noted` is when it was kept (UTC).
    `before` is the hash of the entry before, so that a change to that one is noticed. `salt` makes the hash of an entry
    say nothing about what stands in it.
    """

    schema_: Literal["1"] = Field(default="1", alias="schema")
    number: PositiveInt
    noted: datetime
    seen: datetime
    zone: str
    what: Harm
    addresses: tuple[str, ...] = ()
    place: str = ""
    account: str = ""
    audience: Audience
    note: str = ""
    pictures: tuple[Picture, ...] = ()
    salt: Hash
    before: Hash | None


class Shelved(Data):
    """An entry as it is kept: its number, the text that was hashed and that hash.

    Of one that was deleted, the text is gone, and `deleted` is the day on which that was done.
    """

    number: PositiveInt
    sha256: Hash
    text: str | None
    deleted: date | None = None
