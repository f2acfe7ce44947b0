"""People who take turns at the window, in a real Chromium: nothing of one is there when the next one begins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.catalogue import loading
from tests.support import html_checker
from tests.support.chromium import chromium
from tests.support.page_in_browser import PHONE
from tests.support.window_process import Started, answer, answer_rest, begin, pressed, started_one, wide

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

browser = pytest.fixture(scope="module")(chromium)
MY_TURN = "Start: it is my turn"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    yield from wide(browser, 30_000)


started = pytest.fixture(started_one)


def opened(context: BrowserContext, started: Started) -> Page:
    page = context.new_page()
    page.goto(started.address)
    page.get_by_text("The files stay").wait_for()
    return page


def taking_turns(context: BrowserContext, started: Started) -> Page:
    page = opened(context, started)
    pressed(page, "Let people take turns")
    page.get_by_role("heading", name="The next person, please").wait_for()
    return page


def my_turn(page: Page, *services: str) -> None:
    begin(page, *services, time=MY_TURN)


def hand_over(page: Page) -> None:
    page.locator("#screen [data-part=next]").dispatch_event("click")
    page.get_by_role("heading", name="The next person, please").wait_for()


def everything_said(page: Page) -> str:
    """Return the whole page as it is now, without the checklist that it is made of, and all that the browser keeps."""
    return str(
        page.evaluate(
            """() => document.querySelector("#screen").outerHTML + document.querySelector(".keeping").outerHTML +
               document.title + JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage}) +
               document.cookie"""
        )
    )


def questions() -> list[str]:
    checks = loading.catalogue().checklist("everyday").checklist.checks
    return [check.question for check in checks] + [check.title for check in checks]


def files_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_of_one_person_is_left_when_the_next_one_begins(
    context: BrowserContext, started: Started, tmp_path: Path
) -> None:
    page = taking_turns(context, started)
    before = files_of(tmp_path)
    my_turn(page, "everyday")
    assert any(text in everything_said(page) for text in questions())
    answer_rest(page)
    headline = page.locator("[data-part=headline]").inner_text()
    with context.expect_page() as tab:
        pressed(page, "Open the report")
    tab.value.wait_for_load_state()
    assert tab.value.locator("h1").inner_text() == headline
    at = tab.value.url
    assert files_of(tmp_path) == before
    with tab.value.expect_event("close"):
        hand_over(page)
    left = everything_said(page)
    assert headline not in left
    assert [text for text in questions() if text in left] == []
    page.go_back()
    page.wait_for_timeout(500)
    for _step in range(3):
        assert [text for text in questions() if text in everything_said(page)] == []
        page.evaluate("history.back()")
        page.wait_for_timeout(300)
    asked = context.new_page()
    assert asked.goto(at).status == 404  # type: ignore[union-attr]
    assert headline not in asked.content()
    assert files_of(tmp_path) == before


def test_the_next_person_begins_with_no_answer_and_the_end_is_at_home(
    context: BrowserContext, started: Started
) -> None:
    page = taking_turns(context, started)
    my_turn(page, "everyday")
    answer(page, 0)
    page.get_by_text("Nothing is saved on this computer.").wait_for()
    title = page.locator("#screen h1").inner_text()
    page.locator(".keeping [data-part=next]").dispatch_event("click")
    page.get_by_role("heading", name="Hand over to the next person?").wait_for()
    pressed(page, "Cancel")
    assert page.locator("#screen h1").inner_text() == title
    page.locator(".keeping [data-part=next]").dispatch_event("click")
    pressed(page, "Hand over")
    page.get_by_role("heading", name="The next person, please").wait_for()
    pressed(page, MY_TURN)
    assert page.locator("input[name=role]:checked").count() == 0
    page.reload()
    page.get_by_role("heading", name="The next person, please").wait_for()
    my_turn(page, "everyday")
    assert page.locator("[aria-pressed=true]").count() == 0
    answer(page, 0)
    pressed(page, "Stop here and show my list")
    page.get_by_text("You have not answered everything yet.").wait_for()
    page.locator(".keeping [data-part=next]").dispatch_event("click")
    pressed(page, "Hand over")
    page.get_by_role("heading", name="The next person, please").wait_for()
    pressed(page, "End: nobody else is coming")
    page.get_by_text("2 people took part. The program kept nothing about anybody.").wait_for()
    pressed(page, "Back to the start")
    page.get_by_text("The files stay").wait_for()
    assert page.locator("#keeps").is_checked()


def test_another_tab_of_the_window_forgets_at_the_same_time(context: BrowserContext, started: Started) -> None:
    page = taking_turns(context, started)
    my_turn(page, "everyday")
    other = context.new_page()
    other.goto(page.url)
    other.locator(".line").first.wait_for()
    page.locator(".keeping [data-part=next]").dispatch_event("click")
    pressed(page, "Hand over")
    other.get_by_role("heading", name="The next person, please").wait_for()
    assert other.locator(".line").count() == 0


def test_the_report_of_the_owner_is_not_shown_to_people_in_turn(context: BrowserContext, started: Started) -> None:
    page = opened(context, started)
    begin(page, "everyday")
    answer_rest(page)
    headline = page.locator("[data-part=headline]").inner_text()
    pressed(page, "Back to the start")
    page.get_by_text("The files stay").wait_for()
    assert headline in page.locator("#screen").inner_text()
    pressed(page, "Let people take turns")
    page.get_by_role("heading", name="The next person, please").wait_for()
    assert headline not in everything_said(page)
    asked = context.new_page()
    assert asked.goto(page.url + "report").status == 404  # type: ignore[union-attr]
    assert asked.goto(page.url + "plan").status == 409  # type: ignore[union-attr]
    pressed(page, "End: nobody else is coming")
    pressed(page, "Back to the start")
    page.get_by_text("The files stay").wait_for()
    assert headline in page.locator("#screen").inner_text()


def test_a_report_is_taken_along_as_codes_and_on_a_stick(
    context: BrowserContext, started: Started, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    page = taking_turns(context, started)
    my_turn(page, "everyday")
    answer_rest(page)
    with context.expect_page() as tab:
        pressed(page, "As QR codes for my phone's camera")
    tab.value.get_by_role("heading", name="Code 1 of").wait_for()
    width = tab.value.locator("svg.code").first.bounding_box()["width"]  # type: ignore[index]
    assert 200 < width <= 500
    box = page.get_by_label("Which folder?")
    assert box.input_value() == ""
    box.fill(str(tmp_path / "nowhere"))
    pressed(page, "Save")
    page.get_by_text("Put the stick in and try again.").wait_for()
    box.fill(str(stick))
    pressed(page, "Save")
    page.get_by_text("This file is yours.").wait_for()
    assert [path.suffix for path in stick.iterdir()] == [".html"]
    hand_over(page)
    assert "stick" not in page.locator("#screen").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, started: Started, width: int, scheme: Any
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    made = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")

    def fine(state: str) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state
        assert page.locator("h1:visible").count() == 1
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, [type=text]")].filter(one => one.checkVisibility())
               .map(one => [one.textContent, one.getBoundingClientRect().height]).filter(([, height]) => height < 44)"""
        )
        assert small == [], state

    page = opened(made, started)
    fine("home")
    pressed(page, "Let people take turns")
    page.get_by_role("heading", name="The next person, please").wait_for()
    fine("whose turn it is")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    my_turn(page, "everyday")
    page.locator(".keeping [data-part=next]").dispatch_event("click")
    fine("handing over")
    pressed(page, "Cancel")
    answer_rest(page)
    fine("the outcome")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    outcome = page
    with made.expect_page() as tab:
        pressed(page, "As QR codes for my phone's camera")
    page = tab.value
    page.get_by_role("heading", name="Code 1 of").wait_for()
    fine("the codes")
    page = outcome
    hand_over(page)
    pressed(page, "End: nobody else is coming")
    page.get_by_text("took part.").wait_for()
    fine("the end")
    made.close()


def test_a_turn_is_begun_and_handed_over_with_the_keyboard(context: BrowserContext, started: Started) -> None:
    page = opened(context, started)

    def press(name: str) -> None:
        for _step in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim()") == name:
                page.keyboard.press("Enter")
                return
        raise AssertionError(f"“{name}” was not reached")

    press("Let people take turns")
    page.get_by_role("heading", name="The next person, please").wait_for()
    press(MY_TURN)
    page.get_by_role("heading", name="Look through").wait_for()
    press("Next person")
    page.get_by_role("heading", name="Hand over to the next person?").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Cancel"
    press("Hand over")
    page.get_by_role("heading", name="The next person, please").wait_for()
    press("End: nobody else is coming")
    page.get_by_text("0 people took part.").wait_for()


def test_the_html_is_valid(context: BrowserContext, started: Started, tmp_path: Path) -> None:
    page = taking_turns(context, started)
    path = tmp_path / "turns.html"
    path.write_text(page.request.get(page.url).text(), encoding="utf-8")
    assert html_checker.errors([path]) == []
