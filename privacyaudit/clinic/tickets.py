"""Tickets and join codes: what lets somebody in, without saying who they are. Pure but for the random numbers."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import Counter

from privacyaudit.serving import sealed

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ2346789"  # without 0 O, 1 I L, 5 and U, which is taken for V
CODE_LENGTH = 6
KEY_BYTES = 32
_RANDOM_BYTES = 16

TRIES = 300
"""Wrong codes a minute, all together: a guesser meets a code of 29^6 in an hour with a chance of 1 in 33,000."""
TRIES_EACH = 10

AT_ONCE = 3
"""New people from one address at once, such as a couple behind one phone; after them one a minute."""
MINUTE = 60.0


def new_key() -> bytes:
    """Return a new secret for one clinic."""
    return secrets.token_bytes(KEY_BYTES)


def new_code() -> str:
    """Return a new join code, of letters and digits that are not taken for each other."""
    return "".join(secrets.choice(ALPHABET) for _number in range(CODE_LENGTH))


def typed(code: str) -> str:
    """Return a code as it was meant: without spaces and hyphens, in capital letters."""
    return "".join(code.split()).replace("-", "").upper()


def same(one: str, other: str) -> bool:
    """Compare two codes in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


def new_ticket(key: bytes) -> str:
    """Return a new ticket: 128 random bits and a tag that only this clinic can make; safe in an address."""
    return sealed.seal(key, secrets.token_bytes(_RANDOM_BYTES))


def genuine(key: bytes, ticket: str) -> bool:
    """Tell whether this clinic has made a ticket."""
    return sealed.opened(key, ticket, _RANDOM_BYTES) is not None


class Guesses:
    """Counts wrong codes, all together and for each caller, and forgets them after a minute.

    A caller is known by a hash with a key that lasts as long as the count.
    """

    def __init__(self) -> None:
        self._minute = -1
        self._forget(0)

    def _forget(self, minute: int) -> None:
        if minute != self._minute:
            self._minute = minute
            self._salt = secrets.token_bytes(16)
            self._wrong: Counter[bytes] = Counter()

    def too_many(self, caller: str, seconds: float) -> bool:
        """Tell whether a caller, or all together, have been wrong too often in this minute."""
        self._forget(int(seconds // 60))
        return self._wrong[self._name(caller)] >= TRIES_EACH or self._wrong.total() >= TRIES

    def wrong(self, caller: str, seconds: float) -> None:
        """Count a wrong code."""
        self._forget(int(seconds // 60))
        self._wrong[self._name(caller)] += 1

    def _name(self, caller: str) -> bytes:
        return hmac.new(self._salt, caller.encode(), hashlib.sha256).digest()[:8]


class Newcomers:
    """Lets people in from one address a few at once, then one a minute, and forgets an address after three minutes.

    Whoever loads the page again and again is nine people only after a while, in which others share too. An address is
    known by a hash with a key that is kept nowhere.
    """

    def __init__(self) -> None:
        self._salt = secrets.token_bytes(16)
        self._rests: dict[bytes, float] = {}  # until when an address would have to rest

    def too_many(self, caller: str, seconds: float) -> bool:
        """Tell whether somebody new from this address has to wait."""
        self._rests = {name: until for name, until in self._rests.items() if until > seconds}
        return self._rests.get(self._name(caller), seconds) > seconds + (AT_ONCE - 1) * MINUTE

    def came(self, caller: str, seconds: float) -> None:
        """Note that somebody new came from this address."""
        name = self._name(caller)
        self._rests[name] = max(self._rests.get(name, seconds), seconds) + MINUTE

    def _name(self, caller: str) -> bytes:
        return hmac.new(self._salt, caller.encode(), hashlib.sha256).digest()[:8]
