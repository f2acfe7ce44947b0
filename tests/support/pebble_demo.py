"""Pebble running, and its checklist."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from privacyaudit.catalogue import loading
from privacyaudit.demo.pebble import Pebble

LOADED = loading.load(Path(__file__).parents[2] / "checklists" / "demo.yaml")
DEMO = LOADED.checklist


def site() -> Iterator[Pebble]:
    with Pebble() as running:
        yield running
