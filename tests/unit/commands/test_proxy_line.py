"""What `doctor` says of a proxy: that it is used, or that it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from privacyaudit.checkup import network


@pytest.fixture(autouse=True)
def no_desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No program of the system says anything."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.parametrize(
    ("name", "told", "works"),
    [
        ("https_proxy", "http://proxy.example:8080", True),
        ("https_proxy", "http://ann:s3cret@proxy.example:8080/", True),
        ("all_proxy", "socks5://proxy.example:1080", False),
        ("https_proxy", "https://proxy.example:8443", False),
        ("auto_proxy", "http://school.example/proxy.pac", False),
    ],
)
def test_a_proxy_is_said_to_be_used_only_where_the_gate_can(
    name: str, told: str, works: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, told)
    [line] = network.lines()
    assert line.works is works
    assert ("the program uses it" in line.text) is works
    assert bool(line.advice) is not works
    assert "s3cret" not in line.text


def test_where_no_proxy_is_set_that_is_said() -> None:
    [line] = network.lines()
    assert (line.works, line.text) == (True, "No proxy is set on this computer.")
