"""A file that somebody names is looked at before it is opened, and no more of it is read than its kind has."""

from __future__ import annotations

import ast
import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from privacyaudit import journal
from privacyaudit.catalogue import strictyaml
from privacyaudit.cli.commands.remind import ics
from privacyaudit.clinic import record
from privacyaudit.credentials import qr
from privacyaudit.errors import AuditError, ChecklistError, RecordError, SaveError, UsageError
from privacyaudit.over_time.history_exchange import from_file
from privacyaudit.reminders.calendar import UID_FILE, own_uid
from privacyaudit.report.writing import read_record
from privacyaudit.storage import files, folders, owners, reading
from tests.support import journals, nursery, written_files

WANTED = reading.FileKind(RecordError, 10, "{path} is too large.", "Check it.", "Give a file.")

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
    assert reading.read(path, WANTED) == b"\xef\xbb\xbf 234567"
    path.write_bytes(b"12345678901")
    with pytest.raises(RecordError, match="file is too large") as refused:
        reading.read(path, WANTED)
    assert refused.value.advice == "Check it."


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="this system has no files that say they are empty")
def test_a_file_that_says_it_is_empty_is_not_read_for_ever() -> None:
    with pytest.raises(RecordError, match="is too large"):
        reading.read(Path("/proc/self/maps"), WANTED)


@pytest.mark.parametrize("path", [Path("/"), Path(os.devnull)])
def test_a_folder_and_a_device_are_no_files(path: Path) -> None:
    with pytest.raises(RecordError, match="is not a file") as refused:
        reading.read(path, WANTED)
    assert refused.value.advice == "Give a file."


def test_trouble_without_words_of_the_system_is_said_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise OSError("the disk has gone")

    monkeypatch.setattr(Path, "stat", fail)
    with pytest.raises(RecordError, match="file cannot be read: the disk has gone"):
        reading.read(Path("file"), WANTED)


# -- the rest of what is read ----------------------------------------------------------------------


def test_a_pipe_is_told_how_to_become_a_file(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="is not a file") as refused:
        reading.read(pipe(tmp_path / "pipe"), WANTED)
    assert "in a file first" in refused.value.advice


def test_a_ledger_that_is_no_file_is_told_and_nothing_waits(out: Path) -> None:
    path = pipe(folders.state() / "written.jsonl")
    refused = without_waiting(path, lambda: files.write(out / "report.html", "ours"))
    assert isinstance(refused, SaveError)
    assert "cannot be read: it is not a file" in refused.what


def test_a_journal_in_whose_place_a_pipe_stands_is_not_waited_for(out: Path) -> None:
    kept = journals.filled()
    assert kept.path
    kept.path.unlink()
    path = pipe(kept.path)
    assert without_waiting(path, kept.close) is None


def test_settings_of_a_cloud_that_are_a_pipe_are_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    path = pipe(tmp_path / ".dropbox/info.json")
    assert without_waiting(path, lambda: list(owners._own_settings())) == []


OTHERS_DATA = {
    "i18n.py": "what came with the program",
    "report/drawing.py": "what came with the program",
    "clinic/pages.py": "what came with the program",
    "offline/script.py": "what came with the program",
    "offline/keeping.py": "what came with the program",
    "offline/site_folder.py": "the guide that the build has just made",
    "demo/drawing.py": "what came with the program",
    "process/others.py": "what the system says of its processes",
    "process/streams.py": "the device that holds nothing",
    "credentials/keyring.py": "its own source, to lock it",
}


def test_only_one_module_opens_what_somebody_else_may_have_put_there() -> None:
    """So nothing else can wait for a pipe. A new name in the list needs a reason such as those."""
    package = Path(files.__file__).parents[1]
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and _reads(call) and not path.is_relative_to(package / "browser")
    }
    assert found - {"storage/files.py", "storage/reading.py"} == {*OTHERS_DATA}


def _reads(call: ast.Call) -> bool:
    """Tell whether a call opens a file by its path: `open(…)`, `path.open("rb")`, `path.read_text()` and their like."""
    if isinstance(call.func, ast.Name):
        return call.func.id == "open"
    if not isinstance(call.func, ast.Attribute):
        return False
    modes = [one.value for one in call.args if isinstance(one, ast.Constant)]
    return call.func.attr in ("read_text", "read_bytes") or (call.func.attr == "open" and modes[:1] in (["rb"], ["r"]))


@pytest.mark.parametrize(
    "words",
    [
        ["history", "list", "--passphrase-stdin"],
        ["clean"],
        ["audit", "everyday", "--quick", "--role", "teacher", "--no-open"],
    ],
    ids=lambda words: words[0],
)
def test_a_line_that_never_ends_is_a_sentence(out: Path, words: list[str]) -> None:
    files.write(out / "report.html", "ours")
    files.write(folders.folder() / "history.db", b"")
    program = nursery.Program(
        [sys.executable, "-m", "privacyaudit", *words],
        stdin=os.open("/dev/zero", os.O_RDONLY),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    said, trouble = program.communicate(timeout=60)
    assert (program.returncode, "Nobody would type that" in trouble) == (2, True), said + trouble


def test_lines_without_an_end_are_a_sentence(out: Path) -> None:
    files.write(out / "report.html", "ours")
    typed = "neither yes nor no\n" * 6_000
    done = nursery.run([sys.executable, "-m", "privacyaudit", "clean"], input=typed, timeout=60)
    assert (done.returncode, "so the program stopped reading it" in done.stderr) == (2, True), done.stderr
