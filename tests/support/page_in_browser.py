"""What a person does on the offline page, and what it shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE, SMALL, ZOOMED = 390, 320, 640
Choose = Callable[[int, int], int | None]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def answer_all(page: Page, choose: Choose) -> list[str | None]:
    """Answer every question: `choose` gets its number and how many answers it has, None means “I don't know”."""
    given: list[str | None] = []
    while page.locator(".ask").count():
        answers = page.locator(".answers button")
        wanted = choose(len(given), answers.count())
        if wanted is None:
            press(page, "I don't know")
            given.append(None)
            continue
        given.append(answers.nth(wanted).get_attribute("data-answer"))
        answers.nth(wanted).click()
        if page.locator(".ask [data-part=outcome]").is_visible():
            press(page, "Not now, go on")
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
        """() => Object.fromEntries([...document.querySelectorAll("[data-part=shelves] > section")].map(shelf =>
           [shelf.className, [...shelf.querySelectorAll("h4")].map(title => title.textContent)]))"""
    )
    return found
