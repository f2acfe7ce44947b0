"""Whether a script of a page broke off before it had drawn what it was to draw, or was given data that say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from privacyaudit.browser.failed_replies import is_an_error
from privacyaudit.browser.gate.traffic import Entry
from privacyaudit.browser.key_words import says_trouble
from privacyaudit.browser.losses import fault
from privacyaudit.browser.reply_bodies import in_page

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Error

_GIVEN_UP = frozenset({"AbortError", "NotAllowedError", "NotSupportedError"})
"""What a browser says of a request that the page gave up, and of a film that may not or cannot play."""

_OF_A_CHANGE = re.compile(r"Transition was")
"""A change that is shown at once because nobody is looking: the page is as it would be."""

_ON_PURPOSE = frozenset({"", "Error"})
"""What a page throws on purpose, errors without a name of their own: they count where they say that something failed,
and not where a framework says that it draws the page anew."""

_ANEW = re.compile(r"minified|hydrat|^ResizeObserver loop", re.IGNORECASE)
_NOT_REACHED = re.compile(r"failed to fetch|network ?error|load failed|importing a module|loading dynamically", re.I)
"""What is thrown where a request came to nothing: whether that matters is judged by the request."""

_MISSING = re.compile(r"(\w+) is not defined")
_OF_AN_ANSWER = re.compile(r"json|status(?: code)? \d{3}|time-?out", re.IGNORECASE)
"""What is thrown over an answer that is none."""

_AT = re.compile(r"https?://[^\s)]+?(?=:\d+:\d+)")

_INLINE_REFUSED = re.compile(r"\binline (?:script|event handler)\b.*Content Security Policy", re.DOTALL)
_SITE_REFUSED = re.compile(
    r"(?:the script|the stylesheet|onnect(?:ing)? to|worker from) '(?P<at>[^']+)'.*Content Security Policy", re.DOTALL
)
_UNUSABLE = re.compile(r"'integrity' attribute for resource '(?P<at>[^']+)'|execute script from '(?P<of>[^']+)'")
_NO_MODULE = re.compile(r"Failed to load module script")


def breaks(error: Error, noise: Sequence[Entry]) -> bool:
    """Tell whether an error that nobody caught ended a script on which a page may hang; `noise` was asked for too.

    Of a program that cannot be read, the browser does not say where it is from.
    """
    name = (error.name or "").split(" ")[-1]
    if name in _GIVEN_UP or _NOT_REACHED.search(error.message) or _OF_A_CHANGE.match(error.message):
        return False
    if name in _ON_PURPOSE and (_ANEW.search(error.message) or not says_trouble(error.message)):
        return False
    if _is_for_want_of(error.message, noise):
        return False
    at = _AT.search(error.stack or "")
    if at is None:
        is_of_a_program = name == "SyntaxError" and not _OF_AN_ANSWER.search(error.message)
        return not (is_of_a_program and any(one.kind == "script" for one in noise))
    place = urlsplit(at.group())
    return not any((one.host, one.path) == (place.netloc.lower(), place.path) for one in noise)


def _is_for_want_of(message: str, noise: Sequence[Entry]) -> bool:
    """Tell whether an error is about a lost program of noise, by whose address it is called, or an answer of noise."""
    if missing := _MISSING.search(message):
        lost = [one for one in noise if one.kind == "script" and fault(one)]
        return any(missing[1].lower() in f"{one.host}{one.path}".lower() for one in lost)
    return bool(_OF_AN_ANSWER.search(message)) and any(one.kind in ("empty", "") for one in noise)


def was_refused(said: ConsoleMessage, is_own: Callable[[str], bool], is_noise: Callable[[str], bool]) -> bool:
    """Tell whether a browser says that it refused a part of a page, by the page's own rules or for what it is.

    Of what a page's rules refuse, only what is of its own site matters: they are there to keep others out.
    """
    if said.type != "error" or said.args:
        return False
    if _INLINE_REFUSED.search(said.text):
        return True
    if refused := _SITE_REFUSED.search(said.text):
        return is_own(refused["at"])
    if unusable := _UNUSABLE.search(said.text):
        return not is_noise(unusable["at"] or unusable["of"])
    return bool(_NO_MODULE.match(said.text)) and not is_noise(said.location["url"])


def has_failed_data(html: str) -> bool:
    """Tell whether data in a page, for its scripts, are an error in place of something."""
    return any(map(is_an_error, in_page(html)))
