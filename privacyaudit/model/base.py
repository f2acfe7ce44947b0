"""The base of all data, and the kinds of text that may stand in it."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
)

from privacyaudit.i18n import N_

SITE = "{site}"


USER = "{user}"


ME = "{me}"


LOOPBACK = ("127.0.0.1", "localhost")


_TAG = re.compile(r"<[A-Za-z/!?]")


CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Characters that cannot be seen and change what is seen: control, direction, line separators, half characters."""


HOST = r"[a-z0-9.-]+(:[0-9]{1,5})?"


class PartError(ValueError):
    """A fault in one part of something: the keys and indexes that lead to that part, and what is wrong there.

    `message` is the English sentence and `values` what belongs into its {placeholders}; `checklist` translates it.
    """

    def __init__(self, message: str, *place: str | int, **values: object) -> None:
        super().__init__(message.format(**values))
        self.message = message
        self.place = place
        self.values = values


def _plain(text: str) -> str:
    if _TAG.search(text):
        raise PartError(N_("no HTML here: write plain words"))
    if CONTROL.search(text):
        raise PartError(N_("there is a control character in this text: remove it"))
    if not text.strip():
        raise PartError(N_("this text is empty"))
    return text


def one_line(text: str) -> str:
    """Return a text that is one line. Raises PartError."""
    if "\n" in text or "\t" in text:
        raise PartError(N_("this must be one line, without a line break or tab"))
    return _plain(text)


def web_address(url: str) -> str:
    """Return a text that is an address on the web, or of a page of {site}. Raises PartError."""
    if CONTROL.search(url) or re.search(r"[\s\"'<>\\]", url):
        raise PartError(
            N_("{url!r} is not a web address: it has a space, a quote, a bracket or a hidden character"), url=url
        )
    if "{" in url.removeprefix(SITE):
        raise PartError(
            N_("{url!r} may have {site} only at its beginning, and no other word in braces"), url=url, site=SITE
        )
    if url == SITE or url.startswith((SITE + "/", SITE + "#")):
        return url
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise PartError(N_("{url!r} has a host or a port that is not valid"), url=url) from None
    if "@" in parts.netloc:
        raise PartError(N_("{url!r} has a user name or password in it: remove it"), url=url)
    if parts.scheme not in ("https", "http") or (parts.scheme == "http" and parts.hostname not in LOOPBACK):
        raise PartError(N_("{url!r} must begin with https://"), url=url)
    if not re.fullmatch(HOST, parts.netloc.lower()) or port == 0:
        raise PartError(N_("{url!r} has no host name of plain letters (write xn--… for other letters)"), url=url)
    return url


def address_with(place: str, url: str) -> str:
    """Return an address that may have a place for a word in it once, such as {user}. Raises PartError."""
    if url.count(place) > 1 or place in host_of(url):
        raise PartError(N_("{url!r} may have {place} once, and not in the host"), url=url, place=place)
    web_address(url.replace(place, "word"))
    return url


def lookup_address(url: str) -> str:
    """Return an address that may have {user} in it once. Raises PartError."""
    return address_with(USER, url)


def page_address(url: str) -> str:
    """Return the address of a settings page, which may have {me} in it once. Raises PartError."""
    return address_with(ME, url)


def regular_expression(text: str) -> str:
    """Return a text that is a regular expression. Raises PartError."""
    try:
        re.compile(text)
    except re.error:
        raise PartError(N_("{text!r} is not a regular expression"), text=text) from None
    return text


def _origin(url: str) -> str:
    if url.startswith(SITE) or url.removesuffix("/").lower() != origin_of(url):
        raise PartError(N_("{url!r} must be an address without a path, like https://en.wikipedia.org"), url=url)
    return origin_of(url)


Plain = Annotated[str, Field(max_length=1200), AfterValidator(_plain)]


Line = Annotated[str, Field(max_length=200), AfterValidator(one_line)]


Link = Annotated[str, Field(max_length=500), AfterValidator(web_address)]


Page = Annotated[str, Field(max_length=500), AfterValidator(page_address)]


Origin = Annotated[Link, AfterValidator(_origin)]


Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]


CheckId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*\.[a-z0-9][a-z0-9_-]*$", max_length=120)]


Host = Annotated[str, Field(pattern=rf"^(\{{site\}}|{HOST})$", max_length=120)]


PathPattern = Annotated[str, Field(pattern=r"^/[^\s?#]+$", max_length=200)]


_HOST_OF = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//([^/?#]*)")


def host_of(url: str) -> str:
    """Return `host` (or `host:port` where the address names one) of a web address, `{site}` for a templated one."""
    if url.startswith(SITE):
        return SITE
    found = _HOST_OF.match(url)
    return found[1].lower() if found else ""


def origin_of(url: str) -> str:
    """Return scheme, host and port of a web address, without a trailing slash."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


class Data(BaseModel):
    """The base of all: cannot be changed after it was made, and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def has_address(link: str | None) -> bool:
    """Tell whether a link can be opened, which one that still says {site} cannot."""
    return link is not None and SITE not in link


def platform_of(check_id: str) -> str:
    """Return the platform whose name a check's id begins with."""
    return check_id.split(".")[0]
