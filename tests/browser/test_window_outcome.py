"""The first screen and the report's page of the window: said once, asked once, and closed until somebody wants it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.chromium import chromium
from tests.support.page_in_browser import PHONE, fine
from tests.support.window_process import Started, answer_rest, at_home, begin, pressed, started_one, wide, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

browser = pytest.fixture(scope="module")(chromium)
started = pytest.fixture(started_one)


@pytest.fixture
def page(browser: Browser, started: Started) -> Iterator[Page]:
    for context in wide(browser, 60_000):
        yield at_home(context, started)


def kept(page: Page) -> None:
    """Keep the audit with a passphrase, for whose field the program asks once it has found no keyring."""
    page.locator("input[name=own][value=keep]").check()
    for name in ("passphrase", "passphrase_again"):
        page.locator(f"[data-part=offer] [data-part={name}]").evaluate("(one) => { one.value = 'a long sentence' }")
    page.locator("[data-part=answer]").dispatch_event("click")
    page.locator("[data-part=decisions]").wait_for()


def test_the_first_screen_says_once_what_this_is(page: Page) -> None:
    seen = page.locator("body").inner_text()
    assert seen.count("Your privacy settings") == 1
    assert seen.count("Go through the privacy settings of your own accounts") == 1


@pytest.mark.parametrize(
    ("pressed_first", "services", "asked"),
    [
        ("Everything", ["everyday", "bluesky"], False),
        ("10 minutes: what matters most", ["everyday", "bluesky"], False),
        ("One service", ["bluesky"], False),
        ("One service", ["everyday", "bluesky"], True),
    ],
)
def test_how_much_is_asked_is_not_asked_again(page: Page, pressed_first: str, services: list[str], asked: bool) -> None:
    pressed(page, pressed_first)
    page.locator("input[name=role][value=teacher]").check()
    pressed(page, "Start")
    for name in services:
        page.locator(f"main input[value={name}]").check()
    pressed(page, "Continue")
    page.locator("h1", has_text="How much time").or_(page.locator(".line")).first.wait_for()
    assert (page.locator(".line").count() == 0) is asked
    if not asked:
        pressed(page, "Back")
        page.get_by_role("heading", name="Which of these do you use?").wait_for()


def test_the_report_page_is_closed_until_somebody_opens_a_part_of_it(page: Page) -> None:
    begin(page, "everyday")
    answer_rest(page)
    page.locator("[data-part=home]").wait_for()
    assert "main" in str(page.locator("[data-part=answer]").get_attribute("class"))
    written = page.get_by_text("Written: ")
    assert written.count() >= 3
    assert not written.first.is_visible()
    assert not page.locator("[data-part=folder]").is_visible()
    page.get_by_text("Files on this computer", exact=True).press("Enter")
    written.first.wait_for()
    kept(page)
    things = page.locator("[data-part=things] > div")
    assert things.count() > 1
    assert not page.locator("[data-part=things] select").first.is_visible()
    names = things.locator("summary").all_inner_texts()
    assert len(set(names)) == len(names)
    things.first.locator("summary").press("Enter")
    assert things.first.locator("select").is_visible()
    assert not things.nth(1).locator("select").is_visible()
    things.first.get_by_role("button", name="I will change it by this day").press("Enter")
    things.first.get_by_text("You plan to change this by").wait_for()
    assert page.evaluate("document.activeElement.textContent").startswith("You plan to change this by")
    assert not things.first.locator("summary").is_visible()


def test_what_is_not_saved_shows_at_once_where_it_can_be(page: Page) -> None:
    page.locator("#keeps").uncheck()
    page.get_by_text("Nothing is saved on this computer.").wait_for()
    begin(page, "everyday")
    answer_rest(page)
    page.get_by_text("Nothing is saved. When you close this page").wait_for()
    assert page.locator("[data-part=folder]").is_visible()


def test_a_folder_that_is_not_there_is_asked_about_and_a_yes_is_for_no_other_one(page: Page, tmp_path: Path) -> None:
    begin(page, "everyday")
    answer_rest(page)
    page.get_by_text("Files on this computer", exact=True).press("Enter")
    box, agree = page.locator("[data-part=folder]"), page.locator("[data-part=agree]")
    box.fill(str(tmp_path / "Dokumente"))
    pressed(page, "Save")
    page.get_by_text("does not exist. Make it?").wait_for()
    assert agree.inner_text() == "Make this folder"
    assert not (tmp_path / "Dokumente").exists()
    box.fill(str(tmp_path / "Documents"))
    assert not agree.is_visible()
    pressed(page, "Save")
    page.get_by_text("does not exist. Make it?").wait_for()
    agree.press("Enter")
    page.locator("[data-part=save_told]", has_text="Written: ").wait_for()
    assert list((tmp_path / "Documents").iterdir())
    assert not (tmp_path / "Dokumente").exists()


def with_a_locked_history(browser: Browser, page: Page, started: Started, width: int, scheme: Any) -> Iterator[Page]:
    """Keep an audit with a passphrase, and come to the end of a second one in another window."""
    begin(page, "everyday")
    answer_rest(page)
    kept(page)
    started.process.terminate()
    started.rest()
    with window() as second:
        made = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
        )
        made.set_default_timeout(60_000)
        page = at_home(made, second)
        begin(page, "everyday")
        answer_rest(page, 0, until="[data-part=without]")
        yield page
        made.close()


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "dark"), (1280, "light")])
def test_a_locked_history_is_opened_at_the_end_of_an_audit(
    browser: Browser, page: Page, started: Started, width: int, scheme: Any
) -> None:
    for second in with_a_locked_history(browser, page, started, width, scheme):
        second.get_by_role("heading", name="Your history is locked").wait_for()
        fine(second, width, "locked", "#screen button, #screen input")
        second.locator("[data-part=passphrase]").fill("wrong")
        pressed(second, "Unlock and finish")
        second.get_by_role("alert").filter(has_text="passphrase").wait_for()
        second.locator("[data-part=passphrase]").fill("a long sentence")
        pressed(second, "Unlock and finish")
        second.get_by_role("heading", name="Since the last time").wait_for()
        assert not second.locator("[data-part=offer]").is_visible()
        assert not second.locator("[data-part=trouble]").is_visible()


def test_an_audit_ends_without_the_locked_history_and_says_nothing_in_red(
    browser: Browser, page: Page, started: Started
) -> None:
    for second in with_a_locked_history(browser, page, started, 1280, "light"):
        pressed(second, "Back")
        second.locator(".line").first.wait_for()
        second.go_back()
        pressed(second, "Finish without it")
        second.locator("[data-part=headline]").wait_for()
        assert second.locator("[data-part=files] p").count() >= 3
        assert not second.locator("[data-part=trouble]").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "dark"), (1280, "light")])
def test_axe_finds_nothing_in_the_parts_that_are_opened(
    browser: Browser, started: Started, width: int, scheme: Any
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    made = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    page = at_home(made, started)
    begin(page, "everyday")
    answer_rest(page)
    kept(page)
    for opened in (False, True):
        page.evaluate(
            "opened => document.querySelectorAll('#screen details').forEach(one => one.open = opened)", opened
        )
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, summary, select, [type=text]")]
               .filter(one => one.checkVisibility()).map(one => [one.textContent, one.getBoundingClientRect().height])
               .filter(([text, height]) => height < 44)"""
        )
        assert small == []
    made.close()
