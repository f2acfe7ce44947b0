"""The far side: connections to sites, straight or through the proxy that this network requires, and TLS to them."""

from __future__ import annotations

import base64
import contextlib
import select
import socket
import ssl
import threading
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import h11

from privacyaudit.browser import proxies
from privacyaudit.browser.gate.traffic import Failure

CONNECT_PATIENCE_S = 10.0
PATIENCE_S = 30.0
CHUNK = 65_536
_MOST_IDLE = 6
_SIGNERS = frozenset({18, 19, 20, 21})
"""What OpenSSL says of a certificate whose signer it does not know (X509_V_ERR_…)."""


class FarError(Exception):
    """No connection came about, or none that may be used; `failure` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


class Place(NamedTuple):
    """Where a request goes."""

    scheme: str
    host: str
    port: int

    @property
    def name(self) -> str:
        """Return the host as a Host header says it: without the usual port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"


class Line:
    """One connection to a site; `absolute` where a proxy reads each request and has to be told the whole address."""

    def __init__(self, sock: socket.socket, *, absolute: bool) -> None:
        self.sock = sock
        self.absolute = absolute
        self.fresh = True
        self._talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=4 * CHUNK)

    def send(self, *events: h11.Event) -> None:
        """Send a request. Raises OSError."""
        self.sock.sendall(b"".join(self._talk.send(event) or b"" for event in events))

    def next_event(self) -> h11.Event:
        """Return what comes next of the answer. Raises OSError, and h11's RemoteProtocolError for nonsense."""
        while (event := self._talk.next_event()) is h11.NEED_DATA:
            self._talk.receive_data(self.sock.recv(CHUNK))
        assert not isinstance(event, type)
        return event

    def used_up(self) -> bool:
        """Make the connection ready for another request; tell whether it cannot be."""
        if self._talk.our_state is not h11.DONE or self._talk.their_state is not h11.DONE:
            return True
        if self._talk.trailing_data[0]:  # said before it was asked: it would be taken for the next answer
            return True
        self._talk.start_next_cycle()
        self.fresh = False
        return False

    def gone(self) -> bool:
        """Tell whether the site has hung up meanwhile, or says something that nobody asked."""
        waiting = isinstance(self.sock, ssl.SSLSocket) and self.sock.pending()
        return bool(waiting or select.select([self.sock], [], [], 0)[0])

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(OSError):
            self.sock.close()


class FarSide:
    """Connections of one gate, a few of each site kept for the next request."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[Place, list[Line]] = {}

    def line(self, place: Place, *, fresh: bool = False) -> Line:
        """Return a connection to a site, one that exists if there is one and `fresh` is not set. Raises FarError."""
        while not fresh:
            with self._lock:
                if not (idle := self._idle.get(place)):
                    break
                line = idle.pop()
            if not line.gone():
                return line
            line.close()
        return connected(place)

    def keep(self, place: Place, line: Line) -> None:
        """Keep a connection for the next request, or close it."""
        if line.used_up():
            line.close()
            return
        with self._lock:
            idle = self._idle.setdefault(place, [])
            if len(idle) < _MOST_IDLE:
                idle.append(line)
                return
        line.close()

    def close(self) -> None:
        """Hang up everywhere."""
        with self._lock:
            idle, self._idle = self._idle, {}
        for line in (line for lines in idle.values() for line in lines):
            line.close()


def connected(place: Place) -> Line:
    """Connect to a site, over TLS that is verified where the address says https. Raises FarError."""
    if place.scheme == "http":
        sock, proxied = _reach(place, through=False)
        return Line(sock, absolute=proxied)
    sock = reach(place)
    try:
        return Line(_trusted().wrap_socket(sock, server_hostname=place.host), absolute=False)
    except ssl.SSLCertVerificationError as error:
        sock.close()
        raise FarError(Failure.UNKNOWN_SIGNER if error.verify_code in _SIGNERS else Failure.UNSAFE) from error
    except (OSError, ValueError) as error:
        sock.close()
        raise FarError(Failure.UNSAFE if isinstance(error, ssl.SSLError) else Failure.NO_ANSWER) from error


def reach(place: Place) -> socket.socket:
    """Return a connection on which a site itself listens, if need be through a proxy. Raises FarError."""
    return _reach(place, through=True)[0]


def _reach(place: Place, *, through: bool) -> tuple[socket.socket, bool]:
    """Return a connection, and whether a proxy is at its end; with `through`, it has been led on to the site."""
    url = f"{place.scheme}://{place.name}/"
    proxy = proxies.way_out(url)
    if not proxy:
        try:
            return _dial(place.host, place.port), False
        except FarError as error:
            raise FarError(Failure.NEEDS_PROXY if proxies.proxy_for(url) else error.failure) from error
    parts = urlsplit(proxy)
    if parts.scheme != "http" or not parts.hostname:
        raise FarError(Failure.NEEDS_PROXY)
    sock = _dial(parts.hostname, parts.port or 80)
    if through:
        _led_on(sock, f"{place.host}:{place.port}", _permission(proxy))
    return sock, True


def _dial(host: str, port: int) -> socket.socket:
    try:
        sock = socket.create_connection((host, port), timeout=CONNECT_PATIENCE_S)
    except (OSError, UnicodeError) as error:
        raise FarError(Failure.NO_ANSWER) from error
    sock.settimeout(PATIENCE_S)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def _led_on(sock: socket.socket, target: str, permission: str) -> None:
    """Ask a proxy for a connection to a site."""
    head = f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{permission}\r\n"
    said = b""
    try:
        sock.sendall(head.encode("ascii"))
        while b"\r\n\r\n" not in said and len(said) < CHUNK:
            if not (more := sock.recv(1)):
                break
            said += more
    except OSError as error:
        sock.close()
        raise FarError(Failure.NO_ANSWER) from error
    status = said.split(b" ", 2)[1:2]
    if status == [b"200"]:
        return
    sock.close()
    raise FarError(Failure.NEEDS_PROXY if status in ([b"407"], [b"403"]) else Failure.NO_ANSWER)


def _permission(proxy: str) -> str:
    """Return the line with which a proxy is told who asks, if that is laid down in its address."""
    parts = urlsplit(proxy)
    if parts.username is None:
        return ""
    both = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return f"Proxy-Authorization: Basic {base64.b64encode(both.encode()).decode('ascii')}\r\n"


def permission_for(place: Place) -> list[tuple[bytes, bytes]]:
    """Return what a request brings along for a proxy that reads it."""
    line = _permission(proxies.way_out(f"{place.scheme}://{place.name}/"))
    name, colon, value = line.strip().partition(": ")
    return [(name.encode("ascii"), value.encode("ascii"))] if colon else []


@cache
def _trusted() -> ssl.SSLContext:
    """Return what tells whom this computer trusts: the authorities of its system."""
    made = ssl.create_default_context()
    made.set_alpn_protocols(["http/1.1"])
    return made
