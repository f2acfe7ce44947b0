"""Bad input while reading, in a real browser: each ends in the truth or in an honest reason, and in reasonable time."""

from __future__ import annotations

import socket
import ssl
import time
from typing import TYPE_CHECKING, Any

import pytest
import trustme

from privacyaudit.browser import first_html, visit
from privacyaudit.browser.gate import Gate
from privacyaudit.model import Checklist, Reason
from tests.support.a_proxy import Proxy
from tests.support.settings_page import BOX, EXPAND, JSON, NEAR, SWITCH, checklist, page, read, row, switch
from tests.support.site import Page, Reply, Site

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]

TICKED = '<input type="checkbox" name="box" checked>'


# -- another language ------------------------------------------------------------------------------

GERMAN = SWITCH | {"find": {"role": "switch", "name": ["Privates Profil"]}, "languages": ["de"]}
PAGES = {
    "en": page(TICKED + switch("Private profile", "true"), "en"),
    "de": page("<h1>Wer dich sieht</h1>" + TICKED + switch("Privates Profil", "true"), "de-CH"),
    "cy": page("<h1>Pwy sy'n dy weld</h1>" + TICKED + switch("Proffil preifat", "true"), "cy"),
}
UNLISTED = Reason.UNLISTED_LANGUAGE


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", ["yes", "yes", UNLISTED]), ("de", ["yes", UNLISTED, "yes"]), ("cy", ["yes", UNLISTED, UNLISTED])],
)
def test_a_field_is_read_in_any_language_and_words_in_their_own_only(
    language: str, expected: list[str | Reason], driver: Playwright, site: Site
) -> None:
    made = checklist(site, BOX, SWITCH, GERMAN)
    assert read(driver, site, made, {"/page": PAGES[language]}) == expected


@pytest.mark.parametrize("language", ["de", "cy"])
def test_a_reply_is_read_in_any_language(language: str, driver: Playwright, site: Site) -> None:
    pages = {
        "/page": page("<script>fetch('/api')</script>", language),
        "/api": Reply('{"privacy": {"hidden": false}}', kind="application/json"),
    }
    assert read(driver, site, checklist(site, JSON), pages) == ["no"]


def test_a_text_in_a_language_that_we_have_no_words_for_is_not_compared(driver: Playwright, site: Site) -> None:
    text = {"find": {"field": "state"}, "take": "text", "means": {"An": "yes", "Off": "no"}}
    assert read(driver, site, checklist(site, text), {"/page": page("<p id=state>An</p>", "nl")}) == [UNLISTED]


# -- two accounts ----------------------------------------------------------------------------------

WHO = {"find": {"field": "me"}, "take": "text"}


def named(name: str, body: str) -> Reply:
    return page(f'<a id="me" href="/me">{name}</a>{body}')


def with_who(site: Site, *probes: dict[str, Any], who: dict[str, Any] = WHO) -> Checklist:
    proof = {"open": f"{site.origin}/home", "find": {"field": "out"}, "who": who}
    return checklist(site, *probes, signed_in=proof)


def test_a_page_of_another_account_is_asked_about_and_never_believed(driver: Playwright, site: Site) -> None:
    made = with_who(site, BOX, BOX | {"open": f"{site.origin}/later"}, BOX | {"open": f"{site.origin}/last"})
    pages = {"/page": named("Ann Example", TICKED), "/later": named("Bob Example", TICKED), "/last": page(TICKED)}
    found = read(driver, site, made, pages, home=named("  Ann\n Example", ""))
    assert found == ["yes", Reason.OTHER_ACCOUNT, Reason.OTHER_ACCOUNT]


def test_a_first_page_that_does_not_say_whose_it_is_lets_nothing_be_read(driver: Playwright, site: Site) -> None:
    found = read(driver, site, with_who(site, BOX), {"/page": named("Ann", TICKED)}, home=page(""))
    assert found == [Reason.NOT_SIGNED_IN]
    assert "/page" not in site.paths()


@pytest.mark.parametrize(
    ("who", "body"),
    [
        ({"find": {"field": "me"}, "take": "value"}, '<input name="me" value="{}">'),
        (
            {"find": {"role": "button", "name_starts": ["Account of"]}, "take": "name_rest"},
            '<button aria-label="Account of {}">x</button>',
        ),
    ],
    ids=["value", "name_rest"],
)
def test_a_name_may_stand_in_a_box_or_in_the_name_of_a_button(
    who: dict[str, Any], body: str, driver: Playwright, site: Site
) -> None:
    made = with_who(site, BOX, BOX | {"open": f"{site.origin}/later"}, who=who)
    pages = {"/page": page(body.format("ann") + TICKED), "/later": page(body.format("bob") + TICKED)}
    found = read(driver, site, made, pages, home=page(body.format("ann")))
    assert found == ["yes", Reason.OTHER_ACCOUNT]


