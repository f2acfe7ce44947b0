"""Hostile pages side by side in one browser, each behind a gate of its own. What arrived outside is the judge."""

from __future__ import annotations

import re
import socket
import ssl
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from unittest import mock
from urllib.parse import unquote

import trustme

from privacyaudit.browser import find, launch, visit
from privacyaudit.browser.gate import Gate, ReadingGate, far
from privacyaudit.browser.tabs import Tabs
from privacyaudit.catalogue import loading
from tests.support.site import Reply, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

FOLDER = Path(__file__).parents[1] / "browser" / "hostile"
START = "/settings"
_AT_ONCE = 24
_NEVER = re.compile(r"^/+(?:evil|danger)|log\S{0,9}out|ogout|delete|revoke|deactivate", re.IGNORECASE)
_FRAME = """<!doctype html><html lang=en><title>A hostile page</title><body>{html}<script>
const quiet = (work) => {{
  try {{ const made = work(); if (made && made.catch) made.catch(() => 0); }} catch (error) {{ /* refused */ }}
}};
const add_rules = (rules, where = document, type = "speculationrules") => {{
  const made = where.createElement("script");
  made.type = type;
  made.textContent = JSON.stringify(rules);
  where.head.append(made);
}};
{script}
</script>"""


class Elsewhere:
    """A port of this computer on which nobody should ever knock, over TCP or UDP."""

    def __init__(self) -> None:
        self._tcp = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._tcp.getsockname()[1]
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", self.port))
        self._tcp.setblocking(False)
        self._udp.setblocking(False)

    def knocks(self) -> list[str]:
        """Return one word for each connection and each packet so far."""
        found = []
        with suppress(BlockingIOError):
            while True:
                self._tcp.accept()[0].close()
                found.append("tcp")
        with suppress(BlockingIOError):
            while True:
                self._udp.recvfrom(2_048)
                found.append("udp")
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._tcp.close()
        self._udp.close()


@dataclass
class Scene:
    """One hostile page, its site, and the tabs in which it is opened."""

    name: str
    site: Site
    elsewhere: Elsewhere
    move: str = ""
    seen: list[str] = field(default_factory=list)
    tabs: Tabs | None = None

    @property
    def gate(self) -> ReadingGate:
        """Return the gate of the page."""
        assert self.tabs
        return self.tabs.gates[0]

    def got_out(self) -> list[str]:
        """Return what a guarded page must not have sent; that the page never opened is a fault too."""
        found = [f"{one.method} {one.path}?{one.query}" for one in list(self.site.log) if _must_not_come(one)]
        self.seen += self.elsewhere.knocks()
        opened = START in self.site.paths()
        return sorted(set(found)) + self.seen + ([] if opened else ["the page was never opened: nothing was tried"])


def _must_not_come(one: Any) -> bool:
    where = unquote(f"{one.path}?{one.query}")
    if one.method == "OPTIONS":
        return where.startswith("/w/")
    return one.method not in ("GET", "HEAD") or bool(_NEVER.search(where))


