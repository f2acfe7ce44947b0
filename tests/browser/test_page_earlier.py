"""Answers saved from the page, months later: opened by file, drop or paste, to go on with them or to compare."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.clock import today
from privacyaudit.offline.page import build
from tests.support.chromium import chromium
from tests.support.page_in_browser import PHONE, answer_all, copied, fine, headline, press

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Dialog, Page

pytestmark = pytest.mark.browser

NAMES = ("facebook", "whatsapp", "everyday")
SAVED_ON = "2026-05-03"
SUMMARY = "Open my earlier answers"
FAULT = "[data-part=fault]:visible"
browser = pytest.fixture(scope="module")(chromium)


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(build(loading.catalogue(), NAMES, quick=True), encoding="utf-8")
    return path


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": PHONE, "height": 844}, has_touch=True, reduced_motion="reduce")
    yield made
    made.close()


@pytest.fixture(scope="module")
def text(browser: Browser, quick: Path) -> str:
    """What the page itself gave in May: every first answer, and for each fifth check “I don't know”."""
    page = browser.new_page()
    begin(page, quick)
    answer_all(page, lambda number, _count: None if number % 5 == 4 else 0)
    said = json.loads(copied(page, "Show my answers to copy"))
    page.close()
    return json.dumps(said | {"day": SAVED_ON})


def begin(page: Page, path: Path, role: str = "teacher") -> None:
    page.goto(path.as_uri())
    page.locator(f"input[name=role][value={role}]").check()
    press(page, "Start")


def opened(page: Page, address: str, text: str) -> None:
    """Open the page, and paste answers there."""
    page.goto(address)
    paste(page, text)


def paste(page: Page, text: str) -> None:
    if not page.get_by_label("Or paste the text here.").is_visible():
        page.get_by_text(SUMMARY).click()
    page.get_by_label("Or paste the text here.").fill(text)
    press(page, "Open this text")


def questions(page: Page) -> list[str]:
    """Return the kinds of dialogs that the browser shows from now on; each is accepted."""
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    return asked


def since(page: Page) -> str:
    return page.locator("section[aria-labelledby=since]").inner_text()


def answered(text: str) -> int:
    return len(json.loads(text)["answers"])


# -- go on -----------------------------------------------------------------------------------------


def test_to_go_on_with_a_file_they_become_the_answers(context: BrowserContext, quick: Path, text: str) -> None:
    page = context.new_page()
    opened(page, quick.as_uri(), text)
    found = page.locator("[data-part=found]")
    assert found.inner_text() == f"{answered(text)} answers in this file fit this page. You saved them on 3 May 2026."
    assert found.evaluate("one => one === document.activeElement")
    press(page, "Go on with these")
    told = page.locator("[data-part=kept]")
    assert told.inner_text().startswith(f"You have answered {answered(text)} questions before.")
    assert told.evaluate("one => one === document.activeElement")
    assert page.locator("input[name=role][value=teacher]").is_checked()
    press(page, "Continue where you left off")
    assert page.locator(".report").count()
    again = json.loads(copied(page, "Show my answers to copy"))
    assert again == json.loads(text) | {"day": today().isoformat()}
    assert page.locator("section[aria-labelledby=since]").count() == 0


def test_nothing_is_lost_of_what_is_there_and_what_differs_is_asked_again(
    context: BrowserContext, quick: Path, text: str
) -> None:
    page = context.new_page()
    begin(page, quick)
    lines = page.locator(".line")
    mine = [lines.nth(0).locator("[data-answer]").first, lines.nth(1).locator("[data-answer]").last]
    first = mine[0].get_attribute("data-answer")
    for one in mine:
        one.dispatch_event("click")
    while headline(page) != "Look through your privacy settings":
        page.go_back()
    for wrong in ("", "{}", '{"answers": {"tiktok.x": "on"}}'):
        paste(page, wrong)
        assert page.locator(FAULT).count() == 1
        assert page.get_by_role("button", name="Go on with these").is_hidden()
    paste(page, text)
    assert page.locator(FAULT).count() == 0
    press(page, "Go on with these")
    said = page.locator("[data-part=kept]").inner_text()
    assert "1 earlier answer differs from the one on this page, so the page asks again." in said
    assert f"You have answered {answered(text) - 1} questions before." in said
    press(page, "Continue where you left off")
    pressed = "[data-answer][aria-pressed=true]"
    assert lines.nth(0).locator(pressed).get_attribute("data-answer") == first
    assert lines.nth(1).locator(pressed).count() == 0


