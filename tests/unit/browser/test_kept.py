"""What pages keep in the browser beside cookies: its form, and what of it looks like a key."""

from __future__ import annotations

import json
from typing import Any

import pytest

from privacyaudit.browser import kept

KEY = "k3J9xQ2mZ7pL5vT8wR1yB4nC6dF0gH"


def state(name: str, value: str, area: str = "localStorage") -> Any:
    return {"cookies": [], "origins": [{"origin": "https://a.test", area: [{"name": name, "value": value}]}]}


@pytest.mark.parametrize(
    ("name", "value", "is_a_key"),
    [
        ("access_token", KEY, True),
        ("root", json.dumps({"auth": json.dumps({"jwt": KEY})}), True),
        ("users", json.dumps([{"session": {"id": KEY}}]), True),
        ("theme", "dark", False),
        ("visitor", KEY, False),
        ("author", KEY, False),
        ("token", "short1", False),
        ("token_until", "2026-05-03T10:00:00Z", False),
        ("auth_help", "https://a.test/help/1a2b3c", False),
        ("session_text", "You have 3 new messages", False),
        ("token", "{broken", False),
        ("auth", f"user=ann;id={KEY}", True),
    ],
)
def test_a_key_is_long_and_called_so(name: str, value: str, is_a_key: bool) -> None:
    [item] = kept.items(state(name, value))
    assert item.is_a_key is is_a_key


@pytest.mark.parametrize(
    ("value", "has_room"),
    [
        ("rgb(222,168,165)", False),
        (json.dumps({"open": True, "at": "2026-05-03T10:00:00Z"}), False),
        (KEY, True),
        (f"a;{KEY}", True),
    ],
)
def test_what_has_no_room_for_a_key_needs_no_look_at_the_door(value: str, has_room: bool) -> None:
    [item] = kept.items(state("colour", value))
    assert item.has_room_for_a_key is has_room


def test_two_that_differ_in_words_have_one_form_and_a_key_in_the_place_of_nothing_has_another() -> None:
    forms = [
        kept.items(state("root", json.dumps(value)))[0].form
        for value in ({"id": KEY, "n": 1}, {"id": KEY[::-1], "n": 2}, {"id": None, "n": 2})
    ]
    assert forms[0] == forms[1] != forms[2]


@pytest.mark.parametrize("area", ["localStorage", "sessionStorage"])
def test_what_is_put_together_again_is_the_same(area: str) -> None:
    some = kept.items(state("a", KEY, area))
    assert kept.items(kept.together(some)) == some


def test_a_database_is_kept_too() -> None:
    base = {"name": "users", "version": 1, "stores": [{"records": [{"value": {"refreshToken": KEY}}]}]}
    [item] = kept.items({"cookies": [], "origins": [{"origin": "https://a.test", "indexedDB": [base]}]})  # type: ignore[typeddict-item,typeddict-unknown-key]
    assert item.is_a_key
