"""What somebody typed for a blank of a letter: made into one line, and looked at before it is used."""

from __future__ import annotations

from urllib.parse import urlsplit

from privacyaudit.i18n import _
from privacyaudit.model import CONTROL
from privacyaudit.model.letter import Blank, Fills

MOST_SIGNS = 1_000
"""The most characters that go into a blank."""

MOST_LINES = 50
"""The most addresses that one letter names."""

AT_WORK = (".sch.uk", ".ac.uk", ".gov.uk", ".gov.wales", ".gov.scot", ".nhs.uk", ".police.uk")
"""What the addresses of people end with who have them from work."""

_SPLITS_WORDS = str.maketrans(dict.fromkeys("\t\n\r\v\f\x85\u2028\u2029", " "))


def clean(typed: str) -> str:
    """Return what was typed as one line, without characters that cannot be seen."""
    return " ".join(CONTROL.sub("", typed.translate(_SPLITS_WORDS)).split())


def remark(blank: Blank, typed: str) -> str | None:
    """Say what is odd about what was typed for a blank; None where nothing is. It can be used anyway."""
    if blank.fills is Fills.PRIVATE and typed.lower().endswith(AT_WORK):
        return _("This looks like an address from work. Use a private one, because others may read your mail at work.")
    if blank.fills in (Fills.LINE, Fills.PRIVATE) or not typed or link(typed):
        return None
    return _(
        "This is not a web address that begins with https:// or http://. The letter has it as you typed it, "
        "but not as a link."
    )


def too_long(typed: str) -> str | None:
    """Say that what was typed is too long for a blank; None where it is not."""
    if len(typed) <= MOST_SIGNS:
        return None
    return _("This is longer than {most} characters. A letter is read when it is short. Please write less.").format(
        most=f"{MOST_SIGNS:,}"
    )


def link(text: str) -> str | None:
    """Return a text that is the address of a web page, or None: what a script, a file or an app has is no link."""
    if any(sign.isspace() or sign in "\"'<>\\`{}" for sign in text) or CONTROL.search(text):
        return None
    try:
        parts = urlsplit(text)
        _port = parts.port
    except ValueError:
        return None
    return text if parts.scheme in ("https", "http") and parts.hostname and "@" not in parts.netloc else None
