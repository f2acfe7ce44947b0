"""The demo in a real browser, as a newcomer runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from privacyaudit.browser import find
from privacyaudit.demo import accounts
from tests.support import by_day, nursery
from tests.support.demo_command import demo, found

pytestmark = pytest.mark.browser

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.mark.parametrize("account", by_day.part(accounts.ACCOUNTS, 3))
def test_the_demo_shows_the_true_state_of_each_pretend_account(account: str, tmp_path: Path) -> None:
    result = demo(tmp_path, "--account", account)
    assert result.returncode == 0, result.stderr
    assert found(tmp_path) == accounts.answers(account)
    assert "Signed out: confirmed" in result.stdout
    name = accounts.ACCOUNTS[account].display_name
    for file in tmp_path.glob("privacy-audit-*"):
        assert name not in file.read_text(encoding="utf-8-sig"), f"page text in {file.name}"
        assert file.stat().st_mode & 0o777 == 0o600
    [report] = tmp_path.glob("*.html")
    is_accessible_and_asks_for_nothing(report)


@pytest.mark.parametrize("seconds", [0, 0.5, 1.2])
def test_ctrl_c_ends_it_with_one_sentence_at_any_moment(seconds: float, tmp_path: Path) -> None:
    """It goes to everything that was started from the terminal, and no library has something to add.

    Before the reading has begun there is nothing to say.
    """
    command = [sys.executable, "-m", "privacyaudit", "demo", "--no-open", "--out", str(tmp_path)]
    with nursery.Program(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, start_new_session=True
    ) as process:
        assert process.stdout
        assert next(line for line in process.stdout if "Reading Pebble" in line)
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        _out, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert said == "Stopped. No report was written.\n" or (said, seconds) == ("", 0)


def is_accessible_and_asks_for_nothing(report: Path) -> None:
    requests: list[str] = []
    messages: list[str] = []
    program = find.find(headless=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(program.path))
        for scheme in SCHEMES:
            page = browser.new_context(color_scheme=scheme, viewport={"width": 390, "height": 800}).new_page()
            page.on("request", lambda request: requests.append(request.url))
            page.on("console", lambda message: messages.append(message.text))
            page.goto(report.as_uri())
            assert Axe().run(page).violations_count == 0, scheme
        browser.close()
    assert requests == [report.as_uri()] * len(SCHEMES)
    assert messages == []
