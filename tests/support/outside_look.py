"""The outside reader, asked about one name."""

from __future__ import annotations

from privacyaudit.catalogue import loading
from privacyaudit.catalogue.loading import Loaded
from privacyaudit.model import Reason
from privacyaudit.plan import Plan
from privacyaudit.readers.outside import OutsideReader

CATALOGUE = loading.catalogue()


def shipped(platform: str) -> Loaded:
    return CATALOGUE.checklist(platform)


def look(what: Plan, name: str, *, seconds: float = 10) -> dict[str, str | Reason]:
    """Return option or reason of every check that was looked at, by its id without the platform."""
    platform = what.parts[0].checklist.platform.id
    reader = OutsideReader({platform: name}, seconds=seconds)
    seen = [(check.split(".")[1], made.option or made.reason) for check, made in reader.read(what.items, {})]
    found: dict[str, str | Reason] = {}
    for check, answer in seen:
        assert answer is not None
        if check not in found or isinstance(found[check], Reason):
            found[check] = answer
        assert isinstance(answer, Reason) or found[check] == answer
    return found
