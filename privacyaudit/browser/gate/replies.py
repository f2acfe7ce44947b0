"""What is taken out of a reply before the browser sees it: words by which a site makes a browser ask by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

Headers = list[tuple[bytes, bytes]]

ASKS_BY_ITSELF = frozenset(
    {
        b"speculation-rules",
        b"report-to",
        b"reporting-endpoints",
        b"nel",
        b"use-as-dictionary",
        b"refresh",
        b"alt-svc",
        b"set-login",
        b"content-security-policy-report-only",
        b"critical-ch",
        b"secure-session-registration",
        b"secure-session-challenge",
        b"sec-session-registration",
        b"sec-session-challenge",
        b"attribution-reporting-register-source",
        b"attribution-reporting-register-trigger",
    }
)
"""Pages fetched ahead, reports, moves after a while, other ways to the same site, the same page once more, keys for a
session. None changes what a page shows."""

_ONLY_LEADS_ON = re.compile(rb'\s*(?:<[^>]*>\s*;\s*rel="?(?:next|prev|first|last)"?\s*,?\s*)+', re.IGNORECASE)
"""What a `Link` may say: where a list goes on. In anything else it may make a browser fetch ahead."""

OF_ONE_CONNECTION = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"upgrade",
    }
)
"""What two neighbours tell each other and nobody else (RFC 9110, 7.6.1); the length of a body is another matter."""


def would_move_on(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Tell whether a reply says where its page is to move after a while, which is taken out."""
    return any(name.lower() == b"refresh" for name, _value in headers)


def cleaned(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Return the headers of a reply without those by which it would make the browser ask by itself."""
    given = [(name.lower(), value) for name, value in headers]
    named = {word.strip().lower() for name, value in given if name == b"connection" for word in value.split(b",")}
    away = ASKS_BY_ITSELF | OF_ONE_CONNECTION | (named - {b"close"})
    return [
        (name, value)
        for name, value in given
        if name not in away and (name != b"link" or _ONLY_LEADS_ON.fullmatch(value))
    ]
