"""The catalogue, for sheets and cards."""

from __future__ import annotations

from privacyaudit import checklist
from privacyaudit.checklist import Catalogue


def known() -> Catalogue:
    return checklist.catalogue()
