"""Dangers in addresses that are not written in the letters from a to z."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from privacyaudit.browser.gate.danger_words import OUT_IN_OTHER_LETTERS, TAKING_IN_OTHER_LETTERS

_LETTERS = re.compile(r"[^\W\d_]+")


def _taken_apart(word: str) -> str:
    """Return a word as addresses are looked at: in small letters and without marks over or under them."""
    return "".join(one for one in unicodedata.normalize("NFKD", word.lower()) if unicodedata.category(one) != "Mn")


_OUT = frozenset(map(_taken_apart, OUT_IN_OTHER_LETTERS))
_TAKING = frozenset(map(_taken_apart, TAKING_IN_OTHER_LETTERS))


def dangers(text: str) -> Iterator[str]:
    """Return what a text without marks and in small letters says, under the name that it has in English."""
    if not text.isascii():
        words = {text, *_LETTERS.findall(text)}
        yield from ("logout" for _one in words & _OUT)
        yield from ("delete" for _one in words & _TAKING)
