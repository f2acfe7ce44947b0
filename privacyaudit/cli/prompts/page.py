"""Opening a page in the person's own browser."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence

Choices = Sequence[tuple[str, str]]


OpenPage = Callable[[str], bool]


def open_page(address: str) -> bool:
    """Open a web address in the person's browser and tell whether one was found.

    A browser that stays in the background keeps its own messages out of the terminal.
    """
    import webbrowser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if not isinstance(browser, webbrowser.BackgroundBrowser):
        return browser.open(address)
    command = [browser.name, *(argument.replace("%s", address) for argument in browser.args)]
    quiet = subprocess.DEVNULL
    try:
        subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError:
        return False
    return True
