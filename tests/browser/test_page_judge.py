"""The page has no second judge and no second rule: its own functions, in a real browser, say what the program says."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit import effort, i18n
from privacyaudit.catalogue import loading
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.model import Verdict
from privacyaudit.offline import handout
from privacyaudit.offline.page import build
from privacyaudit.over_time.due import add_months
from privacyaudit.plan import QUICK_MOST, _in_turns, plan
from privacyaudit.report.headline import Headline, headline
from privacyaudit.walk import seconds, stops
from tests.support import pseudo
from tests.support.chromium import chromium
from tests.support.page_in_browser import functions

if TYPE_CHECKING:
    from playwright.sync_api import Browser, JSHandle

pytestmark = pytest.mark.browser

FUNCTIONS = (
    "verdictFor, headline, inTurns, asked, stops, secondsLeft, minutesOf, readPlatforms, dayToLookAgain, dayInWords,"
    " toShare"
)
EVERY_VERDICT = """page => {
  const verdicts = {};
  for (const article of document.querySelectorAll("[data-check]")) {
    for (const option of article.querySelectorAll("[data-option]")) {
      for (const radio of document.querySelector("template#names").content.querySelectorAll("[data-role]")) {
        const role = radio.dataset.role;
        verdicts[[article.dataset.check, option.dataset.option, role].join(" ")] = page.verdictFor(option, role);
      }
    }
  }
  return verdicts;
}"""


@pytest.fixture(scope="module", name="browser")
def _browser() -> Iterator[Browser]:
    yield from chromium()


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return loading.catalogue()


@pytest.fixture(scope="module")
def everything(known: Catalogue) -> str:
    """The page of every platform, also the demo's, for every role."""
    return build(known, list(known.loaded))


@pytest.fixture(scope="module")
def its(browser: Browser, everything: str, tmp_path_factory: pytest.TempPathFactory) -> JSHandle:
    return functions(browser, everything, tmp_path_factory.mktemp("page"), FUNCTIONS)


# -- verdicts --------------------------------------------------------------------------------------


def programs(known: Catalogue) -> dict[str, str]:
    return {
        f"{check.id} {option.id} {role.id}": option.verdict_for(role.id).value
        for one in known.loaded.values()
        for check in one.checklist.checks
        for option in check.options
        for role in known.roles
    }


def test_every_option_of_every_check_means_the_same_in_every_role(its: JSHandle, known: Catalogue) -> None:
    wanted = programs(known)
    assert len(wanted) > 580 * 2 * 6
    assert len({key.split()[0] for key in wanted}) >= 580
    assert set(wanted.values()) == {"pass", "fail", "choice", "not_applicable"}
    assert its.evaluate(EVERY_VERDICT) == wanted


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        (r'data-verdict="pass"', 'data-verdict="fail"', 7),
        (r'data-verdict="default:fail councillor:choice', 'data-verdict="default:fail councillor:pass', 1),
        (r'data-verdict="default:fail ', 'data-verdict="default:pass ', None),
    ],
)
def test_one_verdict_that_is_altered_in_the_page_is_found(
    browser: Browser, known: Catalogue, everything: str, tmp_path: Path, old: str, new: str, changed: int | None
) -> None:
    html, count = re.subn(old, new, everything, count=1)
    assert count == 1
    said: dict[str, str] = functions(browser, html, tmp_path, FUNCTIONS).evaluate(EVERY_VERDICT)
    wanted = programs(known)
    differing = [key for key in wanted if said[key] != wanted[key]]
    assert len({key.rsplit(" ", 1)[0] for key in differing}) == 1
    assert differing
    assert changed is None or len(differing) == changed


# -- the headline ----------------------------------------------------------------------------------

MIXES = [
    dict(zip(("fail", "choice", "unknown", "not_reached", "pass", "not_applicable"), mix, strict=True))
    for mix in itertools.product((0, 1, 2, 13), repeat=6)
]


