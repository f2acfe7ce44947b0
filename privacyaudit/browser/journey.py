"""A way through a page as a person goes who looks for something, so that what waits to be seen is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_POLL_MS = 10


def go_through(page: Page) -> None:
    """Scroll the page and its parts, a screen at a time, and back to where they were. Raises Playwright's Error.

    The page notes what comes and goes on the way (`looks/journey.js`). The last stop is the end, however far it is.
    """
    if not _do(page, "setOut"):
        return
    while _do(page, "goOn"):
        _until_drawn(page)
        _do(page, "lookAbout")
    _do(page, "turnBack")
    _until_drawn(page)
    _do(page, "arrive")


def _until_drawn(page: Page) -> None:
    while not _do(page, "isDrawnSince"):
        page.wait_for_timeout(_POLL_MS)


def _do(page: Page, what: str) -> bool:
    return page.locator(f"audit={what}").count() == 1
