"""Whether something here can remind a person: a program for calendar files, and the scheduler of the system."""

from __future__ import annotations

from collections.abc import Iterator

from privacyaudit.checkup.line import Line, failed
from privacyaudit.errors import AuditError
from privacyaudit.i18n import _
from privacyaudit.reminders import programs, schedulers


def lines() -> Iterator[Line]:
    """Ask the system for both."""
    if opens := programs.for_calendar_files():
        yield Line(True, _("Your calendar files open with: {program}").format(program=opens))
    else:
        yield Line(
            False,
            _("This computer has no program that opens calendar files."),
            _("The calendar on your phone or on the web can open calendar files too."),
        )
    try:
        yield Line(
            True, _("You can set up a weekly reminder in: {scheduler}").format(scheduler=schedulers.choose().name)
        )
        for kind, where in schedulers.installed():
            if trouble := schedulers.gone(kind):
                again = _("Install it again: privacyaudit remind install")
                yield Line(
                    False, _("The weekly reminder in {place} cannot run.").format(place=where), f"{trouble} {again}"
                )
    except AuditError as error:
        yield failed(error)