def said_of(not_reached: int, unknown: int, **others: int) -> Headline:
    counts = {Verdict(verdict): count for verdict, count in others.items()}
    return headline({**counts, Verdict.UNKNOWN: unknown + not_reached}, not_reached)


def programs_headlines() -> list[list[str]]:
    said = [said_of(**mix) for mix in MIXES]
    return [[one.form.value, one.sentence] for one in said]


JS_HEADLINES = "(page, mixes) => mixes.map(mix => page.headline(mix)).map(said => [said.form, said.sentence])"


def test_the_headline_is_the_programs_for_every_mix_of_answers(its: JSHandle) -> None:
    wanted = programs_headlines()
    assert {form for form, _sentence in wanted} == {"change", "unsure", "fine"}
    assert its.evaluate(JS_HEADLINES, MIXES) == wanted


def test_the_headline_is_the_programs_in_a_language_with_three_forms_for_numbers(
    browser: Browser, known: Catalogue, tmp_path: Path
) -> None:
    po = pseudo.words().decode().replace('msgstr[2] "', 'msgstr[2] "2: ')
    pseudo.install(tmp_path / "locale", po.encode())
    with pseudo.locale(tmp_path / "locale"):
        i18n.use(pseudo.LANGUAGE)
        wanted = programs_headlines()
        html = build(known, ["facebook", "everyday"])
    assert any("2: " in sentence for _form, sentence in wanted)
    assert functions(browser, html, tmp_path, FUNCTIONS).evaluate(JS_HEADLINES, MIXES) == wanted


# -- which checks are asked ------------------------------------------------------------------------

WALKED = """(page, [role, platforms, time, most]) => {
  const session = { role, platforms, time, answers: {}, open: {} };
  const read = page.readPlatforms(document.querySelector("#sheet"));
  const way = page.stops(session, read, most);
  const checks = way.map(stop => stop.checks.map(check => check.id));
  return [checks, page.minutesOf(page.secondsLeft(session, way))];
}"""


def walked(known: Catalogue, names: Iterable[str], role: str, *, quick: bool = False) -> list[Any]:
    items = plan([known.checklist(name) for name in names], role, {}, quick=quick).items
    way = stops(items, role)
    return [[[item.check.id for item in stop.items] for stop in way], effort.minutes(seconds(items, role))]


