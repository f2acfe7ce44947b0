"""Pretended schedulers, which keep what they are told in a folder."""

from __future__ import annotations

import json
import sys
from datetime import time
from pathlib import Path

from privacyaudit.reminders.jobs import Job

JOB = Job((sys.executable, "-m", "privacyaudit", "due"), 6, time(17))
OTHERS = "# my own\n0 1 * * * backup --all\n\n@reboot x"
PRETEND = f"""#!{sys.executable} -IS
import json, os, sys
from pathlib import Path
here = Path(__file__).parent
name = Path(__file__).name
with (here / "calls.jsonl").open("a") as calls:
    calls.write(json.dumps([name, *sys.argv[1:]]) + "\\n")
broken = here / "broken"
if broken.exists() and broken.read_text() in sys.argv:
    sys.exit(name + ": no, not today")
"""
CRONTAB = f"""#!{sys.executable} -IS
import sys
from pathlib import Path
spool = Path(__file__).parent / "spool"
match sys.argv[1:]:
    case ["-l"]:
        if not spool.exists():
            sys.exit("no crontab for ann")
        sys.stdout.buffer.write(spool.read_bytes())
    case ["-r"]:
        spool.unlink()
    case [path]:
        spool.write_bytes(Path(path).read_bytes())
"""


class Computer:
    """A folder that is the whole PATH, with pretend programs, and what they were told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, name: str, script: str = PRETEND) -> None:
        path = self.folder / name
        path.write_text(script)
        path.chmod(0o755)

    def breaks(self, word: str) -> None:
        (self.folder / "broken").write_text(word)

    def calls(self) -> list[list[str]]:
        path = self.folder / "calls.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    @property
    def spool(self) -> Path:
        return self.folder / "spool"
