"""Sends the person's browser on to an address that no list of running programs may show.

Whatever opens a browser is a command line, and other programs on the computer can read it. So it gets an address on
this computer that works once, and only the answer names the real one.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE_S = 15.0
_HOST = "127.0.0.1"


def open_unseen(address: str, opens: Callable[[str], bool], patience: float = PATIENCE_S) -> bool:
    """Open an address by way of one on this computer; tell whether a browser came for it within so many seconds."""
    path = f"/{secrets.token_urlsafe(16)}"
    once, handed = threading.Lock(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        timeout = patience

        def do_GET(self) -> None:
            known = secrets.compare_digest(self.path.encode(), path.encode())
            known = known and self.headers.get("Host") == f"{_HOST}:{server.server_port}"
            known = known and once.acquire(blocking=False)  # for the first of two that come at the same moment
            self.send_response(303 if known else 404)
            if known:
                self.send_header("Location", address)
            self.send_header("Cache-Control", "no-store")
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header("Content-Length", "0")
            self.end_headers()
            if known:
                handed.set()

        def log_message(self, format: str, *_arguments: object) -> None:  # noqa: A002
            """Write no log."""

    server = ThreadingHTTPServer((_HOST, 0), Handler)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    serving.start()
    try:
        return opens(f"http://{_HOST}:{server.server_port}{path}") and handed.wait(patience)
    finally:
        server.shutdown()
        server.server_close()
