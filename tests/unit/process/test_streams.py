"""Whatever the standard streams are, what is printed arrives, readable, and the exit code is the same."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from privacyaudit.cli import terminal
from privacyaudit.over_time.history import History
from privacyaudit.process import streams
from tests.support import histories
from tests.support.command_line import commands
from tests.support.in_process import run

ENCODINGS = ("cp1252", "cp850", "ascii")
A_RECORD = "RECORD"
EVERY = (
    (),
    ("--help",),
    ("--version",),
    ("start", "--help"),
    ("audit", "texting", "--no-input", "--no-open", "--role", "teacher"),
    ("audit", "texting", "--plain", "--quick", "--no-open", "--role", "teacher"),
    ("list",),
    ("list", "--areas"),
    ("list", "--checks"),
    ("list", "--stale"),
    ("show", "everyday.saved-logins"),
    ("show", "wikipedia.email-from-others"),
    ("show", "“nothing” ›"),
    ("report", A_RECORD, "--no-open"),
    ("compare", A_RECORD, A_RECORD, "--no-open"),
    ("compare", A_RECORD, A_RECORD, "--format", "text"),
    ("guidance",),
    ("lint", "checklists/texting.yaml"),
    ("lint", "--schema"),
    ("due",),
    ("due", "--json"),
    ("accept", "everyday.saved-logins", "--until", "never"),
    ("plan", "everyday.saved-logins", "--by", "never"),
    ("doctor",),
    ("clean", "--yes"),
    ("page", "texting"),
    ("page", "--print"),
    ("probe", "texting", "--no-input"),
    ("demo", "--no-open"),
    ("keys",),
    ("keys", "add", "texting"),
    ("keys", "list"),
    ("keys", "code", "ŵ …"),
    ("keys", "forget", "--all"),
    ("history",),
    ("history", "list"),
    ("history", "show"),
    ("history", "show", "--json"),
    ("history", "forget", "--all"),
    ("history", "export", "history.json"),
    ("history", "import", "nothing.json"),
    ("remind",),
    ("remind", "ics"),
    ("remind", "install"),
    ("remind", "status"),
    ("remind", "remove"),
    ("shortcut",),
    ("shortcut", "--remove"),
    ("clinic",),
    ("clinic", "open", "nothing ≥"),
    ("clinic", "report"),
    ("clinic", "forget"),
    ("search",),
    ("letter",),
    ("letter", "friend", "--no-input"),
    ("letter", "ŵ"),
    ("remove",),
    ("remove", "--first-hour"),
    ("proof",),
    ("proof", "add"),
    ("proof", "list"),
    ("proof", "export", "proof.zip"),
    ("proof", "delete", "1"),
    ("prepare",),
    ("prepare", "job", "--no-input"),
    ("audit", "—"),
    ("no-such-command",),
)


TO_A_PROGRAM = {("clinic", "steered")}
"""What is said to another program, in JSON: no person reads it, and no terminal shows it."""


def test_every_command_is_tried() -> None:
    tried = {words[:length] for words in EVERY for length in (0, 1, 2)} | TO_A_PROGRAM
    assert not [words for words, _command in commands() if words not in tried]


@pytest.mark.parametrize("words", [pytest.param(words, id=" ".join(words) or "nothing") for words in EVERY])
def test_a_command_says_the_same_in_every_encoding(
    words: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_record = tmp_path / "record.json"
    a_record.write_text(histories.record().model_dump_json(by_alias=True))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PRIVACYAUDIT_BROWSER", str(tmp_path / "none"))
    words = [str(a_record) if word == A_RECORD else word for word in words]

    def said(encoding: str) -> tuple[int, list[str]]:
        for name in ("state", "data", "home"):
            monkeypatch.setenv(f"PRIVACYAUDIT_{name.upper()}", str(tmp_path / encoding / name))
        monkeypatch.setenv("HOME", str(tmp_path / encoding))
        done = run(*words, encoding=encoding)
        assert "Error" not in done.stderr.replace("Error:", ""), done.stderr
        return done.returncode, re.sub(r"\S*/\S*", "PATH", done.stdout + done.stderr).split("\n")

    code, lines = said("utf-8")
    assert code != 3, lines
    for encoding in ENCODINGS:
        its_code, its_lines = said(encoding)
        assert its_code == code, its_lines
        assert [line.count("?") for line in its_lines] == [line.count("?") for line in lines]


def test_what_stands_for_a_sign_is_readable() -> None:
    text = "✓ ▲ “a” ‘b’ › … — – · é ŵ Ω \udce9"
    taken = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", taken)
        streams.make_safe()
        sys.stdout.write(text)
        sys.stdout.flush()
    assert taken.buffer.getvalue().decode() == "ok ! \"a\" 'b' > ... - - - e w ? ?"


def test_every_sign_of_ours_has_a_substitute_that_is_ascii() -> None:
    """Those in the code and in the checklists; the verdicts' signs differ from each other."""
    root = Path(__file__).parents[3]
    texts = [
        path
        for ending in ("py", "yaml")
        for room in ("privacyaudit", "checklists")
        for path in (root / room).rglob(f"*.{ending}")
        if path.name != "danger_words.py"  # looked for in addresses, and said to no one
    ]
    signs = {sign for path in texts for sign in path.read_text("utf-8") if ord(sign) > 127} - set("＠＝－＋")
    assert len(signs) > 20
    for sign in signs:
        instead = streams._readable(UnicodeEncodeError("ascii", sign, 0, 1, ""))[0]
        assert instead.isascii()
        assert instead != "?", sign
    assert len({streams.SUBSTITUTES[sign] for sign in "▲◆◷✓–"}) == 5


