"""Write the parts of the project that are made from the code: `python tests/support/docs_parts.py [--check] [PART…]`.

    help       docs/command-line.md, between the two marks: what `--help` says for every command
    catalogue  docs/catalogue.md: how many checks there are, where, and how sure we are of them
    again      docs/re-evaluating.md, between the two marks: what each audit asks, a quarter after the one before
    promises   docs/promises.md: what the program promises, and the tests that prove it
    schema     checklists/checklist.schema.json: the shape of a checklist, for editors
    messages   locale/privacyaudit.pot: every sentence that can be translated

With --check nothing is written; the exit code is 1 when a part is not current.
"""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parents[2]
BEGIN = "<!-- What follows is written by “nox -s docs”. -->"
END = "<!-- Until here. -->"
COMMAND_LINE = HERE / "docs" / "command-line.md"
SCHEMA = HERE / "checklists" / "checklist.schema.json"
RE_EVALUATING = HERE / "docs" / "re-evaluating.md"
TEMPLATE = HERE / "locale" / "privacyaudit.pot"
PROMISES = HERE / "docs" / "promises.md"
CATALOGUE = HERE / "docs" / "catalogue.md"
CATALOGUE_HEADING = """# The catalogue

Written by “nox -s docs”. Each row is a checklist, each number a count of checks: by area, by how they can be read, and
by how good their sources are (high: the makers' own pages or source code; medium: public code or a recorded page; low:
from memory). Nothing here was confirmed on a live site: no check has a `verified` date yet. Reading an official data
export is planned and not there yet.
"""
SOURCES = ["privacyaudit", "checklists", "reports"]
TEMPLATE_HEADING = r"""# Every sentence of privacyaudit that can be translated. Written by "nox -s messages".
#
msgid ""
msgstr ""
"Project-Id-Version: privacyaudit\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
FRESH_COMMAND_LINE = f"# The command line\n\n{BEGIN}\n{END}\n"


def help_texts() -> str:
    """Return docs/command-line.md with today's help texts between its marks."""
    page = COMMAND_LINE.read_text(encoding="utf-8") if COMMAND_LINE.is_file() else FRESH_COMMAND_LINE
    sections = "".join(f"\n## {title}\n\n```text\n{text}\n```\n" for title, text in every_help())
    return between_marks(COMMAND_LINE, page, f"{sections}\n")


def between_marks(path: Path, page: str, made: str) -> str:
    """Return a page with `made` in place of what stood between its two marks."""
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        sys.exit(f"{path} needs these two lines once each:\n{BEGIN}\n{END}")
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{made}{END}{rest.split(END)[1]}"


def asked_again() -> str:
    """Return docs/re-evaluating.md with what each audit of the shipped checklists asks between its marks."""
    sys.path.insert(0, str(HERE))
    from tests.support.re_evaluating import table

    return between_marks(RE_EVALUATING, RE_EVALUATING.read_text(encoding="utf-8"), f"\n{table()}\n\n")


def every_help() -> Iterator[tuple[str, str]]:
    """Yield each command's name and what its `--help` prints on a terminal 88 columns wide, groups before members."""
    sys.path.insert(0, str(HERE))
    from tests.support.command_line import commands

    for words, command in commands():
        if not getattr(command, "hidden", False):
            yield " ".join(("privacyaudit", *words)), help_text(*words)


def help_text(*words: str) -> str:
    """Return what a command's `--help` prints, without colour and trailing space."""
    plain = {"COLUMNS": "88", "TERMINAL_WIDTH": "88", "NO_COLOR": "1", "TERM": "dumb", "PRIVACYAUDIT_LANG": "en"}
    done = subprocess.run(
        [str(Path(sys.executable).with_name("privacyaudit")), *words, "--help"],
        env={**os.environ, **plain, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")


def promises() -> str:
    """Return docs/promises.md: what the program promises, and the tests that prove it."""
    sys.path.insert(0, str(HERE))
    from tests.support.promises import page

    return page()


def schema() -> str:
    """Return the JSON Schema of a checklist."""
    from privacyaudit.catalogue.loading import json_schema

    return json_schema()


@functools.cache
def messages() -> str:
    """Return the template of all sentences, under a heading that does not change with the day or Babel's version."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.pot"
        looks = ["--omit-header", "--no-wrap", "--add-location", "file", "--sort-by-file"]
        command = ["extract", "--mapping-file", "pyproject.toml", "--output-file", str(made), *looks, *SOURCES]
        subprocess.run([sys.executable, "-m", "babel.messages.frontend", "--quiet", *command], cwd=HERE, check=True)
        return TEMPLATE_HEADING + made.read_text(encoding="utf-8")


def catalogue() -> str:
    """Return docs/catalogue.md: every platform with its checks by area, how each can be read and how sure we are."""
    from privacyaudit import labels
    from privacyaudit.catalogue import loading
    from privacyaudit.model import Area, Confidence, Group

    every = [one.checklist for one in loading.catalogue().loaded.values()]
    real = [one for one in every if one.platform.group is not Group.DEMO]
    head = [
        "Platform",
        *(labels.area(area) for area in Area),
        "All",
        "By hand",
        "In the browser",
        "High",
        "Medium",
        "Low",
    ]
    rows = []
    for one in real:
        areas = [sum(check.area is area for check in one.checks) for area in Area]
        read = sum(bool(check.probes) for check in one.checks)
        sure = [sum(check.confidence is level for check in one.checks) for level in Confidence]
        rows.append([one.platform.name, *areas, len(one.checks), len(one.checks), read, *sure])
    totals = ["All", *(sum(column) for column in list(zip(*rows, strict=True))[1:])]
    lines = [[str(cell or "·") for cell in row] for row in (*rows, totals)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *lines))
    return f"{CATALOGUE_HEADING}\n{table}\n"


PARTS: dict[str, tuple[Path, Callable[[], str]]] = {
    "help": (COMMAND_LINE, help_texts),
    "catalogue": (CATALOGUE, catalogue),
    "again": (RE_EVALUATING, asked_again),
    "promises": (PROMISES, promises),
    "schema": (SCHEMA, schema),
    "messages": (TEMPLATE, messages),
}


def main(arguments: list[str]) -> int:
    """Write or check the parts that are named, else all of them."""
    check = "--check" in arguments
    names = [word for word in arguments if word != "--check"] or list(PARTS)
    if strange := [name for name in names if name not in PARTS]:
        sys.exit(f"There is no part {strange[0]!r}; choose from: {', '.join(PARTS)}, --check.")
    stale = []
    for name in names:
        path, make = PARTS[name]
        current = path.read_text(encoding="utf-8") if path.is_file() else ""
        wanted = make()
        if wanted == current:
            continue
        stale.append(path.relative_to(HERE).as_posix())
        if not check:
            path.write_text(wanted, encoding="utf-8")
    if not stale:
        print("Every generated part is current.")
    elif check:
        print(f"Not current: {', '.join(stale)}. Run “nox -s docs” and commit what it writes.")
    else:
        print(f"Written: {', '.join(stale)}.")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
