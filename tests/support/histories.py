"""Histories with invented records and decisions, and the commands that show them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from privacyaudit.model import AuditRecord, Decision
from privacyaudit.over_time import history
from privacyaudit.over_time.history import History
from privacyaudit.storage import files, folders
from tests.support import nursery, records
from tests.support.schedulers import CRONTAB, Computer

apsw = pytest.importorskip("apsw", reason="the extra [history] is not installed")

KEY = bytes(range(32))
WORDS = "four dull wet Sundays"
OLD = sorted((Path(__file__).parents[1] / "data").glob("history-v*.db"))  # one per earlier version, encrypted with KEY
POND, MILL = (records.catalogue(records.checklist(name, 3)) for name in ("pond", "mill"))
POSIX = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")


def record(number: int = 0, **changes: Any) -> AuditRecord:
    """Make a record; each number has another id, and finishes a day later."""
    made: dict[str, Any] = {
        "id": f"{number:032x}",
        "finished": records.FINISHED + timedelta(days=number % 10_000),
    }
    return records.audit(changes.pop("known", POND), **(made | changes))


def decision(number: int = 0, **changes: Any) -> Decision:
    """Make a decision; each number is about another check, and was made a day later."""
    made: dict[str, Any] = {
        "kind": "accept",
        "check": f"pond.tagging-{number}",
        "revision": 1,
        "option": "everyone",
        "until": date(2027, 3, 3),
        "because": "Grandmother has no other way.",
        "at": records.FINISHED + timedelta(days=number % 10_000),
    }
    return Decision.model_validate(made | changes)


def fill(*numbers: int, secret: bytes | str = KEY) -> None:
    with History.open(secret) as kept:
        for number in numbers:
            kept.save(record(number))


def ids(secret: bytes | str = KEY) -> list[int]:
    with History.open(secret) as kept:
        return [int(one.id, 16) for one in kept.all()]


def raw(file: Path, key: bytes = KEY) -> Any:
    """Open a file with its key as any program with the same database could."""
    connection = apsw.Connection(str(file))
    connection.pragma("cipher", "chacha20")
    connection.pragma("hexkey", f"raw:{key.hex()}".encode().hex())
    return connection


def column(statement: str) -> list[str]:
    connection = raw(history.path())
    rows = connection.execute(statement).fetchall()
    connection.close()
    return [row[0] for row in rows]


def old(request: pytest.FixtureRequest) -> Path:
    """A stored history: version 0 has its records in `audits (record text)`, version 1 in `records (id, record)`."""
    files.make_folder(folders.folder())
    return Path(shutil.copyfile(request.param, history.path()))


def old_records() -> list[str]:
    tables = column("select name from sqlite_schema where type = 'table'")
    return column(f"select record from {'audits' if 'audits' in tables else 'records'}")


ONCE = ("--passphrase-stdin",)


def with_schedulers(folder: Path) -> Computer:
    """Make pretend schedulers, in place of those of the person who runs the tests."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the commands are tried with the schedulers of Linux")
    folder.mkdir()
    made = Computer(folder)
    made.has("systemctl")
    made.has("crontab", CRONTAB)
    return made


def refused(*words: str, typed: str = WORDS, room: int | None = None) -> str:
    """Run the whole program, which must end with a sentence, and return what it said; `room` is in bytes."""

    def limit() -> None:
        if room is not None:
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

    line = [sys.executable, "-m", "privacyaudit", "history", *words, *ONCE]
    if room is None:
        done = nursery.run(line, input=f"{typed}\n", timeout=60)
    else:
        done = subprocess.run(
            line, input=f"{typed}\n", capture_output=True, text=True, timeout=60, preexec_fn=limit, check=False
        )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "fault in privacyaudit" not in done.stderr
    return " ".join(done.stderr.split())
