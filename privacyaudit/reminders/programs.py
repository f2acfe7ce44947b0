"""Which program of this computer opens calendar files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress

PATIENCE = 5


def for_calendar_files() -> str:
    """Return what the system calls the program that opens calendar files; empty where there is none."""
    if sys.platform == "darwin":
        return "Calendar"
    if sys.platform == "win32":
        import winreg

        with suppress(OSError):
            return str(winreg.QueryValue(winreg.HKEY_CLASSES_ROOT, ".ics"))
        return ""
    if asked := shutil.which("xdg-mime"):
        with suppress(OSError, subprocess.SubprocessError):
            command = [asked, "query", "default", "text/calendar"]
            done = subprocess.run(
                command, capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False
            )
            return done.stdout.strip().removesuffix(".desktop")
    return ""
