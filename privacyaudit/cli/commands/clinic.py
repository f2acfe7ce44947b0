"""The `clinic` commands: open a clinic for many people, write its one report, or give it up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from privacyaudit import extras
from privacyaudit.cli.dialogs.clinic import Representative, choose_address, open_keeper, present_address
from privacyaudit.cli.dialogs.destination import folder_for
from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.options import (
    AskPlainlyOption,
    ChecklistsOption,
    PassphraseOption,
    PassphraseStdinOption,
    QuickOption,
    ReportFolderOption,
    YesOption,
)
from privacyaudit.cli.parsing import catalogue_with
from privacyaudit.cli.prompts import at_terminal
from privacyaudit.cli.terminal import say
from privacyaudit.clinic import forgetful, record, sentences, session, store
from privacyaudit.clinic.session import LOOPBACK
from privacyaudit.clock import today
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.storage import files

app = typer.Typer(
    help=_(
        "Run a clinic: people in one room check their own settings, each on their own phone. This computer "
        "counts what often needs changing and keeps nothing about anybody."
    ),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

Earlier = Annotated[
    list[Path] | None,
    typer.Option("--earlier", metavar="FILE.json", help=_("Compare with this earlier clinic too.")),
]


@app.command("open", help=_("Open a clinic: a page for the phones, and a board for the projector."))
def open_(
    platforms: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PLATFORM",
            help=_(
                "Choose the platforms to cover. “privacyaudit list” shows them. If you leave this out, "
                "the clinic covers the essential checks for all platforms."
            ),
        ),
    ] = None,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help=_("The name of the clinic."))] = "",
    role: Annotated[
        str | None, typer.Option("--role", metavar="ROLE", help=_("Judge the answers for this role, such as teacher."))
    ] = None,
    quick: QuickOption = False,
    lan: Annotated[bool, typer.Option("--lan", help=_("Let phones on your local network join."))] = False,
    address: Annotated[
        str,
        typer.Option("--address", metavar="ADDRESS", help=_("With --lan: which of this computer's addresses to use.")),
    ] = "",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help=_("The port to use."))] = 0,
    resume: Annotated[bool, typer.Option("--resume", help=_("Continue a clinic that was cut off."))] = False,
    memory_only: Annotated[
        bool,
        typer.Option(
            "--memory-only", help=_("Keep nothing on the disk. If the clinic is cut off, the counts are lost.")
        ),
    ] = False,
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
    out: ReportFolderOption = None,
    earlier: Earlier = None,
    checklists: ChecklistsOption = None,
    no_open: Annotated[bool, typer.Option("--no-open", help=_("Do not open the board."))] = False,
    plain: AskPlainlyOption = False,
) -> None:
    """Serve the page and the board until the clinic is ended, then write its report."""
    session.need_clinic()
    if resume == bool(name) or (resume and memory_only):
        raise UsageError(
            _("A clinic needs a name, or --resume to continue one that was cut off."),
            _('Write it like: privacyaudit clinic open --name "Ysgol X"'),
        )
    for path in earlier or []:
        record.read(path)
    if (code := forgetful.begin_again()) is not None:
        raise typer.Exit(code)
    from privacyaudit.clinic import serving

    person, unlock = at_terminal(plain=plain), Unlock(passphrase, stdin)
    folder = folder_for(out, person)
    if not forgetful.possible():
        say(sentences.does_not_overwrite())
    files.make_folder(folder)
    catalogue = catalogue_with(checklists)
    with session.held():
        session.as_expected(resume=resume)
        if resume:
            clinic = session.resume(open_keeper(unlock), catalogue, today())
            clinic = clinic.at(present_address(clinic.plan, address, person, lan=lan), port or clinic.plan.port)
            sockets = serving.listen(clinic.plan.address, clinic.plan.port)
        else:
            chosen = choose_address(address, person) if lan else LOOPBACK
            sockets = serving.listen_anew(chosen, port)
            plan = session.plan(
                catalogue,
                name,
                role,
                platforms or [],
                quick=quick or not platforms,
                address=chosen,
                port=sockets[0].getsockname()[1],
                today=today(),
            )
            clinic = session.new(plan, catalogue, None if memory_only else open_keeper(unlock), today())
        desk = Representative(person, shows_board=not no_open, can_leave=not memory_only)
        try:
            serving.serve(clinic, sockets, desk, today())
            clinic.finish(folder, earlier or [], desk)
        finally:
            if clinic.keeper:
                clinic.keeper.close()


@app.command("steered", hidden=True, help=_("Hold a clinic for another program, which steers it."))
def steered(checklists: ChecklistsOption = None) -> None:
    """Hold a clinic for another program, which steers it through the standard streams."""
    extras.need("clinic")
    if (code := forgetful.begin_again()) is not None:
        raise typer.Exit(code)
    from privacyaudit.clinic.steered import run

    run(catalogue_with(checklists), sys.stdin.buffer, sys.stdout.buffer, today())


@app.command("report", help=_("Write the report of a clinic that was cut off. You can do this only once."))
def report(
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
    out: ReportFolderOption = None,
    earlier: Earlier = None,
    checklists: ChecklistsOption = None,
    plain: AskPlainlyOption = False,
    yes: YesOption = False,
) -> None:
    """End the clinic that is kept: write its counts and remove what was kept."""
    for path in earlier or []:
        record.read(path)
    with session.held():
        if not store.exists():
            say(_("There is no interrupted clinic to report on. When you end a clinic, the program writes the report."))
            return
        keeper = open_keeper(Unlock(passphrase, stdin))
        try:
            clinic = session.load(keeper, catalogue_with(checklists), today())
            person = at_terminal(plain=plain)
            question = _("End the clinic “{name}” and write its report?").format(name=clinic.plan.name)
            if not (yes or clinic.closed or person.confirm(question, False)):
                say(_("Nothing was written. To continue: privacyaudit clinic open --resume"))
                return
            clinic.finish(folder_for(out, person), earlier or [], Representative(person))
        finally:
            keeper.close()


@app.command("forget", help=_("Delete a clinic that was cut off: remove its counts without a report."))
def forget(
    yes: YesOption = False,
    plain: AskPlainlyOption = False,
) -> None:
    """Remove what is kept of a clinic, and its key."""
    with session.held():
        if not store.exists():
            say(_("There is no clinic to delete."))
            return
        question = _("Remove {path} and its key? You cannot get the counts back.").format(path=store.path())
        person = at_terminal(plain=plain)
        if not (yes or person.confirm(question, False)):
            say(_("Nothing was removed."))
            return
        Representative(person).removed(store.forget())
