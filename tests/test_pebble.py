"""Pebble is a real site in everything that matters, and its pages show what its table of truth says."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPMessage
from http.cookiejar import CookieJar
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlencode, urlsplit

import jmespath
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright

from privacyaudit import checklist
from privacyaudit.demo import pebble
from privacyaudit.demo.pebble import ACCOUNTS, SETTINGS, Pebble, Request
from privacyaudit.errors import UsageError
from privacyaudit.model import Check, JsonProbe, Means, Take, Verdict, WebProbe
from tests.support import pebble_demo
from tests.support.pebble_demo import DEMO, LOADED

CHROMIUM = Path("/usr/bin/chromium-headless-shell")
SETTINGS_PAGES = [f"/settings/{name}" for name in SETTINGS]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class Visitor:
    """A browser without JavaScript that follows no redirect by itself."""

    def __init__(self, site: Pebble) -> None:
        self.site = site
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), NoRedirect)

    def send(self, path: str, form: dict[str, str] | None = None) -> tuple[int, HTTPMessage, str]:
        data = None if form is None else urlencode(form).encode()
        try:
            reply = self._opener.open(self.site.origin + path, data, timeout=10)
        except urllib.error.HTTPError as error:
            reply = error
        with reply:
            return reply.status, reply.headers, reply.read().decode()

    def sign_in(self, **more: str) -> tuple[int, HTTPMessage, str]:
        account = self.site.account
        return self.send("/sign-in", {"user": account.user, "password": account.password, **more})


site = pytest.fixture(pebble_demo.site)


@pytest.fixture
def visitor(site: Pebble) -> Visitor:
    return Visitor(site)


# -- the server ------------------------------------------------------------------------------------


def test_it_listens_on_this_computer_only_and_stops_with_the_block() -> None:
    with Pebble() as site:
        parts = urlsplit(site.origin)
        assert parts.hostname == "127.0.0.1"
        assert Visitor(site).send("/sign-in")[0] == 200
    connection = HTTPConnection("127.0.0.1", parts.port or 0, timeout=2)
    with pytest.raises(ConnectionRefusedError):
        connection.request("GET", "/sign-in")


def test_two_sites_do_not_share_settings() -> None:
    with Pebble("open") as one, Pebble("open") as other:
        one.save("tagging", {"photo_tags": "on"})
        assert one.truth["demo.photo-tags"] == "on"
        assert other.truth["demo.photo-tags"] == "off"
    assert pebble.answers("open")["demo.photo-tags"] == "off"


def test_an_unknown_account_is_refused_with_the_names_of_the_others() -> None:
    for ask in (Pebble, pebble.answers):
        with pytest.raises(UsageError) as caught:
            ask("nobody")
        assert "nobody" in caught.value.what
        assert "safe, open, mixed" in caught.value.advice


@pytest.mark.parametrize("path", ["/", *SETTINGS_PAGES, "/sign-out"])
def test_who_is_signed_out_is_sent_to_sign_in(visitor: Visitor, path: str) -> None:
    status, headers, text = visitor.send(path)
    assert (status, headers["Location"], text) == (302, "/sign-in", "")


def test_the_sign_in_page_says_what_to_type_and_names_nobody(visitor: Visitor) -> None:
    status, _, text = visitor.send("/sign-in")
    account = visitor.site.account
    assert status == 200
    assert account.user in text
    assert account.password in text
    assert account.display_name not in text
    assert "pretend site on your own computer" in text


def test_signing_in_opens_every_settings_page(visitor: Visitor) -> None:
    status, headers, _ = visitor.sign_in()
    assert (status, headers["Location"]) == (303, "/settings/privacy")
    (cookie,) = visitor.cookies
    assert cookie.value in visitor.site.sessions
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Lax"
    for path in SETTINGS_PAGES:
        status, headers, text = visitor.send(path)
        assert status == 200
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cache-Control"] == "no-store"
        assert '<html lang="en">' in text
        assert visitor.site.account.display_name in text
        assert f'<a href="{path}" aria-current="page">' in text
        assert text.count('aria-current="page"') == 1
        assert '<a class="leave" href="/sign-out">Sign out</a>' in text
        assert "pretend site on your own computer" in text
    assert visitor.send("/")[1]["Location"] == "/settings/privacy"


def test_a_wrong_password_starts_no_session(visitor: Visitor) -> None:
    status, _, text = visitor.send("/sign-in", {"user": visitor.site.account.user, "password": "wrong"})
    assert status == 422
    assert "do not go together" in text
    assert not visitor.site.sessions
    assert not list(visitor.cookies)


def test_keep_me_signed_in_keeps_the_cookie_for_a_month(visitor: Visitor) -> None:
    visitor.sign_in()
    assert [cookie.discard for cookie in visitor.cookies] == [True]
    visitor.sign_in(keep="on")
    (cookie,) = visitor.cookies
    assert not cookie.discard
    assert cookie.expires is not None


def test_signing_out_ends_the_session_on_the_server_too(visitor: Visitor) -> None:
    visitor.sign_in()
    (session,) = visitor.site.sessions
    status, _, text = visitor.send("/sign-out")
    assert status == 200
    assert text.count("<button") == 1
    assert visitor.site.sessions == {session}
    status, _, text = visitor.send("/sign-out", {})
    assert status == 200
    assert "You are signed out" in text
    assert visitor.site.account.display_name not in text
    assert not visitor.site.sessions
    assert not list(visitor.cookies)
    again = urllib.request.Request(
        visitor.site.origin + "/api/devices", headers={"Cookie": f"{pebble.COOKIE}={session}"}
    )
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(again, timeout=10)


def test_signing_out_leaves_other_sessions_alone(site: Pebble) -> None:
    one, other = Visitor(site), Visitor(site)
    one.sign_in()
    other.sign_in()
    one.send("/sign-out", {})
    assert one.send("/settings/privacy")[0] == 302
    assert other.send("/settings/privacy")[0] == 200


@pytest.mark.parametrize("path", ["/api/devices", "/api/preferences"])
def test_the_api_answers_only_those_who_are_signed_in(visitor: Visitor, path: str) -> None:
    status, headers, text = visitor.send(path)
    assert status == 401
    assert json.loads(text) == {"error": "sign in first"}
    visitor.sign_in()
    status, headers, text = visitor.send(path)
    assert status == 200
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert "error" not in json.loads(text)


def test_the_privacy_form_saves_what_is_ticked_and_what_is_not(visitor: Visitor) -> None:
    visitor.sign_in()
    assert visitor.site.truth["demo.search-engines"] == "on"
    status, headers, _ = visitor.send("/settings/privacy", {"online": "on", "photos": "only-me", "messages": "friends"})
    assert (status, headers["Location"]) == (303, "/settings/privacy?saved=yes")
    truth = visitor.site.truth
    assert (truth["demo.search-engines"], truth["demo.photos"], truth["demo.messages"]) == ("off", "only-me", "friends")
    assert visitor.site.account.settings["online"] == "on"
    assert "Saved." in visitor.send("/settings/privacy?saved=yes")[2]
    assert "Saved." not in visitor.send("/settings/privacy")[2]


@pytest.mark.parametrize(
    ("page", "form", "check", "before", "after"),
    [
        ("tagging", {"photo_tags": "on"}, "demo.photo-tags", "off", "on"),
        ("audience", {"future_posts": "everyone"}, "demo.future-posts", "friends", "everyone"),
        ("devices", {"two_step": "off"}, "demo.two-step", "text", "off"),
        ("devices", {"remove_app": "a2"}, "demo.apps", "unused", "none"),
        ("discovery", {"phone_lookup": "nobody"}, "demo.phone-lookup", "friends", "nobody"),
    ],
)
def test_each_page_saves_and_nothing_else_changes(
    visitor: Visitor, page: str, form: dict[str, str], check: str, before: str, after: str
) -> None:
    visitor.sign_in()
    truth = visitor.site.truth
    assert truth[check] == before
    assert visitor.send(f"/settings/{page}", form)[0] == 204
    assert visitor.site.truth == truth | {check: after}


def test_ending_sessions_leaves_the_one_in_use(visitor: Visitor) -> None:
    visitor.sign_in()
    for device in ("d1", "d2", "d3"):
        visitor.send("/settings/devices", {"end_session": device})
    assert [device.id for device in visitor.site.account.devices] == ["d1"]
    assert visitor.site.truth["demo.sessions"] == "one"


def test_nothing_is_saved_for_who_is_signed_out_or_asks_for_what_is_not_offered(visitor: Visitor) -> None:
    truth = visitor.site.truth
    assert visitor.send("/settings/tagging", {"photo_tags": "on"})[0] == 302
    visitor.sign_in()
    assert visitor.send("/settings/tagging", {"photo_tags": "maybe"})[0] == 400
    assert visitor.send("/settings/tagging", {"photos": "only-me"})[0] == 204
    assert visitor.send("/settings/tagging", {"photo_tags": "on" + 10_000 * " "})[0] == 413
    assert visitor.site.truth == truth


def test_every_request_is_remembered_whatever_its_method(visitor: Visitor) -> None:
    visitor.send("/sign-in?from=mail")
    visitor.send("/nowhere", {"a": "b"})
    for method in ("HEAD", "PUT", "DELETE"):
        asked = urllib.request.Request(visitor.site.origin + "/sign-in", method=method)
        try:
            urllib.request.urlopen(asked, timeout=10).close()
        except urllib.error.HTTPError as error:
            error.close()
    assert visitor.site.log == [
        Request("GET", "/sign-in"),
        Request("POST", "/nowhere"),
        Request("HEAD", "/sign-in"),
        Request("PUT", "/sign-in"),
        Request("DELETE", "/sign-in"),
    ]


@pytest.mark.parametrize(
    "path", ["/static/../pebble.py", "/static/privacy.html", "/static/", "/static/%2e%2e/pebble.py"]
)
def test_only_style_and_scripts_are_static(visitor: Visitor, path: str) -> None:
    assert visitor.send(path)[0] == 404
    assert visitor.send("/static/pebble.css")[1]["Content-Type"] == "text/css; charset=utf-8"


def test_no_page_names_another_site() -> None:
    svg = "http://www.w3.org/2000/svg"
    for file in pebble.PAGES.iterdir():
        assert "//" not in file.read_text(encoding="utf-8").replace(svg, "").replace("// ", ""), file.name


# -- the truth and the checklist -------------------------------------------------------------------


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_truth_answers_every_check_with_one_of_its_options(account: str) -> None:
    truth = pebble.answers(account)
    assert list(truth.keys() ^ {check.id for check in DEMO.checks}) == []
    for check in DEMO.checks:
        assert check.option(truth[check.id]), f"{check.id} has no option {truth[check.id]}"


def verdicts(account: str) -> list[Verdict]:
    truth = pebble.answers(account)
    options = [check.option(truth[check.id]) for check in DEMO.checks]
    return [option.verdict_for("default") for option in options if option]


def test_the_safe_account_has_nothing_to_change() -> None:
    assert set(verdicts("safe")) <= {Verdict.PASS, Verdict.NOT_APPLICABLE, Verdict.CHOICE}


def test_the_open_account_has_something_to_change_nearly_everywhere() -> None:
    assert verdicts("open").count(Verdict.FAIL) > len(DEMO.checks) * 2 / 3


def test_the_mixed_account_has_some_of_each() -> None:
    found = verdicts("mixed")
    assert min(found.count(verdict) for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.CHOICE)) >= 3


def test_the_checklist_uses_every_kind_of_probe() -> None:
    probes = [probe for check in DEMO.checks for probe in check.probes]
    web = [probe for probe in probes if isinstance(probe, WebProbe)]
    assert {probe.take for probe in web} == set(Take)
    assert any(isinstance(probe, JsonProbe) for probe in probes)
    assert any(isinstance(probe, JsonProbe) and probe.absent for probe in probes)
    assert any(probe.absent for probe in web)
    assert any(probe.expand for probe in web)
    assert any(probe.find.within for probe in web)
    assert any(probe.find.near for probe in web)
    assert [check.id for check in DEMO.checks if not check.probes] == ["demo.second-look"]
    assert checklist.lint(LOADED) == []


# -- the pages in a real browser -------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed, so the pages cannot be looked at")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def sign_in(page: Page, site: Pebble) -> None:
    page.goto(site.origin + "/sign-in")
    page.get_by_label("User name").fill(site.account.user)
    page.get_by_label("Password").fill(site.account.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/settings/privacy")


def open_settings(page: Page, site: Pebble, name: str) -> None:
    """Open a settings page, wait until it is filled, and open what can be opened."""
    page.goto(f"{site.origin}/settings/{name}")
    if name == "devices":
        expect(page.get_by_role("heading", name="Signed in on").first).to_be_visible()
    if name == "discovery":
        for fold in ("Your phone number", "Your address book"):
            page.get_by_role("button", name=fold).click()


def wait_for(page: Page, true: Callable[[], bool]) -> None:
    """Let the page go on until something is true, for 10 seconds at most."""
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end, "waited for 10 seconds"
        page.wait_for_timeout(20)


def meant(means: Means, value: object) -> str:
    if isinstance(means, dict):
        return means[str(value).lower() if isinstance(value, bool) else str(value)]
    (option,) = [one.option for one in means if one.holds(int(str(value)))]
    return option


def by_role(page: Page | Locator, role: Any, name: str, *, exact: bool = True) -> Locator:
    return page.get_by_role(role, name=name, exact=exact)


def taken(found: Locator, probe: WebProbe) -> object:
    """Read a control the way a person with a plain script would."""
    if probe.take is Take.CHECKED:
        return found.is_checked()
    if probe.take is Take.SELECTED:
        radio = found.first.get_attribute("type") == "radio"
        return found.and_(found.page.locator(":checked")).get_attribute("value") if radio else found.input_value()
    if probe.take is Take.PRESSED:
        return found.get_attribute("aria-pressed") == "true"
    if probe.take is Take.TEXT:
        return " ".join(found.inner_text().split())
    if probe.take is Take.NAME_REST:
        name = found.get_attribute("aria-label") or ""
        return name.removeprefix(probe.find.name_starts[0]).strip(" .:")
    return found.input_value() if probe.take is Take.VALUE else found.count()


def looked_at(page: Page, probe: WebProbe) -> str:
    find = probe.find
    place: Page | Locator = by_role(page, find.within.role, find.within.name[0]) if find.within else page
    if probe.expand:
        by_role(page, probe.expand.role, probe.expand.name[0]).click()
    if find.field:
        found = place.locator(f'[name="{find.field}"]')
    elif find.near:
        found = page.get_by_role("listitem").filter(has_text=find.near[0]).get_by_role("button")
    elif find.name_starts:
        found = by_role(place, find.role, find.name_starts[0], exact=False)
    else:
        found = by_role(place, find.role, find.name[0])
    if probe.absent and not found.count():
        return probe.absent.option
    return meant(probe.means, taken(found, probe))


def listened_to(reply: Any, probe: JsonProbe) -> str:
    value = jmespath.search(probe.path, reply)
    if value is None and probe.absent:
        return probe.absent.option
    return meant(probe.means, value)


def read(page: Page, site: Pebble, check: Check, number: int) -> str:
    probe = check.probes[number]
    address = probe.open.replace("{site}", site.origin)
    if isinstance(probe, JsonProbe):
        page.goto("about:blank")  # so that the reply is this page's, and not a late one of the page before
        with page.expect_response(site.origin + probe.reply) as reply:
            page.goto(address)
        return listened_to(reply.value.json(), probe)
    page.goto(address)
    if probe.open.endswith("/devices"):
        expect(page.get_by_role("heading", name="Signed in on").first).to_be_visible()
    return looked_at(page, probe)


@pytest.mark.browser
@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_pages_show_what_the_truth_says(page: Page, account: str) -> None:
    with Pebble(account) as site:
        sign_in(page, site)
        found = [
            (check.id, number, read(page, site, check, number))
            for check in DEMO.checks
            for number in range(len(check.probes))
        ]
        truth = pebble.answers(account)
        assert found == [(check, number, truth[check]) for check, number, _ in found]
        assert {check for check, _, _ in found} == {check.id for check in DEMO.checks if check.probes}
        assert site.truth == truth, "looking has changed something"


@pytest.mark.browser
def test_the_checklist_tells_who_is_signed_in_and_how_to_sign_out(page: Page, site: Pebble) -> None:
    platform = DEMO.platform
    assert platform.sign_in
    assert platform.sign_in.form
    assert platform.signed_in
    assert platform.signed_in.on_every_page
    assert platform.sign_out
    everywhere = platform.signed_in.on_every_page
    form = platform.sign_in.form
    page.goto(platform.sign_in.open.replace("{site}", site.origin))
    assert by_role(page, everywhere.role, everywhere.name[0]).count() == 0
    page.locator(f'[name="{form.user.field}"]').fill(site.account.user)
    page.locator(f'[name="{form.password.field}"]').fill(site.account.password)
    by_role(page, form.submit.role, form.submit.name[0]).click()
    page.wait_for_url(platform.signed_in.open.replace("{site}", site.origin))
    expect(page.locator(f'[name="{platform.signed_in.find.field}"]')).to_be_visible()
    for name in SETTINGS:
        open_settings(page, site, name)
        expect(by_role(page, everywhere.role, everywhere.name[0])).to_be_visible()
    page.goto(platform.sign_out.open.replace("{site}", site.origin))
    by_role(page, platform.sign_out.press.role, platform.sign_out.press.name[0]).click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert not site.sessions


@pytest.mark.browser
def test_every_control_writes_when_a_person_uses_it(page: Page, site: Pebble) -> None:
    sign_in(page, site)
    said = page.get_by_role("status")
    page.get_by_label("Let search engines show my profile").uncheck()
    page.get_by_role("button", name="Save changes").click()
    expect(said).to_have_text("Saved.")
    open_settings(page, site, "tagging")
    page.get_by_role("region", name="Photos").get_by_role("switch", name="Ask me first").click()
    expect(said).to_have_text("Saved.")
    expect(page.get_by_role("region", name="Photos").get_by_role("switch", name="Ask me first")).to_be_checked()
    open_settings(page, site, "audience")
    page.get_by_role("button", name="Edit who can see future posts. Currently: Friends", exact=True).click()
    page.get_by_role("radio", name="Friends of friends").check()
    page.get_by_role("button", name="Save").click()
    future = page.get_by_role("button", name="Edit who can see future posts. Currently: Friends of friends", exact=True)
    expect(future).to_have_text("Friends of friends")
    page.get_by_role("button", name="Show what I like").click()
    expect(page.get_by_role("button", name="Show what I like", pressed=False)).to_be_visible()
    open_settings(page, site, "devices")
    page.get_by_role("button", name="End the session on Pebble app, phone").click()
    expect(page.get_by_role("heading", name="Signed in on")).to_have_count(2)
    page.get_by_role("button", name="End the session on Firefox, staff room computer").click()
    expect(page.get_by_role("heading", name="Signed in on")).to_have_count(1)
    page.get_by_role("button", name="Remove Which Biscuit Are You?").click()
    expect(page.get_by_text("Which Biscuit")).to_have_count(0)
    page.get_by_label("Two-step sign-in").select_option("Codes from an app")
    expect(said).to_have_text("Saved.")
    open_settings(page, site, "discovery")
    combo = page.get_by_role("combobox")
    combo.press("ArrowDown")
    combo.press("ArrowDown")
    combo.press("Enter")
    expect(combo).to_have_value("Nobody")
    page.get_by_label("Let Pebble read the address book on my phone").uncheck()
    expect(said).to_have_text("Saved.")
    changed = {
        "demo.search-engines": "off",
        "demo.photo-tags": "on",
        "demo.future-posts": "friends-of-friends",
        "demo.likes": "off",
        "demo.sessions": "one",
        "demo.apps": "none",
        "demo.two-step": "app",
        "demo.phone-lookup": "nobody",
        "demo.address-book": "off",
    }
    for _step in range(200):  # “Saved.” may still be that of the change before
        if site.truth == pebble.answers("mixed") | changed:
            break
        page.wait_for_timeout(50)
    assert site.truth == pebble.answers("mixed") | changed


@pytest.mark.browser
def test_a_write_that_is_refused_leaves_the_control_as_it_was(page: Page, site: Pebble) -> None:
    sign_in(page, site)
    page.route("**/settings/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    open_settings(page, site, "tagging")
    page.get_by_role("region", name="Photos").get_by_role("switch", name="Ask me first").click()
    expect(page.get_by_role("status")).to_have_text("That was not saved. Please try again.")
    expect(page.get_by_role("region", name="Photos").get_by_role("switch", name="Ask me first")).not_to_be_checked()
    assert site.truth == pebble.answers("mixed")


@pytest.mark.browser
def test_the_devices_page_shows_no_state_before_it_knows_one(page: Page, site: Pebble) -> None:
    sign_in(page, site)
    held: list[Route] = []
    page.route("**/api/*", lambda route: held.append(route))
    page.goto(site.origin + "/settings/devices")
    expect(page.get_by_text("Fetching your devices")).to_be_visible()
    assert page.locator("main").locator("input, select, button, h2, h3").count() == 0
    wait_for(page, lambda: len(held) == 2)
    for route in held:
        route.continue_()
    expect(page.get_by_label("Two-step sign-in")).to_have_value("text")
    expect(page.get_by_text("Fetching your devices")).to_have_count(0)


@pytest.mark.browser
def test_the_devices_page_says_so_when_nothing_arrives(page: Page, site: Pebble) -> None:
    sign_in(page, site)
    page.route("**/api/*", lambda route: route.abort())
    page.goto(site.origin + "/settings/devices")
    expect(page.get_by_text("Your devices could not be fetched.")).to_be_visible()
    assert page.locator("main").locator("input, select").count() == 0


@pytest.mark.browser
def test_folded_controls_are_in_the_page_only_while_it_is_open(page: Page, site: Pebble) -> None:
    sign_in(page, site)
    page.goto(site.origin + "/settings/discovery")
    box = page.locator('[name="address_book"]')
    fold = page.get_by_role("button", name="Your address book")
    assert box.count() == 0
    assert page.get_by_role("combobox").count() == 0
    fold.click()
    expect(box).to_be_checked()
    expect(fold).to_have_attribute("aria-expanded", "true")
    fold.click()
    expect(box).to_have_count(0)
    expect(fold).to_have_attribute("aria-expanded", "false")


@pytest.mark.browser
def test_pages_report_back_by_themselves_and_only_to_pebble(page: Page, site: Pebble) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    sign_in(page, site)
    with page.expect_request("**/heartbeat"):
        open_settings(page, site, "tagging")
    page.goto(site.origin + "/sign-out")
    wait_for(page, lambda: Request("POST", "/beacon") in site.log)
    for name in SETTINGS:
        open_settings(page, site, name)
    assert [url for url in asked if not url.startswith((site.origin + "/", "data:"))] == []
    assert {request for request in site.log if request.method != "GET"} == {
        Request("POST", "/sign-in"),
        Request("POST", "/heartbeat"),
        Request("POST", "/beacon"),
    }


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_accessible_and_fits_the_window(chromium: Browser, site: Pebble, scheme: Any, width: int) -> None:
    context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))

    def look(name: str) -> None:
        found = Axe().run(page)
        troubles.extend(f"{name}: {violation['id']}" for violation in found.response["violations"])
        if page.evaluate("document.documentElement.scrollWidth") > width:
            troubles.append(f"{name} is wider than the window")

    page.goto(site.origin + "/sign-in")
    look("sign-in")
    page.get_by_label("User name").fill("nobody")
    page.get_by_label("Password").fill("nothing")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("status")).to_be_visible()
    look("sign-in, refused")
    sign_in(page, site)
    for name in SETTINGS:
        open_settings(page, site, name)
        look(name)
    page.get_by_role("combobox").click()
    look("discovery, list open")
    open_settings(page, site, "audience")
    page.get_by_role("button", name="Edit who can see future posts.").click()
    look("audience, dialog open")
    page.goto(site.origin + "/nowhere")
    look("not found")
    page.goto(site.origin + "/sign-out")
    look("sign-out")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    look("signed out")
    context.close()
    assert troubles == []
