"""What takes seconds to make and depends on files alone is made once for all tests, and again when a file changes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".cache" / "made"


def made_once(name: str, of: Iterable[bytes], make: Callable[[], bytes]) -> bytes:
    """Return what was made under this name from these parts before, or make it now and keep it in place of the last."""
    whole = sha256()
    for part in of:
        whole.update(sha256(part).digest())
    path = FOLDER / f"{name}-{whole.hexdigest()[:20]}"
    if not path.exists():
        _keep(path, make())
        for old in set(FOLDER.glob(f"{name}-*")) - {path}:
            old.unlink(missing_ok=True)
    return path.read_bytes()


def below(*folders: str) -> Iterable[bytes]:
    """Return the names and contents of the files below folders of the project, without what Python compiled."""
    for path in sorted(path for folder in folders for path in _files(ROOT / folder)):
        if path.is_file() and "__pycache__" not in path.parts:
            yield str(path.relative_to(ROOT)).encode()
            yield path.read_bytes()


def _files(path: Path) -> Iterable[Path]:
    return path.rglob("*") if path.is_dir() else [path]


def _keep(path: Path, made: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(made)
    Path(name).replace(path)
