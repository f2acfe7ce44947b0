"""Opening a page in the person's own browser: a question's page, a report, the board of a clinic."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from privacyaudit.cli.terminal import say
from privacyaudit.i18n import _

OpenPage = Callable[[str], bool]

_IN_THE_TERMINAL = ("www-browser", "links", "links2", "elinks", "lynx", "w3m", "browsh")
"""Browsers without a window: they would take the terminal away from the program."""
_PATIENCE_S = 1.0


def show_page(address: str) -> None:
    """Open a web address in the person's browser, or say where it is when that cannot be done."""
    if not open_page(address):
        say(not_opened(address))


def not_opened(address: str) -> str:
    """Return what to say of a page that could not be opened."""
    return _("We could not open a browser. Open this address in your own browser: {address}").format(address=address)


def open_page(address: str) -> bool:
    """Open a web address in a window of the person's browser and tell whether one was found.

    What is started keeps its messages out of the terminal; one that ends with an error at once has opened nothing.
    """
    import webbrowser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if Path(getattr(browser, "name", "")).name in _IN_THE_TERMINAL:
        return False
    if not isinstance(browser, webbrowser.GenericBrowser):
        return browser.open(address)
    command = [browser.name, *(argument.replace("%s", address) for argument in browser.args)]
    quiet = subprocess.DEVNULL
    try:
        started = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
        return not started.wait(_PATIENCE_S)
    except OSError:
        return False
    except subprocess.TimeoutExpired:
        return True
