"""“Read it for me” as a person has it in the window: agree, sign in, watch, and say whether what was read is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from privacyaudit import journal
from privacyaudit.browser.sign_in import Credentials
from privacyaudit.demo.pebble import Pebble
from privacyaudit.journal import Seen
from privacyaudit.model import Reason
from privacyaudit.window.desk import in_a_window
from privacyaudit.window.serving import Served, opened
from tests.support import at_the_window, pebble_window
from tests.support.chromium import chromium
from tests.support.whole_program import eventually

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

browser = pytest.fixture(scope="module")(chromium)
screen = pytest.fixture(scope="module")(at_the_window.screen)
port = pytest.fixture(at_the_window.port)
READS = re.compile("(?:reading|looking again at) page")


@pytest.fixture
def pebble() -> Iterator[Pebble]:
    with Pebble("mixed") as site:
        yield site


@pytest.fixture
def window(pebble: Pebble) -> Iterator[Served]:
    with opened(partial(pebble_window.with_pebble, pebble.origin), unkept="", announced=False) as made:
        yield made


def read_hidden(window: Served, site: Pebble) -> None:
    """Let the window read Pebble without a window, signed in by itself."""
    pebble_window.read_hidden(window, Credentials(site.origin, site.account.user, site.account.password, code=None))


def a_page(browser: Browser, window: Served, width: int = 1280, scheme: Literal["light", "dark"] = "light") -> Page:
    made = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    made.set_default_timeout(60_000)
    made.goto(window.address)
    return made


def begin(page: Page, first: str = "Read it for me") -> None:
    """Begin an audit of all that Pebble asks, and wait for the heading of the first screen."""
    page.get_by_role("button", name="Everything", exact=True).click()
    page.locator("input[name=role]").last.check()
    page.locator("[data-part=begin]").click()
    page.get_by_label("Pebble", exact=True).check()
    page.locator("[data-part=begin]").click()
    page.get_by_role("heading", name=first, level=1).wait_for()


def no_trouble(page: Page) -> None:
    page.wait_for_timeout(50)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_a_person_has_it_read_and_says_what_is_right(
    width: int, scheme: Literal["light", "dark"], browser: Browser, window: Served, pebble: Pebble
) -> None:
    read_hidden(window, pebble)
    page = a_page(browser, window, width, scheme)
    begin(page)
    assert "pretend site" in page.locator("[data-part=notice]").inner_text()
    no_trouble(page)
    page.get_by_role("button", name="I agree that the program reads these").click()
    page.get_by_role("heading", name="Reading your settings").wait_for()
    page.get_by_text(READS).wait_for(timeout=120_000)
    no_trouble(page)
    page.get_by_role("heading", name="What was read").wait_for(timeout=120_000)
    assert "Signed out: confirmed" in page.locator("[data-part=ended]").inner_text()
    assert pebble.sessions == set()
    page.wait_for_function("[...document.querySelectorAll('.read img:not([hidden])')].length > 8")
    page.wait_for_function("[...document.querySelectorAll('.read img:not([hidden])')].every((one) => one.complete)")
    sizes = page.evaluate("[...document.querySelectorAll('.read img:not([hidden])')].map((one) => one.naturalWidth)")
    assert all(sizes)
    no_trouble(page)

    first = page.locator(".read").first
    wrong = first.locator("input").first.get_attribute("value")
    first.locator("input").first.check()
    page.get_by_text("The page asks you about 1 of these").wait_for()
    first.get_by_role("button", name="The others are right").click()
    for _screen in range(1, page.locator(".read").count() - 1):
        page.get_by_role("button", name="All of these are right").first.click()
    page.get_by_text("Confirmed by you.").last.wait_for()
    last = page.locator(".read").last
    boxes = [str(box.get_attribute("value")) for box in last.locator("input").all()]
    assert len(boxes) > 1
    last.locator("input").first.check()
    last.get_by_text("The page asks you about 1 of these").wait_for()
    assert last.locator("input").first.is_disabled()
    no_trouble(page)

    page.get_by_role("button", name="Continue").click()
    page.locator(".stop").wait_for()
    sitting = window.program.sitting
    assert sitting
    left = {check.id for check in sitting.left}
    assert left == {wrong, boxes[0], "demo.second-look"}
    entries = [entry for entry in sitting.journal.entries if isinstance(entry, Seen)]
    confirmed = {entry.check for entry in entries if entry.observation.confirmed}
    assert confirmed == pebble.truth.keys() - left - set(boxes)
    assert {entry.check for entry in entries if entry.observation.reason is Reason.READ_WRONG} == {wrong, boxes[0]}
    assert sitting.journal.path
    assert b"PNG" not in sitting.journal.path.read_bytes()


def test_the_person_signs_in_beside_it_and_presses_the_button(
    port: int, browser: Browser, window: Served, pebble: Pebble
) -> None:
    assert window.program.desk.reader is in_a_window
    page = a_page(browser, window)
    begin(page)
    page.get_by_role("button", name="I agree that the program reads these").click()
    page.get_by_text("Sign in to Pebble in that window").wait_for(timeout=120_000)
    no_trouble(page)
    at_the_window.sign_in(port, pebble.account.user, pebble.account.password)
    page.get_by_role("button", name="I am signed in").press("Enter")
    page.get_by_text(READS).wait_for(timeout=120_000)
    page.get_by_role("heading", name="What was read").wait_for(timeout=120_000)
    assert "Signed out: confirmed" in page.locator("[data-part=ended]").inner_text()
    assert pebble.sessions == set()


def test_stop_signs_out_and_the_rest_is_asked_by_hand(
    port: int, browser: Browser, window: Served, pebble: Pebble
) -> None:
    page = a_page(browser, window)
    begin(page)
    page.get_by_role("button", name="I agree that the program reads these").click()
    page.get_by_text("Sign in to Pebble in that window").wait_for(timeout=120_000)
    at_the_window.sign_in(port, pebble.account.user, pebble.account.password)
    assert pebble.sessions != set()
    page.get_by_role("button", name="Stop and sign out").click()
    page.get_by_role("heading", name="What was read").wait_for(timeout=120_000)
    assert "Nothing could be read" in page.locator("main").inner_text()
    assert pebble.sessions == set()
    page.get_by_role("button", name="Continue").click()
    page.locator(".stop").wait_for()


def test_while_it_reads_a_reload_shows_it_again_and_nothing_else_can_end_the_audit(
    browser: Browser, window: Served, pebble: Pebble
) -> None:
    read_hidden(window, pebble)
    page = a_page(browser, window)
    begin(page)
    page.get_by_role("button", name="I agree that the program reads these").click()
    page.get_by_role("heading", name="Reading your settings").wait_for()
    page.reload()
    page.get_by_role("heading", name="Reading your settings").wait_for()
    for name in ("finish", "forget"):
        reply = page.evaluate(
            """name => fetch(name, { method: "POST", headers: { "Content-Type": "application/json",
            "X-Privacyaudit": "window" }, body: "{}" }).then((one) => one.json())""",
            name,
        )
        assert reply["what"] == "The program is reading your settings now."
    page.get_by_role("heading", name="What was read").wait_for(timeout=120_000)
    page.reload()
    page.get_by_role("heading", name="What was read").wait_for()


def test_the_end_of_the_program_signs_out_first(browser: Browser, pebble: Pebble) -> None:
    with opened(partial(pebble_window.with_pebble, pebble.origin), unkept="", announced=False) as window:
        read_hidden(window, pebble)
        page = a_page(browser, window)
        begin(page)
        page.get_by_role("button", name="I agree that the program reads these").click()
        assert eventually(lambda: pebble.sessions != set(), 60)
        page.context.close()
    assert pebble.sessions == set()
    assert journal.unfinished()


def test_where_nobody_can_sign_in_beside_it_nothing_is_offered_and_it_is_known_why(
    browser: Browser, window: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    page = a_page(browser, window)
    begin(page, first="Privacy")
    page.evaluate("location.reload()")
    page.locator(".stop").wait_for()
    desk = window.program.desk
    assert "no screen" in desk.told()["trouble"]
    assert desk.told()["offers"]


def test_the_first_screen_offers_it_as_long_as_there_is_something_to_read(
    browser: Browser, window: Served, pebble: Pebble
) -> None:
    read_hidden(window, pebble)
    page = a_page(browser, window)
    offer = page.get_by_role("button", name="Read it for me")
    page.get_by_role("heading", name="Your privacy settings").wait_for()
    assert not offer.is_visible()
    begin(page)
    page.get_by_role("button", name="Answer by hand").click()
    page.locator(".stop").wait_for()
    page.evaluate("history.go(-history.state)")
    offer.wait_for()
    no_trouble(page)
    offer.click()
    page.get_by_role("heading", name="Read it for me", level=1).wait_for()


def test_back_leads_from_what_can_be_read_to_where_the_person_came_from(
    browser: Browser, window: Served, pebble: Pebble
) -> None:
    read_hidden(window, pebble)
    page = a_page(browser, window)
    begin(page)
    assert "The program opens only the services that you tick." in page.locator("main").inner_text()
    page.get_by_role("button", name="Back", exact=True).press("Enter")
    page.get_by_role("heading", name="Which of these do you use?").wait_for()
    page.evaluate("history.go(-history.state)")
    page.get_by_role("button", name="Read it for me").press("Enter")
    page.get_by_role("heading", name="Read it for me", level=1).wait_for()
    page.get_by_role("button", name="Back", exact=True).press("Enter")
    page.get_by_role("heading", name="Your privacy settings", level=1).wait_for()


def test_until_something_is_counted_the_page_is_said_and_no_nought(browser: Browser, window: Served) -> None:
    page = a_page(browser, window)
    shown: dict[str, Any] = {"sentence": "", "service": "Pebble", "page": 3, "pages": 5, "screens": ["Posts"]}
    shown |= {"stage": "reading", "again": False, "asked": 14, "told": 0, "untold": 0, "stopping": False}
    shown |= {"troubles": [], "ended": [], "read": []}
    page.route("**/reading", lambda route: route.fulfill(json={"trouble": "", "offers": [], "reading": shown}))
    page.reload()
    page.get_by_role("button", name="Read it for me").press("Enter")
    page.get_by_text("Pebble: reading page 3 of 5 (Posts)").wait_for()
    assert not page.locator("[data-part=told]").is_visible()
    shown |= {"again": True, "told": 2, "untold": 1}
    page.get_by_text("Read: 2 of 14. Could not tell: 1.").wait_for()


def test_all_of_it_is_done_by_keyboard(browser: Browser, window: Served, pebble: Pebble) -> None:
    read_hidden(window, pebble)
    page = a_page(browser, window)
    begin(page)
    to(page, "I agree that the program reads these")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What was read").wait_for(timeout=120_000)
    assert page.evaluate("document.activeElement.tagName") == "H1"
    to(page, "All of these are right")
    page.keyboard.press("Space")
    page.get_by_text("Confirmed by you.").first.wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Confirmed by you."
    to(page, "Continue")
    page.keyboard.press("Enter")
    page.locator(".stop").wait_for()


def to(page: Page, name: str) -> None:
    """Go to a button with the Tab key."""
    for _turn in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == name:
            return
    raise AssertionError(name)
