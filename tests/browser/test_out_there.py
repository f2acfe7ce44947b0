"""The page “Something is out there” in a real browser: for everyone, in memory only, and only for oneself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.about_me import asking
from privacyaudit.about_me.first_hour import first_hour
from privacyaudit.about_me.places import atlas
from tests.support.chromium import chromium
from tests.support.out_there import choose, door, go_on, page
from tests.support.page_in_browser import fine, headline

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

browser = pytest.fixture(scope="module")(chromium)
NAME = "Canary O’Finch"
KEPT = """async () => [localStorage.length, sessionStorage.length, document.cookie, location.hash, location.search,
  (await indexedDB.databases()).length, JSON.stringify(history.state)]"""
PRESSED = "#screen a, #screen select, #screen input[type=text], #screen textarea"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "out-there.html"
    path.write_text(page(window=True), encoding="utf-8")
    return path


class Opened:
    """The page, what it asked for, what it said in the console, and which pages it opened."""

    def __init__(self, browser: Browser, file: Path, **how: Any) -> None:
        self.context = browser.new_context(**how)
        self.asked: list[str] = []
        self.said: list[str] = []
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.context.route("http*://**", lambda route: route.abort())
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(file.as_uri())


@pytest.fixture
def opened(browser: Browser, file: Path) -> Iterator[Opened]:
    one = Opened(browser, file, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    yield one
    one.context.close()


def to_the_steps(opened: Page) -> None:
    door(opened, "case")
    choose(opened, "child")
    go_on(opened)
    choose(opened, "me", "fake_account", "tiktok", "pupil", "yes")


def to_the_searches(opened: Page) -> None:
    door(opened, "searches")
    choose(opened, "me")
    opened.locator("[data-kind=name]").fill(NAME)
    opened.locator("[data-kind=town]").fill("Bangor")
    go_on(opened)


# -- for everyone ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light"), (320, "light")])
def test_axe_finds_nothing_on_any_screen(browser: Browser, file: Path, width: int, scheme: Any) -> None:
    one = Opened(browser, file, viewport={"width": width, "height": 844}, color_scheme=scheme)
    at = one.page

    def looks(state: str) -> None:
        at.wait_for_timeout(20)
        fine(at, width, f"{state} at {width}", PRESSED)

    looks("start")
    door(at, "case")
    looks("question")
    choose(at, "both")
    looks("danger")
    go_on(at)
    choose(at, "other")
    looks("refused")
    choose(at, "me", "intimate")
    looks("menu")
    choose(at, "anywhere", "unknown", "no")
    looks("steps")
    door(at, "copy")
    looks("text")
    at.locator("#to-start").dispatch_event("click")
    door(at, "first_hour")
    choose(at, "unsure")
    looks("card")
    at.locator("#to-start").dispatch_event("click")
    door(at, "letters")
    looks("letters")
    at.get_by_role("button", name="A friend or relative posted me").dispatch_event("click")
    at.locator("summary").dispatch_event("click")
    at.locator("textarea").first.fill("no address\nhttps://a.example/")
    looks("letter")
    at.locator("#to-start").dispatch_event("click")
    to_the_searches(at)
    at.locator("input[value=others]").first.dispatch_event("click")
    at.locator("summary").dispatch_event("click")
    looks("searches")
    go_on(at)
    looks("found")
    at.locator("#to-start").dispatch_event("click")
    door(at, "preparing")
    choose(at, "job")
    looks("services to prepare")
    at.locator("summary").dispatch_event("click")
    looks("private services")
    for name in ("facebook", "tiktok"):
        at.locator(f"input[value={name}]").dispatch_event("click")
    go_on(at)
    looks("tasks")
    assert one.said == []
    one.context.close()


def test_with_the_keyboard_alone_somebody_gets_to_the_steps(opened: Opened) -> None:
    at = opened.page
    keys = at.keyboard

    def tab_to(part: str) -> None:
        for _time in range(12):
            keys.press("Tab")
            if at.evaluate("document.activeElement.dataset.part ?? document.activeElement.tagName") == part:
                return
        raise AssertionError(part)

    tab_to("case")
    keys.press("Enter")
    for question in list(asking.QUESTIONS.values())[:3]:
        assert at.evaluate("document.activeElement.textContent") == question
        keys.press("Tab")
        keys.press("Space")
        tab_to("go_on")
        keys.press("Enter")
    tab_to("SELECT")
    keys.press("ArrowDown")
    tab_to("go_on")
    keys.press("Enter")
    for _question in range(2):
        keys.press("Tab")
        keys.press("Space")
        tab_to("go_on")
        keys.press("Enter")
    assert headline(at) == "Your steps"
    assert at.locator("#screen section h2").count() >= 2


def test_the_browsers_back_goes_one_screen_back_and_answers_stay(opened: Opened) -> None:
    at = opened.page
    door(at, "case")
    choose(at, "none", "me")
    at.go_back()
    assert headline(at) == asking.QUESTIONS["about"]
    assert at.locator("input:checked").get_attribute("value") == "me"
    at.go_back()
    at.go_back()
    assert headline(at) == "Something about you is out there"


def test_without_a_script_the_first_hour_and_who_helps_are_there(browser: Browser, file: Path) -> None:
    one = Opened(browser, file, java_script_enabled=False)
    text = one.page.locator("body").inner_text()
    assert "ring 999" in text
    for child in (True, False):
        card = first_hour(atlas(), child=child)
        for line in (card.title, *card.lines, *card.helpers):
            assert line in text
    assert not one.page.locator("button:visible").count()
    one.context.close()


# -- what it says ----------------------------------------------------------------------------------


def test_danger_and_a_child_come_before_the_next_question_and_first_in_the_steps(opened: Opened) -> None:
    at = opened.page
    door(at, "case")
    choose(at, "both")
    assert headline(at) == "Somebody may be in danger: do this first"
    assert "999" in at.locator("#screen li").first.inner_text()
    go_on(at)
    choose(at, "me", "fake_account", "tiktok", "pupil", "yes")
    titles = at.locator("#screen section h2").all_inner_texts()
    assert titles[0] == "1. Somebody may be in danger: do this first"
    assert len(titles) <= 8


def test_a_step_leads_to_its_letter(opened: Opened) -> None:
    at = opened.page
    to_the_steps(at)
    assert "privacyaudit letter" not in at.locator("#screen").inner_text()
    at.get_by_role("button", name="Somebody made an account in my name").first.dispatch_event("click")
    assert headline(at) == "Somebody made an account in my name"
    at.go_back()
    assert headline(at) == "Your steps"
    door(at, "copy")
    assert "privacyaudit letter" not in at.locator("#screen [data-part=text]").input_value()


def test_it_makes_no_plan_and_no_searches_for_somebody_else(opened: Opened) -> None:
    at = opened.page
    door(at, "case")
    choose(at, "none", "other")
    assert headline(at) == asking.QUESTIONS["about"]
    assert at.locator("[role=alert]").inner_text().split("\n\n") == list(asking.NO_PLAN)
    at.locator("#to-start").dispatch_event("click")
    door(at, "searches")
    choose(at, "other")
    assert headline(at) == asking.FOR_WHOM
    assert at.locator("[role=alert]").inner_text().split("\n\n") == list(asking.NO_SEARCH)
    assert not at.locator("[data-kind]").count()


def test_a_letter_shows_what_is_filled_in_and_what_is_missing(opened: Opened) -> None:
    at = opened.page
    door(at, "letters")
    at.get_by_role("button", name="A friend or relative posted me").dispatch_event("click")
    at.locator("#screen input").first.fill("<b>Canary</b> {recipient}")
    letter = at.locator("[data-part=letter]")
    assert "<b>Canary</b> {recipient}" in letter.inner_text()
    assert letter.locator("b").count() == 0
    assert "[the address of the page]" in letter.locator("mark").all_inner_texts()
    at.locator("textarea").first.fill("https://a.example/1\nhttps://b.example/2")
    assert letter.locator("li").all_inner_texts() == ["https://a.example/1", "https://b.example/2"]
    assert "the address of the page" not in at.locator("[data-part=left]").inner_text()


def test_only_the_letter_is_printed(opened: Opened) -> None:
    at = opened.page
    door(at, "letters")
    at.get_by_role("button", name="Ask an organisation to erase my data").dispatch_event("click")
    wanted = at.locator("[data-part=letter]").inner_text()
    at.emulate_media(media="print")
    assert at.locator("body").inner_text().strip() == wanted.strip()
    assert at.title() == "Ask an organisation to erase my data"


def test_what_was_found_comes_with_what_to_do_the_hardest_first(opened: Opened) -> None:
    at = opened.page
    to_the_searches(at)
    go_on(at)
    assert headline(at) == "You have not looked yet, so we cannot tell"
    at.go_back()
    searches = at.locator("[data-part=short] > li")
    searches.nth(0).locator("input[value=change]").dispatch_event("click")
    searches.nth(1).locator("input[value=others]").dispatch_event("click")
    assert "delete nothing yet" in searches.nth(1).locator("[data-part=told]").inner_text()
    searches.nth(1).locator("[data-counts=others]").fill("3")
    searches.nth(2).locator("input[value=fine]").dispatch_event("click")
    searches.nth(2).locator("input[value=nothing]").dispatch_event("click")
    assert not searches.nth(2).locator("input[value=fine]").is_checked()
    go_on(at)
    things = at.locator("[data-part=things] > li > b").all_inner_texts()
    assert things == [
        "Google Images: Something about me, by somebody else (3)",
        "Google: My own, and I want to change it (1)",
    ]
    assert "not looked at, so we cannot tell" in at.locator("[data-part=rest_title]").inner_text()
    at.get_by_role("button", name="Get your steps").dispatch_event("click")
    assert headline(at) == asking.QUESTIONS["risk"]


def test_a_short_walk_shows_the_screens_of_the_services_and_what_is_left(opened: Opened) -> None:
    at = opened.page
    door(at, "preparing")
    choose(at, "job")
    at.locator("input[value=facebook]").dispatch_event("click")
    go_on(at)
    tasks = at.locator("[data-part=tasks] > section")
    number = tasks.count()
    assert "Facebook: " in "".join(tasks.all_inner_texts())
    left = at.locator("[data-part=left] li")
    assert left.count() == number
    for index in range(number):
        tasks.nth(index).locator("input[value=not-for-me]").dispatch_event("click")
    assert left.all_inner_texts() == ["Nothing is left to do."]
    tasks.nth(0).locator("input[value=later]").dispatch_event("click")
    assert left.count() == 1
    door(at, "copy")
    text = at.locator("[data-part=text]").input_value()
    assert "privacyaudit" not in text
    assert text.count("\n\n") == number + 3
    at.go_back()
    assert at.locator("input[value=facebook]").is_checked()
    assert opened.asked == [at.url]


def test_nothing_found_is_told_of_today_only(opened: Opened) -> None:
    at = opened.page
    to_the_searches(at)
    at.locator("input[value=nothing]").first.dispatch_event("click")
    go_on(at)
    assert headline(at) == "You found nothing to act on"
    assert "today" in at.locator("[data-part=today]").inner_text()


# -- what it keeps and sends -----------------------------------------------------------------------


def test_nothing_is_kept_nothing_is_sent_and_a_search_opens_only_when_pressed(opened: Opened, file: Path) -> None:
    at = opened.page
    to_the_steps(at)
    at.locator("#to-start").dispatch_event("click")
    door(at, "letters")
    at.get_by_role("button", name="A friend or relative posted me").dispatch_event("click")
    at.locator("#screen input").first.fill(NAME)
    at.locator("#to-start").dispatch_event("click")
    to_the_searches(at)
    at.locator("summary").dispatch_event("click")
    links = at.locator("#screen a").evaluate_all("all => all.map((one) => [one.href, one.target, one.rel])")
    assert len(links) > 20
    assert all(href.startswith("https://") and target == "_blank" for href, target, _rel in links)
    assert {rel for _href, _target, rel in links} == {"noopener noreferrer"}
    assert opened.asked == [file.as_uri()]
    assert len(opened.context.pages) == 1
    number = at.evaluate("history.state")
    assert at.evaluate(KEPT) == [0, 0, "", "", "", 0, str(number)]
    with opened.context.expect_page() as other:
        at.locator("#screen a").first.click()
    assert "Canary%20O%27Finch" in other.value.url or "Canary%20O%27Finch" in opened.asked[-1]
    assert at.evaluate("document.title") == "Something about you is out there"
    at.reload()
    door(at, "letters")
    at.get_by_role("button", name="A friend or relative posted me").dispatch_event("click")
    assert at.locator("#screen input").first.input_value() == ""


def test_a_line_that_cannot_be_searched_for_is_told_beside_it_and_gets_the_focus(opened: Opened) -> None:
    at = opened.page
    door(at, "searches")
    choose(at, "me")
    at.locator("[data-kind=town]").fill("Bangor")
    go_on(at)
    assert at.locator("[role=alert]").inner_text().split("\n\n") == list(asking.NO_WORDS)
    at.locator("[data-kind=email]").fill("x")
    go_on(at)
    assert at.evaluate("document.activeElement.dataset.kind") == "email"
    assert at.locator("#wrong-email").inner_text().startswith("This is not an e-mail address.")
    assert at.locator("[data-kind=email]").get_attribute("aria-invalid") == "true"
