"""Another time zone for this process, and the time of another day for a program in a process of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = "UTC"
"""The zone in which the tests live, so that their days are the same on every computer."""

needs_zones = pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot change its zone for one process")


def live_here() -> None:
    """Put this process, and those that it starts, into the zone of the tests."""
    os.environ["TZ"] = HERE
    if hasattr(time, "tzset"):
        time.tzset()


@contextmanager
def zone(name: str) -> Iterator[None]:
    """Put this process into a time zone, and bring it back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        try:
            yield
        finally:
            patch.undo()
            time.tzset()


def pretending() -> Mapping[str, str]:
    """Return the environment in which a program believes `FAKETIME`, seconds since 1970; skip without faketime."""
    [*found] = Path("/usr/lib").glob("*/faketime/libfaketime.so.1")
    if not found:
        pytest.skip("faketime is not installed")
    at_once = {"FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    return {"LD_PRELOAD": str(found[0]), "FAKETIME_FMT": "%s", **at_once}
