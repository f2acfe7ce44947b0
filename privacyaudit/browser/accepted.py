"""Whether a site still takes a session for somebody who is signed in. Only a sign that it does not is one.

What the site says at once, with an address to sign in at or with 401, is the shortest sign. Where it says the same to
everybody, a page is compared with the one that was shown to nobody in particular before anything was signed out.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urljoin, urlsplit

from privacyaudit.browser import playwright_errors, session, states, whereabouts
from privacyaudit.browser.gate import ReadingGate
from privacyaudit.browser.gate.jars import Jars
from privacyaudit.browser.gate.rules import same
from privacyaudit.browser.locate import locate, look
from privacyaudit.browser.page_parts import frames_are_ready
from privacyaudit.browser.shown import Shown, named, shown
from privacyaudit.browser.tabs import Tabs
from privacyaudit.browser.visit import Visit
from privacyaudit.model import Platform, Reason, SignedIn

if TYPE_CHECKING:
    from playwright.sync_api import Browser, StorageState

_MOST_ASKED, _MOST_OPENED = 60, 8
_AT_ONCE = 4
_WORD_MS = 10_000
_MOST_STEPS = 5
_ASKED = 3
_MOST_APART = 8
_OK, _NOBODY = 200, 401
_MOVED = range(300, 400)


class Word(NamedTuple):
    """What a site says at once, without its page: a status, and where that leads, with what its query is set to."""

    status: int
    address: str = ""
    query: frozenset[tuple[str, str]] = frozenset()


class Accepted:
    """Asks the page that proves a sign-in with one session or another.

    `first` is the first of some sessions, before they are ended, that is one, if there is any; `most` says of how many
    it can be asked, and `given` are those that the site gave somebody who was signed in while it was asked.
    """

    def __init__(self, running: Browser, platform: Platform, proof: SignedIn, before: Sequence[StorageState]) -> None:
        self.given: list[StorageState] = []
        self._to_everybody: set[str] = set()
        self._heirs: list[tuple[StorageState, StorageState]] = []
        self._running = running
        self._platform = platform
        self._proof = proof
        self._nobody: Shown | None = None
        self._to_nobody, again = Word(0), Word(0)
        self._to_nobody, again = self._word(None), self._word(None)
        self._steady = self._to_nobody.query & again.query
        words = [(self._word(state), state) for state in before] if self._leads_out(self._to_nobody) else []
        shown_to = [state for word, state in words if word.status == _OK]
        self.first = shown_to[0] if shown_to else before[0]
        self._by_word = bool(shown_to)
        self.most = _MOST_ASKED if self._by_word else _MOST_OPENED
        if not self._by_word:
            self._see_nobody(before)

    def heir_of(self, state: StorageState) -> StorageState:
        """Return the last session that the site gave in the place of one."""
        return next((heir for one, heir in reversed(self._heirs) if one is state), state)

    def alive(self, asked: Sequence[StorageState]) -> list[StorageState]:
        """Return those of some sessions of which the site does not say that nobody is signed in."""
        if self._by_word:
            return [state for state in asked if not self._is_nobodys_each_time(state)]
        left: list[StorageState] = []
        for begin in range(0, len(asked), _AT_ONCE):
            some = asked[begin : begin + _AT_ONCE]
            opened = [self._open(state) for state in some]
            left += [state for state, (tabs, visit) in zip(some, opened, strict=True) if not self._is_out(tabs, visit)]
        return left

    def _word(self, state: StorageState | None) -> Word:
        """Ask for the page without opening it, and follow where the site sends on, until that is where one signs in."""
        word = Word(0)
        with (
            closing(ReadingGate(self._platform.hosts, self._platform.dangerous)) as gate,
            suppress(playwright_errors.error(), ValueError),
        ):
            word = self._say(states.with_cookies(None, (state or {}).get("cookies", [])), gate)
        if state and not self._is_nobodys(word):
            self._note(state, gate)
        if state is None and gate.jars:
            self._to_everybody |= gate.jars.names()
        return word

    def _say(self, cookies: StorageState, gate: ReadingGate) -> Word:
        context = self._running.new_context(
            storage_state=cookies, proxy={"server": gate.address}, ignore_https_errors=True
        )
        gate.jars = Jars(context.cookies())
        url, word = self._proof.open, Word(0)
        for _step in range(_MOST_STEPS if session.is_copied(cookies, context.cookies()) else 0):
            reply = context.request.get(url, max_redirects=0, timeout=_WORD_MS)
            is_moved = reply.status in _MOVED and "location" in reply.headers
            url = urljoin(url, reply.headers["location"]) if is_moved else url
            word = Word(reply.status, named(url), frozenset(parse_qsl(urlsplit(url).query, keep_blank_values=True)))
            is_near = whereabouts.names(urlsplit(url).netloc, self._platform.hosts)
            if not is_moved or not is_near or self._leads_out(word):
                break
        context.close()
        return word

    def may_stay(self, state: StorageState) -> set[str]:
        """Return the names of cookies that may be left: everybody is given them, or what the site says depends on them.

        With any other cookie that no script can see, somebody may go on as the same person whatever the site says.
        """
        names = {one["name"] for one in states.hidden(state)} - self._to_everybody
        if not self._by_word or not 1 < len(names) <= _MOST_APART:
            return self._to_everybody | (names if len(names) == 1 else set())
        return self._to_everybody | {name for name in names if self._depends_on(state, name)}

    def _depends_on(self, state: StorageState, name: str) -> bool:
        every = state.get("cookies", [])
        alone = [one for one in every if one.get("name") == name or not one.get("httpOnly")]
        without = [one for one in every if one.get("name") != name]
        is_shown = [self._word(states.with_cookies(state, some)).status == _OK for some in (alone, without)]
        return is_shown[0] or not is_shown[1]

    def _is_nobodys_each_time(self, state: StorageState) -> bool:
        """Tell whether a site that has more than one machine says so whichever of them is asked."""
        return all(self._is_nobodys(self._word(state)) for _time in range(_ASKED))

    def _is_nobodys(self, word: Word) -> bool:
        """Tell whether this leads where nobody is led; what a query is set to counts where nobody's is always so."""
        is_there = self._leads_out(word) and word.address == self._to_nobody.address
        return is_there and self._steady <= word.query

    def _leads_out(self, word: Word) -> bool:
        entry = self._platform.sign_in
        to = f"//{word.address}"
        return word.status == _NOBODY or bool(
            entry
            and word.status in _MOVED
            and (whereabouts.names(urlsplit(to).netloc, entry.hosts) or whereabouts.same_page(entry.open, to))
        )

    def _note(self, state: StorageState, *gates: ReadingGate) -> None:
        given = [states.with_cookies(state, been) for gate in gates for been in gate.jars.been()]
        self.given += given
        self._heirs += [(state, given[0])] if given else []

    def _see_nobody(self, before: Sequence[StorageState]) -> None:
        """See what is shown to nobody, and with which session something else is shown; the one needs the other."""
        others, other = self._open(None)
        found = False
        for begin in range(0, 0 if len(before) > self.most else len(before), _AT_ONCE):
            some = before[begin : begin + _AT_ONCE] if not found else []
            for state, (tabs, visit) in [(state, self._open(state)) for state in some]:
                if tabs.in_time(visit, visit.opened) is None:
                    self.first, found = self.first if found else state, True
                    self._note(state, *tabs.gates)
                _close(tabs, visit)
        others.in_time(other, other.opened)
        if found and self._is_whole(other) and not self._proves(other):
            with suppress(playwright_errors.error()):
                self._nobody = shown(other)
        self._to_everybody |= {name for gate in others.gates if gate.jars for name in gate.jars.names()}
        _close(others, other)

    def _open(self, state: StorageState | None) -> tuple[Tabs, Visit]:
        tabs = Tabs(self._running, self._platform, state)
        return tabs, tabs.open(self._proof.open, proves=True)

    def _is_out(self, tabs: Tabs, visit: Visit) -> bool:
        reason = tabs.in_time(visit, visit.opened)
        is_out = reason is Reason.NOT_SIGNED_IN and tabs.in_time(visit, lambda: self._says_so(visit)) is True
        if tabs.given and not is_out:
            self._note(tabs.given, *tabs.gates)
        _close(tabs, visit)
        return is_out

    def _says_so(self, visit: Visit) -> bool:
        if self._proves(visit) or not visit.tab.is_whole():
            return False
        if self._has_led_out(visit):
            return True
        return self._is_whole(visit) and (visit.was_told_nobody() or shown(visit) == self._nobody)

    def _has_led_out(self, visit: Visit) -> bool:
        """Tell whether the site itself has led the page to where one signs in, as it led nobody, or said 401."""
        last = visit.tab.gate.led(visit.url)
        if last is None or last.failure or last.refusal:
            return False
        led = last.mark == hash(same(visit.page.url)) != hash(same(visit.url))
        as_nobody = self._nobody is None or self._nobody.address == named(visit.page.url)
        return last.status == _NOBODY or (led and as_nobody and visit.on_sign_in_page())

    def _proves(self, visit: Visit) -> bool:
        return bool(locate(visit.page, self._proof.find))

    def _is_whole(self, visit: Visit) -> bool:
        """Tell whether a page would be believed: it is at rest, and has all that it asked for, or was told 401."""
        last = visit.tab.gate.led(visit.url)
        return bool(
            visit.is_there
            and visit.quiet
            and last
            and last.ended
            and not last.failure
            and not last.refusal
            and visit.lost(but=_NOBODY) is None
            and look(visit.page.locator("html"), "settled")
            and frames_are_ready(visit.page)
        )


def _close(tabs: Tabs, visit: Visit) -> None:
    tabs.leave(visit)
    tabs.shut()
