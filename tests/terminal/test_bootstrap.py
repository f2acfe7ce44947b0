"""bootstrap.py on machines that lack things, each test in a small project of its own that needs no network.

The project has the shape of the real one (locks, browser finder, nox); its parts print what they were asked. Its locks
name one small wheel each. System packages are played by scripts on PATH, so that nothing on this computer changes. The
real project is set up by the same file whenever `.ci/run` runs.
"""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
needs_root = pytest.mark.skipif(not AS_ROOT, reason="bootstrap.py installs system packages as root only")
posix_only = pytest.mark.skipif(os.name == "nt", reason="the played programs are shell scripts")
pytestmark = posix_only

PROJECT = {
    "pyproject.toml": """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "privacyaudit"
version = "1"
""",
    "backend.py": """
import zipfile
from pathlib import Path
INFO = "privacyaudit-1.dist-info"
METADATA = "Metadata-Version: 2.1\\nName: privacyaudit\\nVersion: 1\\n"
WHEEL = "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = "privacyaudit-1-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder) / name, "w") as wheel:
        wheel.writestr("privacyaudit.pth", str(Path.cwd()))
        wheel.writestr(f"{INFO}/METADATA", METADATA)
        wheel.writestr(f"{INFO}/WHEEL", WHEEL)
        wheel.writestr(f"{INFO}/RECORD", "")
    return name
build_editable = build_wheel
""",
    "noxfile.py": "",
    "nox/__main__.py": "import sys; print('nox', *sys.argv[1:])",
    "playwright/__main__.py": """
import os, sys
from pathlib import Path
state = Path(os.environ["STATE"])
if (state / "no-libatomic").exists() and "libatomic1" not in (state / "installed").read_text():
    sys.exit("libatomic.so.1: cannot open shared object file")
if "install" in sys.argv and (state / "downloads-work").exists():
    (state / "downloaded").touch()
""",
    "privacyaudit/__init__.py": "",
    "privacyaudit/__main__.py": """
import sys, time
try:
    print("privacyaudit", *sys.argv[1:], flush=True)
    if "wait" in sys.argv:
        sys.stdin.read()
except KeyboardInterrupt:
    time.sleep(1)  # saving takes longer than subprocess.call would wait
    print("saved")
    sys.exit(130)
sys.exit(int(sys.argv[-1]) if sys.argv[-1].isdigit() else 0)
""",
    "privacyaudit/errors.py": """
class AuditError(Exception):
    def __init__(self, what, advice):
        self.what, self.advice = what, advice
""",
    "privacyaudit/browser/find.py": """
import os
from pathlib import Path
from privacyaudit.errors import AuditError
def find(*, headless):
    state = Path(os.environ["STATE"])
    if not (state / "downloaded").exists() and "chromium" not in (state / "installed").read_text().split():
        raise AuditError("No browser was found.", "Install Chromium.")
""",
}
PROGRAMS = {
    "dpkg-query": 'grep -qx "$4" "$STATE/installed" && printf installed',
    "apt-cache": '! grep -qx "$2" "$STATE/unavailable"',
    "apt-get": """
echo "$@" >>"$STATE/apt-log"
for word; do
    case $word in install) installing=1 ;; -*|*=*|update) ;; *) [ "$installing" ] && names="$names $word" ;; esac
done
for name in $names; do if grep -qx "$name" "$STATE/unavailable"; then exit 100; fi; done
for name in $names; do echo "$name" >>"$STATE/installed"; done
""",
    "npm": """
for word; do last=$word; done
echo "$last" >>"$STATE/npm-log"
mkdir -p "$3/node_modules/${last%@*}"
echo "{\\"version\\": \\"${last#*@}\\"}" >"$3/node_modules/${last%@*}/package.json"
""",
}
LOCKS = {"program": "part", "development": "tool"}


def new_project(folder: Path) -> Path:
    for name, text in PROJECT.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "locks").mkdir()
    for lock, name in LOCKS.items():
        pin(folder, lock, new_wheel(folder / "wheels", name, "1"))
    shutil.copy(ROOT / "bootstrap.py", folder)
    return folder


def new_wheel(folder: Path, name: str, number: str) -> Path:
    """Make the wheel of a module that knows its version."""
    folder.mkdir(exist_ok=True)
    path, info = folder / f"{name}-{number}-py3-none-any.whl", f"{name}-{number}.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{name}.py", f"NUMBER = {number!r}\n")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {number}\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
    return path


