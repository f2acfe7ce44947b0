"""What a stranger found: addresses that say what they change, and are let through."""

from __future__ import annotations

import pytest

from privacyaudit.browser.gate.addresses import dangerous

SAY_SO = (
    "/account/suspend",
    "/privacy/make-public",
    "/privacy/set?visibility=public",
    "/api.php?action=set-visibility&value=public",
    "/graphql?operationName=setVisibility&extensions={}",
    "/switch-account?u=2",
    "/impersonate?u=3",
    "/friend/add?id=3",
    "/follow/ann",
    "/x.php?do=unset",
    "/%D0%B2%D1%8B%D1%85%D0%BE%D0%B4",
)


@pytest.mark.parametrize("address", SAY_SO)
def test_an_address_that_says_what_it_changes_is_dangerous(address: str) -> None:
    assert dangerous(f"https://pondlife.example{address}")
