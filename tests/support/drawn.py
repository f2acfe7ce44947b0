"""What a page that was drawn holds: its tags, its texts, and the sentences that cannot be translated."""

from __future__ import annotations

import re
from gettext import NullTranslations
from html.parser import HTMLParser


class Reader(HTMLParser):
    """Collects the tags of a page, and the text that stands in them, but for that in the tags `skip`."""

    def __init__(self, html: str, skip: tuple[str, ...] = ("style",)) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._skip = skip
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in self._skip:
            self.texts.append(data)

    def said(self) -> str:
        """Return all that is shown or read out."""
        return " ".join(self.texts + [str(attrs["aria-label"]) for _tag, attrs in self.tags if "aria-label" in attrs])


class Brackets(NullTranslations):
    """A language in which every sentence stands in brackets, to see which ones were forgotten."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def outside_brackets(text: str) -> str:
    """Return what of a text was not put into brackets."""
    while (stripped := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = stripped
    return text
