"""A file is written whole or not at all, for its owner only; `clean` removes exactly what was written."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from privacyaudit import places
from privacyaudit.errors import SaveError


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


# -- writing ---------------------------------------------------------------------------------------


def test_a_file_and_its_folder_are_for_their_owner_only(out: Path) -> None:
    old = os.umask(0)
    try:
        places.write(out / "report.html", "hello")
        places.append(out / "lines", "hello")
    finally:
        os.umask(old)
    assert mode(out) == 0o700
    assert mode(out / "report.html") == 0o600
    assert mode(out / "lines") == 0o600
    assert mode(places.state()) == 0o700


def test_a_file_that_was_open_to_all_is_not_any_more(out: Path) -> None:
    out.mkdir()
    (out / "report.html").write_text("old")
    (out / "report.html").chmod(0o666)
    places.write(out / "report.html", b"new")
    assert (out / "report.html").read_text() == "new"
    assert mode(out / "report.html") == 0o600


def test_nothing_but_the_file_stays_in_the_folder(out: Path) -> None:
    places.write(out / "report.html", "é" * 100_000)
    places.write(out / "report.html", "shorter")
    assert names(out) == ["report.html"]
    assert (out / "report.html").read_text() == "shorter"


def refused(path: Path) -> SaveError:
    with pytest.raises(SaveError) as caught:
        places.write(path, "new")
    assert str(path if path.name != "x" else path.parent) in caught.value.what
    assert caught.value.advice
    return caught.value


def test_a_file_where_a_folder_should_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    refused(tmp_path / "file" / "x")
    with pytest.raises(SaveError):
        places.write(tmp_path / "file" / "deeper" / "x", "new")
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
        places.write(out / "report.html", "new")
    assert names(out) == []


def test_a_full_device_is_a_sentence() -> None:
    with pytest.raises(SaveError, match=re.escape(os.strerror(errno.ENOSPC))) as caught:
        places.append(Path("/dev/full"), "a line")
    assert "Nothing that was saved before is lost" in caught.value.advice


ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from privacyaudit import places
from privacyaudit.errors import SaveError
folder = Path(sys.argv[1])
places.write(folder / "report", "old")
places.append(folder / "lines", "first")
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
for act in (lambda: places.write(folder / "report", "n" * 5000), lambda: places.append(folder / "lines", "n" * 5000)):
    try:
        act()
    except SaveError as error:
        print(error.what, error.advice)
places.append(folder / "lines", "second")
"""


