"""The Enter that a person presses, out of habit, after a key that has answered already."""

from __future__ import annotations

import time
from dataclasses import dataclass

SOON_S = 0.7
"""So soon after a list is shown, nobody has read it: an Enter then still belongs to the key before."""


@dataclass
class StrayEnter:
    """Tells whether an Enter is one that answers nothing: there is one at most after each key, and it comes soon."""

    expected: bool = False
    until: float = 0.0

    def expect(self) -> None:
        """Note that a list was answered by a key alone."""
        self.expected = True

    def shown(self) -> None:
        """Note that a list is shown now; only the one right after the key is meant."""
        self.until = time.monotonic() + SOON_S if self.expected else 0.0
        self.expected = False

    def is_expected(self) -> bool:
        """Tell whether an Enter that comes now is left out."""
        return time.monotonic() < self.until

    def seen(self) -> None:
        """Note that it came: the next one counts."""
        self.until = 0.0
