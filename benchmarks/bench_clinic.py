"""How the clinic's server does with 200 phones at once, and how long it takes to pool the counts of 10,000 clinics.

The phones are a second process. It loads the page and shares, each phone on connections of its own as phones have
them, and does the same with a bare Starlette app that returns the same bytes. Rounds take turns.
"""

from __future__ import annotations

import asyncio
import csv
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from benchmarks.bench_measure import Figure, Part, conditions
from privacyaudit.catalogue import loading
from privacyaudit.clinic import pages, record, session
from privacyaudit.clinic.app import Clinic, app
from privacyaudit.clinic.counts import Tally
from privacyaudit.clinic.hiding import Span
from privacyaudit.clock import today
from privacyaudit.offline.page import TICKET
from privacyaudit.serving import runner

PHONES, ROUNDS = 200, 7
CLINICS = 10_000
FILES = 100
PLATFORMS = ("everyday", "facebook", "whatsapp")
BUDGET = 1 / 0.7
FORGETS = "pymalloc_debug"
_HERE = Path(__file__).parent.parent
GUIDE = _HERE / "docs" / "clinic" / "pool-many-clinics.md"


def measure() -> Part:
    """Serve phones and pool clinics."""
    phones = _phones()
    pooled = _pooled()
    return Part((*phones[0], *pooled[0]), (*phones[1], *pooled[1], conditions(f"{ROUNDS} rounds of {PHONES} phones")))


# -- phones ----------------------------------------------------------------------------------------


def _phones() -> tuple[list[Figure], list[str]]:
    ours, bare = Serving("ours", FORGETS), Serving("bare", "")
    usual = Serving("ours", "")
    rates: dict[str, list[float]] = {"ours": [], "bare": [], "usual": []}
    try:
        for number in range(ROUNDS + 1):
            for name, one in (("ours", ours), ("bare", bare), ("usual", usual)):
                seconds = one.phones()
                if number:
                    rates[name].append(2 * PHONES / seconds)
    finally:
        people = {name: one.end() for name, one in (("ours", ours), ("bare", bare), ("usual", usual))}
    shared = PHONES * (ROUNDS + 1)
    if people["ours"] != shared or people["usual"] != shared:
        raise AssertionError(f"{shared} phones shared, and {people} were counted")
    rate = {name: statistics.median(found) for name, found in rates.items()}

    def compare(name: str, which: str, budget: float | None) -> Figure:
        beside = "bare Starlette app, same bytes"
        return Figure(name, f"{rate[which]:.0f}/s", beside, f"{rate['bare']:.0f}/s", rate["bare"] / rate[which], budget)

    return (
        [
            compare(f"Clinic, {PHONES} phones load and share", "ours", BUDGET),
            compare("The same in a Python that does not write over memory", "usual", None),
        ],
        [
            f"Requests per second of {PHONES} phones at once that load and share; a ratio of 1.43 is 0.7 of the rate.",
            "The phones are a Python program on the same computer and take most of its time.",
            f"{shared} loads and {shared} shares: 0 errors, {people['ours']} people counted.",
        ],
    )


