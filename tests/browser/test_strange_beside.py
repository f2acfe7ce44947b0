"""Harmless things beside a control, which real settings pages have: each page is told."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.browser.strange.beside import HARMLESS
from tests.support.settings_page import read_probes
from tests.support.site import Site
from tests.support.told_pages import Bed, Case, platform

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

    from privacyaudit.model import Reason

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]


@cache
def told(driver: Playwright) -> dict[str, str | Reason | None]:
    """Read all pages at once; return what each was told as."""
    with Site() as site, Site("localhost") as other:
        made, cases = platform(Bed(HARMLESS), site, other)
        return {
            cases[check].name: one.option or one.reason for check, one in read_probes(driver, made) if check in cases
        }


@pytest.mark.parametrize("case", HARMLESS, ids=[case.name for case in HARMLESS])
def test_a_page_is_told_whatever_harmless_stands_beside_it(case: Case, driver: Playwright) -> None:
    assert told(driver)[case.name] == case.truth
