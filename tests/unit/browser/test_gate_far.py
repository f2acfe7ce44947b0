"""The far side of the gate: sites, proxies and replies as they come, and the log of it all."""

from __future__ import annotations

import base64
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
import trustme

from privacyaudit.browser.gate import ReadingGate, far, replies
from privacyaudit.browser.gate.replies import ASKS_BY_ITSELF, cleaned
from privacyaudit.browser.gate.traffic import Entry, Failure, Traffic
from tests.support.hostile import trusted_site
from tests.support.recorder import OK, Recorder
from tests.unit.browser.test_gate import PAGE, get, one, opened, reading, said

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
UNTIL_THE_END = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhello world" + Recorder.CLOSE


@pytest.fixture(scope="module")
def certificate() -> Iterator[ssl.SSLContext]:
    with trusted_site() as made:
        yield made


@contextmanager
def site(certificate: ssl.SSLContext | None, *answers: bytes, wait_s: float = 0) -> Iterator[Recorder]:
    with Recorder(*answers, certificate=certificate, wait_s=wait_s) as made:
        yield made


def last(gate: ReadingGate) -> Entry:
    """Return the last request, once it is over."""
    until = time.monotonic() + 3
    while gate.traffic.all()[-1].ended is None and time.monotonic() < until:
        time.sleep(0.01)
    return gate.traffic.all()[-1]


@pytest.mark.parametrize("answer", [CHUNKED, UNTIL_THE_END])
def test_a_reply_without_a_length_comes_whole(answer: bytes, certificate: ssl.SSLContext) -> None:
    with site(certificate, answer) as there, reading(there) as gate, opened(gate, there.host) as line:
        line.sendall(get(there.host).encode())
        got = said(line)
        assert b"hello" in got
        assert b"world" in got
        assert b"chunked" in got.lower()
        assert got.endswith(b"0\r\n\r\n")
        assert (last(gate).status, last(gate).failure) == (200, None)


def test_a_large_reply_comes_whole(certificate: ssl.SSLContext) -> None:
    body = gzip.compress(bytes(range(256)) * 20_000, 0)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with site(certificate, head + body) as there, reading(there) as gate, opened(gate, there.host) as line:
        line.sendall(get(there.host).encode())
        assert said(line).endswith(body)


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("HEAD", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"),
        ("GET", b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"),
        ("GET", b"HTTP/1.1 204 No Content\r\n\r\n"),
    ],
)
def test_a_reply_without_a_body_ends_there_and_the_connection_goes_on(
    method: str, answer: bytes, certificate: ssl.SSLContext
) -> None:
    with site(certificate, answer, OK) as there, reading(there) as gate, opened(gate, there.host) as line:
        assert answer.split(b" ")[1] in one(
            line, get(there.host, more="Accept: */*\r\nSec-Fetch-Dest: empty\r\n", method=method)
        )
        assert one(line, get(there.host, "/again")).endswith(b"ok")
        assert (len(there.heads), there.connections) == (2, 1)


def test_hints_before_the_reply_are_left_out(certificate: ssl.SSLContext) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n"
    with site(certificate, early + OK) as there, reading(there) as gate, opened(gate, there.host) as line:
        got = one(line, get(there.host))
        assert got.startswith(b"HTTP/1.1 200")
        assert b"preload" not in got


def test_connections_to_a_site_are_kept_and_one_that_the_site_has_closed_is_replaced(
    certificate: ssl.SSLContext,
) -> None:
    with site(certificate, OK, OK, OK + Recorder.CLOSE, OK) as there, reading(there) as gate:
        for number in range(3):
            with opened(gate, there.host) as line:
                assert b" 200 " in one(line, get(there.host, f"/{number}"))
        assert there.connections == 1, "three connections of the browser, one to the site"
        with opened(gate, there.host) as line:
            assert b" 200 " in one(line, get(there.host, "/after"))
        assert (there.connections, len(there.heads)) == (2, 4)


