"""The page for phones, tapped twice, open in two windows, or opened again by somebody with another role."""

from __future__ import annotations

import json
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
KEY = "privacyaudit-page"
STORE = f"JSON.parse(localStorage.getItem('{KEY}'))"
OTHER_ANSWER = """([check, option]) => [...document.querySelectorAll(`[data-check="${check}"] [data-option]`)]
  .map(one => one.dataset.option).find(one => one !== option)"""
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


def saved(
    folder: Path, role: str | None = None, *, names: tuple[str, ...] = ("facebook", "whatsapp"), quick: bool = True
) -> str:
    """Save a page for one role, or for every role, and return its address."""
    path = folder / f"{role} {' '.join(names)}.html"
    path.write_text(build(loading.catalogue(), names, role=role, quick=quick), encoding="utf-8")
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
    assert lines[1] == "About: Facebook, WhatsApp."
    assert lines[2:] == (["This is the ten-minute version. It has only the essential checks."] if quick else [])


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


def test_the_report_names_what_was_answered_but_is_not_in_it(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(context, saved(tmp_path, "teacher", quick=False))
    press(page, "Start")
    page.get_by_role("radio", name="Everything").check()
    press(page, "Continue")
    page.locator("[data-answer]").last.click()
    while page.get_by_role("button", name="Back", exact=True).count():
        press(page, "Back")
    press(page, "Start")
    page.get_by_text("One service").click()
    page.get_by_role("radio", name="Facebook" if first_service(page) == "WhatsApp" else "WhatsApp").check()
    press(page, "Continue")
    answer_all(page, lambda _number, _count: 0)
    lines = page.locator("[data-part=scope] p").all_inner_texts()
    about, left = lines[1].removeprefix("About: "), lines[2].removeprefix("Not in this report: ")
    assert sorted([about, left]) == ["Facebook.", "WhatsApp."]


def first_service(page: Page) -> str:
    answered: str = page.evaluate(
        "document.querySelector('[data-check]').closest('[data-platform]').querySelector('h2').textContent"
    )
    return answered


def test_a_page_for_other_services_keeps_what_it_does_not_know(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(context, saved(tmp_path, "teacher"))
    page.locator(KEEP).check()
    press(page, "Start")
    page.locator("[data-answer]").first.click()
    before = page.evaluate(STORE)
    page.goto(saved(tmp_path, "councillor", names=("tiktok",), quick=False))
    press(page, "Start")
    press(page, "Continue")
    page.locator("[data-answer]").first.click()
    after = page.evaluate(STORE)
    assert before["answers"].items() <= after["answers"].items()
    assert len(after["answers"]) == 2
    assert set(after["platforms"]) == {"facebook", "whatsapp", "tiktok"}
    assert after["role"] == "teacher"
    page.goto(saved(tmp_path, "teacher"))
    assert page.locator("[data-part=kept]").inner_text().startswith("You have answered 1 question before.")


@pytest.mark.parametrize("now", [None, "changed"])
def test_a_tap_before_another_windows_news_writes_nothing_over_it(
    now: str | None, context: BrowserContext, tmp_path: Path
) -> None:
    page = opened(context, saved(tmp_path, "teacher"))
    page.locator(KEEP).check()
    press(page, "Start")
    page.locator("[data-answer]").first.click()
    kept = page.evaluate(STORE)
    id_, mine = next(iter(kept["answers"].items()))
    other = page.evaluate(OTHER_ANSWER, [id_, mine])
    new = {**kept, "answers": {id_: other}} if now else None
    page.evaluate(
        "([key, text]) => text ? localStorage.setItem(key, text) : localStorage.clear()",
        [KEY, json.dumps(new) if new else ""],
    )
    page.locator("[data-answer]").last.click()
    if new:
        page.locator("#kept").get_by_text("another window").wait_for()
        assert page.evaluate(STORE) == new
    else:
        page.locator("#kept").get_by_text("Your answers were removed from this device.").wait_for()
        assert page.evaluate("localStorage.length") == 0
        assert not page.locator(KEEP).is_checked()


def test_two_windows_that_begin_to_keep_lose_nothing_and_ask_again_where_they_differ(
    context: BrowserContext, tmp_path: Path
) -> None:
    address = saved(tmp_path, "teacher")
    one, other = opened(context, address), opened(context, address)
    for page, last in ((one, 0), (other, 1)):
        press(page, "Start")
        page.wait_for_timeout(600)
        page.locator(".line").first.locator("[data-answer]").nth(last).click()
    press(one, "Skip the rest")
    while one.locator("[data-choice]").count():
        press(one, "Continue")
    one.wait_for_timeout(600)
    one.locator("[data-answer]").first.click()
    one.locator(KEEP).check()
    kept = one.evaluate(STORE)["answers"]
    other.locator(KEEP).check()
    assert list(other.evaluate(STORE)["answers"].items()) == list(kept.items())[1:]
    one.locator("#kept").get_by_text("another window").wait_for()


def test_a_window_that_keeps_no_longer_takes_no_answers_off_the_other(context: BrowserContext, tmp_path: Path) -> None:
    one, other = two_windows(context, saved(tmp_path, "teacher"))
    here = headline(one)
    other.locator(KEEP).uncheck()
    one.locator("#kept").get_by_text("Your answers were removed from this device.").wait_for()
    assert headline(one) == here
    assert not one.locator(KEEP).is_checked()
    other.locator("#forget").click()
    other.locator("#forgetting").get_by_role("button", name="Forget everything").click()
    assert headline(one) == here, "nothing was kept to be forgotten there"


def test_a_dialog_does_not_stay_over_what_was_forgotten_elsewhere(context: BrowserContext, tmp_path: Path) -> None:
    one, other = two_windows(context, saved(tmp_path, "teacher"))
    one.locator("#forget").click()
    other.locator("#forget").click()
    other.locator("#forgetting").get_by_role("button", name="Forget everything").click()
    one.get_by_text("The page has forgotten everything.").wait_for()
    assert not one.locator("#forgetting").is_visible()


def test_going_on_takes_the_role_that_is_chosen_now(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(context, saved(tmp_path))
    page.locator("input[name=role]").first.check()
    page.locator(KEEP).check()
    press(page, "Start")
    page.locator("[data-answer]").first.click()
    page.reload()
    chosen = page.locator("input[name=role]").last
    chosen.check()
    press(page, "Continue where you left off")
    page.get_by_role("button", name="Stop here and show my list").click()
    name = page.evaluate(
        "document.querySelector('template#names').content.querySelector('[data-role]:last-of-type').dataset.name"
    )
    assert page.locator("[data-part=scope] p").first.inner_text() == f"For: {name}."


def test_a_double_tap_presses_no_other_answer_of_the_screen(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(context, saved(tmp_path, "teacher", quick=False))
    press(page, "Start")
    page.get_by_role("radio", name="Everything").check()
    press(page, "Continue")
    tapped = 0
    while tapped < 40 and not page.locator(".report").count():
        page.wait_for_timeout(550)
        buttons = page.locator(".line").last.locator("button")
        for which in reversed(range(buttons.count())):
            here = headline(page)
            button = page.locator(".line").last.locator("button").nth(which)
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            box = button.bounding_box()
            if box is None or box["y"] < 0:
                continue
            tap_twice(button, page)
            tapped += 1
            if headline(page) != here:
                break
            assert button.get_attribute("aria-pressed") == "true"
            assert button.bounding_box() == box
        else:
            page.get_by_role("button", name="Skip", exact=False).first.dispatch_event("click")
        while page.locator("[data-choice]").count():
            page.locator("[data-part=go_on]").dispatch_event("click")
    assert tapped >= 20


def test_a_window_stays_where_it_is_when_another_one_answers(context: BrowserContext, tmp_path: Path) -> None:
    one, other = two_windows(context, saved(tmp_path, "teacher"))
    here = headline(one)
    one.evaluate("document.querySelector('#screen').firstElementChild.dataset.same = ''")
    press(other, "Continue where you left off")
    other.get_by_role("button", name="Stop here and show my list").click()
    other.locator("[data-part=resume]").click()
    while headline(other) == here:
        press(other, "Skip this screen" if not answers_of(other) else "Skip the rest")
    other.wait_for_timeout(600)
    other.locator("[data-answer]").first.click()
    one.locator("#kept").get_by_text("another window").wait_for()
    assert headline(one) == here


def test_a_report_shows_what_another_window_answered(context: BrowserContext, tmp_path: Path) -> None:
    one, other = two_windows(context, saved(tmp_path, "teacher"))
    one.get_by_role("button", name="Stop here and show my list").click()
    before = headline(one)
    press(other, "Continue where you left off")
    answer_all(other, lambda _number, _count: 0)
    one.locator("#kept").get_by_text("another window").wait_for()
    assert headline(one) == headline(other) != before


def test_keeping_no_longer_leaves_what_other_pages_kept(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(context, saved(tmp_path, "teacher"))
    page.locator(KEEP).check()
    press(page, "Start")
    page.locator("[data-answer]").first.click()
    before = page.evaluate(STORE)
    page.goto(saved(tmp_path, "councillor", names=("tiktok",)))
    press(page, "Start")
    page.locator("[data-answer]").first.click()
    page.locator(KEEP).uncheck()
    assert page.locator("#kept").inner_text().endswith("“Forget everything” removes those too.")
    assert page.evaluate(STORE)["answers"] == before["answers"]
    page.locator(KEEP).check()
    assert len(page.evaluate(STORE)["answers"]) == 2
    page.locator("#forget").click()
    page.locator("#forgetting").get_by_role("button", name="Forget everything").click()
    assert page.evaluate("localStorage.length") == 0


def test_a_role_that_is_chosen_later_in_another_window_stays_kept(context: BrowserContext, tmp_path: Path) -> None:
    address = saved(tmp_path)
    one = opened(context, address)
    one.locator("input[name=role]").first.check()
    one.locator(KEEP).check()
    press(one, "Start")
    one.locator("[data-answer]").first.click()
    other = opened(context, address)
    other.locator("input[name=role]").last.check()
    press(other, "Continue where you left off")
    other.locator("[data-answer]").last.click()
    role = other.evaluate(STORE)["role"]
    one.locator("#kept").get_by_text("another window").wait_for()
    one.wait_for_timeout(600)
    one.locator("[data-answer]").first.click()
    kept = one.evaluate(STORE)
    assert kept["role"] == role != ""
    one.get_by_role("button", name="Stop here and show my list").click()
    first = one.evaluate("document.querySelector('template#names').content.querySelector('[data-role]').dataset.name")
    assert one.locator("[data-part=scope] p").first.inner_text() == f"For: {first}.", "this window keeps to its own"


def test_the_browsers_back_leads_to_the_screen_before(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(context, saved(tmp_path, "teacher"))
    press(page, "Start")
    seen = [headline(page)]
    for _screen in range(3):
        press(page, "Skip this screen")
        seen.append(headline(page))
    page.get_by_role("button", name="Stop here and show my list").click()
    page.locator("[data-part=first] a").first.click()
    for again in (headline(page), *reversed(seen), "Look through your privacy settings"):
        page.go_back()
        assert headline(page) == again
    page.go_forward()
    assert headline(page) == seen[0]
    page.locator("#forget").click()
    page.locator("#forgetting").get_by_role("button", name="Forget everything").click()
    page.go_back()
    assert headline(page) == "Look through your privacy settings"


def test_kept_answers_that_no_longer_fit_are_told(context: BrowserContext, tmp_path: Path) -> None:
    address = saved(tmp_path, "teacher")
    page = opened(context, address)
    page.locator(KEEP).check()
    press(page, "Start")
    page.locator("[data-answer]").first.click()
    page.evaluate(
        "key => { const kept = JSON.parse(localStorage.getItem(key)); "
        "for (const id in kept.answers) kept.answers[id] = 'gone'; localStorage.setItem(key, JSON.stringify(kept)) }",
        KEY,
    )
    page = opened(context, address)
    said = page.locator("[data-part=kept]").inner_text()
    assert said == "1 earlier answer no longer fits, so the page asks again."
    assert not page.get_by_role("button", name="Continue where you left off").is_visible()
