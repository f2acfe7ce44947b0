"""Each session that the cookies of a browser have been, and how they are tried on one page."""

from __future__ import annotations

from typing import Any

import pytest

from privacyaudit.browser.gate.jars import Jars
from privacyaudit.browser.states import States

URL = "https://a.example/settings/privacy"


def cookie(value: str = "Ann-1", **other: Any) -> dict[str, Any]:
    kind = {"httpOnly": True, "secure": False, "sameSite": "Lax", "expires": -1}
    return {"name": "session", "value": value, "domain": "a.example", "path": "/"} | kind | other


SEEN = cookie("1", name="seen", httpOnly=False)


def state(*cookies: dict[str, Any]) -> Any:
    return {"cookies": list(cookies), "origins": []}


def values(jars: Jars) -> list[dict[str, str]]:
    return [{f"{one['name']} {one['path']}": one["value"] for one in been} for been in jars.been()]


@pytest.mark.parametrize(
    ("line", "been"),
    [
        ("session=Ann-1; Path=/; HttpOnly", []),
        ("session=Ann-2; Path=/", [{"session /": "Ann-2", "seen /": "1"}]),
        ("session=Ann-2; Path=/; Max-Age=3", [{"session /": "Ann-2", "seen /": "1"}]),
        ("session=Ann-2; Secure", [{"session /": "Ann-1", "session /settings": "Ann-2", "seen /": "1"}]),
        ("sid=Ann-2; Path=/; HttpOnly", [{"session /": "Ann-1", "sid /": "Ann-2", "seen /": "1"}]),
        ("seen=2; Path=/", []),
        ("session=Ann-2; Path=/; Max-Age=0", []),
        ("session=Ann-2; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT", []),
        ("session=; Path=/", []),
        ("=Ann-2; Path=/; HttpOnly", []),
        ("session=Ann-2; Path=/; Domain=b.example", []),
        ("__Host-session=Ann-2; Path=/; HttpOnly", []),
        ("session=Ann-2; Path=/; Expires=never", [{"session /": "Ann-2", "seen /": "1"}]),
    ],
)
def test_a_session_is_noted_when_a_site_sets_another(line: str, been: list[dict[str, str]]) -> None:
    jars = Jars([cookie(), SEEN])
    jars.see_reply(URL, [(b"Set-Cookie", line.encode())])
    assert values(jars) == been


def test_what_a_site_sets_and_sets_back_or_takes_back_is_known() -> None:
    jars = Jars([cookie()])
    for value in (b"Bob-2", b"Ann-1", b""):
        jars.see_reply(URL, [(b"set-cookie", b"session=" + value + b"; Path=/; HttpOnly")])
    assert (values(jars), jars.taken()) == ([{"session /": "Bob-2"}], {"session"})


def test_where_no_cookie_is_hidden_each_may_be_a_session_also_one_that_a_script_has_set() -> None:
    jars = Jars([SEEN])
    jars.see_request(URL, "seen=1; ")
    jars.see_request(URL, "seen=2")
    assert values(jars) == [{"seen /": "2"}]


def test_a_cookie_that_a_page_is_not_sent_is_tried_there_and_counts_where_it_has_a_name_of_its_own() -> None:
    other, own = cookie("Ann-2", path="/else"), cookie("R-1", name="remember", path="/auth")
    same_value = cookie(path="/plugins")
    known = States(URL, [state(cookie(), other, SEEN), state(cookie(), SEEN)])
    assert known.all() == [state(cookie(), other, SEEN), state(SEEN, other | {"path": "/"})]
    assert not known.kept_from_it(set())
    assert len(States(URL, [state(cookie(), same_value)]).all()) == 1
    assert States(URL, [state(cookie(), own)]).kept_from_it(set())
    assert not States(URL, [state(cookie(), own)]).kept_from_it({"remember"})
    assert not States(URL, [state(cookie(), own | {"domain": "b.example"})]).kept_from_it(set())
