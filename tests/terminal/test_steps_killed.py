"""The program is killed while it keeps a step: what it had said is kept is there afterwards, and nothing is half.

It is killed between two steps of the database, or in the middle of a write, with the rest of the bytes not written.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from privacyaudit.clock import today
from privacyaudit.model import Harm, Outcome, Taken
from privacyaudit.over_time import history
from privacyaudit.over_time.history import History
from tests.support import by_day, one_table
from tests.support.histories import KEY

pytest.importorskip("apsw", reason="the extra [history] is not installed")
resource = pytest.importorskip("resource", reason="this system has no limit for the size of a file")

KILLED = """
import os, resource, signal, sys
from privacyaudit.over_time import history
from privacyaudit.over_time.step_shelf import StepShelf

how, moment, change, changes = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
del sys.argv[1:5]
steps = 0
history.keyring_key = lambda: bytes(range(32))
changing = getattr(StepShelf, change)

def step():
    global steps
    steps += 1
    if how == "step" and steps == moment:
        os.kill(os.getpid(), signal.SIGKILL)
    return False

def changed(shelf, *words):
    global changes
    changes -= 1
    if changes:
        return changing(shelf, *words)
    if how == "byte":
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (moment, moment))
    shelf._connection.set_progress_handler(step, 1)
    changing(shelf, *words)
    shelf._connection.set_progress_handler(None)

setattr(StepShelf, change, changed)
from privacyaudit.__main__ import main
try:
    main()
finally:
    sys.stderr.write(f"steps: {steps}")
"""
"""The program, which is killed at a moment of the change of that number: at a step of the database, or at a byte."""

CASE = ("1", "1", "post", "facebook", "stranger", "n")
FIRST, BEFORE = "2", "1"
GONE, WAITING = "1", "4"
STEPS = [("step", part) for part in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)]
BYTES = [("byte", number) for number in (1, 33, 700, 4500, 8300)]
"""In the head of the log, in the head of a page, in pages, and (the last) when the log goes into the file."""
MOMENTS = by_day.part([*STEPS, *BYTES], 4)
ENDS = {"step": -signal.SIGKILL, "byte": -signal.SIGXFSZ}
SECRETS = (b"facebook", b"stranger")
OLD = Taken(step="facebook.post", did=today(), due=today(), harm=Harm.POST, place="facebook", outcome=Outcome.GONE)

places = pytest.fixture(one_table.places)


@pytest.fixture(autouse=True)
def here(places: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in places.items():
        monkeypatch.setenv(name, value)
    History.open(KEY).close()


def remove(how: str, moment: int, change: str, changes: int, *typed: str) -> tuple[int, str, int]:
    """Run the program until it is killed or ends; return its code, what it had said, and its steps of the database."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, how, str(moment), change, str(changes), "remove", "--plain"],
        input="".join(f"{line}\n" for line in typed),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, " ".join(done.stdout.split()), int((done.stderr.rpartition("steps: ")[2]) or 0)


def killed(how: str, moment: float, change: str, changes: int, *typed: str) -> str:
    """Kill the program in a change, and return what it had said."""
    number = 1 + round(moment * (steps_of(change, changes, *typed) - 1)) if how == "step" else int(moment)
    code, said, _steps = remove(how, number, change, changes, *typed)
    assert code == ENDS[how], "it was not killed there, so this shows nothing"
    return said


@cache
def steps_of(change: str, changes: int, *typed: str) -> int:
    """Return how many steps of the database a change takes; the history is as before then."""
    before = history.path().read_bytes()
    code, said, steps = remove("never", 0, change, changes, *typed)
    assert code == 0
    assert steps > len(STEPS), said
    history.path().write_bytes(before)
    return steps


def kept() -> list[Taken]:
    with History.open(KEY) as opened:
        return [one.taken for one in opened.steps.all()]


def in_the_open(folder: Path) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path for path in files if any(word in path.read_bytes() for word in SECRETS)]


@pytest.mark.parametrize(("how", "moment"), MOMENTS)
def test_what_was_said_to_be_kept_is_there_and_the_step_in_hand_is_whole_or_not_there(
    how: str, moment: float, tmp_path: Path
) -> None:
    said = killed(how, moment, "keep", 2, *CASE, FIRST, "", FIRST, "", "1")
    assert said.count("Your history now has this step") == 1
    assert in_the_open(tmp_path) == []
    found = kept()
    assert 1 <= len(found) <= 2
    assert [one.step for one in found] == ["facebook.post", "facebook.picture"][: len(found)]
    assert all((one.did, one.place, one.harm) == (today(), "facebook", Harm.POST) for one in found)
    with History.open(KEY) as opened:
        opened.steps.keep(OLD)
    assert len(kept()) == len(found) + 1


@pytest.mark.parametrize(("how", "moment"), MOMENTS)
def test_what_has_become_of_a_step_is_there_whole_or_the_step_is_as_it_was(
    how: str, moment: float, tmp_path: Path
) -> None:
    waits = OLD.model_copy(update={"outcome": None})
    with History.open(KEY) as opened:
        opened.steps.keep(waits)
    said = killed(how, moment, "put", 1, BEFORE, WAITING)
    assert "Look again on" not in said
    assert in_the_open(tmp_path) == []
    (found,) = kept()
    assert found == waits or (found.outcome is Outcome.WAITING and found.due > waits.due)


@pytest.mark.parametrize(("how", "moment"), MOMENTS)
def test_a_step_that_is_over_is_gone_or_as_it_was_and_no_other_is_touched(
    how: str, moment: float, tmp_path: Path
) -> None:
    other = OLD.model_copy(update={"step": "facebook.picture", "outcome": None, "due": today().replace(year=2099)})
    with History.open(KEY) as opened:
        opened.steps.keep(OLD)
        opened.steps.keep(other)
    said = killed(how, moment, "remove", 1, BEFORE, GONE, WAITING)
    assert "this step is over" not in said
    assert in_the_open(tmp_path) == []
    assert kept() in ([OLD, other], [other])
