"""The offline page in a real Chromium: the whole way on a phone, by touch and by keyboard, and what stays behind."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit import i18n
from privacyaudit.catalogue import loading
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clock import today
from privacyaudit.model import Verdict
from privacyaudit.offline import handout
from privacyaudit.offline.page import TICKET, build
from privacyaudit.over_time.due import add_months
from privacyaudit.plan import plan
from tests.support import html_checker
from tests.support.chromium import chromium
from tests.support.offline_page import THREE, hostile, run
from tests.support.static_page import static

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
from tests.support.page_in_browser import PHONE, SMALL, ZOOMED, answer_all, copied, headline, press, titles

pytestmark = pytest.mark.browser

"""Widths in CSS pixels: a usual phone, a small one, and a window of 1280 at 200 %."""
browser = pytest.fixture(scope="module")(chromium)


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return loading.catalogue()


@pytest.fixture(scope="module")
def three(known: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short round on three platforms, for a person whose role is not known yet."""
    return saved(build(known, THREE, quick=True), tmp_path_factory.mktemp("page"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": PHONE, "height": 844}, has_touch=True, reduced_motion="reduce")
    yield made
    made.close()


def saved(html: str, folder: Path) -> Path:
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    return path


def begin(page: Page, role: str | None = "Teacher") -> None:
    if role:
        page.locator("input[name=role]").and_(page.get_by_label(re.compile(f"^{role} "))).check()
    press(page, "Start")
    if page.get_by_role("heading", name="Which of these do you use?").is_visible():
        press(page, "Go on")


def mixed(number: int, count: int) -> int | None:
    return None if number % 4 == 3 else (number * 2 + 1) % count


def last(_number: int, count: int) -> int:
    return count - 1


# -- the whole way ---------------------------------------------------------------------------------


def test_the_whole_way_on_a_phone_and_the_saved_answers_give_the_same_audit(
    context: BrowserContext, three: Path, known: Catalogue, tmp_path: Path
) -> None:
    asked: list[str] = []
    said: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    page = context.new_page()
    page.goto(three.as_uri())
    assert headline(page) == "Look through your privacy settings"
    press(page, "Start")
    assert page.get_by_role("alert").inner_text() == "Choose one, so that the answers fit your work."
    page.get_by_label("Teacher").check()
    press(page, "Start")
    assert page.get_by_role("checkbox", checked=True).count() == len(THREE)
    press(page, "Go on")
    wanted = plan([known.checklist(name) for name in THREE], "teacher", {}, quick=True).items
    assert page.get_by_role("status").first.inner_text().startswith(f"1 of {len(wanted)}, about ")
    given = answer_all(page, mixed)
    answers = tmp_path / "answers.json"
    answers.write_text(copied(page, "Copy my answers"))
    assert f"save them there as answers-{today().isoformat()}.json." in page.locator("[data-part=told]").inner_text()
    assert json.loads(answers.read_text()) == {
        "answers": {item.check.id: option for item, option in zip(wanted, given, strict=True) if option}
    }
    options = ("--answers", answers, "--role", "teacher", "--quick", "--no-input", "--out", "out")
    done = run("audit", *THREE, *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert headline(page) in " ".join(done.stdout.split())
    [record] = (tmp_path / "out").glob("*.json")
    findings = json.loads(record.read_text())["findings"]
    by_verdict: dict[str, list[str]] = {verdict: [] for verdict in Verdict}
    for finding in findings:
        by_verdict[finding["verdict"]].append(known.check(finding["check"])[1].title)
    assert {verdict: sorted(some) for verdict, some in titles(page).items()} == {
        verdict: sorted(some) for verdict, some in by_verdict.items() if some
    }
    [html] = (tmp_path / "out").glob("*.html")
    printed = html.read_text(encoding="utf-8")
    first = page.locator(".first h3").all_inner_texts()
    part = printed[printed.index('id="first"') : printed.index('<h2 id="fail"')]
    program_first = re.findall(r'<li><a href="#.*?">.*?: (.*?)</a>', part)
    assert len(first) == 3
    assert [re.sub(r"^\d\. ", "", one) for one in first] == [title.replace("&#39;", "'") for title in program_first]
    assert (asked, said) == ([three.as_uri()], [])


def test_the_report_says_the_same_of_each_check_as_the_programs(
    context: BrowserContext, known: Catalogue, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(saved(build(known, ["discord", "signal"], role="councillor"), tmp_path).as_uri())
    begin(page, None)
    answer_all(page, mixed)
    (tmp_path / "a.json").write_text(copied(page, "Copy my answers"))
    options = ("--answers", "a.json", "--role", "councillor", "--no-input", "--out", "out")
    done = run("audit", "discord", "signal", *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    [html] = (tmp_path / "out").glob("*.html")
    printed = page.context.new_page()
    printed.goto(html.as_uri())
    shelves: dict[str, list[str]] = printed.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("main > section.plan")].map(shelf =>
           [shelf.querySelector("h2").id, [...shelf.querySelectorAll("li > label, li > .title")].map(
              title => (title.querySelector("input") ? title : title.firstChild).textContent.trim())]))"""
    )
    assert len(shelves) >= 4
    assert set(shelves) <= set(Verdict)
    assert {verdict: sorted(some) for verdict, some in titles(page).items()} == {
        verdict: sorted(some) for verdict, some in shelves.items()
    }


def test_the_whole_way_by_keyboard_alone(context: BrowserContext, three: Path) -> None:
    page = context.new_page()
    page.goto(three.as_uri())

    def focused() -> str:
        text: str = page.evaluate("document.activeElement.textContent.trim()")
        return text

    def tab_to(text: str) -> None:
        for _step in range(60):
            page.keyboard.press("Tab")
            style: list[str] = page.evaluate(
                "(style => [style.outlineStyle, style.outlineWidth])(getComputedStyle(document.activeElement))"
            )
            if page.evaluate("document.activeElement !== document.body"):
                assert style == ["solid", "3px"], focused()
            if focused() == text:
                return
        raise AssertionError(f"no way by keyboard to {text!r}")

    page.evaluate("document.querySelector('h1').focus()")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    tab_to("Start")
    page.keyboard.press("Enter")
    assert focused() == "Which of these do you use?"
    tab_to("Go on")
    page.keyboard.press("Enter")
    for _question in range(30):
        if not page.locator(".ask").count():
            break
        assert focused() == page.locator(".ask h1").inner_text()
        tab_to(page.locator(".answers button").last.inner_text())
        page.keyboard.press("Space")
        if page.locator("[data-part=outcome]").is_visible():
            tab_to("Not now, go on")
            page.keyboard.press("Enter")
    assert focused() == headline(page)
    assert "of 12 checks." in headline(page)
    tab_to("Forget everything")
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog", name="Forget everything?").is_visible()
    page.keyboard.press("Escape")
    assert focused() == "Forget everything"


def test_an_answer_that_needs_a_change_shows_how_and_is_asked_again(
    context: BrowserContext, known: Catalogue, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(saved(build(known, ["facebook"], role="teacher"), tmp_path).as_uri())
    begin(page, None)
    facebook = known.checklist("facebook").checklist
    check = facebook.checks[0]
    press(page, "Off")
    outcome = page.locator("[data-part=outcome]")
    assert outcome.is_visible()
    assert page.get_by_role("button", name="Off", exact=True).get_attribute("aria-pressed") == "true"
    text = outcome.inner_text()
    assert check.caution
    places = [text.index(part) for part in ("Before you start:", check.caution, *check.fix)]
    assert places == sorted(places)
    assert page.locator(".ask dl a").get_attribute("href") == facebook.where(check).web
    assert "iPhone, Android" in page.locator(".ask dl").inner_text()
    press(page, "I changed it")
    assert not outcome.is_visible()
    assert page.get_by_text("Look once more. Then choose what is true now.").is_visible()
    press(page, "On")
    assert page.get_by_role("status").first.inner_text().startswith("2 of ")
    press(page, "Back")
    assert page.get_by_role("button", name="On", exact=True).get_attribute("aria-pressed") == "true"
    press(page, "Next")
    assert page.get_by_role("status").first.inner_text().startswith("2 of ")


def test_skip_and_back_and_not_knowing(context: BrowserContext, known: Catalogue, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(saved(build(known, ["texting"], role="teacher", quick=True), tmp_path).as_uri())
    begin(page, None)
    assert headline(page) == known.checklist("texting").checklist.checks[0].question
    press(page, "Skip")
    press(page, "Back")
    press(page, "Back")
    assert headline(page) == "Look through your privacy settings"
    press(page, "Go on where you stopped")
    press(page, "I don't know")
    assert headline(page) == "Nothing to change, but 2 could not be told, of 2 checks."
    assert page.get_by_text("You were not sure.").count() == 2
    assert page.get_by_text("This question was not answered.").count() == 2
    press(page, "Copy my answers")
    assert page.get_by_text("You have not chosen any answer yet").is_visible()
    page.get_by_role("button", name=re.compile("^Answer again: ")).first.click()
    page.locator(".answers button").first.click()
    assert "of 2 checks" in headline(page)


def test_the_services_are_offered_and_the_sensitive_ones_are_folded(
    context: BrowserContext, known: Catalogue, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(saved(build(known, quick=True), tmp_path).as_uri())
    page.get_by_label("Teacher").check()
    press(page, "Start")
    ticked = page.get_by_role("checkbox", checked=True).and_(page.locator("main input"))
    usual = {one.input_value() for one in ticked.all()}
    assert usual == set(known.role("teacher").checklists)
    assert not page.get_by_role("checkbox", name="Dating").is_visible()
    assert page.locator("main input").last.input_value() == "dating"
    assert page.locator("main input[value=demo]").count() == 0
    for name in usual:
        page.locator(f"main input[value={name}]").uncheck()
    press(page, "Go on")
    assert page.get_by_role("alert").inner_text() == "Tick at least one."
    for name in ("Facebook", "WhatsApp", "Instagram", "Snapchat"):
        page.get_by_role("checkbox", name=name).check()
    assert page.locator("[data-part=amount]").inner_text().startswith("12 questions, about ")
    press(page, "Go on")
    assert page.get_by_role("status").first.inner_text().startswith("1 of 12, ")


# -- what stays ------------------------------------------------------------------------------------

STORED = "Object.keys(localStorage)"


def test_nothing_is_kept_unless_it_is_ticked_and_unticking_removes_it(context: BrowserContext, three: Path) -> None:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(three.as_uri())
    begin(page)
    page.locator(".answers button").first.click()
    assert page.evaluate(STORED) == []
    page.get_by_label("Keep my answers on this phone").check()
    assert page.evaluate(STORED) == ["privacyaudit-page"]
    assert page.get_by_text("Your answers are kept on this device.").is_visible()
    page.locator(".answers button").first.click()
    page.goto("about:blank")
    page.goto(three.as_uri())
    assert page.get_by_label("Keep my answers on this phone").is_checked()
    assert page.get_by_text("You have answered 2 questions before.").is_visible()
    press(page, "Go on where you stopped")
    assert page.get_by_role("status").first.inner_text().startswith("3 of 12, ")
    page.get_by_label("Keep my answers on this phone").uncheck()
    assert page.evaluate(STORED) == []
    assert page.get_by_text("Your answers were removed from this device.").is_visible()
    assert page.get_by_role("status").first.inner_text().startswith("3 of 12, ")


def test_everything_is_forgotten_after_a_yes(context: BrowserContext, three: Path) -> None:
    page = context.new_page()
    page.goto(three.as_uri())
    page.get_by_label("Keep my answers on this phone").check()
    begin(page)
    page.locator(".answers button").first.click()
    press(page, "Forget everything")
    press(page, "Cancel")
    assert page.evaluate(STORED) == ["privacyaudit-page"]
    press(page, "Forget everything")
    page.get_by_role("dialog").get_by_role("button", name="Forget everything").click()
    assert page.evaluate(STORED) == []
    assert headline(page) == "Look through your privacy settings"
    assert page.get_by_text("Everything was forgotten.").is_visible()
    assert page.get_by_role("radio", checked=True).count() == 0
    assert not page.get_by_role("button", name="Go on where you stopped").is_visible()


def test_a_browser_that_keeps_nothing_says_so(context: BrowserContext, three: Path) -> None:
    page = context.new_page()
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    page.goto(three.as_uri())
    page.get_by_label("Keep my answers on this phone").click()
    assert not page.get_by_label("Keep my answers on this phone").is_checked()
    assert page.get_by_text("This browser does not let the page keep anything.").is_visible()


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "[]",
        "7",
        '{"role": 7, "platforms": "facebook", "answers": [1], "first": null, "open": {"a": {}}}',
        '{"role": "nobody", "platforms": ["nowhere"], "answers": {"x.y": "z", "facebook.review-tagged-posts": "<b>"}}',
    ],
)
def test_what_is_kept_but_does_not_fit_is_left_out(context: BrowserContext, three: Path, kept: str) -> None:
    page = context.new_page()
    said: list[str] = []
    context.on("weberror", lambda error: said.append(str(error.error)))
    page.add_init_script(f"localStorage.setItem('privacyaudit-page', {json.dumps(kept)})")
    page.goto(three.as_uri())
    assert not page.get_by_role("button", name="Go on where you stopped").is_visible()
    begin(page)
    assert page.get_by_role("status").first.inner_text().startswith("1 of 12, ")
    assert said == []


def test_leaving_the_page_asks_first_while_answers_would_be_lost(context: BrowserContext, three: Path) -> None:
    page = context.new_page()
    asked: list[str] = []

    def dismiss(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", dismiss)
    page.goto(three.as_uri())
    begin(page)
    page.reload()
    assert asked == []
    begin(page)
    page.locator(".answers button").first.click()
    page.reload()
    assert asked == ["beforeunload"]
    begin(page)
    answer_all(page, last)
    press(page, "Copy my answers")
    page.reload()
    assert asked.pop() == "beforeunload", "shown is not copied"
    begin(page)
    answer_all(page, last)
    copied(page, "Copy my answers")
    page.reload()
    assert asked == ["beforeunload"]


def test_the_reminder_is_a_neutral_line_with_a_day(context: BrowserContext, three: Path) -> None:
    page = context.new_page()
    page.goto(three.as_uri())
    begin(page)
    answer_all(page, last)
    day = add_months(today(), 3)
    wanted = i18n.day(day.replace(day=min(day.day, 28)))
    assert copied(page, "Remind me") == f"A quiet half hour: {wanted}, 17:00, and then every 3 months"


def test_a_device_that_can_hand_a_text_to_another_app_is_asked_only_when_the_person_presses(
    context: BrowserContext, three: Path
) -> None:
    page = context.new_page()
    page.add_init_script(
        """window.handed = [];
        navigator.share = given => { window.handed.push(given); return Promise.resolve(); };"""
    )
    page.goto(three.as_uri())
    begin(page)
    answer_all(page, last)
    text = copied(page, "Copy my answers")
    assert page.evaluate("window.handed") == []
    press(page, "Hand it to another app")
    assert page.evaluate("window.handed") == [{"text": text}]
    other = context.new_page()
    other.add_init_script("navigator.share = undefined")
    other.goto(three.as_uri())
    begin(other)
    answer_all(other, last)
    copied(other, "Copy my answers")
    assert not other.get_by_role("button", name="Hand it to another app").is_visible()


def test_printing_the_report_prints_the_report(context: BrowserContext, three: Path) -> None:
    page = context.new_page()
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(three.as_uri())
    begin(page)
    answer_all(page, mixed)
    press(page, "Print")
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    assert page.locator("h1:visible").count() == 1
    assert page.locator("button:visible").count() == 0
    assert page.get_by_label("Keep my answers").is_hidden()


# -- for everybody's eyes and hands ----------------------------------------------------------------


@pytest.mark.parametrize(("width", "scheme"), [(SMALL, "dark"), (ZOOMED, "light")])
def test_axe_finds_nothing_on_any_screen_and_nothing_scrolls_sideways(
    browser: Browser, known: Catalogue, tmp_path: Path, width: int, scheme: Any
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    made = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = made.new_page()
    page.goto(saved(build(known, [*THREE, "dating"], quick=True, clinic="Ysgol X"), tmp_path).as_uri())

    def fine(state: str) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, f"{state}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, summary, main dl a, label")]
               .filter(one => one.checkVisibility()).map(one => [one.textContent, one.getBoundingClientRect().height])
               .filter(([text, height]) => height < 44)"""
        )
        assert small == [], state

    fine("start")
    press(page, "Start")
    fine("start, with a mistake")
    page.get_by_label("Teacher").check()
    press(page, "Start")
    page.get_by_text("More services").click()
    fine("services")
    for box in page.locator("main input").all():
        box.check()
    press(page, "Go on")
    fine("question")
    page.locator(".answers button").last.click()
    assert page.locator("[data-part=outcome]").is_visible()
    fine("an answer that needs a change")
    press(page, "Not now, go on")
    press(page, "Forget everything")
    fine("dialog")
    press(page, "Cancel")
    answer_all(page, mixed)
    fine("report")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    fine("report, unfolded")
    made.close()


def test_a_screen_reader_is_told_what_is_asked_and_what_was_chosen(context: BrowserContext, three: Path) -> None:
    page = context.new_page()
    page.goto(three.as_uri())
    begin(page)
    seen = page.locator("body").aria_snapshot()
    question = page.locator(".ask h1").inner_text()
    assert f'heading "{question}" [level=1]' in seen.replace('\\"', '"')
    assert f'group "{question}"' in seen.replace('\\"', '"')
    assert "status: 1 of 12, about " in seen
    page.locator(".answers button").last.click()
    assert page.title() == f"{page.get_by_role('status').first.inner_text()}: {question}"
    told = page.locator(".told")
    assert (told.get_attribute("role"), told.inner_text()) == ("status", "▲ To change")


def test_the_nu_html_checker_has_no_errors(known: Catalogue, tmp_path: Path) -> None:
    made = {
        "page.html": build(known, THREE, quick=True),
        "clinic.html": build(known, THREE, role="teacher", clinic='Ysgol "X" & <b>'),
        "sheets.html": handout.sheets(known),
        "card.html": handout.card(known),
    }
    made["broken.html"] = made["page.html"].replace("<h1>", "<h1><table>", 1)
    for name, html in made.items():
        (tmp_path / name).write_text(html, encoding="utf-8")
    found = html_checker.errors(tmp_path / name for name in made)
    assert {name for name, _message in found} == {"broken.html"}, found


def test_without_javascript_it_is_a_whole_checklist_with_boxes(browser: Browser, three: Path, known: Catalogue) -> None:
    made = browser.new_context(java_script_enabled=False, viewport={"width": PHONE, "height": 844})
    page = made.new_page()
    page.goto(three.as_uri())
    items = plan([known.checklist(name) for name in THREE], "everyone", {}, quick=True).items
    text = " ".join(page.locator("body").inner_text().split())
    for item in items:
        check = item.check
        for wanted in (check.title, check.question, check.why, *check.fix, *(option.label for option in check.options)):
            assert " ".join(wanted.split()) in text
    assert page.locator("[data-option]").count() == sum(len(item.check.options) for item in items)
    assert not page.locator("button:visible, input:visible").count()
    assert page.get_by_role("heading", level=1).all_inner_texts() == ["Privacy checklist"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    made.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_what_is_printed(browser: Browser, known: Catalogue, tmp_path: Path, scheme: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page(viewport={"width": SMALL, "height": 844}, color_scheme=scheme)
    checklist_alone = static(build(known, THREE, quick=True))
    for html in (checklist_alone, handout.sheets(known, THREE, role="teacher"), handout.card(known)):
        page.goto(saved(html, tmp_path).as_uri())
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL
    page.close()


def test_a_page_that_cannot_begin_shows_the_checklist(context: BrowserContext, three: Path, tmp_path: Path) -> None:
    damaged = three.read_text(encoding="utf-8").replace('<template id="start">', '<template id="star">')
    page = context.new_page()
    page.goto(saved(damaged, tmp_path).as_uri())
    assert page.get_by_role("heading", level=1).all_inner_texts() == ["Privacy checklist"]
    assert not page.locator("button:visible, input:visible").count()


def test_a_hostile_text_is_shown_as_text_on_every_screen(context: BrowserContext, tmp_path: Path) -> None:
    text = "\"'></p></template></script><script>document.title = 'changed'</script><img src=x onerror=alert(1)>{n}&amp;"
    page = context.new_page()
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(saved(build(hostile(text), ["pond"], clinic=text), tmp_path).as_uri())
    assert page.get_by_text(text).count() > 0
    begin(page, None)
    assert headline(page) == text
    answer_all(page, last)
    assert page.locator("h4").first.text_content() == text
    assert page.locator("main img, main script").count() == 0
    assert page.title() == "Your privacy settings"
    assert said == []


# -- sharing with a clinic -------------------------------------------------------------------------


class Clinic(ThreadingHTTPServer):
    """A stand-in for a clinic: serves one page, remembers what is sent to it and replies as it is told."""

    def __init__(self, html: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.html = html.replace(TICKET, "ticket-1")
        self.replies: list[int] = []
        self.got: list[tuple[str, dict[str, str], Any]] = []
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Clinic

    def do_GET(self) -> None:
        raw = self.server.html.encode()
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.replies.pop(0))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def clinic(known: Catalogue) -> Iterator[Clinic]:
    server = Clinic(build(known, ["texting"], role="teacher", quick=True, clinic="Ysgol X"))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def told(page: Page) -> str:
    page.wait_for_function("() => !document.querySelector('[data-part=share]').disabled")
    return page.locator("[data-part=share_told]").inner_text()


def test_counts_are_shared_before_and_after_a_change(context: BrowserContext, clinic: Clinic, known: Catalogue) -> None:
    page = context.new_page()
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    page.goto(clinic.origin)
    context.add_cookies([{"name": "x", "value": "y", "url": clinic.origin}])
    begin(page, None)
    answers = dict(zip(asked_ids(known), answer_all(page, last), strict=True))
    sharing = page.get_by_role("region", name="Share counts with this clinic")
    assert "Ysgol X is sent which answers you chose, and nothing else: no name, no time." in sharing.inner_text()
    assert clinic.got == []
    clinic.replies = [503, 204, 204]
    press(page, "Share counts with this clinic")
    assert told(page).startswith("The clinic did not answer.")
    press(page, "Try again")
    assert told(page).startswith("Shared. Thank you.")
    assert not page.locator("[data-part=share]").is_visible()
    body = {"ticket": "ticket-1", "phase": "before", "answers": answers}
    assert [sent for _path, _headers, sent in clinic.got] == [body, body]
    path, headers, _body = clinic.got[0]
    assert path == "/share"
    assert (headers["content-type"], headers["x-privacyaudit"]) == ("application/json", "share")
    assert headers["origin"] == clinic.origin
    assert "cookie" not in headers
    page.get_by_role("button", name=re.compile("^Answer again: ")).first.click()
    changed = page.locator(".answers button").first.get_attribute("data-answer")
    page.locator(".answers button").first.click()
    press(page, "Share what I changed")
    assert told(page).startswith("Shared. Thank you.")
    after = clinic.got[-1][2]
    assert after["phase"] == "after"
    assert after["earlier"] == answers
    assert set(after["answers"].values()) >= {changed}
    assert after["answers"] != answers
    assert not page.locator("[data-part=share]").is_visible()
    assert [text for text in said if "503" not in text] == []


def asked_ids(known: Catalogue) -> list[str]:
    return [item.check.id for item in plan([known.checklist("texting")], "teacher", {}, quick=True).items]


def test_who_shares_only_at_the_end_sends_the_first_answers_too(
    context: BrowserContext, clinic: Clinic, known: Catalogue
) -> None:
    page = context.new_page()
    page.goto(clinic.origin)
    begin(page, None)
    slip, first, now = (page.locator(".answers button").nth(place) for place in (-2, -1, 0))
    wanted = first.get_attribute("data-answer"), now.get_attribute("data-answer")
    slip.click()
    if not page.locator("[data-part=outcome]").is_visible():
        press(page, "Back")
    first.click()
    press(page, "I changed it")
    now.click()
    while page.locator(".ask").count():
        press(page, "I don't know")
    clinic.replies = [204]
    press(page, "Share counts with this clinic")
    assert told(page).startswith("Shared.")
    check = asked_ids(known)[0]
    body = clinic.got[0][2]
    assert body["phase"] == "after"
    assert body["answers"] == {check: wanted[1]}
    assert set(body["earlier"]) == {check}


@pytest.mark.parametrize(
    ("status", "sentence", "again"),
    [
        (409, "This was shared already", False),
        (410, "The clinic has ended", True),
        (429, "Too many people are sharing at once.", True),
        (413, "The clinic did not take this", True),
        (422, "The clinic did not take this", True),
    ],
)
def test_each_refusal_has_a_sentence_and_loses_nothing(
    context: BrowserContext, clinic: Clinic, status: int, sentence: str, again: bool
) -> None:
    page = context.new_page()
    page.goto(clinic.origin)
    begin(page, None)
    answer_all(page, last)
    before = headline(page)
    clinic.replies = [status]
    press(page, "Share counts with this clinic")
    assert told(page).startswith(sentence)
    assert page.locator("[data-part=share]").is_visible() == again
    assert headline(page) == before


def test_a_clinic_that_is_not_there_loses_nothing(context: BrowserContext, clinic: Clinic) -> None:
    page = context.new_page()
    page.goto(clinic.origin)
    begin(page, None)
    answer_all(page, last)
    context.set_offline(True)
    press(page, "Share counts with this clinic")
    assert told(page).startswith("The clinic did not answer.")
    assert page.get_by_role("button", name="Try again").is_enabled()


def test_a_page_that_no_clinic_served_offers_nothing_to_share(context: BrowserContext, three: Path) -> None:
    page = context.new_page()
    page.goto(three.as_uri())
    begin(page)
    answer_all(page, last)
    assert page.get_by_text("Share counts").count() == 0