def test_json_stays_json() -> None:
    """Straight quotes in place of others would end a text early."""
    with History.open(histories.WORDS) as kept:
        kept.save(histories.record(version="1 “dev” …"))
    for encoding in ENCODINGS:
        done = run("history", "show", "0", "--json", "--passphrase-stdin", typed=histories.WORDS, encoding=encoding)
        assert json.loads(done.stdout)["version"] == "1 “dev” …"


# -- processes ------------------------------------------------------------------------------------

PROGRAM = f"'{sys.executable}' -m privacyaudit"


def shell(line: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", line], capture_output=True, encoding="utf-8", env={**os.environ, **env}, check=False, timeout=60
    )


@pytest.mark.skipif(os.name != "posix", reason="closes streams as a POSIX shell does")
@pytest.mark.parametrize(("words", "code"), [("--version", 0), ("show texting.last-seen", 2), ("nonsense", 2)])
def test_a_program_without_streams_ends_as_always(words: str, code: int) -> None:
    done = shell(f"{PROGRAM} {words} <&- >&- 2>&-; echo $?")
    assert (done.stdout, done.stderr) == (f"{code}\n", "")


@pytest.mark.skipif(os.name != "posix", reason="a POSIX shell")
@pytest.mark.parametrize("words", ["--version", "--help", "list --checks"])
def test_a_reader_that_has_left_ends_the_program_without_a_word(words: str) -> None:
    done = shell(f"{{ sleep 0.1; {PROGRAM} {words}; echo $? >&2; }} | true")
    assert done.stderr == "1\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk that every Linux has")
@pytest.mark.parametrize("words", ["--version", "list"])
def test_a_full_disk_under_the_output_is_said(words: str) -> None:
    done = shell(f"{PROGRAM} {words} >/dev/full")
    assert (done.returncode, done.stderr) == (1, f"privacyaudit: {os.strerror(errno.ENOSPC)}\n")


def test_streams_that_are_missing_are_there_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """As under pythonw, where a click on the screen starts the program."""
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    streams.make_safe()
    made = [sys.stdin, sys.stdout, sys.stderr]
    terminal.say("Nobody hears this.")
    terminal.fail("Nor this.")
    assert sys.stdin.read() == ""
    for stream in made:
        stream.close()


def test_bootstrap_says_what_it_does_in_every_encoding() -> None:
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", "import bootstrap; bootstrap.main(['--help']); bootstrap.say('Making ŵ …')"],
        cwd=root,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr.decode("cp1252").strip() == "Making ? …"
