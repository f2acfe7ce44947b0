"""What the browser reader says of pages that changed, lie, hang or refuse: the truth or unknown, never a wrong pass."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from privacyaudit.browser import tabs, visit
from privacyaudit.browser.visit import QUIET_MS, Visit
from privacyaudit.model import Probe, Reason
from privacyaudit.readers import probe
from tests.support.settings_page import (
    ABSENT,
    BOX,
    FILLED,
    HEAD,
    JSON,
    SELECT,
    SWITCH,
    checklist,
    page,
    read,
    switch,
)
from tests.support.site import Page, Reply, Seen, Site

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]


def test_absence_means_nothing_on_a_page_that_does_not_prove_the_sign_in(driver: Playwright, site: Site) -> None:
    bare = Reply("<!doctype html><html lang=en><p>Nothing here")
    assert read(driver, site, checklist(site, ABSENT), {"/page": bare}) == [Reason.NOT_SIGNED_IN]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Reply("", 302, headers=(("location", "/sign-in"),)), Reason.NOT_SIGNED_IN),
        (Reply(HEAD, 401), Reason.NOT_SIGNED_IN),
        (Reply(HEAD, 403), Reason.CHALLENGE),
        (Reply(HEAD, 429), Reason.CHALLENGE),
        (Reply(HEAD, 404), Reason.PAGE_MOVED),
        (Reply(HEAD, 500), Reason.SITE_ERROR),
        (Reply("", 302, headers=(("location", "/elsewhere"),)), Reason.PAGE_MOVED),
        (Reply("", 302, headers=(("location", "https://elsewhere.example/"),)), Reason.PAGE_MOVED),
        (Reply("", 302, headers=(("location", "/page"),)), Reason.PAGE_MOVED),
        (Reply("<html><div class='g-captcha'>Prove that you are a person"), Reason.CHALLENGE),
        (Reply("<html lang=en><input type=password>"), Reason.NEEDS_PASSWORD),
        (Reply(HEAD + "<script>location.replace('/sign-in')</script>"), Reason.NOT_SIGNED_IN),
        (Reply(b"\x00\x01", kind="application/octet-stream"), Reason.PAGE_MOVED),
    ],
    ids=lambda value: value.value if isinstance(value, Reason) else "",
)
def test_a_page_that_is_not_the_page_gives_its_reason(
    answer: Reply, expected: Reason, driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit, "OPEN_LIMIT_S", 3.0)
    assert read(driver, site, checklist(site, BOX), {"/page": answer}) == [expected]


def test_absence_means_something_beside_a_control_that_is_there(driver: Playwright, site: Site) -> None:
    made = checklist(site, SWITCH, ABSENT)
    assert read(driver, site, made, {"/page": page(switch("Private profile", "true"))}) == ["yes", "yes"]


def test_a_site_that_never_answers_is_given_up(driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit, "OPEN_LIMIT_S", 0.8)
    done = threading.Event()

    def never(_seen: Seen) -> Reply:
        done.wait(4)  # five times as long as it is waited for
        return Reply()

    assert read(driver, site, checklist(site, BOX), {"/page": never}) == [Reason.TIMED_OUT]
    done.set()


PARTS = """<main id="app"></main><script>
const draw = () => {
  if (MINOR && location.hash === "#/privacy") { location.hash = "#/mail"; return; }
  const on = location.hash === "#/mail" ? MAIL : PRIVACY;
  app.innerHTML = `<label><input type="checkbox" name="box" ${on ? "checked" : ""}> Private profile</label>`;
};
addEventListener("hashchange", draw);
draw();
</script>"""


@pytest.mark.parametrize(
    ("privacy", "mail", "minor", "told"),
    [
        ("true", "false", "false", ["yes", "no"]),
        ("false", "true", "false", ["no", "yes"]),
        ("true", "false", "true", [Reason.PAGE_MOVED, "no"]),
    ],
)
def test_the_parts_behind_one_path_are_told_apart(
    privacy: str, mail: str, minor: str, told: list[str | Reason], driver: Playwright, site: Site
) -> None:
    made = checklist(site, *(BOX | {"open": f"{site.origin}/app#/{part}"} for part in ("privacy", "mail")))
    said = PARTS.replace("PRIVACY", privacy).replace("MAIL", mail).replace("MINOR", minor)
    assert read(driver, site, made, {"/app": page(said)}) == told


FOR_EVER = "<script>setTimeout(() => { for (;;); }, 1300)</script>"


def test_a_page_that_computes_for_ever_is_closed_and_its_neighbour_is_told(
    driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It begins to when the first look at it is over, in the middle of a call that has no limit of its own."""
    monkeypatch.setattr(tabs, "PAGE_LIMIT_S", 8.0)
    seen: list[Visit] = []
    begun, still = Visit.settle, Visit.alive

    def noted(visited: Visit, quiet_ms: int = QUIET_MS) -> bool:
        quiet = begun(visited, quiet_ms)
        if visited.url.endswith("/other") and visited not in seen:
            seen.append(visited)
            visited.page.wait_for_timeout(1_500)
        return quiet

    monkeypatch.setattr(Visit, "settle", noted)
    monkeypatch.setattr(Visit, "alive", lambda visited: visited.url.endswith("/other") or still(visited))
    other = SWITCH | {"open": f"{site.origin}/other"}
    pages: dict[str, Page] = {
        "/page": page(switch("Private profile", "true")),
        "/other": page(switch("Private profile", "false") + FOR_EVER),
    }
    assert read(driver, site, checklist(site, SWITCH, other), pages) == ["yes", Reason.TIMED_OUT]
    assert all(visited.page.is_closed() for visited in seen)


