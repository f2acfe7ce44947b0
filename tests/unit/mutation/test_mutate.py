"""The mutation test in small, that it can fail, and each page on which it once found a wrong answer."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.model import JsonProbe, Reason
from privacyaudit.readers import probe
from tests.mutation import mutate
from tests.mutation.mutations import (
    KINDS,
    Case,
    Change,
    Served,
    all_in_other_state,
    labels_of,
    pane,
    said_everywhere,
    tree,
)
from tests.support import mutation_jobs

# -- in small ------------------------------------------------------------------------------------------------------

every = pytest.fixture(scope="module")(mutation_jobs.every)


def test_each_kind_of_change_fits_some_page(every: list[mutate.Job]) -> None:
    smallest_first = sorted((job.case for job in every), key=lambda case: len(case.pages[case.path].body))
    for number, kind in enumerate(KINDS.values()):
        assert any(kind.make(case, Random(number)) for case in smallest_first), kind.name


def test_the_same_number_gives_the_same_page(every: list[mutate.Job]) -> None:
    for number in range(20):
        assert mutate.trial(every, 1, number)[1] == mutate.trial(every, 1, number)[1]


def test_no_change_alters_what_is_true(every: list[mutate.Job]) -> None:
    before = [dict(job.truth) for job in every]
    for number in range(50):
        mutate.trial(every, 3, number)
    assert [dict(job.truth) for job in every] == before


# -- what an answer counts as --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "answer", "expected"),
    [
        ({}, None, "unknown"),
        ({}, "true one", "true"),
        ({}, "other", "wrong"),
        ({"person": {"check": "other"}}, "other", "as a person"),
        ({"person": {"check": "third"}}, "other", "wrong"),
        ({"gone": True}, "true one", "wrong"),
        ({"gone": True}, None, "unknown"),
    ],
)
def test_an_answer_counts_as_what_the_docs_say(
    change: dict[str, Any], answer: str | None, expected: str, every: list[mutate.Job]
) -> None:
    job = replace(
        every[0],
        variant=replace(every[0].variant, truths={every[0].user: {"check": "true one"}}),
        only_here=frozenset({"check"}),
    )
    assert mutate.outcome(job, Change(job.case, **change), "check", answer) == expected


def test_a_page_that_cannot_tell_makes_any_answer_wrong(every: list[mutate.Job]) -> None:
    job = replace(every[0], variant=replace(every[0].variant, truths={every[0].user: {"check": None}}))
    assert mutate.outcome(job, Change(job.case), "check", "anything") == "wrong"


# -- the pages as text ---------------------------------------------------------------------------------------------


def test_elements_are_found_where_they_stand_also_without_end_tags() -> None:
    html = "<table><tr><th>a<td><input name=x><br><tr><th>b<td><input name=y></table><p>end</p>"
    sources = {one.tag: html[one.start : one.end] for one in tree(html).inside()}
    assert sources["table"] == html[: html.index("<p>")]
    assert sources["p"] == "<p>end</p>"
    assert [html[one.row().start : one.row().end] for one in tree(html).controls()] == [
        "<tr><th>a<td><input name=x><br>",
        "<tr><th>b<td><input name=y>",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<input type=checkbox name=a checked>", "<input type=checkbox name=a>"),
        ('<i role="switch" aria-checked="true">x</i>', '<i role="switch" aria-checked="false">x</i>'),
        ("<select><option selected>a<option>b</select>", "<select><option>a<option selected>b</select>"),
    ],
)
def test_another_state_is_another_state(one: str, other: str) -> None:
    assert all_in_other_state(one) == other


def test_wordings_change_in_texts_attributes_and_in_what_scripts_draw() -> None:
    body = """<b>Photo tags</b><i aria-label='Photo tags'></i><p>Photo tags and more</p>
<script>draw("<u title=\\"Photo tags\\">Photo tags</u>")</script>"""
    changed = said_everywhere(body, "Photo tags", "It’s new")
    assert changed.count("Photo tags") == 1
    assert labels_of("<div><input> Photo tags</div>") == ["Photo tags"]


def test_nothing_is_made_of_a_page_that_has_nothing_of_the_sort() -> None:
    case = Case({"/": Served("<p>Hello</p>")}, "/", {})
    assert KINDS["remove a control"].make(case, Random(1)) is None


# -- pages that were once read wrongly -----------------------------------------------------------------------------


def test_what_a_script_of_the_page_draws_over_is_drawn_late_by_no_other_script() -> None:
    switch = '<div role="switch" aria-checked="true"></div>'
    drawn = "<script>document.getElementById('now').innerHTML = ''</script>"
    body = f'<form><section id="now">{switch}</section><section>{switch}</section></form>'
    for script, number in (("", 3), (drawn, 1)):
        case = Case({"/": Served(f"<html><body>{body}{script}</body></html>")}, "/", {})
        found = {spot.source for spot in (pane(case, Random(seed)) for seed in range(50)) if spot}
        assert len(found) == number


def test_a_list_of_methods_without_the_known_key_is_not_an_empty_list() -> None:
    checks = loading.catalogue().checklist("x").checklist.checks
    probes = next(check.probes for check in checks if check.id == "x.two-factor")
    for one in probes:
        assert isinstance(one, JsonProbe)
        assert probe.answer_in({"methods": [{"kind": "Totp"}]}, one) is Reason.UNLISTED_VALUE
        assert probe.answer_in({"methods": []}, one) == "none"
        assert probe.answer_in({"methods": [{"twoFactorType": "Totp"}]}, one) == "strong"
