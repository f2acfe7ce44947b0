"""The `due` command: which answers of earlier audits are too old, and what else waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit import i18n, model
from privacyaudit.cli.dialogs.history import tell_of_wrong_clock
from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.options import ChecklistsOption, PassphraseOption, PassphraseStdinOption
from privacyaudit.cli.parsing import catalogue_with
from privacyaudit.cli.terminal import draw, fail, heading, say
from privacyaudit.clock import today
from privacyaudit.errors import AuditError, MissingExtra
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import Taken, Why
from privacyaudit.over_time import due_report, history
from privacyaudit.over_time.due import find
from privacyaudit.over_time.due_report import Part
from privacyaudit.reminders import notification
from privacyaudit.reminders.calendar import NEUTRAL_TITLE
from privacyaudit.reminders.jobs import NOBODY_WAS_TOLD, SOMETHING_IS_DUE
from privacyaudit.reminders.notification import join_session

if TYPE_CHECKING:
    from privacyaudit.catalogue.loading import Catalogue

HELP = _(
    "Show what is due: answers in your history that are too old, changes that you planned, settings that "
    "needed changing, and questions where we could not tell. It counts steps that you took to get something "
    "down too. The exit code is 10 when something is due, and 12 "
    "when the notification failed."
)

app = typer.Typer(add_completion=False, rich_markup_mode=None)
IT_MAY_BE_TIME = N_("It may be time for some personal admin.")
MOST = 3


@app.command(help=HELP)
def due(
    as_json: Annotated[bool, typer.Option("--json", help=_("Print what is due as JSON."))] = False,
    notify: Annotated[
        bool, typer.Option("--notify", help=_("Show a notification when a check is due, without naming a platform."))
    ] = False,
    checklists: ChecklistsOption = None,
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
) -> None:
    """Print what is due, tell it if wanted, and end with 10 when there is something."""
    day = today()
    catalogue = catalogue_with(checklists)
    parts: list[Part] = []
    search = None
    steps: list[Taken] = []
    if history.exists():
        with _told_if_closed(notify), history.History.open(Unlock(passphrase, stdin).history()) as kept:
            parts = due_report.parts(kept, catalogue, day)
            search = due_report.search_due(kept, catalogue)
            steps = due_report.steps_due(kept, day)
            tell_of_wrong_clock((one.finished for one in kept.all()), stderr=as_json)
        if not parts:
            say(_("You have not kept any audits."), stderr=as_json)
    else:
        say(_("There is no history yet."), stderr=as_json)
    if as_json:
        draw(due_report.as_json(parts, day, search, steps))
    else:
        _print(parts, search, steps, catalogue)
    count = due_report.count(parts) + bool(search and search <= day) + len(steps)
    if count and notify:
        message = ngettext("{number} thing is due.", "{number} things are due.", count).format(number=count)
        if not _tell(message, _("The list above shows what is due.")):
            raise typer.Exit(NOBODY_WAS_TOLD)
    if count:
        raise typer.Exit(SOMETHING_IS_DUE)


@contextmanager
def _told_if_closed(notify: bool) -> Iterator[None]:
    """Let the desktop know that it may be time to look when nobody can tell what is due; the error goes on."""
    if notify:
        join_session()
    try:
        yield
    except AuditError as error:
        if notify:
            try:
                told = _tell(_(IT_MAY_BE_TIME))
            except MissingExtra as missing:
                fail(missing.what, missing.advice)
                raise error from None
            if not told:
                fail(error.what, error.advice)
                raise typer.Exit(NOBODY_WAS_TOLD) from None
        raise


def _print(parts: Sequence[Part], search: date | None, steps: Sequence[Taken], catalogue: Catalogue) -> None:
    if steps:
        heading(due_report.steps_counted(steps))
        say(_("To see them: privacyaudit remove"))
    search_due = search is not None and search <= today()
    if search_due:
        heading(_("It is time to search for yourself again: privacyaudit search"))
    if parts and (due_report.count(parts) or not (search_due or steps)):
        heading(due_report.counted(parts))
    for part in parts:
        _print_part(part, catalogue)
    if next_day := due_report.next_day(parts):
        say()
        say(_("The next check is due on {day}.").format(day=i18n.day(next_day)))
    if search and not search_due:
        say()
        say(_("The next search for yourself is due on {day}.").format(day=i18n.day(search)))


def _print_part(part: Part, catalogue: Catalogue) -> None:
    """Print the counts of a platform and its three most important checks."""
    loaded = catalogue.loaded.get(part.platform)
    heading(_(loaded.checklist.platform.name) if loaded else part.platform)
    counts = Counter(one.why for one in part.due)
    say(", ".join(_count(why, counts[why]) for why in model.Why if counts[why]) or _("Nothing is due."))
    for number, one in enumerate(part.due[:MOST], 1):
        check = find(one.check, catalogue)
        say(f"{_(check.title) if check else one.check}: {due_report.reason(one)}", first=f"{number}. ", rest="   ")
    if (more := len(part.due) - MOST) > 0:
        say(ngettext("… and {number} more", "… and {number} more", more).format(number=more))
    if missing := len(part.not_asked):
        say(
            ngettext(
                "We have not asked about {number} check yet.", "We have not asked about {number} checks yet.", missing
            ).format(number=missing),
            "dim",
        )


def _count(why: Why, number: int) -> str:
    sentences = {
        Why.EXPIRED: _("{number} with an expired answer"),
        Why.TO_CHANGE: _("{number} to change"),
        Why.PLANNED: _("{number} that you planned to change by now"),
        Why.UNKNOWN: _("we could not tell about {number}"),
        Why.CHANGED: _("{number} with a changed question"),
        Why.ACCEPTED_UNTIL: _("{number} no longer accepted"),
    }
    return sentences[why].format(number=number)


def _tell(message: str, advice: str = "") -> bool:
    """Show a notification, or say that nobody was told; tell which. Raises MissingExtra."""
    told = notification.tell(_(NEUTRAL_TITLE), message)
    if not told:
        fail(_("This computer could not show the notification."), advice)
    return told
