"""Whether somebody listens rather than looks: a screen reader runs, or plain questions were asked for for good."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from privacyaudit.process import others
from privacyaudit.storage import reading

SETTING = "PRIVACYAUDIT_PLAIN"
"""Set to anything, every question comes in plain lines, as with `--plain`."""
READERS = frozenset({"orca", "fenrir", "yasr", "brltty"})
SPEAKUP = Path("/sys/accessibility/speakup")
_GET_SCREEN_READER = 0x46  # SPI_GETSCREENREADER of SystemParametersInfo, which NVDA, JAWS and Narrator set
_VOICE_OVER = "Library/Preferences/com.apple.universalaccess.plist"


def wants_plain() -> bool:
    """Tell whether plain lines are the better questions here, without being asked for on the command line."""
    return bool(os.environ.get(SETTING)) or screen_reader()


def screen_reader() -> bool:
    """Tell whether a screen reader is running, as far as the system says so; no program is started to find out."""
    if sys.platform == "win32":
        return _on_windows()
    if sys.platform == "darwin":
        return _on_a_mac()
    return SPEAKUP.is_dir() or bool(READERS & others.running())


def _on_windows() -> bool:
    import ctypes

    runs = ctypes.c_int(0)
    with suppress(AttributeError, OSError):
        ctypes.windll.user32.SystemParametersInfoW(_GET_SCREEN_READER, 0, ctypes.byref(runs), 0)  # type: ignore[attr-defined,unused-ignore]
    return bool(runs.value)


def _on_a_mac() -> bool:
    import plistlib

    with suppress(OSError, ValueError), reading.opened(Path.home() / _VOICE_OVER) as file:
        return bool(plistlib.load(file).get("voiceOverOnOffKey"))
    return False
