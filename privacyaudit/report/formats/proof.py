"""What is kept as proof as a file for others: a ZIP with everything in it, or a page that a browser prints as a PDF."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from privacyaudit import clock, extras, i18n, pictures
from privacyaudit.about_me.proof import sheet
from privacyaudit.about_me.proof.entries import hash_of
from privacyaudit.about_me.proof.sheet import Sheet
from privacyaudit.i18n import _
from privacyaudit.model import Entry, FileKind, Picture, Shelved
from privacyaudit.report.drawing import draw

Content = Callable[[int, int], bytes | None]
"""Gives the bytes of a picture: of which entry, and which of its pictures, counted from 1."""

_SHOWN = 1_600  # dots on the longer side of a picture that is printed
_PRIVATE = 0o600 << 16
_TYPES = {"jpg": "image/jpeg", "png": "image/png"}


class Which(StrEnum):
    """Which files of the pictures go into a ZIP."""

    ORIGINALS = "originals"
    COPIES = "copies"
    BOTH = "both"


@dataclass(frozen=True)
class Copy:
    """A copy of a picture with nothing in it but what one sees; its content is empty where none could be made."""

    name: str
    content: bytes
    told: str


def archive(one: Sheet, kept: Sequence[Shelved], content: Content, which: Which) -> bytes:
    """Return a ZIP: the entries to read and as they are kept, the pictures, and a SHA256SUMS for `sha256sum -c`."""
    made = io.BytesIO()
    sums: list[str] = []
    with zipfile.ZipFile(made, "w") as package:

        def add(name: str, raw: bytes) -> None:
            info = zipfile.ZipInfo(name, clock.local(one.made).timetuple()[:6])
            info.external_attr = _PRIVATE
            packed = zipfile.ZIP_STORED if name.startswith(("pictures/", "copies/")) else zipfile.ZIP_DEFLATED
            package.writestr(info, raw, packed)
            sums.append(f"{hash_of(raw)}  {name}\n")

        copies: dict[str, str] = {}
        beside: dict[str, str] = {}
        for entry, place, picture in _pictures(one):
            raw = content(entry.number, place)
            if raw is None:
                continue
            if which is not Which.COPIES:
                add(beside.setdefault(picture.name, f"pictures/{picture.name}"), raw)
            if which is not Which.ORIGINALS:
                copy = _copied(picture, raw)
                copies[picture.name] = copy.told
                if copy.content:
                    add(f"copies/{copy.name}", copy.content)
                    beside.setdefault(picture.name, f"copies/{copy.name}")
        whole = replace(one, copies=copies)
        numbers = {entry.number for entry in one.entries}
        for shelved in kept:
            if shelved.number in numbers and shelved.text is not None:
                add(f"entries/{shelved.number:04}.json", shelved.text.encode())
        add("proof.txt", sheet.text(whole).encode())
        add("proof.html", page(whole, beside=beside).encode())
        add("READ-ME.txt", sheet.read_me(whole).encode())
        add("SHA256SUMS", "".join(sums).encode())
    return made.getvalue()


def page_with_pictures(one: Sheet, content: Content) -> str:
    """Return the entries as a page that shows each picture, small enough to be printed, without its location."""
    shown: dict[str, str] = {}
    told: dict[str, str] = {}
    for entry, place, picture in _pictures(one):
        raw = content(entry.number, place)
        copy = _copied(picture, raw or b"", _SHOWN)
        if copy.content:
            kind = _TYPES[copy.name.rpartition(".")[2]]
            shown[picture.name] = f"data:{kind};base64,{base64.b64encode(copy.content).decode()}"
            told[picture.name] = _("Shown here is a copy, made smaller. The file itself is only in the ZIP.")
        else:
            told[picture.name] = copy.told
    return page(replace(one, copies=told), shown=shown)


def page(one: Sheet, *, shown: Mapping[str, str] = {}, beside: Mapping[str, str] = {}) -> str:
    """Return the entries as one HTML page that runs nothing.

    `shown` are pictures that stand in it, by their names; `beside` says in which file beside the page a picture is.
    """
    foot = _("What was seen, {day}. Confidential.").format(day=i18n.day(one.made))
    entries = [
        (
            sheet.title(entry),
            [
                (label, [(value, value.startswith("https://")) for value in values])
                for label, values in sheet.facts(entry)
            ],
            [
                (list(sheet.about(picture, one.copies)), shown.get(picture.name), beside.get(picture.name))
                for picture in entry.pictures
            ],
        )
        for entry in one.entries
    ]
    return draw(
        "proof.html.j2",
        (),
        foot,
        style="proof.css",
        inline_pictures=bool(shown),
        language=i18n.language(),
        day=i18n.day(one.made),
        before=[*sheet.what_this_is(one), *sheet.gaps(one)],
        entries=entries,
    )


def _pictures(one: Sheet) -> Iterator[tuple[Entry, int, Picture]]:
    for entry in one.entries:
        for place, picture in enumerate(entry.pictures, 1):
            yield entry, place, picture


def _copied(picture: Picture, raw: bytes, longest: int | None = None) -> Copy:
    """Return a copy without a location, or why there is none: an original is never given out in its place."""
    if picture.kind in (FileKind.HEIC, FileKind.PDF):
        return _no_copy(_("There is no copy: the program cannot make one of this kind of file."))
    if not extras.installed("copies"):
        return _no_copy(_("There is no copy: the part of the program that makes copies is not installed."))
    try:
        ending, content = pictures.bare_copy(raw, longest)
    except pictures.TooBigError:
        return _no_copy(_("There is no copy: the picture has too many dots."))
    except pictures.UnreadableError:
        return _no_copy(_("There is no copy: the picture is broken."))
    name = f"{picture.name.rpartition('.')[0]}.{ending}"
    return Copy(name, content, _("A copy that does not say where it was taken: copies/{name}").format(name=name))


def _no_copy(told: str) -> Copy:
    return Copy("", b"", told)