def test_an_answer_that_nobody_asked_for_is_not_taken_for_the_next(certificate: ssl.SSLContext) -> None:
    two = OK + b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nwrong"
    with site(certificate, two, OK) as there, reading(there) as gate, opened(gate, there.host) as line:
        for path in ("/one", "/two"):
            assert one(line, get(there.host, path)).endswith(b"ok")


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf" + Recorder.CLOSE, Failure.BROKEN),
        (b"nonsense\r\n\r\n" + Recorder.CLOSE, Failure.BROKEN),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n" + Recorder.CLOSE, Failure.BROKEN),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nok", Failure.BROKEN),
        (b"" + Recorder.CLOSE, Failure.BROKEN),
    ],
)
def test_a_reply_that_is_none_is_a_failure(answer: bytes, failure: Failure, certificate: ssl.SSLContext) -> None:
    with site(certificate, answer) as there, reading(there) as gate, opened(gate, there.host) as line:
        line.sendall(get(there.host).encode())
        said(line)
        assert last(gate).failure is failure


def test_a_move_to_no_address_is_over_like_any_other_reply(certificate: ssl.SSLContext) -> None:
    away = b"HTTP/1.1 302 Found\r\nLocation: http://[half/\r\nContent-Length: 0\r\n\r\n"
    with site(certificate, away) as there, reading(there) as gate, opened(gate, there.host) as line:
        gate.expect(f"https://{there.host}/fine")
        assert b" 302 " in one(line, get(there.host, more=PAGE))
        assert (last(gate).status, last(gate).ended is not None) == (302, True)


def test_a_page_may_be_led_where_its_site_sends_it_on_to_and_nowhere_else(certificate: ssl.SSLContext) -> None:
    away = b"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"
    with site(certificate, away, OK) as there, reading(there) as gate, opened(gate, there.host) as line:
        gate.expect(f"https://{there.host}/fine#part")
        for path, status in (("/fine", b" 302 "), ("/other", b" 204 "), ("/there", b" 200 "), ("/there", b" 204 ")):
            assert status in one(line, get(there.host, path, more=PAGE)), path
        led = gate.led(f"https://{there.host}/fine")
        assert led
        assert (led.path, led.status) == ("/there", 200)
        assert gate.sent_on(f"https://{there.host}/fine") == "", "it was followed"


def test_signing_out_is_let_through_once_and_no_other_danger(certificate: ssl.SSLContext) -> None:
    form = "Content-Length: 3\r\nContent-Type: application/x-www-form-urlencoded\r\n" + PAGE
    with site(certificate, OK) as there, reading(there) as gate, opened(gate, there.host) as line:
        gate.permit(f"https://{there.host}/account/delete")
        assert b" 204 " in one(line, get(there.host, "/account/delete", more=PAGE))
        gate.permit(f"https://{there.host}/logout")
        assert b" 200 " in one(line, get(there.host, "/logout", form, "POST") + "a=1")
        assert b" 204 " in one(line, get(there.host, "/logout", form, "POST") + "a=1")
    assert [head.split("\r\n")[0] for head in there.heads] == ["POST /logout HTTP/1.1"]


def test_asking_first_for_a_reading_request_is_let_through(certificate: ssl.SSLContext) -> None:
    with site(certificate, OK) as there, reading(there) as gate, opened(gate, there.host) as line:
        asks = "Origin: null\r\nAccess-Control-Request-Method: GET\r\nSec-Fetch-Dest: empty\r\n"
        assert b" 200 " in one(line, get(there.host, more=asks, method="OPTIONS"))


def test_a_site_whose_signer_is_unknown_is_not_asked() -> None:
    strange = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(strange)
    with site(strange) as there, reading(there) as gate, opened(gate, there.host) as line:
        assert b" 502 " in one(line, get(there.host))
        assert last(gate).failure is Failure.UNKNOWN_SIGNER
        assert there.heads == []


