"""The rules of the gate: why a request of a browser that only reads is not let through. Nothing is sent from here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlsplit

from privacyaudit.browser.gate.addresses import dangerous, says_danger


class Refusal(StrEnum):
    """Why a request was not let through, in the sentence that the log says."""

    METHOD = "It could change something."
    BODY = "It would send data."
    UPGRADE = "It wants to become another kind of connection."
    AHEAD = "It fetches a page that nobody has opened."
    BY_ITSELF = "The browser itself sends it, not the page."
    OVERRIDE = "A header may ask for another method or address."
    DANGEROUS = "Its address may sign out, delete, revoke or show secrets."
    UNASKED = "It would take the page to an address that the program did not ask for."
    WORKER = "It fetches a program that would answer instead of the site."
    OTHER_HOST = "Its host is not one of the platform's."
    MALFORMED = "It is not a request that a browser makes."


@dataclass(frozen=True)
class Asked:
    """A request as the gate sees it: names of headers in small letters, `target` as on its first line."""

    method: str
    url: str
    headers: Mapping[str, str]

    @property
    def kind(self) -> str:
        """Return what the browser wants it for, such as `document`, `script` or `empty` (Sec-Fetch-Dest)."""
        return self.headers.get("sec-fetch-dest", "")

    @property
    def replaces_the_page(self) -> bool:
        """Tell whether it is for the page itself, not for a part of it.

        Over plain http a browser does not say so. What asks for a whole page is then taken for one.
        """
        if self.kind:
            return self.kind == "document" or (
                self.headers.get("sec-fetch-mode") == "navigate" and self.kind == "empty"
            )
        return "upgrade-insecure-requests" in self.headers


def same(url: str) -> str:
    """Return an address as it is compared: without fragment, with a path, percent signs as a browser sets them."""
    parts = urlsplit(url)
    host = parts.netloc.lower()
    usual = {"https": ":443", "http": ":80"}.get(parts.scheme, "")
    text = parts.path + (f"?{parts.query}" if parts.query else "")
    return f"{parts.scheme}://{host.removesuffix(usual)}{quote(text, safe=_AS_IT_IS) or '/'}"


READING = frozenset({"GET", "HEAD"})
_ASKS_FIRST = "OPTIONS"
_KNOWN_KINDS = re.compile(
    r"audio|audioworklet|document|embed|empty|fencedframe|font|frame|iframe|image|json|manifest|object"
    r"|paintworklet|script|serviceworker|sharedstorageworklet|sharedworker|style|text|track|video|worker|xslt"
)
_AS_IT_IS = "%/:=&?~+!$,;@()*"
_OF_BROWSERS = frozenset({"access-control-request-method", "upgrade-insecure-requests", "x-requested-with"})
_OVERRIDES = re.compile(
    r"method|override|original-(?:url|uri|path)|rewrite|(?:^|-)verb$|forwarded-(?:uri|path|prefix)|soapaction"
)


def judge(asked: Asked, expected: Iterable[str] = (), own_dangers: Iterable[str] = ()) -> Refusal | None:
    """Return why a request is not let through, None when it is.

    `expected` are the addresses, without fragment, to which a page may be led now; `own_dangers` the platform's own
    beginnings of paths. Whether the host may be talked to is for the gate to tell.
    """
    if _is_the_browsers(asked):
        return Refusal.BY_ITSELF
    if asked.method not in READING and not _asks_first(asked):
        return Refusal.METHOD
    headers = asked.headers
    if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
        return Refusal.BODY
    if refusal := judge_otherwise(asked):
        return refusal
    if dangerous(asked.url, own_dangers, kind=asked.kind):
        return Refusal.DANGEROUS
    if asked.replaces_the_page and asked.url not in expected:
        return Refusal.UNASKED
    return None


def judge_otherwise(asked: Asked) -> Refusal | None:
    """Return why a request is not let through whatever its method and address are, None when it is."""
    headers = asked.headers
    if "upgrade" in headers:
        return Refusal.UPGRADE
    if re.search(r"prefetch|prerender", f"{headers.get('sec-purpose', '')} {headers.get('purpose', '')}"):
        return Refusal.AHEAD
    if _would_answer_itself(asked):
        return Refusal.WORKER
    if _is_the_browsers(asked):
        return Refusal.BY_ITSELF
    own = {name.replace("_", "-"): value for name, value in headers.items() if name not in _OF_BROWSERS}
    if any(_OVERRIDES.search(name) or (name.startswith("x-") and says_danger(value)) for name, value in own.items()):
        return Refusal.OVERRIDE
    return None


def _asks_first(asked: Asked) -> bool:
    """Tell whether it asks whether a reading request would be allowed (CORS)."""
    return asked.method == _ASKS_FIRST and asked.headers.get("access-control-request-method", "").upper() in READING


def _would_answer_itself(asked: Asked) -> bool:
    """Tell whether it is for a program that outlives its page."""
    return "service-worker" in asked.headers or asked.kind in ("serviceworker", "sharedworker")


def _is_the_browsers(asked: Asked) -> bool:
    """Tell whether the browser asks for itself: what no page asks for, or a HEAD that lacks what each of a page has.

    Such a HEAD is for payments.
    """
    if asked.method == "HEAD" and not (asked.kind and "accept" in asked.headers):
        return True
    return bool(asked.kind) and not _KNOWN_KINDS.fullmatch(asked.kind)
