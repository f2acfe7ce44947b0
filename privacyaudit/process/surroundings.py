"""What the account's environment may not tell the browser and the program that drives it."""

from __future__ import annotations

import os
import sys

from privacyaudit.process import again

_STEERS = (
    *("DEBUG", "INTERNAL_PW_", "NODE_", "NPM_CONFIG_", "PLAYWRIGHT_", "PWDEBUG", "PWTEST_", "PW_", "SELENIUM_"),
    *("CHROME_", "CHROMIUM_", "SSLKEYLOGFILE"),
)
"""How such variables begin: they stop the driver in a debugger, load code into it, or write down what it passes on."""

_WHERE_IT_IS = ("PLAYWRIGHT_BROWSERS_PATH", "PLAYWRIGHT_NODEJS_PATH")
"""Where an installation has its parts."""


def desktop() -> bool:
    """Tell whether somebody sits at a desktop and has started the program there: in a terminal, or by a double click.

    A double click is for a packed program, and it comes without any terminal.
    """
    at_a_terminal = _at_a_terminal()
    clicked = again.packed() is not None and not any(at_a_terminal)
    return (at_a_terminal[0] or clicked) and _on_a_screen()


def unseen() -> bool:
    """Tell whether somebody sits at a desktop and sees nothing of what is printed: an entry of the menu started it."""
    return not any(_at_a_terminal()) and _on_a_screen()


def _at_a_terminal() -> list[bool]:
    return [bool(one and one.isatty()) for one in (sys.stdout, sys.stdin, sys.stderr)]


def _on_a_screen() -> bool:
    if os.environ.get("SSH_CONNECTION"):
        return False
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def steer_no_browser() -> None:
    """Take out of the environment what would change how a browser is driven.

    Playwright reads some of it when it is imported, so this comes before everything else.
    """
    for name in list(os.environ):
        if name.upper().startswith(_STEERS) and name.upper() not in _WHERE_IT_IS:
            del os.environ[name]
