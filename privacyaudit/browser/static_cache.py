"""Scripts and styles that a site lets a browser keep, kept in memory for one session.

A browser would do that by itself, but its own cache is switched off as long as Playwright looks at each request.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Request, Response

_KINDS = ("script", "stylesheet")
_LARGEST = 2_000_000
_MOST = 20_000_000
_LEAST_AGE_S = 600
_OF_THE_WIRE = ("content-encoding", "content-length", "transfer-encoding", "connection")
_HARMLESS_VARY = {"", "accept-encoding", "origin"}


class File(NamedTuple):
    """A reply as it can be given again."""

    headers: dict[str, str]
    body: bytes


class StaticCache:
    """The scripts and styles of one session, at most 20 MB of them."""

    def __init__(self) -> None:
        self._files: dict[tuple[str, str], File] = {}
        self._waiting: list[Response] = []
        self._size = 0

    def find(self, request: Request) -> File | None:
        """Return what was kept for a request, if anything."""
        return self._files.get((request.url, request.resource_type)) if request.method == "GET" else None

    def note(self, response: Response) -> None:
        """Take note of a reply; its body is taken by `fill`, while its page is still there."""
        if self._may_be_kept(response):
            self._waiting.append(response)

    def fill(self) -> None:
        """Take the bodies of the replies noted so far; one that is gone or too large is left."""
        from playwright.sync_api import Error

        waiting, self._waiting = self._waiting, []
        for response in waiting:
            try:
                body = response.body()
            except Error:
                continue
            if len(body) <= _LARGEST and self._size + len(body) <= _MOST:
                self._size += len(body)
                headers = {name: value for name, value in response.headers.items() if name not in _OF_THE_WIRE}
                self._files[response.url, response.request.resource_type] = File(headers, body)

    def _may_be_kept(self, response: Response) -> bool:
        request, headers = response.request, response.headers
        rule = headers.get("cache-control", "").lower()
        age = re.search(r"max-age=(\d{1,9})", rule)
        vary = {name.strip() for name in headers.get("vary", "").lower().split(",")}
        return (
            request.resource_type in _KINDS
            and request.method == "GET"
            and response.status == 200
            and request.redirected_from is None
            and age is not None
            and int(age.group(1)) >= _LEAST_AGE_S
            and not re.search(r"no-store|no-cache", rule)
            and vary <= _HARMLESS_VARY
            and "set-cookie" not in headers
            and (request.url, request.resource_type) not in self._files
        )
