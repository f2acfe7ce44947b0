"""How long an audit takes a person, by the model of `privacyaudit/effort.py`: nothing is timed.

The person is a teacher with Facebook, Instagram, WhatsApp and TikTok. The way to the first question is what the program
shows before it; the rest is worked out from the checklists, as the program works out the minutes that it
promises. Beside it stands the program as it was before it went by screen, by the same model: a title, why, the way on
each device, the question, its answers and the moves at every question, and all advice at the end.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from unittest.mock import patch

from benchmarks.bench_measure import Figure, Part
from privacyaudit import effort
from privacyaudit.catalogue import loading
from privacyaudit.cli.commands import audit
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.prompts.plain import PlainPrompter
from privacyaudit.cli.prompts.sentences import Choices
from privacyaudit.plan import Item, Plan, plan
from privacyaudit.readers.questions import Visit
from privacyaudit.walk import aim, stops
from tests.support import in_process

ROLE = "teacher"
SERVICES = ("facebook", "instagram", "whatsapp", "tiktok")
TICKED_BEFORE = ("everyday", "texting")
MINUTES_SAID_BEFORE = 189
MOVES_BEFORE = (
    "Choose with ↑ and ↓, or type a key. Then press Enter. o Open the page in your browser d I don't know s Skip b Back"
    " q Stop and continue later"
)
PROGRESS_BEFORE = "Facebook · 1 of 161, about 189 minutes left The aim:"
TYPED = ("f ", "i ", "w ", "ti ")
"""What finds and marks the four services in the list: the beginnings of their names, and Space."""
HINTS = (
    "Press a key, or choose with ↑ and ↓ and Enter.",
    "31 to choose from. Type to find one. Space marks it. Press Enter when done.",
)
KEYS, KEYS_BEFORE = 5, 4
"""Keys before the first question, besides those that name the services: 2, Enter, Enter, Enter and 2 for who it is,
the end of the list, nothing private, ten minutes and an iPhone; before, 2, Enter, Enter and Enter."""
MOST_SHORT, MOST_FULL, MOST_KEYS, MOST_FIRST, MOST_ADVICE = 8, 60, 6, 60, 120


def measure() -> Part:
    """Work out the times of both."""
    short, full = _plan(SERVICES, quick=True), _plan(SERVICES)
    old = _plan((*TICKED_BEFORE, *SERVICES))
    begin, begin_before = seconds_to_first_question(), seconds_to_first_question_before()
    before, before_short = seconds_before(old.items), seconds_before(_plan(old.sites, quick=True).items)
    figures = (
        _minutes("the short way", seconds(short), before_short, MOST_SHORT),
        _minutes("everything, without changes", seconds(full), before, MOST_FULL),
        _figure("keys to the first question", KEYS, KEYS_BEFORE, "", MOST_KEYS),
        _figure("to the first question", begin, begin_before, " s", MOST_FIRST),
        _figure("to the first advice", begin + seconds_to_advice(short), begin_before + before, " s", MOST_ADVICE),
    )
    sizes = (
        f"{len(short.items)} questions, or {len(full.items)} on {len(stops(full.items, ROLE))} screens; before,"
        f" {len(old.items)} questions, and {MINUTES_SAID_BEFORE} minutes were said"
    )
    named = "keys: besides those that name the services; seconds: with those, by the beginnings of their names"
    return Part(figures, (sizes, named))


def seconds(of: Plan) -> float:
    """Return how long all questions of a plan take, screen by screen."""
    return sum(stop.seconds for stop in stops(of.items, of.role))


def seconds_to_first_question() -> float:
    """Return how long it takes to read and answer what comes before the first question."""
    newcomer = _Newcomer()
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.dict(os.environ, {"PRIVACYAUDIT_STATE": folder}),
        patch.object(audit, "at_terminal", lambda **_kind: newcomer),
    ):
        done = in_process.run("audit", "--no-open", "--no-keep", "--out", str(Path(folder) / "out"))
    return effort.reading(*newcomer.shown, done.stdout, *HINTS) + (KEYS + len("".join(TYPED))) * effort.KEY_S


class _Newcomer(Person):
    """Somebody who notes what they are shown before the first screen, and leaves there."""

    def __init__(self) -> None:
        super().__init__(PlainPrompter())
        self.shown: list[str] = []
        self._picks = iter((ROLE, "quick", "iphone"))

    def choose_one(self, question: str, choices: Choices, *, chosen: str | None = None) -> str:
        self.shown += [question, *(label for _value, label in choices)]
        return next(self._picks)

    def choose_many(
        self,
        question: str,
        choices: Choices,
        *,
        chosen: Collection[str] = (),
        headings: Mapping[str, str] | None = None,
    ) -> list[str]:
        self.shown.append(question)
        return list(SERVICES)

    def confirm(self, question: str, default: bool) -> bool:
        self.shown += [question, "Yes No"]
        return False

    def arrive(self, visit: Visit) -> None:
        raise KeyboardInterrupt


def seconds_to_advice(of: Plan) -> float:
    """Return how long it takes from the first question to the steps of the first change, on the first screen."""
    [first, *_rest] = stops(of.items, of.role)
    wrong = next(item.check for item in first.items if aim(item.check, of.role))
    return first.seconds + effort.reading(*wrong.fix)


def seconds_before(items: Iterable[Item]) -> float:
    """Return how long the questions took in the order of the checklists, each with all that was shown then."""
    total, here = 0.0, None
    for item in items:
        check, screen = item.check, item.checklist.screen(item.check)
        way = item.checklist.where(check)
        shown = [
            check.title,
            check.why,
            check.question,
            way.web or "",
            *way.menu,
            *(way.ios or ()),
            *(way.android or ()),
        ]
        shown += [PROGRESS_BEFORE, MOVES_BEFORE, *(option.label for option in check.options)]
        total += effort.reading(*shown) + effort.LOOK_S + 2 * effort.KEY_S
        total += 0 if screen is here else effort.opening(screen)
        here = screen
    return total


def seconds_to_first_question_before() -> float:
    """Return how long the questions of before took: roles with their summaries, the list, and the plan."""
    catalogue = loading.catalogue()
    roles = [f"{role.name}. {role.summary}" for role in catalogue.roles]
    names = [one.checklist.platform.name for one in catalogue.loaded.values() if one.checklist.platform.group != "demo"]
    plan_shown = ["Facebook: 40 checks, about 40 min"] * (len(SERVICES) + len(TICKED_BEFORE))
    return effort.reading(*roles, *names, *plan_shown) + (KEYS_BEFORE + len(SERVICES)) * effort.KEY_S


def _plan(services: Iterable[str], *, quick: bool = False) -> Plan:
    catalogue = loading.catalogue()
    return plan([catalogue.checklist(name) for name in services], ROLE, {}, quick=quick)


def _minutes(name: str, ours: float, theirs: float, most: float) -> Figure:
    return _figure(name, ours / 60, theirs / 60, " min", most)


def _figure(name: str, ours: float, theirs: float, unit: str, most: float) -> Figure:
    written = [f"{value:.0f}{unit}" if unit != " min" else f"{value:.1f}{unit}" for value in (ours, theirs)]
    return Figure(name, written[0], "before", written[1], ours / theirs, within=(ours, most))
