"""A small picture of the row of a control, in memory: taken of what stands in the window, and of nothing secret.

The page is not changed for it. Its control comes into view as it does when it is read; nothing is hidden, put on hold
or made larger for the picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privacyaudit.browser.belief import bring_into_view
from privacyaudit.browser.locate import look
from privacyaudit.browser.visit import Visit

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Locator

WIDEST = 700.0
"""So wide and so high, in CSS pixels, is a picture at most; less high than the least, it is widened beyond its row."""

HIGHEST = 180.0
LEAST_HIGH = 72.0
LARGEST = 200_000  # bytes

_MARGIN = 8.0
_MOST_CLIMB = 6
_LIMIT_MS = 2_000


@dataclass(frozen=True)
class Box:
    """A part of the window, in CSS pixels from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return how wide it is; nothing or less where it is empty."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return how high it is; nothing or less where it is empty."""
        return self.bottom - self.top

    def within(self, other: Box) -> Box:
        """Return the part that lies in another one."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )


def of_row(visit: Visit, element: Locator) -> bytes | None:
    """Return a PNG of the row in which a control stands, or None where there is none to be had.

    None is taken where a field for a password or a code, or a part of the page that cannot be looked into, would be in
    it, and where it would be too large. Raises Playwright's Error.
    """
    bring_into_view(visit, element)
    size = visit.page.viewport_size
    boxes = list(_boxes(element))
    if not boxes or size is None:
        return None
    part = row_of(boxes).within(Box(0, 0, size["width"], size["height"]))
    if part.width < 1 or part.height < 1:
        return None
    if look(visit.page.locator("html"), "holdsSecret", [part.left, part.top, part.right, part.bottom]):
        return None
    clip: FloatRect = {"x": part.left, "y": part.top, "width": part.width, "height": part.height}
    png = visit.page.screenshot(clip=clip, caret="initial", animations="allow", scale="css", timeout=_LIMIT_MS)
    return png if len(png) <= LARGEST else None


def row_of(boxes: list[Box]) -> Box:
    """Return the row around a control: the largest that is not too high of what it stands in, from the inside out.

    It is cut to the size of a picture around the control, and has a margin.
    """
    control = row = boxes[0]
    for box in boxes[1:]:
        if box.height > HIGHEST - 2 * _MARGIN:
            break
        row = box
    wide = next((box for box in boxes if box.width >= WIDEST / 2), boxes[-1]) if row.width < WIDEST / 2 else row
    left, right = _span(control.left, control.right, wide.left, wide.right, WIDEST)
    middle = (row.top + row.bottom) / 2
    half = min(max(row.height + 2 * _MARGIN, LEAST_HIGH), HIGHEST) / 2
    return Box(left, middle - half, right, middle + half)


def _span(first: float, last: float, least: float, most: float, longest: float) -> tuple[float, float]:
    """Return the stretch from `least` to `most` with a margin, cut so that what is between `first` and `last` stays."""
    begin = max(least - _MARGIN, min(last + _MARGIN - longest, first - _MARGIN))
    return begin, min(most + _MARGIN, begin + longest)


def _boxes(element: Locator) -> Iterator[Box]:
    """Return where a control is drawn, and what it stands in, from the inside out."""
    one = element
    for _step in range(_MOST_CLIMB):
        rect = one.bounding_box()
        if rect is None:
            return
        yield Box(rect["x"], rect["y"], rect["x"] + rect["width"], rect["y"] + rect["height"])
        one = one.locator("xpath=..")
        if one.count() != 1:
            return
