"""Who may reach a server of this program and what no page of it does, whatever it serves.

Every request names a host that is served, so a page from elsewhere cannot reach it under a name of its own. What is
sent comes from a page of this server. Every answer keeps to itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK_NAMES = ("127.0.0.1", "localhost")
CLOSE = {"connection": "close"}
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_SAFE = (
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_NOTHING = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")


class Guarded:
    """Refuses other hosts than ours, and gives every answer the headers that keep a page to itself.

    `strange` is what somebody reads who comes under another name.
    """

    def __init__(self, inner: ASGIApp, hosts: Collection[str], strange: str) -> None:
        self._inner = inner
        self._hosts = frozenset(hosts)
        self._strange = strange

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
            return
        if not is_request(scope):
            return

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *_SAFE]
                if not any(name == _NOTHING[0] for name, _value in headers):
                    headers.append(_NOTHING)
                message["headers"] = headers
            await send(message)

        if not served(scope, self._hosts):
            await PlainTextResponse(self._strange, status_code=421, headers=CLOSE)(scope, receive, safely)
            return
        await self._inner(scope, receive, safely)


def is_request(scope: Scope) -> bool:
    """Tell whether something is a plain request, and no socket."""
    return bool(scope["type"] == "http")


def served(scope: Scope, hosts: Collection[str]) -> bool:
    """Tell whether a request names a host that is served, and no other one."""
    named = [value for name, value in scope["headers"] if name == b"host"]
    return len(named) == 1 and host(named[0].decode("latin-1")) in hosts


def host(named: str) -> str:
    """Return a Host header as it is compared: capitals do not count, nor the dot that ends a whole name.

    A browser leaves out the port that http has anyway.
    """
    name, _colon, port = named.lower().partition(":")
    return f"{name.removesuffix('.')}:{port or 80}"


def html(text: str, status: int = 200) -> Response:
    """Return a page as an answer, under its own policy."""
    return Response(text, status_code=status, headers=headers_of(text), media_type="text/html; charset=utf-8")


def headers_of(text: str) -> dict[str, str]:
    """Return a page's own policy as a header, and that no other page may frame it."""
    found = _POLICY.search(text)
    policy = found[1].replace("&#39;", "'") if found else "default-src 'none'"
    return {"content-security-policy": f"{policy}; frame-ancestors 'none'"}


def caller(request: Request) -> str:
    """Return the address from which a request comes; empty where it is not known."""
    return request.client.host if request.client else ""


def on_this_computer(request: Request) -> bool:
    """Tell whether a request comes from this computer, and under a name of this computer's own."""
    try:
        near = ip_address(caller(request)).is_loopback
    except ValueError:
        return False
    return near and host(request.headers["host"]).rsplit(":", 1)[0] in LOOPBACK_NAMES


def from_our_page(request: Request, hosts: Collection[str], mark: str, *, a_file: bool = False) -> bool:
    """Tell whether what is sent, JSON or a file as it is, comes from a page of this server.

    Another site can set none of these headers. `mark` is what our page's script says in a header of its own.
    """
    fits = is_file(request) if a_file else is_json(request)
    return marked(request, mark) and fits and of_our_origin(request, hosts) and of_our_site(request)


def marked(request: Request, mark: str) -> bool:
    """Tell whether a request has the header that only a script of our page sets."""
    return request.headers.get("x-privacyaudit") == mark


def is_json(request: Request) -> bool:
    """Tell whether what is sent says that it is JSON, which no form can."""
    return request.headers.get("content-type", "").split(";")[0].strip().lower() == "application/json"


def is_file(request: Request) -> bool:
    """Tell whether what is sent says that it is bytes of no kind, which no form can."""
    return request.headers.get("content-type", "").lower() == "application/octet-stream"


def of_our_origin(request: Request, hosts: Collection[str]) -> bool:
    """Tell whether a request names one origin, and that is the host it is sent to."""
    origin, here = request.headers.getlist("origin"), host(request.headers["host"])
    return (
        len(origin) == 1
        and origin[0].lower().startswith("http://")
        and host(origin[0].lower().removeprefix("http://")) == here
        and here in hosts
    )


def of_our_site(request: Request) -> bool:
    """Tell whether the browser says that a page of the same origin sent it, where it says so at all."""
    return request.headers.get("sec-fetch-site", "same-origin") == "same-origin"


async def body(request: Request, most: int) -> bytes | None:
    """Return the body of a request; None for a broken one, and one above `most` bytes, which is read no further."""
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length[:9]) > most or len(length) > 9:
        return None
    raw = bytearray()
    try:
        async for part in request.stream():
            raw += part
            if len(raw) > most:
                return None
    except ClientDisconnect:
        return None
    return bytes(raw)
