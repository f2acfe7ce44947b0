"""Proof under kills, full disks and programs at once: nothing of which it was said that it is kept is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from privacyaudit.over_time import history
from privacyaudit.over_time.history import History
from privacyaudit.storage import folders
from tests.support import by_day, nursery
from tests.support.histories import KEY, POSIX, WORDS, raw
from tests.support.proofs import png, seen

pytest.importorskip("apsw", reason="the extra [history] is not installed")

MOMENTS = int(os.environ.get("PRIVACYAUDIT_MOMENTS", "30" if by_day.ALL else "5"))
ROOM = 400_000  # bytes that a file may have, less than two of the pictures below
SIZE = 150_000  # bytes of a picture

KEEPING = """
import os, sys
from privacyaudit.over_time.history import History
from tests.support.histories import KEY
from tests.support.proofs import png, seen

print("ready", flush=True)
input()
with History.open(KEY) as kept:
    while True:
        made = kept.proof.keep(seen(png(20_000), png(90_000)))
        os.write(1, f"kept {made.number}\\n".encode())
"""


@POSIX
def test_no_entry_reported_as_kept_is_lost_and_none_is_kept_in_part_by_kill_9() -> None:
    """Every third time it is killed before anything is reported, and once in twelve while the file is made."""
    chance = random.Random(20261201)
    reported: list[int] = []
    total = 0
    for moment in range(MOMENTS):
        if moment % 12 == 1:
            total += kept_all(reported)
            history.forget_all()
            reported = []
        program = nursery.Program([sys.executable, "-c", KEEPING], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert program.stdin
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
        program.stdin.write("go\n")
        program.stdin.flush()
        lines = [program.stdout.readline() for _entry in range((1, 0, 3)[moment % 3])]
        time.sleep(chance.random() / 20)  # a random moment
        program.kill()
        lines += program.communicate()[0].splitlines()
        reported += [int(line.split()[1]) for line in lines]
    assert total + kept_all(reported) >= MOMENTS, "too few entries were kept for this to say much"


def kept_all(reported: list[int]) -> int:
    """Check that all that was reported is there and whole, and at most one more for each moment; return how many."""
    with History.open(KEY) as kept:
        there = [one.number for one in kept.proof.entries()]
        assert set(reported) <= set(there)
        assert len(there) <= len(reported) + MOMENTS
        assert kept.proof.changed() == []
    connection = raw(history.path())
    assert connection.pragma("integrity_check") == "ok"
    connection.close()
    assert {file.name for file in folders.folder().iterdir()} <= {"history.db", "history.lock"}
    return len(reported)


FULL = f"""
import resource
from privacyaudit.errors import SaveError
from privacyaudit.over_time.history import History
from tests.support.histories import KEY
from tests.support.proofs import png, seen

resource.setrlimit(resource.RLIMIT_FSIZE, ({ROOM}, resource.RLIM_INFINITY))
numbers = []
kept = History.open(KEY)
try:
    while len(numbers) < 50:
        numbers.append(kept.proof.keep(seen(png({SIZE}))).number)
except SaveError as error:
    print(error.what, error.advice)
print(*numbers)
"""


@POSIX
def test_on_a_full_disk_keeping_says_so_and_what_was_kept_before_stays() -> None:
    done = nursery.run([sys.executable, "-c", FULL])
    told, numbers = done.stdout.splitlines()
    assert "could not be written" in told
    assert "Everything that was saved before is safe." in told
    assert numbers
    with History.open(KEY) as kept:
        assert [one.number for one in kept.proof.entries()] == [int(one) for one in numbers.split()]
        assert kept.proof.changed() == []
        assert kept.proof.keep(seen(png(SIZE))).number == int(numbers.split()[-1]) + 1


@POSIX
def test_on_a_full_disk_the_command_says_so_and_no_half_of_an_export_is_left(tmp_path: Path) -> None:
    with History.open(WORDS) as kept:
        kept.proof.keep(seen(png(SIZE)))
    out = tmp_path / "out"
    out.mkdir()

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE, resource.RLIM_INFINITY))

    line = [
        sys.executable,
        "-m",
        "privacyaudit",
        "proof",
        "export",
        str(out / "proof.zip"),
        "--yes",
        "--passphrase-stdin",
    ]
    done = subprocess.run(
        line, input=f"{WORDS}\n", capture_output=True, text=True, timeout=120, preexec_fn=limit, check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(out.iterdir()) == []


TOGETHER = """
from privacyaudit.over_time.history import History
from tests.support.histories import KEY
from tests.support.proofs import png, seen

print("ready", flush=True)
input()
with History.open(KEY) as kept:
    for _number in range(10):
        kept.proof.keep(seen(png(9_000)))
"""


def test_programs_that_keep_at_the_same_moment_make_one_chain() -> None:
    pipe = subprocess.PIPE
    programs = [
        nursery.Program([sys.executable, "-c", TOGETHER], stdin=pipe, stdout=pipe, stderr=pipe) for _number in range(3)
    ]
    for program in programs:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in programs:
        _said, trouble = program.communicate(timeout=60)
        assert (program.returncode, trouble) == (0, "")
    with History.open(KEY) as kept:
        assert [one.number for one in kept.proof.entries()] == list(range(1, 31))
        assert kept.proof.changed() == []
