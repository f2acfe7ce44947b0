"""What came of steps that somebody took, and what they have done now: asked at the terminal, kept in the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from privacyaudit import i18n
from privacyaudit.about_me import follow_up
from privacyaudit.about_me.case import Case
from privacyaudit.about_me.follow_up import Doable
from privacyaudit.about_me.places import Atlas
from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import heading, say
from privacyaudit.clock import today
from privacyaudit.errors import AuditError, UsageError
from privacyaudit.i18n import _, ngettext
from privacyaudit.model import Outcome
from privacyaudit.over_time import history
from privacyaudit.over_time.history import History
from privacyaudit.over_time.step_shelf import Open

_NOT_YET = "not-yet"


def secret(person: Person, unlock: Unlock) -> bytes | str | None:
    """Return what opens the history; None where there is none, or where it does not open, which is told."""
    if not history.exists():
        return None
    try:
        found = unlock.history()
        History.open(found).close()
    except AuditError as error:
        person.trouble(error)
        say(_("So the program cannot show steps that you took, and keeps none now."))
        return None
    return found


def goes_on(person: Person, opens: bytes | str, atlas: Atlas) -> bool:
    """Ask what came of each step that is open; return whether there is something new instead. Raises AuditError.

    The first question does not say what the steps are: somebody else may sit beside the person, or be in danger.
    """
    with History.still_there(opens) as kept:
        steps = kept.steps.all()
    if not steps:
        return True
    heading(
        ngettext("{number} step is open from before", "{number} steps are open from before", len(steps)).format(
            number=len(steps)
        )
    )
    choices = [("before", _("Go on with that")), ("new", _("Something new, or somebody is in danger"))]
    if person.choose_one(_("What would you like to do?"), choices) == "new":
        return True
    for one in steps:
        _what_came(person, opens, one, atlas)
    return False


def ask_done(
    person: Person, opens: bytes | str, choices: Sequence[Doable], case: Case | None, *, instead_of: int | None = None
) -> None:
    """Ask which steps were done and when, and keep each before the next question. Raises AuditError."""
    left = list(choices)
    while left:
        reply = person.choose_one(
            _("Have you done one of these? The program then says when to look again."),
            [(_NOT_YET, _("Not yet") if left == list(choices) else _("No more")), *((d.step, d.title) for d in left)],
        )
        if reply == _NOT_YET:
            if left == list(choices):
                say(_("When you have, come back: privacyaudit remove"))
            return
        done = next(one for one in left if one.step == reply)
        left.remove(done)
        _keep(person, opens, done, case, instead_of)
        instead_of = None


def ask_sent(person: Person, opens: bytes | str, letter: Doable) -> None:
    """Ask whether a letter was sent, and keep the day. Raises AuditError."""
    if person.confirm(_("Have you sent it, or do you send it now? The program then says when to look again."), False):
        _keep(person, opens, letter, None, None)


def _what_came(person: Person, opens: bytes | str, one: Open, atlas: Atlas) -> None:
    say()
    replies = [(outcome.value, _(label)) for outcome, label in follow_up.answers(one.taken).items()]
    chosen = Outcome.WAITING.value if one.taken.due > today() else None
    outcome = Outcome(person.choose_one(follow_up.question(one.taken, atlas), replies, chosen=chosen))
    found = follow_up.after(one.taken, outcome, atlas, today())
    with History.still_there(opens) as kept:
        if found.kept is None:
            kept.steps.remove(one.number)
        else:
            kept.steps.put(one.number, found.kept)
    for line in found.lines:
        say(line, first="   - ", rest="     ")
    for rung in found.next:
        heading(_("Next: {step}").format(step=rung.title))
        for line in rung.lines:
            say(line, first="   - ", rest="     ")
    if found.next:
        ask_done(person, opens, found.next, follow_up.case_of(one.taken), instead_of=one.number)


def _keep(person: Person, opens: bytes | str, done: Doable, case: Case | None, instead_of: int | None) -> None:
    made = follow_up.taken(done, case, _day(person))
    with History.still_there(opens) as kept:
        if instead_of is None:
            kept.steps.keep(made)
        else:
            kept.steps.put(instead_of, made)
    say(
        _("Your history now has this step, without names. Look again on {day}: privacyaudit remove").format(
            day=i18n.day(made.due)
        )
    )


def _day(person: Person) -> date:
    """Ask on which day something was done, until there is one that is not to come."""
    while True:
        try:
            return follow_up.day_done(
                person.line(_("On which day? Press Enter for today, or write it like 2026-11-03."))
            )
        except UsageError as error:
            if isinstance(error.__cause__, EOFError):
                raise
            say(error.what)