class Serving:
    """A server in a process of its own, and phones in another one."""

    def __init__(self, kind: str, malloc: str) -> None:
        env = os.environ | ({"PYTHONMALLOC": malloc} if malloc else {})
        command = [sys.executable, "-c", f"from benchmarks import bench_clinic; bench_clinic.serve_{kind}()"]
        self.process = subprocess.Popen(
            command, cwd=_HERE, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        self.about = self.process.stdout.readline().strip()

    def phones(self) -> float:
        """Let all phones load and share at once; return how many seconds that took."""
        code = f"from benchmarks import bench_clinic; bench_clinic.visit({self.about!r})"
        done = subprocess.run([sys.executable, "-c", code], cwd=_HERE, capture_output=True, text=True, check=True)
        return float(done.stdout)

    def end(self) -> int:
        """End the server and return how many people it has counted."""
        said, _errors = self.process.communicate("\n", timeout=30)
        return int(said)


def serve_ours() -> None:
    """Serve a clinic until a line comes, then print how many took part."""
    known = loading.catalogue()
    [line] = runner.bind(["127.0.0.1"], 0)
    port = int(line.getsockname()[1])
    plan = session.plan(
        known, "Ysgol X", "teacher", PLATFORMS, quick=True, address="127.0.0.1", port=port, today=today()
    )
    tally = session.tally(known, plan, today())
    page = session.page(known, plan, today())
    hosts = {f"127.0.0.1:{port}"}
    clinic = Clinic(plan, tally, pages.Titles(known), page, TICKET, hosts, f"127.0.0.1:{port}")
    _until_told(runner.Running(app(clinic), [line]), f"{port} /c/{plan.code} {_answers(tally)}")
    print(tally.people)


def serve_bare() -> None:
    """Serve the same bytes from an app that does nothing else."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    known = loading.catalogue()
    [line] = runner.bind(["127.0.0.1"], 0)
    port = int(line.getsockname()[1])
    plan = session.plan(
        known, "Ysgol X", "teacher", PLATFORMS, quick=True, address="127.0.0.1", port=port, today=today()
    )
    page = session.page(known, plan, today()).replace(TICKET, "A" * 38).encode()
    answers = _answers(session.tally(known, plan, today()))

    async def load(_request: Request) -> Response:
        return Response(page, media_type="text/html")

    async def share(request: Request) -> Response:
        await request.body()
        return Response(status_code=204)

    app = Starlette(routes=[Route("/c/{code}", load), Route("/share", share, methods=["POST"])])
    _until_told(runner.Running(app, [line]), f"{port} /c/{plan.code} {answers}")
    print(0)


def _answers(tally: Tally) -> str:
    return json.dumps(
        {check: next(iter(line.verdicts)) for check, line in tally.sheet.lines.items()}, separators=(",", ":")
    )


def _until_told(running: runner.Running, about: str) -> None:
    running.start()
    print(about, flush=True)
    sys.stdin.readline()
    running.stop()


def visit(about: str) -> None:
    """Be all the phones; print how many seconds it took."""
    port, path, answers = about.split(" ", 2)
    print(asyncio.run(_visit(int(port), path, answers)))


async def _visit(port: int, path: str, answers: str) -> float:
    begun = time.perf_counter()
    await asyncio.gather(*(_phone(port, path, answers) for _number in range(PHONES)))
    return time.perf_counter() - begun


async def _phone(port: int, path: str, answers: str) -> None:
    page = await _ask(port, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
    assert page.startswith(b"HTTP/1.1 200"), page[:100]
    ticket = re.search(rb'data-ticket="([^"]+)"', page)[1].decode()  # type: ignore[index]
    body = f'{{"ticket":"{ticket}","phase":"before","answers":{answers}}}'.encode()
    head = (
        f"POST /share HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nX-Privacyaudit: share\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    reply = await _ask(port, head.encode() + body)
    assert reply.startswith(b"HTTP/1.1 204"), reply[:100]


async def _ask(port: int, raw: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(raw)
    reply = await reader.read()
    writer.close()
    return reply


# -- pooling ---------------------------------------------------------------------------------------


def _pooled() -> tuple[list[Figure], list[str]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows, size = simulate(folder)
        times = {"csv": _median(lambda: by_csv(folder)), "duckdb": _median(lambda: by_duckdb(folder))}
        if by_csv(folder) != by_duckdb(folder):
            raise AssertionError("DuckDB and Python's csv do not agree")
    rate = {name: rows / seconds for name, seconds in times.items()}
    return (
        [
            Figure(
                f"Pooling {CLINICS:,} clinics with DuckDB",
                f"{rate['duckdb']:,.0f} rows/s",
                "Python's csv",
                f"{rate['csv']:,.0f} rows/s",
                rate["csv"] / rate["duckdb"],
            )
        ],
        [f"{rows:,} rows, {size / 1e6:.0f} MB: {times['duckdb']:.2f} s with DuckDB, {times['csv']:.2f} s with csv."],
    )


def one_clinic() -> str:
    """Return the CSV of a clinic to which nobody came."""
    return record.rows(_empty())


def _empty() -> record.ClinicRecord:
    known = loading.catalogue()
    plan = session.plan(known, "x", "teacher", PLATFORMS, quick=True, address="x", port=1, today=today())
    return record.make(plan, session.tally(known, plan, today()))


def simulate(folder: Path, clinics: int = CLINICS, files: int = FILES) -> tuple[int, int]:
    """Write the CSV of simulated clinics, many in each file; return how many rows and bytes there are."""
    made = _empty()
    dice = random.Random(5)
    rows = 0
    for number in range(files):
        with (folder / f"clinics-{number:03}.csv").open("w", encoding="utf-8") as file:
            for clinic in range(clinics // files):
                text = record.rows(_one(made, dice))
                file.write(text if clinic == 0 else text.split("\n", 1)[1])
                rows += len(made.checks)
    return rows, sum(path.stat().st_size for path in folder.iterdir())


def _one(made: record.ClinicRecord, dice: random.Random) -> record.ClinicRecord:
    people = dice.randint(6, 40)

    def figure(most: int) -> record.Figure | None:
        count = dice.randint(0, most)
        if people < 10:
            return None
        span = Span(0, 4) if count < 5 else Span(count, count) if count <= most - 5 else Span(max(0, most - 4), most)
        return record.Figure(low=span.low, high=span.high)

    checks = tuple(
        one.model_copy(update={"to_change": figure(people), "fixed": figure(people // 2)}) for one in made.checks
    )
    update = {"id": f"{dice.getrandbits(128):032x}", "taking_part": people, "checks": checks}
    return made.model_copy(update=update)


Pooled = list[tuple[str, int, int, int, int]]


def by_duckdb(folder: Path) -> Pooled:
    """Pool all clinics with the query of docs/clinic/pool-many-clinics.md."""
    import duckdb

    with duckdb.connect() as database:
        found = database.execute(query(f"{folder}/*.csv")).fetchall()
    return sorted((str(check), *map(int, numbers)) for check, *numbers in found)  # type: ignore[misc]


def query(files: str) -> str:
    """Return the query of the guide, for these files."""
    [found] = re.findall(r"```sql\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return str(found).replace("clinics/*.csv", files)


def by_csv(folder: Path) -> Pooled:
    """Pool all clinics with Python's csv."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for path in sorted(folder.glob("clinics-*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["to_change_low"]:
                    one = sums[row["check"]]
                    one[0] += int(row["taking_part"])
                    one[1] += int(row["to_change_low"])
                    one[2] += int(row["to_change_high"])
                    one[3] += 1
    return sorted((check, *one) for check, one in sums.items())  # type: ignore[misc]


def _median(work: Callable[[], object]) -> float:
    times = []
    for _round in range(3):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)