def test_a_certificate_for_another_name_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    authority, other = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("elsewhere.example").configure_cert(other)
    with authority.cert_pem.tempfile() as path:
        monkeypatch.setenv("SSL_CERT_FILE", path)
        far._trusted.cache_clear()
        with site(other) as there, reading(there) as gate, opened(gate, there.host) as line:
            assert b" 502 " in one(line, get(there.host))
            assert last(gate).failure is Failure.UNSAFE
            assert there.heads == []
    far._trusted.cache_clear()


def test_a_port_on_which_nobody_listens_is_a_failure() -> None:
    gate = ReadingGate(["127.0.0.1:9"])
    with opened(gate, "127.0.0.1:9") as line:
        assert b" 502 " in one(line, get("127.0.0.1:9"))
    assert last(gate).failure is Failure.NO_ANSWER
    gate.close()


@pytest.mark.parametrize("answers", [True, False])
def test_closing_cuts_what_is_under_way(answers: bool, certificate: ssl.SSLContext) -> None:
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf" if answers else b""
    with site(certificate, half) as there, reading(there) as gate, opened(gate, there.host) as line:
        line.sendall(get(there.host).encode())
        while not there.heads:
            time.sleep(0.01)
        time.sleep(0.1)
        begun = time.monotonic()
        gate.close()
        with suppress(OSError):
            while line.recv(100):
                pass
        assert last(gate).failure is Failure.CUT
        assert time.monotonic() - begun < 2
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", gate.port), timeout=1)


def test_a_browser_that_does_not_wait_is_noted(certificate: ssl.SSLContext) -> None:
    large = b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n" + b"x" * 9_000_000
    with site(certificate, large) as there, reading(there) as gate:
        with opened(gate, there.host) as line:
            line.sendall(get(there.host).encode())
            assert line.recv(100)
        assert last(gate).failure is Failure.LEFT


