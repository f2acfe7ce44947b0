"""What becomes of a step that somebody took: when to look again, and what to do next. Nothing is looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from privacyaudit import i18n
from privacyaudit.about_me import ladder, letters, words
from privacyaudit.about_me.case import Case
from privacyaudit.about_me.ladder import Plan
from privacyaudit.about_me.places import Atlas
from privacyaudit.about_me.rules import Kind
from privacyaudit.clock import today, written_day
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _
from privacyaudit.model import Outcome, Route, Taken, Way
from privacyaudit.model.letter import Letter

OF_LETTER = "letter."
"""What the id of a step begins with that is a letter and no route."""

ANSWERS: Mapping[Outcome, str] = {
    Outcome.GONE: N_("It is gone"),
    Outcome.REFUSED: N_("They said no"),
    Outcome.NOTHING: N_("Nothing came, or it is still there"),
    Outcome.WAITING: N_("I am still waiting"),
}
AGAIN: Mapping[Outcome, str] = {
    Outcome.GONE: N_("Yes, it is still gone"),
    Outcome.NOTHING: N_("No, it is there again, or I found a copy"),
    Outcome.WAITING: N_("I have not looked yet"),
}
"""The answers about something that was gone a month ago."""

_FIRST_YEAR = 2000
MONTH = timedelta(days=30)
WEEK = timedelta(days=7)
_OVER = N_("Then this step is over. The program has removed it from your history.")
_REMINDER = "reminder"
_CAN_BE_REMINDED = {Way.LETTER, Way.EMAIL}


@dataclass(frozen=True)
class Doable:
    """Something that a person can say they have done: its id, its title, the days to wait, and a letter for it."""

    step: str
    title: str
    days: int
    lines: tuple[str, ...] = ()
    letter: str | None = None


@dataclass(frozen=True)
class After:
    """What follows from what came of a step: what is said, what can be done next, and what stays kept of it.

    None as `kept` means that it is over.
    """

    lines: tuple[str, ...]
    next: tuple[Doable, ...]
    kept: Taken | None


def day_done(text: str) -> date:
    """Return the day on which something was done; nothing typed is today. Raises UsageError."""
    if not text.strip():
        return today()
    try:
        day = written_day(text)
    except ValueError:
        raise UsageError(_("Write year, month and day, like this: 2026-11-03")) from None
    if day > today() or day.year < _FIRST_YEAR:
        raise UsageError(_("Choose today or a day before, from {year} on.").format(year=_FIRST_YEAR))
    return day


def doable(plan: Plan) -> tuple[Doable, ...]:
    """Return what a person can say they have done of a plan, in its order."""
    asked = [of_letter(letters.letter(step.letter)) for step in plan.steps if step.kind is Kind.ASK and step.letter]
    routes = [
        of_route(route)
        for step in plan.steps
        if step.kind in (Kind.OWN, Kind.REPORT, Kind.LETTER)
        for route in step.routes
    ]
    return (*asked, *routes)


def of_route(route: Route) -> Doable:
    """Return a route as something that can be done."""
    return Doable(route.id, _(route.title), ladder.wait(route), tuple(words.route(route)), route.letter)


def of_letter(letter: Letter) -> Doable:
    """Return a letter as something that can be done."""
    return Doable(OF_LETTER + letter.id, _(letter.title), letter.days or ladder.USUAL_DAYS, letter=letter.id)


def taken(done: Doable, case: Case | None, did: date) -> Taken:
    """Return what is kept of something that was done on a day."""
    due = did + timedelta(days=done.days)
    if case is None:
        return Taken(step=done.step, did=did, due=due)
    return Taken(
        step=done.step,
        did=did,
        due=due,
        harm=case.harm,
        place=case.place,
        author=case.author,
        work=case.work,
        risk=case.risk,
    )


def case_of(one: Taken) -> Case | None:
    """Return the case that a step was for; None for a letter that was written without a plan."""
    return Case(one.harm, one.place, one.author, one.work, one.risk) if one.harm and one.place else None


def title(one: Taken, atlas: Atlas) -> str:
    """Return what a step was; its id where this program no longer has it."""
    if letter := _letter(one):
        return _(letter.title)
    return _(atlas.routes[one.step].title) if one.step in atlas.routes else one.step


def question(one: Taken, atlas: Atlas) -> str:
    """Return the question about a step."""
    if one.outcome is Outcome.GONE:
        said = _("You did this on {day}, and it was gone: {step}. Is it still gone, also in search results?")
    else:
        said = _("You did this on {day}: {step}. What came of it?")
    return said.format(day=i18n.day(one.did), step=title(one, atlas))


def answers(one: Taken) -> Mapping[Outcome, str]:
    """Return the answers to the question about a step."""
    return AGAIN if one.outcome is Outcome.GONE else ANSWERS


def after(one: Taken, outcome: Outcome, atlas: Atlas, today: date) -> After:
    """Return what follows from what came of a step. Nothing here promises that a step works."""
    if outcome is Outcome.GONE:
        return _gone(one, today)
    if outcome is Outcome.WAITING:
        due = max(one.due, today + WEEK)
        return After(
            (_("Look again on {day}.").format(day=i18n.day(due)),),
            (),
            one.model_copy(update={"due": due, "outcome": one.outcome or outcome}),
        )
    following = tuple(_next(one, atlas))
    lines = list(_remarks(one, outcome, atlas))
    if not following:
        lines.append(_("Ask your union, or Citizens Advice, what else there is."))
    due = today + (WEEK if following else MONTH)
    lines.append(_("It is kept as open. Look again on {day}, also if you do nothing.").format(day=i18n.day(due)))
    return After(tuple(lines), following, one.model_copy(update={"due": due, "outcome": outcome}))


def _gone(one: Taken, today: date) -> After:
    case = case_of(one)
    if case and "not_to_be_kept" in case.facts:
        return After((_(ladder.LINES["do_not_look"]), _(_OVER)), (), None)
    if one.outcome is Outcome.GONE:
        return After((_(_OVER),), (), None)
    due = today + MONTH
    lines = (
        _("Copies can stay, and it can be put up again. Look at search results too, because they can be older."),
        _("Look again on {day}.").format(day=i18n.day(due)),
    )
    return After(lines, (), one.model_copy(update={"due": due, "outcome": Outcome.GONE}))


def _next(one: Taken, atlas: Atlas) -> Iterator[Doable]:
    """Yield the next rungs of the ladder: those that the step itself names, or the routes of its case."""
    case = case_of(one)
    if _letter(one) is None:
        if route := atlas.routes.get(one.step):
            yield from map(of_route, ladder.rungs(case, route, atlas))
        return
    if case and case.place in atlas.places:
        yield from (of_route(route) for route in ladder.routes(case, atlas)[:2])


def _remarks(one: Taken, outcome: Outcome, atlas: Atlas) -> Iterator[str]:
    """Yield what is said before the next rungs: danger first, then what the letter says, then a reminder."""
    if (case := case_of(one)) and case.facts & {"danger", "child"}:
        yield from ladder.danger(case, atlas).lines
    letter = _letter(one)
    route = atlas.routes.get(one.step)
    if letter and not case:
        yield from (_(line) for line in letter.when_refused)
    formal = route is not None and route.way in _CAN_BE_REMINDED
    if outcome is Outcome.NOTHING and one.outcome is None and formal:
        yield _("You can remind them once: privacyaudit letter {letter}").format(letter=_REMINDER)


def _letter(one: Taken) -> Letter | None:
    if not one.step.startswith(OF_LETTER):
        return None
    name = one.step.removeprefix(OF_LETTER)
    return next((letter for letter in letters.letters() if letter.id == name), None)
