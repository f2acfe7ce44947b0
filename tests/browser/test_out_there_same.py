"""The page makes the same steps, letters and searches as the terminal, in every case."""

from __future__ import annotations

import json
import random
import re
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.about_me import documents, found, ladder, leads, letters, occasions, places, searches, typed
from privacyaudit.about_me.case import Case
from privacyaudit.about_me.first_hour import first_hour
from privacyaudit.about_me.found import Answer
from privacyaudit.about_me.occasions import Reply
from privacyaudit.about_me.rules import IN_THE_PROGRAM
from privacyaudit.about_me.searches import ASKED, Words
from privacyaudit.catalogue import loading
from privacyaudit.errors import UsageError
from privacyaudit.model import Author, Found, Harm, Risk, Word
from privacyaudit.model.letter import Blank, Fills, Letter
from tests.support.chromium import chromium
from tests.support.letters import NAMES, PAGES, SCRIPTS
from tests.support.out_there import TODAY, page
from tests.support.page_in_browser import functions

if TYPE_CHECKING:
    from playwright.sync_api import Browser, JSHandle

pytestmark = pytest.mark.browser

browser = pytest.fixture(scope="module")(chromium)
FUNCTIONS = (
    "stepsFor, dangerStep, helpAtOnce, firstHour, placesFor, todosOf, leftOf, write, asText, remarkOn, valuesIn, "
    "searchesFor, theShort, toDo, known"
)
DAY = "new Date(2026, 10, 30)"


