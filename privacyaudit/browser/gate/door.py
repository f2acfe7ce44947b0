"""The door: the browser's only way out, a proxy on this computer that knows which hosts are allowed.

A plain gate leads connections on without looking into them: it is for the pages of the window in which a person signs
in, and for browsers that have to reach nobody. The gate of a reading is in `reader.py`.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import h11

from privacyaudit.browser.gate import far
from privacyaudit.browser.gate.far import CHUNK, FarError, FarSide, Line, Place
from privacyaudit.browser.gate.packed import Packed, may_be_packed
from privacyaudit.browser.gate.replies import OF_ONE_CONNECTION, cleaned, would_move_on
from privacyaudit.browser.gate.rules import Asked, Refusal, same
from privacyaudit.browser.gate.traffic import Entry, Failure, Traffic

_ANY = "*"
_MAX_HEAD = 65_536
_MAX_BODY = 1_000_000
_MOST_AT_ONCE = 256
_SWITCHES = 101
IDLE_PATIENCE_S = 60.0

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
    """A forward proxy on 127.0.0.1 with a list of allowed hosts.

    `hosts` holds `host` (meaning port 443) or `host:port`. None allows every host except those of BACKGROUND: only for
    the pages of the window in which a person signs in by hand. `traffic` has everything that was asked.
    """

    def __init__(self, hosts: Iterable[str] | None) -> None:
        self._allowed = {_ANY} if hosts is None else {h if ":" in h else f"{h}:443" for h in hosts}
        self._open = True
        self._lock = threading.Lock()
        self._live: set[socket.socket] = set()
        self._far = FarSide()
        self.traffic = Traffic()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """Return the address that the browser is given as its proxy."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Let nothing through from now on, and cut what is under way."""
        with self._lock:
            self._open = False
            live, self._live = self._live, set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for side in live:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(side, socket.SHUT_RDWR)
        self._far.close()

    def allows(self, host: str, port: int) -> bool:
        """Tell whether a host may be talked to."""
        if _ANY in self._allowed:
            return host not in BACKGROUND
        return f"{host}:{port}" in self._allowed

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            if len(self._live) > _MOST_AT_ONCE:
                client.close()
                continue
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            client.settimeout(IDLE_PATIENCE_S)
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.lively(client):
                self._meet(client)
        except (OSError, ValueError, h11.ProtocolError):
            pass
        finally:
            with contextlib.suppress(OSError):
                client.close()

    @contextlib.contextmanager
    def lively(self, *sockets: socket.socket) -> Iterator[None]:
        """Let sockets be cut when the gate is closed. Raises OSError when it is already."""
        with self._lock:
            if not self._open:
                raise OSError("the gate is closed")
            self._live.update(sockets)
        try:
            yield
        finally:
            with self._lock:
                self._live.difference_update(sockets)

    def _meet(self, client: socket.socket) -> None:
        """Take the first request of a connection: one to be connected with a site, or one for a site without TLS."""
        talk = new_talk()
        if (request := next_request(client, talk)) is None:
            return
        if request.method != b"CONNECT":
            self.converse(client, talk, request, None)
            return
        place = _destination(request)
        if talk.trailing_data[0] or not self.admits(place):
            self.traffic.end(
                self.traffic.begin(Entry("CONNECT", place.name, "", refusal=Refusal.OTHER_HOST, mark=hash(place.name)))
            )
            answer(client, talk, 403)
            return
        self.connect(client, talk, place)

    def connect(self, client: socket.socket, talk: h11.Connection, place: Place) -> None:
        """Connect a client with a site and look at nothing that passes."""
        entry = self.traffic.begin(Entry("CONNECT", place.name, ""))
        try:
            sock = far.reach(place)
        except FarError as error:
            answer(client, talk, 502)
            self.traffic.end(entry, error.failure)
            return
        try:
            with self.lively(sock):
                answer(client, talk, 200)
                _splice(client, sock)
        finally:
            sock.close()
            self.traffic.end(entry)

    def converse(
        self, client: socket.socket, talk: h11.Connection, request: h11.Request | None, place: Place | None
    ) -> None:
        """Take one request of a connection after the other until one side hangs up.

        `place` is the site of all of them, None where each says for itself what it is for.
        """
        while request is not None:
            if not self._one(client, talk, request, place):
                return
            if talk.our_state is not h11.DONE or talk.their_state is not h11.DONE:
                return
            talk.start_next_cycle()
            request = next_request(client, talk)

    def admits(self, place: Place) -> bool:
        """Tell whether a connection for a site is met at all."""
        return self.allows(place.host, place.port)

    def judge(self, asked: Asked, place: Place) -> Refusal | None:
        """Return why a request is not let through, None when it is."""
        return None if self.allows(place.host, place.port) else Refusal.OTHER_HOST

    def noted(self, asked: Asked, entry: Entry) -> None:
        """Be told of a request that was judged."""

    def answered(self, asked: Asked, reply: h11.Response) -> None:
        """Be told what a site answers, before the browser is."""

    def _one(self, client: socket.socket, talk: h11.Connection, request: h11.Request, place: Place | None) -> bool:
        """Judge a request, and send it on or refuse it; return whether the connection can go on."""
        try:
            to = _destination(request) if place is None else place
            asked = _asked(request, to)
        except ValueError:
            self.traffic.end(self.traffic.begin(Entry("?", place.name if place else "", "", refusal=Refusal.MALFORMED)))
            answer(client, talk, 400)
            return False
        refusal = self.judge(asked, to)
        path = urlsplit(asked.url).path
        entry = self.traffic.begin(Entry(asked.method, to.name, path, asked.kind, refusal, mark=hash(asked.url)))
        self.noted(asked, entry)
        if refusal:
            self.traffic.end(entry)
            if not _drained(client, talk):
                return False
            answer(client, talk, 204 if asked.replaces_the_page else 403)
            return True
        return self._pass_on(client, talk, request, to, asked, entry)

    def _pass_on(
        self, client: socket.socket, talk: h11.Connection, request: h11.Request, to: Place, asked: Asked, entry: Entry
    ) -> bool:
        """Send a request to its site and the answer back; return whether the connection can go on."""
        body: list[h11.Event] = []
        try:
            while not body or not isinstance(body[-1], h11.EndOfMessage):
                body.append(_read_event(client, talk))
        except (OSError, h11.ProtocolError):
            self.traffic.end(entry, Failure.LEFT)
            return False
        try:
            line, reply = self._ask(request, to, body)
        except FarError as error:
            self.traffic.end(entry, error.failure)
            answer(client, talk, 502)
            return False
        entry.status = reply.status_code
        self.answered(asked, reply)
        head = h11.Response(status_code=reply.status_code, headers=cleaned(reply.headers), reason=reply.reason)
        event: h11.Event = head
        packed = Packed(reply.headers)
        try:
            with self.lively(line.sock):
                while True:
                    if (data := talk.send(event)) is not None:
                        _hand_back(client, data)
                    if isinstance(event, h11.EndOfMessage):
                        break
                    event = line.next_event()
                    if isinstance(event, h11.Data):
                        packed.see(event.data)
        except _LeftError:
            failure = Failure.LEFT
        except (OSError, h11.ProtocolError):
            failure = Failure.BROKEN if self._open else Failure.CUT
        else:
            said = Failure.HELD_BACK if would_move_on(reply.headers) else None
            self.traffic.end(entry, said if packed.is_whole() else Failure.BROKEN)
            self._far.keep(to, line)
            return True
        line.close()
        self.traffic.end(entry, failure)
        return False

    def _ask(self, request: h11.Request, to: Place, body: list[h11.Event]) -> tuple[Line, h11.Response]:
        """Send a request and return where its answer comes from, and the head of it. Raises FarError.

        A connection that was kept and has died meanwhile is replaced once: that is how browsers do it too.
        """
        for again in (False, True):
            line = self._far.line(to, fresh=again)
            try:
                with self.lively(line.sock):
                    line.send(_for_site(request, to, absolute=line.absolute), *body)
                    event = line.next_event()
                    while isinstance(event, h11.InformationalResponse) and event.status_code != _SWITCHES:
                        event = line.next_event()
                if isinstance(event, h11.Response):
                    return line, event
            except (OSError, h11.ProtocolError):
                pass
            line.close()
            if line.fresh or not self._open:
                break
        raise FarError(Failure.BROKEN if self._open else Failure.CUT)


