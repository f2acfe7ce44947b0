"""Whose page it is, and what stands for the person in addresses; what is found stays in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from privacyaudit.browser import playwright_errors
from privacyaudit.browser.locate import accessible_name, folded, locate, look
from privacyaudit.model import Take, Who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from playwright.sync_api import Page

    from privacyaudit.model.signing import Me


class Shown(Protocol):
    """A page that is open, and the replies to what it asked for."""

    @property
    def page(self) -> Page:
        """Return the page."""
        ...

    def json_replies(self, host: str | None, path: str) -> Iterator[Any]:
        """Return what is in the good replies from a host and path."""
        ...


def account(shown: Shown, who: Who) -> str | None:
    """Return the account that a page names, as a person sees it or in a reply; None where it names none, or several."""
    if who.find is None:
        found = {who.said_in(reply) for reply in shown.json_replies(who.host, who.reply or "")} - {None}
        return found.pop() if len(found) == 1 else None
    elements = locate(shown.page, who.find)
    if len(elements) != 1:
        return None
    element = elements[0]
    try:
        if not look(element, "seen") or look(element, "struck"):
            return None
        if who.take is Take.VALUE:
            said = element.input_value()
        else:
            said = (element.text_content() or "") if who.take is Take.TEXT else accessible_name(element)
    except playwright_errors.error():
        return None
    return folded(said) or None


def in_addresses(shown: Shown, me: Me, hosts: Iterable[str]) -> str | None:
    """Return what stands for the person in addresses, as the page that proves the sign-in says it, or None."""
    if me.from_ == "link":
        links = shown.page.locator("a[href]").evaluate_all("links => links.map((link) => link.href)")
        return me.in_links([str(link) for link in links], hosts)
    found = {me.in_reply(reply) for reply in shown.json_replies(me.host, me.reply or "")} - {None}
    return found.pop() if len(found) == 1 else None
