"""The clinic's server: what it answers, what it refuses, and that nothing that is thrown at it breaks or fills it."""

from __future__ import annotations

import asyncio
import http.client
import json
import random
import re
import socket
import string
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privacyaudit.catalogue import loading
from privacyaudit.clinic import app, pages, serving, session, tickets
from privacyaudit.clinic.counts import Share, Tally
from privacyaudit.clinic.store import Plan
from privacyaudit.clock import today
from privacyaudit.errors import UsageError
from privacyaudit.offline.page import TICKET
from privacyaudit.serving import guard, runner
from tests.support import nursery

HOST = "127.0.0.1:8360"
ORIGIN = f"http://{HOST}"
GOOD = {"content-type": "application/json", "x-privacyaudit": "share", "origin": ORIGIN}
BATCH, EXAMPLES = 100, settings().max_examples  # together 2,500 requests, and 10,000 of a thorough run


class Reply:
    def __init__(self) -> None:
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.body = b""

    def header(self, name: str) -> str:
        return ", ".join(value for found, value in self.headers if found == name)


@cache
def opened() -> tuple[loading.Catalogue, Plan, str]:
    known = loading.catalogue()
    plan = session.plan(known, "Ysgol X", None, ["everyday"], quick=True, address="127.0.0.1", port=8360, today=today())
    return known, plan, session.page(known, plan, today())


class Site:
    """A clinic's app without a socket; `ask` is one request from somewhere."""

    def __init__(self) -> None:
        known, self.plan, html = opened()
        self.tally = session.tally(known, self.plan, today())
        self.seconds = 0.0
        self.clinic = app.Clinic(
            self.plan,
            self.tally,
            pages.Titles(known),
            html,
            TICKET,
            {HOST, "localhost:8360", "192.168.4.7:8360"},
            HOST,
            clock=lambda: self.seconds,
        )
        self.app = app.app(self.clinic)

    async def send(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        body: list[bytes],
        client: str = "127.0.0.1",
        query: bytes = b"",
    ) -> Reply:
        reply = Reply()
        parts = list(body or [b""])

        async def receive() -> dict[str, Any]:
            if not parts:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

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
            "raw_path": path.encode("utf-8", "replace"),
            "root_path": "",
            "query_string": query,
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
            "client": (client, 50000),
            "server": ("127.0.0.1", 8360),
        }
        await self.app(scope, receive, send)
        return reply

    def ask(self, method: str, path: str, query: bytes = b"", client: str = "127.0.0.1", **headers: str) -> Reply:
        given = {"host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
        return asyncio.run(self.send(method, path, given, [], client, query))

    def share(self, body: bytes, client: str = "127.0.0.1", **headers: str) -> Reply:
        given = {"host": HOST} | GOOD | {name.replace("_", "-"): value for name, value in headers.items()}
        return asyncio.run(self.send("POST", "/share", given, [body], client))

    def a_share(self) -> bytes:
        answers = {check: next(iter(line.verdicts)) for check, line in list(self.tally.sheet.lines.items())[:3]}
        ticket = tickets.new_ticket(bytes.fromhex(self.plan.key))
        return json.dumps({"ticket": ticket, "phase": "before", "answers": answers}).encode()


@pytest.fixture
def site() -> Site:
    return Site()


# -- pages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/board", "/robots.txt", "/c/WRONG1", "/nowhere", "/share"])
def test_every_answer_keeps_to_itself(site: Site, path: str) -> None:
    found = site.ask("GET", path)
    assert found.header("cache-control") == "no-store"
    assert found.header("referrer-policy") == "no-referrer"
    assert found.header("x-content-type-options") == "nosniff"
    assert found.header("content-security-policy").startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in found.header("content-security-policy")
    assert "unsafe" not in found.header("content-security-policy")
    assert found.header("set-cookie") == ""
    assert found.header("server") == ""


def test_the_code_leads_to_the_page_with_a_new_ticket_each_time(site: Site) -> None:
    seen = set()
    for _number in range(20):
        found = site.ask("GET", f"/c/{site.plan.code}")
        assert found.status == 200
        assert TICKET.encode() not in found.body
        seen.add(re.search(rb'data-ticket="([^"]+)"', found.body)[1])  # type: ignore[index]
    assert len(seen) == 20
    assert all(tickets.genuine(site.tally.key, ticket.decode()) for ticket in seen)


def test_the_code_can_be_typed_in_a_form_without_a_script(site: Site) -> None:
    spaced = f" {site.plan.code[:3].lower()} {site.plan.code[3:].lower()}".replace(" ", "+").encode()
    found = site.ask("GET", "/", query=b"code=" + spaced)
    assert (found.status, found.header("location")) == (303, f"/c/{site.plan.code}")
    assert b'role="alert"' in site.ask("GET", "/", query=b"code=12").body
    assert "form-action 'self'" in site.ask("GET", "/").header("content-security-policy")


@pytest.mark.parametrize("query", [b"code=//evil.example", b"code=../board", b"code=%0d%0aX:1", b"code=" + b"A" * 5000])
def test_what_is_typed_leads_nowhere_else(site: Site, query: bytes) -> None:
    found = site.ask("GET", "/", query=query)
    assert (found.status, found.header("location")) == (200, "")
    assert b"evil" not in found.body


def test_a_browser_leaves_out_the_port_that_http_has_anyway() -> None:
    assert guard.host("192.168.4.7") == guard.host("192.168.4.7:80") == "192.168.4.7:80"
    assert guard.host("192.168.4.7:8360") == "192.168.4.7:8360"


def test_who_guesses_codes_is_stopped_for_a_minute_and_nobody_else(site: Site) -> None:
    said = [site.ask("GET", "/c/WRONG1", client="192.168.4.66").status for _number in range(12)]
    assert said == [403] * 10 + [429] * 2
    assert site.ask("GET", f"/c/{site.plan.code}", client="192.168.4.66").status == 429
    assert site.ask("GET", f"/c/{site.plan.code}", client="192.168.4.67").status == 200
    site.seconds = 60.0
    assert site.ask("GET", f"/c/{site.plan.code}", client="192.168.4.66").status == 200


def test_the_board_is_for_this_computer_only(site: Site) -> None:
    assert site.ask("GET", "/board").status == 200
    assert site.ask("GET", "/board", client="::1", host="localhost:8360").status == 200
    assert site.ask("GET", "/board", client="192.168.4.66", host="192.168.4.7:8360").status == 404
    assert site.ask("GET", "/board", client="192.168.4.66").status == 404
    assert site.ask("GET", "/board", host="192.168.4.7:8360").status == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "evil.example:8360", "127.0.0.1:8360.evil", ""]
)
def test_another_name_for_this_computer_is_not_served(site: Site, host: str) -> None:
    assert site.ask("GET", "/", host=host).status == 421
    assert site.share(site.a_share(), host=host, origin=f"http://{host}").status == 421
    assert site.tally.people == 0


