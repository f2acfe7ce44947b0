"""What the program loads before it answers, and that every command can say what it does."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys

import pytest

from privacyaudit import __version__
from tests.support.command_line import commands

HEAVY = {"babel", "jinja2", "keyring", "playwright", "prompt_toolkit", "questionary", "starlette", "yaml"}
MODEL = {"pydantic", "privacyaudit.model"}
LOADED = "Loaded: "
_TELLING = f"""
import atexit, sys
atexit.register(lambda: sys.stderr.write("{LOADED}" + " ".join(sys.modules)))
from privacyaudit.__main__ import main
main()
"""


def start(*words: str) -> tuple[subprocess.CompletedProcess[str], set[str]]:
    """Run the program in a process of its own; return how it ended, and the modules that were loaded at the end."""
    done = subprocess.run([sys.executable, "-c", _TELLING, *words], capture_output=True, encoding="utf-8", check=False)
    return done, set(done.stderr.rpartition(LOADED)[2].split())


_EACH_HELP = """
import contextlib, io, json, sys
from privacyaudit.__main__ import main
told = []
for words in json.load(sys.stdin):
    sys.argv = ["privacyaudit", *words, "--help"]
    said, before, code = io.StringIO(), set(sys.modules), None
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main()
        except SystemExit as end:
            code = end.code
    told.append([code, said.getvalue(), sorted(set(sys.modules) - before)])
json.dump(told, sys.stdout)
"""


@pytest.fixture(scope="module")
def helps() -> dict[tuple[str, ...], tuple[object, str, set[str]]]:
    """Ask for the help of each command, one after the other in one new process: how it ended, what it said, what that
    loaded that was not there yet."""
    every = [words for words, _command in commands()]
    done = subprocess.run(
        [sys.executable, "-c", _EACH_HELP], input=json.dumps(every), capture_output=True, encoding="utf-8", check=True
    )
    return {
        words: (code, said, set(new)) for words, (code, said, new) in zip(every, json.loads(done.stdout), strict=True)
    }


@pytest.mark.parametrize(
    "words", [pytest.param(words, id=" ".join(("privacyaudit", *words))) for words, _command in commands()]
)
def test_help_says_how_the_command_is_used_and_loads_nothing_heavy(
    words: tuple[str, ...], helps: dict[tuple[str, ...], tuple[object, str, set[str]]]
) -> None:
    code, said, loaded = helps[words]
    assert code == 0, said
    assert re.search(rf"Usage:.*{' '.join(words)}", said)
    assert "Traceback" not in said
    assert loaded & HEAVY == set()


def test_the_help_of_a_command_in_a_process_of_its_own() -> None:
    done, loaded = start("audit", "--help")
    assert done.returncode == 0, done.stderr
    assert "privacyaudit.cli" in loaded
    assert loaded & HEAVY == set()


def test_the_first_help_does_without_pydantic() -> None:
    """The help of one command loads that command, and with it the model."""
    _done, loaded = start("--help")
    assert "privacyaudit.cli" in loaded
    assert loaded & MODEL == set()
    assert [name for name in loaded if name.startswith("privacyaudit.cli.commands")] == []


def test_version_is_told_before_the_command_line_is_even_loaded() -> None:
    done, loaded = start("--version")
    assert (done.returncode, done.stdout) == (0, f"privacyaudit {__version__}\n")
    assert "privacyaudit" in loaded
    assert loaded & (HEAVY | MODEL | {"typer", "rich"}) == set()


_PRESSED = """
import os, runpy, signal, sys
how, loading = sys.argv[1:]
class Pressed:
    def find_spec(self, name, path=None, target=None):
        if name == loading:
            os.kill(os.getpid(), signal.SIGINT)
sys.modules.pop(loading, None)
sys.meta_path.insert(0, Pressed())
sys.argv[1:] = ["list"]
if how == "module":
    runpy.run_module("privacyaudit", run_name="__main__", alter_sys=True)
else:
    from privacyaudit.__main__ import main
    main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot press Ctrl-C for itself")
@pytest.mark.parametrize("how", ["module", "script"])
@pytest.mark.parametrize("loading", ["signal", "privacyaudit.process", "privacyaudit.cli", "typer", "pydantic", "yaml"])
def test_ctrl_c_while_it_starts_ends_it_without_a_word(how: str, loading: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PRESSED, how, loading], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode in (130, -signal.SIGINT), done.stdout, done.stderr) == (True, "", "")


_UNHEARD = """
import os, signal, sys, time
from privacyaudit import cli
def program():
    class Library:
        def __del__(self):
            os.kill(os.getpid(), signal.SIGINT)
    Library()
    return lambda words, prog_name: time.sleep(20)
cli.program = program
from privacyaudit.__main__ import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot press Ctrl-C for itself")
def test_a_ctrl_c_that_python_could_only_print_is_heard_all_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _UNHEARD], capture_output=True, encoding="utf-8", check=False, timeout=15
    )
    assert (done.returncode, done.stderr) == (130, "")
