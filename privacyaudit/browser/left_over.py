"""What a site leaves with somebody who has signed out: whether a cookie, or what its pages keep, may still sign in.

That cannot be asked of a site, for what is done with a cookie may show only where it signs in. So each of them needs an
excuse: the checklist names it, everybody is given it, it was the session that has ended, or it is too short for a key
and changes nothing, neither of the page nor of where one signs in. What pages keep beside cookies needs one too: most
of it is no key, so it is enough that it is not called like one and changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from privacyaudit.browser import kept, session, states
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
        self._kept: set[kept.Item] = set()
        self._landed: list[str] = []

    def add(self, cookies: Iterable[Cookie], state: StorageState, landed: str) -> None:
        """Add the cookies of a browser that has signed out, and what else is kept in its state.

        Of the cookies that scripts can see, only the platform's own.
        """
        self._kept |= set(kept.items(state))
        self._left += [one for one in cookies if one.get("httpOnly") or self._is_own(one)]
        self._landed += [landed] if landed else []

    def new_to(self, state: StorageState, cookies: Iterable[Cookie]) -> bool:
        """Tell whether a cookie that scripts can see came, or has another value, since a session was to end."""
        known = {(one["name"], one["value"]) for one in states.cookies_of(state)}
        new = [one for one in cookies if (one["name"], one["value"]) not in known and not one.get("httpOnly")]
        return any(self._is_own(one) for one in new if not self._is_listed(one))

    def is_harmless(self, until: float) -> bool:
        """Tell whether all that is left has an excuse; where it needs one, pages are opened for it if there is time."""
        left, items = self._without_excuse(self._left), self._kept_without_excuse()
        is_late = time.monotonic() > until
        if not (left or items) or self._platform.sign_in is None or self._platform.signed_in is None or is_late:
            return not (left or items)
        page, door = self._platform.signed_in.open, self._platform.sign_in.open
        for url in {same(one): one for one in (page, *self._landed)}.values():
            self._ask.shown_at(url, None)
        at_the_door = self._ask.shown_at(door, None)
        left, items = self._without_excuse(left), self._kept_without_excuse()
        if not (left or items):
            return True
        if not all(_is_short(one) and any(states.is_sent(one, url) for url in (page, door)) for one in left):
            return False
        together = states.with_cookies(kept.together(items), left)
        if any(item.is_a_key for item in items) or self._ask.alive([together]):
            return False
        if not left and not any(item.has_room_for_a_key for item in items):
            return True
        return at_the_door is not None and self._ask.shown_at(door, together) == at_the_door

    def _kept_without_excuse(self) -> list[kept.Item]:
        excused = self._ask.kept_by_everybody
        listed = [one for one in self._kept if any(fnmatchcase(one.name, name) for name in self._how.stays)]
        return sorted(one for one in self._kept if one.form not in excused and one not in listed)

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
