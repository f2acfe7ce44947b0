"""The window's server: who is let in, what is refused, and that each refusal stands on a guard of its own."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from privacyaudit.errors import SaveError
from privacyaudit.serving import guard, runner
from privacyaudit.window import app as window_app
from privacyaudit.window.door import Door
from privacyaudit.window.presence import IDLE_SECONDS
from tests.support.waiting import until
from tests.support.window_app import HOST, ORIGIN, PORT, POST, SECRET, Site

ROOT = Path(__file__).parents[3]


@pytest.fixture
def site() -> Site:
    return Site()


# -- somebody who may --------------------------------------------------------------------------------


def test_a_ticket_leads_to_the_page_and_out_of_the_address(site: Site) -> None:
    came = site.enter()
    assert (came.status, came.header("location")) == (303, site.place)
    cookie = came.header("set-cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert f"Path={site.place}" in cookie
    page = site.ask("GET", site.place, cookie=cookie.split(";")[0])
    assert page.status == 200
    assert SECRET.encode() in page.body


def test_the_page_can_look_do_and_open(site: Site) -> None:
    cookie = site.cookie()
    assert site.ask("GET", f"{site.place}state", cookie=cookie).status == 200
    assert site.post("answer", {"a": 1}, cookie).status == 200
    assert site.done == [{"a": 1}]
    assert site.ask("GET", f"{site.place}report", cookie=cookie).status == 200
    assert site.ask("GET", f"{site.place}plan", cookie=cookie).status == 404
    file = site.ask("GET", f"{site.place}look.ics", cookie=cookie)
    assert file.header("content-disposition") == 'attachment; filename="a.ics"'


def test_every_answer_keeps_to_itself(site: Site) -> None:
    cookie = site.cookie()
    for reply in (site.ask("GET", "/"), site.enter("x"), site.ask("GET", site.place, cookie=cookie)):
        assert reply.header("cache-control") == "no-store"
        assert reply.header("referrer-policy") == "no-referrer"
        assert reply.header("cross-origin-resource-policy") == "same-origin"
        assert reply.header("cross-origin-opener-policy") == "same-origin"
        assert "frame-ancestors 'none'" in reply.header("content-security-policy")


def test_trouble_is_said_in_words_and_a_fault_shows_nothing_of_its_own(site: Site) -> None:
    cookie = site.cookie()
    full = site.post("full", {}, cookie)
    assert (full.status, full.body) == (409, b'{"what":"The disk is full.","advice":"Free some space."}')
    fault = site.post("fault", {}, cookie)
    assert fault.status == 500
    assert b"This is a fault in privacyaudit" in fault.body
    assert SECRET.encode() not in fault.body
    assert b"Traceback" not in fault.body


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 200_000])
def test_what_cannot_be_read_is_refused(site: Site, body: bytes) -> None:
    reply = site.ask("POST", f"{site.place}answer", b"", body, cookie=site.cookie(), **POST)
    assert reply.status == 422
    assert site.done == []


def test_what_is_too_large_is_refused(site: Site) -> None:
    reply = site.post("answer", "x" * window_app.MOST_BYTES, site.cookie())
    assert (reply.status, site.done) == (413, [])


def test_only_somebody_who_was_let_in_keeps_the_window_open(site: Site) -> None:
    cookie = site.cookie()
    site.seconds = IDLE_SECONDS
    site.ask("GET", site.place)
    site.enter("x")
    site.post("answer", {}, "privacyaudit=x")
    site.seconds += 1
    assert site.presence.over()
    site.post("answer", {}, cookie)
    assert not site.presence.over()


def test_a_used_ticket_is_told_how_to_get_a_new_one(site: Site) -> None:
    ticket = site.ticket()
    assert site.enter(ticket).status == 303
    again = site.enter(ticket)
    assert again.status == 403
    assert b"works only once" in again.body
    assert b"Start the program again" in again.body


# -- before the program behind it is loaded ----------------------------------------------------------


def test_until_the_program_is_loaded_a_front_page_leads_to_the_page_by_itself() -> None:
    site = Site(ready=False)
    came = site.enter()
    assert (came.status, came.header("location")) == (303, f"{site.place}front")
    cookie = came.header("set-cookie").split(";")[0]
    front = site.ask("GET", f"{site.place}front", cookie=cookie)
    assert f'<meta http-equiv="refresh" content="0; url={site.place}">'.encode() in front.body
    assert SECRET.encode() not in front.body
    threading.Timer(0.2, site.loaded.set).start()
    page = site.ask("GET", site.place, cookie=cookie)
    assert SECRET.encode() in page.body
    assert site.enter().header("location") == site.place


def test_the_front_page_is_for_nobody_else() -> None:
    site = Site(ready=False)
    assert site.ask("GET", f"{site.place}front").status == 401
    site.loaded.set()


def test_a_program_that_cannot_be_loaded_is_told_in_words(site: Site) -> None:
    def broken() -> Any:
        raise SaveError("A checklist is broken.", "Install the program again.")

    made = window_app.Window(site.window.door, site.presence, site.window.hosts, broken)
    site.app = window_app.app(made)
    page = site.ask("GET", site.place, cookie=site.cookie())
    assert page.status == 409
    assert b"A checklist is broken." in page.body
    assert b"Install the program again." in page.body


def test_the_server_listens_before_anything_heavy_is_loaded() -> None:
    heavy = "{'pydantic', 'jinja2', 'yaml', 'babel', 'rich', 'privacyaudit.model'}"
    code = (
        "import sys, privacyaudit.cli, privacyaudit.cli.commands.start, privacyaudit.window.serving; "
        f"print({heavy} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "set()\n"


# -- somebody who may not ----------------------------------------------------------------------------


def saw_it(reply: Any) -> bool:
    return reply.status < 400 and SECRET.encode() in reply.body


def strange_host(site: Site) -> bool:
    """A page elsewhere whose name leads here now (DNS rebinding), with a cookie that was got in some way."""
    return saw_it(site.ask("GET", site.place, cookie=site.cookie(), host=f"evil.example:{PORT}"))


def another_port_in_the_name(site: Site) -> bool:
    """A page of another server on this computer, which stands between."""
    return saw_it(site.ask("GET", site.place, cookie=site.cookie(), host=f"127.0.0.1:{PORT + 1}"))


def from_another_computer(site: Site) -> bool:
    return saw_it(site.ask("GET", site.place, client="192.168.4.9", cookie=site.cookie()))


def without_a_cookie(site: Site) -> bool:
    site.cookie()
    return saw_it(site.ask("GET", f"{site.place}state"))


def with_a_cookie_of_a_window_that_has_ended(site: Site) -> bool:
    return saw_it(site.ask("GET", f"{site.place}state", cookie=Site().cookie()))


def shown_in_another_page(site: Site) -> bool:
    """A page of another server on this computer, for which the browser shows the cookie."""
    other: Any = {"sec_fetch_site": "same-site", "sec_fetch_dest": "script"}
    return saw_it(site.ask("GET", f"{site.place}state", cookie=site.cookie(), **other))


def sent_from_another_page(site: Site) -> bool:
    site.post("answer", {}, site.cookie(), origin="http://evil.example")
    return bool(site.done)


def sent_from_another_port(site: Site) -> bool:
    site.post("answer", {}, site.cookie(), origin="http://127.0.0.1:9999", sec_fetch_site="-")
    return bool(site.done)


def sent_from_nowhere(site: Site) -> bool:
    """A page in a box of its own, or from a file."""
    site.post("answer", {}, site.cookie(), origin="null")
    return bool(site.done)


def sent_without_an_origin(site: Site) -> bool:
    site.post("answer", {}, site.cookie(), origin="-", sec_fetch_site="-")
    return bool(site.done)


def sent_by_a_form(site: Site) -> bool:
    site.post("answer", {}, site.cookie(), content_type="text/plain")
    return bool(site.done)


def sent_without_the_mark(site: Site) -> bool:
    """A page that asks nobody before it sends: no header of its own is allowed then."""
    site.post("answer", {}, site.cookie(), x_privacyaudit="-")
    return bool(site.done)


def sent_for_by_another_site(site: Site) -> bool:
    """Something that the browser itself calls another site's, whatever the rest says."""
    site.post("answer", {}, site.cookie(), sec_fetch_site="cross-site", sec_fetch_dest="document")
    return bool(site.done)