class _LeftError(Exception):
    """The browser has hung up."""


def _hand_back(client: socket.socket, data: bytes) -> None:
    try:
        client.sendall(data)
    except OSError as error:
        raise _LeftError from error


def new_talk() -> h11.Connection:
    """Return the gate's end of a connection with a browser."""
    return h11.Connection(h11.SERVER, max_incomplete_event_size=_MAX_HEAD)


def next_request(client: socket.socket, talk: h11.Connection) -> h11.Request | None:
    """Return the next request of a client, None when it hangs up. Raises h11's RemoteProtocolError and OSError."""
    event = _read_event(client, talk)
    return event if isinstance(event, h11.Request) else None


def _read_event(client: socket.socket, talk: h11.Connection) -> h11.Event:
    """Return what a client says next. Raises h11's RemoteProtocolError and OSError."""
    while (event := talk.next_event()) is h11.NEED_DATA:
        talk.receive_data(client.recv(CHUNK))
    if event is h11.PAUSED:
        raise OSError("more than one request at once")
    assert not isinstance(event, type)
    return event


def answer(client: socket.socket, talk: h11.Connection, status: int) -> None:
    """Give an answer of the gate's own, without a body."""
    headers = [("content-length", "0")] if status not in (200, 204) else []
    head = talk.send(h11.Response(status_code=status, headers=headers, reason=b"privacyaudit")) or b""
    client.sendall(head if status == 200 else head + (talk.send(h11.EndOfMessage()) or b""))


