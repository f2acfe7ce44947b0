"""Signing the program's own session out, and proving it.

This happens in a window of its own that may do one thing beside reading: be led once to the address of the form or link
that is pressed, which was read off it before. The proof is a guarded look with the old session.
"""

from __future__ import annotations

import json
import time
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from privacyaudit.browser import find, launch, playwright_errors
from privacyaudit.browser.gate import Gate, ReadingGate
from privacyaudit.browser.locate import named
from privacyaudit.browser.tabs import Tabs
from privacyaudit.model import Platform, Reason, SignedOut, SignOut

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Playwright, StorageState

_LOAD_MS = 20_000
_POLL_MS = 25


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
    """Press the one thing that signs out, and let nothing be sent but what was read off it before."""
    hosts = {*platform.hosts, *(platform.sign_in.hosts if platform.sign_in else ())}
    with closing(ReadingGate(hosts, platform.dangerous)) as gate:
        context = running.new_context(
            storage_state=state, service_workers="block", accept_downloads=False, proxy={"server": gate.address}
        )
        page = context.new_page()
        gate.permit(how.open)
        page.goto(how.open, timeout=_LOAD_MS)
        buttons = named(page, how.press)
        if len(buttons) == 1 and (action := _action(page, buttons[0])):
            gate.permit(action)
            buttons[0].click()
            _wait(page, gate, action)
        gate.close()
        context.close()


def _action(page: Page, button: Locator) -> str:
    """Return where the form of a button, or a link, would lead; empty where nothing says so."""
    form = button.locator("xpath=ancestor::form")
    said = button.get_attribute("formaction") or button.get_attribute("href")
    if said is None and (name := button.get_attribute("form")):
        form = page.locator(f"form[id={json.dumps(name)}]")
    if said is None and form.count():
        said = form.first.get_attribute("action") or ""
    base = page.locator("base[href]")
    here = urljoin(page.url, (base.first.get_attribute("href") or "") if base.count() else "")
    return "" if said is None else urljoin(here, said.strip())


def _wait(page: Page, gate: ReadingGate, action: str) -> None:
    """Wait until the site has answered what was pressed, for as long as a page may take."""
    until = time.monotonic() + _LOAD_MS / 1000
    while time.monotonic() < until:
        last = gate.led(action)
        if last and last.ended:
            return
        page.wait_for_timeout(_POLL_MS)


def _is_out(running: Browser, platform: Platform, state: StorageState) -> bool:
    assert platform.signed_in is not None
    with closing(ReadingGate(platform.hosts, platform.dangerous)) as gate:
        look = Tabs(running, gate, platform, state).open(platform.signed_in.open, proves=True)
        return look.opened() is Reason.NOT_SIGNED_IN
