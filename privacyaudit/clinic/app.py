"""The clinic's web server as an ASGI app: a few pages, one way in for counts, and nothing is remembered about a caller.

Every request names a host that this clinic serves, so a page from elsewhere cannot reach it under a name of its own.
Only `/share` takes anything, and only from the clinic's own page.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from privacyaudit.clinic import counts, pages, tickets
from privacyaudit.clinic.counts import NotAShareError, Tally
from privacyaudit.clinic.pages import Titles
from privacyaudit.clinic.store import Plan
from privacyaudit.i18n import _
from privacyaudit.serving import guard

if TYPE_CHECKING:
    from starlette.types import ASGIApp

SHARE_SECONDS = 10.0
_CODE = re.compile(rf"[{tickets.ALPHABET}]{{{tickets.CODE_LENGTH}}}")


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
    strange = _("This is not the clinic's address. Type the address on the board.")
    return guard.Guarded(inner, clinic.hosts, strange)


class _Site:
    """What is at each address. The page is cut in two around its ticket once, as everybody gets one of their own."""

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self._key = bytes.fromhex(clinic.plan.key)
        self._before, self._after = clinic.page.encode().split(clinic.ticket_place.encode())
        self._page_headers = guard.headers_of(clinic.page)

    async def home(self, request: Request) -> Response:
        """Ask for the code, and lead whoever has typed one to the page."""
        clinic = self._clinic
        if clinic.ended:
            return _ended(clinic)
        typed = tickets.typed(request.query_params.get("code", ""))
        if _CODE.fullmatch(typed):
            return RedirectResponse(f"/c/{typed}", status_code=303)
        trouble = _("A code has six letters and digits. Look at the board again.") if typed else ""
        return guard.html(pages.join(clinic.plan.name, trouble))

    async def page(self, request: Request) -> Response:
        """Give the members' page with a new ticket to whoever has the code."""
        clinic = self._clinic
        if clinic.ended:
            return _ended(clinic)
        caller, now = guard.caller(request), clinic.clock()
        if clinic.guesses.too_many(caller, now):
            return _too_many(clinic)
        if not tickets.same(tickets.typed(request.path_params["code"]), clinic.plan.code):
            clinic.guesses.wrong(caller, now)
            return guard.html(pages.join(clinic.plan.name, _("That is not the code. Look at the board again.")), 403)
        body = b"".join((self._before, tickets.new_ticket(self._key).encode(), self._after))
        return Response(body, headers=self._page_headers, media_type="text/html; charset=utf-8")

    async def share(self, request: Request) -> Response:
        """Take what a phone shares, once it is known to come from our page and not to be too large or too slow."""
        clinic = self._clinic
        if not guard.from_our_page(request, clinic.hosts, "share"):
            return Response(status_code=403, headers=guard.CLOSE)
        if clinic.ended:
            return Response(status_code=410, headers=guard.CLOSE)
        caller, now = guard.caller(request), clinic.clock()
        if clinic.guesses.too_many(caller, now):
            return Response(status_code=429, headers=guard.CLOSE)
        try:
            async with asyncio.timeout(SHARE_SECONDS):
                raw = await guard.body(request, counts.MAX_BODY)
        except TimeoutError:
            return Response(status_code=408, headers=guard.CLOSE)
        if raw is None:
            return Response(status_code=413, headers=guard.CLOSE)
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
            new = caller != guard.LOOPBACK_NAMES[0] and clinic.tally.is_new(read)
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
        if not guard.on_this_computer(request):
            return await self.not_there(request)
        clinic = self._clinic
        join = "" if clinic.lost() else clinic.join
        return guard.html(pages.board(clinic.plan, clinic.tally, clinic.titles, join, clinic.picture))

    async def not_there(self, _request: Request, _error: Exception | None = None) -> Response:
        """Say that there is no such page."""
        advice = _("Go to the address on the board, and type the code.")
        return _note(self._clinic, 404, _("There is no such page."), advice)


async def _robots(_request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


async def _not_so(_request: Request, _error: Exception) -> Response:
    return Response(status_code=405, headers=guard.CLOSE)


def _note(clinic: Clinic, status: int, sentence: str, advice: str) -> Response:
    return guard.html(pages.note(clinic.plan.name, sentence, advice), status)


def _ended(clinic: Clinic) -> Response:
    return _note(clinic, 410, _("This clinic has ended."), _("Your answers are still on your phone."))


def _too_many(clinic: Clinic) -> Response:
    sentence = _("There were too many wrong codes in one minute.")
    return _note(clinic, 429, sentence, _("Wait a minute, look at the board, and try again."))