@pytest.fixture(scope="module")
def its(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> JSHandle:
    return functions(browser, page(), tmp_path_factory.mktemp("page"), FUNCTIONS)


# -- steps -----------------------------------------------------------------------------------------


def test_every_case_gets_the_same_steps(its: JSHandle) -> None:
    """Steps are told once each, and a plan as the numbers of its steps: there are more than 50,000 cases."""
    atlas = places.atlas()
    cases = [Case(*one) for one in product(Harm, atlas.places, Author, (False, True), Risk)]
    told = its.evaluate(
        f"""(its, cases) => {{
          const steps = new Map();
          const numberOf = (step) => {{
            const text = JSON.stringify([step.kind, step.title, step.lines, step.letter]);
            if (!steps.has(text)) steps.set(text, steps.size);
            return steps.get(text);
          }};
          const plans = cases.map(([harm, place, author, work, risk]) =>
            its.stepsFor({{ harm, place, author, work, risk }}, {DAY}).map(numberOf));
          return {{ plans, steps: [...steps.keys()] }};
        }}""",
        [[one.harm, one.place, one.author, one.work, one.risk] for one in cases],
    )
    steps = [json.loads(step) for step in told["steps"]]
    assert len(told["plans"]) == len(cases) > 50_000
    routes = {(harm, place): atlas.at(place, harm) for harm in Harm for place in atlas.places}
    known: dict[tuple[object, ...], list[list[object]]] = {}
    for case, plan in zip(cases, told["plans"], strict=True):
        key = (case.harm, routes[case.harm, case.place], case.author, case.work, case.risk)
        if key not in known:  # places with the same routes have the same steps
            planned = ladder.plan(case, atlas, TODAY).steps
            known[key] = [[step.kind, step.title, _lines_of(step), step.letter] for step in planned]
        assert [steps[number] for number in plan] == known[key], case


def _lines_of(step: ladder.Step) -> list[str]:
    """Return what a page says of a step: it cannot keep proof."""
    return [line for line in step.lines if line != IN_THE_PROGRAM]


def test_every_day_is_written_in_the_same_way(its: JSHandle) -> None:
    case = Case(Harm.FAKE_ACCOUNT, "tiktok")
    days = [date(2026, 1, 30), date(2026, 12, 31), date(2027, 2, 27), date(2028, 2, 28), date(2026, 3, 28)]
    titles = its.evaluate(
        """(its, days) => days.map(([year, month, day]) => its.stepsFor({ harm: "fake_account", place: "tiktok",
          author: "unknown", work: false, risk: "none" }, new Date(year, month - 1, day)).at(-1).title)""",
        [[day.year, day.month, day.day] for day in days],
    )
    assert titles == [ladder.plan(case, places.atlas(), day).steps[-1].title for day in days]


def test_danger_the_first_hour_and_the_places_are_the_same(its: JSHandle) -> None:
    atlas = places.atlas()
    for risk in Risk:
        told = its.evaluate("(its, risk) => its.dangerStep(risk)", risk)
        step = ladder.danger(Case(Harm.POST, "anywhere", risk=risk), atlas)
        assert told is None if risk is Risk.NONE else [told["title"], *told["lines"]] == [step.title, *step.lines]
    for harm, risk in product(Harm, Risk):
        told = its.evaluate("(its, [harm, risk]) => its.helpAtOnce(harm, risk)", [harm, risk])
        assert told == ladder.at_once(Case(harm, "anywhere", risk=risk), atlas)
    for child in (True, False):
        card = first_hour(atlas, child=child)
        told = its.evaluate("(its, child) => its.firstHour(child)", child)
        assert told == {"title": card.title, "lines": list(card.lines), "helpers": list(card.helpers)}
    for harm in Harm:
        told = its.evaluate("(its, harm) => its.placesFor(harm)", harm)
        assert told == [[place.id, place.name] for place in atlas.places_for(harm)]


# -- short walks -----------------------------------------------------------------------------------


def test_a_short_walk_has_the_same_tasks_and_the_same_days(its: JSHandle) -> None:
    atlas, catalogue, chance = places.atlas(), loading.catalogue(), random.Random(1)
    have = leads.known(catalogue, atlas, commands=False)
    services = [one[0] for one in its.evaluate("(its) => its.known().walks.services")]
    assert len(services) > 30
    for number, occasion in product(range(40), occasions.every()):
        used = [one for one in services if chance.random() < number / 40]
        made = occasions.steps(occasion, used, have, TODAY)
        replies = [chance.choice(list(Reply)) for _step in made]
        told = its.evaluate(
            f"""(its, [id, used, replies]) => {{
              const walk = its.known().walks.walks.find((one) => one.id === id);
              const made = its.todosOf(walk, used, {DAY});
              return {{ made, about: walk.about, left: its.leftOf(made, replies, {DAY}) }};
            }}""",
            [occasion.id, used, replies],
        )
        assert [[one["title"], one["minutes"], one["waits"], one["lines"]] for one in told["made"]] == [
            [step.title, step.minutes, step.waits, list(step.lines)] for step in made
        ]
        assert told["about"] == list(occasions.about(occasion, atlas))
        assert told["left"] == list(occasions.left(made, replies, TODAY) or [occasions.NOTHING_LEFT])
        assert not re.search(r"privacyaudit (?!letter )", "\n".join(line for step in made for line in step.lines))


# -- letters ---------------------------------------------------------------------------------------

AWKWARD = (
    *NAMES,
    *PAGES,
    *SCRIPTS,
    "",
    "   ",
    "ends with a stop...",
    "a\tb\u00a0c\u2028d\u200fe\ufefff\u0000g\u3000h",
    "$& $1 $` {today} {pages}",
    "remove",
    "name",
    "x" * 1_001,
)


def _filled(one: Letter, rng: random.Random) -> dict[str, list[str]]:
    return {blank.id: _lines(blank, rng) for blank in letters.blanks_of(one) if rng.random() < 0.8}


def _lines(blank: Blank, rng: random.Random) -> list[str]:
    if blank.choices and rng.random() < 0.8:
        return [rng.choice(blank.choices).id]
    return rng.choices(AWKWARD, k=rng.randint(0, 4) if blank.many else 1)


def test_every_letter_reads_the_same_whatever_is_typed(its: JSHandle) -> None:
    rng = random.Random(17)
    asked = [(one, _filled(one, rng)) for one in letters.letters() for _time in range(25)]
    told = its.evaluate(
        f"""(its, asked) => asked.map(([id, filled]) => {{
          const written = its.write(its.known().letters.letters[id], filled, {DAY});
          return [its.asText(written), written.left];
        }})""",
        [[one.id, filled] for one, filled in asked],
    )
    for (one, filled), (text, left) in zip(asked, told, strict=True):
        written = letters.write(one, filled, TODAY)
        assert text == documents.text(written), (one.id, filled)
        assert left == [blank.id for blank in written.left]


def test_what_is_odd_about_a_line_is_said_in_the_same_words(its: JSHandle) -> None:
    lines = [*AWKWARD, "a@x.sch.uk", "A@X.GOV.UK", "https://[::1]:80/a", "http://a:99999/", "https://a:b/", "HTTPS://A"]
    for blank in {blank.fills: blank for blank in letters.blanks()}.values():
        told = its.evaluate(
            "(its, [id, lines]) => lines.map((line) => its.remarkOn(its.known().letters.blanks[id], line))",
            [blank.id, lines],
        )
        assert told == [_remark(blank, line) for line in lines], blank.id
    assert {blank.fills for blank in letters.blanks()} >= {Fills.LINE, Fills.PRIVATE, Fills.ADDRESSES}


def _remark(blank: Blank, line: str) -> str:
    cleaned = typed.clean(line)
    return typed.too_long(cleaned) or typed.remark(blank, cleaned) or ""


# -- searches --------------------------------------------------------------------------------------

LINES = (
    "Canary O’Finch",
    "canary o'finch, Canary  O‘Finch",
    "Siân “Bird” Ŵyn-Jones, Jane; J. R.،李",
    "ABC, abc, Abc, D",
    "Straße, STRASSE",
    "a, b, c, d",
    ".., .",
    "@finch",
    "finch/..",
    "https://x.example",
    "07700 900 123, (0)1248-35",
    "+44 (0)7700 900123, 0044 7700 900123",
    "7700900123, 12345",
    "a@b.example, no",
    "x" * 201,
    "a\u200fb",
    "a\u001cb",
    "a\ufeffb",
    "()!*'~ &=#?%+ é 💛",
    '"; --',
    "",
    " , ; ",
)


def test_what_is_typed_is_taken_and_refused_in_the_same_way(its: JSHandle) -> None:
    asked = [[kind, line] for kind in ASKED for line in LINES]
    told = its.evaluate("(its, asked) => asked.map(([kind, line]) => its.valuesIn(kind, line))", asked)
    for (kind, line), one in zip(asked, told, strict=True):
        values, wrong = _typed(Word(kind), line)
        assert one["values"] == list(values), (kind, line)
        assert one["wrong"] == wrong, (kind, line)


def _typed(kind: Word, line: str) -> tuple[tuple[str, ...], str]:
    try:
        return searches.typed(kind, line), ""
    except UsageError as error:
        return (), error.what


def test_the_same_words_make_the_same_searches_and_addresses(its: JSHandle) -> None:
    rng = random.Random(18)
    heaps: list[dict[Word, tuple[str, ...]]] = [
        {kind: _typed(kind, rng.choice(LINES))[0] for kind in ASKED if rng.random() < 0.7} for _time in range(150)
    ]
    told = its.evaluate(
        """(its, heaps) => heaps.map((words) => {
          const planned = its.searchesFor(words);
          const short = its.theShort(planned);
          return planned.map((one) => [one.search.id, one.query, one.address, short.includes(one)]);
        })""",
        [{kind: list(values) for kind, values in heap.items()} for heap in heaps],
    )
    for heap, one in zip(heaps, told, strict=True):
        planned = searches.plan(Words(heap), searches.every())
        short = searches.short(planned)
        assert one == [[each.search.id, each.query, each.address, each in short] for each in planned], heap
    assert max(map(len, told)) > 40


def test_what_was_found_comes_in_the_same_order(its: JSHandle) -> None:
    rng = random.Random(19)
    planned = searches.plan(Words({Word.NAME: ("Finch",)}), searches.every())
    for _time in range(30):
        some = [Answer(one, {kind: rng.randint(1, 3) for kind in Found if rng.random() < 0.4}) for one in planned]
        told: list[Any] = its.evaluate(
            """(its, some) => {
              const planned = its.searchesFor({ name: ["Finch"] });
              return its.toDo(some.map((found, place) => ({ planned: planned[place], found })))
                .map((one) => [one.planned.search.id, one.kind, one.count]);
            }""",
            [dict(one.found) for one in some],
        )
        wanted = [[one.planned.search.id, one.found, one.count] for one in found.to_do(some, {})]
        assert told == wanted
