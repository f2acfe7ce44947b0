"""The gate, spoken to straight over a socket: its rules one by one, what it takes out of replies, and its far side."""

from __future__ import annotations

import re
import socket
import ssl
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import h11
import pytest

from privacyaudit.browser.gate import Gate, ReadingGate, door, far, rules
from privacyaudit.browser.gate.far import Place
from privacyaudit.browser.gate.rules import Asked, Refusal
from privacyaudit.browser.gate.traffic import Entry
from tests.support.hostile import Elsewhere, trusted_site
from tests.support.recorder import Recorder
from tests.support.site import Site

RAW = Path(__file__).parents[2] / "browser" / "hostile" / "raw"
IN_A_TUNNEL = tomllib.loads((RAW / "in_a_tunnel.toml").read_text(encoding="utf-8"))
AT_THE_DOOR = tomllib.loads((RAW / "at_the_door.toml").read_text(encoding="utf-8"))
PAGE = "Sec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\n"
LATER = 0.2
AT_FIRST = 3.0


@pytest.fixture(scope="module")
def certificate() -> Iterator[ssl.SSLContext]:
    with trusted_site() as made:
        yield made


def opened(gate: Gate, host: str, *, protocols: tuple[str, ...] = (), name: str | None = None) -> ssl.SSLSocket:
    """Connect to a host through the gate with TLS, as a browser that believes the gate does."""
    line = socket.create_connection(("127.0.0.1", gate.port), timeout=5)
    line.sendall(f"CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    assert b" 200 " in line.recv(1_000)
    believes = ssl._create_unverified_context()
    if protocols:
        believes.set_alpn_protocols(list(protocols))
    return believes.wrap_socket(line, server_hostname=name or host.split(":")[0])


def said(line: socket.socket) -> bytes:
    """Return everything that comes until the other side hangs up or falls silent."""
    found = b""
    line.settimeout(AT_FIRST)
    with suppress(OSError):
        while more := line.recv(65_536):
            found += more
            line.settimeout(LATER)
    return found


def one(line: socket.socket, request: str) -> bytes:
    """Ask, and return the answer: its head, and its body where that has a length."""
    line.sendall(request.encode("latin-1"))
    found, length = b"", 0
    while b"\r\n\r\n" not in found or (" HEAD" not in f" {request}" and len(found.partition(b"\r\n\r\n")[2]) < length):
        if not (more := line.recv(65_536)):
            break
        found += more
        length = int(told[1]) if (told := re.search(rb"(?i)content-length: (\d+)", found)) else 0
    return found


def get(host: str, path: str = "/fine", more: str = "", method: str = "GET") -> str:
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n"


def filled(text: str, host: str, elsewhere: Elsewhere) -> bytes:
    words = {"OTHERHOST": f"localhost:{elsewhere.port}", "HOST": host, "UDPPORT": str(elsewhere.port)}
    for word, value in words.items():
        text = re.sub(rf"\b{word}\b", value, text)
    return text.encode("latin-1")


@contextmanager
def reading(site: Recorder | Site, *own: str) -> Iterator[ReadingGate]:
    gate = ReadingGate([site.host], own)
    try:
        yield gate
    finally:
        gate.close()


def nothing_evil(site: Recorder, elsewhere: Elsewhere) -> None:
    assert b"evil" not in site.received
    assert {head.split(" ", 1)[0] for head in site.heads} <= {"GET"}
    assert elsewhere.knocks() == []


@pytest.mark.parametrize("name", IN_A_TUNNEL)
def test_what_no_page_can_say_does_not_get_through_a_tunnel(name: str, certificate: ssl.SSLContext) -> None:
    with Elsewhere() as elsewhere, Recorder(certificate=certificate) as site, reading(site) as gate:
        with opened(gate, site.host) as line:
            with suppress(OSError):
                line.sendall(filled(IN_A_TUNNEL[name], site.host, elsewhere))
            said(line)
            nothing_evil(site, elsewhere)
        with opened(gate, site.host) as line:
            assert b" 200 " in one(line, get(site.host)), "the gate goes on"


@pytest.mark.parametrize("name", AT_THE_DOOR)
def test_what_no_page_can_say_does_not_get_through_the_door(name: str, certificate: ssl.SSLContext) -> None:
    with Elsewhere() as elsewhere, Recorder(certificate=certificate) as site, reading(site) as gate:
        with socket.create_connection(("127.0.0.1", gate.port), timeout=5) as line:
            line.sendall(filled(AT_THE_DOOR[name], site.host, elsewhere))
            heard = said(line)
            assert b" 200 " not in heard or name in MET
            nothing_evil(site, elsewhere)
        with opened(gate, site.host) as line:
            assert b" 200 " in one(line, get(site.host)), "the gate goes on"


MET = {"a-tunnel-to-another-host", "a-tunnel-to-another-port", "a-tunnel-to-the-usual-port"}
"""Every tunnel is met by the gate itself, which refuses what is asked in it and reaches nobody."""


def test_a_head_without_end_is_dropped(certificate: ssl.SSLContext) -> None:
    with Recorder(certificate=certificate) as site, reading(site) as gate, opened(gate, site.host) as line:
        with suppress(OSError):
            line.sendall(b"GET /evil HTTP/1.1\r\n" + b"X-Long: " + b"x" * 300_000)
        assert b" 200 " not in said(line)
        assert site.received == b""


def test_only_the_older_protocol_is_spoken_and_the_name_in_the_handshake_leads_nowhere_else(
    certificate: ssl.SSLContext,
) -> None:
    with Recorder(certificate=certificate) as site, reading(site) as gate:
        with opened(gate, site.host, protocols=("h2", "http/1.1")) as line:
            assert line.selected_alpn_protocol() == "http/1.1"
        with opened(gate, site.host, name="elsewhere.example") as line:
            assert b" 200 " in one(line, get(site.host))
        with suppress(ssl.SSLError), opened(gate, site.host, protocols=("h2",)) as line:
            assert line.selected_alpn_protocol() is None
            line.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
            assert b" 200 " not in said(line)
        assert [head.splitlines()[0] for head in site.heads] == ["GET /fine HTTP/1.1"]


# Each rule, with what gets through where it is not there.

NOT_READING = "DELETE"
RULES: dict[str, tuple[str, Callable[[pytest.MonkeyPatch], None]]] = {
    "METHOD": (
        get("HOST", method="DELETE"),
        lambda patch: patch.setattr(rules, "READING", frozenset({"GET", "HEAD", "DELETE", "POST"})),
    ),
    "METHOD ": (
        get("HOST", more="Access-Control-Request-Method: DELETE\r\n", method="OPTIONS"),
        lambda patch: patch.setattr(rules, "_asks_first", lambda asked: True),
    ),
    "BODY": (
        get("HOST", more="Content-Length: 4\r\n") + "body",
        lambda patch: patch.setattr(rules.Asked, "headers", _Without("content-length"), raising=False),
    ),
    "UPGRADE": (
        get("HOST", more="Connection: Upgrade\r\nUpgrade: websocket\r\n"),
        lambda patch: patch.setattr(rules.Asked, "headers", _Without("upgrade"), raising=False),
    ),
    "AHEAD": (
        get("HOST", more="Sec-Purpose: prefetch\r\n"),
        lambda patch: patch.setattr(rules.Asked, "headers", _Without("sec-purpose"), raising=False),
    ),
    "WORKER": (
        get("HOST", more="Service-Worker: script\r\nSec-Fetch-Dest: empty\r\n"),
        lambda patch: patch.setattr(rules, "_would_answer_itself", lambda asked: False),
    ),
    "BY_ITSELF": (
        get("HOST", more="Sec-Fetch-Dest: webidentity\r\n"),
        lambda patch: patch.setattr(rules, "_is_the_browsers", lambda asked: False),
    ),
    "OVERRIDE": (
        get("HOST", more="X-HTTP-Method-Override: PUT\r\n"),
        lambda patch: patch.setattr(rules, "_OVERRIDES", re.compile("(?!)")),
    ),
    "OVERRIDE ": (
        get("HOST", more="X-Command: users/kick\r\n"),
        lambda patch: patch.setattr(rules, "says_danger", lambda text: False),
    ),
    "DANGEROUS": (
        get("HOST", "/account/logout"),
        lambda patch: patch.setattr(rules, "dangerous", lambda url, own, *, kind: False),
    ),
    "UNASKED": (
        get("HOST", more=PAGE),
        lambda patch: patch.setattr(rules.Asked, "replaces_the_page", False),
    ),
    "OTHER_HOST": (
        get("HOST"),
        lambda patch: patch.setattr(Gate, "allows", lambda self, host, port: True),
    ),
    "MALFORMED": (
        get("elsewhere.example"),
        lambda patch: patch.setattr(door, "_asked", _takes_any_host(door._asked)),
    ),
}


class _Without:
    """Headers among which one is never seen."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, asked: rules.Asked | None, _kind: type) -> dict[str, str]:
        return {} if asked is None else {k: v for k, v in asked.__dict__["headers"].items() if k != self._name}

    def __set__(self, asked: rules.Asked, value: dict[str, str]) -> None:
        asked.__dict__["headers"] = value


def _takes_any_host(real: Callable[..., rules.Asked]) -> Callable[..., rules.Asked]:
    def asked(request: door.h11.Request, to: far.Place) -> rules.Asked:  # type: ignore[name-defined]
        headers = [(n, to.name.encode() if n == b"host" else v) for n, v in request.headers]
        import h11

        return real(h11.Request(method=request.method, target=request.target, headers=headers), to)

    return asked


@pytest.mark.parametrize("rule", RULES)
def test_without_a_rule_what_it_refuses_gets_through(
    rule: str, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, take_away = RULES[rule]
    hosts: list[str] | None = [] if rule == "OTHER_HOST" else None

    def ask() -> tuple[list[str], set[str]]:
        with Recorder(certificate=certificate) as site:
            gate = ReadingGate([site.host] if hosts is None else hosts)
            with socket.create_connection(("127.0.0.1", gate.port), timeout=5) as line:
                answer = one(line, f"CONNECT {site.host} HTTP/1.1\r\nHost: {site.host}\r\n\r\n")
                if b" 200 " in answer:
                    with ssl._create_unverified_context().wrap_socket(line, server_hostname="127.0.0.1") as safe:
                        one(safe, request.replace("HOST", site.host))
            gate.close()
            return site.heads, {entry.refusal.name for entry in gate.traffic.refused() if entry.refusal}

    heads, why = ask()
    assert (heads, why) == ([], {rule.strip()})
    take_away(monkeypatch)
    heads, _why = ask()
    assert len(heads) == 1, "nothing got through: either the rule is not needed or this test is blind"


def test_dangerous_places_are_not_even_read(certificate: ssl.SSLContext) -> None:
    """From the list that all platforms share, and from the platform's own."""
    with Recorder(certificate=certificate) as site, reading(site, "/own/*") as gate, opened(gate, site.host) as line:
        own = ("/own/17", "/own/17/x?y=1", "/own/a.png", "/own;a/17", "/x%2f..%2fown/17", "/own.json/17", "/own%5c17")
        for path in (*own, "/account/remove", "/form?_method=DELETE"):
            assert b" 403 " in one(line, get(site.host, path))
        assert b" 200 " in one(line, get(site.host, "/own"))
        assert [head.split(" ")[1] for head in site.heads] == ["/own"]
        assert {entry.refusal for entry in gate.traffic.refused()} == {Refusal.DANGEROUS}


def test_a_request_inside_a_tunnel_without_tls_is_read_too() -> None:
    with Recorder() as site, reading(site) as gate, socket.create_connection(("127.0.0.1", gate.port)) as line:
        assert b" 200 " in one(line, f"CONNECT {site.host} HTTP/1.1\r\nHost: {site.host}\r\n\r\n")
        assert b" 403 " in one(line, get(site.host, method="DELETE"))
        assert b" 200 " in one(line, get(site.host))
        assert [head.split(" ")[0] for head in site.heads] == ["GET"]


@pytest.mark.parametrize(
    ("url", "compared"),
    [
        ("https://A.example:443/x#part", "https://a.example/x"),
        ("http://a.example:80", "http://a.example/"),
        ("https://a.example:8443/x?", "https://a.example:8443/x"),
        ("https://a.example/\u00e9?q=\u00e9 x", "https://a.example/%C3%A9?q=%C3%A9%20x"),
        ("https://a.example/%C3%A9", "https://a.example/%C3%A9"),
        ("https://a.example/{x}?q='y'", "https://a.example/%7Bx%7D?q=%27y%27"),
        ("https://a.example/%7Bx%7D?q=%27y%27", "https://a.example/%7Bx%7D?q=%27y%27"),
    ],
)
def test_addresses_are_compared_as_a_browser_writes_them(url: str, compared: str) -> None:
    assert rules.same(url) == compared


def test_only_a_page_that_was_asked_for_replaces_the_page() -> None:
    def kinds(headers: dict[str, str]) -> bool:
        return rules.Asked("GET", "https://a.example/", headers).replaces_the_page

    assert kinds({"sec-fetch-dest": "document"})
    assert kinds({"sec-fetch-dest": "empty", "sec-fetch-mode": "navigate"})
    assert kinds({"upgrade-insecure-requests": "1"})
    assert not kinds({"sec-fetch-dest": "iframe", "sec-fetch-mode": "navigate", "upgrade-insecure-requests": "1"})
    assert not kinds({"sec-fetch-dest": "empty", "sec-fetch-mode": "cors"})
    assert not kinds({})


@pytest.mark.parametrize(
    ("headers", "method", "why"),
    [
        ({}, "GET", None),
        ({"sec-fetch-dest": "script", "accept": "*/*", "x-requested-with": "xmlhttprequest"}, "GET", None),
        ({"sec-fetch-dest": "empty", "accept": "*/*"}, "HEAD", None),
        ({"content-length": "0"}, "GET", None),
        ({"access-control-request-method": "get"}, "OPTIONS", None),
        ({"access-control-request-method": "put"}, "OPTIONS", Refusal.METHOD),
        ({"sec-fetch-dest": "report"}, "POST", Refusal.BY_ITSELF),
        ({"sec-fetch-dest": "empty", "sec-purpose": "prefetch"}, "GET", Refusal.AHEAD),
        ({"x-http-method": "delete"}, "GET", Refusal.OVERRIDE),
        ({"x-apollo-operation-name": "deleteaccount"}, "GET", Refusal.OVERRIDE),
        ({"x-action": "leave"}, "GET", Refusal.OVERRIDE),
        ({"x_action": "leave"}, "GET", Refusal.OVERRIDE),
        ({"x-csrf-token": "b2f0+k3/deletedx==", "referer": "https://a.example/delete"}, "GET", None),
        ({"sec-fetch-dest": "document"}, "GET", Refusal.UNASKED),
    ],
)
def test_the_rules_say_why(headers: dict[str, str], method: str, why: Refusal | None) -> None:
    assert rules.judge(rules.Asked(method, "https://a.example/fine", headers)) is why


def test_two_pages_may_be_led_to_one_address_each_once() -> None:
    """One of them is sent on to it while the other has not asked for it yet."""
    old, new = (Asked("GET", f"https://a.example/{path}", {"sec-fetch-dest": "document"}) for path in ("old", "new"))
    place = Place("https", "a.example", 443)
    with closing(ReadingGate(["a.example"])) as gate:
        gate.expect(new.url)
        gate.expect(old.url)
        gate.noted(old, Entry("GET", "a.example", "/old"))
        gate.answered(old, h11.Response(status_code=302, headers=[("location", "/new")]))
        for _page in range(2):
            assert gate.judge(new, place) is None
            gate.noted(new, entry := Entry("GET", "a.example", "/new"))
            gate.answered(new, h11.Response(status_code=200, headers=[]))
        assert gate.led(new.url) is not None
        assert gate.led(old.url) is entry
        assert gate.judge(new, place) is Refusal.UNASKED
