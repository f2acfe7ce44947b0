"""The places that one computer for many people has."""

from __future__ import annotations

import os
from pathlib import Path


def places(tmp_path: Path) -> dict[str, str]:
    for name in ("home", "state", "data", "stick", "tmp", "bin"):
        (tmp_path / name).mkdir()
    return {
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "tmp"),
        "PRIVACYAUDIT_STATE": str(tmp_path / "state"),
        "PRIVACYAUDIT_DATA": str(tmp_path / "data"),
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
    }