@pytest.mark.parametrize(
    "path", ["/c", "/c/", "/c/a/b", "/board/", "/../etc/passwd", "/static/x", "/share/", "//", "/.git"]
)
def test_nothing_else_is_there(site: Site, path: str) -> None:
    assert site.ask("GET", path).status == 404


# -- shares ----------------------------------------------------------------------------------------


def test_a_share_is_counted_once(site: Site) -> None:
    body = site.a_share()
    assert [site.share(body).status, site.share(body).status] == [204, 409]
    assert site.tally.people == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "https://127.0.0.1:8360"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://localhost:8360"},
        {"content_type": "text/plain"},
        {"content_type": "application/x-www-form-urlencoded"},
        {"x_privacyaudit": ""},
        {"sec_fetch_site": "cross-site"},
    ],
    ids=str,
)
def test_a_share_that_another_site_could_have_sent_is_refused(site: Site, headers: dict[str, str]) -> None:
    assert site.share(site.a_share(), **headers).status == 403
    assert site.tally.people == 0


def test_a_share_must_be_small(site: Site) -> None:
    body = site.a_share()
    assert site.share(body + b" " * (16_385 - len(body))).status == 413
    assert site.share(body, content_length="999999").status == 413
    assert site.share(body, content_length="-1").status == 413
    assert site.share(body + b" " * (16_384 - len(body))).status == 204


def test_made_up_tickets_are_refused_and_stopped(site: Site) -> None:
    body = json.loads(site.a_share()) | {"ticket": "A" * 38}
    assert [site.share(json.dumps(body).encode()).status for _number in range(12)] == [422] * 10 + [429] * 2
    assert site.tally.people == 0


