"""A file that somebody names is looked at before it is opened, and no more of it is read than its kind has."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from privacyaudit import journal
from privacyaudit.catalogue import strictyaml
from privacyaudit.cli.commands.remind import ics
from privacyaudit.clinic import record
from privacyaudit.credentials import qr
from privacyaudit.errors import AuditError, ChecklistError, RecordError, UsageError
from privacyaudit.over_time.history_exchange import from_file
from privacyaudit.reminders.calendar import UID_FILE, own_uid
from privacyaudit.report import read_record
from privacyaudit.storage import files, folders
from tests.support import written_files

WANTED = files.FileKind(RecordError, 10, "{path} is too large.", "Check it.", "Give a file.")

out = pytest.fixture(written_files.out)


def pipe(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    return path


def without_waiting(path: Path, work: Callable[[], object]) -> object:
    """Do something that must not wait for a pipe, and return what came of it: a value or known trouble."""
    came: list[object] = []

    def run() -> None:
        try:
            came.append(work())
        except (AuditError, OSError) as error:
            came.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(10)
    waits = thread.is_alive()
    while thread.is_alive():
        with contextlib.suppress(OSError):
            os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
        thread.join(0.05)
    assert not waits, "it waited for somebody to write into the pipe"
    return came[0]


@pytest.mark.parametrize(
    ("read", "kind"),
    [
        (read_record, RecordError),
        (from_file, RecordError),
        (record.read, RecordError),
        (strictyaml.read, ChecklistError),
        (journal.resume, RecordError),
        (qr.read_picture, UsageError),
        (lambda path: ics(out=path), UsageError),
    ],
    ids=["record", "history", "clinic", "checklist", "journal", "picture", "reminder"],
)
def test_a_pipe_is_refused_and_never_waited_for(out: Path, read: Callable[[Path], object], kind: type) -> None:
    files.make_folder(folders.state())
    path = pipe(out / "pipe")
    refused = without_waiting(path, lambda: read(path))
    assert isinstance(refused, kind)
    assert str(path) in str(refused)
    assert path.is_fifo()


def test_the_name_of_an_event_is_made_anew_where_a_pipe_stands_in_its_place(out: Path) -> None:
    path = pipe(folders.state() / UID_FILE)
    made = without_waiting(path, own_uid)
    assert path.read_text() == f"{made}\n"


def test_a_pipe_in_the_place_of_a_file_that_was_written_is_kept(out: Path) -> None:
    files.write(out / "report.html", "ours")
    (out / "report.html").unlink()
    path = pipe(out / "report.html")
    assert without_waiting(path, files.remove_all) == ([], [path])


def test_as_many_bytes_as_wanted_are_read_and_not_one_more(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\xef\xbb\xbf 234567")
    assert files.read(path, WANTED) == b"\xef\xbb\xbf 234567"
    path.write_bytes(b"12345678901")
    with pytest.raises(RecordError, match="file is too large") as refused:
        files.read(path, WANTED)
    assert refused.value.advice == "Check it."


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="this system has no files that say they are empty")
def test_a_file_that_says_it_is_empty_is_not_read_for_ever() -> None:
    with pytest.raises(RecordError, match="is too large"):
        files.read(Path("/proc/self/maps"), WANTED)


@pytest.mark.parametrize("path", [Path("/"), Path(os.devnull)])
def test_a_folder_and_a_device_are_no_files(path: Path) -> None:
    with pytest.raises(RecordError, match="is not a file") as refused:
        files.read(path, WANTED)
    assert refused.value.advice == "Give a file."


def test_trouble_without_words_of_the_system_is_said_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise OSError("the disk has gone")

    monkeypatch.setattr(Path, "stat", fail)
    with pytest.raises(RecordError, match="file cannot be read: the disk has gone"):
        files.read(Path("file"), WANTED)
