"""The command that writes the offline page, and a catalogue that means ill."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.model import Row
from tests.support import nursery, records

ROOT = Path(__file__).parents[2]
THREE = ("facebook", "whatsapp", "everyday")


def hostile(text: str) -> Catalogue:
    """Return a catalogue whose one platform says a text everywhere, which no checklist file could make it do."""
    one = records.checklist("pond", 3)
    checks = tuple(
        check.model_copy(
            update={
                "title": text,
                "question": text,
                "why": text,
                "caution": text,
                "fix": (text,),
                "row": Row.model_construct(menu=(text,)),
                "options": tuple(option.model_copy(update={"label": text}) for option in check.options),
            }
        )
        for check in one.checks
    )
    platform = one.platform.model_copy(update={"name": text, "limits": (text,)})
    known = records.catalogue(one.model_copy(update={"platform": platform, "checks": checks}))
    roles = tuple(role.model_copy(update={"name": text, "summary": text, "signposts": (text,)}) for role in known.roles)
    return replace(known, roles=roles)


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    own = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return nursery.run([sys.executable, "-m", "privacyaudit", *map(str, arguments)], cwd=cwd, env=own)
