"""The `remind` commands: a calendar file, or a weekly look by the system's own scheduler."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit.words import N_, _

if TYPE_CHECKING:
    from privacyaudit.remind import When

DUE = ("due", "--notify")
NEUTRAL_TITLE = N_("A quiet half hour")
DEFAULT_MONTHS = 3
FILE = "reminder.ics"
UID_FILE = "reminder-id"

USUAL_TIME = "17:00"

At = Annotated[str, typer.Option("--at", metavar="TIME", help=_("The time of day."))]

app = typer.Typer(
    help=_("Be reminded of the next audit: by your own calendar, or by a weekly look on this computer."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    "ics",
    help=_(
        "Write a file that any calendar program can open. Nothing in it says what the reminder is for, unless you give "
        "it a title. Write it again and open it again, and the event is updated."
    ),
)
def ics(
    every: Annotated[
        int | None, typer.Option("--every", metavar="MONTHS", help=_("Every so many months; 3 if left out."))
    ] = None,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("Once, on this day: 2027-02-14."))] = "",
    term: Annotated[
        str,
        typer.Option("--term", metavar="DATE", help=_("Once, a week before a term starts on this day.")),
    ] = "",
    at: At = USUAL_TIME,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help=_("What the event is called."))] = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=_("Where to write the file."))] = None,
) -> None:
    """Write the calendar file and say when it reminds."""
    from privacyaudit import places, remind
    from privacyaudit.cli.terminal import say
    from privacyaudit.errors import UsageError

    if sum(map(bool, (every is not None, on, term))) > 1:
        raise UsageError(_("--every, --on and --term do not go together."), _("Choose one of them."))
    now = datetime.now().astimezone()
    local = now.replace(tzinfo=None)
    hour = _time(at)
    if on:
        when = remind.once(_day(on), hour, local)
    elif term:
        when = remind.before_term(_day(term), hour, local)
    else:
        when = remind.every(DEFAULT_MONTHS if every is None else every, hour, local.date())
    content = remind.calendar_file(when, title or _(NEUTRAL_TITLE), _uid(), now)
    path = out or places.reports() / FILE
    _need_ours(path)
    places.write(path, content)
    say(_("Written: {path}").format(path=path))
    say(_when(when))
    say(_("Open it with your calendar program. Nobody is told until you do."))


def _day(text: str) -> date:
    from privacyaudit.errors import UsageError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            _("{text} is no day.").format(text=text), _("Write year, month and day like this: 2027-02-14")
        ) from None


def _time(text: str) -> time:
    from privacyaudit.errors import UsageError

    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise UsageError(
            _("{text} is no time of day.").format(text=text), _("Write hours and minutes like this: 17:00")
        ) from None


def _when(when: When) -> str:
    from privacyaudit.words import day, ngettext

    if not when.months:
        return _("It reminds you once, on {day} at {time}.").format(day=day(when.first), time=f"{when.first:%H:%M}")
    sentence = ngettext(
        "It reminds you each month, for the first time on {day} at {time}.",
        "It reminds you every {number} months, for the first time on {day} at {time}.",
        when.months,
    )
    return sentence.format(number=when.months, day=day(when.first), time=f"{when.first:%H:%M}")


def _need_ours(path: Path) -> None:
    """Raise UsageError when there is something else at this place already, such as a whole calendar."""
    from privacyaudit.errors import UsageError
    from privacyaudit.remind import PRODUCT

    try:
        ours = PRODUCT.encode() in path.read_bytes()
    except FileNotFoundError:
        return
    except OSError:
        ours = False
    if not ours:
        raise UsageError(
            _("{path} is there already and is not a reminder of this program. It was left as it is.").format(path=path),
            _("Choose another name with --out."),
        )


def _uid() -> str:
    """Return the name of this person's event, made once by chance and kept in the state folder. Raises SaveError."""
    from uuid import UUID, uuid4

    from privacyaudit import places

    path = places.state() / UID_FILE
    try:
        return str(UUID(path.read_text(encoding="ascii").strip()))
    except (OSError, ValueError):
        made = str(uuid4())
        places.write(path, f"{made}\n")
        return made


@app.command(
    "install",
    help=_(
        "Let this computer look once a week whether something is due. The job goes into the scheduler that your "
        "system already has: systemd, cron, launchd or the Task Scheduler."
    ),
)
def install(
    weekday: Annotated[
        int, typer.Option("--weekday", metavar="NUMBER", min=1, max=7, help=_("1 is Monday, 7 is Sunday."))
    ] = 7,
    at: At = USUAL_TIME,
) -> None:
    """Put the job into the scheduler and say which."""
    import sys

    from privacyaudit import scheduler
    from privacyaudit.cli.terminal import say
    from privacyaudit.remind import Job

    job = Job((sys.executable, "-m", "privacyaudit", *DUE), weekday - 1, _time(at))
    chosen = scheduler.install(job)
    say(_("Installed in {scheduler}: {where}.").format(scheduler=chosen.name, where=chosen.found()))
    say(_("It runs once a week: privacyaudit {words}").format(words=" ".join(DUE)))
    say(_("To remove it: privacyaudit remind remove"))


@app.command("status", help=_("Say whether the weekly look is installed, and where."))
def status() -> None:
    """Print where the job is, or that there is none."""
    from privacyaudit import scheduler
    from privacyaudit.cli.terminal import say

    found = scheduler.installed()
    if not found:
        say(_("No weekly look is installed."))
    for kind, where in found:
        say(_("Installed in {scheduler}: {where}.").format(scheduler=kind.name, where=where))
        if trouble := kind.trouble():
            say(_("It cannot run at the moment. {trouble}").format(trouble=trouble))


@app.command("remove", help=_("Remove the weekly look, and nothing else."))
def remove() -> None:
    """Take the job out and say where it was."""
    from privacyaudit import scheduler
    from privacyaudit.cli.terminal import say

    gone = scheduler.remove()
    if not gone:
        say(_("No weekly look is installed."))
    for kind, where in gone:
        say(_("Removed from {scheduler}: {where}.").format(scheduler=kind.name, where=where))
