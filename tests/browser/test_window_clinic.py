"""A clinic that is held from the window, in a real Chromium, with a second one as the phone that shares."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.clinic import network, session, store
from privacyaudit.clock import today
from privacyaudit.storage import folders
from tests.support import html_checker
from tests.support.chromium import chromium
from tests.support.clinic_desk import Desk
from tests.support.page_in_browser import PHONE, answer_all
from tests.support.window_process import Started, pressed, started_one, wide, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

browser = pytest.fixture(scope="module")(chromium)
KNOWN = loading.catalogue()
NAME = "Ysgol X"
WORDS = "three quiet words"
SECONDS = 60


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    yield from wide(browser, SECONDS * 1000)


started = pytest.fixture(started_one)


def at_home(context: BrowserContext, started: Started) -> Page:
    page = context.new_page()
    page.goto(started.address)
    page.get_by_text("The files stay").wait_for()
    return page


def asked_for(page: Page) -> None:
    """Go to the screen on which a clinic is opened, and wait for its networks."""
    pressed(page, "Hold a clinic")
    page.get_by_label("Only this computer").wait_for()


def fill_in(page: Page, choice: str = "Only this computer", *, memory: bool = True) -> None:
    page.get_by_label("What is the clinic called?").fill(NAME)
    page.get_by_label(choice, exact=False).first.check()
    page.get_by_label("Keep nothing on the disk").set_checked(memory)
    pressed(page, "Open the clinic")


def opened(page: Page) -> None:
    page.get_by_role("heading", name="The clinic is open", exact=True).wait_for()


def held(page: Page, choice: str = "Only this computer") -> None:
    """Open a clinic of which nothing is kept on the disk."""
    asked_for(page)
    fill_in(page, choice)
    opened(page)


def kept(page: Page) -> None:
    """Open a clinic that is kept with a passphrase: a test's computer has no keyring."""
    asked_for(page)
    fill_in(page, memory=False)
    page.get_by_text("no system keyring").wait_for()
    assert page.get_by_label("What is the clinic called?").input_value() == NAME
    page.get_by_label("A passphrase").fill(WORDS)
    pressed(page, "Open the clinic")
    opened(page)


def shared(browser: Browser, page: Page) -> None:
    """Join as people do who type the address and the code, answer everything, and share."""
    address = page.locator("[data-part=address]").inner_text()
    code = page.locator("[data-part=code]").inner_text()
    phone = browser.new_context(viewport={"width": PHONE, "height": 844}, has_touch=True).new_page()
    phone.set_default_timeout(SECONDS * 1000)
    phone.goto(f"http://{address}/")
    phone.get_by_label("code").fill(code)
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="Start", exact=True).wait_for()
    if phone.locator("input[name=role]").count():
        phone.locator("input[name=role]").first.check()
    pressed(phone, "Start")
    phone.locator("h1", has_text="Which of these").or_(phone.locator(".line").first).first.wait_for()
    if not phone.locator(".line").count():
        phone.locator("main input[value=everyday]").check()
        pressed(phone, "Continue")
    answer_all(phone, lambda _number, count: count - 1)
    with phone.expect_response("**/share") as reply:
        pressed(phone, "Share counts with this clinic")
    assert reply.value.status == 204
    phone.context.close()


def shared_quickly(page: Page, number: int = 1) -> None:
    """Share one answer, as phones do whose pages somebody else has tried."""
    desk = Desk(cast(Any, None))
    desk.port = int(page.locator("[data-part=address]").inner_text().rpartition(":")[2])
    desk.code = page.locator("[data-part=code]").inner_text().replace(" ", "")
    plan = session.plan(KNOWN, NAME, None, [], quick=True, address="127.0.0.1", port=1, today=today())
    check, line = next(iter(session.sheet(KNOWN, plan, today()).lines.items()))
    for _person in range(number):
        share = {"ticket": desk.load(), "phase": "before", "answers": {check: next(iter(line.verdicts))}}
        assert desk.share(share) == 204


def end(page: Page) -> None:
    pressed(page, "End the clinic")
    page.get_by_role("heading", name="End the clinic and write its report?").wait_for()
    pressed(page, "End it now")
    page.get_by_role("heading", name="The clinic has ended").wait_for()


