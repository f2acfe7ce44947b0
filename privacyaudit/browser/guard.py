"""The guard: three independent locks that let a browser read and keep it from writing.

1. The route lock (this file): only reading methods, only listed hosts, main pages only at an address we just asked for.
2. The page lock (`page_lock.js`): the calls that outlive a page or write are gone before the page's own code runs.
3. The gate (`gate.py`): shut before a page is left, so that nothing a page sends while it goes arrives.

What each of them stops, and what it does not, was measured: see docs/how-it-stays-read-only.md. A guarded context is
guarded from birth, and there is no call that takes the guard off.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from privacyaudit.browser import playwright_errors
from privacyaudit.browser.gate import Gate
from privacyaudit.browser.static_cache import StaticCache

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, Route, StorageState

READING = ("GET", "HEAD", "OPTIONS")
PAGE_LOCK = (Path(__file__).parent / "page_lock.js").read_text(encoding="utf-8")
_STILL_S = 0.1
_LEAVING_LIMIT_S = 1.0
_POLL_MS = 10

_DANGEROUS = (
    r"(?:user)?log[-_]?(?:out|off)|sign[-_]?(?:out|off)|end[-_]?session"
    r"|(?:delete|close|hibernate|remove)[-_]?accounts?|delete|deletion|deactivate|disable|remove|terminate|revoke"
    r"|regenerate|account[-_]?security[-_]?info|backup[-_]?codes?|recovery[-_]?codes?|reset[-_]?tokens"
    r"|change[-_]?password|set_private|set_public"
)
_IN_PATH = re.compile(rf"(?<![a-z0-9])(?:{_DANGEROUS})(?![a-z0-9])", re.IGNORECASE)
_IN_QUERY = re.compile(rf"(?:.*[/:])?(?:{_DANGEROUS})", re.IGNORECASE)
_STATIC = re.compile(r"\.(?:js|mjs|css|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf)$", re.IGNORECASE)
_METHOD_HEADERS = ("x-http-method-override", "x-http-method", "x-method-override")
_UNQUOTED_MOST = 5


def dangerous(url: str, own: Iterable[str] = ()) -> bool:
    """Tell whether an address may sign out, delete, revoke or show secrets, whatever the method.

    Looks at the path and at each name and value of the query; a script, style, picture or font without a query is not
    dangerous by its name. `own` are the platform's own beginnings of paths. So is a query that says another method than
    reading, or that carries WordPress's token for an action. Source of the words: the platforms' own addresses, see
    docs/how-it-stays-read-only.md.
    """
    parts = urlsplit(url)
    path = _plain(parts.path)
    if any(begins(path, beginning) for beginning in own):
        return True
    if _STATIC.search(path) and not parts.query:
        return False
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    names = {name.lower() for name, _value in pairs}
    if {"action", "_wpnonce"} <= names or any(
        name == "_method" and value.upper() not in READING for name, value in pairs
    ):
        return True
    return bool(_IN_PATH.search(path)) or any(_IN_QUERY.fullmatch(_plain(word)) for pair in pairs for word in pair)


def begins(path: str, pattern: str) -> bool:
    """Tell whether a path begins with a pattern, part by part; a * is any one part between two slashes."""
    parts, wanted = _parts(path), _parts(pattern)
    return len(parts) >= len(wanted) and all(one in ("*", part) for part, one in zip(parts, wanted, strict=False))


def fits(path: str, pattern: str) -> bool:
    """Tell whether a path is like a pattern from end to end."""
    return begins(path, pattern) and len(_parts(path)) == len(_parts(pattern))


def _parts(path: str) -> list[str]:
    return [part for part in path.lower().split("/") if part]


def _plain(text: str) -> str:
    """Undo percent signs, also those that stand for percent signs."""
    for _time in range(_UNQUOTED_MOST):
        if (plain := unquote(text)) == text:
            break
        text = plain
    return text


class Guard:
    """Makes guarded pages in a browser that stands behind a gate, and counts what was refused.

    `hosts` are those of the platform, as `host` or `host:port`, `own_dangers` its own list of dangerous paths.
    """

    def __init__(self, gate: Gate, hosts: Iterable[str], own_dangers: Iterable[str] = ()) -> None:
        self._gate = gate
        self._hosts = frozenset(hosts)
        self._own_dangers = tuple(own_dangers)
        self._asked: set[str] = set()
        self._kept = StaticCache()
        self.refused: list[tuple[str, str]] = []

    def context(self, browser: Browser, state: StorageState | None) -> BrowserContext:
        """Return a context that is guarded before its first page, with the cookies of a session if one is given."""
        context = browser.new_context(
            storage_state=state,
            service_workers="block",
            accept_downloads=False,
            viewport={"width": 1280, "height": 900},
            proxy={"server": self._gate.address},
        )
        context.route("**/*", self._route)
        context.route_web_socket(lambda _url: True, lambda socket: socket.close())
        context.add_init_script(PAGE_LOCK)
        context.on("response", self._kept.note)
        return context

    def open(self, page: Page, url: str, timeout: float) -> Response | None:
        """Leave the page and open an address; returns its response. `timeout` in milliseconds.

        Raises Playwright's Error when nothing came of it.
        """
        self.leave(page)
        self._asked = {_bare(url)}
        return page.goto(url, timeout=timeout, wait_until="load")

    def leave(self, page: Page) -> None:
        """Leave the page with the gate shut, so that nothing it sends while it goes arrives anywhere."""
        if page.url == "about:blank":
            return
        self._kept.fill()
        self._gate.shut()
        with self._scripts_off(page):
            page.goto("about:blank")
            self._wait_until_nobody_knocks(page)
        self._gate.reopen()

    def _wait_until_nobody_knocks(self, page: Page) -> None:
        """Let what is still on its way out of the page that was left arrive at the shut gate."""
        until = time.monotonic() + _LEAVING_LIMIT_S
        while self._gate.still_for() < _STILL_S and time.monotonic() < until:
            page.wait_for_timeout(_POLL_MS)

    @staticmethod
    @contextmanager
    def _scripts_off(page: Page) -> Iterator[None]:
        """Keep a page's own code from running any more, so that it cannot even try to send something as it goes."""
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setScriptExecutionDisabled", {"value": True})
        try:
            yield
        finally:
            session.send("Emulation.setScriptExecutionDisabled", {"value": False})
            session.detach()

    def hosts_refused(self) -> list[str]:
        """Return the host of everything refused so far, by whichever lock, in order."""
        return [host for _method, host in (*self.refused, *self._gate.refused)]

    def unreached(self, url: str) -> bool:
        """Tell whether the gate found nobody at the site of an address."""
        parts = urlsplit(url)
        return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}" in self._gate.unreached

    def _route(self, route: Route) -> None:
        request = route.request
        main_page = self._main_page(request)
        reads = self.reads(request)
        if main_page is False and reads:
            if kept := self._kept.find(request):
                route.fulfill(status=200, headers=kept.headers, body=kept.body)
            else:
                route.continue_()
            return
        if main_page and reads and _bare(request.url) in self._asked:
            self._asked.clear()
            route.continue_()
            return
        self.refused.append((request.method, urlsplit(request.url).hostname or ""))
        if main_page:
            route.fulfill(status=204)
        else:
            route.abort()

    def reads(self, request: Request) -> bool:
        """Tell whether a request only reads, and from where it may."""
        return (
            request.method in READING
            and (request.resource_type != "other" or request.is_navigation_request())
            and urlsplit(request.url).netloc.lower() in self._hosts
            and not dangerous(request.url, self._own_dangers)
            and not any(name in request.headers for name in _METHOD_HEADERS)
        )

    @staticmethod
    def _main_page(request: Request) -> bool | None:
        """Tell whether a request would replace the page itself; None for one of a window that is only opening."""
        try:
            return request.is_navigation_request() and request.frame.parent_frame is None
        except playwright_errors.error():
            return None


def _bare(url: str) -> str:
    return url.split("#")[0]
