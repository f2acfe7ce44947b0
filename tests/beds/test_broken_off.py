"""Audits of a real MediaWiki and a real WordPress that are broken off at a moment that chance picks.

Afterwards the site's own store holds no session, or the record says that one may be left. After SIGKILL there is no
record: then it is noted for the next start.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from privacyaudit import labels
from privacyaudit.browser import sessions_left
from privacyaudit.clock import today
from privacyaudit.model import SignedOut
from tests.beds.recipes import mediawiki, wordpress
from tests.support import by_day, nursery
from tests.support.whole_program import Bed, command, eventually, leftovers, save_key

pytestmark = [pytest.mark.bed, pytest.mark.browser, pytest.mark.keyring]

MOMENTS = int(os.environ.get("PRIVACYAUDIT_MOMENTS", "30" if by_day.ALL else "1"))
SEED = os.environ.get("PRIVACYAUDIT_SEED", str(today()))
HOWS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
FIRST = by_day.DAY // 2
"""With one moment a day, each site has each way of being broken off within six days."""


def broken_off(env: dict[str, str], bed: Bed, out: Path, how: signal.Signals | None = None, after_s: float = 0) -> str:
    """Run an audit, broken off by `how`, and return what was told of how the session ended; empty where nothing was."""
    words = [sys.executable, "-m", "privacyaudit", *command(bed, out)]
    pipe = subprocess.PIPE
    with nursery.Program(words, env=env, stdout=pipe, stderr=pipe, start_new_session=True) as process:
        time.sleep(after_s)
        if how == signal.SIGINT:
            with suppress(ProcessLookupError):  # it was over sooner than the whole one
                os.killpg(process.pid, how)
        elif how:
            process.send_signal(how)
        said = "".join(process.communicate(timeout=150))
    assert "Traceback" not in said, said
    return ", ".join(which for which in SignedOut if labels.signed_out(which) in " ".join(said.split()))


def at_any_moment(env: dict[str, str], bed: Bed, tmp_path: Path, live: Callable[[], int]) -> None:
    """Break audits off, one after the other, at moments within the time that a whole one takes here."""
    chance = random.Random(SEED)
    begun = time.monotonic()
    assert broken_off(env, bed, tmp_path / "whole") == SignedOut.CONFIRMED
    whole_s = time.monotonic() - begun
    told: list[str] = [f"seed {SEED}, a whole audit takes {whole_s:.1f} s"]
    print(told[0], flush=True)
    wrong: list[str] = []
    for number in range(MOMENTS):
        how, after_s = HOWS[(FIRST + number) % len(HOWS)], chance.uniform(0, whole_s)
        before = live()
        signed_out = broken_off(env, bed, tmp_path / f"out{number}", how, after_s)
        gone = eventually(lambda before=before: live() <= before, 60)  # type: ignore[misc]
        end = "no session left" if gone else "a session is LEFT"
        line = f"{how.name} after {after_s:.2f} s: {end}, told as {signed_out or 'nothing'}"
        print(line, flush=True)
        told.append(line)
        noted = sessions_left.take()
        if not gone and signed_out != SignedOut.NOT_CONFIRMED and not noted:
            wrong.append(line)
        assert eventually(lambda: leftovers(env) == [], 60), line
    assert wrong == [], "\n".join(told)


def a_wiki(env: dict[str, str], request: pytest.FixtureRequest, tmp_path: Path) -> None:
    wiki: mediawiki.Wiki = request.getfixturevalue("wiki")
    save_key(env, wiki, "Alice")
    at_any_moment(env, wiki, tmp_path, lambda: len(wiki.live_sessions()))


def a_blog(env: dict[str, str], request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with wordpress.running(request.getfixturevalue("wordpress_cache"), tmp_path / "bed", "alice") as blog:
        save_key(env, blog, blog.user)
        at_any_moment(env, blog, tmp_path, blog.live_sessions)


@pytest.mark.parametrize("leave", by_day.part((a_wiki, a_blog), 2))
def test_a_site_is_left_at_any_moment(
    leave: Callable[[dict[str, str], pytest.FixtureRequest, Path], None],
    env: dict[str, str],
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    leave(env, request, tmp_path)