def test_a_platform_whose_time_is_over_is_timed_out(
    driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tabs, "PLATFORM_LIMIT_S", 0.5)
    shown = page(switch("Private profile", "true"))
    assert read(driver, site, checklist(site, SWITCH), {"/page": shown}) == [Reason.TIMED_OUT]


def test_without_proof_of_the_sign_in_no_other_page_is_opened(driver: Playwright, site: Site) -> None:
    made = checklist(site, BOX)
    ticked = page('<input type="checkbox" name="box" checked>')
    moved = Reply("", 302, headers=(("location", "/sign-in"),))
    assert read(driver, site, made, {"/page": ticked}, home=moved) == [Reason.NOT_SIGNED_IN]
    assert "/page" not in site.paths()


def test_signed_out_midway_is_unknown_from_there_on(driver: Playwright, site: Site) -> None:
    first = BOX
    second = BOX | {"open": f"{site.origin}/later"}
    made = checklist(site, first, second)
    pages = {
        "/page": page('<input type="checkbox" name="box" checked>'),
        "/later": Reply("", 302, headers=(("location", "/sign-in"),)),
    }
    assert read(driver, site, made, pages) == ["yes", Reason.NOT_SIGNED_IN]


def test_a_page_is_opened_once_for_all_its_probes(driver: Playwright, site: Site) -> None:
    made = checklist(site, BOX, SELECT, BOX | {"open": f"{site.origin}/home#part"})
    both = '<input type="checkbox" name="box" checked><input type="radio" name="who" value="me" checked>'
    assert read(driver, site, made, {"/page": page(both)}, home=page(both)) == ["yes", "yes", "yes"]
    assert site.paths().count("/page") == 1
    assert site.paths().count("/home") == 2, "pages are told apart by their whole address"


@pytest.mark.parametrize(
    ("language", "expected"), [("en-GB", "yes"), ("cy", Reason.UNLISTED_LANGUAGE), ("", Reason.UNLISTED_LANGUAGE)]
)
def test_words_are_only_trusted_in_a_language_that_we_know(
    language: str, expected: str | Reason, driver: Playwright, site: Site
) -> None:
    body = switch("Private profile", "true") + '<input type="checkbox" name="box" checked>'
    made = checklist(site, SWITCH, BOX)
    assert read(driver, site, made, {"/page": page(body, language)}) == [expected, "yes"]


def test_a_page_that_lies_about_a_box_to_its_own_scripts_does_not_deceive(driver: Playwright, site: Site) -> None:
    lie = "<script>Object.defineProperty(HTMLInputElement.prototype, 'value', { get: () => '' })</script>"
    body = '<input name="about" value="Springfield School">' + lie
    assert read(driver, site, checklist(site, FILLED), {"/page": page(body)}) == ["no"]


