"""Chromium's own sandbox: on for an ordinary account, off only where the system does not let it have one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import machines

pytestmark = pytest.mark.browser

_NOBODY_SPECIAL = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
_FORBIDDEN = (
    *(*_NOBODY_SPECIAL, "--keep-caps", "sh", "-c"),
    'echo 0 > /proc/sys/user/max_user_namespaces; exec setpriv --ambient-caps=-all --inh-caps=-all "$@"',
    "-",
)
_START = """
import json, pathlib, sys
from privacyaudit.browser import find
from privacyaudit.checkup import browser
program = find.Browser(pathlib.Path(sys.argv[1]))
print(json.dumps([line.text for _time in (1, 2) for line in browser._program(program)]))
"""


@pytest.fixture
def noting(tmp_path: Path) -> Path:
    """A browser that notes the words with which it is started."""
    if not (real := shutil.which("chromium-headless-shell")):
        pytest.skip("chromium-headless-shell is not installed")
    wrapper = tmp_path / "chromium-headless-shell"
    wrapper.write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/words\nexec {real} "$@"\n')
    wrapper.chmod(0o755)
    return wrapper


def _starts(noting: Path, around: tuple[str, ...] = ()) -> tuple[list[bool], list[str]]:
    """Return for each start whether it was without a sandbox, and what `doctor` says of two starts."""
    if around and (why := machines.missing()):
        pytest.skip(why)
    done = subprocess.run(
        [*around, sys.executable, "-c", _START, str(noting)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    words = (noting.parent / "words").read_text().splitlines()
    return ["--no-sandbox" in line.split() for line in words], json.loads(done.stdout)


def test_an_ordinary_accounts_browser_is_in_its_sandbox(noting: Path) -> None:
    without, said = _starts(noting, _NOBODY_SPECIAL)
    assert without == [False, False]
    assert not [line for line in said if "sandbox" in line]


def test_where_it_cannot_be_had_it_is_tried_once_and_doctor_says_so(noting: Path) -> None:
    without, said = _starts(noting, _FORBIDDEN)
    assert without == [False, True, True]
    assert [line.endswith("does not allow one.") for line in said] == [False, True] * 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="for root only")
def test_as_root_it_is_not_tried_and_doctor_says_so(noting: Path) -> None:
    without, said = _starts(noting)
    assert without == [True, True], said
    assert sum("(root)" in line for line in said) == 2


def test_a_browser_that_fails_for_another_reason_keeps_its_sandbox(noting: Path) -> None:
    noting.write_text(f'#!/bin/sh\necho "$*" >> {noting.parent}/words\nexit 3\n')
    without, said = _starts(noting, _NOBODY_SPECIAL)
    assert without.count(True) == 0
    assert all("did not start" in line for line in said)
