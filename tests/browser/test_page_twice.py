"""The page for phones, tapped twice, open in two windows, or opened again by somebody with another role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.offline.page import build
from tests.support.chromium import chromium
from tests.support.page_in_browser import PHONE, answer_all, headline, press

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

pytestmark = pytest.mark.browser

browser = pytest.fixture(scope="module")(chromium)
KEEP = "#keep"
ANSWER_BEHIND = """([x, y]) => {
  const holds = ({ left, right, top, bottom }) => left < x && x < right && top + 8 < y && y < bottom - 8;
  const behind = () => [...document.querySelectorAll('[data-answer]')].some(one => holds(one.getBoundingClientRect()));
  for (let place = 0; place < document.body.scrollHeight && !behind(); place += 8) scrollTo(0, place);
  return behind();
}"""
"""Scrolls until an answer is at a place of the window."""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": PHONE, "height": 844}, has_touch=True)
    yield made
    made.close()


def saved(folder: Path, role: str, *, quick: bool = True) -> str:
    path = folder / f"{role}.html"
    path.write_text(build(loading.catalogue(), ["facebook", "whatsapp"], role=role, quick=quick), encoding="utf-8")
    return path.as_uri()


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def tap_twice(button: Locator, page: Page) -> None:
    """Tap where a button stands, and once more there, as quickly as fingers do."""
    box = button.bounding_box()
    assert box
    place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for _tap in range(2):
        page.touchscreen.tap(*place)
        page.wait_for_timeout(150)


def two_windows(context: BrowserContext, address: str) -> tuple[Page, Page]:
    """Answer a question in one window that keeps answers, and open the page in another one."""
    one = opened(context, address)
    one.locator(KEEP).check()
    press(one, "Start")
    one.locator("[data-answer]").first.click()
    return one, opened(context, address)


def answers_of(page: Page) -> int:
    return page.locator("[data-answer][aria-pressed=true]").count()


def test_a_double_tap_answers_nothing_on_the_next_screen(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(context, saved(tmp_path, "teacher", quick=False))
    press(page, "Start")
    page.get_by_role("radio", name="Everything").check()
    press(page, "Continue")
    page.wait_for_timeout(600)
    seen: list[str] = []
    while not page.locator(".report").count() and len(seen) < 12:
        seen.append(headline(page))
        button = page.get_by_role("button", name="Skip this screen", exact=True)
        button.scroll_into_view_if_needed()
        tap_twice(button, page)
        assert answers_of(page) == 0
        assert headline(page) != seen[-1]
        page.wait_for_timeout(500)
    assert len(seen) == len(set(seen)) == 12
    here = headline(page)
    page.locator("[data-answer]").first.tap()
    assert answers_of(page) == 1 or headline(page) != here, "half a second later, a tap counts"


def test_a_double_tap_on_cancel_answers_nothing_behind_the_dialog(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(context, saved(tmp_path, "teacher"))
    press(page, "Start")
    page.wait_for_timeout(600)
    page.evaluate("document.querySelector('#forget').click(); scrollTo(0, 0)")
    cancel = page.locator("#forgetting").get_by_role("button", name="Cancel")
    box = cancel.bounding_box()
    assert box
    assert page.evaluate(ANSWER_BEHIND, [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
    tap_twice(cancel, page)
    assert answers_of(page) == 0
    assert not page.locator("#forgetting").is_visible()


def test_an_answer_that_is_corrected_in_another_window_stays_corrected(context: BrowserContext, tmp_path: Path) -> None:
    one, other = two_windows(context, saved(tmp_path, "teacher"))
    press(other, "Continue where you left off")
    while other.get_by_role("button", name="Back", exact=True).count() and not answers_of(other):
        press(other, "Back")
    other.locator("[data-answer]").nth(1).click()
    one.locator("#kept").get_by_text("another window").wait_for()
    assert headline(one) == "Look through your privacy settings"
    press(one, "Continue where you left off")
    while not answers_of(one):
        press(one, "Back")
    chosen = one.locator("[data-answer][aria-pressed=true]").first.get_attribute("data-answer")
    assert chosen == other.locator("[data-answer][aria-pressed=true]").first.get_attribute("data-answer")


def test_what_is_forgotten_in_one_window_is_forgotten_in_the_other(context: BrowserContext, tmp_path: Path) -> None:
    one, other = two_windows(context, saved(tmp_path, "teacher"))
    other.locator("#forget").click()
    assert other.evaluate("document.activeElement.dataset.part") == "cancel", "a second Enter erases nothing"
    other.locator("#forgetting").get_by_role("button", name="Forget everything").click()
    one.get_by_text("The page has forgotten everything.").wait_for()
    press(one, "Start")
    one.locator("[data-answer]").first.click()
    assert one.evaluate("localStorage.length") == 0
    assert not one.locator(KEEP).is_checked()


def test_somebody_with_another_role_is_told_of_earlier_answers(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(context, saved(tmp_path, "teacher"))
    page.locator(KEEP).check()
    press(page, "Start")
    page.locator("[data-answer]").first.click()
    page.goto(saved(tmp_path, "councillor"))
    said = page.locator("[data-part=kept]").inner_text()
    assert said.startswith("You have answered 1 question before. Those answers still count.")
    assert not page.get_by_role("button", name="Continue where you left off").is_visible()


@pytest.mark.parametrize("quick", [True, False])
def test_the_report_says_for_whom_and_whether_it_is_the_short_version(
    quick: bool, context: BrowserContext, tmp_path: Path
) -> None:
    page = opened(context, saved(tmp_path, "councillor", quick=False))
    press(page, "Start")
    page.get_by_role("radio", name="10 minutes" if quick else "Everything").check()
    press(page, "Continue")
    answer_all(page, lambda _number, _count: 0)
    lines = page.locator("[data-part=scope] p").all_inner_texts()
    assert lines[0].startswith("For: ")
    assert lines[1:] == (["This is the ten-minute version. It has only the essential checks."] if quick else [])


def test_a_device_that_is_full_midway_is_told_at_once(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(context, saved(tmp_path, "teacher"))
    page.locator(KEEP).check()
    press(page, "Start")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    page.locator("[data-answer]").first.click()
    page.get_by_text("This browser does not let the page keep anything.").wait_for()
    assert not page.locator(KEEP).is_checked()


def test_a_tick_goes_when_the_setting_is_answered_again(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(context, saved(tmp_path, "teacher"))
    press(page, "Start")
    answer_all(page, lambda _number, count: count - 1)
    box = page.locator(".fail .things input").first
    box.check()
    title = page.locator(".fail .things li").first.get_attribute("id")
    for which in (0, -1):
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.locator(f"[id='{title}'] [data-part=again]").dispatch_event("click")
        page.locator(".line").first.locator("[data-answer]").nth(which).dispatch_event("click")
        page.locator("[data-part=finish]").dispatch_event("click")
    assert not page.locator(f"[id='{title}'] input").is_checked()
