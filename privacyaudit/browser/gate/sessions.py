"""Whether all that a page asks for is asked in the session that it began with."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any


class SessionWatch:
    """Knows a session by its cookies that no script can see, for that is how sites keep one.

    With `may_renew`, the reply that is the page itself may give them other values, as some sites do each time.
    """

    def __init__(self, cookies: Iterable[Mapping[str, Any]] = (), *, may_renew: bool = False) -> None:
        self._may_renew = may_renew
        self._lock = threading.Lock()
        self._places: set[tuple[str, str, str]] = set()
        self._values: dict[str, set[str]] = {}
        self._strayed = False
        self.learn(cookies)

    def learn(self, cookies: Iterable[Mapping[str, Any]]) -> None:
        """Take cookies for those of the session, beside those that are known."""
        with self._lock:
            for cookie in cookies:
                if cookie.get("httpOnly"):
                    self._places.add(_place(cookie))
                    self._values.setdefault(cookie["name"], set()).add(cookie["value"])

    def see_request(self, cookies: str) -> None:
        """Note the cookies that the site is sent."""
        with self._lock:
            for pair in cookies.split(";"):
                name, _equals, value = pair.strip().partition("=")
                self._strayed = self._strayed or value not in self._values.get(name, {value})

    def see_reply(self, headers: Iterable[tuple[bytes, bytes]], *, is_the_page: bool) -> None:
        """Note the cookies that the site sets."""
        with self._lock:
            for said in (value for name, value in headers if name == b"set-cookie"):
                first = said.decode("latin-1").partition(";")[0]
                name, _equals, value = (part.strip() for part in first.partition("="))
                if name not in self._values:
                    continue
                if self._may_renew and is_the_page:
                    self._values[name].add(value)
                self._strayed = self._strayed or value not in self._values[name]

    def is_other(self, cookies: Iterable[Mapping[str, Any]]) -> bool:
        """Tell whether another session was used meanwhile, or is there now: another value, place or kind, or none."""
        with self._lock:
            now = [cookie for cookie in cookies if cookie["name"] in self._values]
            return (
                self._strayed
                or {_place(cookie) for cookie in now} != self._places
                or not all(cookie.get("httpOnly") for cookie in now)
                or any(cookie["value"] not in self._values[cookie["name"]] for cookie in now)
            )


def _place(cookie: Mapping[str, Any]) -> tuple[str, str, str]:
    return cookie["name"], cookie["domain"], cookie["path"]
