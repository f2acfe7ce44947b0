"""Open one page of a platform and tell whether it is the page we asked for, shown to somebody who is signed in."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from privacyaudit.browser import playwright_errors, reach
from privacyaudit.browser.guard import Guard, fits
from privacyaudit.browser.locate import accessible_name, folded, locate
from privacyaudit.model import Platform, Reason, Take, Who

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, Response

OPEN_TIMEOUT_MS = 20_000
QUIET_MS = 100
REST_MS = 1_000
QUIET_LIMIT_S = 8.0
_LASTING_S = 4.0
_POLL_MS = 20
LARGEST = 5_000_000
"""Of a page or a reply with more bytes than this, what the server sent is not looked at."""

_CHALLENGES = re.compile(r"captcha|challenges\.cloudflare|/checkpoint/|arkoselabs|funcaptcha", re.IGNORECASE)
_UNSHOWN = {"<!--": "-->", "<script": "</script", "<style": "</style", "<textarea": "</textarea", "<title": "</title"}
_UNSHOWN_BEGINS = re.compile(r"<!--|<(?:script|style|textarea|title)(?=[\s/>])", re.IGNORECASE)
_RUNS = re.compile(r"<(?:script|iframe|frame|object|embed)\b|\son[a-z]+\s*=", re.IGNORECASE)
"""What can run on a page, in the text that the server sent: scripts, handlers, and pages within it."""

_LOG_IN_DIALOG = ":is(dialog, [role=dialog], [role=alertdialog], [aria-modal=true]) input[type=password]:visible"
"""A log-in dialog over a page: what stands under it may be what a page shows to nobody in particular."""

_DRAWING_TYPES = ("fetch", "xhr", "script")
_TELLING_TYPES = ("document", *_DRAWING_TYPES)


class Visit:
    """A guarded page on which one address after the other of one platform is opened."""

    def __init__(self, page: Page, guard: Guard, platform: Platform) -> None:
        self.page = page
        self._guard = guard
        self._platform = platform
        self._pending: dict[Request, float] = {}
        self._stirred = time.monotonic()
        self._lost: list[Request] = []
        self._broken: list[Request] = []
        self._replies: list[Response] = []
        self.quiet = True
        self._rested = False
        self._ended = False
        self._html: str | None = None
        self._still = False
        self._response: Response | None = None
        self._first = False
        self._url = ""
        self._whose: str | None = None
        page.set_default_timeout(2_000)
        page.on("request", self._asked)
        page.on("requestfinished", self._answered)
        page.on("requestfailed", self._failed)
        page.on("response", self._replied)
        page.on("dialog", lambda dialog: dialog.dismiss())

    def open(self, url: str, *, first: bool = False) -> Reason | None:
        """Open an address; return why it cannot be read, or None when it can.

        With `first`, the page must also show what only somebody who is signed in can see (`signed_in.find`).
        """
        self.collect()
        self._first = first
        self._url = url
        self._replies.clear()
        self._pending.clear()
        self._lost.clear()
        self._broken.clear()
        self._html = None
        self._still = False
        self._rested = False
        self._ended = False
        refused_before = len(self._guard.hosts_refused())
        try:
            self._response = self._guard.open(self.page, url, OPEN_TIMEOUT_MS)
        except playwright_errors.timeout():
            return Reason.TIMED_OUT
        except playwright_errors.error() as error:
            return self._why_not(self._guard.hosts_refused()[refused_before:], error.message)
        if self._response is None:
            return Reason.BLOCKED_BY_GUARD
        if self._response.status == 502 and self._guard.unreached(url):
            return reach.unreached(url)
        self.quiet = self.settle()
        if self.trouble() is Reason.NOT_SIGNED_IN:
            self.rest()
        return self.trouble()

    def trouble(self) -> Reason | None:
        """Return why the page that is open cannot be read, as it is now, or None when it can.

        Asked again after the page was read, this tells whether it still is the page of the same person.
        """
        status = self._response.status if self._response else 0
        if self._on_sign_in_page(self._url) or status == 401 or self._ended:
            return Reason.NOT_SIGNED_IN
        if status in (403, 429) or (status == 503 and self._challenged()):
            return Reason.CHALLENGE
        if status in (404, 410):
            return Reason.PAGE_MOVED
        if status >= 400:
            return Reason.SITE_ERROR
        if not _same_page(self._url, self.page.url):
            return Reason.CHALLENGE if _CHALLENGES.search(self.page.url) else Reason.PAGE_MOVED
        if self.page.locator(_LOG_IN_DIALOG).count():
            return Reason.NEEDS_PASSWORD
        proof = self._platform.signed_in
        if proof is None:
            return None
        for what in (proof.find if self._first else None, proof.on_every_page):
            if what and not locate(self.page, what):
                return self._missing_proof()
        return self._somebody_else(proof.who) if proof.who else None

    def _somebody_else(self, who: Who) -> Reason | None:
        """Compare whose page this is with the first page; what is compared stays in memory."""
        whose = self._read_who(who)
        if whose is None:
            return self._missing_proof() if self._whose is None or self._asks_password() else Reason.OTHER_ACCOUNT
        if self._whose is None:
            self._whose = whose
        return None if whose == self._whose else Reason.OTHER_ACCOUNT

    def _read_who(self, who: Who) -> str | None:
        if who.find is None:
            return None
        elements = locate(self.page, who.find)
        if len(elements) != 1:
            return None
        try:
            if who.take is Take.VALUE:
                said = elements[0].input_value()
            elif who.take is Take.TEXT:
                said = elements[0].text_content() or ""
            else:
                said = accessible_name(elements[0])
        except playwright_errors.error():
            return None
        return folded(said) or None

    def lost_a_request(self) -> bool:
        """Tell whether the guard refused something on this page that may have fetched the settings themselves."""
        refused = [_place(request) for request in self._lost]
        refused += [(host, path) for kind, host, path in self._refused_in_page() if kind == "fetch"]
        return any(self._may_hold_settings(host, path) for host, path in refused)

    def lost_a_reply(self) -> bool:
        """Tell whether something failed that may have held the settings themselves, or a script that draws them."""
        return any(self._may_hold_settings(*_place(request)) for request in self._broken)

    def _may_hold_settings(self, host: str, path: str) -> bool:
        return self._of_this_site(host) and not path.startswith(self._platform.noise)

    def _of_this_site(self, host: str) -> bool:
        """Tell whether a host is one of the platform's, or a neighbour of one, such as api. beside www."""
        return any(host == own or _site(host) == _site(own) for own in self._platform.hosts)

    def collect(self) -> None:
        """Add what the page lock refused on this page to what the guard refused; call it before the page is left."""
        self._guard.refused += [("POST", host.rsplit(":", 1)[0]) for _kind, host, _path in self._refused_in_page()]

    def _refused_in_page(self) -> list[tuple[str, str, str]]:
        found: list[tuple[str, str, str]] = []
        for frame in self.page.frames:
            try:
                found += [(str(a), str(b), str(c)) for a, b, c in frame.evaluate("window.__readOnlyRefused?.() ?? []")]
            except playwright_errors.error():
                continue
        return found

    def replies(self, host: str, path: str) -> list[Response] | None:
        """Return the good replies to what the page asked a host and path for; None while one is still coming in.

        A * in the path stands for any one part between two slashes; when one of the replies that fit it is an error,
        none is good, for the others may be about somebody else.
        """
        asked = [
            reply
            for reply in self._replies
            if reply.request.method == "GET"
            and urlsplit(reply.url).netloc.lower() == host
            and fits(urlsplit(reply.url).path, path)
        ]
        fitting = [reply for reply in asked if reply.ok]
        if "*" in path and len(fitting) < len(asked):
            return []
        return None if any(reply.request in self._pending for reply in fitting) else fitting

    def in_first_html(self, field: str) -> bool:
        """Tell whether a form field was in the page as the server sent it, before any script ran."""
        named = rf"""<[a-z][^<>]*\s(?:name|id)\s*=\s*["']?{re.escape(field)}["'\s/>]"""
        return bool(re.search(named, self._sent(), re.I))

    def _sent(self) -> str:
        """Return what the server sent that may become elements; nothing of a page that is too large."""
        if self._html is None:
            try:
                raw = self._response.body() if self._response else b""
            except playwright_errors.error():
                raw = b""
            text = raw.decode(errors="replace") if len(raw) <= LARGEST else ""
            self._still = bool(text) and not _RUNS.search(text)
            self._html = _shown(text)
        return self._html

    def still_asking(self) -> bool:
        """Tell whether the page has waited for this site for so long that nobody waits for it any more.

        What is missing may hold the settings, and what the page shows until then may be a stand-in.
        """
        now = time.monotonic()
        return any(
            request.resource_type in _DRAWING_TYPES
            and now - at >= _LASTING_S
            and self._may_hold_settings(*_place(request))
            for request, at in self._pending.items()
        )

    def language(self) -> str:
        """Return the language that the page says it is in, such as `en`; empty when it does not say."""
        said = self.page.locator("html").first.get_attribute("lang") or ""
        return said.split("-")[0].split("_")[0].lower()

    def _asked(self, request: Request) -> None:
        if request.resource_type in _TELLING_TYPES:
            self._pending[request] = self._stirred = time.monotonic()
        if request.resource_type in ("fetch", "xhr") and not self._guard.reads(request):
            self._lost.append(request)

    def _answered(self, request: Request) -> None:
        if self._pending.pop(request, None):
            self._stirred = time.monotonic()

    def _failed(self, request: Request) -> None:
        """Note a request that got no reply; one that the page itself gave up is not counted."""
        self._answered(request)
        if request.resource_type in _DRAWING_TYPES and request.failure != "net::ERR_ABORTED":
            self._broken.append(request)

    def _replied(self, response: Response) -> None:
        self._replies.append(response)
        what = response.request.resource_type
        lost = response.status in (403, 429) or response.status >= 500
        if (lost and what in _DRAWING_TYPES) or (what == "script" and response.status >= 400):
            self._broken.append(response.request)
        if response.status == 401 and what in ("fetch", "xhr"):
            self._ended = self._ended or self._may_hold_settings(*_place(response.request))

    def rest(self) -> None:
        """Wait, once per page, for the longer silence after which scripts have shown what they are going to show.

        What is there first may be a stand-in until the true state comes, also where the server itself sent it. Only a
        page on which nothing can run is as it stays.
        """
        if not self._rested:
            self._sent()
            if not self._still:
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
        try:
            return float(self.page.evaluate("window.__readOnlyStill?.() ?? 0"))
        except playwright_errors.error():
            return 0

    def _why_not(self, refused: list[str], said: str) -> Reason:
        if "Download is starting" in said:
            return Reason.PAGE_MOVED
        entry = self._platform.sign_in
        if entry and any(_names(host, entry.hosts) for host in refused):
            return Reason.NOT_SIGNED_IN
        if any(host == urlsplit(f"//{own}").hostname for own in self._platform.hosts for host in refused):
            return Reason.BLOCKED_BY_GUARD
        if refused:
            return Reason.PAGE_MOVED
        return reach.reason(said, self._url) or Reason.TIMED_OUT

    def _missing_proof(self) -> Reason:
        if self._challenged():
            return Reason.CHALLENGE
        return Reason.NEEDS_PASSWORD if self._asks_password() else Reason.NOT_SIGNED_IN

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


