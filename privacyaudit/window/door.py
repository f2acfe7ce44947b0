"""Who is let into the window: a ticket that works once, exchanged for a cookie. Pure but for the random numbers.

A ticket is made with the window's key, so a second start of the program can make one too. The cookie belongs to a path
that nobody else knows: a browser would show it to every server on this computer otherwise, whatever its port.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable

from privacyaudit.serving import sealed

KEY_BYTES = 32
TICKET_SECONDS = 600
_TIME_BYTES, _RANDOM_BYTES = 8, 16
_SIZE = _TIME_BYTES + _RANDOM_BYTES


def new_key() -> bytes:
    """Return a new secret for one window."""
    return secrets.token_bytes(KEY_BYTES)


def new_ticket(key: bytes, seconds: float | None = None) -> str:
    """Return a ticket that works once, for ten minutes; `seconds` are those of the system's clock."""
    made = int(time.time() if seconds is None else seconds)
    return sealed.seal(key, made.to_bytes(_TIME_BYTES, "big") + secrets.token_bytes(_RANDOM_BYTES))


class Door:
    """Exchanges tickets for cookies, and knows those that it gave.

    `place` is the path under which everything is, with a slash at its end. `clock` is the system's, in seconds.
    """

    def __init__(self, key: bytes, clock: Callable[[], float] = time.time) -> None:
        self._key = key
        self._clock = clock
        self._used: set[bytes] = set()
        self._given: list[str] = []
        self.place = f"/w/{secrets.token_urlsafe(_RANDOM_BYTES)}/"

    def exchange(self, ticket: str) -> str | None:
        """Return the value of a new cookie; None for a ticket that is not ours, was used before or is too old."""
        raw = sealed.opened(self._key, ticket, _SIZE)
        if raw is None or self.used(raw) or self.old(raw):
            return None
        self._used.add(raw)
        self._given.append(secrets.token_urlsafe(KEY_BYTES))
        return self._given[-1]

    def used(self, raw: bytes) -> bool:
        """Tell whether what is in a ticket was seen before."""
        return raw in self._used

    def old(self, raw: bytes) -> bool:
        """Tell whether a ticket was made too long ago, or is dated in the future."""
        made = int.from_bytes(raw[:_TIME_BYTES], "big")
        return not -1 <= self._clock() - made <= TICKET_SECONDS

    def knows(self, cookie: str) -> bool:
        """Tell whether a cookie has a value that was given here, in a time that does not tell how close it came."""
        typed = cookie.encode("utf-8", "replace")
        return bool(sum(hmac.compare_digest(typed, one.encode()) for one in self._given))
