"""A pretend site that remembers every request it received. Loopback only."""

from __future__ import annotations

import base64
import hashlib
import ssl
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import NamedTuple, Self


class Seen(NamedTuple):
    method: str
    path: str
    cookie: str
    query: str = ""
    sent: str = ""
    authorization: str = ""


class Reply(NamedTuple):
    """`early` are lines of a reply before the reply (103 Early Hints)."""

    body: str | bytes = "<!doctype html><html lang=en><title>ok</title>"
    status: int = 200
    kind: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()
    wait_s: float = 0
    early: str = ""


class Turns(NamedTuple):
    """What a path says to the first request, the second and so on; the last reply is said to all that follow."""

    replies: tuple[Reply, ...]


class Stream(NamedTuple):
    """A reply that comes in parts, each after so many seconds, and then stays open without a word."""

    parts: tuple[tuple[float, str], ...]
    kind: str = "text/event-stream"
    open_s: float = 0


class Socket(NamedTuple):
    """A WebSocket that says one thing, a moment after it was opened."""

    message: str
    wait_s: float = 0.2


Page = Reply | Turns | Stream | Socket | Callable[[Seen], Reply]


class Site:
    """`pages` maps a path to a reply or to a function that makes one; `log` holds what arrived, in order."""

    def __init__(self, host: str = "127.0.0.1", certificate: ssl.SSLContext | None = None) -> None:
        self.log: list[Seen] = []
        self.pages: dict[str, Page] = {}
        self._server = _Server((host, 0), _Handler)
        self._server.site = self
        self._scheme = "http"
        if certificate:
            self._server.socket = certificate.wrap_socket(self._server.socket, server_side=True)
            self._scheme = "https"
        self.host = f"{host}:{self._server.server_address[1]}"

    @property
    def origin(self) -> str:
        return f"{self._scheme}://{self.host}"

    @property
    def writes(self) -> list[str]:
        return sorted({seen.path for seen in self.log if seen.method not in ("GET", "HEAD", "OPTIONS")})

    def paths(self) -> list[str]:
        return [seen.path for seen in self.log]

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet about browsers that hang up."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 20

    def log_message(self, format: str, *args: object) -> None:
        """The log is a list."""

    def _answer(self) -> None:
        sent = self.rfile.read(int(self.headers.get("content-length") or 0)).decode(errors="replace")
        path, _mark, query = self.path.partition("?")
        told = {name: self.headers.get(name, "") for name in ("cookie", "authorization")}
        seen = Seen(self.command, path, query=query, sent=sent, **told)
        self.server.site.log.append(seen)
        page = self.server.site.pages.get(seen.path, Reply())
        if isinstance(page, Stream):
            self._stream(page)
        elif isinstance(page, Socket):
            self._speak(page)
        elif isinstance(page, Turns):
            asked = self.server.site.paths().count(seen.path)
            self._reply(page.replies[min(asked, len(page.replies)) - 1])
        else:
            self._reply(page if isinstance(page, Reply) else page(seen))

    def _reply(self, reply: Reply) -> None:
        time.sleep(reply.wait_s)
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        if reply.early:
            lines = "".join(f"{line}\r\n" for line in reply.early.splitlines())
            self.wfile.write(f"HTTP/1.1 103 Early Hints\r\n{lines}\r\n".encode())
        self.send_response(reply.status)
        self.send_header("content-type", f"{reply.kind}; charset=utf-8" if "text" in reply.kind else reply.kind)
        if "content-length" not in dict(reply.headers):
            self.send_header("content-length", str(len(body)))
        self.send_header("access-control-allow-origin", "*")
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _stream(self, stream: Stream) -> None:
        self.send_response(200)
        self.send_header("content-type", stream.kind)
        self.end_headers()
        for wait_s, part in stream.parts:
            time.sleep(wait_s)
            self.wfile.write(part.encode())
        time.sleep(stream.open_s)

    def _speak(self, socket: Socket) -> None:
        key = self.headers.get("sec-websocket-key", "") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accepted = base64.b64encode(hashlib.sha1(key.encode(), usedforsecurity=False).digest()).decode()
        head = ("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade")
        self.wfile.write("\r\n".join((*head, f"Sec-WebSocket-Accept: {accepted}", "", "")).encode())
        time.sleep(socket.wait_s)
        self.wfile.write(bytes((0x81, len(socket.message))) + socket.message.encode())
        time.sleep(1)

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Answer each method that there is, and those that there are not."""
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)
