"""Signing in by hand in a real window, on a screen of its own (Xvfb)."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from privacyaudit import journal
from privacyaudit.audit import run
from privacyaudit.browser import launch
from privacyaudit.browser.gate import Gate
from privacyaudit.browser.janitor import Janitor
from privacyaudit.catalogue import loading
from privacyaudit.clock import now
from privacyaudit.demo.pebble import Pebble
from privacyaudit.errors import AuditError
from privacyaudit.model import AuditRecord, Platform, Reason, SignedOut
from privacyaudit.plan import plan
from privacyaudit.readers.web import WebReader
from tests.support import at_the_window
from tests.support.whole_program import eventually

if TYPE_CHECKING:
    from playwright.sync_api import StorageState

pytestmark = pytest.mark.browser

screen = pytest.fixture(scope="module")(at_the_window.screen)
port = pytest.fixture(at_the_window.port)


@dataclass
class Person:
    """Somebody who signs in from outside, as a person at the window does; the program is told only when it is done."""

    port: int
    words: tuple[str, str] | None
    troubles: list[str] = field(default_factory=list)
    stay: Callable[[], None] = lambda: None
    then: Callable[[], bool] = lambda: True

    def sign_in(self, platform: Platform) -> bool:
        self.stay()
        if self.words is None:
            return False
        at_the_window.sign_in(self.port, *self.words)
        return self.then()

    def finish_sign_in(self, platform: Platform) -> bool:
        return False

    def stage(self, sentence: str) -> None:
        """Nobody watches."""

    def trouble(self, error: AuditError) -> None:
        self.troubles.append(error.what)


def audit(site: Pebble, person: Person) -> AuditRecord:
    what = plan([loading.catalogue().checklist("demo")], "everyone", {"demo": site.origin})
    header = journal.Header(started=now(), role="everyone", platforms=("demo",))
    record, stopped = run(what, [WebReader(person)], journal.Journal(None, header))
    assert stopped is None
    return record


@dataclass
class Asked:
    """What was asked of all gates, and what they let through."""

    for_what: set[str] = field(default_factory=set)
    let_through: set[str] = field(default_factory=set)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    found = Asked()
    allows = Gate.allows

    def noted(gate: Gate, host: str, number: int) -> bool:
        allowed = allows(gate, host, number)
        found.for_what.add(host)
        if allowed:
            found.let_through.add(host)
        return allowed

    monkeypatch.setattr(Gate, "allows", noted)
    return found


def test_a_person_signs_in_by_hand_and_the_guarded_window_reads_the_truth(port: int, runs: Path, asked: Asked) -> None:
    """The whole browser with its windows, and what the gate let through: the site and nothing that Chromium calls."""
    with Pebble("mixed") as site:
        person = Person(port, (site.account.user, site.account.password))
        record = audit(site, person)
        truth = site.truth
        assert site.sessions == set()
        written = [entry.path for entry in site.log if entry.method != "GET"]
    assert person.troubles == []
    assert asked.let_through == {"127.0.0.1"}, "something that is not the site was let through"
    read = {finding.check: finding.option for finding in record.findings if finding.option}
    assert read == {check: option for check, option in truth.items() if check != "demo.second-look"}
    assert record.platforms[0].signed_out is SignedOut.CONFIRMED
    assert set(written) <= {"/sign-in", "/sign-out", "/beacon", "/heartbeat"}
    assert list(runs.iterdir()) == []


@pytest.mark.parametrize("how", ["Ctrl-C", "killed"])
def test_a_session_that_a_person_began_is_signed_out_however_the_sign_in_ends(
    how: str, port: int, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The janitor has the session while the person is still at the window."""
    held: list[Janitor] = []
    hold = Janitor.hold

    def noted(janitor: Janitor, state: StorageState, unsure: bool, others: Sequence[StorageState] = ()) -> None:
        hold(janitor, state, unsure, others)
        if state["cookies"]:
            held.append(janitor)

    monkeypatch.setattr(Janitor, "hold", noted)
    with Pebble("mixed") as site:

        def then() -> bool:
            assert eventually(lambda: bool(held))
            if how == "Ctrl-C":
                raise KeyboardInterrupt
            if how == "killed":
                held[-1].let_go()
                assert eventually(lambda: site.sessions == set())
            return False

        person = Person(port, (site.account.user, site.account.password), then=then)
        what = plan([loading.catalogue().checklist("demo")], "everyone", {"demo": site.origin})
        header = journal.Header(started=now(), role="everyone", platforms=("demo",))
        record, stopped = run(what, [WebReader(person)], journal.Journal(None, header))
        assert site.sessions == set()
    assert (stopped is not None) == (how == "Ctrl-C")
    assert record.platforms[0].signed_out is SignedOut.CONFIRMED
    assert person.troubles == []
    assert list(runs.iterdir()) == []


SILENCED = {"android.clients.google.com", "mtalk.google.com", "update.googleapis.com"}
"""Whom Chromium has been seen to call by itself within 15 seconds after its start."""


def test_a_sign_in_window_that_stays_open_lets_nothing_out_but_to_the_site(port: int, runs: Path, asked: Asked) -> None:
    with Pebble("mixed") as site:
        audit(site, Person(port, None, stay=lambda: time.sleep(25)))
        assert [entry.path for entry in site.log] != []
    assert asked.let_through == {"127.0.0.1"}
    assert asked.for_what.isdisjoint(SILENCED)


def test_what_chromium_wants_for_itself_while_a_person_signs_in_is_refused_whatever_its_host_is(
    port: int, runs: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "FENCE", [flag for flag in launch.FENCE if flag not in launch.QUIET])

    def until_chromium_asks() -> None:
        until = time.monotonic() + 60
        while asked.for_what <= {"127.0.0.1"} and time.monotonic() < until:
            time.sleep(0.1)

    with Pebble("mixed") as site:
        audit(site, Person(port, None, stay=until_chromium_asks))
    assert asked.for_what > {"127.0.0.1"}, "Chromium asked for nothing, so this test shows nothing"
    assert asked.let_through == {"127.0.0.1"}


def test_somebody_who_would_rather_not_sign_in_is_asked_by_hand(port: int, runs: Path) -> None:
    with Pebble("mixed") as site:
        record = audit(site, Person(port, None))
        assert [entry for entry in site.log if entry.path.startswith("/settings")] == []
    assert {finding.reason for finding in record.findings} == {Reason.NOT_SIGNED_IN, Reason.SKIPPED}
    assert list(runs.iterdir()) == []


def test_without_a_screen_signing_in_by_hand_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    person = Person(0, None)
    with Pebble("mixed") as site:
        record = audit(site, person)
        assert site.log == []
    assert any("no screen" in trouble for trouble in person.troubles)
    assert not any(finding.option for finding in record.findings)
