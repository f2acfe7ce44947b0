"""Earlier audits in an encrypted file: nothing reported as saved is lost, and nothing that is broken is overwritten."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
import types
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from privacyaudit import history, places
from privacyaudit.cli.history import app
from privacyaudit.errors import KeyringError, MissingExtra, RecordError, SaveError, UsageError
from privacyaudit.history import History
from privacyaudit.model import AuditRecord
from tests import records
from tests.secret_service import State, private_keyring, run_python, secrets
from tests.terminal import ENTER, Terminal

apsw = pytest.importorskip("apsw", reason="the extra [history] is not installed")

KEY = bytes(range(32))
OTHER_KEY = bytes(32)
WORDS = "four dull wet Sundays"
OLD = Path(__file__).parent / "data" / "history-v0.db"
POND, MILL = (records.catalogue(records.checklist(name, 3)) for name in ("pond", "mill"))
POSIX = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVACYAUDIT_DATA", str(tmp_path / "data"))


def record(number: int = 0, **changes: Any) -> AuditRecord:
    """Make a record; each number has another id, and finishes a day later."""
    made: dict[str, Any] = {
        "id": f"{number:032x}",
        "finished": records.FINISHED + timedelta(days=number % 10_000),
    }
    return records.audit(changes.pop("known", POND), **(made | changes))


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


# -- what is kept ----------------------------------------------------------------------------------


def test_a_record_comes_back_as_it_was() -> None:
    one, _known = records.example()
    with History.open(KEY) as kept:
        kept.save(one)
    with History.open(KEY) as kept:
        assert kept.get(one.id) == one
        platforms = tuple(part.platform for part in one.platforms)
        assert kept.all() == [(one.id, one.finished, one.role, platforms, one.summary)]


def test_records_are_listed_newest_first_whatever_their_zone_and_precision() -> None:
    noon = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    times = [
        noon,
        (noon + timedelta(milliseconds=500)),
        (noon + timedelta(seconds=1)).astimezone(timezone(timedelta(hours=-9))),
        (noon + timedelta(seconds=2)).astimezone(timezone(timedelta(hours=9))),
    ]
    with History.open(KEY) as kept:
        for number in (2, 0, 3, 1):
            kept.save(record(number, finished=times[number]))
    assert ids() == [3, 2, 1, 0]


def test_the_latest_audit_of_a_platform_is_the_last_that_had_it() -> None:
    with History.open(KEY) as kept:
        kept.save(record(3))
        kept.save(record(4))
        kept.save(record(5, known=MILL))
        assert kept.latest("pond") == record(4)
        assert kept.latest("mill") == record(5, known=MILL)
        assert kept.latest("nowhere") is None


def test_the_beginning_of_an_id_is_enough_if_it_is_the_only_one() -> None:
    with History.open(KEY) as kept:
        kept.save(record(id="ab" + "0" * 30))
        kept.save(record(id="ac" + "0" * 30))
        assert kept.get("ab").id == "ab" + "0" * 30
        for beginning, words in (("a", "2 records"), ("", "2 records"), ("b", "No record"), ("_", "No record")):
            with pytest.raises(UsageError, match=words):
                kept.get(beginning)


def test_saving_a_record_again_changes_nothing_and_another_with_its_id_is_refused() -> None:
    with History.open(KEY) as kept:
        kept.save(record(1))
        kept.save(record(1))
        with pytest.raises(RecordError, match="Another record"):
            kept.save(record(1, role="councillor"))
        assert [one.role for one in kept.all()] == ["teacher"]


def test_a_forgotten_record_is_gone_from_the_file_and_from_its_side_files() -> None:
    """It is large, so that whole pages become free."""
    large = record(0xABCDEF, known=records.catalogue(records.checklist("mill", 60)))
    with History.open(KEY) as kept:
        kept.save(large)
        kept.save(record(2))
        assert kept.forget("0" * 26 + "abc") == large.id
        assert not (history.folder() / "history.db-wal").stat().st_size
        assert [one.id for one in kept.all()] == [f"{2:032x}"]
    content = unsealed(history.path())
    assert f"{2:032x}".encode() in content
    assert b"pond." in content
    for word in (large.id.encode(), b"mill"):
        assert word not in content


def unsealed(file: Path) -> bytes:
    """Return every page of a file without its encryption, free pages too."""
    connection = raw(file)
    content: bytes = connection.serialize("main")
    connection.close()
    return content


# -- on the disk -----------------------------------------------------------------------------------


def test_no_file_can_be_read_without_the_key() -> None:
    with History.open(KEY) as kept:
        kept.save(record(0xABCDEF))
        files = list(history.folder().iterdir())
        assert len(files) >= 3, "without the side files this shows little"
        for file in files:
            content = file.read_bytes()
            for word in (b"SQLite format", b"create table", b"teacher", b"pond", b"abcdef", KEY, KEY.hex().encode()):
                assert word not in content, file
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(history.path()).execute("select * from records")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_may_open_the_folder_and_every_file_in_it() -> None:
    before = os.umask(0)
    try:
        with History.open(KEY) as kept:
            kept.save(record(1))
            assert history.folder().stat().st_mode & 0o777 == 0o700
            for file in history.folder().iterdir():
                assert file.stat().st_mode & 0o777 == 0o600, file
    finally:
        os.umask(before)


def test_the_history_is_noted_in_no_other_file() -> None:
    fill(1)
    assert places.written() == []
    assert not places.state().exists()


def test_the_folder_is_the_data_folder_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRIVACYAUDIT_DATA")
    assert history.path().is_relative_to(Path.home())
    assert history.path().name == "history.db"
    assert history.folder().name == "privacyaudit"


# -- a passphrase ----------------------------------------------------------------------------------


def test_a_passphrase_opens_it_however_the_system_spells_its_letters() -> None:
    words = "vier trübe Sonntage"
    fill(1, secret=unicodedata.normalize("NFC", words))
    assert ids(unicodedata.normalize("NFD", words)) == [1]


def test_a_passphrase_is_stretched_as_far_as_the_module_says() -> None:
    fill(1, secret=WORDS)
    connection = apsw.Connection(str(history.path()))
    connection.pragma("cipher", "chacha20")
    connection.pragma("hexkey", WORDS.encode().hex())
    with pytest.raises(apsw.NotADBError):
        connection.execute("select * from records")
    connection.close()


def test_an_empty_passphrase_is_refused_and_makes_no_file() -> None:
    with pytest.raises(UsageError, match="empty"):
        History.open("")
    assert not history.path().exists()


# -- what does not open ----------------------------------------------------------------------------


def left_alone(file: Path, words: str, secret: bytes | str = KEY) -> str:
    """Check that a file is refused with a sentence and not changed; return the advice."""
    before = file.read_bytes()
    with pytest.raises(RecordError, match=words) as refused:
        History.open(secret)
    assert str(file) in refused.value.what
    assert file.read_bytes() == before
    return refused.value.advice


@pytest.mark.parametrize("secret", [OTHER_KEY, WORDS])
def test_a_wrong_key_is_told_and_overwrites_nothing(secret: bytes | str) -> None:
    fill(1)
    assert "passphrase" in left_alone(history.path(), "not the right one", secret)
    assert ids() == [1]


@pytest.mark.parametrize("content", [b"not a database", b"x" * 9000, random.Random(7).randbytes(16384)])
def test_a_file_that_is_no_database_is_told_and_left_alone(content: bytes) -> None:
    places.make_folder(history.folder())
    history.path().write_bytes(content)
    left_alone(history.path(), "or no history")


def test_an_empty_file_is_no_history() -> None:
    places.make_folder(history.folder())
    history.path().write_bytes(b"")
    left_alone(history.path(), "not a history")


def test_a_database_that_is_not_encrypted_or_of_something_else_is_left_alone() -> None:
    places.make_folder(history.folder())
    plain = sqlite3.connect(history.path())
    plain.execute("create table theirs (a)")
    plain.close()
    left_alone(history.path(), "or no history")
    history.path().unlink()
    other = raw(history.path())
    other.execute("create table theirs (a)")
    other.close()
    left_alone(history.path(), "not a history")


def test_a_folder_in_its_place_is_told() -> None:
    history.path().mkdir(parents=True)
    with pytest.raises(RecordError, match="cannot be opened"):
        History.open(KEY)


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    with pytest.raises(SaveError, match="could not be written"):
        History.open(KEY)
    assert (tmp_path / "data").read_text() == "mine"


def test_a_history_of_a_newer_program_is_left_alone() -> None:
    fill(1)
    newer = raw(history.path())
    newer.execute("update schema_version set version = 2")
    newer.close()
    assert "Update" in left_alone(history.path(), "newer version")


def test_every_flipped_bit_is_told_and_the_file_left_as_it_is() -> None:
    fill(*range(8))
    whole = history.path().read_bytes()
    chance = random.Random(20261122)
    spots = [*range(0, 40, 3), *(chance.randrange(40, len(whole)) for _ in range(120))]
    trouble: list[RecordError] = []
    for spot in spots:
        flipped = bytearray(whole)
        flipped[spot] ^= 1 << chance.randrange(8)
        history.path().write_bytes(flipped)
        try:
            with History.open(KEY) as kept:
                kept.all()
        except RecordError as error:
            trouble.append(error)
        assert history.path().read_bytes() == flipped
    assert all("is damaged" in error.what or "does not open" in error.what for error in trouble)
    assert len(trouble) == len(spots)


def test_a_bit_flipped_in_a_record_is_told_as_damage() -> None:
    fill(*range(8))
    content = bytearray(history.path().read_bytes())
    content[-2000] ^= 1
    history.path().write_bytes(content)
    with pytest.raises(RecordError, match="is damaged") as told, History.open(KEY) as kept:
        kept.all()
    assert "backup" in told.value.advice


# -- older layouts ---------------------------------------------------------------------------------


def layout(file: Path) -> list[tuple[str, str]]:
    connection = raw(file)
    rows = connection.execute("select name, sql from sqlite_schema order by name").fetchall()
    connection.close()
    return rows  # type: ignore[no-any-return]


def old_records() -> list[str]:
    connection = raw(history.path())
    rows = connection.execute("select record from audits").fetchall()
    connection.close()
    return [row[0] for row in rows]


@pytest.fixture
def old() -> Path:
    """The stored history of version 0: two records, encrypted with KEY, in one table `audits (record text)`."""
    places.make_folder(history.folder())
    shutil.copyfile(OLD, history.path())
    return history.path()


def test_a_stored_file_of_version_0_is_brought_up_to_date_and_loses_nothing(old: Path) -> None:
    texts = old_records()
    assert len(texts) == 2
    with History.open(KEY) as kept:
        assert [one.id for one in kept.all()] == ["0" * 31 + "1", "624b60c58c9d8bfb6ff1886c2fd605d2"]
        for text in texts:
            made = AuditRecord.model_validate_json(text)
            assert kept.get(made.id) == made
        kept.save(record(7))
    assert len(ids()) == 3
    fresh = old.with_name("fresh.db")
    history._create(fresh, KEY)
    assert layout(old) == layout(fresh)


def test_a_migration_that_fails_half_way_leaves_the_old_file_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, tables = old_records(), layout(old)
    broken = history.MIGRATIONS[0].replace("drop table audits;", "drop table audits; drop table nowhere;")
    monkeypatch.setitem(history.MIGRATIONS, 0, broken)
    with pytest.raises(RecordError):
        History.open(KEY)
    assert (old_records(), layout(old)) == (texts, tables)


def test_there_is_a_migration_from_every_earlier_version() -> None:
    assert sorted(history.MIGRATIONS) == list(range(history.VERSION))


# -- sudden ends -----------------------------------------------------------------------------------

SAVING = """
import os, sys, time
from privacyaudit.history import History
from tests.test_history import KEY, record

