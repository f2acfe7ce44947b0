"""The folder in which a browser keeps its profile while it runs, gone afterwards, swept if a run was cut off."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from privacyaudit.browser import no_start
from privacyaudit.errors import SaveError
from privacyaudit.storage import files

PREFIX = "privacyaudit-run-"
_LOCK = "lock"
_LONGEST = 30


@contextmanager
def workspace() -> Iterator[Path]:
    """Make a private folder that a browser and its driver use for everything, and remove it at the end.

    Their temporary folder (TMPDIR, TEMP, TMP) points into it for as long as it exists. Raises BrowserStartError where
    nothing can be written there.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=_base()))
        held = files.hold(folder / _LOCK)
    except (OSError, SaveError) as error:
        raise no_start.no_folder(tempfile.tempdir or "") from error
    before = {name: os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")}
    os.environ.update(dict.fromkeys(before, str(folder)))
    try:
        yield folder
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
        if held:
            held.release()
        remove(folder)


def _base() -> Path:
    """Return the temporary folder, or /tmp where that one's name is too long for the sockets a browser makes there.

    The limit is that of the operating system: 108 characters on Linux, 104 on macOS.
    """
    usual = Path(tempfile.gettempdir())
    return Path("/tmp") if os.name == "posix" and len(str(usual)) > _LONGEST else usual  # noqa: S108


def remove(folder: Path, patience: float = 5.0) -> bool:
    """Remove a folder, trying again for `patience` seconds while a browser that is ending still writes into it."""
    until = time.monotonic() + patience
    while folder.exists():
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists() or time.monotonic() > until:
            break
        time.sleep(0.05)
    return not folder.exists()


def leftovers() -> list[Path]:
    """Return the folders of runs that were cut off: nobody holds their lock any more."""
    found = []
    for folder in _base().glob(f"{PREFIX}*"):
        if not folder.is_dir() or (hasattr(os, "getuid") and folder.stat().st_uid != os.getuid()):
            continue
        with suppress(SaveError):
            if files.surely_free(folder / _LOCK):
                found.append(folder)
    return found


def sweep() -> list[Path]:
    """Remove what earlier runs that were cut off left behind, and return the folders removed."""
    return [folder for folder in leftovers() if remove(folder)]
