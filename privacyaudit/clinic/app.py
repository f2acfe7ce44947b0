"""The clinic's web server as an ASGI app: a few pages, one way in for counts, and nothing is remembered about a caller.

Every request names a host that this clinic serves, so a page from elsewhere cannot reach it under a name of its own.
Only `/share` takes anything, and only from the clinic's own page. The only module that touches starlette.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from privacyaudit.clinic import counts, pages, tickets
from privacyaudit.clinic.counts import NotAShareError, Tally
from privacyaudit.clinic.pages import Titles
from privacyaudit.clinic.store import Plan
from privacyaudit.i18n import _

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SHARE_SECONDS = 10.0
LOOPBACK_NAMES = ("127.0.0.1", "localhost")
_CODE = re.compile(rf"[{tickets.ALPHABET}]{{{tickets.CODE_LENGTH}}}")
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_CLOSE = {"connection": "close"}
_SAFE = (
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_NOTHING = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")


@dataclass
class Clinic:
    """What the server serves. `page` is the members' page with a place for a ticket, `ended` once sharing is over.

    `hosts` are the values of the Host header that are served, `join` the address that is shown on the board and
    `picture` its QR code as SVG. `lost` tells that phones no longer reach it. `clock` gives seconds and is asked
    about wrong codes and newcomers only. Whoever sits at this computer may try the page as often as they like.
    """

    plan: Plan
    tally: Tally
    titles: Titles
    page: str
    ticket_place: str
    hosts: Collection[str]
    join: str
    picture: str = ""
    ended: bool = False
    lost: Callable[[], bool] = lambda: False
    clock: Callable[[], float] = time.monotonic
    guesses: tickets.Guesses = field(default_factory=tickets.Guesses)
    newcomers: tickets.Newcomers = field(default_factory=tickets.Newcomers)


def app(clinic: Clinic) -> ASGIApp:
    """Return the app; every other address than its five is not there."""
    site = _Site(clinic)
    routes = [
        Route("/", site.home),
        Route("/c/{code}", site.page),
        Route("/share", site.share, methods=["POST"]),
        Route("/board", site.board),
        Route("/robots.txt", _robots),
    ]
    inner = Starlette(routes=routes, exception_handlers={404: site.not_there, 405: _not_so})
    inner.router.redirect_slashes = False
    return _Guard(inner, frozenset(clinic.hosts))


class _Site:
    """What is at each address. The page is cut in two around its ticket once, as everybody gets one of their own."""

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self._key = bytes.fromhex(clinic.plan.key)
        self._before, self._after = clinic.page.encode().split(clinic.ticket_place.encode())
        self._page_headers = _headers_of(clinic.page)

    async def home(self, request: Request) -> Response:
        """Ask for the code, and lead whoever has typed one to the page."""
        clinic = self._clinic
        if clinic.ended:
            return _ended(clinic)
        typed = tickets.typed(request.query_params.get("code", ""))
        if _CODE.fullmatch(typed):
            return RedirectResponse(f"/c/{typed}", status_code=303)
        trouble = _("A code has six letters and digits. Look at the board again.") if typed else ""
        return _html(pages.join(clinic.plan.name, trouble))

    async def page(self, request: Request) -> Response:
        """Give the members' page with a new ticket to whoever has the code."""
        clinic = self._clinic
        if clinic.ended:
            return _ended(clinic)
        caller, now = _caller(request), clinic.clock()
        if clinic.guesses.too_many(caller, now):
            return _too_many(clinic)
        if not tickets.same(tickets.typed(request.path_params["code"]), clinic.plan.code):
            clinic.guesses.wrong(caller, now)
            return _html(pages.join(clinic.plan.name, _("That is not the code. Look at the board again.")), 403)
        body = b"".join((self._before, tickets.new_ticket(self._key).encode(), self._after))
        return Response(body, headers=self._page_headers, media_type="text/html; charset=utf-8")

    async def share(self, request: Request) -> Response:
        """Take what a phone shares, once it is known to come from our page and not to be too large or too slow."""
        clinic = self._clinic
        if not _from_our_page(request, clinic.hosts):
            return Response(status_code=403, headers=_CLOSE)
        if clinic.ended:
            return Response(status_code=410, headers=_CLOSE)
        caller, now = _caller(request), clinic.clock()
        if clinic.guesses.too_many(caller, now):
            return Response(status_code=429, headers=_CLOSE)
        try:
            async with asyncio.timeout(SHARE_SECONDS):
                raw = await _body(request)
        except TimeoutError:
            return Response(status_code=408, headers=_CLOSE)
        if raw is None:
            return Response(status_code=413, headers=_CLOSE)
        return Response(status_code=self._counted(raw, caller, now))

    def _counted(self, raw: bytes, caller: str, now: float) -> int:
        """Count a share, and return the status that says what became of it."""
        clinic = self._clinic
        try:
            read = counts.read(raw, clinic.tally.sheet)
            if not tickets.genuine(self._key, read.ticket):
                clinic.guesses.wrong(caller, now)
                return 422
            if clinic.ended:
                return 410
            new = caller != LOOPBACK_NAMES[0] and clinic.tally.is_new(read)
            if new and clinic.newcomers.too_many(caller, now):
                return 429
            added = clinic.tally.add(read)
        except NotAShareError:
            return 422
        if new and added:
            clinic.newcomers.came(caller, now)
        return 204 if added else 409

    async def board(self, request: Request) -> Response:
        """Show the board on this computer, and nowhere else."""
        if not _on_this_computer(request):
            return await self.not_there(request)
        clinic = self._clinic
        join = "" if clinic.lost() else clinic.join
        return _html(pages.board(clinic.plan, clinic.tally, clinic.titles, join, clinic.picture))

    async def not_there(self, _request: Request, _error: Exception | None = None) -> Response:
        """Say that there is no such page."""
        advice = _("Go to the address on the board, and type the code.")
        return _note(self._clinic, 404, _("There is no such page."), advice)


