"""The standard streams, made fit for any text: whoever started the program chose their encoding, or gave it none."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

READABLE = "privacyaudit-readable"
PLAIN_ASCII = "privacyaudit-ascii"
_ALIKE = {
    '"': "“”„«",
    "'": "‘’",
    "<": "‹",
    ">": "›»",
    "-": "‐–—―−·─",
    "|": "│├└",
    "*": "•◆",
    "#": "█▀▄",
    "x": "×✗",
    "!": "▲",
    "~": "◷",
    "o": "ø",
    "l": "ł",
    "d": "đ",
    "...": "⋮⋯",
}
_WORDS = {
    "£": "GBP ",
    "✓": "ok",
    "→": "->",
    "←": "<-",
    "↑": "Up",
    "↓": "Down",
    "☰": "(menu)",
    "⚙": "(gear)",
    "♡": "(heart)",
    "ß": "ss",
    "æ": "ae",
}
SUBSTITUTES = _WORDS | {sign: instead for instead, signs in _ALIKE.items() for sign in signs}
"""What is written for a sign that a stream does not know; a letter with an accent loses the accent."""
_LOST_CODE = 1
_LOST = {errno.EPIPE, errno.ENOSPC, errno.EIO, *({errno.EINVAL} if sys.platform == "win32" else ())}


def make_safe() -> None:
    """Let the standard streams take whatever is written, and be there where none was given."""
    codecs.register_error(READABLE, _readable)
    codecs.register(_plain_ascii)
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        stream = getattr(sys, name)
        if stream is None or stream.closed:
            setattr(sys, name, _nowhere(number, mode))
        elif isinstance(stream, io.TextIOWrapper):
            with suppress(io.UnsupportedOperation):  # something was read from it already
                _reconfigure(stream, reads=mode == "r")


def _reconfigure(stream: io.TextIOWrapper, *, reads: bool) -> None:
    if reads:
        stream.reconfigure(errors="replace")
    else:
        ascii_only = codecs.lookup(stream.encoding).name == "ascii"
        stream.reconfigure(encoding=PLAIN_ASCII if ascii_only else None, errors=READABLE)


def _nowhere(number: int, mode: str) -> IO[str]:
    """Open what swallows everything; programs that are started from here inherit it if it took the missing place."""
    stream = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115, PTH123 - it stays open until the end
    if stream.fileno() == number:
        os.set_inheritable(number, True)
    return stream


def shows(signs: str) -> bool:
    """Tell whether the standard output can write these signs as they are."""
    try:
        signs.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def _readable(error: UnicodeError) -> tuple[str, int]:
    """Return what to write instead of signs that an encoding does not have: ASCII that says the same."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_instead, error.object[error.start : error.end])), error.end


def _instead(sign: str) -> str:
    if sign in SUBSTITUTES:
        return SUBSTITUTES[sign]
    letters = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode("ascii")
    return letters or ("" if unicodedata.combining(sign) else "?")


def _plain_ascii(name: str) -> codecs.CodecInfo | None:
    """Return ASCII under another name: into a stream that calls itself ASCII, typer writes UTF-8."""
    if name != PLAIN_ASCII.replace("-", "_") and name != PLAIN_ASCII:
        return None
    known = codecs.lookup("ascii")
    return codecs.CodecInfo(
        known.encode,
        known.decode,
        known.streamreader,
        known.streamwriter,
        known.incrementalencoder,
        known.incrementaldecoder,
        name=PLAIN_ASCII,
    )


def lost(error: BaseException) -> bool:
    """Tell whether an error means that what is printed no longer gets anywhere: no reader, no space."""
    return isinstance(error, OSError) and error.errno in _LOST and error.filename is None


@contextmanager
def watched() -> Iterator[None]:
    """End with 1 when what is printed gets nowhere: without a word where its reader has left, as `head` does."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as error:
        if not lost(error):
            raise
        _let_go()
        if error.errno in (errno.ENOSPC, errno.EIO):
            with suppress(OSError):
                sys.stderr.write(f"privacyaudit: {error.strerror}\n")
        sys.exit(_LOST_CODE)


def _let_go() -> None:
    """Let what is still waiting to be written go nowhere, so that Python does not complain of it at its end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
