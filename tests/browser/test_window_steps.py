"""Steps and proof in the window, in a real browser: begun, kept, asked about, given away and deleted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.chromium import chromium
from tests.support.out_there import choose, door, go_on
from tests.support.page_in_browser import fine
from tests.support.proofs import png
from tests.support.window_process import Started, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

browser = pytest.fixture(scope="module")(chromium)
WORDS = "three quiet words"
CANARY = "heron-canary"
NOTE = "My classroom-canary is in it."
PRESSED = "#screen a, #screen select, #screen input[type=text], #screen textarea"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def started(home: Path) -> Iterator[Started]:
    home.mkdir()
    names = ("HOME", "PRIVACYAUDIT_STATE", "PRIVACYAUDIT_DATA", "PRIVACYAUDIT_REPORTS", "XDG_RUNTIME_DIR")
    bus = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
    with window(env={name: str(home / name.lower()) for name in names} | bus) as made:
        yield made


@pytest.fixture(params=[(390, "dark"), (1280, "light")], ids=["narrow", "wide"])
def opened(request: pytest.FixtureRequest, browser: Browser, started: Started) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(started.address)
    page.get_by_text("The files stay").wait_for()
    with context.expect_page() as beside:
        page.get_by_role("link", name="Something is out there about me").click()
    yield beside.value
    context.close()


def heading(page: Page, text: str) -> None:
    page.get_by_role("heading", name=text, level=1).wait_for()


def looks(page: Page, state: str) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    fine(page, width, f"{state} at {width}", PRESSED)


def begin_history(page: Page) -> None:
    """Begin the history: there is no keyring, so the page asks for a passphrase then."""
    heading(page, "Your encrypted history")
    looks(page, "no history")
    door(page, "open")
    page.locator("#screen input[type=password]").first.wait_for()
    looks(page, "passphrase")
    first, second = page.locator("#screen input[type=password]").all()
    first.fill(WORDS)
    second.fill("another")
    door(page, "open")
    page.get_by_text("two different passphrases").wait_for()
    second.fill(WORDS)
    door(page, "open")


def test_proof_is_kept_with_a_picture_given_away_and_deleted(
    opened: Page, started: Started, home: Path, tmp_path: Path
) -> None:
    door(opened, "proof")
    begin_history(opened)
    heading(opened, "Your proof")
    looks(opened, "no proof")
    door(opened, "add")
    choose(opened, "other")
    opened.get_by_text("does not collect proof about other people").wait_for()
    choose(opened, "me", "fake_account")
    heading(opened, "Where and when")
    looks(opened, "where")
    fields = {name: opened.locator(f"[data-field={name}]") for name in ("pages", "account", "note")}
    fields["pages"].fill("javascript:alert(1)")
    go_on(opened)
    opened.get_by_text("Who could see it? Choose one.").wait_for()
    assert opened.evaluate("document.activeElement.name") == "audience"
    opened.locator("input[value=everyone]").dispatch_event("click")
    go_on(opened)
    opened.get_by_text("This is a script or the content of a page").wait_for()
    fields["pages"].fill(f"https://pond.example/@{CANARY}")
    fields["account"].fill(CANARY)
    fields["note"].fill(NOTE)
    go_on(opened)
    opened.get_by_text("Is there a naked or sexual picture").wait_for()
    looks(opened, "child")
    choose(opened, "no")
    heading(opened, "Pictures, and keep it")
    picture = tmp_path / "picture.png"
    picture.write_bytes(png())
    words = tmp_path / "words.png"
    words.write_text("only words", encoding="utf-8")
    other = tmp_path / "other.png"
    other.write_bytes(png())
    opened.locator("[data-part=files]").set_input_files([picture, words, other])
    opened.get_by_text("other.png: This is a PNG picture").wait_for()
    assert opened.locator("[data-part=look]").count() == 2
    opened.locator("[data-part=look]").first.wait_for()
    assert opened.locator("[data-part=look]").first.evaluate("(one) => one.naturalWidth") > 0
    opened.get_by_role("button", name="Leave this one out other.png").press("Enter")
    assert opened.evaluate("document.activeElement.textContent") == "Left out: other.png"
    opened.get_by_text("This file holds text and not a picture").wait_for()
    looks(opened, "pictures")
    door(opened, "keep")
    heading(opened, "Kept as entry 1")
    looks(opened, "kept")
    door(opened, "back")
    heading(opened, "Your proof")
    opened.get_by_text(NOTE).wait_for()
    looks(opened, "proof")

    reply = opened.context.request.get(opened.url.replace("out-there", "proof.zip"))
    with zipfile.ZipFile(io.BytesIO(reply.body())) as package:
        assert CANARY in package.read("proof.txt").decode()
        assert package.read("pictures/0001-1.png") == png()
        assert [name for name in package.namelist() if name.endswith(".png")] == ["pictures/0001-1.png"]
    for path in (path for path in home.rglob("*") if path.is_file()):
        raw = path.read_bytes()
        assert not [word for word in (CANARY, NOTE, WORDS) if word.encode() in raw], path

    door(opened, "delete")
    opened.get_by_text("Delete entry 1").wait_for()
    looks(opened, "delete")
    opened.locator("#screen [data-part=delete]").dispatch_event("click")
    heading(opened, "Your proof")
    opened.get_by_text("Deleted entries: 1.").wait_for()
    started.process.terminate()
    assert CANARY not in started.rest()


def kept_by_another_tab(page: Page) -> Page:
    """Begin the history, open the page in a second tab, and go there as far as the pictures of an entry."""
    door(page, "proof")
    begin_history(page)
    heading(page, "Your proof")
    other = page.context.new_page()
    other.goto(page.url)
    door(other, "proof")
    heading(other, "Your proof")
    return other


def up_to_the_pictures(page: Page, name: str) -> None:
    door(page, "add")
    choose(page, "me", "fake_account")
    page.locator("[data-field=pages]").fill(f"https://pond.example/@{name}")
    page.locator("[data-field=account]").fill(name)
    page.locator("input[value=group]").dispatch_event("click")
    go_on(page)
    choose(page, "no")
    heading(page, "Pictures, and keep it")


def choose_picture(page: Page, folder: Path, size: int) -> None:
    picture = folder / f"{size}.png"
    picture.write_bytes(png(size))
    page.locator("[data-part=files]").set_input_files([picture])
    page.get_by_text("This is a PNG picture").wait_for()


def test_a_picture_that_another_tab_chose_stands_in_no_entry_of_this_one(opened: Page, tmp_path: Path) -> None:
    other = kept_by_another_tab(opened)
    up_to_the_pictures(opened, "first-tab")
    choose_picture(opened, tmp_path, 1)
    up_to_the_pictures(other, "second-tab")
    choose_picture(other, tmp_path, 2)
    door(opened, "keep")
    opened.get_by_text("another tab of this page has begun an entry").wait_for()
    looks(opened, "pictures gone")
    door(other, "keep")
    heading(other, "Kept as entry 1. Pictures: 1.")
    with zipfile.ZipFile(io.BytesIO(given(opened, "proof.zip"))) as package:
        assert package.read("pictures/0001-1.png") == png(2)
        assert b"first-tab" not in package.read("proof.txt")
    door(opened, "back")
    assert opened.locator("[data-field=account]").input_value() == "first-tab"


def given(page: Page, name: str) -> bytes:
    return page.context.request.get(page.url.replace("out-there", name)).body()


def test_proof_is_saved_as_a_pdf_by_a_link_that_says_why_where_there_is_none(opened: Page) -> None:
    other = kept_by_another_tab(opened)
    up_to_the_pictures(opened, CANARY)
    door(opened, "keep")
    heading(opened, "Kept as entry 1")
    door(opened, "back")
    link = opened.get_by_role("link", name="A PDF to read")
    link.wait_for()
    with opened.expect_download() as saved:
        link.click()
    assert saved.value.suggested_filename == "proof.pdf"
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
    heading(opened, "Your proof")

    door(other, "back")
    door(other, "proof")
    door(other, "delete_all")
    other.locator("#screen [data-part=delete]").dispatch_event("click")
    other.get_by_text("You keep no proof yet.").wait_for()
    with opened.context.expect_page() as beside:
        link.click()
    beside.value.get_by_text("You keep no proof, so nothing was written.").wait_for()


def test_a_step_of_the_plan_is_kept_and_asked_about_until_it_is_over(opened: Page) -> None:
    door(opened, "case")
    choose(opened, "none", "me", "fake_account", "tiktok", "pupil", "yes")
    heading(opened, "Your steps")
    door(opened, "keep_steps")
    begin_history(opened)
    heading(opened, "Which of these have you done?")
    opened.locator("[data-part=done]").first.wait_for()
    looks(opened, "choices")
    opened.locator("[data-part=done]").first.dispatch_event("click")
    opened.get_by_text("This step is kept, without names.").wait_for()
    opened.locator("#to-start").dispatch_event("click")
    door(opened, "taken")
    heading(opened, "Steps that you took")
    looks(opened, "a step")
    door(opened, "say")
    opened.get_by_text("Choose one.").wait_for()
    opened.locator("input[value=refused]").dispatch_event("click")
    door(opened, "say")
    opened.get_by_text("This is saved.").wait_for()
    opened.get_by_text("Next: ").first.wait_for()
    looks(opened, "refused")
    opened.locator("[data-part=done]").first.dispatch_event("click")
    opened.get_by_text("This step is kept, without names.").wait_for()
    for _time in range(2):
        opened.locator("#to-start").dispatch_event("click")
        door(opened, "taken")
        heading(opened, "Steps that you took")
        opened.locator("input[value=gone]").dispatch_event("click")
        door(opened, "say")
        opened.get_by_text("This is saved.").wait_for()
    opened.locator("#to-start").dispatch_event("click")
    door(opened, "taken")
    opened.get_by_text("No step is open.").wait_for()


def test_it_works_by_keyboard_alone(opened: Page) -> None:
    def press(name: str, *keys: str) -> None:
        for _tab in range(40):
            opened.keyboard.press("Tab")
            if opened.evaluate("document.activeElement.textContent.trim()") == name:
                break
        else:
            pytest.fail(f"no way to {name!r} by keyboard")
        for key in keys or ("Enter",):
            opened.keyboard.press(key)

    press("Keep proof")
    heading(opened, "Your encrypted history")
    press("Begin my history")
    opened.locator("#screen input[type=password]").first.wait_for()
    opened.keyboard.type(WORDS)
    opened.keyboard.press("Tab")
    opened.keyboard.type(WORDS)
    press("Begin my history")
    heading(opened, "Your proof")
    press("Keep something as proof")
    heading(opened, "Who is it about?")


@pytest.mark.parametrize("name", ["proof-picture", "proof-keep", "proof-delete", "step-done"])
def test_what_is_not_sent_by_the_page_itself_reaches_none_of_it(opened: Page, name: str) -> None:
    address = opened.url.replace("out-there", name)
    reply = opened.context.request.post(address, data="{}", headers={"content-type": "application/json"})
    assert reply.status == 403
