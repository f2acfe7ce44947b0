"""The guard against a page that tries to write in every way we know of. The server's own log is the judge."""

from __future__ import annotations

import shutil
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import trustme

from privacyaudit.browser import find, guard, launch
from privacyaudit.browser.gate import Gate
from tests.support.site import Reply, Site

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = pytest.mark.browser
HOSTILE = (Path(__file__).parent / "pages" / "hostile.html").read_text(encoding="utf-8")
LEAVING = (
    "navigator.sendBeacon('/frame-beacon','x');"
    "fetch('/frame-keepalive',{method:'POST',keepalive:true,body:'x'}).catch(()=>0);"
)
FRAME = f"<!doctype html><script>addEventListener('pagehide',()=>{{{LEAVING}}})</script>"
UNASKED = (
    "/account/logout",
    "/settings/delete-account",
    "/session/",
    "/prerendered",
    "/popup",
    "/socket",
    "/worker-socket",
    "/logout",
)

POST_FORM = (
    "(()=>{const f=document.createElement('form');f.method='post';f.action='/form';"
    "document.body.append(f);f.submit()})()"
)
MOVES: dict[str, str | None] = {
    "next page": None,
    "page moves itself": "location.href='/next'",
    "page reloads": "location.reload()",
    "form is sent": POST_FORM,
    "page goes to log out": "location.href='/logout'",
    "popup": "window.open('/popup') && 0",
    "frames are removed": "document.querySelectorAll('iframe').forEach(f => f.remove())",
    "redirect to another host": None,
}


@pytest.fixture(scope="module", params=["headless shell", "whole browser"])
def program(request: pytest.FixtureRequest) -> find.Browser:
    """Both are tried, because the shell leaves out what a whole browser does on its own."""
    name = {"headless shell": "chromium-headless-shell", "whole browser": "chromium"}[request.param]
    if not (path := shutil.which(name)):
        pytest.skip(f"{name} is not installed")
    return find.Browser(Path(path), window=name == "chromium")


@pytest.fixture(scope="module")
def certificate() -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1", "localhost").configure_cert(made)
    return made


