"""A person at the window of a browser, on a screen of its own (Xvfb), who signs in to Pebble from outside."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from privacyaudit.browser import launch

SIGN_IN = """
import sys
from playwright.sync_api import sync_playwright
port, user, password = sys.argv[1:]
with sync_playwright() as driver:
    page = driver.chromium.connect_over_cdp(f"http://127.0.0.1:{port}").contexts[0].pages[0]
    page.get_by_label("User name").fill(user)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/settings/**")
"""


def screen() -> Iterator[str]:
    """Start a screen, as `screen = pytest.fixture(scope="module")(at_the_window.screen)`, and end it."""
    if not (shutil.which("Xvfb") and (shutil.which("chromium") or shutil.which("google-chrome"))):
        pytest.skip("Xvfb or a browser with a window is not installed, so there is no window to sign in to")
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.DEVNULL) as server:
        os.close(write_end)
        yield ":" + os.read(read_end, 20).decode().strip()
        server.terminate()
        server.wait(timeout=10)


def port(monkeypatch: pytest.MonkeyPatch, screen: str, runs: Path) -> int:
    """Return where a browser with a window is reached; as a fixture beside `screen`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
    monkeypatch.setenv("DISPLAY", screen)
    monkeypatch.setattr(launch, "EXTRA_ARGS", (f"--remote-debugging-port={number}",))
    monkeypatch.setattr("tempfile.tempdir", str(runs))
    return number


def sign_in(port: int, user: str, password: str) -> None:
    """Type into the sign-in page of Pebble, and wait until it lets in."""
    subprocess.run([sys.executable, "-c", SIGN_IN, str(port), user, password], check=True, timeout=60)
