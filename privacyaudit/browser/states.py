"""The states in which a session has been: which of them are one, and whether one page is sent all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from privacyaudit.browser import session

if TYPE_CHECKING:
    from playwright.sync_api import StorageState


class States:
    """States that differ, in the order in which they came; `url` is the page to which each of them is sent.

    A cookie that the browser would keep from that page, because of its path, is also tried as one for every path.
    """

    def __init__(self, url: str, states: Iterable[StorageState]) -> None:
        self._url = url
        self._all: list[StorageState] = []
        self._moved: list[StorageState] = []
        self.add(states)

    def all(self) -> list[StorageState]:
        """Return all that there are by now."""
        return [*self._all, *self._moved]

    def add(self, states: Iterable[StorageState]) -> None:
        """Add those that are not a part of one that is known, however long a browser would keep their cookies."""
        for state in (with_cookies(one, [cookie | {"expires": -1} for cookie in cookies_of(one)]) for one in states):
            if not any(session.covers(known, state) for known in self.all()):
                self._all.append(state)
                self._moved += _for_every_path(state, self._url)

    def kept_from_it(self, taken: set[str]) -> bool:
        """Tell whether the page was sent nothing by the name of a cookie that may stand for a session of its own.

        That is one that no script can see, on the page's host, which the site has not taken back.
        """
        cookies = [one for state in self._all for one in hidden(state)]
        sent = [one for one in cookies if is_sent(one, self._url)]
        names, values = {one["name"] for one in sent} | taken, {one["value"] for one in sent}
        return any(
            is_of_host(one, self._url) and one["name"] not in names and one["value"] not in values for one in cookies
        )


def hidden(state: StorageState) -> list[dict[str, Any]]:
    """Return the cookies of a state that no script can see."""
    return [one for one in cookies_of(state) if one.get("httpOnly")]


def with_cookies(state: StorageState | None, cookies: Sequence[Mapping[str, Any]]) -> StorageState:
    """Return a state with other cookies."""
    return cast("StorageState", {"cookies": list(cookies), "origins": (state or {}).get("origins", [])})


def distinct(states: Iterable[StorageState]) -> list[StorageState]:
    """Return states without those that are a part of an earlier one."""
    found: list[StorageState] = []
    for state in states:
        if not any(session.covers(known, state) for known in found):
            found.append(state)
    return found


def _for_every_path(state: StorageState, url: str) -> Iterator[StorageState]:
    cookies = [one for one in cookies_of(state) if is_of_host(one, url)]
    sent = {one["value"] for one in cookies if is_sent(one, url)}
    unseen = {one["name"] for one in cookies if one.get("httpOnly")}
    for cookie in cookies:
        if cookie["name"] in (unseen or {cookie["name"]}) and cookie["value"] not in sent:
            others = [one for one in cookies_of(state) if one["name"] != cookie["name"]]
            yield with_cookies(state, [*others, cookie | {"path": "/"}])


def cookies_of(state: StorageState) -> list[dict[str, Any]]:
    """Return the cookies of a state."""
    cookies: Any = state.get("cookies", [])
    return list(cookies)


def is_sent(cookie: Mapping[str, Any], url: str) -> bool:
    """Tell whether a browser sends a cookie along to an address."""
    path, own = urlsplit(url).path or "/", cookie["path"]
    return is_of_host(cookie, url) and (path == own or path.startswith(own.rstrip("/") + "/"))


def is_of_host(cookie: Mapping[str, Any], url: str) -> bool:
    """Tell whether a cookie is for the host of an address."""
    host, domain = urlsplit(url).hostname or "", cookie["domain"]
    return host == domain.lstrip(".") or (domain.startswith(".") and host.endswith(domain))
