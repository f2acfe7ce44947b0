"""The `remove` command: what to do when something about a person is out there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from privacyaudit import clock, extras
from privacyaudit.about_me import ladder, places
from privacyaudit.about_me.first_hour import first_hour
from privacyaudit.about_me.follow_up import doable
from privacyaudit.about_me.ladder import Plan
from privacyaudit.about_me.places import Atlas
from privacyaudit.cli.dialogs import follow_up, letter
from privacyaudit.cli.dialogs.destination import agreed, must_be_free, need_place_for, tell, write_page
from privacyaudit.cli.dialogs.remove import Said, ask, show, show_card
from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.options import AskPlainlyOption, KeepStepsOption, OutPageOption, PassphraseOption
from privacyaudit.cli.prompts import Person, at_terminal
from privacyaudit.cli.terminal import say
from privacyaudit.clock import today
from privacyaudit.errors import Stopped, UsageError
from privacyaudit.i18n import N_, _
from privacyaudit.over_time import history
from privacyaudit.reminders import calendar
from privacyaudit.reminders.calendar import Event, When
from privacyaudit.report.formats import steps
from privacyaudit.storage import files

HELP = _(
    "See what to do when something about you is out there, such as a post, a fake account, a picture, an old page or "
    "an entry in a register. The program asks a few short questions, and none of them asks for a name. You get at most "
    "seven steps in order. It is for yourself, or with the person beside you, not for looking into somebody else. If "
    "anybody is in danger, ring 999 first."
)

_STOPPED = N_("Stopped. Steps that the program said it keeps are kept, and nothing was sent.")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def remove(
    what: Annotated[
        str | None, typer.Option("--what", metavar="WORD", help=_("What it is, such as post, fake-account or picture."))
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="PLACE", help=_("Where it is, such as tiktok or local-paper."))
    ] = None,
    who: Annotated[
        str | None, typer.Option("--who", metavar="WORD", help=_("Who put it there, such as me, pupil or stranger."))
    ] = None,
    work: Annotated[
        bool | None, typer.Option("--work/--no-work", help=_("It is about your school or your work, or it is not."))
    ] = None,
    risk: Annotated[
        str | None,
        typer.Option(
            "--risk",
            metavar="WORD",
            help=_("Who may come to harm: none, danger (somebody, today), child (under 18, seen or named) or both."),
        ),
    ] = None,
    card: Annotated[
        bool,
        typer.Option(
            "--first-hour",
            help=_("Show only what to do in the first hour after a naked or sexual picture. It asks nothing."),
        ),
    ] = False,
    out: OutPageOption = None,
    calendar_to: Annotated[
        Path | None,
        typer.Option(
            "--calendar",
            metavar="FILE",
            help=_("Write the days on which to look again to a calendar file. It does not say what they are for."),
        ),
    ] = None,
    keep: KeepStepsOption = True,
    plain: AskPlainlyOption = False,
    passphrase: PassphraseOption = False,
    no_input: Annotated[
        bool, typer.Option("--no-input", help=_("Ask no questions. This needs --what and --where."))
    ] = False,
) -> None:
    """Ask about the case, and show the steps."""
    person = at_terminal(plain=plain, asks=not no_input)
    if out:
        need_place_for(out, person)
    if calendar_to:
        extras.need("calendar")
        agreed(calendar_to.parent, person)
        must_be_free(calendar_to)
    said = Said(what, where, who, work, risk)
    atlas = places.atlas()
    if card:
        child = risk in ("child", "both")
        shown = first_hour(atlas, child=child)
        if not child:
            say(_("Is anybody in it under 18? Then type: privacyaudit remove --first-hour --risk child"))
        show_card(shown)
        _write(out, steps.card(shown, today()))
        return
    _need_words(said, person)
    if person.there and history.exists():
        say(_("If somebody is in danger now, ring 999. Do it before you read on."))
    opens = follow_up.secret(person, Unlock(passphrase, asks=passphrase)) if keep and person.there else None
    if opens is not None and not (what or where) and not _goes_on(person, opens, atlas):
        return
    try:
        told = ask(said, atlas, person)
    except KeyboardInterrupt:
        raise Stopped(_("Stopped. Nothing was kept, and nothing was sent.")) from None
    plan = ladder.plan(told.case, atlas, today())
    show(plan)
    _write(out, steps.page(plan, today()))
    if calendar_to:
        _write_days(calendar_to, plan)
    if person.there:
        _offer_letters(person, plan)
    if opens is not None and not told.beside:
        _ask_done(person, opens, plan)


def _goes_on(person: Person, opens: bytes | str, atlas: Atlas) -> bool:
    try:
        return follow_up.goes_on(person, opens, atlas)
    except KeyboardInterrupt:
        raise Stopped(_(_STOPPED)) from None


def _offer_letters(person: Person, plan: Plan) -> None:
    try:
        letter.offer([step.letter for step in plan.steps if step.letter], person)
    except KeyboardInterrupt:
        raise Stopped(_(_STOPPED)) from None


def _ask_done(person: Person, opens: bytes | str, plan: Plan) -> None:
    say()
    try:
        follow_up.ask_done(person, opens, doable(plan), plan.case)
    except KeyboardInterrupt:
        raise Stopped(_(_STOPPED)) from None


def _write_days(path: Path, plan: Plan) -> None:
    """Write the days of a plan as a calendar file, under a name of its own, so that nothing else has to be kept."""
    now = clock.local(clock.now())
    days = sorted({step.due for step in plan.steps if step.due})
    events = [
        Event(When(datetime.combine(day, calendar.USUAL_TIME)), f"-{number}") for number, day in enumerate(days, 1)
    ]
    files.write(path, calendar.calendar_file(events, _(calendar.NEUTRAL_TITLE), str(uuid4()), now))
    say()
    say(_("Written: {path}").format(path=path))
    tell(path)
    say(
        _("Open the file with your calendar program. Its events are called “{title}”.").format(
            title=_(calendar.NEUTRAL_TITLE)
        )
    )


def _need_words(said: Said, person: Person) -> None:
    if not person.there and not (said.what and said.where):
        raise UsageError(
            _("With --no-input, the program cannot ask what it is and where."),
            _("For example: privacyaudit remove --no-input --what fake-account --where tiktok --who pupil --work"),
        )


def _write(out: Path | None, html: str) -> None:
    if out is None:
        return
    say()
    write_page(out, html)
