"""The whole program against a real WordPress, signed in through a real Secret Service keyring."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from privacyaudit.catalogue import loading
from privacyaudit.model import Observation
from privacyaudit.plan import plan
from privacyaudit.readers.outside import OutsideReader
from tests.beds.recipes import wordpress
from tests.support import by_day
from tests.support.whole_program import audit, leftovers, save_key

pytestmark = [pytest.mark.bed, pytest.mark.browser, pytest.mark.keyring]

PROBED: dict[str, Callable[[dict[str, Any]], str | None]] = {
    "wordpress.search-engines": lambda truth: "on" if truth["blog_public"] == "0" else None,
    "wordpress.registration": lambda truth: "off" if truth["users_can_register"] == "0" else None,
    "wordpress.comments": lambda truth: "all" if truth["comment_moderation"] == "1" else None,
    "wordpress.comment-words": lambda truth: (
        "blank" if not (truth["moderation_keys"] or truth["disallowed_keys"]) else None
    ),
    "wordpress.link-notices": lambda truth: "on" if truth["default_ping_status"] == "open" else "off",
    "wordpress.sessions": lambda truth: "here" if truth["sessions"] == 0 else None,
}
"""What the true answer is, from WordPress's own functions, while the program is not signed in. None: only a person can
tell, such as whether a site that search engines find is meant for the public, so the answer is unknown."""


@pytest.fixture(params=by_day.part(wordpress.USERS, 2))
def blog(request: pytest.FixtureRequest, wordpress_cache: Path, tmp_path: Path) -> Iterator[wordpress.Blog]:
    with wordpress.running(wordpress_cache, tmp_path / "bed", request.param) as running:
        yield running


@pytest.fixture
def alices(wordpress_cache: Path, tmp_path: Path) -> Iterator[wordpress.Blog]:
    with wordpress.running(wordpress_cache, tmp_path / "bed", "alice") as running:
        yield running


def test_every_probed_check_tells_the_truth_and_nothing_is_written(
    env: dict[str, str], blog: wordpress.Blog, tmp_path: Path
) -> None:
    save_key(env, blog, blog.user)
    before, truth = blog.dump(), blog.truth()
    expected = {check: tell(truth) for check, tell in PROBED.items()}
    for attempt in (1, 2):
        record, _result = audit(env, blog, tmp_path / f"out-{attempt}")
        assert blog.dump() == before
        assert blog.truth() == truth
        found = {finding["check"]: finding for finding in record["findings"]}
        web = {check for check, finding in found.items() if any(o["reader"] == "web" for o in finding["observations"])}
        assert web == set(PROBED)
        told = {check: found[check]["option"] for check in PROBED}
        assert all(option in (None, expected[check]) for check, option in told.items())
        if told == expected:
            break  # a page that is too slow on a busy computer is unknown, and is read once more
    assert told == expected, {check: found[check]["reason"] for check in PROBED if told[check] != expected[check]}
    assert record["platforms"][0]["signed_out"] == "confirmed"
    assert leftovers(env) == []
    asked = [target for method, target, _cookies in blog.log() if method == "POST"]
    assert asked == ["/wp-login.php"] * attempt
    for page in ("options-reading.php", "options-discussion.php", "options-general.php"):
        assert [target for _method, target, _cookies in blog.log()].count(f"/wp-admin/{page}") == attempt
    holds_no_page_text_and_no_name(tmp_path / f"out-{attempt}", blog)


def holds_no_page_text_and_no_name(out: Path, blog: wordpress.Blog) -> None:
    for file in out.iterdir():
        text = file.read_text(encoding="utf-8-sig")
        for canary in ("Springfield", "@example.org", "Old phone app", "Test blog", blog.password):
            assert canary not in text, f"{canary} stands in {file.name}"
        assert not re.search(rf"\b{blog.user}\b", text)


@pytest.mark.parametrize("user", list(wordpress.USERS))
def test_the_outside_view_tells_the_truth_with_one_get_per_page_and_no_cookie(
    user: str, wordpress_cache: Path, tmp_path: Path
) -> None:
    with wordpress.running(wordpress_cache, tmp_path / "bed", user) as blog:
        before, truth = blog.dump(), blog.truth()
        what = plan([loading.catalogue().checklist("wordpress")], "teacher", {"wordpress": blog.origin})
        seen: dict[str, str | None] = {}
        for check, made in OutsideReader({"wordpress": user}).read(what.items, {}):
            assert isinstance(made, Observation)
            seen[check] = seen.get(check) or made.option
        assert blog.dump() == before
    assert seen == {
        "wordpress.author-list": "shown" if truth["published"] else None,
        "wordpress.display-name": "login" if truth["published"] and truth["display_name"] == user else None,
        "wordpress.media-list": "listed" if truth["files"] else None,
    }
    assert [(method, cookies) for method, _target, cookies in blog.log()] == [("GET", "")] * 2


def test_the_two_users_differ_in_every_probed_check(wordpress_cache: Path, tmp_path: Path) -> None:
    truths = []
    for user in wordpress.USERS:
        with wordpress.running(wordpress_cache, tmp_path / user, user) as blog:
            truths.append(blog.truth())
    assert all(tell(truths[0]) != tell(truths[1]) for tell in PROBED.values())
