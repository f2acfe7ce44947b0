"""What a person is asked about something that is to change: to keep it for a time, or to change it by a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from privacyaudit import i18n
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.parsing import catalogue_with
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import say
from privacyaudit.clock import today
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import AuditRecord, Check, Decision, Finding
from privacyaudit.over_time import history
from privacyaudit.over_time.decisions import (
    CHOICES,
    LONGEST_REASON,
    Kind,
    decided_by_words,
    decision,
    newest,
    proposed_days,
    sentence,
    site_of,
    to_decide,
)
from privacyaudit.over_time.due import find
from privacyaudit.over_time.history import History
from privacyaudit.storage import encrypted


def offer(record: AuditRecord, catalogue: Catalogue, person: Person, left: Collection[str] = ()) -> list[Decision]:
    """Ask at the end of a walkthrough about what is to change and has no day yet; return what was decided.

    Where the person has `left` something as it is, keeping it for a time is proposed. Ctrl-C ends the asking and keeps
    what was decided by then.
    """
    open_ones = to_decide(record, catalogue)
    made: list[Decision] = []
    if not open_ones:
        return made
    question = ngettext(
        "{number} thing needs changing. Set a day for it now, or accept it for a while?",
        "{number} things need changing. Set days for them now, or accept some for a while?",
        len(open_ones),
    ).format(number=len(open_ones))
    try:
        if person.confirm(question, False):
            for finding, check in open_ones:
                made += _offered(record, finding, check, person, "accept" if check.id in left else "leave")
    except KeyboardInterrupt:
        pass
    return made


def _offered(record: AuditRecord, finding: Finding, check: Check, person: Person, proposed: str) -> list[Decision]:

    choices = [(value, _(label)) for value, label in CHOICES]
    aim = _("The aim: {title}").format(title=_(check.title))
    kind = person.choose_one(aim, choices, chosen=proposed)
    if kind == "leave":
        return []
    day = person.choose_one(_("Until when?"), proposed_days(today()))
    because = ""
    if kind == "accept":
        because = person.line(_("Why? Only you see this: it is not in any report."))[:LONGEST_REASON]
    chosen: Kind = "plan" if kind == "plan" else "accept"
    made = decision(chosen, check, finding, site_of(record, check), date.fromisoformat(day), because)
    say(sentence(made, check))
    return [made]


@dataclass(frozen=True)
class Wish:
    """What the words on the command line ask for: a decision about a check, to take it back, or a list of them."""

    kind: Kind
    check: str
    day: str = ""
    because: str = ""
    withdraw: bool = False


_NONE: Mapping[Kind, str] = {
    "accept": N_("You had not accepted this check."),
    "plan": N_("You had not planned this check."),
}


def carry_out(wish: Wish, checklists: Sequence[Path] | None, unlock: Unlock) -> None:
    """Decide, take back or list, in the history. Raises UsageError where there is none, or nothing to decide."""
    encrypted.need_apsw()
    if not history.exists():
        raise UsageError(
            _("You have not kept an audit yet, so there is nothing to accept or plan."),
            _("Keep an audit first: privacyaudit audit --keep"),
        )
    catalogue = catalogue_with(checklists)
    with History.open(unlock.history()) as kept:
        if not wish.check:
            _list(wish.kind, kept, catalogue)
            return
        _loaded, check = catalogue.check(wish.check)
        if wish.withdraw:
            mine = [one for one in kept.decisions() if one.kind == wish.kind and one.check in check.names]
            gone = [kept.undecide(one.check, one.site) for one in mine]
            say(_("Removed your decision: {title}").format(title=_(check.title)) if gone else _(_NONE[wish.kind]))
        else:
            made = decided_by_words(wish.kind, check, newest(kept, check), wish.day, wish.because)
            kept.decide(made)
            say(sentence(made, check))


def _list(kind: Kind, history: History, catalogue: Catalogue) -> None:
    mine = sorted((one for one in history.decisions() if one.kind == kind), key=lambda one: (one.until, one.check))
    if not mine:
        say(_("You have not accepted anything.") if kind == "accept" else _("You have not planned anything."))
    for one in mine:
        check = find(one.check, catalogue)
        passed = f" {_('That day has passed.')}" if one.until < today() else ""
        say(f"{i18n.day(one.until)}: {_(check.title) if check else one.check} ({one.check}).{passed}", rest="   ")
        if one.because:
            say(one.because, first="   ", rest="   ")
