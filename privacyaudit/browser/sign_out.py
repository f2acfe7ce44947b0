"""Signing the program's own session out, and proving it.

This happens in a window of its own that may do one thing beside reading: send the one form on the page that the
checklist declares as its sign-out page. The proof is a guarded look with the old session.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from privacyaudit.browser import find, launch, playwright_errors
from privacyaudit.browser.gate import Gate
from privacyaudit.browser.guard import PAGE_LOCK, READING, Guard
from privacyaudit.browser.locate import named
from privacyaudit.browser.visit import Visit
from privacyaudit.model import Platform, Reason, SignedOut, SignOut

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright, Route, StorageState

_LOAD_MS = 20_000


def sign_out(driver: Playwright, program: find.Browser, platform: Platform, state: StorageState) -> SignedOut:
    """End the session and look whether the site still accepts it.

    Returns `confirmed` only when a settings page no longer takes the old session for somebody who is signed in: it
    leads to the sign-in page, or answers 401, or lacks the proof of a sign-in. Returns `left_to_you` when the checklist
    declares no way to sign out.
    """
    if platform.sign_out is None or platform.signed_in is None:
        return SignedOut.LEFT_TO_YOU
    try:
        with launch.browser(driver, program, Gate(()), headless=True) as running:
            _press(running, platform, platform.sign_out, state)
            return SignedOut.CONFIRMED if _is_out(running, platform, state) else SignedOut.NOT_CONFIRMED
    except playwright_errors.error():
        return SignedOut.NOT_CONFIRMED


def _press(running: Browser, platform: Platform, how: SignOut, state: StorageState) -> None:
    sent: list[str] = []
    hosts = {*platform.hosts, *(platform.sign_in.hosts if platform.sign_in else ())}

    def only_this_form(route: Route) -> None:
        request = route.request
        here = urlsplit(request.url)
        form = (
            request.method == "POST"
            and request.is_navigation_request()
            and here.netloc == urlsplit(how.open).netloc
            and not sent
        )
        if form:
            sent.append(request.url)
        if here.netloc in hosts and (form or request.method in READING):
            route.continue_()
        else:
            route.abort()

    with closing(Gate(hosts)) as gate:
        context = running.new_context(
            storage_state=state, service_workers="block", accept_downloads=False, proxy={"server": gate.address}
        )
        context.route("**/*", only_this_form)
        context.route_web_socket(lambda _url: True, lambda socket: socket.close())
        context.add_init_script(PAGE_LOCK)
        page = context.new_page()
        page.goto(how.open, timeout=_LOAD_MS)
        buttons = named(page, how.press)
        if len(buttons) == 1:
            with page.expect_navigation(timeout=_LOAD_MS):
                buttons[0].click()


def _is_out(running: Browser, platform: Platform, state: StorageState) -> bool:
    assert platform.signed_in is not None
    with closing(Gate(platform.hosts)) as gate:
        guard = Guard(gate, platform.hosts, platform.dangerous)
        page = guard.context(running, state).new_page()
        return Visit(page, guard, platform).open(platform.signed_in.open, first=True) is Reason.NOT_SIGNED_IN