async def _robots(_request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


async def _not_so(_request: Request, _error: Exception) -> Response:
    return Response(status_code=405, headers=_CLOSE)


class _Guard:
    """Refuses other hosts than ours, and gives every answer the headers that keep a page to itself."""

    def __init__(self, inner: ASGIApp, hosts: frozenset[str]) -> None:
        self._inner = inner
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *_SAFE]
                if not any(name == _NOTHING[0] for name, _value in headers):
                    headers.append(_NOTHING)
                message["headers"] = headers
            await send(message)

        named = [value for name, value in scope["headers"] if name == b"host"]
        if len(named) != 1 or _host(named[0].decode("latin-1")) not in self._hosts:
            sentence = _("This is not the clinic's address. Type the address on the board.")
            await PlainTextResponse(sentence, status_code=421, headers=_CLOSE)(scope, receive, safely)
            return
        await self._inner(scope, receive, safely)


def _host(named: str) -> str:
    """Return a Host header as it is compared: capitals do not count, nor the dot that ends a whole name.

    A browser leaves out the port that http has anyway.
    """
    name, _colon, port = named.lower().partition(":")
    return f"{name.removesuffix('.')}:{port or 80}"


def _html(html: str, status: int = 200) -> Response:
    return Response(html, status_code=status, headers=_headers_of(html), media_type="text/html; charset=utf-8")


def _headers_of(html: str) -> dict[str, str]:
    """Return a page's own policy as a header, and that no other page may frame it."""
    found = _POLICY.search(html)
    policy = found[1].replace("&#39;", "'") if found else "default-src 'none'"
    return {"content-security-policy": f"{policy}; frame-ancestors 'none'"}


def _note(clinic: Clinic, status: int, sentence: str, advice: str) -> Response:
    return _html(pages.note(clinic.plan.name, sentence, advice), status)


def _ended(clinic: Clinic) -> Response:
    return _note(clinic, 410, _("This clinic has ended."), _("Your answers are still on your phone."))


def _too_many(clinic: Clinic) -> Response:
    sentence = _("There were too many wrong codes in one minute.")
    return _note(clinic, 429, sentence, _("Wait a minute, look at the board, and try again."))


def _caller(request: Request) -> str:
    return request.client.host if request.client else ""


def _on_this_computer(request: Request) -> bool:
    try:
        near = ip_address(_caller(request)).is_loopback
    except ValueError:
        return False
    return near and _host(request.headers["host"]).rsplit(":", 1)[0] in LOOPBACK_NAMES


def _from_our_page(request: Request, hosts: Collection[str]) -> bool:
    """Tell whether a share comes from a page of this server; another site can set none of these headers."""
    headers = request.headers
    origin = headers.getlist("origin")
    return (
        headers.get("x-privacyaudit") == "share"
        and headers.get("content-type", "").split(";")[0].strip().lower() == "application/json"
        and len(origin) == 1
        and origin[0].lower().startswith("http://")
        and _host(origin[0].lower().removeprefix("http://")) == _host(headers["host"])
        and _host(headers["host"]) in hosts
        and headers.get("sec-fetch-site", "same-origin") == "same-origin"
    )


async def _body(request: Request) -> bytes | None:
    """Return the body of a request; None for one that is too large, which is read no further, and for a broken one."""
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length[:9]) > counts.MAX_BODY or len(length) > 9:
        return None
    raw = bytearray()
    try:
        async for part in request.stream():
            raw += part
            if len(raw) > counts.MAX_BODY:
                return None
    except ClientDisconnect:
        return None
    return bytes(raw)
