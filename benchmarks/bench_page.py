"""How large the offline page of every platform is, and how soon its first question can be answered.

Beside it, the same browser opens the same page without its script: a static page of that size, laid out to its end.
Wall-clock time, because the browser works in processes of its own.
"""

from __future__ import annotations

import gzip
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.bench_measure import Part, compare, conditions, in_turn, median, size
from privacyaudit.browser import find, launch
from privacyaudit.browser.gate import Gate
from privacyaudit.catalogue import loading
from privacyaudit.offline.page import build

if TYPE_CHECKING:
    from playwright.sync_api import Browser
from tests.support.static_page import static

ROUNDS = 25
MOST_BYTES, MOST_PACKED = 1_400_000, 240_000
SLOWER = 1.5
_PART = '[data-part="begin"]'
_TO_THE_QUESTION = f"""() => {{
  document.querySelector('{_PART}').click();
  document.querySelector('main input[value="facebook"]').click();
  document.querySelector('{_PART}').click();
  document.querySelector('{_PART}').click();
  return document.querySelector("[data-answer]").getBoundingClientRect().height;
}}"""
_TO_THE_END = "() => document.body.getBoundingClientRect().height"


def measure() -> Part:
    """Open the page and its static twin in turn."""
    html = build(loading.catalogue(), role="teacher")
    raw, packed = html.encode(), gzip.compress(html.encode(), 9)
    with tempfile.TemporaryDirectory() as folder:
        pages = {"page": Path(folder) / "page.html", "static": Path(folder) / "static.html"}
        pages["page"].write_bytes(raw)
        pages["static"].write_bytes(static(html).encode())
        program = find.find(headless=True)
        with launch.playwright() as driver, launch.browser(driver, program, Gate(()), headless=True) as browser:
            runs = {
                "page": _opened(browser, pages["page"], _TO_THE_QUESTION),
                "static": _opened(browser, pages["static"], _TO_THE_END),
            }
            took = in_turn(runs, ROUNDS)
    name = "Page of every platform"
    return Part(
        (
            size(f"{name}, size", len(raw), MOST_BYTES),
            size(f"{name}, size packed by gzip", len(packed), MOST_PACKED),
            compare(
                f"{name}, to the first question",
                median(took["page"]),
                "static page of that size",
                median(took["static"]),
                SLOWER,
            ),
        ),
        (
            "Wall-clock time from the address to the first answer that can be pressed, three screens on the way.",
            conditions(f"{ROUNDS} rounds", program.path.name),
        ),
    )


def _opened(browser: Browser, path: Path, until: str) -> Callable[[], float]:
    def run() -> float:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        begun = time.perf_counter()
        page.goto(path.as_uri())
        assert page.evaluate(until) > 0
        took = (time.perf_counter() - begun) * 1000
        page.close()
        return took

    return run