def test_a_share_that_never_ends_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "SHARE_SECONDS", 0.05)

    async def stuck() -> int:
        never = asyncio.Event()
        started: list[int] = []

        async def receive() -> dict[str, Any]:
            await never.wait()
            raise AssertionError

        async def send(message: Any) -> None:
            if "status" in message:
                started.append(message["status"])

        scope = {"type": "http", "method": "POST", "path": "/share", "query_string": b"", "root_path": ""}
        scope |= {"client": ("127.0.0.1", 1), "headers": [(b"host", HOST.encode())]}
        scope["headers"] += [(name.encode(), value.encode()) for name, value in GOOD.items()]  # type: ignore[operator]
        await site.app(scope, receive, send)
        return started[0]

    assert asyncio.run(stuck()) == 408


def test_after_the_end_nothing_is_taken(site: Site) -> None:
    body = site.a_share()
    site.clinic.ended = True
    assert site.share(body).status == 410
    assert site.ask("GET", "/").status == 410
    assert site.ask("GET", f"/c/{site.plan.code}").status == 410
    assert site.tally.people == 0


# -- one phone that is many people ------------------------------------------------------------------


def test_who_loads_the_page_again_and_again_is_one_of_few_people_for_minutes(site: Site) -> None:
    """Nine made-up shares and one person's would be ten, and tell what that one answered."""
    phone, another = "192.168.4.66", "192.168.4.67"
    assert [site.share(site.a_share(), client=phone).status for _time in range(9)] == [204] * 3 + [429] * 6
    assert site.share(site.a_share(), client=another).status == 204
    for minute in range(1, 6):
        site.seconds = 60.0 * minute
        assert [site.share(site.a_share(), client=phone).status for _time in range(3)] == [204, 429, 429]
    assert (site.tally.people, site.tally.board()[0].to_change) == (9, None)


def test_phones_with_addresses_of_their_own_and_this_computer_never_wait(site: Site) -> None:
    assert {site.share(site.a_share(), client=f"192.168.4.{number}").status for number in range(9, 49)} == {204}
    assert {site.share(site.a_share()).status for _time in range(12)} == {204}


def test_behind_one_router_nobody_waits_for_ever_and_a_refused_ticket_counts_later(site: Site) -> None:
    router, bodies = "192.168.4.1", [site.a_share() for _number in range(30)]
    minutes = 0
    while bodies:
        bodies = [body for body in bodies if site.share(body, client=router).status != 204]
        minutes += 1
        site.seconds += 60.0
    assert (site.tally.people, minutes) == (30, 28)


def test_who_shares_a_second_time_is_not_new(site: Site) -> None:
    bodies = [json.loads(site.a_share()) for _number in range(3)]
    for body in bodies:
        assert site.share(json.dumps(body).encode(), client="192.168.4.66").status == 204
    for body in bodies:
        after = body | {"phase": "after", "earlier": body["answers"]}
        assert site.share(json.dumps(after).encode(), client="192.168.4.66").status == 204
    assert (site.tally.people, site.tally.again) == (3, 3)


def test_an_address_is_forgotten_after_three_minutes_and_never_kept_in_clear(site: Site) -> None:
    site.share(site.a_share(), client="192.168.4.66")
    assert len(site.clinic.newcomers._rests) == 1
    assert "192.168.4.66" not in repr(vars(site.clinic.newcomers))
    site.seconds = 180.0
    assert not site.clinic.newcomers.too_many("192.168.4.67", site.seconds)
    assert not site.clinic.newcomers._rests


# -- ten thousand requests -------------------------------------------------------------------------

