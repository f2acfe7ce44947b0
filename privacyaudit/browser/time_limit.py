"""The time that a page may take: some of Playwright's calls into a page wait as long as its scripts let them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def ended_after(seconds: float, end: Callable[[], None]) -> Iterator[None]:
    """Call `end` when what is done takes longer. It may use Playwright: calls into a page that it closes then fail."""
    from greenlet import greenlet

    # A call of Playwright's gives way to the loop of its thread until it is answered; another one may be made there.
    clock = asyncio.get_running_loop().call_later(seconds, lambda: greenlet(end).switch())
    try:
        yield
    finally:
        clock.cancel()
