"""The pages of Pebble in a real browser show what its table of truth says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright

from privacyaudit.demo import accounts
from privacyaudit.demo.accounts import ACCOUNTS, SETTINGS
from privacyaudit.demo.pebble import Pebble, Request
from privacyaudit.model import Check, JsonProbe, Means, Take, WebProbe
from privacyaudit.readers.probe import answer_in
from tests.support import pebble_demo
from tests.support.pebble_demo import DEMO

CHROMIUM = Path("/usr/bin/chromium-headless-shell")
site = pytest.fixture(pebble_demo.site)


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
    elif find.name:
        found = by_role(place, find.role, find.name[0])
    else:
        role: Any = find.role
        found = place.get_by_role(role)
    if probe.absent and not found.count():
        return probe.absent.option
    return meant(probe.means, taken(found, probe))


def listened_to(reply: Any, probe: JsonProbe) -> str:
    return str(answer_in(reply, probe))


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
        truth = accounts.answers(account)
        found = [
            (check.id, number, read(page, site, check, number))
            for check in DEMO.checks
            for number, probe in enumerate(check.probes)
            if not (isinstance(probe, WebProbe) and probe.find.text)  # it speaks only of one state
            if (check.id, number) != ("demo.apps", 1)  # it speaks only of an account without apps
            if (check.id, number) != ("demo.phone-lookup", 0) or truth[check.id] != "no-number"
        ]
        assert found == [(check, number, truth[check]) for check, number, _ in found]
        read_here = {check for check, _, _ in found} | {name for name, told in truth.items() if told == "no-number"}
        assert read_here == {check.id for check in DEMO.checks if check.probes}
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
        if site.truth == accounts.answers("mixed") | changed:
            break
        page.wait_for_timeout(50)
    assert site.truth == accounts.answers("mixed") | changed


@pytest.mark.browser
def test_a_write_that_is_refused_leaves_the_control_as_it_was(page: Page, site: Pebble) -> None:
    sign_in(page, site)
    page.route("**/settings/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    open_settings(page, site, "tagging")
    page.get_by_role("region", name="Photos").get_by_role("switch", name="Ask me first").click()
    expect(page.get_by_role("status")).to_have_text("That was not saved. Please try again.")
    expect(page.get_by_role("region", name="Photos").get_by_role("switch", name="Ask me first")).not_to_be_checked()
    assert site.truth == accounts.answers("mixed")


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
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
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
