"""The program packed as one folder, without a Python: it starts itself again, and finds what came with it."""

from __future__ import annotations

import importlib.util
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from privacyaudit.demo import accounts
from privacyaudit.process import again
from tests.support import packed as packing
from tests.support.own_browser import asked_of, note_asking, seen_at
from tests.support.schedulers import Computer
from tests.support.terminal import ENTER, Terminal

MOST_BYTES = 230_000_000  # 209 MB when this was written
CACHE = packing.ROOT / ".cache" / "packed"

pytestmark = [
    pytest.mark.skipif(
        not importlib.util.find_spec("PyInstaller"), reason="PyInstaller is not installed, and it packs the program"
    ),
    pytest.mark.skipif(
        sys.platform == "linux" and not all(map(shutil.which, ("objdump", "strip", "patchelf"))),
        reason="packing needs objdump and strip, of binutils, and patchelf",
    ),
]


@pytest.fixture(scope="session")
def program() -> Path:
    """The packed program. What is not ours is packed again only when it has changed: that takes a minute."""
    CACHE.mkdir(parents=True, exist_ok=True)
    folder, stamp = CACHE / packing.mark(), CACHE / "made"
    with FileLock(CACHE / "lock"):
        session = os.environ.get("PYTEST_XDIST_TESTRUNUID", "alone")
        if stamp.exists() and stamp.read_text() == f"{folder.name} {session}" and session != "alone":
            return _there(folder)
        for old in CACHE.iterdir():
            if old.is_dir() and old != folder:
                shutil.rmtree(old, ignore_errors=True)
        made = packing.refresh(folder) if _there(folder).exists() else packing.build(folder)
        stamp.write_text(f"{folder.name} {session}")
    return made


def _there(folder: Path) -> Path:
    return folder / packing.NAME / packing.NAME


@pytest.fixture
def apart(runs: Path) -> dict[str, str]:
    """An environment in which no other Python of ours is found."""
    names = ("HOME", "PRIVACYAUDIT_STATE", "PRIVACYAUDIT_DATA")
    kept = {name: os.environ[name] for name in names}
    return kept | {"PATH": "/usr/bin:/bin", "TMPDIR": str(runs), "LANG": "C.UTF-8", "TERM": "xterm"}


def start(command: list[str], env: dict[str, str], cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=env, cwd=cwd, capture_output=True, stdin=subprocess.DEVNULL, encoding="utf-8", check=False
    )


