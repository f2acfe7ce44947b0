"""The Nu HTML checker, which `bootstrap.py test` brings."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

JAR = Path(__file__).parents[2] / ".cache/vnu/node_modules/vnu-jar/build/dist/vnu.jar"
STARTS_QUICKLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")


def errors(pages: Iterable[Path]) -> list[tuple[str, str]]:
    """Return name and message of every error in some pages; skip the test where the checker is not."""
    jar = Path(os.environ.get("PRIVACYAUDIT_VNU", JAR))
    if not jar.exists() or shutil.which("java") is None:
        pytest.skip("the Nu HTML checker is not here: python3 bootstrap.py test brings it, with npm and Java")
    command = ["java", *STARTS_QUICKLY, "-jar", str(jar), "--format", "json", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    messages = json.loads(done.stderr)["messages"]
    return [(Path(one["url"]).name, one["message"]) for one in messages if one["type"] == "error"]
