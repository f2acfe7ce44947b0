"""What was found: the hardest harm first, what is new, and nothing but days and counts to keep."""

from __future__ import annotations

from datetime import date

from privacyaudit.about_me import found, searches
from privacyaudit.about_me.found import Answer
from privacyaudit.about_me.searches import Planned, Words
from privacyaudit.model import Found, Looked, Word

DAY = date(2026, 11, 30)
PLANNED = searches.plan(
    Words({Word.NAME: ("Canary Hill", "Canary Dale"), Word.TOWN: ("Canarytown",)}), searches.every()
)


def at(search: str, place: int = 0) -> Planned:
    return [one for one in PLANNED if one.search.id == search][place]


def test_what_matters_most_comes_first_and_of_that_what_others_put_there() -> None:
    answers = [
        Answer(at("duckduckgo"), {Found.OTHERS: 1}),
        Answer(at("bing-name"), {Found.CHANGE: 1, Found.FINE: 1}),
        Answer(at("google-name"), {Found.CHANGE: 2}),
        Answer(at("google-images"), {Found.NOT_ME: 1}),
        Answer(at("tiktok"), {Found.OTHERS: 1}),
    ]
    order = [(one.planned.search.id, one.found) for one in found.to_do(answers, {})]
    assert order == [
        ("tiktok", Found.OTHERS),
        ("google-name", Found.CHANGE),
        ("bing-name", Found.CHANGE),
        ("duckduckgo", Found.OTHERS),
    ]


def test_what_is_kept_has_no_word_and_adds_up_the_words_of_one_search() -> None:
    answers = [
        Answer(at("google-name"), {Found.OTHERS: 1}),
        Answer(at("google-name", 1), {Found.OTHERS: 2, Found.FINE: 1}),
    ]
    kept = found.looked(answers, DAY)
    assert kept == [Looked(search="google-name", on=DAY, found={Found.OTHERS: 3, Found.FINE: 1})]
    assert "anary" not in kept[0].model_dump_json()
    assert set(kept[0].model_dump()) == {"search", "on", "found"}


def test_what_is_new_is_told_once_for_all_words_of_a_search_and_only_where_it_was_done_before() -> None:
    before = {"google-name": Looked(search="google-name", on=DAY, found={Found.OTHERS: 1})}
    answers = [
        Answer(at("google-name"), {Found.OTHERS: 1}),
        Answer(at("google-name", 1), {Found.OTHERS: 2}),
        Answer(at("tiktok"), {Found.OTHERS: 4}),
    ]
    assert [(one.count, one.more) for one in found.to_do(answers, before)] == [(1, 2), (2, None), (4, None)]
    fewer = [Answer(at("google-name"), {Found.CHANGE: 1})]
    assert [one.more for one in found.to_do(fewer, before)] == [1]


def test_a_search_without_an_answer_was_not_looked_at() -> None:
    answers = [Answer(at("google-name", 1), {Found.NOTHING: 1})]
    rest = found.not_looked(PLANNED, answers)
    assert at("google-name", 0) in rest
    assert at("google-name", 1) not in rest
    assert len(rest) == len(PLANNED) - 1


def test_answers_are_said_in_the_order_in_which_they_are_asked() -> None:
    said = found.in_words({Found.OTHERS: 2, Found.CHANGE: 1, Found.FINE: 1, Found.NOTHING: 0})
    assert said == (
        "My own, and all right, My own, and I want to change it (1), Something about me, by somebody else (2)"
    )
