"""The window as a program of its own, started as a person starts it, and what one does in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
READY = "ten minutes later it ends"
NO_SCREEN = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}
"""Where nobody can sign in beside it, the window offers to read nothing: the questions come at once."""


def wide(browser: Browser, most_ms: float) -> Iterator[BrowserContext]:
    """Open what tests of the window look at it with, as wide as a laptop; no step in it may take longer."""
    made = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    made.set_default_timeout(most_ms)
    yield made
    made.close()


def started_one() -> Iterator[Started]:
    """Start the window for one test, as `started = pytest.fixture(started_one)`, and end it."""
    with window() as made:
        yield made


class NotStartedError(Exception):
    """The program ended before the window was open."""


class Started:
    """A window that runs; `said` is what it printed by then, and `address` opens it once.

    `program` is what Python runs. Raises NotStartedError.
    """

    def __init__(
        self, *words: str, env: dict[str, str] | None = None, program: Sequence[str] = ("-m", "privacyaudit")
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *program, "start", "--no-open", *words],
            cwd=ROOT,
            env={**os.environ, **NO_SCREEN, "COLUMNS": "1000", **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line
            if READY in line:
                break
        found = re.search(r"http://127\.0\.0\.1:\d+/in\?ticket=\S+", self.said)
        if found is None:
            raise NotStartedError(self.said)
        self.address = found[0]

    @property
    def port(self) -> int:
        return int(re.findall(r":(\d+)/", self.address)[0])

    @property
    def ticket(self) -> str:
        return str(self.address).rpartition("=")[2]

    def rest(self) -> str:
        """Wait until it has ended, and return what it printed since."""
        said, _nothing = self.process.communicate(timeout=60)
        return str(said)


@contextmanager
def window(*words: str, env: dict[str, str] | None = None) -> Iterator[Started]:
    """Start a window, and kill it at the end if it still runs."""
    started = Started(*words, env=env)
    try:
        yield started
    finally:
        started.process.kill()
        started.process.communicate()


def at_home(context: BrowserContext, started: Started) -> Page:
    """Open the window's first screen, and wait until it says all."""
    page = context.new_page()
    page.goto(started.address)
    page.get_by_text("The files stay").wait_for()
    return page


def pressed(page: Page, name: str) -> None:
    """Press a button as with a keyboard: a pointer presses nothing in the first half of a second of a screen."""
    page.get_by_role("button", name=name, exact=True).dispatch_event("click")


def begin(page: Page, *services: str, time: str = "Everything", role: str = "teacher") -> None:
    """Begin an audit from the first screen, and wait for its first question."""
    pressed(page, time)
    page.locator(f"input[name=role][value={role}]").check()
    pressed(page, "Start")
    for name in services:
        page.locator(f"main input[value={name}]").check()
    pressed(page, "Continue")
    page.locator("h1", has_text="How much time").or_(page.locator(".line").first).first.wait_for()
    if not page.locator(".line").count():
        pressed(page, "Continue")
    page.locator(".line").first.wait_for()


def answer(page: Page, place: int, which: int = 0) -> None:
    """Press one answer of a question on the screen, and wait until the program has said that it is saved."""
    with page.expect_response(lambda one: one.url.endswith("/answer")) as said:
        page.locator(".line").nth(place).locator("[data-answer]").nth(which).dispatch_event("click")
    assert said.value.ok


def answer_rest(page: Page, which: int = -1, until: str = "[data-part=headline]") -> None:
    """Answer everything that has no answer yet, and leave as it is what is to change."""
    while not page.locator(until).count():
        page.evaluate(
            """which => {
              const open = [...document.querySelectorAll(".line")].find(one =>
                one.querySelector("[data-answer]") && !one.querySelector("[aria-pressed=true]"));
              const leave = document.querySelector("[data-choice=leave][aria-pressed=false]");
              if (leave) leave.click();
              else if (open) [...open.querySelectorAll("[data-answer]")].at(which).click();
            }""",
            which,
        )
