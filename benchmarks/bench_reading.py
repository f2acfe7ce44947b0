"""How long the guarded reading of Wikipedia's checks takes, beside a bare Playwright script that reads the same.

Three readings of the same page of a real MediaWiki with the same session, each with a browser of its own, start and
end included: *bare* opens the page and reads each control by the shortest way; *gate* does the same behind the gate;
*guarded* is the program's own reader.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

from benchmarks.bench_measure import Part, compare, conditions, in_turn, median
from privacyaudit import shipped
from privacyaudit.browser import find, launch
from privacyaudit.browser.gate import ReadingGate
from privacyaudit.browser.visit import Visit
from privacyaudit.catalogue import loading, sites
from privacyaudit.model import Checklist, Probe, Reason, Take, WebProbe
from privacyaudit.plan import Item
from privacyaudit.readers import probe
from privacyaudit.readers.web import by_page, guarded_reading
from tests.beds.recipes import mediawiki

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Playwright, StorageState

ROUNDS = 15

_CONTROL = {
    Take.CHECKED: "input[type=checkbox][name='{}']",
    Take.SELECTED: "[name='{}']:is(select, :checked)",
    Take.VALUE: "input[name='{}']",
    Take.TEXT: "[id='{}']",
}


@dataclass(frozen=True)
class Bed:
    """What all three readings share; `there` are the controls that are on the page, by page and number."""

    driver: Playwright
    program: find.Browser
    checklist: Checklist
    items: list[Item]
    pages: dict[str, list[WebProbe]]
    state: StorageState
    there: set[tuple[str, int]]


def measure() -> Part:
    """Read in turn; ends the program when two readings do not find the same."""
    with (
        tempfile.TemporaryDirectory() as folder,
        mediawiki.running(mediawiki.home(), Path(folder)) as wiki,
        launch.playwright() as driver,
    ):
        bed, browser = _prepare(driver, wiki)
        readings = {"bare": _bare, "gate": _behind_the_gate, "guarded": _guarded}
        answers = {name: read(bed) for name, read in readings.items()}
        if not answers["bare"] == answers["gate"] == answers["guarded"]:
            sys.exit(f"The readings do not find the same, so their times cannot be compared: {answers}")
        clock = Clock()
        with clock.running():
            samples = in_turn(
                {name: partial(clock.time, partial(read, bed)) for name, read in readings.items()}, ROUNDS
            )
    times = {name: median([took.whole for took in all_]) for name, all_ in samples.items()}
    waiting = median([took.waiting for took in samples["guarded"]])
    cost = median([one.whole - other.whole for one, other in zip(samples["gate"], samples["bare"], strict=True)])
    told = sum(1 for answer in answers["guarded"] if not isinstance(answer, Reason))
    beside, bare, pages = "bare Playwright script", times["bare"], len(bed.pages)
    return Part(
        (
            compare("All Wikipedia checks, guarded", times["guarded"], beside, bare, 2.4),
            compare("… without the waits for a still page", times["guarded"] - waiting, beside, bare, 1.15),
            compare("The bare script behind the gate", times["gate"], beside, bare),
        ),
        (
            f"{len(answers['guarded'])} controls, {told} of them told; the readings found the same. Pages: {pages}.",
            f"Per page, the gate costs {cost / pages:.0f} ms (median of pairs); {waiting / pages:.0f} ms are waits.",
            conditions(f"{ROUNDS} rounds", browser),
        ),
    )


def _prepare(driver: Playwright, wiki: mediawiki.Wiki) -> tuple[Bed, str]:
    bound = sites.bind(loading.load(shipped.folder("checklists") / "wikipedia.yaml").checklist, wiki.origin)
    items = [Item(bound, check) for check in bound.checks if check.probes]
    assert bound.platform.signed_in is not None
    first = bound.platform.signed_in.open.split("#")[0]
    pages = {url: [_web(one) for _item, _number, one in found] for url, found in by_page(items, first).items()}
    program = find.find(headless=True)
    browser = driver.chromium.launch(executable_path=str(program.path), headless=True)
    version = f"{program.path.name} {browser.version}"
    page = browser.new_context().new_page()
    _sign_in(page, wiki)
    there = set()
    for url, probes in pages.items():
        page.goto(url)
        there |= {(url, number) for number, one in enumerate(probes) if _element(page, one).count()}
    state = page.context.storage_state()
    browser.close()
    return Bed(driver, program, bound, items, pages, state, there), version


def _sign_in(page: Page, wiki: mediawiki.Wiki) -> None:
    page.goto(f"{wiki.origin}/wiki/Special:UserLogin")
    page.locator("[name=wpName]").fill("Alice")
    page.locator("[name=wpPassword]").fill(wiki.password)
    with page.expect_navigation():
        page.locator("#wpLoginAttempt").click()


def _web(one: Probe) -> WebProbe:
    assert isinstance(one, WebProbe)
    return one


# -- the three readings ----------------------------------------------------------------------------


def _bare(bed: Bed) -> list[probe.Answer]:
    browser = bed.driver.chromium.launch(executable_path=str(bed.program.path), headless=True)
    page = browser.new_context(storage_state=bed.state).new_page()
    answers = _read_all(bed, page, page.goto)
    browser.close()
    return answers


def _behind_the_gate(bed: Bed) -> list[probe.Answer]:
    gate = ReadingGate(bed.checklist.platform.hosts)
    with launch.browser(bed.driver, bed.program, gate, headless=True) as running:
        page = running.new_context(storage_state=bed.state, proxy={"server": gate.address}).new_page()

        def go(url: str) -> None:
            gate.expect(url)
            page.goto(url)

        return _read_all(bed, page, go)


def _guarded(bed: Bed) -> list[probe.Answer]:
    found = guarded_reading(bed.driver, bed.program, bed.checklist, bed.items, bed.state, headless=True, refused=[])
    return [seen.option or seen.reason or "" for _check, seen in found]


def _read_all(bed: Bed, page: Page, go: Callable[[str], Any]) -> list[probe.Answer]:
    answers: list[probe.Answer] = []
    for url, probes in bed.pages.items():
        go(url)
        answers += [_read(page, one, there=(url, number) in bed.there) for number, one in enumerate(probes)]
    return answers


def _read(page: Page, one: WebProbe, *, there: bool) -> probe.Answer:
    """Read one control by the shortest way; one that is not on the page is only looked for, a grey one not believed."""
    element = _element(page, one)
    if not there:
        return Reason.NOT_FOUND if element.count() == 0 else Reason.AMBIGUOUS
    if element.is_disabled():
        return Reason.NOT_SHOWN
    return probe.meaning(_take(element, one.take), one.means)


def _element(page: Page, one: WebProbe) -> Locator:
    if one.find.field:
        return page.locator(_CONTROL[one.take].format(one.find.field))
    role: Any = one.find.role
    return page.get_by_role(role, name=one.find.name[0], exact=True)


def _take(element: Locator, take: Take) -> Any:
    if take is Take.CHECKED:
        return element.is_checked()
    return element.inner_text() if take is Take.TEXT else element.input_value()


# -- the clock -------------------------------------------------------------------------------------


class Took(NamedTuple):
    """How long one reading took, and how much of that it waited for pages to be still, in milliseconds."""

    whole: float
    waiting: float


class Clock:
    """Times readings, and the waits in them while `running` lasts."""

    def __init__(self) -> None:
        self._waited = 0.0

    def time(self, read: Callable[[], Any]) -> Took:
        """Read once."""
        self._waited = 0.0
        begun = time.perf_counter()
        read()
        return Took((time.perf_counter() - begun) * 1000, self._waited)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Note how long `Visit.settle`, the one place where the program's reader waits, takes."""
        settle = Visit.settle

        def noted(visit: Visit, *milliseconds: int) -> bool:
            begun = time.perf_counter()
            try:
                return settle(visit, *milliseconds)
            finally:
                self._waited += (time.perf_counter() - begun) * 1000

        with patch.object(Visit, "settle", noted):
            yield
