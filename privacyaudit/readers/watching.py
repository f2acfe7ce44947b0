"""Somebody who follows a reading as it goes on: which page is read, a picture of what was told, and whether to stop."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial

from privacyaudit.browser.tabs import Tabs
from privacyaudit.browser.visit import Visit
from privacyaudit.model import Platform, Probe, Reason
from privacyaudit.plan import Item
from privacyaudit.readers import probe

PICTURES_S = 8.0
"""So long pictures of one page are taken; what is not in them by then has none."""

Probes = Sequence[tuple[Item, int, Probe]]


class Watcher:
    """Somebody who does not look; whoever does overrides what they want to know. `wants_pictures` asks for pictures.

    What is called here runs in the thread that reads.
    """

    wants_pictures = False

    def go_on(self) -> None:
        """Return if the reading is still wanted. Raises KeyboardInterrupt where it is not, as Ctrl-C does."""

    def page(self, items: Sequence[Item], number: int, pages: int, *, again: bool) -> None:
        """Hear which of how many pages of a platform is read, and what is asked there; `again` is the second time."""

    def leaving(self, platform: Platform) -> None:
        """Hear that the program signs out of a platform now."""

    def picture(self, item: Item, png: bytes) -> None:
        """Take a picture of the row in which an answer was found: PNG, to be kept in memory only."""


NOBODY = Watcher()


class Following:
    """Tells a watcher about the pages of one platform, as they are read the first and the second time."""

    def __init__(self, watcher: Watcher, tabs: Tabs, pages: int) -> None:
        self._watcher = watcher
        self._tabs = tabs
        self._pages = pages
        self._read = {False: 0, True: 0}

    def begin(self, probes: Probes, *, again: bool) -> None:
        """Tell that a page is read now; one on which nothing is asked is passed over."""
        self._watcher.go_on()
        if probes:
            self._read[again] += 1
            items = [item for item, _number, _one in probes]
            self._watcher.page(items, self._read[again], self._pages, again=again)

    def show(self, visit: Visit, probes: Probes, answers: Sequence[probe.Answer]) -> None:
        """Hand over a picture of each answer, if they are wanted; that there is none to be had is no trouble."""
        until = time.monotonic() + PICTURES_S
        for (item, _number, one), answer in zip(probes, answers, strict=True):
            if isinstance(answer, Reason) or not self._watcher.wants_pictures or time.monotonic() > until:
                continue
            self._watcher.go_on()
            made = self._tabs.in_time(visit, partial(probe.picture, visit, one))
            if isinstance(made, bytes):
                self._watcher.picture(item, made)
