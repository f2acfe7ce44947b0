"""Replies in JSON that are read, and whether one is whole: no part by its headers, no old copy, not one of some."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from privacyaudit.browser.old_copies import is_old
from privacyaudit.browser.reply_bodies import no_number

_GOES_ON = re.compile(
    r"hasmore|more|hasnext|hasnextpage|next|nextpage|nexturl|nextcursor|nexttoken|endcursor|cursor|after"
)
_HOW_MANY = re.compile(r"total|totalcount|totalresults|totalitems|count|size")
_DEPTH = 4


def read(raw: bytes) -> Any:
    """Return what a reply says, as a browser reads it. Raises ValueError and RecursionError where one fails too."""
    return json.loads(raw.decode("utf-8-sig"), parse_constant=no_number)


def is_whole(status: int, headers: Mapping[str, str]) -> bool:
    """Tell whether status and headers (names in small letters) speak of a whole and fresh reply."""
    return (
        status == 200
        and not is_old(headers)
        and "content-range" not in headers
        and 'rel="next"' not in headers.get("link", "")
    )


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