FED_BY_POST = """<div id=place></div><script>
const show = (on) => { place.innerHTML = `<input type=checkbox name=box ${on ? "checked" : ""}>`; };
show(true);
fetch("/load", { method: "POST" }).then((reply) => reply.json()).then((data) => show(data.on)).catch(() => 0);
</script>"""


def test_a_page_that_needs_a_post_to_know_its_settings_is_not_believed(driver: Playwright, site: Site) -> None:
    assert read(driver, site, checklist(site, BOX), {"/page": page(FED_BY_POST)}) == [Reason.BLOCKED_BY_GUARD]


def test_a_post_that_only_counts_visitors_hides_nothing(driver: Playwright, site: Site) -> None:
    made = checklist(site, BOX, noise=["/load"])
    assert read(driver, site, made, {"/page": page(FED_BY_POST)}) == ["yes"]


def test_a_control_that_the_server_sent_is_not_believed_beside_a_refused_post(driver: Playwright, site: Site) -> None:
    body = '<input type="checkbox" name="box"><script>fetch("/count", {method: "POST"}).catch(() => 0)</script>'
    assert read(driver, site, checklist(site, BOX), {"/page": page(body)}) == [Reason.BLOCKED_BY_GUARD]
    assert read(driver, site, checklist(site, BOX, noise=["/count"]), {"/page": page(body)}) == ["no"]


LATE = """<div id=place></div><script>
setTimeout(() => fetch("/api").then((reply) => reply.json()).then((data) => {
  place.innerHTML = `<input type=checkbox name=box ${data.privacy.hidden ? "checked" : ""}>`; }), 50);
</script>"""


@pytest.mark.parametrize("hidden", ["true", "false"])
def test_a_page_that_fills_itself_late_is_waited_for(hidden: str, driver: Playwright, site: Site) -> None:
    def slow(_seen: Seen) -> Reply:
        threading.Event().wait(0.8)
        return Reply(f'{{"privacy": {{"hidden": {hidden}}}}}', kind="application/json")

    made = checklist(site, BOX, JSON)
    expected = "yes" if hidden == "true" else "no"
    assert read(driver, site, made, {"/page": page(LATE), "/api": slow}) == [expected, expected]


STAND_IN = """<button role=switch aria-checked=true >Private profile</button><script>
setTimeout(() => fetch("/api").then((reply) => reply.json()).then((data) => {
  document.querySelector("[role=switch]").setAttribute("aria-checked", data.privacy.hidden); }), 500);
</script>"""


def test_a_stand_in_that_is_drawn_first_is_not_taken_for_the_truth(driver: Playwright, site: Site) -> None:
    reply = Reply('{"privacy": {"hidden": false}}', kind="application/json")
    assert read(driver, site, checklist(site, SWITCH), {"/page": page(STAND_IN), "/api": reply}) == ["no"]


RUNNING = (
    '<script>""</script>',
    "<script src=late.js>",
    '<img src="x" onerror="void 0">',
    "<iframe srcdoc=x></iframe>",
    "<svg><script>1</script></svg>",
    "<object></object>",
)


