"""Questions to a GraphQL server that are none: what changes something there, or goes on for ever."""

from __future__ import annotations

import json
import re
from typing import Any

from privacyaudit.browser.gate.danger_words import CHANGES, THINGS, THINGS_ASKED

_TOKEN = re.compile(
    r'#[^\n\r]*|"""(?:\\"""|(?!""").)*(?:"""|$)|"(?:\\.|[^"\\\n\r])*"?|[_A-Za-z][_0-9A-Za-z]*|[{}()\[\]]', re.DOTALL
)
"""Comments, long texts, texts, names and brackets; commas, blanks and all else mean nothing there."""

_CHANGES = ("mutation", "subscription")
_CALLED_ONE = re.compile(r"\w*[a-z0-9]Mutation")
"""How programs name a question that changes something, where only its name is sent."""


_NAMES_ONE = re.compile(r'"operation_?name"\s*:\s*"(\w+)"', re.IGNORECASE)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def is_called_a_change(name: str) -> bool:
    """Tell whether the name of an operation begins with a verb of change and is not called a query."""
    words = [word.lower() for word in _WORD.findall(name)]
    if not words or words[0] not in CHANGES or words[-1] == "query":
        return False
    return words[0] not in THINGS or len(words) < 2 or words[-1] not in THINGS_ASKED


def changes(text: str) -> bool:
    """Tell whether a text is, or holds in JSON, a document with an operation that is no query; or is called so."""
    if _CALLED_ONE.fullmatch(text.strip()) or any(map(is_called_a_change, _NAMES_ONE.findall(text))):
        return True
    return "{" in text and (_has_operation(text) or any(_has_operation(one) for one in _texts(text)))


def _has_operation(text: str) -> bool:
    depth = 0
    for token in _TOKEN.findall(text):
        if token in ("{", "(", "["):
            depth += 1
        elif token in ("}", ")", "]"):
            depth = max(0, depth - 1)
        elif depth == 0 and token.lower() in _CHANGES:
            return "{" in text
    return False


def _texts(text: str) -> list[str]:
    """Return all texts that are in a text in JSON."""
    found: list[str] = []

    def note(value: Any) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            for one in value.values():
                note(one)
        elif isinstance(value, list):
            for one in value:
                note(one)

    try:
        note(json.loads(text))
    except (ValueError, RecursionError):
        return found
    return found
