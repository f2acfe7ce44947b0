"""What is in the wheel and the sdist, and that the wheel works without the source tree."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, then the wheel from that sdist, as a package registry or pipx would."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="module")
def in_wheel(built: Path) -> set[str]:
    [wheel] = built.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.fixture(scope="module")
def in_sdist(built: Path) -> set[str]:
    [sdist] = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        return {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}


def files(folder: str) -> set[str]:
    """Return the files below a folder of the project, relative to the project, without what git ignores."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != ".gitkeep"
    }


@pytest.mark.parametrize("folder", ["checklists", "reports", "locale"])
def test_the_wheel_holds_every_checklist_template_and_catalogue(folder: str, in_wheel: set[str]) -> None:
    wanted = {f"privacyaudit/data/{name}" for name in files(folder)}
    assert wanted - in_wheel == set()
    assert wanted or folder == "locale"


def test_the_wheel_holds_every_file_of_the_package(in_wheel: set[str]) -> None:
    wanted = files("privacyaudit")
    assert wanted - in_wheel == set()
    assert {"privacyaudit/browser/looks/seen.js", "privacyaudit/py.typed"} <= wanted


def test_the_wheel_holds_the_licences_and_nothing_from_outside_the_package(in_wheel: set[str]) -> None:
    others = {name for name in in_wheel if not name.startswith("privacyaudit/")}
    assert all(".dist-info/" in name for name in others)
    ends = {name.split(".dist-info/")[1] for name in others}
    assert {"licenses/LICENSE", "licenses/checklists/LICENSE", "entry_points.txt"} <= ends


@pytest.mark.parametrize(
    "folder",
    ["privacyaudit", "checklists", "reports", "locale", "tests", "docs", "benchmarks", ".ci", ".github", "locks"],
)
def test_the_sdist_holds_the_whole_project(folder: str, in_sdist: set[str]) -> None:
    assert files(folder) - in_sdist == set()


def test_the_sdist_holds_what_sets_the_project_up(in_sdist: set[str]) -> None:
    assert {"pyproject.toml", "bootstrap.py", "noxfile.py", "README.md", "LICENSE"} <= in_sdist
    assert {"SECURITY.md", "CODE_OF_CONDUCT.md", ".editorconfig", ".pre-commit-config.yaml"} <= in_sdist
    assert not any(name.startswith((".venv", ".cache", ".nox", ".git/")) for name in in_sdist)


def test_the_wheel_works_without_the_source_tree(built: Path, tmp_path: Path) -> None:
    [wheel] = built.glob("*.whl")
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = (
        "from privacyaudit import shipped; from privacyaudit.catalogue.loading import catalogue;"
        " print(shipped.folder('reports')); catalogue()"
    )
    environment = {**os.environ, "PYTHONPATH": str(site), "PRIVACYAUDIT_STATE": str(tmp_path / "state")}

    def python(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    assert Path(python("-c", code)) == site / "privacyaudit" / "data" / "reports"
    assert python("-m", "privacyaudit", "--version").startswith("privacyaudit ")
    assert python("-m", "privacyaudit", "list")
