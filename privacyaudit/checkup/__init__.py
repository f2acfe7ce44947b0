"""What works on this computer, found out by trying it. It prints nothing, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from privacyaudit.checkup import browser, clinic, folders, keyring, network, reminders
from privacyaudit.checkup.line import Line
from privacyaudit.i18n import N_

__all__ = ["PARTS", "Line"]

PARTS: dict[str, Callable[[], Iterator[Line]]] = {
    N_("Browser"): browser.lines,
    N_("Network"): network.lines,
    N_("Keyring"): keyring.lines,
    N_("Clinic"): clinic.lines,
    N_("Reminders"): reminders.lines,
    N_("Folders"): folders.lines,
}
"""What is tried, under its heading in English, in the order in which it is told."""
