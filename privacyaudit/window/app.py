"""The window's web server as an ASGI app: one page, what it asks of the program, and the reports that it opens.

It takes connections before the program behind it is loaded: until then a front page is on the screen.

Nobody comes in without a ticket, which works once. After that, each request names this computer, comes from it, shows
the cookie and was not sent for by another page; what changes something comes from the page's own script.
"""

from __future__ import annotations

import json
from asyncio import get_running_loop, wrap_future
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from privacyaudit.errors import AuditError, advice_on_a_page
from privacyaudit.i18n import _
from privacyaudit.serving import guard
from privacyaudit.window import notes
from privacyaudit.window.door import Door
from privacyaudit.window.presence import Presence

if TYPE_CHECKING:
    from starlette.types import ASGIApp

MOST_BYTES = 1_000_000
MOST_OF_A_FILE = 50_000_000
MOMENT_SECONDS = 0.25
MARK = "window"
HTTP_ONLY = True
SAME_SITE: Literal["strict", "lax", "none"] = "strict"
DOES = ("POST",)
"""The methods by which something can be done."""
_FROM_ELSEWHERE = ("cross-site", "same-site")
_FRONT = "front"

Power = Callable[[Any], Any]


@dataclass(frozen=True)
class Download:
    """A file that the browser saves: its name, its kind and what is in it."""

    name: str
    kind: str
    content: bytes


class Behind(Protocol):
    """The program behind a window."""

    def page(self) -> str:
        """Draw the page."""

    def reads(self) -> Mapping[str, Callable[[], Any]]:
        """Return what the page can look at, by name; what is returned goes back as JSON."""

    def does(self) -> Mapping[str, Power]:
        """Return what the page can do, by name: each is handed what the page said; what is returned goes back."""

    def takes(self) -> Mapping[str, Callable[[bytes], Any]]:
        """Return what takes a file in as it is, by name; what is returned goes back as JSON."""

    def pages(self) -> Mapping[str, Callable[[], str | Download | None]]:
        """Return whole pages and files beside the page, by name; None means that there is none now."""


Program = TypeVar("Program", bound=Behind)


@dataclass
class Window(Generic[Program]):
    """What the server serves: `load` makes the program behind it.

    All that the program does runs in one thread, one after the other, and so after it was loaded. Loading waits a
    moment for the front page to be `given`, which would else come later for it.
    """

    door: Door
    presence: Presence
    hosts: frozenset[str]
    load: Callable[[], Program]
    worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "window"))
    given: Event = field(default_factory=Event)
    behind: Future[Program] = field(init=False)

    def __post_init__(self) -> None:
        self.behind = self.worker.submit(self._loaded)

    def _loaded(self) -> Program:
        self.given.wait(MOMENT_SECONDS)
        return self.load()

    @property
    def cookie(self) -> str:
        """Return the name of the cookie; each window has one of its own."""
        return f"privacyaudit-{self.door.place.split('/')[2][:8]}"


def app(window: Window[Any]) -> ASGIApp:
    """Return the app; every other address than those of the window is not there."""
    site = _Site(window)
    place = window.door.place
    routes = [
        Route("/", site.stranger),
        Route("/in", site.enter),
        Route(place, site.page),
        Route(f"{place}{_FRONT}", site.front),
        Route(f"{place}{{name}}", site.look),
        Route(f"{place}{{name}}", site.do, methods=DOES),
    ]
    inner = Starlette(routes=routes, exception_handlers={404: _not_there, 405: _not_so})
    inner.router.redirect_slashes = False
    return guard.Guarded(inner, window.hosts, _("This is not the window's address. Start the window again."))


def near(request: Request) -> bool:
    """Tell whether a request comes from this computer."""
    return guard.on_this_computer(request)


def let_in(window: Window[Any], request: Request) -> bool:
    """Tell whether a request shows a cookie that this window gave."""
    return window.door.knows(request.cookies.get(window.cookie, ""))


def sent_for_by_us(request: Request) -> bool:
    """Tell whether no page of another site, nor of another server on this computer, is behind a request."""
    elsewhere = request.headers.get("sec-fetch-site") in _FROM_ELSEWHERE
    return not elsewhere or request.headers.get("sec-fetch-dest") == "document"


def opened_by_hand(request: Request) -> bool:
    """Tell whether an address was opened in a tab, and not fetched by a page."""
    return request.headers.get("sec-fetch-dest", "document") == "document"