def until_alone() -> None:
    """Wait until no clinic is held on this computer any more."""
    until = time.monotonic() + SECONDS
    while (store.path().parent / store.LOCK).exists():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_clinic_is_opened_joined_from_a_phone_shown_on_the_board_and_ended(
    browser: Browser, context: BrowserContext, started: Started
) -> None:
    page = at_home(context, started)
    asked_for(page)
    page.get_by_text("Who it is for, and which services").press("Enter")
    page.get_by_label("Teacher", exact=True).check()
    page.get_by_label("Everyday habits").check()
    fill_in(page)
    opened(page)
    assert page.locator("[data-part=name]").inner_text() == NAME
    assert page.locator("[data-part=people]").inner_text() == "0 people have taken part"
    shared(browser, page)
    page.get_by_text("1 person has taken part").wait_for()
    with context.expect_page() as tab:
        page.get_by_role("link", name="Open the board").click()
    tab.value.get_by_text("1 person has taken part").wait_for()
    assert page.locator("[data-part=code]").inner_text() in tab.value.content()
    other = context.new_page()
    other.goto(page.url)
    opened(other)
    assert other.locator("[data-part=code]").inner_text() == page.locator("[data-part=code]").inner_text()
    end(page)
    other.get_by_role("heading", name="The clinic has ended").wait_for()
    said = page.locator("[data-part=said]").inner_text()
    assert "1 person took part." in said
    [made] = folders.reports().glob("privacy-clinic-*.json")
    assert f"Written: {made}" in said
    kept_of_it = json.loads(made.read_text())
    assert (kept_of_it["taking_part"], kept_of_it["role"], kept_of_it["platforms"]) == (1, "teacher", ["everyday"])
    assert not store.exists()
    with context.expect_page() as tab:
        page.get_by_role("link", name="Open the report").click()
    tab.value.get_by_text("1 person has taken part").first.wait_for()
    pressed(page, "Back to the start")
    page.get_by_text("The files stay").wait_for()
    assert page.get_by_role("button", name="Hold a clinic").is_visible()


def test_the_window_killed_with_a_clinic_open_leaves_its_counts_and_no_process(
    context: BrowserContext, started: Started, tmp_path: Path
) -> None:
    page = at_home(context, started)
    kept(page)
    shared_quickly(page, 2)
    page.get_by_text("2 people have taken part").wait_for()
    os.kill(started.process.pid, signal.SIGKILL)
    started.process.wait()
    until_alone()
    keeper = store.Keeper.open(WORDS)
    assert (keeper.load().people, keeper.load().closed) == (2, False)
    keeper.close()
    secret = [NAME.encode(), WORDS.encode()]
    assert [
        path for path in tmp_path.rglob("*") if path.is_file() and any(one in path.read_bytes() for one in secret)
    ] == []
    with window() as again:
        page = at_home(context, again)
        assert page.get_by_text("A clinic was cut off. Its counts are still saved.").is_visible()
        pressed(page, "Show the clinic")
        page.get_by_label("The same address as before").wait_for()
        pressed(page, "Continue the clinic")
        page.get_by_label("A passphrase").fill("not these")
        pressed(page, "Continue the clinic")
        page.get_by_text("the key or passphrase is wrong").wait_for()
        page.get_by_label("A passphrase").fill(WORDS)
        pressed(page, "Continue the clinic")
        opened(page)
        page.get_by_text("2 people have taken part").wait_for()
        shared_quickly(page)
        page.get_by_text("3 people have taken part").wait_for()
        end(page)
        assert "3 people took part." in page.locator("[data-part=said]").inner_text()
    assert not store.exists()


@pytest.mark.parametrize("way", ["report", "delete"])
def test_the_report_of_a_clinic_that_was_cut_off_is_written_or_it_is_deleted(
    context: BrowserContext, started: Started, way: str
) -> None:
    kept(at_home(context, started))
    started.process.send_signal(signal.SIGINT)
    assert "its counts are kept" in started.rest()
    until_alone()
    with window() as again:
        page = at_home(context, again)
        pressed(page, "Show the clinic")
        page.get_by_label("The same address as before").wait_for()
        if way == "report":
            pressed(page, "Write its report")
            page.get_by_label("A passphrase").fill(WORDS)
            pressed(page, "Write its report")
            page.get_by_role("heading", name="The clinic has ended").wait_for()
            assert len(list(folders.reports().glob("privacy-clinic-*.html"))) == 1
        else:
            pressed(page, "Delete it")
            page.get_by_role("heading", name="Delete this clinic?").wait_for()
            page.locator("dialog [data-part=delete_now]").dispatch_event("click")
            page.get_by_text("Removed:").wait_for()
            page.get_by_label("What is the clinic called?").wait_for()
        assert not store.exists()


