"""The `plan` command: say by which day you will change something."""

from __future__ import annotations

from typing import Annotated

import typer

from privacyaudit.cli.dialogs.decisions import Wish, carry_out
from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.options import (
    ChecklistsOption,
    CheckToDecideOption,
    PassphraseOption,
    PassphraseStdinOption,
    WithdrawOption,
)
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.over_time.decisions import example_day

HELP = _(
    "Choose the day by which you will change a setting. “privacyaudit due” reminds you on that day. Leave "
    "CHECK out to see what you have planned."
)

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def plan(
    check: CheckToDecideOption = "",
    by: Annotated[str, typer.Option("--by", metavar="DATE", help=_("The day, such as 2027-02-14."))] = "",
    withdraw: WithdrawOption = False,
    checklists: ChecklistsOption = None,
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
) -> None:
    """Plan one change, take it back, or list what is planned."""
    if check and not withdraw and not by:
        raise UsageError(
            _("To plan a change, say by when."),
            _("For example: privacyaudit plan {check} --by {day}").format(check=check, day=example_day()),
        )
    carry_out(Wish("plan", check, by, withdraw=withdraw), checklists, Unlock(passphrase, stdin))
