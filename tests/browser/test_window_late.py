"""An answer of the program that comes late replaces no screen that the person has moved to since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.chromium import chromium
from tests.support.window_process import (
    Started,
    answer,
    answer_rest,
    at_home,
    begin,
    pressed,
    started_one,
    wide,
    window,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

browser = pytest.fixture(scope="module")(chromium)
started = pytest.fixture(started_one)
TWO_FRAMES = "new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)))"


@pytest.fixture
def page(browser: Browser, started: Started) -> Iterator[Page]:
    for context in wide(browser, 60_000):
        yield at_home(context, started)


@contextmanager
def late(page: Page, name: str) -> Iterator[Callable[..., None]]:
    """Hold the next wish of this name back, until the function that is handed out lets it through, or answers it."""
    held: list[Route] = []
    page.route(f"**/{name}", lambda route: held.append(route), times=1)

    def let_through(**answered: Any) -> None:
        while not held:
            page.wait_for_timeout(10)
        with page.expect_response(lambda one: one.url.endswith(f"/{name}")) as reply:
            if answered:
                held[0].fulfill(**answered)
            else:
                held[0].continue_()
        reply.value.finished()
        page.evaluate(TWO_FRAMES)

    with page.expect_request(lambda one: one.url.endswith(f"/{name}")):
        yield let_through


def title(page: Page) -> str:
    return page.locator("#screen h1").inner_text()


def with_a_report(page: Page) -> None:
    begin(page, "everyday")
    answer_rest(page)
    page.locator("[data-part=home]").wait_for()


def keep_with_a_passphrase(page: Page) -> None:
    page.locator("input[name=own][value=keep]").check()
    for name in ("passphrase", "passphrase_again"):
        page.locator(f"[data-part=offer] [data-part={name}]").evaluate("(one) => { one.value = 'a long sentence' }")
    page.locator("[data-part=answer]").dispatch_event("click")


def test_who_went_back_to_the_start_while_the_history_is_saved_stays_there(page: Page) -> None:
    with_a_report(page)
    with late(page, "remember") as let_through:
        keep_with_a_passphrase(page)
    pressed(page, "Back to the start")
    page.get_by_text("One moment").or_(page.get_by_text("Your last result")).first.wait_for()
    let_through()
    assert title(page) == "Your privacy settings"
    page.go_back()
    page.locator("[data-part=headline]").wait_for()
    assert not page.locator("[data-part=offer]").is_visible()  # it is kept: nobody is asked again
    assert page.locator("[data-part=things] summary").count() > 0


def test_who_stays_sees_that_it_is_kept(page: Page) -> None:
    with_a_report(page)
    with late(page, "remember") as let_through:
        keep_with_a_passphrase(page)
    let_through()
    page.locator("[data-part=decisions]").wait_for()


def test_what_could_not_be_kept_is_said_to_who_went_back_to_the_start(page: Page) -> None:
    with_a_report(page)
    with late(page, "remember") as let_through:
        keep_with_a_passphrase(page)
    pressed(page, "Back to the start")
    page.get_by_text("Your last result").wait_for()
    let_through(status=409, json={"what": "The keyring is locked.", "advice": ""})
    assert title(page) == "Your privacy settings"
    assert page.locator("#saved").inner_text() == "The keyring is locked."


def test_who_went_back_while_an_audit_begins_stays_there(page: Page) -> None:
    pressed(page, "Everything")
    page.locator("input[name=role]").first.check()
    pressed(page, "Start")
    page.locator("main input[value=everyday]").check()
    with late(page, "begin") as let_through:
        pressed(page, "Continue")
    page.go_back()
    page.locator("input[name=role]").first.wait_for()
    let_through()
    assert page.locator("input[name=role]").first.is_visible()
    assert title(page) == "Look through your privacy settings"


def test_who_went_back_while_a_stopped_audit_is_written_stays_at_the_question(page: Page) -> None:
    begin(page, "everyday")
    first = title(page)
    answer(page, 0)
    pressed(page, "Skip this screen" if page.get_by_text("Skip this screen").count() else "Skip the rest")
    page.wait_for_function("first => document.querySelector('h1').textContent !== first", arg=first)
    with late(page, "finish") as let_through:
        pressed(page, "Stop here and show my list")
    page.go_back()
    page.wait_for_function("first => document.querySelector('h1').textContent === first", arg=first)
    let_through()
    assert title(page) == first


def test_of_an_audit_that_has_ended_no_question_stays_on_the_screen(page: Page) -> None:
    begin(page, "everyday")
    with late(page, "finish") as let_through:
        answer_all(page)
    page.go_back()
    page.locator(".line").first.wait_for()
    let_through()
    page.locator("[data-part=headline]").wait_for()


def test_at_the_first_screen_nothing_leads_back_into_an_audit_that_has_ended(page: Page) -> None:
    begin(page, "everyday")
    with late(page, "finish") as let_through:
        answer_all(page)
    page.evaluate("history.go(-history.state)")
    page.get_by_text("An audit is going on.").wait_for()
    let_through()
    assert title(page) == "Your privacy settings"
    page.locator("[data-part=go_on]").dispatch_event("click")
    page.get_by_text("Your last result").wait_for()
    assert not page.get_by_text("An audit is going on.").is_visible()


def answer_all(page: Page) -> None:
    """Answer everything, and leave as it is what is to change, without waiting for what comes then."""
    page.evaluate(
        """() => {
          const next = () => document.querySelector("[data-choice=leave][aria-pressed=false]")
            ?? [...document.querySelectorAll(".line:has([data-answer]):not(:has([aria-pressed=true]))")]
              .map(one => [...one.querySelectorAll("[data-answer]")].at(-1))[0];
          for (let one = next(); one; one = next()) one.click();
        }"""
    )


def test_who_began_anew_while_an_old_audit_is_looked_for_stays_there(browser: Browser) -> None:
    with window() as first:
        for context in wide(browser, 60_000):
            page = at_home(context, first)
            begin(page, "everyday")
            answer(page, 0)
    with window() as second:
        for context in wide(browser, 60_000):
            page = at_home(context, second)
            with late(page, "resume") as let_through:
                pressed(page, "Continue where you left off")
            pressed(page, "Everything")
            page.locator("input[name=role]").first.check()
            let_through()
            assert page.locator("input[name=role]").first.is_checked()


def test_who_went_on_while_a_clinic_is_looked_at_stays_there_and_back_leads_out_of_it(page: Page) -> None:
    with late(page, "clinic") as let_through:
        pressed(page, "Hold a clinic")
    pressed(page, "Everything")
    page.locator("input[name=role]").first.check()
    let_through()
    assert title(page) == "Look through your privacy settings"
    page.go_back()
    pressed(page, "Hold a clinic")
    page.locator("[data-part=networks], [data-part=name]").first.wait_for()
    pressed(page, "Back to the start")
    page.locator("[data-part=going_on]").wait_for(state="attached")
    page.go_back()
    page.locator("[data-part=memory]").wait_for()
    page.go_back()
    page.locator("[data-part=going_on]").wait_for(state="attached")
