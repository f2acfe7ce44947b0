"""Chromium's own sandbox, which keeps a page away from the account's files, and where it cannot be had."""

from __future__ import annotations

import os
import re
import sys

from privacyaudit.browser import find
from privacyaudit.i18n import _

_NOT_TO_BE_HAD = re.compile(
    r"No usable sandbox|Running as root without --no-sandbox|Failed to move to new namespace|SUID sandbox helper"
)
_without: set[find.Browser] = set()


def wanted(program: find.Browser) -> bool:
    """Tell whether a browser is to start in its sandbox: always, but as root, or where it said it has none."""
    return not _is_root() and program not in _without


def is_missing(program: find.Browser, said: str) -> bool:
    """Tell whether a browser did not start only for want of its sandbox, and remember it for the next start."""
    if not wanted(program) or not _NOT_TO_BE_HAD.search(said):
        return False
    _without.add(program)
    return True


def reason() -> tuple[str, str]:
    """Return why a browser here works without its sandbox, and what to do."""
    if _is_root():
        return (
            _(
                "The browser runs without its own sandbox, as every browser does when the administrator (root) "
                "starts it."
            ),
            _("Start the program from your normal account."),
        )
    return (
        _("The browser runs without its own sandbox, because this computer does not allow one."),
        _(
            "The browser still cannot change anything. On Debian: sudo apt install chromium-sandbox. On Ubuntu, "
            "Chrome from Google's website has a sandbox."
        ),
    )


def _is_root() -> bool:
    return sys.platform.startswith("linux") and os.geteuid() == 0
