"""A person at the keyboard who only signs in by hand, and says nothing."""

from __future__ import annotations

from privacyaudit.errors import AuditError
from privacyaudit.model import Platform


class Quiet:
    """Somebody who only listens."""

    def __init__(self) -> None:
        self.troubles: list[AuditError] = []

    def sign_in(self, platform: Platform) -> bool:
        return False

    def finish_sign_in(self, platform: Platform) -> bool:
        return False

    def stage(self, sentence: str) -> None:
        """Nobody watches."""

    def trouble(self, error: AuditError) -> None:
        self.troubles.append(error)
