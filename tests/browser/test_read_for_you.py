"""“Read it for me” on a real site: read in the guarded browser, told as it goes, signed out, and nothing left of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from privacyaudit import journal
from privacyaudit.audit import run
from privacyaudit.browser.sign_in import Credentials
from privacyaudit.catalogue import loading
from privacyaudit.demo.pebble import Pebble
from privacyaudit.journal import Journal
from privacyaudit.model import JsonProbe, Reason, SignedOut
from privacyaudit.plan import Plan, plan
from privacyaudit.readers.web import WebReader
from privacyaudit.report.writing import FORMATS, write
from privacyaudit.window.offering import to_read
from privacyaudit.window.reading import Reading
from tests.support import at_the_window
from tests.support.whole_program import eventually

pytestmark = pytest.mark.browser

BY_HAND = "demo.second-look"
screen = pytest.fixture(scope="module")(at_the_window.screen)
port = pytest.fixture(at_the_window.port)


@pytest.fixture
def pebble() -> Iterator[Pebble]:
    with Pebble("mixed") as site:
        yield site


@pytest.fixture
def of(pebble: Pebble) -> Plan:
    return plan([loading.catalogue().checklist("demo")], "everyone", {"demo": pebble.origin})


@pytest.fixture
def notes(of: Plan) -> Iterator[Journal]:
    made, _aside = journal.begin(of.header())
    yield made
    made.close()


def hidden(site: Pebble) -> Callable[[Reading], WebReader]:
    """Return a reader without a window, which signs in by itself."""
    known = Credentials(site.origin, site.account.user, site.account.password, code=None)
    return lambda one: WebReader(one, headless=True, credentials=lambda _checklist: known, watcher=one)


def by_hand(reading: Reading) -> WebReader:
    return WebReader(reading, watcher=reading)


def test_a_site_is_read_as_it_is_told_with_pictures_and_signed_out(
    pebble: Pebble, of: Plan, notes: Journal, tmp_path: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no file of it, nor of its report, has a picture, a name or a text of the page."""
    monkeypatch.setattr("tempfile.tempdir", str(runs))
    seen: list[dict[str, object]] = []
    files: dict[str, bytes] = {}

    def note(entry: journal.Seen | journal.Ended) -> None:
        notes.add(entry)
        seen.append(reading.state())
        files.update(every_file(tmp_path, runs))

    reading = Reading(to_read(of.items, {}), of.role, note)
    reading.begin(hidden(pebble))
    assert reading.wait(120)
    state = reading.state()
    assert state["troubles"] == []
    assert [one["how"] for one in state["ended"]] == ["confirmed"]
    assert pebble.sessions == set()
    told = {row["check"]: row for found in state["read"] for row in found["rows"]}
    assert told.keys() == pebble.truth.keys() - {BY_HAND}
    assert {one["stage"] for one in seen} == {"reading", "signing_out"}
    assert {one["pages"] for one in seen if one["stage"] == "reading"} == {5}
    without = {item.check.id for item in of.items if any(isinstance(one, JsonProbe) for one in item.check.probes)}
    pictures = {check: reading.png(row["picture"]) for check, row in told.items() if row["picture"]}
    assert pictures.keys() >= told.keys() - without
    assert all(png and png.startswith(b"\x89PNG") for png in pictures.values())
    middles = [png[len(png) // 2 :][:24] for png in pictures.values() if png]

    for found in state["read"]:
        reading.say(found["platform"], found["screen"], ["demo.photos"], notes.add)
    assert not any(reading.png(row["picture"]) for row in told.values())
    record, _stopped = run(of, [], notes)
    findings = {finding.check: finding for finding in record.findings}
    for check, option in pebble.truth.items():
        if check == "demo.photos":
            assert findings[check].reason is Reason.READ_WRONG
        elif check != BY_HAND:
            assert findings[check].option == option
            assert all(one.confirmed for one in findings[check].observations if one.option)
    assert record.platforms[0].signed_out is SignedOut.CONFIRMED
    write(record, loading.catalogue(), tmp_path / "out", tuple(FORMATS))
    files.update(every_file(tmp_path, runs))
    assert any(name.endswith("unfinished.jsonl") for name in files)
    assert any(name.endswith(".html") for name in files)
    for name, content in files.items():
        assert b"\x89PNG" not in content, name
        assert not any(piece in content for piece in middles), name
        for text in (pebble.account.display_name, "Which Biscuit Are You?", pebble.account.user):
            assert text.encode() not in content, f"{text} in {name}"
    assert list(runs.iterdir()) == []


def every_file(*folders: Path) -> dict[str, bytes]:
    """Return what is in every file of these folders, with those that the browser has while it runs."""
    found: dict[str, bytes] = {}
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                if path.is_file():
                    found[str(path)] = path.read_bytes()
            except OSError:
                continue
    return found


def test_the_person_signs_in_in_the_window_and_says_so(
    port: int, pebble: Pebble, of: Plan, notes: Journal, runs: Path
) -> None:
    reading = Reading(to_read(of.items, {}), of.role, notes.add)
    reading.begin(by_hand)
    assert eventually(lambda: reading.state()["stage"] == "sign_in", 60)
    assert "Sign in to Pebble in that window" in reading.state()["sentence"]
    at_the_window.sign_in(port, pebble.account.user, pebble.account.password)
    reading.signed_in(True)
    assert reading.wait(120)
    state = reading.state()
    told = {row["check"] for found in state["read"] for row in found["rows"]}
    assert told == pebble.truth.keys() - {BY_HAND}
    assert [one["how"] for one in state["ended"]] == ["confirmed"]
    assert pebble.sessions == set()
    assert list(runs.iterdir()) == []


@pytest.mark.parametrize("when", ["before", "after"])
def test_stopped_at_the_sign_in_it_leaves_nobody_signed_in(
    when: str, port: int, pebble: Pebble, of: Plan, notes: Journal, runs: Path
) -> None:
    reading = Reading(to_read(of.items, {}), of.role, notes.add)
    reading.begin(by_hand)
    assert eventually(lambda: reading.state()["stage"] == "sign_in", 60)
    if when == "after":
        at_the_window.sign_in(port, pebble.account.user, pebble.account.password)
        assert pebble.sessions != set()
    reading.stop()
    assert reading.wait(120)
    assert pebble.sessions == set()
    [ended] = reading.state()["ended"]
    assert ended["how"] == ("confirmed" if when == "after" else "not_used")
    assert list(runs.iterdir()) == []


def test_stopped_while_it_reads_it_signs_out_and_says_how(
    pebble: Pebble, of: Plan, notes: Journal, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(runs))
    reading = Reading(to_read(of.items, {}), of.role, notes.add)
    reading.begin(hidden(pebble))
    assert eventually(lambda: reading.state()["page"] > 0, 60)
    assert pebble.sessions != set()
    reading.stop()
    assert reading.state()["stopping"]
    assert reading.wait(120)
    state = reading.state()
    assert [one["how"] for one in state["ended"]] == ["confirmed"]
    assert state["told"] < len(pebble.truth) - 1
    assert pebble.sessions == set()
    assert list(runs.iterdir()) == []


READS = """
import sys, threading
from privacyaudit.browser.sign_in import Credentials
from privacyaudit.catalogue import loading
from privacyaudit.plan import plan
from privacyaudit.readers.web import WebReader
from privacyaudit.window.offering import to_read
from privacyaudit.window.reading import Reading

origin, user, password = sys.argv[1:]
of = plan([loading.catalogue().checklist("demo")], "everyone", {"demo": origin})
reading = Reading(to_read(of.items, {}), of.role, lambda entry: None)
known = Credentials(origin, user, password, code=None)
reading.begin(lambda one: WebReader(one, headless=True, credentials=lambda _made: known, watcher=one))
while not reading.state()["page"]:
    threading.Event().wait(0.02)
print("reads", flush=True)
reading.wait()
"""


def test_killed_while_it_reads_nobody_stays_signed_in(pebble: Pebble, runs: Path) -> None:
    words = [sys.executable, "-c", READS, pebble.origin, pebble.account.user, pebble.account.password]
    env = os.environ | {"TMPDIR": str(runs)}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env) as program:
        assert program.stdout
        assert program.stdout.readline() == "reads\n"
        assert pebble.sessions != set()
        os.kill(program.pid, signal.SIGKILL)
        program.wait(20)
    assert eventually(lambda: pebble.sessions == set(), 90)
    assert eventually(lambda: list(runs.iterdir()) == [], 60)