SWAPPED = """<script>addEventListener("load", () => setTimeout(() => {
  document.getElementById("me").textContent = "Bob Example"; }, 300))</script>"""


def test_a_page_that_turns_into_that_of_another_account_while_it_is_read_is_not_believed(
    driver: Playwright, site: Site
) -> None:
    body = switch("Private profile", "true") + SWAPPED
    found = read(driver, site, with_who(site, SWITCH), {"/page": named("Ann", body)}, home=named("Ann", ""))
    assert found == [Reason.OTHER_ACCOUNT]


# -- signed out midway -----------------------------------------------------------------------------

EXPIRES = """<script>addEventListener("load", () => setTimeout(() => {
  fetch("/ping").then((reply) => { if (reply.status === 401) document.getElementById("out").remove(); }); }, 300))
</script>"""


def test_a_session_that_ends_while_a_page_is_read_spoils_what_the_page_showed(driver: Playwright, site: Site) -> None:
    pages: dict[str, Page] = {"/page": page(switch("Private profile", "true") + EXPIRES), "/ping": Reply("", 401)}
    assert read(driver, site, checklist(site, SWITCH), pages) == [Reason.NOT_SIGNED_IN]


def test_a_page_that_shows_its_sign_in_form_at_another_address_of_its_own_is_not_believed(
    driver: Playwright, site: Site
) -> None:
    body = switch("Private profile", "true") + (
        '<script>addEventListener("load", () => setTimeout(() => {'
        'history.pushState({}, "", "/sign-in"); }, 300))</script>'
    )
    assert read(driver, site, checklist(site, SWITCH), {"/page": page(body)}) == [Reason.NOT_SIGNED_IN]


# -- things over and around the page ---------------------------------------------------------------

BANNER = '<dialog open aria-modal="true"><h2>We value your privacy</h2><button>Accept all</button></dialog>'


def test_nothing_is_read_behind_an_open_dialog(driver: Playwright, site: Site) -> None:
    behind = f'<main aria-hidden="true">{TICKED}{switch("Private profile", "true")}</main>{BANNER}'
    answers = read(driver, site, checklist(site, BOX, SWITCH), {"/page": page(behind)})
    assert answers == [Reason.NOT_READY, Reason.NOT_FOUND]


def test_a_consent_page_in_place_of_the_settings_is_no_proof_of_anything(driver: Playwright, site: Site) -> None:
    absent = BOX | {"absent": {"option": "yes", "source": "https://example.org/help"}}
    instead = Reply(f'<!doctype html><html lang="en">{BANNER}')
    assert read(driver, site, checklist(site, absent), {"/page": instead}) == [Reason.NOT_SIGNED_IN]


def test_a_switch_of_the_banner_with_the_same_name_is_ambiguous(driver: Playwright, site: Site) -> None:
    body = switch("Private profile", "false") + BANNER.replace(
        "<button>", switch("Private profile", "true") + "<button>"
    )
    assert read(driver, site, checklist(site, SWITCH), {"/page": page(body)}) == [Reason.AMBIGUOUS]


@pytest.mark.parametrize(
    "headers",
    [(("content-disposition", 'attachment; filename="settings.html"'),), (("content-type", "application/zip"),)],
)
def test_a_page_that_comes_as_a_download_is_not_the_page_and_leaves_no_file(
    headers: tuple[tuple[str, str], ...], driver: Playwright, site: Site
) -> None:
    kind = "application/zip" if headers[0][0] == "content-type" else "text/html"
    answer = Reply(page(TICKED).body, kind=kind, headers=headers if kind == "text/html" else ())
    [told] = read(driver, site, checklist(site, BOX), {"/page": answer})
    assert told in (Reason.PAGE_MOVED, Reason.TIMED_OUT)


def test_a_download_that_a_page_begins_by_itself_is_refused(driver: Playwright, site: Site) -> None:
    body = TICKED + '<a id=get href="/file" download>x</a><script>document.getElementById("get").click()</script>'
    pages: dict[str, Page] = {
        "/page": page(body),
        "/file": Reply("x", headers=(("content-disposition", "attachment"),)),
    }
    assert read(driver, site, checklist(site, BOX), pages) == [Reason.BLOCKED_BY_GUARD]


# -- too much, too long, not what it says ----------------------------------------------------------


