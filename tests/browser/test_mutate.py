"""The mutation test in a real browser, in small, and each page on which it once found a wrong answer."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from privacyaudit.browser import belief, locate, visit
from privacyaudit.model import Reason
from privacyaudit.readers import probe
from tests.mutation import mutate
from tests.mutation.mutations import (
    NOTHING,
)
from tests.support.settings_page import BOX, JSON, NEAR, SWITCH, checklist, page, read, switch
from tests.support.site import Reply, Seen, Site

if TYPE_CHECKING:
    from playwright.sync_api import Playwright
from tests.support import mutation_jobs

COUNT = 12
SEED = 7
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]


# -- in small ------------------------------------------------------------------------------------------------------

every = pytest.fixture(scope="module")(mutation_jobs.every)


def test_no_changed_page_is_read_wrongly(every: list[mutate.Job]) -> None:
    told = mutate.work((SEED, range(COUNT), mutate.PACE, (), (), None))
    assert not [mutate.described(one) for one in told if one.wrong]
    answers = [what for one in told for *_rest, what in one.answers]
    assert answers.count("true") > len(answers) / 5


def test_a_reader_that_takes_the_first_of_several_is_caught(
    every: list[mutate.Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "locate", lambda *words: locate.locate(*words)[:1])
    monkeypatch.setattr(belief, "doubt_of_control", lambda *_words, **_more: None)
    told = mutate.work((SEED, range(12), mutate.PACE, ("wikipedia",), ("duplicate a row in another state",), None))
    assert any(one.wrong for one in told)


def test_unchanged_pages_are_read_truly_at_the_quick_pace(every: list[mutate.Job]) -> None:
    told = mutate.work((SEED, range(8), mutate.PACE, ("wikipedia", "linkedin"), (NOTHING,), None))
    for one in told:
        assert [answer for _check, answer, _truth, _what in one.answers] == [truth for _c, _a, truth, _w in one.answers]


# -- pages that were once read wrongly -----------------------------------------------------------------------------

OFF = switch("Private profile", "false")
LOG_IN = '<div role="dialog" aria-modal="true"><h2>Log in</h2><input type="password" name="pw"></div>'


@pytest.mark.parametrize("field", [False, True])
def test_a_stand_in_under_a_log_in_dialog_is_not_believed(field: bool, driver: Playwright, site: Site) -> None:
    body = '<input type="checkbox" name="box">' if field else OFF
    made = checklist(site, BOX if field else SWITCH)
    assert read(driver, site, made, {"/page": page(body + LOG_IN)}) == [Reason.NEEDS_PASSWORD]
    hidden = LOG_IN.replace("<div", "<div hidden")
    assert read(driver, site, made, {"/page": page(body + hidden)}) == ["no"]


def test_a_stand_in_beside_a_reply_that_says_401_is_not_believed(driver: Playwright, site: Site) -> None:
    body = OFF + "<script>fetch('/api/me')</script>"
    made = checklist(site, SWITCH)
    assert read(driver, site, made, {"/page": page(body), "/api/me": Reply("{}", 401)}) == [Reason.NOT_SIGNED_IN]
    assert read(driver, site, made, {"/page": page(body), "/api/me": Reply("{}", 404)}) == [Reason.SITE_ERROR]
    made = checklist(site, SWITCH, noise=["/api/me"])
    assert read(driver, site, made, {"/page": page(body), "/api/me": Reply("{}", 401)}) == ["no"]


def test_a_stand_in_is_not_believed_while_a_reply_has_been_under_way_for_long(
    driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit, "_LASTING_S", 0.5)
    over = threading.Event()

    def slow(_seen: Seen) -> Reply:
        over.wait(6)
        return Reply("{}", kind="application/json")

    body = OFF + '<input type="checkbox" name="box"><script>fetch("/api")</script>'
    found = read(driver, site, checklist(site, SWITCH, BOX), {"/page": page(body), "/api": slow})
    over.set()
    assert found == [Reason.TIMED_OUT, Reason.TIMED_OUT]


ROWS = """<style>.row { display: flex; padding: 14px; width: 640px } .row span { width: 500px }</style>
<main><div class=row><span>Albums</span><div>%s</div></div>
<div class=row><span>Photos<br>and words on a second line<br>and on a third</span><div></div></div>
<div class=row><span>Photos</span><div></div></div></main>"""


def test_the_control_of_the_next_row_is_not_taken_for_one_that_is_missing(driver: Playwright, site: Site) -> None:
    body = ROWS % '<button role="switch" aria-checked="true" style="height:60px;margin-bottom:-60px"></button>'
    assert read(driver, site, checklist(site, NEAR), {"/page": page(body)}) == [Reason.NOT_FOUND]


BESIDE = """<main>
<div><span>{}</span><button role="switch" aria-checked="false" aria-label="Private profile"></button></div>
<div><span>{}</span><button role="switch" aria-checked="true" aria-label="Personalised ads"></button></div></main>"""
BELOW = BESIDE.replace("<span>", "<h2>").replace("</span>", "</h2><p>More</p><p>about</p><p>it</p>")
INSIDE = """<div role="switch" aria-checked="false" aria-label="Private profile">{}</div>
<div role="switch" aria-checked="true" aria-label="Personalised ads">{}</div>"""


@pytest.mark.parametrize("body", [BESIDE, BELOW, INSIDE], ids=["beside", "below", "inside"])
def test_a_name_that_the_page_shows_at_another_control_is_not_believed(
    body: str, driver: Playwright, site: Site
) -> None:
    names = ("Private profile", "Personalised ads")
    made = checklist(site, SWITCH)
    assert read(driver, site, made, {"/page": page(body.format(*names))}) == ["no"]
    assert read(driver, site, made, {"/page": page(body.format(*reversed(names)))}) == [Reason.AMBIGUOUS]


@pytest.mark.parametrize("state", ["", "aria-checked=mixed"])
def test_a_switch_that_says_no_state_is_not_off(state: str, driver: Playwright, site: Site) -> None:
    body = f'<button role="switch" {state} aria-label="Private profile"></button>'
    assert read(driver, site, checklist(site, SWITCH), {"/page": page(body)}) == [Reason.UNLISTED_VALUE]


@pytest.mark.parametrize("failed", ["/users/2", "/elsewhere/users/2"])
def test_a_reply_about_another_user_is_not_taken_for_one_that_failed(
    failed: str, driver: Playwright, site: Site
) -> None:
    replies = JSON | {"reply": "/users/*"}
    pages = {
        "/page": page(f"<script>fetch('{failed}'); fetch('/users/3')</script>"),
        failed: Reply("", 500),
        "/users/3": Reply('{"privacy": {"hidden": true}}', kind="application/json"),
    }
    assert read(driver, site, checklist(site, replies), pages) == [Reason.SITE_ERROR]


def _row(text: str, name: str, state: str, hidden: str = "") -> str:
    drawn = "width:40px;height:24px;background:#888"
    control = f'<div role="switch" aria-label="{name}" aria-checked="{state}" tabindex="0" style="{drawn}"></div>'
    return f"<div {hidden}><div><span><h2>{text}</h2><p>Show it to all</p></span>{control}</div></div>"


@pytest.mark.parametrize("twin", ["", "hidden"])
@pytest.mark.parametrize("swapped", [True, False])
def test_a_name_that_stands_beside_another_switch_is_not_believed_though_it_stands_twice(
    twin: str, swapped: bool, driver: Playwright, site: Site
) -> None:
    mine, other = ("Followers", "Private profile") if swapped else ("Private profile", "Followers")
    body = (
        _row("Private profile", mine, "true")
        + _row("Private profile", "Something else", "false", twin)
        + _row("Followers", other, "false")
    )
    expected = Reason.AMBIGUOUS if swapped else "yes"
    assert read(driver, site, checklist(site, SWITCH), {"/page": page(body)}) == [expected]
