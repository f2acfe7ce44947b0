"""What is taken out of the environment before a browser is driven, and what stays."""

from __future__ import annotations

import os
import sys

import pytest

from privacyaudit.process import surroundings

STEERS = (
    *("PWDEBUG", "npm_config_pwdebug", "DEBUG", "DEBUG_FILE", "NODE_OPTIONS", "NODE_DEBUG", "PW_TEST_CDN"),
    *("PLAYWRIGHT_PROXY_BYPASS_FOR_TESTING", "SELENIUM_REMOTE_URL", "CHROME_CONFIG_HOME", "CHROMIUM_FLAGS"),
)
STAYS = ("PLAYWRIGHT_BROWSERS_PATH", "PLAYWRIGHT_NODEJS_PATH", "PATH", "LANG", "PWD", "DISPLAY")


def test_what_steers_a_browser_goes_and_where_things_are_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*STEERS, *STAYS):
        monkeypatch.setenv(name, "x")
    surroundings.steer_no_browser()
    assert {name for name in (*STEERS, *STAYS) if name in os.environ} == set(STAYS)


class _Stream:
    def __init__(self, *, terminal: bool) -> None:
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.mark.parametrize(
    ("packed", "terminals", "at_a_desktop"),
    [
        (True, (), True),  # a double click
        (False, (), False),  # a job of cron, or a script
        (True, ("stdin", "stderr"), False),  # its output goes to a file or to another program
        (True, ("stdin", "stdout", "stderr"), True),
        (False, ("stdin", "stdout", "stderr"), True),
    ],
)
def test_a_double_click_on_a_packed_program_is_at_a_desktop_too(
    packed: bool, terminals: tuple[str, ...], at_a_desktop: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, _Stream(terminal=name in terminals))
    monkeypatch.setattr(sys, "frozen", packed, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    told = surroundings.desktop()
    monkeypatch.setenv("SSH_CONNECTION", "somewhere")
    told_far_away = surroundings.desktop()
    monkeypatch.undo()
    assert (told, told_far_away) == (at_a_desktop, False)
