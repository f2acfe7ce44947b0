"""The parts of a page that are apart: frames, and shadow roots into which nobody looks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from privacyaudit.browser import playwright_errors

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

_FRAME_MS = 500
_SMALLEST = 8.0


def frames(page: Page) -> Iterator[Frame | None]:
    """Return the frames within the page that a person may see; None for one that cannot be looked into."""
    for frame in page.frames[1:]:
        try:
            element = frame.frame_element()
            box = element.bounding_box()
            if not box or box["width"] < _SMALLEST or box["height"] < _SMALLEST or not element.is_visible():
                continue
            frame.wait_for_function("1", timeout=_FRAME_MS)
        except playwright_errors.error():
            if frame.is_detached():
                continue
            yield None
        else:
            yield frame


def frames_are_ready(page: Page) -> bool:
    """Tell whether no frame says that it is still busy."""
    return all(frame is None or frame.locator("html").locator("audit=ready").count() == 1 for frame in frames(page))


def has_closed_parts(page: Page) -> bool:
    """Tell whether a part of the page cannot be looked into (a closed shadow root), also for its own scripts."""
    session = page.context.new_cdp_session(page)
    try:
        tree = session.send("DOM.getDocument", {"depth": -1, "pierce": True})
    finally:
        session.detach()
    return '"shadowRootType": "closed"' in json.dumps(tree)
