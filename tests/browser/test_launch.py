"""Starting a real browser, or a program that is none."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from privacyaudit.browser import find, launch
from privacyaudit.browser.gate import Gate
from privacyaudit.demo import accounts
from privacyaudit.errors import BrowserError
from tests.support import in_process
from tests.support.demo_command import found
from tests.support.site import Site

pytestmark = pytest.mark.browser


def test_a_program_that_is_no_browser_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho I am no browser\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv(find.VARIABLE, str(broken))
    gate = Gate([])
    with (
        launch.playwright() as driver,
        pytest.raises(BrowserError, match="did not start"),
        launch.browser(driver, find.find(headless=True), gate, headless=True),
    ):
        pass


def test_the_fence_and_the_gate_keep_the_browsers_own_calls_in(site: Site) -> None:
    """A real browser, left alone for a while: nothing but the page itself got through."""
    gate = Gate([site.host])
    with (
        launch.playwright() as driver,
        launch.browser(driver, find.find(headless=True), gate, headless=True) as running,
    ):
        page = running.new_context().new_page()
        page.goto(f"{site.origin}/page")
        page.wait_for_timeout(1_500)
    assert set(site.paths()) <= {"/page", "/favicon.ico"}
    threads = [thread for thread in threading.enumerate() if not thread.daemon]
    assert threads == [threading.main_thread()]


@pytest.mark.parametrize("there", [True, False])
def test_without_a_browser_the_questions_are_asked_by_hand_and_the_report_says_why(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "chromium"
    if there:
        program.write_text("#!/bin/sh\nkill -SEGV $$\n")
        program.chmod(0o755)
    monkeypatch.setenv(find.VARIABLE, str(program))
    monkeypatch.setenv("DISPLAY", ":7")
    words = ["audit", "wikipedia", "mastodon", "--site", "mastodon=https://m.example", "--browser", "--area", "contact"]
    words += ["--role", "teacher", "--plain", "--no-open", "--no-keep", "--out", str(tmp_path / "out")]
    done = in_process.run(*words, typed="1\ny\ny\n1\n" + "s\n" * 40)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr.count(str(program)) == 1, "said once, not for each platform"
    [record] = (tmp_path / "out").glob("*.json")
    findings = json.loads(record.read_text())["findings"]
    assert [one["verdict"] for one in findings].count("unknown") == len(findings) - 1
    reasons = {seen.get("reason") for one in findings for seen in one["observations"] if seen["reader"] == "web"}
    assert reasons == {"no_browser"}


def test_a_demo_whose_browser_does_not_start_says_why_and_uses_built_in_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\nkill -SEGV $$\n")
    program.chmod(0o755)
    monkeypatch.setenv(find.VARIABLE, str(program))
    done = in_process.run("demo", "--no-open", "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert "was stopped while it was starting (SIGSEGV). So the demo uses built-in answers." in done.stderr
    assert found(tmp_path / "out") == accounts.answers("mixed")
