"""What contributors run: `nox -l` lists it, `nox -s tests` runs one of it, what follows `--` is passed on.

Started from the environment that `python3 bootstrap.py test` made (`.venv/bin/nox`, or bootstrap itself), the everyday
sessions use that environment as it is: nothing is installed twice, and CI stays short. Started from any other nox they
make environments of their own, with the same locked versions. The sessions `pythons`, `package`, `newest`, `minimums`
and `lock` always do; all but the first are about other versions than those, and take them as they come.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nox

HERE = Path(__file__).parent
PROJECT = nox.project.load_toml(HERE / "pyproject.toml")
IN_PLACE = Path(sys.prefix).resolve() == (HERE / ".venv").resolve()
EVERYDAY = "none" if IN_PLACE else "virtualenv"
PURE = "not browser and not bed and not keyring and not terminal"
CODE = ["privacyaudit", "tests", "benchmarks", "docs/conf.py", "noxfile.py", "bootstrap.py"]
DOCS_PARTS = "tests/support/docs_parts.py"
WORKERS = str(5 * (os.cpu_count() or 1) // 2)  # most tests wait, for a browser or for a terminal
BY_FILE = ("--dist", "loadfile", "--no-loadscope-reorder")  # what a file starts, such as a browser, is started once
IN_TURNS = ("-n", WORKERS, "--maxprocesses", WORKERS, *BY_FILE)
OWN = {"PYTHONDONTWRITEBYTECODE": ""}  # hundreds of programs are started: each would compile everything again
ROOM = 4 * 2**30  # bytes; a whole run takes less than one of them

nox.options.sessions = ["lint", "tests"]
nox.options.reuse_venv = "yes"
if IN_PLACE:
    os.environ["PATH"] = str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")


def prepare(session: nox.Session) -> None:
    """Install what bootstrap does for development, unless the session uses bootstrap's environment."""
    if session.virtualenv.is_sandboxed:
        session.install("--require-hashes", "--only-binary", ":all:", "--requirement", "locks/development.txt")
        session.install("--no-deps", "--no-build-isolation", "--editable", ".")


@contextmanager
def written_to_memory() -> Iterator[dict[str, str]]:
    """Let the tests' temporary files be in memory where there is room: hundreds of browsers write to the disk else."""
    shared = Path("/dev/shm")
    room = os.statvfs(shared) if shared.is_dir() and hasattr(os, "statvfs") else None
    if room is None or room.f_bavail * room.f_frsize < ROOM or room.f_flag & os.ST_NOEXEC:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="pa", dir=shared) as folder:
        yield {"TMPDIR": folder}


def chosen(session: nox.Session) -> list[str]:
    """Return what is passed on to pytest, with all of tests/ where no file or folder of tests is named."""
    named = any(word.startswith("tests") for word in session.posargs)
    return [*([] if named else ["tests"]), *session.posargs]


@nox.session(venv_backend=EVERYDAY)
def tests(session: nox.Session) -> None:
    """Run the whole test suite; what is not on this computer is skipped, with its reason at the end."""
    prepare(session)
    with written_to_memory() as memory:
        session.run("python", "-m", "pytest", *IN_TURNS, *chosen(session), env=OWN | memory)


@nox.session(venv_backend=EVERYDAY)
def lint(session: nox.Session) -> None:
    """Check form, types, floors, spelling and that the generated parts of the docs are current."""
    prepare(session)
    look_at_form(session)


def look_at_form(session: nox.Session) -> None:
    """Run all that finds fault without running the program."""
    session.run("ruff", "format", "--check", *CODE)
    session.run("ruff", "check", *CODE)
    session.run("mypy")
    session.run("lint-imports")
    session.run("python", "tests/support/spelling.py")
    session.run("python", "-m", "privacyaudit", "lint", "--strict", "checklists", "checklists/about_me")
    session.run("python", DOCS_PARTS, "--check")


@nox.session(venv_backend=EVERYDAY)
def coverage(session: nox.Session) -> None:
    """Say which lines and branches the tests reach that need nothing but Python; what a browser runs is not in it."""
    prepare(session)
    shown = ("--cov-report=term", "--cov-report=html:.cache/coverage")
    least = [] if session.posargs else ["--cov-fail-under=75"]  # 79 % when this was written
    session.run("python", "-m", "pytest", "--cov", *shown, *least, *session.posargs)


@nox.session(venv_backend=EVERYDAY)
def docs(session: nox.Session) -> None:
    """Write the generated parts of the docs again; with `-- --check` fail when they are not current."""
    prepare(session)
    session.run("python", DOCS_PARTS, *session.posargs)


@nox.session(venv_backend=EVERYDAY)
def messages(session: nox.Session) -> None:
    """Collect every sentence for translators and bring the catalogues up to date; `-- cy` begins a new one."""
    prepare(session)
    session.run("python", DOCS_PARTS, "messages")
    template, folder = "locale/privacyaudit.pot", "locale"
    common = ["--input-file", template, "--output-dir", folder, "--domain", "privacyaudit"]
    for language in session.posargs:
        session.run("pybabel", "init", *common, "--locale", language)
    if any((HERE / folder).glob("*/LC_MESSAGES/privacyaudit.po")):
        session.run("pybabel", "update", *common, "--previous")


