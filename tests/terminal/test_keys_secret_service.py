"""Saved sign-ins in a real GNOME Keyring on a bus of its own: unlocked, locked, never set up, and not there at all."""

from __future__ import annotations

import os
import re
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import nursery
from tests.support.secret_service import State, private_keyring, run, run_python, secrets

pytestmark = pytest.mark.keyring

pty = pytest.importorskip("pty", reason="there are no terminals of this kind and no Secret Service here")

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "hunter2 – ünïcode"
QUICK = 10.0  # seconds in which a refusal must come, whatever the keyring does

CHECKLIST = """
schema: "2"
platform:
  id: lantern
  name: Lantern
  group: social
  hosts: [lantern.example.org]
  sign_in:
    open: https://lantern.example.org/login
    form: { user: { field: u }, password: { field: p }, submit: { field: s }, code: { field: c } }
  notice: A pretend platform of the tests.
screens: [{ id: settings, title: Settings }]
checks:
  - id: lantern.one
    title: One
    area: contact
    severity: low
    question: One?
    why: Because.
    screen: settings
    options: [{ id: "yes", label: "Yes", verdict: pass }, { id: "no", label: "No", verdict: fail }]
    fix: [Do it.]
    confidence: low
"""

ADD = ("keys", "add", "lantern", "--user", "ann-the-user", "--password-stdin")

SNIPPET = """
from privacyaudit.credentials import keyring, sign_ins, totp
from privacyaudit.errors import AuditError

def made(name="example", key="", origin="https://example.org"):
    return sign_ins.make_entry(name, origin, "ann-the-user", "hunter2", totp.read_totp(key) if key else None)

try:
    {body}
except AuditError as error:
    print(type(error).__name__, error.what)
"""


def python(env: dict[str, str], body: str) -> str:
    """Run lines of Python with `keys` and `made` at hand; trouble is printed as its kind and sentence."""
    ran = run_python(env, SNIPPET.format(body="\n    ".join(body.strip().splitlines())))
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def with_platform(env: dict[str, str]) -> dict[str, str]:
    folder = Path(env["XDG_CONFIG_HOME"]) / "privacyaudit" / "checklists"
    folder.mkdir(parents=True)
    (folder / "lantern.yaml").write_text(CHECKLIST)
    return env


@pytest.fixture
def env() -> Iterator[dict[str, str]]:
    with private_keyring() as made:
        yield with_platform(made)


# -- unlocked --------------------------------------------------------------------------------------


def test_a_sign_in_is_added_listed_used_and_forgotten(env: dict[str, str]) -> None:
    added = run(env, *ADD, "--totp-stdin", typed=f"{PASSWORD}\n{SEED}\n")
    assert added.returncode == 0, added.stderr
    assert "types it only at https://lantern.example.org." in added.stdout
    listed = run(env, "keys", "list")
    assert listed.stdout == "lantern: https://lantern.example.org, with one-time codes\n"
    code = run(env, "keys", "code", "lantern")
    assert re.fullmatch(r"\d{6}\n", code.stdout)
    assert re.search(r"This code lasts \d+ seconds?\.", code.stderr)
    assert PASSWORD in secrets(env)["lantern"].encode().decode("unicode_escape")
    for said in (added, listed, code):
        for secret in ("hunter2", SEED, "ann-the-user"):
            assert secret not in said.stdout + said.stderr
    forgotten = run(env, "keys", "forget", "lantern")
    assert forgotten.stdout == "Removed: lantern.\n"
    assert secrets(env) == {}
    assert run(env, "keys", "list").stdout == "You have not saved any sign-ins.\n"
    again = run(env, "keys", "forget", "lantern")
    assert again.returncode == 2
    assert "You have not saved a sign-in for lantern." in again.stderr


def test_forget_all_leaves_nothing_of_ours_and_all_of_others(env: dict[str, str]) -> None:
    python(env, 'import keyring; keyring.set_password("another program", "bea", "theirs")')
    python(env, 'sign_ins.save(made("one")); sign_ins.save(made("two"))')
    assert set(secrets(env)) == {"one", "two", "(names)", "bea"}
    assert run(env, "keys", "forget", "--all").stdout == "Removed: one, two.\n"
    assert secrets(env) == {"bea": "theirs"}


