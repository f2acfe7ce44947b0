"""The demo as a command, and what it found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.support import nursery


def demo(out: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "privacyaudit", "demo", "--no-open", "--out", str(out), *words]
    own = os.environ | {"PRIVACYAUDIT_STATE": str(out / "state")} | env
    return nursery.run(command, env=own, timeout=120)


def found(out: Path) -> dict[str, str]:
    [record] = out.glob("*.json")
    return {finding["check"]: finding["option"] for finding in json.loads(record.read_text())["findings"]}
