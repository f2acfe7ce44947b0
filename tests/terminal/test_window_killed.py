"""The window is killed at moments that chance picks, also in the middle of a save, and started again.

Every answer that it had acknowledged is there then, no file is half, and none holds what lets in or what was typed.
"""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from math import inf
from pathlib import Path

import pytest

from privacyaudit import journal
from privacyaudit.catalogue import loading
from privacyaudit.clock import today
from privacyaudit.over_time import history
from privacyaudit.over_time.history import History
from privacyaudit.report.writing import read_written
from privacyaudit.storage import files, folders
from privacyaudit.window import instance
from tests.support import by_day
from tests.support.waiting import until
from tests.support.window_client import Client
from tests.support.window_process import NotStartedError, Started, window

MOMENTS = int(os.environ.get("PRIVACYAUDIT_MOMENTS", "30" if by_day.ALL else "3"))
SEED = os.environ.get("PRIVACYAUDIT_SEED", str(today()))
LONGEST_S = 6.0
MOST_SAVES = 60
PASSPHRASE = "Gwenllian Quillfeather"
STICK = "Ffion Thistlewood"
"""What is typed: a passphrase and the name of a memory stick, both like a name."""
BEGIN = {"role": "teacher", "platforms": ["bluesky", "everyday"], "time": "quick", "device": "ios"}
CUT_OFF = """
import contextlib, os, signal, sys
left, sync = int(sys.argv.pop(1)), os.fsync

def sync_a_part(handle):
    global left
    left -= 1
    if not left:
        with contextlib.suppress(OSError):
            os.ftruncate(handle, max(os.fstat(handle).st_size - 5, 0))
        os.kill(os.getpid(), signal.SIGKILL)
    sync(handle)

os.fsync = sync_a_part
from privacyaudit.__main__ import main
main()
"""
"""The program, which is killed in a save: the last bytes of that one do not get to the disk."""


@dataclass
class Person:
    """Somebody who answers at random, as fast as the window can save, and remembers what it acknowledged.

    `saved` are the answers of the audit that goes on, and `sent` is one that was not acknowledged; `ends` tells whether
    the end of the audit was asked for. `of_mine` are their files before others took turns, and `secrets` the words of
    every window that let them in.
    """

    chance: random.Random
    saved: dict[str, str] = field(default_factory=dict)
    sent: str = ""
    ends: bool = False
    finished: int = 0
    kept: int = 0
    acknowledged: int = 0
    of_mine: dict[Path, bytes] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=lambda: [PASSPHRASE, STICK])

    def comes(self, address: str) -> Client:
        client = Client(address)
        self.secrets += client.secrets
        return client

    def sits_down(self, client: Client) -> None:
        """Go on where they stopped, once everything that was acknowledged is seen to be there."""
        if history.exists():
            client.do("unlock", passphrase=PASSPHRASE)
        home = client.look("home")
        assert [one for one in home["trouble"] if "damaged" in one or "fault" in one] == []
        if home["unfinished"]:
            self.has_all(client.do("resume")["session"]["answers"])
            self.ends = False
        elif self.saved:
            assert self.ends, "the audit is gone, and nobody had ended it"
            [*_before, newest] = records()
            found = {one.check: one.option for one in read_written(newest).record.findings}
            self.has_all({check: option for check, option in found.items() if option})
            self.begins_anew()

    def has_all(self, there: dict[str, str]) -> None:
        lost = {check for check, option in self.saved.items() if check != self.sent and there.get(check) != option}
        assert lost == set()

    def begins_anew(self) -> None:
        self.saved, self.sent, self.ends = {}, "", False

    def answers(self, client: Client, audits: float = inf) -> None:
        """Go through audits, one after the other, as many as are wanted, or until nobody answers any more."""
        enough = self.finished + audits
        while self.finished < enough:
            state = client.look("state")
            if state["session"] is None:
                self.begins_anew()
                state = client.do("begin", **BEGIN)
            self.goes_through(client, state["audit"])
            self.ends = True
            told = client.do("finish", audit=state["audit"])
            assert told["whole"]
            self.finished += 1
            self.begins_anew()
            if told["offers"]:
                told = client.do("remember", own=True, keep=True, passphrase=PASSPHRASE)
            self.kept += told["kept"]

    def goes_through(self, client: Client, audit: int) -> None:
        """Answer everything, and think again of some."""
        checks = asked()
        for check in [*checks, *self.chance.sample(checks, 5)]:
            option = self.chance.choice(loading.catalogue().check(check)[1].options).id
            self.sent = check
            assert client.do("answer", audit=audit, replies=[{"check": check, "option": option}])["saved"]
            self.saved[check], self.sent = option, ""
            self.acknowledged += 1

    def hands_over(self, client: Client, place: Path, stick: Path) -> None:
        """Let others take turns, until nobody answers any more."""
        self.of_mine = answers_on_disk(place)
        client.do("take-turns")
        while True:
            state = client.do("begin", **BEGIN)
            for check in asked():
                option = self.chance.choice(loading.catalogue().check(check)[1].options).id
                client.do("answer", audit=state["audit"], replies=[{"check": check, "option": option}])
            client.do("finish", audit=state["audit"])
            client.do("take-along", folder=str(stick))
            client.do("next-person")


def asked() -> Sequence[str]:
    """Return the ids of what the audit asks."""
    from privacyaudit.window import sitting, wishes

    of = sitting.planned(loading.catalogue(), wishes.read(wishes.Begin, BEGIN), {})
    return [item.check.id for item in of.items]


