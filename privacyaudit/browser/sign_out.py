"""Signing the program's own session out, and proving it: by a guarded look with the old one, and at what is left."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from privacyaudit.browser import find, launch, playwright_errors
from privacyaudit.browser.accepted import Accepted
from privacyaudit.browser.gate import Gate
from privacyaudit.browser.left_over import LeftOver
from privacyaudit.browser.press import press
from privacyaudit.browser.states import States, with_cookies
from privacyaudit.model import Platform, SignedOut, SignOut

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright, StorageState

_LIMIT_S = 80.0
_TURNS = 3


def sign_out(
    driver: Playwright,
    program: find.Browser,
    platform: Platform,
    state: StorageState,
    others: Sequence[StorageState] = (),
) -> SignedOut:
    """End the session and look whether the site still accepts it, or one of `others`, which are ended too.

    So are those that the site gives meanwhile. Returns `confirmed` only when the site says of each of them what it says
    of nobody in particular; `left_to_you` when the checklist declares no way to sign out.
    """
    if platform.sign_out is None or platform.signed_in is None:
        return SignedOut.LEFT_TO_YOU
    try:
        with launch.browser(driver, program, Gate(()), headless=True) as running:
            known = States(platform.signed_in.open, (state, *others))
            try:
                ask = Accepted(running, platform, platform.signed_in, known.all())
            except playwright_errors.error():
                press(running, platform, platform.sign_out, state)
                return SignedOut.NOT_CONFIRMED
            is_out = _end(running, platform, platform.sign_out, known, ask)
            return SignedOut.CONFIRMED if is_out else SignedOut.NOT_CONFIRMED
    except playwright_errors.error():
        return SignedOut.NOT_CONFIRMED


def _end(running: Browser, platform: Platform, how: SignOut, known: States, ask: Accepted) -> bool:
    """End one session after the other until none is left, and tell whether that is so."""
    until = time.monotonic() + _LIMIT_S
    taken: set[str] = set()
    left_over = LeftOver(platform, how, ask)
    tried: list[StorageState] = []
    alive = [ask.first]
    for turn in range(_TURNS):
        for state in alive:
            if state is not alive[0] and not ask.alive([state]):
                continue
            if time.monotonic() > until:
                return False
            ask.try_alone(state if turn else ask.heir_of(state))
            tried.append(state if turn else ask.heir_of(state))
            pressed = press(running, platform, how, tried[-1])
            if pressed.was_refused:
                return False
            taken |= pressed.jars.taken()
            left_over.add(pressed.left, pressed.kept, pressed.landed)
            known.add(with_cookies(state, been) for been in pressed.jars.been())
            known.add([with_cookies(state, pressed.left)] if left_over.new_to(state, pressed.left) else [])
        if len(known.all()) > ask.most:
            return False
        known.add(ask.given)
        looked_at = known.all()
        left = ask.alive(looked_at)
        if not left:
            return not known.kept_from_it(taken) and left_over.is_harmless(until)
        known.add(ask.given)
        left += [state for state in known.all() if state not in looked_at]
        if not (alive := [state for state in left if state not in tried]):
            return False
    return False
