"""A file is written whole or not at all, for its owner only; `clean` removes exactly what was written."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import sys
from pathlib import Path

import pytest

from privacyaudit.errors import SaveError
from privacyaudit.storage import files, folders
from tests.support import in_process, written_files
from tests.support.written_files import names


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


out = pytest.fixture(written_files.out)


# -- writing ---------------------------------------------------------------------------------------


def test_a_file_and_its_folder_are_for_their_owner_only(out: Path) -> None:
    old = os.umask(0)
    try:
        files.write(out / "report.html", "hello")
        files.append(out / "lines", "hello")
    finally:
        os.umask(old)
    assert mode(out) == 0o700
    assert mode(out / "report.html") == 0o600
    assert mode(out / "lines") == 0o600
    assert mode(folders.state()) == 0o700


def test_a_file_that_was_open_to_all_is_not_any_more(out: Path) -> None:
    out.mkdir()
    (out / "report.html").write_text("old")
    (out / "report.html").chmod(0o666)
    files.write(out / "report.html", b"new")
    assert (out / "report.html").read_text() == "new"
    assert mode(out / "report.html") == 0o600


def test_nothing_but_the_file_stays_in_the_folder(out: Path) -> None:
    files.write(out / "report.html", "é" * 100_000)
    files.write(out / "report.html", "shorter")
    assert names(out) == ["report.html"]
    assert (out / "report.html").read_text() == "shorter"


def test_a_file_of_somebody_elses_is_rewritten_for_those_who_could_read_it_and_not_noted(out: Path) -> None:
    out.mkdir()
    path = out / "mine.yaml"
    path.write_text("old")
    path.chmod(0o640)
    (out / "link").symlink_to(path)
    files.rewrite(out / "link", b"new")
    assert (path.read_text(), mode(path), (out / "link").is_symlink()) == ("new", 0o640, True)
    assert files.written() == []
    assert names(out) == ["link", "mine.yaml"]


def test_a_file_that_is_not_there_is_not_rewritten(out: Path) -> None:
    with pytest.raises(SaveError, match="could not be written"):
        files.rewrite(out / "mine.yaml", b"new")
    assert not out.exists()


def refused(path: Path) -> SaveError:
    with pytest.raises(SaveError) as caught:
        files.write(path, "new")
    assert str(path if path.name != "x" else path.parent) in caught.value.what
    assert caught.value.advice
    return caught.value


def test_a_file_where_a_folder_should_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    refused(tmp_path / "file" / "x")
    with pytest.raises(SaveError):
        files.write(tmp_path / "file" / "deeper" / "x", "new")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_folder_where_the_file_should_be_is_a_sentence_and_leaves_nothing(out: Path) -> None:
    (out / "report.html").mkdir(parents=True)
    refused(out / "report.html")
    assert names(out) == ["report.html"]


def test_a_state_folder_that_cannot_be_made_is_a_sentence_and_nothing_is_written(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PRIVACYAUDIT_STATE", str(tmp_path / "file"))
    with pytest.raises(SaveError):
        files.write(out / "report.html", "new")
    assert names(out) == []


def test_a_full_device_is_a_sentence() -> None:
    with pytest.raises(SaveError, match=re.escape(os.strerror(errno.ENOSPC))) as caught:
        files.append(Path("/dev/full"), "a line")
    assert "Everything that was saved before is safe" in caught.value.advice


def test_a_line_after_a_torn_one_stands_on_its_own_line(tmp_path: Path) -> None:
    (tmp_path / "lines").write_text("whole\nto")
    files.append(tmp_path / "lines", "next")
    assert (tmp_path / "lines").read_text() == "whole\nto\nnext\n"


def test_a_name_that_is_not_utf_8_is_written_noted_and_removed(out: Path) -> None:
    path = out / os.fsdecode(b"caf\xe9\nreport.html")
    files.write(path, "x")
    assert files.written() == [path]
    assert path in files.remove_all()[0]
    assert not path.exists()


def test_ctrl_c_while_writing_leaves_the_old_file_and_nothing_else(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.write(out / "report.html", "old")

    def pressed(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", pressed)
    with pytest.raises(KeyboardInterrupt):
        files.write(out / "report.html", "new")
    assert names(out) == ["report.html"]
    assert (out / "report.html").read_text() == "old"


# -- the ledger ------------------------------------------------------------------------------------


def test_what_is_written_outside_the_state_folder_is_listed_once(out: Path) -> None:
    for content in ("one", "two", "two"):
        files.write(out / "report.html", content)
    files.write(folders.state() / "inside", "x")
    assert files.written() == [out / "report.html"]
    assert len((folders.state() / "written.jsonl").read_text().splitlines()) == 3


def test_a_relative_name_is_noted_in_full(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out.mkdir()
    monkeypatch.chdir(out)
    files.write(Path("report.html"), "x")
    monkeypatch.chdir("/")
    assert files.written() == [out / "report.html"]


def test_a_torn_or_foreign_line_in_the_ledger_is_read_over(out: Path) -> None:
    files.write(out / "a", "x")
    with (folders.state() / "written.jsonl").open("ab") as file:
        file.write(b'\xff\n[]\n{"path": 1}\nnull\n{"path": "/etc/ho')
    files.write(out / "b", "x")
    assert files.written() == [out / "a", out / "b"]


def test_a_ledger_that_cannot_be_read_is_a_sentence(out: Path) -> None:
    (folders.state() / "written.jsonl").mkdir(parents=True)
    with pytest.raises(SaveError):
        files.written()
    with pytest.raises(SaveError):
        files.write(out / "report.html", "x")
    assert not (out / "report.html").exists()


# -- clean -----------------------------------------------------------------------------------------


def test_clean_removes_what_was_written_and_the_empty_folders_it_made() -> None:
    folder = folders.reports()
    files.write(folder / "report.html", "x")
    files.write(folders.state() / "unfinished.jsonl", "x")
    removed, kept = files.remove_all()
    assert set(removed) == {
        folder / "report.html",
        folders.state() / "unfinished.jsonl",
        folders.state() / "written.jsonl",
    }
    assert kept == []
    assert not folder.exists()
    assert not folders.state().exists()
    assert files.remove_all() == ([], [])


def test_clean_removes_a_file_of_the_state_folder_that_grew(out: Path) -> None:
    files.write(folders.state() / "unfinished.jsonl", "header\n")
    files.append(folders.state() / "unfinished.jsonl", "more")
    files.rename(folders.state() / "unfinished.jsonl", folders.state() / "unfinished-1.jsonl")
    assert folders.state() / "unfinished-1.jsonl" in files.remove_all()[0]


def test_clean_removes_a_file_of_single_lines() -> None:
    files.make_folder(folders.state())
    files.append(folders.state() / "consent", "")
    files.append(folders.state() / "consent", "")
    assert folders.state() / "consent" in files.remove_all()[0]
    assert not folders.state().exists()


def test_clean_leaves_a_users_own_file_beside_the_report(out: Path) -> None:
    files.write(out / "report.html", "x")
    (out / "diary.txt").write_text("mine")
    files.remove_all()
    assert names(out) == ["diary.txt"]


def test_clean_leaves_everything_else_when_the_state_folder_holds_other_things(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (out / "photos").mkdir(parents=True)
    (out / "photos" / "me.jpg").write_text("mine")
    (out / "diary.txt").write_text("mine")
    monkeypatch.setenv("PRIVACYAUDIT_STATE", str(out))
    files.write(out / "unfinished.jsonl", "x")
    files.remove_all()
    assert names(out) == ["diary.txt", "photos", "photos/me.jpg"]


def test_clean_keeps_a_file_that_somebody_changed_or_replaced_and_says_so(out: Path) -> None:
    files.write(out / "report.html", "ours")
    files.write(out / "report.json", "ours")
    (out / "report.html").write_text("a letter of my own")
    removed, kept = files.remove_all()
    assert kept == [out / "report.html"]
    assert out / "report.json" in removed
    assert (out / "report.html").read_text() == "a letter of my own"


def test_clean_keeps_a_users_file_that_could_not_be_written_over(out: Path) -> None:
    (out / "report.html").mkdir(parents=True)
    refused(out / "report.html")
    (out / "report.html").rmdir()
    (out / "report.html").write_text("mine")
    files.remove_all()
    assert (out / "report.html").read_text() == "mine"


def test_clean_removes_a_report_that_was_written_again(out: Path) -> None:
    files.write(out / "report.html", "one")
    files.write(out / "report.html", "two")
    files.remove_all()
    assert not (out / "report.html").exists()


def test_clean_follows_no_link_to_another_file(out: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("ours")
    files.write(out / "report.html", "ours")
    (out / "report.html").unlink()
    (out / "report.html").symlink_to(tmp_path / "precious")
    removed, kept = files.remove_all()
    assert (tmp_path / "precious").read_text() == "ours"
    assert out / "report.html" in kept
    assert out / "report.html" not in removed


def test_clean_follows_no_link_out_of_the_state_folder(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "photo").write_text("mine")
    files.write(folders.state() / "unfinished.jsonl", "x")
    (folders.state() / "link").symlink_to(tmp_path / "precious")
    files.remove_all()
    assert (tmp_path / "precious" / "photo").read_text() == "mine"


def test_a_report_is_written_beside_a_link_and_not_through_it(out: Path, tmp_path: Path) -> None:
    out.mkdir()
    (tmp_path / "precious").write_text("mine")
    (out / "report.html").symlink_to(tmp_path / "precious")
    files.write(out / "report.html", "ours")
    assert (tmp_path / "precious").read_text() == "mine"
    assert not (out / "report.html").is_symlink()


def test_clean_keeps_the_ledger_while_something_could_not_be_removed(out: Path) -> None:
    files.write(out / "report.html", "ours")
    (out / "report.html").unlink()
    (out / "report.html").mkdir()
    assert files.remove_all()[1] == [out / "report.html"]
    (out / "report.html").rmdir()
    (out / "report.html").write_text("ours")
    assert out / "report.html" in files.remove_all()[0]


def test_clean_does_not_forget_what_is_on_a_drive_that_is_not_there(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drives = tmp_path / "media"
    stick = drives / "ann" / "STICK"
    monkeypatch.setattr(files, "_DRIVES", (drives,))
    monkeypatch.setattr(files, "_DRIVES_BY_ACCOUNT", (drives,))
    files.write(stick / "report.html", "hello")
    files.write(stick / "gone.html", "hello")
    stick.rename(tmp_path / "in a pocket")
    assert files.remove_all() == ([], [stick / "report.html", stick / "gone.html"])
    (tmp_path / "in a pocket").rename(stick)
    (stick / "gone.html").unlink()
    removed, kept = files.remove_all()
    assert stick / "report.html" in removed
    assert kept == []


def test_what_cannot_be_looked_at_is_not_called_absent(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> os.stat_result:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    assert not files.there(out / "history.db")
    assert not files.there(Path(__file__) / "history.db")
    monkeypatch.setattr(Path, "lstat", refuse)
    with pytest.raises(SaveError, match="cannot be read: Permission denied"):
        files.there(out / "history.db")
    with pytest.raises(SaveError, match="cannot be read: Permission denied"):
        files.try_folder(out / "within")


def test_a_disk_on_which_a_file_can_be_made_and_not_filled_is_full(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("r+b", buffering=0) as full:
        monkeypatch.setattr("tempfile.TemporaryFile", lambda **_words: full)
        with pytest.raises(SaveError, match="No space left on device"):
            files.try_folder(out)


def test_clean_goes_over_what_is_gone_already(out: Path, tmp_path: Path) -> None:
    files.write(out / "a" / "report.html", "x")
    files.write(out / "b" / "report.html", "x")
    (out / "a" / "report.html").unlink()
    (out / "b" / "report.html").unlink()
    (out / "b").rmdir()
    (out / "b").write_text("mine")
    assert files.remove_all() == ([tmp_path / "state" / "written.jsonl"], [])
    assert (out / "b").read_text() == "mine"


def test_the_state_folder_is_below_home_unless_another_one_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folders.state() == tmp_path / "state"
    monkeypatch.setenv("PRIVACYAUDIT_STATE", "")
    assert folders.state().is_relative_to(tmp_path / "home")
    assert folders.reports().is_relative_to(tmp_path / "home")
    assert folders.own_checklists().is_relative_to(tmp_path / "home")


def test_the_ledger_holds_names_and_hashes_only(out: Path) -> None:
    files.write(out / "report.html", "a secret")
    entry = json.loads((folders.state() / "written.jsonl").read_text())
    assert set(entry) == {"path", "sha256"}
    assert "secret" not in json.dumps(entry)


def test_clean_leaves_what_another_window_is_using(out: Path) -> None:
    lock, notes = folders.state() / "unfinished.lock", folders.state() / "unfinished.jsonl"
    files.write(notes, "hello")
    files.write(out / "report.html", "hello")
    mine = files.hold(lock)
    assert mine
    removed, kept = files.remove_all()
    assert out / "report.html" in removed
    assert set(kept) == {lock, notes}
    assert [path for path in kept if files.in_use(path)] == kept
    mine.release()
    removed, kept = files.remove_all()
    assert ({lock, notes} <= set(removed), kept) == (True, [])


def test_the_command_clean_says_that_an_audit_and_a_clinic_go_on(out: Path) -> None:
    files.write(folders.state() / "unfinished.jsonl", "hello")
    files.make_folder(folders.folder())
    (folders.folder() / "clinic.db").write_text("counts")
    held = [files.hold(folders.state() / "unfinished.lock"), files.hold(folders.folder() / "clinic.lock")]
    assert all(held)
    done = in_process.run("clean", "--yes")
    assert done.returncode == 1
    assert "unfinished.jsonl" in done.stderr.replace("\n", "")
    assert "in another window" in " ".join(done.stderr.split())
    assert (folders.state() / "unfinished.jsonl").exists()
    assert (folders.folder() / "clinic.db").read_text() == "counts"
    for one in held:
        assert one
        one.release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has locks everywhere")
@pytest.mark.parametrize("trouble", [errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK])
def test_on_a_drive_without_locks_one_goes_on_and_a_lock_file_means_nothing(
    trouble: int, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def refuse(_file: object, _how: int) -> None:
        raise OSError(trouble, os.strerror(trouble))

    files.make_folder(out)
    (out / "some.lock").touch()
    monkeypatch.setattr(fcntl, "flock", refuse)
    assert files.hold(out / "some.lock")
    assert not files.surely_free(out / "some.lock")
    assert (out / "some.lock").exists()
