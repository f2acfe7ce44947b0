"""The gate: the browser's only way out, a proxy on this computer that knows which hosts are allowed.

It covers what no lock inside the browser can: redirects, background traffic, and messages sent while a page is being
left. It is shut before any page is left and before the browser is closed.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

_ANY = "*"
_REFUSED = b"HTTP/1.1 403 Refused by privacyaudit\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_UNREACHABLE = b"HTTP/1.1 502 Could not connect\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_HOP_HEADERS = (b"proxy-connection:", b"connection:", b"proxy-authorization:", b"upgrade:", b"keep-alive:")
_MAX_HEAD = 65_536
_PATIENCE = 30.0
_CONNECT_PATIENCE = 10.0

BACKGROUND = frozenset(
    {
        "update.googleapis.com",
        "content-autofill.googleapis.com",
        "optimizationguide-pa.googleapis.com",
        "safebrowsing.googleapis.com",
        "clients2.google.com",
        "clientservices.googleapis.com",
        "edge.microsoft.com",
        "msedge.api.cdp.microsoft.com",
        "config.edge.skype.com",
    }
)
"""Hosts that Chromium and Edge may call for a page that did not ask; refused also while a person signs in by hand.

Such a list is never whole. It comes second: what the browser wants for itself has a gate without any host.
"""


class Gate:
    """A forward proxy on 127.0.0.1 with a list of allowed hosts; open at first, `shut` and `reopen` as needed.

    `hosts` holds `host` (meaning port 443) or `host:port`. None allows every host except those of BACKGROUND: only for
    the pages of the window in which a person signs in by hand.
    """

    def __init__(self, hosts: Iterable[str] | None) -> None:
        self._allowed = {_ANY} if hosts is None else {h if ":" in h else f"{h}:443" for h in hosts}
        self._open = True
        self._lock = threading.Lock()
        self._live: set[socket.socket] = set()
        self._met = threading.Event()
        self._last: tuple[str, int] | None = None
        self._knocked = time.monotonic()
        self.refused: list[tuple[str, str]] = []
        self.unreached: set[str] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """Return the address that the browser is given as its proxy."""
        return f"http://127.0.0.1:{self.port}"

    def shut(self) -> None:
        """Let nothing through from now on and cut what is under way."""
        with self._lock:
            self._open = False
            self._knocked = time.monotonic()
            live, self._live = self._live, set()
        for side in live:
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)

    def reopen(self) -> None:
        """Let allowed hosts through again: whoever knocks from now on, not those who knocked while it was shut."""
        self._greet()
        with self._lock:
            self._open = True

    def still_for(self) -> float:
        """Return for how many seconds nobody has knocked, counted at most from when the gate was shut."""
        return time.monotonic() - self._knocked

    def _greet(self) -> None:
        """Wait until everybody who knocked so far has been met at the door, by knocking last."""
        self._met.clear()
        with contextlib.suppress(OSError), socket.socket() as last:
            last.bind(("127.0.0.1", 0))
            self._last = last.getsockname()
            last.connect(("127.0.0.1", self.port))
            self._met.wait(_CONNECT_PATIENCE)

    def close(self) -> None:
        """Shut the gate for good."""
        self.shut()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def allows(self, host: str, port: int) -> bool:
        """Tell whether a host may be talked to while the gate is open."""
        if _ANY in self._allowed:
            return host not in BACKGROUND
        return f"{host}:{port}" in self._allowed

    def _accept(self) -> None:
        while True:
            try:
                client, address = self._listener.accept()
            except OSError:
                return
            came_while_open = self._open
            if address == self._last:
                client.close()
                self._met.set()
                continue
            self._knocked = time.monotonic()
            threading.Thread(target=self._serve, args=(client, came_while_open), daemon=True).start()

    def _serve(self, client: socket.socket, came_while_open: bool) -> None:
        far: socket.socket | None = None
        try:
            client.settimeout(_PATIENCE)
            head, body = _read_head(client)
            method, target, host, port = _destination(head)
            if not (came_while_open and self._open and self.allows(host, port)):
                self.refused.append((method, host))
                client.sendall(_REFUSED)
                return
            try:
                far = socket.create_connection((host, port), timeout=_CONNECT_PATIENCE)
            except OSError:
                self.unreached.add(f"{host}:{port}")
                client.sendall(_UNREACHABLE)
                return
            with self._lock:
                if not self._open:
                    self.refused.append((method, host))
                    return
                self._live |= {client, far}
            if method == "CONNECT":
                client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                far.sendall(body)
            else:
                far.sendall(_for_origin(head, method, target) + body)
            _splice(client, far)
        except (OSError, ValueError, UnicodeDecodeError):
            pass
        finally:
            with self._lock:
                self._live -= {client, far} if far else {client}
            for side in (client, far):
                if side:
                    with contextlib.suppress(OSError):
                        side.close()


def _read_head(client: socket.socket) -> tuple[bytes, bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        more = client.recv(65_536)
        if not more or len(data) > _MAX_HEAD:
            raise ValueError("no request")
        data += more
    head, _sep, body = data.partition(b"\r\n\r\n")
    return head, body


def _destination(head: bytes) -> tuple[str, str, str, int]:
    method, target, _version = head.split(b"\r\n", 1)[0].decode("ascii").split(" ", 2)
    parts = urlsplit(f"//{target}" if method == "CONNECT" else target)
    if not parts.hostname:
        raise ValueError("no host")
    return method, target, parts.hostname.lower(), parts.port or (443 if method == "CONNECT" else 80)


def _for_origin(head: bytes, method: str, target: str) -> bytes:
    parts = urlsplit(target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [line for line in head.split(b"\r\n")[1:] if not line.lower().startswith(_HOP_HEADERS)]
    first = f"{method} {path} HTTP/1.1".encode("ascii")
    return b"\r\n".join([first, *lines, b"connection: close"]) + b"\r\n\r\n"


def _splice(client: socket.socket, far: socket.socket) -> None:
    while True:
        ready, _write, _error = select.select([client, far], [], [], _PATIENCE)
        if not ready:
            return
        for side in ready:
            chunk = side.recv(65_536)
            if not chunk:
                return
            (far if side is client else client).sendall(chunk)
