"""How long something takes a person, by a model that is written down: docs/mend/benchmarks.md tells it, and its terms.

Words that are shown are read at 230 a minute, a key takes 1.2 s, opening a screen of settings 15 s, and finding one of
its lines and looking at it 3 s. The program works out every time that it shows from this. All times are in seconds.
"""

from __future__ import annotations

import math
from functools import lru_cache

from privacyaudit.i18n import _
from privacyaudit.model import Check, Screen

WORDS_A_MINUTE = 230
KEY_S = 1.2
OPEN_S = 15.0
LOOK_S = 3.0
FRAME = 25
"""Words that stand on every screen: where one is, how much is left, and what each key does."""
FRAME_OF_A_LINE = 5
"""Words that stand around every line of a screen: “should be” in the list, and how many there are at the question."""


def reading(*texts: str) -> float:
    """Return how long it takes to read texts."""
    return _words(sum(map(_number_of_words, texts)))


@lru_cache(maxsize=20_000)
def _number_of_words(text: str) -> int:
    """Return how many words a text has; the same texts are asked about for every role."""
    return len(text.split())


def opening(screen: Screen) -> float:
    """Return how long it takes to get to a screen; a moment or a habit is there already."""
    if screen.minutes is not None:
        return screen.minutes * 60
    return OPEN_S if screen.has_way else 0.0


def arriving(screen: Screen) -> float:
    """Return how long it takes to get to a screen, with what is read for that."""
    way = next((way for way in (screen.menu, screen.ios, screen.android) if way), ())
    return opening(screen) + _words(FRAME) + reading(_(screen.title), *(_(step) for step in way))


def overlooking(check: Check, should_be: str) -> float:
    """Return how long it takes to read, before the questions, how one line of a screen should be."""
    return reading(_(check.question), should_be) + _words(FRAME_OF_A_LINE)


def answering(check: Check) -> float:
    """Return how long it takes to look at a line of a screen and to say how it stands."""
    return at_a_line() + reading(_(check.question), *(_(option.label) for option in check.options))


def changing(check: Check) -> float:
    """Return how long it takes to change a setting, once its screen is open, and to say so."""
    return at_a_change() + reading(*(_(step) for step in check.fix))


def at_a_line() -> float:
    """Return how long it takes to look at a line of a screen and to say how it stands, without what is read."""
    return LOOK_S + KEY_S


def at_a_change() -> float:
    """Return how long it takes to change a setting and to say so, without what is read."""
    return LOOK_S + 2 * KEY_S


def keeping(*lines: str) -> float:
    """Return how long it takes to read answers that still count, and to say that they are still so."""
    return KEY_S + reading(*lines) + _words(FRAME)


def words_read(seconds: float) -> int:
    """Return how many words are read in so many seconds."""
    return round(seconds * WORDS_A_MINUTE / 60)


def minutes(seconds: float) -> int:
    """Return whole minutes, rounded up, as they are promised: one at least."""
    return max(1, math.ceil(seconds / 60))


def _words(number: int) -> float:
    return number * 60 / WORDS_A_MINUTE
