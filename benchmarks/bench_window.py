"""How soon the window's first page is there, how much memory the program takes, and how soon a press is answered.

Beside it, a bare Starlette program gives the same bytes without their script, and the page for phones saves a press
without a program. Wall-clock time, because the browser works in processes of its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from benchmarks.bench_measure import Figure, Part, compare, conditions, in_turn, median
from privacyaudit.browser import find, launch
from privacyaudit.catalogue import loading
from privacyaudit.offline.page import build
from tests.support.static_page import static
from tests.support.window_process import Started, begin, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROUNDS, PRESSES = 9, 60
SLOWER, MOST_MB, MOST_MS = 1.3, 120, 50
SERVICES = ("everyday", "facebook")
_BARE = """
import socket, sys
from pathlib import Path
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

page = Path(sys.argv[1]).read_bytes()

async def show(_request):
    return Response(page, media_type="text/html")

line = socket.socket()
line.bind(("127.0.0.1", 0))
line.listen()
print(f"http://127.0.0.1:{line.getsockname()[1]}/", flush=True)
app = Starlette(routes=[Route("/", show)])
uvicorn.Server(uvicorn.Config(app, log_config=None, http="h11", loop="asyncio", ws="none")).run(sockets=[line])
"""
_FIRST_PAINT = """new PerformanceObserver((seen) => {
  const [one] = seen.getEntriesByName("first-contentful-paint");
  if (one) painted(performance.timeOrigin + one.startTime);
}).observe({ type: "paint", buffered: true })"""
_FIRST_SCREEN = "role=button[name=Everything]"
_SAME_BYTES = "[data-window]"
_PRESS = """(which) => new Promise((done) => {
  const real = window.fetch;
  window.fetch = async (...words) => {
    const reply = await real(...words);
    if (String(words[0]).endsWith("answer")) {
      window.fetch = real;
      done(performance.now() - begun);
    }
    return reply;
  };
  const begun = performance.now();
  document.querySelectorAll(".line [data-answer]")[which].click();
})"""
_PRESS_ALONE = """(which) => {
  const begun = performance.now();
  document.querySelectorAll(".line [data-answer]")[which].click();
  return performance.now() - begun;
}"""


def measure() -> Part:
    """Open the window and a bare page in turn, then press in the window and in the page for phones in turn."""
    html = build(loading.catalogue(), window=True)
    program = find.find(headless=True)
    with tempfile.TemporaryDirectory() as folder, launch.playwright() as driver:
        env = {name: str(Path(folder) / name) for name in ("HOME", "PRIVACYAUDIT_STATE", "PRIVACYAUDIT_DATA")}
        same, phone = Path(folder) / "same.html", Path(folder) / "phone.html"
        same.write_text(static(html), encoding="utf-8")
        phone.write_text(build(loading.catalogue(), SERVICES, role="teacher"), encoding="utf-8")
        browser = driver.chromium.launch(executable_path=str(program.path))
        opens: dict[str, Callable[[], tuple[float, float, float]]] = {
            "window": lambda: _opened(browser, lambda: window(env=env), _FIRST_SCREEN),
            "bare": lambda: _opened(browser, lambda: _bare(same), _SAME_BYTES),
        }
        found = in_turn(opens, ROUNDS)
        with window(env=env) as started:
            pages = {"window": _in_the_window(browser, started), "phone": _on_the_phone(browser, phone)}
            presses = in_turn(
                {"window": _presses(pages["window"], _PRESS), "phone": _presses(pages["phone"], _PRESS_ALONE)}, PRESSES
            )
            most = _megabytes(started.process)
        browser.close()
    took, used, small = (
        {name: median([one[which] for one in all_]) for name, all_ in found.items()} for which in range(3)
    )
    press = {name: median(all_) for name, all_ in presses.items()}
    first = compare(
        "From the command to the first paint of the window",
        took["window"],
        "bare Starlette program, the same bytes without their script",
        took["bare"],
        SLOWER,
    )
    return Part(
        (
            first,
            _figure("… until its first screen can be used", used["window"], "first paint of that", took["bare"], "ms"),
            _figure("Memory of the program with its page open", small["window"], "bare program", small["bare"], "MB"),
            _figure("… after an audit was begun", most, "bare program", small["bare"], "MB", MOST_MB),
            _figure("A press, until it is saved", press["window"], "page for phones", press["phone"], "ms", MOST_MS),
        ),
        (
            "The first paint is that of the window's front page, which says that the program is getting ready.",
            "Memory is what the process holds (resident set).",
            conditions(f"{ROUNDS} rounds", f"{PRESSES} presses", program.path.name),
        ),
    )


def _figure(name: str, ours: float, beside: str, theirs: float, unit: str, most: float | None = None) -> Figure:
    within = None if most is None else (ours, most)
    return Figure(name, f"{ours:.1f} {unit}", beside, f"{theirs:.1f} {unit}", ours / theirs, within=within)


class _Bare:
    """A bare program that runs; `address` is where its page is."""

    def __init__(self, page: Path) -> None:
        self.process = subprocess.Popen([sys.executable, "-c", _BARE, str(page)], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.address = self.process.stdout.readline().strip()


@contextmanager
def _bare(page: Path) -> Iterator[_Bare]:
    made = _Bare(page)
    yield made
    made.process.kill()
    made.process.communicate()


def _opened(
    browser: Browser, start: Callable[[], AbstractContextManager[Started | _Bare]], whole: str
) -> tuple[float, float, float]:
    """Start a program and open its page.

    Return the milliseconds to the first paint and until what `whole` selects is there, and the memory that it takes.
    """
    page, painted = browser.new_page(), list[float]()
    page.expose_function("painted", lambda at: painted.append(float(at)))
    page.add_init_script(_FIRST_PAINT)
    begun = time.time()
    with start() as running:
        page.goto(running.address)
        page.locator(whole).first.wait_for(state="attached")
        there = float(page.evaluate("performance.timeOrigin + performance.now()"))
        memory = _megabytes(running.process)
        page.close()
    return painted[0] - begun * 1000, there - begun * 1000, memory


def _megabytes(process: subprocess.Popen[str]) -> float:
    return float(psutil.Process(process.pid).memory_info().rss) / 1e6


def _in_the_window(browser: Browser, started: Started) -> Page:
    page = browser.new_page()
    page.goto(started.address)
    begin(page, *SERVICES)
    return page


def _on_the_phone(browser: Browser, file: Path) -> Page:
    page = browser.new_page()
    page.goto(file.as_uri())
    page.evaluate("document.querySelector('#keep').click()")
    for _screen in range(3):
        if not page.locator(".line").count():
            page.evaluate("document.querySelector('[data-part=begin]').click()")
    page.locator(".line").first.wait_for()
    return page


def _presses(page: Page, press: str) -> Callable[[], float]:
    """Return what presses two answers of the first question in turn, and how many milliseconds each press takes."""
    which = [0]

    def run() -> float:
        which[0] = 1 - which[0]
        return float(page.evaluate(press, which[0]))

    return run