def test_a_page_too_large_to_look_at_what_was_sent_is_read_in_the_time_of_a_page(
    driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit, "OPEN_LIMIT_S", 40.0)
    filler = "<p>" + "Nothing to see here. " * 1000 + "</p>"
    body = filler * (first_html.LARGEST // len(filler)) + TICKED + filler * (first_html.LARGEST // len(filler))
    assert read(driver, site, checklist(site, BOX, SWITCH), {"/page": page(body)}) == ["yes", Reason.NOT_FOUND]


def test_a_page_of_scripts_that_never_end_does_not_keep_the_reader_busy() -> None:
    began = time.monotonic()
    for opener in ("<script ", "<!-- ", "<template>", "<textarea>", "<a " + "x" * 50):
        first_html.shown(opener * (first_html.LARGEST // len(opener)))
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "text",
    [
        '<script>const form = `<input name="box">`;</script>',
        '<template><input name="box"></template>',
        '<template><template></template><input name="box"></template>',
        '<!-- <input name="box"> -->',
        '<textarea><input name="box"></textarea>',
        '<style>/* <input name="box"> */</style>',
        '<script><input name="box">',
        'name="box"',
    ],
)
def test_a_field_that_only_a_script_or_a_text_speaks_of_was_not_sent_as_a_field(text: str) -> None:
    sent = f"<p>{text}</p>"
    assert not first_html.First(first_html.shown(sent), stays=False, whole=sent).has_field("box")
    sent = f"<p>{text.replace('box', 'other')}</p><form><input type=checkbox NAME='box' checked>"
    one = first_html.First(first_html.shown(sent), stays=False, whole=sent)
    assert one.has_field("box") == ("<script><input" not in text)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", Reason.SITE_ERROR),
        ("for (;;);{}", Reason.UNLISTED_VALUE),
        ("[" * 100_000, Reason.SITE_ERROR),
        ('{"privacy": {"hidden": ' + "1" * 10_000 + "}}", Reason.SITE_ERROR),
        ('{"privacy": {"hidden": true}, "more": "' + "x" * first_html.LARGEST + '"}', Reason.UNLISTED_VALUE),
        ('{"privacy": {"hidden": "<b>true</b>"}}', Reason.UNLISTED_VALUE),
    ],
    ids=["empty", "guarded", "deep", "a long number", "too large", "HTML"],
)
def test_a_reply_that_is_not_what_it_should_be_is_no_answer(
    body: str, expected: Reason, driver: Playwright, site: Site
) -> None:
    pages: dict[str, Page] = {
        "/page": page("<script>fetch('/api').then((reply) => reply.text())</script>"),
        "/api": Reply(body, kind="application/json"),
    }
    assert read(driver, site, checklist(site, JSON), pages) == [expected]


def test_a_part_of_the_address_of_a_reply_may_differ(driver: Playwright, site: Site) -> None:
    reply = {"reply": "/graphql/*/Viewer"}
    hidden = Reply('{"privacy": {"hidden": true}}', kind="application/json")
    pages: dict[str, Page] = {
        "/page": page("<script>fetch('/graphql/abc123/Viewer').then((reply) => reply.text())</script>"),
        "/graphql/abc123/Viewer": hidden,
    }
    other = JSON | {"reply": "/graphql/*"}
    assert read(driver, site, checklist(site, JSON | reply, other), pages) == ["yes", Reason.NOT_FOUND]


def test_a_page_that_polls_for_ever_is_read_in_bounded_time(
    driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit, "QUIET_LIMIT_S", 2.0)
    body = (
        row("Photos", switch("a", "true"))
        + "<script>const poll = () => fetch('/poll' + Math.random()).then(() => setTimeout(poll, 30)); poll()</script>"
        + "<p id=clock></p><script>setInterval(() => { clock.textContent = Date.now(); }, 20)</script>"
    )
    began = time.monotonic()
    [told] = read(driver, site, checklist(site, NEAR), {"/page": page(body)})
    assert told in ("yes", Reason.TIMED_OUT, Reason.AMBIGUOUS, Reason.SITE_ERROR), (
        "what is under way may hold the settings"
    )
    assert time.monotonic() - began < 20


def test_a_reply_of_another_host_that_was_refused_may_have_held_the_settings(driver: Playwright, site: Site) -> None:
    with Site("localhost") as neighbour:
        neighbour.pages["/api"] = Reply('{"on": false}', kind="application/json")
        body = switch("Private profile", "true") + f"<script>fetch('{neighbour.origin}/api').catch(() => 0)</script>"
        assert read(driver, site, checklist(site, SWITCH), {"/page": page(body)}) == [Reason.BLOCKED_BY_GUARD]
        noise = checklist(site, SWITCH, noise=[f"a.localhost:{neighbour.host.split(':')[1]}"])
        away = body.replace("localhost", "a.localhost")
        assert read(driver, site, noise, {"/page": page(away)}) == ["yes"]
        dangerous = body.replace(f"{neighbour.origin}/api", "/settings/delete")
        assert read(driver, site, checklist(site, SWITCH), {"/page": page(dangerous)}) == [Reason.BLOCKED_BY_GUARD]
        assert neighbour.log == []


