"""The files that a repository's site and tools read: forms, workflows, hooks, and how text is written."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import pages
from tests.support.pages import ROOT, Spoken

FORMS = sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
PARTS = {"markdown", "input", "textarea", "dropdown", "checkboxes"}
WRITTEN_BY_PEOPLE = ("*.py", "*.md", "*.yaml", "*.yml", "*.toml", "*.js", "*.css", "*.j2")
ROOMS = ("privacyaudit", "checklists", "reports", "tests", "benchmarks", "docs", "locks", ".ci", ".github")


def read(path: Path) -> Any:
    """Return what a YAML file holds, with every scalar as text: to YAML the word “on” is true."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


# -- forms -----------------------------------------------------------------------------------------


def faults_of_form(form: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with an issue form, by the rules that the site documents."""
    yield from (f"no {key}" for key in ("name", "description", "body") if not form.get(key))
    asked = [part for part in form["body"] if part["type"] != "markdown"]
    ids = [part.get("id", "") for part in asked]
    yield from (f"{one!r} is no id of its own" for one in ids if ids.count(one) > 1 or not re.fullmatch(r"[\w-]+", one))
    for part in form["body"]:
        attributes = part.get("attributes", {})
        if part["type"] not in PARTS or set(part) - {"type", "id", "attributes", "validations"}:
            yield f"{part} is no part of a form"
        elif not attributes.get("value" if part["type"] == "markdown" else "label"):
            yield f"{part} says nothing"
        options = attributes.get("options", [])
        if part["type"] in ("dropdown", "checkboxes") and (
            not options or len(options) != len({str(one) for one in options})
        ):
            yield f"{part} has no options, or one twice"
        if part["type"] == "checkboxes" and not all(one.get("label") for one in options):
            yield f"{part} has a box without words"
    if not asked:
        yield "asks nothing"


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_can_be_shown(path: Path) -> None:
    assert list(faults_of_form(read(path))) == []


def test_there_is_a_form_for_a_setting_a_fault_and_a_platform_and_one_for_changes() -> None:
    assert {path.stem for path in FORMS} == {"wrong-setting", "fault", "new-platform"}
    assert "- [ ] " in (ROOT / ".github/PULL_REQUEST_TEMPLATE.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        (
            {"name": "A", "description": "B", "body": [{"type": "inptu", "id": "a", "attributes": {"label": "C"}}]},
            "no part",
        ),
        ({"name": "A", "description": "B", "body": [{"type": "input", "attributes": {"label": "C"}}]}, "no id"),
        (
            {"name": "A", "description": "B", "body": [{"type": "dropdown", "id": "a", "attributes": {"label": "C"}}]},
            "options",
        ),
        ({"description": "B", "body": [{"type": "input", "id": "a", "attributes": {"label": "C"}}]}, "no name"),
        (
            {"name": "A", "description": "B", "body": [{"type": "markdown", "attributes": {"value": "C"}}]},
            "asks nothing",
        ),
    ],
)
def test_a_form_that_could_not_be_shown_is_found(form: dict[str, Any], fault: str) -> None:
    assert any(fault in one for one in faults_of_form(form))


# -- workflows -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_can_be_run_and_says_that_it_was_not(path: Path) -> None:
    flow = read(path)
    assert path.read_text("utf-8").startswith("# Untried here")
    assert {"name", "on", "jobs", "permissions"} <= set(flow)
    assert flow["permissions"] == {"contents": "read"}
    for job in flow["jobs"].values():
        assert job["runs-on"]
        assert set([job["needs"]] if "needs" in job else []) <= set(flow["jobs"])
        for step in job["steps"]:
            assert ("run" in step) != ("uses" in step), step
            assert re.fullmatch(r"[\w-]+/[\w-]+@[\w./-]+", step.get("uses", "a/b@c")), step


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_a_workflow_runs_is_there(path: Path) -> None:
    for line in [step["run"] for job in read(path)["jobs"].values() for step in job["steps"] if "run" in step]:
        for name in re.findall(r"-s (\w+)", line):
            assert name in pages.sessions()
        for name in re.findall(r"(?:^|\s)(\.?[\w/-]+\.(?:py|txt)|\.ci/\w+)", line):
            assert (ROOT / name).is_file(), line
        for words in re.findall(r"(bootstrap\.py .*)", line):
            pages.check(Spoken(path.name, f"python3 {words}", True))


def test_ci_runs_what_everybody_can_run_and_a_release_needs_no_password() -> None:
    ci, release = (read(ROOT / ".github/workflows" / name) for name in ("ci.yml", "release.yml"))
    assert any(step.get("run") == ".ci/run" for step in ci["jobs"]["all"]["steps"])
    assert release["on"] == {"push": {"tags": ["v*"]}}
    assert release["jobs"]["publish"]["permissions"] == {"id-token": "write"}
    assert not re.search(r"secrets\.|password", str(release))


def test_what_packs_the_program_uses_each_action_as_it_was_at_one_commit() -> None:
    flow = read(ROOT / ".github/workflows/packed.yml")
    used = [step["uses"] for job in flow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert len(used) >= 4
    assert [one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one)] == []
    systems = [one["system"].partition("-")[0] for one in flow["jobs"]["pack"]["strategy"]["matrix"]["include"]]
    assert systems == ["ubuntu", "macos", "windows"]


# -- hooks -----------------------------------------------------------------------------------------


with_the_tools = pytest.mark.skipif(
    sys.prefix != str(ROOT / ".venv"), reason="not run in the environment that bootstrap.py made"
)


@with_the_tools
@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_each_hook_is_a_tool_of_the_locked_environment_that_starts(hook: dict[str, Any]) -> None:
    assert hook["language"] == "system"
    program, *words = hook["entry"].split()
    assert program.startswith(".venv/bin/")
    tool = Path(sys.executable).with_name(Path(program).name)
    options = [word for word in words if not (ROOT / word).exists()]
    done = subprocess.run([tool, *options, "--help"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert [word for word in words if word.startswith("tests/") and not (ROOT / word).is_file()] == []


@with_the_tools
def test_the_hooks_are_what_pre_commit_takes() -> None:
    tool, config = Path(sys.executable).with_name("pre-commit"), ROOT / ".pre-commit-config.yaml"
    done = subprocess.run([tool, "validate-config", config], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_tools_of_the_hooks_are_asked_for() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    asked = {re.split(r"[<>=]", one)[0] for group in groups.values() for one in group if isinstance(one, str)}
    assert {"pre-commit", "ruff", "mypy", "import-linter", "pytest"} <= asked


# -- how text is written ---------------------------------------------------------------------------


def untidy(raw: bytes) -> list[str]:
    """Return what of .editorconfig a text does not keep."""
    text = raw.decode()
    return [
        *(["end_of_line"] if "\r" in text else []),
        *(["insert_final_newline"] if text and not text.endswith("\n") else []),
        *(["trim_trailing_whitespace"] if re.search(r"[ \t]$", text, re.MULTILINE) else []),
    ]


def test_every_file_is_written_as_editors_are_told_to() -> None:
    config = configparser.ConfigParser()
    config.read_string("[top]\n" + (ROOT / ".editorconfig").read_text("utf-8"))
    assert {"end_of_line", "insert_final_newline", "trim_trailing_whitespace"} <= set(config["*"])
    assert config["*"]["max_line_length"] == str(
        tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["line-length"]
    )
    files = [
        *ROOT.glob("*.*"),
        *(path for room in ROOMS for kind in WRITTEN_BY_PEOPLE for path in (ROOT / room).rglob(kind)),
    ]
    looked_at = [path for path in files if path.suffix in {Path(kind).suffix for kind in WRITTEN_BY_PEOPLE}]
    assert len(looked_at) > 300
    assert {path.name: faults for path in looked_at if (faults := untidy(path.read_bytes()))} == {}


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"one\r\n", "end_of_line"),
        (b"one", "insert_final_newline"),
        (b"one \n", "trim_trailing_whitespace"),
    ],
)
def test_an_untidy_file_is_found(raw: bytes, fault: str) -> None:
    assert untidy(raw) == [fault]
