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

from privacyaudit import effort, i18n
from privacyaudit import labels as labels_of
from privacyaudit.catalogue import loading
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clock import today
from privacyaudit.model import Group, Verdict
from privacyaudit.offline import handout, out_there
from privacyaudit.offline.page import TICKET, build
from privacyaudit.over_time.due import add_months
from privacyaudit.plan import Item, plan
from privacyaudit.walk import Stop, aim, seconds, stops
from privacyaudit.window import notes
from tests.support import html_checker
from tests.support.chromium import chromium
from tests.support.offline_page import THREE, hostile, run
from tests.support.static_page import static

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
from tests.support.page_in_browser import (
    PHONE,
    SMALL,
    ZOOMED,
    answer_all,
    copied,
    fine,
    headline,
    in_order,
    press,
    titles,
)

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


def begin(page: Page, role: str | None = "Teacher", time: str = "Everything") -> None:
    if role:
        page.locator("input[name=role]").and_(page.get_by_label(re.compile(f"^{role} "))).check()
    press(page, "Start")
    if headline(page) == "How much time do you have?":
        page.get_by_role("radio", name=re.compile(f"^{time}")).check()
        press(page, "Continue")


def progress(page: Page) -> str:
    return page.locator("#progress").inner_text()


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
    assert page.get_by_role("alert").inner_text() == "Choose one, so that the advice fits your work."
    page.get_by_label("Teacher").check()
    press(page, "Start")
    items = plan([known.checklist(name) for name in THREE], "teacher", {}, quick=True).items
    way, wanted = stops(items, "teacher"), in_order(items, "teacher")
    needed = effort.minutes(seconds(items, "teacher"))
    assert progress(page) == f"screen 1 of {len(way)}, about {needed} minutes left"
    given = answer_all(page, mixed)
    answers = tmp_path / "answers.json"
    answers.write_text(copied(page, "Show my answers to copy"))
    assert f"or save them as answers-{today().isoformat()}.json." in page.locator("[data-part=told]").inner_text()
    replies = [(item.check, option) for item, option in zip(wanted, given, strict=True)]
    assert json.loads(answers.read_text()) == {
        "answers": {check.id: option for check, option in replies if option},
        "open": {check.id: "dont_know" for check, option in replies if not option},
        "day": today().isoformat(),
        "role": "teacher",
        "time": "quick",
        "revisions": {check.id: check.revision for check, option in replies if option and check.revision > 1},
    }
    options = ("--answers", answers, "--role", "teacher", "--quick", "--no-input", "--out", "out")
    done = run("audit", *THREE, *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert headline(page) in " ".join(done.stdout.split())
    [record] = (tmp_path / "out").glob("*.json")
    verdicts = {finding["check"]: finding["verdict"] for finding in json.loads(record.read_text())["findings"]}
    by_verdict: dict[str, list[str]] = {verdict: [] for verdict in Verdict}
    for item in wanted:
        by_verdict[verdicts[item.check.id]].append(item.check.title)
    assert titles(page) == {verdict: some for verdict, some in by_verdict.items() if some}
    assert (asked, said) == ([three.as_uri()], [])


SHOWN = """() => {
  const texts = (...all) => all.map(one => [...document.querySelectorAll(one)].map(
    found => found.textContent.replace(/\\s+/g, " ").trim()));
  const first = "section[aria-labelledby=first]";
  return texts("h1:not(#sheet h1)", ".result", `${first} p`, `${first} li a`,
    ".plan h2", ".plan h3", ".plan.fail h4", ".plan.fail .do");
}"""


def test_the_report_says_the_same_of_each_check_as_the_programs(
    context: BrowserContext, known: Catalogue, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(saved(build(known, ["discord", "signal"], role="councillor"), tmp_path).as_uri())
    begin(page, None)
    answer_all(page, mixed)
    (tmp_path / "a.json").write_text(copied(page, "Show my answers to copy"))
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
    assert titles(page) == shelves
    ours, theirs = page.evaluate(SHOWN), printed.evaluate(SHOWN)
    assert ours[3]
    assert ours[-1]
    hosts = re.compile(r" (?:www\.|support\.|[a-z]+\.)?[a-z]+\.(?:com|org)$")
    assert ours[:6] == theirs[:6]
    assert ours[6] == [hosts.sub("", name) for name in theirs[6]]
    assert ours[7] == theirs[7]


def test_the_whole_way_by_keyboard_alone(context: BrowserContext, three: Path) -> None:
    page = context.new_page()
    page.goto(three.as_uri())

    def focused() -> str:
        text: str = page.evaluate("document.activeElement.textContent.trim()")
        return text

    def tab_to(text: str, within: str = "body") -> None:
        for _step in range(90):
            page.keyboard.press("Tab")
            style: list[str] = page.evaluate(
                "(style => [style.outlineStyle, style.outlineWidth])(getComputedStyle(document.activeElement))"
            )
            if page.evaluate("document.activeElement !== document.body"):
                assert style == ["solid", "3px"], focused()
            if focused() == text and page.evaluate(f"document.activeElement.closest({within!r}) !== null"):
                return
        raise AssertionError(f"no way by keyboard to {text!r}")

    page.evaluate("document.querySelector('h1').focus()")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    tab_to("Start")
    page.keyboard.press("Enter")
    while not page.locator(".report").count():
        assert focused() == headline(page)
        if page.locator("[data-choice]").count():
            tab_to("Later")
            page.keyboard.press("Enter")
            if page.locator("[data-choice]").count():
                tab_to("Continue")
                page.keyboard.press("Enter")
            continue
        for place in range(page.locator(".line").count()):
            line = f".line:nth-child({place + 1})"
            tab_to(page.locator(f"{line} [data-answer]").last.inner_text(), line)
            page.keyboard.press("Space")
    assert focused() == headline(page)
    assert "of 12 checks." in headline(page)
    tab_to("Forget everything")
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog", name="Forget everything?").is_visible()
    page.keyboard.press("Escape")
    assert focused() == "Forget everything"


# -- screen by screen ------------------------------------------------------------------------------


def first_stop(known: Catalogue, platform: str) -> Stop:
    """Return the first screen of the whole walk through a service, for a teacher, on which several things are asked."""
    one = known.checklist(platform).checklist
    return next(stop for stop in stops([Item(one, check) for check in one.checks], "teacher") if len(stop.items) > 2)


def come_to(page: Page, stop: Stop) -> None:
    while headline(page) != stop.screen.title:
        press(page, "Skip this screen")


def labels(stop: Stop, verdict: str) -> list[str | None]:
    """Return an answer with a verdict to each question of a screen, where it has one."""
    checks = [item.check for item in stop.items]
    return [next((o.id for o in check.options if o.verdict_for("teacher") == verdict), None) for check in checks]


@pytest.fixture
def facebook(context: BrowserContext, known: Catalogue, tmp_path: Path) -> Page:
    page = context.new_page()
    page.goto(saved(build(known, ["facebook"], role="teacher"), tmp_path).as_uri())
    begin(page, None)
    return page


def test_a_screen_shows_its_way_and_each_setting_as_it_should_be(facebook: Page, known: Catalogue) -> None:
    stop = first_stop(known, "facebook")
    come_to(facebook, stop)
    lines = facebook.locator(".line")
    assert lines.count() == len(stop.items)
    for place, item in enumerate(stop.items):
        line = lines.nth(place)
        should_be = aim(item.check, "teacher")
        assert line.locator("h2").inner_text() == item.check.question
        assert line.locator("[data-part=aim]").inner_text() == (should_be.label if should_be else "your choice")
        assert not line.get_by_text(item.check.why).is_visible()
        line.locator("summary").click()
        assert line.get_by_text(" ".join(item.check.why.split())).is_visible()
    assert facebook.locator("[data-part=way] > dl a").get_attribute("href") == stop.screen.web


def test_the_way_is_that_of_the_device_that_is_asked_once(
    context: BrowserContext, known: Catalogue, tmp_path: Path
) -> None:
    html = saved(build(known, ["tiktok"], role="teacher"), tmp_path).as_uri()
    one = known.checklist("tiktok").checklist
    stop = stops([Item(one, check) for check in one.checks], "teacher")[0]
    assert stop.screen.android
    way = " › ".join(stop.screen.android)
    for device, shown in (("On an Android phone", True), ("In a browser", False), ("Show me all of these", True)):
        page = context.new_page()
        page.goto(html)
        page.get_by_label(device).check()
        begin(page, None)
        assert page.get_by_text(way).first.is_visible() == shown
        if page.get_by_text("On another device").count():
            page.get_by_text("On another device").first.click()
            assert page.get_by_text(way).first.is_visible()
        page.close()


def test_what_is_wrong_is_changed_at_once_and_the_answer_before_stays_known(
    facebook: Page, known: Catalogue, tmp_path: Path
) -> None:
    stop = first_stop(known, "facebook")
    come_to(facebook, stop)
    failing = labels(stop, "fail")
    for place, option in enumerate(failing):
        line = facebook.locator(".line").nth(place)
        (line.locator(f"[data-answer={option}]") if option else line.locator("[data-part=dont_know]")).click()
    wrong = [(item.check, option) for item, option in zip(stop.items, failing, strict=True) if option]
    assert headline(facebook) == f"Change these {len(wrong)} now, while you are there"
    check, found = wrong[0]
    should_be = aim(check, "teacher")
    assert should_be
    line = facebook.locator(".line").first
    text = line.inner_text()
    parts = (*(["Before you start:", check.caution] if check.caution else []), *check.fix)
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    now = next(option.label for option in check.options if option.id == found)
    assert f"Now: {now}. Should be: {should_be.label}." in text
    line.get_by_role("button", name="Changed").click()
    assert facebook.get_by_role("status").last.is_visible()
    assert facebook.get_by_text("Changed. We have noted the old setting and the new one.").is_visible()
    facebook.locator(".line").nth(1).get_by_role("button", name="Leave it").click()
    press(facebook, "Back")
    shown = facebook.locator(".line").first.locator("[aria-pressed=true]")
    assert shown.get_attribute("data-answer") == should_be.id
    press(facebook, "Continue")
    assert headline(facebook).startswith("Change "), "what was not decided is offered again"
    press(facebook, "Continue")
    assert not headline(facebook).startswith("Change "), "offered once"
    press(facebook, "Stop here and show my list")
    lead = facebook.locator("[data-part=lead]").inner_text()
    assert lead.startswith(f"You changed 1 today. You have {len(wrong) - 1} left to change: ")
    assert facebook.get_by_text("You left this as it is.").count() == 1
    done = facebook.locator("section", has=facebook.get_by_role("heading", name="Changed during the audit (1)"))
    done.locator("summary").click()
    assert f"{check.title} {now} → {should_be.label}" in done.inner_text()
    (tmp_path / "a.json").write_text(copied(facebook, "Show my answers to copy"))
    said = json.loads((tmp_path / "a.json").read_text())
    assert said["answers"][check.id] == should_be.id
    assert said["changed_from"] == {check.id: found}
    options = ("--answers", "a.json", "--role", "teacher", "--no-input", "--out", "out")
    assert run("audit", "facebook", *options, cwd=tmp_path).returncode == 0
    [record] = (tmp_path / "out").glob("*.json")
    findings = json.loads(record.read_text())["findings"]
    [finding] = [finding for finding in findings if finding["check"] == check.id]
    assert finding["observations"][0]["changed_from"] == found


def test_all_of_these_are_so_answers_what_is_open_and_has_a_better_answer(facebook: Page, known: Catalogue) -> None:
    stop = first_stop(known, "facebook")
    come_to(facebook, stop)
    everything = facebook.locator("[data-part=all_so]")
    assert everything.inner_text() == "All of these are right"
    below = facebook.evaluate(
        "document.querySelector('.lines').getBoundingClientRect().bottom"
        " <= document.querySelector('[data-part=all_so]').getBoundingClientRect().top"
    )
    assert below
    other = next(o.id for o in stop.items[0].check.options if o != aim(stop.items[0].check, "teacher"))
    facebook.locator(f".line [data-answer={other}]").first.click()
    assert everything.inner_text() == "All the others are right"
    everything.click()
    press(facebook, "Stop here and show my list") if headline(facebook) == stop.screen.title else None
    while not facebook.locator(".report").count():
        press(facebook, "Continue" if facebook.locator("[data-choice]").count() else "Stop here and show my list")
    answers = json.loads(copied(facebook, "Show my answers to copy"))["answers"]
    aims = {item.check.id: found.id for item in stop.items if (found := aim(item.check, "teacher"))}
    assert {name: answers.get(name) for name in aims} == aims | {stop.items[0].check.id: other}


def test_a_screen_that_looks_different_leaves_the_rest_unknown_and_goes_on(facebook: Page, known: Catalogue) -> None:
    stop = first_stop(known, "facebook")
    come_to(facebook, stop)
    good = aim(stop.items[0].check, "teacher")
    assert good
    facebook.locator(f".line [data-answer={good.id}]").first.click()
    press(facebook, "This screen looks different")
    assert headline(facebook) != stop.screen.title
    press(facebook, "Stop here and show my list")
    sentence = "The screen looked different from what we describe."
    assert facebook.get_by_text(sentence).count() == len(stop.items) - 1


def test_who_stops_has_a_report_and_is_told_what_is_left(facebook: Page, known: Catalogue) -> None:
    one = known.checklist("facebook").checklist
    way = stops([Item(one, check) for check in one.checks], "teacher")
    last = aim(way[0].items[-1].check, "teacher")
    assert last
    facebook.locator(".line").last.locator(f"[data-answer={last.id}]").click()
    if len(way[0].items) > 1:
        press(facebook, "Skip the rest")
    press(facebook, "Stop here and show my list")
    left = sum(stop.seconds for stop in way[1:])
    told = f"You have {len(way) - 1} screens left to look at: about {effort.minutes(left)} minutes."
    assert facebook.locator("[data-part=rest_told]").inner_text() == told
    rest = sum(len(stop.items) for stop in way[1:])
    assert f"you have not reached {rest}, out of" in headline(facebook)
    assert facebook.locator("section.not_reached .things > li").count() == rest
    assert facebook.locator(".legend .not_reached").inner_text() == f"…{rest} Not reached yet"
    press(facebook, "Send this to myself")
    assert f"Not reached yet ({rest})" in facebook.locator("[data-part=text]").input_value()
    press(facebook, "Continue where you left off")
    assert progress(facebook) == f"screen 2 of {len(way)}, about {effort.minutes(left)} minutes left"


def test_skip_and_back_and_not_knowing(context: BrowserContext, known: Catalogue, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(saved(build(known, ["texting"], role="teacher", quick=True), tmp_path).as_uri())
    begin(page, None)
    items = plan([known.checklist("texting")], "teacher", {}, quick=True).items
    way = stops(items, "teacher")
    for stop in way:
        assert headline(page) == stop.screen.title
        press(page, "Skip this screen")
    assert headline(page) == "Nothing to change, but we could not tell about 2, out of 2 checks."
    assert page.get_by_text("This question was not answered.").count() == 2
    press(page, "Show my answers to copy")
    assert page.get_by_text("You have not chosen any answer yet").is_visible()
    press(page, "Back to the questions")
    for _stop in way:
        press(page, "Back")
    assert headline(page) == "Look through your privacy settings"
    press(page, "Continue where you left off")
    assert page.locator(".report").count() == 1
    page.evaluate("document.querySelectorAll('.report details').forEach(one => { one.open = true })")
    page.get_by_role("button", name=re.compile("^Answer again: ")).first.click()
    page.get_by_role("button", name="I don't know").first.click()
    press(page, "Continue")
    assert page.get_by_text("You were not sure.").count() == 1


def test_the_plan_has_boxes_that_stay_ticked_and_can_be_sent(
    context: BrowserContext, three: Path, known: Catalogue
) -> None:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.add_init_script("navigator.share = undefined")
    page.goto(three.as_uri())
    begin(page)
    page.get_by_label("Keep my answers on this phone").check()
    answer_all(page, last)
    boxes = page.locator(".plan.fail input")
    boxes.first.check()
    text = copied(page, "Send this to myself")
    assert text.startswith(headline(page))
    plan_titles = titles(page)
    shown = [line for line in text.splitlines() if line[:1] in "☐☑" and line]
    assert [line[2 : 2 + len(title)] for line, title in zip(shown, plan_titles["fail"], strict=False)] == plan_titles[
        "fail"
    ]
    assert [line[0] for line in shown[: boxes.count()]] == ["☑", *"☐" * (boxes.count() - 1)]
    page.reload()
    press(page, "Continue where you left off")
    assert [box.is_checked() for box in boxes.all()] == [True, *[False] * (boxes.count() - 1)]


def test_the_services_and_the_time_are_asked_and_nothing_is_ticked_beforehand(
    context: BrowserContext, known: Catalogue, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(saved(build(known), tmp_path).as_uri())
    page.get_by_label("Teacher").check()
    press(page, "Start")
    assert page.locator("main input:checked").count() == 0
    assert not page.get_by_role("checkbox", name="Dating").is_visible()
    assert page.locator("main input").last.input_value() == "dating"
    assert page.locator("main input[value=demo]").count() == 0
    press(page, "Continue")
    assert page.get_by_role("alert").inner_text() == "Tick at least one."
    names = ["facebook", "instagram", "whatsapp", "snapchat"]
    for name in names:
        page.locator(f"main input[value={name}]").check()
    assert page.locator("[data-part=amount]").inner_text() == "4 services"
    press(page, "Continue")
    assert headline(page) == "How much time do you have?"

    def minutes(*some: str, quick: bool = False) -> int:
        items = plan([known.checklist(name) for name in some], "teacher", {}, quick=quick).items
        return effort.minutes(seconds(items, "teacher"))

    whole = plan([known.checklist(name) for name in names], "teacher", {}).items
    order = dict.fromkeys(stop.checklist.platform for stop in stops(whole, "teacher"))
    page.get_by_text("One service").click()
    assert page.locator("[data-part=choices] .pick").all_inner_texts() == [
        f"10 minutes: what matters most (about {minutes(*names, quick=True)} minutes to look, then time for changes)",
        *(f"{platform.name}: about {minutes(platform.id)} minutes" for platform in order),
        f"Everything (about {minutes(*names)} minutes)",
    ]
    assert page.get_by_role("radio", name=re.compile("^10 minutes")).is_checked()
    page.get_by_role("radio", name=re.compile("^WhatsApp")).check()
    press(page, "Continue")
    assert page.locator("[data-part=platform]").inner_text() == "WhatsApp"
    press(page, "Back")
    press(page, "Back")
    page.locator("main input[value=whatsapp]").uncheck()
    names.remove("whatsapp")
    press(page, "Continue")
    assert page.get_by_role("radio", name=re.compile("^10 minutes")).is_checked()
    press(page, "Continue")
    assert progress(page).endswith(f"about {minutes(*names, quick=True)} minutes left")


SHELVES = (
    "Most people in the UK use some of these",
    "More services, by name",
    labels_of.group(Group.PRACTICE),
)


def test_what_most_people_use_is_offered_first_then_the_rest_by_name(
    context: BrowserContext, known: Catalogue, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(saved(build(known, role="teacher"), tmp_path).as_uri())
    press(page, "Start")
    assert tuple(page.locator("legend:visible").all_inner_texts()) == SHELVES
    every = [one.checklist.platform for one in known.loaded.values() if one.checklist.platform.group is not Group.DEMO]
    some = {
        SHELVES[0]: [one.name for one in every if one.common],
        SHELVES[2]: [one.name for one in every if one.group is Group.PRACTICE],
    }
    taken = {name for names in some.values() for name in names}
    some[SHELVES[1]] = [one.name for one in every if one.name not in taken and not one.sensitive]
    assert {"WhatsApp", "Facebook"} <= set(some[SHELVES[0]])
    assert len(some[SHELVES[0]]) < len(some[SHELVES[1]])
    for legend, names in some.items():
        shown = page.get_by_role("group", name=legend, exact=True).locator(".pick").all_inner_texts()
        assert shown == sorted(names, key=str.casefold)
    whatsapp, forum = (page.get_by_label(name).bounding_box() for name in ("WhatsApp", "MoneySavingExpert Forum"))
    assert whatsapp
    assert forum
    assert whatsapp["y"] < forum["y"]


def test_a_service_is_found_by_a_part_of_its_name(context: BrowserContext, known: Catalogue, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(saved(build(known, role="teacher"), tmp_path).as_uri())
    press(page, "Start")
    search, shown = page.get_by_label("Find one by its name"), page.locator(".pick:visible")
    whole = shown.count()
    page.get_by_label("WhatsApp").check()
    search.fill(" TWIT")
    assert [one.strip() for one in page.locator("main .pick:visible").all_inner_texts()] == ["X (formerly Twitter)"]
    assert page.locator("legend:visible").all_inner_texts() == [SHELVES[1]]
    fine(page, PHONE, "found")
    page.get_by_label("X (formerly Twitter)").check()
    search.fill("dating")
    assert page.get_by_role("checkbox", name="Dating apps").is_visible()
    search.fill("zzz")
    nothing = page.get_by_text("Nothing in the list has these letters in its name.")
    assert nothing.is_visible()
    assert page.locator("main .pick:visible").count() == 0
    fine(page, PHONE, "not found")
    search.fill("")
    assert nothing.count() == 0
    assert shown.count() == whole + 1, "the private one, which was unfolded to be found"
    assert page.locator("[data-part=amount]").inner_text() == "2 services", "what is not shown stays ticked"


def test_nothing_ticked_leads_to_a_box_that_is_shown(context: BrowserContext, known: Catalogue, tmp_path: Path) -> None:
    page = context.new_page()
    page.goto(saved(build(known, role="teacher"), tmp_path).as_uri())
    press(page, "Start")
    page.get_by_label("Find one by its name").fill("reddit")
    press(page, "Continue")
    assert page.get_by_role("alert").inner_text() == "Tick at least one."
    assert page.evaluate("document.activeElement.value") == "reddit"


def test_a_page_for_named_services_does_not_ask_for_them(
    context: BrowserContext, known: Catalogue, tmp_path: Path
) -> None:
    page = context.new_page()
    for names, asks in ((THREE, False), ([*THREE, "dating"], True)):
        page.goto(saved(build(known, names, role="teacher"), tmp_path).as_uri())
        press(page, "Start")
        assert (headline(page) == "Which of these do you use?") == asks
    assert not page.get_by_label("Find one by its name").is_visible()
    assert page.locator("main input:checked").count() == 0


# -- what stays ------------------------------------------------------------------------------------

STORED = "Object.keys(localStorage)"


def test_nothing_is_kept_unless_it_is_ticked_and_unticking_removes_it(context: BrowserContext, three: Path) -> None:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(three.as_uri())
    begin(page)
    page.locator("[data-answer]").first.click()
    assert page.evaluate(STORED) == []
    page.get_by_label("Keep my answers on this phone").check()
    assert page.evaluate(STORED) == ["privacyaudit-page"]
    assert page.get_by_text("Your answers are kept on this device.").is_visible()
    while not page.locator("[data-answer]").count():
        press(page, "Continue")
    page.locator(".line:not(.pass, .fail, .choice) [data-answer]").first.click()
    while not page.locator("[data-answer]").count():
        press(page, "Continue")
    here = progress(page)
    page.goto("about:blank")
    page.goto(three.as_uri())
    assert page.get_by_label("Keep my answers on this phone").is_checked()
    assert page.get_by_text("You have answered 2 questions before.").is_visible()
    press(page, "Continue where you left off")
    assert progress(page) == here
    page.get_by_label("Keep my answers on this phone").uncheck()
    assert page.evaluate(STORED) == []
    assert page.get_by_text("Your answers were removed from this device.").is_visible()
    assert progress(page) == here


def test_what_the_page_kept_before_it_went_by_screen_is_gone_on_with(
    context: BrowserContext, known: Catalogue, tmp_path: Path
) -> None:
    one = known.checklist("facebook").checklist
    way = stops([Item(one, check) for check in one.checks], "teacher")
    asked = [item.check for stop in way for item in stop.items]
    said = {check.id: check.options[-1].id for check in asked[:5]}
    kept = {
        "role": "teacher",
        "platforms": ["facebook"],
        "answers": said,
        "first": said,
        "open": {asked[5].id: "skipped", asked[6].id: "dont_know"},
    }
    page = context.new_page()
    page.add_init_script(f"localStorage.setItem('privacyaudit-page', {json.dumps(json.dumps(kept))})")
    page.goto(saved(build(known, ["facebook"]), tmp_path).as_uri())
    assert page.get_by_text("You have answered 5 questions before.").is_visible()
    press(page, "Continue where you left off")
    number = next(n for n, stop in enumerate(way, 1) if any(item.check in asked[7:] for item in stop.items))
    assert progress(page).startswith(f"screen {number} of {len(way)}, about ")
    press(page, "Stop here and show my list")
    assert json.loads(copied(page, "Show my answers to copy"))["answers"] == said
    assert page.get_by_text("You were not sure.").count() == 1


def test_everything_is_forgotten_after_a_yes(context: BrowserContext, three: Path) -> None:
    page = context.new_page()
    page.goto(three.as_uri())
    page.get_by_label("Keep my answers on this phone").check()
    begin(page)
    page.locator("[data-answer]").first.click()
    press(page, "Forget everything")
    press(page, "Cancel")
    assert page.evaluate(STORED) == ["privacyaudit-page"]
    press(page, "Forget everything")
    page.get_by_role("dialog").get_by_role("button", name="Forget everything").click()
    assert page.evaluate(STORED) == []
    assert headline(page) == "Look through your privacy settings"
    assert page.get_by_text("The page has forgotten everything.").is_visible()
    assert page.locator("input[name=role]:checked").count() == 0
    assert not page.get_by_role("button", name="Continue where you left off").is_visible()


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
        '{"role": "teacher", "time": "never", "device": 3, "changed": 1, "left": [], "ticked": {"facebook.x": 1}}',
        '{"role": "nobody", "platforms": ["nowhere"], "answers": {"x.y": "z", "facebook.review-tagged-posts": "<b>"}}',
    ],
)
def test_what_is_kept_but_does_not_fit_is_left_out(context: BrowserContext, three: Path, kept: str) -> None:
    page = context.new_page()
    said: list[str] = []
    context.on("weberror", lambda error: said.append(str(error.error)))
    page.add_init_script(f"localStorage.setItem('privacyaudit-page', {json.dumps(kept)})")
    page.goto(three.as_uri())
    assert not page.get_by_role("button", name="Continue where you left off").is_visible()
    begin(page)
    assert progress(page).startswith("screen 1 of ")
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
    page.locator("[data-answer]").first.click()
    page.reload()
    assert asked == ["beforeunload"]
    begin(page)
    answer_all(page, last)
    press(page, "Show my answers to copy")
    page.reload()
    assert asked.pop() == "beforeunload", "shown is not copied"
    begin(page)
    answer_all(page, last)
    copied(page, "Show my answers to copy")
    page.reload()
    assert asked == ["beforeunload"]


def test_the_reminder_is_a_neutral_line_with_a_day(context: BrowserContext, three: Path) -> None:
    page = context.new_page()
    page.goto(three.as_uri())
    begin(page)
    answer_all(page, last)
    day = add_months(today(), 3)
    wanted = i18n.day(day.replace(day=min(day.day, 28)))
    assert copied(page, "Remind me") == f"Personal admin: {wanted}, 17:00, and then every 3 months"


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
    text = copied(page, "Show my answers to copy")
    assert page.evaluate("window.handed") == []
    press(page, "Send it to another app")
    assert page.evaluate("window.handed") == [{"text": text}]
    other = context.new_page()
    other.add_init_script("navigator.share = undefined")
    other.goto(three.as_uri())
    begin(other)
    answer_all(other, last)
    copied(other, "Show my answers to copy")
    assert not other.get_by_role("button", name="Send it to another app").is_visible()


def test_printing_the_report_prints_the_report(context: BrowserContext, three: Path) -> None:
    page = context.new_page()
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(three.as_uri())
    begin(page)
    press(page, "Stop here and show my list")
    press(page, "Print")
    page.emulate_media(media="print")
    assert page.locator("button:visible").count() == 0
    page.emulate_media(media="screen")
    press(page, "Continue where you left off")
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
    made = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = made.new_page()
    page.goto(saved(build(known, ["facebook", "texting", "dating"], clinic="Ysgol X"), tmp_path).as_uri())

    fine(page, width, "start")
    press(page, "Start")
    fine(page, width, "start, with a mistake")
    page.get_by_label("Teacher").check()
    press(page, "Start")
    page.get_by_text("Services that you may want to keep private").click()
    fine(page, width, "services")
    for box in page.locator("main [type=checkbox]").all():
        box.check()
    press(page, "Continue")
    page.get_by_text("One service").click()
    fine(page, width, "time")
    page.get_by_role("radio", name=re.compile("^Everything")).check()
    press(page, "Continue")
    while page.locator(".line").count() < 3:
        press(page, "Skip this screen")
    fine(page, width, "screen")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    fine(page, width, "screen, unfolded")
    lines = page.locator(".line")
    for place in range(lines.count()):
        failing = lines.nth(place).locator("[data-answer]").last
        failing.click()
        if place == 0:
            fine(page, width, "screen, with an answer")
    assert page.locator("[data-choice]").count()
    fine(page, width, "what is to change")
    page.locator("[data-choice=leave]").first.click()
    fine(page, width, "what is to change, with a choice")
    press(page, "Forget everything")
    fine(page, width, "dialog")
    press(page, "Cancel")
    press(page, "Continue")
    press(page, "Stop here and show my list")
    fine(page, width, "report of what there is")
    press(page, "Back to the questions")
    press(page, "Stop here and show my list")
    press(page, "Continue where you left off")
    answer_all(page, mixed)
    fine(page, width, "report")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    fine(page, width, "report, unfolded")
    made.close()


def test_a_screen_reader_is_told_what_is_asked_and_what_was_chosen(facebook: Page, known: Catalogue) -> None:
    stop = first_stop(known, "facebook")
    come_to(facebook, stop)
    seen = facebook.locator("body").aria_snapshot().replace('\\"', '"')
    assert f'heading "{stop.screen.title}" [level=1]' in seen
    for item in stop.items:
        assert f'group "{item.check.question}"' in seen
        assert f'heading "{item.check.question}" [level=2]' in seen
    assert f"status: {progress(facebook)}" in seen
    assert facebook.title() == f"{progress(facebook)}: {stop.screen.title}"
    chosen = facebook.locator("[data-answer]").first
    chosen.click()
    assert chosen.get_attribute("aria-pressed") == "true"
    told = facebook.locator("[data-part=told]")
    _shape, verdict = facebook.locator(".mark").first.inner_text().split(" ", 1)
    said = f"{verdict}. 1 of {len(stop.items)} answered"
    assert (told.get_attribute("role"), told.inner_text()) == ("status", said)
    assert facebook.locator("summary").nth(1).evaluate("one => one.textContent").startswith("Why: ")


def test_the_nu_html_checker_has_no_errors(known: Catalogue, tmp_path: Path) -> None:
    made = {
        "page.html": build(known, THREE, quick=True),
        "clinic.html": build(known, THREE, role="teacher", clinic='Ysgol "X" & <b>'),
        "sheets.html": handout.sheets(known),
        "card.html": handout.card(known),
        "window.html": build(known, window=True),
        "front.html": notes.front("/w/a-place/"),
        "out-there.html": out_there.build(known),
        "out-there-window.html": out_there.build(known, window=True),
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
    assert "the page does not save what you tick" in text
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
    assert page.locator(".line h2").first.text_content() == text
    answer_all(page, last)
    title = page.locator(".things [data-part=title], .things .title").first
    assert title.evaluate("one => one.textContent").startswith(text)
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
    assert (
        "this page tells Ysgol X which answers you chose, and nothing else: no name, no time." in sharing.inner_text()
    )
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
    page.locator(".plan.fail summary").first.click()
    page.get_by_role("button", name=re.compile("^Answer again: ")).first.click()
    changed = page.locator("[data-answer]").first.get_attribute("data-answer")
    page.locator("[data-answer]").first.click()
    press(page, "Continue")
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
    items = plan([known.checklist("texting")], "teacher", {}, quick=True).items
    return [item.check.id for item in in_order(items, "teacher")]


def test_who_shares_only_at_the_end_sends_the_first_answers_too(
    context: BrowserContext, clinic: Clinic, known: Catalogue
) -> None:
    page = context.new_page()
    page.goto(clinic.origin)
    begin(page, None)
    check = asked_ids(known)[0]
    found = next(o.id for o in known.check(check)[1].options if o.verdict_for("teacher") == "fail")
    should_be = aim(known.check(check)[1], "teacher")
    assert should_be
    page.locator(f".line:first-child [data-answer={found}]").click()
    while not page.locator("[data-choice]").count():
        page.get_by_role("button", name="I don't know").last.click()
    page.locator("[data-choice=changed]").first.click()
    while not page.locator(".report").count():
        press(page, "Continue" if page.locator("[data-choice]").count() else "Skip this screen")
    clinic.replies = [204]
    press(page, "Share counts with this clinic")
    assert told(page).startswith("Shared.")
    body = clinic.got[0][2]
    assert body["phase"] == "after"
    assert body["answers"] == {check: should_be.id}
    assert body["earlier"] == {check: found}


@pytest.mark.parametrize(
    ("status", "sentence", "again"),
    [
        (409, "You have already shared this", False),
        (410, "The clinic has ended", True),
        (429, "Too many people are sharing at once.", True),
        (413, "The clinic did not accept this", True),
        (422, "The clinic did not accept this", True),
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
