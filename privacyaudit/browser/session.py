"""The session of a browser as it is handed on: cookies, and what pages keep in the browser themselves."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Protocol, cast

from privacyaudit.browser import playwright_errors

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Request, Response, StorageState

_KEPT = """() => JSON.stringify({
  origin: location.origin,
  localStorage: Object.entries(localStorage).map(([name, value]) => ({ name, value })),
  sessionStorage: Object.entries(sessionStorage).map(([name, value]) => ({ name, value })),
})"""

_GIVEN = """(kept => {
  for (const one of kept) if (one.origin === location.origin)
    for (const { name, value } of one.sessionStorage)
      if (sessionStorage.getItem(name) === null) sessionStorage.setItem(name, value);
})(%s)"""

_ALIVE_MS = 500
_ANSWER_S = 6.0
_POLL_S = 0.05


LEAST = 16
"""So long what stands for a session is in what pages keep; what is shorter is a choice or a count."""


class Hold(Protocol):
    """Takes a session as it is now."""

    def __call__(self, state: StorageState, unsure: bool, others: Sequence[StorageState] = ()) -> None:
        """Take it, whether there may be another one already that is not known yet, and others that are."""
        ...


def give(to: BrowserContext | Page, state: StorageState) -> None:
    """Give new pages what a page of the same origin kept for its own tab: Playwright carries everything but that."""
    kept = [
        {"origin": one.get("origin"), "sessionStorage": one["sessionStorage"]}
        for one in _origins(state)
        if one.get("sessionStorage")
    ]
    if kept:
        to.add_init_script(_GIVEN % json.dumps(kept))


def is_empty(state: StorageState) -> bool:
    """Tell whether there is nothing by which a site could know a browser again."""
    return not state.get("cookies") and not any(
        one.get("localStorage") or one.get("sessionStorage") for one in _origins(state)
    )


def covers(one: StorageState, other: StorageState) -> bool:
    """Tell whether all by which a site may know the second state is in the first one too."""
    known = _marks(one)
    return all(known.get(key) == value for key, value in _marks(other).items())


def _marks(state: StorageState) -> dict[tuple[Any, ...], Any]:
    kept = {
        (one.get("origin"), item["name"]): item["value"]
        for one in _origins(state)
        for item in one.get("localStorage", [])
        if len(item["value"]) >= LEAST
    }
    cookies: Any = state.get("cookies", [])
    return kept | {(one["name"], one["domain"], one["path"]): one["value"] for one in cookies}


def is_copied(state: StorageState, cookies: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether a context that was given a session has all its cookies: some values do not come through."""
    there = {(one["name"], one["domain"], one["path"]): one["value"] for one in cookies}
    given: Any = state.get("cookies", [])
    return all(
        there.get((one["name"], one["domain"], one["path"])) == one["value"]
        for one in given
        if not 0 < one.get("expires", -1) <= time.time()
    )


def on_top_of(earlier: StorageState | None, state: StorageState) -> StorageState:
    """Return a session with what tabs kept earlier, where it says nothing of that itself."""
    if earlier is None or any("sessionStorage" in one for one in _origins(state)):
        return state
    kept = [
        {"origin": one["origin"], "sessionStorage": one["sessionStorage"]}
        for one in _origins(earlier)
        if one.get("sessionStorage")
    ]
    return _with(state, kept) if kept else state


def of(context: BrowserContext) -> StorageState:
    """Return the whole session. Raises Playwright's Error when the browser is gone."""
    kept = _kept(context)
    state = context.storage_state(indexed_db=True)
    return _with(state, kept)


def _now(context: BrowserContext) -> StorageState:
    """Return the session as far as it can be had without opening anything."""
    cookies: Any = context.cookies()
    return _with({"cookies": cookies, "origins": []}, _kept(context))


def _with(state: StorageState, kept: list[dict[str, Any]]) -> StorageState:
    origins = {one.get("origin"): dict(one) for one in _origins(state)}
    for one in kept:
        origins.setdefault(one["origin"], {"localStorage": []}).update(one)
    return cast("StorageState", {"cookies": state.get("cookies", []), "origins": list(origins.values())})