# -- compare ---------------------------------------------------------------------------------------


def test_a_second_look_asks_anew_and_its_report_says_what_has_changed(
    context: BrowserContext, quick: Path, text: str
) -> None:
    page = context.new_page()
    opened(page, quick.as_uri(), text)
    press(page, "Compare with these")
    assert page.locator("[data-part=kept]").inner_text() == "At the end you see what has changed since 3 May 2026."
    assert not page.get_by_role("button", name="Continue where you left off").is_visible()
    press(page, "Start")
    assert page.locator("[data-answer][aria-pressed=true]").count() == 0
    answer_all(page, lambda number, count: None if number % 5 == 3 else (count - 1 if number % 3 == 0 else 0))
    counts = re.search(
        r"Since 3 May 2026: (\d+) better, (\d+) worse, (\d+) still to change, (\d+) could not be compared\.",
        page.locator(".report").inner_text(),
    )
    assert counts
    shelf = since(page)
    assert shelf.startswith("What has changed since 3 May 2026\n")
    for number, name in zip(
        counts.groups(), ("Better", "Worse", "Still to change", "Could not be compared"), strict=True
    ):
        assert (f"{name} ({number})" in shelf) == (number != "0")
    assert int(counts[2]) > 0
    assert int(counts[4]) >= 4
    first = page.locator("section[aria-labelledby=since] .changes a").first
    title = first.inner_text().split(": ", 1)[1]
    first.click()
    target = page.evaluate("document.querySelector(`[id='${location.hash.slice(1)}']`).textContent")
    assert title in target
    plan = copied(page, "Send this to myself")
    assert counts[0] in plan


def test_stopped_midway_it_says_of_the_rest_that_it_cannot_be_compared(
    context: BrowserContext, quick: Path, text: str
) -> None:
    page = context.new_page()
    opened(page, quick.as_uri(), text)
    press(page, "Compare with these")
    press(page, "Start")
    page.locator("[data-part=finish]").dispatch_event("click")
    total = len(json.loads(text)["answers"]) + len(json.loads(text)["open"])
    assert (
        f"0 better, 0 worse, 0 still to change, {total} could not be compared." in page.locator(".report").inner_text()
    )
    assert "Fine" not in since(page)
    assert "Better" not in since(page)
    press(page, "Continue where you left off")
    answer_all(page, lambda _number, _count: 0)
    assert "could not be compared" in page.locator(".report").inner_text()
    assert "Worse" not in since(page)


@pytest.mark.parametrize("day", ["", "2026-05-03", "1970-01-01", "2031-01-01"])
def test_a_file_without_revisions_cannot_be_compared_and_says_why(
    context: BrowserContext, quick: Path, text: str, day: str
) -> None:
    page = context.new_page()
    opened(page, quick.as_uri(), json.dumps({"answers": json.loads(text)["answers"], "day": day}))
    assert not page.get_by_role("button", name="Compare with these").is_visible()
    assert page.locator("[data-part=comparing]").inner_text() == (
        "You cannot compare with these, because the file does not say which version of each question you answered."
    )
    assert ("3 May 2026" in page.locator("[data-part=found]").inner_text()) == (day == SAVED_ON)
    press(page, "Go on with these")
    assert "You have answered" in page.locator("[data-part=kept]").inner_text()


