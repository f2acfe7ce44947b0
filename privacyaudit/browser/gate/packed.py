"""Replies that come packed: whether one was packed to its end. A browser shows half of one as if it were whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Protocol

_OPAQUE = (b"br", b"zstd", b"dcb", b"dcz")
"""Ways of packing that a browser knows and that cannot be looked through here."""

_AT_ONCE = 65_536
_GZIP, _ZLIB, _BARE = 31, 15, -15


class _Unpacking(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


def may_be_packed(accepted: bytes) -> bytes:
    """Return how a reply may come packed (`Accept-Encoding`), so that it can be looked through."""
    ways = [way.strip() for way in accepted.split(b",")]
    return b", ".join(way for way in ways if way.partition(b";")[0].lower() not in _OPAQUE) or b"identity"


class Packed:
    """The body of one reply as it passes; what it holds is not kept."""

    def __init__(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        said = b",".join(value for name, value in headers if name.lower() == b"content-encoding")
        self._way = said.rpartition(b",")[2].strip().lower().removeprefix(b"x-")
        self._first = b""
        self._unpacking: _Unpacking | None = None
        self._is_sound = True

    def see(self, data: bytes) -> None:
        """Look through the next piece."""
        if self._way not in (b"gzip", b"deflate"):
            return
        if self._unpacking is None:
            self._first += data
            if len(self._first) < 2:
                return
            data, self._unpacking = self._first, zlib.decompressobj(self._kind())
        try:
            while data and not self._unpacking.eof:
                self._unpacking.decompress(data, _AT_ONCE)
                data = self._unpacking.unconsumed_tail
        except zlib.error:
            self._is_sound, self._way = False, b""

    def is_whole(self) -> bool:
        """Tell whether it has come to its end, as far as that can be told; nothing at all is whole."""
        if self._unpacking is None:
            return not self._first
        try:
            while not self._unpacking.eof and self._unpacking.decompress(b"", _AT_ONCE):
                pass
        except zlib.error:
            return False
        return self._is_sound and self._unpacking.eof

    def _kind(self) -> int:
        """Return how to unpack it: sites call two things “deflate”, which differ in their first two bytes."""
        if self._way == b"gzip":
            return _GZIP
        is_zlib = self._first[0] & 15 == 8 and int.from_bytes(self._first[:2], "big") % 31 == 0
        return _ZLIB if is_zlib else _BARE
