"""The cookies that a site leaves with somebody who has signed out: whether one of them may still sign in.

That cannot be asked of a site, for what is done with a cookie may show only where it signs in. So each of them needs an
excuse: the checklist names it, everybody is given it, it was the session that has ended, or it is too short for a key
and changes nothing, neither of the page nor of where one signs in.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from privacyaudit.browser import session, states
from privacyaudit.browser.accepted import Accepted
from privacyaudit.browser.gate.rules import same
from privacyaudit.model import Platform, SignOut

if TYPE_CHECKING:
    from playwright.sync_api import StorageState

Cookie = Mapping[str, Any]


class LeftOver:
    """Collects what is left each time that something was signed out, and where that has led."""

    def __init__(self, platform: Platform, how: SignOut, ask: Accepted) -> None:
        self._platform = platform
        self._how = how
        self._ask = ask
        self._left: list[Cookie] = []
        self._landed: list[str] = []

    def add(self, cookies: Iterable[Cookie], landed: str) -> None:
        """Add the cookies of a browser that has signed out; of those that scripts can see, the platform's own."""
        self._left += [one for one in cookies if one.get("httpOnly") or self._is_own(one)]
        self._landed += [landed] if landed else []

    def new_to(self, state: StorageState, cookies: Iterable[Cookie]) -> bool:
        """Tell whether a cookie that scripts can see came, or has another value, since a session was to end."""
        known = {(one["name"], one["value"]) for one in states.cookies_of(state)}
        new = [one for one in cookies if (one["name"], one["value"]) not in known and not one.get("httpOnly")]
        return any(self._is_own(one) for one in new if not self._is_listed(one))

    def is_harmless(self, until: float) -> bool:
        """Tell whether all that is left has an excuse; where it needs one, pages are opened for it if there is time."""
        left = self._without_excuse(self._left)
        if not left or self._platform.sign_in is None or self._platform.signed_in is None or time.monotonic() > until:
            return not left
        page, door = self._platform.signed_in.open, self._platform.sign_in.open
        for url in {same(one): one for one in (page, *self._landed)}.values():
            self._ask.shown_at(url, None)
        at_the_door = self._ask.shown_at(door, None)
        left = self._without_excuse(left)
        if not left:
            return True
        if not all(_is_short(one) and any(states.is_sent(one, url) for url in (page, door)) for one in left):
            return False
        together = states.with_cookies(None, left)
        if at_the_door is None or self._ask.alive([together]):
            return False
        return self._ask.shown_at(door, together) == at_the_door

    def _without_excuse(self, cookies: Sequence[Cookie]) -> list[Cookie]:
        excused = self._ask.to_everybody | self._ask.alone
        return [one for one in cookies if one["name"] not in excused and not self._is_listed(one)]

    def _is_listed(self, cookie: Cookie) -> bool:
        return any(fnmatchcase(cookie["name"], name) for name in self._how.stays)

    def _is_own(self, cookie: Cookie) -> bool:
        entry = self._platform.sign_in
        hosts = (*self._platform.hosts, *(entry.hosts if entry else ()))
        return any(states.is_of_host(cookie, f"https://{host}/") for host in hosts)


def _is_short(cookie: Cookie) -> bool:
    return not cookie.get("httpOnly") and len(cookie["value"]) < session.LEAST
