"""Who a search is for, and the words for it: in memory only, and for oneself or somebody beside the person."""

from __future__ import annotations

from privacyaudit.about_me import asking, searches
from privacyaudit.about_me.searches import ASKED, Words
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import say
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Word


def is_beside(person: Person) -> bool:
    """Ask who the search is for, and tell whether it is somebody beside the person. Raises UsageError for all else."""
    who = person.choose_one(_(asking.FOR_WHOM), [(who, _(label)) for who, label in asking.SEARCHERS.items()])
    if who == "other":
        raise UsageError(*map(_, asking.NO_SEARCH))
    if who == "beside":
        say(_(asking.BESIDE))
    return who == "beside"


def ask(person: Person) -> Words:
    """Ask for each kind of word until it can be searched for. Raises UsageError where there is nothing to search."""
    say(
        _(
            "Type what people could search for. Put commas between several, and leave a line empty to skip it. The"
            " program keeps these words in memory only. They are in no file."
        )
    )
    words = Words({kind: _line(person, kind) for kind in ASKED})
    if not words:
        raise UsageError(*map(_, asking.NO_WORDS))
    return words


def _line(person: Person, kind: Word) -> tuple[str, ...]:
    while True:
        try:
            return searches.typed(kind, person.line(_(asking.WORDS[kind])))
        except UsageError as error:
            person.trouble(error)
