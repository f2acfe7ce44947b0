"""Replies that come packed, through the gate: one that was cut is a failure, however whole it came over the wire."""

from __future__ import annotations

import gzip
import random
import ssl
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from privacyaudit.browser.gate.packed import Packed, may_be_packed
from privacyaudit.browser.gate.traffic import Failure
from tests.support.hostile import trusted_site
from tests.support.recorder import Recorder
from tests.unit.browser.test_gate import get, opened, reading, said
from tests.unit.browser.test_gate_far import last

PAGE = b"<p>Private profile: on</p>" + random.Random(1).randbytes(3_000) + b"<script>show()</script>"


def bare(data: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(data) + packing.flush()


WAYS: dict[bytes, Callable[[bytes], bytes]] = {
    b"gzip": gzip.compress,
    b"x-gzip": gzip.compress,
    b"deflate": zlib.compress,
    b"Deflate": bare,
}


@pytest.fixture(scope="module")
def certificate() -> Iterator[ssl.SSLContext]:
    with trusted_site() as made:
        yield made


def failure_of(body: bytes, way: bytes, certificate: ssl.SSLContext) -> Failure | None:
    """Return how a reply with that body fails that is whole as far as its length says."""
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n" % (way, len(body))
    with Recorder(head + body, certificate=certificate) as site, reading(site) as gate, opened(gate, site.host) as line:
        line.sendall(get(site.host).encode())
        came = b""
        line.settimeout(20)
        while not came.endswith(b"\r\n\r\n" + body) and (more := line.recv(65_536)):
            came += more
        assert came.endswith(body)
        return last(gate).failure


@pytest.mark.parametrize("way", WAYS)
def test_a_packed_reply_is_whole_only_where_its_packing_ends(way: bytes, certificate: ssl.SSLContext) -> None:
    body = WAYS[way](PAGE)
    assert failure_of(body, way, certificate) is None
    assert failure_of(b"", way, certificate) is None
    for length in (1, 2, 30, len(body) // 2, len(body) - 1):
        assert failure_of(body[:length], way, certificate) is Failure.BROKEN, length


def test_without_the_look_at_the_end_half_a_page_is_taken_for_whole(
    certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Packed, "is_whole", lambda _packed: True)
    assert failure_of(gzip.compress(PAGE)[:-60], b"gzip", certificate) is None


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_the_pieces_in_which_it_comes_do_not_matter(way: bytes, step: int) -> None:
    for body, whole in ((WAYS[way](PAGE), True), (WAYS[way](PAGE)[:-5], False), (WAYS[way](PAGE) + b"more", True)):
        packed = Packed([(b"Content-Encoding", way)])
        for start in range(0, len(body), step):
            packed.see(body[start : start + step])
        assert packed.is_whole() is whole


def test_what_swells_is_looked_through_in_small_pieces() -> None:
    packed = Packed([(b"content-encoding", b"gzip")])
    packed.see(gzip.compress(bytes(30_000_000)))
    assert packed.is_whole()


@pytest.mark.parametrize("headers", [[], [(b"content-encoding", b"br")], [(b"content-encoding", b"identity")]])
def test_what_cannot_be_looked_through_is_not_judged(headers: list[Any]) -> None:
    packed = Packed(headers)
    packed.see(b"anything")
    assert packed.is_whole()


def test_what_is_no_packing_at_all_is_not_whole() -> None:
    for way in WAYS:
        packed = Packed([(b"content-encoding", way)])
        packed.see(b"no packing")
        packed.see(b" at all")
        assert not packed.is_whole()


@pytest.mark.parametrize(
    ("accepted", "asked"),
    [
        (b"gzip, deflate, br, zstd", b"gzip, deflate"),
        (b"br;q=1.0, gzip;q=0.8, *;q=0", b"gzip;q=0.8, *;q=0"),
        (b"identity;q=1, *;q=0", b"identity;q=1, *;q=0"),
        (b"br", b"identity"),
    ],
)
def test_a_site_is_asked_for_what_can_be_looked_through(
    accepted: bytes, asked: bytes, certificate: ssl.SSLContext
) -> None:
    assert may_be_packed(accepted) == asked
    with Recorder(certificate=certificate) as site, reading(site) as gate, opened(gate, site.host) as line:
        line.sendall(get(site.host, more=f"Accept-Encoding: {accepted.decode()}\r\n").encode())
        said(line)
        assert f"accept-encoding: {asked.decode()}" in site.heads[0].lower().splitlines()
