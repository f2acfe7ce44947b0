"""What a probe may say, and the host of an address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from privacyaudit.model import Range, WebProbe, host_of

BOX = {"kind": "web", "open": "https://pond.example/p", "find": {"field": "workplace"}, "means": {"": "blank"}}


def test_only_a_box_can_be_alone() -> None:
    assert WebProbe.model_validate(BOX | {"take": "value", "alone": True}).alone
    ticked: dict[str, Any] = BOX | {"take": "checked", "means": {"true": "blank"}, "alone": True}
    with pytest.raises(ValidationError, match="alone works only with take: value or take: filled"):
        WebProbe.model_validate(ticked)


@given(st.from_regex(r"\A(?:https?|HTTP|x-y\.z):(?://)?[A-Za-z0-9@:.\[\]-]{0,9}[/?#]?[a-z/?#@:]{0,9}\Z"))
def test_a_host_is_what_the_library_says(url: str) -> None:
    try:
        expected = urlsplit(url).netloc.lower()
    except ValueError:
        return
    assert host_of(url) == expected


@pytest.mark.parametrize(("number", "told"), [(-1, []), (0, ["few"]), (11, ["few"]), (12, ["many"]), (99, ["many"])])
def test_a_number_below_nothing_stands_for_something_that_we_do_not_know(number: int, told: list[str]) -> None:
    ranges = [Range(option="few", at_most=11), Range(option="many", at_least=12)]
    assert [one.option for one in ranges if one.holds(number)] == told
