"""The window in which the program's own session is signed out.

It may do one thing beside reading: be led once to the address of the form or link that is pressed, which was read off
it before.
"""

from __future__ import annotations

import json
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from privacyaudit.browser import playwright_errors, session
from privacyaudit.browser.gate import ReadingGate
from privacyaudit.browser.gate.addresses import dangerous
from privacyaudit.browser.gate.jars import Jars, place
from privacyaudit.browser.gate.rules import READING, same
from privacyaudit.browser.locate import named
from privacyaudit.model import Disclosure, Platform, SignOut

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, StorageState

_LOAD_MS = 20_000
_PRESS_MS = 5_000
_FIND_S = 12.0
_QUIET_S = 1.5
_SENT_S = 4.0
_SETTLE_S = 3.0
_STILL_S = 0.3
_REFUSED_S = 0.5
_POLL_MS = 25
_WRONG = 400

_PRESSED = "self::a[@href] or self::button or self::input"


class Pressed(NamedTuple):
    """The cookies that the site gave meanwhile, those that are left, and what else is; where it has led to; and whether
    it would not sign out, or led on to where we may not go.
    """

    jars: Jars
    left: list[dict[str, Any]]
    kept: StorageState
    landed: str = ""
    was_refused: bool = False


def press(running: Browser, platform: Platform, how: SignOut, state: StorageState) -> Pressed:
    """Press the one thing that signs out, and let nothing be sent but what was read off it before."""
    hosts = {*platform.hosts, *(platform.sign_in.hosts if platform.sign_in else ())}
    with closing(ReadingGate(hosts, platform.dangerous)) as gate:
        context = running.new_context(
            storage_state=state, service_workers="block", accept_downloads=False, proxy={"server": gate.address}
        )
        session.give(context, state)
        gate.jars = Jars(context.cookies())
        page = context.new_page()
        page.set_default_timeout(_PRESS_MS)
        gate.permit(how.open)
        with suppress(playwright_errors.error()):
            page.goto(how.open, timeout=_LOAD_MS, wait_until="commit")
        button = _to_press(page, gate, how)
        address = _address(page, button) if button else ""
        harmless = not dangerous(address, platform.dangerous, leaving=True)
        if button and address and harmless and not _sent_unasked(gate, address):
            button.click(trial=True, no_wait_after=True)
            pressed = time.monotonic()
            gate.permit(address)
            button.click(no_wait_after=True)
            _wait(page, gate, address, pressed)
            _settle(page, gate)
            landed = page.url if page.url.startswith("http") and same(page.url) != same(address) else ""
            was_refused = _was_refused(gate, address, pressed)
            return Pressed(gate.jars, _left(context, gate.jars), session.of(context), landed, was_refused)
        return Pressed(gate.jars, _left(context, gate.jars), session.of(context))


def _left(context: BrowserContext, jars: Jars) -> list[dict[str, Any]]:
    """Return the cookies that the browser has, and those given meanwhile that it has kept for a moment only."""
    kept: list[Any] = context.cookies()
    places = {place(one) for one in kept}
    return [*kept, *(one for one in jars.given() if place(one) not in places)]


def _settle(page: Page, gate: ReadingGate) -> None:
    """Let the page to which signing out has led do what it does at once, such as set a cookie by a script."""
    until = time.monotonic() + _SETTLE_S
    with suppress(playwright_errors.error()):
        page.wait_for_load_state("load", timeout=_SETTLE_S * 1000)
    while time.monotonic() < until and not _is_quiet(gate, _STILL_S):
        page.wait_for_timeout(_POLL_MS)


def _to_press(page: Page, gate: ReadingGate, how: SignOut) -> Locator | None:
    """Wait for the one thing that signs out, and unfold its menu if need be; None where there is none, or two."""
    until = time.monotonic() + _FIND_S
    unfolded = False
    while time.monotonic() < until:
        found = [element for element in named(page, how.press) if element.is_visible()]
        if len(found) == 1:
            return _itself(found[0])
        if how.expand and not unfolded:
            unfolded = _unfold(page, how.expand)
        elif _is_quiet(gate):
            break
        page.wait_for_timeout(_POLL_MS)
    return None