def test_a_phone_on_the_network_that_was_chosen_can_join(
    browser: Browser, context: BrowserContext, started: Started
) -> None:
    found = [one for one in network.addresses() if one.within_reach]
    if not found:
        pytest.skip("this computer is on no network that phones could join")
    page = at_home(context, started)
    asked_for(page)
    assert page.get_by_text("Anyone on this network can open").is_visible()
    page.get_by_label("What is the clinic called?").fill(NAME)
    page.get_by_label("Keep nothing on the disk").check()
    pressed(page, "Open the clinic")
    page.get_by_text("Choose a network first.").wait_for()
    page.locator(f"input[name=network][value='{found[0].address}']").first.check()
    pressed(page, "Open the clinic")
    opened(page)
    assert page.locator("[data-part=address]").inner_text().startswith(found[0].address)
    page.wait_for_function("document.querySelector('[data-part=picture]').naturalWidth > 0")
    assert page.locator("[data-part=picture]").bounding_box()["width"] > 150  # type: ignore[index]
    shared(browser, page)
    page.get_by_text("1 person has taken part").wait_for()


def test_nothing_else_ends_or_forgets_while_a_clinic_is_open(context: BrowserContext, started: Started) -> None:
    page = at_home(context, started)
    held(page)
    pressed(page, "Back to the start")
    page.get_by_text("A clinic is open.").wait_for()
    pressed(page, "End the program now")
    page.get_by_text("End the clinic first.").wait_for()
    pressed(page, "Let people take turns")
    page.locator("[data-part=turns_trouble]", has_text="End the clinic first.").wait_for()
    pressed(page, "Show the clinic")
    opened(page)
    end(page)
    pressed(page, "Back to the start")
    page.get_by_text("The files stay").wait_for()
    pressed(page, "End the program now")
    page.get_by_text("The program has ended.").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, started: Started, width: int, scheme: Any, tmp_path: Path
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    made = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    made.set_default_timeout(SECONDS * 1000)
    shots = os.environ.get("PRIVACYAUDIT_SHOTS")

    def fine(state: str) -> None:
        if shots:
            page.screenshot(path=f"{shots}/{state}-{width}-{scheme}.png", full_page=True)
        found = axe.run(page)
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state
        assert page.locator("h1:visible").count() == 1
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, [type=text], label.pick")]
               .filter(one => one.checkVisibility())
               .map(one => [one.textContent, one.getBoundingClientRect().height]).filter(([, height]) => height < 44)"""
        )
        assert small == [], state

    page = at_home(made, started)
    fine("home")
    asked_for(page)
    fine("new")
    pressed(page, "Open the clinic")
    page.get_by_text("Choose a network first.").wait_for()
    fine("no-network")
    kept_open(page)
    fine("open")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    pressed(page, "End the clinic")
    fine("asked")
    pressed(page, "End it now")
    page.get_by_role("heading", name="The clinic has ended").wait_for()
    fine("over")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    made.close()


def kept_open(page: Page) -> None:
    near = page.locator("input[name=network]:not([disabled]):visible").first
    near.check()
    page.get_by_label("What is the clinic called?").fill(NAME)
    page.get_by_label("Keep nothing on the disk").check()
    pressed(page, "Open the clinic")
    opened(page)


def test_a_clinic_is_opened_and_ended_with_the_keyboard(context: BrowserContext, started: Started) -> None:
    page = at_home(context, started)

    def reach(words: str) -> None:
        for _step in range(80):
            page.keyboard.press("Tab")
            here = "(one => (one.labels?.[0] ?? one).textContent.trim())(document.activeElement)"
            if page.evaluate(here).startswith(words):
                return
        raise AssertionError(f"“{words}” was not reached")

    reach("Hold a clinic")
    page.keyboard.press("Enter")
    page.get_by_label("Only this computer").wait_for()
    reach("What is the clinic called?")
    page.keyboard.type(NAME)
    reach("Who it is for")
    page.keyboard.press("Tab")
    for _choice in range(20):
        if page.get_by_label("Only this computer").is_checked():
            break
        page.keyboard.press("ArrowDown")
    assert page.get_by_label("Only this computer").is_checked()
    reach("Keep nothing on the disk")
    page.keyboard.press("Space")
    reach("Open the clinic")
    page.keyboard.press("Enter")
    opened(page)
    reach("Open the board")
    reach("End the clinic")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="End the clinic and write its report?").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Cancel"
    reach("End it now")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The clinic has ended").wait_for()


def test_the_html_is_valid(context: BrowserContext, started: Started, tmp_path: Path) -> None:
    page = at_home(context, started)
    path = tmp_path / "clinic.html"
    path.write_text(page.request.get(page.url).text(), encoding="utf-8")
    assert html_checker.errors([path]) == []