def test_what_unfolds_into_a_form_that_sends_is_not_pressed_and_nothing_is_sent(driver: Playwright, site: Site) -> None:
    body = (
        '<form method="post" action="/write"><div role="button" tabindex="0" aria-expanded="false" '
        "onclick=\"this.closest('form').submit()\">More</div></form>"
    )
    answers = read(driver, site, checklist(site, EXPAND), {"/page": page(body)})
    assert [isinstance(answer, Reason) for answer in answers] == [True]
    assert site.writes == []


# -- the way to the site ---------------------------------------------------------------------------


def moved(made: Checklist, origin: str, host: str, site: Site) -> Checklist:
    text = made.model_dump_json(by_alias=True).replace(site.origin, origin).replace(site.host, host)
    return Checklist.model_validate_json(text)


def test_a_certificate_of_a_signer_that_nobody_knows_is_a_network_that_opens_traffic(driver: Playwright) -> None:
    certificate = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(certificate)
    with Site("127.0.0.1", certificate) as safe:
        assert read(driver, safe, checklist(safe, BOX), {"/page": page(TICKED)}) == [Reason.OPENED_TRAFFIC]
        assert safe.log == []


def test_no_network_at_all_is_told_apart_from_a_slow_site(driver: Playwright, site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = f"127.0.0.1:{closed.getsockname()[1]}"
    for scheme, host in (("https", "no-such-host.invalid"), ("https", nobody), ("http", nobody)):
        made = moved(checklist(site, BOX), f"{scheme}://{host}", host, site)
        assert read(driver, site, made, {}) == [Reason.UNREACHABLE]


def test_where_only_a_proxy_reaches_the_site_the_gate_goes_through_it(
    driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Proxy({}) as proxy:
        monkeypatch.setenv("https_proxy", proxy.address)
        made = moved(checklist(site, BOX), "https://social.invalid", "social.invalid", site)
        assert read(driver, site, made, {}) == [Reason.UNREACHABLE], "this proxy leads nothing on"
        assert set(proxy.asked) == {"social.invalid:443"}


@pytest.mark.parametrize("told", ["http://ann:secret@127.0.0.1:1", "http://127.0.0.1:1"])
def test_a_proxy_that_wants_more_than_is_laid_down_is_the_reason(
    told: str, driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Proxy({}, password="ann:another") as proxy:
        monkeypatch.setenv("https_proxy", told.replace("127.0.0.1:1", proxy.address.removeprefix("http://")))
        made = moved(checklist(site, BOX), "https://social.invalid", "social.invalid", site)
        assert read(driver, site, made, {}) == [Reason.NEEDS_PROXY]


@pytest.mark.usefixtures("own_browser")
def test_proxies_in_the_environment_are_not_used(
    driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Site() as trap:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "FTP_PROXY"):
            monkeypatch.setenv(name, trap.origin)
            monkeypatch.setenv(name.lower(), trap.origin)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        assert read(driver, site, checklist(site, BOX), {"/page": page(TICKED)}) == ["yes"]
        assert trap.log == []


@pytest.mark.usefixtures("own_browser")
def test_every_connection_of_the_browser_goes_through_the_gate_and_only_to_the_site(
    driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, int]] = []
    allows = Gate.allows

    def noted(gate: Gate, host: str, port: int) -> bool:
        asked.append((host, port))
        return allows(gate, host, port)

    monkeypatch.setattr(Gate, "allows", noted)
    assert read(driver, site, checklist(site, BOX), {"/page": page(TICKED)}) == ["yes"]
    host, port = site.host.split(":")
    assert (host, int(port)) in asked
    assert {one for one in asked if allows(Gate([site.host]), *one)} == {(host, int(port))}


def test_a_page_that_was_cut_off_on_its_way_is_not_read(
    driver: Playwright, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit, "OPEN_LIMIT_S", 3.0)
    whole = page(TICKED + switch("Private profile", "true"))
    assert read(driver, site, checklist(site, BOX, SWITCH), {"/page": whole}) == ["yes", "yes"]
    longer = whole._replace(headers=(("content-length", str(len(whole.body) + 500)),))
    assert read(driver, site, checklist(site, BOX, SWITCH), {"/page": longer}) == [Reason.UNREACHABLE] * 2
