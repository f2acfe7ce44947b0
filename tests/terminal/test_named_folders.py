"""Folders that somebody names, and that a cloud copies elsewhere: asked about in a real terminal, whatever writes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.support import in_process
from tests.support.terminal import STOP, Terminal

CLOUD = "OneDrive - Example County Council"
ASKED = "Write them there anyway?"


@pytest.fixture
def cloud(tmp_path: Path) -> Path:
    folder = tmp_path / CLOUD
    folder.mkdir()
    return folder


@pytest.fixture
def record(tmp_path: Path) -> Path:
    done = in_process.run(
        "audit", "everyday", "--area", "logout", "--no-input", "--no-open", "--out", str(tmp_path / "a")
    )
    assert done.returncode == 0, done.stderr
    [made] = (tmp_path / "a").glob("*.json")
    return made


def window(*words: str) -> Terminal:
    names = ("HOME", "PRIVACYAUDIT_STATE", "PRIVACYAUDIT_DATA")
    env = {name: os.environ[name] for name in names} | {"PRIVACYAUDIT_PLAIN": "1"}
    return Terminal([sys.executable, "-m", "privacyaudit", *words], env=env, columns=300)


@pytest.mark.terminal
@pytest.mark.parametrize(
    "words",
    [
        "report RECORD --no-open --out CLOUD",
        "compare RECORD RECORD --no-open --out CLOUD",
        "page everyday --out CLOUD/page.html",
        "remind ics --out CLOUD/reminder.ics",
        "history export CLOUD/history.json",
    ],
)
def test_who_says_no_has_nothing_written_there(words: str, cloud: Path, record: Path) -> None:
    typed = [word.replace("CLOUD", str(cloud)).replace("RECORD", str(record)) for word in words.split()]
    with window(*typed) as terminal:
        terminal.wait_for(ASKED)
        terminal.reply("n")
        assert terminal.end() == 2
        assert "You said no, so nothing was written." in terminal.everything()
    assert list(cloud.iterdir()) == []


def test_a_script_is_told_and_not_asked(cloud: Path, record: Path) -> None:
    done = in_process.run("report", str(record), "--no-open", "--out", str(cloud))
    assert done.returncode == 0
    assert ASKED not in done.stdout
    assert "OneDrive" in done.stdout
    assert list(cloud.iterdir()) != []


def test_answers_that_are_kept_in_a_cloud_are_said_at_every_audit(
    cloud: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIVACYAUDIT_STATE", str(cloud / "state"))
    for _time in (1, 2):
        done = in_process.run("audit", "everyday", "--no-input", "--no-open", "--out", str(tmp_path / "out"))
        assert f"The program keeps your answers in {cloud / 'state'} until it writes the report." in done.stdout
        assert "a cloud that belongs to an employer" in done.stdout


def test_a_folder_is_shown_whole(cloud: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(cloud)
    done = in_process.run("audit", "everyday", "--no-input", "--no-open", "--out", ".")
    assert f"The files will be in {cloud}. " in done.stdout


@pytest.mark.terminal
def test_ctrl_c_at_a_passphrase_ends_in_one_sentence(tmp_path: Path) -> None:
    with window("audit", "everyday", "--keep", "--passphrase", "--out", str(tmp_path / "out")) as terminal:
        terminal.wait_for("Passphrase (you will not see what you type)")
        terminal.send(STOP)
        assert terminal.end() == 130
        assert "Stopped. Nothing was changed." in terminal.everything()
        assert "Aborted" not in terminal.everything()