def pin(project: Path, lock: str, wheel: Path) -> None:
    """Let a lock name this wheel alone."""
    name, number, *_tags = wheel.name.split("-")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (project / "locks" / f"{lock}.txt").write_text(f"{name}=={number} --hash=sha256:{digest}\n", encoding="utf-8")


class Machine:
    """A pretend machine: a project folder (new, or one that is set up), the programs on PATH, and what is installed."""

    def __init__(self, folder: Path, python: str, programs: tuple[str, ...] = (), project: Path | None = None) -> None:
        self.python, self.state, self.path = python, folder / "state", folder / "path"
        self.project = project or new_project(folder / "project with a space")
        self.state.mkdir()
        self.path.mkdir()
        for name in ("installed", "unavailable", "apt-log", "npm-log"):
            (self.state / name).touch()
        for name in programs:
            script = self.path / name
            script.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{PROGRAMS[name]}\n", encoding="utf-8")
            script.chmod(0o755)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": str(self.path),
            "HOME": str(self.state),
            "STATE": str(self.state),
            "LANG": "C.UTF-8",
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": (self.project / "wheels").as_uri(),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def bootstrap(
        self, *words: str, before: tuple[str, ...] = (), more: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*before, self.python, str(self.project / "bootstrap.py"), *words],
            cwd=self.state,
            env={**self.environment, **(more or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
        )

    def note(self, name: str) -> str:
        return (self.state / name).read_text(encoding="utf-8")

    def has(self, part: str) -> str:
        """Return the version of a part that is installed, or nothing."""
        python = str(self.project / ".venv" / "bin" / "python")
        command = [python, "-c", f"import {part}; print({part}.NUMBER)"]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout.strip()


def base_python() -> str:
    return str(Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}")


def ends_in_one_sentence(done: subprocess.CompletedProcess[str]) -> bool:
    return done.returncode == 1 and "Traceback" not in done.stderr and done.stdout == ""


@pytest.fixture(params=["the Python of these tests", "the system's Python"])
def python(request: pytest.FixtureRequest) -> str:
    """Two Pythons where there are two: Debian's own refuses to install into itself (PEP 668), others do not."""
    path = base_python() if "tests" in request.param else "/usr/bin/python3"
    enough = [path, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    if not Path(path).exists() or subprocess.run(enough, check=False).returncode:
        pytest.skip(f"{path} is not there or older than 3.11")
    return path


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine on which `setup` has run once, without apt."""
    machine = Machine(tmp_path_factory.mktemp("machine"), base_python())
    done = machine.bootstrap("setup")
    assert done.returncode == 0, done.stderr
    return machine


def with_its_environment(ready: Machine, machine: Machine) -> Machine:
    """Give a machine a copy of the environment of one that is ready, which is much quicker than making another."""
    shutil.copytree(ready.project / ".venv", machine.project / ".venv", symlinks=True)
    return machine


def old_pythons() -> Iterator[str]:
    """Yield Pythons older than 3.11 on this computer: on PATH, or beside this one as version managers put them."""
    for minor in range(6, 11):
        candidates = [shutil.which(f"python3.{minor}")]
        candidates += [str(path) for path in Path(sys.base_prefix).parent.glob(f"3.{minor}.*/bin/python3")]
        for python in filter(None, candidates):
            if not subprocess.run([python, "-c", "pass"], capture_output=True, check=False).returncode:
                yield python
                break


def test_python_3_8_can_read_bootstrap() -> None:
    ast.parse((ROOT / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_an_old_python_says_so_in_one_sentence() -> None:
    found = list(old_pythons())
    if not found:
        pytest.skip("no Python older than 3.11 is on this computer")
    for python in found:
        done = subprocess.run(
            [python, str(ROOT / "bootstrap.py"), "demo"], capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 1
        assert done.stderr.startswith("privacyaudit needs Python 3.11 or newer; this is Python 3.")
        assert done.stderr.count("\n") == 1


def test_help_explains_it_and_sets_nothing_up(tmp_path: Path) -> None:
    machine = Machine(tmp_path, base_python())
    done = machine.bootstrap("--help")
    assert done.returncode == 0
    assert "python3 bootstrap.py demo" in done.stdout
    assert not (machine.project / ".venv").exists()


def test_each_python_makes_the_environment_and_runs_the_program(python: str, ready: Machine, tmp_path: Path) -> None:
    machine = ready if python == ready.python else Machine(tmp_path, python)
    done = machine.bootstrap("list")
    assert (done.returncode, done.stdout) == (0, "privacyaudit list\n"), done.stderr
    assert (machine.project / ".venv" / "bin" / "python").exists()


def test_alone_it_sets_up_and_opens_the_window(ready: Machine, tmp_path: Path) -> None:
    machine = Machine(tmp_path, ready.python)
    done = machine.bootstrap()
    assert (done.returncode, done.stdout) == (0, "privacyaudit start\n"), done.stderr
    assert "Installing privacyaudit" in done.stderr


def test_words_and_exit_code_pass_through_and_a_second_run_says_nothing(ready: Machine) -> None:
    done = ready.bootstrap("audit", "--quick", "11")
    assert (done.returncode, done.stdout, done.stderr) == (11, "privacyaudit audit --quick 11\n", "")


def test_a_changed_pyproject_is_installed_again(ready: Machine) -> None:
    file = ready.project / "pyproject.toml"
    file.write_text(file.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert "Installing privacyaudit" in ready.bootstrap("list").stderr
    assert ready.bootstrap("list").stderr == ""


def test_a_broken_environment_is_made_anew_and_a_newer_release_changes_nothing(ready: Machine) -> None:
    new_wheel(ready.project / "wheels", "part", "2")
    python = ready.project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    done = ready.bootstrap("list")
    assert done.stdout == "privacyaudit list\n"
    assert "Making the virtual environment" in done.stderr
    assert (ready.has("part"), ready.has("tool")) == ("1", "")


def test_the_tests_bring_their_tools_and_take_words(ready: Machine) -> None:
    done = ready.bootstrap("test", "-k", "guard")
    assert done.returncode == 0
    assert done.stdout == f"nox --noxfile {ready.project}/noxfile.py -s tests -- -k guard\n"
    assert "Tests that need a browser will be skipped. No browser was found. Install Chromium." in done.stderr
    assert "vnu-jar could not be installed" in done.stderr


def test_the_demo_without_a_browser_says_what_to_do(ready: Machine) -> None:
    done = ready.bootstrap("demo")
    assert ends_in_one_sentence(done)
    assert done.stderr.endswith("No browser was found. Install Chromium.\n")


def test_a_browser_that_was_named_and_is_wrong_is_not_replaced(ready: Machine) -> None:
    done = ready.bootstrap("demo", more={"PRIVACYAUDIT_BROWSER": "/nowhere"})
    assert ends_in_one_sentence(done)
    assert "Playwright" not in done.stderr


def test_the_demo_takes_playwrights_chromium_where_that_can_be_had(ready: Machine, tmp_path: Path) -> None:
    machine = Machine(tmp_path, ready.python, project=ready.project)
    (machine.state / "downloads-work").touch()
    done = machine.bootstrap("demo", "--fast")
    assert (done.returncode, done.stdout) == (0, "privacyaudit demo --fast\n")


def test_ctrl_c_lets_the_program_finish_saving(ready: Machine) -> None:
    process = subprocess.Popen(
        [ready.python, str(ready.project / "bootstrap.py"), "audit", "wait"],
        cwd=ready.state,
        env=ready.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "privacyaudit audit wait\n"
    os.killpg(process.pid, signal.SIGINT)
    assert process.stdout.read() == "saved\n"
    assert process.wait(timeout=10) == 130


def test_parts_that_cannot_be_installed_are_one_sentence(ready: Machine, tmp_path: Path) -> None:
    machine = with_its_environment(ready, Machine(tmp_path, base_python()))
    pinned = f"no-such-part==1 --hash=sha256:{'0' * 64}\n"
    (machine.project / "locks" / "program.txt").write_text(pinned, encoding="utf-8")
    done = machine.bootstrap("setup")
    assert ends_in_one_sentence(done)
    assert re.search(r"could not be installed \([^)]*no-such-part", done.stderr)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_changed_lock_is_installed(ready: Machine, lock: str) -> None:
    command = {"program": "list", "development": "test"}[lock]
    ready.bootstrap(command)
    pin(ready.project, lock, new_wheel(ready.project / "wheels", LOCKS[lock], "3"))
    assert "Installing privacyaudit" in ready.bootstrap(command).stderr
    assert ready.has(LOCKS[lock]) == "3"
    assert "Installing privacyaudit" not in ready.bootstrap(command).stderr


def test_what_is_not_what_the_lock_says_is_not_installed(ready: Machine, tmp_path: Path) -> None:
    machine = with_its_environment(ready, Machine(tmp_path, base_python()))
    wheel = new_wheel(machine.project / "wheels", "part", "4")
    pin(machine.project, "program", wheel)
    with zipfile.ZipFile(wheel, "a") as changed:
        changed.writestr("other.py", "")
    before = machine.has("part")
    for _again in range(2):
        done = machine.bootstrap("setup")
        assert ends_in_one_sentence(done)
        assert "HASHES" in done.stderr
    assert machine.has("part") == before != "4"


def test_a_file_in_the_place_of_the_environment_is_one_sentence(tmp_path: Path) -> None:
    machine = Machine(tmp_path, base_python())
    (machine.project / ".venv").touch()
    done = machine.bootstrap("setup")
    assert ends_in_one_sentence(done)
    assert ".venv" in done.stderr


def hiding(python: str, *modules: str) -> tuple[str, ...]:
    """Return the words that start a program in a view of this computer in which Python modules are missing."""
    unshare, mount = shutil.which("unshare"), shutil.which("mount")
    flags = "-m" if AS_ROOT else "-rm"
    if not unshare or not mount or subprocess.run([unshare, flags, "true"], check=False).returncode:
        pytest.skip(f"this system does not let a program hide folders from itself (unshare {flags})")
    code = "import importlib.util as u, sys; [print(s.origin) for n in sys.argv[1:] if (s := u.find_spec(n))]"
    found = subprocess.run([python, "-c", code, *modules], capture_output=True, encoding="utf-8", check=True)
    hidden = [str(Path(line).parent) for line in found.stdout.splitlines()]
    script = (
        'for d in "$@"; do [ "$d" = -- ] && break; "$0" -t tmpfs none "$d" || exit 99; shift; done; shift; exec "$@"'
    )
    return (unshare, flags, "/bin/sh", "-c", script, mount, *hidden, "--")


def test_without_ensurepip_the_pip_outside_installs(tmp_path: Path) -> None:
    python = base_python()
    if subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        pytest.skip(f"{python} has no pip")
    machine = Machine(tmp_path, python)
    done = machine.bootstrap("list", before=hiding(python, "ensurepip"))
    assert (done.returncode, done.stdout) == (0, "privacyaudit list\n"), done.stderr
    assert not (machine.project / ".venv" / "bin" / "pip").exists()
    assert "apt install" not in done.stderr


def test_without_any_pip_the_debian_package_is_named(python: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path, python)
    done = machine.bootstrap("demo", before=hiding(python, "ensurepip", "pip"))
    assert ends_in_one_sentence(done)
    assert "sudo apt install python3." in done.stderr


@needs_root
def test_root_gets_browser_and_driver_parts_from_apt(ready: Machine, tmp_path: Path) -> None:
    machine = Machine(tmp_path, ready.python, ("apt-get", "apt-cache", "dpkg-query"), ready.project)
    (machine.state / "no-libatomic").touch()
    done = machine.bootstrap("demo")
    assert (done.returncode, done.stdout) == (0, "privacyaudit demo\n"), done.stderr
    assert machine.note("installed").split() == ["libatomic1", "chromium"]


@needs_root
def test_root_gets_the_test_packages_once_and_is_told_which_cannot_be_had(ready: Machine, tmp_path: Path) -> None:
    machine = Machine(tmp_path, ready.python, ("apt-get", "apt-cache", "dpkg-query", "npm"), ready.project)
    (machine.state / "unavailable").write_text("tmux\n", encoding="utf-8")
    done = machine.bootstrap("test")
    assert done.returncode == 0
    assert "Some tests will be skipped; for all of them: sudo apt install tmux\n" in done.stderr
    assert {"chromium", "gnome-keyring", "php-cli", "xvfb", "default-jre-headless"} <= set(
        machine.note("installed").split()
    )
    asked = machine.note("npm-log").split()
    assert [name.split("@")[0] for name in asked] == ["vnu-jar", "typescript"]
    assert all(re.fullmatch(r"[\w-]+@\d+\.\d+\.\d+", name) for name in asked), "npm takes what is newest that day"
    (machine.state / "unavailable").write_text("", encoding="utf-8")
    machine.bootstrap("test")
    (machine.state / "apt-log").write_text("", encoding="utf-8")
    assert machine.bootstrap("test").stderr == ""
    assert (machine.note("apt-log"), machine.note("npm-log").split()) == ("", asked)
    facts = machine.project / ".cache" / "typescript" / "node_modules" / "typescript" / "package.json"
    facts.write_text('{"version": "1.0.0"}', encoding="utf-8")
    assert machine.bootstrap("test").stderr == "Installing typescript ...\n"


def test_on_debian_without_root_the_missing_packages_are_named(ready: Machine, tmp_path: Path) -> None:
    machine = Machine(tmp_path, ready.python, ("dpkg-query",), ready.project)
    done = machine.bootstrap("test")
    assert "for all of them: sudo apt install libatomic1 chromium" in done.stderr