def _drained(client: socket.socket, talk: h11.Connection) -> bool:
    """Take what a refused request brings along, so that its answer arrives; tell whether that was not too much."""
    size = 0
    while not isinstance(event := _read_event(client, talk), h11.EndOfMessage):
        if not isinstance(event, h11.Data) or (size := size + len(event.data)) > _MAX_BODY:
            return False
    return True


def _asked(request: h11.Request, to: Place) -> Asked:
    """Return a request as the rules see it. Raises ValueError where it names another host than the one it is for."""
    headers: dict[str, str] = {}
    for name, value in request.headers:
        said = value.decode("latin-1")
        headers[name.decode("ascii")] = said if name == b"cookie" else said.lower()
    target = request.target.decode("ascii")
    if not target.startswith("/") and (urlsplit(target).scheme, to.scheme) != ("http", "http"):
        raise ValueError("an address that is not of this site")
    if headers.get("host", "").lower() not in (to.name, f"{to.host}:{to.port}"):
        raise ValueError("another host")
    return Asked(request.method.decode("ascii"), same(f"{to.scheme}://{to.name}{_path(target)}"), headers)


def _destination(request: h11.Request) -> Place:
    """Return where a request to a proxy is to go. Raises ValueError for one that is not for a proxy."""
    target = request.target.decode("ascii")
    connect = request.method == b"CONNECT"
    parts = urlsplit(f"//{target}" if connect else target)
    if not parts.hostname or parts.username is not None or not (connect or parts.scheme == "http"):
        raise ValueError("not for a proxy")
    return Place("https" if connect else "http", parts.hostname.lower(), parts.port or (443 if connect else 80))


def _for_site(request: h11.Request, to: Place, *, absolute: bool) -> h11.Request:
    """Return a request as its site gets it: without what is between the browser and the gate.

    A reply may come packed only in ways that the gate can look through.
    """
    own = [
        (name, may_be_packed(value) if name == b"accept-encoding" else value)
        for name, value in request.headers
        if name not in OF_ONE_CONNECTION and name != b"host"
    ]
    target = _path(request.target.decode("ascii"))
    return h11.Request(
        method=request.method,
        target=f"{to.scheme}://{to.name}{target}" if absolute else target,
        headers=[(b"host", to.name.encode("ascii")), *own, *(far.permission_for(to) if absolute else ())],
    )


def _path(target: str) -> str:
    """Return path and query of a target."""
    parts = urlsplit(target) if not target.startswith("/") else urlsplit(f"http://x{target}")
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _splice(client: socket.socket, sock: socket.socket) -> None:
    while True:
        ready, _write, _error = select.select([client, sock], [], [], far.PATIENCE_S)
        if not ready:
            return
        for side in ready:
            chunk = side.recv(CHUNK)
            if not chunk:
                return
            (sock if side is client else client).sendall(chunk)
