"""A history under kills, full disks, programs at once and real keyrings: nothing reported as saved is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from privacyaudit.over_time import history, history_exchange
from privacyaudit.over_time.history import History
from privacyaudit.reminders.jobs import NAME, with_block
from privacyaudit.storage import folders
from tests.support import histories, nursery, records
from tests.support.histories import (
    KEY,
    OLD,
    POSIX,
    WORDS,
    decision,
    fill,
    ids,
    old_records,
    raw,
    record,
    refused,
    with_schedulers,
)
from tests.support.schedulers import JOB, OTHERS
from tests.support.secret_service import State, private_keyring, run_python, secrets
from tests.support.secret_service import run as run_program
from tests.support.terminal import ENTER, Terminal

apsw = pytest.importorskip("apsw", reason="the extra [history] is not installed")


# -- older layouts ---------------------------------------------------------------------------------

old = pytest.fixture(params=OLD, ids=lambda file: file.stem)(histories.old)


def test_programs_that_bring_a_history_up_to_date_at_the_same_moment_all_succeed(old: Path) -> None:
    before = len(old_records())
    together([KEY.hex()] * 3)
    assert len(ids()) == before + 75


# -- sudden ends -----------------------------------------------------------------------------------

SAVING = """
import os, sys, time
from privacyaudit.over_time.history import History
from tests.support.histories import KEY, decision, record

