"""The first hour after an intimate or made-up picture: one card, which needs no account and no other step."""

from __future__ import annotations

from dataclasses import dataclass

from privacyaudit.about_me import words
from privacyaudit.about_me.places import Atlas
from privacyaudit.about_me.rules import FIRST_HOUR, fitting
from privacyaudit.i18n import _


@dataclass(frozen=True)
class Card:
    """What to do in the first hour, in order, and who helps."""

    title: str
    lines: tuple[str, ...]
    helpers: tuple[str, ...]


def first_hour(atlas: Atlas, *, child: bool) -> Card:
    """Return the card: for a grown-up, or for a picture in which somebody is under 18."""
    facts = {"sexual", "child"} if child else {"sexual"}
    rules = list(fitting(FIRST_HOUR.rules, facts))
    return Card(
        _(next(fitting(FIRST_HOUR.titles, facts)).line),
        tuple(_(rule.line) for rule in rules if rule.line),
        tuple(words.helper(atlas.helpers[rule.helper]) for rule in rules if rule.helper),
    )
