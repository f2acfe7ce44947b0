"""Typing into a sign-in form what was saved for it: at the saved origin only, and nothing twice.

The site may answer with another page, or change this one without leaving it. Whoever is in is recognised by what the
checklist calls the proof, which is waited for, in a tab of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from privacyaudit.browser import playwright_errors, session
from privacyaudit.browser.apart import Aside
from privacyaudit.browser.locate import locate
from privacyaudit.browser.session import Keeper
from privacyaudit.errors import SignInError
from privacyaudit.i18n import _
from privacyaudit.model import Find, Form, Platform, origin_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_LOAD_MS = 20_000
_STEP_S = 15.0
_PROOF_S = 10.0
_QUIET_S = 0.5
_NO_PROOF_S = 2.0
_POLL_MS = 50
_TOO_MANY = 429


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


class Filling:
    """One sign-in by form, on the page that is open."""

    def __init__(self, page: Page, platform: Platform, credentials: Credentials, keeper: Keeper, aside: Aside) -> None:
        assert platform.sign_in is not None
        assert platform.sign_in.form is not None
        self._page = page
        self._platform = platform
        self._form: Form = platform.sign_in.form
        self._credentials = credentials
        self._keeper = keeper
        self._aside = aside

    def sign_in(self) -> bool:
        """Type and press, and tell whether the site now shows what only somebody who is signed in can see.

        Raises SignInError when the site refuses, or when the form is not the one that the checklist knows.
        """
        form = self._form
        if not self._soon(lambda: _one(self._page, form.user) is not None):
            raise SignInError(
                _("The sign-in form of {platform} does not look as expected. Nothing was typed.").format(
                    platform=_(self._platform.name)
                ),
                _("Sign in by hand (leave out --fill), or answer the questions by hand."),
            )
        self._type(form.user, self._credentials.user)
        if form.user_submit:
            self._press(form.user_submit)
            self._soon(lambda: _one(self._page, form.password) is not None)
        self._type(form.password, self._credentials.password)
        stage = self._answer_to(form.submit)
        if stage is _Stage.CODE:
            stage = self._give_code()
        if stage is _Stage.PASSWORD:
            raise self._refusal()
        if self._is_in():
            return True
        if (stage := self._stage()) is _Stage.PASSWORD or self._takes_no_more():
            raise self._refusal()
        return False

    def _give_code(self) -> _Stage:
        assert self._form.code is not None
        if self._credentials.code is None:
            raise SignInError(
                _("{platform} asks for a one-time code, but you have not saved the key for its codes.").format(
                    platform=_(self._platform.name)
                ),
                _("Save the key with “privacyaudit keys add {platform}”, or sign in by hand.").format(
                    platform=self._platform.id
                ),
            )
        self._type(self._form.code, self._aside.in_front(self._credentials.code, self._keeper.look))
        stage = self._answer_to(self._form.code_submit or self._form.submit)
        if stage is _Stage.CODE:
            if self._takes_no_more():
                raise self._refusal()
            raise SignInError(
                _("{platform} did not accept the one-time code. The program did not try again.").format(
                    platform=_(self._platform.name)
                ),
                _("Check this computer's clock and the saved code, or sign in by hand."),
            )
        return stage

    def _takes_no_more(self) -> bool:
        """Tell whether the site said that there were too many tries, by its answer or in words."""
        if _TOO_MANY in self._keeper.statuses:
            return True
        text = self._page.locator("body").inner_text().lower()
        return any(words.lower() in text for words in self._form.locked)

    def _refusal(self) -> SignInError:
        if self._takes_no_more():
            return SignInError(
                _("{platform} is not accepting sign-ins at the moment. The program did not try again.").format(
                    platform=_(self._platform.name)
                ),
                _("Wait as long as the site says, then sign in by hand."),
            )
        return SignInError(
            _("{platform} did not accept the user name or password. The program did not try again.").format(
                platform=_(self._platform.name)
            ),
            _("Correct the saved sign-in with “privacyaudit keys add {platform}”, or sign in by hand.").format(
                platform=self._platform.id
            ),
        )

    def _type(self, find_field: Find, text: str) -> None:
        page, origin = self._page, self._credentials.origin
        field = _one(page, find_field)
        if field is None:
            raise SignInError(
                _("A field of the sign-in form is missing or appears twice. Nothing was typed into that field."),
                _("Sign in by hand (leave out --fill), or answer the questions by hand."),
            )
        action = field.evaluate("field => field.form ? field.form.getAttribute('action') || '' : ''")
        for where in (page.url, urljoin(page.url, str(action))):
            if origin_of(where) != origin:
                raise SignInError(
                    _("The form is on {other}, but you saved your sign-in for {origin}. Nothing was typed.").format(
                        other=origin_of(where), origin=origin
                    ),
                    _(
                        "If that address is right, save the sign-in again: privacyaudit keys add NAME --at {other}. "
                        "If not, sign in by hand."
                    ).format(other=origin_of(where)),
                )
        field.fill(text)

    def _press(self, find_button: Find) -> None:
        button = _one(self._page, find_button)
        if button is None:
            raise SignInError(_("The button of the sign-in form is missing."), _("Sign in by hand (leave out --fill)."))
        self._aside.go_on()
        button.click()

    def _answer_to(self, button: Find) -> _Stage:
        """Press a button, and return where the site has led: by another document, or by another step in this one."""
        before, stage = _mark(self._page), self._stage()
        self._keeper.begin(pressing=True)
        self._press(button)

        def moved() -> bool:
            return before.count() == 0 or self._stage() is not stage or self._refused()

        self._soon(moved)
        self._page.wait_for_load_state("load", timeout=_LOAD_MS)
        if before.count():
            self._soon(self._came_to_rest)
        return self._stage()

    def _refused(self) -> bool:
        return any(400 <= status < 500 for status in self._keeper.statuses) and self._keeper.is_quiet(_QUIET_S)

    def _came_to_rest(self) -> bool:
        """Tell whether a page that stays is done: what it shows while it waits for the site is no answer."""
        return self._keeper.is_quiet(_QUIET_S) or self._shows_proof(self._page)

    def _stage(self) -> _Stage:
        if self._form.code and _one(self._page, self._form.code) is not None:
            return _Stage.CODE
        if _one(self._page, self._form.password) is not None:
            return _Stage.PASSWORD
        return _Stage.ELSEWHERE

    def _shows_proof(self, page: Page) -> bool:
        return self._platform.signed_in is not None and bool(locate(page, self._platform.signed_in.find))

    def _is_in(self) -> bool:
        """Wait, in a second tab, for what only somebody who is signed in can see."""
        proof = self._platform.signed_in
        if proof is None:
            return True
        tab = self._page.context.new_page()
        try:
            session.give(tab, self._keeper.whole())
            tab.goto(proof.open, timeout=_LOAD_MS)
            self._soon(lambda: self._shows_proof(tab) or self._keeper.is_quiet(_NO_PROOF_S), _PROOF_S)
            return self._shows_proof(tab)
        finally:
            tab.close()

    def _soon(self, true: Callable[[], bool], seconds: float = _STEP_S) -> bool:
        """Wait until something is true, handing the session over meanwhile. Raises BrokenOffError."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._aside.go_on()
            self._keeper.look()
            try:
                if true():
                    return True
            except playwright_errors.error():
                pass
            self._page.wait_for_timeout(_POLL_MS)
        return False


def _one(page: Page, find: Find) -> Locator | None:
    visible = [element for element in locate(page, find) if element.is_visible()]
    return visible[0] if len(visible) == 1 else None


def _mark(page: Page) -> Locator:
    """Remember the document that is shown now, by an attribute that the next document does not have."""
    page.evaluate("document.documentElement.setAttribute('data-before', '')")
    return page.locator("html[data-before]")
