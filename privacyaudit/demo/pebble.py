"""Pebble, a pretend social network that runs on this computer only.

It is a real site in everything a reader of settings can notice: it signs people in and out, saves what is changed,
fetches part of its pages late and keeps sending small reports of its own. It remembers every request, so that anybody
can look up whether something was written. What its pages show is in `accounts.py`.
"""

from __future__ import annotations

import copy
import json
import secrets
import threading
import time
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs, urlsplit

from privacyaudit.demo import accounts, drawing
from privacyaudit.demo.accounts import ON_OFF, SETTINGS

COOKIE = "pebble_session"
KEEP_SECONDS = 30 * 24 * 3600
API_SECONDS = 0.2
MAX_FORM_BYTES = 10_000
TITLES = {page: page.capitalize() for page in SETTINGS}


class Request(NamedTuple):
    """One request that reached the server; the path is without what follows a question mark."""

    method: str
    path: str


class Pebble:
    """The running site with one account that can sign in; use it in a `with` statement.

    `log` holds every request in the order of arrival, `sessions` the ids of those who are signed in now.
    Raises UsageError for an account that does not exist.
    """

    def __init__(self, account: str = "mixed") -> None:
        self.account = copy.deepcopy(accounts.find(account))
        self.log: list[Request] = []
        self.sessions: set[str] = set()

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.pebble = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def origin(self) -> str:
        """Return the address of the site, such as `http://127.0.0.1:40123`, while it runs."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def truth(self) -> dict[str, str]:
        """Return check id to option id as the account is set now."""
        return accounts.truth(self.account)

    def save(self, page: str, form: dict[str, str]) -> bool:
        """Change what a form asks for and tell whether every value was one that the page offers."""
        wanted = {name: form[name] for name in SETTINGS[page] if name in form}
        if page == "privacy":  # a plain form says that a box is not ticked by not mentioning it
            wanted |= {name: "off" for name, values in SETTINGS[page].items() if values == ON_OFF and name not in form}
        if any(value not in SETTINGS[page][name] for name, value in wanted.items()):
            return False
        self.account.settings |= wanted
        if page == "devices":
            here, *others = self.account.devices
            self.account.devices = [here, *(device for device in others if device.id != form.get("end_session"))]
            self.account.apps = [app for app in self.account.apps if app.id != form.get("remove_app")]
        return True

    def devices(self) -> dict[str, Any]:
        """Return what the devices page fetches about sessions."""
        return {
            "devices": [
                {**device._asdict(), "current": number == 0} for number, device in enumerate(self.account.devices)
            ]
        }

    def preferences(self) -> dict[str, Any]:
        """Return what the devices page fetches about signing in and apps; `two_step` is left out where it is off."""
        settings = self.account.settings
        security: dict[str, Any] = {"sign_in_alerts": settings["sign_in_alerts"] == "on"}
        if settings["two_step"] != "off":
            security["two_step"] = settings["two_step"]
        return {"security": security, "apps": [app._asdict() for app in self.account.apps]}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    pebble: Pebble


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = "Pebble"
    sys_version = ""
    timeout = 20

    def parse_request(self) -> bool:
        understood = super().parse_request()
        if understood:
            self.server.pebble.log.append(Request(self.command, urlsplit(self.path).path))
        return understood

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Print nothing: the log of the site is a list."""

    def do_GET(self) -> None:
        pebble = self.server.pebble
        path = urlsplit(self.path).path
        folder, _slash, name = path.removeprefix("/").partition("/")
        if folder == "static" and (found := drawing.static(name)):
            self._send(200, *found)
        elif path == "/sign-in" and not self._session():
            self._page(200, "Sign in", "sign-in.html")
        elif folder == "api" and not self._session():
            self._json(401, {"error": "sign in first"})
        elif path == "/api/devices":
            self._json(200, pebble.devices())
        elif path == "/api/preferences":
            self._json(200, pebble.preferences())
        elif path in ("/", "/sign-in", "/sign-out") or folder == "settings":
            self._signed_in_only(path, name)
        else:
            self._page(404, "Not found", "not-found.html")

    def do_HEAD(self) -> None:
        self.do_GET()

    def _signed_in_only(self, path: str, name: str) -> None:
        if not self._session():
            self._redirect(302, "/sign-in")
        elif path in ("/", "/sign-in"):
            self._redirect(302, "/settings/privacy")
        elif path == "/sign-out":
            self._page(200, "Sign out", "sign-out.html")
        elif name in SETTINGS:
            note = "Saved." if urlsplit(self.path).query == "saved=yes" else ""
            self._page(200, TITLES[name], f"{name}.html", here=name, note=note)
        else:
            self._page(404, "Not found", "not-found.html")

    def do_POST(self) -> None:
        path = urlsplit(self.path).path
        folder, _slash, name = path.removeprefix("/").partition("/")
        form = self._form()
        if form is None:
            self._send(413, b"", "text/plain")
        elif path in ("/beacon", "/heartbeat"):
            self._send(204, b"", "text/plain")
        elif path == "/sign-in":
            self._sign_in(form)
        elif path == "/sign-out":
            self._sign_out()
        elif folder == "settings" and name in SETTINGS:
            self._save(name, form)
        else:
            self._page(404, "Not found", "not-found.html")

    def _sign_in(self, form: dict[str, str]) -> None:
        pebble = self.server.pebble
        if (form.get("user"), form.get("password")) != (pebble.account.user, pebble.account.password):
            self._page(422, "Sign in", "sign-in.html", note="That name and password do not match.")
            return
        session = secrets.token_urlsafe(32)
        pebble.sessions.add(session)
        keep = f"; Max-Age={KEEP_SECONDS}" if form.get("keep") == "on" else ""
        self._redirect(303, "/settings/privacy", f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Lax{keep}")

    def _sign_out(self) -> None:
        self.server.pebble.sessions.discard(self._session() or "")
        gone = f"{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        self._page(200, "You are signed out", "signed-out.html", cookie=gone)

    def _save(self, page: str, form: dict[str, str]) -> None:
        if not self._session():
            self._redirect(302, "/sign-in")
        elif not self.server.pebble.save(page, form):
            self._send(400, b"Pebble does not offer that.", "text/plain")
        elif page == "privacy":
            self._redirect(303, "/settings/privacy?saved=yes")
        else:
            self._send(204, b"", "text/plain")

    def _session(self) -> str | None:
        try:
            cookie = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        except CookieError:
            return None
        return cookie.value if cookie and cookie.value in self.server.pebble.sessions else None

    def _form(self) -> dict[str, str] | None:
        """Return the fields of a form that was posted, or None when it is too long or has no length."""
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > MAX_FORM_BYTES:
            return None
        text = self.rfile.read(int(length)).decode(errors="replace")
        return {name: values[-1] for name, values in parse_qs(text, keep_blank_values=True).items()}

    def _page(
        self, status: int, title: str, file: str, *, here: str = "", note: str = "", cookie: str | None = None
    ) -> None:
        signed_in = self._session() is not None
        text = drawing.page(self.server.pebble.account, title, file, signed_in=signed_in, here=here, note=note)
        self._send(status, text.encode(), "text/html", cookie=cookie)

    def _json(self, status: int, data: dict[str, Any]) -> None:
        time.sleep(API_SECONDS)  # as late as on a real site, so that a page is seen while it still waits
        self._send(status, json.dumps(data).encode(), "application/json")

    def _redirect(self, status: int, to: str, cookie: str | None = None) -> None:
        self._send(status, b"", "text/plain", location=to, cookie=cookie)

    def _send(
        self, status: int, body: bytes, kind: str, *, location: str | None = None, cookie: str | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; form-action 'self'")
        self.send_header("Referrer-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        if location:
            self.send_header("Location", location)
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
