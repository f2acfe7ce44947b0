"""Calls of Playwright's beside the one that waits, which gives way to the loop of its thread until it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def begin(do: Callable[[], object], after_s: float = 0.0) -> asyncio.TimerHandle:
    """Begin something, which may use Playwright and must raise nothing, once some other call waits."""
    from greenlet import greenlet

    return asyncio.get_running_loop().call_later(after_s, lambda: greenlet(do).switch())


@contextmanager
def ended_after(seconds: float, end: Callable[[], object]) -> Iterator[None]:
    """Call `end` when what is done takes longer: some calls into a page wait as long as its scripts let them.

    Where it closes the page, the call that waits raises Playwright's Error.
    """
    clock = begin(end, seconds)
    try:
        yield
    finally:
        clock.cancel()
