"""The demo, as a newcomer runs it."""

from __future__ import annotations

from pathlib import Path

from privacyaudit.demo import accounts
from tests.support.demo_command import demo, found


def test_without_a_browser_the_demo_says_so_and_uses_built_in_answers(tmp_path: Path) -> None:
    result = demo(tmp_path, PATH=str(tmp_path), PLAYWRIGHT_BROWSERS_PATH=str(tmp_path))
    assert result.returncode == 0, result.stderr
    assert "There is no browser to read with" in result.stdout
    assert found(tmp_path) == accounts.answers("mixed")


def test_an_unknown_account_is_one_sentence(tmp_path: Path) -> None:
    result = demo(tmp_path, "--account", "nobody")
    assert result.returncode == 2
    assert "nobody" in result.stderr
    assert "Traceback" not in result.stderr