def _kept(context: BrowserContext) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for page in context.pages:
        try:
            page.wait_for_function("1", timeout=_ALIVE_MS)
        except playwright_errors.timeout():
            continue
        except playwright_errors.error():
            pass
        with suppress(playwright_errors.error()):
            one = json.loads(page.evaluate(_KEPT))
            if one["localStorage"] or one["sessionStorage"]:
                found.append(one)
    return found


def _origins(state: StorageState) -> list[dict[str, Any]]:
    origins: Any = state.get("origins", [])
    return list(origins)


class Keeper:
    """Hands a session over as soon as there is one, and whenever it has changed; and listens to what the site answers.

    `statuses` are those of what was sent, and of pages that were led somewhere, since `begin`.
    """

    def __init__(self, context: BrowserContext, hold: Hold) -> None:
        self._context = context
        self._hold = hold
        self._on = False
        self._last: StorageState = cast("StorageState", {"cookies": [], "origins": []})
        self._unsure = False
        self._was_answered = False
        self._sent: set[Request] = set()
        self._asked: set[Request] = set()
        self._stirred = time.monotonic()
        self.statuses: list[int] = []
        context.on("request", self._begun)
        context.on("response", self._answered)
        context.on("requestfinished", self._ended)
        context.on("requestfailed", self._ended)

    def begin(self, *, pressing: bool = False) -> None:
        """Hand over from now on: from here, what the site sets may be a session.

        With `pressing`, something is about to be sent, and there may be a session that is not known yet.
        """
        self._on = True
        self.statuses.clear()
        self.look()
        if pressing:
            self._doubt()

    def look(self) -> None:
        """Hand the session over, if there is one and it is not the one that was handed over last."""
        if not self._on:
            return
        with suppress(playwright_errors.error()):
            self._tell(_now(self._context))

    @contextmanager
    def to_the_end(self) -> Iterator[None]:
        """Hand over the session as it is at the end, also when what is done meanwhile breaks off.

        Then the answer to what was already sent is waited for: it may hold the session.
        """
        try:
            yield
        except BaseException:
            self._last_look()
            raise
        self.look()

    def _last_look(self) -> None:
        until = time.monotonic() + _ANSWER_S
        with suppress(playwright_errors.error()):
            while self._on and time.monotonic() < until:
                self._tell(_now(self._context))
                if not self._sent:
                    break
                time.sleep(_POLL_S)
            if self._on:
                self._tell(of(self._context))

    def whole(self) -> StorageState:
        """Hand over and return the whole session. Raises Playwright's Error when the browser is gone."""
        state = of(self._context)
        self._tell(state)
        return state

    def is_quiet(self, seconds: float) -> bool:
        """Tell whether nothing was asked of the site for a while, and everything was answered."""
        return not self._asked and time.monotonic() - self._stirred > seconds

    def _tell(self, state: StorageState) -> None:
        sure_again = self._unsure and self._was_answered and not self._sent
        if sure_again or (state != self._last and not is_empty(state)):
            self._last = state
            self._unsure = self._unsure and not sure_again
            self._hold(state, self._unsure)

    def _doubt(self) -> None:
        """Say that there may be a session that is not known yet, until what is sent was answered."""
        self._was_answered = False
        if self._on and not self._unsure:
            self._unsure = True
            self._hold(self._last, True)

    def _begun(self, request: Request) -> None:
        self._stirred = time.monotonic()
        self._asked.add(request)
        if _may_sign_in(request):
            self._sent.add(request)
            self._doubt()

    def _answered(self, response: Response) -> None:
        if _may_sign_in(response.request):
            self.statuses.append(response.status)

    def _ended(self, request: Request) -> None:
        self._stirred = time.monotonic()
        self._asked.discard(request)
        self._was_answered = self._was_answered or request in self._sent
        self._sent.discard(request)


def _may_sign_in(request: Request) -> bool:
    return request.method not in ("GET", "HEAD", "OPTIONS") or request.is_navigation_request()
