"""What follows from a step that was taken: no dead end, no promise, danger first, and no name anywhere."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import product

import pytest

from privacyaudit.about_me import follow_up, ladder, letters, places
from privacyaudit.about_me.case import Case
from privacyaudit.model import Author, Harm, Outcome, Risk, Taken, Way

DAY = date(2026, 11, 3)
ATLAS = places.atlas()
FAKE = Case(Harm.FAKE_ACCOUNT, "tiktok", Author.STRANGER)
FRIEND = Case(Harm.PICTURE, "facebook", Author.FRIEND)


def took(step: str, case: Case | None = FAKE, **changes: object) -> Taken:
    done = (
        follow_up.of_letter(letters.letter(step.removeprefix(follow_up.OF_LETTER)))
        if step.startswith(follow_up.OF_LETTER)
        else follow_up.of_route(ATLAS.routes[step])
    )
    return follow_up.taken(done, case, DAY).model_copy(update=changes)


def test_the_day_to_look_again_is_that_of_the_route_and_a_fortnight_where_it_has_none() -> None:
    for route in ATLAS.routes.values():
        assert took(route.id).due == DAY + timedelta(days=route.days or 14)


def test_a_friend_has_a_week_and_an_organisation_a_month() -> None:
    assert took("letter.friend").due == DAY + timedelta(days=7)
    assert took("letter.erasure", None).due == DAY + timedelta(days=31)
    assert took("law.complaint").due == DAY + timedelta(days=30)


def test_no_route_is_called_as_a_letter_is() -> None:
    assert not [name for name in ATLAS.routes if name.startswith(follow_up.OF_LETTER)]


def test_every_plan_has_a_step_that_can_be_done_or_sends_to_people_who_help() -> None:
    for harm, author in product(Harm, Author):
        for place in ATLAS.places_for(harm):
            plan = ladder.plan(Case(harm, place.id, author), ATLAS, DAY)
            assert follow_up.doable(plan), (harm, author, place.id)


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.NOTHING])
def test_the_ladder_goes_on_as_far_as_the_routes_do(outcome: Outcome) -> None:
    for route in ATLAS.routes.values():
        found = follow_up.after(took(route.id), outcome, ATLAS, DAY)
        assert [one.step for one in found.next] == list(route.refused)
        assert found.kept is not None
        assert found.kept.outcome is outcome
        assert found.kept.due > DAY
        if not route.refused:
            assert "Ask your union, or Citizens Advice, what else there is." in found.lines


def test_after_a_friend_who_does_nothing_come_the_routes_of_the_place() -> None:
    found = follow_up.after(took("letter.friend", FRIEND), Outcome.NOTHING, ATLAS, DAY)
    assert [one.step for one in found.next] == [route.id for route in ladder.routes(FRIEND, ATLAS)[:2]]


def test_after_a_letter_without_a_plan_come_the_words_of_that_letter() -> None:
    found = follow_up.after(took("letter.erasure", None), Outcome.REFUSED, ATLAS, DAY)
    assert set(letters.letter("erasure").when_refused) <= set(found.lines)
    assert not found.next


def test_what_is_gone_is_looked_at_again_in_a_month_and_then_is_over() -> None:
    first = follow_up.after(took("tiktok.fake"), Outcome.GONE, ATLAS, DAY)
    assert first.kept is not None
    assert first.kept.due == DAY + timedelta(days=30)
    assert "search results" in " ".join(first.lines)
    assert "Is it still gone" in follow_up.question(first.kept, ATLAS)
    waits = follow_up.after(first.kept, Outcome.WAITING, ATLAS, DAY + timedelta(days=31)).kept
    assert waits is not None
    assert waits.outcome is Outcome.GONE
    assert follow_up.after(waits, Outcome.GONE, ATLAS, DAY).kept is None
    again = follow_up.after(first.kept, Outcome.NOTHING, ATLAS, DAY)
    assert [one.step for one in again.next] == list(ATLAS.routes["tiktok.fake"].refused)


def test_who_still_waits_is_not_asked_sooner_than_before() -> None:
    early, late = took("tiktok.fake", due=DAY + timedelta(days=40)), took("tiktok.fake", due=DAY)
    assert follow_up.after(early, Outcome.WAITING, ATLAS, DAY).kept == early.model_copy(
        update={"outcome": Outcome.WAITING}
    )
    kept = follow_up.after(late, Outcome.WAITING, ATLAS, DAY).kept
    assert kept is not None
    assert kept.due == DAY + timedelta(days=7)


def test_a_reminder_is_named_once_and_only_for_what_was_written() -> None:
    for route in ATLAS.routes.values():
        said = " ".join(follow_up.after(took(route.id), Outcome.NOTHING, ATLAS, DAY).lines)
        assert ("privacyaudit letter reminder" in said) == (route.way in (Way.LETTER, Way.EMAIL)), route.id
        told = took(route.id, outcome=Outcome.NOTHING)
        assert "letter reminder" not in " ".join(follow_up.after(told, Outcome.NOTHING, ATLAS, DAY).lines)


@pytest.mark.parametrize("risk", [Risk.DANGER, Risk.CHILD, Risk.BOTH])
def test_danger_comes_before_the_next_step(risk: Risk) -> None:
    case = Case(Harm.POST, "facebook", Author.STRANGER, risk=risk)
    step = follow_up.doable(ladder.plan(case, ATLAS, DAY))[0].step
    found = follow_up.after(took(step, case), Outcome.REFUSED, ATLAS, DAY)
    assert found.lines[: len(ladder.danger(case, ATLAS).lines)] == ladder.danger(case, ATLAS).lines


def test_nothing_is_promised() -> None:
    said: list[str] = []
    for route, outcome in product(ATLAS.routes, Outcome):
        said += follow_up.after(took(route), outcome, ATLAS, DAY).lines
    assert not re.search(r"\bwill be (?:removed|gone|taken down)\b|guarantee|for good|always works", " ".join(said))


def test_a_step_that_this_program_no_longer_has_keeps_its_id_and_is_no_dead_end() -> None:
    gone = Taken(step="gone.away", did=DAY, due=DAY, harm=Harm.POST, place="nowhere")
    assert "gone.away" in follow_up.question(gone, ATLAS)
    found = follow_up.after(gone, Outcome.REFUSED, ATLAS, DAY)
    assert found.kept is not None
    assert "Citizens Advice" in " ".join(found.lines)
    assert "letter.gone" in follow_up.question(gone.model_copy(update={"step": "letter.gone"}), ATLAS)


def test_what_is_kept_has_ids_and_days_only() -> None:
    assert set(Taken.model_fields) == {"step", "did", "due", "outcome", "harm", "place", "author", "work", "risk"}


def test_nobody_is_sent_to_look_for_a_sexual_picture_of_a_child_again() -> None:
    case = Case(Harm.INTIMATE, "website", Author.PUPIL, work=True, risk=Risk.CHILD)
    step = follow_up.doable(ladder.plan(case, ATLAS, DAY))[0].step
    found = follow_up.after(took(step, case), Outcome.GONE, ATLAS, DAY)
    assert found.kept is None
    assert found.lines[0].startswith("Do not look for the picture again")
