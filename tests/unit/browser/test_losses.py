"""What a page has lost, request by request."""

from __future__ import annotations

import pytest

from privacyaudit.browser.gate.traffic import Entry, Failure
from privacyaudit.browser.losses import fault
from privacyaudit.model import Reason


@pytest.mark.parametrize("kind", ["iframe", "frame", "style", "script", "worker", "object", "empty", ""])
def test_what_a_page_gives_up_is_lost(kind: str) -> None:
    left = Entry("GET", "a.example", "/x", kind, status=200, failure=Failure.LEFT, ended=1.0)
    assert fault(left) is Reason.SITE_ERROR


@pytest.mark.parametrize("kind", ["image", "audio", "video"])
def test_a_picture_or_film_may_be_given_up(kind: str) -> None:
    left = Entry("GET", "a.example", "/x", kind, status=200, failure=Failure.LEFT, ended=1.0)
    assert fault(left) is None
