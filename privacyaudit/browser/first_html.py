"""What the server itself sent of a page, before any script ran."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
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

_ENDED = frozenset({"ul", "ol", "dl", "table", "section", "main", "article", "dialog"})
"""What holds others on a page, and always has an end tag."""

_FIELDS = ("input", "select", "textarea")
_RUNS = re.compile(r"<(?:script|iframe|frame|object|embed)\b|\son[a-z]+\s*=", re.IGNORECASE)
"""What can run on a page, in the text that the server sent: scripts, handlers, and pages within it."""

_HOLDS = re.compile(r"<(?:input|select|textarea|button|a|form|iframe|object)\b|<[a-z][^<>]*\s(?:role|aria-[a-z]+)\s*=")
_HOLDS_DATA = re.compile(
    r"""<template\b|<script[^>]*\stype\s*=\s*["']?application/json|__next_f|JSON\.parse\(\s*["'`]|"""
    r"""(?:__|state|props|data)\s*=\s*[\[{]""",
    re.IGNORECASE,
)
_TAGS = re.compile(r"<noscript\b.*?</noscript|<[^>]*>", re.DOTALL)
_WORDS = re.compile(r"\w")


def nameless(tag: str, kind: str | None) -> str:
    """Return what stands for all fields of a kind that have neither a name nor an id."""
    return f" {tag} {(kind or '').lower()}"


class _Fields(HTMLParser):
    """How the fields of a text stand, by name and by id: "on" or "off", the value that is chosen, or the text.

    Those that have neither stand by their kind.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.states: dict[str, list[str]] = {}
        self._apart = ""
        self._wrapping: set[str] = set()
        self._lists: dict[str, list[tuple[str, bool]]] = {}
        self._texts: dict[str, str] = {}
        self._worded: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a field, or of an option of the lists that are being read."""
        if self._apart:
            return
        had = {name: value or "" for name, value in reversed(attrs)}
        if tag in ("option", "optgroup"):
            self._end_option()
        names = {had[key] for key in ("name", "id") if had.get(key)}
        if not names and tag in _FIELDS:
            names = {nameless(tag, had.get("type"))}
        for name in names:
            self.states.setdefault(name, [])
        self._apart = tag if tag in _APART else ""
        for name in names | self._wrapping if tag == "input" else ():
            self.states[name] += _state(had)
        self._wrapping = names if tag not in _FIELDS else set()
        if tag == "select":
            self._lists |= {name: [] for name in names}
        elif tag == "option":
            for options in self._lists.values():
                options.append((had.get("value", ""), "selected" in had))
            self._worded = None if "value" in had else ""
        elif tag == "textarea":
            self._texts |= dict.fromkeys(names, "")

    def handle_endtag(self, tag: str) -> None:
        """Take note of what lists or texts were sent with."""
        if self._apart and tag != self._apart:
            return
        self._apart = ""
        if tag in ("option", "select"):
            self._end_option()
        if tag == "select":
            for name, options in self._lists.items():
                chosen = [value for value, selected in options if selected]
                self.states[name] += chosen[-1:] or [value for value, _selected in options[:1]]
            self._lists = {}
        elif tag == "textarea":
            for name, text in self._texts.items():
                self.states[name].append(text.removeprefix("\n"))
            self._texts = {}

    def handle_data(self, data: str) -> None:
        """Take note of the text of a field for texts, or of an option that has no other value."""
        if self._worded is not None:
            self._worded += data
        for name in self._texts:
            self._texts[name] += data

    def _end_option(self) -> None:
        if self._worded is not None:
            for options in self._lists.values():
                options[-1] = (" ".join(self._worded.split()), options[-1][1])
        self._worded = None


class _Ends(HTMLParser):
    """What begins in a text and does not end in it, of what always has an end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: Counter[str] = Counter()
        self._apart = ""

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a beginning."""
        if not self._apart:
            self.open[tag] += tag in _ENDED
            self._apart = tag if tag in _APART else ""

    def handle_endtag(self, tag: str) -> None:
        """Take note of an end; one too many ends nothing."""
        if not self._apart:
            self.open[tag] -= self.open[tag] > 0
        elif tag == self._apart:
            self._apart = ""


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
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, response: Response | None) -> First:
        """Take it from the answer of the server; nothing of one that is too large or gone."""
        try:
            raw = response.body() if response else b""
        except playwright_errors.error():
            raw = b""
        text = raw.decode(errors="replace") if len(raw) <= LARGEST else ""
        return cls(shown(text), bool(text) and not _RUNS.search(text), text, response.headers if response else {})

    def states(self, name: str) -> list[str]:
        """Return how the server sent a form field: each state or value that it was sent with."""
        return self._fields.get(name, [])

    @cached_property
    def _fields(self) -> dict[str, list[str]]:
        fields = _Fields()
        with suppress(AssertionError, ValueError):
            fields.feed(self.whole)
        return fields.states

    @cached_property
    def is_cut(self) -> bool:
        """Tell whether it breaks off: a list, a table or a part of the page begins in it and does not end."""
        ends = _Ends()
        with suppress(AssertionError, ValueError):
            ends.feed(self.whole)
        return any(ends.open.values())

    @property
    def is_shell(self) -> bool:
        """Tell whether a setting cannot be read from it: it has no control, no link, no words, no data for scripts."""
        bare = bool(self.text) and not _HOLDS.search(self.text) and not _HOLDS_DATA.search(self.whole)
        return bare and not _WORDS.search(_TAGS.sub(" ", self.text))

    def has_field(self, name: str) -> bool:
        """Tell whether a form field is in it, or any of its kind if it is nameless."""
        if name.startswith(" "):
            return name in self._fields
        named = rf"""<[a-z][^<>]*\s(?:name|id)\s*=\s*["']?{re.escape(name)}["'\s/>]"""
        return name in self._fields and bool(re.search(named, self.text, re.I))


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
