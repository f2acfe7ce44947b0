"""Where the data is that came with the program: beside the package in its source tree, inside it once installed."""

from __future__ import annotations

from pathlib import Path

Stamp = tuple[tuple[Path, int, int, int], ...]
_PACKAGE = Path(__file__).parent


def folder(kind: str) -> Path:
    """Return the folder of checklists, reports or locale that came with the program."""
    inside = _PACKAGE / "data" / kind
    return inside if inside.is_dir() else _PACKAGE.parent / kind


def stamp(folder: Path) -> Stamp:
    """Return what tells whether the YAML files of a folder are still the same: path, inode, size, time of change."""
    seen = ((path, path.stat()) for path in sorted(folder.glob("*.yaml")))
    return tuple((path, state.st_ino, state.st_size, state.st_mtime_ns) for path, state in seen)
