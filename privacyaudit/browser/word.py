"""What a site says at once, without its page, when it is asked for the page that proves a sign-in."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

from privacyaudit.browser import playwright_errors, session, states, whereabouts
from privacyaudit.browser.first_html import LARGEST
from privacyaudit.browser.gate import ReadingGate
from privacyaudit.browser.gate.jars import Jars
from privacyaudit.browser.shown import named, plain

if TYPE_CHECKING:
    from playwright.sync_api import APIResponse, Browser, StorageState

    from privacyaudit.model import Platform

NOBODY = 401
_MOVED = range(300, 400)
_WORD_MS = 10_000
_MOST_STEPS = 5


class Word(NamedTuple):
    """A status, where that leads, with what its query is set to, and with 401 why."""

    status: int
    address: str = ""
    query: frozenset[tuple[str, str]] = frozenset()
    why: str = ""


class Asking:
    """Asks for one page with one session or another, and follows until the site says where one signs in."""

    def __init__(self, running: Browser, platform: Platform, url: str) -> None:
        self._running = running
        self._platform = platform
        self._url = url

    def word(self, state: StorageState | None) -> tuple[Word, ReadingGate]:
        """Ask with the cookies of a session, or with none; the gate has seen which ones the site gave."""
        word = Word(0)
        with (
            closing(ReadingGate(self._platform.hosts, self._platform.dangerous)) as gate,
            suppress(playwright_errors.error(), ValueError),
        ):
            word = self._say(states.with_cookies(None, (state or {}).get("cookies", [])), gate)
        return word, gate

    def leads_out(self, word: Word) -> bool:
        """Tell whether the site says 401, or sends on to where one signs in."""
        entry = self._platform.sign_in
        to = f"//{word.address}"
        return word.status == NOBODY or bool(
            entry
            and word.status in _MOVED
            and (whereabouts.names(urlsplit(to).netloc, entry.hosts) or whereabouts.same_page(entry.open, to))
        )

    def _say(self, cookies: StorageState, gate: ReadingGate) -> Word:
        context = self._running.new_context(
            storage_state=cookies, proxy={"server": gate.address}, ignore_https_errors=True
        )
        gate.jars = Jars(context.cookies())
        url, word = self._url, Word(0)
        for _step in range(_MOST_STEPS if session.is_copied(cookies, context.cookies()) else 0):
            reply = context.request.get(url, max_redirects=0, timeout=_WORD_MS)
            is_moved = reply.status in _MOVED and "location" in reply.headers
            url = urljoin(url, reply.headers["location"]) if is_moved else url
            query = frozenset(parse_qsl(urlsplit(url).query, keep_blank_values=True))
            word = Word(reply.status, named(url), query, _why(reply))
            is_near = whereabouts.names(urlsplit(url).netloc, self._platform.hosts)
            if not is_moved or not is_near or self.leads_out(word):
                break
        context.close()
        return word


def _why(reply: APIResponse) -> str:
    """Return header and body of a 401, without what may be another time or number for each request."""
    if reply.status != NOBODY:
        return ""
    body = reply.body()[:LARGEST].decode("utf-8", "replace")
    return plain(f"{reply.headers.get('www-authenticate', '')}\n{body}")