first = 0
for line in sys.stdin:
    if not (child := os.fork()):
        os.write(1, f"pid {os.getpid()}\\n".encode())
        kept = History.open(KEY)
        for number in range(first, first + 1000):
            kept.save(record(number))
            kept.decide(decision(number))
            os.write(1, f"saved {number}\\n".encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.write(1, b"dead\\n")
    first += 1000
"""
KILLS = 200


@POSIX
def test_no_record_or_decision_reported_as_saved_is_lost_or_damaged_by_200_times_kill_9() -> None:
    """Every tenth time the history is new, so that its making is interrupted too."""
    chance = random.Random(20261122)
    saved: list[int] = []
    interrupted = 0
    with subprocess.Popen(
        [sys.executable, "-c", SAVING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as nursery:
        assert nursery.stdin
        assert nursery.stdout
        try:
            for number in range(KILLS):
                if number % 10 == 0:
                    interrupted += whole(saved)
                    history.forget_all()
                    saved = []
                nursery.stdin.write(b"go\n")
                pid = int(nursery.stdout.readline().split()[1])
                saved += [int(nursery.stdout.readline().split()[1]) for _ in range(chance.choice((0, 1, 3)))]
                time.sleep(chance.random() / 50)  # a random moment
                os.kill(pid, 9)
                while (line := nursery.stdout.readline()) != b"dead\n":
                    saved.append(int(line.split()[1]))
            interrupted += whole(saved)
        finally:
            nursery.kill()
    assert interrupted > KILLS, "too few records were saved for this to say much"


def whole(saved: list[int]) -> int:
    """Check that all that was reported is there, and nothing else than one more per kill; return how many."""
    with History.open(KEY) as kept:
        there = {int(one.id, 16) for one in kept.all()}
        for number in saved:
            assert kept.get(f"{number:032x}") == record(number)
        decided = {int(one.check.rpartition("-")[2]): one for one in kept.decisions()}
        assert all(decided[number] == decision(number) for number in saved)
        assert set(saved) <= set(decided) <= there
        assert len(there) <= len(saved) + 10
    connection = raw(history.path())
    assert connection.pragma("integrity_check") == "ok"
    connection.close()
    assert {file.name for file in folders.folder().iterdir()} == {"history.db", "history.lock"}
    return len(saved)


FULL = """
import resource, sys
from privacyaudit.errors import SaveError
from privacyaudit.over_time.history import History
from tests.support.histories import KEY, decision, record

room = int(sys.argv[1])
saved = decided = 0
resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
try:
    kept = History.open(KEY)
    while saved < 500:
        kept.save(record(saved))
        saved += 1
        kept.decide(decision(decided))
        decided += 1
except SaveError as error:
    print(error.what, error.advice)
if "again" in sys.argv:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    kept.save(record(saved))
    saved += 1
    kept.decide(decision(decided))
    decided += 1
print(saved, decided)
"""


@POSIX
@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("room", [60_000, 200_000])
def test_on_a_full_disk_saving_says_so_and_what_was_saved_before_stays(room: int, again: bool) -> None:
    command = [sys.executable, "-c", FULL, str(room), *(["again"] if again else [])]
    done = nursery.run(command)
    told, counts = done.stdout.splitlines()
    saved, decided = map(int, counts.split())
    assert "could not be written" in told
    assert "Everything that was saved before is safe." in told
    assert sorted(ids()) == list(range(saved))
    with History.open(KEY) as kept:
        assert sorted(kept.decisions(), key=lambda one: one.at) == [decision(number) for number in range(decided)]
    assert decided > (1 if again else 0)


@POSIX
def test_on_a_disk_that_is_full_already_no_half_made_history_is_left() -> None:
    done = nursery.run([sys.executable, "-c", FULL, "5000"])
    assert "could not be written" in done.stdout
    assert [file.name for file in folders.folder().iterdir()] == ["history.lock"]
    fill(1)
    assert ids() == [1]


# -- two programs at once --------------------------------------------------------------------------

TOGETHER = """
import sys
from privacyaudit.over_time.history import History
from tests.support.histories import decision, record

secret, first = sys.argv[1], int(sys.argv[2])
print("ready", flush=True)
input()
with History.open(bytes.fromhex(secret) if len(secret) == 64 else secret) as kept:
    for number in range(first, first + 25):
        kept.save(record(number))
        kept.decide(decision(number, check="pond.tagging-1"))
"""


def together(secrets: list[str]) -> None:
    """Let one program per secret open the history at the same moment, and save 25 records each: from 100, 200 …."""
    pipe = subprocess.PIPE
    programs = [
        nursery.Program([sys.executable, "-c", TOGETHER, secret, str(first)], stdin=pipe, stdout=pipe, stderr=pipe)
        for first, secret in zip(range(100, 1000, 100), secrets, strict=False)
    ]
    for program in programs:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in programs:
        _said, trouble = program.communicate(timeout=60)
        assert (program.returncode, trouble) == (0, "")


def test_programs_that_begin_a_history_and_save_at_the_same_moment_all_succeed() -> None:
    together([WORDS] * 3)
    assert sorted(ids(WORDS)) == [first + number for first in (100, 200, 300) for number in range(25)]
    with History.open(WORDS) as kept:
        assert len(kept.decisions()) == 1


# -- each fault, as the person sees it -------------------------------------------------------------


@POSIX
def test_on_a_full_disk_the_command_says_so_and_the_history_is_as_before(tmp_path: Path) -> None:
    fill(1, secret=WORDS)
    with History.open(WORDS) as kept:
        kept.decide(decision(1))
    file = tmp_path / "more.json"
    more = history_exchange.Export(
        records=tuple(map(record, range(2, 40))), decisions=(decision(1, at=records.FINISHED), decision(2))
    )
    file.write_text(more.model_dump_json(by_alias=True), encoding="utf-8")
    said = refused("import", str(file), room=60_000)
    assert "could not be written" in said
    assert "Everything that was saved before is safe. Free some space on the disk" in said
    with History.open(WORDS) as kept:
        assert [one.id for one in kept.all()] == [f"{1:032x}"]
        assert kept.decisions() == [decision(1)]


# -- a real keyring --------------------------------------------------------------------------------

SNIPPET = """
from privacyaudit.credentials import keyring, sign_ins
from privacyaudit.over_time import history
from privacyaudit.errors import AuditError
from tests.support.histories import decision, record
try:
    {body}
except AuditError as error:
    print(type(error).__name__, error.what, error.advice)
"""
SAVE = """
with history.History.open(history.keyring_key()) as kept: kept.save(record({number}))
print("saved")"""
COPIES = """
import keyring, secretstorage
ring = secretstorage.get_default_collection(secretstorage.dbus_init())
name = {{"application": "Python keyring library", "service": "privacyaudit", "username": "(history)"}}
while keyring.get_password("privacyaudit", "(history)") != "{wrong}":  # which of two it gives is a matter of chance
    ring.create_item("a copy", name, b"{wrong}", replace=False)"""
DECIDE = """
with history.History.open(history.keyring_key()) as kept: kept.decide(decision(1))"""


def python(env: dict[str, str], body: str) -> str:
    ran = run_python(env, SNIPPET.format(body="\n    ".join(body.strip().splitlines())))
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def command(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return run_program(env, "history", *words)


def file_of(env: dict[str, str]) -> Path:
    return Path(env["XDG_DATA_HOME"]) / "privacyaudit" / "history.db"


@pytest.fixture
def env(tmp_path: Path) -> Iterator[dict[str, str]]:
    with private_keyring() as made:
        made["PATH"] = str(with_schedulers(tmp_path / "programs").folder)
        yield made


@pytest.mark.keyring
def test_the_key_is_in_the_keyring_and_in_no_file(env: dict[str, str]) -> None:
    assert python(env, SAVE.format(number=1)) == "saved"
    key = secrets(env)["(history)"]
    assert len(bytes.fromhex(key)) == 32
    assert file_of(env).is_file()
    for file in (file for file in Path(env["HOME"]).rglob("*") if file.is_file()):
        content = file.read_bytes()
        assert key.encode() not in content, file
        assert bytes.fromhex(key) not in content, file
    assert python(env, SAVE.format(number=2)) == "saved"
    assert secrets(env)["(history)"] == key
    assert len(command(env, "list").stdout.splitlines()) == 2


@pytest.mark.keyring
def test_programs_that_begin_together_share_one_key(env: dict[str, str]) -> None:
    line = [sys.executable, "-c", SNIPPET.format(body=SAVE.strip().replace("\n", "\n    "))]
    pipe = subprocess.PIPE
    programs = [
        nursery.Program([*line[:2], line[2].replace("{number}", str(number))], env=env, stdout=pipe)
        for number in range(4)
    ]
    assert [program.communicate(timeout=60)[0] for program in programs] == ["saved\n"] * 4
    assert len(command(env, "list").stdout.splitlines()) == 4


@pytest.mark.keyring
def test_forgetting_all_removes_the_file_and_our_key_and_no_other(env: dict[str, str]) -> None:
    python(env, 'import keyring; keyring.set_password("another program", "bea", "theirs")')
    python(env, 'sign_ins.save(sign_ins.make_entry("example", "https://example.org", "ann", "hunter2"))')
    python(env, SAVE.format(number=1))
    said = command(env, "forget", "--all", "--yes")
    assert said.returncode == 0, said.stderr
    assert "Removed: the key in your system's keyring." in said.stdout
    assert set(secrets(env)) == {"bea", "example", "(names)"}
    assert not file_of(env).parent.exists()
    assert command(env, "list").stdout == "There is no history yet.\n"


def traces(env: dict[str, str]) -> tuple[set[str], set[str], str]:
    """Return the files in the home, the entries in the keyring and what stands in the schedulers."""
    home, spool = Path(env["HOME"]), Path(env["PATH"]) / "spool"
    keyrings = home / "data" / "keyrings"
    files = {str(file.relative_to(home)) for file in home.rglob("*") if file.is_file() and keyrings not in file.parents}
    return files, set(secrets(env)), spool.read_text()


@pytest.mark.keyring
def test_forgetting_all_leaves_no_file_no_key_and_no_scheduler_entry(env: dict[str, str]) -> None:
    spool = Path(env["PATH"]) / "spool"
    spool.write_text(f"{OTHERS}\n")
    clean = traces(env)
    assert clean == (set(), set(), f"{OTHERS}\n")
    python(env, SAVE.format(number=1))
    python(env, DECIDE)
    assert run_program(env, "remind", "install").returncode == 0
    spool.write_text(with_block(OTHERS, JOB))
    files, keys, jobs = traces(env)
    units = {f"config/systemd/user/{NAME}.{kind}" for kind in ("service", "timer")}
    assert files >= units | {f"data/privacyaudit/history.{end}" for end in ("db", "lock")}
    assert keys == {"(history)"}
    assert jobs != f"{OTHERS}\n"
    said = " ".join(command(env, "forget", "--all", "--yes").stdout.split())
    left = traces(env)
    assert left == clean
    for thing in (
        "weekly reminder in systemd",
        "weekly reminder in cron",
        "every audit and every decision",
        "the key in",
    ):
        assert thing in said
    assert command(env, "forget", "--all", "--yes").stdout == "There is no history yet.\n"
    assert run_program(env, "clean", "--yes").returncode == 0
    assert traces(env) == clean


@pytest.mark.keyring
def test_forgetting_every_sign_in_leaves_the_history_its_key(env: dict[str, str]) -> None:
    python(env, SAVE.format(number=1))
    python(env, "sign_ins.forget_all()")
    assert len(command(env, "list").stdout.splitlines()) == 1


@pytest.mark.keyring
def test_a_missing_key_is_told_and_none_is_made_in_its_place(env: dict[str, str]) -> None:
    python(env, SAVE.format(number=1))
    before = file_of(env).read_bytes()
    python(env, 'import keyring; keyring.delete_password("privacyaudit", "(history)")')
    said = command(env, "list")
    assert said.returncode == 1
    assert "The key of your history is not in your system's keyring" in said.stderr
    assert "--passphrase" in said.stderr
    assert "forget" not in said.stderr, "the key may be in another keyring, and forgetting is for good"
    assert "Traceback" not in said.stderr
    assert "(history)" not in secrets(env)
    assert file_of(env).read_bytes() == before


@pytest.mark.keyring
def test_of_two_keys_under_one_name_the_one_that_opens_is_taken_and_forgetting_removes_both(
    env: dict[str, str],
) -> None:
    python(env, SAVE.format(number=1))
    for wrong in ("00" * 32, "rubbish"):
        python(env, COPIES.format(wrong=wrong))
        assert len(command(env, "list").stdout.splitlines()) == 1
    assert command(env, "forget", "--all", "--yes").returncode == 0
    assert "(history)" not in secrets(env)


@pytest.mark.keyring
def test_a_damaged_key_is_told_and_left_where_it_is(env: dict[str, str]) -> None:
    python(env, 'import keyring; keyring.set_password("privacyaudit", "(history)", "rubbish")')
    assert python(env, "history.keyring_key()").startswith(
        "KeyringError The key of your history in your system's keyring is damaged."
    )
    assert secrets(env) == {"(history)": "rubbish"}


@pytest.mark.keyring
@pytest.mark.parametrize(
    ("state", "words"),
    [("locked", "is locked"), ("never set up", "never set up"), ("no daemon", "no system keyring"), ("no bus", "no")],
)
def test_without_an_open_keyring_nothing_is_made_and_the_advice_names_the_passphrase(state: State, words: str) -> None:
    with private_keyring(state) as env:
        said = python(env, SAVE.format(number=1))
        assert said.startswith("KeyringError")
        assert words in said
        assert "--passphrase" in said
        assert "by hand" not in said
        assert not file_of(env).exists()


@pytest.mark.keyring
def test_forgetting_all_under_a_locked_keyring_removes_the_files_and_says_what_stays(tmp_path: Path) -> None:
    with private_keyring("locked") as env:
        env["PATH"] = str(with_schedulers(tmp_path / "programs").folder)
        file_of(env).parent.mkdir(parents=True)
        file_of(env).write_bytes(b"x")
        said = command(env, "forget", "--all", "--yes")
        assert f"Removed: {file_of(env)}" in said.stdout
        assert "is locked" in said.stderr
        assert "It opens old copies of the history" in said.stderr
        assert not file_of(env).exists()


# -- asked in a terminal ---------------------------------------------------------------------------


@pytest.mark.terminal
def test_where_there_is_no_keyring_a_passphrase_is_asked_for_twice_and_does_not_show(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text(record(1).model_dump_json(by_alias=True), encoding="utf-8")
    bare = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "HOME": str(tmp_path)}
    env = bare | {"PRIVACYAUDIT_DATA": str(folders.folder())}
    with Terminal([sys.executable, "-m", "privacyaudit", "history", "import", str(file)], env=env) as window:
        window.wait_for("Passphrase (you will not see what you type)")
        window.send("-l", WORDS)
        window.send(ENTER)
        window.wait_for("Type it again")
        window.send("-l", WORDS)
        window.send(ENTER)
        window.wait_for("1 record was added.")
        assert window.end() == 0
        said = window.everything()
    assert "no system keyring" in said
    assert WORDS not in said
    with Terminal([sys.executable, "-m", "privacyaudit", "history", "list"], env=env) as window:
        window.wait_for("Passphrase (you will not see what you type)")
        window.send("-l", WORDS)
        window.send(ENTER)
        window.wait_for("0000000")
        assert window.end() == 0
        assert "Type it again" not in window.everything()
