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
WHOLE_S: dict[str, float] = {}


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


def whole_s(env: dict[str, str], bed: Bed, out: Path) -> float:
    """Return how long an audit takes here that nobody breaks off; it is run once for each kind of site."""
    kind = type(bed).__name__
    if kind not in WHOLE_S:
        begun = time.monotonic()
        assert broken_off(env, bed, out) == SignedOut.CONFIRMED
        WHOLE_S[kind] = time.monotonic() - begun
    return WHOLE_S[kind]


def at_a_moment(env: dict[str, str], bed: Bed, tmp_path: Path, live: Callable[[], int], number: int) -> None:
    """Break an audit off at a moment within the time that a whole one takes here."""
    seconds = whole_s(env, bed, tmp_path / "whole")
    how, after_s = HOWS[(FIRST + number) % len(HOWS)], random.Random(f"{SEED} {number}").uniform(0, seconds)
    before = live()
    signed_out = broken_off(env, bed, tmp_path / "out", how, after_s)
    gone = eventually(lambda: live() <= before, 60)
    end = "no session left" if gone else "a session is LEFT"
    line = f"seed {SEED}, {how.name} after {after_s:.2f} of {seconds:.2f} s: {end}, told as {signed_out or 'nothing'}"
    print(line)
    noted = sessions_left.take()
    assert gone or signed_out == SignedOut.NOT_CONFIRMED or noted, line
    assert eventually(lambda: leftovers(env) == [], 60), line


def a_wiki(env: dict[str, str], request: pytest.FixtureRequest, tmp_path: Path, number: int) -> None:
    wiki: mediawiki.Wiki = request.getfixturevalue("wiki")
    save_key(env, wiki, "Alice")
    at_a_moment(env, wiki, tmp_path, lambda: len(wiki.live_sessions()), number)


def a_blog(env: dict[str, str], request: pytest.FixtureRequest, tmp_path: Path, number: int) -> None:
    with wordpress.running(request.getfixturevalue("wordpress_cache"), tmp_path / "bed", "alice") as blog:
        save_key(env, blog, blog.user)
        at_a_moment(env, blog, tmp_path, blog.live_sessions, number)


@pytest.mark.parametrize("number", range(MOMENTS))
@pytest.mark.parametrize("leave", by_day.part((a_wiki, a_blog), 2))
def test_a_site_is_left_at_any_moment(
    leave: Callable[[dict[str, str], pytest.FixtureRequest, Path, int], None],
    env: dict[str, str],
    request: pytest.FixtureRequest,
    tmp_path: Path,
    number: int,
) -> None:
    leave(env, request, tmp_path, number)