def from_our_page(window: Window[Any], request: Request, *, a_file: bool = False) -> bool:
    """Tell whether something that changes something was sent by the script of our page."""
    return guard.from_our_page(request, window.hosts, MARK, a_file=a_file)


class _Site:
    def __init__(self, window: Window[Any]) -> None:
        self._window = window

    async def stranger(self, _request: Request) -> Response:
        """Tell how to get in."""
        return _refused(401)

    async def enter(self, request: Request) -> Response:
        """Exchange a ticket for the cookie, and leave its address at once, so that the browser does not keep it."""
        window = self._window
        if not near(request) or not opened_by_hand(request):
            return _refused(403)
        cookie = window.door.exchange(request.query_params.get("ticket", ""))
        if cookie is None:
            return guard.html(notes.used(), 403)
        window.presence.heard()
        first = "" if window.behind.done() else _FRONT
        answer = RedirectResponse(f"{window.door.place}{first}", status_code=303)
        answer.set_cookie(window.cookie, cookie, path=window.door.place, httponly=HTTP_ONLY, samesite=SAME_SITE)
        return answer

    async def page(self, request: Request) -> Response:
        """Give the page."""
        return self._refusal(request) or await self._opened(lambda behind: behind.page())

    async def front(self, request: Request) -> Response:
        """Give what is on the screen until the page comes."""
        if refused := self._refusal(request):
            return refused
        given = guard.html(notes.front(self._window.door.place))
        given.background = BackgroundTask(self._window.given.set)
        return given

    async def look(self, request: Request) -> Response:
        """Answer a look at something, or with a whole page, or with a file to save."""
        if refused := self._refusal(request):
            return refused
        name, behind = request.path_params["name"], await self._behind()
        if name in behind.pages():
            return await self._opened(lambda behind: behind.pages()[name]())
        if name in behind.reads():
            return await self._told(behind.reads()[name])
        raise HTTPException(405 if name in (*behind.does(), *behind.takes()) else 404)

    async def do(self, request: Request) -> Response:
        """Answer a wish of the page's script."""
        if refused := self._refusal(request):
            return refused
        name, behind = request.path_params["name"], await self._behind()
        powers, takes = behind.does(), behind.takes()
        if name not in (*powers, *takes):
            raise HTTPException(404)
        if not from_our_page(self._window, request, a_file=name in takes):
            return _refused(403)
        raw = await guard.body(request, MOST_OF_A_FILE if name in takes else MOST_BYTES)
        if raw is None:
            return _refused(413)
        if name in takes:
            return await self._told(lambda: takes[name](raw))
        try:
            wish = json.loads(raw or b"{}")
        except (ValueError, RecursionError):
            return _refused(422)
        return await self._told(lambda: powers[name](wish))

    async def _behind(self) -> Behind:
        self._window.given.set()
        return await wrap_future(self._window.behind)

    async def _opened(self, draw: Callable[[Behind], str | Download | None]) -> Response:
        try:
            behind = await self._behind()
            made = await self._work(lambda: draw(behind))
        except AuditError as error:
            return guard.html(notes.note(error.what, advice_on_a_page(error)), 409)
        if isinstance(made, Download):
            named = {"content-disposition": f'attachment; filename="{made.name}"'}
            return Response(made.content, headers=named, media_type=made.kind)
        return guard.html(made) if made else guard.html(notes.nothing_there(), 404)

    def _refusal(self, request: Request) -> Response | None:
        window = self._window
        if not near(request) or not sent_for_by_us(request):
            return _refused(403)
        if not let_in(window, request):
            return guard.html(notes.stranger(), 401)
        window.presence.heard()
        return None

    async def _told(self, work: Callable[[], Any]) -> Response:
        try:
            return JSONResponse(await self._work(work))
        except AuditError as error:
            return JSONResponse({"what": error.what, "advice": advice_on_a_page(error)}, status_code=409)
        except Exception as error:  # a fault of ours: the page says so, and nobody sees a traceback
            what = _("This is a fault in privacyaudit, not something you did wrong. What was saved is still there.")
            return JSONResponse({"what": what, "advice": type(error).__name__}, status_code=500)

    async def _work(self, work: Callable[[], Any]) -> Any:
        return await get_running_loop().run_in_executor(self._window.worker, work)


async def _not_there(_request: Request, _error: Exception) -> Response:
    return _refused(404)


async def _not_so(_request: Request, _error: Exception) -> Response:
    return Response(status_code=405, headers=guard.CLOSE)


def _refused(status: int) -> Response:
    answer = guard.html(notes.stranger(), status)
    answer.headers.update(guard.CLOSE)
    return answer
