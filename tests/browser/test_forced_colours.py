"""Where the person's system takes colours over, codes are still read by a real reader, and what is on still shows."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.clinic import pages, session
from privacyaudit.clock import today
from privacyaudit.model import Verdict
from privacyaudit.offline import codes, handout
from privacyaudit.offline.page import build
from privacyaudit.report.formats.html import page as report
from tests.support import pebble_demo, records
from tests.support.chromium import chromium
from tests.support.page_in_browser import press

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from privacyaudit.demo.pebble import Pebble

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(chromium)
site = pytest.fixture(pebble_demo.site)

PHONES = "192.168.43.57"
MODES = [(scheme, forced) for scheme in ("light", "dark") for forced in ("none", "active")]


@pytest.fixture(params=MODES, ids=[f"{scheme}, forced colours {forced}" for scheme, forced in MODES])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    scheme, forced = request.param
    context = browser.new_context(color_scheme=scheme, forced_colors=forced, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def forced(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(color_scheme="dark", forced_colors="active", bypass_csp=True)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


# -- codes -----------------------------------------------------------------------------------------


def read(picture: Path) -> set[str]:
    """Return what a reader that is not ours finds in a picture."""
    if not shutil.which("zbarimg"):
        pytest.skip("zbarimg (zbar-tools), a reader of QR codes, is not installed")
    done = subprocess.run(["zbarimg", "-q", "--raw", picture], capture_output=True, text=True, check=False)
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def board() -> Callable[[str], tuple[str, str]]:
    """Return the board for an address, and the address that its code should hold."""
    pytest.importorskip("segno", reason="the extra [codes] is not installed")
    known = loading.catalogue()

    def drawn(address: str) -> tuple[str, str]:
        plan = session.plan(known, "X", None, ["everyday"], quick=True, address=address, port=8360, today=today())
        whole = f"http://{address}:8360/c/{plan.code}"
        tally = session.tally(known, plan, today())
        join = f"{address}:8360"
        return pages.board(plan, tally, pages.Titles(known), join, codes.svg(whole) or ""), whole

    return drawn


def test_a_real_reader_finds_the_code_on_the_board(
    page: Page, board: Callable[[str], tuple[str, str]], tmp_path: Path
) -> None:
    html, whole = board(PHONES)
    page.set_content(html)
    page.screenshot(path=tmp_path / "board.png")
    assert read(tmp_path / "board.png") == {whole}


def test_a_real_reader_finds_every_code_on_a_sheet(page: Page, tmp_path: Path) -> None:
    pytest.importorskip("segno", reason="the extra [codes] is not installed")
    known = records.catalogue(records.checklist("pond", 2, [records.check("pond", n, essential=True) for n in (0, 1)]))
    page.set_content(handout.sheets(known))
    page.screenshot(path=tmp_path / "sheet.png", full_page=True)
    pond = known.checklist("pond").checklist
    assert read(tmp_path / "sheet.png") == {web for check in pond.checks if (web := pond.where(check).web)}


def test_a_code_has_four_modules_of_its_own_white_around_it() -> None:
    segno = pytest.importorskip("segno", reason="the extra [codes] is not installed")
    drawn = codes.svg("https://a.example/settings")
    side = segno.make_qr("https://a.example/settings", error="l").symbol_size(border=4)[0]
    assert drawn
    assert f'viewBox="0 0 {side} {side}"' in drawn
    assert f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>' in drawn


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "127.0.0.2", "[::1]"])
def test_no_code_leads_to_an_address_that_only_this_computer_can_open(address: str) -> None:
    pytest.importorskip("segno", reason="the extra [codes] is not installed")
    assert codes.svg(f"http://{address}:8360/c/ABC234") is None
    assert codes.svg(f"http://{PHONES}:8360/c/ABC234")


def test_a_board_that_phones_cannot_reach_has_no_code_and_says_how_they_can(
    browser: Browser, board: Callable[[str], tuple[str, str]]
) -> None:
    page = browser.new_page()
    page.set_content(board("127.0.0.1")[0])
    assert page.locator("svg").count() == 0
    assert page.get_by_role("heading", name="Join on this computer").is_visible()
    assert "open it again on their network (in a terminal: --lan)" in page.locator("main").inner_text()
    page.set_content(board(PHONES)[0])
    assert page.locator("svg").count() == 1
    assert "--lan" not in page.locator("main").inner_text()
    page.close()


# -- what is on ------------------------------------------------------------------------------------

WORDS_ALIKE = "* { font-weight: 400 !important; transition: none !important; }"
"""Bold letters alone are too little to see from a bare state, so pictures are compared without them."""


ENOUGH = 40  # pixels: more than the edge of a rounded corner


def differ(page: Page, one: Locator, change: str) -> bool:
    """Tell whether a control looks another way after a change, leaving its words and the focus out of account."""
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    page.add_style_tag(content=WORDS_ALIKE)
    page.mouse.move(0, 0)
    pictures = []
    for step in ("one => 0", change):
        one.evaluate(step)
        page.evaluate("document.activeElement.blur()")
        made = image.open(BytesIO(one.screenshot())).convert("L")
        pictures.append((made.size, made.tobytes()))
    (size, before), (changed, after) = pictures
    if size != changed:
        return True
    different: int = sum(abs(a - b) > 32 for a, b in zip(before, after, strict=True))
    return different >= ENOUGH


def test_the_answer_that_was_given_still_shows(forced: Page, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(build(loading.catalogue(), ["everyday"], role="teacher"), encoding="utf-8")
    forced.goto(path.as_uri())
    press(forced, "Start")
    press(forced, "Continue")
    answer = forced.locator("[data-answer]").first
    assert differ(forced, answer, "one => one.setAttribute('aria-pressed', 'true')")
    assert not differ(forced, answer, "one => one.setAttribute('data-none', 'true')"), "the measure can say no"


def test_the_finding_that_a_link_led_to_still_shows(forced: Page, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(report(records.whole()[0]), encoding="utf-8")
    forced.goto(path.as_uri())
    line = forced.locator("li[id]").first
    assert differ(forced, line, "one => { location.hash = one.id }")


def test_each_verdict_has_a_bar_of_its_own(forced: Page, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(report(records.whole()[0]), encoding="utf-8")
    forced.goto(path.as_uri())
    swatches = forced.locator(".legend .swatch")
    pictures = {swatches.nth(n).screenshot() for n in range(swatches.count())}
    assert len(pictures) == swatches.count() == len(Verdict)


@pytest.mark.parametrize(
    ("place", "control", "change"),
    [
        ("audience", ".toggle", "one => { one.ariaPressed = one.ariaPressed === 'true' ? 'false' : 'true' }"),
        ("tagging", ".switch", "one => { one.ariaChecked = one.ariaChecked === 'true' ? 'false' : 'true' }"),
        ("privacy", "nav a", "one => one.toggleAttribute('aria-current')"),
    ],
)
def test_what_is_on_in_the_pretend_site_still_shows(
    forced: Page, site: Pebble, place: str, control: str, change: str
) -> None:
    forced.goto(site.origin + "/sign-in")
    forced.get_by_label("User name").fill(site.account.user)
    forced.get_by_label("Password").fill(site.account.password)
    forced.get_by_role("button", name="Sign in").click()
    forced.wait_for_url("**/settings/privacy")
    forced.goto(f"{site.origin}/settings/{place}")
    one = forced.locator(control).first
    one.wait_for()
    assert differ(forced, one, change)
