"""A folder in which nothing can be written is found before anything is asked or read."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacyaudit.checkup import folders
from privacyaudit.storage import folders as places
from tests.support import in_process, machines


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """A folder that nobody can make, not even root: a file is in the way."""
    (tmp_path / "file").write_text("mine")
    return tmp_path / "file" / "reports"


def test_an_audit_asks_nothing_when_its_report_could_not_be_written(nowhere: Path) -> None:
    done = in_process.run("audit", "texting", "--plain", "--no-keep", "--out", str(nowhere), typed="1\n" * 60)
    assert done.returncode == 1
    assert f"{nowhere} could not be written" in done.stderr
    assert "Question 1" not in done.stdout
    assert not (places.state() / "unfinished.jsonl").exists()


def test_a_demo_reads_nothing_in_a_home_that_is_for_reading_only(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    env = {"PRIVACYAUDIT_STATE": str(home / "state"), "PRIVACYAUDIT_BROWSER": "/bin/false"}
    words = ["-m", "privacyaudit", "demo", "--no-open", "--out", str(tmp_path / "out")]
    done = machines.run(words, read_only=[str(home)], env=env)
    assert done.returncode == 1
    assert f"{home}/state could not be written: Read-only file system" in done.stderr.replace("\n", " ")
    assert "Pebble" not in done.stdout + done.stderr


def test_a_probe_reads_nothing_when_it_could_keep_nothing(nowhere: Path) -> None:
    done = in_process.run("probe", "mastodon", "--site", "https://m.example", "--save", str(nowhere), "--no-input")
    assert f"{nowhere} could not be written" in done.stderr


def test_doctor_tells_of_a_folder_that_cannot_be_made(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVACYAUDIT_STATE", str(nowhere))
    monkeypatch.setenv("PRIVACYAUDIT_DATA", str(nowhere / "data"))
    unfinished, _reports, history, *_rest = folders.lines()
    assert (unfinished.works, history.works) == (False, False)
    assert "could not be written" in unfinished.advice
