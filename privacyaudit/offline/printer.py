"""The system's own printer queue (CUPS): whether there is one, and sending a page to it without a file."""

from __future__ import annotations

import shutil
import subprocess

from privacyaudit.errors import SaveError
from privacyaudit.i18n import _

TITLE = "Paper"  # the name of the job, which others may see
_PATIENCE = 30  # seconds


def ready() -> bool:
    """Tell whether there is a printer that is used when none is named (`lpstat -d`, which every CUPS has)."""
    lpstat = shutil.which("lpstat")
    if not (lpstat and shutil.which("lp")):
        return False
    try:
        done = subprocess.run([lpstat, "-d"], capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b":" in done.stdout


def send(pdf: bytes) -> None:
    """Send a PDF to the usual printer. Raises SaveError when the queue does not take it."""
    try:
        done = subprocess.run(["lp", "-t", TITLE, "-"], input=pdf, capture_output=True, timeout=_PATIENCE, check=False)
        said = done.stderr.decode(errors="replace").strip()
        trouble = said or f"lp: {done.returncode}" if done.returncode else ""
    except (OSError, subprocess.TimeoutExpired) as error:
        trouble = str(error)
    if trouble:
        raise SaveError(
            _("The printer did not accept the pages: {trouble}.").format(trouble=trouble),
            _("Check the printer, or take a file or the codes instead."),
        )