def test_no_file_is_written_and_none_holds_a_secret(env: dict[str, str]) -> None:
    run(env, *ADD, "--totp-stdin", typed=f"hunter2\n{SEED}\n")
    run(env, "keys", "code", "lantern")
    files = [path for path in Path(env["HOME"]).rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        for secret in (b"hunter2", SEED.encode(), b"ann-the-user"):
            assert secret not in content, path
    assert [path.name for path in files if "privacyaudit" in str(path)] == ["lantern.yaml"], "it wrote a file"


def test_no_secret_is_logged_even_when_everything_is(env: dict[str, str]) -> None:
    work = f"sign_ins.save(made(key={SEED!r})); sign_ins.saved('example')"
    body = f"import logging; logging.basicConfig(level=0)\n{work}"
    ran = run_python(env, SNIPPET.format(body=body.replace("\n", "\n    ")))
    assert ran.returncode == 0, ran.stderr
    for secret in ("hunter2", SEED, "ann-the-user"):
        assert secret not in ran.stdout + ran.stderr


def test_a_changed_checklist_cannot_redirect_a_sign_in(env: dict[str, str]) -> None:
    python(env, "sign_ins.save(made())")
    told = python(env, 'sign_ins.for_origins("example", ["https://example.org.evil.test"])')
    assert told.startswith("KeyringError The saved sign-in for example is for https://example.org,")
    assert "Nothing was typed." in told


def test_two_runs_in_one_window_never_get_the_same_code(env: dict[str, str]) -> None:
    run(env, *ADD, "--totp-stdin", typed=f"hunter2\notpauth://totp/x?secret={SEED}&period=10\n")
    first, second = (run(env, "keys", "code", "lantern") for _ in range(2))
    assert first.returncode == second.returncode == 0
    assert first.stdout != second.stdout
    assert re.search(r"Next code in \d+ seconds?\.", second.stderr)


def test_of_many_runs_at_the_same_moment_one_gets_the_code_and_the_others_wait(env: dict[str, str]) -> None:
    python(env, f"sign_ins.save(made(key={SEED!r}))")
    body = """
def wait(seconds):
    raise SystemExit("waits")
sign_ins.names()
print("ready", flush=True)
input()
print(sign_ins.next_code(made(), lambda: 1000.0, wait))"""
    command = [sys.executable, "-c", SNIPPET.format(body=body.strip().replace("\n", "\n    "))]
    pipe = subprocess.PIPE
    runs = [nursery.Program(command, env=env, stdin=pipe, stdout=pipe, stderr=pipe) for _ in range(4)]
    for one in runs:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in runs:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    said = sorted("".join(one.communicate(timeout=30)).strip() for one in runs)
    assert said[1:] == ["waits"] * 3
    assert re.fullmatch(r"\d{6}", said[0])


def test_a_chain_of_keyrings_is_opened_and_the_system_one_used(env: dict[str, str]) -> None:
    chained = env | {"PYTHON_KEYRING_BACKEND": "keyring.backends.chainer.ChainerBackend"}
    assert python(chained, "print(type(keyring.choose_backend()).__module__)") == "keyring.backends.SecretService"
    python(chained, "sign_ins.save(made())")
    assert "example" in secrets(env)


def test_what_is_typed_as_password_and_key_does_not_show(env: dict[str, str]) -> None:
    command = [sys.executable, "-m", "privacyaudit", "keys", "add", "lantern"]
    process, terminal = pty.fork()
    if process == 0:
        os.execve(sys.executable, command, env)
    screen = ""
    with open(terminal, "r+b", buffering=0) as window:  # noqa: PTH123
        for prompt, reply in (("User name", "ann-the-user"), ("Password", "hunter2"), ("Key or", SEED)):
            screen += read_until(window.fileno(), prompt)
            window.write(f"{reply}\n".encode())
        screen += read_until(window.fileno(), "keys code lantern")
        _pid, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0, screen
    assert "ann-the-user" in screen
    assert "hunter2" not in screen
    assert SEED not in screen
    assert "hunter2" in secrets(env)["lantern"]


def read_until(terminal: int, words: str) -> str:
    """Read what a terminal shows until some words come and the line after them is complete.

    The space at the end of a prompt comes last, when what is typed no longer shows.
    """
    screen = ""
    deadline = time.monotonic() + 20
    while not re.search(rf"{words}.*(: |\n)$", screen, re.DOTALL):
        assert select.select([terminal], [], [], max(0, deadline - time.monotonic()))[0], f"no {words!r} in {screen!r}"
        screen += os.read(terminal, 4096).decode(errors="replace")
    return screen


# -- anything else ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("locked", "The system keyring is locked"),
        ("never set up", "The system keyring is locked, or it was never set up"),
        ("no daemon", "no system keyring"),
        ("no bus", "no system keyring"),
    ],
)
def test_without_an_open_keyring_every_command_refuses_at_once_with_a_sentence(state: State, words: str) -> None:
    with private_keyring(state) as env:
        with_platform(env)
        for command in (ADD, ("keys", "list"), ("keys", "code", "lantern"), ("keys", "forget", "--all")):
            began = time.monotonic()
            said = run(env, *command, typed="hunter2\n", timeout=QUICK)
            assert said.returncode == 1, said
            assert words in said.stderr
            assert "Traceback" not in said.stderr
            assert time.monotonic() - began < QUICK


