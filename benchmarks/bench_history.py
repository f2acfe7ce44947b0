"""What the encryption of the history costs: the same statements beside SQLite without it, and opening.

Both databases hold the same 5,000 records of 60 findings in the same layout, and are in the cache of the system. What
is measured is opening, asking and closing again, as a command does it.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import apsw

from benchmarks.bench_measure import Figure, Part, compare, conditions, in_turn, median
from privacyaudit.errors import AuditError
from privacyaudit.model import AuditRecord, Decision
from privacyaudit.over_time import history, history_layout
from privacyaudit.over_time.history import History
from privacyaudit.over_time.kept import Kept
from privacyaudit.storage import encrypted
from tests.support import records

RECORDS, FINDINGS, DECISIONS = 5000, 60, 40
ROUNDS, SAVES, OPENS = 25, 100, 3000
IN_TURN = 3  # of so many audits one is whole and the others are quick
KEY, PLAIN = bytes(range(32)), "plain.db"

Statements = Sequence[tuple[str, ...]]


def measure() -> Part:
    """Fill both databases, then ask, save and open in turn."""
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, {"PRIVACYAUDIT_DATA": folder}):
        plain = Path(folder) / PLAIN
        _fill(plain)
        if _due() != _plain_due(plain) or _list() != _plain_list(plain):
            raise AuditError("The two databases do not give the same answer, so there is nothing to compare.")
        asked = in_turn(
            {
                "list": lambda: _timed(_list),
                "list, plain": lambda: _timed(lambda: _plain_list(plain)),
                "list, alone": lambda: _timed(lambda: _ours(LIST)),
                "list, alone, plain": lambda: _timed(lambda: _plain(plain, LIST)),
                "due": lambda: _timed(_due),
                "due, plain": lambda: _timed(lambda: _plain_due(plain)),
                "due, alone": lambda: _timed(lambda: _ours(DUE)),
                "due, alone, plain": lambda: _timed(lambda: _plain(plain, DUE)),
            },
            ROUNDS,
        )
        size = history.path().stat().st_size
        opened, saved = _opened(), _saved()
    ask = {name: median(samples) for name, samples in asked.items()}
    what = f"{RECORDS:,} records"
    beside = "the same on plain SQLite"
    return Part(
        (
            compare(f"What `history list` reads of {what}", ask["list"], beside, ask["list, plain"], 2.0),
            compare("… its statement alone", ask["list, alone"], beside, ask["list, alone, plain"], 2.0),
            compare(f"What `due` reads of {what}", ask["due"], beside, ask["due, plain"], 2.0),
            compare("… its statements alone", ask["due, alone"], beside, ask["due, alone, plain"], 2.0),
            _fine(f"Saving a record after {what}", saved, "the same without a cipher"),
            _fine("Opening with the raw key", opened, "the same without a cipher", 1.1),
        ),
        (
            f"Each record has {FINDINGS} findings; the file takes {size / 1_000_000:.0f} MB.",
            f"Plain SQLite is Python's own sqlite3 (SQLite {sqlite3.sqlite_version}) with the same layout and data.",
            f"Without a cipher: the program's own code and database (SQLite {apsw.sqlite_lib_version()}), but no key.",
            "Where the statements alone are not named, the reading of their JSON is in the time, on both sides.",
            conditions(f"{ROUNDS} rounds of reading, {SAVES} saves, {OPENS:,} opens"),
        ),
    )


def _fine(name: str, samples: Mapping[str, Sequence[float]], beside: str, budget: float | None = None) -> Figure:
    """Make a figure of two times that are far below a second."""
    ours, theirs = median(samples["ours"]), median(samples["plain"])
    return Figure(name, f"{ours:.2f} ms", beside, f"{theirs:.2f} ms", ours / theirs, budget)


# -- the data --------------------------------------------------------------------------------------


def _id(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()[:32]


def _record(number: int) -> AuditRecord:
    return _MODEL.model_copy(
        update={
            "id": _id(number),
            "finished": _MODEL.finished + timedelta(hours=number),
            "quick": number % IN_TURN != 0,
        }
    )


_MODEL, _ = records.sized(FINDINGS)
_NEWEST = [_id(number) for number in range(RECORDS - RECORDS % IN_TURN, RECORDS)]
LIST: Statements = [(history.ABOUT_ALL,)]
DUE: Statements = [(history.ABOUT_ALL,), (history.RECORDS, json.dumps(_NEWEST)), (history.DECISIONS,)]


def _fill(plain: Path) -> None:
    """Fill the history in one transaction, and a plain database with the same rows."""
    with History.open(KEY) as kept:
        with kept._change():
            for number in range(RECORDS):
                kept._add(_record(number))
            for finding in _MODEL.findings[:DECISIONS]:
                decision = Decision(
                    kind="accept",
                    check=finding.check,
                    revision=1,
                    option="everyone",
                    until=records.TODAY,
                    at=records.FINISHED,
                )
                kept._put(decision)
        with closing(sqlite3.connect(plain)) as other, other:
            other.executescript(history_layout.LAYOUT)
            other.execute("pragma journal_mode = wal")
            for table, marks in (("records", "?, ?, ?, ?"), ("decisions", "?, ?, ?")):
                rows = kept._connection.execute(f"select * from {table}")
                other.executemany(f"insert into {table} values ({marks})", rows)


# -- asking ----------------------------------------------------------------------------------------


def _timed(work: Callable[[], object]) -> float:
    """Return how many milliseconds some work takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _list() -> list[Kept]:
    with History.open(KEY) as kept:
        return kept.all()


