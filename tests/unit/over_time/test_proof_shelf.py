"""Proof in the encrypted file: byte for byte, never changed, and without a trace when it was deleted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from privacyaudit.errors import RecordError, SaveError, UsageError
from privacyaudit.model import Entry
from privacyaudit.over_time import history, proof_export, proof_shelf
from privacyaudit.over_time.history import History
from privacyaudit.storage import encrypted, files, folders
from tests.support.histories import KEY, decision, fill, ids, raw
from tests.support.proofs import CANARY, png, seen

apsw = pytest.importorskip("apsw", reason="the extra [history] is not installed")

SECRETS = tuple(word.encode() for word in (CANARY, "example.org/canary", "مرحبا"))
LARGE = png(300_000) + CANARY.encode()


def keep(*pictures: bytes, note: str = CANARY) -> Entry:
    with History.open(KEY) as kept:
        return kept.proof.keep(seen(*pictures, note=note))


def unsealed() -> bytes:
    connection = raw(history.path())
    content: bytes = connection.serialize("main")
    connection.close()
    return content


def test_what_is_kept_comes_back_byte_for_byte_and_in_order() -> None:
    first, second = keep(LARGE, png()), keep()
    with History.open(KEY) as kept:
        assert kept.proof.entries() == [first, second]
        assert (kept.proof.picture(1, 1), kept.proof.picture(1, 2)) == (LARGE, png())
        assert kept.proof.picture(2, 1) is None
        assert kept.proof.changed() == []
        assert [one.before for one in kept.proof.entries()] == [None, kept.proof.all()[0].sha256]
    assert (first.number, second.number) == (1, 2)
    assert first.pictures[0].name == "0001-1.png"


def test_no_name_address_or_picture_is_in_any_file_in_the_open(tmp_path: Path) -> None:
    with History.open(KEY) as kept:
        kept.proof.keep(seen(LARGE))
        found = [file for file in tmp_path.rglob("*") if file.is_file()]
        assert len(found) >= 3, "without the side files this shows little"
        for file in found:
            content = file.read_bytes()
            assert not [word for word in (*SECRETS, b"IHDR") if word in content], file
    assert files.written() == []
    assert all(word in unsealed() for word in SECRETS), "else this shows nothing"


def test_deleting_one_entry_overwrites_it_and_leaves_a_chain_that_fits() -> None:
    keep(png(300_000) + b"of the first", note="Nightingale")
    keep(png(), note="another")
    size = history.path().stat().st_size
    with History.open(KEY) as kept:
        kept.proof.delete(1)
        assert not (folders.folder() / "history.db-wal").stat().st_size
        assert [one.number for one in kept.proof.entries()] == [2]
        assert kept.proof.changed() == []
        assert kept.proof.picture(1, 1) is None
        with pytest.raises(UsageError, match="no entry 1"):
            kept.proof.delete(1)
        assert kept.proof.keep(seen()).number == 3
        assert kept.proof.changed() == []
    assert history.path().stat().st_size < size - 200_000
    content = unsealed()
    assert b"another" in content
    assert b"Nightingale" not in content
    assert b"of the first" not in content


def test_after_all_was_deleted_nothing_of_it_is_left_and_audits_stay() -> None:
    fill(1)
    with History.open(KEY) as kept:
        kept.decide(decision(1))
    before = history.path().stat().st_size
    keep(LARGE, png())
    keep()
    with History.open(KEY) as kept:
        kept.proof.delete(2)
        assert kept.proof.delete_all() == 1
        assert kept.proof.all() == []
        assert not (folders.folder() / "history.db-wal").stat().st_size
        assert kept.proof.delete_all() == 0
        assert kept.decisions() == [decision(1)]
    content = unsealed()
    assert not [word for word in (*SECRETS, b"IHDR", b'"salt"') if word in content]
    assert history.path().stat().st_size <= before
    assert ids() == [1]
    assert keep().number == 1


def test_where_the_file_cannot_be_made_smaller_what_was_deleted_is_overwritten_all_the_same() -> None:
    keep(LARGE)
    with History.open(KEY) as kept:
        other = raw(history.path())
        other.execute("begin")
        other.execute("select count(*) from records").get  # noqa: B018 (somebody else reads meanwhile)
        kept._connection.set_busy_timeout(50)
        kept.proof.delete_all()
        other.close()
    assert not [word for word in (*SECRETS, b"IHDR") if word in unsealed()]
    assert not (folders.folder() / "history.db-wal").exists()


def test_forgetting_the_history_takes_the_proof_with_it() -> None:
    keep(LARGE)
    history.forget_all()
    assert list(folders.folder().glob("*")) == []


def test_a_change_in_the_file_is_noticed() -> None:
    keep(png())
    keep(png())
    connection = raw(history.path())
    connection.execute("update proof set entry = replace(entry, 'Canary', 'Canory') where number = 1")
    connection.execute("update proof_pictures set content = x'00' where entry = 2")
    connection.close()
    with History.open(KEY) as kept:
        assert kept.proof.changed() == [1, 2]
        assert proof_export.sheet(kept.proof).changed == (1, 2)
        assert proof_export.sheet(kept.proof, [2]).changed == (2,)


def test_an_entry_of_another_version_is_told_and_left() -> None:
    keep()
    connection = raw(history.path())
    connection.execute("update proof set entry = '{}'")
    connection.close()
    with History.open(KEY) as kept, pytest.raises(RecordError, match="another version"):
        kept.proof.entries()


def test_more_than_an_export_can_hold_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_shelf, "MOST", 1_000)
    keep(png(500))
    with pytest.raises(SaveError, match="larger than"):
        keep(png(500))
    with History.open(KEY) as kept:
        assert len(kept.proof.entries()) == 1


def test_another_program_that_never_lets_go_is_told_and_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encrypted, "PATIENCE", 0.2)
    keep()
    other = raw(history.path())
    other.execute("begin immediate")
    with History.open(KEY) as kept:
        for work in (lambda: kept.proof.keep(seen()), lambda: kept.proof.delete(1), kept.proof.delete_all):
            with pytest.raises(SaveError, match="Another program is using"):
                work()
        other.execute("rollback")
        other.close()
        assert kept.proof.keep(seen()).number == 2


def test_what_is_exported_is_all_or_what_is_named() -> None:
    for _number in range(3):
        keep()
    with History.open(KEY) as kept:
        kept.proof.delete(2)
        every, one = proof_export.sheet(kept.proof), proof_export.sheet(kept.proof, [3])
        assert ([made.number for made in every.entries], list(every.deleted)) == ([1, 3], [2])
        assert ([made.number for made in one.entries], list(one.deleted)) == ([3], [])
        assert every.last == one.last == kept.proof.all()[2].sha256
        with pytest.raises(UsageError, match="no entry 2"):
            proof_export.sheet(kept.proof, [2])
        kept.proof.delete_all()
        with pytest.raises(UsageError, match="keep no proof"):
            proof_export.sheet(kept.proof)


def test_a_history_from_before_there_was_proof_takes_it(tmp_path: Path) -> None:
    files.make_folder(folders.folder())
    old = Path(__file__).parents[2] / "data" / "history-v3.db"
    shutil.copyfile(old, history.path())
    before = ids()
    assert keep(png()).number == 1
    assert ids() == before
    with History.open(KEY) as kept:
        assert [one.search for one in kept.looked()] == ["google-name"]
