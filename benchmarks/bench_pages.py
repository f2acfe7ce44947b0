"""How long reading many settings pages of a slow site takes, beside a bare Playwright script that reads the same.

A pretend platform with 8 settings pages and 30 probed checks; every request is answered after 150 ms. Each page has a
style sheet and a script, which a browser keeps. Two kinds are measured: *forms*, which the server sends with the state
of every control, and *drawn*, where a script fetches the state and draws the controls afterwards. *Bare* opens one page
after the other and reads each control by the shortest way, as soon as it is there.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks.bench_measure import Figure, Part, compare, conditions, in_turn, median
from privacyaudit.browser import find, launch
from privacyaudit.browser.visit import Visit
from privacyaudit.model import Checklist
from privacyaudit.plan import Item
from privacyaudit.readers.web import guarded_reading
from tests.support.site import Reply, Seen, Site

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

PAGES, CHECKS = 8, 30
DELAY_S = 0.15
FAR_S = 0.4
ROUNDS = 7
KINDS = ("forms", "drawn", "drawn far away")
KEPT = (("cache-control", "max-age=600"),)

_DRAW = """
const place = document.querySelector("main");
fetch(`/state${location.pathname}`).then((reply) => reply.json()).then((state) => {
  for (const [name, on] of Object.entries(state)) {
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name, checked: on });
    place.append(box);
  }
});
"""


def names(page: int) -> list[str]:
    """Return the controls of a page, 30 on 8 pages."""
    return [f"setting_{number}" for number in range(CHECKS) if number % PAGES == page]


def is_on(name: str) -> bool:
    """Return whether a control is on: every third one is."""
    return int(name.removeprefix("setting_")) % 3 == 0


def checklist(origin: str) -> Checklist:
    """Return a checklist with a field probe for each control."""
    host = origin.split("//")[1]
    return Checklist.model_validate(
        {
            "schema": "2",
            "platform": {
                "id": "slow",
                "name": "Slow",
                "group": "social",
                "hosts": [host],
                "signed_in": {
                    "open": f"{origin}/settings/0",
                    "find": {"field": "sign-out"},
                    "on_every_page": {"field": "sign-out"},
                },
                "notice": "Pretend.",
            },
            "screens": [{"id": "settings", "title": "Settings"}],
            "checks": [_check(origin, page, name) for page in range(PAGES) for name in names(page)],
        }
    )


def _check(origin: str, page: int, name: str) -> dict[str, object]:
    return {
        "id": f"slow.{name}",
        "title": name,
        "area": "contact",
        "severity": "low",
        "question": f"Is {name} on?",
        "why": "Because.",
        "screen": "settings",
        "options": [
            {"id": "on", "label": "On", "verdict": "pass"},
            {"id": "off", "label": "Off", "verdict": "fail"},
        ],
        "fix": ["Change it."],
        "confidence": "low",
        "probes": [
            {
                "kind": "web",
                "open": f"{origin}/settings/{page}",
                "find": {"field": name},
                "take": "checked",
                "means": {"true": "on", "false": "off"},
            }
        ],
    }


@contextmanager
def site(kind: str) -> Iterator[Site]:
    """Run the pretend site; far away, each reply takes as long as over a slow network."""
    _late = partial(_after, FAR_S if "far" in kind else DELAY_S)
    with Site() as running:
        for page in range(PAGES):
            running.pages[f"/settings/{page}"] = partial(_late, Reply(_html(kind, page)))
            state = json.dumps({name: is_on(name) for name in names(page)})
            running.pages[f"/state/settings/{page}"] = partial(_late, Reply(state, kind="application/json"))
        running.pages["/style.css"] = partial(_late, Reply("label { display: block }", kind="text/css", headers=KEPT))
        script = "document.title += '.';" if kind == "forms" else _DRAW
        running.pages["/script.js"] = partial(_late, Reply(script, kind="text/javascript", headers=KEPT))
        running.pages["/favicon.ico"] = Reply("", 404)
        yield running


def _after(seconds: float, reply: Reply, _seen: Seen) -> Reply:
    time.sleep(seconds)
    return reply


def _html(kind: str, page: int) -> str:
    links = "".join(f'<li><a href="/settings/{other}">Settings {other}</a></li>' for other in range(PAGES))
    boxes = "".join(
        f'<label><input type="checkbox" name="{name}"{" checked" if is_on(name) else ""}> {name}</label>'
        for name in names(page)
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Settings</title>'
        '<link rel="stylesheet" href="/style.css"><script src="/script.js" defer></script>'
        f'<nav><ul>{links}</ul><a id="sign-out" href="/sign-out">Sign out</a></nav>'
        f"<main><form method=post>{boxes if kind == 'forms' else ''}<button>Save</button></form></main>"
    )


# -- the two readings ------------------------------------------------------------------------------


def bare(driver: Playwright, program: find.Browser, origin: str) -> list[str]:
    """Open the pages one after the other and read each control as soon as it is there."""
    running = driver.chromium.launch(executable_path=str(program.path), headless=True)
    page = running.new_context().new_page()
    answers = []
    for number in range(PAGES):
        page.goto(f"{origin}/settings/{number}")
        answers += ["on" if page.locator(f"[name={name}]").is_checked() else "off" for name in names(number)]
    running.close()
    return answers


def guarded(driver: Playwright, program: find.Browser, origin: str) -> list[str]:
    """Read with the program's own reader."""
    made = checklist(origin)
    items = [Item(made, check) for check in made.checks]
    found = guarded_reading(driver, program, made, items, {"cookies": [], "origins": []}, headless=True, refused=[])
    return [seen.option or str(seen.reason) for _check, seen in found]


