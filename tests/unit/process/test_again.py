"""How the program starts itself again: in no folder's company, and with the settings that it has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from privacyaudit.process import again


def test_a_module_that_lies_in_the_folder_is_not_taken_for_pythons(tmp_path: Path) -> None:
    (tmp_path / "secrets.py").write_text("raise SystemExit('the file of the folder was run')")
    done = subprocess.run(
        [*again.command("--version")], cwd=tmp_path, capture_output=True, text=True, env=os.environ, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    code = "import secrets"
    words = [word if word != "privacyaudit" else "base64" for word in again.command()]
    assert "-P" in words
    taken = subprocess.run([sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert taken.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="on Windows such a setting is the account's")
def test_a_scheduler_is_told_the_settings_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVACYAUDIT_DATA", str(tmp_path / "my data"))
    monkeypatch.delenv("PRIVACYAUDIT_STATE")
    monkeypatch.setenv("PRIVACYAUDIT_SECRET", "never")
    words = again.command_as_set("due")
    assert words[1:] == (f"PRIVACYAUDIT_DATA={tmp_path / 'my data'}", *again.command("due"))
    told = subprocess.run(
        [*words[:2], sys.executable, "-c", "import os; print(os.environ['PRIVACYAUDIT_DATA'])"],
        capture_output=True,
        text=True,
        env={},
        check=True,
    )
    assert told.stdout == f"{tmp_path / 'my data'}\n"
    monkeypatch.delenv("PRIVACYAUDIT_DATA")
    assert again.command_as_set("due") == again.command("due")
