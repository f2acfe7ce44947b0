"""What is due with a real keyring and a real server of notifications: nobody is told more than a number."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from privacyaudit.model import (
    Verdict,
)
from privacyaudit.storage import folders
from tests.support import due_command, nursery
from tests.support.due_command import ONCE, WORDS, keep
from tests.support.notifications import real_server, shown
from tests.support.secret_service import State, private_keyring, run_python

# -- the command -----------------------------------------------------------------------------------

clock = pytest.fixture(due_command.clock)


def start(env: dict[str, str], *words: str, stdin: str = f"{WORDS}\n") -> subprocess.CompletedProcess[str]:
    """Run the command as the scheduler does, in a process of its own."""
    command_line = [sys.executable, "-m", "privacyaudit", "due", "--notify", *words]
    own = env | {"PRIVACYAUDIT_DATA": str(folders.folder())}
    return nursery.run(command_line, env=own, input=stdin, timeout=60)


needs_notifications = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="D-Bus notifications are those of Linux"
)
NEUTRAL = ("privacyaudit", "Personal admin", "It may be time for some personal admin.")


@pytest.mark.keyring
@needs_notifications
def test_a_notification_holds_a_number_and_no_platform_and_if_nobody_was_told_stderr_says_so(clock: Any) -> None:
    pytest.importorskip("desktop_notifier", reason="the extra `remind` is not installed")
    count = len(keep(Verdict.FAIL, "wikipedia").findings)
    with private_keyring("no daemon") as env:
        with real_server(env):
            done = start(env, ONCE)
            assert (done.returncode, done.stderr) == (10, "")
            assert shown(env) == [("privacyaudit", "Personal admin", f"{count} things are due.")]
        done = start(env, ONCE)
        assert done.returncode == 12
        assert "could not show the notification" in done.stderr
        assert "Nobody" not in done.stdout


@pytest.mark.keyring
@needs_notifications
def test_nobody_is_bothered_when_nothing_is_due(clock: Any) -> None:
    pytest.importorskip("desktop_notifier", reason="the extra `remind` is not installed")
    keep(Verdict.PASS, "wikipedia", at=datetime.now(UTC))
    with private_keyring("no daemon") as env, real_server(env):
        done = start(env, ONCE)
        assert (done.returncode, done.stderr) == (0, "")
        assert shown(env) == []


@pytest.mark.keyring
@needs_notifications
@pytest.mark.parametrize("state", ["unlocked", "locked", "no daemon"])
def test_a_job_that_cannot_open_the_history_says_that_it_may_be_time_and_why_it_could_not_look(
    state: State, clock: Any
) -> None:
    """The history has a passphrase, and the keyring has no key of it."""
    pytest.importorskip("desktop_notifier", reason="the extra `remind` is not installed")
    keep(Verdict.FAIL, "wikipedia")
    with private_keyring(state) as env:
        with real_server(env):
            done = start(env, stdin="")
            assert shown(env) == [NEUTRAL]
        silent = start(env, stdin="")
    assert (done.returncode, silent.returncode) == (1, 12)
    assert "keyring" in done.stderr
    assert "keyring" in silent.stderr
    assert "could not show the notification" not in done.stderr
    assert "could not show the notification" in silent.stderr
    assert "Traceback" not in done.stderr + silent.stderr
    assert "wikipedia" not in (done.stdout + done.stderr).lower()


@pytest.mark.keyring
@needs_notifications
def test_a_job_of_cron_without_any_variable_opens_the_history_with_the_key_in_the_keyring(clock: Any) -> None:
    pytest.importorskip("desktop_notifier", reason="the extra `remind` is not installed")
    with private_keyring() as env:
        made = run_python(env, "from privacyaudit.over_time.history import keyring_key; print(keyring_key().hex())")
        assert made.stderr == ""
        keep(Verdict.FAIL, "wikipedia", secret=bytes.fromhex(made.stdout))
        bus = Path(env["DBUS_SESSION_BUS_ADDRESS"].removeprefix("unix:path=").partition(",")[0])
        (Path(env["XDG_RUNTIME_DIR"]) / "bus").symlink_to(bus)
        bare = {name: value for name, value in env.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
        with real_server(env):
            done = start(bare)
            assert (done.returncode, done.stderr) == (10, "")
            [(_program, _title, text)] = shown(env)
            assert text.endswith("things are due.")


# -- what the reminders take from it ---------------------------------------------------------------


@pytest.mark.keyring
@needs_notifications
@pytest.mark.parametrize("state", ["unlocked", "locked"])
def test_installing_the_weekly_look_says_when_it_cannot_open_the_history(state: State, clock: Any) -> None:
    ask = "from privacyaudit.over_time.history import opens_alone; print(opens_alone())"
    with private_keyring(state) as env:
        own = env | {"PRIVACYAUDIT_DATA": str(folders.folder())}
        assert run_python(own, ask).stdout == "True\n"
        keep(Verdict.PASS, "wikipedia")
        assert run_python(own, ask).stdout == "False\n"
    with private_keyring() as env:
        own = env | {"PRIVACYAUDIT_DATA": str(folders.folder().with_name("other"))}
        made = run_python(own, "from privacyaudit.over_time.history import *; History.open(keyring_key()).close()")
        assert made.stderr == ""
        assert run_python(own, ask).stdout == "True\n"
