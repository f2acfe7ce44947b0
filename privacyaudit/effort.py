"""How long something takes a person, by a model that is written down: docs/mend/benchmarks.md tells it, and its terms.

Words that are shown are read at 230 a minute, a key takes 1.2 s, opening a screen of settings 15 s, and finding one of
its lines and looking at it 3 s. Every minute that the program promises is one of these. All times are in seconds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from privacyaudit.i18n import _
from privacyaudit.model import Check, Screen

WORDS_A_MINUTE = 230
KEY_S = 1.2
OPEN_S = 15.0
LOOK_S = 3.0


def reading(*texts: str) -> float:
    """Return how long it takes to read texts."""
    return sum(len(text.split()) for text in texts) * 60 / WORDS_A_MINUTE


def opening(screen: Screen) -> float:
    """Return how long it takes to get to a screen; a moment or a habit is there already."""
    if screen.minutes is not None:
        return screen.minutes * 60
    return OPEN_S if screen.web or screen.menu or screen.ios or screen.android else 0.0


def answering(check: Check) -> float:
    """Return how long it takes to look at a line of a screen and to say how it stands."""
    return LOOK_S + KEY_S + reading(_(check.question), *(_(option.label) for option in check.options))


def changing(check: Check) -> float:
    """Return how long it takes to change a setting, once its screen is open, and to say so."""
    return LOOK_S + 2 * KEY_S + reading(*(_(step) for step in check.fix))


def of_screen(screen: Screen, checks: Iterable[Check]) -> float:
    """Return how long it takes to open a screen and to answer some of its checks."""
    return opening(screen) + sum(answering(check) for check in checks)


def minutes(seconds: float) -> int:
    """Return whole minutes, rounded up, as they are promised: one at least."""
    return max(1, math.ceil(seconds / 60))
