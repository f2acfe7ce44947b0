"""What to do where a screen may look different from what we say, and a text with which to tell of it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from urllib.parse import quote

from privacyaudit import __version__
from privacyaudit.i18n import _
from privacyaudit.model import Check, Checklist, Flag, Reason, has_address, host_of

_FLAGS = {Flag.READ_WRONG, Flag.LOW_CONFIDENCE, Flag.OLD_FACTS}
_REASONS = {Reason.LOOKS_DIFFERENT, Reason.UNLISTED_VALUE, Reason.READ_WRONG}


@dataclass(frozen=True, slots=True)
class Different:
    """Where else to look, a page of the makers and its host, and a text to copy or mail; empty where there is none.

    The text names the check and the version of the program, and nothing of the person.
    """

    look: str
    page: str
    host: str
    text: str

    @property
    def mail(self) -> str:
        """Return an address that opens a mail to nobody yet, with the text in it."""
        return f"mailto:?body={quote(self.text)}"


def different(checklist: Checklist, check: Check, flags: Set[Flag], reason: Reason | None) -> Different | None:
    """Return what to do where instructions may not fit, or did not; None for all others."""
    if not (flags & _FLAGS or reason in _REASONS):
        return None
    way = checklist.where(check)
    words = way.ios or way.android or way.menu
    look = (
        _("If your screen looks different, search the settings for “{name}”.").format(name=_(words[-1]))
        if words
        else ""
    )
    hosts = {*checklist.platform.hosts, *checklist.platform.help_hosts}
    pages = (source.url for source in check.sources if has_address(source.url) and host_of(source.url) in hosts)
    page = next(pages, "")
    text = _("{check}, privacyaudit {version}. My device: … What I see: …")
    return Different(look, page, host_of(page), text.format(check=check.id, version=__version__))
