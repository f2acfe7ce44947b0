"""How long and how large the HTML report is: of 300 findings in a fresh process, and of 3,000 beside 300.

Drawing a report is pure computing in one thread, so processor time is measured: it does not count what others do.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.bench_measure import Figure, Part, compare, conditions, in_turn, median
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.model import AuditRecord
from privacyaudit.report.formats.html import page
from privacyaudit.report.view import build
from tests.support import records

FRESH_ROUNDS, WARM_ROUNDS = 15, 40
FINDINGS, MANY = 300, 3000
LIMIT = 300_000

_HERE = Path(__file__).parent.parent
_CLOCKED = "import time; begun = time.process_time(); import jinja2; print((time.process_time() - begun) * 1000)"
_COLD = "from benchmarks import bench_report; print(bench_report.cold())"
_AFTER = f"import benchmarks.bench_report; {_CLOCKED}"


def measure() -> Part:
    """Draw reports in fresh processes and in this one, in turn."""
    fresh = in_turn(
        {name: _fresh(code) for name, code in (("cold", _COLD), ("jinja2", _CLOCKED), ("after", _AFTER))}, FRESH_ROUNDS
    )
    few, many = records.sized(FINDINGS), records.sized(MANY)
    warm = in_turn({"few": lambda: _timed(*few), "many": lambda: _timed(*many)}, WARM_ROUNDS)
    size = len(_html(*few).encode())
    cold, jinja, after = (median(fresh[name]) for name in ("cold", "jinja2", "after"))
    name, more = f"HTML of {FINDINGS} findings", f"HTML of {MANY:,} findings, warm"
    return Part(
        (
            Figure(f"{name}, size", f"{size / 1000:.0f} KB", "limit", f"{LIMIT / 1000:.0f} KB", size / LIMIT, 1.0),
            compare(f"{name}, first in a process", cold, "`import jinja2`, first in a process", jinja, 2.0),
            compare(more, median(warm["many"]), f"{name}, warm", median(warm["few"]), 11.0),
        ),
        (
            "Processor time, from the record in memory to the text of the page.",
            f"In a process that has loaded the program but not yet jinja2, `import jinja2` takes {after:.0f} ms.",
            conditions(f"{FRESH_ROUNDS} rounds in fresh processes, {WARM_ROUNDS} warm ones"),
        ),
    )


def cold() -> float:
    """Return how many milliseconds the first report of this process takes, the import of jinja2 included."""
    return _timed(*records.sized(FINDINGS))


def _timed(record: AuditRecord, known: Catalogue) -> float:
    begun = time.process_time()
    _html(record, known)
    return (time.process_time() - begun) * 1000


def _html(record: AuditRecord, known: Catalogue) -> str:
    return page(build(record, known, [records.GUIDE], records.TODAY))


def _fresh(code: str) -> Callable[[], float]:
    def run() -> float:
        done = subprocess.run([sys.executable, "-c", code], cwd=_HERE, capture_output=True, text=True, check=True)
        return float(done.stdout)

    return run
