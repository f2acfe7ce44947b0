"""The questions about something that is out there, and the plan on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from privacyaudit.about_me import asking, ladder, words
from privacyaudit.about_me.case import Case
from privacyaudit.about_me.first_hour import Card
from privacyaudit.about_me.ladder import Plan, Step
from privacyaudit.about_me.places import ANYWHERE, Atlas
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import heading, say
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Author, Harm, Risk

_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True)
class Said:
    """What the command line says about the case; what it leaves open is asked."""

    what: str | None = None
    where: str | None = None
    who: str | None = None
    work: bool | None = None
    risk: str | None = None


@dataclass(frozen=True)
class Told:
    """A case, and whether it is somebody else's who sits beside the person: then nothing of it is kept."""

    case: Case
    beside: bool


def ask(said: Said, atlas: Atlas, person: Person) -> Told:
    """Return the case, after asking what is open: danger first. Nothing that is asked names anybody.

    Raises UsageError for a word or a place that does not exist, and for somebody who asks about another person.
    """
    known = _known(said, atlas)
    beside = False
    if person.there:
        risk = known.risk if said.risk else _risk(person)
        known = replace(known, risk=risk)
        if risk is not Risk.NONE:
            step = ladder.danger(known, atlas)
            heading(step.title)
            _lines(step.lines)
        person.say(_(asking.AT_FIRST))
        beside = about_oneself(person, *asking.NO_PLAN)
    harm = (
        known.harm if said.what else pick(person, _(asking.QUESTIONS["harm"]), [(one, words.harm(one)) for one in Harm])
    )
    known = replace(known, harm=harm)
    if person.there and (helps := ladder.at_once(known, atlas)):
        person.say(helps)
    place = said.where or person.choose_one(
        _(asking.QUESTIONS["place"]), [(one.id, _(one.name)) for one in atlas.places_for(harm)]
    )
    author = known.author
    if person.there and not said.who:
        author = pick(person, _(asking.QUESTIONS["author"]), [(one, words.author(one)) for one in Author])
    work = known.work
    if person.there and said.work is None:
        work = person.confirm(_(asking.QUESTIONS["work"]), True)
    return Told(replace(known, place=place, author=author, work=work), beside)


def _known(said: Said, atlas: Atlas) -> Case:
    """Return what the command line says, with the usual where it says nothing. Raises UsageError."""
    return Case(
        word(Harm, said.what, "--what") or Harm.POST,
        atlas.place(said.where).id if said.where else ANYWHERE,
        word(Author, said.who, "--who") or Author.UNKNOWN,
        bool(said.work),
        word(Risk, said.risk, "--risk") or Risk.NONE,
    )


def word(kind: type[_Word], typed: str | None, option: str) -> _Word | None:
    """Return the word that was typed for an option, or None. Raises UsageError for one that does not exist."""
    if typed is None:
        return None
    try:
        return kind(typed.replace("-", "_"))
    except ValueError as error:
        names = ", ".join(one.value.replace("_", "-") for one in kind)
        raise UsageError(
            _("“{typed}” is not a word for {option}.").format(typed=typed, option=option),
            _("Choose one of: {names}.").format(names=names),
        ) from error


def pick(person: Person, question: str, choices: Sequence[tuple[_Word, str]]) -> _Word:
    """Let somebody pick one of (word, label)."""
    values = {one.value: one for one, _label in choices}
    return values[person.choose_one(question, [(one.value, label) for one, label in choices])]


def _risk(person: Person) -> Risk:
    return pick(person, _(asking.QUESTIONS["risk"]), [(one, words.risk(one)) for one in Risk])


def about_oneself(person: Person, *refusal: str) -> bool:
    """Ask who it is about, and tell whether it is somebody beside the person.

    Raises UsageError, with this refusal (in English), for anybody who is not there.
    """
    choices = [(who, _(label)) for who, label in asking.ABOUT.items()]
    who = person.choose_one(_(asking.QUESTIONS["about"]), choices)
    if who == "other":
        raise UsageError(*map(_, refusal))
    return who == "beside"


def show(plan: Plan) -> None:
    """Print a plan, step by step."""
    heading(_("{what}: {place}").format(what=words.harm(plan.case.harm), place=_(plan.place.name)))
    for number, step in enumerate(plan.steps, 1):
        _step(number, step)
    heading(_("What this cannot do"))
    _lines(words.limits())


def show_card(card: Card) -> None:
    """Print the card for the first hour."""
    heading(card.title)
    _lines(card.lines)
    heading(_("Who helps"))
    _lines(card.helpers)


def _step(number: int, step: Step) -> None:
    heading(f"{number}. {step.title}")
    _lines(ladder.in_full(step))


def _lines(lines: Sequence[str]) -> None:
    for line in lines:
        say(line, first="   - ", rest="     ")
