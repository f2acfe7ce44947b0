"""How what was seen becomes an entry, and how each entry is tied to the one before. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from privacyaudit.about_me.proof import kinds
from privacyaudit.about_me.proof.location import location
from privacyaudit.model import Audience, Entry, FileKind, Harm, Picture, Shelved


@dataclass(frozen=True)
class Taken:
    """A picture as it was given: its bytes, its kind, and whether it can be shown as a whole."""

    raw: bytes
    kind: FileKind
    whole: bool


@dataclass(frozen=True)
class Seen:
    """What somebody says that they saw; `when` has its zone, `zone` is the name of that."""

    what: Harm
    when: datetime
    zone: str
    audience: Audience
    addresses: tuple[str, ...] = ()
    place: str = ""
    account: str = ""
    note: str = ""
    pictures: tuple[Taken, ...] = ()


def take(raw: bytes) -> Taken | None:
    """Return what a file is as a picture; None where it is none that may be kept."""
    kind = kinds.kind_of(raw)
    return Taken(raw, kind, kinds.whole(kind, raw)) if kind else None


def entry(seen: Seen, number: int, before: str | None, noted: datetime, salt: str) -> Entry:
    """Return the entry for what was seen: its number, the hash of the one before and a salt of 64 random hex digits."""
    pictures = tuple(
        Picture(
            name=f"{number:04}-{place}.{one.kind}",
            sha256=hash_of(one.raw),
            kind=one.kind,
            size=len(one.raw),
            taken_in=noted,
            location=location(one.kind, one.raw),
            whole=one.whole,
        )
        for place, one in enumerate(seen.pictures, 1)
    )
    return Entry(
        number=number,
        noted=noted,
        seen=seen.when,
        zone=seen.zone,
        what=seen.what,
        addresses=seen.addresses,
        place=seen.place,
        account=seen.account,
        audience=seen.audience,
        note=seen.note,
        pictures=pictures,
        salt=salt,
        before=before,
    )


def shelved(one: Entry) -> Shelved:
    """Return an entry as it is kept."""
    text = one.model_dump_json(by_alias=True, indent=1) + "\n"
    return Shelved(number=one.number, sha256=hash_of(text.encode()), text=text)


def hash_of(raw: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal digits."""
    return hashlib.sha256(raw).hexdigest()


def read(one: Shelved) -> Entry | None:
    """Return the entry that was kept; None where it was deleted. Raises ValidationError."""
    return Entry.model_validate_json(one.text) if one.text is not None else None


def changed(kept: Sequence[Shelved], content: Callable[[int, int], bytes | None]) -> list[int]:
    """Return the numbers of the entries that are not as they were kept, or of which a picture is not, or is gone.

    `kept` is everything from the first entry on; `content` returns the bytes of a picture of an entry, counted from 1.
    That the last entries are missing cannot be seen. Raises ValidationError.
    """
    found: list[int] = []
    before: str | None = None
    for place, one in enumerate(kept, 1):
        made = read(one)
        if one.number != place or not _fits(one, made, before) or not (made is None or _has_pictures(made, content)):
            found.append(one.number)
        before = one.sha256
    return found


def _fits(one: Shelved, made: Entry | None, before: str | None) -> bool:
    if one.text is None or made is None:
        return one.deleted is not None
    return (made.number, made.before) == (one.number, before) and hash_of(one.text.encode()) == one.sha256


def _has_pictures(made: Entry, content: Callable[[int, int], bytes | None]) -> bool:
    raws = (content(made.number, place) for place in range(1, len(made.pictures) + 1))
    return all(
        raw is not None and hash_of(raw) == picture.sha256 for raw, picture in zip(raws, made.pictures, strict=True)
    )
