"""A window's app without a socket, and one request to it from somewhere."""

from __future__ import annotations

import asyncio
import json
import time
from threading import Event
from typing import Any

from privacyaudit.errors import SaveError
from privacyaudit.serving import guard
from privacyaudit.window.app import MARK, Download, Window, app
from privacyaudit.window.door import Door, new_key, new_ticket
from privacyaudit.window.presence import Presence

PORT = 8361
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"
POST: dict[str, Any] = {
    "content-type": "application/json",
    "x-privacyaudit": MARK,
    "origin": ORIGIN,
    "sec-fetch-site": "same-origin",
}
SECRET = "what only the person may see"


class Reply:
    def __init__(self) -> None:
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.body = b""

    def header(self, name: str) -> str:
        return ", ".join(value for found, value in self.headers if found == name)


class Site:
    """A window that shows `SECRET` and notes what it was told to do; one that is not `ready` waits for `loaded`."""

    def __init__(self, *, ready: bool = True) -> None:
        self.key = new_key()
        self.done: list[Any] = []
        self.seconds = 0.0
        self.presence = Presence(lambda: self.seconds)
        self.loaded = Event()
        hosts = frozenset(f"{name}:{PORT}" for name in guard.LOOPBACK_NAMES)
        self.window = Window(Door(self.key), self.presence, hosts, self._load)
        if ready:
            self.loaded.set()
            self.window.given.set()
            self.window.behind.result()
        self.place = self.window.door.place
        self.app = app(self.window)

    def _load(self) -> Site:
        self.loaded.wait()
        return self

    def page(self) -> str:
        return f"<p>{SECRET}</p>"

    def reads(self) -> dict[str, Any]:
        return {"state": lambda: {"secret": SECRET}}

    def does(self) -> dict[str, Any]:
        return {"answer": self.answer, "full": self.full, "fault": self.fault}

    def takes(self) -> dict[str, Any]:
        return {"file": self.answer}

    def pages(self) -> dict[str, Any]:
        return {
            "report": self.page,
            "plan": lambda: None,
            "look.ics": lambda: Download("a.ics", "text/calendar", b"x"),
        }

    def answer(self, wish: Any) -> Any:
        self.done.append(wish)
        return {"saved": True}

    def full(self, _wish: Any) -> Any:
        raise SaveError("The disk is full.", "Free some space.")

    def fault(self, _wish: Any) -> Any:
        raise ZeroDivisionError(SECRET)

    def ticket(self, age: float = 0) -> str:
        return new_ticket(self.key, time.time() - age)

    def enter(self, ticket: str | None = None, **headers: Any) -> Reply:
        query = f"ticket={self.ticket() if ticket is None else ticket}".encode()
        return self.ask("GET", "/in", query, **headers)

    def cookie(self) -> str:
        return self.enter().header("set-cookie").split(";")[0]

    def ask(
        self, method: str, path: str, query: bytes = b"", body: bytes = b"", client: str = "127.0.0.1", **headers: Any
    ) -> Reply:
        given = {"host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
        return asyncio.run(self._send(method, path, query, body, client, given))

    def post(self, path: str, wish: Any, cookie: str, client: str = "127.0.0.1", **headers: Any) -> Reply:
        given: dict[str, Any] = (
            {"cookie": cookie} | POST | {name.replace("_", "-"): value for name, value in headers.items()}
        )
        wanted: Any = {name: value for name, value in given.items() if value != "-"}
        return self.ask("POST", self.place + path, b"", json.dumps(wish).encode(), client, **wanted)

    async def _send(
        self, method: str, path: str, query: bytes, body: bytes, client: str, headers: dict[str, str]
    ) -> Reply:
        reply, parts = Reply(), [body]

        async def receive() -> dict[str, Any]:
            if not parts:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": parts.pop(0), "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                reply.status = message["status"]
                reply.headers = [(name.decode(), value.decode()) for name, value in message["headers"]]
            else:
                reply.body += message.get("body", b"")

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query,
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
            "client": (client, 50000),
            "server": ("127.0.0.1", PORT),
        }
        await self.app(scope, receive, send)
        return reply
