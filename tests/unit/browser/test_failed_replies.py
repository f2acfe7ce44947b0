"""What a reply says by its values, and what its headers say of its age; the pages around them are in tests/browser."""

from __future__ import annotations

from typing import Any

import pytest

from privacyaudit.browser.failed_replies import has_error_for_nothing, has_failed, has_nothing
from privacyaudit.browser.old_copies import is_old
from privacyaudit.browser.reply_bodies import in_text


@pytest.mark.parametrize(
    "reply",
    [
        {"Status": "ERROR"},
        {"data": {"errorCode": 7}},
        {"response": {"meta": {"http_status": 503}}},
        [{"error": {"message": "x"}}],
        {"a": {"b": [{"errors": ["x"], "data": None}]}},
        {"has_errors": True},
    ],
)
def test_a_reply_says_that_it_failed(reply: Any) -> None:
    assert has_failed(reply)


@pytest.mark.parametrize("reply", [None, {"data": None}, {"code": 403}, {"ok": False}, {"errors": [], "data": None}])
def test_a_reply_has_nothing(reply: Any) -> None:
    assert has_nothing(reply)
    assert not has_failed(reply)


@pytest.mark.parametrize(
    "reply",
    [
        {},
        [],
        "error",
        {"error": None, "errors": {"a": []}},
        {"status": True, "code": "400 Main Street"},
        {"words": {"error": "Error", "title": None}},
        [{"user": None, "error": "card"}],
    ],
)
def test_a_reply_only_looks_as_if_it_had_failed(reply: Any) -> None:
    assert not has_failed(reply)
    assert not has_nothing(reply)
    assert not has_error_for_nothing(reply)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (")]}',\n[1]", [[1]]),
        ('{"a":1}\n{"b":2}\n', [{"a": 1}, {"b": 2}]),
        ("off", []),
        ('{"a":', None),
        ("for(;;);{", []),
    ],
)
def test_json_is_found_in_a_text(text: str, found: list[Any] | None) -> None:
    assert in_text(text, is_json=True) == found


@pytest.mark.parametrize(
    ("header", "old"),
    [
        (("age", " 0"), False),
        (("age", "7"), True),
        (("warning", '113 - "Heuristic Expiration"'), True),
        (("cache-status", "a; fwd=stale, b; hit; ttl=90"), False),
        (("cache-status", "a; hit; ttl=90, b; hit; ttl=-1"), True),
        (("x-proxy-cache", "STALE"), True),
        (("cache-control", "stale-while-revalidate=9"), False),
    ],
)
def test_headers_speak_of_an_old_copy(header: tuple[str, str], old: bool) -> None:
    assert is_old(dict([header])) is old
