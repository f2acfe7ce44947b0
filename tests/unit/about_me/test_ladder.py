"""From a case to steps in order: danger and children first, then what not to do; and no step promises anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product

import pytest

from privacyaudit import shipped
from privacyaudit.about_me import ladder, places
from privacyaudit.about_me.case import Case
from privacyaudit.about_me.first_hour import first_hour
from privacyaudit.about_me.ladder import MOST_STEPS, Plan
from privacyaudit.about_me.rules import STAGES, Kind, holds
from privacyaudit.catalogue import house_words
from privacyaudit.errors import UsageError
from privacyaudit.model import Author, Harm, Risk
from tests.unit.about_me.cases import STORIES, Story

TODAY = date(2026, 11, 30)
PROMISES = re.compile(r"\b(?:guarantee\w*|will be removed|always works|certainly|for sure)\b", re.IGNORECASE)


@cache
def planned(case: Case) -> Plan:
    return ladder.plan(case, places.atlas(), TODAY)


def words_of(plan: Plan) -> str:
    return "\n".join(line for step in plan.steps for line in (step.title, *step.lines))


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_each_case_reaches_the_right_first_step_route_and_letter(story: Story) -> None:
    plan = planned(story.case)
    assert plan.steps[0].kind is story.first
    [taken] = [step for step in plan.steps if step.kind in (Kind.OWN, Kind.REPORT, Kind.LETTER)]
    assert taken.routes[0].id == story.route
    assert taken.letter == story.letter
    said = words_of(plan)
    for words in story.said:
        assert words in said, words


def every_case(harm: Harm) -> Iterator[Case]:
    """Yield all answers for one place of each shelf, and one case for every other place."""
    shelves = set()
    for place in places.atlas().places_for(harm):
        if place.group in shelves:
            yield Case(harm, place.id)
        else:
            yield from (Case(harm, place.id, *rest) for rest in product(Author, (True, False), Risk))
        shelves.add(place.group)


@pytest.mark.parametrize("harm", Harm)
def test_every_case_has_at_most_seven_steps_in_order_and_ends_with_a_day(harm: Harm) -> None:
    order = list(Kind)
    order.remove(Kind.LETTER)
    for case in every_case(harm):
        plan = planned(case)
        kinds = [Kind.REPORT if step.kind is Kind.LETTER else step.kind for step in plan.steps]
        assert 2 <= len(kinds) <= MOST_STEPS, case
        assert kinds == sorted(set(kinds), key=order.index), case
        assert (kinds[0] is Kind.DANGER) == (case.risk is not Risk.NONE), case
        last = plan.steps[-1]
        assert last.due is not None, case
        assert last.due > TODAY, case
        assert all(step.lines for step in plan.steps), case
        assert not PROMISES.search(words_of(plan)), case


def test_every_word_of_the_rules_can_hold_of_a_case_and_means_one_thing() -> None:
    assert not set(Harm) & set(Author)
    cases = [Case(*one) for one in product(Harm, ["anywhere"], Author, (True, False), Risk)]
    known = {"own", "written"}.union(*(case.facts for case in cases))
    used = [(stage.when, *stage.letters, *(rule.when for rule in (*stage.titles, *stage.rules))) for stage in STAGES]
    words = {word.removeprefix("!") for whens in used for when in whens for word in re.findall("[^ |]+", when)}
    assert words <= known, words - known
    assert not holds("work !child friend|pupil", {"work", "pupil", "child"})
    assert holds("work !child friend|pupil", {"work", "pupil"})


EVERY_CASE = [
    Case(*one) for one in product(Harm, ("anywhere", "facebook", "whatsapp", "youtube"), Author, (True, False), Risk)
]


def test_nobody_whom_the_person_fears_is_written_to_or_warned_without_a_word_about_it() -> None:
    hostile = [case for case in EVERY_CASE if case.author is Author.PARTNER or case.facts >= {"danger", "friend"}]
    assert len(hostile) > 500
    for case in hostile:
        plan = planned(case)
        kinds = [step.kind for step in plan.steps]
        assert Kind.ASK not in kinds
        for number in (number for number, kind in enumerate(kinds) if kind in (Kind.REPORT, Kind.LETTER)):
            before = words_of(replace(plan, steps=plan.steps[:number]))
            assert "whether that is safe for you" in before or "hostile" not in case.facts, case
        if "hostile" in case.facts:
            assert "National Domestic Abuse Helpline" in words_of(plan), case


def test_wherever_a_child_is_in_it_nobody_keeps_a_sexual_picture_of_one() -> None:
    for case in EVERY_CASE:
        if "child" in case.facts:
            said = words_of(planned(case))
            assert "Never save, copy or forward a sexual picture of somebody under 18" in said, case
            assert "Take a picture of the screen that shows" not in said, case


def test_whoever_may_be_in_danger_from_themselves_is_told_who_listens_at_any_hour() -> None:
    for case in EVERY_CASE:
        if "danger" in case.facts:
            assert "116 123" in words_of(replace(planned(case), steps=planned(case).steps[:1])), case


def test_only_what_was_posted_without_much_thought_is_asked_down() -> None:
    asked = {case.harm for case in EVERY_CASE if Kind.ASK in {step.kind for step in planned(case).steps}}
    assert asked == {Harm.POST, Harm.COMMENT, Harm.PICTURE, Harm.FILM, Harm.OWN_PHOTO, Harm.OLD_PAGE}


def test_danger_says_999_before_anything_else() -> None:
    plan = planned(Case(Harm.POST, "facebook", risk=Risk.DANGER))
    assert "999" in plan.steps[0].lines[0]


@pytest.mark.parametrize("harm", [Harm.INTIMATE, Harm.MADE_UP])
@pytest.mark.parametrize("place", ["snapchat", "google", "anywhere"])
def test_nobody_is_told_to_keep_a_sexual_picture_of_a_child(harm: Harm, place: str) -> None:
    plan = planned(Case(harm, place, Author.PUPIL, work=True, risk=Risk.CHILD))
    said = words_of(plan)
    assert "Never save, copy or forward a sexual picture of somebody under 18" in said
    assert "picture of the screen" not in said
    assert "stopncii" not in said.lower()
    assert "https://report.iwf.org.uk" in said
    assert Kind.PROOF not in {step.kind for step in plan.steps}


def test_what_a_child_is_in_has_a_form_of_its_own_at_google() -> None:
    plan = planned(Case(Harm.PICTURE, "google", risk=Risk.CHILD))
    [report] = [step for step in plan.steps if step.kind is Kind.REPORT]
    assert report.routes[0].id == "google.child"
    grown_up = planned(Case(Harm.PICTURE, "google"))
    assert all(route.id != "google.child" for step in grown_up.steps for route in step.routes)


@pytest.mark.parametrize(("author", "letter"), [(Author.FRIEND, "friend"), (Author.COLLEAGUE, "colleague")])
def test_somebody_near_is_asked_first_but_not_when_somebody_is_in_danger(author: Author, letter: str) -> None:
    [asked] = [step for step in planned(Case(Harm.POST, "facebook", author)).steps if step.kind is Kind.ASK]
    assert asked.letter == letter
    kinds = {step.kind for step in planned(Case(Harm.POST, "facebook", author, risk=Risk.DANGER)).steps}
    assert Kind.ASK not in kinds


@pytest.mark.parametrize("author", [Author.PARENT, Author.PUPIL])
def test_nobody_writes_to_a_pupil_or_a_parent_themselves(author: Author) -> None:
    plan = planned(Case(Harm.COMMENT, "facebook", author, work=True))
    assert Kind.ASK not in {step.kind for step in plan.steps}
    [told] = [step for step in plan.steps if step.kind is Kind.TELL]
    assert told.letter == "head-note"


def test_a_post_of_ones_own_is_deleted_and_not_reported() -> None:
    plan = planned(Case(Harm.POST, "x", Author.ME))
    assert [step.kind for step in plan.steps] == [Kind.OWN, Kind.FOLLOW_UP]


def test_a_refusal_leads_to_the_next_rung() -> None:
    last = planned(Case(Harm.ARTICLE, "local-paper", Author.ORGANISATION)).steps[-1]
    assert last.routes[0].id == "press.ipso"
    assert last.due == date(2026, 12, 14)


def test_where_a_place_has_no_route_for_a_harm_that_of_anywhere_is_taken() -> None:
    plan = planned(Case(Harm.REGISTER, "tiktok"))
    assert [step.routes[0].id for step in plan.steps if step.kind is Kind.LETTER] == ["website.erase"]


def test_what_could_not_be_checked_says_so() -> None:
    assert "We are not sure of this" in words_of(planned(Case(Harm.FAKE_ACCOUNT, "threads")))
    assert "from a copy of the page or from a helpline" in words_of(planned(Case(Harm.POST, "facebook")))


def test_every_letter_that_a_step_names_is_there() -> None:
    folder = shipped.folder("reports") / "letters"
    if not folder.is_dir():
        pytest.skip("the letters are not here yet")
    known = {path.stem for path in folder.glob("*.yaml")}
    named = {step.letter for harm in Harm for case in every_case(harm) for step in planned(case).steps}
    named |= {route.letter for route in places.atlas().routes.values()}
    assert named - {None} <= known


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(UsageError):
        planned(Case(Harm.POST, "nowhere"))


def test_the_card_for_the_first_hour_names_what_works_without_an_account() -> None:
    atlas = places.atlas()
    grown_up, child = first_hour(atlas, child=False), first_hour(atlas, child=True)
    assert any("stopncii.org" in line for line in grown_up.lines)
    assert any("0345 6000 459" in line for line in grown_up.helpers)
    assert child.lines[1].startswith("Do not open it again. Do not save")
    assert "999" in grown_up.lines[0]
    assert "999" in child.lines[0]
    assert any("report-remove" in line for line in child.helpers)
    assert not any("stopncii" in line.lower() for line in (*child.lines, *child.helpers))


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_the_words_are_those_of_the_house(story: Story) -> None:
    assert list(house_words.slips(words_of(planned(story.case)))) == []


@pytest.mark.parametrize("harm", [Harm.INTIMATE, Harm.MADE_UP])
@pytest.mark.parametrize("place", ["anywhere", "instagram"])
def test_whether_reporting_is_safe_comes_before_every_report_where_somebody_may_find_out(
    harm: Harm, place: str
) -> None:
    lines = [line for step in planned(Case(harm, place, Author.PARTNER)).steps for line in step.lines]
    reports = [number for number, line in enumerate(lines) if "“Report”" in line]
    assert lines[reports[0]].startswith("Do not press “Report”")
    assert lines[reports[1]].startswith("Once you know that it is safe")
    assert any(
        "Domestic" in line or "domestic" in line for line in planned(Case(harm, place, Author.PARTNER)).steps[0].lines
    )
    calm = [line for step in planned(Case(harm, place, Author.STRANGER)).steps for line in step.lines]
    assert not [line for line in calm if line.startswith("Do not press “Report”")]


@pytest.mark.parametrize(
    ("case", "letter"),
    [
        (Case(Harm.GROUP, "facebook", Author.PARENT, work=True), "head-note"),
        (Case(Harm.MADE_UP, "snapchat", Author.PUPIL, work=True), "head-note"),
        (Case(Harm.PICTURE, "instagram", Author.FRIEND), "friend"),
        (Case(Harm.CONTACT, "x", Author.STRANGER), "councillor"),
    ],
)
def test_a_letter_that_goes_with_a_step_is_named_once(case: Case, letter: str) -> None:
    said = [line for step in planned(case).steps for line in ladder.in_full(step)]
    assert sum(line.endswith(f"privacyaudit letter {letter}") for line in said) == 1


def test_who_is_asked_first_is_waited_for_before_it_is_reported() -> None:
    plan = planned(Case(Harm.PICTURE, "instagram", Author.FRIEND))
    asked = next(step for step in plan.steps if step.kind is Kind.ASK)
    last = plan.steps[-1]
    assert asked.due
    assert last.due
    assert last.due > asked.due


def test_where_pupils_did_it_the_safeguarding_lead_is_named_once() -> None:
    for harm, risk in product((Harm.MADE_UP, Harm.POST), (Risk.NONE, Risk.CHILD)):
        plan = planned(Case(harm, "snapchat", Author.PUPIL, work=True, risk=risk))
        assert (
            sum(line.startswith("Your designated safeguarding lead:") for step in plan.steps for line in step.lines)
            == 1
        )