first = 0
for line in sys.stdin:
    if not (child := os.fork()):
        os.write(1, f"pid {os.getpid()}\\n".encode())
        kept = History.open(KEY)
        for number in range(first, first + 1000):
            kept.save(record(number))
            os.write(1, f"saved {number}\\n".encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.write(1, b"dead\\n")
    first += 1000
"""
KILLS = 200


@POSIX
def test_no_record_reported_as_saved_is_lost_or_damaged_by_200_times_kill_9() -> None:
    """Every tenth time the history is new, so that its making is interrupted too."""
    chance = random.Random(20261122)
    saved: list[int] = []
    interrupted = 0
    with subprocess.Popen(
        [sys.executable, "-c", SAVING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as nursery:
        assert nursery.stdin
        assert nursery.stdout
        try:
            for number in range(KILLS):
                if number % 10 == 0:
                    interrupted += whole(saved)
                    history.forget_all()
                    saved = []
                nursery.stdin.write(b"go\n")
                pid = int(nursery.stdout.readline().split()[1])
                saved += [int(nursery.stdout.readline().split()[1]) for _ in range(chance.choice((0, 1, 3)))]
                time.sleep(chance.random() / 50)  # a random moment
                os.kill(pid, 9)
                while (line := nursery.stdout.readline()) != b"dead\n":
                    saved.append(int(line.split()[1]))
            interrupted += whole(saved)
        finally:
            nursery.kill()
    assert interrupted > KILLS, "too few records were saved for this to say much"


def whole(saved: list[int]) -> int:
    """Check that all that was reported is there, and nothing else than one more per kill; return how many."""
    with History.open(KEY) as kept:
        there = {int(one.id, 16) for one in kept.all()}
        for number in saved:
            assert kept.get(f"{number:032x}") == record(number)
        assert set(saved) <= there
        assert len(there) <= len(saved) + 10
    connection = raw(history.path())
    assert connection.pragma("integrity_check") == "ok"
    connection.close()
    assert {file.name for file in history.folder().iterdir()} == {"history.db", "history.lock"}
    return len(saved)


FULL = """
import resource, sys
from privacyaudit.errors import SaveError
from privacyaudit.history import History
from tests.test_history import KEY, record

room = int(sys.argv[1])
saved = 0
resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
try:
    kept = History.open(KEY)
    while saved < 500:
        kept.save(record(saved))
        saved += 1
except SaveError as error:
    print(error.what, error.advice)
if "again" in sys.argv:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    kept.save(record(saved))
    saved += 1
print(saved)
"""


@POSIX
@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("room", [60_000, 200_000])
def test_on_a_full_disk_saving_says_so_and_what_was_saved_before_stays(room: int, again: bool) -> None:
    command = [sys.executable, "-c", FULL, str(room), *(["again"] if again else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told, saved = done.stdout.splitlines()
    assert "could not be written" in told
    assert "Nothing that was saved before is lost." in told
    assert sorted(ids()) == list(range(int(saved)))
    assert int(saved) > (1 if again else 0)


@POSIX
def test_on_a_disk_that_is_full_already_no_half_made_history_is_left() -> None:
    done = subprocess.run([sys.executable, "-c", FULL, "5000"], capture_output=True, text=True, check=True)
    assert "could not be written" in done.stdout
    assert [file.name for file in history.folder().iterdir()] == ["history.lock"]
    fill(1)
    assert ids() == [1]


# -- two programs at once --------------------------------------------------------------------------

TOGETHER = """
import sys
from privacyaudit.history import History
from tests.test_history import record

print("ready", flush=True)
input()
with History.open(sys.argv[1]) as kept:
    for number in range(int(sys.argv[2]), int(sys.argv[2]) + 25):
        kept.save(record(number))
"""


def test_programs_that_begin_a_history_and_save_at_the_same_moment_all_succeed() -> None:
    pipe = subprocess.PIPE
    programs = [
        subprocess.Popen([sys.executable, "-c", TOGETHER, WORDS, str(first)], stdin=pipe, stdout=pipe, stderr=pipe)
        for first in (0, 100, 200)
    ]
    for program in programs:
        assert program.stdout
        assert program.stdout.readline() == b"ready\n"
    for program in programs:
        assert program.stdin
        program.stdin.write(b"go\n")
        program.stdin.flush()
    for program in programs:
        _said, trouble = program.communicate(timeout=60)
        assert (program.returncode, trouble) == (0, b"")
    assert sorted(ids(WORDS)) == [first + number for first in (0, 100, 200) for number in range(25)]


def test_a_program_that_never_lets_go_is_told_and_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PATIENCE", 0.2)
    fill(1)
    other = raw(history.path())
    other.execute("begin immediate")
    with History.open(KEY) as kept:
        with pytest.raises(SaveError, match="Another program is using"):
            kept.save(record(2))
        other.execute("rollback")
        kept.save(record(2))
    other.close()
    assert ids() == [2, 1]


# -- all of it -------------------------------------------------------------------------------------


def test_all_of_it_is_forgotten_without_the_key_and_a_new_one_begins_clean() -> None:
    """A program that was killed has left its side files, and those must not flow into the next history."""
    kept = History.open(KEY)
    kept.save(record(1))
    leftovers = {file.name: file.read_bytes() for file in history.folder().iterdir()}
    gone = history.forget_all()
    kept.close()
    assert {file.name for file in gone.files} == {"history.db", "history.db-wal", "history.db-shm", "history.lock"}
    assert list(history.folder().iterdir()) == []
    assert history.forget_all().files == []
    for name in ("history.db-wal", "history.db-shm"):
        (history.folder() / name).write_bytes(leftovers[name])
    fill(2, secret=OTHER_KEY)
    assert ids(OTHER_KEY) == [2]


# -- taking it along -------------------------------------------------------------------------------


def test_an_exported_history_is_the_same_after_it_was_imported(tmp_path: Path) -> None:
    file = tmp_path / "mine" / "history.json"
    fill(1, 2, 3)
    with History.open(KEY) as kept:
        assert kept.export(file) == 3
        before = kept.all()
        assert kept.import_(file) == (0, 3)
    exported = json.loads(file.read_text(encoding="utf-8"))
    assert list(exported) == ["schema", "tool", "kind", "records"]
    assert [one["id"] for one in exported["records"]] == [f"{number:032x}" for number in (1, 2, 3)]
    history.forget_all()
    with History.open(OTHER_KEY) as kept:
        assert kept.import_(file) == (3, 0)
        assert kept.all() == before


def test_the_record_of_one_audit_can_be_imported(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text(record(5).model_dump_json(by_alias=True), encoding="utf-8")
    with History.open(KEY) as kept:
        assert kept.import_(file) == (1, 0)
        assert kept.get("0") == record(5)


def test_an_export_is_never_written_over_a_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text("mine")
    with History.open(KEY) as kept, pytest.raises(UsageError, match="there already"):
        kept.export(file)
    assert file.read_text() == "mine"


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"schema": "1", "records": ["x"]}', b"[" * 100_000])
def test_what_is_no_history_is_not_imported(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(content)
    with History.open(KEY) as kept:
        with pytest.raises(RecordError, match="neither an exported history nor the record of an audit"):
            kept.import_(file)
        with pytest.raises(RecordError, match="cannot be read"):
            kept.import_(tmp_path / "nowhere")
        with pytest.raises(RecordError, match="not a file"):
            kept.import_(tmp_path)
        assert kept.all() == []


def test_of_an_import_that_cannot_be_whole_nothing_is_added(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    both = history.Export(records=(record(1), record(2, role="councillor")))
    file.write_text(both.model_dump_json(by_alias=True), encoding="utf-8")
    fill(2)
    with History.open(KEY) as kept, pytest.raises(RecordError, match="Another record"):
        kept.import_(file)
    assert ids() == [2]


# -- what is not installed -------------------------------------------------------------------------


@pytest.mark.parametrize("installed", [None, types.ModuleType("apsw")], ids=["nothing", "apsw without encryption"])
def test_without_the_extra_one_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, installed: types.ModuleType | None
) -> None:
    monkeypatch.setitem(sys.modules, "apsw", installed)
    for call in (history.need_apsw, history.keyring_key, lambda: History.open(KEY)):
        with pytest.raises(MissingExtra) as missing:
            call()
        assert 'pip install "privacyaudit[history]"' in missing.value.advice
    assert not history.path().exists()


# -- the commands ----------------------------------------------------------------------------------

ONCE = ("--passphrase-stdin",)


def told(*words: str, typed: str = f"{WORDS}\n", code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words), input=typed)
    assert result.exit_code == code, result.output
    return result.output


def test_the_commands_list_show_export_import_and_forget(tmp_path: Path) -> None:
    assert told("list", *ONCE) == "There is no history yet.\n"
    assert not history.path().exists()
    one, _known = records.example()
    file = tmp_path / "record.json"
    file.write_text(one.model_dump_json(by_alias=True), encoding="utf-8")
    assert told("import", str(file), *ONCE) == "1 record was added.\n"
    assert told("import", str(file), *ONCE) == "0 records were added.\n1 was kept already.\n"
    line = told("list", *ONCE)
    assert line.startswith(f"{one.id[:8]}  22 November 2026, teacher: photobook, commons, chatter, habits. 5 to change")
    assert AuditRecord.model_validate_json(told("show", one.id[:5], "--json", *ONCE)) == one
    assert "5 to change" in told("show", one.id[:5], *ONCE)
    out = tmp_path / "all.json"
    assert "not encrypted" in told("export", str(out), *ONCE)
    assert told("forget", one.id[:5], *ONCE) == f"Removed: {one.id}.\n"
    assert told("list", *ONCE) == "No audit is kept.\n"
    assert told("import", str(out), *ONCE) == "1 record was added.\n"
    assert f"Removed: {history.path()}" in told("forget", "--all", "--yes")
    assert not history.path().exists()


def test_the_commands_refuse_what_makes_no_sense(tmp_path: Path) -> None:
    fill(1, secret=WORDS)
    for words in (("forget",), ("forget", "1", "--all"), ("show", "f", *ONCE)):
        result = CliRunner().invoke(app, list(words), input=f"{WORDS}\n")
        assert isinstance(result.exception, UsageError)
    told("import", str(tmp_path / "nowhere.json"), code=2)
    assert ids(WORDS) == [1]


# -- a real keyring --------------------------------------------------------------------------------

RUN = """
from privacyaudit import cli
from privacyaudit.cli import history
cli.app.add_typer(history.app, name="history")
cli.run()
"""
SNIPPET = """
from privacyaudit import history, keys
from privacyaudit.errors import AuditError
from tests.test_history import record
try:
    {body}
except AuditError as error:
    print(type(error).__name__, error.what, error.advice)
"""
SAVE = """
with history.History.open(history.keyring_key()) as kept: kept.save(record({number}))
print("saved")"""


def python(env: dict[str, str], body: str) -> str:
    ran = run_python(env, SNIPPET.format(body="\n    ".join(body.strip().splitlines())))
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def command(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-c", RUN, "history", *words]
    return subprocess.run(line, env=env, input="", capture_output=True, text=True, timeout=30, check=False)


def file_of(env: dict[str, str]) -> Path:
    return Path(env["XDG_DATA_HOME"]) / "privacyaudit" / "history.db"


@pytest.fixture
def env() -> Iterator[dict[str, str]]:
    with private_keyring() as made:
        yield made


@pytest.mark.keyring
def test_the_key_is_in_the_keyring_and_in_no_file(env: dict[str, str]) -> None:
    assert python(env, SAVE.format(number=1)) == "saved"
    key = secrets(env)["(history)"]
    assert len(bytes.fromhex(key)) == 32
    assert file_of(env).is_file()
    for file in (file for file in Path(env["HOME"]).rglob("*") if file.is_file()):
        content = file.read_bytes()
        assert key.encode() not in content, file
        assert bytes.fromhex(key) not in content, file
    assert python(env, SAVE.format(number=2)) == "saved"
    assert secrets(env)["(history)"] == key
    assert len(command(env, "list").stdout.splitlines()) == 2


@pytest.mark.keyring
def test_programs_that_begin_together_share_one_key(env: dict[str, str]) -> None:
    line = [sys.executable, "-c", SNIPPET.format(body=SAVE.strip().replace("\n", "\n    "))]
    pipe = subprocess.PIPE
    programs = [
        subprocess.Popen([*line[:2], line[2].replace("{number}", str(number))], env=env, stdout=pipe, text=True)
        for number in range(4)
    ]
    assert [program.communicate(timeout=60)[0] for program in programs] == ["saved\n"] * 4
    assert len(command(env, "list").stdout.splitlines()) == 4


@pytest.mark.keyring
def test_forgetting_all_removes_the_file_and_our_key_and_no_other(env: dict[str, str]) -> None:
    python(env, 'import keyring; keyring.set_password("another program", "bea", "theirs")')
    python(env, 'keys.save(keys.make_entry("example", "https://example.org", "ann", "hunter2"))')
    python(env, SAVE.format(number=1))
    said = command(env, "forget", "--all", "--yes")
    assert said.returncode == 0, said.stderr
    assert "Removed: the key in the keyring of your system." in said.stdout
    assert set(secrets(env)) == {"bea", "example", "(names)"}
    assert not file_of(env).parent.exists()
    assert command(env, "list").stdout == "There is no history yet.\n"


@pytest.mark.keyring
def test_forgetting_every_sign_in_leaves_the_history_its_key(env: dict[str, str]) -> None:
    python(env, SAVE.format(number=1))
    python(env, "keys.forget_all()")
    assert len(command(env, "list").stdout.splitlines()) == 1


@pytest.mark.keyring
def test_a_missing_key_is_told_and_none_is_made_in_its_place(env: dict[str, str]) -> None:
    python(env, SAVE.format(number=1))
    before = file_of(env).read_bytes()
    python(env, 'import keyring; keyring.delete_password("privacyaudit", "(history)")')
    said = command(env, "list")
    assert said.returncode == 1
    assert "The key of your history is not in the keyring" in said.stderr
    assert "--passphrase" in said.stderr
    assert "history forget --all" in said.stderr
    assert "Traceback" not in said.stderr
    assert "(history)" not in secrets(env)
    assert file_of(env).read_bytes() == before


@pytest.mark.keyring
def test_a_damaged_key_is_told_and_left_where_it_is(env: dict[str, str]) -> None:
    python(env, 'import keyring; keyring.set_password("privacyaudit", "(history)", "rubbish")')
    assert python(env, "history.keyring_key()").startswith("KeyringError The key of your history that is in")
    assert secrets(env) == {"(history)": "rubbish"}


@pytest.mark.keyring
@pytest.mark.parametrize(
    ("state", "words"),
    [("locked", "is locked"), ("never set up", "never set up"), ("no daemon", "no system keyring"), ("no bus", "no")],
)
def test_without_an_open_keyring_nothing_is_made_and_the_advice_names_the_passphrase(state: State, words: str) -> None:
    with private_keyring(state) as env:
        said = python(env, SAVE.format(number=1))
        assert said.startswith("KeyringError")
        assert words in said
        assert "--passphrase" in said
        assert "by hand" not in said
        assert not file_of(env).exists()


@pytest.mark.keyring
def test_forgetting_all_under_a_locked_keyring_removes_the_files_and_says_what_stays() -> None:
    with private_keyring("locked") as env:
        file_of(env).parent.mkdir(parents=True)
        file_of(env).write_bytes(b"x")
        said = command(env, "forget", "--all", "--yes")
        assert f"Removed: {file_of(env)}" in said.stdout
        assert "is locked" in said.stderr
        assert "It opens nothing now." in said.stderr
        assert not file_of(env).exists()


def test_a_keyring_that_forgets_is_not_relied_on(monkeypatch: pytest.MonkeyPatch) -> None:
    class Forgetful:
        def get_password(self, service: str, name: str) -> None:
            return None

        def set_password(self, service: str, name: str, password: str) -> None:
            return None

        def delete_password(self, service: str, name: str) -> None:
            raise AssertionError

    monkeypatch.setattr("privacyaudit.keys._choose", Forgetful)
    with pytest.raises(KeyringError, match="cannot be relied on"):
        history.keyring_key()


# -- asked in a terminal ---------------------------------------------------------------------------


@pytest.mark.terminal
def test_where_there_is_no_keyring_a_passphrase_is_asked_for_twice_and_does_not_show(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text(record(1).model_dump_json(by_alias=True), encoding="utf-8")
    bare = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "HOME": str(tmp_path)}
    env = bare | {"PRIVACYAUDIT_DATA": str(history.folder())}
    with Terminal([sys.executable, "-c", RUN, "history", "import", str(file)], env=env) as window:
        window.wait_for("Passphrase (nothing shows while you type)")
        window.send("-l", WORDS)
        window.send(ENTER)
        window.wait_for("Once more")
        window.send("-l", WORDS)
        window.send(ENTER)
        window.wait_for("1 record was added.")
        assert window.end() == 0
        said = window.everything()
    assert "no system keyring" in said
    assert WORDS not in said
    with Terminal([sys.executable, "-c", RUN, "history", "list"], env=env) as window:
        window.wait_for("Passphrase (nothing shows while you type)")
        window.send("-l", WORDS)
        window.send(ENTER)
        window.wait_for("0000000")
        assert window.end() == 0
        assert "Once more" not in window.everything()
