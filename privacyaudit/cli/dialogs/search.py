"""Searching for oneself at the terminal: each search in turn, what to do in the end, and what is kept.

A search is opened when the person chooses to open it, never before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from privacyaudit import i18n
from privacyaudit.about_me import asking, found, searches
from privacyaudit.about_me.found import Answer
from privacyaudit.about_me.searches import MINUTES_EACH, Planned
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.cli.dialogs import search_results, search_words
from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.opening import OpenPage, not_opened
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import heading, say
from privacyaudit.clock import today
from privacyaudit.errors import AuditError
from privacyaudit.i18n import _, ngettext
from privacyaudit.model import Found, Looked
from privacyaudit.over_time import history
from privacyaudit.over_time.history import History
from privacyaudit.serving.hand_over import open_unseen

_MOST = 999


class _EndedError(Exception):
    """The person has searched enough."""


@dataclass(frozen=True)
class _Kept:
    """The history, if the person keeps one: what opens it, and what the searches found the last time."""

    secret: bytes | str | None
    before: Mapping[str, Looked]


def run(person: Person, catalogue: Catalogue, opens: OpenPage | None, unlock: Unlock | None) -> None:
    """Ask for the words, go through the searches and say what to do. Raises UsageError and KeyboardInterrupt.

    Without `opens` no search is opened on this computer; without `unlock` the history is left alone.
    """
    beside = search_words.is_beside(person)
    kept = _Kept(None, {}) if beside or unlock is None else _kept(person, unlock)
    planned = searches.plan(search_words.ask(person), searches.every())
    say()
    say(
        _(
            "The program opens nothing by itself and looks at no page. When you open a search, your words go to that"
            " site, and your browser may remember them. You see more of what strangers see if you are signed out."
        )
    )
    say(_length(planned))
    answers = _all(person, planned, kept.before, catalogue, opens)
    search_results.show(answers, planned, kept.before, catalogue)
    _keep(person, kept, answers)
    say(_("Your words are still on this screen. Close this window if other people use this computer."))


def _kept(person: Person, unlock: Unlock) -> _Kept:
    """Open the history if there is one; trouble with it is told, and the search goes on without it."""
    if not history.exists():
        return _Kept(None, {})
    try:
        secret = unlock.history()
        with History.open(secret) as opened:
            return _Kept(secret, {one.search: one for one in opened.looked()})
    except AuditError as error:
        person.trouble(error)
        return _Kept(None, {})


# -- the searches ----------------------------------------------------------------------------------


def _all(
    person: Person,
    planned: Sequence[Planned],
    before: Mapping[str, Looked],
    catalogue: Catalogue,
    opens: OpenPage | None,
) -> list[Answer]:
    """Go through the ten that usually find most, then the rest if wanted; what was answered counts after a stop."""
    answers: list[Answer] = []
    short = searches.short(planned)
    rest = [one for one in planned if one not in short]
    try:
        for part in (short, rest):
            if part is rest and not (rest and _more(person, len(rest))):
                break
            for number, one in enumerate(part, 1):
                heading(
                    _("{number} of {total}: {title}").format(number=number, total=len(part), title=_(one.search.title))
                )
                answers += _one(person, one, before.get(one.search.id), catalogue, opens)
    except (_EndedError, KeyboardInterrupt):
        pass
    return answers


def _length(planned: Sequence[Planned]) -> str:
    """Say how many searches come first and how many after, and how long they take."""
    first = len(searches.short(planned))
    said = ngettext(
        "First comes the {number} search that usually finds most. It takes about {minutes} minute.",
        "First come the {number} searches that usually find most. They take about {minutes} minutes.",
        first,
    ).format(number=first, minutes=first * MINUTES_EACH)
    if more := len(planned) - first:
        said += " " + ngettext(
            "After that, there is {number} more.", "After that, there are {number} more.", more
        ).format(number=more)
    return said


def _more(person: Person, number: int) -> bool:
    question = _("Go on with {number} more searches? They take about {minutes} minutes.")
    return person.confirm(question.format(number=number, minutes=number * MINUTES_EACH), False)


def _one(
    person: Person, planned: Planned, before: Looked | None, catalogue: Catalogue, opens: OpenPage | None
) -> list[Answer]:
    """Show one search, open it if that is chosen, and return what it found; nothing where it was not looked at."""
    search = planned.search
    say(_(search.finds))
    say(_("Search for: {words}").format(words=planned.query))
    if search.device in asking.DEVICES:
        say(_(asking.DEVICES[search.device]))
    if before:
        day = i18n.day(before.on)
        say(_("On {day} you found: {answers}.").format(day=day, answers=found.in_words(before.found)))
    way = person.choose_one(_("What would you like to do?"), _ways(planned, opens))
    if way == "stop":
        raise _EndedError
    if way == "skip":
        return []
    if way == "open" and opens and planned.address:
        if not open_unseen(planned.address, opens):
            say(not_opened(planned.address))
    elif planned.address:
        say(_("Address: {address}").format(address=planned.address))
    say(_("Where to look: {look}").format(look=_(search.look)))
    return _answer(person, planned, catalogue)


def _ways(planned: Planned, opens: OpenPage | None) -> list[tuple[str, str]]:
    opening = (
        _("Open {host} in my browser. The words then leave this computer and go to that site.")
        if planned.sends_words
        else _("Open {host} in my browser, and type the words there")
    )
    return [
        *([("open", opening.format(host=planned.host))] if opens and planned.address else []),
        ("hand", _("I will look for myself, in a private window or on another device")),
        ("skip", _("Skip this search")),
        ("stop", _("Stop here and see what to do")),
    ]


def _answer(person: Person, planned: Planned, catalogue: Catalogue) -> list[Answer]:
    """Ask for one kind after the other of what was found, until there is no more."""
    counts: dict[Found, int] = {}
    choices = [(kind.value, _(label)) for kind, label in found.ANSWERS.items()]
    choices.append(("unseen", _("I could not look")))
    reply = person.choose_one(_("What did you find?"), choices)
    while reply in set(Found):
        kind = Found(reply)
        counts[kind] = _count(person) if kind in found.TO_ACT_ON else 1
        search_results.say_at_once(kind, planned, catalogue)
        rest = [(value, label) for value, label in choices[1:-1] if value not in counts]
        if kind is Found.NOTHING or not rest:
            break
        done = ("done", _("No, that is all"))
        reply = person.choose_one(_("Is there anything else on this page?"), [done, *rest], chosen="done")
    return [Answer(planned, counts)] if counts else []


def _count(person: Person) -> int:
    while True:
        line = person.line(_("How many? Press Enter for 1."))
        if not line:
            return 1
        if line.isascii() and line.isdigit() and 1 <= int(line[:4]) <= _MOST:
            return int(line[:4])
        say(_("Type a number from 1 to {last}.").format(last=_MOST))


# -- what is kept ----------------------------------------------------------------------------------


def _keep(person: Person, kept: _Kept, answers: Sequence[Answer]) -> None:
    """Note the days and counts where there is a history, and say what is kept."""
    looked = found.looked(answers, today())
    if kept.secret is not None and looked:
        try:
            if history.exists():
                with History.open(kept.secret) as opened:
                    opened.note_looked(looked)
                say(_("Your history now has the day and the counts of these searches, and none of your words."))
                return
        except AuditError as error:
            person.trouble(error)
    say(_("The program kept nothing of this search."))
