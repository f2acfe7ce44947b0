"""Templates are compiled once for all programs, where that is possible, and drawn where it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from privacyaudit import shipped
from privacyaudit.report import drawing

ROOT = Path(__file__).parents[3]
DRAWS = """
import sys
from pathlib import Path
from privacyaudit import shipped
shipped.folder = lambda kind: Path(sys.argv[1])
from privacyaudit.report import drawing
from jinja2 import environment
compiled = []
real = environment.Environment.compile
environment.Environment.compile = lambda *given, **more: compiled.append(1) or real(*given, **more)
assert drawing._template("card.html.j2")
print(len(compiled))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    shutil.copytree(shipped.folder("reports"), made, ignore=shutil.ignore_patterns("__pycache__"))
    return made


def compiles(folder: Path, **env: str) -> int:
    """Return how many templates a fresh program compiles that draws one."""
    made = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | env
    done = subprocess.run(
        [sys.executable, "-c", DRAWS, str(folder)], capture_output=True, text=True, check=True, cwd=ROOT, env=made
    )
    return int(done.stdout)


def test_a_template_is_compiled_once_and_again_when_it_has_changed(folder: Path) -> None:
    first = compiles(folder)
    assert first >= 1
    assert compiles(folder) == 0
    with (folder / "card.html.j2").open("a") as file:
        file.write("<!-- changed -->")
    assert compiles(folder) == 1


def test_where_python_keeps_nothing_neither_do_templates(folder: Path) -> None:
    assert compiles(folder, PYTHONDONTWRITEBYTECODE="1") >= 1
    assert not (folder / "__pycache__").exists()


def test_a_folder_that_cannot_be_written_to_and_a_full_disk_stop_no_page(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (folder / "__pycache__").write_text("in the way")
    assert drawing._compiled(folder) is None
    (folder / "__pycache__").unlink()
    kept = drawing._compiled(folder)
    assert kept is not None
    shutil.rmtree(folder / "__pycache__")
    bucket = kept.get_bucket(drawing._environment(), "card.html.j2", None, "x")
    bucket.code = compile("1", "x", "eval")
    kept.set_bucket(bucket)
    assert not (folder / "__pycache__").exists()
