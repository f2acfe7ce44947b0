"""The `remind` commands: a calendar file, or a weekly look by the system's own scheduler."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit import clock, i18n
from privacyaudit.catalogue import loading
from privacyaudit.cli.dialogs.destination import agreed, tell
from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.options import ChecklistsOption, PassphraseOption, PassphraseStdinOption
from privacyaudit.cli.prompts import at_terminal
from privacyaudit.cli.terminal import fail, say
from privacyaudit.clock import time_of_day, written_day
from privacyaudit.errors import AuditError, UsageError
from privacyaudit.i18n import _, ngettext
from privacyaudit.over_time import due_report, history
from privacyaudit.over_time.due import due, find
from privacyaudit.reminders import calendar, jobs, schedulers
from privacyaudit.reminders.calendar import PRODUCT, When
from privacyaudit.storage import files, folders, reading

if TYPE_CHECKING:
    from privacyaudit.reminders.calendar import Event

FILE = "reminder.ics"
MAX_BYTES = 1_000_000
MOST_TITLES = 60
USUAL_TIME = "17:00"

At = Annotated[str, typer.Option("--at", metavar="TIME", help=_("The time of day."))]

app = typer.Typer(
    help=_("Get a reminder of your next audit from your own calendar, or a weekly reminder from this computer."),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command(
    "ics",
    help=_(
        "Write a file that any calendar program can open. Nothing in it says what the reminder is for, unless "
        "you give it a title or a list. To update the event, write the file again and open it again."
    ),
)
def ics(
    every: Annotated[
        int | None,
        typer.Option(
            "--every",
            metavar="MONTHS",
            help=_(
                "The number of months between reminders. If you leave it out, the program uses the usual time for "
                "your role."
            ),
        ),
    ] = None,
    role: Annotated[
        str,
        typer.Option(
            "--role",
            metavar="ROLE",
            help=_(
                "Get reminders as often as people in this role should check their settings. If you leave it out, "
                "you get a reminder every 3 months."
            ),
        ),
    ] = "",
    term: Annotated[
        str,
        typer.Option(
            "--term", metavar="DATE", help=_("The first day of term. You get one more reminder, a week before it.")
        ),
    ] = "",
    on: Annotated[
        str, typer.Option("--on", metavar="DATE", help=_("Get only one reminder, on this day, such as 2027-02-14."))
    ] = "",
    at: At = USUAL_TIME,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help=_("The title of the event."))] = "",
    with_list: Annotated[
        bool,
        typer.Option(
            "--with-list",
            help=_("Add a list of what to check on that day. Anyone who can see your calendar can read it."),
        ),
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=_("Where to write the file."))] = None,
    checklists: ChecklistsOption = None,
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
) -> None:
    """Write the calendar file and say when it reminds."""
    if on and (every is not None or role or term):
        raise UsageError(
            _("--on does not work with --every, --role or --term."),
            _("Leave out --on, or leave out the other options."),
        )
    now = clock.local(clock.now())
    local = now.replace(tzinfo=None)
    hour = _time(at)
    usual = loading.catalogue().role(role).remind if role else calendar.USUAL_MONTHS
    if on:
        whens = {"": calendar.once(_day(on), hour, local)}
    else:
        whens = {"": calendar.every(usual if every is None else every, hour, local.date())}
    if term:
        whens[calendar.TERM] = calendar.before_term(_day(term), hour, local)
    agreed(out and out.parent, at_terminal())
    path = out or folders.reports() / FILE
    _need_ours(path)
    days = [when.first.date() for when in whens.values()]
    unlock = Unlock(passphrase, stdin, asks=with_list or passphrase)
    opens = _opens(unlock, with_list=with_list) if with_list or not on else None
    lists = _lists(days, checklists or [], opens) if with_list else [""] * len(days)
    events = [calendar.Event(when, ending, about) for (ending, when), about in zip(whens.items(), lists, strict=True)]
    also = _also(opens, checklists or [], local.date()) if not on else []
    events += [calendar.Event(When(datetime.combine(day, hour)), f"-{day:%Y%m%d}") for day in also]
    named = title or _(calendar.NEUTRAL_TITLE)
    files.write(path, calendar.calendar_file(events, named, calendar.own_uid(), now, calendar.next_number(now)))
    say(_("Written: {path}").format(path=path))
    tell(path)
    for when in whens.values():
        say(_when(when))
    for day in also:
        say(_("It also reminds you on {day}, of a step or a search.").format(day=i18n.day(day)))
    if with_list:
        _warn(events)
    say(_("Open the file with your calendar program. You will not get a reminder until you do."))


def _opens(unlock: Unlock, *, with_list: bool) -> bytes | str | None:
    """Return what opens the history; None where there is none. Where only its days are missed, trouble is told.

    Raises AuditError where the list needs it.
    """
    if not history.exists():
        return None
    try:
        found = unlock.history()
        history.History.open(found).close()
    except AuditError as error:
        if with_list:
            raise
        fail(error.what)
        say(_("So the file does not have the days of steps that you took, or of your next search for yourself."))
        return None
    return found


def _also(opens: bytes | str | None, checklists: Sequence[Path], day: date) -> list[date]:
    """Return the days after today on which steps that the person took, or a search for themselves, are due."""
    if opens is None:
        return []
    with history.History.open(opens) as kept:
        return due_report.days_to_come(kept, loading.catalogue(*checklists), day)


def _lists(days: Sequence[date], checklists: Sequence[Path], opens: bytes | str | None) -> list[str]:
    """Return for each day the titles of what is due by then, by platform; an empty text where nothing is.

    Raises UsageError where there is no history, and AuditError when it does not open.
    """
    if opens is None:
        raise UsageError(
            _("There is no history yet, so we do not know what will be due."), _("Leave --with-list out for now.")
        )
    catalogue = loading.catalogue(*checklists)
    with history.History.open(opens) as kept:
        parts = due_report.parts(kept, catalogue, days[0])
    lists = []
    for day in days:
        lines: list[str] = []
        for part in parts:
            loaded = catalogue.loaded.get(part.platform)
            found = [find(one.check, catalogue) for one in due(part.record, catalogue, day)]
            titles = [f"- {_(check.title)}" for check in found if check]
            if loaded and titles:
                lines += ["", _(loaded.checklist.platform.name), *titles]
        lists.append(_shortened(lines[1:]))
    return lists


def _shortened(lines: Sequence[str]) -> str:
    """Join lines, the first so many of them: some calendars refuse a long description."""
    more = sum(line.startswith("- ") for line in lines[MOST_TITLES:])
    rest = [ngettext("… and {number} more", "… and {number} more", more).format(number=more)] if more else []
    return "\n".join([*lines[:MOST_TITLES], *rest])


def _warn(events: Sequence[Event]) -> None:
    if any(event.about for event in events):
        say(_("The event says what to check. Anyone who can see your calendar can read it."))
    else:
        say(_("Nothing in your history is due by then, so the file has no list."))


def _day(text: str) -> date:
    try:
        return written_day(text)
    except ValueError:
        raise UsageError(
            _("{text} is not a date.").format(text=text), _("Write year, month and day like this: 2027-02-14")
        ) from None


def _time(text: str) -> time:
    try:
        return time_of_day(text)
    except ValueError:
        raise UsageError(
            _("{text} is not a time of day.").format(text=text),
            _(
                "Write it like this: 17:00, 17.30 or 5pm. The reminder uses this computer's clock, so leave out "
                "the time zone."
            ),
        ) from None


def _when(when: When) -> str:
    if not when.months:
        return _("Your calendar will remind you once, on {day} at {time}.").format(
            day=i18n.day(when.first), time=f"{when.first:%H:%M}"
        )
    sentence = ngettext(
        "Your calendar will remind you every month, starting on {day} at {time}.",
        "Your calendar will remind you every {number} months, starting on {day} at {time}.",
        when.months,
    )
    return sentence.format(number=when.months, day=i18n.day(when.first), time=f"{when.first:%H:%M}")


def _need_ours(path: Path) -> None:
    """Raise UsageError when there is something else at this place already, such as a whole calendar."""
    try:
        ours = PRODUCT.encode() in reading.content(path, MAX_BYTES)
    except FileNotFoundError:
        return
    except OSError:
        ours = False
    if not ours:
        raise UsageError(
            _(
                "{path} already exists and is not a reminder from this program, so the program did not change it."
            ).format(path=path),
            _("Choose another name with --out."),
        )


@app.command(
    "install",
    help=_(
        "Let this computer check once a week whether anything is due. The program adds a job to the scheduler "
        "that your system already has, such as systemd, cron, launchd or the Task Scheduler."
    ),
)
def install(
    weekday: Annotated[
        int, typer.Option("--weekday", metavar="NUMBER", min=1, max=7, help=_("1 is Monday, 7 is Sunday."))
    ] = 7,
    at: At = USUAL_TIME,
) -> None:
    """Put the job into the scheduler and say which."""
    job = jobs.weekly_look(weekday - 1, _time(at))
    chosen = schedulers.install(job)
    say(_("Installed in {scheduler}: {where}.").format(scheduler=chosen.name, where=chosen.found()))
    say(_("Once a week, this computer runs: privacyaudit {words}").format(words=" ".join(jobs.DUE)))
    if not history.opens_alone():
        say(_(jobs.NOT_ALONE))
    say(_("To remove it: privacyaudit remind remove"))


@app.command("status", help=_("Show whether the weekly reminder is installed, and where."))
def status() -> None:
    """Print where the job is, or that there is none."""
    found = schedulers.installed()
    if not found:
        say(_("The weekly reminder is not installed."))
    for kind, where in found:
        say(_("Installed in {scheduler}: {where}.").format(scheduler=kind.name, where=where))
        if trouble := kind.trouble():
            say(_("The weekly reminder cannot run at the moment. {trouble}").format(trouble=trouble))
        elif trouble := schedulers.gone(kind):
            say(_("The weekly reminder cannot run. {trouble}").format(trouble=trouble))
            say(_("Install it again: privacyaudit remind install"))


@app.command("remove", help=_("Remove the weekly reminder, and nothing else."))
def remove() -> None:
    """Take the job out and say where it was."""
    gone = schedulers.remove()
    if not gone:
        say(_("The weekly reminder is not installed."))
    for kind, where in gone:
        say(_("Removed from {scheduler}: {where}.").format(scheduler=kind.name, where=where))