@nox.session(venv_backend=EVERYDAY)
def bench(session: nox.Session) -> None:
    """Measure each part against its budgets."""
    prepare(session)
    session.run("python", "benchmarks/bench.py", *session.posargs)


@nox.session(venv_backend=EVERYDAY)
def thorough(session: nox.Session) -> None:
    """Run every case of every test. A usual run takes a part each day of those that take minutes."""
    prepare(session)
    session.run("python", "-m", "pytest", "--hypothesis-profile=thorough", *IN_TURNS, *chosen(session), env=OWN)


@nox.session(venv_backend=EVERYDAY)
def mutate(session: nox.Session) -> None:
    """Read pretend pages that were changed at random; docs/mend/mutation-test.md says how."""
    prepare(session)
    session.run("python", "tests/mutation/mutate.py", *(session.posargs or ["--count", "1000"]))


@nox.session(venv_backend="virtualenv")
def package(session: nox.Session) -> None:
    """Build wheel and sdist, and use the wheel alone, in an environment of its own as pipx makes them."""
    session.install(*nox.project.dependency_groups(PROJECT, "package"))
    dist = HERE / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", str(dist))
    [wheel] = dist.glob("*.whl")
    scratch = Path(session.create_tmp()).resolve()
    session.run("python", "-m", "venv", "--clear", str(scratch / "venv"))
    python = shutil.which("python", path=f"{scratch}/venv/bin{os.pathsep}{scratch}/venv/Scripts")
    session.run(str(python), "-m", "pip", "install", "--quiet", f"{wheel}[all]", external=True)
    session.chdir(scratch)  # away from the source tree, which Python would find first
    for words in (["--version"], ["list"]):
        session.run(str(python), "-m", "privacyaudit", *words, external=True)


@nox.session(venv_backend=EVERYDAY)
def packed(session: nox.Session) -> None:
    """Pack the program into one folder that needs no Python, dist/packed, with PyInstaller."""
    prepare(session)
    session.run("python", "tests/support/packed.py", "dist/packed")


@nox.session(venv_backend=EVERYDAY)
def site(session: nox.Session) -> None:
    """Write the site, which any web server can give out as it is, into the folder site. Needs a browser, to print."""
    prepare(session)
    shutil.rmtree(HERE / "site", ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="pa") as folder:
        guide = f"{folder}/guide"
        how = ("--fail-on-warning", "--keep-going", "--quiet", "-c", "docs", "-d", f"{folder}/read")
        session.run("python", "-m", "sphinx", *how, ".", guide)
        session.run("python", "-m", "privacyaudit.offline.site_folder", guide, "site")


@nox.session(venv_backend="virtualenv", python=["3.12", "3.13", "3.14"])
def pythons(session: nox.Session) -> None:
    """Run the tests that need nothing but Python on newer Pythons."""
    prepare(session)
    session.run("python", "-m", "pytest", "--hypothesis-profile=thorough", "-m", PURE, *session.posargs)


@nox.session(venv_backend="virtualenv", reuse_venv=False)
def lock(session: nox.Session) -> None:
    """Write locks/ again after a change of pyproject.toml; `-- --upgrade` takes the newest versions."""
    session.install("uv")
    common = ("--universal", "--python-version", "3.11", "--all-extras", "--generate-hashes", "--only-binary", ":all:")
    form = ("--annotation-style", "line", "--custom-compile-command", "nox -s lock", "--quiet", "pyproject.toml")
    command = ("uv", "pip", "compile", *common, *form, *session.posargs)
    development, program = "locks/development.txt", "locks/program.txt"
    session.run(*command, "--group", "dev", "--output-file", development)
    session.run(*command, "--group", "editable", "--constraint", development, "--output-file", program)


@nox.session(venv_backend="virtualenv", reuse_venv=False)
def newest(session: nox.Session) -> None:
    """Run the lint and the tests that need nothing but Python with everything as new as it comes: for a weekly look."""
    session.install("--editable", ".[all]", *nox.project.dependency_groups(PROJECT, "dev"))
    session.run("python", "-m", "pip", "list")
    look_at_form(session)
    session.run("python", "-m", "pytest", "--hypothesis-profile=thorough", "-m", PURE, *session.posargs)


@nox.session(venv_backend="virtualenv", reuse_venv=False)
def minimums(session: nox.Session) -> None:
    """Run the tests that need nothing but Python with the oldest versions that pyproject.toml allows."""
    extras = PROJECT["project"]["optional-dependencies"]
    declared = [*PROJECT["project"]["dependencies"], *extras["browser"], *extras["clinic"]]
    pins = re.findall(r"^([\w-]+)>=([\d.]+)$", "\n".join(declared), re.MULTILINE)
    constraints = Path(session.create_tmp()) / "oldest.txt"
    constraints.write_text("\n".join(f"{name}=={version}" for name, version in pins), encoding="utf-8")
    session.install("--editable", ".[all]", "--constraint", str(constraints))
    session.install(*nox.project.dependency_groups(PROJECT, "test"), "--constraint", str(constraints))
    session.run("python", "-m", "pytest", "--hypothesis-profile=thorough", "-m", PURE, *session.posargs)