def test_on_a_full_disk_the_old_file_stays_and_no_part_of_the_new_one(out: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK, str(out)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    assert [line.split(" could not be written: File too large.")[0] for line in done.stdout.splitlines()] == [
        str(out / "report"),
        str(out / "lines"),
    ]
    assert names(out) == ["lines", "report"]
    assert (out / "report").read_text() == "old"
    assert (out / "lines").read_text() == "first\nsecond\n"


def test_a_line_after_a_torn_one_stands_on_its_own_line(tmp_path: Path) -> None:
    (tmp_path / "lines").write_text("whole\nto")
    places.append(tmp_path / "lines", "next")
    assert (tmp_path / "lines").read_text() == "whole\nto\nnext\n"


def test_a_name_that_is_not_utf_8_is_written_noted_and_removed(out: Path) -> None:
    path = out / os.fsdecode(b"caf\xe9\nreport.html")
    places.write(path, "x")
    assert places.written() == [path]
    assert path in places.remove_all()[0]
    assert not path.exists()


def test_ctrl_c_while_writing_leaves_the_old_file_and_nothing_else(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places.write(out / "report.html", "old")

    def pressed(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", pressed)
    with pytest.raises(KeyboardInterrupt):
        places.write(out / "report.html", "new")
    assert names(out) == ["report.html"]
    assert (out / "report.html").read_text() == "old"


# -- the ledger ------------------------------------------------------------------------------------


def test_what_is_written_outside_the_state_folder_is_listed_once(out: Path) -> None:
    for content in ("one", "two", "two"):
        places.write(out / "report.html", content)
    places.write(places.state() / "inside", "x")
    assert places.written() == [out / "report.html"]
    assert len((places.state() / "written.jsonl").read_text().splitlines()) == 3


def test_a_relative_name_is_noted_in_full(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out.mkdir()
    monkeypatch.chdir(out)
    places.write(Path("report.html"), "x")
    monkeypatch.chdir("/")
    assert places.written() == [out / "report.html"]


def test_a_torn_or_foreign_line_in_the_ledger_is_read_over(out: Path) -> None:
    places.write(out / "a", "x")
    with (places.state() / "written.jsonl").open("ab") as file:
        file.write(b'\xff\n[]\n{"path": 1}\nnull\n{"path": "/etc/ho')
    places.write(out / "b", "x")
    assert places.written() == [out / "a", out / "b"]


def test_a_ledger_that_cannot_be_read_is_a_sentence(out: Path) -> None:
    (places.state() / "written.jsonl").mkdir(parents=True)
    with pytest.raises(SaveError):
        places.written()
    with pytest.raises(SaveError):
        places.write(out / "report.html", "x")
    assert not (out / "report.html").exists()


# -- clean -----------------------------------------------------------------------------------------


def test_clean_removes_what_was_written_and_the_empty_folders_it_made() -> None:
    folder = places.reports()
    places.write(folder / "report.html", "x")
    places.write(places.state() / "unfinished.jsonl", "x")
    removed, kept = places.remove_all()
    assert set(removed) == {
        folder / "report.html",
        places.state() / "unfinished.jsonl",
        places.state() / "written.jsonl",
    }
    assert kept == []
    assert not folder.exists()
    assert not places.state().exists()
    assert places.remove_all() == ([], [])


def test_clean_removes_a_file_of_the_state_folder_that_grew(out: Path) -> None:
    places.write(places.state() / "unfinished.jsonl", "header\n")
    places.append(places.state() / "unfinished.jsonl", "more")
    places.rename(places.state() / "unfinished.jsonl", places.state() / "unfinished-1.jsonl")
    assert places.state() / "unfinished-1.jsonl" in places.remove_all()[0]


def test_clean_removes_a_file_of_single_lines() -> None:
    places.make_folder(places.state())
    places.append(places.state() / "consent", "")
    places.append(places.state() / "consent", "")
    assert places.state() / "consent" in places.remove_all()[0]
    assert not places.state().exists()


def test_clean_leaves_a_users_own_file_beside_the_report(out: Path) -> None:
    places.write(out / "report.html", "x")
    (out / "diary.txt").write_text("mine")
    places.remove_all()
    assert names(out) == ["diary.txt"]


def test_clean_leaves_everything_else_when_the_state_folder_holds_other_things(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (out / "photos").mkdir(parents=True)
    (out / "photos" / "me.jpg").write_text("mine")
    (out / "diary.txt").write_text("mine")
    monkeypatch.setenv("PRIVACYAUDIT_STATE", str(out))
    places.write(out / "unfinished.jsonl", "x")
    places.remove_all()
    assert names(out) == ["diary.txt", "photos", "photos/me.jpg"]


def test_clean_keeps_a_file_that_somebody_changed_or_replaced_and_says_so(out: Path) -> None:
    places.write(out / "report.html", "ours")
    places.write(out / "report.json", "ours")
    (out / "report.html").write_text("a letter of my own")
    removed, kept = places.remove_all()
    assert kept == [out / "report.html"]
    assert out / "report.json" in removed
    assert (out / "report.html").read_text() == "a letter of my own"


def test_clean_keeps_a_users_file_that_could_not_be_written_over(out: Path) -> None:
    (out / "report.html").mkdir(parents=True)
    refused(out / "report.html")
    (out / "report.html").rmdir()
    (out / "report.html").write_text("mine")
    places.remove_all()
    assert (out / "report.html").read_text() == "mine"


def test_clean_removes_a_report_that_was_written_again(out: Path) -> None:
    places.write(out / "report.html", "one")
    places.write(out / "report.html", "two")
    places.remove_all()
    assert not (out / "report.html").exists()


def test_clean_follows_no_link_to_another_file(out: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("ours")
    places.write(out / "report.html", "ours")
    (out / "report.html").unlink()
    (out / "report.html").symlink_to(tmp_path / "precious")
    removed, kept = places.remove_all()
    assert (tmp_path / "precious").read_text() == "ours"
    assert out / "report.html" in kept
    assert out / "report.html" not in removed


def test_clean_follows_no_link_out_of_the_state_folder(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "photo").write_text("mine")
    places.write(places.state() / "unfinished.jsonl", "x")
    (places.state() / "link").symlink_to(tmp_path / "precious")
    places.remove_all()
    assert (tmp_path / "precious" / "photo").read_text() == "mine"


def test_a_report_is_written_beside_a_link_and_not_through_it(out: Path, tmp_path: Path) -> None:
    out.mkdir()
    (tmp_path / "precious").write_text("mine")
    (out / "report.html").symlink_to(tmp_path / "precious")
    places.write(out / "report.html", "ours")
    assert (tmp_path / "precious").read_text() == "mine"
    assert not (out / "report.html").is_symlink()


def test_clean_keeps_the_ledger_while_something_could_not_be_removed(out: Path) -> None:
    places.write(out / "report.html", "ours")
    (out / "report.html").unlink()
    (out / "report.html").mkdir()
    assert places.remove_all()[1] == [out / "report.html"]
    (out / "report.html").rmdir()
    (out / "report.html").write_text("ours")
    assert out / "report.html" in places.remove_all()[0]


def test_clean_goes_over_what_is_gone_already(out: Path, tmp_path: Path) -> None:
    places.write(out / "a" / "report.html", "x")
    places.write(out / "b" / "report.html", "x")
    (out / "a" / "report.html").unlink()
    (out / "b" / "report.html").unlink()
    (out / "b").rmdir()
    (out / "b").write_text("mine")
    assert places.remove_all() == ([tmp_path / "state" / "written.jsonl"], [])
    assert (out / "b").read_text() == "mine"


KILLED = """
import os, sys
from pathlib import Path
from privacyaudit import places
def fsync(handle):
    if Path(f"/proc/self/fd/{handle}").readlink().parent.name == "out":
        os.kill(os.getpid(), 9)
os.fsync = fsync
places.write(Path(sys.argv[1]) / "report.html", "secret")
"""


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to see which file is being written")
def test_clean_removes_what_a_killed_program_had_half_written(out: Path) -> None:
    assert subprocess.run([sys.executable, "-c", KILLED, str(out)], check=False, timeout=60).returncode == -9
    assert len(names(out)) == 1
    places.remove_all()
    assert names(out) == []


def test_the_state_folder_is_below_home_unless_another_one_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert places.state() == tmp_path / "state"
    monkeypatch.setenv("PRIVACYAUDIT_STATE", "")
    assert places.state().is_relative_to(tmp_path / "home")
    assert places.reports().is_relative_to(tmp_path / "home")
    assert places.own_checklists().is_relative_to(tmp_path / "home")


def test_the_ledger_holds_names_and_hashes_only(out: Path) -> None:
    places.write(out / "report.html", "a secret")
    entry = json.loads((places.state() / "written.jsonl").read_text())
    assert set(entry) == {"path", "sha256"}
    assert "secret" not in json.dumps(entry)
