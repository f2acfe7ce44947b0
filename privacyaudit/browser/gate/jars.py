"""Each session that a browser has been in: its cookies as the gate sees them set and sent. In memory only."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

Cookie = dict[str, Any]

_MOST, _LONGEST = 200, 4096


class Jars:
    """The cookies as they are now, and as they were each time that one which may stand for a session was a new one.

    That is a cookie that no script can see, or one of its name; any, where there is none of that kind. How long the
    browser would keep it does not matter, for the site may keep it longer.
    """

    def __init__(self, cookies: Iterable[Mapping[str, Any]] = ()) -> None:
        self._lock = threading.Lock()
        self._now = {place(one): dict(one) for one in cookies}
        self._first = {(one["name"], one["value"]) for one in self._now.values()}
        self._known = set(self._first)
        self._hidden = {one["name"] for one in self._now.values() if one.get("httpOnly")}
        self._been: list[list[Cookie]] = []
        self._taken: set[str] = set()

    def been(self) -> list[list[Cookie]]:
        """Return the cookies as they were after each change that may be another session, the newest first."""
        with self._lock:
            return self._been[::-1]

    def taken(self) -> set[str]:
        """Return the names of the cookies that the site has taken back."""
        with self._lock:
            return set(self._taken)

    def names(self) -> set[str]:
        """Return the names of the cookies that there are now."""
        with self._lock:
            return {one["name"] for one in self._now.values()}

    def given(self) -> list[Cookie]:
        """Return the cookies that were not there first, or with another value, and that no reply has taken back."""
        with self._lock:
            return [one for one in self._now.values() if (one["name"], one["value"]) not in self._first]

    def see_reply(self, url: str, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """Note the cookies that a site sets, all of one reply at once."""
        lines = [value.decode("latin-1") for name, value in headers if name.lower() == b"set-cookie"]
        with self._lock:
            for one, is_gone in (_read(line, url) for line in lines if _is_taken(line, url)):
                self._now.pop(place(one), None)
                if is_gone:
                    self._taken.add(one["name"])
                else:
                    self._now[place(one)] = one
                    self._hidden |= {one["name"]} if one["httpOnly"] else set()
            self._note()

    def see_request(self, url: str, sent: str) -> None:
        """Note the cookies that a site is sent: those that no reply has set come from the scripts of a page."""
        with self._lock:
            for name, _equals, value in (pair.strip().partition("=") for pair in sent.split(";")):
                if value and (name, value) not in self._known:
                    one = _read(f"{name}={value}; Path=/", url)[0]
                    self._now = {key: kept for key, kept in self._now.items() if key[0] != name} | {place(one): one}
            self._note()

    def _note(self) -> None:
        now = {(one["name"], one["value"]) for one in self._now.values()}
        new = {name for name, _value in now - self._known}
        self._known |= now
        if (new & self._hidden if self._hidden else new) and len(self._been) < _MOST:
            self._been.append(list(self._now.values()))


def place(cookie: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return what tells two cookies of a browser apart."""
    return cookie["name"], cookie["domain"], cookie["path"]


def _read(line: str, url: str) -> tuple[Cookie, bool]:
    """Return the cookie that a line sets, and whether the line takes it away."""
    first, *rest = line.split(";")
    name, _equals, value = (part.strip() for part in first.partition("="))
    said = {key.strip().lower(): text.strip() for key, _equals, text in (one.partition("=") for one in rest)}
    asked = urlsplit(url)
    domain, path = said.get("domain", "").lstrip(".").lower(), said.get("path", "")
    cookie: Cookie = {
        "name": name,
        "value": value,
        "domain": f".{domain}" if domain else asked.hostname or "",
        "path": path if path.startswith("/") else asked.path.rpartition("/")[0] or "/",
        "expires": -1,
        "httpOnly": "httponly" in said,
        "secure": "secure" in said,
        "sameSite": "Lax",
    }
    return cookie, not value or _is_over(said)


def _is_taken(line: str, url: str) -> bool:
    """Tell whether a browser takes a cookie: it has a name, is not too long, and is for the host that sets it."""
    one, host = _read(line, url)[0], urlsplit(url).hostname or ""
    is_own = host == one["domain"].lstrip(".") or host.endswith(one["domain"])
    is_safe = one["secure"] or not one["name"].lower().startswith(("__secure-", "__host-"))
    return (
        bool(one["name"]) and is_own and is_safe and line.isprintable() and len(one["name"] + one["value"]) <= _LONGEST
    )


def _is_over(said: Mapping[str, str]) -> bool:
    if "max-age" in said:
        return said["max-age"].startswith("-") or said["max-age"] == "0"
    try:
        return parsedate_to_datetime(said["expires"]).timestamp() <= time.time()
    except (KeyError, ValueError):
        return False
