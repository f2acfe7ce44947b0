"""Pages that want a wrong answer, by the rule that they break, and ordinary ones, which must be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privacyaudit.browser import tabs
from privacyaudit.model import Reason
from tests.browser.strange import beside as harmless
from tests.browser.strange import (
    harmless_replies,
    hidden_told,
    scenes,
    second_fields,
    second_look,
    second_replies,
    second_rest,
    words_told,
)
from tests.browser.told import (
    absence,
    address,
    around,
    beside,
    counts,
    hanging,
    lids,
    lost,
    named,
    ordinary,
    readable,
    ready,
    replies,
    rows,
    saved,
    seen,
    sentence,
    session,
    states,
    troubles,
    twice,
    waiting,
    whole_lists,
    whose,
)
from tests.support import by_day
from tests.support.settings_page import read_probes
from tests.support.site import Site
from tests.support.told_pages import Bed, Case, platform

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]

BEDS = {
    "address": Bed(address.CASES),
    "lost": Bed(tuple(case for case in lost.CASES if "of another site that is listed" not in case.name)),
    "listed": Bed(tuple(case for case in lost.CASES if "that is listed" in case.name)),
    "ready": Bed(ready.CASES),
    "sentence": Bed(sentence.CASES),
    "seen": Bed(seen.CASES),
    "named": Bed(named.CASES),
    "saved": Bed(saved.CASES),
    "twice": Bed(twice.CASES),
    "counts": Bed(counts.CASES),
    "absence": Bed(absence.CASES),
    "replies": Bed(replies.CASES),
    "whose": Bed(whose.CASES, who=whose.WHO, home=whose.HOME),
    "session": Bed(session.CASES, home=session.HOME),
    "beside": Bed(beside.CASES, home=beside.HOME),
    "hanging": Bed(hanging.CASES),
    "lids": Bed(lids.CASES),
    "readable": Bed(readable.CASES),
    "waiting": Bed(waiting.CASES),
    "states": Bed(states.CASES),
    "troubles": Bed(troubles.CASES),
    "whole_lists": Bed(whole_lists.CASES),
    "around": Bed(around.CASES),
    "rows": Bed(rows.CASES),
    "ordinary": Bed(ordinary.CASES),
}
FOUND = {
    **{f"found: {kind}": Bed(cases) for kind, cases in scenes.KINDS.items()},
    **{f"harmless: {kind}": Bed(cases) for kind, cases in words_told.KINDS.items()},
    "harmless: replies": Bed(harmless_replies.HARMLESS),
    "harmless: beside": Bed(harmless.HARMLESS),
    "harmless: hidden": Bed(hidden_told.TOLD),
    **{f"second: {kind}": Bed(second_look.KINDS[kind] + more) for kind, more in second_fields.FURTHER.items()},
    **{f"harmless: second {kind}": Bed(cases) for kind, cases in second_fields.HARMLESS.items()},
    **{f"second: {kind}": Bed((*second_look.KINDS[kind], *more)) for kind, more in second_replies.WRONG.items()},
    **{f"harmless: second {kind}": Bed(cases) for kind, cases in second_replies.TOLD.items()},
    "second: tables": Bed(second_look.TABLES + second_rest.MORE_TABLES),
    "harmless: second tables": Bed(second_rest.TABLES_TOLD),
    "second: few": Bed(second_look.FEW + second_rest.MORE_FEW),
    "harmless: second few": Bed(second_rest.FEW_TOLD),
    "second: troubles": Bed(second_rest.MORE_TROUBLES),
    "harmless: second troubles": Bed(second_rest.TROUBLES_TOLD),
    "second: controls": Bed(second_rest.CONTROLS),
    "harmless: second controls": Bed(second_rest.CONTROLS_TOLD),
    "harmless: second": Bed(second_look.TOLD),
}
"""What strangers found, by its kind, and what only looks like it; a few of these are read each day."""

BEDS |= FOUND


DAYS = 12
"""Within so many days each page is read once; those of the rules that have few are read every day."""

TOGETHER = ("twice",)
"""Rules whose pages need one another: one that takes long, so that the others are read again late enough. All of them
are read every third day."""


def today(rule: str) -> Bed:
    """Return the pages of a rule that are read today."""
    bed = BEDS[rule]
    if by_day.ALL or rule in TOGETHER or (len(bed.cases) < DAYS and rule not in FOUND):
        return bed
    return bed._replace(cases=tuple(by_day.part(bed.cases, DAYS)))


def answers(driver: Playwright, site: Site, other: Site, bed: Bed) -> list[tuple[Case, str | Reason | None]]:
    """Read the pages of a bed as those of one platform; return what each was told as."""
    made, cases = platform(bed, site, other)
    found = read_probes(driver, made)
    return [(cases[check], one.option or one.reason) for check, one in found if check in cases]


@pytest.mark.parametrize(
    "rule", [*(rule for rule in BEDS if rule not in TOGETHER and today(rule).cases), *by_day.part(TOGETHER, 3)]
)
def test_no_page_is_told_wrongly_and_the_ordinary_ones_are_told(
    rule: str, driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    if rule == "hanging":
        monkeypatch.setattr(tabs, "PAGE_LIMIT_S", 8.0)
    with Site("localhost") as other:
        read = answers(driver, site, other, bed := today(rule))
    assert len(read) == len(bed.cases)
    assert {case.name: told for case, told in read if told not in (case.truth, *Reason)} == {}
    assert {case.name: told for case, told in read if case.must_tell and told != case.truth} == {}


@pytest.mark.parametrize("rule", BEDS)
def test_no_two_cases_have_a_name_in_common(rule: str) -> None:
    names = [case.name for case in BEDS[rule].cases]
    assert len(set(names)) == len(names)
