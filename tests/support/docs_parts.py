"""Write the parts of the project that are made from the code: `python tests/support/docs_parts.py [--check] [PART…]`.

    catalogue  docs/own/catalogue.md: how many checks there are, how they are read, and how sure we are of them
    again      docs/own/look-again.md, between the two marks: what each audit asks, a quarter after the one before
    belief     docs/own/reading-for-you.md, between the two marks: when a page is believed
    words      docs/mend/words.md, between the two marks: what we do not write, and what we write
    promises   docs/promises.md: what the program promises, and the tests that prove it
    schema     checklists/checklist.schema.json: the shape of a checklist, for editors
    messages   locale/privacyaudit.pot: every sentence that can be translated

With --check nothing is written; the exit code is 1 when a part is not current.
"""

from __future__ import annotations

import functools
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parents[2]
BEGIN = "<!-- What follows is written by “nox -s docs”. -->"
END = "<!-- Until here. -->"
SCHEMA = HERE / "checklists" / "checklist.schema.json"
RE_EVALUATING = HERE / "docs" / "own" / "look-again.md"
BELIEF = HERE / "docs" / "own" / "reading-for-you.md"
TEMPLATE = HERE / "locale" / "privacyaudit.pot"
WORDS = HERE / "docs" / "mend" / "words.md"
PROMISES = HERE / "docs" / "promises.md"
CATALOGUE = HERE / "docs" / "own" / "catalogue.md"
CATALOGUE_HEADING = """# The catalogue

Written by “nox -s docs”: {platforms} checklists with {checks} checks. Each can be answered by hand, and {read} can be
read in the browser. `privacyaudit list --areas` counts them by area, `privacyaudit list --checks` lists them,
`privacyaudit show CHECK` shows the sources of one check.

For {high} checks the best source is the maker's own page or source code, for {medium} public code, or a page that was
archived or has no date. {low} are from memory. Nobody has confirmed a check on a live site yet. Checks by the year of
their newest page: {pages}. {source} checks have no source, {way} do not
say where the setting is, and {default} do not name the default.
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


def between_marks(path: Path, page: str, made: str) -> str:
    """Return a page with `made` in place of what stood between its two marks."""
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        sys.exit(f"{path} needs these two lines once each:\n{BEGIN}\n{END}")
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{made}{END}{rest.split(END)[1]}"


def asked_again() -> str:
    """Return docs/own/look-again.md with what each audit of the shipped checklists asks between its marks."""
    sys.path.insert(0, str(HERE))
    from tests.support.re_evaluating import table

    return between_marks(RE_EVALUATING, RE_EVALUATING.read_text(encoding="utf-8"), f"\n{table()}\n\n")


def belief() -> str:
    """Return docs/own/reading-for-you.md with the rules of `browser/belief.py` between its marks."""
    from privacyaudit.browser.belief import RULES

    said = "".join(f"{number}. {rule.sentence}\n" for number, rule in enumerate(RULES, 1))
    return between_marks(BELIEF, BELIEF.read_text(encoding="utf-8"), f"\n{said}\n")


def words() -> str:
    """Return docs/mend/words.md with the pairs of `catalogue/house_words.py` between its marks."""
    from privacyaudit.catalogue.house_words import BY_EAR, PAIRS

    checked = "".join(f"| “{pair.not_this}” | {pair.but} |\n" for pair in PAIRS)
    heard = "".join(f"| “{before}” | {after} |\n" for before, after in BY_EAR)
    made = (
        f"\n| not | but |\n|---|---|\n{checked}\n## What only an ear can judge\n\n| we wrote | we write |\n|---|---|\n"
        f"{heard}\n"
    )
    return between_marks(WORDS, WORDS.read_text(encoding="utf-8"), made)


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
    sys.path.insert(0, str(HERE))
    from tests.support.made_once import below, made_once

    made = made_once("messages", [version("babel").encode(), *below("pyproject.toml", *SOURCES)], _extracted)
    return TEMPLATE_HEADING + made.decode()


def _extracted() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.pot"
        looks = ["--omit-header", "--no-wrap", "--add-location", "file", "--sort-by-file"]
        command = ["extract", "--mapping-file", "pyproject.toml", "--output-file", str(made), *looks, *SOURCES]
        subprocess.run([sys.executable, "-m", "babel.messages.frontend", "--quiet", *command], cwd=HERE, check=True)
        return made.read_bytes()


def catalogue() -> str:
    """Return docs/own/catalogue.md: every platform with its number of checks, how they are read and how sure we are."""
    from privacyaudit.catalogue import loading
    from privacyaudit.catalogue.counts import counts
    from privacyaudit.model import UNDATED, Group

    every = [one.checklist for one in loading.catalogue().loaded.values()]
    real = [one for one in every if one.platform.group is not Group.DEMO]
    lines = []
    for one in real:
        read = sum(bool(check.probes) for check in one.checks)
        lines.append(f"- {one.platform.name}: {len(one.checks)}{f', {read} in the browser' if read else ''}")
    found = counts(real)
    recent = [age for age in found.pages if age.isdigit()][:3]
    older = sum(number for age, number in found.pages.items() if age.isdigit() and age not in recent)
    ages = {age: found.pages[age] for age in recent} | {"older": older, "undated": found.pages.get(UNDATED, 0)}
    pages = ", ".join(f"{age} {number}" for age, number in ages.items())
    text = CATALOGUE_HEADING.format(
        platforms=len(real),
        checks=found.checks,
        read=found.read,
        pages=pages,
        way=found.lacks["way"],
        default=found.lacks["default"],
        source=found.lacks["source"],
        **{level.value: number for level, number in found.confidence.items()},
    )
    return f"{text}\n" + "\n".join(lines) + "\n"


PARTS: dict[str, tuple[Path, Callable[[], str]]] = {
    "catalogue": (CATALOGUE, catalogue),
    "again": (RE_EVALUATING, asked_again),
    "belief": (BELIEF, belief),
    "words": (WORDS, words),
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
