"""Signing in: by hand in an ordinary window, or by typing into the fields that a checklist names.

This is the one phase in which a site may be written to, so it happens in a browser of its own, without guard. By hand,
the program keeps its hands off. The pages have a gate of their own; what the browser wants for itself comes to another
one, which lets nothing through. With `fill` it types at the saved origin only, presses what the form names, tries
nothing twice, and stops at anything it does not expect.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privacyaudit.browser import find, launch, playwright_errors, reach
from privacyaudit.browser.apart import Aside, apart
from privacyaudit.browser.fill import Credentials, Filling
from privacyaudit.browser.gate import Gate
from privacyaudit.browser.session import Hold, Keeper
from privacyaudit.errors import BrowserError, SignInError
from privacyaudit.i18n import _
from privacyaudit.model import Platform

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright, StorageState

__all__ = ["Credentials", "by_filling", "by_hand"]

_LOAD_MS = 20_000


@dataclass(frozen=True)
class _By:
    """What signing in takes, whoever does it. `hold` is told the session as soon as there is one."""

    program: find.Browser
    platform: Platform
    hold: Hold


def by_hand(
    program: find.Browser,
    platform: Platform,
    *,
    wait: Callable[[Platform], bool],
    hold: Hold,
) -> StorageState | None:
    """Show the sign-in page in a window and wait until the person says that they are in.

    `wait` returns False when the person would rather not. Returns the session, which is never on the disk, or None.
    `hold` is told the session as soon as there is one, and whenever it changes, so that whoever holds it can sign it
    out whatever happens meanwhile. Raises BrowserError.
    """
    find.need_screen()
    return apart(lambda driver, aside: _by_hand(driver, aside, _By(program, platform, hold), wait))


def by_filling(
    program: find.Browser,
    platform: Platform,
    credentials: Credentials,
    *,
    headless: bool,
    hand_over: Callable[[Platform], bool],
    hold: Hold,
) -> StorageState | None:
    """Type user name, password and one-time code, and return the session; `hold` is told it as with `by_hand`.

    Raises SignInError when the site refuses (nothing is tried a second time) or wants something that only a person can
    give and there is no window; with a window, `hand_over` lets the person finish. Raises SignInError, before anything
    is typed, when the form stands at another origin than the one the credentials were saved for.
    """
    if not headless:
        find.need_screen()
    by = _By(program, platform, hold)
    return apart(lambda driver, aside: _by_filling(driver, aside, by, credentials, None if headless else hand_over))


def _by_hand(driver: Playwright, aside: Aside, by: _By, wait: Callable[[Platform], bool]) -> StorageState | None:
    with launch.browser(driver, by.program, Gate(()), headless=False) as running, closing(Gate(None)) as gate:
        context = running.new_context(no_viewport=True, proxy={"server": gate.address})
        page = context.new_page()
        keeper = Keeper(context, by.hold)
        with keeper.to_the_end():
            _open(page, by.platform)
            keeper.begin()
            if not aside.in_front(lambda: wait(by.platform), keeper.look):
                return None
        try:
            return keeper.whole()
        except playwright_errors.error() as error:
            raise BrowserError(
                _("The window was closed before the audit could continue."),
                _("Start again, and leave the window open."),
            ) from error


def _by_filling(
    driver: Playwright,
    aside: Aside,
    by: _By,
    credentials: Credentials,
    hand_over: Callable[[Platform], bool] | None,
) -> StorageState | None:
    platform = by.platform
    assert platform.sign_in is not None
    hosts = None if hand_over else {*platform.hosts, *platform.sign_in.hosts}
    with (
        launch.browser(driver, by.program, Gate(()), headless=hand_over is None) as running,
        closing(Gate(hosts)) as gate,
    ):
        context = running.new_context(service_workers="block", accept_downloads=False, proxy={"server": gate.address})
        page = context.new_page()
        keeper = Keeper(context, by.hold)
        try:
            with keeper.to_the_end():
                _open(page, platform)
                is_in = Filling(page, platform, credentials, keeper, aside).sign_in()
                if not is_in and not (hand_over and _finished(aside, platform, hand_over, keeper)):
                    raise SignInError(
                        _("{platform} asks for something that only you can provide.").format(platform=_(platform.name)),
                        _("Sign in by hand (leave out --headless and --fill), or answer the questions by hand."),
                    )
                return keeper.whole()
        except playwright_errors.error() as error:
            raise SignInError(
                _("The sign-in page of {platform} closed early or stopped answering.").format(
                    platform=_(platform.name)
                ),
                _("Check your connection, or answer by hand."),
            ) from error


def _finished(aside: Aside, platform: Platform, hand_over: Callable[[Platform], bool], keeper: Keeper) -> bool:
    return aside.in_front(lambda: hand_over(platform), keeper.look)


def _open(page: Page, platform: Platform) -> None:
    assert platform.sign_in is not None
    try:
        page.goto(platform.sign_in.open, timeout=_LOAD_MS)
    except playwright_errors.error() as error:
        what = _("The sign-in page of {platform} did not open.").format(platform=_(platform.name))
        if reason := reach.reason(error.message, platform.sign_in.open):
            raise reach.NotReachedError(what, reason) from error
        raise BrowserError(what, _("Check your connection, or answer by hand.")) from error
