"""The witness: every request that came to the gate and what became of it, in memory only."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum

from privacyaudit.browser.gate.rules import Refusal


class Failure(StrEnum):
    """Why a request that was let through got no whole answer."""

    NO_ANSWER = "nobody answered"
    UNKNOWN_SIGNER = "the certificate is signed by somebody whom this computer does not know"
    UNSAFE = "no safe connection came about"
    NEEDS_PROXY = "the proxy of this network wants something that the gate does not have"
    BROKEN = "the answer broke off"
    UNUSABLE = "the browser could not use the answer"
    HELD_BACK = "the page would have moved on after a while"
    LEFT = "the browser did not wait for the answer"
    CUT = "the gate was shut meanwhile"


@dataclass
class Entry:
    """One request: its method, host (with a port that is not the usual one), path without query and kind; what the
    gate or the site said; begin and end.

    `mark` tells addresses apart without keeping them. Times are seconds of `time.monotonic()`; `ended` is None while
    it is still open.
    """

    method: str
    host: str
    path: str
    kind: str = ""
    refusal: Refusal | None = None
    status: int | None = None
    failure: Failure | None = None
    mark: int = 0
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None


class Traffic:
    """The log of one gate; written to by its threads, read by the reader."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[Entry] = []

    def begin(self, entry: Entry) -> Entry:
        """Add a request that has just come."""
        with self._lock:
            self._entries.append(entry)
        return entry

    def end(self, entry: Entry, failure: Failure | None = None) -> None:
        """Note that a request is over, and why it got no whole answer if it did not."""
        with self._lock:
            if entry.ended is None:
                entry.failure = failure
                entry.ended = time.monotonic()

    def all(self) -> list[Entry]:
        """Return every request so far, oldest first."""
        with self._lock:
            return list(self._entries)

    def refused(self) -> list[Entry]:
        """Return every request that was refused, oldest first."""
        return [entry for entry in self.all() if entry.refusal]
