"""What the program promises and what proves it: `promises.yaml` has both, and docs/promises.md is made from it.

Tests are found by reading their files. None is run, and none that is not there can be named.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

from privacyaudit.catalogue import strictyaml

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).with_name("promises.yaml")
MOST_TESTS = 6
HEADING = """# What it promises, and what proves it

Written by “nox -s docs” from `tests/support/promises.yaml`, which names the tests. Each promise links to the files with
its tests: {promises} promises, {tests} tests. Tests that need a browser, a keyring or real software are skipped on a
computer without it, and then prove nothing. [Fix or add something](../CONTRIBUTING.md) says how to run them, and [What
it cannot do](own/what-it-cannot-do.md) says what it does not promise.
"""


class Promise(NamedTuple):
    """One promise in plain words, under its heading, and its tests, each as `file::function`."""

    about: str
    words: str
    tests: tuple[str, ...]


class NoSuchTestError(Exception):
    """Promises name tests that are not there."""


def read(path: Path = DATA) -> list[Promise]:
    """Return the promises of a file in their order."""
    data = strictyaml.read(path).data
    assert isinstance(data, list)
    return [Promise(part["about"], one["promise"], tuple(one["tests"])) for part in data for one in part["promises"]]


def page(promises: list[Promise] | None = None) -> str:
    """Return docs/promises.md. Raises NoSuchTestError, which names every test that is not there."""
    made = read() if promises is None else promises
    if missing := [test for promise in made for test in promise.tests if not is_there(test)]:
        raise NoSuchTestError(f"{DATA.name} names tests that are not there: {', '.join(missing)}")
    number = len({test for promise in made for test in promise.tests})
    text, about = HEADING.format(promises=len(made), tests=number), ""
    for promise in made:
        if promise.about != about:
            about = promise.about
            text += f"\n## {about}\n"
        files = dict.fromkeys(test.partition("::")[0] for test in promise.tests)
        tests = ", ".join(f"[{file.removeprefix('tests/')}](../{file})" for file in files)
        text += f"\n- {promise.words} {tests}\n"
    return text


def is_there(test: str) -> bool:
    """Tell whether a file has a test."""
    file, _sep, name = test.partition("::")
    return name in tests_in(ROOT / file)


@cache
def tests_in(path: Path) -> frozenset[str]:
    """Return the names of the tests in a file; none where there is no file."""
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )
