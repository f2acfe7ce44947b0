"""A browser is sent on from an address that says nothing, once, and nobody else is."""

from __future__ import annotations

import http.client
import socket
import threading
from urllib.parse import urlsplit

from privacyaudit.serving.hand_over import open_unseen

SECRET = "https://pond.example/search?q=%22Canary%20Hill%22"


def get(address: str, path: str | None = None, host: str | None = None) -> http.client.HTTPResponse:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", path or parts.path, headers={"Host": host or parts.netloc})
    return connection.getresponse()


def test_the_browser_is_sent_on_and_what_opens_it_sees_no_word() -> None:
    asked: list[str] = []
    came: list[http.client.HTTPResponse] = []

    def opens(address: str) -> bool:
        asked.append(address)
        came.append(get(address))
        return True

    assert open_unseen(SECRET, opens)
    assert asked[0].startswith("http://127.0.0.1:")
    assert "anary" not in asked[0]
    assert (came[0].status, came[0].headers["Location"]) == (303, SECRET)
    assert came[0].headers["Referrer-Policy"] == "no-referrer"
    assert came[0].headers["Cache-Control"] == "no-store"


def test_a_connection_that_asks_for_nothing_holds_nobody_up() -> None:
    """Browsers open connections before they need them."""
    idle: list[socket.socket] = []
    came: list[int] = []

    def opens(address: str) -> bool:
        idle.append(socket.create_connection(("127.0.0.1", urlsplit(address).port or 0)))
        came.append(get(address).status)
        return True

    assert open_unseen(SECRET, opens)
    assert came == [303]
    idle[0].close()


def test_another_path_another_host_and_a_second_time_are_not_sent_on() -> None:
    told: list[tuple[int, str | None]] = []

    def opens(address: str) -> bool:
        for wrong in (
            get(address, path="/"),
            get(address, path="/%C3%A9"),
        ):
            told.append((wrong.status, wrong.headers["Location"]))
        other = get(address, host="pond.example")
        told.append((other.status, other.headers["Location"]))
        told.append((get(address).status, "right"))
        again = get(address)
        told.append((again.status, again.headers["Location"]))
        return True

    assert open_unseen(SECRET, opens)
    assert told == [(404, None), (404, None), (404, None), (303, "right"), (404, None)]


def test_where_no_browser_opens_or_none_comes_it_says_so_and_stops_listening() -> None:
    asked: list[str] = []
    before = threading.active_count()
    assert not open_unseen(SECRET, lambda _address: False)

    def opens(address: str) -> bool:
        asked.append(address)
        return True

    assert not open_unseen(SECRET, opens, patience=0.1)
    assert threading.active_count() == before
    try:
        get(asked[0])
    except ConnectionRefusedError:
        return
    raise AssertionError("it still listens")