TEXT = st.text(alphabet=string.printable + "é\x00‮", max_size=30)
PATHS = st.one_of(
    st.sampled_from(["/", "/share", "/board", "/robots.txt", "/c/ABCDEF", "/c/CODE"]), TEXT.map(lambda text: f"/{text}")
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    """Requests of all kinds, about half of them shares that are nearly right."""
    if draw(st.booleans()):
        return {
            "kind": "share",
            "drop": draw(st.sampled_from(["", "", "", "ticket", "phase", "answers"])),
            "change": draw(st.sampled_from(["", "", "", "ticket", "phase", "answers", "earlier", "more"])),
            "value": draw(JSON),
            "cut": draw(st.sampled_from([0, 0, 0, 0, 1, 20])),
            "again": draw(st.booleans()),
        }
    return {
        "kind": "any",
        "method": draw(st.sampled_from(["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"])),
        "path": draw(PATHS),
        "query": draw(st.binary(max_size=20)),
        "headers": draw(
            st.dictionaries(st.sampled_from([*GOOD, "host", "content-length", "cookie"]), TEXT, max_size=3)
        ),
        "body": draw(st.lists(st.binary(max_size=200), max_size=3)),
    }


def test_thousands_of_requests_break_nothing_and_count_nobody_wrongly() -> None:
    site = Site()
    expected = Tally(site.tally.sheet, site.tally.key)
    statuses: Counter[int] = Counter()

    async def one(request: dict[str, Any], number: int) -> None:
        site.seconds = float(number)  # a minute goes by every sixty requests
        client = f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"
        if request["kind"] == "any":
            headers = {"host": HOST} | request["headers"]
            headers = {name: value.encode("utf-8").decode("latin-1") for name, value in headers.items()}
            path = request["path"].replace("CODE", site.plan.code)
            reply = await site.send(request["method"], path, headers, request["body"], client, request["query"])
            statuses[reply.status] += 1
            return
        body = json.loads(site.a_share())
        right = dict(body)
        body.pop(request["drop"], None)
        if request["change"]:
            body[request["change"]] = request["value"]
        raw = json.dumps(body).encode()
        whole = raw[: len(raw) - request["cut"]]
        for _time in range(1 + request["again"]):
            reply = await site.send("POST", "/share", {"host": HOST} | GOOD, [whole], client)
            statuses[reply.status] += 1
            if reply.status == 204:
                assert body == right
                expected.add(Share(right["ticket"], "before", right["answers"], {}))

    sent = 0

    @settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(requests(), min_size=8, max_size=8), st.integers(0, 2**32))
    def throw(kinds: list[dict[str, Any]], seed: int) -> None:
        nonlocal sent

        async def batch() -> None:
            nonlocal sent
            dice = random.Random(seed)
            for _number in range(BATCH):
                sent += 1
                await one(dice.choice(kinds), sent)

        asyncio.run(batch())

    throw()
    assert sent >= BATCH * EXAMPLES
    assert max(statuses) < 500, statuses
    assert {200, 204, 404, 405, 409, 422} <= set(statuses), statuses
    assert vars(site.tally) == vars(expected)


# -- slow and broken clients -----------------------------------------------------------------------


@pytest.fixture
def port(running: runner.Running) -> int:
    return running.port


@pytest.fixture
def running(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[runner.Running]:
    monkeypatch.setattr(runner, "FIRST_REQUEST_SECONDS", 0.5)
    monkeypatch.setattr(runner, "CONNECTION_SECONDS", 2.0)
    [one] = runner.bind(["127.0.0.1"], 0)
    site.clinic.hosts = {f"127.0.0.1:{one.getsockname()[1]}"}
    started = runner.Running(app.app(site.clinic), [one])
    started.start()
    yield started
    started.stop()


def test_slow_clients_are_hung_up_on_and_do_not_stop_others(port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port)) for _number in range(150)]
    for number, line in enumerate(slow):
        line.sendall((b"", b"G", b"GET / HTTP/1.1\r\nHost: x", b"POST /share HTTP/1.1\r\n")[number % 4])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    begun = time.monotonic()
    connection.request("GET", "/robots.txt")
    assert connection.getresponse().status == 200
    assert time.monotonic() - begun < 2
    for line in slow:
        line.settimeout(10)
        with suppress(ConnectionResetError):
            assert line.recv(10) == b""
        line.close()
    connection.close()


def test_one_address_holds_no_more_than_its_part_and_takes_it_from_itself(site: Site) -> None:
    [one] = runner.bind(["127.0.0.1"], 0)
    started = runner.Running(app.app(site.clinic), [one])
    started.start()

    def line(address: str) -> socket.socket:
        return socket.create_connection(("127.0.0.1", started.port), 5, source_address=(address, 0))

    honest = line("127.0.0.3")
    idle = [line("127.0.0.2") for _number in range(runner.MOST_EACH + 30)]
    try:
        until = time.monotonic() + 5
        while started.connections != runner.MOST_EACH + 1 and time.monotonic() < until:
            time.sleep(0.02)
        assert started.connections == runner.MOST_EACH + 1
        honest.setblocking(False)
        with pytest.raises(BlockingIOError):
            honest.recv(1)  # nobody has hung up on it
    finally:
        for each in (honest, *idle):
            each.close()
        started.stop()


