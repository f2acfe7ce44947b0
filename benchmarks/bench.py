"""Measure against the budgets: `python benchmarks/bench.py [--write] [PART…]`, all parts together in some four minutes.

    start      how fast the command line answers
    reading    what the guard costs, on a real MediaWiki
    pages      what the guard costs on eight settings pages with thirty checks
    report     how long and how large the report is
    page       how large the offline page is, and how soon it can be used
    clinic     how many phones a clinic serves, and how long pooling takes
    history    what the encryption of the history costs
    window     how soon the window is there, what it takes, and how soon a press is answered
    site       how large the site's first page is, and what it asks for
    person     how long an audit takes a person, by the model

Prints a table per part; with --write it also goes into benchmarks/newest.md. The exit code says nothing about budgets:
a time depends on the machine and on who else uses it, so it must not break anybody's build.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    bench_clinic,
    bench_history,
    bench_page,
    bench_pages,
    bench_person,
    bench_reading,
    bench_report,
    bench_site,
    bench_start,
    bench_window,
)
from benchmarks.bench_measure import Part, table
from privacyaudit.errors import AuditError
from tests.beds.recipes import tools

DOCUMENT = Path(__file__).with_name("newest.md")
PARTS: dict[str, Callable[[], Part]] = {
    "start": bench_start.measure,
    "reading": bench_reading.measure,
    "pages": bench_pages.measure,
    "report": bench_report.measure,
    "history": bench_history.measure,
    "page": bench_page.measure,
    "clinic": bench_clinic.measure,
    "window": bench_window.measure,
    "site": bench_site.measure,
    "person": bench_person.measure,
}


def main(arguments: list[str]) -> int:
    """Measure the parts that are named, else all of them."""
    names = [word for word in arguments if word != "--write"] or list(PARTS)
    if strange := [name for name in names if name not in PARTS]:
        sys.exit(f"There is no part {strange[0]!r}; choose from: {', '.join(PARTS)}, --write.")
    for name in names:
        print(f"\n{name}\n", flush=True)
        try:
            shown = table(PARTS[name]())
        except (AuditError, tools.Unavailable) as reason:
            print(f"Not measured: {reason}")
            continue
        print(shown, flush=True)
        if "--write" in arguments:
            write(name, shown)
    return 0


def write(name: str, shown: str) -> None:
    """Put a table between the two marks that benchmarks/newest.md has for a part."""
    begin, end = f"<!-- {name}: written by “nox -s bench -- --write {name}”. -->", f"<!-- {name}: until here. -->"
    text = DOCUMENT.read_text(encoding="utf-8")
    if text.count(begin) != 1 or text.count(end) != 1:
        sys.exit(f"{DOCUMENT} needs these two lines once each:\n{begin}\n{end}")
    before, rest = text.split(begin)
    DOCUMENT.write_text(f"{before}{begin}\n\n{shown}\n\n{end}{rest.split(end)[1]}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
