"""Runs a server beside the terminal, and keeps its state each minute. Only this module touches uvicorn."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from privacyaudit.errors import AuditError, SaveError

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from starlette.types import ASGIApp

KEEP_SECONDS = 60.0
LOOK_SECONDS = 1.0
FIRST_REQUEST_SECONDS = 15.0
CONNECTION_SECONDS = 120.0
IDLE_SECONDS = 15
MOST_CONNECTIONS = 1000
MOST_EACH = 100  # of one address, behind which there may be a router with a room full of phones
MOST_AT_ONCE = 128  # that wait to be taken
OTHER_FILES = 24  # that this program needs while it serves
STOP_SECONDS = 5
LARGEST_HEAD = 16_384  # bytes of a request before its body


class _Impatient(H11Protocol):
    """A connection that ends when no whole request came in time, and in any case after two minutes.

    So a slow or broken client cannot hold on for ever; a phone that still needs the server connects again. When there
    are too many from one address, or of the address that has most when there are too many in all, the one that has
    asked for nothing for longest makes room.
    """

    most = MOST_CONNECTIONS
    most_each = MOST_EACH

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._since = self.loop.time()
        super().connection_made(transport)
        callers = Counter(_caller(one) for one in self.connections)
        if callers[_caller(self)] > self.most_each:
            self._make_room(_caller(self))
        elif callers.total() > self.most:
            self._make_room(max(callers, key=callers.__getitem__))
        self._deadlines = (
            self.loop.call_later(FIRST_REQUEST_SECONDS, self._end_unless_begun),
            self.loop.call_later(CONNECTION_SECONDS, transport.abort),
        )

    def _make_room(self, caller: str) -> None:
        theirs = [one for one in self.connections if isinstance(one, _Impatient) and _caller(one) == caller]
        idle = [one for one in theirs if one.idle and one is not self]
        longest = min(idle, key=lambda one: one._since, default=self)
        self.connections.discard(longest)
        longest.transport.abort()

    @property
    def idle(self) -> bool:
        """Tell whether no request of it is being answered."""
        return self.cycle is None or bool(self.cycle.response_complete)

    def _end_unless_begun(self) -> None:
        if self.cycle is None:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        for deadline in self._deadlines:
            deadline.cancel()
        super().connection_lost(exc)


def _caller(connection: object) -> str:
    client = getattr(connection, "client", None)
    return str(client[0]) if client else ""


def _room() -> tuple[int, int]:
    """Return how many connections there may be, and how many may wait to be taken, so that files never run out.

    A system may allow a program few open files, as macOS does (256); it gets as many as it may have for the asking.
    """
    if sys.platform == "win32":
        return MOST_CONNECTIONS, MOST_AT_ONCE
    few, many = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = MOST_CONNECTIONS + 3 * MOST_AT_ONCE + 2 * OTHER_FILES
    if few != resource.RLIM_INFINITY and few < enough:
        with suppress(OSError, ValueError):
            resource.setrlimit(
                resource.RLIMIT_NOFILE, (enough if many == resource.RLIM_INFINITY else min(enough, many), many)
            )
        few = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    files = enough if few == resource.RLIM_INFINITY else min(few, enough)
    free = max(files - OTHER_FILES - len(list(Path("/dev/fd").iterdir())), 12)
    at_once = min(MOST_AT_ONCE, free // 6)
    return min(MOST_CONNECTIONS, free - 3 * at_once), at_once


def bind(addresses: Sequence[str], port: int) -> list[socket.socket]:
    """Return sockets that are bound to each address at one port; port 0 takes a free one. Raises OSError."""
    sockets: list[socket.socket] = []
    try:
        for address in addresses:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            one = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # asyncio sends at once only by TCP
            sockets.append(one)
            if sys.platform != "win32":  # there it would let two programs have the same port
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind((address, port or (sockets[0].getsockname()[1] if len(sockets) > 1 else 0)))
    except (OSError, OverflowError):
        for one in sockets:
            one.close()
        raise
    return sockets


class Running:
    """A server that runs in a thread of its own; `stop` ends it and waits until it has.

    `keep` is called every minute in another thread, so that a slow disk holds nobody up, and within a second when
    `urgent` has changed; what went wrong with it last is in `trouble`.
    """

    def __init__(
        self,
        app: ASGIApp,
        sockets: list[socket.socket],
        state: Callable[[], str] | None = None,
        keep: Callable[[str], None] | None = None,
        urgent: Callable[[], object] = lambda: None,
        seconds: float = KEEP_SECONDS,
    ) -> None:
        for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi", "asyncio"):
            logging.getLogger(name).disabled = True
        most, at_once = _room()
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                http=type("_Limited", (_Impatient,), {"most": most, "most_each": min(MOST_EACH, max(most // 2, 1))}),
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,
                proxy_headers=False,
                limit_concurrency=most + at_once,
                backlog=at_once,
                timeout_keep_alive=IDLE_SECONDS,
                timeout_graceful_shutdown=STOP_SECONDS,
                h11_max_incomplete_event_size=LARGEST_HEAD,
            )
        )
        self._sockets = sockets
        self._state = state
        self._keep = keep
        self._urgent = urgent
        self._seconds = seconds
        self.trouble: AuditError | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Start, and return once connections are taken."""
        self._thread.start()
        while self._thread.is_alive() and not self._server.started:
            self._thread.join(0.01)

    @property
    def alive(self) -> bool:
        """Tell whether the server still runs."""
        return self._thread.is_alive()

    @property
    def port(self) -> int:
        """Return the port at which it listens."""
        return int(self._sockets[0].getsockname()[1])

    @property
    def connections(self) -> int:
        """Return how many connections are open."""
        return len(self._server.server_state.connections)

    def stop(self) -> None:
        """End every connection and stop."""
        self._server.should_exit = True
        self._thread.join()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        keeping = asyncio.create_task(self._keep_going())
        try:
            await self._server.serve(sockets=self._sockets)
        finally:
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping

    async def _keep_going(self) -> None:
        last, seen, waited = "", self._urgent(), 0.0
        while self._state and self._keep:
            step = min(LOOK_SECONDS, self._seconds)
            await asyncio.sleep(step)
            waited += step
            if waited < self._seconds and self._urgent() == seen:
                continue
            seen, waited, state = self._urgent(), 0.0, self._state()
            if state != last:
                try:
                    await asyncio.to_thread(self._keep, state)
                except SaveError as error:
                    self.trouble = error
                else:
                    last, self.trouble = state, None
