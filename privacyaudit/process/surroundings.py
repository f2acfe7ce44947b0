"""What the account's environment may not tell the browser and the program that drives it."""

from __future__ import annotations

import os
import sys

_STEERS = (
    *("DEBUG", "INTERNAL_PW_", "NODE_", "NPM_CONFIG_", "PLAYWRIGHT_", "PWDEBUG", "PWTEST_", "PW_", "SELENIUM_"),
    *("CHROME_", "CHROMIUM_", "SSLKEYLOGFILE"),
)
"""How such variables begin: they stop the driver in a debugger, load code into it, or write down what it passes on."""

_WHERE_IT_IS = ("PLAYWRIGHT_BROWSERS_PATH", "PLAYWRIGHT_NODEJS_PATH")
"""Where an installation has its parts."""


def desktop() -> bool:
    """Tell whether somebody sits at a desktop and has started the program in a terminal there."""
    if not (sys.stdout and sys.stdout.isatty()) or os.environ.get("SSH_CONNECTION"):
        return False
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def steer_no_browser() -> None:
    """Take out of the environment what would change how a browser is driven.

    Playwright reads some of it when it is imported, so this comes before everything else.
    """
    for name in list(os.environ):
        if name.upper().startswith(_STEERS) and name.upper() not in _WHERE_IT_IS:
            del os.environ[name]
