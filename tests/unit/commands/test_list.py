"""The list of platforms in windows of many widths."""

from __future__ import annotations

import re

import pytest

from privacyaudit.catalogue import loading
from tests.support.in_process import run


def listed(columns: int, monkeypatch: pytest.MonkeyPatch, *words: str, terminal: bool = True) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TTY_COMPATIBLE", "1" if terminal else "0")  # what Rich takes for a terminal, since 14
    monkeypatch.setenv("FORCE_COLOR", "1" if terminal else "")  # and before
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    return re.sub(r"\x1b\[[0-9;]*m", "", run("list", *words).stdout).splitlines()


def pieces(lines: list[str]) -> set[str]:
    return {word.rstrip(",.") for line in lines for word in line.split()}


@pytest.mark.parametrize("words", [(), ("--areas",)])
@pytest.mark.parametrize("columns", [80, 60, 40])
def test_nothing_breaks_inside_a_word_and_rows_are_short(
    columns: int, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = listed(columns, monkeypatch, *words)
    table = lines[: lines.index("")]
    whole = pieces(listed(columns, monkeypatch, *words, terminal=False))
    whole |= {word for one in loading.catalogue().loaded.values() for word in one.checklist.platform.name.split()}
    assert pieces(table) <= whole | {"Browser", "Oldest", "Undated"}
    assert max(map(len, lines)) <= columns
    starts = [number for number, line in enumerate(table) if not line.startswith(" ")]
    longest = max(after - start for start, after in zip(starts, [*starts[1:], len(table)], strict=True))
    assert longest <= (9 if words else 4 if columns == 40 else 3)


def test_what_the_date_means_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in (80, 40):
        lines = listed(columns, monkeypatch)
        assert any("ldest" in line for line in lines[: lines.index("")])
        assert "when the oldest source of these checks was written or archived" in " ".join(" ".join(lines).split())
