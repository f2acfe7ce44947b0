"""What a browser itself has to keep from the window, and that each guard is needed: without it, something gets in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.offline.page import build
from privacyaudit.serving import guard
from privacyaudit.window import app, program, serving
from privacyaudit.window.serving import Served
from tests.support.chromium import chromium_with

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ELSEWHERE = "evil.example"
INSIDE = "[data-window]"
RUNS = "<script>document.ran = true</script><img src='x' onerror='document.ran = true'>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium_with(f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1")


class _Page(BaseHTTPRequestHandler):
    """A page of another server, with a link to an address and a frame of it."""

    def do_GET(self) -> None:
        at = self.path.partition("at=")[2]
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f'<!DOCTYPE html><a href="{at}">in</a><iframe src="{at}"></iframe>'.encode())

    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def another_server() -> Iterator[int]:
    """Serve such pages; the name localhost makes it another site, 127.0.0.1 the same site at another port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def inside(browser: Browser, window: Served) -> Page:
    """Open the window as its person does."""
    page = browser.new_context().new_page()
    page.goto(window.address)
    page.locator(INSIDE).wait_for(state="attached")
    return page


def by_a_link_of_another_site(browser: Browser, window: Served) -> bool:
    page = inside(browser, window)
    with another_server() as port:
        other = page.context.new_page()
        other.goto(f"http://localhost:{port}/?at={page.url}")
        with other.expect_navigation():
            other.locator("a").click()
        return other.locator(INSIDE).count() > 0


def in_a_frame_of_another_server(browser: Browser, window: Served) -> bool:
    page = inside(browser, window)
    with another_server() as port:
        other = page.context.new_page()
        other.goto(f"http://127.0.0.1:{port}/?at={page.url}", wait_until="networkidle")
        return other.frames[1].locator(INSIDE).count() > 0


def by_a_script_that_is_in_the_page(browser: Browser, window: Served) -> bool:
    """Something that got into the page in spite of all: a script of its own, or one in an attribute."""
    page = inside(browser, window)
    page.wait_for_load_state("networkidle")
    return bool(page.evaluate("document.ran"))


def by_a_script_that_reads_the_cookie(browser: Browser, window: Served) -> bool:
    return bool(inside(browser, window).evaluate("document.cookie"))


def by_a_name_that_leads_here_now(browser: Browser, window: Served) -> bool:
    """A page of another site, whose name leads to this computer since (DNS rebinding)."""
    page = browser.new_context().new_page()
    page.goto(window.address.replace("127.0.0.1", ELSEWHERE))
    return page.locator(INSIDE).count() > 0


def _drawn(*args: Any, **values: Any) -> str:
    return build(*args, **values).replace("<main>", f"<main>{RUNS}", 1)


def _drawn_without_a_policy(*args: Any, **values: Any) -> str:
    return guard._POLICY.sub("", _drawn(*args, **values))


Attack = Callable[["Browser", Served], bool]
Removed = tuple[object, str, Any]
NO_POLICY = (guard, "headers_of", lambda _text: {"content-security-policy": ""})
LEAKS: dict[Attack, tuple[Removed, ...]] = {
    by_a_link_of_another_site: ((app, "SAME_SITE", "lax"),),
    in_a_frame_of_another_server: ((app, "sent_for_by_us", lambda _request: True), NO_POLICY),
    by_a_script_that_is_in_the_page: ((program, "build", _drawn_without_a_policy), NO_POLICY),
    by_a_script_that_reads_the_cookie: ((app, "HTTP_ONLY", False),),
    by_a_name_that_leads_here_now: (
        (guard, "served", lambda _scope, _hosts: True),
        (app, "near", lambda _request: True),
    ),
}
"""Each attack, and the guards without which it succeeds."""


def tried(attack: Attack, browser: Browser) -> bool:
    with serving.opened(loading.catalogue, unkept="", announced=False) as window:
        assert window.program.page()
        return attack(browser, window)


@pytest.mark.parametrize("attack", LEAKS, ids=lambda one: one.__name__)
def test_an_attack_is_kept_out(browser: Browser, attack: Attack, monkeypatch: pytest.MonkeyPatch) -> None:
    if attack is by_a_script_that_is_in_the_page:
        monkeypatch.setattr(program, "build", _drawn)
    assert not tried(attack, browser)


@pytest.mark.parametrize("attack", LEAKS, ids=lambda one: one.__name__)
def test_without_its_guard_an_attack_gets_in(browser: Browser, attack: Attack, monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name, nothing in LEAKS[attack]:
        monkeypatch.setattr(owner, name, nothing)
    assert tried(attack, browser), "kept out all the same: either the guard is not needed or this test is blind"
