"""What the server itself sent of a page, before any script ran."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from privacyaudit.browser import playwright_errors

if TYPE_CHECKING:
    from playwright.sync_api import Response

LARGEST = 5_000_000
"""Of a page or a reply with more bytes than this, what the server sent is not looked at."""

_UNSHOWN = {"<!--": "-->", "<script": "</script", "<style": "</style", "<title": "</title"}
_UNSHOWN_BEGINS = re.compile(r"<!--|<(?:script|style|title)(?=[\s/>])", re.IGNORECASE)
_APART = ("template", "textarea", "title", "noscript", "xmp", "noembed", "noframes")
"""What stands in these are no elements of the page."""

_RUNS = re.compile(r"<(?:script|iframe|frame|object|embed)\b|\son[a-z]+\s*=", re.IGNORECASE)
"""What can run on a page, in the text that the server sent: scripts, handlers, and pages within it."""


class _Fields(HTMLParser):
    """How the fields of one name or id stand in a text: "on" or "off", the value that is chosen, or the text."""

    def __init__(self, field: str) -> None:
        super().__init__(convert_charrefs=True)
        self._field = field
        self._apart = ""
        self._options: list[tuple[str, bool]] | None = None
        self._text: str | None = None
        self._wrapped = False
        self.found = False
        self.states: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a field, or of an option of the list that is being read."""
        if self._apart:
            return
        had = {name: value or "" for name, value in reversed(attrs)}
        mine = self._field in (had.get("name"), had.get("id"))
        self.found = self.found or mine
        self._apart = tag if tag in _APART else ""
        if tag == "input" and (mine or self._wrapped):
            self.states += _state(had)
        self._wrapped = mine and tag not in ("input", "select", "textarea")
        if tag == "input":
            return
        if tag == "select" and mine:
            self._options = []
        elif tag == "option" and self._options is not None:
            self._options.append((had.get("value", ""), "selected" in had))
        elif tag == "textarea" and mine:
            self._text = ""

    def handle_endtag(self, tag: str) -> None:
        """Take note of what a list or a text was sent with."""
        if self._apart and tag != self._apart:
            return
        self._apart = ""
        if tag == "select" and self._options is not None:
            chosen = [value for value, selected in self._options if selected]
            self.states += chosen[-1:] or [value for value, _selected in self._options[:1]]
            self._options = None
        elif tag == "textarea" and self._text is not None:
            self.states.append(self._text.removeprefix("\n"))
            self._text = None

    def handle_data(self, data: str) -> None:
        """Take note of the text of a field for texts."""
        if self._text is not None:
            self._text += data


def _state(had: dict[str, str]) -> list[str]:
    kind = had.get("type", "text").lower()
    if kind == "radio":
        return [had.get("value", "on")] if "checked" in had else []
    if kind == "checkbox":
        return ["on" if "checked" in had else "off"]
    return [had.get("value", "")]


@dataclass(frozen=True)
class First:
    """The text of a page that may become elements; `stays` where nothing in it can run."""

    text: str
    stays: bool
    whole: str = ""

    @classmethod
    def of(cls, response: Response | None) -> First:
        """Take it from the answer of the server; nothing of one that is too large or gone."""
        try:
            raw = response.body() if response else b""
        except playwright_errors.error():
            raw = b""
        text = raw.decode(errors="replace") if len(raw) <= LARGEST else ""
        return cls(shown(text), bool(text) and not _RUNS.search(text), text)

    def states(self, field: str) -> list[str]:
        """Return how the server sent a form field: each state or value that it was sent with."""
        return self._read(field).states

    def _read(self, field: str) -> _Fields:
        fields = _Fields(field)
        with suppress(AssertionError, ValueError):
            fields.feed(self.whole)
        return fields

    def has_field(self, field: str) -> bool:
        """Tell whether a form field is in it."""
        named = rf"""<[a-z][^<>]*\s(?:name|id)\s*=\s*["']?{re.escape(field)}["'\s/>]"""
        return bool(re.search(named, self.text, re.I)) and self._read(field).found


def shown(html: str) -> str:
    """Return what of a page may become elements: without scripts, styles, comments, texts and templates.

    Of something that does not end, the rest of the page is left out.
    """
    kept, position = [], 0
    small = html.lower()
    while begin := _UNSHOWN_BEGINS.search(small, position):
        kept.append(small[position : begin.start()])
        position = small.find(_UNSHOWN[begin.group()], begin.end())
        if position < 0:
            break
    kept.append(small[position:] if position >= 0 else "")
    text = "".join(kept)
    first, last = text.find("<template"), text.rfind("</template")
    return text if first < 0 else text[:first] + (text[last:] if last > first else "")
