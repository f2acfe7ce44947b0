"""A notification is told to a real server on a bus of its own, and without a server nobody is told."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest

from privacyaudit.errors import MissingExtra
from privacyaudit.reminders import notification
from tests.support.notifications import START_SECONDS, real_server, shown
from tests.support.secret_service import private_keyring, run_python

pytestmark = [
    pytest.mark.keyring,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus notifications are those of Linux"),
]

Manner = Literal["willing", "refuses", "silent", "no information"]
TELL = """
from privacyaudit.reminders.notification import tell
print(tell("Time to look", "Three checks & <b>one</b> more"))
"""
SERVER = """
import asyncio, json, sys
from dbus_fast import DBusError
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, method

MANNER = sys.argv[1]

class Notifications(ServiceInterface):
    @method()
    def Notify(self, app: "s", replaces: "u", icon: "s", title: "s", body: "s", actions: "as", hints: "a{sv}",
               timeout: "i") -> "u":
        if MANNER == "refuses":
            raise DBusError("org.freedesktop.Notifications.Error.ExcessNotificationGeneration", "too many")
        print(json.dumps([app, title, body]), flush=True)
        return 7

    @method()
    def GetCapabilities(self) -> "as":
        return ["body"]

    @method()
    async def GetServerInformation(self) -> "ssss":
        if MANNER == "silent":
            await asyncio.sleep(3600)
        if MANNER == "no information":
            raise DBusError("org.freedesktop.DBus.Error.Failed", "not now")
        return ["pretend", "tests", "1", "1.2"]

    @method()
    def CloseNotification(self, number: "u"):
        pass

async def serve():
    bus = await MessageBus().connect()
    bus.export("/org/freedesktop/Notifications", Notifications("org.freedesktop.Notifications"))
    await bus.request_name("org.freedesktop.Notifications")
    print("ready", flush=True)
    await bus.wait_for_disconnect()

asyncio.run(serve())
"""


@contextmanager
def server(env: dict[str, str], manner: Manner) -> Iterator[subprocess.Popen[str]]:
    """Run a notification server that prints what it is told, one line each."""
    command = [sys.executable, "-c", SERVER, manner]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert _line(process) == "ready\n"
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=START_SECONDS)


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    assert select.select([process.stdout], [], [], START_SECONDS)[0], "the pretend server says nothing"
    return process.stdout.readline()


@pytest.fixture
def env() -> Iterator[dict[str, str]]:
    pytest.importorskip("desktop_notifier", reason="the extra `remind` is not installed")
    with private_keyring("no daemon") as env:
        yield env


def test_a_server_is_told_and_the_answer_is_yes(env: dict[str, str]) -> None:
    with server(env, "willing") as process:
        done = run_python(env, TELL)
        assert (done.stdout, done.stderr) == ("True\n", "")
        assert json.loads(_line(process)) == ["privacyaudit", "Time to look", "Three checks & <b>one</b> more"]


def test_a_real_server_shows_what_it_is_told(env: dict[str, str]) -> None:
    with real_server(env):
        assert shown(env) == []
        done = run_python(env, TELL)
        assert (done.stdout, done.stderr) == ("True\n", "")
        assert shown(env) == [("privacyaudit", "Time to look", "Three checks & <b>one</b> more")]
    done = run_python(env, TELL)
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_a_job_of_cron_without_any_variable_finds_the_bus_of_the_session(env: dict[str, str]) -> None:
    bus = Path(env["DBUS_SESSION_BUS_ADDRESS"].removeprefix("unix:path=").partition(",")[0])
    (Path(env["XDG_RUNTIME_DIR"]) / "bus").symlink_to(bus)
    bare = {name: value for name, value in env.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    with server(env, "willing") as process:
        assert run_python(bare, TELL).stdout == "True\n"
        assert json.loads(_line(process))[1] == "Time to look"


def test_without_a_server_nobody_was_told(env: dict[str, str]) -> None:
    done = run_python(env, TELL)
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_without_a_bus_nobody_was_told() -> None:
    pytest.importorskip("desktop_notifier", reason="the extra `remind` is not installed")
    with private_keyring("no bus") as env:
        done = run_python(env, TELL)
        assert (done.stdout, done.stderr) == ("False\n", "")


@pytest.mark.parametrize("address", ["unix:path=/nowhere/bus", "nonsense", "tcp:host=127.0.0.1,port=1"])
def test_with_an_address_where_no_bus_is_nobody_was_told(address: str, env: dict[str, str]) -> None:
    done = run_python(env | {"DBUS_SESSION_BUS_ADDRESS": address}, TELL)
    assert (done.stdout, done.stderr) == ("False\n", "")


@pytest.mark.parametrize("manner", ["refuses", "no information"])
def test_a_server_that_refuses_has_told_nobody(manner: Manner, env: dict[str, str]) -> None:
    with server(env, manner):
        done = run_python(env, TELL)
        assert (done.stdout, done.stderr) == ("False\n", "")


@pytest.mark.parametrize(("manner", "there"), [("willing", True), ("refuses", True), ("no information", False)])
def test_a_server_is_there_when_it_says_who_it_is(manner: Manner, there: bool, env: dict[str, str]) -> None:
    ask = "import asyncio; from privacyaudit.reminders.notification import has_server; print(asyncio.run(has_server()))"
    assert run_python(env, ask).stdout == "False\n"
    with server(env, manner):
        assert run_python(env, ask).stdout == f"{there}\n"


def test_a_server_that_never_answers_is_not_waited_for_without_end(env: dict[str, str]) -> None:
    with server(env, "silent"):
        began = time.monotonic()
        done = run_python(env, TELL)
        assert (done.stdout, done.stderr) == ("False\n", "")
        assert time.monotonic() - began < notification.PATIENCE + START_SECONDS


def test_a_plain_file_named_bus_is_no_bus(tmp_path: Path) -> None:
    (tmp_path / "bus").touch()
    assert notification.bus_address({"XDG_RUNTIME_DIR": str(tmp_path)}) is None
    assert notification.bus_address({}, runtime=tmp_path) is None


def test_the_address_that_is_set_goes_first() -> None:
    assert notification.bus_address({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}) == "unix:path=/x"


def test_without_the_extra_a_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "desktop_notifier", None)
    with pytest.raises(MissingExtra) as caught:
        notification.tell("a", "b")
    assert "privacyaudit[remind]" in caught.value.advice
