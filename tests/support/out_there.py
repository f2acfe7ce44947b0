"""The page “Something is out there” in a browser, and its own functions, called with many cases at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from privacyaudit.catalogue import loading
from privacyaudit.offline import out_there

if TYPE_CHECKING:
    from playwright.sync_api import Page

TODAY = date(2026, 11, 30)


def page(*, kept: bool = False, window: bool = False) -> str:
    return out_there.build(loading.catalogue(), kept=kept, window=window, today=TODAY)


def go_on(opened: Page) -> None:
    """Press “Continue” as with a keyboard: a pointer presses nothing just after a screen appears."""
    opened.locator("[data-part=go_on]").dispatch_event("click")


def door(opened: Page, name: str) -> None:
    opened.locator(f"[data-part={name}]").dispatch_event("click")


def choose(opened: Page, *values: str) -> None:
    """Answer questions, one after the other."""
    for value in values:
        menu = opened.locator("#screen select")
        if menu.count():
            menu.select_option(value)
        else:
            opened.locator(f"#screen input[value={value}]").dispatch_event("click")
        go_on(opened)
