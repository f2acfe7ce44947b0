"""The locks: everything that pyproject.toml asks for, in one version, with hashes, for every system and Python."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("program", "development")
SYSTEMS = (("linux", "posix", "Linux"), ("darwin", "posix", "Darwin"), ("win32", "nt", "Windows"))
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True)
class Pin:
    """One version of one package, and where it is wanted."""

    line: Requirement
    hashes: list[str]

    @property
    def name(self) -> str:
        return canonicalize_name(self.line.name)

    @property
    def number(self) -> str:
        return re.sub("^==", "", str(self.line.specifier))

    def wanted(self, machine: dict[str, str]) -> bool:
        return self.line.marker is None or self.line.marker.evaluate(machine)


def text(lock: str) -> str:
    return (ROOT / "locks" / f"{lock}.txt").read_text(encoding="utf-8")


def pins(lock: str) -> list[Pin]:
    """Return what a lock names, each entry without its comments."""
    code = re.sub(r"(?m)^\s*#.*\n?", "", text(lock)).replace("\\\n", " ")
    found = []
    for entry in code.splitlines():
        line, *hashes = entry.split(" --hash=")
        found.append(Pin(Requirement(line.strip()), [digest.strip() for digest in hashes]))
    return found


def declared(lock: str) -> list[Requirement]:
    """Return what pyproject.toml asks for directly, in a lock's extras and groups."""
    project = PROJECT["project"]
    lines = list(project["dependencies"])
    for extra in project["optional-dependencies"].values():
        lines += [line for line in extra if not line.startswith("privacyaudit[")]
    groups = {"program": "editable", "development": "dev"}
    return [Requirement(line) for line in [*lines, *group(groups[lock])]]


def group(name: str) -> list[str]:
    lines: list[str] = []
    for line in PROJECT["dependency-groups"][name]:
        lines += [line] if isinstance(line, str) else group(line["include-group"])
    return lines


def machines() -> list[dict[str, str]]:
    """Return the machines that a lock must serve, as the facts that markers ask for."""
    here: dict[str, Any] = dict(default_environment())
    facts = {"platform_python_implementation": "CPython", "implementation_name": "cpython", "extra": ""}
    return [
        {
            **here,
            **facts,
            "sys_platform": platform,
            "os_name": name,
            "platform_system": system,
            "python_version": python,
            "python_full_version": f"{python}.1",
        }
        for platform, name, system in SYSTEMS
        for python in PYTHONS
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_one_version_with_hashes(lock: str) -> None:
    assert pins(lock)
    for pin in pins(lock):
        assert re.fullmatch(r"==[\w.!+]+", str(pin.line.specifier)), pin
        assert pin.hashes, pin
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in pin.hashes), pin


@pytest.mark.parametrize("lock", LOCKS)
def test_no_line_says_where_packages_come_from(lock: str) -> None:
    assert not re.search(r"://|^\s*-[^-]|--(?!hash=)|@", re.sub(r"(?m)#.*$", "", text(lock)), re.MULTILINE)
    assert "://" not in text(lock)


@pytest.mark.parametrize("lock", LOCKS)
def test_each_machine_gets_what_pyproject_asks_for_in_a_version_that_it_allows(lock: str) -> None:
    for machine in machines():
        given = {pin.name: pin.number for pin in pins(lock) if pin.wanted(machine)}
        assert len(given) == sum(pin.wanted(machine) for pin in pins(lock)), "a package stands there twice"
        for line in declared(lock):
            if line.marker is None or line.marker.evaluate(machine):
                number = given.get(canonicalize_name(line.name))
                assert number, f"{line} is not locked for {machine['sys_platform']}: nox -s lock"
                assert line.specifier.contains(number), f"{line} does not allow {number}: nox -s lock"


def test_development_has_what_the_program_has_in_the_same_versions() -> None:
    for machine in machines():
        program, development = (
            {(pin.name, pin.number, *pin.hashes) for pin in pins(lock) if pin.wanted(machine)} for lock in LOCKS
        )
        assert program < development


@pytest.mark.parametrize("lock", LOCKS)
def test_what_the_parts_need_is_locked_too(lock: str) -> None:
    """As far as it is installed here, in the versions that are locked."""
    machine: dict[str, Any] = {**default_environment(), "extra": ""}
    given = {pin.name: pin.number for pin in pins(lock) if pin.wanted(machine)}
    seen = 0
    for name, number in given.items():
        try:
            if version(name) != number:
                continue
        except PackageNotFoundError:
            continue
        seen += 1
        for line in map(Requirement, requires(name) or []):
            if line.marker is None or line.marker.evaluate(machine):
                assert canonicalize_name(line.name) in given, f"{name} needs {line}"
    if not seen:
        pytest.skip("nothing here is in the version that is locked")


@pytest.mark.skipif(sys.prefix != str(ROOT / ".venv"), reason="not run in the environment that bootstrap.py made")
def test_bootstrap_made_this_environment_from_the_lock() -> None:
    machine: dict[str, Any] = {**default_environment(), "extra": ""}
    for pin in pins("development"):
        if pin.wanted(machine):
            assert version(pin.name) == pin.number, "python3 bootstrap.py test brings what is locked"


@pytest.mark.skipif(sys.prefix != str(ROOT / ".venv"), reason="not run in the environment that bootstrap.py made")
@pytest.mark.parametrize(
    "module",
    [
        "apsw",
        "desktop_notifier",
        "icalendar",
        "PIL",
        "playwright",
        "segno",
        "starlette",
        "textstat",
        "uvicorn",
        "zxingcpp",
    ],
)
def test_an_optional_part_that_is_locked_can_be_loaded(module: str) -> None:
    """Where one cannot, the program says that it is missing, and tests are skipped."""
    subprocess.run([sys.executable, "-W", "ignore", "-c", f"import {module}"], check=True)
