"""Whether a site still takes a session for somebody who is signed in. Only a sign that it does not is one.

What the site says at once, with an address to sign in at or with 401, is the shortest sign. Where it says the same to
everybody, a page is compared with the one that was shown to nobody in particular before anything was signed out.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from privacyaudit.browser import kept, playwright_errors, session, states
from privacyaudit.browser.gate import ReadingGate
from privacyaudit.browser.gate.rules import same
from privacyaudit.browser.locate import locate, look
from privacyaudit.browser.page_parts import frames_are_ready
from privacyaudit.browser.shown import Shown, named, shown
from privacyaudit.browser.tabs import Tabs
from privacyaudit.browser.visit import Visit
from privacyaudit.browser.word import NOBODY, Asking, Word
from privacyaudit.model import Platform, Reason, SignedIn

if TYPE_CHECKING:
    from playwright.sync_api import Browser, StorageState

_MOST_ASKED, _MOST_OPENED = 60, 8
_AT_ONCE = 4
_ASKED = 3
_MOST_APART_ASKED, _MOST_APART_OPENED = 12, 4
_OK = 200


class Accepted:
    """Asks the page that proves a sign-in with one session or another.

    `first` is the first of some sessions, before they are ended, that is one, if there is any; `most` says of how many
    it can be asked, and `given` are those that the site gave somebody who was signed in while it was asked. `alone` are
    the names of cookies each of which has opened the page without any other; `to_everybody` those of cookies that
    nobody in particular is given; `kept_by_everybody` the forms of what else is kept then.
    """

    def __init__(self, running: Browser, platform: Platform, proof: SignedIn, before: Sequence[StorageState]) -> None:
        self.given: list[StorageState] = []
        self.alone: set[str] = set()
        self.to_everybody: set[str] = set()
        self.kept_by_everybody: set[tuple[str, ...]] = set()
        self._asked_alone: list[dict[str, Any]] = []
        self._heirs: list[tuple[StorageState, StorageState]] = []
        self._running = running
        self._platform = platform
        self._proof = proof
        self._asking = Asking(running, platform, proof.open)
        self._nobody: Shown | None = None
        self._to_nobody, again = Word(0), Word(0)
        self._to_nobody, again = self._word(None), self._word(None)
        self._steady = self._to_nobody.query & again.query
        is_told = self._asking.leads_out(self._to_nobody) and self._to_nobody.why == again.why
        words = [(self._word(state), state) for state in before] if is_told else []
        shown_to = [state for word, state in words if word.status == _OK]
        self.first = shown_to[0] if shown_to else before[0]
        self._by_word = bool(shown_to)
        self._is_shown = self._by_word
        self.most = _MOST_ASKED if self._by_word else _MOST_OPENED
        if not self._by_word:
            self._see_nobody(before)

    def heir_of(self, state: StorageState) -> StorageState:
        """Return the last session that the site gave in the place of one."""
        return next((heir for one, heir in reversed(self._heirs) if one is state), state)

    def try_alone(self, state: StorageState) -> None:
        """Ask with each cookie of a session alone, before it is ended, those that no script can see first.

        The page itself is opened with only a few of them. Where there is but one cookie, it was shown with that.
        """
        cookies = sorted(states.cookies_of(state), key=lambda one: not one.get("httpOnly"))
        asked = [one for one in cookies if one["name"] not in self.alone and one not in self._asked_alone]
        asked = asked[: _MOST_APART_ASKED if self._by_word else _MOST_APART_OPENED]
        self._asked_alone += asked
        apart = [states.with_cookies(None, [one]) for one in asked]
        if (
            state is self.first
            and self._is_shown
            and len(cookies) == len(apart) == 1
            and session.covers(apart[0], state)
        ):
            shows = [True]
        elif self._by_word:
            shows = [self._word(one).status == _OK for one in apart]
        else:
            opened = [self._open(one) for one in apart]
            shows = [self._is_in(one, *tab) for one, tab in zip(apart, opened, strict=True)]
        self.alone |= {one["name"] for one, is_shown in zip(asked, shows, strict=True) if is_shown}

    def alive(self, asked: Sequence[StorageState]) -> list[StorageState]:
        """Return those of some sessions, and of their cookies alone, of which the site does not say that nobody is
        signed in.
        """
        every = [*asked, *self._apart(asked)]
        if self._by_word:
            return [state for state in every if not self._is_nobodys_each_time(state)]
        left: list[StorageState] = []
        for begin in range(0, len(every), _AT_ONCE):
            some = every[begin : begin + _AT_ONCE]
            opened = [self._open(state) for state in some]
            left += [state for state, (tabs, visit) in zip(some, opened, strict=True) if not self._is_out(tabs, visit)]
        return left

    def _apart(self, asked: Sequence[StorageState]) -> list[StorageState]:
        """Return sessions without what may keep them at one machine of the site: what opens the page alone, or else
        what no script can see.
        """
        found: list[StorageState] = []
        for cookies in (states.cookies_of(state) for state in asked):
            alone = [[one for one in cookies if one["name"] == name] for name in sorted(self.alone)]
            for some in alone or [[one for one in cookies if one.get("httpOnly")]]:
                one = states.with_cookies(None, some)
                if some and len(some) < len(cookies) and one not in found and one not in asked:
                    found.append(one)
        return found

    def _word(self, state: StorageState | None) -> Word:
        word, gate = self._asking.word(state)
        if state and not self._is_nobodys(word):
            self._note(state, gate)
        if state is None:
            self.to_everybody |= gate.jars.names()
        return word

    def _is_nobodys_each_time(self, state: StorageState) -> bool:
        """Tell whether a site that has more than one machine says so whichever of them is asked."""
        return all(self._is_nobodys(self._word(state)) for _time in range(_ASKED))

    def _is_nobodys(self, word: Word) -> bool:
        """Tell whether this leads where nobody is led; what a query is set to counts where nobody's is always so."""
        is_there = self._asking.leads_out(word) and word.address == self._to_nobody.address
        return is_there and self._steady <= word.query and word.why == self._to_nobody.why

    def _note(self, state: StorageState, *gates: ReadingGate) -> None:
        given = [states.with_cookies(state, been) for gate in gates for been in gate.jars.been()]
        self.given += given
        self._heirs += [(state, given[0])] if given else []

    def _see_nobody(self, before: Sequence[StorageState]) -> None:
        """See what is shown to nobody, and with which session something else is shown; the one needs the other."""
        others, other = self._open(None)
        for begin in range(0, 0 if len(before) > self.most else len(before), _AT_ONCE):
            some = before[begin : begin + _AT_ONCE] if not self._is_shown else []
            for state, (tabs, visit) in [(state, self._open(state)) for state in some]:
                if self._is_in(state, tabs, visit):
                    self.first, self._is_shown = self.first if self._is_shown else state, True
        others.in_time(other, other.opened)
        if self._is_shown and self._is_whole(other) and not self._proves(other):
            with suppress(playwright_errors.error()):
                self._nobody = shown(other)
        self.to_everybody |= {name for gate in others.gates if gate.jars for name in gate.jars.names()}
        _close(others, other)

    def shown_at(self, url: str, state: StorageState | None) -> Shown | None:
        """Open another page, also where one signs in; return what it shows, None where that is not all of it."""
        entry = self._platform.sign_in
        hosts = (*self._platform.hosts, *(entry.hosts if entry else ()))
        tabs = Tabs(self._running, self._platform.model_copy(update={"hosts": hosts}), state)
        visit = tabs.open(url)
        tabs.in_time(visit, visit.opened)
        now = tabs.in_time(visit, lambda: shown(visit) if visit.tab.is_whole() and self._is_whole(visit) else None)
        if state is None:
            given = tabs.in_time(visit, visit.tab.context.cookies)
            names = [] if isinstance(given, Reason) else [one.get("name", "") for one in given]
            self.to_everybody |= {*names, *tabs.gates[0].jars.names()}
            state_then = tabs.in_time(visit, lambda: session.of(visit.tab.context))
            if not isinstance(state_then, Reason):
                self.kept_by_everybody |= {item.form for item in kept.items(state_then)}
        _close(tabs, visit)
        return None if isinstance(now, Reason) else now

    def _open(self, state: StorageState | None) -> tuple[Tabs, Visit]:
        tabs = Tabs(self._running, self._platform, state)
        return tabs, tabs.open(self._proof.open, proves=True)

    def _is_in(self, state: StorageState, tabs: Tabs, visit: Visit) -> bool:
        is_in = tabs.in_time(visit, visit.opened) is None
        if is_in:
            self._note(state, *tabs.gates)
        _close(tabs, visit)
        return is_in

    def _is_out(self, tabs: Tabs, visit: Visit) -> bool:
        reason = tabs.in_time(visit, visit.opened)
        is_out = (
            reason is Reason.NOT_SIGNED_IN and tabs.in_time(visit, lambda: self._says_so(visit, tabs.given)) is True
        )
        if tabs.given and not is_out:
            self._note(tabs.given, *tabs.gates)
        _close(tabs, visit)
        return is_out

    def _says_so(self, visit: Visit, state: StorageState | None) -> bool:
        if self._proves(visit) or not visit.tab.is_whole():
            return False
        if self._has_led_out(visit) or self._was_refused_as_nobody(visit, state):
            return True
        if not self._is_whole(visit) or self._nobody is None:
            return False
        now = shown(visit)
        return now == self._nobody or (visit.was_told_nobody() and now.refused <= self._nobody.refused)

    def _has_led_out(self, visit: Visit) -> bool:
        """Tell whether the site itself has led the page to where one signs in, as it led nobody."""
        last = visit.tab.gate.led(visit.url)
        if last is None or last.failure or last.refusal:
            return False
        led = last.mark == hash(same(visit.page.url)) != hash(same(visit.url))
        as_nobody = self._nobody is None or self._nobody.address == named(visit.page.url)
        return led and as_nobody and visit.on_sign_in_page()

    def _was_refused_as_nobody(self, visit: Visit, state: StorageState | None) -> bool:
        """Tell whether the page itself is answered with 401, with the header and the body that nobody gets."""
        last = visit.tab.gate.led(visit.url)
        return bool(last and last.status == NOBODY and self._word(state) == self._word(None))

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
            and visit.lost(but=NOBODY) is None
            and look(visit.page.locator("html"), "settled")
            and frames_are_ready(visit.page)
        )


def _close(tabs: Tabs, visit: Visit) -> None:
    tabs.leave(visit)
    tabs.shut()
