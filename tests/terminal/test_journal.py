"""A journal under kill -9, on a full disk and with a second program: what was reported as saved is there."""

from __future__ import annotations

import os
import random
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from privacyaudit import journal
from privacyaudit.journal import Seen
from tests.support.journals import ENTRIES, filled, path_of

# -- a full disk, and kill -9 ----------------------------------------------------------------------

FULL = """
import resource, sys
from privacyaudit import journal
from privacyaudit.errors import SaveError
from tests.support.journals import ENTRIES, HEADER
made, _aside = journal.begin(HEADER)
made.add(ENTRIES[0])
resource.setrlimit(resource.RLIMIT_FSIZE, (made.path.stat().st_size + 30,) * 2)
for _time in range(2):
    try:
        made.add(ENTRIES[1])
    except SaveError as error:
        print(error.what, "|", error.advice)
print(len(made.entries))
"""


def test_on_a_full_disk_adding_is_a_sentence_and_earlier_answers_stay() -> None:
    done = subprocess.run([sys.executable, "-c", FULL], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    *sentences, entries = done.stdout.splitlines()
    assert len(sentences) == 2
    assert all("File too large. | Everything that was saved before is safe." in sentence for sentence in sentences)
    assert entries == "1"
    path = journal.unfinished()
    assert path
    assert path.read_bytes().endswith(b"\n")
    assert journal.resume(path).entries == [ENTRIES[0]]


ANSWERING = """
import os, sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from privacyaudit import journal
from privacyaudit.audit import run
from privacyaudit.plan import plan
from privacyaudit.readers.ask import AskReader
from privacyaudit.readers.questions import Move
from tests.support.puts_off import PutsOff
from tests.support.samples import load
from tests.support.journals import HEADER

class Prompter(PutsOff):
    def __init__(self):
        self.turn = 0
    def ask(self, question):
        self.turn += 1
        if question.check.id == "pond.tags":
            return Move.BACK
        options = [option.id for option in question.check.options]
        return options[self.turn % len(options)]

class Telling(journal.Journal):
    def add(self, entry):
        super().add(entry)
        os.write(1, f"{entry.check} {entry.observation.option}\\n".encode())

for number in count():
    sys.stdin.readline()
    if not (child := os.fork()):
        os.environ["PRIVACYAUDIT_STATE"] = f"{sys.argv[1]}/{number}"
        made, _aside = journal.begin(HEADER)
        made.__class__ = Telling
        run(plan([load()], "teacher", {}), [AskReader(Prompter(), "teacher")], made)
    os.write(1, f"pid {child}\\n".encode())
    os.waitpid(child, 0)
    os.write(1, b"dead\\n")
"""
KILLS = 24


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")
def test_every_answer_reported_as_saved_is_there_after_kill_9(tmp_path: Path) -> None:
    chance = random.Random(20261122)
    with subprocess.Popen(
        [sys.executable, "-c", ANSWERING, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
    ) as nursery:
        try:
            assert nursery.stdin
            assert nursery.stdout
            for number in range(KILLS):
                nursery.stdin.write(b"go\n")
                saved = _answers_until_killed(nursery.stdout.fileno(), chance.randrange(1, 40), chance.random() / 500)
                back = journal.resume(tmp_path / str(number) / journal.FILE)
                there = [f"{e.check} {e.observation.option}" for e in back.entries if isinstance(e, Seen)]
                assert there[: len(saved)] == saved
                assert len(there) <= len(saved) + 1
        finally:
            os.killpg(nursery.pid, signal.SIGKILL)


def _answers_until_killed(output: int, answers: int, seconds: float) -> list[str]:
    """Kill the child after so many answers and a moment; return all that it had reported by then."""
    text, child = "", 0
    while "dead\n" not in text:
        if not select.select([output], [], [], 30)[0]:
            pytest.fail(f"the answering program stands still: {text!r}")
        text += os.read(output, 65536).decode()
        if not child and (known := re.search(r"pid (\d+)\n", text)) and text.count("pond.") >= answers:
            child = int(known[1])
            select.select([], [], [], seconds)
            os.kill(child, signal.SIGKILL)
    return [line for line in text.split("\n")[:-1] if line.startswith("pond.")]


def test_a_second_audit_on_the_same_computer_is_told_to_wait_and_touches_nothing() -> None:
    first = filled()
    before = path_of(first).read_bytes()
    snippet = (
        "from privacyaudit import journal; from datetime import datetime, UTC\n"
        "journal.begin(journal.Header(started=datetime.now(UTC), role='everyone', platforms=('pond',)))"
    )
    other = subprocess.run([sys.executable, "-c", snippet], capture_output=True, text=True, timeout=30, check=False)
    assert "Another audit is open on this computer." in other.stderr
    assert path_of(first).read_bytes() == before
