"""Look for slips of spelling, and for American spelling in our own prose: `python tests/support/spelling.py`.

codespell knows British to American only, so its list is turned round here. Checklists are left out of the British
part: they name controls as the platforms write them. `codespell:ignore WORD` in a line excuses that line.
"""

from __future__ import annotations

import importlib.resources
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parents[2]
EVERYTHING = ["*.md", "*.py", "privacyaudit", "checklists", "reports", "tests", "benchmarks", "docs"]
TOOLS = ["browser", "beds", "support", "mutation"]
OUR_TESTS = ["tests/*.py", "tests/unit", "tests/terminal", *(f"tests/{room}/*.py" for room in TOOLS)]
OUR_PROSE = ["*.md", "*.py", "privacyaudit", "reports", "docs", "benchmarks", *OUR_TESTS]
SKIP = "*.json,*.js,*.css,*.svg,*.png,__pycache__"
# Names of tests and addresses, Norwegian, words of HTTP, and words that a rule folds.
WRONG_ON_PURPOSE = "mial,caf,mange,noe,noone,ons,ot,te,serialization,authorization,inforce,uptodate,couldn"
# Right in British English too, or a word of code that has no British form.
EXCUSED = {
    *(
        "dialogs",
        "practice",
        "practices",
        "practiced",
        "license",
        "licensed",
        "licenses",
        "program",
        "meter",
        "story",
        "stories",
        "biased",
    ),
    *("focused", "specialty", "mold", "writable", "overwritable", "routing", "dialog", "color", "center", "gray"),
    *(
        "serialize",
        "authorize",
        "unauthorized",
        "serialized",
        "initialize",
        "initialized",
        "normalize",
        "normalized",
        "capitalize",
        "fulfill",
        "math",
    ),
}


def british() -> str:
    """Return codespell's British-to-American list the other way round, one `american->british` in a line."""
    source = importlib.resources.files("codespell_lib") / "data" / "dictionary_en-GB_to_en-US.txt"
    pairs = (line.split("->") for line in source.read_text(encoding="utf-8").splitlines() if "->" in line)
    turned = {american.split(",")[0].strip(): own.strip() for own, american in pairs}
    return "".join(f"{american}->{own}\n" for american, own in turned.items() if american not in EXCUSED)


def files(patterns: list[str]) -> list[str]:
    """Return the files and folders that there are, relative to the project."""
    return [str(path.relative_to(HERE)) for pattern in patterns for path in sorted(HERE.glob(pattern))]


def codespell(*arguments: str) -> int:
    """Run codespell and return its exit code."""
    command = [
        sys.executable,
        "-m",
        "codespell_lib",
        "--skip",
        SKIP,
        "--ignore-words-list",
        WRONG_ON_PURPOSE,
        *arguments,
    ]
    return subprocess.run(command, cwd=HERE, check=False).returncode


def main() -> int:
    """Run both checks; 0 when both found nothing."""
    slips = codespell(*files(EVERYTHING))
    with tempfile.TemporaryDirectory() as folder:
        dictionary = Path(folder) / "british.txt"
        dictionary.write_text(british(), encoding="utf-8")
        american = codespell("--dictionary", str(dictionary), *files(OUR_PROSE))
    return 1 if slips or american else 0


if __name__ == "__main__":
    sys.exit(main())
