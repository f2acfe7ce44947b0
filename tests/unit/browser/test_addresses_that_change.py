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


ALSO = (
    "/profile/publish",
    "/profile?visibility=everyone",
    "/profile/update?photo=public",
    "/accounts/switch?to=2",
    "/settings/update.php?hidden=0",
    "/admin/users/3/impersonate",
    "/api/graphql/abc123/CreateFriendship",
    "/graphql?operations=%7B%22operationName%22%3A%22blockUser%22%7D",
    "/graphql?operationName=FollowUser",
    "/%D0%92%D1%8B%D0%B9%D1%82%D0%B8",
    "/x?do=%E7%99%BB%E5%87%BA",
    "/%E3%83%AD%E3%82%B0%E3%82%A2%E3%82%A6%E3%83%88",
    "/%EB%A1%9C%EA%B7%B8%EC%95%84%EC%9B%83",
)
ORDINARY = (
    "/settings/visibility",
    "/settings/followers",
    "/settings/privacy?section=visibility",
    "/privacy/public-profile",
    "/account/switching",
    "/account/switcher",
    "/friends/list",
    "/following",
    "/follow_requests",
    "/followers/ann",
    "/add-ons",
    "/address",
    "/settings/publishing",
    "/published",
    "/suspended-accounts",
    "/updates",
    "/wp-admin/edit.php?post_status=publish",
    "/settings/update-notifications",
    "/settings?saved=1",
    "/sw/update.json?v=1",
    "/media/set/?set=a.123",
    "/change?category=books",
    "/set-up?step=2",
    "/settings/sets?page=2",
    "/authorize?audience=https%3A%2F%2Fapi.example",
    "/search?q=add",
    "/graphql?operationName=settingsQuery&variables={}",
    "/graphql?operationName=updatesFeed",
    "/graphql?operationName=viewerSettings",
    "/graphql?operationName=SettingsPage",
    "/graphql?operationName=AddOnsList",
    "/graphql?operationName=FollowRequests",
    "/graphql?operationName=BlockListQuery",
    "/graphql?operationName=blockedUsers",
    "/graphql?operationName=addressBook",
    "/graphql?operationName=makerProfile",
    "/api/graphql/abc123/UserByScreenName",
    "/graphql/createdPosts",
    "/%D0%B2%D1%8B%D1%85%D0%BE%D0%B4%D0%BD%D1%8B%D0%B5",
    "/%D0%BD%D0%B0%D1%81%D1%82%D1%80%D0%BE%D0%B9%D0%BA%D0%B8",
)


@pytest.mark.parametrize("address", ALSO)
def test_an_address_that_publishes_adds_or_goes_over_to_another_is_dangerous(address: str) -> None:
    assert dangerous(f"https://pondlife.example{address}")


@pytest.mark.parametrize("address", ORDINARY)
def test_a_page_that_only_shows_such_a_setting_is_opened(address: str) -> None:
    assert not dangerous(f"https://pondlife.example{address}")


@pytest.mark.parametrize("address", ["/%D0%B2%D1%8B%D1%85%D0%BE%D0%B4", "/%E7%99%BB%E5%87%BA"])
def test_who_signs_out_may_do_so_in_other_letters(address: str) -> None:
    assert not dangerous(f"https://pondlife.example{address}", leaving=True)
    assert dangerous(f"https://pondlife.example{address}?visibility=public", leaving=True)
