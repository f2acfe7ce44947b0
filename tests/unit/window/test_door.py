"""The window's door: a ticket works once, for ten minutes, and only one that the window's key has made."""

from __future__ import annotations

import pytest

from privacyaudit.window.door import TICKET_SECONDS, Door, new_key, new_ticket
from privacyaudit.window.presence import IDLE_SECONDS, Presence

NOW = 1_800_000_000.0


def test_a_ticket_is_exchanged_for_a_cookie_that_the_door_knows() -> None:
    key = new_key()
    door = Door(key, lambda: NOW)
    cookie = door.exchange(new_ticket(key, NOW))
    assert cookie
    assert door.knows(cookie)
    assert not door.knows("")
    assert not door.knows(f"{cookie}x")
    assert not door.knows("\udce9")


def test_a_ticket_works_once() -> None:
    key = new_key()
    door, ticket = Door(key, lambda: NOW), new_ticket(key, NOW)
    assert door.exchange(ticket)
    assert door.exchange(ticket) is None


@pytest.mark.parametrize("age", [TICKET_SECONDS + 1, -60])
def test_a_ticket_that_is_too_old_or_from_the_future_does_not_work(age: float) -> None:
    key = new_key()
    assert Door(key, lambda: NOW).exchange(new_ticket(key, NOW - age)) is None


@pytest.mark.parametrize("ticket", ["", "a", "A" * 48, "ü", "=", "A" * 10_000])
def test_what_is_no_ticket_does_not_work(ticket: str) -> None:
    assert Door(new_key(), lambda: NOW).exchange(ticket) is None


def test_a_ticket_of_another_window_or_one_that_was_changed_does_not_work() -> None:
    key = new_key()
    ticket = new_ticket(key, NOW)
    assert Door(new_key(), lambda: NOW).exchange(ticket) is None
    for place in range(len(ticket)):
        changed = ticket[:place] + ("A" if ticket[place] != "A" else "B") + ticket[place + 1 :]
        assert Door(key, lambda: NOW).exchange(changed) is None, place


def test_each_door_has_a_place_and_each_visitor_a_cookie_of_their_own() -> None:
    key = new_key()
    one, other = Door(key, lambda: NOW), Door(key, lambda: NOW)
    assert one.place != other.place
    assert one.exchange(new_ticket(key, NOW)) != one.exchange(new_ticket(key, NOW))


def test_the_window_is_over_ten_minutes_after_the_page_was_heard_of_or_at_once_when_the_person_is_done() -> None:
    seconds = [0.0]
    there = Presence(lambda: seconds[0])
    seconds[0] = IDLE_SECONDS
    assert not there.over()
    there.heard()
    seconds[0] += IDLE_SECONDS
    assert not there.over()
    seconds[0] += 1
    assert there.over()
    done = Presence(lambda: 0.0)
    done.end()
    assert done.over()
