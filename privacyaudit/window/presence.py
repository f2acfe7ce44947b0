"""Whether anybody still has the page open. Pure but for the clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

IDLE_SECONDS = 600.0


class Presence:
    """Notes when the page was heard of last; `clock` gives seconds that stand still while the computer sleeps."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard = clock()
        self._ended = threading.Event()

    def heard(self) -> None:
        """Note that the page is there."""
        self._heard = self._clock()

    def end(self) -> None:
        """Note that the person is done."""
        self._ended.set()

    def over(self) -> bool:
        """Tell whether the person is done, or the page has not been heard of for ten minutes."""
        return self._ended.is_set() or self._clock() - self._heard > IDLE_SECONDS

    def wait(self, seconds: float) -> None:
        """Wait so long, or until the person is done."""
        self._ended.wait(seconds)
