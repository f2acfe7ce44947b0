"""QR codes, drawn as SVG. The only module that touches segno."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

from privacyaudit import extras
from privacyaudit.model import LOOPBACK

_QUIET = 4  # modules of white around a code (ISO/IEC 18004), drawn with it: a page's background may be another
_QUIET_IN_TERMINAL = 2  # where each module counts; cameras manage
_MOST_BYTES = 2953  # in the largest code there is
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def svg(text: str) -> str | None:
    """Return an SVG element with a QR code of an address; None where segno is not installed.

    A code is for another device, so there is none for an address that only this computer can open.
    Its white is drawn in it. It has no size of its own: the style sheet gives it one. Who draws it lets the text stand
    beside it, and hides the code from screen readers.
    """
    if only_here(text) or not available():
        return None
    return drawn(text)


def drawn(text: str) -> str:
    """Return an SVG element with a QR code of any text. Raises ImportError where segno is not installed."""
    import segno

    code = segno.make_qr(text, error="l")
    element: str = code.svg_inline(omitsize=True, border=_QUIET, light="#fff", svgclass="code", lineclass=None)
    return element


BLOCKS = "".join(_HALVES.values())
"""The signs that `blocks` draws with."""


def only_here(url: str) -> bool:
    """Tell whether an address leads to the computer on which it is opened, so that no other device can use it."""
    host = urlsplit(url).hostname or ""
    return host in LOOPBACK or host == "::1" or host.startswith("127.")


def available() -> bool:
    """Tell whether codes can be drawn."""
    return extras.installed("codes")


def split(lines: Sequence[str], columns: int, rows: int) -> list[str]:
    """Divide lines into texts of which each fits into one code that `blocks` draws in so many columns and rows.

    A line that does not fit into one goes on in the next, between words. Every text begins with its number.
    """
    side = min(columns, 2 * rows)
    words = " \n ".join(lines).split(" ")
    texts, taken = [], ""
    for word in words:
        longer = f"{taken} {word}" if taken and not taken.endswith("\n") and word != "\n" else f"{taken}{word}"
        if taken.strip() and not _fits(f"99/99 {longer}", side):
            texts.append(taken.strip())
            longer = word
        taken = longer
    texts += [taken.strip()] if taken.strip() else []
    return [f"{number}/{len(texts)} {text}" for number, text in enumerate(texts, 1)]


def _fits(text: str, side: int) -> bool:
    return len(text.encode()) <= _sure(side) or _side(text) <= side


@cache
def _sure(side: int) -> int:
    """Return how many bytes fit into a code of this side, whatever they are: to draw one for each word is slow."""
    return bisect_right(range(1, _MOST_BYTES), side, key=lambda number: _side("a" * number))


def _side(text: str) -> int:
    import segno

    return int(segno.make_qr(text, error="l", mask=0).symbol_size(border=_QUIET_IN_TERMINAL)[0])  # any mask: one size


def blocks(text: str) -> str:
    """Return a code as lines of half blocks, black on white whatever the colours of the terminal are."""
    import segno

    matrix = segno.make_qr(text, error="l").matrix_iter(border=_QUIET_IN_TERMINAL)
    rows = [[bool(cell) for cell in row] for row in matrix]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    lines = ("".join(_HALVES[pair] for pair in zip(*rows[n : n + 2], strict=True)) for n in range(0, len(rows), 2))
    return "\n".join(f"\x1b[30;107m{line}\x1b[0m" for line in lines)
