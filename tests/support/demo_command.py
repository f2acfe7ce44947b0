"""The demo as a command, and what it found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def demo(out: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "privacyaudit", "demo", "--no-open", "--out", str(out), *words],
        env=os.environ | {"PRIVACYAUDIT_STATE": str(out / "state")} | env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def found(out: Path) -> dict[str, str]:
    [record] = out.glob("*.json")
    return {finding["check"]: finding["option"] for finding in json.loads(record.read_text())["findings"]}