def records() -> list[Path]:
    """Return the records that were written, the newest last."""
    named = (path for path in files.written() if path.suffix == ".json" and path.name.startswith("privacy-audit-"))
    return sorted(filter(Path.exists, named), key=lambda path: path.stat().st_mtime_ns)


def on_disk(place: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}


def whole(place: Path, person: Person) -> None:
    """See that no file is half or unknown to the program, and that none says what only the person knows."""
    known = files._noted()
    for path, raw in on_disk(place).items():
        for secret in person.secrets:
            assert secret.encode() not in raw, f"{path.name} holds {secret}"
        assert b"\x89PNG" not in raw
        if path.name.startswith(files._UNFINISHED):
            continue
        assert path in known or path == files._ledger() or path.parent == folders.folder(), (
            f"the ledger does not know {path.name}"
        )
        text = raw.decode() if path.suffix in (".json", ".jsonl", ".html", ".csv") else ""
        if path == files._ledger():
            continue  # a line that was cut off tells of a file that was not written then
        if path.suffix == ".jsonl":
            for line in text.split("\n")[:-1]:
                json.loads(line)
        elif path.suffix == ".html":
            assert text.rstrip().endswith("</html>"), path.name
        elif path.suffix == ".csv":
            assert len({len(row) for row in csv.reader(text.splitlines())}) == 1, path.name
        elif path.name == instance.FILE:
            assert instance.found()
        elif path.suffix == ".json":
            read_written(path)
    if history.exists():
        with History.open(PASSPHRASE) as kept:
            assert len(kept.all()) >= person.kept
    assert len(records()) >= person.finished


def one_sitting(person: Person, moment: int, place: Path, stick: Path | None) -> tuple[str, str]:
    """Let a person work until the window is killed; return how it was, and what the window printed."""
    cut_off = moment % 2 == 1 and stick is None
    chance = random.Random(f"{SEED} {moment}")
    saves, seconds = chance.randint(1, MOST_SAVES), chance.uniform(0, LONGEST_S)
    how = f"in save {saves}" if cut_off else f"after {seconds:.2f} s{' of turns' if stick else ''}"
    try:
        started = Started(program=("-c", CUT_OFF, str(saves)) if cut_off else ("-m", "privacyaudit"))
    except NotStartedError as ended:
        return f"{how}, before it was open", str(ended)
    killer = threading.Timer(LONGEST_S if cut_off else seconds, started.process.kill)
    try:
        client = person.comes(started.address)
        person.sits_down(client)
        killer.start()
        if stick:
            person.hands_over(client, place, stick)
        else:
            person.answers(client)
    except (OSError, HTTPException):
        pass  # nobody answers any more
    finally:
        killer.cancel()
        started.process.kill()
    return how, started.rest()


def test_whenever_the_window_is_killed_everything_acknowledged_is_there_and_nothing_is_half(
    tmp_path: Path, runs: Path
) -> None:
    stick = runs / STICK
    stick.mkdir()
    person = Person(random.Random(SEED))
    print(f"seed {SEED}", flush=True)
    with window() as undisturbed:
        person.answers(person.comes(undisturbed.address), audits=1)
    assert person.kept
    for moment in range(MOMENTS):
        turns = moment % 5 == 2
        person.of_mine = {}
        how, said = one_sitting(person, moment, tmp_path, stick if turns else None)
        line = f"{how}: {person.acknowledged} acknowledged, {person.finished} finished, {person.kept} kept"
        print(line, flush=True)
        assert "Traceback" not in said, line
        whole(tmp_path, person)
        assert person.of_mine.items() <= answers_on_disk(tmp_path).items(), line
        assert not person.of_mine or person.of_mine.keys() == answers_on_disk(tmp_path).keys(), line
    with window() as the_last:
        person.sits_down(person.comes(the_last.address))
    assert person.acknowledged


def answers_on_disk(place: Path) -> dict[Path, bytes]:
    """Return what tells of answers: all files but those of the window itself, its ledger and what is half written."""
    besides = (*instance.FILES, files._ledger().name)
    return {
        path: raw
        for path, raw in on_disk(place).items()
        if path.name not in besides and not path.name.startswith(files._UNFINISHED) and path.suffix != files.LOCK
    }


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_however_it_is_ended_everything_acknowledged_is_there(how: signal.Signals, tmp_path: Path) -> None:
    person = Person(random.Random(SEED))
    with window() as started:
        client = person.comes(started.address)
        person.sits_down(client)

        def ends() -> None:
            until(lambda: person.acknowledged >= 7)
            started.process.send_signal(how)

        threading.Thread(target=ends, daemon=True).start()
        with pytest.raises((OSError, HTTPException)):
            person.answers(client)
        said = started.rest()
    assert "Traceback" not in said
    if how == signal.SIGINT:
        assert "The window is closed. Your saved answers are kept." in said
        assert started.process.returncode == 0
        assert not (folders.state() / instance.FILE).exists()
    whole(tmp_path, person)
    with window() as the_next:
        person.sits_down(person.comes(the_next.address))
    assert person.acknowledged


def test_an_answer_that_was_lost_is_seen(tmp_path: Path) -> None:
    person = Person(random.Random(SEED))
    with window() as started:
        client = person.comes(started.address)
        audit = client.do("begin", **BEGIN)["audit"]
        person.goes_through(client, audit)
    path = folders.state() / journal.FILE
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:-1]))
    whole(tmp_path, person)
    path.write_text("".join(lines[:3]) + "half" + "".join(lines[4:]))
    with pytest.raises(json.JSONDecodeError):
        whole(tmp_path, person)
    path.write_text("".join(lines[:2]))
    with window() as again, pytest.raises(AssertionError):
        person.sits_down(person.comes(again.address))
