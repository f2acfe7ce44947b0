"""A proxy as schools and councils have one: some sites are reached through it only. Loopback only."""

from __future__ import annotations

import base64
import threading
import urllib.request
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class Proxy:
    """`sites` maps a host to what its pages say; `asked` holds every request that came, in order.

    With `password` (name and password with a colon between) it leads encrypted traffic on for nobody else.
    """

    def __init__(self, sites: Mapping[str, str], password: str = "") -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                page = sites.get(urlsplit(self.path).hostname or "")
                self.send_response(404 if page is None else 200)
                self.end_headers()
                self.wfile.write((page or "").encode())

            def do_CONNECT(self) -> None:
                asked.append(self.path)
                wanted = f"Basic {base64.b64encode(password.encode()).decode()}"
                told = self.headers.get("proxy-authorization")
                self.send_error(407 if password and told != wanted else 502)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def ordinary_client(self, url: str) -> str:
        """Return what a program gets that uses the proxies of this computer, as most do."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler())
        with opener.open(url, timeout=5) as reply:
            return str(reply.read().decode())

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
