"""An audit of the checklist “everyday”, and what stands in its record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from privacyaudit.catalogue import loading
from privacyaudit.plan import plan
from privacyaudit.walk import stops

EVERYDAY = [check for check in loading.catalogue().checklist("everyday").checklist.checks if check.essential]
LAST = len(EVERYDAY)
WALK = [
    item.check
    for stop in stops(plan([loading.catalogue().checklist("everyday")], "everyone", {}, quick=True).items, "everyone")
    for item in stop.items
]
"""The same in the order in which they are asked."""


def record(out: Path) -> dict[str, Any]:
    [path] = out.glob("*.json")
    made: dict[str, Any] = json.loads(path.read_text())
    return made


def found(out: Path) -> dict[str, str]:
    return {row["check"]: row["option"] or f"({row['reason']})" for row in record(out)["findings"]}