@pytest.mark.parametrize("running", ["", *RUNNING])
def test_only_a_page_on_which_nothing_runs_is_not_waited_for(
    running: str, driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    silences: list[int] = []
    settle = visit.Visit.settle

    def counted(one: visit.Visit, quiet_ms: int = visit.QUIET_MS) -> bool:
        silences.append(quiet_ms)
        return settle(one, 0)

    monkeypatch.setattr(visit.Visit, "settle", counted)
    whole = page('<p title="onclick">No "script" here</p><input type="checkbox" name="box">' + running)
    assert read(driver, site, checklist(site, BOX, SWITCH), {"/page": whole}) == ["no", Reason.NOT_FOUND]
    assert silences.count(visit.REST_MS) == (1 if running else 0)


@pytest.mark.parametrize("late", [50, 400, 800])
def test_a_stand_in_that_the_server_itself_sent_is_not_taken_for_the_truth(
    late: int, driver: Playwright, site: Site
) -> None:
    body = f"""<div id=form><input type=checkbox name=box></div><script>setTimeout(() => {{
      document.getElementById("form").innerHTML = "<input type=checkbox name=box checked>"; }}, {late});</script>"""
    assert read(driver, site, checklist(site, BOX), {"/page": page(body)}) == [Reason.UNSAVED]


def test_a_page_asks_for_itself_what_another_one_has_asked_for_and_waits_for(driver: Playwright, site: Site) -> None:
    """In tabs of one context, the second page's own request would wait in the browser for the first one's answer."""
    over = threading.Event()

    def never(_seen: Seen) -> Reply:
        over.wait(60)
        return Reply('{"privacy": {"hidden": false}}', kind="application/json")

    asks = '<script>fetch("/api").then((reply) => reply.json()).then(%s)</script>'
    draws = '(data) => document.querySelector("[role=switch]").setAttribute("aria-checked", data.privacy.hidden)'
    pages: dict[str, Page] = {"/page": page(switch("Private profile", "true") + asks % draws), "/api": never}
    try:
        home = page(asks % "() => 0")
        assert read(driver, site, checklist(site, SWITCH), pages, home) == [Reason.TIMED_OUT]
    finally:
        over.set()
    assert [seen.path for seen in site.log].count("/api") == 2


@pytest.mark.parametrize("hidden", ["true", "false"])
def test_two_pages_that_ask_for_the_same_are_both_told(hidden: str, driver: Playwright, site: Site) -> None:
    def slow(_seen: Seen) -> Reply:
        threading.Event().wait(0.8)
        return Reply(f'{{"privacy": {{"hidden": {hidden}}}}}', kind="application/json")

    pages: dict[str, Page] = {"/page": page(LATE), "/api": slow}
    expected = "yes" if hidden == "true" else "no"
    assert read(driver, site, checklist(site, BOX), pages, page(LATE)) == [expected]


@pytest.mark.parametrize(
    "unread", ['fetch("/large")', 'fetch("/large", {keepalive: true})', 'new Image().src = "/large"']
)
def test_an_answer_that_nobody_reads_keeps_no_page_waiting(unread: str, driver: Playwright, site: Site) -> None:
    large = Reply("x" * 100_000, kind="text/plain")
    body = switch("Private profile", "false") + f"<script>{unread}</script>"
    assert read(driver, site, checklist(site, SWITCH), {"/page": page(body), "/large": large}) == ["no"]


DRAWN_BY = (
    "<button role=switch aria-checked=true >Private profile</button><script>"
    'const one = document.createElement("script"); one.src = "/late.js";'
    "setTimeout(() => document.head.append(one), 200);</script>"
)
DRAWS = Reply('document.querySelector("[role=switch]").setAttribute("aria-checked", "false");', kind="text/javascript")


def slowly(_seen: Seen) -> Reply:
    threading.Event().wait(10)
    return DRAWS


def by_way_of(_seen: Seen) -> Reply:
    return Reply("", status=302, headers=(("location", "/there.js"),))


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (DRAWS, "no"),
        (by_way_of, "no"),
        (DRAWS._replace(status=404), Reason.SITE_ERROR),
        (DRAWS._replace(status=500), Reason.SITE_ERROR),
        (DRAWS._replace(headers=(("content-length", "5000"),)), Reason.SITE_ERROR),
        (slowly, Reason.TIMED_OUT),
    ],
    ids=["comes", "comes by a detour", "is not there", "fails", "is cut off", "takes too long"],
)
def test_a_stand_in_is_not_the_truth_where_the_script_that_replaces_it(
    script: Page, expected: str | Reason, driver: Playwright, site: Site
) -> None:
    pages: dict[str, Page] = {"/page": page(DRAWN_BY), "/late.js": script, "/there.js": DRAWS}
    assert read(driver, site, checklist(site, SWITCH), pages) == [expected]


@pytest.mark.parametrize("hidden", ["true", "false"])
def test_a_page_that_came_in_part_and_fetches_the_rest_is_waited_for(
    hidden: str, driver: Playwright, site: Site
) -> None:
    late = LATE.replace("<input type=checkbox name=box", "<input type=checkbox name=late").replace(", 50)", ", 0)")
    body = '<input type="checkbox" name="box">' + late

    def slow(_seen: Seen) -> Reply:
        threading.Event().wait(0.8)
        return Reply(f'{{"privacy": {{"hidden": {hidden}}}}}', kind="application/json")

    made = checklist(site, BOX, BOX | {"find": {"field": "late"}})
    expected = "yes" if hidden == "true" else "no"
    assert read(driver, site, made, {"/page": page(body), "/api": slow}) == ["no", expected]


