"""One browser for the readings of a module, where how a browser starts is not what is looked at.

Each reading has what it would have in a browser of its own: a context without cookies or kept files, and its own gate
as the only way out, which is closed before the context is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from unittest import mock

from privacyaudit.browser import find, launch, sign_in
from privacyaudit.browser.apart import Aside
from privacyaudit.browser.gate import Gate

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Playwright


Start = Callable[..., AbstractContextManager["Browser"]]


@dataclass
class _Behind:
    """The browser as one reading sees it: whatever it opens is behind the gate of that reading."""

    _browser: Browser
    _gate: Gate
    contexts: list[BrowserContext] = field(default_factory=list)

    def new_context(self, **words: Any) -> BrowserContext:
        made = self._browser.new_context(**{"proxy": {"server": self._gate.address}} | words)
        self.contexts.append(made)
        return made

    def __getattr__(self, name: str) -> Any:
        return getattr(self._browser, name)


class _Here(Aside):
    """Nobody waits elsewhere: what is asked of the person is asked at once."""

    def in_front(self, call: Callable[[], Any], meanwhile: Callable[[], None]) -> Any:
        return call()


@contextmanager
def behind(browser: Browser, gate: Gate) -> Iterator[Any]:
    """Hand over a browser that runs as if it had been started behind this gate."""
    from playwright.sync_api import Error

    seen = _Behind(browser, gate)
    try:
        yield seen
    finally:
        gate.close()
        for context in seen.contexts:
            with suppress(Error):
                context.close()


@contextmanager
def kept(driver: Playwright) -> Iterator[Start]:
    """Let `launch` hand over this driver, and start each program once only; one that has died is started again.

    Yields what really starts a browser.
    """
    start: Start = launch.browser
    with ExitStack() as end:
        running: dict[find.Browser, Browser] = {}

        @contextmanager
        def playwright() -> Iterator[Playwright]:
            yield driver

        @contextmanager
        def browser(_driver: Playwright, program: find.Browser, gate: Gate, *, headless: bool) -> Iterator[Any]:
            if program not in running or not running[program].is_connected():
                running[program] = end.enter_context(start(driver, program, Gate(()), headless=headless))
            with behind(running[program], gate) as seen:
                yield seen

        def apart(work: Callable[[Playwright, Aside], Any]) -> Any:
            return work(driver, _Here())

        end.enter_context(mock.patch.object(sign_in, "apart", apart))
        end.enter_context(mock.patch.object(launch, "playwright", playwright))
        end.enter_context(mock.patch.object(launch, "browser", browser))
        yield start
