"""Pages written from the facts of platforms that cannot be run here, in a real browser: read truly, or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from privacyaudit.browser import find
from privacyaudit.browser.sign_out import sign_out
from privacyaudit.catalogue import loading, sites
from privacyaudit.model import Platform, SignedOut, Verdict
from privacyaudit.process import again
from tests.browser.replicas import (
    Pages,
    Variant,
    facebook,
    mastodon,
    read,
)
from tests.support import by_day
from tests.support.every_replica import VARIANTS
from tests.support.site import Reply, Seen, Site

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]

FIRST = {variant.platform: variant for variant in reversed(VARIANTS)}
USERS = [
    (variant, user)
    for number, variant in enumerate(VARIANTS)
    for turn, user in enumerate(variant.truths)
    if variant is FIRST[variant.platform] or turn == number % 2
]
"""Both users of each platform; of the other ways in which it may build its pages, one of them in turn, for `nox -s
mutate` reads both. A third of it each day."""


@pytest.mark.parametrize(
    ("variant", "user"),
    [pytest.param(*one, id=f"{one[0].platform}, {one[0].name}, {one[1]}") for one in by_day.part(USERS, 3)],
)
def test_every_probed_check_is_read_truly_or_not_at_all(variant: Variant, user: str, driver: Playwright) -> None:
    found = read(driver, variant, user)
    reasons = {check: finding.reason for check, finding in found.items() if finding.option is None}
    assert {check: finding.option for check, finding in found.items()} == dict(variant.truths[user]), reasons
    untold = [finding for finding in found.values() if finding.option is None]
    assert all(finding.verdict is Verdict.UNKNOWN for finding in untold)


@contextmanager
def _mastodon_to_leave() -> Iterator[tuple[Site, Platform]]:
    """A pretend Mastodon that accepts a session until its log-out link was used once."""
    sign_in = Reply("", status=302, headers=(("location", "/auth/sign_in"),))
    ended: list[Seen] = []

    def end(seen: Seen) -> Reply:
        ended.append(seen)
        return sign_in

    with Site() as site:
        pages = dict(mastodon.VARIANTS[0].pages("careful"))
        settings = pages["/settings/privacy"]
        assert isinstance(settings, Reply)
        site.pages["/settings/privacy"] = lambda _seen: sign_in if ended else settings
        site.pages["/auth/sign_in"] = Reply("<!doctype html><html lang=en><h1>Log in</h1><input type=password>")
        site.pages["/auth/sign_out"] = end
        yield site, sites.bind(loading.catalogue().checklist("mastodon").checklist, site.origin).platform
        assert [(seen.method, seen.path) for seen in ended] == [("POST", "/auth/sign_out")]
        assert site.writes == ["/auth/sign_out"]


def test_the_log_out_link_of_mastodon_ends_the_session_with_one_request(driver: Playwright) -> None:
    with _mastodon_to_leave() as (_site, platform):
        told = sign_out(driver, find.find(headless=True), platform, {"cookies": [], "origins": []})
        assert told is SignedOut.CONFIRMED


def test_what_a_developers_terminal_sets_does_not_steer_the_browser_or_print_the_session(tmp_path: Path) -> None:
    """PWDEBUG waits for ever, NODE_OPTIONS ends the driver, DEBUG prints each cookie."""
    odd = {"PWDEBUG": "1", "DEBUG": "*", "DEBUGP": "1", "NODE_OPTIONS": "--require=/nope.js"}
    odd["SSLKEYLOGFILE"] = str(tmp_path / "keys")
    cookie = {"name": "session", "value": "the-secret-one", "domain": "127.0.0.1", "path": "/"}
    cookie |= {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}  # type: ignore[dict-item]
    program = find.find(headless=True)
    with _mastodon_to_leave() as (site, platform):
        task = {
            "program": str(program.path),
            "window": program.window,
            "platform": platform.model_dump(mode="json"),
            "state": {"cookies": [cookie], "origins": []},
        }
        done = subprocess.run(
            [sys.executable, "-m", "privacyaudit", again.JANITOR],
            input=json.dumps(task) + "\n",
            env=os.environ | odd,
            timeout=60,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.stdout, done.stderr) == (f"{SignedOut.CONFIRMED}\n", "")
        assert "session=the-secret-one" in {seen.cookie for seen in site.log}
    assert not (tmp_path / "keys").exists()


WITHOUT_CONTROLS = """<style>.x78zum5 { padding: 0 !important } .x193iq5w { display: block; width: 90px }</style>
<script>setTimeout(() => document.querySelectorAll(".x78zum5").forEach((row, number) => {
  if (number % 2 === REST) row.querySelectorAll("[role]").forEach((control) => control.remove());
}), 500)</script>"""


@pytest.mark.parametrize("rest", [0, 1])
def test_a_narrow_row_that_lost_its_control_does_not_take_the_one_of_the_next_row(
    rest: int, driver: Playwright
) -> None:
    recorded = facebook.VARIANTS[0]

    def bare(user: str) -> Pages:
        pages = recorded.pages(user)
        page = pages["/settings/"]
        assert isinstance(page, Reply)
        return {**pages, "/settings/": Reply(str(page.body) + WITHOUT_CONTROLS.replace("REST", str(rest)))}

    found = read(driver, replace(recorded, pages=bare), "open")
    told = {check: finding.option for check, finding in found.items() if finding.option is not None}
    assert told == {check: recorded.truths["open"][check] for check in told}
    assert 0 < len(told) < len(found)
