"""Signing in: by hand in an ordinary window, or by typing into the fields that a checklist names.

This is the one phase in which a site may be written to, so it happens in a browser of its own, without guard. By hand,
the program keeps its hands off. The pages have a gate of their own; what the browser wants for itself comes to another
one, which lets nothing through. With `fill` it types at the saved origin only, presses what the form names, tries
nothing twice, and stops at anything it does not expect.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from privacyaudit.browser import find, launch, playwright_errors, reach
from privacyaudit.browser.gate import Gate
from privacyaudit.browser.locate import locate
from privacyaudit.errors import BrowserError, SignInError
from privacyaudit.i18n import _
from privacyaudit.model import Find, Form, Platform, origin_of

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page, Playwright, StorageState

_LOAD_MS = 20_000
_STEP_S = 15.0
_POLL_MS = 50


@dataclass(frozen=True)
class Credentials:
    """What is typed, the origin it may be typed at, and where a fresh one-time code comes from."""

    origin: str
    user: str
    password: str
    code: Callable[[], str] | None

    def __repr__(self) -> str:
        return f"Credentials(origin={self.origin!r})"


class _Stage(Enum):
    PASSWORD = "password"  # noqa: S105
    CODE = "code"
    ELSEWHERE = "elsewhere"


def by_hand(
    driver: Playwright,
    program: find.Browser,
    platform: Platform,
    *,
    wait: Callable[[Platform], bool],
    hold: Callable[[StorageState], None],
) -> StorageState | None:
    """Show the sign-in page in a window and wait until the person says that they are in.

    `wait` returns False when the person would rather not. Returns the session, which is never on the disk, or None.
    `hold` is told the session also when this breaks off, so that whoever holds it can sign it out.
    Raises BrowserError.
    """
    assert platform.sign_in is not None
    find.need_screen()
    with launch.browser(driver, program, Gate(()), headless=False) as running, closing(Gate(None)) as gate:
        context = running.new_context(no_viewport=True, proxy={"server": gate.address})
        page = context.new_page()
        try:
            page.goto(platform.sign_in.open, timeout=_LOAD_MS)
        except playwright_errors.error() as error:
            raise _not_opened(platform, error.message) from error
        with _held(context, hold):
            if not wait(platform):
                return None
        try:
            return context.storage_state()
        except playwright_errors.error() as error:
            raise BrowserError(
                _("The window was closed before the audit could go on."), _("Start again, and leave the window open.")
            ) from error


def by_filling(
    driver: Playwright,
    program: find.Browser,
    platform: Platform,
    credentials: Credentials,
    *,
    headless: bool,
    hand_over: Callable[[Platform], bool],
    hold: Callable[[StorageState], None],
) -> StorageState | None:
    """Type user name, password and one-time code, and return the session; `hold` is told it also when this breaks off.

    Raises SignInError when the site refuses (nothing is tried a second time) or wants something that only a person can
    give and there is no window; with a window, `hand_over` lets the person finish. Raises SignInError, before anything
    is typed, when the form stands at another origin than the one the credentials were saved for.
    """
    assert platform.sign_in is not None
    assert platform.sign_in.form is not None
    if not headless:
        find.need_screen()
    hosts = {*platform.hosts, *platform.sign_in.hosts} if headless else None
    with launch.browser(driver, program, Gate(()), headless=headless) as running, closing(Gate(hosts)) as gate:
        context = running.new_context(service_workers="block", accept_downloads=False, proxy={"server": gate.address})
        page = context.new_page()
        try:
            page.goto(platform.sign_in.open, timeout=_LOAD_MS)
        except playwright_errors.error() as error:
            raise _not_opened(platform, error.message) from error
        try:
            with _held(context, hold):
                _fill(page, platform, platform.sign_in.form, credentials)
            if not _is_in(context, platform) and (headless or not hand_over(platform)):
                raise SignInError(
                    _("{platform} wants something that only you can give.").format(platform=_(platform.name)),
                    _("Sign in by hand (leave out --headless and --fill), or answer the questions by hand."),
                )
            return context.storage_state()
        except playwright_errors.error() as error:
            raise SignInError(
                _("The sign-in page of {platform} closed early or stopped answering.").format(
                    platform=_(platform.name)
                ),
                _("Check your connection, or answer by hand."),
            ) from error


def _not_opened(platform: Platform, said: str) -> BrowserError:
    assert platform.sign_in is not None
    what = _("The sign-in page of {platform} did not open.").format(platform=_(platform.name))
    if reason := reach.reason(said, platform.sign_in.open):
        return reach.NotReachedError(what, reason)
    return BrowserError(what, _("Check your connection, or answer by hand."))


@contextmanager
def _held(context: BrowserContext, hold: Callable[[StorageState], None]) -> Iterator[None]:
    """Hand over the session, if there is one by then, also when what is done meanwhile breaks off."""
    try:
        yield
    finally:
        with suppress(playwright_errors.error()):
            state = context.storage_state()
            if state.get("cookies"):
                hold(state)


def _fill(page: Page, platform: Platform, form: Form, credentials: Credentials) -> None:
    if not _soon(page, lambda: _one(page, form.user) is not None):
        raise SignInError(
            _("The sign-in form of {platform} is not the one we know. Nothing was typed.").format(
                platform=_(platform.name)
            ),
            _("Sign in by hand (leave out --fill), or answer the questions by hand."),
        )
    _type(page, form.user, credentials.user, credentials)
    if form.user_submit:
        _press(page, form.user_submit)
        _soon(page, lambda: _one(page, form.password) is not None)
    _type(page, form.password, credentials.password, credentials)
    before = _mark(page)
    _press(page, form.submit)
    _after_press(page, form, before)
    stage = _stage(page, form)
    if stage is _Stage.PASSWORD:
        _refuse_password(page, platform, form)
    if stage is _Stage.CODE:
        _give_code(page, platform, form, credentials)


def _give_code(page: Page, platform: Platform, form: Form, credentials: Credentials) -> None:
    assert form.code is not None
    if credentials.code is None:
        raise SignInError(
            _("{platform} asks for a one-time code, and none is saved for it.").format(platform=_(platform.name)),
            _("Save one with “privacyaudit keys add {platform}”, or sign in by hand.").format(platform=platform.id),
        )
    _type(page, form.code, credentials.code(), credentials)
    before = _mark(page)
    _press(page, form.code_submit or form.submit)
    _after_press(page, form, before)
    stage = _stage(page, form)
    if stage is _Stage.CODE:
        raise SignInError(
            _("{platform} did not accept the one-time code. It was not tried again.").format(platform=_(platform.name)),
            _("Check the clock of this computer and the saved code, or sign in by hand."),
        )
    if stage is _Stage.PASSWORD:
        _refuse_password(page, platform, form)


def _refuse_password(page: Page, platform: Platform, form: Form) -> None:
    text = page.locator("body").inner_text()
    if any(words.lower() in text.lower() for words in form.locked):
        raise SignInError(
            _("{platform} takes no more sign-ins for now. It was not tried again.").format(platform=_(platform.name)),
            _("Wait as long as the site says, then sign in by hand."),
        )
    raise SignInError(
        _("{platform} did not accept the user name or password. It was not tried again.").format(
            platform=_(platform.name)
        ),
        _("Correct them with “privacyaudit keys add {platform}”, or sign in by hand.").format(platform=platform.id),
    )


def _type(page: Page, find_field: Find, text: str, credentials: Credentials) -> None:
    field = _one(page, find_field)
    if field is None:
        raise SignInError(
            _("A field of the sign-in form is missing or there are two of it. Nothing was typed into it."),
            _("Sign in by hand (leave out --fill), or answer the questions by hand."),
        )
    action = field.evaluate("field => field.form ? field.form.getAttribute('action') || '' : ''")
    for where in (page.url, urljoin(page.url, str(action))):
        if origin_of(where) != credentials.origin:
            raise SignInError(
                _("The form stands at {other}, but your sign-in was saved for {origin}. Nothing was typed.").format(
                    other=origin_of(where), origin=credentials.origin
                ),
                _(
                    "If that is right, save it again: privacyaudit keys add NAME --at {other}. If not, sign in by hand."
                ).format(other=origin_of(where)),
            )
    field.fill(text)


def _press(page: Page, find_button: Find) -> None:
    button = _one(page, find_button)
    if button is None:
        raise SignInError(_("The button of the sign-in form is missing."), _("Sign in by hand (leave out --fill)."))
    button.click()


def _one(page: Page, find: Find) -> Locator | None:
    visible = [element for element in locate(page, find) if element.is_visible()]
    return visible[0] if len(visible) == 1 else None


def _stage(page: Page, form: Form) -> _Stage:
    if form.code and _one(page, form.code) is not None:
        return _Stage.CODE
    if _one(page, form.password) is not None:
        return _Stage.PASSWORD
    return _Stage.ELSEWHERE


def _mark(page: Page) -> Locator:
    """Remember the document that is shown now, by an attribute that the next document does not have."""
    page.evaluate("document.documentElement.setAttribute('data-before', '')")
    return page.locator("html[data-before]")


def _after_press(page: Page, form: Form, before: Locator) -> None:
    """Wait until the site has answered: another document, or another step of the same form."""
    stage = _stage(page, form)
    _soon(page, lambda: before.count() == 0 or _stage(page, form) is not stage)
    page.wait_for_load_state("load", timeout=_LOAD_MS)


def _soon(page: Page, true: Callable[[], bool]) -> bool:
    until = time.monotonic() + _STEP_S
    while time.monotonic() < until:
        try:
            if true():
                return True
        except playwright_errors.error():
            pass
        page.wait_for_timeout(_POLL_MS)
    return False


def _is_in(context: BrowserContext, platform: Platform) -> bool:
    """Look, in a second tab, whether the site now shows what only somebody who is signed in can see."""
    proof = platform.signed_in
    if proof is None:
        return True
    page = context.new_page()
    try:
        page.goto(proof.open, timeout=_LOAD_MS)
        return bool(locate(page, proof.find))
    finally:
        page.close()
