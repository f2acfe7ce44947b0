"""The questions about something that was seen, and what is kept of it on the terminal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from privacyaudit.about_me import asking, places, words
from privacyaudit.about_me.proof import answers, rules, sheet
from privacyaudit.about_me.proof.entries import Seen
from privacyaudit.cli.dialogs import proof_pictures
from privacyaudit.cli.dialogs.remove import about_oneself, pick
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import heading, say
from privacyaudit.errors import AuditError, SaveError, UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Audience, Entry, Harm
from privacyaudit.over_time.proof_shelf import ProofShelf

_T = TypeVar("_T")


def ask(person: Person) -> Seen:
    """Ask what was seen. It is in memory only. Raises UsageError for somebody who asks about another person."""
    say(_("If somebody is in danger now, ring 999 first."))
    about_oneself(person, *asking.NO_PROOF)
    what = pick(person, _("What did you see?"), [(one, words.harm(one)) for one in Harm])
    addresses = _addresses(person)
    place = "" if addresses else _where(person)
    account = _line(person, _("What is the name of the account or the page that shows it?"))
    when = _moment(person)
    audience = pick(person, _("Who could see it?"), [(one, rules.audience(one)) for one in Audience])
    note = _line(person, _("In your own words: what does it say or show?"))
    pictures = tuple(proof_pictures.ask(what, person, places.atlas()))
    return Seen(what, when, when.tzname() or "", audience, addresses, place, account, note, pictures)


def _addresses(person: Person) -> tuple[str, ...]:
    found: list[str] = []
    while len(found) < answers.MOST_ADDRESSES and (one := _until_right(person, lambda: _address(person, bool(found)))):
        found.append(one)
    return tuple(dict.fromkeys(found))


def _address(person: Person, another: bool) -> str:
    first = _("The address of the page, from the top of your browser. If it has none, press Enter.")
    return answers.address(person.line(_("Is there another address? If not, press Enter.") if another else first))


def _line(person: Person, question: str) -> str:
    return _until_right(person, lambda: answers.line(person.line(question)))


def _where(person: Person) -> str:
    return _until_right(person, lambda: answers.where((), person.line(_("Which app was it in, and where in the app?"))))


def _moment(person: Person) -> datetime:
    today = _("On which day did you see it? Type it as 2026-11-30. For today, press Enter.")
    now = _("At what time? Type it as 17:30. For now, press Enter.")
    return _until_right(person, lambda: answers.moment(person.line(today), person.line(now)))


def _until_right(person: Person, ask: Callable[[], _T]) -> _T:
    while True:
        try:
            return ask()
        except UsageError as error:
            if isinstance(error.__cause__, EOFError):
                raise
            person.trouble(error)


# -- keeping ---------------------------------------------------------------------------------------


def keep(seen: Seen, shelf: ProofShelf, person: Person) -> Entry:
    """Keep what was seen. Where that fails, it is still in memory, and somebody at the terminal can try again.

    Raises SaveError.
    """
    while True:
        try:
            return shelf.keep(seen)
        except SaveError as error:
            if not person.at_a_terminal:
                raise
            person.trouble(error)
            if not person.confirm(_("Nothing is lost yet. Try to keep it again?"), True):
                raise


def show(one: Entry) -> None:
    """Print an entry."""
    heading(sheet.title(one))
    for label, values in sheet.facts(one):
        for value in values:
            say(f"{label}: {value}", first="  ", rest="    ")
    for picture in one.pictures:
        for number, line in enumerate(sheet.about(picture, {})):
            say(line, first="    " if number else "  ", rest="    ")


def say_what_is_wanted(what: Harm) -> None:
    """Say what platforms, the police and people who help usually want to see."""
    heading(_("What people who help will ask for"))
    for line in rules.wanted(what):
        say(line, first="   - ", rest="     ")


def trouble_with(shelf: ProofShelf) -> AuditError | None:
    """Return the trouble that something that is kept is not as it was; None where all is."""
    numbers = shelf.changed()
    if not numbers:
        return None
    return AuditError(
        sheet.not_as_kept(numbers),
        _("Something has changed them, or a part is missing. An export says so too. Put a copy from a backup back."),
    )
