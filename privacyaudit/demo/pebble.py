"""Pebble, a pretend social network that runs on this computer only.

It is a real site in everything a reader of settings can notice: it signs people in and out, saves what is changed,
fetches part of its pages late and keeps sending small reports of its own. It remembers every request, so that anybody
can look up whether something was written. The pages are in `pages/`; what is true on them is in `ACCOUNTS`.
"""

from __future__ import annotations

import copy
import html
import json
import secrets
import threading
import time
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs, urlsplit

from privacyaudit.errors import UsageError
from privacyaudit.i18n import _

PAGES = Path(__file__).parent / "pages"
STATIC = {".css": "text/css", ".js": "text/javascript"}
COOKIE = "pebble_session"
KEEP_SECONDS = 30 * 24 * 3600
API_SECONDS = 0.2
MAX_FORM_BYTES = 10_000

ON_OFF = ("on", "off")
AUDIENCE = {
    "everyone": "Everyone",
    "friends-of-friends": "Friends of friends",
    "friends": "Friends",
    "only-me": "Only me",
}

# Settings page -> setting -> the values it can have.
SETTINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "privacy": {
        "search_engines": ON_OFF,
        "online": ON_OFF,
        "photos": ("everyone", "friends", "only-me"),
        "messages": ("everyone", "friends-of-friends", "friends"),
    },
    "tagging": {"photo_tags": ON_OFF, "name_suggestions": ON_OFF, "mentions": ON_OFF},
    "audience": {
        "future_posts": tuple(AUDIENCE),
        "friends_list": tuple(AUDIENCE),
        "following": tuple(AUDIENCE),
        "birthday": tuple(AUDIENCE),
        "likes": ON_OFF,
    },
    "devices": {"two_step": ("off", "text", "app"), "sign_in_alerts": ON_OFF},
    "discovery": {"phone_lookup": ("everyone", "friends", "nobody", "no-number"), "address_book": ON_OFF},
}
TITLES = {page: page.capitalize() for page in SETTINGS}


class Device(NamedTuple):
    """Something that is signed in; the first of an account is the one the person sits at."""

    id: str
    name: str
    last_active: str


class App(NamedTuple):
    """An app that may read the account, and for how many months nobody has used it."""

    id: str
    name: str
    months_unused: int


@dataclass
class Account:
    """A pretend person: how they sign in, what is set for them, and what only they could say (`second_look`).

    `display_name` stands on every page for those who are signed in, so a record that holds it has copied page text.
    """

    user: str
    password: str
    display_name: str
    settings: dict[str, str]
    devices: list[Device]
    apps: list[App]
    second_look: str


ACCOUNTS = {
    "safe": Account(
        user="robin",
        password="smooth-stones-3",  # noqa: S106 - pretend, and shown on the sign-in page
        display_name="Robin Tidewell",
        settings={
            "search_engines": "off",
            "online": "off",
            "photos": "friends",
            "messages": "friends",
            "photo_tags": "on",
            "name_suggestions": "off",
            "mentions": "on",
            "future_posts": "friends",
            "friends_list": "only-me",
            "following": "only-me",
            "birthday": "only-me",
            "likes": "off",
            "two_step": "app",
            "sign_in_alerts": "on",
            "phone_lookup": "no-number",
            "address_book": "off",
        },
        devices=[Device("d1", "Chrome, Windows laptop", "now")],
        apps=[App("a1", "Tide Times", 0)],
        second_look="yes",
    ),
    "open": Account(
        user="sam",
        password="rolling-stones-5",  # noqa: S106 - pretend, and shown on the sign-in page
        display_name="Sam Shinglebrook",
        settings={
            "search_engines": "on",
            "online": "on",
            "photos": "everyone",
            "messages": "everyone",
            "photo_tags": "off",
            "name_suggestions": "on",
            "mentions": "on",
            "future_posts": "everyone",
            "friends_list": "everyone",
            "following": "everyone",
            "birthday": "friends",
            "likes": "on",
            "two_step": "off",
            "sign_in_alerts": "off",
            "phone_lookup": "everyone",
            "address_book": "on",
        },
        devices=[
            Device("d1", "Chrome, Windows laptop", "now"),
            Device("d2", "Pebble app, phone", "yesterday"),
            Device("d3", "Edge, library computer", "3 months ago"),
            Device("d4", "Pebble app, old phone", "a year ago"),
            Device("d5", "Firefox, staff room computer", "2 years ago"),
        ],
        apps=[
            App("a1", "Which Biscuit Are You?", 38),
            App("a2", "Goat of the Day", 14),
            App("a3", "Tide Times", 0),
        ],
        second_look="no",
    ),
    "mixed": Account(
        user="alex",
        password="skipping-stones-4",  # noqa: S106 - pretend, and shown on the sign-in page
        display_name="Alex Quillfeather",
        settings={
            "search_engines": "on",
            "online": "off",
            "photos": "friends",
            "messages": "friends-of-friends",
            "photo_tags": "off",
            "name_suggestions": "off",
            "mentions": "on",
            "future_posts": "friends",
            "friends_list": "everyone",
            "following": "friends",
            "birthday": "friends",
            "likes": "on",
            "two_step": "text",
            "sign_in_alerts": "on",
            "phone_lookup": "friends",
            "address_book": "on",
        },
        devices=[
            Device("d1", "Chrome, Windows laptop", "now"),
            Device("d2", "Pebble app, phone", "this morning"),
            Device("d3", "Firefox, staff room computer", "5 months ago"),
        ],
        apps=[App("a1", "Tide Times", 0), App("a2", "Which Biscuit Are You?", 26)],
        second_look="no",
    ),
}

