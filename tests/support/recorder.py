"""A site that keeps every byte that it gets, and answers each request with the next of the bytes it was given."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Self

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"


class Recorder:
    """`answers` are said one after the other, the last one again and again; one that ends with CLOSE hangs up."""

    CLOSE = b"<close>"

    def __init__(self, *answers: bytes, certificate: ssl.SSLContext | None = None, wait_s: float = 0) -> None:
        self.received = b""
        self.heads: list[str] = []
        self.connections = 0
        self._answers: Sequence[bytes] = answers or (OK,)
        self._certificate = certificate
        self._wait_s = wait_s
        self._open: list[socket.socket] = []
        self._serving: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._begin(self._accept)
        return self

    def __exit__(self, *_error: object) -> None:
        """Hang up; a thread that still read would read from whatever gets the number of its closed socket."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._serving.pop(0).join()
        for one in self._open:
            with suppress(OSError):
                socket.socket.shutdown(one, socket.SHUT_RDWR)
        for thread in self._serving:
            thread.join()
        for line in (self._listener, *self._open):
            line.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                self.connections += 1
                line = self._wrapped(client)
                self._open.append(line)
                self._begin(self._serve, line)

    def _wrapped(self, client: socket.socket) -> socket.socket:
        if not self._certificate:
            return client
        return self._certificate.wrap_socket(client, server_side=True, do_handshake_on_connect=False)

    def _begin(self, work: Callable[..., None], *given: socket.socket) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)
        self._serving.append(thread)
        thread.start()

    def _serve(self, line: socket.socket) -> None:
        with suppress(OSError):
            if isinstance(line, ssl.SSLSocket):
                line.do_handshake()
            kept = b""
            while data := line.recv(65_536):
                self.received += data
                kept += data
                while b"\r\n\r\n" in kept:
                    head, _mark, kept = kept.partition(b"\r\n\r\n")
                    self.heads.append(head.decode("latin-1"))
                    said = self._answers[min(len(self.heads), len(self._answers)) - 1]
                    time.sleep(self._wait_s)
                    line.sendall(said.removesuffix(self.CLOSE))
                    if said.endswith(self.CLOSE):
                        line.close()
                        return