def sent_by_another_method(site: Site) -> bool:
    headers = POST | {"cookie": site.cookie()}
    site.ask("PUT", f"{site.place}answer", b"", b"{}", **headers)
    return bool(site.done)


def through_a_socket(site: Site) -> bool:
    """Something that is asked through a WebSocket, of which the rules for requests know nothing."""
    said: list[Any] = []

    async def send(message: Any) -> None:
        said.append(message)

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    scope = {"type": "websocket", "path": site.place, "headers": [(b"host", HOST.encode())]}

    async def asked() -> None:
        await site.app(scope, receive, send)

    asyncio.run(asked())
    return bool(said)


def a_ticket_twice(site: Site) -> bool:
    ticket = site.ticket()
    site.enter(ticket)
    return site.enter(ticket).status == 303


def an_old_ticket(site: Site) -> bool:
    return site.enter(site.ticket(age=3_600)).status == 303


def fetched_by_a_page(site: Site) -> bool:
    """A ticket that a page would use up without anybody seeing."""
    return site.enter(sec_fetch_dest="image").status == 303


Attack = Callable[[Site], bool]
Removed = tuple[object, str, Any]
LEAKS: dict[Attack, tuple[Removed, ...]] = {
    strange_host: (
        (guard, "served", lambda _scope, _hosts: True),
        (window_app, "near", lambda _request: True),
    ),
    another_port_in_the_name: ((guard, "served", lambda _scope, _hosts: True),),
    from_another_computer: ((window_app, "near", lambda _request: True),),
    without_a_cookie: ((window_app, "let_in", lambda _window, _request: True),),
    with_a_cookie_of_a_window_that_has_ended: ((window_app, "let_in", lambda _window, _request: True),),
    shown_in_another_page: ((window_app, "sent_for_by_us", lambda _request: True),),
    sent_from_another_page: ((guard, "of_our_origin", lambda _request, _hosts: True),),
    sent_from_another_port: ((guard, "of_our_origin", lambda _request, _hosts: True),),
    sent_from_nowhere: ((guard, "of_our_origin", lambda _request, _hosts: True),),
    sent_without_an_origin: ((guard, "of_our_origin", lambda _request, _hosts: True),),
    sent_by_a_form: ((guard, "is_json", lambda _request: True),),
    sent_without_the_mark: ((guard, "marked", lambda _request, _mark: True),),
    sent_for_by_another_site: ((guard, "of_our_site", lambda _request: True),),
    sent_by_another_method: ((window_app, "DOES", ("POST", "PUT")),),
    through_a_socket: ((guard, "is_request", lambda _scope: True),),
    a_ticket_twice: ((Door, "used", lambda _door, _raw: False),),
    an_old_ticket: ((Door, "old", lambda _door, _raw: False),),
    fetched_by_a_page: ((window_app, "opened_by_hand", lambda _request: True),),
}
"""Each attack, and the guards without which it succeeds."""