# Check of checklists/demo.yaml -> the setting whose value is also the id of the true option.
CHECKS = {
    "demo.search-engines": "search_engines",
    "demo.photos": "photos",
    "demo.messages": "messages",
    "demo.photo-tags": "photo_tags",
    "demo.name-suggestions": "name_suggestions",
    "demo.future-posts": "future_posts",
    "demo.friends-list": "friends_list",
    "demo.likes": "likes",
    "demo.two-step": "two_step",
    "demo.sign-in-alerts": "sign_in_alerts",
    "demo.phone-lookup": "phone_lookup",
    "demo.address-book": "address_book",
}


def answers(account: str) -> dict[str, str]:
    """Return check id to option id for an account as it is at the start, for a demo without a browser.

    Raises UsageError for an account that does not exist.
    """
    return _truth(_account(account))


def _account(name: str) -> Account:
    if name not in ACCOUNTS:
        raise UsageError(
            _("Pebble has no account “{name}”.").format(name=name),
            _("Choose one of: {names}.").format(names=", ".join(ACCOUNTS)),
        )
    return ACCOUNTS[name]


def _truth(account: Account) -> dict[str, str]:
    sessions = len(account.devices)
    return {
        **{check: account.settings[setting] for check, setting in CHECKS.items()},
        "demo.sessions": "one" if sessions == 1 else "few" if sessions <= 3 else "many",
        "demo.apps": "unused" if any(app.months_unused >= 12 for app in account.apps) else "none",
        "demo.second-look": account.second_look,
    }


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
        self.account = copy.deepcopy(_account(account))
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
        return _truth(self.account)

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
            security["two_step"] = {"method": settings["two_step"]}
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
        if folder == "static" and Path(name).suffix in STATIC and name in _file_names():
            self._send(200, (PAGES / name).read_bytes(), STATIC[Path(name).suffix])
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
            self._page(422, "Sign in", "sign-in.html", note="That name and password do not go together.")
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
        words = _placeholders(self.server.pebble.account)
        words["title"] = title
        words["note"] = f'<p class="note" role="status">{note}</p>' if note else ""
        words |= {f"here_{page}": 'aria-current="page"' if page == here else "" for page in SETTINGS}
        signed_in = self._session() is not None
        words["account"] = _read("account.html", words) if signed_in else ""
        words["nav"] = _read("nav.html", words) if signed_in else ""
        words["main"] = _read(file, words)
        self._send(status, _read("layout.html", words).encode(), "text/html", cookie=cookie)

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


def _file_names() -> set[str]:
    return {path.name for path in PAGES.iterdir()}


def _read(file: str, words: dict[str, str]) -> str:
    return Template((PAGES / file).read_text(encoding="utf-8")).substitute(words)


def _placeholders(account: Account) -> dict[str, str]:
    """Return what the pages put in for an account.

    For each value of a setting there are `$photos_friends_selected` and `$photos_friends_checked`, which are that last
    word or nothing, and `$photos_friends_true`, which is true or false. `$photos_label` is the name of an audience.
    """
    words = {
        "user": account.user,
        "password": account.password,
        "display_name": html.escape(account.display_name),
        "initial": html.escape(account.display_name[0]),
        "phone_template": "no-number" if account.settings["phone_lookup"] == "no-number" else "number",
    }
    for settings in SETTINGS.values():
        for name, values in settings.items():
            words[f"{name}_label"] = AUDIENCE.get(account.settings[name], "")
            for value in values:
                chosen = account.settings[name] == value
                place = f"{name}_{value}".replace("-", "_")
                words[f"{place}_selected"] = "selected" if chosen else ""
                words[f"{place}_checked"] = "checked" if chosen else ""
                words[f"{place}_true"] = "true" if chosen else "false"
    return words
