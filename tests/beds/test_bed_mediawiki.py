"""The MediaWiki bed keeps its promises: what other tests lean on is tried here with plain Playwright."""

from __future__ import annotations

import os
import re
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyotp
import pytest

from tests.beds.recipes import mediawiki, tools

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.bed

TOGGLES = (
    *("disablemail", "email-allow-new-users", "ccmeonemails", "requireemail", "enotifrevealaddr"),
    *("enotifusertalkpages", "enotifwatchlistpages", "enotifminoredits", "fancysig"),
)
ERROR = ".mw-message-box-error, .cdx-message--error"
WRONG_CODE = "Verification failed."


@pytest.fixture
def wiki(mediawiki_cache: Path, tmp_path: Path) -> Iterator[mediawiki.Wiki]:
    with mediawiki.running(mediawiki_cache, tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        pytest.skip("no Chromium: apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def sign_in(page: Page, wiki: mediawiki.Wiki, user: str, password: str = mediawiki.PASSWORD) -> None:
    page.goto(f"{wiki.origin}/wiki/Special:UserLogin")
    page.locator("input[name=wpName]").fill(user)
    page.locator("input[name=wpPassword]").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Log in", exact=True).click()


def enter_code(page: Page, code: str) -> None:
    page.locator("input[name=OATHToken]").fill(code)
    with page.expect_navigation():
        page.get_by_role("button", name="Continue login", exact=True).click()


def open_preferences(page: Page, wiki: mediawiki.Wiki) -> None:
    page.goto(f"{wiki.origin}/wiki/Special:Preferences")
    page.get_by_role("tab", name="User profile", selected=True).wait_for()


def sign_out(page: Page, wiki: mediawiki.Wiki) -> None:
    page.goto(f"{wiki.origin}/wiki/Special:UserLogout")
    with page.expect_navigation():
        page.get_by_role("button", name="Submit", exact=True).click()


def error(page: Page) -> str:
    return " ".join(page.locator(ERROR).inner_text().split())


def code_in(windows: int, wiki: mediawiki.Wiki) -> str:
    """Return a code of this or a coming window: the wiki takes each once, up to four windows of 30 s ahead."""
    return pyotp.TOTP(wiki.secret).at(int(time.time()) + 30 * windows)


def test_it_serves_pages_under_wiki_and_writes_down_every_request(wiki: mediawiki.Wiki) -> None:
    assert wiki.log() == []
    with urllib.request.urlopen(f"{wiki.origin}/wiki/Special:UserLogin") as reply:
        assert b'name="wpPassword"' in reply.read()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{wiki.origin}/wiki/No.such.page?a=1", data=b"posted")
    assert wiki.log() == [("GET", "/wiki/Special:UserLogin"), ("POST", "/wiki/No.such.page?a=1")]


def test_alice_and_bob_differ_in_every_setting_and_carol_is_like_alice(wiki: mediawiki.Wiki) -> None:
    alice, bob, carol = (wiki.truth(user) for user in ("alice", "bob", "carol"))
    for name in mediawiki.USERS["Alice"]:
        assert alice[name] == carol[name] == str(mediawiki.USERS["Alice"][name])
        assert bob[name] == str(mediawiki.USERS["Bob"][name])
        assert alice[name] != bob[name], name
    assert alice["emailauthenticated"]
    assert bob["emailauthenticated"]


@pytest.mark.browser
def test_preferences_show_what_truth_says_and_a_visit_that_only_reads_leaves_the_database_as_it_was(
    page: Page, wiki: mediawiki.Wiki
) -> None:
    user = "bob"
    before = wiki.dump()
    sign_in(page, wiki, user)
    open_preferences(page, wiki)
    truth = wiki.truth(user)
    ticked = {name: page.locator(f"input[name=wp{name}]").is_checked() for name in TOGGLES}
    allows_mail = ticked.pop("disablemail")
    assert allows_mail is (truth["disablemail"] == "0"), "the box says the opposite of the option's name"
    assert {name: "1" if on else "0" for name, on in ticked.items()} == {name: truth[name] for name in ticked}
    assert page.locator("input[name=wpgender]:checked").input_value() == truth["gender"]
    assert page.locator("input[name=wprealname]").input_value() == truth["realname"]
    assert page.locator("input[name=wpnickname]").input_value() == truth["nickname"]
    assert page.locator("input[name=wpemail-allow-new-users]").is_disabled() is not allows_mail
    page.get_by_role("tab", name="Watchlist").click()
    sign_out(page, wiki)
    assert wiki.live_sessions() == []
    assert wiki.dump() == before


@pytest.mark.browser
def test_a_session_lives_from_sign_in_to_sign_out(page: Page, wiki: mediawiki.Wiki) -> None:
    assert wiki.live_sessions() == []
    sign_in(page, wiki, "alice")
    assert wiki.live_sessions() == ["Alice"]
    page.goto(f"{wiki.origin}/wiki/Special:UserLogout")
    assert wiki.live_sessions() == ["Alice"], "opening the page is not enough"
    sign_out(page, wiki)
    assert "You are now logged out." in page.locator("#mw-content-text").inner_text()
    assert wiki.live_sessions() == []
    page.goto(f"{wiki.origin}/wiki/Special:Preferences")
    assert "Please log in to change your preferences." in page.locator("#mw-content-text").inner_text()


@pytest.mark.browser
def test_carol_needs_a_code_that_works_once(browser: Browser, page: Page, wiki: mediawiki.Wiki) -> None:
    sign_in(page, wiki, "carol")
    assert wiki.live_sessions() == []
    for _ in range(12):
        enter_code(page, "000000")
        assert error(page) == WRONG_CODE
    code = code_in(0, wiki)
    enter_code(page, code)
    assert wiki.live_sessions() == ["Carol"]

    context = browser.new_context()
    again = context.new_page()
    sign_in(again, wiki, "carol")
    enter_code(again, code)
    assert error(again) == WRONG_CODE, "a used code reads like a wrong one"
    enter_code(again, code_in(1, wiki))
    assert wiki.live_sessions() == ["Carol", "Carol"]
    context.close()


@pytest.mark.browser
def test_a_saved_setting_shows_in_the_dump_and_in_truth(page: Page, wiki: mediawiki.Wiki) -> None:
    before = wiki.dump()
    sign_in(page, wiki, "bob")
    open_preferences(page, wiki)
    page.locator("input[name=wpenotifrevealaddr]").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    after = wiki.dump()
    assert {name for name in after if after[name] != before[name]} == {"wiki.user", "wiki.user_properties"}
    assert wiki.truth("bob")["enotifrevealaddr"] == "0"


def test_two_wikis_run_side_by_side_and_nothing_of_them_is_left(mediawiki_cache: Path, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with (
        mediawiki.running(mediawiki_cache, tmp_path / "one") as one,
        mediawiki.running(mediawiki_cache, tmp_path / "two") as two,
    ):
        urllib.request.urlopen(f"{one.origin}/wiki/Main_Page").close()
        assert len(one.log()) == 1
        assert two.log() == []
    for wiki in (one, two):
        started = set(re.findall(r"^\[(\d+)\]", (wiki.folder / "server.log").read_text(), re.MULTILINE))
        assert len(started) == 5, "the server and its four workers"
        assert [pid for pid in started if Path("/proc", pid).exists()] == []
        with pytest.raises(urllib.error.URLError) as caught:
            urllib.request.urlopen(wiki.origin)
        assert isinstance(caught.value.reason, ConnectionRefusedError)


def test_a_machine_without_php_and_apt_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    with pytest.raises(tools.Unavailable, match="no apt-get"):
        mediawiki.prepare(tmp_path / "cache")


def test_a_failed_step_shows_the_end_of_its_log(tmp_path: Path) -> None:
    if shutil.which("php") is None:
        pytest.skip("no PHP on this machine")
    (tmp_path / "code").mkdir()
    with pytest.raises(tools.BedError, match=r"install\.php.*\n(.*\n)*.*\w"):
        mediawiki.prepare(tmp_path)