@pytest.mark.browser
def test_it_reads_pebble_and_its_janitor_signs_out(program: Path, apart: dict[str, str], tmp_path: Path) -> None:
    """Whether it is signed out is what Pebble's server says, and the browser is the system's own."""
    out = tmp_path / "out"
    done = start([str(program), "demo", "--no-open", "--out", str(out)], apart, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Signed out: confirmed" in done.stdout
    [record] = out.glob("*.json")
    found = json.loads(record.read_text())["findings"]
    assert {one["check"]: one["option"] for one in found} == accounts.answers("mixed")
    assert list(Path(apart["TMPDIR"]).iterdir()) == []


def test_it_weighs_no_more_than_the_decisions_say_and_has_no_browser(program: Path) -> None:
    size = sum(path.stat().st_size for path in program.parent.rglob("*") if path.is_file() and not path.is_symlink())
    assert size < MOST_BYTES
    assert not [path for path in program.parent.rglob("*chrom*") if path.stat().st_size > 1_000_000]


@pytest.mark.skipif(not shutil.which("ldd"), reason="there is no ldd")
def test_its_driver_takes_the_library_that_came_along_also_where_the_system_has_none(program: Path) -> None:
    """The program gives others their own libraries back, so LD_LIBRARY_PATH does not help the driver."""
    node = program.parent / "_internal" / packing.OF_THE_DRIVER / "node"
    told = subprocess.run(["ldd", node], capture_output=True, encoding="utf-8", check=True).stdout
    [line] = [line for line in told.splitlines() if "libatomic" in line]
    assert str(node.parent) in line
    assert "not found" not in told


@pytest.mark.parametrize("words", [["start"], []], ids=["by its command", "by a double click"])
def test_the_window_opens(words: list[str], program: Path, apart: dict[str, str], tmp_path: Path) -> None:
    """Started without a terminal on a screen, it opens the window also without words."""
    browser = note_asking(tmp_path / "browser")
    env = apart | {"BROWSER": str(browser), "DISPLAY": ":99"}
    quiet = subprocess.DEVNULL
    running = subprocess.Popen([program, *words], env=env, cwd=tmp_path, stdin=quiet, stdout=quiet, stderr=quiet)
    try:
        _pid, address = asked_of(browser)
        assert "data-window" in seen_at(address)
    finally:
        running.send_signal(signal.SIGINT)
    assert running.wait() == 0


def test_the_entry_of_the_menu_starts_it(program: Path, apart: dict[str, str], tmp_path: Path) -> None:
    done = start([str(program), "shortcut"], apart, tmp_path)
    assert done.returncode == 0, done.stderr
    [entry] = Path(apart["HOME"]).rglob("*.desktop")
    lines = entry.read_text().splitlines()
    assert f"TryExec={program}" in lines
    assert next(line for line in lines if line.startswith("Exec=")).endswith(f" {program} start")


def test_what_it_does_not_have_is_said_without_a_word_of_pip(
    program: Path, apart: dict[str, str], tmp_path: Path
) -> None:
    done = start([str(program), "doctor"], apart, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "pip install" not in done.stdout
    assert "✓ qr" in done.stdout


def test_it_finds_what_came_with_it(program: Path, apart: dict[str, str], tmp_path: Path) -> None:
    for words in (["list"], ["guidance"], ["--lang", "en", "show", "everyday.saved-logins"], ["due"]):
        done = start([str(program), *words], apart, tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), words
    done = start([str(program), "page", "texting", "--out", str(tmp_path / "page.html")], apart, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Text messages" in (tmp_path / "page.html").read_text()


@pytest.mark.terminal
def test_a_clinic_opens_and_ends(program: Path, apart: dict[str, str], tmp_path: Path) -> None:
    words = ["everyday", "--quick", "--name", "T", "--role", "teacher", "--memory-only", "--no-open", "--plain"]
    with Terminal([str(program), "clinic", "open", *words, "--out", str(tmp_path / "out")], env=apart) as window:
        window.wait_for("To end the clinic")
        assert "cannot overwrite memory" in " ".join(window.everything().split())
        window.send(ENTER)
        window.wait_for("Your answer:")
        window.reply("y")
        assert window.end() == 0
    assert list((tmp_path / "out").glob("*.html"))


def test_the_weekly_job_starts_it(program: Path, apart: dict[str, str], tmp_path: Path) -> None:
    """The command is the one that the packed program itself hands to the scheduler."""
    (tmp_path / "bin").mkdir()
    Computer(tmp_path / "bin").has("systemctl")
    done = start([str(program), "remind", "install"], apart | {"PATH": str(tmp_path / "bin")}, tmp_path)
    assert done.returncode == 0, done.stderr
    [service] = Path(apart["HOME"]).rglob("*.service")
    line = service.read_text().partition("ExecStart=")[2].partition("\n")[0]
    words = shlex.split(line)
    assert words[-3:] == [str(program), "due", "--notify"]
    ran = start(words[-3:], apart, tmp_path)
    assert (ran.returncode, ran.stdout) == (0, "There is no history yet.\n")


def test_a_program_that_is_not_packed_starts_as_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that is, by its own name; one in a zip file, by that file."""
    assert again.command("due")[0] == sys.executable
    assert again.command("due")[-3:] == ("-m", "privacyaudit", "due")
    file = shutil.make_archive(str(tmp_path / "app"), "zip", packing.ROOT / "locks")
    monkeypatch.setattr(sys, "argv", [file])
    assert again.command("due") == (sys.executable, file, "due")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/pa/privacyaudit")
    assert again.command("due") == ("/opt/pa/privacyaudit", "due")