def test_where_there_are_too_many_in_all_the_address_with_most_makes_room(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "_room", lambda: (20, 10))
    [one] = runner.bind(["127.0.0.1"], 0)
    started = runner.Running(app.app(site.clinic), [one])
    started.start()
    lines = {}
    try:
        for address, number in (("127.0.0.4", 1), ("127.0.0.3", 9), ("127.0.0.2", 10), ("127.0.0.5", 1)):
            lines[address] = [
                socket.create_connection(("127.0.0.1", started.port), 5, source_address=(address, 0))
                for _number in range(number)
            ]
            until = time.monotonic() + 5
            while started.connections < min(20, sum(map(len, lines.values()))) and time.monotonic() < until:
                time.sleep(0.02)
        lines["127.0.0.2"][0].settimeout(5)
        with suppress(ConnectionResetError):
            assert lines["127.0.0.2"][0].recv(1) == b""
        for line in (*lines["127.0.0.3"], *lines["127.0.0.4"], *lines["127.0.0.5"]):
            line.setblocking(False)
            with pytest.raises(BlockingIOError):
                line.recv(1)
    finally:
        for line in (line for each in lines.values() for line in each):
            line.close()
        started.stop()


FEW_FILES = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (60, 60))
from privacyaudit.serving import runner
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body"})
[one] = runner.bind(["127.0.0.1"], 0)
started = runner.Running(app, [one])
started.start()
print(started.port, flush=True)
sys.stdin.read()
started.stop()
"""


def test_with_few_open_files_half_open_connections_make_room_and_nothing_is_printed() -> None:
    command = [sys.executable, "-c", FEW_FILES]
    pipe = subprocess.PIPE
    with nursery.Program(command, stdin=pipe, stdout=pipe, stderr=pipe) as program:
        assert program.stdout
        port = int(program.stdout.readline())
        slow = [socket.create_connection(("127.0.0.1", port), timeout=5) for _number in range(90)]
        for line in slow[::2]:
            with suppress(OSError):
                line.sendall(b"GET / HTTP/1.1\r\n")
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=12)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        assert time.monotonic() - begun < 3
        assert connection.sock
        connection.close()
        for line in slow:
            line.close()
        said, trouble = program.communicate("")
    assert (program.returncode, said, trouble) == (0, "", "")


def test_an_address_that_this_computer_no_longer_has_is_not_taken_for_a_port_in_use() -> None:
    with pytest.raises(UsageError, match=r"no longer has the address 192\.0\.2\.9") as refused:
        serving.listen("192.0.2.9", 0)
    assert "--lan" in refused.value.advice
    assert "--port" not in refused.value.advice


@pytest.mark.parametrize("host", ["LOCALHOST:8360", "localhost.:8360", "192.168.4.7.:8360"])
def test_the_clinics_name_counts_however_it_is_written(site: Site, host: str) -> None:
    assert site.ask("GET", "/", host=host).status == 200
    assert site.share(site.a_share(), host=host, origin=f"http://{host}").status == 204


def test_another_name_is_told_to_look_at_the_board_and_nothing_of_the_clinic(site: Site) -> None:
    found = site.ask("GET", "/", host="laptop.local:8360")
    assert found.status == 421
    assert b"Type the address on the board." in found.body
    assert b"Ysgol" not in found.body


def test_who_reads_nothing_is_hung_up_on(running: runner.Running, port: int, site: Site) -> None:
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", port))
        line.sendall(f"GET /c/{site.plan.code} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode() * 200)
        line.recv(1)
        until = time.monotonic() + 10
        while running.connections and time.monotonic() < until:
            time.sleep(0.05)
        assert running.connections == 0


def test_a_port_that_cannot_be_used_is_said(port: int) -> None:
    with pytest.raises(UsageError, match=str(port)):
        serving.listen("127.0.0.1", port)
