"""What a page has lost: requests that were refused, failed, are still open, or matter to nobody."""

from __future__ import annotations

from collections.abc import Sequence

from privacyaudit.browser.gate.rules import Refusal
from privacyaudit.browser.gate.traffic import Entry, Failure
from privacyaudit.model import Reason

_MAY_BE_GIVEN_UP = ("image", "audio", "video")
"""What pages give up in the ordinary course: a picture that is another one now, the rest of a film."""


def fault(entry: Entry) -> Reason | None:
    """Return what is wrong with a request, None where it got a whole answer or is for the page itself."""
    if entry.refusal or entry.failure is Failure.HELD_BACK:
        return Reason.BLOCKED_BY_GUARD
    if is_the_page(entry):
        return None
    given_up = entry.failure is Failure.LEFT and entry.kind in _MAY_BE_GIVEN_UP
    in_part = entry.status == 206 and entry.kind not in ("audio", "video")
    if (entry.failure and not given_up) or (entry.status or 0) >= 400 or in_part:
        return Reason.SITE_ERROR
    return Reason.TIMED_OUT if entry.ended is None else None


def is_the_page(entry: Entry) -> bool:
    """Tell whether a request led the page itself to its address."""
    return entry.kind == "document" and not entry.refusal


def is_harmless(entry: Entry, noise: Sequence[str], *, of_a_page: bool) -> bool:
    """Tell whether nothing of a page hangs on a request: noise, fetched ahead, a sign for the tab, a report.

    `of_a_page` says whether some page has asked for it, and not the browser itself.
    """
    if entry.refusal is Refusal.AHEAD or entry.kind in ("report", "font", "manifest") or is_noise(entry, noise):
        return True
    return entry.kind == "image" and (not of_a_page or entry.refusal is Refusal.DANGEROUS)


def is_noise(entry: Entry, noise: Sequence[str]) -> bool:
    """Tell whether a checklist lists the path or the host of a request as noise."""
    return is_listed(entry.path, noise) or any(_is_host(entry.host, one) for one in noise)


def is_listed(path: str, noise: Sequence[str]) -> bool:
    """Tell whether a path begins as one that is listed."""
    return path.startswith(tuple(one for one in noise if one.startswith("/")))


def _is_host(host: str, pattern: str) -> bool:
    """Tell whether a host is the one that is named, or one below it where the name begins with *."""
    return host == pattern or (pattern.startswith("*.") and host.endswith(pattern[1:]))
