"""The `search` command: find what is online about yourself, one search after the other."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from privacyaudit.cli.dialogs import search as dialog
from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.opening import open_page
from privacyaudit.cli.options import ChecklistsOption, NumberedQuestionsOption, PassphraseOption
from privacyaudit.cli.parsing import catalogue_with
from privacyaudit.cli.prompts import at_terminal
from privacyaudit.errors import Stopped, UsageError
from privacyaudit.i18n import _

HELP = _(
    "Find what is online about you. The program asks for your names and similar, and makes a list of searches. You "
    "open each one in your own browser, and say what you found. Then it says what to do first. Your words are only in "
    "memory."
)

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP, context_settings={"allow_extra_args": True})
def search(
    context: typer.Context,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep/--no-keep", help=_("Note the days and counts in your history, if you have one, or do not.")
        ),
    ] = True,
    no_input: Annotated[
        bool, typer.Option("--no-input", help=_("This command only works with questions, so it stops."))
    ] = False,
    plain: NumberedQuestionsOption = False,
    checklists: ChecklistsOption = None,
    passphrase: PassphraseOption = False,
) -> None:
    """Ask, search, and say what to do."""
    if context.args:
        raise UsageError(
            _("Do not type a name on the command line. Other programs can read it there."),
            _("Type “privacyaudit search” alone. The program then asks you."),
        )
    if no_input:
        raise UsageError(
            _("A search for yourself needs your answers, so it cannot run with --no-input."),
            _("Run it in a terminal, without --no-input."),
        )
    opens = open_page if sys.stdin.isatty() else None
    try:
        dialog.run(
            at_terminal(plain=plain, opens=opens),
            catalogue_with(checklists),
            opens,
            Unlock(passphrase) if keep else None,
        )
    except KeyboardInterrupt:
        raise Stopped(_("Stopped. Nothing was kept.")) from None
