"""The guard: three independent locks that let a browser read and keep it from writing.

1. The route lock (this file): only reading methods, only listed hosts, main pages only at an address we just asked for.
2. The page lock (`page_lock.js`): the calls that outlive a page or write are gone before the page's own code runs.
3. The gate (`gate.py`): shut before a page is left, so that nothing a page sends while it goes arrives.

What each of them stops, and what it does not, was measured: see docs/how-it-stays-read-only.md. A guarded context is
guarded from birth, and there is no call that takes the guard off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from privacyaudit.browser.gate import Gate

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, Route, StorageState

READING = ("GET", "HEAD", "OPTIONS")
PAGE_LOCK = (Path(__file__).parent / "page_lock.js").read_text(encoding="utf-8")
_SETTLE_MS = 100

_DANGEROUS = (
    r"(?:user)?log[-_]?(?:out|off)|sign[-_]?(?:out|off)|end[-_]?session"
    r"|(?:(?:delete|close|hibernate|remove)[-_]?accounts?|delete|deletion|deactivate|terminate|revoke|regenerate)"
    r"|backup[-_]?codes?|recovery[-_]?codes?|reset[-_]?tokens|change[-_]?password|set_private|set_public"
)
_IN_PATH = re.compile(rf"(?:^|[/:_.-])(?:{_DANGEROUS})(?=$|[/:_.-])", re.IGNORECASE)
_IN_QUERY = re.compile(rf"(?:.*[/:])?(?:{_DANGEROUS})", re.IGNORECASE)
_STATIC = re.compile(r"\.(?:js|mjs|css|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf)$", re.IGNORECASE)


def dangerous(url: str) -> bool:
    """Tell whether an address may sign out, delete, revoke or show secrets, whatever the method.

    Looks at the path and at each name and value of the query; a script, style, picture or font without a query is not
    dangerous by its name. Source of the words: the platforms' own addresses, see docs/how-it-stays-read-only.md.
    """
    parts = urlsplit(url)
    path = unquote(parts.path)
    if _STATIC.search(path) and not parts.query:
        return False
    words = [word for pair in parse_qsl(parts.query, keep_blank_values=True) for word in pair]
    return bool(_IN_PATH.search(path)) or any(_IN_QUERY.fullmatch(word) for word in words)


class Guard:
    """Makes guarded pages in a browser that stands behind a gate, and counts what was refused.

    `hosts` are those of the platform, as `host` or `host:port`.
    """

    def __init__(self, gate: Gate, hosts: Iterable[str]) -> None:
        self._gate = gate
        self._hosts = frozenset(hosts)
        self._asked: set[str] = set()
        self.refused: list[tuple[str, str]] = []

    def context(self, browser: Browser, state: StorageState | None) -> BrowserContext:
        """Return a context that is guarded before its first page, with the cookies of a session if one is given."""
        context = browser.new_context(
            storage_state=state,
            service_workers="block",
            accept_downloads=False,
            viewport={"width": 1280, "height": 900},
        )
        context.route("**/*", self._route)
        context.route_web_socket(lambda _url: True, lambda socket: socket.close())
        context.add_init_script(PAGE_LOCK)
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
        self._gate.shut()
        with self._scripts_off(page):
            page.goto("about:blank")
            page.wait_for_timeout(_SETTLE_MS)
        self._gate.reopen()

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

    def _route(self, route: Route) -> None:
        request = route.request
        main_page = self._main_page(request)
        reads = self._reads(request)
        if main_page is False and reads:
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

    def _reads(self, request: Request) -> bool:
        return (
            request.method in READING
            and (request.resource_type != "other" or request.is_navigation_request())
            and urlsplit(request.url).netloc.lower() in self._hosts
            and not dangerous(request.url)
        )

    @staticmethod
    def _main_page(request: Request) -> bool | None:
        """Tell whether a request would replace the page itself; None for one of a window that is only opening."""
        from playwright.sync_api import Error

        try:
            return request.is_navigation_request() and request.frame.parent_frame is None
        except Error:
            return None


def _bare(url: str) -> str:
    return url.split("#")[0]
