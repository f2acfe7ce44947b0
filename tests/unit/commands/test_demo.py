"""The demo, as a newcomer runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacyaudit.demo import accounts
from tests.support import in_process
from tests.support.demo_command import found


def test_without_a_browser_the_demo_says_so_and_uses_built_in_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    result = in_process.run("demo", "--no-open", "--out", str(tmp_path))
    assert result.returncode == 0, result.stderr
    assert "The program has no browser to read Pebble with" in result.stdout
    assert found(tmp_path) == accounts.answers("mixed")


def test_an_unknown_account_is_one_sentence(tmp_path: Path) -> None:
    result = in_process.run("demo", "--no-open", "--out", str(tmp_path), "--account", "nobody")
    assert result.returncode == 2
    assert "nobody" in result.stderr
    assert "Traceback" not in result.stderr
