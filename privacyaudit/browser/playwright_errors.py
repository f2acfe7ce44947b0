"""What Playwright raises; it is loaded when a browser is used, and not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Error
    from playwright.sync_api import TimeoutError as TimedOut


def error() -> type[Error]:
    """Return the class of all that Playwright raises, for an `except`."""
    from playwright.sync_api import Error

    return Error


def timeout() -> type[TimedOut]:
    """Return the class of what Playwright raises when something takes too long."""
    from playwright.sync_api import TimeoutError as TimedOut

    return TimedOut
