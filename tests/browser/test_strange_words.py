"""Words that look like a denial and are none do not keep a page from being told."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.browser.strange.words_told import KINDS
from tests.support.settings_page import read_probes
from tests.support.site import Site
from tests.support.told_pages import Bed, Case, platform

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]

SCENES = [(kind, case) for kind, cases in KINDS.items() for case in cases]


@cache
def told_as(driver: Playwright, kind: str) -> dict[str, str | None]:
    """Read all pages of a kind at once; return the option that each was told as."""
    with Site() as site, Site("localhost") as other:
        made, cases = platform(Bed(KINDS[kind]), site, other)
        return {cases[check].name: one.option for check, one in read_probes(driver, made) if check in cases}


@pytest.mark.parametrize(("kind", "case"), SCENES, ids=[f"{kind}: {case.name}" for kind, case in SCENES])
def test_a_page_with_such_words_is_told(kind: str, case: Case, driver: Playwright) -> None:
    assert told_as(driver, kind)[case.name] == case.truth