@pytest.fixture(scope="module", autouse=True)
def _any_certificate() -> Iterator[None]:
    """The browsers of these tests take the certificate of our sites."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(launch, "EXTRA_ARGS", ("--ignore-certificate-errors",))
        yield


@pytest.fixture(params=["http", "https"])
def sites(request: pytest.FixtureRequest, certificate: ssl.SSLContext) -> Iterator[tuple[Site, Site]]:
    ours = certificate if request.param == "https" else None
    with Site("127.0.0.1", ours) as good, Site("localhost", ours) as other:
        yield good, other


@pytest.fixture
def suited(program: find.Browser, certificate: ssl.SSLContext) -> Iterator[tuple[Site, Site]]:
    """Sites with https for a whole browser, which reports to such sites only, and without for the shell."""
    ours = certificate if program.window else None
    with Site("127.0.0.1", ours) as good, Site("localhost", ours) as other:
        yield good, other


def hostile(good: Site, other: Site) -> None:
    words = {
        "ORIGIN": good.origin,
        "OTHERHOST": other.host,
        "OTHER": other.origin,
        "SOCKETS": good.origin.replace("http", "ws"),
    }
    text = HOSTILE
    for word, value in words.items():
        text = text.replace(word, value)
    reports = (
        (
            "content-security-policy",
            f"script-src 'unsafe-inline' blob: 'self'; report-uri {good.origin}/csp-report; report-to main",
        ),
        ("reporting-endpoints", f'main="{good.origin}/report", default="{good.origin}/report"'),
        ("report-to", f'{{"group":"main","max_age":600,"endpoints":[{{"url":"{good.origin}/report-to"}}]}}'),
        ("speculation-rules", '"/rules.json"'),
        ("nel", '{"report_to":"main","max_age":600,"success_fraction":1}'),
    )
    good.pages = {
        "/settings": Reply(text, headers=reports),
        "/frame": Reply(FRAME),
        "/rules.json": Reply(
            '{"prefetch":[{"source":"list","urls":["/session/revoke-by-header"]}]}',
            kind="application/speculationrules+json",
        ),
        "/away": Reply("", 302, headers=(("location", f"{other.origin}/landed"),)),
        "/pixel": Reply("", 302, headers=(("location", f"{other.origin}/pixel"),)),
        "/file": Reply("x", headers=(("content-disposition", "attachment"),)),
    }


def unasked(good: Site) -> list[str]:
    """Return the addresses that only the page itself wanted, and that a reader must never open."""
    return [path for path in good.paths() if path.startswith(UNASKED)]


def visit(driver: Playwright, good: Site, other: Site, move: str, program: find.Browser) -> None:
    """Open the hostile page behind the guard, let one thing happen, and close the browser."""
    from playwright.sync_api import Error

    hostile(good, other)
    gate = Gate([good.host])
    with launch.browser(driver, program, gate, headless=True) as running:
        watched = guard.Guard(gate, [good.host])
        page = watched.context(running, None).new_page()
        watched.open(page, f"{good.origin}/settings", 10_000)
        page.wait_for_timeout(500)
        script = MOVES[move]
        try:
            if script:
                page.evaluate(script)
            else:
                watched.open(page, f"{good.origin}/{'away' if 'redirect' in move else 'next'}", 5_000)
        except Error:
            pass
        page.wait_for_timeout(500)


def nothing_got_out(good: Site, other: Site) -> None:
    assert "/settings" in good.paths(), "the page was never opened, so nothing was tried"
    assert good.writes == []
    assert other.log == []
    assert unasked(good) == []


@pytest.mark.usefixtures("one_browser")
@pytest.mark.parametrize("move", MOVES)
def test_a_hostile_page_writes_nothing_and_reaches_no_other_host(
    suited: tuple[Site, Site], move: str, program: find.Browser, driver: Playwright
) -> None:
    visit(driver, *suited, move, program)
    nothing_got_out(*suited)


@pytest.mark.usefixtures("own_browser")
def test_a_hostile_page_gets_nothing_out_as_its_whole_browser_ends(
    sites: tuple[Site, Site], program: find.Browser, driver: Playwright
) -> None:
    visit(driver, *sites, "next page", program)
    nothing_got_out(*sites)


def _leaks(driver: Playwright, good: Site, other: Site) -> bool:
    for move in MOVES:
        visit(driver, good, other, move, find.find(headless=True))
        if good.writes or other.log or unasked(good):
            return True
    return False


@pytest.mark.usefixtures("own_browser")
@pytest.mark.parametrize("lock", ["route", "page", "gate"])
def test_without_any_one_lock_something_gets_out(
    lock: str, driver: Playwright, monkeypatch: pytest.MonkeyPatch
) -> None:
    if lock == "route":
        monkeypatch.setattr(guard.Guard, "_route", lambda self, route: route.continue_())
    elif lock == "page":
        monkeypatch.setattr(guard, "PAGE_LOCK", "")
    else:
        monkeypatch.setattr(Gate, "allows", lambda self, host, port: True)
        monkeypatch.setattr(Gate, "shut", lambda self: None)
        monkeypatch.setattr(Gate, "close", lambda self: None)
    with Site("127.0.0.1") as good, Site("localhost") as other:
        assert _leaks(driver, good, other), (
            f"nothing got out without the {lock} lock: either it is not needed or this test is blind"
        )


ASKING = """<!doctype html><script>
const paths = ["/own/17", "/own/17/x?y=1", "/account/remove", "/form?_method=DELETE", "/list"];
for (const path of paths) fetch(path).catch(() => 0);
fetch("/override", { headers: { "X-HTTP-Method-Override": "DELETE" } }).catch(() => 0);
const request = new XMLHttpRequest();
request.open("GET", "/override-xhr");
request.setRequestHeader("X-Method-Override", "PUT");
request.send();
document.write("<img src=/own/picture?x=1><iframe src=/own/frame></iframe><link rel=prefetch href=/own/ahead>");
</script>"""


@pytest.mark.usefixtures("one_browser")
def test_dangerous_places_are_not_even_read(program: find.Browser, driver: Playwright) -> None:
    """From the list that all platforms share, from the platform's own, and where GET is to mean another method."""
    with Site() as site:
        site.pages["/settings"] = Reply(ASKING)
        gate = Gate([site.host])
        with launch.browser(driver, program, gate, headless=True) as running:
            watched = guard.Guard(gate, [site.host], ["/own/*"])
            page = watched.context(running, None).new_page()
            watched.open(page, f"{site.origin}/settings", 10_000)
            page.wait_for_timeout(500)
        assert set(site.paths()) - {"/favicon.ico"} == {"/settings", "/list"}


@pytest.mark.usefixtures("own_browser")
def test_without_the_switch_for_reports_the_whole_browser_reports_on_its_own(
    certificate: ssl.SSLContext, driver: Playwright, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (path := shutil.which("chromium")):
        pytest.skip("chromium is not installed, and the headless shell sends no reports")
    monkeypatch.setattr(launch, "FENCE", [flag for flag in launch.FENCE if flag != launch.OFF])
    with Site("127.0.0.1", certificate) as good, Site("localhost", certificate) as other:
        for move in MOVES:
            visit(driver, good, other, move, find.Browser(Path(path)))
            if good.writes:
                return
    pytest.fail("no report was sent: either the switch is not needed any more or this test is blind")
