"""What a person does on the offline page, and what it shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from privacyaudit.plan import Item
from privacyaudit.walk import stops

if TYPE_CHECKING:
    from playwright.sync_api import Browser, JSHandle, Page

PHONE, SMALL, ZOOMED = 390, 320, 640
Choose = Callable[[int, int], int | None]


def fine(page: Page, width: int, state: str, *more: str) -> None:
    """Assert that axe finds nothing, nothing is wider than the window, and what is pressed is as high as a finger.

    `more` are further things that are pressed (CSS).
    """
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page)
    assert found.violations_count == 0, f"{state}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, state
    small = page.evaluate(
        """pressed => [...document.querySelectorAll(pressed)]
           .filter(one => one.checkVisibility()).map(one => [one.textContent, one.getBoundingClientRect().height])
           .filter(([text, height]) => height < 44)""",
        ", ".join(("button, summary, main dl a, label", *more)),
    )
    assert small == [], state


def functions(browser: Browser, html: str, folder: Path, names: str) -> JSHandle:
    """Open a page and return its own functions, from the very script that stands in it; `names` with commas between."""
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    found = re.search(r'<script type="module">(.*)start\(\);\n</script>', html, re.DOTALL)
    assert found
    return page.evaluate_handle(f"() => {{ {found[1]}; return {{ {names} }}; }}")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def in_order(items: Iterable[Item], role: str) -> list[Item]:
    """Return what is asked in the order of the walk."""
    return [item for stop in stops(items, role) for item in stop.items]


def answer_all(page: Page, choose: Choose) -> list[str | None]:
    """Answer every question: `choose` gets its number and how many answers it has, None means “I don't know”.

    As with a keyboard: a pointer presses nothing in the first half of a second that a screen is shown.
    """
    given: list[str | None] = []
    while not page.locator(".report").count():
        if page.locator("[data-choice]").count():
            page.locator("[data-part=go_on]").dispatch_event("click")
            continue
        lines = page.locator(".line")
        for place in range(lines.count()):
            answers = lines.nth(place).locator("[data-answer]")
            wanted = choose(len(given), answers.count())
            given.append(None if wanted is None else answers.nth(wanted).get_attribute("data-answer"))
            pressed = lines.nth(place).locator("[data-part=dont_know]") if wanted is None else answers.nth(wanted)
            pressed.dispatch_event("click")
    return given


def copied(page: Page, name: str) -> str:
    """Press a button that shows a text to take away, copy what is selected then with the keyboard, and return it."""
    press(page, name)
    page.keyboard.press("ControlOrMeta+C")
    text: str = page.evaluate(
        """() => {
          const box = document.activeElement;
          return box instanceof HTMLTextAreaElement ? box.value.slice(box.selectionStart, box.selectionEnd) : "";
        }"""
    )
    return text


def headline(page: Page) -> str:
    return page.locator("h1:visible").inner_text()


def titles(page: Page) -> dict[str, list[str]]:
    """Return the titles in the report by verdict, in the order in which they stand there."""
    found: dict[str, list[str]] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".report .plan:has(.things)")].map(shelf =>
           [shelf.classList[1], [...shelf.querySelectorAll(".things > li")].map(thing => {
              const title = thing.querySelector("[data-part=title]") ?? thing.querySelector(".title").firstChild;
              return title.textContent.trim();
           })]))"""
    )
    return found
