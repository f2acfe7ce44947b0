"""One page in a browser context of its own, and the gate that is its only way out.

So all that comes to that gate was asked by this page, and it shares neither cookies, nor what pages keep, nor kept
replies, nor connections with another one: what one page lost cannot be what another one shows.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from privacyaudit.browser import playwright_errors, session
from privacyaudit.browser.gate.jars import Jars
from privacyaudit.browser.gate.rules import same
from privacyaudit.browser.gate.sessions import SessionWatch
from privacyaudit.browser.gate.traffic import Entry, Failure
from privacyaudit.browser.meanwhile import begin

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, Response, StorageState

    from privacyaudit.browser.gate import ReadingGate

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

_SAID = {"script": "script", "stylesheet": "css"}
"""What stands in the type of a program or a style that a strict browser takes for one."""

_CALL_MS = 5_000
_WRONG = 400
_GIVEN_UP = "ERR_ABORTED"
_WAITED_FOR = ("document", "script", "stylesheet")
"""What is of use only as a whole, so that giving it up is losing it, as is not going where the site sends one on. Of
anything else the gate knows what had come."""

_POLICY = "csp"


class Tab:
    """A page that is opened empty, what it has asked for, the replies, and what went wrong in it.

    That is what its scripts threw and nobody caught, and what the browser itself said of it.

    With `may_renew`, the page itself may give the cookies of the session other values.
    """

    def __init__(self, running: Browser, gate: ReadingGate, state: StorageState | None, *, may_renew: bool) -> None:
        self.gate = gate
        self.replies: list[Response] = []
        self.uncaught: list[Error] = []
        self.said: list[ConsoleMessage] = []
        self.context = running.new_context(
            storage_state=state,
            service_workers="block",
            accept_downloads=False,
            viewport={"width": 1280, "height": 900},
            proxy={"server": gate.address},
        )
        if state:
            session.give(self.context, state)
            gate.sessions = SessionWatch(self.context.cookies(), may_renew=may_renew)
            gate.jars = Jars(self.context.cookies())
        self._is_copied = state is None or session.is_copied(state, self.context.cookies())
        self.page = self.context.new_page()
        self.page.set_default_timeout(_CALL_MS)
        self._asked: set[int] = set()
        self._open: dict[Request, Entry] = {}
        self._answered: set[Request] = set()
        self._unusable: list[Entry] = []
        self.context.on("page", close_soon)
        self.context.on("weberror", lambda thrown: self.uncaught.append(thrown.error))
        self.context.on("console", self._on_said)
        self.context.on("request", self._on_request)
        self.context.on("response", self._on_response)
        self.context.on("requestfinished", self._on_finished)
        self.context.on("requestfailed", self._on_failed)

    def traffic(self) -> list[Entry]:
        """Return what the page has asked for, oldest first, as the gate saw it.

        Then what only the browser knows: what waits for a connection, and answers that it could not use. It may not say
        when an answer that nobody reads is over; the gate does.
        """
        came = self.gate.traffic.all()
        ended = {entry.mark for entry in came if entry.ended}
        waiting = [
            entry for request, entry in self._open.items() if not (request in self._answered and entry.mark in ended)
        ]
        return [*came, *waiting, *self._unusable]

    def has_asked(self, entry: Entry) -> bool:
        """Tell whether the page itself has asked for it, and not the browser for its own sake."""
        return entry.mark in self._asked

    def is_coming_in(self, reply: Response) -> bool:
        """Tell whether a reply has not come in yet, or nobody reads it."""
        return reply.request in self._open

    def changed_hands(self) -> bool:
        """Tell whether the session has become another one. Raises Playwright's Error when the browser is gone."""
        return not self._is_copied or self.gate.sessions.is_other(self.context.cookies())

    def is_whole(self) -> bool:
        """Tell whether the browser has taken all cookies that it was given."""
        return self._is_copied

    def _on_said(self, message: ConsoleMessage) -> None:
        """Keep what the browser itself says is wrong: what a page's scripts say has parts of its own."""
        if message.type == "error" and not message.args:
            self.said.append(message)

    def _on_request(self, request: Request) -> None:
        self._asked.add(hash(same(request.url)))
        if not self._is_the_page(request) and (entry := _entry(request)):
            self._open[request] = entry

    def _on_response(self, response: Response) -> None:
        self.replies.append(response)
        self._answered.add(response.request)
        if response.request.redirected_from and response.status >= _WRONG:
            self._note_unusable(response.request, status=response.status)
        elif not _says_what_it_is(response):
            self._note_unusable(response.request, failure=Failure.UNUSABLE)

    def _on_finished(self, request: Request) -> None:
        self._open.pop(request, None)

    def _on_failed(self, request: Request) -> None:
        self._open.pop(request, None)
        why = request.failure or ""
        if _GIVEN_UP in why:
            if request.resource_type in _WAITED_FOR or request.redirected_from:
                self._note_unusable(request, failure=Failure.LEFT)
        elif _POLICY not in why.lower():
            self._note_unusable(request, failure=Failure.UNUSABLE)

    def _note_unusable(self, request: Request, *, status: int | None = None, failure: Failure | None = None) -> None:
        if not self._is_the_page(request) and (entry := _entry(request)):
            self._unusable.append(replace(entry, status=status, failure=failure, ended=time.monotonic()))

    def _is_the_page(self, request: Request) -> bool:
        with suppress(playwright_errors.error()):
            return request.is_navigation_request() and request.frame == self.page.main_frame
        return False


def close_soon(page: Page) -> None:
    """Close a page while something else is waited for, for some take for ever; one that has gone is no trouble."""

    def close() -> None:
        with suppress(playwright_errors.error()):
            page.close()

    begin(close)


def _says_what_it_is(response: Response) -> bool:
    """Tell whether a program or style comes as one, where the site wants nothing taken for what it does not say."""
    wanted = _SAID.get(response.request.resource_type, "")
    strict = response.headers.get("x-content-type-options", "").strip().lower() == "nosniff"
    return not strict or wanted in response.headers.get("content-type", "").lower()


def _entry(request: Request) -> Entry | None:
    """Return a request as the gate would note it, but by the address with which it began, before the site sent it on.

    None where what a page shows does not hang on it.
    """
    first = request
    while first.redirected_from:
        first = first.redirected_from
    began, kind = urlsplit(first.url), _KINDS.get(request.resource_type)
    if kind is None or began.scheme not in ("http", "https"):
        return None
    return Entry(request.method, began.netloc.lower(), began.path, kind, mark=hash(same(request.url)))
