"""What a page shows, to be compared with what it shows to somebody else: in memory only.

Numbers do not count, for many pages say what time it is.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from privacyaudit.browser import playwright_errors, whole_replies
from privacyaudit.browser.first_html import LARGEST
from privacyaudit.browser.visit import Visit

_NOBODY = 401
_FIELDS = "all => all.map(one => one.localName + ' ' + (one.getAttribute('name') ?? one.type)).sort().join('\\n')"


_WITH_A_DIGIT = re.compile(r"[^\s\"'<>=&;,(){}\[\]]*\d[^\s\"'<>=&;,(){}\[\]]*")


class Shown(NamedTuple):
    """Where a page stands, its words and fields, and what was answered to what it asked for; `refused` is with 401."""

    address: str
    words: str
    fields: str
    answers: frozenset[str]
    refused: frozenset[str]


def shown(visit: Visit) -> Shown:
    """Return what a page shows. Raises Playwright's Error."""
    page = visit.page
    words = f"{page.title()} {page.locator('body').inner_text()}"
    return Shown(
        named(page.url),
        " ".join(re.sub(r"\d+", "", words).split()),
        str(page.locator("input, select, textarea, button").evaluate_all(_FIELDS)),
        frozenset(_answers(visit)),
        frozenset(_refused(visit)),
    )


def named(url: str) -> str:
    """Return an address with the names in its query, without what they are set to."""
    parts = urlsplit(url)
    names = sorted({name for name, _value in parse_qsl(parts.query, keep_blank_values=True)})
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}?{'&'.join(names)}"


def plain(text: str) -> str:
    """Return a text without all that has a digit in it, which may be another one each time."""
    return " ".join(_WITH_A_DIGIT.sub("", text).split())


def _refused(visit: Visit) -> list[str]:
    """Return what was answered with 401: header and body."""
    found: list[str] = []
    for reply in visit.tab.replies:
        if reply.status == _NOBODY and visit.is_of_the_site(reply.url):
            body = b""
            with suppress(playwright_errors.error()):
                body = reply.body()[:LARGEST]
            said = f"{reply.headers.get('www-authenticate', '')}\n{body.decode(errors='replace')}"
            found.append(plain(said))
    return found


def _answers(visit: Visit) -> list[str]:
    found: list[str] = []
    for reply in visit.tab.replies:
        if reply.request.resource_type in ("fetch", "xhr") and visit.is_of_the_site(reply.url):
            said: Any = None
            with suppress(playwright_errors.error(), ValueError, RecursionError):
                raw = reply.body()
                said = _form(whole_replies.read(raw)) if len(raw) <= LARGEST else None
            found.append(f"{urlsplit(reply.url).path} {reply.status} {said}")
    return found


def _form(reply: Any) -> Any:
    """Return a reply without its texts and numbers, which may be others each time."""
    if isinstance(reply, dict):
        return {key: _form(value) for key, value in sorted(reply.items())}
    if isinstance(reply, list):
        return [_form(value) for value in reply]
    return reply if isinstance(reply, bool) or reply is None else type(reply).__name__