EARLY = " The file says {}, but this page did not exist then. The clock was wrong on the device that saved it."
LATER = " The file says {}, which is still to come. So the clock is wrong, on this device or on the one that saved it."


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (None, ""),
        ("2026-02-31", ""),
        ("1970-01-01", EARLY.format("1 January 1970")),
        ("2025-12-31", EARLY.format("31 December 2025")),
        ("2031-01-01", LATER.format("1 January 2031")),
    ],
)
def test_a_day_that_cannot_be_right_is_told_and_the_comparison_does_not_name_it(
    context: BrowserContext, quick: Path, text: str, day: str | None, said: str
) -> None:
    page = context.new_page()
    opened(page, quick.as_uri(), json.dumps(json.loads(text) | {"day": day}))
    assert (
        page.locator("[data-part=found]").inner_text() == f"{answered(text)} answers in this file fit this page.{said}"
    )
    wanted = "At the end you see what has changed since your earlier answers."
    assert page.locator("[data-part=comparing]").inner_text() == f"To compare: you answer again. {wanted}"
    press(page, "Compare with these")
    assert page.locator("[data-part=kept]").inner_text() == wanted
    press(page, "Start")
    answer_all(page, lambda _number, _count: 0)
    assert since(page).startswith("What has changed since your earlier answers\n")
    report = page.locator(".report").inner_text()
    assert "Since your earlier answers: 0 better, 0 worse," in report
    assert not any(year in report for year in ("1970", "2025", "2031"))
    assert "March" not in report


@pytest.mark.parametrize(
    ("now", "begun"), [("2026-05-02T09:59:59Z", False), ("2026-05-02T10:00:00Z", True), ("2026-05-03T12:00:00Z", True)]
)
def test_a_day_is_still_to_come_until_it_has_begun_somewhere(
    context: BrowserContext, quick: Path, text: str, now: str, begun: bool
) -> None:
    page = context.new_page()
    page.clock.set_fixed_time(now)
    opened(page, quick.as_uri(), text)
    found = page.locator("[data-part=found]").inner_text()
    assert ("You saved them on 3 May 2026." in found) == begun
    assert ("The file says 3 May 2026, which is still to come." in found) == (not begun)


def test_for_another_role_the_report_says_so_and_judges_each_by_its_own(
    context: BrowserContext, quick: Path, text: str
) -> None:
    page = context.new_page()
    opened(page, quick.as_uri(), text)
    press(page, "Compare with these")
    page.locator("input[name=role][value=councillor]").check()
    press(page, "Start")
    answer_all(page, lambda _number, _count: 0)
    assert "The earlier audit was for: Teacher. The newer one was for: Councillor." in since(page)


def test_back_leads_through_and_the_comparison_stays(context: BrowserContext, quick: Path, text: str) -> None:
    page = context.new_page()
    opened(page, quick.as_uri(), text)
    press(page, "Compare with these")
    press(page, "Start")
    page.go_back()
    assert "since 3 May 2026" in page.locator("[data-part=kept]").inner_text()
    page.go_forward()
    answer_all(page, lambda _number, _count: 0)
    assert page.locator("section[aria-labelledby=since]").count() == 1


# -- what is no answers file -----------------------------------------------------------------------

PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x02\0\0\0"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("photo.png", PICTURE, "This is a picture or another file without text."),
        ("list.txt", b"milk, bread", "This is not an answers file, or a part of it is missing."),
        ("half.json", b'{"answers": {"facebook.fut', "This is not an answers file, or a part of it is missing."),
        ("package.json", b'{"name": "x", "version": "1"}', "There are no answers in this file."),
        ("other.json", b'{"answers": {"tiktok.x": "on"}}', "No answer in this file fits this page."),
        ("empty.json", b"", "This is not an answers file"),
        ("latin.json", b'{"answers": {"x.\xe9": "on"}}', "This is a picture or another file without text."),
        ("utf-16.json", '{"answers": {"a.b": "c"}}'.encode("utf-16"), "No answer in this file fits this page."),
        ("film.json", b" " * 40_000_000, "This is larger than 1 MB"),
    ],
)
def test_another_file_is_told_by_a_sentence(
    context: BrowserContext, quick: Path, tmp_path: Path, text: str, name: str, content: bytes, said: str
) -> None:
    page = context.new_page()
    page.goto(quick.as_uri())
    page.get_by_text(SUMMARY).click()
    (tmp_path / name).write_bytes(content)
    page.locator("[data-part=file]").set_input_files(tmp_path / name)
    page.get_by_role("alert").and_(page.locator(FAULT)).get_by_text(said).wait_for()
    good = tmp_path / "good.json"
    good.write_text(text)
    page.locator("[data-part=file]").set_input_files(good)
    page.get_by_text("You saved them on 3 May 2026.").wait_for()
    assert page.locator(FAULT).count() == 0


