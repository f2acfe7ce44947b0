"""Who a search is for, and the words for it: in memory only, and for oneself or somebody beside the person."""

from __future__ import annotations

from collections.abc import Mapping

from privacyaudit.about_me import searches
from privacyaudit.about_me.searches import ASKED, Words
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import say
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _
from privacyaudit.model import Word

QUESTIONS: Mapping[Word, str] = {
    Word.NAME: N_("Your name, as people know you"),
    Word.FORMER: N_("Names that you had before"),
    Word.NICKNAME: N_("Nicknames that people use for you"),
    Word.USER: N_("User names that you use online"),
    Word.TOWN: N_("Your town"),
    Word.WORK: N_("Your school, council or employer"),
    Word.PHONE: N_("Your phone number"),
    Word.EMAIL: N_("Your e-mail address"),
}


def is_beside(person: Person) -> bool:
    """Ask who the search is for, and tell whether it is somebody beside the person. Raises UsageError for all else."""
    choices = [
        ("me", _("For me")),
        ("beside", _("For somebody who is beside me and wants this")),
        ("other", _("For somebody else")),
    ]
    who = person.choose_one(_("Who is this search for?"), choices)
    if who == "other":
        raise UsageError(
            _(
                "The program does not make a list of searches for somebody else. Such a list can be used to follow or"
                " frighten a person, and we cannot tell what it is for."
            ),
            _("If you help somebody, sit beside them and let them answer. If you worry about somebody, talk to them."),
        )
    if who == "beside":
        say(_("Let them type the words and choose the answers. The program keeps nothing about them."))
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
        raise UsageError(
            _("There is nothing to search for. A town or a workplace alone finds nobody."),
            _("Type at least a name, a nickname, a user name, a phone number or an e-mail address."),
        )
    return words


def _line(person: Person, kind: Word) -> tuple[str, ...]:
    while True:
        try:
            return searches.typed(kind, person.line(_(QUESTIONS[kind])))
        except UsageError as error:
            person.trouble(error)
