"""One thing that was tried, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from privacyaudit.errors import AuditError


@dataclass(frozen=True)
class Line:
    """A sentence on what works, or does not, with what to do; `works` is None where nothing was tried."""

    works: bool | None
    text: str
    advice: str = ""


def failed(error: AuditError) -> Line:
    """Return the line for something that did not work."""
    return Line(False, error.what, error.advice)
