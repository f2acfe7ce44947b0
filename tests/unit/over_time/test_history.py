"""Earlier audits in an encrypted file: nothing reported as saved is lost, and nothing that is broken is overwritten."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import types
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from privacyaudit.cli.commands.history import app
from privacyaudit.errors import KeyringError, MissingExtra, RecordError, SaveError, UsageError
from privacyaudit.model import Area, AuditRecord, Count, Found, Looked, WrittenRecord
from privacyaudit.over_time import history, history_exchange, history_layout
from privacyaudit.over_time.history import History
from privacyaudit.over_time.kept import Kept
from privacyaudit.over_time.known import timely
from privacyaudit.process import others
from privacyaudit.reminders import jobs, schedulers
from privacyaudit.storage import encrypted, files, folders
from tests.support import histories, in_process, records
from tests.support.histories import (
    KEY,
    MILL,
    OLD,
    ONCE,
    WORDS,
    column,
    decision,
    fill,
    ids,
    old_records,
    raw,
    record,
    with_schedulers,
)
from tests.support.schedulers import CRONTAB, JOB, OTHERS, Computer
from tests.support.zones import needs_zones, zone

apsw = pytest.importorskip("apsw", reason="the extra [history] is not installed")

OTHER_KEY = bytes(32)


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVACYAUDIT_DATA", str(tmp_path / "data"))


# -- what is kept ----------------------------------------------------------------------------------


def test_a_record_comes_back_as_it_was() -> None:
    one, _known = records.example()
    with History.open(KEY) as kept:
        kept.save(one)
    with History.open(KEY) as kept:
        assert kept.get(one.id) == one
        assert kept.all() == [Kept.of(one)]
    assert Kept.of(one).platforms == ("photobook", "commons", "chatter", "habits")
    assert Kept.of(one).sites["commons"] == "https://commons.example"


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


def test_a_list_reads_no_whole_record() -> None:
    fill(1, 2)
    connection = raw(history.path())
    connection.execute("update records set record = 'unreadable'")
    connection.close()
    with History.open(KEY) as kept:
        assert [one.id for one in kept.all()] == [f"{number:032x}" for number in (2, 1)]
        assert len(kept.over_time({"pond": None}, 9)) == 2
        with pytest.raises(RecordError, match="cannot be read"):
            kept.lately()


WIKI = records.checklist("wiki", 2, site={"ask": "Which?", "default": "https://a.example"}, hosts=["{site}"], links={})


def of_wiki(number: int, site: str, **changes: Any) -> AuditRecord:
    known = records.catalogue(WIKI)
    part = records.platform(known.loaded["wiki"], site=site)
    return record(number, known=known, platforms=(part,), **changes)


def lately(*kept_records: AuditRecord) -> list[int]:
    with History.open(KEY) as kept:
        for one in kept_records:
            kept.save(one)
        found = kept.lately()
        assert all(one in kept_records for one in found)
        return [int(one.id, 16) for one in found]


def test_of_whole_audits_the_newest_of_each_platform_tells_what_is_known() -> None:
    both = records.catalogue(*(records.checklist(name, 3) for name in ("pond", "mill")))
    assert lately(record(1, known=both), record(2, known=MILL), record(3), record(4)) == [4, 2]


@pytest.mark.parametrize("part", [{"quick": True}, {"areas": (Area.CONTACT,)}, {"stopped": True}])
def test_behind_an_audit_in_part_those_back_to_the_newest_whole_one_count_too(part: dict[str, Any]) -> None:
    in_part = [record(number, **part) for number in (4, 6, 7)]
    assert lately(record(1), record(2), *in_part, record(5, known=MILL)) == [7, 6, 5, 4, 2]


def test_each_site_of_a_platform_counts_for_itself() -> None:
    a, b = "https://a.example", "https://b.example"
    assert lately(of_wiki(1, a), of_wiki(2, b), of_wiki(3, b), of_wiki(4, a, quick=True)) == [4, 3, 1]


def test_a_demo_tells_nothing_that_is_known() -> None:
    assert lately(record(1), record(2, demo=True), record(3, known=MILL, demo=True)) == [1]
    with History.open(KEY) as kept:
        assert kept.over_time({"mill": None}, 9) == []


def test_the_counts_over_time_are_of_the_newest_audits_with_all_these_platforms_at_these_sites() -> None:
    both = records.catalogue(WIKI, records.checklist("pond", 3))
    a, b = "https://a.example", "https://b.example"
    with History.open(KEY) as kept:
        for one in (*(record(n, known=both) for n in (1, 3, 4)), record(2), of_wiki(5, b), record(6, quick=True)):
            kept.save(one)
        pond = record(1, known=both).summary
        assert kept.over_time({"pond": None, "wiki": a}, 2) == [
            Count(finished=record(number).finished, summary=pond) for number in (3, 4)
        ]
        assert [count.finished for count in kept.over_time({"pond": None}, 9)] == [
            record(number).finished for number in (1, 2, 3, 4, 6)
        ]
        assert len(kept.over_time({"wiki": b}, 9)) == 1
        assert kept.over_time({"pond": None, "wiki": b}, 9) == []


@needs_zones
def test_a_time_without_a_zone_is_utc() -> None:
    with zone("Pacific/Auckland"), History.open(KEY) as kept:
        kept.save(record(1, finished=datetime(2026, 11, 22, 11, tzinfo=UTC)))
        kept.save(record(2, finished=datetime(2026, 11, 22, 12)))  # noqa: DTZ001
        kept.save(record(3, finished=datetime(2026, 11, 22, 13, tzinfo=UTC)))
    assert ids() == [3, 2, 1]


# -- decisions -------------------------------------------------------------------------------------


def test_a_decision_comes_back_as_it_was_and_a_later_one_takes_its_place() -> None:
    with History.open(KEY) as kept:
        kept.decide(decision(1))
        kept.decide(decision(2, kind="plan"))
        kept.decide(decision(1, until=date(2027, 9, 9)))
    with History.open(KEY) as kept:
        assert kept.decisions() == [decision(1, until=date(2027, 9, 9)), decision(2, kind="plan")]
        assert kept.all() == []


def test_there_is_one_decision_for_each_site_and_it_can_be_taken_back() -> None:
    one, other = decision(1), decision(1, site="https://a.example")
    with History.open(KEY) as kept:
        kept.decide(one)
        kept.decide(other)
        assert kept.decisions() == [one, other]
        assert not kept.undecide(one.check, "https://b.example")
        assert kept.undecide(one.check, None)
        assert not kept.undecide(one.check, None)
        assert kept.decisions() == [other]


def test_a_decision_that_was_taken_back_is_gone_from_the_file_and_from_its_side_files() -> None:
    with History.open(KEY) as kept:
        kept.decide(decision(1))
        kept.decide(decision(2, because="another reason"))
        assert kept.undecide(decision(1).check, None)
        assert not (folders.folder() / "history.db-wal").stat().st_size
        content = unsealed(history.path())
    assert b"another reason" in content
    assert b"Grandmother" not in content


def test_forgetting_one_record_leaves_the_decisions() -> None:
    fill(1)
    with History.open(KEY) as kept:
        kept.decide(decision(1))
        kept.forget("0")
        assert (kept.all(), kept.decisions()) == ([], [decision(1)])


def test_a_decision_of_another_version_is_told_and_left() -> None:
    with History.open(KEY) as kept:
        kept.decide(decision(1))
    connection = raw(history.path())
    connection.execute("update decisions set decision = '{}'")
    connection.close()
    with History.open(KEY) as kept, pytest.raises(RecordError, match="cannot be read"):
        kept.decisions()


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
        with pytest.raises(RecordError, match="another record"):
            kept.save(record(1, role="councillor"))
        assert [one.role for one in kept.all()] == ["teacher"]


def test_a_forgotten_record_is_gone_from_the_file_and_from_its_side_files() -> None:
    """It is large, so that whole pages become free."""
    large = record(0xABCDEF, known=records.catalogue(records.checklist("mill", 60)))
    with History.open(KEY) as kept:
        kept.save(large)
        kept.save(record(2))
        assert kept.forget("0" * 26 + "abc") == large.id
        assert not (folders.folder() / "history.db-wal").stat().st_size
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
        files = list(folders.folder().iterdir())
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
            assert folders.folder().stat().st_mode & 0o777 == 0o700
            for file in folders.folder().iterdir():
                assert file.stat().st_mode & 0o777 == 0o600, file
    finally:
        os.umask(before)


def test_the_history_is_noted_in_no_other_file() -> None:
    fill(1)
    assert files.written() == []
    assert not folders.state().exists()


def test_the_folder_is_the_data_folder_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRIVACYAUDIT_DATA")
    assert history.path().is_relative_to(Path.home())
    assert history.path().name == "history.db"
    assert folders.folder().name == "privacyaudit"


# -- a passphrase ----------------------------------------------------------------------------------


def test_a_passphrase_opens_it_however_the_system_spells_its_letters() -> None:
    words = "vier trübe Sonntage"
    fill(1, secret=unicodedata.normalize("NFC", words))
    assert ids(unicodedata.normalize("NFD", words)) == [1]


def opens(rounds: int) -> bool:
    """Tell whether the file opens for any program that stretches the passphrase this far."""
    connection = apsw.Connection(str(history.path()))
    connection.pragma("cipher", "chacha20")
    connection.pragma("kdf_iter", rounds)
    connection.pragma("hexkey", WORDS.encode().hex())
    try:
        return bool(connection.execute("select * from records").fetchall())
    except apsw.NotADBError:
        return False
    finally:
        connection.close()


def test_a_passphrase_is_stretched_600_000_times(true_rounds: int) -> None:
    fill(1, secret=WORDS)
    assert true_rounds == 600_000
    assert opens(600_000)
    assert not opens(64_007), "what the library does by itself"


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
    assert "passphrase" in left_alone(history.path(), "passphrase is wrong", secret)
    assert ids() == [1]


@pytest.mark.parametrize("content", [b"not a database", b"x" * 9000, random.Random(7).randbytes(16384)])
def test_a_file_that_is_no_database_is_told_and_left_alone(content: bytes) -> None:
    files.make_folder(folders.folder())
    history.path().write_bytes(content)
    left_alone(history.path(), "or is not a history")


def test_an_empty_file_is_no_history() -> None:
    files.make_folder(folders.folder())
    history.path().write_bytes(b"")
    left_alone(history.path(), "not a history")


def test_a_database_that_is_not_encrypted_or_of_something_else_is_left_alone() -> None:
    files.make_folder(folders.folder())
    plain = sqlite3.connect(history.path())
    plain.execute("create table theirs (a)")
    plain.close()
    left_alone(history.path(), "or is not a history")
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
    newer.execute("update schema_version set version = ?", (history_layout.VERSION + 1,))
    newer.close()
    assert "Update" in left_alone(history.path(), "newer version")


def read_everything(kept: History) -> None:
    kept.decisions()
    kept.looked()
    kept.proof.changed()
    kept.proof.picture(1, 1)
    kept.steps.all()
    for one in kept.all():
        kept.get(one.id)


def test_every_flipped_bit_is_told_when_it_is_read_and_the_file_left_as_it_is() -> None:
    fill(*range(8))
    with History.open(KEY) as kept:
        kept.decide(decision(1))
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
                read_everything(kept)
        except RecordError as error:
            trouble.append(error)
        assert history.path().read_bytes() == flipped
    assert all("is damaged" in error.what or "cannot be opened" in error.what for error in trouble)
    assert len(trouble) == len(spots)


def test_a_bit_flipped_in_a_record_is_told_as_damage() -> None:
    fill(*range(8))
    content = bytearray(history.path().read_bytes())
    content[-2000] ^= 1
    history.path().write_bytes(content)
    with pytest.raises(RecordError, match="is damaged") as told, History.open(KEY) as kept:
        read_everything(kept)
    assert "backup" in told.value.advice


# -- searches --------------------------------------------------------------------------------------


def looked(search: str = "google-name", day: int = 1, others: int = 1) -> Looked:
    return Looked(search=search, on=date(2026, 11, day), found={Found.OTHERS: others, Found.CHANGE: 2})


def test_a_search_comes_back_as_it_was_and_the_next_time_takes_its_place() -> None:
    with History.open(KEY) as kept:
        kept.note_looked([looked(), looked("bing-name")])
        kept.note_looked([looked(day=9, others=0)])
    with History.open(KEY) as kept:
        assert kept.looked() == [looked("bing-name"), looked(day=9, others=0)]
    assert len(column("select looked from looked")) == 2


def test_nothing_of_a_search_is_left_after_all_is_forgotten() -> None:
    with History.open(KEY) as kept:
        kept.note_looked([looked()])
    history.forget_all()
    assert list(history.path().parent.glob("*")) == []
    with History.open(KEY) as kept:
        assert kept.looked() == []


# -- older layouts ---------------------------------------------------------------------------------


def layout(file: Path) -> list[tuple[str, str]]:
    connection = raw(file)
    rows = connection.execute("select name, sql from sqlite_schema order by name").fetchall()
    connection.close()
    return rows  # type: ignore[no-any-return]


old = pytest.fixture(params=OLD, ids=lambda file: file.stem)(histories.old)


def test_a_stored_file_of_an_earlier_version_is_brought_up_to_date_and_loses_nothing(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("privacyaudit.clock.now", lambda: records.FINISHED + timedelta(days=99))
    texts = old_records()
    made = [AuditRecord.model_validate_json(text) for text in texts]
    assert len(made) >= 2
    with History.open(KEY) as kept:
        assert kept.all() == [Kept.of(one) for one in sorted(made, key=lambda one: one.finished, reverse=True)]
        assert [kept.get(one.id) for one in made] == made
        assert kept.decisions() == []
    shown = "select json_array(id, finished, about) from records order by id"
    migrated = column(shown)
    assert sorted(column("select record from records")) == sorted(texts)
    assert column("pragma integrity_check") == ["ok"]
    tables = layout(old)
    history.forget_all()
    with History.open(KEY) as kept:
        for one in made:
            kept.save(one)
    assert (column(shown), layout(history.path())) == (migrated, tables)


def test_a_history_that_was_brought_up_to_date_can_be_added_to(old: Path) -> None:
    before = len(old_records())
    with History.open(KEY) as kept:
        kept.save(record(77))
        kept.decide(decision(1))
    assert len(ids()) == before + 1


def test_after_a_migration_nothing_of_the_old_tables_is_left_in_the_file(old: Path) -> None:
    with History.open(KEY) as kept:
        for one in kept.all():
            kept.forget(one.id)
    assert b"observations" not in unsealed(history.path())


def test_a_migration_that_fails_half_way_leaves_the_old_file_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, tables = old_records(), layout(old)
    last = history_layout.VERSION - 1
    monkeypatch.setitem(history_layout.MIGRATIONS, last, history_layout.MIGRATIONS[last] + "drop table nowhere;")
    with pytest.raises(RecordError):
        History.open(KEY)
    assert (old_records(), layout(old)) == (texts, tables)


def test_there_is_a_migration_from_every_earlier_version() -> None:
    assert sorted(history_layout.MIGRATIONS) == list(range(history_layout.VERSION))
    assert [file.stem for file in OLD] == [f"history-v{version}" for version in range(history_layout.VERSION)]


# -- two programs at once --------------------------------------------------------------------------


def test_a_program_that_never_lets_go_is_told_and_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encrypted, "PATIENCE", 0.2)
    fill(1)
    other = raw(history.path())
    other.execute("begin immediate")
    with History.open(KEY) as kept:
        with pytest.raises(SaveError, match="Another program is using"):
            kept.save(record(2))
        with pytest.raises(SaveError, match="Another program is using"):
            kept.decide(decision(2))
        other.execute("rollback")
        kept.save(record(2))
    other.close()
    assert ids() == [2, 1]


# -- all of it -------------------------------------------------------------------------------------


def test_all_of_it_is_forgotten_without_the_key_and_a_new_one_begins_clean() -> None:
    """A program that was killed has left its side files, and those must not flow into the next history."""
    kept = History.open(KEY)
    kept.save(record(1))
    leftovers = {file.name: file.read_bytes() for file in folders.folder().iterdir()}
    gone = history.forget_all()
    kept.close()
    assert {file.name for file in gone.files} == {"history.db", "history.db-wal", "history.db-shm", "history.lock"}
    assert list(folders.folder().iterdir()) == []
    assert history.forget_all().files == []
    for name in ("history.db-wal", "history.db-shm"):
        (folders.folder() / name).write_bytes(leftovers[name])
    fill(2, secret=OTHER_KEY)
    assert ids(OTHER_KEY) == [2]


# -- taking it along -------------------------------------------------------------------------------


def test_an_exported_history_is_the_same_after_it_was_imported(tmp_path: Path) -> None:
    file = tmp_path / "mine" / "history.json"
    fill(1, 2, 3)
    with History.open(KEY) as kept:
        kept.decide(decision(1))
        kept.decide(decision(2, site="https://a.example"))
        kept.note_looked([looked()])
        assert kept.export(file) == (3, 2, 1)
        before = kept.all(), kept.decisions(), kept.looked()
        assert kept.import_(file) == (0, 3, 0, 0)
    exported = json.loads(file.read_text(encoding="utf-8"))
    assert list(exported) == ["schema", "tool", "kind", "records", "decisions", "looked"]
    assert [one["id"] for one in exported["records"]] == [f"{number:032x}" for number in (1, 2, 3)]
    history.forget_all()
    with History.open(OTHER_KEY) as kept:
        assert kept.import_(file) == (3, 0, 2, 1)
        assert (kept.all(), kept.decisions(), kept.looked()) == before


def test_of_two_times_of_one_search_the_later_one_is_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    theirs = (looked("bing-name", 3), looked("duckduckgo", 1), looked("tiktok", 2))
    file.write_text(history_exchange.Export(records=(), looked=theirs).model_dump_json(by_alias=True), "utf-8")
    with History.open(KEY) as kept:
        kept.note_looked([looked("bing-name", 2), looked("tiktok", 2, others=9)])
        assert kept.import_(file) == (0, 0, 0, 2)
        assert kept.looked() == [looked("bing-name", 3), looked("duckduckgo", 1), looked("tiktok", 2, others=9)]


def test_an_export_of_the_version_before_can_be_imported(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    texts = record(1).model_dump(mode="json", by_alias=True)
    file.write_text(json.dumps({"schema": "1", "tool": "privacyaudit", "kind": "history", "records": [texts]}))
    with History.open(KEY) as kept:
        assert kept.import_(file) == (1, 0, 0, 0)


def test_of_two_decisions_about_the_same_the_newer_one_wins_and_no_other_is_touched(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    at = records.FINISHED + timedelta(days=40)
    mine = [decision(number, at=at, because="mine") for number in (1, 2, 3, 4)]
    theirs = [
        decision(1, at=at + timedelta(seconds=1), because="theirs"),
        decision(2, at=at - timedelta(seconds=1), because="theirs"),
        decision(3, at=at.astimezone(timezone(timedelta(hours=9))), because="theirs"),
        decision(5, at=at, because="older"),
        decision(5, at=at + timedelta(days=1), because="theirs"),
        decision(5, at=at, because="older"),
    ]
    file.write_text(
        history_exchange.Export(records=(), decisions=tuple(theirs)).model_dump_json(by_alias=True), "utf-8"
    )
    with History.open(KEY) as kept:
        for one in mine:
            kept.decide(one)
        assert kept.import_(file) == (0, 0, 2, 0)
        assert kept.decisions() == [theirs[0], *mine[1:], theirs[4]]
        assert kept.import_(file) == (0, 0, 0, 0)


def test_the_record_of_one_audit_can_be_imported(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text(record(5).model_dump_json(by_alias=True), encoding="utf-8")
    with History.open(KEY) as kept:
        assert kept.import_(file) == (1, 0, 0, 0)
        assert kept.get("0") == record(5)


def test_from_the_record_beside_a_report_the_audit_alone_is_imported(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    written = WrittenRecord.model_validate(
        record(5).model_dump(by_alias=True)
        | {
            "before": record(4),
            "over_time": [Count(finished=records.FINISHED, summary=record(4).summary)],
            "comparison": {"better": ["pond.tagging-0"]},
        }
    )
    file.write_text(written.model_dump_json(by_alias=True), encoding="utf-8")
    with History.open(KEY) as kept:
        assert kept.import_(file) == (1, 0, 0, 0)
        assert [kept.get(one.id) for one in kept.all()] == [record(5)]


def test_an_export_is_never_written_over_a_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text("mine")
    with History.open(KEY) as kept, pytest.raises(UsageError, match="already exists"):
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
    both = history_exchange.Export(records=(record(1), record(2, role="councillor")), decisions=(decision(1),))
    file.write_text(both.model_dump_json(by_alias=True), encoding="utf-8")
    fill(2)
    with History.open(KEY) as kept, pytest.raises(RecordError, match="another record"):
        kept.import_(file)
    assert ids() == [2]
    with History.open(KEY) as kept:
        assert kept.decisions() == []


# -- what is not installed -------------------------------------------------------------------------


@pytest.mark.parametrize("installed", [None, types.ModuleType("apsw")], ids=["nothing", "apsw without encryption"])
def test_without_the_extra_one_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, installed: types.ModuleType | None
) -> None:
    monkeypatch.setitem(sys.modules, "apsw", installed)
    for call in (encrypted.need_apsw, history.keyring_key, lambda: History.open(KEY)):
        with pytest.raises(MissingExtra) as missing:
            call()
        assert 'pip install "privacyaudit[history]"' in missing.value.advice
    assert not history.path().exists()


# -- the commands ----------------------------------------------------------------------------------


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    made = with_schedulers(tmp_path / "programs")
    monkeypatch.setenv("PATH", str(made.folder))
    return made


def told(*words: str, typed: str = f"{WORDS}\n", code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words), input=typed)
    assert result.exit_code == code, result.output
    return result.output


def test_the_commands_list_show_export_import_and_forget(tmp_path: Path, computer: Computer) -> None:
    assert told("list", *ONCE) == "There is no history yet.\n"
    assert not history.path().exists()
    one, _known = records.example()
    file = tmp_path / "record.json"
    file.write_text(one.model_dump_json(by_alias=True), encoding="utf-8")
    assert told("import", str(file), *ONCE) == "1 record was added.\n"
    assert told("import", str(file), *ONCE) == "0 records were added.\n1 record was already in the history.\n"
    line = told("list", *ONCE)
    assert line.startswith(f"{one.id[:8]}  22 November 2026, teacher: photobook, commons, chatter, habits. 5 to change")
    assert AuditRecord.model_validate_json(told("show", one.id[:5], "--json", *ONCE)) == one
    assert "5 to change" in told("show", one.id[:5], *ONCE)
    out = tmp_path / "all.json"
    assert "not encrypted" in told("export", str(out), *ONCE)
    assert told("forget", one.id[:5], *ONCE) == f"Removed: {one.id}.\n"
    assert told("list", *ONCE) == "You have not kept any audits.\n"
    assert told("import", str(out), *ONCE) == "1 record was added.\n"
    assert f"Removed: {history.path()}" in told("forget", "--all", "--yes")
    assert not history.path().exists()


def test_the_commands_say_how_many_decisions_are_taken_along(tmp_path: Path) -> None:
    out, other = tmp_path / "all.json", tmp_path / "other.json"
    with History.open(WORDS) as kept:
        kept.decide(decision(1))
    assert "It also contains 1 of your decisions, with what you wrote about it." in told("export", str(out), *ONCE)
    assert told("import", str(out), *ONCE) == "0 records were added.\n"
    both = history_exchange.Export(records=(), decisions=(decision(1), decision(2), decision(3)))
    other.write_text(both.model_dump_json(by_alias=True), encoding="utf-8")
    assert told("import", str(other), *ONCE) == "0 records were added.\n2 decisions were added.\n"


def test_forgetting_all_says_each_thing_that_went(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(others, "running", lambda: {"cron"})
    schedulers.Systemd().install(JOB)
    schedulers.Cron().install(JOB)
    fill(1)
    said = told("forget", "--all", "--yes").replace("\n", " ")
    assert "Removed: the weekly reminder in systemd," in said
    assert "Removed: the weekly reminder in cron, your crontab." in said
    assert f"Removed: {history.path()}, with every audit and every decision in it, and all proof." in said
    assert schedulers.installed() == []
    assert "Removed" not in told("forget", "--all", "--yes")


def test_a_weekly_look_without_a_history_is_removed_by_forgetting_all(computer: Computer) -> None:
    schedulers.Cron().install(JOB)
    assert told("forget", "--all", "--yes").startswith("Removed: the weekly reminder in cron, your crontab.\n")
    assert not computer.spool.exists()


def test_a_weekly_look_that_cannot_be_removed_is_told_and_keeps_nothing_else(computer: Computer) -> None:
    fill(1)
    computer.spool.write_text(jobs.with_block(OTHERS, JOB))
    computer.has("crontab", CRONTAB.replace("spool.write_bytes", "sys.exit('disk is full');"))
    said = told("forget", "--all", "--yes", code=1)
    assert "disk is full" in said
    assert f"Removed: {history.path()}" in said
    assert not history.path().exists()


def test_nothing_goes_before_yes(computer: Computer) -> None:
    fill(1)
    computer.spool.write_text(jobs.with_block(OTHERS, JOB))
    assert told("forget", "--all", "--plain", typed="n\n").endswith("Nothing was removed.\n")
    assert ids() == [1]
    assert computer.spool.read_text() == jobs.with_block(OTHERS, JOB)


# -- each fault, as the person sees it -------------------------------------------------------------


def no_database() -> None:
    history.path().write_bytes(b"a letter to Aunt May" * 400)


def flipped_bits() -> None:
    """One in each page but the first, without which no database can be told from anything else."""
    content = bytearray(history.path().read_bytes())
    for page in range(4096, len(content), 4096):
        content[page + 1000] ^= 4
    history.path().write_bytes(content)


def a_newer_layout() -> None:
    newer = apsw.Connection(str(history.path()))
    newer.pragma("cipher", "chacha20")
    newer.pragma("kdf_iter", encrypted.KDF_ROUNDS)
    newer.pragma("hexkey", WORDS.encode().hex())
    newer.execute("update schema_version set version = ?", (history_layout.VERSION + 1,))
    newer.close()


def nothing() -> None:
    pass


@pytest.mark.parametrize(
    ("damage", "typed", "sentence", "advice"),
    [
        (nothing, "not the words", "cannot be opened. The key or passphrase is wrong", "Try the passphrase"),
        (no_database, WORDS, "or the file is damaged or is not a history", "The program did not change the file."),
        (flipped_bits, WORDS, "is damaged: something other than this program changed it", "from your backup"),
        (a_newer_layout, WORDS, "was written by a newer version of this program", "Update privacyaudit"),
    ],
)
def test_a_history_that_does_not_open_is_told_in_a_sentence_and_left_as_it_is(
    damage: Callable[[], None], typed: str, sentence: str, advice: str, tmp_path: Path
) -> None:
    fill(1, secret=WORDS)
    file = tmp_path / "more.json"
    more = history_exchange.Export(records=(record(2),), decisions=(decision(1),))
    file.write_text(more.model_dump_json(by_alias=True), encoding="utf-8")
    damage()
    before = history.path().read_bytes()
    for words in (("show", "0"), ("import", str(file)), ("export", str(tmp_path / "out.json")), ("forget", "0")):
        done = in_process.run("history", *words, *ONCE, typed=f"{typed}\n")
        said = " ".join(done.stderr.split())
        assert done.returncode == 1, done.stdout + done.stderr
        assert "fault in privacyaudit" not in said
        assert sentence in said, words
        assert advice in said, words
        assert history.path().read_bytes() == before
    assert not (tmp_path / "out.json").exists()


def test_while_another_program_holds_the_history_the_command_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(encrypted, "PATIENCE", 0.2)
    fill(1, secret=WORDS)
    file = tmp_path / "more.json"
    file.write_text(history_exchange.Export(records=(record(2),)).model_dump_json(by_alias=True), encoding="utf-8")
    with History.open(WORDS) as other, other._change():
        result = CliRunner().invoke(app, ["import", str(file), *ONCE], input=f"{WORDS}\n")
    assert isinstance(result.exception, SaveError)
    assert "Another program is using" in result.exception.what
    assert "Wait until that program has ended" in result.exception.advice
    assert ids(WORDS) == [1]


def test_the_commands_refuse_what_makes_no_sense(tmp_path: Path) -> None:
    fill(1, secret=WORDS)
    for words in (("forget",), ("forget", "1", "--all"), ("show", "f", *ONCE)):
        result = CliRunner().invoke(app, list(words), input=f"{WORDS}\n")
        assert isinstance(result.exception, UsageError)
    told("import", str(tmp_path / "nowhere.json"), code=2)
    assert ids(WORDS) == [1]


# -- a real keyring --------------------------------------------------------------------------------


def test_a_keyring_that_forgets_is_not_relied_on(monkeypatch: pytest.MonkeyPatch) -> None:
    class Forgetful:
        def get_password(self, service: str, name: str) -> None:
            return None

        def set_password(self, service: str, name: str, password: str) -> None:
            return None

        def delete_password(self, service: str, name: str) -> None:
            raise AssertionError

    monkeypatch.setattr("privacyaudit.credentials.keyring._choose", Forgetful)
    with pytest.raises(KeyringError, match="cannot rely on it"):
        history.keyring_key()


# -- a clock that was wrong ------------------------------------------------------------------------


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Set the clock to so many days after the first record."""

    def on(day: int) -> None:
        monkeypatch.setattr("privacyaudit.clock.now", lambda: records.FINISHED + timedelta(days=day, hours=1))

    return on


