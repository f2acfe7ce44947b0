"""The other programs that run on this computer, as far as Linux lists them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def running(processes: Path = Path("/proc")) -> set[str]:
    """Return their names."""
    names = set()
    for name in processes.glob("[0-9]*/comm"):
        with suppress(OSError):
            names.add(name.read_text(encoding="utf-8", errors="replace").strip())
    return names