READINGS = {"bare": bare, "guarded": guarded}


def measure() -> Part:
    """Measure both kinds, and the memory of both sides; ends the program when two readings do not find the same."""
    figures: list[Figure] = []
    remarks: list[str] = []
    program = find.find(headless=True)
    for kind in KINDS:
        with launch.playwright() as driver, site(kind) as running:
            found = {name: read(driver, program, running.origin) for name, read in READINGS.items()}
            if found["bare"] != found["guarded"]:
                sys.exit(f"The readings do not find the same, so their times cannot be compared: {found}")
            running.log.clear()
            guarded(driver, program, running.origin)
            opened = [path for path in running.paths() if path.startswith("/settings/")]
            clock = Clock()
            with clock.running():
                samples = in_turn(
                    {
                        name: partial(clock.time, partial(read, driver, program, running.origin))
                        for name, read in READINGS.items()
                    },
                    ROUNDS,
                )
        times = {name: median([took["whole"] for took in all_]) for name, all_ in samples.items()}
        budget = {"forms": 1.2, "drawn": 0.85, "drawn far away": 0.6}[kind]
        what = {"forms": "sent with their state", "drawn": "drawn by a script"}.get(kind, "drawn, replies after 400 ms")
        figures.append(
            compare(f"{PAGES} pages {what}, {CHECKS} checks", times["guarded"], "bare script", times["bare"], budget)
        )
        waiting = median([took["waiting"] for took in samples["guarded"]]) / PAGES
        remarks.append(
            f"Pages {what}: each opened {len(opened) / PAGES:g} times; per page {waiting:.0f} ms of waiting for "
            f"a still page, and {(times['guarded'] - times['bare']) / PAGES:.0f} ms more than bare in all."
        )
    with site("forms") as running:
        sizes = {name: median([_memory(name, running.origin) for _round in range(3)]) for name in READINGS}
    figures.append(
        Figure(
            "Memory of the Python side",
            f"{sizes['guarded']:.0f} MB",
            "bare script",
            f"{sizes['bare']:.0f} MB",
            sizes["guarded"] / sizes["bare"],
            1.5,
        )
    )
    remarks.append(conditions(f"{ROUNDS} rounds", program.path.name))
    return Part(tuple(figures), tuple(remarks))


def _memory(reading: str, origin: str) -> float:
    """Return how many MB a fresh process of Python needed at most to read everything once."""
    command = [sys.executable, "-m", "benchmarks.bench_pages", reading, origin]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


class Clock:
    """Times readings, and in them the one place where the program's reader waits."""

    def __init__(self) -> None:
        self._spent: dict[str, float] = {}

    def time(self, read: Callable[[], object]) -> dict[str, float]:
        """Read once; returns milliseconds."""
        self._spent = {"waiting": 0.0}
        begun = time.perf_counter()
        read()
        return self._spent | {"whole": (time.perf_counter() - begun) * 1000}

    @contextmanager
    def running(self) -> Iterator[None]:
        """Note how long waiting for a still page takes."""
        with patch.object(Visit, "settle", self._noted("waiting", Visit.settle)):
            yield

    def _noted(self, name: str, call: Callable[..., object]) -> Callable[..., object]:
        def noted(*given: object) -> object:
            begun = time.perf_counter()
            try:
                return call(*given)
            finally:
                self._spent[name] = self._spent.get(name, 0.0) + (time.perf_counter() - begun) * 1000

        return noted


def _report_memory(reading: str, origin: str) -> None:
    import resource

    with launch.playwright() as driver:
        READINGS[reading](driver, find.find(headless=True), origin)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    _report_memory(*sys.argv[1:])