def test_it_says_how_many_do_not_fit_any_more_and_how_many_are_elsewhere(
    context: BrowserContext, quick: Path, text: str
) -> None:
    page = context.new_page()
    said = json.loads(text)
    first, second = list(said["answers"])[:2]
    said["revisions"][first] = 77
    said["answers"] |= {second: "gone", "tiktok.x": "on"}
    opened(page, quick.as_uri(), json.dumps(said))
    told = page.locator("[data-part=found]").inner_text()
    assert told.startswith(f"{answered(text) - 2} answers in this file fit this page.")
    assert "2 earlier answers no longer fit, so the page asks again." in told
    assert "1 earlier answer is about a question that this page does not have." in told
    press(page, "Compare with these")
    press(page, "Start")
    answer_all(page, lambda _number, _count: 0)
    assert since(page).count("the two audits did not ask the same thing") == 0, "folded"
    page.locator("section[aria-labelledby=since] summary").first.click()
    assert since(page).count("the two audits did not ask the same thing") == 2


def test_quoted_by_mail_and_with_spaces_that_do_not_break_it_is_opened(
    context: BrowserContext, quick: Path, text: str
) -> None:
    page = context.new_page()
    lines = json.dumps(json.loads(text), indent=2).replace(": ", ":\u00a0").splitlines()
    opened(page, quick.as_uri(), "\n".join(["On 3 May 2026, I wrote:", *(f"> {line}" for line in lines)]))
    assert page.locator(FAULT).count() == 0
    assert page.locator("[data-part=found]").inner_text().startswith(f"{answered(text)} answers in this file fit")


DROP = """([selector, ...files]) => {
  const moved = new DataTransfer();
  for (const [name, text] of files) moved.items.add(new File([text], name, { type: "application/json" }));
  const dropped = new DragEvent("drop", { dataTransfer: moved, bubbles: true, cancelable: true });
  return !document.querySelector(selector).dispatchEvent(dropped);
}"""


def test_a_file_can_be_dropped_anywhere_on_the_start(context: BrowserContext, quick: Path, text: str) -> None:
    page = context.new_page()
    page.goto(quick.as_uri())
    assert page.evaluate(DROP, ["#screen h1", ["a.json", text]]), "the browser does not open it itself"
    page.get_by_text("You saved them on 3 May 2026.").wait_for()
    assert "one file at a time" not in page.locator("[data-part=found]").inner_text()


def test_of_several_files_the_first_with_answers_is_opened_and_named(
    context: BrowserContext, quick: Path, text: str
) -> None:
    page = context.new_page()
    page.goto(quick.as_uri())
    picture = ["photo.png", "\0\0"]
    long = "answers" * 30 + ".json"
    other = json.dumps(json.loads(text) | {"day": "2026-05-04"})
    for files, name, day in (
        ([picture, ["may.json", text]], "may.json", "3 May 2026"),
        ([["may.json", text], picture], "may.json", "3 May 2026"),
        ([["b.json", other], ["may.json", text]], "b.json", "4 May 2026"),
        ([["x.json", '{"answers": {"tiktok.x": "on"}}'], [long, text]], long, "3 May 2026"),
    ):
        page.evaluate(DROP, ["#screen h1", *files])
        told = page.get_by_text(f"The page opens one file at a time. It opened “{name}” and left the rest.")
        told.wait_for()
        assert f"You saved them on {day}." in told.inner_text()
        assert page.locator(FAULT).count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_several_files_without_answers_are_told_by_one_sentence(context: BrowserContext, quick: Path) -> None:
    page = context.new_page()
    page.goto(quick.as_uri())
    page.evaluate(DROP, ["#screen h1", ["photo.png", "\0"], ["list.txt", "milk, bread"]])
    page.locator(FAULT).wait_for()
    assert page.locator(FAULT).inner_text() == (
        "The page can open none of these files. Choose the one with your answers."
    )
    page.evaluate(DROP, ["#screen h1", ["list.txt", "milk, bread"]])
    page.get_by_text("This is not an answers file, or a part of it is missing.").wait_for()