def pages() -> dict[str, dict[str, Any]]:
    """Return every hostile page of the folder, by name."""
    return {
        name: page
        for path in sorted(FOLDER.glob("*.toml"))
        for name, page in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


@contextmanager
def trusted_site() -> Iterator[ssl.SSLContext]:
    """Give what a site needs to speak TLS with a certificate that the gate believes."""
    authority = trustme.CA()
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(made)
    with authority.cert_pem.tempfile() as path, mock.patch.dict("os.environ", {"SSL_CERT_FILE": path}):
        far._trusted.cache_clear()
        try:
            yield made
        finally:
            far._trusted.cache_clear()


@contextmanager
def scene(name: str, page: Mapping[str, Any], certificate: ssl.SSLContext | None) -> Iterator[Scene]:
    """Set up the site of a hostile page, and a gate before it."""
    with Elsewhere() as elsewhere, Site("127.0.0.1", certificate) as site:
        words = {
            "ORIGIN": site.origin,
            "OTHERHOST": f"localhost:{elsewhere.port}",
            "OTHER": f"{site.origin.split(':')[0]}://localhost:{elsewhere.port}",
            "SOCKETS": site.origin.replace("http", "ws"),
            "SCHEME": site.origin.split(":")[0],
            "UDPPORT": str(elsewhere.port),
            "HOST": site.host,
        }
        site.pages = dict(_replies(_filled(page, words)))
        made = Scene(name, site, elsewhere, page.get("move", ""))
        try:
            yield made
        finally:
            if made.tabs:
                made.tabs.shut()


def _filled(part: Any, words: Mapping[str, str]) -> Any:
    if isinstance(part, dict):
        return {key: _filled(value, words) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(one, words) for one in part]
    if isinstance(part, str):
        for word, value in words.items():
            part = re.sub(rf"\b{word}\b", value, part)
    return part


def _replies(page: Mapping[str, Any]) -> Iterator[tuple[str, Reply]]:
    html = page.get("whole") or _FRAME.format(html=page.get("html", ""), script=page.get("script", ""))
    headers = tuple(page.get("headers", {}).items())
    kinds, extra = page.get("kinds", {}), page.get("extra", {})
    status, redirects = page.get("status", {}), page.get("redirects", {})
    yield START, Reply(html, headers=headers, early=page.get("early", ""))
    if "sent_on" in page:
        yield START, Reply("", page["sent_on"][0], headers=(("location", page["sent_on"][1]),))
    for path, text in page.get("pages", {}).items():
        yield path, Reply(text, kind=kinds.get(path, "text/html"), headers=tuple(extra.get(path, {}).items()))
    for path, text in page.get("json", {}).items():
        yield path, Reply(text, kind="application/json", headers=(("set-login", "logged-in"),))
    for path, text in page.get("scripts", {}).items():
        yield path, Reply(text, kind="text/javascript")
    for path, to in redirects.items():
        yield path, Reply("", status.get(path, 302), headers=(("location", to),))
    for path in set(status) - set(redirects):
        yield path, Reply("", status[path], headers=tuple(extra.get(path, {}).items()))


def tried(
    driver: Playwright,
    program: find.Browser,
    pages: Mapping[str, Mapping[str, Any]],
    certificate: ssl.SSLContext | None,
    *,
    headless: bool = True,
) -> Iterator[Scene]:
    """Open pages in one browser, some of them side by side, and give each with what became of it.

    Some are left one by one; the last that are open see their browser end before their gates are shut.
    """
    names = list(pages)
    batches = [names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE)]
    with ExitStack() as end, mock.patch.object(visit, "OPEN_LIMIT_S", 4.0):
        closing = end.enter_context(ExitStack())
        running = closing.enter_context(launch.browser(driver, program, Gate(()), headless=headless))
        for number, batch in enumerate(batches):
            with ExitStack() as sites:
                scenes = [sites.enter_context(scene(name, pages[name], certificate)) for name in batch]
                last = number == len(batches) - 1
                _open(running, scenes, leaves=not last)
                if last:
                    closing.close()
                yield from scenes


def _open(running: Browser, scenes: Iterable[Scene], *, leaves: bool) -> None:
    from playwright.sync_api import Error

    platform = loading.catalogue().checklist("wikipedia").checklist.platform
    there = []
    for one in scenes:
        one.tabs = tabs = Tabs(running, platform.model_copy(update={"hosts": (one.site.host,)}), None)
        there.append((one, tabs, tabs.open(one.site.origin + START)))
    for _one, tabs, opened in there:
        tabs.come(opened)
    there[0][1].wait(700)
    for one, _tabs, opened in there:
        if opened.is_there and one.move and opened.alive():
            with suppress(Error):
                opened.page.evaluate(f"setTimeout(() => {{ {one.move} }}, 0)")
    there[0][1].wait(400)
    if not leaves:
        return
    for _one, tabs, opened in there:
        tabs.leave(opened)
    there[0][1].wait(200)
    for _one, _tabs, opened in there:
        with suppress(Error):
            opened.tab.context.close()
