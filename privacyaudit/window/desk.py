"""What the window does about “Read it for me”: what is offered, one reading at a time, and what is said of it."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from privacyaudit.browser import find, workspace
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.errors import AuditError, UsageError, on_a_page
from privacyaudit.i18n import _
from privacyaudit.journal import Ended, Seen
from privacyaudit.model import Observation
from privacyaudit.readers import Reader, beside
from privacyaudit.readers.web import WebReader
from privacyaudit.window import offering, wishes
from privacyaudit.window.app import Power
from privacyaudit.window.reading import Reading
from privacyaudit.window.sitting import Sitting

LEAVE_SECONDS = 150.0
"""So long the end of the program waits for the signing out, which has a limit of its own."""


def need_a_window() -> None:
    """Raise BrowserStartError or MissingExtra where no browser can show a window in which the person signs in."""
    find.need_screen()
    find.find(headless=False)


def in_a_window(reading: Reading) -> Reader:
    """Return who reads in a browser with a window, in which the person signs in."""
    return WebReader(reading, watcher=reading)


@dataclass
class Desk:
    """One reading of the audit that goes on. `sitting` returns that audit; `reader` makes who reads, and `need` raises
    what is in the way.

    Everything but the reading itself runs in the thread of the window. What both write goes one after the other through
    `writing`.
    """

    catalogue: Catalogue
    sitting: Callable[[], Sitting | None]
    reader: Callable[[Reading], Reader] = in_a_window
    need: Callable[[], None] = need_a_window
    reading: Reading | None = None
    _left: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reads(self) -> Mapping[str, Callable[[], Any]]:
        """Return what the page can look at, by name."""
        return {"reading": self.told}

    def does(self) -> Mapping[str, Power]:
        """Return what the page can do, by name."""
        return {
            "read": wishes.taking(wishes.Read, self.read),
            "signed-in": wishes.taking(wishes.SignedIn, self.signed_in),
            "stop-reading": lambda _wish: self.stop(),
            "picture": wishes.taking(wishes.Picture, self.picture),
            "say-read": wishes.taking(wishes.SaidOfScreen, self.say),
            "end-reading": lambda _wish: self.end(),
        }

    @property
    def is_shown(self) -> bool:
        """Tell whether there is a reading that the person has not left."""
        return self.reading is not None

    @property
    def goes_on(self) -> bool:
        """Tell whether something is being read, or signed out, now."""
        return self.reading is not None and not self.reading.over

    def need_free(self) -> None:
        """Raise UsageError while a reading goes on: what it writes down would be lost."""
        if self.goes_on:
            raise UsageError(
                _("The program is reading your settings now."), _("Stop the reading, or wait until it has signed out.")
            )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep the reading from writing into the journal meanwhile."""
        with self._lock:
            yield

    def told(self) -> dict[str, Any]:
        """Return what can be read, and all that is known of the reading, if there is one."""
        sitting = self.sitting()
        offers = offering.offered(sitting.plan, _known(sitting), remembers=sitting.keeps) if sitting else []
        return {
            "trouble": self._trouble() if offers and self.reading is None else "",
            "offers": offers,
            "by_hand": offering.by_hand(sitting.plan) if sitting and offers else [],
            "reading": self.reading.state() if self.reading else None,
        }

    def _trouble(self) -> str:
        """Return why nothing can be read on this computer; empty where it can."""
        try:
            self.need()
        except AuditError as error:
            return on_a_page(error)
        return ""

    def left(self) -> list[str]:
        """Say where a session may be left because the program was killed, for as long as the window is open."""
        self._left += beside.what_was_left(self.catalogue)
        return self._left

    def read(self, wish: wishes.Read) -> dict[str, Any]:
        """Begin to read the services that the person agreed to."""
        self.need_free()
        sitting = self.sitting()
        if sitting is None:
            raise UsageError(_("This audit has ended, so nothing can be read for it."), _("Start a new one."))
        items = offering.agreed(sitting.plan, _known(sitting), wish.platforms, remembers=sitting.keeps)
        workspace.sweep()
        self.reading = Reading(items, sitting.plan.role, partial(self._note, sitting))
        self.reading.begin(self.reader)
        return self.told()

    def _note(self, sitting: Sitting, entry: Seen | Ended) -> None:
        with self.writing():
            sitting.journal.add(entry)

    def signed_in(self, wish: wishes.SignedIn) -> dict[str, Any]:
        """Take what the person says of the sign-in."""
        self._there().signed_in(wish.is_in)
        return self.told()

    def stop(self) -> dict[str, Any]:
        """Stop the reading; it signs out first."""
        self._there().stop()
        return self.told()

    def picture(self, wish: wishes.Picture) -> dict[str, str]:
        """Return a picture as base64; empty where it was forgotten."""
        png = self.reading.png(wish.picture) if self.reading else None
        return {"png": base64.b64encode(png).decode() if png else ""}

    def say(self, wish: wishes.SaidOfScreen) -> dict[str, Any]:
        """Note what the person says of what was read on a screen."""
        self.need_free()
        reading = self._there()
        if sitting := self.sitting():
            reading.say(wish.platform, wish.screen, wish.wrong, partial(self._note, sitting), rest=wish.rest)
        return self.told()

    def end(self) -> dict[str, Any]:
        """Leave the reading: its pictures are forgotten."""
        self.need_free()
        if self.reading:
            self.reading.end()
        self.reading = None
        return {}

    def close(self) -> None:
        """Stop what goes on and wait until it is signed out, at the end of the program."""
        if self.reading and not self.reading.over:
            self.reading.stop()
            self.reading.wait(LEAVE_SECONDS)
        if self.reading:
            self.reading.end()

    def _there(self) -> Reading:
        if self.reading is None:
            raise UsageError(_("There is no reading any more."), _("Load the page again. Your answers are saved."))
        return self.reading


def _known(sitting: Sitting) -> dict[str, list[Observation]]:
    known: dict[str, list[Observation]] = {}
    for entry in sitting.journal.counting(sitting.checks):
        known.setdefault(entry.check, []).append(entry.observation)
    return known
