"""What a report says before all else: what was changed, what is left, how long it takes, and where to begin. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from privacyaudit.i18n import _, ngettext
from privacyaudit.model import Verdict
from privacyaudit.report.cards import Card, minutes
from privacyaudit.report.counts import NOT_REACHED, Sign, kind
from privacyaudit.report.places import Places, together

FIRST = 3


@dataclass(frozen=True, slots=True)
class First:
    """What to do before all else: a sentence, and up to three cards that share one sign."""

    sentence: str
    cards: tuple[Card, ...] = ()
    sign: Sign | None = None

    @property
    def not_reached(self) -> bool:
        """Tell whether the cards are what a stopped audit did not come to."""
        return self.sign is not None and self.sign.name == NOT_REACHED


def first(cards: Sequence[Card], sign_of: Mapping[str, Sign], where: Places) -> First:
    """Return what matters most to change, else what could not be told or was not reached; then in order of the walk."""
    for which in (Verdict.FAIL.value, Verdict.UNKNOWN.value, NOT_REACHED):
        parts = where.parts(card for card in cards if kind(card) == which)
        chosen = sorted((card for part in parts for card in part.cards), key=lambda card: card.rank)
        if chosen:
            top = tuple(chosen[:FIRST])
            time = minutes(max(1, together(where.parts(top))))
            return First(_sentence(which, len(chosen), time), top, sign_of[which])
    verdicts = {card.verdict for card in cards}
    if verdicts & {Verdict.PASS, Verdict.ACCEPTED}:
        return First(_("There is nothing to do now. Look again in six months, or when a platform announces a change."))
    if Verdict.CHOICE in verdicts:
        return First(_("You do not have to change anything. Read “Your choice” below and decide what suits you."))
    return First(_("Nothing was checked. Start an audit, and choose a platform that you use."))


def lead(done: int, left: int, needed: int, day: str, *, whole: bool) -> str:
    """Say how many were changed during the audit, how many are left to change, and how long those take.

    `day` is the day of the audit, written out, or empty where that is today; `whole`: every check was told.
    """
    return " ".join(filter(None, (_done(done, day), _left(done, left, needed, whole=whole))))


def _done(done: int, day: str) -> str:
    if not done:
        return ""
    if day:
        return ngettext("On {day} you changed {number}.", "On {day} you changed {number}.", done).format(
            day=day, number=done
        )
    return ngettext("You changed {number} today.", "You changed {number} today.", done).format(number=done)


def _left(done: int, left: int, needed: int, *, whole: bool) -> str:
    time = minutes(max(1, needed))
    if not left:
        return _("Nothing is left to change.") if done and whole else ""
    if done:
        return ngettext(
            "You have {number} left to change: {time}.", "You have {number} left to change: {time}.", left
        ).format(number=left, time=time)
    return _("These changes take {time}.").format(time=time)


def _sentence(which: str, every: int, time: str) -> str:
    if which == NOT_REACHED:
        return ngettext(
            "There is nothing to change so far. You have one check left. It takes {time}.",
            "There is nothing to change so far. You have {number} checks left. Continue with these. They take {time}.",
            every,
        ).format(number=every, time=time)
    if which == Verdict.UNKNOWN:
        return ngettext(
            "We found nothing to change, but could not tell about one check. Look at it yourself. It takes {time}.",
            "We found nothing to change, but could not tell about {number} checks. Begin with these. They take {time}.",
            every,
        ).format(number=every, time=time)
    if every > FIRST:
        return _("These matter most. Together they take {time}.").format(time=time)
    return ngettext(
        "This is the one thing to change. It takes {time}.",
        "These are the {number} things to change. Together they take {time}.",
        every,
    ).format(number=every, time=time)