@pytest.mark.parametrize("attack", LEAKS, ids=lambda one: one.__name__)
def test_an_attack_is_refused(site: Site, attack: Attack) -> None:
    assert not attack(site)


@pytest.mark.parametrize("attack", LEAKS, ids=lambda one: one.__name__)
def test_without_its_guard_an_attack_succeeds(attack: Attack, monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name, nothing in LEAKS[attack]:
        monkeypatch.setattr(owner, name, nothing)
    assert attack(Site()), "refused all the same: either the guard is not needed or this test is blind"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_do_nothing(site: Site, method: str) -> None:
    reply = site.ask(method, f"{site.place}answer", cookie=site.cookie(), **POST)
    assert (reply.status, site.done) == (405, [])
    assert reply.header("access-control-allow-origin") == ""


def test_a_look_does_nothing(site: Site) -> None:
    assert site.ask("GET", f"{site.place}answer", cookie=site.cookie()).status == 405
    assert site.done == []


def test_another_place_is_not_there(site: Site) -> None:
    cookie = site.cookie()
    for path in ("/state", "/w/", "/w/x/state", f"{site.place}../state", f"{site.place}nothing", "/robots.txt"):
        reply = site.ask("GET", path, cookie=cookie)
        assert reply.status == 404, path
        assert SECRET.encode() not in reply.body


def test_the_other_name_of_this_computer_counts_too(site: Site) -> None:
    assert site.enter(host=f"localhost:{PORT}").status == 303
    cookie = site.cookie()
    at = f"localhost:{PORT}"
    assert site.post("answer", {}, cookie, host=at, origin=f"http://{at}").status == 200
    assert site.post("answer", {}, cookie, host=at, origin=ORIGIN).status == 403


def test_an_answer_is_sent_at_once_and_waits_for_no_other_packet(site: Site) -> None:
    """Without this, each answer comes 40 ms late."""
    running = runner.Running(site.app, runner.bind(["127.0.0.1"], 0))
    running.start()
    try:
        with socket.create_connection(("127.0.0.1", running.port), 10):
            until(lambda: running.connections == 1)
            [connection] = running._server.server_state.connections
            line = connection.transport.get_extra_info("socket")
            assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    finally:
        running.stop()
