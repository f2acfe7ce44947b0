"""Where a file is written, and what lies there."""

from __future__ import annotations

from pathlib import Path


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def out(tmp_path: Path) -> Path:
    return tmp_path / "out"