def test_a_record_from_under_a_wrong_clock_gives_way_to_those_kept_after_it(
    it_is: Callable[[int], None], tmp_path: Path
) -> None:
    """Also on the day of which it speaks, and in the history that an export makes."""
    it_is(1)
    fill(1, 900)
    with History.open(KEY) as kept:
        assert [int(one.id, 16) for one in kept.lately()] == [900], "kept last, so it is what is known"
    it_is(2)
    fill(2)
    it_is(3)
    fill(3)
    for today in (3, 950):
        it_is(today)
        assert ids() == [3, 2, 900, 1]
        with History.open(KEY) as kept:
            assert [int(one.id, 16) for one in kept.lately()] == [3]
    it_is(3)
    with History.open(KEY) as kept:
        kept.export(tmp_path / "all.json")
    history.forget_all()
    with History.open(KEY) as kept:
        kept.import_(tmp_path / "all.json")
    assert ids() == [3, 2, 900, 1]


def test_what_is_imported_after_a_record_from_under_a_wrong_clock_counts_also_on_its_day(
    it_is: Callable[[int], None], tmp_path: Path
) -> None:
    it_is(3)
    fill(1, 900, 2, 3)
    with History.open(KEY) as kept:
        kept.export(tmp_path / "all.json")
    history.forget_all()
    with History.open(KEY) as kept:
        kept.import_(tmp_path / "all.json")
    it_is(950)
    assert ids() == [3, 2, 900, 1]
    with History.open(KEY) as kept:
        assert [int(one.id, 16) for one in kept.lately()] == [3]


