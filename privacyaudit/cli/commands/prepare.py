"""The `prepare` command: short lists of tasks before a job, after a name change, or when leaving a service."""

from __future__ import annotations

from typing import Annotated

import typer

from privacyaudit.about_me import occasions, places
from privacyaudit.about_me.leads import known
from privacyaudit.cli.dialogs import prepare as dialog
from privacyaudit.cli.dialogs.destination import need_place_for, write_page
from privacyaudit.cli.options import AskPlainlyOption, ChecklistsOption, OutPageOption
from privacyaudit.cli.parsing import catalogue_with
from privacyaudit.cli.prompts import at_terminal
from privacyaudit.clock import today
from privacyaudit.errors import Stopped
from privacyaudit.i18n import _
from privacyaudit.report.formats import steps

HELP = _(
    "See what to do before a job, after a name change, or when you leave a service. You get at most twelve tasks in "
    "order, made of checks, searches, forms and letters. The program asks which services you use, and keeps nothing."
)

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def prepare(
    name: Annotated[
        str | None, typer.Argument(metavar="[WALK]", help=_("Choose one: job, new-name or leaving."))
    ] = None,
    service: Annotated[
        list[str] | None,
        typer.Option(
            "--service",
            metavar="PLATFORM",
            help=_("A service that you use. You can repeat this option. “privacyaudit list” shows them."),
        ),
    ] = None,
    out: OutPageOption = None,
    checklists: ChecklistsOption = None,
    plain: AskPlainlyOption = False,
    no_input: Annotated[
        bool, typer.Option("--no-input", help=_("Ask no questions. This needs the name of a walk."))
    ] = False,
) -> None:
    """Ask for the services, go through the tasks, and say what is left."""
    person = at_terminal(plain=plain, asks=not no_input)
    if out:
        need_place_for(out, person)
    catalogue = catalogue_with(checklists)
    atlas = places.atlas()
    try:
        occasion = dialog.which(name, person)
        chosen = dialog.services(occasion, service or [], catalogue, person)
        made = occasions.steps(occasion, chosen, known(catalogue, atlas), today())
        about = occasions.about(occasion, atlas)
        dialog.introduce(occasion, about, made)
        replies = dialog.walk(made, person)
    except KeyboardInterrupt:
        raise Stopped(_("Stopped. Nothing was kept, and nothing was sent.")) from None
    left = occasions.left(made, replies, today())
    dialog.end(left)
    if out:
        page = steps.sheet(_(occasion.title), occasions.sections(made, left), today(), about=about)
        write_page(out, page)
