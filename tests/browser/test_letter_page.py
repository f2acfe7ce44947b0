"""A letter as a page in a real Chromium: nothing in it runs, everybody can read it, and only the letter is printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.report.formats.letter import page as draw
from tests.support import html_checker
from tests.support.chromium import chromium
from tests.support.letters import NAMES, PAGES, SCRIPTS, ids, written

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

pytestmark = pytest.mark.browser

browser = pytest.fixture(scope="module")(chromium)
AWKWARD = {"my_name": NAMES[6:7], "recipient": NAMES[2:3], "pages": [*PAGES, *SCRIPTS, "x" * 200]}


def opened(browser: Browser, folder: Path, html: str, width: int, scheme: Any) -> Page:
    path = folder / "letter.html"
    path.write_text(html, encoding="utf-8")
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")])
def test_axe_finds_nothing_and_nothing_is_cut_off(browser: Browser, tmp_path: Path, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for one in (written("friend", AWKWARD), written("school-site", {}), written("no-pupil", {})):
        page = opened(browser, tmp_path, draw(one), width, scheme)
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.context.close()


def test_what_was_typed_does_nothing_and_only_web_pages_are_links(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, "<title>none</title>", 1280, "light")
    told: list[str] = []

    def refuse(dialog: Dialog) -> None:
        told.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.on("request", lambda request: told.append(request.url))
    path = tmp_path / "typed.html"
    path.write_text(draw(written("friend", AWKWARD)), encoding="utf-8")
    page.goto(path.as_uri())
    assert page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))") == list(PAGES)
    assert page.get_by_text(NAMES[6], exact=True).is_visible()
    assert told == [path.as_uri()]
    page.context.close()


def test_only_the_letter_is_printed(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, draw(written("school-site", {})), 1280, "light")
    assert page.get_by_text("not legal advice").is_visible()
    page.emulate_media(media="print")
    assert not page.get_by_text("not legal advice").is_visible()
    assert page.get_by_text("[your name]").is_visible()
    page.context.close()


def test_the_nu_html_checker_has_no_errors(tmp_path: Path) -> None:
    made = []
    for name in ids():
        made.append(tmp_path / f"{name}.html")
        made[-1].write_text(draw(written(name, {})), encoding="utf-8")
    assert html_checker.errors(made) == []
