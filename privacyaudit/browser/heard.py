"""What a page's own scripts have heard from its site, and whether they heard what they asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from typing import TYPE_CHECKING

from privacyaudit.browser import playwright_errors
from privacyaudit.browser.failed_replies import has_failed, has_nothing, is_handed_an_error, says_in_headers
from privacyaudit.browser.first_html import LARGEST
from privacyaudit.browser.old_copies import is_old
from privacyaudit.browser.reply_bodies import handed_over, values_in

if TYPE_CHECKING:
    from playwright.sync_api import Response

    from privacyaudit.browser.tab import Tab

_SHOWS_NO_SETTING = re.compile(r"(?:image|font|audio|video)/|text/css|application/(?:wasm|octet-stream)")
_A_WHOLE_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html\b)", re.IGNORECASE | re.DOTALL)
_GOOD = range(200, 300)
_AS_LONG_AS_DATA = 200_000


class Heard(IntEnum):
    """What became of a request: all is well; an answer such as nobody in particular gets; an error or an old copy."""

    WHOLE = 0
    NOTHING = 1
    FAULT = 2


class Replies:
    """The replies to the scripts of one page, each judged once, when it has come in; `counts` tells which ones."""

    def __init__(self, tab: Tab, counts: Callable[[str], bool]) -> None:
        self._tab = tab
        self._counts = counts
        self._looked_at = 0
        self._coming: list[Response] = []
        self._worst = Heard.WHOLE
        self._had_data = False

    def worst(self) -> Heard:
        """Return the worst that the scripts have heard so far. What is not read to its end says nothing."""
        new = self._tab.replies[self._looked_at :]
        self._looked_at += len(new)
        asked, self._coming = [*self._coming, *filter(self._is_for_scripts, new)], []
        for reply in asked:
            if self._tab.is_coming_in(reply):
                self._coming.append(reply)
            else:
                self._worst = max(self._worst, self._judged(reply))
        return self._worst

    def had_data(self) -> bool:
        """Tell whether anything has come that may be drawn."""
        self.worst()
        return self._had_data

    def _is_for_scripts(self, reply: Response) -> bool:
        return (
            reply.request.resource_type in ("fetch", "xhr", "script")
            and reply.status in _GOOD
            and not _SHOWS_NO_SETTING.match(_kind(reply))
            and self._counts(reply.url)
        )

    def _judged(self, reply: Response) -> Heard:
        if reply.request.resource_type == "script":
            return _handed(reply)
        if says_in_headers(reply.headers):
            return Heard.FAULT
        if is_old(reply.headers) and "javascript" not in _kind(reply):
            return Heard.FAULT
        with suppress(playwright_errors.error()):
            raw = reply.body()
            self._had_data = self._had_data or bool(raw)
            return _said(reply, raw) if len(raw) <= LARGEST else Heard.WHOLE
        return Heard.WHOLE


def _handed(program: Response) -> Heard:
    """Judge a program that may only be there to hand over data; one that is longer than data are is not asked for."""
    with suppress(playwright_errors.error()):
        if len(raw := program.body() if _is_short(program) else b"") <= _AS_LONG_AS_DATA:
            data = handed_over(raw.decode("utf-8-sig", errors="replace"))
            return Heard.FAULT if any(map(is_handed_an_error, data)) else Heard.WHOLE
    return Heard.WHOLE


def _is_short(reply: Response) -> bool:
    length = reply.headers.get("content-length", "0")
    return not length.isdecimal() or int(length) <= _AS_LONG_AS_DATA


def _said(reply: Response, raw: bytes) -> Heard:
    kind, wanted = _kind(reply), reply.request.headers.get("accept", "*/*").lower()
    if not raw.strip():
        is_lost = "json" in kind or "json" in wanted
        return Heard.NOTHING if is_lost and reply.request.method == "GET" else Heard.WHOLE
    if "problem+json" in kind:
        return Heard.FAULT
    text = raw.decode("utf-8-sig", errors="replace")
    is_marked_up = text.lstrip().startswith("<")
    if is_marked_up and _is_in_place_of_data(reply, text, kind, wanted):
        return Heard.NOTHING
    values = values_in(text, kind) if "xml" in kind or not is_marked_up else []
    if values is None or any(map(has_failed, values)):
        return Heard.FAULT
    return Heard.NOTHING if any(map(has_nothing, values)) else Heard.WHOLE


def _is_in_place_of_data(reply: Response, text: str, kind: str, wanted: str) -> bool:
    """Tell whether a page, or a part of one, has come to a script that did not ask for one."""
    if "json" in kind:
        return True
    if "html" in wanted or "hx-request" in reply.request.headers:
        return False
    return bool(_A_WHOLE_PAGE.match(text)) or ("json" in wanted and "*/*" not in wanted)


def _kind(reply: Response) -> str:
    return reply.headers.get("content-type", "").lower()
