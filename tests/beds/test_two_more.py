"""Two more real programs, one rendered by the server and one by its scripts, are read truly and not written to.

They take minutes to set up, so this runs only where PRIVACYAUDIT_MORE_BEDS is set.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pyotp
import pytest

from privacyaudit.browser.sign_in import Credentials
from privacyaudit.catalogue import loading
from privacyaudit.errors import AuditError
from privacyaudit.model import Observation, Reason, SignedOut
from privacyaudit.plan import plan
from privacyaudit.readers.web import WebReader
from tests.beds.recipes import label_studio, redmine, tools
from tests.support.person import Quiet

pytestmark = [
    pytest.mark.bed,
    pytest.mark.browser,
    pytest.mark.skipif("PRIVACYAUDIT_MORE_BEDS" not in os.environ, reason="minutes to set up: PRIVACYAUDIT_MORE_BEDS"),
]

RECIPES = Path(label_studio.__file__).parent

Bed = label_studio.LabelStudio | redmine.Redmine


class Nobody(Quiet):
    """There is nobody beside the browser."""

    def trouble(self, error: AuditError) -> None:
        raise error


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[label_studio.LabelStudio]:
    with label_studio.running(label_studio.home(), tmp_path_factory.mktemp("studio")) as running:
        yield running


@pytest.fixture(scope="module")
def tracker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[redmine.Redmine]:
    try:
        with redmine.running(redmine.home(), tmp_path_factory.mktemp("tracker")) as running:
            yield running
    except tools.Unavailable as reason:
        pytest.skip(str(reason))


def read(
    bed: Bed, checklist: str, user: str, code: Callable[[], str] | None = None
) -> tuple[dict[str, set[str | Reason | None]], SignedOut]:
    """Sign in, read and sign out; return what was told of each check, and how the session ended."""
    what = plan([loading.load(RECIPES / checklist)], "teacher", {bed.platform: bed.origin})
    credentials = Credentials(bed.origin, user, bed.password, code)
    told: dict[str, set[str | Reason | None]] = {}
    ended = None
    for check, made in WebReader(Nobody(), headless=True, credentials=lambda _: credentials).read(what.items, {}):
        if isinstance(made, Observation):
            told.setdefault(check, set()).add(made.option or made.reason)
        else:
            ended = made.signed_out
    assert ended is not None
    return told, ended


def truly(bed: Bed, user: str) -> dict[str, set[str | Reason | None]]:
    return {check: {option} for check, option in bed.truth(user).items()}


@pytest.mark.parametrize("user", ["alice", "bob"])
def test_redmine_is_told_truly_and_left_as_it_was(user: str, tracker: redmine.Redmine) -> None:
    before, asked = tracker.dump(), len(tracker.log())
    code = pyotp.TOTP(redmine.SECRET).now if user == "alice" else None
    told, ended = read(tracker, "redmine.yaml", user, code)
    assert told == truly(tracker, user)
    sent = [one for one in tracker.log()[asked:] if one[0] != "GET"]
    second = [("POST", "/account/twofa")] if code else []
    assert sent == [("POST", "/login"), *second, ("POST", "/logout")]
    assert tracker.dump() == before
    assert ended is SignedOut.CONFIRMED
    assert tracker.live_sessions() == []


@pytest.mark.parametrize("user", label_studio.USERS)
def test_label_studio_is_told_truly_and_left_as_it_was(user: str, studio: label_studio.LabelStudio) -> None:
    before, asked = studio.dump(), len(studio.log())
    told, ended = read(studio, "label_studio.yaml", f"{user}@example.org")
    assert told == truly(studio, user)
    log = studio.log()[asked:]
    assert [one for one in log if one[0] != "GET"] == [("POST", "/user/login/")]
    assert log.count(("GET", "/logout")) == 1
    assert studio.dump() == before
    assert ended is SignedOut.CONFIRMED
    assert studio.live_sessions() == 0


def test_a_site_that_takes_a_session_after_its_end_is_not_confirmed(tmp_path: Path) -> None:
    """As Label Studio comes: its sessions are signed cookies, which nothing ends."""
    with label_studio.running(label_studio.home(), tmp_path, sessions="signed cookies") as studio:
        _told, ended = read(studio, "label_studio.yaml", "bob@example.org")
        assert ("GET", "/logout") in studio.log()
    assert ended is SignedOut.NOT_CONFIRMED


@pytest.mark.parametrize("user", label_studio.USERS)
def test_a_page_that_does_not_know_the_person_yet_is_waited_for_or_not_told(user: str, tmp_path: Path) -> None:
    """Until the account has come, the boxes of Label Studio are empty: an empty box is the good answer here."""
    with label_studio.running(label_studio.home(), tmp_path, slow="/api/current-user=4") as studio:
        told, _ended = read(studio, "label_studio.yaml", f"{user}@example.org")
        truth = studio.truth(user)
    for check, said in told.items():
        assert all(isinstance(one, Reason) or one == truth[check] for one in said), check
