"""A keyring of its own for a test: a private D-Bus session with a real gnome-keyring-daemon, or without one.

    with private_keyring() as env:
        result = run(env, "keys", "list")

`env` is a whole environment for `subprocess.run`, with a home, a runtime folder and a bus that nobody else uses. What
was started is ended by its process id.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

import pytest

from tests.support import nursery

State = Literal["unlocked", "locked", "never set up", "no daemon", "no bus"]

NEEDED = ("dbus-daemon", "gnome-keyring-daemon")
SERVICE = "org.freedesktop.secrets"
START_SECONDS = 10
CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
KEPT = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "VIRTUAL_ENV")


@contextmanager
def private_keyring(state: State = "unlocked") -> Iterator[dict[str, str]]:
    """Yield an environment whose keyring is in the state asked for; skip the test where the daemons are missing.

    The bus starts no service by itself, so "no daemon" stays without one. "never set up" is a running daemon that has
    no collection yet. The folder is a short one under the system's temporary folder, because names of sockets are.
    """
    if missing := [name for name in NEEDED if shutil.which(name) is None]:
        pytest.skip(f"not installed here: {', '.join(missing)}")
    folder = Path(tempfile.mkdtemp(prefix="keyring-"))
    started: list[subprocess.Popen[bytes]] = []
    try:
        env = _environment(folder)
        if state != "no bus":
            env["DBUS_SESSION_BUS_ADDRESS"] = _start_bus(folder, env, started)
        if state in ("unlocked", "locked", "never set up"):
            _start_daemon(env, started, unlock=state != "never set up")
        if state == "locked":
            lock(env)
        yield env
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(timeout=START_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def run(env: dict[str, str], *words: str, typed: str = "", timeout: float = 30) -> subprocess.CompletedProcess[str]:
    """Run a `privacyaudit` command with this keyring; `typed` is its standard input."""
    command = [sys.executable, "-m", "privacyaudit", *words]
    return nursery.run(command, env=env, input=typed, timeout=timeout)


def run_python(env: dict[str, str], snippet: str, timeout: float = 30) -> subprocess.CompletedProcess[str]:
    """Run a piece of Python with this keyring."""
    return nursery.run([sys.executable, "-c", snippet], env=env, timeout=timeout)


def lock(env: dict[str, str]) -> None:
    """Lock the default collection, as a screen lock or a timeout does."""
    import secretstorage
    from jeepney.io.blocking import open_dbus_connection

    with closing(open_dbus_connection(bus=env["DBUS_SESSION_BUS_ADDRESS"])) as bus:
        collection = secretstorage.Collection(bus)
        collection.lock()
        assert collection.is_locked()


def secrets(env: dict[str, str]) -> dict[str, str]:
    """Return what lies in the default collection, user name to secret, read without the program."""
    import secretstorage
    from jeepney.io.blocking import open_dbus_connection

    with closing(open_dbus_connection(bus=env["DBUS_SESSION_BUS_ADDRESS"])) as bus:
        items = secretstorage.Collection(bus).get_all_items()
        return {item.get_attributes()["username"]: item.get_secret().decode() for item in items}


def _environment(folder: Path) -> dict[str, str]:
    home, runtime = folder / "home", folder / "run"
    home.mkdir()
    runtime.mkdir(mode=0o700)
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    env |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "NO_COLOR": "1"}
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        env[f"XDG_{kind}_HOME"] = str(home / kind.lower())
    return env


def _start_bus(folder: Path, env: dict[str, str], started: list[subprocess.Popen[bytes]]) -> str:
    config = folder / "bus.conf"
    config.write_text(CONFIG.format(socket=folder / "bus"))
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"]
    bus = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    started.append(bus)
    assert bus.stdout
    address = bus.stdout.readline().decode().strip()
    assert address, "the private D-Bus session did not start"
    return address


def _start_daemon(env: dict[str, str], started: list[subprocess.Popen[bytes]], *, unlock: bool) -> None:
    """Start the daemon and wait until it has its name on the bus, and its collection if it is to be unlocked."""
    from jeepney import MatchRule, message_bus
    from jeepney.bus_messages import DBus
    from jeepney.io.blocking import Proxy, open_dbus_connection

    with closing(open_dbus_connection(bus=env["DBUS_SESSION_BUS_ADDRESS"])) as bus:
        rule = MatchRule(type="signal", interface=message_bus.interface, member="NameOwnerChanged")
        rule.add_arg_condition(0, SERVICE)
        Proxy(DBus(), bus).AddMatch(rule)
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", *(["--unlock"] if unlock else [])]
        daemon = subprocess.Popen(
            command, env=env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        started.append(daemon)
        assert daemon.stdin
        daemon.stdin.write(b"a password for the test")
        daemon.stdin.close()
        with bus.filter(rule) as signals:
            bus.recv_until_filtered(signals, timeout=START_SECONDS)
    until = time.monotonic() + START_SECONDS
    while unlock and not _unlocked(env):
        assert time.monotonic() < until, "the private keyring did not open"
        time.sleep(0.05)


def _unlocked(env: dict[str, str]) -> bool:
    import secretstorage
    from jeepney.io.blocking import open_dbus_connection

    with closing(open_dbus_connection(bus=env["DBUS_SESSION_BUS_ADDRESS"])) as bus:
        try:
            return not secretstorage.Collection(bus).is_locked()
        except secretstorage.ItemNotFoundException:
            return False
