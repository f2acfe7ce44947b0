"""What a probe may say, and the host of an address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from privacyaudit.model import WebProbe, host_of

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