REPLIES: dict[str, tuple[Reply | Callable[[Seen], Reply], str | Reason]] = {
    "true": (Reply('{"privacy": {"hidden": true}}', kind="application/json"), "yes"),
    "no such key": (Reply('{"privacy": {}}', kind="application/json"), Reason.UNLISTED_VALUE),
    "another type": (Reply('{"privacy": {"hidden": "maybe"}}', kind="application/json"), Reason.UNLISTED_VALUE),
    "a list": (Reply('{"privacy": {"hidden": [true]}}', kind="application/json"), Reason.UNLISTED_VALUE),
    "not JSON": (Reply("<html>", kind="application/json"), Reason.SITE_ERROR),
    "an error": (Reply('{"privacy": {"hidden": true}}', 500, "application/json"), Reason.SITE_ERROR),
}


@pytest.mark.parametrize("case", REPLIES)
def test_a_reply_is_read_or_says_why_not(case: str, driver: Playwright, site: Site) -> None:
    reply, expected = REPLIES[case]
    body = "<script>fetch('/api').then((reply) => reply.text())</script>"
    assert read(driver, site, checklist(site, JSON), {"/page": page(body), "/api": reply}) == [expected]


def test_a_reply_that_never_ends_is_not_waited_for(
    driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit, "QUIET_LIMIT_S", 1.0)
    body = "<script>fetch('/api')</script>"
    endless = Reply("{" + " " * 5_000_000, kind="application/json", headers=(("x-more", "to come"),))
    assert read(driver, site, checklist(site, JSON), {"/page": page(body), "/api": endless}) in (
        [Reason.TIMED_OUT],
        [Reason.UNLISTED_VALUE],
    )


def test_replies_that_differ_are_ambiguous(driver: Playwright, site: Site) -> None:
    turns = iter(["true", "false", "false"])

    def changing(_seen: Seen) -> Reply:
        return Reply(
            f'{{"privacy": {{"hidden": {next(turns)}}}}}',
            kind="application/json",
            headers=(("cache-control", "no-store"),),
        )

    body = "<script>const ask = () => fetch('/api').then((reply) => reply.text()); ask().then(ask)</script>"
    assert read(driver, site, checklist(site, JSON), {"/page": page(body), "/api": changing}) == [Reason.AMBIGUOUS]


def test_a_page_that_never_comes_to_rest_is_read_twice(
    driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit, "QUIET_LIMIT_S", 1.0)
    steady = "<p id=clock></p><script>setInterval(() => { clock.textContent = Date.now(); }, 20)</script>"
    body = steady + switch("Private profile", "true")
    assert read(driver, site, checklist(site, SWITCH), {"/page": page(body)}) == ["yes"]


def test_a_switch_that_flips_back_and_forth_is_ambiguous(
    driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit, "QUIET_LIMIT_S", 1.0)
    once = probe._once

    def until_it_flips(one: visit.Visit, asked: Probe, languages: tuple[str, ...], *, last: bool) -> probe.Answer:
        answer = once(one, asked, languages, last=last)
        one.page.evaluate("flip()")
        return answer

    monkeypatch.setattr(probe, "_once", until_it_flips)
    body = (
        switch("Private profile", "true")
        + """<script>const s = document.querySelector("[role=switch]");
    function flip() { s.setAttribute("aria-checked", s.getAttribute("aria-checked") === "false"); }</script>
    <p id=clock></p><script>setInterval(() => { clock.textContent = Date.now(); }, 20)</script>"""
    )
    assert read(driver, site, checklist(site, SWITCH), {"/page": page(body)}) == [Reason.AMBIGUOUS]


COVER = '<div style="position:fixed;inset:0;background:white">We value your privacy <button>Accept</button></div>'


@pytest.mark.parametrize(("over", "expected"), [("", "yes"), (COVER, Reason.NOT_SHOWN)])
def test_what_lies_over_a_control_keeps_it_from_being_read_and_what_a_page_says_in_a_box_does_not(
    over: str, expected: str | Reason, driver: Playwright, site: Site
) -> None:
    body = '<input type="checkbox" name="box" checked><script>alert("Hello"); confirm("Really?")</script>'
    assert read(driver, site, checklist(site, BOX), {"/page": page(body + over)}) == [expected]