@pytest.mark.parametrize("today", [3, 950])
def test_a_record_from_a_day_to_come_that_is_imported_hides_no_audit_that_is_here(
    today: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("privacyaudit.clock.now", lambda: records.FINISHED + timedelta(days=3, hours=1))
    fill(900, 901)
    with History.open(KEY) as kept:
        kept.export(tmp_path / "from-under-a-wrong-clock.json")
    history.forget_all()
    fill(1, 2)
    with History.open(KEY) as kept:
        assert kept.import_(tmp_path / "from-under-a-wrong-clock.json").new == 2
    monkeypatch.setattr("privacyaudit.clock.now", lambda: records.FINISHED + timedelta(days=today, hours=1))
    assert ids() == [2, 1, 901, 900]
    with History.open(KEY) as kept:
        assert [int(one.id, 16) for one in kept.lately()] == [2]


def test_the_list_says_that_a_date_is_of_a_wrong_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("privacyaudit.clock.now", lambda: records.FINISHED + timedelta(days=2))
    fill(1, secret=WORDS)
    assert "wrong" not in CliRunner().invoke(app, ["list", *ONCE], input=f"{WORDS}\n").output
    fill(900, secret=WORDS)
    assert "clock was wrong then" in CliRunner().invoke(app, ["list", *ONCE], input=f"{WORDS}\n").output


def test_a_decision_from_under_a_wrong_clock_gives_way_to_one_of_now(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("privacyaudit.clock.now", lambda: records.FINISHED + timedelta(days=2))
    true = decision(check="pond.mail", at=records.FINISHED)
    wrong = decision(check="pond.mail", at=records.FINISHED + timedelta(days=900))
    assert timely([true, wrong], records.FINISHED.date()) == [true]
    with History.open(KEY) as kept:
        kept.decide(true)
        kept.export(tmp_path / "all.json")
        kept.decide(wrong)
        kept.import_(tmp_path / "all.json")
        assert kept.decisions() == [true]
