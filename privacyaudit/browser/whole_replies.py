"""Replies in JSON, and whether one says of itself that it is not whole: an error, a part, an old copy, one of some."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NoReturn

from privacyaudit.browser.failed_replies import says_something
from privacyaudit.browser.old_copies import is_old

_FAULTS = re.compile(r"error|errors|partial|incomplete|truncated|stale|degraded|fallback")
_GOES_ON = re.compile(
    r"hasmore|more|hasnext|hasnextpage|next|nextpage|nexturl|nextcursor|nexttoken|endcursor|cursor|after"
)
_HOW_MANY = re.compile(r"total|totalcount|totalresults|totalitems|count|size")
_DEPTH = 4
_GUARD = re.compile(r"\)\]\}',?|(?:for\s*\(;;\)|while\s*\((?:1|true)\));")
"""What sites put before a reply so that it cannot be run as a program."""


def read(raw: bytes) -> Any:
    """Return what a reply says, as a browser reads it. Raises ValueError and RecursionError where one fails too."""
    return json.loads(raw.decode("utf-8-sig"), parse_constant=no_number)


def in_text(text: str, *, is_json: bool) -> list[Any] | None:
    """Return what is in a reply that is JSON, or has one in each of its lines; None of one that broke off.

    What is no JSON, and is not said to be, has nothing in it.
    """
    text = text.strip()
    bare = _GUARD.sub("", text, count=1).strip() if _GUARD.match(text) else text
    for parts in ([bare], bare.splitlines()):
        with suppress(ValueError, RecursionError):
            return [json.loads(part, parse_constant=no_number) for part in parts if part.strip()]
    return None if is_json and bare == text and text[:1] in "{[" else []


def no_number(text: str) -> NoReturn:
    """Refuse a word that Python takes for a number and JSON does not have. Raises ValueError."""
    raise ValueError(f"{text} is no number in JSON")


def is_whole(status: int, headers: Mapping[str, str]) -> bool:
    """Tell whether status and headers (names in small letters) speak of a whole and fresh reply."""
    return (
        status == 200
        and not is_old(headers)
        and "content-range" not in headers
        and 'rel="next"' not in headers.get("link", "")
    )


def has_faults(reply: Any, depth: int = _DEPTH) -> bool:
    """Tell whether a reply says, down to some depth, that it is an error or a part."""
    return any(_FAULTS.fullmatch(key) and says_something(value) for key, value in _said(reply, depth))


def goes_on(reply: Any, counted: int) -> bool:
    """Tell whether a reply with a list of so many says that there is more of it."""
    for key, value in _said(reply, _DEPTH):
        if _GOES_ON.fullmatch(key) and value:
            return True
        if _HOW_MANY.fullmatch(key) and isinstance(value, int) and value > counted:
            return True
    return False


def _said(reply: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Return each key, in small letters and without marks, and its value."""
    if isinstance(reply, dict):
        for key, value in reply.items():
            yield re.sub(r"[^a-z]", "", str(key).lower()), value
            if depth > 1:
                yield from _said(value, depth - 1)
    elif isinstance(reply, list) and depth > 1:
        for value in reply[:50]:
            yield from _said(value, depth - 1)
