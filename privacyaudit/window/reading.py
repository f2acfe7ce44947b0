"""“Read it for me”: a reading in a thread of its own, and what it knows at any moment as plain data.

Pictures are kept here, in memory, until the person has said whether what was read is right, or the reading is over.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from privacyaudit import labels
from privacyaudit.audit import noted
from privacyaudit.errors import AuditError, SaveError, Stopped, on_a_page
from privacyaudit.i18n import _
from privacyaudit.journal import Ended, Seen
from privacyaudit.model import Platform, SignedOut
from privacyaudit.plan import Item
from privacyaudit.readers import Outcome, Reader, beside
from privacyaudit.readers.watching import Watcher
from privacyaudit.window import rows
from privacyaudit.window.rows import Row, Said

MOST_BYTES = 20_000_000
"""So much memory the pictures of one reading may take; what comes after that has none."""

_PATIENCE_S = 1.0
_ID_BYTES = 16

Stage = Literal["starting", "sign_in", "reading", "signing_out", "done"]
Answer = Literal["in", "not_in"]


@dataclass
class _Now:
    """What goes on at the moment."""

    stage: Stage = "starting"
    sentence: str = ""
    service: str = ""
    page: int = 0
    pages: int = 0
    again: bool = False
    screens: tuple[str, ...] = ()


class Reading(Watcher):
    """One reading of some services. `begin` starts it; `note` saves each entry of the journal before it goes on.

    `note` is called in the thread of the reading, and where it raises SaveError the reading ends, signed out. All else
    is called from any other thread. The person signs in by hand, and says so with `signed_in`.
    """

    wants_pictures = True

    def __init__(self, items: Sequence[Item], role: str, note: Callable[[Seen | Ended], None]) -> None:
        self._items = list(items)
        self._role = role
        self._note = note
        self._lock = threading.Condition()
        self._now = _Now()
        self._rows = {item.check.id: Row(item) for item in self._items}
        self._pictures: dict[str, bytes] = {}
        self._ended: dict[str, SignedOut] = {}
        self._troubles: list[str] = []
        self._answer: Answer | None = None
        self._stopping = False
        self._thread: threading.Thread | None = None

    # -- from the window ---------------------------------------------------------------------------

    def begin(self, reader: Callable[[Reading], Reader]) -> None:
        """Start the thread; `reader` makes the one who reads, and is handed this, for its person and its watcher."""
        self._thread = threading.Thread(target=self._run, args=(reader,), name="reading", daemon=True)
        self._thread.start()

    def signed_in(self, is_in: bool) -> None:
        """Take what the person says when they are asked to sign in: that they are in, or that they would rather not."""
        with self._lock:
            if self._now.stage == "sign_in":
                self._answer = "in" if is_in else "not_in"
                self._lock.notify_all()

    def stop(self) -> None:
        """Let it end as soon as it can: it signs out first. Its pictures are forgotten at once."""
        with self._lock:
            self._stopping = True
            self._forget()
            self._lock.notify_all()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is over, at most so long, and tell whether it is."""
        if self._thread:
            self._thread.join(seconds)
        return self.over

    def end(self) -> None:
        """Forget the pictures: the person is done with them."""
        with self._lock:
            self._forget()

    @property
    def over(self) -> bool:
        """Tell whether it is signed out, or has ended in another way."""
        with self._lock:
            return self._now.stage == "done"

    def png(self, name: str) -> bytes | None:
        """Return a picture by its id; None where it was forgotten or never was."""
        with self._lock:
            return self._pictures.get(name)

    def state(self) -> dict[str, Any]:
        """Return all of it as plain data that can be written as JSON. Sentences are in the language of now."""
        with self._lock:
            here = self._now
            read = [row for row in self._rows.values() if row.seen]
            told = sum(1 for row in read if row.option)
            return {
                "stage": here.stage,
                "sentence": here.sentence,
                "service": here.service,
                "page": here.page,
                "pages": here.pages,
                "again": here.again,
                "screens": list(here.screens),
                "asked": len(self._rows),
                "told": told,
                "untold": len(read) - told,
                "stopping": self._stopping,
                "troubles": list(self._troubles),
                "ended": [self._how_ended(name, how) for name, how in self._ended.items()],
                "read": rows.by_screen(self._rows, self._role) if here.stage == "done" else [],
            }

    def say(
        self, platform: str, screen: str, wrong: Iterable[str], note: Callable[[Seen], None], *, rest: bool = True
    ) -> None:
        """Take what the person says of a screen: which checks were read wrongly, with `rest` that the others were not.

        Each is said once `note` has saved it, and its picture is forgotten then. What was said before stays said.
        Raises what `note` raises.
        """
        doubted = set(wrong)
        for row in self._rows.values():
            is_wrong = row.item.check.id in doubted
            if row.is_on(platform, screen) and row.option and not row.said and (is_wrong or rest):
                said: Said = "wrong" if is_wrong else "right"
                for entry in row.entries(said):
                    note(entry)
                with self._lock:
                    row.said = said
                    self._pictures.pop(row.picture, None)
                    row.picture = ""

    # -- the person and the watcher, as the reader knows them: in its thread ------------------------

    def sign_in(self, platform: Platform) -> bool:
        """Wait until the person says that they are signed in, or would rather not."""
        return self._asked(platform, beside.sign_in(platform))

    def finish_sign_in(self, platform: Platform) -> bool:
        """Wait until the person has finished a sign-in that the program could not."""
        return self._asked(platform, beside.finish_sign_in(platform))

    def stage(self, sentence: str) -> None:
        """Take the sentence on what is going on."""
        with self._lock:
            self._now.sentence = sentence

    def trouble(self, error: AuditError) -> None:
        """Take what went wrong."""
        with self._lock:
            self._troubles.append(on_a_page(error))

    def go_on(self) -> None:
        """Raise KeyboardInterrupt where the person has stopped it."""
        if self._stopping:
            raise KeyboardInterrupt

    def page(self, items: Sequence[Item], number: int, pages: int, *, again: bool) -> None:
        """Note which page is read."""
        titles = dict.fromkeys(_(item.checklist.screen(item.check).title) for item in items)
        with self._lock:
            name = _(items[0].checklist.platform.name)
            self._now = _Now("reading", self._now.sentence, name, number, pages, again, tuple(titles))

    def leaving(self, platform: Platform) -> None:
        """Note that the program signs out."""
        with self._lock:
            self._now = _Now("signing_out", self._now.sentence, _(platform.name))

    def picture(self, item: Item, png: bytes) -> None:
        """Keep a picture, while there is room and the reading is still wanted."""
        with self._lock:
            row = self._rows.get(item.check.id)
            used = sum(map(len, self._pictures.values()))
            if row and not row.picture and not self._stopping and used + len(png) <= MOST_BYTES:
                row.picture = secrets.token_urlsafe(_ID_BYTES)
                self._pictures[row.picture] = png

    # -- how it runs -------------------------------------------------------------------------------

    def _run(self, reader: Callable[[Reading], Reader]) -> None:
        try:
            self._read(reader(self))
        except Stopped:
            pass  # how each service was left is told one by one
        except AuditError as error:
            self.trouble(error)
        except Exception as error:  # a fault of ours: the window says so, and nobody sees a traceback
            self._fault(error)
        finally:
            with self._lock:
                self._now = _Now("done")
                for row in self._rows.values():
                    if row.option is None and row.picture:
                        self._pictures.pop(row.picture, None)
                        row.picture = ""
                self._lock.notify_all()

    def _read(self, reader: Reader) -> None:
        checks = {item.check.id: item.check for item in self._items}
        for key, made in reader.read(self._items, {}):
            entry = noted(checks, key, made)
            if entry and self._is_saved(entry) and isinstance(entry, Seen):
                with self._lock:
                    self._rows[key].seen.append(entry.observation)
            if isinstance(made, Outcome):
                with self._lock:
                    self._ended[key] = made.signed_out

    def _is_saved(self, entry: Seen | Ended) -> bool:
        """Save an entry; where it cannot be, tell so and let the reading end."""
        try:
            self._note(entry)
        except SaveError as error:
            self.trouble(error)
            self.stop()
            return False
        return True

    def _fault(self, error: Exception) -> None:
        with self._lock:
            self._troubles.append(
                _("This is a fault in privacyaudit, not something you did wrong. Answer these questions by hand.")
                + f" ({type(error).__name__})"
            )

    def _asked(self, platform: Platform, sentence: str) -> bool:
        with self._lock:
            self._answer = None
            self._now = _Now("sign_in", sentence, _(platform.name))
            while self._answer is None and not self._stopping:
                self._lock.wait(_PATIENCE_S)
            if self._answer is None:
                raise KeyboardInterrupt
            is_in = self._answer == "in"
            self._now = _Now("starting", "", _(platform.name))
            return is_in

    def _forget(self) -> None:
        self._pictures.clear()
        for row in self._rows.values():
            row.picture = ""

    def _how_ended(self, platform: str, how: SignedOut) -> dict[str, str]:
        name = next((_(one.checklist.platform.name) for one in self._items if _is_of(one, platform)), platform)
        return {"platform": platform, "service": name, "how": how.value, "sentence": labels.signed_out(how)}


def _is_of(item: Item, platform: str) -> bool:
    return item.checklist.platform.id == platform