class Proxy:
    """A proxy that leads encrypted traffic on, for those who know the word where there is one."""

    def __init__(self, word: str = "", says: bytes = b"") -> None:
        self.heads: list[str] = []
        self._word, self._says = word, says
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            if not (more := client.recv(4_096)):
                return
            head += more
        text = head.decode()
        self.heads.append(text)
        if self._says:
            client.sendall(self._says)
            client.close()
            return
        if self._word and f"Basic {base64.b64encode(self._word.encode()).decode()}" not in text:
            client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            client.close()
            return
        port = int(text.split(" ")[1].rstrip("/").rpartition(":")[2].split("/")[0])
        onward = socket.create_connection(("127.0.0.1", port))
        if text.startswith("CONNECT"):
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            onward.sendall(head)
        for one_way in ((client, onward), (onward, client)):
            threading.Thread(target=self._carry, args=one_way, daemon=True).start()

    @staticmethod
    def _carry(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


@pytest.fixture
def behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sites of these tests are on this computer, which is never behind a proxy: let them be."""
    monkeypatch.setattr("privacyaudit.browser.proxies._HERE", ())
    monkeypatch.setattr("privacyaudit.browser.proxies.proxy_bypass", lambda host: False)


@pytest.mark.usefixtures("behind_a_proxy")
@pytest.mark.parametrize(
    ("word", "told", "failure"),
    [
        ("", "", None),
        ("ann:s3cr:t", "ann:s3cr%3At@", None),
        ("ann:right", "ann:wrong@", Failure.NEEDS_PROXY),
        ("ann:right", "", Failure.NEEDS_PROXY),
    ],
)
def test_a_proxy_of_this_network_leads_on_and_sees_nothing(
    word: str, told: str, failure: Failure | None, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Proxy(word)
    monkeypatch.setenv("https_proxy", f"http://{told}{proxy.address}")
    with site(certificate) as there, reading(there) as gate, opened(gate, there.host) as line:
        assert (b" 502 " if failure else b" 200 ") in one(line, get(there.host, "/secret"))
        assert last(gate).failure is failure
        assert len(there.heads) == (0 if failure else 1)
    assert all(head.startswith(f"CONNECT {there.host} ") and "/secret" not in head for head in proxy.heads)
    assert not any("authorization" in head.lower() for head in there.heads)


@pytest.mark.usefixtures("behind_a_proxy")
def test_a_proxy_reads_what_goes_without_tls_and_is_told_the_whole_address(monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Proxy("ann:right")
    monkeypatch.setenv("http_proxy", f"http://ann:right@{proxy.address}")
    with site(None) as there, reading(there) as gate, socket.create_connection(("127.0.0.1", gate.port)) as line:
        asked = f"GET http://{there.host}/fine HTTP/1.1\r\nHost: {there.host}\r\nProxy-Authorization: own\r\n\r\n"
        assert b" 200 " in one(line, asked)
    assert proxy.heads[0].startswith(f"GET http://{there.host}/fine ")
    assert "own" not in proxy.heads[0]


@pytest.mark.usefixtures("behind_a_proxy")
@pytest.mark.parametrize(
    ("says", "proxy_kind", "failure"),
    [
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "http", Failure.NEEDS_PROXY),
        (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", "http", Failure.NO_ANSWER),
        (b"nonsense", "http", Failure.NO_ANSWER),
        (b"HTTP/1.1 200 OK\r\n\r\nnot tls", "http", Failure.UNSAFE),
        (b"", "socks5", Failure.NEEDS_PROXY),
    ],
)
def test_a_proxy_that_does_not_lead_on_is_a_failure(
    says: bytes, proxy_kind: str, failure: Failure, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", f"{proxy_kind}://{Proxy(says=says).address}")
    with site(certificate) as there, reading(there) as gate, opened(gate, there.host) as line:
        assert b" 502 " in one(line, get(there.host))
        assert last(gate).failure is failure
        assert there.heads == []


@pytest.mark.parametrize("name", sorted(ASKS_BY_ITSELF))
def test_what_makes_a_browser_ask_by_itself_is_taken_out_of_a_reply(
    name: bytes, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And comes through where the rule is not there. What a browser does with it is tried with a browser."""
    answer = b"HTTP/1.1 200 OK\r\n" + name.title() + b": x\r\nX-Fine: 1\r\ncontent-length: 2\r\n\r\nok"
    with site(certificate, answer) as there, reading(there) as gate, opened(gate, there.host) as line:
        got = one(line, get(there.host)).lower()
        assert name + b":" not in got
        assert b"x-fine: 1" in got
        monkeypatch.setattr(replies, "ASKS_BY_ITSELF", ASKS_BY_ITSELF - {name})
        assert name + b": x" in one(line, get(there.host)).lower()


def test_what_is_between_two_neighbours_stays_between_them() -> None:
    given = [
        (b"Connection", b"close, X-Own"),
        (b"X-Own", b"1"),
        (b"Keep-Alive", b"9"),
        (b"Set-Cookie", b"a=1"),
        (b"Te", b"x"),
    ]
    assert cleaned([*given, (b"Set-Cookie", b"b=2")]) == [(b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]


def test_the_log_keeps_no_query_and_no_header(certificate: ssl.SSLContext) -> None:
    with site(certificate) as there, reading(there) as gate, opened(gate, there.host) as line:
        one(line, get(there.host, "/fine?name=ann", "Cookie: session=secret\r\nSec-Fetch-Dest: empty\r\n"))
        assert "ann" not in repr(gate.traffic.all())
        assert "secret" not in repr(gate.traffic.all())
        entry = last(gate)
        assert (entry.method, entry.host, entry.path, entry.kind, entry.status) == (
            "GET",
            there.host,
            "/fine",
            "empty",
            200,
        )


def test_an_entry_ends_once() -> None:
    log = Traffic()
    entry = log.begin(Entry("GET", "a.example", "/"))
    assert (log.all(), log.refused(), entry.ended) == ([entry], [], None)
    log.end(entry, Failure.LEFT)
    ended = entry.ended
    log.end(entry)
    assert (entry.failure, entry.ended) == (Failure.LEFT, ended)
