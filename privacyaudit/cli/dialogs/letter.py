"""What is asked for the blanks of a letter. It is kept in memory only."""

from __future__ import annotations

from collections.abc import Sequence

from privacyaudit.about_me import typed
from privacyaudit.cli.prompts import Person
from privacyaudit.i18n import _
from privacyaudit.model.letter import Blank


def fill(blanks: Sequence[Blank], person: Person) -> dict[str, list[str]]:
    """Ask for each blank, and return the lines for those that were not left open."""
    person.say(_("Press Enter to leave a question open. The letter then shows what is missing."))
    return {blank.id: lines for blank in blanks if (lines := _lines(blank, person))}


def _lines(blank: Blank, person: Person) -> list[str]:
    if blank.choices:
        ways = [(wording.id, _(wording.label)) for wording in blank.choices]
        chosen = person.choose_one(_(blank.ask), [*ways, ("", _("I fill this in later"))])
        return [chosen] if chosen else []
    found: list[str] = []
    question = _(blank.ask)
    while line := _line(blank, question, person):
        found.append(line)
        if not blank.many or len(found) == typed.MOST_LINES:
            break
        question = _("Is there another one? If not, press Enter.")
    return found


def _line(blank: Blank, question: str, person: Person) -> str:
    """Ask until what was typed fits into a letter; it may be nothing."""
    while True:
        line = typed.clean(person.line(question))
        if too_long := typed.too_long(line):
            person.say(too_long)
            continue
        if remark := typed.remark(blank, line):
            person.say(remark)
        return line
