"""Whether a reply is a copy that was kept on the way, as its headers say: it may be older than the setting."""

from __future__ import annotations

import re
from collections.abc import Mapping

_OF_A_CACHE = re.compile(r"(?:.*-)?cache(?:-status)?")
"""The names of headers in which caches say what they did: Cache-Status, CF-Cache-Status, X-Cache and their like."""

_STALE = re.compile(r"(?<![a-z=])(?:stale|updating|expired_hit)(?![a-z])|hit\b[^,]*\bttl=-", re.IGNORECASE)
_OTHER_WARNINGS = re.compile(r"\s*(?:199|299)\b")
"""Warnings about something else than the copy: that an address will be given up, for one."""


def is_old(headers: Mapping[str, str]) -> bool:
    """Tell whether headers (names in small letters) speak of a copy that was kept, or of one that is out of date."""
    if headers.get("age", "0").strip() != "0":
        return True
    if "warning" in headers and not _OTHER_WARNINGS.match(headers["warning"]):
        return True
    return any(_STALE.search(value) for name, value in headers.items() if _OF_A_CACHE.fullmatch(name))
