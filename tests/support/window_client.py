"""What the page's script says to the window, without a browser: over a real connection, with the real headers."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit


class Client:
    """Somebody who was let in. `secrets` are the words that let them in.

    Raises OSError or HTTPException where nobody answers, and RefusedError with what the window says.
    """

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        assert parts.hostname
        assert parts.port
        self._line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        self._line.request("GET", f"{parts.path}?{parts.query}")
        answer = self._line.getresponse()
        answer.read()
        assert answer.status == 303, answer.status
        self.place = str(answer.headers["location"]).rpartition("/")[0] + "/"
        self._cookie = str(answer.headers["set-cookie"]).split(";")[0]
        self._origin = f"http://{parts.netloc}"
        self.secrets = (parts.query.partition("=")[2], self._cookie.partition("=")[2], self.place.split("/")[2])

    def look(self, name: str) -> Any:
        return self._ask("GET", name, None)

    def do(self, name: str, **wish: Any) -> Any:
        return self._ask("POST", name, json.dumps(wish))

    def _ask(self, method: str, name: str, body: str | None) -> Any:
        headers = {
            "Cookie": self._cookie,
            "Origin": self._origin,
            "Content-Type": "application/json",
            "X-Privacyaudit": "window",
            "Sec-Fetch-Site": "same-origin",
        }
        self._line.request(method, self.place + name, body, headers)
        answer = self._line.getresponse()
        said = json.loads(answer.read())
        if answer.status != 200:
            raise RefusedError(answer.status, said)
        return said


class RefusedError(AssertionError):
    """The window answered, and did not do it."""
