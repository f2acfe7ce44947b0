"""The browser is started once for real, with an empty page behind a gate that lets nothing through."""

from __future__ import annotations

from collections.abc import Iterator

from privacyaudit.browser import find, launch, policies, sandbox
from privacyaudit.browser.gate import Gate
from privacyaudit.browser.workspace import workspace
from privacyaudit.checkup.line import Line, failed
from privacyaudit.errors import AuditError, BrowserStartError
from privacyaudit.i18n import _


def lines() -> Iterator[Line]:
    """Try each browser that an audit would use."""
    all_is_well = True
    for line in _tried():
        all_is_well = all_is_well and bool(line.works)
        yield line
    if not all_is_well:
        yield Line(None, _("Without a browser, you can answer every check by hand."))


def _tried() -> Iterator[Line]:
    try:
        programs = {find.find(headless=headless): None for headless in (False, True)}
    except AuditError as error:
        yield failed(error)
        return
    for program in programs:
        yield from _program(program)
    if not any(program.window for program in programs):
        yield Line(
            False, _("No browser on this computer can show a window, so you cannot sign in by hand."), find.advice()
        )
    try:
        find.need_screen()
    except AuditError as error:
        yield failed(error)


def _program(program: find.Browser) -> Iterator[Line]:
    try:
        start(program)
    except AuditError as error:
        yield failed(error)
        return
    yield Line(True, _("The browser {path} starts.").format(path=program.path))
    if not sandbox.wanted(program):
        yield Line(None, *sandbox.reason())
    if number := len(policies.of(program.path)):
        yield Line(
            True,
            _("Somebody else manages this browser (rules set: {number}). It still starts.").format(number=number),
        )


def start(program: find.Browser) -> None:
    """Start a browser without a window, open an empty page and end it. Raises BrowserStartError."""
    from playwright.sync_api import Error

    with (
        workspace(),
        launch.playwright() as driver,
        launch.browser(driver, program, Gate(()), headless=True) as running,
    ):
        try:
            running.new_page().goto("about:blank")
        except Error as error:
            raise BrowserStartError(
                _("The browser {path} starts, but does not show a page.").format(path=program.path), find.advice()
            ) from error
