"""Every file and module that the docs or a docstring names is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "privacyaudit"
PLACES = (
    "",
    "privacyaudit",
    "reports",
    "tests",
)  # a name is looked up beside the text that has it, and from these folders
LEFT_OUT = {".git", ".venv", ".cache", ".nox", "build", "dist", "node_modules", "__pycache__"}

NAME = re.compile(r"(?<![\w:%])(?:\.\./|\./)*[A-Za-z_][\w-]*(?:/[\w-]+)*(?:\.[\w-]+)*\.(?:py|md|yaml|j2|toml|js)\b")
QUOTED = re.compile(r"`([^`\n]+)`|\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
ADDRESS = re.compile(r"https?://\S+")
MEMBER = re.compile(r"`([a-z_]+)\.(\w+)`")

OF_A_READER = {"answers.yaml", "my-checklists/pondlife.yaml"}  # in examples: files that you make yourself
CHECKLIST_KEYS = {"sign_in"}  # a key of a checklist, too: what it has below it is no member of the module


class Named(NamedTuple):
    """A name in a text: the text's file, the line, and the name."""

    file: str
    line: int
    name: str


def test_every_file_that_the_docs_name_is_there() -> None:
    """Docs, and the example to start a checklist from: what stands in backticks or leads somewhere."""
    assert not [named for path in docs() for named in names_in_docs(path) if not there(named)]


def test_every_file_that_a_docstring_or_a_template_names_is_there() -> None:
    assert not [named for path in sources() for named in names_in_docstrings(path) if not there(named)]
    assert not [named for path in templates() for named in names(path, path.read_text("utf-8")) if not there(named)]


def test_every_member_that_a_docstring_names_is_in_its_module() -> None:
    """`module.member`, in docstrings of the package: one of the modules of that name has it."""
    wrong = []
    for path in python_below("privacyaudit"):
        if not MEMBER.search(path.read_text("utf-8")):
            continue
        for first, text in docstrings(path):
            for module, member in MEMBER.findall(text):
                if member != "py" and member not in members().get(module, {member}):
                    wrong.append(Named(path.relative_to(ROOT).as_posix(), first, f"{module}.{member}"))
    assert not wrong


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("See `cli/nothing.py` for more.", "cli/nothing.py"),
        ("See [the guide](nothing.md#part).", "nothing.md"),
        ("Kept in `tests/nothing.yaml`.", "tests/nothing.yaml"),
        ("`.venv/bin/pytest tests/unit/core/test_nothing.py`", "tests/unit/core/test_nothing.py"),
    ],
)
def test_a_file_that_is_not_there_would_be_found(text: str, name: str) -> None:
    where = "docs/made-up.md"
    found = [named.name for named in quoted(where, text) if not there(named)]
    assert found == [name]


def test_what_was_looked_through_is_not_nothing() -> None:
    assert len([named for path in docs() for named in names_in_docs(path)]) > 100
    assert len([named for path in sources() for named in names_in_docstrings(path)]) > 20
    assert {"keyring", "judge", "audit"} <= set(members())


def docs() -> list[Path]:
    """Return every page for people; CHANGELOG.md is left out, for it tells of the past."""
    pages = [path for path in sorted(ROOT.glob("*.md")) if path.name != "CHANGELOG.md"]
    pages += [ROOT / "tests/beds/README.md", ROOT / "tests/mutation/newest_run.md", ROOT / "benchmarks/newest.md"]
    return [*pages, ROOT / "checklists/_template.yaml", *sorted((ROOT / "docs").rglob("*.md"))]


def templates() -> list[Path]:
    """Return the templates and scripts of reports and pages."""
    return [path for path in sorted((ROOT / "reports").rglob("*")) if path.suffix in {".j2", ".js", ".css"}]


def sources() -> list[Path]:
    """Return every Python file of the project."""
    return [
        *ROOT.glob("*.py"),
        *(path for room in ("privacyaudit", "tests", "benchmarks") for path in python_below(room)),
    ]


def python_below(room: str) -> list[Path]:
    """Return the Python files of a folder of the project."""
    return sorted(path for path in (ROOT / room).rglob("*.py") if not LEFT_OUT & set(path.parts))


def names_in_docs(path: Path) -> Iterator[Named]:
    """Yield what a page names in backticks, links and commands; a checklist is read as a whole."""
    text, where = path.read_text("utf-8"), path.relative_to(ROOT).as_posix()
    yield from quoted(where, text) if path.suffix == ".md" else names(path, text)


def quoted(where: str, text: str) -> Iterator[Named]:
    """Yield the names that stand in backticks, links and blocks of commands of a text."""
    for block in BLOCK.finditer(text):
        if block[0].startswith("```sh"):
            yield from found_in(where, text, block.start(), block[0])
    without_blocks = BLOCK.sub(lambda block: re.sub(r"[^\n]", " ", block[0]), text)
    for part in QUOTED.finditer(without_blocks):
        yield from found_in(where, text, part.start(), part[1] or part[2])


def names_in_docstrings(path: Path) -> Iterator[Named]:
    """Yield what the docstrings of a Python file name, with or without backticks."""
    if not NAME.search(path.read_text("utf-8")):
        return
    for first, text in docstrings(path):
        for named in found_in(path.relative_to(ROOT).as_posix(), text, 0, text):
            yield named._replace(line=first)


def names(path: Path, text: str) -> Iterator[Named]:
    """Yield every name in a text."""
    yield from found_in(path.relative_to(ROOT).as_posix(), text, 0, text)


def found_in(where: str, text: str, start: int, part: str) -> Iterator[Named]:
    """Yield the names in a part of a text that begins at `start`."""
    line = text.count("\n", 0, start) + 1
    for name in NAME.findall(ADDRESS.sub("", part)):
        yield Named(where, line, name)


@cache
def docstrings(path: Path) -> list[tuple[int, str]]:
    """Return the docstrings of a Python file, each with the line of its first statement."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(parsed(path)) if isinstance(node, kinds)]
    return [(node.body[0].lineno, text) for node in nodes if (text := ast.get_docstring(node))]


@cache
def parsed(path: Path) -> ast.Module:
    """Return the tree of a Python file."""
    return ast.parse(path.read_text("utf-8"))


@cache
def members() -> dict[str, set[str]]:
    """Return what each module and folder of the package has, by its last name; modules of one name are put together."""
    found: dict[str, set[str]] = {}
    for path in python_below("privacyaudit"):
        room = path.name == "__init__.py"
        inside = {one.stem for one in path.parent.iterdir()} if room else set()
        found.setdefault(path.parent.name if room else path.stem, set()).update(inside, defined(parsed(path)))
    for key in CHECKLIST_KEYS:
        del found[key]
    return found


def defined(tree: ast.Module) -> set[str]:
    """Return the names that a module defines or imports at its top."""
    made: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            made.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            made |= {one.asname or one.name for one in node.names}
        else:
            made |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    return made


def there(named: Named) -> bool:
    """Tell whether a name is a file of the project: beside the text that has it, or from one of `PLACES`."""
    if named.name in OF_A_READER:
        return True
    here = PurePosixPath(named.file).parent.as_posix()
    return any((ROOT / place / named.name).is_file() for place in (here, *PLACES))
