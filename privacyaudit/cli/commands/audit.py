"""The `audit` command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit import report as reports
from privacyaudit.audit import run
from privacyaudit.browser import workspace
from privacyaudit.catalogue import answers_file
from privacyaudit.cli import outcome, prompts, terminal
from privacyaudit.cli.dialogs import decisions, history
from privacyaudit.cli.dialogs import next_person as turns
from privacyaudit.cli.dialogs import plan as choosing
from privacyaudit.cli.dialogs.browser import Beside, credentials, need_a_way_to_sign_in, need_addresses
from privacyaudit.cli.dialogs.plan import begin, names_outside, plan_of, planned, resumed
from privacyaudit.cli.options import (
    Areas,
    Checklists,
    Fill,
    Headless,
    NoOpen,
    NumberedQuestions,
    Quick,
    ReportFolder,
    Sites,
)
from privacyaudit.cli.parsing import areas_named, catalogue_with, formats_named
from privacyaudit.cli.terminal import say
from privacyaudit.clock import today
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.over_time.known import NOTHING, decided
from privacyaudit.readers.answers import AnswersReader
from privacyaudit.readers.ask import AskReader
from privacyaudit.readers.outside import OutsideReader
from privacyaudit.readers.web import WebReader
from privacyaudit.reminders import calendar
from privacyaudit.storage import files, folders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from privacyaudit.model import Role
    from privacyaudit.over_time.known import Past
    from privacyaudit.plan import Plan
    from privacyaudit.readers import Reader

HELP = _(
    "Go through the checks of one or more platforms and write a report. Without --browser every question is asked "
    "here, and nothing is contacted. Each answer is saved as you give it."
)

CONSENT = "consent-shown"


def audit(
    platforms: Annotated[
        list[str] | None, typer.Argument(metavar="PLATFORM", help=_("What to audit; see “privacyaudit list”."))
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser", help=_("Read your settings pages in a browser that cannot change them."))
    ] = False,
    headless: Headless = False,
    fill: Fill = False,
    role: Annotated[str | None, typer.Option("--role", metavar="ROLE", help=_("Who you are, such as teacher."))] = None,
    quick: Quick = False,
    area: Areas = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", metavar="FILE", help=_("Take answers from a YAML or JSON file."))
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help=_("Ask nothing; what is open stays unknown."))] = False,
    site: Sites = None,
    outside: Annotated[
        list[str] | None,
        typer.Option(
            "--outside",
            metavar="PLATFORM=NAME",
            help=_("Look at what strangers see of this name, with nobody signed in. Without =NAME you are asked."),
        ),
    ] = None,
    out: ReportFolder = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help=_("Which files to write."))
    ] = "html,json,csv",
    resume: Annotated[bool, typer.Option("--resume", help=_("Go on with the audit you stopped."))] = False,
    plain: NumberedQuestions = False,
    no_open: NoOpen = False,
    keep: Annotated[
        bool | None,
        typer.Option(
            "--keep/--no-keep",
            help=_("Keep this audit in your encrypted history, or not. Without either: if there is a history already."),
        ),
    ] = None,
    next_person: Annotated[
        bool,
        typer.Option("--next-person", help=_("One computer, people in turn: by hand, and nothing of anybody is kept.")),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help=_("Exit with 10 if something is to change, 11 if something is unknown."))
    ] = False,
    checklists: Checklists = None,
) -> None:
    """Turn the flags into a plan, run it, write the report and say how it came out."""

    _refuse_contradictions(browser=browser, headless=headless, fill=fill)
    wanted_formats = formats_named(formats)
    catalogue = catalogue_with(checklists)
    if next_person:
        if platforms or site or outside or answers or out or browser or no_input or resume or keep or strict or role:
            raise UsageError(
                _("--next-person asks each person in turn, so it goes with --quick, --area and --plain only."),
                _("Leave the rest out. Nothing is kept in any case."),
            )
        turns.run(catalogue, areas_named(area or []), quick=quick, plain=plain)
        return
    given = answers_file.answers(answers, catalogue.loaded) if answers else {}
    if resume and (platforms or site or area or quick or role):
        raise UsageError(
            _("--resume goes on with the audit you stopped, so it takes no platform, role or choice of checks."),
            _("Leave those out, or leave out --resume to start afresh."),
        )
    notes = resumed(no_input=no_input, resume=resume, fresh=bool(platforms or answers), plain=plain)
    memory = history.remember(keep)
    if notes is None:
        what = planned(
            catalogue,
            memory,
            platforms or [],
            given,
            role,
            site or [],
            area or [],
            quick,
            no_input=no_input,
            plain=plain,
        )
        names = names_outside(what, outside or [], no_input=no_input, plain=plain)
        notes = begin(what)
    else:
        what = plan_of(catalogue, notes.header)
        names = names_outside(what, outside or [], no_input=no_input, plain=plain)
    past = memory.past(what, today()) if memory else NOTHING
    if not no_input:
        choosing.show_plan(what, past)
    _say_consent()
    readers = _readers(
        what, given, past, names, browser=browser, headless=headless, fill=fill, plain=plain, ask=not no_input
    )
    record, stopped = run(what, readers, notes, past)
    if stopped:
        raise stopped
    if memory is None and keep is None and not no_input:
        memory = history.offer_history(plain=plain)
    made = decisions.offer(record, catalogue, plain=plain) if memory and not no_input and terminal.interactive() else []
    record = decided(record, made, today())
    over_time, unkept = history.keep(record, memory, made) if memory else ([], None)
    before = memory.before(what) if memory else None
    paths = reports.write(
        record,
        catalogue,
        out or folders.reports(),
        wanted_formats,
        before=before,
        over_time=over_time,
        calendar=_calendar(catalogue.role(what.role)),
    )
    notes.close()
    form = outcome.show(record, catalogue, paths, before=before, open_report=not (no_open or no_input))
    if unkept and keep:
        raise unkept
    if unkept:
        outcome.warn(unkept)
    if strict:
        raise typer.Exit(outcome.strict_code(form))


def _calendar(role: Role) -> bytes | None:
    """Return the reminder that the report carries, as often as is usual for the role."""
    from datetime import datetime

    return calendar.for_report(role.remind, calendar.own_uid(), datetime.now().astimezone())


def _refuse_contradictions(*, browser: bool, headless: bool, fill: bool) -> None:

    if (headless or fill) and not browser:
        raise UsageError(_("--headless and --fill go with --browser."), _("Add --browser."))
    if browser:
        need_a_way_to_sign_in(headless=headless, fill=fill)


def _say_consent() -> None:

    shown = folders.state() / CONSENT
    if shown.exists():
        return
    say(
        _(
            "This is for your own accounts, or with the owner beside you. An employer must not require it. "
            "Nothing leaves this computer, and no account name is written down."
        )
    )
    files.make_folder(folders.state())
    files.append(shown, "")


def _readers(
    what: Plan,
    given: Mapping[str, str],
    past: Past,
    names: Mapping[str, str],
    *,
    browser: bool,
    headless: bool,
    fill: bool,
    plain: bool,
    ask: bool,
) -> list[Reader]:

    readers: list[Reader] = []
    if browser:
        need_addresses(what.parts)
        workspace.sweep()
        beside = Beside(plain=plain, ask=ask)
        readable = [part for part in what.parts if any(c.probes for c in part.checklist.checks)]
        beside.by_hand([part for part in what.parts if part not in readable])
        beside.agree(readable)
        readers.append(WebReader(beside, headless=headless, credentials=credentials if fill else None))
    if names:
        readers.append(OutsideReader(names, tell=lambda sentence: say(sentence, "dim")))
    if given:
        readers.append(AnswersReader(given))
    if ask:
        readers.append(AskReader(prompts.choose_prompter(plain), past.last))
    return readers
