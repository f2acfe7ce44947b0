"""Somebody who looks at each screen, answers by a rule, and changes nothing now."""

from __future__ import annotations

from privacyaudit.readers.questions import Change, Choice, Move, Visit


class PutsOff:
    """What a scripted person does on the way where the test is not about it."""

    def arrive(self, visit: Visit) -> None:
        """Look."""

    def change(self, change: Change) -> Choice | Move:
        """Put it off."""
        return Choice.LATER
