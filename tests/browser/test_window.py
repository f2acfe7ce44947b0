"""The window in a real Chromium, with the program behind it as a person starts it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit import journal
from privacyaudit.report.writing import read_written
from privacyaudit.storage import files, folders
from privacyaudit.window import instance
from privacyaudit.window import notes as pages
from tests.support import html_checker
from tests.support.chromium import chromium
from tests.support.out_there import choose, door
from tests.support.page_in_browser import PHONE, fine
from tests.support.window_process import Started, answer, answer_rest, begin, pressed, started_one, wide, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

browser = pytest.fixture(scope="module")(chromium)
SAVED = "Saved on this computer."


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    yield from wide(browser, 60_000)


started = pytest.fixture(started_one)


def opened(context: BrowserContext, started: Started) -> Page:
    page = context.new_page()
    page.goto(started.address)
    page.locator("#screen h1, header h1").first.wait_for()
    return page


def beside(page: Page) -> Page:
    """Open another tab at the same place."""
    other = page.context.new_page()
    other.goto(page.url)
    other.locator(".line").first.wait_for()
    return other


def notes() -> list[dict[str, Any]]:
    lines = (folders.state() / journal.FILE).read_text().splitlines()
    return [json.loads(line) for line in lines]


# -- the way in --------------------------------------------------------------------------------------


def test_the_ticket_is_gone_from_the_address_and_works_no_second_time(
    context: BrowserContext, browser: Browser, started: Started
) -> None:
    page = opened(context, started)
    assert started.ticket not in page.url
    assert page.evaluate("history.length") == 2  # the empty tab, and the page
    assert page.evaluate("document.cookie") == ""
    stranger = browser.new_context().new_page()
    assert stranger.goto(started.address).status == 403  # type: ignore[union-attr]
    assert "works only once" in stranger.locator("header h1").inner_text()
    assert stranger.goto(page.url).status == 401  # type: ignore[union-attr]
    stranger.context.close()


def test_from_home_to_the_steps_for_something_out_there_and_nothing_is_written(
    context: BrowserContext, started: Started
) -> None:
    page = opened(context, started)
    before = files.written()
    with context.expect_page() as beside_it:
        page.get_by_role("link", name="Something is out there about me").click()
    other = beside_it.value
    door(other, "case")
    choose(other, "none", "me", "fake_account", "tiktok", "pupil", "yes")
    assert other.locator("h1:visible").inner_text() == "Your steps"
    door(other, "copy")
    assert other.locator("[data-part=save_as]").is_visible()
    assert files.written() == before


def test_a_second_start_shows_the_first_window(context: BrowserContext, started: Started) -> None:
    opened(context, started)
    other = Started()
    assert "The window is open already." in other.said
    assert (other.port, other.process.wait(10)) == (started.port, 0)
    assert other.ticket != started.ticket
    assert opened(context, other).locator("#keeps").is_checked()


def test_neither_ticket_nor_cookie_is_in_a_file_or_in_what_is_printed(
    context: BrowserContext, started: Started, tmp_path: Path
) -> None:
    page = opened(context, started)
    begin(page, "everyday")
    answer(page, 0)
    [cookie] = context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    texts = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert texts
    secrets = [started.ticket, cookie["value"], instance.found().key]  # type: ignore[union-attr]
    found = {path.name for path, text in texts.items() for secret in secrets if secret.encode() in text}
    assert found == {instance.FILE}
    assert (folders.state() / instance.FILE).stat().st_mode & 0o077 == 0
    pressed(page, "Stop here and show my list")
    page.locator("[data-part=home]").wait_for()
    pressed(page, "Back to the start")
    pressed(page, "End the program now")
    assert cookie["value"] not in started.rest()
    assert not (folders.state() / instance.FILE).exists()


# -- answers -----------------------------------------------------------------------------------------


def test_an_answer_is_saved_before_the_page_says_so(context: BrowserContext, started: Started) -> None:
    page = opened(context, started)
    begin(page, "everyday")
    answer(page, 0)
    page.get_by_text(SAVED).wait_for()
    assert [entry["kind"] for entry in notes()] == ["header", "seen"]
    assert page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)") == "{}{}"


def test_after_a_reload_in_the_middle_of_a_question_everything_is_there(
    context: BrowserContext, started: Started
) -> None:
    page = opened(context, started)
    begin(page, "bluesky", "everyday")
    answer(page, 0)
    title = page.locator("#screen h1").inner_text()
    page.reload()
    page.locator(".line").first.wait_for()
    assert page.locator("#screen h1").inner_text() == title
    assert page.locator(".line").first.locator("[aria-pressed=true]").count() == 1
    assert len(notes()) == 2


def test_the_program_is_killed_and_the_next_window_goes_on_where_it_stopped(context: BrowserContext) -> None:
    with window() as first:
        page = opened(context, first)
        begin(page, "everyday")
        answer(page, 0)
        os.kill(first.process.pid, signal.SIGKILL)
        first.process.wait()
        other = page.locator(".line").first.locator("[data-answer]").nth(1)
        other.dispatch_event("click")
        page.get_by_text("Not saved yet.").wait_for()
        assert other.get_attribute("aria-pressed") == "true"
    assert len(notes()) == 2
    with window() as second:
        page = opened(context, second)
        page.get_by_text("It has 1 answer.").wait_for()
        pressed(page, "Continue where you left off")
        page.locator(".line").first.wait_for()
        assert page.locator(".line").first.locator("[aria-pressed=true]").count() == 1
        answer_rest(page)
        [made] = [path for path in files.written() if path.suffix == ".json"]
        assert not read_written(made).record.stopped
        assert not (folders.state() / journal.FILE).exists()


def test_what_could_not_be_saved_is_sent_again(context: BrowserContext, started: Started) -> None:
    page = opened(context, started)
    begin(page, "everyday")
    page.route("**/answer", lambda route: route.abort())
    page.locator(".line").first.locator("[data-answer]").first.dispatch_event("click")
    page.get_by_text("Not saved yet.").wait_for()
    assert len(notes()) == 1
    page.unroute("**/answer")
    page.get_by_text(SAVED).wait_for()
    assert len(notes()) == 2


def test_a_full_disk_is_said_and_the_answer_stays_on_the_page(context: BrowserContext, started: Started) -> None:
    page = opened(context, started)
    begin(page, "everyday")
    page.route(
        "**/answer",
        lambda route: route.fulfill(status=409, json={"what": "The disk is full.", "advice": "Free some space."}),
    )
    page.locator(".line").first.locator("[data-answer]").first.dispatch_event("click")
    page.get_by_text("The disk is full. Free some space.").wait_for()
    assert page.locator("#saved").get_attribute("role") == "status"
    assert page.locator(".line").first.locator("[aria-pressed=true]").count() == 1


def test_the_browsers_back_button_goes_back_a_screen_and_an_answer_there_is_saved(
    context: BrowserContext, started: Started
) -> None:
    page = opened(context, started)
    begin(page, "everyday")
    first = page.locator("#screen h1").inner_text()
    pressed(page, "Skip this screen")
    page.wait_for_function("first => document.querySelector('h1').textContent !== first", arg=first)
    page.get_by_text(SAVED).wait_for()
    page.go_back()
    page.wait_for_function("first => document.querySelector('h1').textContent === first", arg=first)
    answer(page, 0)
    assert notes()[-1]["observation"]["option"]


def test_nothing_is_kept_where_others_use_the_computer(
    context: BrowserContext, started: Started, tmp_path: Path
) -> None:
    page = opened(context, started)
    page.locator("#keeps").uncheck()
    page.get_by_text("Nothing is saved on this computer.").wait_for()
    begin(page, "everyday")
    answer_rest(page)
    page.get_by_text("Nothing is saved. When you close this page").wait_for()
    pressed(page, "Back to the start")
    pressed(page, "End the program now")
    started.rest()
    left = [path for path in tmp_path.rglob("*") if path.is_file() and b"everyday." in path.read_bytes()]
    assert left == []
    assert not (folders.state() / journal.FILE).exists()


def test_two_tabs_of_one_window_do_not_overwrite_each_other(context: BrowserContext, started: Started) -> None:
    page = opened(context, started)
    begin(page, "everyday")
    other = beside(page)
    answer(page, 0)
    lines = other.locator(".line").count()
    if lines > 1:
        answer(other, 1)
    else:
        answer(other, 0, 1)
    assert len([entry for entry in notes() if entry["kind"] == "seen"]) == 2


def test_no_tab_says_saved_once_another_one_wants_nothing_saved(context: BrowserContext, started: Started) -> None:
    page = opened(context, started)
    begin(page, "everyday")
    other = beside(page)
    page.locator("#keeps").uncheck()
    page.get_by_text("Nothing is saved on this computer.").wait_for()
    answer(other, 0)
    other.get_by_text("Nothing is saved on this computer.").wait_for()
    assert not other.locator("#keeps").is_checked()
    assert not (folders.state() / journal.FILE).exists()


def test_a_tab_that_was_opened_before_does_not_begin_over_the_audit_of_another(
    context: BrowserContext, started: Started
) -> None:
    page = opened(context, started)
    other = context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="One service").wait_for()
    begin(page, "bluesky")
    answer(page, 0)
    pressed(other, "Everything")
    other.locator("input[name=role][value=teacher]").check()
    pressed(other, "Start")
    other.locator("main input[value=everyday]").check()
    pressed(other, "Continue")
    other.get_by_text("Another tab of this page has begun an audit.").wait_for()
    other.reload()
    other.locator(".line").first.wait_for()
    assert other.locator("#screen h1").inner_text() == page.locator("#screen h1").inner_text()
    assert [entry["kind"] for entry in notes()] == ["header", "seen"]


# -- the end -----------------------------------------------------------------------------------------


def test_the_report_is_the_programs_own_and_the_quick_round_asks_what_the_program_does(
    context: BrowserContext, started: Started
) -> None:
    page = opened(context, started)
    begin(page, "everyday", "facebook", "bluesky", time="10 minutes: what matters most")
    answer_rest(page)
    [made] = [path for path in files.written() if path.suffix == ".json"]
    record = read_written(made).record
    assert (record.stopped, record.quick, len(record.findings)) == (False, True, 12)
    with context.expect_page() as tab:
        page.get_by_role("link", name="Open the report").click()
    tab.value.wait_for_load_state()
    assert "default-src 'none'" in (tab.value.request.get(tab.value.url).headers["content-security-policy"])
    assert tab.value.locator("h1").inner_text() == page.locator("#screen h1").inner_text()
    with context.expect_page() as tab:
        page.get_by_role("link", name="Open the plan").click()
    tab.value.wait_for_load_state()
    assert "Privacy plan" in tab.value.title()
    with page.expect_download() as file:
        page.get_by_role("link", name="Calendar reminder").click()
    assert file.value.suggested_filename == "look-again.ics"
    page.reload()
    page.locator("[data-part=headline]").wait_for()


def test_forget_everything_removes_everything(context: BrowserContext, started: Started, tmp_path: Path) -> None:
    page = opened(context, started)
    begin(page, "everyday")
    answer_rest(page)
    page.locator("#forget").click()
    page.locator("#forgetting").get_by_role("button", name="Forget everything").click()
    page.get_by_text("Removed: ").first.wait_for()
    pressed(page, "End the program now")
    assert "Your answers and reports were removed." in started.rest()
    page.get_by_text("Your answers and reports were removed.").wait_for()
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in left if path.suffix != ".lock"] == []


def test_what_comes_after_everything_was_forgotten_stays(
    context: BrowserContext, started: Started, tmp_path: Path
) -> None:
    page = opened(context, started)
    page.locator("#forget").click()
    page.locator("#forgetting").get_by_role("button", name="Forget everything").click()
    page.locator("#forgetting").wait_for(state="hidden")
    begin(page, "everyday")
    answer(page, 0)
    pressed(page, "Stop here and show my list")
    page.locator("[data-part=headline]").wait_for()
    pressed(page, "Back to the start")
    pressed(page, "End the program now")
    started.rest()
    assert len(notes()) == 2
    assert [path for path in files.written() if path.suffix == ".html" and path.exists()]


def test_another_tab_brings_nothing_back_that_was_forgotten(context: BrowserContext, started: Started) -> None:
    page = opened(context, started)
    begin(page, "everyday")
    other = beside(page)
    page.locator("#forget").click()
    page.locator("#forgetting").get_by_role("button", name="Forget everything").click()
    page.locator("#forgetting").wait_for(state="hidden")
    other.locator(".line").first.locator("[data-answer]").first.dispatch_event("click")
    other.get_by_text("This audit has ended").wait_for()
    begin(page, "everyday")
    with other.expect_response("**/answer") as again:
        pass
    assert again.value.status == 409
    assert [entry["kind"] for entry in notes()] == ["header"]


def test_the_program_ends_when_the_person_says_so_and_when_ctrl_c_is_pressed(context: BrowserContext) -> None:
    with window() as one:
        page = opened(context, one)
        pressed(page, "End the program now")
        page.get_by_text("The program has ended.").wait_for()
        assert "The window is closed." in one.rest()
        assert one.process.returncode == 0
    with window() as other:
        other.process.send_signal(signal.SIGINT)
        assert "The window is closed." in other.rest()
        assert other.process.returncode == 0


# -- who else tries ----------------------------------------------------------------------------------

HOSTILE = Path(__file__).parent / "pages" / "beside-the-window.html"


class _Hostile(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        at = re.sub(r"^.*?at=", "", self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(HOSTILE.read_text(encoding="utf-8").replace("(at)", at).encode())

    def log_message(self, *_args: object) -> None:
        pass


def test_another_server_on_this_computer_can_neither_look_nor_do_anything(
    context: BrowserContext, started: Started
) -> None:
    page = opened(context, started)
    hostile = ThreadingHTTPServer(("127.0.0.1", 0), _Hostile)
    Thread(target=hostile.serve_forever, daemon=True).start()
    try:
        other = context.new_page()
        other.goto(f"http://127.0.0.1:{hostile.server_port}/?at={page.url}")
        other.wait_for_function("document.title.startsWith('{')")
        tries = json.loads(other.title())
    finally:
        hostile.shutdown()
        hostile.server_close()
    assert tries.pop("silent do") in ("opaque", "refused")  # nobody can see that it was refused, and so it was
    assert set(tries.values()) == {"refused"}
    page.reload()
    page.get_by_role("button", name="End the program now").wait_for()
    assert started.process.poll() is None


def test_a_socket_is_refused_and_so_is_another_name(started: Started) -> None:
    def said(*lines: str) -> str:
        with socket.create_connection(("127.0.0.1", started.port), 10) as line:
            line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
            line.settimeout(10)
            return line.recv(200).decode("latin-1").split("\r\n")[0]

    here = f"Host: 127.0.0.1:{started.port}"
    upgrade = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAA")
    assert " 101 " not in said("GET / HTTP/1.1", here, *upgrade)
    assert " 421 " in said("GET / HTTP/1.1", f"Host: evil.example:{started.port}")
    assert " 421 " in said("GET / HTTP/1.1", "Host: 127.0.0.1")
    assert " 401 " in said("GET / HTTP/1.1", here)


def test_no_other_address_of_this_computer_is_listened_at(started: Started) -> None:
    with socket.socket() as line:
        line.settimeout(2)
        assert line.connect_ex(("127.0.0.2", started.port))


# -- for everybody's eyes and hands ------------------------------------------------------------------


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "dark"), (640, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, started: Started, width: int, scheme: Any
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    made = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    page = opened(made, started)

    def fine(state: str) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state
        assert page.locator("h1:visible").count() == 1
        assert page.evaluate("document.activeElement.tagName") == "H1", state
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, summary, .ways a, [type=text], [type=password]")]
               .filter(one => one.checkVisibility()).map(one => [one.textContent, one.getBoundingClientRect().height])
               .filter(([text, height]) => height < 44)"""
        )
        assert small == [], state

    page.get_by_text("The files stay").wait_for()
    fine("home")
    begin(page, "everyday")
    fine("a question")
    answer_rest(page)
    fine("the outcome")
    made.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_pages_before_the_first_screen_and_in_its_place(browser: Browser, width: int) -> None:
    made = browser.new_context(viewport={"width": width, "height": 800})
    page = made.new_page()
    for html in (pages.front("/w/here/"), pages.stranger(), pages.used(), pages.nothing_there()):
        page.set_content(re.sub(r'<meta http-equiv="refresh"[^>]*>', "", html))
        fine(page, width, html[-400:])
    made.close()


def test_everything_can_be_done_with_the_keyboard(context: BrowserContext, started: Started) -> None:
    page = opened(context, started)

    def go_to(name: str) -> None:
        for _step in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim() || document.activeElement.value") == name:
                return
        raise AssertionError(f"“{name}” was not reached")

    go_to("10 minutes: what matters most")
    page.keyboard.press("Enter")
    page.locator("input[name=role]").first.focus()
    page.keyboard.press("Space")
    go_to("Start")
    page.keyboard.press("Enter")
    page.locator("main input[value=everyday]").focus()
    page.keyboard.press("Space")
    go_to("Continue")
    page.keyboard.press("Enter")
    page.locator(".line").first.wait_for()
    page.keyboard.press("Tab")
    go_to("I don't know")
    page.keyboard.press("Enter")
    page.get_by_text(SAVED).wait_for()


def test_the_html_is_valid(context: BrowserContext, started: Started, tmp_path: Path) -> None:
    page = opened(context, started)
    path = tmp_path / "window.html"
    path.write_text(page.request.get(page.url).text(), encoding="utf-8")
    assert html_checker.errors([path]) == []
