"""Every command of the program, loaded, with the words that lead to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from privacyaudit.cli import program
from privacyaudit.cli.registry import COMMANDS, load


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the words of each command and the command, the program itself first."""
    yield (), get_command(program())
    for entry in COMMANDS:
        command = load(entry)
        yield (entry.name,), command
        for name, member in getattr(command, "commands", {}).items():
            yield (entry.name, name), member
