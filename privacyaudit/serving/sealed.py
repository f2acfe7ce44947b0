"""Words that only this program can have made: random bytes and a tag that needs a key. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac

_TAG_BYTES = 12


def seal(key: bytes, raw: bytes) -> str:
    """Return some bytes with their tag, as a word that is safe in an address."""
    return _word(raw + _tag(key, raw))


def opened(key: bytes, word: str, size: int) -> bytes | None:
    """Return the bytes of a word, which are so many; None where it was not made with this key, or was changed."""
    try:
        whole = base64.b64decode(word + "=" * (-len(word) % 4), altchars="-_", validate=True)
    except ValueError:
        return None
    raw, tag = whole[:size], whole[size:]
    genuine = hmac.compare_digest(tag, _tag(key, raw))
    return raw if genuine and len(raw) == size and _word(whole) == word else None


def _word(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _tag(key: bytes, raw: bytes) -> bytes:
    return hmac.new(key, b"ticket " + raw, hashlib.sha256).digest()[:_TAG_BYTES]
