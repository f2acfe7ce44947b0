"""The pages of one platform side by side: each in a tab of its own, which is sent nowhere else and stays open.

So all waiting overlaps, what one page asks for is not taken for another's, and nothing has to be left before the end.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from privacyaudit.browser import playwright_errors, session
from privacyaudit.browser.gate.rules import same
from privacyaudit.browser.gate.traffic import Entry
from privacyaudit.browser.meanwhile import begin, ended_after
from privacyaudit.browser.visit import Heard, Visit
from privacyaudit.model import Platform, Reason

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request, Response, StorageState

    from privacyaudit.browser.gate import ReadingGate

PAGE_LIMIT_S = 25.0
"""So long something that is done with a page may take: to open it, to read it, to read it again."""

PLATFORM_LIMIT_S = 300.0

_KINDS = {
    "fetch": "empty",
    "xhr": "empty",
    "eventsource": "empty",
    "script": "script",
    "stylesheet": "style",
    "document": "iframe",
    "image": "image",
}
"""What a browser wants something for, as the gate calls it: that on which what a page shows may hang."""

_CALL_MS = 5_000
_POLL_MS = 20

T = TypeVar("T")


class Tabs:
    """The tabs of one platform in a context of its own, whose only way out is the gate."""

    def __init__(self, running: Browser, gate: ReadingGate, platform: Platform, state: StorageState | None) -> None:
        self.gate = gate
        self.whose: str | None = None
        self._platform = platform
        self._running = running
        self._until = time.monotonic() + PLATFORM_LIMIT_S
        self.context = running.new_context(
            storage_state=state,
            service_workers="block",
            accept_downloads=False,
            viewport={"width": 1280, "height": 900},
            proxy={"server": gate.address},
        )
        if state:
            session.give(self.context, state)
        self._session = self._cookies()
        self._blank = self.context.new_page()
        self._ready: list[Page] = []
        self._visits: list[Visit] = []
        self._heard: dict[Page, Heard] = {}
        self._unclear: list[tuple[Request, Response | None]] = []
        self._strangers: list[Page] = []
        self._over: set[Request] = set()
        self.context.on("page", lambda page: self._strangers.append(page))
        self.context.on("request", lambda request: self._unclear.append((request, None)))
        self.context.on("response", lambda response: self._unclear.append((response.request, response)))
        self.context.on("requestfinished", lambda request: self._over.add(request))
        self.context.on("requestfailed", lambda request: self._over.add(request))

    def make_ready(self, number: int) -> None:
        """Open so many tabs while they are empty: beside a page that computes for ever, none may open any more."""
        self._ready += [self.context.new_page() for _tab in range(number - len(self._ready))]

    def open(self, url: str, *, proves: bool = False) -> Visit:
        """Begin to open an address in a tab of its own; it comes while something else is waited for.

        With `proves`, the page must also show what only somebody who is signed in can see (`signed_in.find`). Addresses
        that differ only after # are one to the gate: they come one after the other.
        """
        for other in self._visits:
            if same(other.url) == same(url):
                self.come(other)
        self.make_ready(1)
        page = self._ready.pop()
        page.set_default_timeout(_CALL_MS)
        visit = Visit(self, self._platform, url, page, proves=proves)
        self._heard[page] = visit.heard
        self._visits.append(visit)
        self.gate.expect(url)
        begin(visit.go)
        return visit

    def wait(self, milliseconds: float) -> None:
        """Let time pass in which pages go on."""
        self._blank.wait_for_timeout(milliseconds)

    def come(self, visit: Visit) -> None:
        """Wait until the page of a visit is there, or its address has led nowhere, or its time is over."""
        while not visit.is_there and not visit.over() and time.monotonic() < self._until:
            self.wait(_POLL_MS)
        if visit.is_there:
            self.in_time(visit, visit.meet)

    def in_time(self, visit: Visit, do: Callable[[], T]) -> T | Reason:
        """Do something with a page; what takes too long ends with its tab, and is *timed out*, as is what crashes.

        Raises Playwright's Error when the whole browser is gone.
        """
        left = min(PAGE_LIMIT_S, self._until - time.monotonic())
        if left <= 0:
            return Reason.TIMED_OUT
        try:
            with ended_after(left, lambda: self.leave(visit)):
                return do()
        except playwright_errors.error():
            if not self._running.is_connected():
                raise
            return Reason.TIMED_OUT

    def remember(self) -> None:
        """Take note of the session as the first page has left it."""
        self._session |= self._cookies()

    def changed_hands(self) -> bool:
        """Tell whether a cookie of the session became another one, where no page says whose it is.

        Only those count that no script can see: that is how sites keep a session.
        """
        if self._platform.signed_in and self._platform.signed_in.who:
            return False
        now = self._cookies()
        return any(now.get(name, value) != value for name, value in self._session.items())

    def _cookies(self) -> dict[tuple[str, str, str], str]:
        found = self.context.cookies()
        return {(c["name"], c["domain"], c["path"]): c["value"] for c in found if c.get("httpOnly")}

    def leave(self, visit: Visit) -> None:
        """Let the tab of a page that was read close while something else is waited for, for some take for ever.

        What it asks for as it goes meets the gate like everything else.
        """
        begin(visit.close)

    def traffic_of(self, visit: Visit) -> list[Entry]:
        """Return what was asked by one page, and what nobody knows which page asked for it.

        Not all that a page asks for is heard of. So what was asked for more often than the others have may be its own.
        And not all of it comes to the gate at once: the browser asks for one address once at a time, and lets the other
        pages that want it wait, as it does where too much is under way.
        """
        self.sort()
        others: Counter[int] = Counter()
        for other in self._visits:
            if other is not visit:
                others.update(other.heard.marks)
        asked = self.gate.traffic.all()
        times = Counter(entry.mark for entry in asked)
        mine = [
            entry
            for entry in asked
            if entry.began >= visit.began
            and (entry.mark in visit.heard.marks or times[entry.mark] > others[entry.mark])
        ]
        return mine + _waiting(visit, {entry.mark for entry in mine if entry.ended})

    def known(self, entry: Entry) -> bool:
        """Tell whether some page has asked for it, and not the browser itself."""
        return any(entry.mark in visit.heard.marks for visit in self._visits)

    def _close_strangers(self) -> None:
        """Close what pages have opened by themselves; what was asked for there was asked by the page that did."""
        strangers, self._strangers = self._strangers, []
        for page in strangers:
            if page in self._heard or page in (self._blank, *self._ready):
                continue
            with suppress(playwright_errors.error()):
                opener = page.opener()
                if opener in self._heard:
                    self._heard[page] = self._heard[opener]
                page.close()

    def _heard_by(self, request: Request) -> Heard | None:
        """Return what is heard from the page that asks for something, None where that is not known."""
        with suppress(playwright_errors.error()):
            return self._heard.setdefault(request.frame.page, Heard())
        first = request
        while first.redirected_from:
            first = first.redirected_from
        here = same(first.url)
        return next((visit.heard for visit in self._visits if same(visit.url) == here), None)

    def sort(self) -> None:
        """Give what was heard to the page that it belongs to; what came before its page was known waits."""
        self._close_strangers()
        unclear, self._unclear = self._unclear, []
        for one in unclear:
            request, reply = one
            if (heard := self._heard_by(request)) is None:
                self._unclear.append(one)
                continue
            if reply:
                heard.replies.append(reply)
                heard.answered.add(request)
            else:
                to, mark = urlsplit(request.url), hash(same(request.url))
                heard.marks.update((mark, hash(to.netloc)))
                if kind := _KINDS.get(request.resource_type):
                    heard.open[request] = Entry(request.method, to.netloc.lower(), to.path, kind, mark=mark)
        for heard in self._heard.values():
            for request in heard.open.keys() & self._over:
                del heard.open[request]


def _waiting(visit: Visit, ended: set[int]) -> list[Entry]:
    """Return what a page has asked for that is not over, as far as its browser knows.

    The browser may not say when an answer that nobody reads is over; the gate does.
    """
    page = hash(same(visit.url))
    return [
        entry
        for request, entry in visit.heard.open.items()
        if not (request in visit.heard.answered and entry.mark in ended)
        and not (entry.kind == "iframe" and entry.mark == page)
    ]
