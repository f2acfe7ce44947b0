"""Waiting for a condition that another program brings about."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120  # seconds, on a computer that is busy with other tests
LOOK = 0.05


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(true)
        time.sleep(LOOK)
