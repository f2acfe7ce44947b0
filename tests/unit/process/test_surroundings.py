"""What is taken out of the environment before a browser is driven, and what stays."""

from __future__ import annotations

import os

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
