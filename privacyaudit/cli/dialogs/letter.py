"""A letter on the terminal: what is asked for its blanks, and the letter. What is typed is kept in memory only."""

from __future__ import annotations

from collections.abc import Sequence

from privacyaudit.about_me import documents, letters, typed
from privacyaudit.about_me.letters import Advice, Written
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import heading, say
from privacyaudit.clock import today
from privacyaudit.i18n import _
from privacyaudit.model.letter import Blank, Letter


def fill_in(one: Letter, person: Person) -> Written:
    """Say what a letter can do and what it cannot, ask for its blanks, and return it as it reads then."""
    heading(_(one.title))
    say(_("Goes to: {addressee}").format(addressee=_(one.addressee)))
    _advise(letters.reach(one))
    say()
    asked = letters.blanks_of(one)
    return letters.write(one, fill(asked, person) if person.there and asked else {}, today())


def print_out(written: Written) -> None:
    """Print a letter."""
    heading(_("The letter"))
    say()
    say(documents.text(written).rstrip("\n"))


def say_what_follows(written: Written) -> None:
    """Say what is still to fill in, and what to do before a letter is sent and after it."""
    if written.left:
        heading(_("Still to fill in"))
        for blank in written.left:
            say(_(blank.mark), first="  ", rest="  ")
    _advise(letters.sending(written.letter))
    say()
    say(_("Nothing was sent. The program does not keep what you typed."))


def offer(some: Sequence[str], person: Person) -> None:
    """Offer some letters, by their ids, and write those that the person picks, until they want no more."""
    left = list(dict.fromkeys(some))
    while left:
        said = _("Write one of these now?") if len(left) > 1 else _("Write this one now?")
        chosen = person.choose_one(said, [*map(_way, left), ("", _("Not now"))])
        if not chosen:
            return
        left.remove(chosen)
        written = fill_in(letters.letter(chosen), person)
        print_out(written)
        say_what_follows(written)


def _way(letter_id: str) -> tuple[str, str]:
    one = letters.letter(letter_id)
    return one.id, _("{title}. Goes to: {addressee}").format(title=_(one.title), addressee=_(one.addressee))


def _advise(some: Sequence[Advice]) -> None:
    for advice in some:
        heading(advice.heading)
        for sentence in advice.sentences:
            say(sentence, first="  ", rest="  ")


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
