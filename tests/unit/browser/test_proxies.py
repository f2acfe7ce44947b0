"""Where a computer says that it reaches the internet through a proxy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from privacyaudit.browser import proxies

SITE = "https://social.example/settings"


@pytest.fixture(autouse=True)
def no_desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Only the programs of this folder are there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_where_nothing_is_set_there_is_no_proxy() -> None:
    assert proxies.proxy_for(SITE) == ""


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("https_proxy", "http://proxy.example:8080", "http://proxy.example:8080"),
        ("all_proxy", "socks5://proxy.example:1080", "socks5://proxy.example:1080"),
        ("https_proxy", "http://ann:s3cret@proxy.example:8080/", "http://proxy.example:8080"),
        ("auto_proxy", "http://school.example/proxy.pac", "http://school.example/proxy.pac"),
        ("http_proxy", "http://proxy.example:8080", ""),
    ],
)
def test_a_proxy_of_the_environment_is_known_and_its_password_is_not_shown(
    name: str, value: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert proxies.proxy_for(SITE) == shown
    assert proxies.proxy_for("https://127.0.0.1:8443/x") == "", "this computer itself is never behind a proxy"


def test_a_site_that_is_left_out_is_reached_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:8080")
    monkeypatch.setenv("no_proxy", "social.example")
    assert proxies.proxy_for(SITE) == ""


@pytest.mark.skipif(os.name != "posix", reason="the settings of GNOME")
@pytest.mark.parametrize(("mode", "is_one"), [("auto", True), ("manual", True), ("none", False)])
def test_the_settings_of_the_desktop_are_asked(no_desktop: Path, mode: str, is_one: bool) -> None:
    program = no_desktop / "gsettings"
    program.write_text(f"#!/bin/sh\necho \"'{mode}'\"\n")
    program.chmod(0o755)
    assert bool(proxies.proxy_for(SITE)) == is_one


@pytest.mark.skipif(os.name == "nt", reason="there no program is asked")
def test_what_is_asked_leaves_nothing_behind(no_desktop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = no_desktop / "gsettings"
    program.write_text('#!/bin/sh\n/bin/mkdir -p "${XDG_CACHE_HOME:-$HOME/.cache}/dconf"\necho "\'none\'"\n')
    program.chmod(0o755)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert proxies.proxy_for(SITE) == ""
    assert not (tmp_path / "home").exists()
