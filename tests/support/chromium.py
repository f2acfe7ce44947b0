"""The browser that shows pages to tests: a Debian Chromium without a window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")


def chromium() -> Iterator[Browser]:
    """Start one for the tests of a module, as `browser = pytest.fixture(scope="module")(chromium)`, and end it."""
    yield from chromium_with()


def chromium_with(*words: str) -> Iterator[Browser]:
    """Start one with these words on its command line."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="the extra “browser” is not installed")
    path = next((path for path in BROWSERS if Path(path).exists()), None)
    if path is None:
        pytest.skip(f"none of {', '.join(BROWSERS)} is installed")
    driver = sync_api.sync_playwright().start()
    started = driver.chromium.launch(executable_path=path, args=list(words))
    yield started
    started.close()
    driver.stop()
