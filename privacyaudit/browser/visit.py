"""Open one page of a platform and tell whether it is the page we asked for, shown to somebody who is signed in."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from privacyaudit.browser.guard import Guard
from privacyaudit.browser.locate import locate
from privacyaudit.model import Find, Platform, Reason

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Request, Response

OPEN_TIMEOUT_MS = 20_000
QUIET_MS = 100
REST_MS = 1_000
QUIET_LIMIT_S = 8.0
_LASTING_S = 4.0
_POLL_MS = 20

_CHALLENGES = re.compile(r"captcha|challenges\.cloudflare|/checkpoint/|arkoselabs|funcaptcha", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"<script\b.*?</script\s*>|<template\b.*?</template\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TELLING_TYPES = ("document", "fetch", "xhr", "script")


class Visit:
    """A guarded page on which one address after the other of one platform is opened."""

    def __init__(self, page: Page, guard: Guard, platform: Platform) -> None:
        self.page = page
        self._guard = guard
        self._platform = platform
        self._pending: dict[Request, float] = {}
        self._stirred = time.monotonic()
        self._refused_writes: list[Request] = []
        self._replies: list[Response] = []
        self.quiet = True
        self._rested = False
        self._drawn_by_server = False
        self._fetched = False
        self._html: str | None = None
        self._response: Response | None = None
        page.set_default_timeout(2_000)
        page.on("request", self._asked)
        page.on("requestfinished", self._answered)
        page.on("requestfailed", self._answered)
        page.on("response", self._replied)
        page.on("dialog", lambda dialog: dialog.dismiss())

    def open(self, url: str, *, first: bool = False) -> Reason | None:
        """Open an address; return why it cannot be read, or None when it can.

        With `first`, the page must also show what only somebody who is signed in can see (`signed_in.find`).
        """
        from playwright.sync_api import Error
        from playwright.sync_api import TimeoutError as TimedOut

        self.collect()
        self._replies.clear()
        self._pending.clear()
        self._refused_writes.clear()
        self._html = None
        self._rested = False
        self._drawn_by_server = False
        self._fetched = False
        refused_before = len(self._guard.hosts_refused())
        try:
            self._response = self._guard.open(self.page, url, OPEN_TIMEOUT_MS)
        except TimedOut:
            return Reason.TIMED_OUT
        except Error:
            return self._why_not(self._guard.hosts_refused()[refused_before:])
        if self._response is None:
            return Reason.BLOCKED_BY_GUARD
        self.quiet = self.settle()
        return self._classify(url, first=first)

    def lost_a_request(self) -> bool:
        """Tell whether the guard refused something on this page that may have fetched the settings themselves."""
        refused = [(urlsplit(r.url).netloc, urlsplit(r.url).path) for r in self._refused_writes]
        refused += [(host, path) for kind, host, path in self._refused_in_page() if kind == "fetch"]
        noise = self._platform.noise
        return any(host in self._platform.hosts and not path.startswith(noise) for host, path in refused)

    def collect(self) -> None:
        """Add what the page lock refused on this page to what the guard refused; call it before the page is left."""
        self._guard.refused += [("POST", host.rsplit(":", 1)[0]) for _kind, host, _path in self._refused_in_page()]

    def _refused_in_page(self) -> list[tuple[str, str, str]]:
        from playwright.sync_api import Error

        found: list[tuple[str, str, str]] = []
        for frame in self.page.frames:
            try:
                found += [(str(a), str(b), str(c)) for a, b, c in frame.evaluate("window.__readOnlyRefused?.() ?? []")]
            except Error:
                continue
        return found

    def replies(self, host: str, path: str) -> list[Response] | None:
        """Return the good replies to what the page asked a host and path for; None while one is still coming in."""
        fitting = [
            reply
            for reply in self._replies
            if reply.request.method == "GET" and reply.ok and urlsplit(reply.url)[1:3] == (host, path)
        ]
        return None if any(reply.request in self._pending for reply in fitting) else fitting

    def in_first_html(self, field: str) -> bool:
        """Tell whether a form field was in the page as the server sent it, before any script ran."""
        if self._html is None:
            self._html = _NOT_SHOWN.sub("", self._response.text() if self._response else "")
        found = bool(re.search(rf"""(?:name|id)\s*=\s*["']?{re.escape(field)}["'\s>]""", self._html))
        self._drawn_by_server = self._drawn_by_server or found
        return found

    def came_whole(self) -> bool:
        """Tell whether the server sent this page with its settings in it, and no script has fetched anything since."""
        return self._drawn_by_server and not self._fetched

    def language(self) -> str:
        """Return the language that the page says it is in, such as `en`; empty when it does not say."""
        said = self.page.locator("html").first.get_attribute("lang") or ""
        return said.split("-")[0].split("_")[0].lower()

    def _asked(self, request: Request) -> None:
        if request.resource_type in _TELLING_TYPES:
            self._pending[request] = self._stirred = time.monotonic()
        if request.resource_type in ("fetch", "xhr"):
            self._fetched = True
        if request.method not in ("GET", "HEAD", "OPTIONS") and request.resource_type in ("fetch", "xhr"):
            self._refused_writes.append(request)

    def _answered(self, request: Request) -> None:
        if self._pending.pop(request, None):
            self._stirred = time.monotonic()

    def _replied(self, response: Response) -> None:
        self._replies.append(response)

    def rest(self) -> None:
        """Wait, once per page, for the longer silence after which scripts have shown what they are going to show.

        Needed for what a script puts on the page: what is drawn first may be a stand-in until the true state comes.
        """
        if not self._rested:
            self.quiet = self.settle(REST_MS) and self.quiet
            self._rested = True

    def settle(self, quiet_ms: int = QUIET_MS) -> bool:
        """Wait until nothing moved for a while and nothing is under way that may still change the page.

        The silence counts from the last change of the page or the last request, also when that was before this call.
        Returns False when it did not come within the limit.
        """
        until = time.monotonic() + QUIET_LIMIT_S
        while (now := time.monotonic()) < until:
            silence = min(self._still_for_ms(), (now - self._stirred) * 1000)
            recent = [at for at in self._pending.values() if now - at < _LASTING_S]
            if silence >= quiet_ms and not recent:
                return not self._pending
            self.page.wait_for_timeout(max(_POLL_MS, min(quiet_ms - silence, (until - now) * 1000)))
        return False

    def _still_for_ms(self) -> float:
        """Return for how long the page has not changed, as the page lock saw it."""
        from playwright.sync_api import Error

        try:
            return float(self.page.evaluate("window.__readOnlyStill?.() ?? 0"))
        except Error:
            return 0

    def _why_not(self, refused: list[str]) -> Reason:
        entry = self._platform.sign_in
        if entry and any(_names(host, entry.hosts) for host in refused):
            return Reason.NOT_SIGNED_IN
        if any(host == urlsplit(f"//{own}").hostname for own in self._platform.hosts for host in refused):
            return Reason.BLOCKED_BY_GUARD
        return Reason.PAGE_MOVED if refused else Reason.TIMED_OUT

    def _classify(self, asked: str, *, first: bool) -> Reason | None:
        status = self._response.status if self._response else 0
        if self._on_sign_in_page(asked):
            return Reason.NOT_SIGNED_IN
        if status == 401:
            return Reason.NOT_SIGNED_IN
        if status in (403, 429) or (status == 503 and self._challenged()):
            return Reason.CHALLENGE
        if status in (404, 410):
            return Reason.PAGE_MOVED
        if status >= 400:
            return Reason.SITE_ERROR
        if not _same_page(asked, self.page.url):
            return Reason.CHALLENGE if _CHALLENGES.search(self.page.url) else Reason.PAGE_MOVED
        proof = self._platform.signed_in
        if proof and first and len(self._matches(proof.find)) == 0:
            return self._missing_proof()
        if proof and proof.on_every_page and len(self._matches(proof.on_every_page)) == 0:
            return self._missing_proof()
        return None

    def _missing_proof(self) -> Reason:
        if self._challenged():
            return Reason.CHALLENGE
        return Reason.NEEDS_PASSWORD if self._asks_password() else Reason.NOT_SIGNED_IN

    def _matches(self, find: Find) -> list[Locator]:
        return locate(self.page, find)

    def _challenged(self) -> bool:
        return any(_CHALLENGES.search(frame.url) for frame in self.page.frames) or bool(
            self.page.locator("[class*=captcha i], [id*=captcha i], [name*=captcha i]").count()
        )

    def _asks_password(self) -> bool:
        return self.page.locator("input[type=password]:visible").count() > 0

    def _on_sign_in_page(self, asked: str) -> bool:
        entry = self._platform.sign_in
        if entry is None:
            return False
        here = urlsplit(self.page.url)
        return (
            _names(here.netloc, entry.hosts)
            or _same_page(entry.open, self.page.url)
            or (not _same_page(asked, self.page.url) and self._asks_password())
        )


def _names(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host in (name, name.split(":")[0]) for name in hosts)


def _same_page(asked: str, shown: str) -> bool:
    one, other = urlsplit(asked), urlsplit(shown)
    return (one.netloc.lower(), one.path.rstrip("/")) == (other.netloc.lower(), other.path.rstrip("/"))
