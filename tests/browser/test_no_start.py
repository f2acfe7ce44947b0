"""A browser that is there and does not start: each cause has its own sentence."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from privacyaudit.browser import find, launch
from privacyaudit.browser.gate import Gate
from privacyaudit.errors import BrowserStartError
from tests.support import machines, nursery

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
NO_POLICY = "no policy"
LIBRARY = "missing library"

MANAGED: dict[str, tuple[dict[str, object], str]] = {
    NO_POLICY: ({}, "started"),
    "remote debugging": (
        {"RemoteDebuggingAllowed": False},
        "does not let programs control .* (RemoteDebuggingAllowed)",
    ),
    "headless": ({"HeadlessMode": 2}, "does not let the browser .* run without a window (HeadlessMode)"),
    "developer tools": (
        {"DeveloperToolsAvailability": 2},
        "does not let programs control .* (DeveloperToolsAvailability)",
    ),
    "its own way out": ({"ProxyMode": "direct"}, "connects to the internet (ProxyMode)"),
    "what does no harm": ({"HeadlessMode": 1, "BrowserSignin": 2, "HomepageLocation": "about:blank"}, "started"),
}

_TRY_EACH = """
import json, pathlib, subprocess, sys
from privacyaudit.browser import find, launch
from privacyaudit.browser.gate import Gate
from privacyaudit.errors import BrowserStartError
program, place, said = find.Browser(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2]), {}
with launch.playwright() as driver:
    def attempt():
        try:
            with launch.browser(driver, program, Gate(()), headless=True):
                return "started"
        except BrowserStartError as error:
            return f"{error.what} {error.advice}"
    for name, policies in json.loads(sys.argv[3]).items():
        place.write_text(json.dumps(policies))
        said[name] = attempt()
    place.unlink()
    subprocess.run(["mount", "--bind", "/dev/null", sys.argv[4]], check=True)
    said["missing library"] = attempt()
print(json.dumps(said))
"""


def _library() -> Path:
    return next(iter(Path("/usr/lib").glob("*/libnss3.so")))


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    """What the program says of one Chromium on a computer whose administrator thinks of one thing after the other."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    policies = json.dumps({name: policy for name, (policy, _said) in MANAGED.items()})
    words = ["-c", _TRY_EACH, str(CHROMIUM), machines.POLICIES, policies, str(_library())]
    done = machines.run(words, files={machines.POLICIES: "{}"})
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("case", MANAGED)
def test_what_an_administrator_forbids_is_said_and_nothing_else_is(said: dict[str, str], case: str) -> None:
    _policy, words = MANAGED[case]
    for part in words.split(" .* "):
        assert part in said[case]
    assert ("administrator" in said[case]) == (words != "started")
    if words != "started":
        assert ("You cannot change this yourself" in said[case]) == ("HeadlessMode" not in words)
        assert "by hand" in said[case]
        assert "apt install" not in said[case]


def test_a_library_that_is_missing_is_named(said: dict[str, str]) -> None:
    assert f"cannot find {_library().name}" in said[LIBRARY]
    assert "An administrator" not in said[LIBRARY]


BROKEN = {
    "#!/no/such/interpreter\n": "cannot start it",
    "#!/bin/sh\nkill -SEGV $$\n": "was stopped while it was starting (SIGSEGV)",
    "#!/bin/sh\necho Chromium 60.0.1\n": "is too old: it is version 60",
    "#!/bin/sh\necho I am no browser >&2\nexit 3\n": "did not start.",
    "#!/bin/sh\necho '[1:1:ERROR:ozone_platform_x11.cc(1)] Missing X server or $DISPLAY' >&2\nexit 1\n": "no screen",
}


def _said_of(program: Path, driver: Playwright) -> str:
    with (
        pytest.raises(BrowserStartError) as caught,
        launch.browser(driver, find.Browser(program), Gate(()), headless=True),
    ):
        pass
    assert caught.value.advice
    return caught.value.what


@pytest.mark.parametrize("text", BROKEN)
def test_a_program_that_is_broken_old_or_none_has_its_own_sentence(
    text: str, driver: Playwright, tmp_path: Path
) -> None:
    program = tmp_path / "chromium"
    program.write_text(text)
    program.chmod(0o755)
    assert BROKEN[text] in _said_of(program, driver)


def test_a_program_that_may_not_be_run_is_a_sentence(driver: Playwright, tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_bytes(b"\x7fELF")
    assert "not allowed to run it" in _said_of(program, driver)


_TRY = """
from privacyaudit.browser import find, launch
from privacyaudit.browser.gate import Gate
with launch.playwright() as driver, launch.browser(driver, find.find(headless=True), Gate(()), headless=True):
    pass
"""


def test_no_room_for_a_profile_is_a_sentence(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere")
    done = nursery.run([sys.executable, "-c", _TRY], env=os.environ | {"TMPDIR": nowhere})
    assert f"cannot write to the folder for temporary files, {nowhere}" in done.stderr


_AROUND = """
import contextlib, pathlib, sys
from playwright.sync_api import Error
from privacyaudit.browser import find, launch, policies
from privacyaudit.browser.gate import Gate
from tests.support.site import Site
policies.of = lambda _program: {}  # as where the policy comes from a cloud, and no file says so
with Site() as site, launch.playwright() as driver:
    gate = Gate(())
    program = find.Browser(pathlib.Path(sys.argv[1]))
    with launch.browser(driver, program, gate, headless=True) as running:
        context = running.new_context(proxy={"server": gate.address})
        with contextlib.suppress(Error):
            context.new_page().goto(f"{site.origin}/page", timeout=9000)
    print([seen.path for seen in site.log], site.host in [one.host for one in gate.traffic.refused()])
"""


def test_a_policy_that_nobody_told_us_of_does_not_lead_a_guarded_page_around_the_gate() -> None:
    """The gate lets nothing through, so a page that came would have come another way."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    policy = json.dumps({"ProxyMode": "direct"})
    done = machines.run(["-c", _AROUND, str(CHROMIUM)], files={machines.POLICIES: policy})
    assert done.stdout.split() == ["[]", "True"], done.stderr


_KINDS = """
import pathlib
from privacyaudit.browser import policies
for name in ("google-chrome", "microsoft-edge-stable", "chromium", "chromium-headless-shell"):
    print(name, *policies.of(pathlib.Path("/usr/bin", name)))
"""


def test_each_make_of_browser_has_its_own_policies() -> None:
    files = {
        "/etc/opt/chrome/policies/managed/a.json": '{"OfChrome": 1}',
        machines.POLICIES: '{"OfChromium": 1}',
    }
    done = machines.run(["-c", _KINDS], files=files)
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines == [
        ["google-chrome", "OfChrome"],
        ["microsoft-edge-stable"],
        ["chromium", "OfChromium"],
        ["chromium-headless-shell"],
    ], done.stderr