class Prompter:
    """Stands where GNOME's password window would, counts who asks it, and never answers."""

    def __init__(self, env: dict[str, str]) -> None:
        from jeepney.bus_messages import DBus
        from jeepney.io.blocking import Proxy, open_dbus_connection

        self.bus = open_dbus_connection(bus=env["DBUS_SESSION_BUS_ADDRESS"])
        assert Proxy(DBus(), self.bus).RequestName("org.gnome.keyring.SystemPrompter") == (1,)

    def close(self) -> None:
        self.bus.close()

    def asked(self, seconds: float) -> bool:
        """Tell whether a window was asked for, or is within some seconds."""
        from jeepney import HeaderFields, MessageType

        deadline = time.monotonic() + seconds
        while True:
            try:
                message = self.bus.receive(timeout=max(0.0, deadline - time.monotonic()))
            except TimeoutError:
                return False
            is_call = message.header.message_type is MessageType.method_call
            if is_call and message.header.fields[HeaderFields.member] == "BeginPrompting":
                return True


@pytest.mark.parametrize("state", ["locked", "never set up"])
def test_a_keyring_that_is_not_open_never_opens_a_window(state: State) -> None:
    with private_keyring(state) as env, closing(Prompter(env)) as prompter:
        told = run(env, "keys", "list", timeout=QUICK)
        assert "The system keyring is locked" in told.stderr
        assert not prompter.asked(0.2)
        bare = [sys.executable, "-c", 'import keyring; keyring.get_password("privacyaudit", "example")']
        would_wait = subprocess.Popen(bare, env=env)
        assert prompter.asked(20), "this test would not notice a window"
        would_wait.kill()
        would_wait.wait()


def test_a_window_that_nobody_answers_does_not_hold_the_program_up() -> None:
    body = """
import keyring as library; library.get_keyring()
keyring.PATIENCE = 2
keyring._SAFE["keyring.backends.SecretService"] = None
sign_ins.find("example")"""
    with private_keyring("locked") as env, closing(Prompter(env)) as prompter:
        told = python(env, body)
        assert prompter.asked(1)
    assert told == "KeyringError The system keyring did not answer within 2 seconds."


def test_a_bus_that_never_answers_does_not_hold_the_program_up(tmp_path: Path) -> None:
    with private_keyring("no bus") as env, socket.socket(socket.AF_UNIX) as silent:
        address = f"{env['XDG_RUNTIME_DIR']}/silent"
        silent.bind(address)
        silent.listen()
        env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={address}"
        told = python(env, 'keyring.PATIENCE = 0.6; sign_ins.find("example")')
    assert told == "KeyringError The system keyring did not answer within 1 seconds."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("keyring.backends.null.Keyring", "switched off"),
        ("keyring.backends.fail.Keyring", "no system keyring"),
        ("bogus.Keyring", "PYTHON_KEYRING_BACKEND names cannot be used"),
        ("keyring.backends.kwallet.DBusKeyring", "PYTHON_KEYRING_BACKEND names cannot be used"),
    ],
)
def test_a_keyring_that_was_chosen_badly_gets_a_sentence_beside_a_good_one(
    env: dict[str, str], name: str, words: str
) -> None:
    said = run(env | {"PYTHON_KEYRING_BACKEND": name}, "keys", "list")
    assert said.returncode == 1
    assert words in said.stderr
    assert "Traceback" not in said.stderr


def test_a_keyring_named_in_its_own_settings_file_is_judged_too(env: dict[str, str]) -> None:
    folder = Path(env["XDG_CONFIG_HOME"]) / "python_keyring"
    folder.mkdir(parents=True)
    (folder / "keyringrc.cfg").write_text("[backend]\ndefault-keyring=bogus.Keyring\n")
    said = run(env, "keys", "list")
    assert said.returncode == 1
    assert "keyringrc.cfg names cannot be used" in said.stderr