@pytest.fixture(scope="module")
def offered(browser: Browser, known: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> tuple[JSHandle, list[str]]:
    """The page on which services are chosen, and their order in a plan."""
    html = build(known)
    positions = re.findall(r'data-platform="([^"]+)" [^>]*?data-position="(\d+)"', html)
    names = [name for name, _position in sorted(positions, key=lambda one: int(one[1]))]
    return functions(browser, html, tmp_path_factory.mktemp("offered"), FUNCTIONS), names


def test_the_page_walks_as_the_program_does_in_every_role_with_the_same_minutes(
    offered: tuple[JSHandle, list[str]], known: Catalogue
) -> None:
    page, names = offered
    picks = random.Random(5)
    for role in known.roles:
        for size in (1, 2, 3, 4, 6, 13, len(names)):
            chosen = sorted(picks.sample(names, size), key=names.index)
            said = page.evaluate(WALKED, [role.id, chosen, "full", QUICK_MOST])
            assert said == walked(known, chosen, role.id)
            said = page.evaluate(WALKED, [role.id, chosen, "quick", QUICK_MOST])
            assert said == walked(known, chosen, role.id, quick=True)
        assert page.evaluate(WALKED, [role.id, names, names[3], QUICK_MOST]) == walked(known, [names[3]], role.id)


def test_the_sheets_have_the_order_of_a_short_walk_through_all_services(
    offered: tuple[JSHandle, list[str]], known: Catalogue
) -> None:
    page, names = offered
    for role in known.roles:
        html = handout.sheets(known, names, role=role.id)
        titles = [unescape(title) for title in re.findall("<h4>(.*?) <small>", html)]
        way, _minutes = page.evaluate(WALKED, [role.id, names, "quick", 1000])
        assert [known.check(check)[1].title for stop in way for check in stop] == titles


def test_a_quick_page_walks_as_a_quick_audit(browser: Browser, known: Catalogue, tmp_path: Path) -> None:
    names = ["facebook", "everyday", "whatsapp", "x"]
    page = functions(browser, build(known, names, quick=True), tmp_path, FUNCTIONS)
    for role in known.roles:
        said = page.evaluate(WALKED, [role.id, names, "quick", QUICK_MOST])
        assert said == walked(known, names, role.id, quick=True)


def test_turns_are_the_programs_for_any_number(offered: tuple[JSHandle, list[str]], known: Catalogue) -> None:
    page, names = offered
    some = sorted(["wikipedia", "facebook", "signal"], key=names.index)
    items = [i for i in plan([known.checklist(name) for name in some], "everyone", {}).items if i.check.essential]
    for most in (0, 1, 3, 4, 30, 1000):
        way, _minutes = page.evaluate(WALKED, ["everyone", some, "quick", most])
        kept = {check for stop in way for check in stop}
        assert kept == {item.check.id for item in _in_turns(items, most)}


# -- what is shared --------------------------------------------------------------------------------

SHARE = "(page, [first, answers, sharing]) => page.toShare({ first, answers }, [{ id: 'a' }, { id: 'b' }], sharing)"


@pytest.mark.parametrize(
    ("first", "answers", "sharing", "wanted"),
    [
        ({}, {}, {}, None),
        ({"a": "x"}, {"a": "x"}, {}, {"phase": "before", "answers": {"a": "x"}}),
        ({"a": "x", "c": "x"}, {"a": "x", "c": "y"}, {}, {"phase": "before", "answers": {"a": "x"}}),
        ({"a": "x"}, {"a": "y"}, {}, {"phase": "after", "answers": {"a": "y"}, "earlier": {"a": "x"}}),
        ({"a": "x"}, {"a": "x"}, {"before": {"a": "x"}}, None),
        (
            {"a": "w"},
            {"a": "y", "b": "z"},
            {"before": {"a": "x"}},
            {"phase": "after", "answers": {"a": "y", "b": "z"}, "earlier": {"a": "x"}},
        ),
        ({"a": "x"}, {"a": "z"}, {"before": {"a": "x"}, "after": {"a": "y"}}, None),
    ],
)
def test_what_is_offered_to_be_shared_is_new_and_about_what_was_asked(
    its: JSHandle, first: Any, answers: Any, sharing: Any, wanted: Any
) -> None:
    both = {"before": None, "after": None} | sharing
    assert its.evaluate(SHARE, [first, answers, both]) == wanted


# -- when to look again ----------------------------------------------------------------------------

AGAIN = """(page, [months, year, month, day, hour]) => {
  const found = page.dayToLookAgain(months, new Date(year, month - 1, day, hour, 20));
  return [found.getFullYear(), found.getMonth() + 1, found.getDate(), page.dayInWords(found)];
}"""


@pytest.mark.parametrize("months", [1, 2, 3, 6, 12])
@pytest.mark.parametrize("hour", [0, 23])
def test_the_day_to_look_again_is_counted_on_the_wall_and_one_that_every_month_has(
    its: JSHandle, months: int, hour: int
) -> None:
    some = (date(2026, 1, 31), date(2026, 8, 29), date(2027, 11, 30), date(2028, 2, 29), date(2026, 12, 5))
    for day in (*some, date(2026, 3, 29), date(2026, 10, 25), date(2026, 7, 1)):
        later = add_months(day, months)
        wanted = later.replace(day=min(later.day, 28))
        year, month, number, said = its.evaluate(AGAIN, [months, day.year, day.month, day.day, hour])
        assert date(year, month, number) == wanted
        assert said == i18n.day(wanted)
