"""A browser in a thread of its own, so that neither waiting for a person nor Ctrl-C stands in its way.

Ctrl-C reaches the thread that began. It tells the other one, which ends what it is doing in order.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from privacyaudit.browser import launch

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

T = TypeVar("T")

_POLL_S = 0.1
_PATIENCE_S = 12.0


class BrokenOffError(Exception):
    """The person has stopped the program."""


class Aside:
    """What the thread with the browser may ask of the one that began."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.said: queue.SimpleQueue[Callable[[], None] | _Done] = queue.SimpleQueue()

    def go_on(self) -> None:
        """Return if the person still wants this. Raises BrokenOffError when they have stopped it."""
        if self.stopped.is_set():
            raise BrokenOffError

    def in_front(self, call: Callable[[], T], meanwhile: Callable[[], None]) -> T:
        """Let the thread that began call something, and do something else again and again until it has.

        Raises what the call raises, and BrokenOffError.
        """
        done: list[tuple[T] | Exception] = []

        def call_it() -> None:
            try:
                done.append((call(),))
            except Exception as error:  # goes back to the thread that asked
                done.append(error)

        self.said.put(call_it)
        while not done:
            self.go_on()
            meanwhile()
            self.stopped.wait(_POLL_S)
        if isinstance(answer := done[0], Exception):
            raise answer
        return answer[0]


class _Done:
    def __init__(self, result: Any, error: BaseException | None = None) -> None:
        self.result = result
        self.error = error


def apart(work: Callable[[Playwright, Aside], T]) -> T:
    """Do some work in a thread with a driver of its own, and return what comes of it. Raises what it raises.

    On Ctrl-C the work is told, and has a little time to end in order.
    """
    aside = Aside()

    def run() -> None:
        try:
            with launch.playwright() as driver:
                done = _Done(work(driver, aside))
        except BaseException as error:
            done = _Done(None, error)
        aside.said.put(done)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        while True:
            try:
                said = aside.said.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if isinstance(said, _Done):
                break
            said()
    except BaseException:
        aside.stopped.set()
        thread.join(_PATIENCE_S)
        raise
    thread.join(_PATIENCE_S)
    if said.error:
        raise said.error
    result: T = said.result
    return result
