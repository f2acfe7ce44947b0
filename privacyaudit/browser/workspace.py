"""The folder in which a browser keeps its profile while it runs, gone afterwards, swept if a run was cut off."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PREFIX = "privacyaudit-run-"
_LOCK = "lock"


@contextmanager
def workspace() -> Iterator[Path]:
    """Make a private folder that a browser and its driver use for everything, and remove it at the end.

    Their temporary folder (TMPDIR, TEMP, TMP) points into it for as long as it exists.
    """
    from filelock import FileLock

    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = FileLock(folder / _LOCK)
    lock.acquire(timeout=0)
    before = {name: os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")}
    os.environ.update(dict.fromkeys(before, str(folder)))
    try:
        yield folder
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
        lock.release()
        remove(folder)


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
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        lock = _try_lock(folder)
        if lock is not None:
            lock.release()
            found.append(folder)
    return found


def sweep() -> list[Path]:
    """Remove what earlier runs that were cut off left behind, and return the folders removed."""
    return [folder for folder in leftovers() if remove(folder)]


def _try_lock(folder: Path) -> Any:
    from filelock import FileLock, Timeout

    if not folder.is_dir() or (hasattr(os, "getuid") and folder.stat().st_uid != os.getuid()):
        return None
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return None
    return lock
