"""What to do about something that is out there: at most seven steps in order, from one case. Nothing is looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta

from privacyaudit import i18n
from privacyaudit.about_me import words
from privacyaudit.about_me.case import Case
from privacyaudit.about_me.places import Atlas
from privacyaudit.about_me.rules import DANGER, STAGES, Kind, Stage, fitting, holds
from privacyaudit.i18n import N_, _
from privacyaudit.model import Place, Route, Way

MOST_STEPS = 7
USUAL_DAYS = 14
NEAR_DAYS = 7
FOR_SEXUAL = "website.intimate"
"""The route of the helpline that gets a sexual picture of a grown-up off a site."""

AT_ONCE = "intimate-images"
"""The helpline for a sexual picture of a grown-up."""

LINES: Mapping[str, str] = {
    "second_way": N_("There is a second way: {title}"),
    "look_again_own": N_("On {day}, look again in a private window, without signing in."),
    "write_down": N_("Write down today what you sent, to which address, and the number of your report."),
    "look_again": N_("On {day}, look again. If it is gone, look for copies and search results too."),
    "refused": N_("If it is still there, or they said no, do this next:"),
    "nothing_else": N_(
        "If it is still there, or they said no, ask your union or Citizens Advice what else you can do."
    ),
    "follow_up": N_("Look again on {day}"),
    "ask_again": N_("Ask again on {day}"),
    "told_whom": N_("Write down today who you told, and the number of your report."),
    "what_was_done": N_("On {day}, ask your safeguarding lead what has been done."),
    "do_not_look": N_("Do not look for the picture again. The Internet Watch Foundation and the police can do that."),
}
"""What is said of a route and of the day after it, by name."""

ASK_AGAIN = ("told_whom", "what_was_done", "do_not_look")
"""What is said of the day after, where nobody may look for it."""

WRITTEN = (Way.LETTER, Way.EMAIL)
"""The ways in which somebody writes to a site, and says there what is in a picture."""


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
    return told(DANGER, case.facts, atlas)


def at_once(case: Case, atlas: Atlas) -> str:
    """Return who helps with a sexual picture of a grown-up, said as soon as it is known to be one; else nothing."""
    facts = case.facts
    return words.helper(atlas.helpers[AT_ONCE]) if "sexual" in facts and "child" not in facts else ""


def told(stage: Stage, facts: AbstractSet[str], atlas: Atlas) -> Step:
    """Return a step that its rules make for a case."""
    lines = _said(stage, facts, atlas)
    letter = next((letter for when, letter in stage.letters.items() if holds(when, facts)), None)
    return Step(stage.kind, _(next(fitting(stage.titles, facts)).line), lines, letter=letter)


def _said(stage: Stage, facts: AbstractSet[str], atlas: Atlas) -> tuple[str, ...]:
    return tuple(
        _(rule.line) if rule.line else words.helper(atlas.helpers[rule.helper]) for rule in fitting(stage.rules, facts)
    )


def routes(case: Case, atlas: Atlas) -> tuple[Route, ...]:
    """Return the routes that fit a case, the best first: those for a child or for one's own first, where it is that."""
    every = atlas.at(case.place, case.harm)
    facts = case.facts
    wanted = ["child"] if "child" in facts else []
    wanted += ["mine", "others"] if "mine" in facts else ["others"]
    found = [route for whose in wanted for route in every if route.whose == whose]
    return tuple(found or every)


def _steps(case: Case, atlas: Atlas, ways: tuple[Route, ...], today: date) -> Iterator[Step]:
    first = ways[0]
    facts = (
        case.facts | ({"own"} if first.whose == "mine" else set()) | ({"written"} if first.way in WRITTEN else set())
    )
    asked = any(stage.kind is Kind.ASK and holds(stage.when, facts) for stage in STAGES)
    for stage in STAGES:
        if not holds(stage.when, facts):
            continue
        if stage.kind is Kind.OWN:
            yield _own(first, _said(stage, facts, atlas))
        elif stage.kind is Kind.REPORT:
            yield _report(ways, _said(stage, facts, atlas))
        elif stage.kind is Kind.FOLLOW_UP and "not_to_be_kept" in facts:
            yield _ask_again(first, today)
        elif stage.kind is Kind.FOLLOW_UP:
            yield _follow_up(case, first, atlas, today + timedelta(days=NEAR_DAYS) if asked else today)
        elif (step := told(stage, facts, atlas)).lines:
            yield replace(step, due=today + timedelta(days=NEAR_DAYS)) if stage.kind is Kind.ASK else step


def _own(first: Route, before: tuple[str, ...]) -> Step:
    return Step(Kind.OWN, _(first.title), (*before, *words.route(first)), (first,), first.letter)


def _report(ways: tuple[Route, ...], before: tuple[str, ...]) -> Step:
    first, *others = ways
    lines = [*before, *words.route(first)]
    for other in others[:1]:
        lines += [_(LINES["second_way"]).format(title=_(other.title)), *list(words.route(other))[:1]]
    kind = Kind.LETTER if first.way is Way.LETTER else Kind.REPORT
    return Step(kind, _(first.title), tuple(lines), tuple(ways[:2]), first.letter)


def _ask_again(first: Route, today: date) -> Step:
    """Return the last step for a sexual picture of somebody under 18: it sends nobody back to it."""
    due = today + timedelta(days=wait(first))
    lines = tuple(_(LINES[name]).format(day=i18n.day(due)) for name in ASK_AGAIN)
    return Step(Kind.FOLLOW_UP, _(LINES["ask_again"]).format(day=i18n.day(due)), lines, due=due)


def rungs(case: Case | None, first: Route, atlas: Atlas) -> tuple[Route, ...]:
    """Return the routes to take where one was refused; for a sexual picture, the helpline for those."""
    sexual = case is not None and holds("sexual !child", case.facts) and first.id != FOR_SEXUAL
    return tuple(atlas.routes[name] for name in ((FOR_SEXUAL,) if sexual else first.refused))


def _follow_up(case: Case, first: Route, atlas: Atlas, reported: date) -> Step:
    due = reported + timedelta(days=wait(first))
    found = rungs(case, first, atlas)
    said = ["look_again_own"] if first.whose == "mine" else ["write_down", "look_again"]
    said.append("refused" if found else "nothing_else")
    lines = [_(LINES[name]).format(day=i18n.day(due)) for name in said]
    lines += [rung_in_words(rung) for rung in found]
    title = _(LINES["follow_up"]).format(day=i18n.day(due))
    return Step(Kind.FOLLOW_UP, title, tuple(lines), found, due=due)


def in_full(step: Step) -> tuple[str, ...]:
    """Return what a step says, with the letter that goes with it where no line of it names that."""
    ready = _("Ready words for it: privacyaudit letter {letter}").format(letter=step.letter)
    named = step.letter is None or any(line.endswith(f"privacyaudit letter {step.letter}") for line in step.lines)
    return step.lines if named else (*step.lines, ready)


def rung_in_words(rung: Route) -> str:
    """Say what a route does that is taken after another one was refused."""
    return f"{_(rung.title)}. {_(rung.limits[0])} {next(words.route(rung))}"