def _place(request: Request) -> tuple[str, str]:
    """Return the host and the path that a request was for."""
    parts = urlsplit(request.url)
    return parts.netloc.lower(), parts.path


def _names(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host in (name, name.split(":")[0]) for name in hosts)


def _shown(html: str) -> str:
    """Return what of a page may become elements: without scripts, styles, comments, texts and templates.

    Of something that does not end, the rest of the page is left out.
    """
    kept, position = [], 0
    small = html.lower()
    while begin := _UNSHOWN_BEGINS.search(small, position):
        kept.append(small[position : begin.start()])
        position = small.find(_UNSHOWN[begin.group()], begin.end())
        if position < 0:
            break
    kept.append(small[position:] if position >= 0 else "")
    text = "".join(kept)
    first, last = text.find("<template"), text.rfind("</template")
    return text if first < 0 else text[:first] + (text[last:] if last > first else "")


def _site(host: str) -> str:
    """Return the part of a host that its neighbours share: pondlife.example of www.pondlife.example."""
    parts = host.split(":")[0].split(".")
    if parts[-1].isdigit():
        return host
    shared = 3 if len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3 else 2
    return ".".join(parts[-shared:])


def _same_page(asked: str, shown: str) -> bool:
    one, other = urlsplit(asked), urlsplit(shown)
    return (one.netloc.lower(), one.path.rstrip("/")) == (other.netloc.lower(), other.path.rstrip("/"))
