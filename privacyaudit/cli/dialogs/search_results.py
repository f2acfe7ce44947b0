"""What is said about what the searches found: at once, and in the end with the hardest harm first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from privacyaudit import i18n
from privacyaudit.about_me import found
from privacyaudit.about_me.found import Answer, ToDo
from privacyaudit.about_me.searches import Planned
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.cli.terminal import heading, say
from privacyaudit.i18n import _, ngettext
from privacyaudit.model import Found, Looked
from privacyaudit.over_time.due import find


def say_at_once(kind: Found, planned: Planned, catalogue: Catalogue) -> None:
    """Say what to do right after an answer, before anything is changed."""
    if kind is Found.OTHERS:
        say(_(found.KEEP_PROOF))
    elif kind is Found.CHANGE and (check := find(planned.search.change, catalogue)):
        say(
            _("This helps: “{title}”. To see the steps: privacyaudit show {check}").format(
                title=_(check.title), check=check.id
            )
        )


def show(
    answers: Sequence[Answer], planned: Sequence[Planned], before: Mapping[str, Looked], catalogue: Catalogue
) -> None:
    """Say what to do, the hardest harm first, and what was not looked at."""
    to_do = found.to_do(answers, before)
    if to_do:
        heading(_("What to do, the most urgent first"))
        _first()
        for number, one in enumerate(to_do, 1):
            _show(number, one, before.get(one.planned.search.id), catalogue)
    elif answers:
        heading(_("You found nothing to act on"))
        say(_("That is true for the searches that you did, today. Other people may see other results."))
    _show_rest(found.not_looked(planned, answers))


def _first() -> None:
    say(
        _(
            "If somebody is in danger now, ring 999. If it is a naked or sexual picture, real or made by AI, stop "
            "searching. For the first hour, type: privacyaudit remove --first-hour"
        )
    )
    say(
        _(
            "If it is about school, tell your union and your head or line manager early. If you work with children, "
            "the Professionals Online Safety Helpline can ask sites to take things down."
        )
    )


def _show(number: int, one: ToDo, before: Looked | None, catalogue: Catalogue) -> None:
    """Say what one search found and what helps."""
    title = f"{_(one.planned.search.title)}: {_(found.ANSWERS[one.found])} ({one.count})"
    say(title, "bold", first=f"{number}. ", rest="   ")
    if before and one.more is not None:
        day = i18n.day(before.on)
        new = ngettext("{number} is new since {day}.", "{number} are new since {day}.", one.more)
        say(
            new.format(number=one.more, day=day) if one.more else _("No more than on {day}.").format(day=day),
            first="   ",
            rest="   ",
        )
    if one.found is Found.OTHERS:
        say(_("For your steps, type: privacyaudit remove"), first="   ", rest="   ")
    elif check := find(one.planned.search.change, catalogue):
        for step in check.fix:
            say(_(step), first="   · ", rest="     ")
        say(_("More: privacyaudit show {check}").format(check=check.id), first="   ", rest="   ")


def _show_rest(rest: Sequence[Planned]) -> None:
    """Say which searches were not looked at, each kind once."""
    if not rest:
        return
    heading(
        ngettext(
            "{number} search was not looked at, so we cannot tell",
            "{number} searches were not looked at, so we cannot tell",
            len(rest),
        ).format(number=len(rest))
    )
    say("; ".join(dict.fromkeys(_(one.search.title) for one in rest)) + ".")
