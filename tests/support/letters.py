"""Letters written for tests: with every blank left open, and with blanks filled from awkward things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from privacyaudit.about_me import letters
from privacyaudit.about_me.letters import Written
from privacyaudit.model.letter import Blank, Fills

TODAY = date(2026, 11, 30)

NAMES = (
    "Siân O’Brien-Ŵyn",
    "D'Arcy",
    "أحمد بن علي",
    "李",
    "J. R.",
    "x" * 200,
    "<script>alert(1)</script>",
    "a ]]> b & c",
    "{my_name} {{ 7 * 7 }} %s",
    "[your name]",
)
"""What people are called, and what somebody may type to break a file."""

SCRIPTS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "vbscript:x",
    "tel:+44123",
    "intent://scan/#Intent;scheme=zxing;end",
    "https://you@example.org/",
    'https://example.org/" onclick="alert(1)',
    "https://example.org/<b>",
    "https://",
    "https://[::1",
    "https://example.org:port/",
    "//example.org",
)
"""What is no address of a web page, and so never a link."""

PAGES = ("https://example.org/a?b=1&c=2#d", "http://example.org/old_page.html", "https://example.org/Ŵyn")


def of(blank: Blank) -> Sequence[str]:
    """Return something that fits into a blank."""
    if blank.choices:
        return [blank.choices[0].id]
    return PAGES[:2] if blank.many else [PAGES[0] if blank.fills is Fills.ADDRESS else f"the {blank.id}"]


def written(name: str, filled: Mapping[str, Sequence[str]] | None = None) -> Written:
    """Write a letter: with what is `filled`, or with every blank filled."""
    one = letters.letter(name)
    every = {blank.id: of(blank) for blank in letters.blanks_of(one)}
    return letters.write(one, every if filled is None else filled, TODAY)


def ids() -> list[str]:
    """Return the ids of all letters."""
    return [one.id for one in letters.letters()]
