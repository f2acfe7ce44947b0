"""Accounts that are set up in an odd way: without a home, or with folders that belong to somebody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

needs_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can become somebody else")
NOBODY_KNOWN = 54321


def run(*words: str, user: int, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "privacyaudit", *words]
    plain = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(
        ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *command],
        env=plain | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        cwd="/",
        check=False,
    )


@pytest.fixture
def reachable() -> None:
    """Another account must be able to start this Python at all."""
    if run("--version", user=NOBODY_KNOWN).returncode != 0:
        pytest.skip("another account cannot start the Python of these tests")


@needs_root
@pytest.mark.usefixtures("reachable")
def test_without_a_home_there_is_a_sentence() -> None:
    done = run("audit", "everyday", "--no-input", user=NOBODY_KNOWN)
    assert done.returncode == 2
    assert done.stderr.startswith("This account has no home folder")
    assert "fault in privacyaudit" not in done.stderr


@needs_root
@pytest.mark.usefixtures("reachable")
@pytest.mark.parametrize("words", ["audit everyday --no-input", "due", "clean --yes", "history list", "clinic report"])
def test_folders_of_somebody_else_are_named(words: str, runs: Path) -> None:
    """As after one start with sudo. “There is no history” would be a guess."""
    home = runs / "home"
    home.mkdir(mode=0o755)
    runs.chmod(0o755)
    for name in ("state", "data"):
        (home / name).mkdir(mode=0o700)
    os.chown(home, NOBODY_KNOWN, NOBODY_KNOWN)
    folders = {"PRIVACYAUDIT_STATE": str(home / "state"), "PRIVACYAUDIT_DATA": str(home / "data")}
    done = run(*words.split(), user=NOBODY_KNOWN, HOME=str(home), **folders)
    assert "fault in privacyaudit" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode in (1, 2), done.stdout
    assert str(home) in done.stderr


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    words = 'cd "$0" && rmdir "$0" && exec "$1" -P -m privacyaudit audit everyday --no-input --no-open --out x'
    done = subprocess.run(
        ["sh", "-c", words, str(gone), sys.executable], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "The folder that you started the program in no longer exists." in done.stderr
    assert "fault in privacyaudit" not in done.stderr