def _itself(item: Locator) -> Locator:
    """Return the button or link that an item of a menu has within it, or the item where it is one."""
    if item.locator(f"xpath=self::*[{_PRESSED}]").count():
        return item
    inside = item.locator("a[href], button, input[type=submit]")
    return inside.first if inside.count() == 1 else item


def _unfold(page: Page, menu: Disclosure) -> bool:
    """Press what unfolds a menu, if it is there, and cannot send a form."""
    buttons = [element for element in named(page, menu) if element.is_visible()]
    if len(buttons) != 1:
        return False
    if buttons[0].get_attribute("aria-expanded") != "true" and not _sends(page, buttons[0]):
        buttons[0].click(no_wait_after=True)
    return True


def _is_quiet(gate: ReadingGate, seconds: float = _QUIET_S) -> bool:
    asked = gate.traffic.all()
    return bool(asked) and all(one.ended and time.monotonic() - one.ended > seconds for one in asked)


def _sends(page: Page, button: Locator) -> bool:
    return button.get_attribute("type") not in ("button", "reset") and _form(page, button) is not None


def _form(page: Page, button: Locator) -> Locator | None:
    """Return the form that a button belongs to."""
    name = button.get_attribute("form")
    form = page.locator(f"form[id={json.dumps(name)}]") if name else button.locator("xpath=ancestor::form[1]")
    return form.first if form.count() else None


def _address(page: Page, pressed: Locator) -> str:
    """Return where the form of a button, or a link, would lead; empty where nothing says so.

    What leads nowhere else by itself (a button outside any form, a link to `#`) has an address that only the scripts
    of the page know.
    """
    base = page.locator("base[href]")
    here = urljoin(page.url, (base.first.get_attribute("href") or "") if base.count() else "")
    link = pressed.get_attribute("href")
    if link is not None and pressed.locator("xpath=self::a").count():
        to = urljoin(here, link.strip())
        return to if urlsplit(to).scheme in ("http", "https") and same(to) != same(page.url) else ""
    form = _form(page, pressed)
    if form is None or not _sends(page, pressed):
        return ""
    said = pressed.get_attribute("formaction")
    if said is None:
        said = form.get_attribute("action")
    return urljoin(here, said.strip()) if said and said.strip() else page.url


def _sent_unasked(gate: ReadingGate, address: str) -> bool:
    """Tell whether the page has tried by itself, before anything was pressed, to send something to that address.

    What it sends there then need not be what was pressed.
    """
    sent = [one for one in gate.traffic.refused() if one.method not in READING and one.kind in ("document", "")]
    return any(one.mark == hash(same(address)) for one in sent)


def _wait(page: Page, gate: ReadingGate, address: str, pressed: float) -> None:
    """Wait until the site has answered what was pressed: not long where nothing was sent, or something else."""
    while (passed := time.monotonic() - pressed) < _LOAD_MS / 1000:
        last = gate.led(address)
        sent = last is not None and last.began >= pressed
        if (last and sent and last.ended) or (
            not sent and passed > (_REFUSED_S if _refused(gate, pressed) else _SENT_S)
        ):
            return
        page.wait_for_timeout(_POLL_MS)


def _was_refused(gate: ReadingGate, address: str, pressed: float) -> bool:
    """Tell whether the site answered what was pressed with an error, or sent the page on to where the gate stopped it.

    There may be a second site, of whoever signs people in there, that was to end a session too.
    """
    last = gate.led(address)
    if last and last.began >= pressed and ((last.status or 0) >= _WRONG or last.refusal):
        return True
    return any(
        one.began >= pressed and one.kind == "document" and one.method == "GET" for one in gate.traffic.refused()
    )


def _refused(gate: ReadingGate, since: float) -> bool:
    return any(one.began >= since and one.method not in READING for one in gate.traffic.refused())
