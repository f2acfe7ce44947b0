"""What tells the session in which a page is asked for from another one."""

from __future__ import annotations

from typing import Any

import pytest

from privacyaudit.browser.gate.sessions import SessionWatch


def cookie(value: str = "Ann-1", **other: Any) -> dict[str, Any]:
    return {"name": "session", "value": value, "domain": "a.example", "path": "/", "httpOnly": True} | other


SEEN = cookie("1", name="seen", httpOnly=False)


def sets(value: str) -> list[tuple[bytes, bytes]]:
    return [(b"content-type", b"text/html"), (b"set-cookie", f"session={value}; Path=/; HttpOnly".encode())]


def test_the_same_cookies_are_the_same_session() -> None:
    watch = SessionWatch([cookie(), SEEN])
    watch.see_request("seen=7; session=Ann-1")
    watch.see_request("")
    watch.see_reply(sets("Ann-1"), is_the_page=False)
    assert not watch.is_other([cookie(), cookie("7", name="seen", httpOnly=False)])


@pytest.mark.parametrize(
    "now",
    [
        [],
        [cookie("Bob-2")],
        [cookie("ann-1")],
        [cookie(httpOnly=False)],
        [cookie(), cookie("Bob-2", path="/settings")],
        [cookie(domain=".a.example")],
    ],
    ids=["none", "another value", "another case", "seen by scripts", "another path beside it", "another domain"],
)
def test_other_cookies_are_another_session(now: list[dict[str, Any]]) -> None:
    assert SessionWatch([cookie()]).is_other(now)


@pytest.mark.parametrize("is_the_page", [True, False])
def test_what_was_another_session_for_a_moment_stays_one(is_the_page: bool) -> None:
    sent, told = SessionWatch([cookie()]), SessionWatch([cookie()])
    sent.see_request("session=Bob-2; seen=1")
    told.see_reply(sets("Bob-2"), is_the_page=is_the_page)
    assert sent.is_other([cookie()])
    assert told.is_other([cookie()])


def test_the_page_itself_may_renew_a_session_and_nothing_else_may() -> None:
    watch = SessionWatch([cookie()], may_renew=True)
    watch.see_reply(sets("Ann-2"), is_the_page=True)
    watch.see_request("session=Ann-2")
    assert not watch.is_other([cookie("Ann-2")])
    watch.see_reply(sets("Ann-3"), is_the_page=False)
    assert watch.is_other([cookie("Ann-2")])


def test_what_is_learned_later_counts_too() -> None:
    watch = SessionWatch()
    assert not watch.is_other([cookie()])
    watch.learn([cookie()])
    assert watch.is_other([cookie("Bob-2")])
