"""Servers of notifications on a bus of their own: a real one and pretended ones."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from privacyaudit.reminders import notification

START_SECONDS = 10.0


@contextmanager
def real_server(env: dict[str, str]) -> Iterator[None]:
    """Run dunst, a notification server that people use, on a screen that nobody sees."""
    if missing := [name for name in ("dunst", "dunstctl", "Xvfb") if shutil.which(name) is None]:
        pytest.skip(f"not installed here: {', '.join(missing)}")
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp", "-screen", "0", "640x480x24"],
        pass_fds=[writing],
        env=env,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    started = [screen]
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        assert number, "the screen did not start"
        with waiting_for(notification.SERVICE, env):
            quiet = subprocess.DEVNULL
            command = ["dunst", "-config", os.devnull]
            started.append(subprocess.Popen(command, env=env | {"DISPLAY": f":{number}"}, stdout=quiet, stderr=quiet))
        yield
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(timeout=START_SECONDS)


@contextmanager
def waiting_for(name: str, env: dict[str, str]) -> Iterator[None]:
    """Wait at the end of the block until somebody has a name on the bus."""
    from jeepney import MatchRule, message_bus
    from jeepney.bus_messages import DBus
    from jeepney.io.blocking import Proxy, open_dbus_connection

    with closing(open_dbus_connection(bus=env["DBUS_SESSION_BUS_ADDRESS"])) as bus:
        rule = MatchRule(type="signal", interface=message_bus.interface, member="NameOwnerChanged")
        rule.add_arg_condition(0, name)
        Proxy(DBus(), bus).AddMatch(rule)
        with bus.filter(rule) as signals:
            yield
            bus.recv_until_filtered(signals, timeout=START_SECONDS)


def shown(env: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return what dunst has shown, the newest first: program, title and text."""
    for words in ("close-all", "history"):
        told = subprocess.run(["dunstctl", words], env=env, capture_output=True, text=True, check=True).stdout
    return [tuple(one[key]["data"] for key in ("appname", "summary", "body")) for one in json.loads(told)["data"][0]]