def _due() -> tuple[list[AuditRecord], list[Decision]]:
    with History.open(KEY) as kept:
        return kept.lately(), kept.decisions()


def _ours(statements: Statements) -> list[list[str]]:
    with History.open(KEY) as kept:
        return [kept._rows(*statement) for statement in statements]


def _plain(file: Path, statements: Statements) -> list[list[str]]:
    with closing(sqlite3.connect(file)) as connection:
        return [[text for (text,) in connection.execute(statement, values)] for statement, *values in statements]


def _plain_list(file: Path) -> list[Kept]:
    (about,) = _plain(file, LIST)
    return [Kept.model_validate_json(text) for text in about]


def _plain_due(file: Path) -> tuple[list[AuditRecord], list[Decision]]:
    about, newest, decisions = _plain(file, DUE)
    _lines = [Kept.model_validate_json(text) for text in about]
    return (
        [AuditRecord.model_validate_json(text) for text in newest],
        [Decision.model_validate_json(text) for text in decisions],
    )


# -- saving and opening ----------------------------------------------------------------------------


@contextmanager
def _without_cipher() -> Iterator[None]:
    """Let the program's own code work on the plain database beside its own."""
    with (
        patch.object(history, "FILE", PLAIN),
        patch.object(encrypted, "_unlock", lambda _connection, _secret: None),
    ):
        yield


def _saving(kept: History, numbers: Iterator[int]) -> Callable[[], float]:
    """Hand out how one new record is saved, with the wait for the disk."""

    def save() -> float:
        record = _record(next(numbers))
        return _timed(lambda: kept.save(record))

    return save


def _saved() -> dict[str, list[float]]:
    numbers = iter(range(RECORDS, 2 * RECORDS))
    with _without_cipher():
        other = History.open(KEY)
    with History.open(KEY) as kept, other:
        return in_turn({"ours": _saving(kept, numbers), "plain": _saving(other, numbers)}, SAVES)


def _open() -> float:
    return _timed(lambda: History.open(KEY).close())


def _opened() -> dict[str, list[float]]:
    def without() -> float:
        with _without_cipher():
            return _open()

    return in_turn({"ours": _open, "plain": without}, OPENS)
