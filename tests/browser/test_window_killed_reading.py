"""The window is killed while it reads a page: no file holds anything of it, and it is signed out or said not to be."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from privacyaudit.clock import today
from privacyaudit.demo.pebble import Pebble
from tests.support import by_day
from tests.support.waiting import until
from tests.support.whole_program import leftovers
from tests.support.window_client import Client

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
MOMENTS = int(os.environ.get("PRIVACYAUDIT_MOMENTS", "30" if by_day.ALL else "1"))
SEED = os.environ.get("PRIVACYAUDIT_SEED", str(today()))
LONGEST_S = 6.0
BEGIN = {"role": "teacher", "platforms": ["demo", "everyday"], "time": "full", "device": ""}


@contextmanager
def a_window(site: Pebble, runs: Path) -> Iterator[tuple[subprocess.Popen[str], Client]]:
    who = site.account
    words = [sys.executable, "-m", "tests.support.pebble_window", site.origin, who.user, who.password]
    process = subprocess.Popen(
        words, cwd=ROOT, env=os.environ | {"TMPDIR": str(runs)}, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        yield process, Client(process.stdout.readline().strip())
    finally:
        process.kill()
        process.communicate()


def reads(client: Client) -> bool:
    """Tell whether Pebble is open in the browser, or has been."""
    reading = client.look("reading")["reading"]
    assert reading["troubles"] == []
    return reading["stage"] not in ("starting", "sign_in")


def test_of_a_page_that_was_being_read_no_file_tells_and_what_was_answered_is_there(tmp_path: Path, runs: Path) -> None:
    chance = random.Random(SEED)
    with Pebble("mixed") as site:
        for _moment in range(MOMENTS):
            with a_window(site, runs) as (process, client):
                client.do("forget")
                audit = client.do("begin", **BEGIN)["audit"]
                client.do("answer", audit=audit, replies=[{"check": "everyday.log-out", "reason": "dont_know"}])
                client.do("read", platforms=["demo"])
                until(lambda client=client: reads(client))  # type: ignore[misc]
                after_s = chance.uniform(0, LONGEST_S)
                time.sleep(after_s)
                told = client.look("reading")["reading"]
                process.kill()
                print(f"after {after_s:.2f} s: {told['stage']}, {told['told']} told", flush=True)
            until(lambda: leftovers({"TMPDIR": str(runs)}) == [])
            secrets = [site.account.display_name, site.account.password, *client.secrets]
            raws = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
            assert raws
            found = {(path.name, one) for path, raw in raws.items() for one in secrets if one.encode() in raw}
            assert found == set()
            assert [path.name for path, raw in raws.items() if b"\x89PNG" in raw] == []
            with a_window(site, runs) as (_process, again):
                session = again.do("resume")["session"]
                assert session["open"] == {"everyday.log-out": "dont_know"}
                told_at_home = [one for one in again.look("home")["trouble"] if "may still be signed in" in one]
            assert site.sessions == set() or told_at_home
            site.sessions.clear()
