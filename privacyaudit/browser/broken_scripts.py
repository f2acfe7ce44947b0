"""Whether a script of a page broke off before it had drawn what it was to draw, or was given data that say so."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from privacyaudit.browser.failed_replies import has_error_for_nothing
from privacyaudit.browser.gate.traffic import Entry

if TYPE_CHECKING:
    from playwright.sync_api import Error, Page

_BREAKS = ("TypeError", "ReferenceError", "RangeError", "SyntaxError", "URIError")
"""What a browser itself throws where a program cannot go on. Other errors are thrown on purpose: by frameworks that
draw the page anew, by a film that may not play, by a request that was given up."""

_NOT_REACHED = re.compile(r"failed to fetch|network ?error|load failed|importing a module|loading dynamically", re.I)
"""What is thrown where a request came to nothing: whether that matters is judged by the request."""

_OF_NOISE = re.compile(r"is not defined|json", re.IGNORECASE)
"""What is thrown where a program or an answer is missing that is noise."""

_AT = re.compile(r"https?://[^\s)]+?(?=:\d+:\d+)")


def breaks(error: Error, noise: Sequence[Entry]) -> bool:
    """Tell whether an error that nobody caught ended a script on which a page may hang; `noise` was asked for too.

    Of a program that cannot be read, the browser does not say where it is from.
    """
    name = (error.name or "").split(" ")[-1]
    if name not in _BREAKS or _NOT_REACHED.search(error.message):
        return False
    if noise and _OF_NOISE.search(error.message):
        return False
    at = _AT.search(error.stack or "")
    if at is None:
        return name != "SyntaxError" or not any(one.kind == "script" for one in noise)
    place = urlsplit(at.group())
    return not any((one.host, one.path) == (place.netloc.lower(), place.path) for one in noise)


def has_failed_data(page: Page) -> bool:
    """Tell whether data in a page, for its scripts, are an error in place of something. Raises Playwright's Error."""
    for text in page.locator("script[type='application/json']").all_text_contents():
        with suppress(ValueError, RecursionError):
            if has_error_for_nothing(json.loads(text)):
                return True
    return False
