"""What only looks like a page that failed is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.strange.harmless_replies import HARMLESS
from tests.support.settings_page import read_probes
from tests.support.site import Site
from tests.support.told_pages import Bed, platform

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]


def test_what_only_looks_like_a_page_that_failed_is_told(driver: Playwright) -> None:
    with Site() as site, Site("localhost") as other:
        made, cases = platform(Bed(HARMLESS), site, other)
        told = [(cases[check], one.option or one.reason) for check, one in read_probes(driver, made) if check in cases]
    assert len(told) == len(HARMLESS)
    assert {case.name: found for case, found in told if found != case.truth} == {}
