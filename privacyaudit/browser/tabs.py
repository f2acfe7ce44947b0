"""The pages of one platform side by side: each in a tab of its own, which is sent nowhere else and stays open.

So all waiting overlaps, and nothing has to be left before the end.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from privacyaudit.browser import playwright_errors, session, states
from privacyaudit.browser.gate import ReadingGate
from privacyaudit.browser.meanwhile import begin, ended_after
from privacyaudit.browser.tab import Tab, close_soon
from privacyaudit.browser.visit import Visit
from privacyaudit.model import Platform, Reason

if TYPE_CHECKING:
    from playwright.sync_api import Browser, StorageState

PAGE_LIMIT_S = 25.0
"""So long something that is done with a page may take: to open it, to read it, to read it again."""

PLATFORM_LIMIT_S = 300.0

_LAST_S = 3.0
_POLL_MS = 20

T = TypeVar("T")


class Tabs:
    """The tabs of one platform; the session with which the first page leaves is that of the others.

    `go_on` is asked again and again while a page is waited for, and breaks the reading off with what it raises.
    """

    def __init__(
        self,
        running: Browser,
        platform: Platform,
        state: StorageState | None,
        known: tuple[str, ...] = (),
        go_on: Callable[[], None] = lambda: None,
    ) -> None:
        self.whose: str | None = None
        self.known = known
        self.gates: list[ReadingGate] = []
        self._platform = platform
        self._running = running
        self._state = self.given = state
        self._may_renew = True
        self.go_on = go_on
        self._until = time.monotonic() + PLATFORM_LIMIT_S
        self._blank = running.new_page()
        self._ready: list[Tab] = []
        self._visits: list[Visit] = []

    def make_ready(self, number: int) -> None:
        """Open so many tabs while they are empty: beside a page that computes for ever, none may open any more."""
        while len(self._ready) < number:
            self.gates.append(ReadingGate(self._platform.hosts, self._platform.dangerous))
            self._ready.append(Tab(self._running, self.gates[-1], self._state, may_renew=self._may_renew))

    def open(self, url: str, *, proves: bool = False) -> Visit:
        """Begin to open an address in a tab of its own; it comes while something else is waited for.

        With `proves`, the page must also show what only somebody who is signed in can see (`signed_in.find`).
        """
        self.make_ready(1)
        visit = Visit(self, self._platform, url, self._ready.pop(), proves=proves)
        self._visits.append(visit)
        visit.tab.gate.expect(url)
        begin(visit.go)
        return visit

    def wait(self, milliseconds: float) -> None:
        """Let time pass in which pages go on."""
        self.go_on()
        self._blank.wait_for_timeout(milliseconds)

    def come(self, visit: Visit) -> None:
        """Wait until the page of a visit is there, or its address has led nowhere, or its time is over."""
        while not visit.is_there and not visit.over() and time.monotonic() < self._until:
            self.wait(_POLL_MS)
        if visit.is_there:
            self.in_time(visit, visit.meet)

    def in_time(self, visit: Visit, do: Callable[[], T], most_s: float | None = None) -> T | Reason:
        """Do something with a page; what takes too long ends with its tab, and is *timed out*, as is what crashes.

        Raises Playwright's Error when the whole browser is gone.
        """
        left = min(most_s or PAGE_LIMIT_S, self._until - time.monotonic())
        if left <= 0:
            return Reason.TIMED_OUT
        try:
            with ended_after(left, lambda: self.leave(visit)):
                return do()
        except playwright_errors.error():
            if not self._running.is_connected():
                raise
            return Reason.TIMED_OUT

    def hand_on(self, first: Visit) -> Reason | None:
        """Take the session as the first page has left it for that of all pages that follow; return why it cannot be."""
        state = self.in_time(first, lambda: first.tab.context.storage_state(indexed_db=True))
        if isinstance(state, Reason):
            return state
        self._state = session.on_top_of(self._state, state)
        self._may_renew = bool(self._platform.signed_in and self._platform.signed_in.who)
        first.tab.gate.sessions.learn(self._state.get("cookies", []))
        return None

    def sessions(self) -> list[StorageState]:
        """Return each session in which the pages have been: as they have left it, the newest first, as they were given
        it meanwhile, and as it was.
        """
        left = [self.in_time(visit, visit.tab.context.storage_state, _LAST_S) for visit in reversed(self._visits)]
        return states.distinct([*(state for state in left if not isinstance(state, Reason)), *self.sessions_seen()])

    def sessions_seen(self) -> list[StorageState]:
        """Return each session that the gates have seen, and the one before, without asking the browser."""
        seen = [states.with_cookies(self.given, been) for gate in self.gates for been in gate.jars.been()]
        return states.distinct([*seen, *([self.given] if self.given else [])])

    def leave(self, visit: Visit) -> None:
        """Let the tab of a page that was read close while something else is waited for, for some take for ever.

        What it asks for as it goes meets its gate like everything else.
        """
        close_soon(visit.page)

    def shut(self) -> None:
        """Let nothing through from now on."""
        for gate in self.gates:
            gate.close()