# -- what stays where ------------------------------------------------------------------------------


def test_what_is_opened_is_kept_only_where_that_is_ticked_and_forgotten_with_the_rest(
    context: BrowserContext, quick: Path, text: str
) -> None:
    page = context.new_page()
    opened(page, quick.as_uri(), text)
    press(page, "Compare with these")
    assert page.evaluate("localStorage.length") == 0
    page.locator("#keep").check()
    page.reload()
    assert "since 3 May 2026" in page.locator("[data-part=kept]").inner_text()
    page.locator("#keep").uncheck()
    assert page.evaluate("localStorage.length") == 0
    page.locator("#keep").check()
    press(page, "Forget everything")
    page.locator("#forgetting [data-part=forget]").click()
    assert page.evaluate("localStorage.length") == 0
    assert page.locator("[data-part=earlier]").is_hidden()
    press(page, "Start")
    page.locator("input[name=role][value=teacher]").check()
    press(page, "Start")
    answer_all(page, lambda _number, _count: 0)
    assert page.locator("section[aria-labelledby=since]").count() == 0


def test_two_windows_compare_with_the_same_answers(context: BrowserContext, quick: Path, text: str) -> None:
    one, other = context.new_page(), context.new_page()
    one.goto(quick.as_uri())
    one.locator("#keep").check()
    other.goto(quick.as_uri())
    paste(one, text)
    press(one, "Compare with these")
    other.reload()
    assert "since 3 May 2026" in other.locator("[data-part=kept]").inner_text()
    press(other, "Forget everything")
    other.locator("#forgetting [data-part=forget]").click()
    one.get_by_text("The page has forgotten everything.").wait_for()
    assert one.locator("[data-part=earlier]").is_hidden()


def test_a_window_that_is_open_already_compares_too(context: BrowserContext, quick: Path, text: str) -> None:
    one = context.new_page()
    one.goto(quick.as_uri())
    one.locator("#keep").check()
    one.locator("input[name=role][value=teacher]").check()
    press(one, "Start")
    one.locator("[data-answer]").first.dispatch_event("click")
    other = context.new_page()
    other.goto(quick.as_uri())
    assert other.locator("#keep").is_checked()
    one.reload()
    paste(one, text)
    press(one, "Compare with these")
    other.wait_for_function("localStorage.getItem('privacyaudit-page').includes('2026-05-03')")
    press(other, "Continue where you left off")
    answer_all(other, lambda _number, _count: 0)
    assert other.locator("section[aria-labelledby=since]").count() == 1


