"""What to do about something that is out there: at most seven steps in order, from one case. Nothing is looked up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from privacyaudit import i18n
from privacyaudit.about_me import advice, words
from privacyaudit.about_me.case import Case
from privacyaudit.about_me.first_hour import first_hour
from privacyaudit.about_me.places import Atlas
from privacyaudit.i18n import N_, _
from privacyaudit.model import Author, Harm, Place, Risk, Route, Way

MOST_STEPS = 7
USUAL_DAYS = 14
_NEAR_DAYS = 7
_NEAR = {Author.FRIEND: "friend", Author.COLLEAGUE: "colleague"}


class Kind(StrEnum):
    """What a step is about, in the order in which steps are taken."""

    DANGER = "danger"
    FIRST_HOUR = "first_hour"
    OWN = "own"
    NOT = "not"
    PROOF = "proof"
    TELL = "tell"
    ASK = "ask"
    REPORT = "report"
    LETTER = "letter"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class Step:
    """One step: its title, what to do, the routes to take or to take next, a letter, and the day to look again."""

    kind: Kind
    title: str
    lines: tuple[str, ...]
    routes: tuple[Route, ...] = ()
    letter: str | None = None
    due: date | None = None


@dataclass(frozen=True)
class Plan:
    """The steps for a case."""

    case: Case
    place: Place
    steps: tuple[Step, ...]


def plan(case: Case, atlas: Atlas, today: date) -> Plan:
    """Return the steps for a case. Raises UsageError for a place that does not exist."""
    place = atlas.place(case.place)
    steps = tuple(_steps(case, atlas, routes(case, atlas), today))
    return Plan(case, place, steps)


def wait(route: Route) -> int:
    """Return for how many days to wait for an answer: those of the route itself, or the usual fortnight."""
    return route.days or USUAL_DAYS


def danger(case: Case, atlas: Atlas) -> Step:
    """Return the step that comes before any form, for somebody in danger or a child."""
    title = _("Somebody may be in danger: do this first") if case.danger else _("A child is in it: do this first")
    return Step(Kind.DANGER, title, tuple(advice.in_danger(case, atlas)))


def routes(case: Case, atlas: Atlas) -> tuple[Route, ...]:
    """Return the routes that fit a case, the best first: those for a child or for one's own first, where it is that."""
    every = atlas.at(case.place, case.harm)
    wanted = ["child"] if case.child else []
    wanted += ["mine", "others"] if case.mine else ["others"]
    found = [route for whose in wanted for route in every if route.whose == whose]
    return tuple(found or every)


def _steps(case: Case, atlas: Atlas, ways: tuple[Route, ...], today: date) -> Iterator[Step]:
    own = ways[0].whose == "mine"
    if case.risk is not Risk.NONE:
        yield danger(case, atlas)
    if case.sexual:
        card = first_hour(atlas, child=case.child)
        yield Step(Kind.FIRST_HOUR, card.title, (*card.lines, *card.helpers))
    if own:
        yield _own(ways)
    elif not case.sexual or case.work or case.pupils_side:
        yield Step(Kind.NOT, _("What not to do"), tuple(advice.not_to_do(case)))
    if not (case.sexual or case.author is Author.ME or case.harm is Harm.OLD_ACCOUNT):
        yield Step(Kind.PROOF, _("Keep proof"), tuple(advice.proof(case)))
    if lines := tuple(advice.tell(case, atlas)):
        letter = "head-note" if case.pupils_side else None
        yield Step(Kind.TELL, _("Tell people who can help"), lines, letter=letter)
    asked = _NEAR.get(case.author) if not (case.sexual or case.danger or own) else None
    if asked:
        yield _ask(asked, today + timedelta(days=_NEAR_DAYS))
    if not own:
        yield _report(ways)
    yield _follow_up(ways[0], atlas, today)


_KINDLY = (
    N_("Most people take it down when you ask. Send a short private message, without anger and without the law."),
    N_("Say which post you mean, what you would like (take it down, untag me, or only friends), and by when."),
    N_("Wait a week, and remind them once. Then report it."),
)


def _ask(letter: str, due: date) -> Step:
    lines = [_(line) for line in _KINDLY]
    lines.append(_("If you ask today, a week is over on {day}.").format(day=i18n.day(due)))
    return Step(Kind.ASK, _("Ask them to take it down"), tuple(lines), letter=letter, due=due)


def _own(ways: tuple[Route, ...]) -> Step:
    first = ways[0]
    return Step(Kind.OWN, _(first.title), tuple(words.route(first)), (first,), first.letter)


def _report(ways: tuple[Route, ...]) -> Step:
    first, *others = ways
    lines = list(words.route(first))
    for other in others[:1]:
        lines += [_("There is a second way: {title}").format(title=_(other.title)), *list(words.route(other))[:1]]
    kind = Kind.LETTER if first.way is Way.LETTER else Kind.REPORT
    return Step(kind, _(first.title), tuple(lines), tuple(ways[:2]), first.letter)


def _follow_up(first: Route, atlas: Atlas, today: date) -> Step:
    due = today + timedelta(days=wait(first))
    rungs = [atlas.routes[name] for name in first.refused]
    if first.whose == "mine":
        lines = [_("On {day}, look again in a private window, without signing in.").format(day=i18n.day(due))]
    else:
        lines = [
            _("Write down today what you sent, to which address, and the number of your report."),
            _("On {day}, look again. If it is gone, look for copies and search results too.").format(day=i18n.day(due)),
        ]
    if rungs:
        lines.append(_("If it is still there, or they said no, do this next:"))
        for rung in rungs:
            lines += [f"{_(rung.title)}. {_(rung.limits[0])} {next(words.route(rung))}"]
    else:
        lines.append(
            _("If it is still there, or they said no, ask your union, or Citizens Advice, what else there is.")
        )
    title = _("Look again on {day}").format(day=i18n.day(due))
    return Step(Kind.FOLLOW_UP, title, tuple(lines), tuple(rungs), due=due)
