"""Starting a real browser, or a program that is none."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from privacyaudit.browser import find, launch
from privacyaudit.browser.gate import Gate
from privacyaudit.errors import BrowserError
from tests.support.site import Site

pytestmark = pytest.mark.browser


def test_a_program_that_is_no_browser_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho I am no browser\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv(find.VARIABLE, str(broken))
    gate = Gate([])
    with (
        launch.playwright() as driver,
        pytest.raises(BrowserError, match="did not start"),
        launch.browser(driver, find.find(headless=True), gate, headless=True),
    ):
        pass


def test_the_fence_and_the_gate_keep_the_browsers_own_calls_in(site: Site) -> None:
    """A real browser, left alone for a while: nothing but the page itself got through."""
    gate = Gate([site.host])
    with (
        launch.playwright() as driver,
        launch.browser(driver, find.find(headless=True), gate, headless=True) as running,
    ):
        page = running.new_context().new_page()
        page.goto(f"{site.origin}/page")
        page.wait_for_timeout(1_500)
    assert set(site.paths()) <= {"/page", "/favicon.ico"}
    threads = [thread for thread in threading.enumerate() if not thread.daemon]
    assert threads == [threading.main_thread()]
