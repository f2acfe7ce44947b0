"""Addresses that say what is to be set, to whom something is to be shown, or which change is called by its name."""

from __future__ import annotations

import re

from privacyaudit.browser.gate import graphql
from privacyaudit.browser.gate.danger_words import NUMBERS, SEEN_BY, SETTING, STATES, WHO_SEES

_OPERATIONS = ("operationname", "opname", "operation", "fbapireqfriendlyname")
_ENDING = re.compile(r"\.[a-z0-9]{1,6}$")
_NO_LETTER = re.compile(r"[^a-z0-9]+")

Pairs = list[tuple[str, str]]
"""Names and values of a query, without percent signs."""


def sets(path: str, pairs: Pairs) -> bool:
    """Tell whether a query says what is to be set, or who may see something."""
    said = [(_folded(name), _folded(value)) for name, value in pairs]
    if any(name in WHO_SEES and value in SEEN_BY for name, value in said):
        return True
    gives = any(name not in NUMBERS and value in STATES | SEEN_BY for name, value in said)
    return gives and _ENDING.sub("", _last(path).lower()) in SETTING


def calls_a_change(path: str, pairs: Pairs) -> bool:
    """Tell whether an operation in GraphQL that is called by its name alone changes something."""
    called = [value for name, value in pairs if _folded(name) in _OPERATIONS]
    if "graphql" in path.lower().rstrip("/").split("/")[:-1]:
        called.append(_last(path))
    return any(map(graphql.is_called_a_change, called))


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _folded(text: str) -> str:
    return _NO_LETTER.sub("", text.lower())
