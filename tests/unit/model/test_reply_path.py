"""A path into a reply: what may be written in it, and that what is missing is never an answer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacyaudit.catalogue import loading
from privacyaudit.clock import now
from privacyaudit.errors import ChecklistError
from privacyaudit.judge import judge
from privacyaudit.model import Check, JsonProbe, PartError, Reason
from privacyaudit.model.reply_path import (
    Gap,
    holds_of,
    only_last_missing,
    plain_keys,
    reply_condition,
    reply_path,
    value_at,
)
from privacyaudit.readers.probe import answer_in
from privacyaudit.readers.web import observation
from tests.support.samples import alter, load

REFUSED = {
    "!hidden": "“!”",
    "!(a.hidden)": "“!”",
    "hidden || shown": "“||”",
    "hidden || `null`": "“||”",
    "hidden && !shown": "“!”",
    "hidden == `null`": "null",
    "hidden != `null` && 'yes'": "null",
    "mine == yours": "two things",
    "mine == yours && 'yes'": "two things",
    "level == 'open'": "list its values in means",
    "level != 'open' && 'fine'": "“!=”",
    "not_null(a, b)": "“not_null()”",
    "contains(tags, 'hidden')": "contains(…) && 'word'",
    "starts_with(level, 'f')": "starts_with(…) && 'word'",
    "contains(keys(@), 'a') && 'yes'": "“keys()”",
    "length(apps[?old])": "inside length()",
    "length(apps[?months > `12`].name)": "inside length()",
    "length(to_array(apps))": "“to_array()”",
    "length('four')": "is the same for every reply",
    "to_string(hidden)": "“to_string()”",
    "to_number(hidden)": "“to_number()”",
    "type(@)": "“type()”",
    "keys(settings)": "“keys()”",
    "sum(apps[].old)": "“sum()”",
    "{hidden: a}": "“{…}”",
    "a.{hidden: b}": "“{…}”",
    "apps[?name == 'x'].on | [0]": "| [0]",
    "a | b": "“|”",
    "apps[0:2]": "“[:]”",
    "'off'": "is the same for every reply",
    "`false`": "is the same for every reply",
    "a && `null`": "is the same for every reply",
    "join(',', [a, 'b'])": "is the same for every reply",
    "max_by(apps, &old)": "“max_by()”",
    "length(a, b)": "must be 1",
    "length(": "not a JMESPath expression",
    "": "not a JMESPath expression",
}
KEPT: dict[str, tuple[Any, Any]] = {
    "a.b.c": ({"a": {"b": {"c": "x"}}}, "x"),
    '"@type"': ({"@type": "x"}, "x"),
    "a[0].b": ({"a": [{"b": False}]}, False),
    "a[-1]": ({"a": [1, 2]}, 2),
    "length(@)": ([1, 2], 2),
    "length(a)": ({"a": []}, 0),
    "length(a[].b)": ({"a": [{"b": 1}, {"b": 2}]}, 2),
    "length(a[*].b[])": ({"a": [{"b": [1]}, {"b": [2, 3]}]}, 3),
    "length(a.*.b)": ({"a": {"x": {"b": 1}, "y": {"b": 1}}}, 2),
    "max(a[].b)": ({"a": [{"b": 1}, {"b": 7}]}, 7),
    "min(a)": ({"a": [4, 2]}, 2),
    "join(',', sort(a[].b))": ({"a": [{"b": "z"}, {"b": "y"}]}, "y,z"),
    "join(' ', [a, b])": ({"a": "x", "b": "y"}, "x y"),
    "a[?k == 'x'].v": ({"a": [{"k": "x", "v": True}, {"k": "y", "v": 1}]}, True),
    "a[?on].v": ({"a": [{"on": False, "v": "p"}, {"on": True, "v": "q"}]}, "q"),
    "a[?n >= `12`].v": ({"a": [{"n": 3, "v": "p"}, {"n": 30, "v": "q"}]}, "q"),
    "ok && name": ({"ok": True, "name": "x"}, "x"),
    "k == 't' && ok && 'yes'": ({"k": "t", "ok": True}, "yes"),
    "contains(a, 'x') && 'on'": ({"a": ["x"]}, "on"),
    "ends_with(a, '/self') && b": ({"a": "x/self", "b": 3}, 3),
    "a == `[]` && 'none'": ({"a": []}, "none"),
}


@pytest.mark.parametrize("path", REFUSED)
def test_what_can_make_an_answer_of_what_is_missing_is_refused_with_a_reason(path: str) -> None:
    with pytest.raises(PartError) as refused:
        reply_path(path)
    assert REFUSED[path] in str(refused.value)


@pytest.mark.parametrize("path", KEPT)
def test_what_is_there_is_read(path: str) -> None:
    reply, value = KEPT[path]
    found = value_at(reply_path(path), reply)
    assert (type(found), found) == (type(value), value)


GAPS: dict[str, tuple[str, Any, Gap]] = {
    "no such key": ("a.b", {"a": {}}, Gap.MISSING),
    "null": ("a.b", {"a": {"b": None}}, Gap.MISSING),
    "no parent": ("a.b", {}, Gap.MISSING),
    "a text for keys": ("a.b", {"a": "b"}, Gap.MISSING),
    "no such entry": ("a[1]", {"a": [0]}, Gap.MISSING),
    "no list to count": ("length(a)", {}, Gap.MISSING),
    "a text to count": ("length(a)", {"a": "four"}, Gap.MISSING),
    "keys to count": ("length(a)", {"a": {"x": 1}}, Gap.MISSING),
    "a list within a list": ("length(a[].b)", {"a": [[]]}, Gap.MISSING),
    "one entry without the key": ("length(a[].b)", {"a": [{"b": 1}, {"c": 1}]}, Gap.MISSING),
    "one entry without the key to join": ("join(',', a[].b)", {"a": [{}]}, Gap.MISSING),
    "part of a list of parts": ("join(' ', [a, b])", {"a": "x"}, Gap.MISSING),
    "a filter by what is not there": ("a[?k == 'x'].v", {"a": [{"j": "x", "v": 1}]}, Gap.MISSING),
    "a filter that fits nothing": ("a[?k == 'x'].v", {"a": [{"k": "y", "v": 1}]}, Gap.NOTHING),
    "a filter of no list": ("a[?k == 'x'].v", {}, Gap.MISSING),
    "a value that the one entry lacks": ("a[?k == 'x'].v", {"a": [{"k": "x"}]}, Gap.MISSING),
    "a condition that does not hold": ("ok && name", {"ok": False, "name": "x"}, Gap.NOTHING),
    "a condition of what is not there": ("ok && name", {"name": "x"}, Gap.MISSING),
    "a condition that is no yes or no": ("ok && name", {"ok": "no", "name": "x"}, Gap.UNFIT),
    "a list without the word": ("contains(a, 'x') && 'on'", {"a": []}, Gap.NOTHING),
    "no list for the word": ("contains(a, 'x') && 'on'", {}, Gap.MISSING),
    "the highest of none": ("max(a)", {"a": []}, Gap.NOTHING),
    "numbers that are texts": ("max(a)", {"a": ["3"]}, Gap.UNFIT),
    "texts that are numbers": ("join(',', a)", {"a": [3]}, Gap.UNFIT),
    "a text that is more than a number": ("a > `3` && 'old'", {"a": "4"}, Gap.UNFIT),
    "true is not 1": ("a == `1` && 'one'", {"a": True}, Gap.NOTHING),
}


@pytest.mark.parametrize("case", GAPS)
def test_what_is_missing_is_no_value(case: str) -> None:
    path, reply, gap = GAPS[case]
    assert value_at(reply_path(path), reply) is gap


def test_several_entries_that_fit_a_filter_are_not_one() -> None:
    assert value_at("a[?k].v", {"a": [{"k": True, "v": 1}, {"k": True, "v": 2}]}) == [1, 2]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 20) | st.sampled_from(["", "x", "off"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abkvn"), inner, max_size=4),
    max_leaves=8,
)


@given(path=st.sampled_from(sorted(KEPT)), reply=JSON)
def test_no_reply_makes_a_path_stumble(path: str, reply: Any) -> None:
    assert value_at(path, reply) is not None


@pytest.mark.parametrize("when", ["!a", "a != 'x'", "a == `null`", "a == b", "not_null(a)", "type(a) == 'array' || b"])
def test_a_condition_that_may_hold_of_what_is_missing_is_refused(when: str) -> None:
    with pytest.raises(PartError):
        reply_condition(when)


@pytest.mark.parametrize(
    ("when", "reply", "holds"),
    [
        ("a == `[]`", {"a": []}, True),
        ("a == `[]`", {}, False),
        ("contains(keys(a), 'b')", {"a": {"b": None}}, True),
        ("contains(keys(a), 'b')", {"a": {}}, False),
        ("contains(keys(a), 'b')", {}, False),
        ("a == `[]` || ends_with(b, 'x')", {"b": "yx"}, True),
        ("a == `[]` || ends_with(b, 'x')", {}, False),
        ("a == `1` && b", {"a": 1, "b": True}, True),
        ("a == `1` && b", {"a": 1}, False),
    ],
)
def test_a_condition_holds_of_what_is_there_only(when: str, reply: Any, holds: bool) -> None:
    assert holds_of(reply_condition(when), reply) is holds


def test_absence_goes_by_the_last_key_alone() -> None:
    assert plain_keys("a.b.c")
    assert plain_keys("a")
    assert not any(map(plain_keys, ("a[0].b", "length(a)", "a[].b", "@")))
    assert only_last_missing("a.b", {"a": {}})
    assert only_last_missing("a.b", {"a": {"b": None}})
    assert only_last_missing("a", {})
    elsewhere: list[Any] = [{"a": {"value": {"b_x": 1}}}, {"a": [{}], "b_x": 1}, {"a": {"list": [{"b_x": None}]}}]
    for reply in elsewhere:
        assert not only_last_missing("a.b_x", reply), reply
    assert only_last_missing("a.b_x", {"a": {"c": {"d": 1}}})
    lacking: list[Any] = [{}, {"a": None}, {"a": []}, {"a": {"b": 1}}, [], None]
    for reply in lacking:
        assert not only_last_missing("a.b", reply), reply


# -- in a checklist --------------------------------------------------------------------------------


def probe(path: str, **more: Any) -> JsonProbe:
    given = {"kind": "json", "open": "https://a.example/x", "reply": "/api", "path": path, "means": {"all": "open"}}
    return JsonProbe.model_validate(given | more)


ABSENT = {"absent": {"option": "off", "source": "https://a.example/"}}


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ({"a": {"b": "all"}}, "open"),
        ({"a": {"b": "new"}}, Reason.UNLISTED_VALUE),
        ({"a": {"c": "all"}}, "off"),
        ({"a": {"b": None}}, "off"),
        ({"a": {"B": "all"}}, "off"),
        ({"a": {"is_blocked": "all", "b": None}}, "off"),
        ({"c": {"b": "all"}}, Reason.UNLISTED_VALUE),
        ({}, Reason.UNLISTED_VALUE),
        ([], Reason.UNLISTED_VALUE),
    ],
)
def test_absence_answers_only_where_all_around_it_is_there(reply: Any, answer: object) -> None:
    assert answer_in(reply, probe("a.b", **ABSENT)) == answer


@pytest.mark.parametrize("key", ["is_hidden", "Hidden", "hiddenProfile", "hid-den"])
def test_a_key_that_goes_by_a_longer_or_another_spelling_is_not_missing(key: str) -> None:
    assert answer_in({"a": {key: False}}, probe("a.hidden", **ABSENT)) is Reason.UNLISTED_VALUE
    assert answer_in({"a": {"other": False}}, probe("a.hidden", **ABSENT)) == "off"


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ({"new": "all"}, "open"),
        ({"old": ["all"]}, "open"),
        ({"new": "all", "old": ["all"]}, "open"),
        ({"new": "all", "old": ["nobody"]}, Reason.AMBIGUOUS),
        ({"newer": "all"}, Reason.UNLISTED_VALUE),
    ],
)
def test_a_reply_may_have_one_of_several_shapes(reply: Any, answer: object) -> None:
    assert answer_in(reply, probe("new", or_path=["old[0]"])) == answer


def test_a_reply_that_says_nothing_of_this_is_not_one_of_another_shape() -> None:
    assert answer_in({"apps": []}, probe("apps == `[]` && 'none'", means={"none": "open"})) == "open"
    assert answer_in({"apps": [1]}, probe("apps == `[]` && 'none'", means={"none": "open"})) is Reason.NOT_FOUND
    assert answer_in({}, probe("apps == `[]` && 'none'", means={"none": "open"})) is Reason.UNLISTED_VALUE


@pytest.mark.parametrize(("path", "more"), [("a", {"or_path": ["b"]}), ("a[0]", {}), ("length(a)", {})])
def test_absence_goes_with_one_path_of_plain_keys(path: str, more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="plain keys"):
        probe(path, **ABSENT | more)


@pytest.mark.parametrize(("reply", "option"), [({"a": "all"}, "everyone"), ({"b": "all"}, None)])
def test_no_other_probe_answers_for_a_reply_that_lacks_what_its_path_names(reply: Any, option: str | None) -> None:
    check = load().checklist.check("pond.profile")
    assert check
    one = probe("a", means={"all": "everyone"})
    seen = [observation("everyone", 0), observation(answer_in(reply, one), 1)]
    assert judge(check, seen, "teacher", now().date()).option == option


def test_a_path_that_is_refused_stops_the_file_with_its_line() -> None:
    with pytest.raises(ChecklistError) as refused:
        load(alter(("path: seen", 'path: "!seen"')))
    assert "probes.1.path" in refused.value.what
    assert "turns a missing value into an answer" in refused.value.what


@pytest.mark.parametrize(
    "reply", [{}, {"apps": None}, {"apps": [{"name": "x"}]}, {"apps": [{"months_unused": 3}, {"unused": 30}]}]
)
def test_the_demo_does_not_take_a_reply_without_the_months_for_no_old_app(reply: Any) -> None:
    check: Check = loading.catalogue().check("demo.apps")[1]
    for one in check.probes:
        assert isinstance(one, JsonProbe)
        assert isinstance(answer_in(reply, one), Reason)
    old = [answer_in({"apps": [{"months_unused": 30}]}, one) for one in check.probes if isinstance(one, JsonProbe)]
    none = [answer_in({"apps": []}, one) for one in check.probes if isinstance(one, JsonProbe)]
    assert (old, none) == (["unused", Reason.NOT_FOUND], [Reason.NOT_FOUND, "none"])
