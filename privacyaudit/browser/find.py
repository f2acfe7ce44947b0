"""Which browser there is on this computer."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from privacyaudit import extras
from privacyaudit.errors import BrowserStartError
from privacyaudit.i18n import _
from privacyaudit.process import again

VARIABLE = "PRIVACYAUDIT_BROWSER"

_NAMES = (
    *("google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable"),
    *("chromium", "chromium-browser", "brave-browser", "brave-browser-stable", "brave"),
    *("google-chrome-beta", "google-chrome-unstable", "microsoft-edge-beta", "microsoft-edge-dev"),
)
_SHELL = "chromium-headless-shell"
_MADE_OF_CHROMIUM = ("Google Chrome", "Microsoft Edge", "Chromium", "Brave Browser", "Google Chrome Beta")
_PLACES = {
    "linux": ("/snap/bin/chromium",),
    "darwin": tuple(
        f"{folder}/{name}.app/Contents/MacOS/{name}"
        for folder in ("/Applications", "~/Applications")
        for name in _MADE_OF_CHROMIUM
    ),
    "win32": tuple(
        rf"{base}\{place}"
        for place in (
            r"Google\Chrome\Application\chrome.exe",
            r"Microsoft\Edge\Application\msedge.exe",
            r"BraveSoftware\Brave-Browser\Application\brave.exe",
            r"Google\Chrome Beta\Application\chrome.exe",
        )
        for base in ("%ProgramFiles%", "%ProgramFiles(x86)%", "%LocalAppData%")
    ),
}
_FLATPAKS = tuple(
    f"{folder}/flatpak/exports/bin/{name}"
    for folder in ("/var/lib", "~/.local/share")
    for name in ("com.google.Chrome", "org.chromium.Chromium", "com.microsoft.Edge", "com.brave.Browser")
)
"""Small programs that start the browser in a box of Flatpak's and hand it the words with which they were started."""


@dataclass(frozen=True)
class Browser:
    """A browser program, and whether it can show a window."""

    path: Path
    window: bool = True


def find(*, headless: bool) -> Browser:
    """Return the browser to use.

    Order: the variable PRIVACYAUDIT_BROWSER; for a session without a window Debian's chromium-headless-shell, which
    calls nobody on its own; Chrome, Edge, Chromium or Brave as installed; Playwright's own; one in a Flatpak. Raises
    BrowserStartError with what to do on this system, or MissingExtra.
    """
    need_playwright()
    if chosen := os.environ.get(VARIABLE):
        path = Path(shutil.which(chosen) or chosen)
        if not path.is_file():
            raise BrowserStartError(
                _("{variable} is set to {path}, which does not exist.").format(variable=VARIABLE, path=chosen),
                _("Correct the variable, or remove it so that the program looks for a browser."),
            )
        return Browser(path, window="headless-shell" not in path.name)
    if headless and (shell := shutil.which(_SHELL)):
        return Browser(Path(shell), window=False)
    for name in _NAMES:
        if found := shutil.which(name):
            return Browser(Path(found))
    if rarer := _there(_PLACES.get(sys.platform, ())) or _playwrights_own() or _there(_FLATPAKS):
        return Browser(rarer)
    raise BrowserStartError(_("The program found no browser that it can use."), advice())


def need_playwright() -> None:
    """Raise MissingExtra when the browser part is not installed."""
    extras.need("browser")


def need_screen() -> None:
    """Raise BrowserStartError on a computer without a screen, where a person cannot sign in by hand."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise no_screen()


def no_screen() -> BrowserStartError:
    """Return what to say where no window can be shown."""
    return BrowserStartError(
        _("This computer has no screen to show a browser window on."),
        _(
            "Answer by hand, or use a saved sign-in: privacyaudit audit --browser --headless --fill. Neither needs "
            "a window."
        ),
    )


def advice() -> str:
    """Return the sentence that says how to get a browser on this system."""
    if again.packed():
        if sys.platform in ("darwin", "win32"):
            return _("Install Microsoft Edge or Google Chrome, then try again.")
        return _(
            "On Debian: sudo apt install chromium. On other systems, install Google Chrome. If your browser is "
            "somewhere else, set the variable {variable} to its path."
        ).format(variable=VARIABLE)
    if sys.platform == "darwin":
        return _("Install Google Chrome, or run: python -m playwright install chromium")
    if sys.platform == "win32":
        return _("Install Microsoft Edge or Google Chrome, then try again.")
    return _(
        "On Debian: sudo apt install chromium. On other systems, install Google Chrome, or run: python -m "
        "playwright install chromium. If your browser is somewhere else, set the variable {variable} to its "
        "path."
    ).format(variable=VARIABLE)


def no_driver() -> BrowserStartError:
    """Return what to say where the part that drives the browser does not start."""
    return BrowserStartError(
        _("The part of the program that controls the browser did not start."),
        _("Unpack the program again. You can still answer by hand.")
        if again.packed()
        else _('Install that part again with: pip install --force-reinstall "privacyaudit[browser]"'),
    )


def _there(places: Sequence[str]) -> Path | None:
    paths = (Path(os.path.expandvars(place)).expanduser() for place in places)
    return next((path for path in paths if path.is_file()), None)


def _playwrights_own() -> Path | None:
    from playwright.sync_api import sync_playwright

    try:
        with sync_playwright() as playwright:
            path = Path(playwright.chromium.executable_path)
    except Exception as error:  # of a driver that ends at once Playwright says so with no kind of its own
        raise no_driver() from error
    return path if path.is_file() else None
