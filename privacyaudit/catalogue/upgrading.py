"""Write an older checklist anew: only what has to be another one changes, and nothing gets lost."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from privacyaudit.catalogue import loading, strictyaml
from privacyaudit.catalogue.faults import validate
from privacyaudit.catalogue.screens import Placed, on_screens
from privacyaudit.catalogue.strictyaml import Span, at
from privacyaudit.errors import ChecklistError
from privacyaudit.i18n import _
from privacyaudit.model import Checklist
from privacyaudit.model.schema1 import Checklist1
from privacyaudit.storage import files, reading

_WIDTH = 120
_PLAIN = re.compile(r"(?=.*(?:[^\W\d_]|[^\x00-\x7f]))(?:\w|[^\x00-\x7f])(?:[^\r\n,?\[\]{}:#\"]*[^\s,?\[\]{}:#\"])?")
"""What needs no quotes: a letter is in it, it begins with no sign of YAML's, and has none in it.

A ? in brackets is one for the parser of PyYAML that is used where the faster one is missing.
"""
_NEEDS_QUOTES = {"on", "off", "yes", "no", "y", "n", "true", "false", "null"}


@dataclass(frozen=True)
class Done:
    """What a file has become: so many checks on so many screens, if it was of schema 1, and sources with two dates."""

    checks: int
    screens: int
    sources: int


def upgrade(path: Path) -> Done | None:
    """Write a checklist file anew where it is of schema 1 or has `seen`, and return what was done, else None.

    Raises ChecklistError for a file that cannot be used or not be written anew without a loss, and SaveError; the file
    is as it was then.
    """
    raw = reading.read(path, strictyaml.WANTED)
    text = strictyaml.decoded(raw, path)
    parsed = strictyaml.parse(text, str(path))
    expected = loading.checklist(parsed, path)
    if not loading.old_part(parsed):
        return None
    placed = on_screens(validate(Checklist1, parsed, path)) if loading.is_schema_1(parsed) else None
    dates = loading.old_dates(parsed)
    anew = rewritten(text, parsed.data, placed, dates)
    if not _keeps(text, anew, expected):
        raise ChecklistError(
            at(path, 1, _("the program cannot rewrite this file without losing something, so it did not change it.")),
            _("Change it by hand. docs/mend/add-a-platform.md says how screens and sources are written."),
        )
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    files.rewrite(path, mark + anew.encode())
    return Done(len(placed.checks) if placed else 0, len(placed.screens) if placed else 0, len(dates))


def _keeps(text: str, anew: str, expected: Checklist) -> bool:
    """Tell whether what was written says what was expected, with all comments that were there."""
    try:
        found = Checklist.model_validate(strictyaml.parse(anew, "").data)
    except (ChecklistError, ValidationError):
        return False
    return found == expected and _comments(anew) == _comments(text)


def _comments(text: str) -> list[str]:
    return sorted(text[start:end].rstrip() for start, end in strictyaml.comments(text))


def rewritten(text: str, data: Mapping[str, Any], placed: Placed | None, dates: Sequence[strictyaml.Place]) -> str:
    """Return the text of a checklist with its checks on the screens that were chosen, and each of the dates as two."""
    rewriting = _Rewriting(text, data, strictyaml.spans(text), strictyaml.comments(text))
    if placed:
        rewriting.place(placed)
    for place in dates:
        rewriting.two_dates(place)
    return rewriting.text()


@dataclass
class _Rewriting:
    """A text, where its parts stand, and the pieces of it that become other ones."""

    old: str
    data: Mapping[str, Any]
    spans: Mapping[strictyaml.Place, Span]
    comments: Sequence[tuple[int, int]]
    pieces: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def newline(self) -> str:
        return "\r\n" if "\r\n" in self.old else "\n"

    def place(self, placed: Placed) -> None:
        """Write the screens, and at each check on which of them it is."""
        schema = self.spans["schema",]
        self.pieces.append((schema.value, schema.end, '"2"'))
        self._screens(placed.screens)
        webs = {screen["id"]: screen.get("web") for screen in placed.screens}
        for number, (screen, row) in enumerate(placed.checks):
            self._check(number, {"screen": screen} | ({"row": row} if row else {}))
            for index, probe in enumerate(self.data["checks"][number].get("probes") or ()):
                if webs[screen] and probe["open"] == webs[screen]:
                    self._remove(("checks", number, "probes", index), "open")

    def two_dates(self, place: strictyaml.Place) -> None:
        """Write page and read with the date that was seen."""
        span = self.spans[place]
        date, quote = self.old[span.value : span.end], '"' if self._quoted(span) else ""
        between = ", " if span.flow else self.newline + " " * (span.start - self._line(span.start))
        new = f"{quote}page{quote}: {date}{between}{quote}read{quote}: {date}"
        self._replace(span, new, self._kept(span.start, span.end))

    def text(self) -> str:
        """Return the text with its pieces as they have become."""
        new = self.old
        for start, end, said in sorted(self.pieces, reverse=True):
            new = new[:start] + said + new[end:]
        return new

    def _screens(self, screens: Sequence[Mapping[str, Any]]) -> None:
        """Write the screens before the checks, and before what is said about those."""
        span = self.spans["checks",]
        margin = self._margin(span)
        if span.flow:
            said = f",{self.newline}{margin}  ".join(_flow(one, quoted=self._quoted(span)) for one in screens)
            key = '"screens"' if self._quoted(span) else "screens"
            self.pieces.append((span.start, span.start, f"{key}: [{said}],{self.newline}{margin}"))
            return
        lines = [line for one in screens for line in _item(one, margin)]
        lines = ["screens:", *lines, *([""] if self._blank_before(span) else [])]
        above = self._above(span)
        self.pieces.append((above, above, self.newline.join([margin + lines[0], *lines[1:], ""])))

    def _above(self, span: Span) -> int:
        """Return where the comment lines begin that stand right above a key, or the line of the key."""
        start = self._line(span.start)
        while start and self.old[self._line(start - 1) : start].lstrip(" ").startswith("#"):
            start = self._line(start - 1)
        return start

    def _blank_before(self, span: Span) -> bool:
        above = self._above(span)
        return bool(above) and not self.old[self._line(above - 1) : above].strip()

    def _check(self, number: int, said: Mapping[str, Any]) -> None:
        """Say the screen and the row where the check said where it is, or before its options."""
        check = ("checks", number)
        old = "where" if "where" in self.data["checks"][number] else ""
        span = self.spans[(*check, old or "options")]
        margin = " " * (span.start - self._line(span.start))
        if span.flow:
            new = _flow(said, quoted=self._quoted(span))[2:-2]
        else:
            new = (self.newline + margin).join(_entries(said, len(margin)))
        if old:
            kept = self._kept(span.start, span.end)
            self._replace(span, new, kept)
        else:
            between = ", " if span.flow else self.newline + margin
            self.pieces.append((span.start, span.start, new + between))

    def _kept(self, start: int, end: int) -> list[str]:
        """Return the comments within a piece that goes."""
        return [self.old[begin:until].rstrip() for begin, until in self.comments if start <= begin < end]

    def _replace(self, span: Span, new: str, kept: list[str]) -> None:
        if kept and span.flow:
            new = self.newline.join(["", *kept, new])
        elif kept:
            line = self._line(span.start)
            margin = self._margin(span)
            self.pieces.append((line, line, "".join(margin + one + self.newline for one in kept)))
        self.pieces.append((span.start, span.end, new))

    def _remove(self, place: strictyaml.Place, key: str) -> None:
        """Take an entry out; where a comment stands beside it in brackets, it stays."""
        span = self.spans[(*place, key)]
        keys = [self.spans[one] for one in self.spans if one[:-1] == place]
        after = min((one.start for one in keys if one.start > span.start), default=None)
        before = max((one.end for one in keys if one.start < span.start), default=None)
        if span.flow or self._shares_its_line(span):
            start, end = (span.start, after) if after is not None else (before or span.start, span.end)
        else:
            start, end = self._line(span.start), self._next_line(span.end)
        if not self._kept(start, end):
            self.pieces.append((start, end, ""))

    def _shares_its_line(self, span: Span) -> bool:
        return bool(self.old[self._line(span.start) : span.start].strip())

    def _line(self, index: int) -> int:
        """Return where the line begins in which a character stands."""
        return self.old.rfind("\n", 0, index) + 1

    def _next_line(self, index: int) -> int:
        return self.old.find("\n", index) + 1 or len(self.old)

    def _margin(self, span: Span) -> str:
        line = self.old[self._line(span.start) :]
        return line[: len(line) - len(line.lstrip(" "))]

    def _quoted(self, span: Span) -> bool:
        return self.old[span.start] == '"'


def _item(one: Mapping[str, Any], margin: str) -> list[str]:
    """Return the lines of a screen in a list of them."""
    lines = _filled("", one, len(margin) + 4)
    return [f"{margin}  - {lines[0]}", *(f"{margin}    {line}" for line in lines[1:])]


def _entries(said: Mapping[str, Any], column: int) -> list[str]:
    """Return the lines of keys with values that begin in some column."""
    lines = []
    for key, value in said.items():
        mapping = isinstance(value, dict)
        lines += _filled(f"{key}: ", value, column) if mapping else [f"{key}: {_text(value, flow=False)}"]
    return lines


def _filled(before: str, said: Mapping[str, Any], column: int) -> list[str]:
    """Return keys with values in brackets, on as few lines as they fit in."""
    lines = [before + "{ "]
    for number, (key, value) in enumerate(said.items()):
        entry = f"{key}: {_text(value, flow=True)}" + (", " if number < len(said) - 1 else " }")
        if number and column + len(lines[-1] + entry.rstrip()) > _WIDTH:
            lines.append("  ")
        lines[-1] += entry
    return [line.rstrip() for line in lines]


def _text(value: Any, *, flow: bool, quoted: bool = False) -> str:
    if isinstance(value, dict):
        return _flow(value, quoted=quoted)
    if isinstance(value, list):
        return f"[{', '.join(_text(one, flow=True, quoted=quoted) for one in value)}]"
    if quoted or value.lower() in _NEEDS_QUOTES:
        return json.dumps(value, ensure_ascii=False)
    address = not flow and re.fullmatch(r"https?://[^\s#]*(?:#\S+)?[^\s:#]", value)
    return value if address or _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _flow(said: Mapping[str, Any], *, quoted: bool = False) -> str:
    """Write keys with values in brackets; quoted as in JSON, where that is how the file is written."""
    keys = (f'"{key}"' if quoted else key for key in said)
    entries = (
        f"{key}: {_text(value, flow=True, quoted=quoted)}" for key, value in zip(keys, said.values(), strict=True)
    )
    return "{ " + ", ".join(entries) + " }"
