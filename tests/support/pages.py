"""The pages for people, as data: their words, links and commands, and what may stand in each of them."""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from typer import Exit
from typer.main import get_command

from privacyaudit.cli import program
from tests.support.command_line import commands

ROOT = Path(__file__).parents[2]
MOST_WORDS = 29_000

_FENCED = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)|<img [^>]*?src=\"([^\"]+)\"")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_OPTION = re.compile(r"--[a-z][a-z-]*")
_FOR_A_SHELL = {"--install-completion", "--show-completion"}  # to parse them is to carry them out
_OTHER_PROGRAMS = ("tests/mutation/mutate.py", "benchmarks/bench.py", "noxfile.py", "tests/support/docs_parts.py")
SHELL = {"mkdir", "cp"}


class WrongError(Exception):
    """A page says something that is not so."""


class Spoken(NamedTuple):
    """A command line of a page, and whether it stands in a block that people copy."""

    page: str
    line: str
    block: bool


def guides() -> list[Path]:
    """Return the pages that share the budget of words."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def every_page() -> list[Path]:
    """Return every page of the project."""
    folders = [ROOT / name for name in ("docs", "tests/beds", "tests/mutation", "benchmarks", ".github")]
    return [*sorted(ROOT.glob("*.md")), *(page for folder in folders for page in sorted(folder.rglob("*.md")))]


def words(pages: list[Path]) -> int:
    """Return how many words there are, as `wc -w` counts."""
    return sum(len(page.read_text("utf-8").split()) for page in pages)


# -- links -----------------------------------------------------------------------------------------


def links(text: str) -> list[str]:
    """Return where a text leads to, pictures too."""
    return [first or second for first, second in _LINK.findall(_FENCED.sub("", text))]


def anchors(text: str) -> set[str]:
    """Return the names of the headings of a text, as they stand after a # in a link."""
    found: dict[str, int] = {}
    made = set()
    for heading in _HEADING.findall(_FENCED.sub("", text)):
        name = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        made.add(f"{name}-{found[name]}" if name in found else name)
        found[name] = found.get(name, 0) + 1
    return made


def follow(page: Path, link: str) -> None:
    """Raise WrongError unless a link of a page leads to a file and a heading of the project, or well to a site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        if parts.scheme != "https" or not re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?", parts.netloc):
            raise WrongError(f"{link} is no address that begins with https://")
        return
    target = (page.parent / parts.path).resolve() if parts.path else page
    if not target.exists() or not target.is_relative_to(ROOT):
        raise WrongError(f"{link} leads nowhere")
    if parts.fragment and parts.fragment not in anchors(target.read_text("utf-8")):
        raise WrongError(f"{link} leads to no heading of {target.name}")


# -- commands --------------------------------------------------------------------------------------


def spoken(page: Path) -> list[Spoken]:
    """Return the command lines of a page: those of its blocks, and those that stand in its sentences."""
    return list(said_in(page.relative_to(ROOT).as_posix(), page.read_text("utf-8")))


def said_in(name: str, text: str) -> Iterator[Spoken]:
    """Yield the command lines of a text."""
    for _indent, kind, block in _FENCED.findall(text):
        for line in block.splitlines() if kind in ("sh", "console") else ():
            if kind == "sh" or line.startswith("$ "):
                yield Spoken(name, line.removeprefix("$ ").strip(), True)
    names = {own[0] for own, _command in every_command() if own}
    for code in _INLINE.findall(_FENCED.sub("", text)):
        line = " ".join(code.split())
        first, *rest = line.split()[:2] or [""]
        if Path(first).name in ("privacyaudit", "nox", "python3", "pipx", "uv") and rest:
            yield Spoken(name, line, False)
        elif first in names and rest and rest[0].startswith(("-", *members(first))):
            yield Spoken(name, f"privacyaudit {line}", False)
        elif first.startswith("--"):
            yield Spoken(name, line, False)


def members(name: str) -> tuple[str, ...]:
    """Return the commands of a group of commands."""
    return tuple(own[1] for own, _command in every_command() if len(own) == 2 and own[0] == name)


@cache
def every_command() -> list[tuple[tuple[str, ...], Any]]:
    """Return every command of the program, with the words that lead to it."""
    return list(commands())


def check(said: Spoken) -> list[str]:
    """Return the words of a command line without its comment. Raises WrongError where it could not be typed so."""
    typed = shlex.split(said.line, comments=True)
    name, rest = Path(typed[0]).name, typed[1:]
    if name == "privacyaudit":
        (parse if said.block else mentioned)(rest)
    elif name == "nox":
        ours = rest[: rest.index("--")] if "--" in rest else rest
        need(sessions(), [word for word in ours if word not in ("-s", "-l")])
    elif name == "python3":
        need({"bootstrap.py"}, rest[:1])
        if rest[1:] and rest[1] not in ("demo", "test", "setup"):
            parse(rest[1:])
    elif name == "pytest":
        need({word for word in rest if (ROOT / word).exists()}, rest)
    elif name in ("pipx", "uv"):
        need(extras(), re.findall(r"\w+", rest[-1].strip(".")))
    elif name == "pre-commit":
        need({"install"}, rest)
    elif name.startswith("--"):
        need(options(), [word for word in typed if word.startswith("--")])
    elif name not in SHELL:
        raise WrongError(f"nothing is known of {name!r}")
    return typed


def need(there: set[str], wanted: list[str]) -> None:
    """Raise WrongError for what is not there."""
    if missing := [word for word in wanted if word not in there]:
        raise WrongError(f"there is no {', '.join(missing)}")


def mentioned(typed: list[str]) -> None:
    """Raise WrongError unless a command of the program has each option that a sentence gives it."""
    of = [(own, command) for own, command in every_command() if list(own) == typed[: len(own)]]
    own, command = max(of, key=lambda one: len(one[0]))
    rest = typed[len(own) :]
    if hasattr(command, "commands") and rest and not rest[0].startswith("-"):
        raise WrongError(f"{' '.join(('privacyaudit', *own))} has no command {rest[0]}")
    there = {text for option in command.params for text in (*option.opts, *option.secondary_opts)}
    need(there | {"--help", *_FOR_A_SHELL}, [word for word in rest if word.startswith("-")])


def parse(typed: list[str]) -> dict[str, Any]:
    """Let the program's own parser take a command line, and return the values without carrying it out.

    Raises WrongError.
    """
    command: Any = get_command(program())
    name, rest, context = "privacyaudit", typed, None
    try:
        while True:
            context = command.make_context(name, list(rest), parent=context)
            if not hasattr(context.command, "resolve_command"):
                return dict(context.params)
            left = [*context._protected_args, *context.args]
            if not left and context.command.invoke_without_command:
                return dict(context.params)
            name, command, rest = context.command.resolve_command(context, left)
    except Exit:
        return {}
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        raise WrongError(error.format_message()) from error


@cache
def options() -> set[str]:
    """Return every option of the program, and of the tools that pages speak of."""
    every = [option for _words, command in every_command() for option in command.params]
    own = {text for option in every for text in (*option.opts, *option.secondary_opts)}
    tools = {text for path in _OTHER_PROGRAMS for text in _OPTION.findall((ROOT / path).read_text("utf-8"))}
    return own | tools | {"--help"}


@cache
def sessions() -> set[str]:
    """Return the sessions of the noxfile."""
    tree = ast.parse((ROOT / "noxfile.py").read_text("utf-8"))
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any("nox.session" in ast.unparse(decorator) for decorator in node.decorator_list)
    }


@cache
def extras() -> set[str]:
    """Return the optional parts of the package."""
    return set(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"])
