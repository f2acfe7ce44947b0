"""A packed program gives no advice for which one would need a Python."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from privacyaudit import extras
from privacyaudit.browser import find
from privacyaudit.errors import BrowserStartError

SYSTEMS = ("linux", "darwin", "win32")
OF_PYTHON = ("pip", "python", "playwright")


def advice() -> list[str]:
    """Return all that is said of parts that are missing or do not start."""
    parts = [extras.missing(name) for name in extras.PARTS if extras.PARTS[name].missing]
    return [find.advice(), find.no_driver().advice, *(part.advice for part in parts)]


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_packed_program_names_no_python(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    installed = " ".join(advice()).lower()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    packed = " ".join(advice()).lower()
    assert [word for word in OF_PYTHON if word in packed] == []
    assert "pip install" in installed


def test_a_driver_that_does_not_start_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Also where no browser was found elsewhere, so that Playwright is asked for its own."""
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", "/bin/false")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(find, "_PLACES", {})
    with pytest.raises(BrowserStartError, match="did not start"):
        find.find(headless=True)
