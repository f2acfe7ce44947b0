"""The clinic's pages in a real Chromium: the board from the back of a room, joining on a phone, the report."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.clinic import app, pages, record, session, tickets
from privacyaudit.clinic.counts import Share, Sheet, Tally
from privacyaudit.clinic.store import Plan
from privacyaudit.clock import today
from privacyaudit.model import Verdict
from privacyaudit.offline import codes
from privacyaudit.offline.page import TICKET
from privacyaudit.serving import runner
from tests.support import html_checker
from tests.support.chromium import chromium
from tests.support.page_in_browser import answer_all, press

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PLATFORMS = ("everyday", "facebook")
PHONES = "192.168.43.57"


browser = pytest.fixture(scope="module")(chromium)


class Room:
    """A clinic that runs, and members who share."""

    def __init__(self) -> None:
        known = loading.catalogue()
        [line] = runner.bind(["127.0.0.1"], 0)
        port = int(line.getsockname()[1])
        self.plan = session.plan(
            known, "Ysgol Gynradd X", "teacher", PLATFORMS, quick=True, address=PHONES, port=port, today=today()
        )
        self.tally = session.tally(known, self.plan, today())
        self.known = known
        self.at = f"http://127.0.0.1:{port}"
        self.clinic = app.Clinic(
            self.plan,
            self.tally,
            pages.Titles(known),
            session.page(known, self.plan, today()),
            TICKET,
            {f"127.0.0.1:{port}"},
            f"{PHONES}:{port}",
            codes.svg(f"http://{PHONES}:{port}/c/{self.plan.code}") or "",
        )
        self.running = runner.Running(app.app(self.clinic), [line])
        self.running.start()

    def share(self, people: int, again: int = 0) -> None:
        for number in range(people):
            share(self.tally, self.plan, number, again=number < again)


def share(tally: Tally, plan: Plan, number: int, *, again: bool) -> None:
    """Let somebody share: the more to the front a check stands, the more people have it to change."""
    ticket = tickets.new_ticket(bytes.fromhex(plan.key))
    failing = {check for rank, check in enumerate(tally.sheet.lines) if (number * 7 + rank * 3) % 20 < 17 - rank * 2}
    before = answers(tally.sheet, failing)
    tally.add(Share(ticket, "before", before, {}))
    if again:
        tally.add(Share(ticket, "after", answers(tally.sheet, set()), before))


def answers(sheet: Sheet, failing: set[str]) -> dict[str, str]:
    found = {}
    for check, line in sheet.lines.items():
        wanted = Verdict.FAIL if check in failing else Verdict.PASS
        found[check] = next(
            (one for one, verdict in line.verdicts.items() if verdict is wanted), next(iter(line.verdicts))
        )
    return found


@pytest.fixture
def room() -> Iterator[Room]:
    made = Room()
    yield made
    made.running.stop()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    known = loading.catalogue()
    plan = session.plan(
        known, "Ysgol Gynradd X", "teacher", PLATFORMS, quick=True, address="127.0.0.1", port=1, today=today()
    )
    found = []
    for people, again in ((24, 12), (27, 15), (9, 0)):
        tally = session.tally(known, plan, today())
        for number in range(people):
            share(tally, plan, number, again=number < again)
        found.append(record.make(plan, tally))
    old = found[0].model_copy(update={"month": "2025-11", "id": "0" * 32})
    folder = tmp_path_factory.mktemp("clinic")
    (folder / "many.html").write_text(pages.report(found[1], [old], known), encoding="utf-8")
    (folder / "few.html").write_text(pages.report(found[2], [], known), encoding="utf-8")
    return folder


def opened(browser: Browser, address: str, width: int = 1280, scheme: Any = "light") -> Page:
    page = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    page.set_default_timeout(10_000)
    page.goto(address)
    return page


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def shots(page: Page, name: str) -> None:
    """Keep a picture, for those who look at it."""
    if folder := os.environ.get("PRIVACYAUDIT_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_axe_finds_nothing_on_any_page(browser: Browser, room: Room, report: Path, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    wrong = room.at + "/c/WRONG1"
    places = {"join": f"{room.at}/", "wrong": wrong, "board-empty": f"{room.at}/board"}
    for name in ("many", "few"):
        places[f"report-{name}"] = (report / f"{name}.html").as_uri()
    for name, address in places.items():
        check(axe, opened(browser, address, width, scheme), f"{name}-{width}-{scheme}")
    room.share(27, 15)
    check(axe, opened(browser, f"{room.at}/board", width, scheme), f"board-{width}-{scheme}")
    room.clinic.ended = True
    check(axe, opened(browser, f"{room.at}/", width, scheme), f"ended-{width}-{scheme}")


def check(axe: Any, page: Page, name: str) -> None:
    shots(page, name)
    unfold(page)
    found = axe.run(page)
    assert found.violations_count == 0, name + found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], name  # type: ignore[index]
    page.context.close()


def test_axe_can_find_something(browser: Browser, report: Path, tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text((report / "many.html").read_text(encoding="utf-8").replace('lang="en"', ""), encoding="utf-8")
    page = opened(browser, spoilt.as_uri())
    assert "html-has-lang" in axe.run(page).generate_report()
    page.context.close()


def test_the_nu_html_checker_has_no_errors(room: Room, report: Path, tmp_path: Path) -> None:
    room.share(27, 15)
    clinic = room.clinic
    made = {
        "board": pages.board(clinic.plan, clinic.tally, clinic.titles, clinic.join, clinic.picture),
        "join": pages.join(clinic.plan.name, "That is not the code."),
        "note": pages.note(clinic.plan.name, "This clinic has ended.", "Nothing is lost."),
        "many": (report / "many.html").read_text(encoding="utf-8"),
        "few": (report / "few.html").read_text(encoding="utf-8"),
    }
    made["broken"] = made["many"].replace("<h1>", "<h1><table>")
    for name, html in made.items():
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
    found = html_checker.errors(tmp_path.glob("*.html"))
    assert {name for name, _message in found} == {"broken.html"}, found


def test_the_board_changes_by_itself_when_it_may_and_asks_nobody_else(browser: Browser, room: Room) -> None:
    room.share(9)
    page = browser.new_context(reduced_motion="reduce").new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.clock.install()
    page.goto(f"{room.at}/board")
    assert page.get_by_role("status").inner_text() == "9 people have taken part"
    page.evaluate("document.querySelector('h1').dataset.same = 'yes'")
    share(room.tally, room.plan, 9, again=False)
    page.clock.run_for(5000)
    page.get_by_text("10 people have taken part").wait_for()
    page.get_by_text("at least 5").first.wait_for()
    told = page.locator("[data-part=counts]").inner_text()
    share(room.tally, room.plan, 10, again=False)
    page.clock.run_for(5000)
    page.get_by_text("11 people have taken part").wait_for()
    assert page.locator("[data-part=counts]").inner_text() == told
    assert page.evaluate("document.querySelector('h1').dataset.same") == "yes"
    assert {address.split("?")[0] for address in asked} == {f"{room.at}/board"}
    assert said == []
    page.context.close()


def test_the_code_and_the_counts_can_be_read_from_the_back_of_a_room(browser: Browser, room: Room) -> None:
    room.share(20)
    page = opened(browser, f"{room.at}/board")
    sizes = {
        name: page.locator(name).first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        for name in (".join-code", ".people", ".figure", ".address")
    }
    assert sizes[".join-code"] >= 64
    assert sizes[".people"] >= 30
    assert sizes[".address"] >= 24
    assert sizes[".figure"] >= 19
    assert page.locator(".picture").bounding_box()["width"] >= 200  # type: ignore[index]
    page.context.close()


def test_a_member_joins_by_code_with_and_without_a_script(browser: Browser, room: Room) -> None:
    for script in (True, False):
        page = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=script).new_page()
        page.goto(room.at)
        page.get_by_label("The code on the board").fill("wrong1")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()
        page.get_by_label("The code on the board").fill(room.plan.code.lower())
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url(f"**/c/{room.plan.code}")
        assert "Ysgol Gynradd X" in page.content()
        page.context.close()


def test_a_member_walks_from_the_code_to_the_report_and_shares(browser: Browser, room: Room) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
    page.set_default_timeout(10_000)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(room.at)
    page.get_by_label("The code on the board").fill(room.plan.code)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/c/{room.plan.code}")
    page.on("request", lambda request: asked.append(request.url))
    press(page, "Start")
    answer_all(page, lambda _number, count: count - 1)
    assert asked == []
    page.get_by_role("button", name="Share counts with this clinic").click()
    page.get_by_text("Shared. Thank you.").wait_for()
    assert asked == [f"{room.at}/share"]
    assert (room.tally.people, room.tally.again) == (1, 0)
    assert sum(one.told for one in room.tally.checks.values()) > 3
    shots(page, "member-shared-390")
    assert said == []
    page.context.close()


def test_the_page_can_share_and_nothing_is_sent_before_the_button_is_pressed(browser: Browser, room: Room) -> None:
    page = opened(browser, f"{room.at}/c/{room.plan.code}", 390)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    check_id = next(iter(room.tally.sheet.lines))
    option = next(iter(room.tally.sheet.lines[check_id].verdicts))
    body = {
        "ticket": page.locator("body").get_attribute("data-ticket"),
        "phase": "before",
        "answers": {check_id: option},
    }
    status = page.evaluate(
        """async body => (await fetch("/share", { method: "POST", credentials: "omit", body: JSON.stringify(body),
           headers: { "Content-Type": "application/json", "X-Privacyaudit": "share" } })).status""",
        body,
    )
    assert status == 204
    assert room.tally.people == 1
    assert asked == [f"{room.at}/share"]
    assert said == []
    page.context.close()


def test_the_report_loads_nothing(browser: Browser, report: Path) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    address = (report / "many.html").as_uri()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert (asked, said) == ([address], [])
    page.context.close()
