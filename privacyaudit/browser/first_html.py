"""What the server itself sent of a page, before any script ran."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privacyaudit.browser import playwright_errors

if TYPE_CHECKING:
    from playwright.sync_api import Response

LARGEST = 5_000_000
"""Of a page or a reply with more bytes than this, what the server sent is not looked at."""

_UNSHOWN = {"<!--": "-->", "<script": "</script", "<style": "</style", "<textarea": "</textarea", "<title": "</title"}
_UNSHOWN_BEGINS = re.compile(r"<!--|<(?:script|style|textarea|title)(?=[\s/>])", re.IGNORECASE)
_RUNS = re.compile(r"<(?:script|iframe|frame|object|embed)\b|\son[a-z]+\s*=", re.IGNORECASE)
"""What can run on a page, in the text that the server sent: scripts, handlers, and pages within it."""


@dataclass(frozen=True)
class First:
    """The text of a page that may become elements; `stays` where nothing in it can run."""

    text: str
    stays: bool

    @classmethod
    def of(cls, response: Response | None) -> First:
        """Take it from the answer of the server; nothing of one that is too large or gone."""
        try:
            raw = response.body() if response else b""
        except playwright_errors.error():
            raw = b""
        text = raw.decode(errors="replace") if len(raw) <= LARGEST else ""
        return cls(shown(text), bool(text) and not _RUNS.search(text))

    def has_field(self, field: str) -> bool:
        """Tell whether a form field is in it."""
        named = rf"""<[a-z][^<>]*\s(?:name|id)\s*=\s*["']?{re.escape(field)}["'\s/>]"""
        return bool(re.search(named, self.text, re.I))


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
