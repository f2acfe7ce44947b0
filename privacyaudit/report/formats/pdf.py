"""A page as a tagged PDF, printed by a browser that runs no script and reaches no network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from privacyaudit.browser import find, launch
from privacyaudit.browser.gate import Gate
from privacyaudit.errors import BrowserError
from privacyaudit.i18n import _
from privacyaudit.report.formats import html
from privacyaudit.report.view import View

if TYPE_CHECKING:
    from playwright.sync_api import Page


def need_browser() -> None:
    """Raise BrowserError or MissingExtra when there is no browser to print with."""
    find.find(headless=True)


def pages(view: View) -> bytes:
    """Return a report as a PDF. Raises as `print_pdf`."""
    return print_pdf(html.page(view))


def print_pdf(page: str) -> bytes:
    """Return a page as a PDF whose sheets have the size that its style asks for. Raises as `print_all`."""
    [made] = print_all([page])
    return made


def print_all(pages: Iterable[str]) -> list[bytes]:
    """Return each page as a PDF, one after the other, in one browser.

    Raises BrowserError or MissingExtra when there is no browser for it, or when it stops.
    """
    program = find.find(headless=True)
    from playwright.sync_api import Error

    with launch.playwright() as driver, launch.browser(driver, program, Gate(()), headless=True) as browser:
        try:
            context = browser.new_context(java_script_enabled=False, offline=True, color_scheme="light")
            tab = context.new_page()
            return [_printed(tab, page) for page in pages]
        except Error as error:
            raise BrowserError(
                _("The browser {path} could not print this.").format(path=program.path),
                _("Use the HTML file instead: open it in your own browser and print it there."),
            ) from error


def _printed(tab: Page, page: str) -> bytes:
    tab.set_content(page)
    return tab.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
