"""A short walk at the terminal: which one, which services, then one task after the other. Nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence

from privacyaudit.about_me import occasions
from privacyaudit.about_me.occasions import Reply, Step
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.cli.dialogs.plan import pick_of
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import heading, say
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Occasion

_STOP = "stop"


def which(named: str | None, person: Person) -> Occasion:
    """Return the occasion that is named, or the one that the person picks. Raises UsageError."""
    if named:
        return occasions.occasion(named)
    every = occasions.every()
    if not person.there:
        raise UsageError(
            _("Say what you want to prepare for: {names}.").format(names=", ".join(one.id for one in every)),
            _("For example: privacyaudit prepare job --no-input"),
        )
    return occasions.occasion(person.choose_one(_(occasions.WHICH), [(one.id, _(one.title)) for one in every]))


def services(occasion: Occasion, named: Sequence[str], catalogue: Catalogue, person: Person) -> list[str]:
    """Return the ids of the services that are named, or of those that the person picks. Raises UsageError."""
    if named:
        return [_service(name, catalogue) for name in dict.fromkeys(named)]
    if not person.there:
        return []
    return [one.checklist.platform.id for one in pick_of(catalogue, _(occasion.ask), (), occasions.SERVICES, person)]


def _service(name: str, catalogue: Catalogue) -> str:
    platform = catalogue.checklist(name).checklist.platform
    if platform.group not in occasions.SERVICES:
        raise UsageError(
            _("“{name}” is not a service with an account.").format(name=name),
            _("Name one like facebook. “privacyaudit list” shows them."),
        )
    return platform.id


def introduce(occasion: Occasion, lines: Sequence[str], steps: Sequence[Step]) -> None:
    """Say what the walk is about, and how long it is."""
    heading(_(occasion.title))
    for line in lines:
        say(line)
    said = occasions.tasks_and_time(len(steps))
    say(said.format(number=len(steps), time=occasions.minutes(steps)))


def walk(steps: Sequence[Step], person: Person) -> list[Reply]:
    """Show the tasks one after the other and return the replies; all at once where nobody can be asked."""
    replies: list[Reply] = []
    for number, step in enumerate(steps, 1):
        _show(number, step)
        if not person.there:
            continue
        reply = person.choose_one(_("What about this one?"), _choices(), chosen=Reply.LATER)
        if reply == _STOP:
            break
        replies.append(Reply(reply))
    return replies


def end(left: Sequence[str]) -> None:
    """Say what is left to do and when, and that nothing is kept."""
    heading(_(occasions.LEFT))
    for line in left or (_(occasions.NOTHING_LEFT),):
        say(line, first="   - ", rest="     ")
    say()
    say(_("The program keeps nothing of this list, and reminds you of nothing. Write down the days that you need."))


def _show(number: int, step: Step) -> None:
    heading(f"{number}. {step.title}")
    say(occasions.time_of(step), first="   ", rest="   ")
    for line in step.lines:
        say(line, first="   - ", rest="     ")


def _choices() -> list[tuple[str, str]]:
    replies = [(reply.value, _(label)) for reply, label in occasions.REPLIES.items()]
    return [*replies, (_STOP, _("Stop here and see what is left"))]