def test_a_page_of_another_service_leaves_it_and_unticking_there_removes_it(
    context: BrowserContext, quick: Path, text: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.html"
    path.write_text(build(loading.catalogue(), ["x"], role="teacher", quick=True), encoding="utf-8")
    page = context.new_page()
    opened(page, quick.as_uri(), text)
    press(page, "Go on with these")
    paste(page, text)
    press(page, "Compare with these")
    page.locator("#keep").check()
    store = "JSON.parse(localStorage.getItem('privacyaudit-page'))"
    other = context.new_page()
    other.goto(path.as_uri())
    press(other, "Start")
    other.locator("[data-answer]").first.dispatch_event("click")
    assert other.evaluate(f"{store}.earlier.day") == SAVED_ON
    other.locator("#keep").uncheck()
    assert len(other.evaluate(f"{store}.answers")) == answered(text), "those of the other page"
    assert other.evaluate(f"{store}.earlier") is None


@pytest.mark.parametrize("fault", ["setItem", "getItem"])
def test_where_nothing_can_be_kept_it_works_all_the_same(
    context: BrowserContext, quick: Path, text: str, fault: str
) -> None:
    page = context.new_page()
    page.add_init_script(
        f"Storage.prototype.{fault} = () => {{ throw new DOMException('full', 'QuotaExceededError') }}"
    )
    page.goto(quick.as_uri())
    page.locator("#keep").click()
    paste(page, text)
    press(page, "Compare with these")
    press(page, "Start")
    answer_all(page, lambda _number, _count: 0)
    assert page.locator("section[aria-labelledby=since]").count() == 1


def test_answers_that_were_only_read_are_not_lost_without_a_question(
    context: BrowserContext, quick: Path, text: str
) -> None:
    page = context.new_page()
    asked = questions(page)
    opened(page, quick.as_uri(), text)
    press(page, "Go on with these")
    page.reload()
    assert asked == [], "they are in the file"


def test_in_a_clinic_it_is_not_offered(context: BrowserContext, tmp_path: Path) -> None:
    path = tmp_path / "clinic.html"
    path.write_text(build(loading.catalogue(), NAMES, clinic="Ysgol"), encoding="utf-8")
    page = context.new_page()
    said: list[str] = []
    context.on("weberror", lambda error: said.append(str(error.error)))
    page.goto(path.as_uri())
    assert headline(page) == "Look through your privacy settings"
    assert page.get_by_text(SUMMARY).count() == 0
    assert said == []


def test_a_page_for_one_role_and_all_services_reads_the_same_file(
    context: BrowserContext, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "all.html"
    path.write_text(build(loading.catalogue(), role="teacher"), encoding="utf-8")
    page = context.new_page()
    opened(page, path.as_uri(), text)
    press(page, "Go on with these")
    press(page, "Continue where you left off")
    assert page.locator(".report").count(), "a short round is a short round here too"


# -- a file of one's own ---------------------------------------------------------------------------

PICKER = """fails => {
  window.showSaveFilePicker = async ({ suggestedName }) => {
    window.suggested = suggestedName;
    if (fails) throw new DOMException("", fails);
    const folder = await navigator.storage.getDirectory();
    return folder.getFileHandle(suggestedName, { create: true });
  };
}"""
SAVED = """async () => {
  const folder = await navigator.storage.getDirectory();
  return (await (await folder.getFileHandle(window.suggested)).getFile()).text();
}"""


@pytest.fixture(scope="module")
def address(quick: Path) -> Iterator[str]:
    """Serve a site's page and the one that is handed on: only from a server has a browser files of its own."""
    (quick.parent / "kept.html").write_text(build(loading.catalogue(), NAMES, quick=True, kept=True), encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=quick.parent)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/kept.html"
    server.shutdown()
    thread.join()
    server.server_close()


def at_the_end(page: Page, address: str, picker: str) -> str:
    page.add_init_script(picker)
    page.goto(address)
    page.locator("input[name=role][value=teacher]").check()
    press(page, "Start")
    answer_all(page, lambda _number, _count: 0)
    page.get_by_role("button", name=re.compile("my answers")).click()
    page.locator("[data-part=text]").wait_for()
    return page.locator("[data-part=text]").input_value()


def test_answers_can_be_saved_as_a_file_where_the_browser_asks_for_the_place(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    asked = questions(page)
    shown = at_the_end(page, address, f"({PICKER})('')")
    press(page, "Save it as a file")
    page.get_by_text("Your answers are saved.").wait_for()
    assert page.evaluate(SAVED) == shown
    assert page.evaluate("window.suggested") == f"answers-{today().isoformat()}.json"
    page.reload()
    assert asked == [], "what is saved is not lost"
    press(page, "Start")


@pytest.mark.parametrize(
    ("fails", "said"),
    [("AbortError", "Your answers are"), ("NotAllowedError", "The browser could not save the file.")],
)
def test_a_file_that_cannot_be_saved_is_told_and_the_text_stays(
    context: BrowserContext, address: str, fails: str, said: str
) -> None:
    page = context.new_page()
    shown = at_the_end(page, address, f"({PICKER})('{fails}')")
    press(page, "Save it as a file")
    page.locator("[data-part=told]").get_by_text(said).wait_for()
    assert page.locator("[data-part=text]").input_value() == shown


def test_where_the_browser_has_no_such_dialog_and_for_other_texts_there_is_no_such_button(
    context: BrowserContext, quick: Path, address: str
) -> None:
    page = context.new_page()
    at_the_end(page, address, "delete window.showSaveFilePicker")
    assert page.get_by_role("button", name="Save it as a file").is_hidden()
    page = context.new_page()
    at_the_end(page, address, f"({PICKER})('')")
    press(page, "Send this to myself")
    assert page.get_by_role("button", name="Save it as a file").is_hidden()
    page = context.new_page()
    at_the_end(page, address.replace("kept.html", quick.name), f"({PICKER})('')")
    assert page.get_by_role("button", name="Save it as a file").is_hidden(), "what is handed on saves no file"


# -- a copy of one's own ---------------------------------------------------------------------------


def test_a_page_of_a_site_copies_the_answers_and_says_so(browser: Browser, address: str) -> None:
    made = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = made.new_page()
    asked = questions(page)
    shown = at_the_end(page, address, "")
    assert page.locator("[data-part=save]").inner_text() == "Copy my answers"
    page.locator("[data-part=told]").get_by_text("Your answers are copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == shown
    assert len(json.loads(shown)["answers"]) > 5
    page.reload()
    assert asked == [], "what is copied is not lost"
    made.close()


@pytest.mark.parametrize(
    ("fault", "label"),
    [
        ("navigator.clipboard.writeText = () => Promise.reject(new DOMException())", "Copy my answers"),
        ("delete Navigator.prototype.clipboard", "Show my answers to copy"),
    ],
)
def test_where_the_browser_does_not_copy_the_text_is_shown_and_nothing_else_is_said(
    context: BrowserContext, address: str, fault: str, label: str
) -> None:
    page = context.new_page()
    asked = questions(page)
    at_the_end(page, address, fault)
    assert page.locator("[data-part=save]").inner_text() == label
    page.locator("[data-part=told]").get_by_text("Your answers are in the box below.").wait_for()
    page.reload()
    assert asked == ["beforeunload"], "shown is not copied"


# -- for everybody's eyes and hands ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "scheme"), [(PHONE, "dark"), (PHONE, "light"), (1280, "light"), (1280, "dark"), (320, "light")]
)
def test_axe_finds_nothing_in_its_states_and_nothing_scrolls_sideways(
    browser: Browser, quick: Path, text: str, width: int, scheme: Any
) -> None:
    made = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    page = made.new_page()

    page.goto(quick.as_uri())
    page.get_by_text(SUMMARY).click()
    fine(page, width, "to open", ".changes a")
    press(page, "Open this text")
    fine(page, width, "with a mistake", ".changes a")
    paste(page, text)
    fine(page, width, "found", ".changes a")
    press(page, "Compare with these")
    fine(page, width, "to compare", ".changes a")
    press(page, "Start")
    answer_all(page, lambda number, count: count - 1 if number % 3 == 0 else 0)
    fine(page, width, "compared", ".changes a")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    fine(page, width, "compared, unfolded", ".changes a")
    made.close()


def test_by_keyboard_alone_a_text_is_opened_and_compared(context: BrowserContext, quick: Path, text: str) -> None:
    page = context.new_page()
    page.goto(quick.as_uri())

    def tab_to(wanted: str) -> None:
        for _step in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
                return
        raise AssertionError(f"Tab does not lead to {wanted}")

    tab_to("[data-part=opening] > summary")
    page.keyboard.press("Enter")
    tab_to("[data-part=file]")
    tab_to("[data-part=pasted]")
    page.keyboard.insert_text(text)
    tab_to("[data-part=read]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.part") == "found"
    tab_to("[data-part=compare]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.part") == "kept"
    assert (
        page.evaluate("document.activeElement.textContent") == "At the end you see what has changed since 3 May 2026."
    )


def test_nothing_is_asked_of_any_network_and_nothing_is_said_in_the_console(
    context: BrowserContext, quick: Path, text: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    page = context.new_page()
    opened(page, quick.as_uri(), text)
    press(page, "Compare with these")
    press(page, "Start")
    answer_all(page, lambda _number, _count: 0)
    assert (asked, said) == ([quick.as_uri()], [])
