"""What the parts of the benchmark share: runs in turn, medians, figures, and the table they are shown in."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from privacyaudit import i18n

Sample = TypeVar("Sample")

_CPU = Path("/proc/cpuinfo")
_LOAD = Path("/proc/loadavg")


@dataclass(frozen=True)
class Figure:
    """One measured thing beside another; `ratio` is what we take as a part of the other, `budget` its highest value.

    `ours` and `theirs` are numbers with a unit. Where the budget is about our own number and not about the ratio, it is
    `within`: that number and its highest value. Without any budget the figure explains another one.
    """

    name: str
    ours: str
    beside: str
    theirs: str
    ratio: float
    budget: float | None = None
    within: tuple[float, float] | None = None

    @property
    def limit(self) -> tuple[float, float] | None:
        """Return what is held against the budget, and the budget."""
        return self.within or (None if self.budget is None else (self.ratio, self.budget))

    @property
    def verdict(self) -> str:
        """Tell whether the budget is kept."""
        if self.limit is None:
            return "–"
        return "yes" if self.limit[0] <= self.limit[1] else "**no**"


@dataclass(frozen=True)
class Part:
    """The figures of one part, and the lines that say under which conditions they were measured."""

    figures: tuple[Figure, ...]
    remarks: tuple[str, ...]


def in_turn(runs: Mapping[str, Callable[[], Sample]], rounds: int) -> dict[str, list[Sample]]:
    """Run everything once to warm up, then in turn, so that other load on the machine meets all alike.

    Returns `rounds` samples for each name.
    """
    for run in runs.values():
        run()
    samples: dict[str, list[Sample]] = {name: [] for name in runs}
    for _round in range(rounds):
        for name, run in runs.items():
            samples[name].append(run())
    return samples


def median(samples: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(samples)


def compare(name: str, ours: float, beside: str, theirs: float, budget: float | None = None) -> Figure:
    """Make a figure of two times in milliseconds."""
    return Figure(name, f"{ours:.0f} ms", beside, f"{theirs:.0f} ms", ours / theirs, budget)


def size(name: str, bytes_: int, limit: int) -> Figure:
    """Make a figure of a size beside its limit, both in bytes."""
    return Figure(name, f"{bytes_ / 1000:.0f} KB", "limit", f"{limit / 1000:.0f} KB", bytes_ / limit, 1.0)


def conditions(*more: str) -> str:
    """Return day, processor, Python and load in one line, with what else a part wants to say."""
    model = next((line.split(":")[1].strip() for line in _cpu_lines() if line.startswith("model name")), "unknown")
    return "; ".join(
        [
            i18n.day(date.today()),  # noqa: DTZ011 (a day for people, as their calendar has it)
            f"{os.cpu_count()} cores, {model}",
            f"{platform.system()}, Python {platform.python_version()}",
            *more,
            f"load average at the end {load()}",
        ]
    )


def load() -> str:
    """Return the load of the last minute, or that it is not known."""
    return _LOAD.read_text().split()[0] if _LOAD.is_file() else "unknown"


def _cpu_lines() -> list[str]:
    return _CPU.read_text().splitlines() if _CPU.is_file() else []


def table(part: Part) -> str:
    """Return a part as a Markdown table with its remarks under it."""
    head = ("What", "Takes", "Beside", "Takes", "Ratio", "Budget", "Met")
    rows = [
        (
            figure.name,
            figure.ours,
            figure.beside,
            figure.theirs,
            f"{figure.ratio:.2f}",
            "–" if figure.limit is None else f"≤ {figure.limit[1]:g}",
            figure.verdict,
        )
        for figure in part.figures
    ]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"

    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([line(head), rule, *map(line, rows), "", *(f"- {remark}" for remark in part.remarks)])
