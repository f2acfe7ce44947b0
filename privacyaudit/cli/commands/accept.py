"""The `accept` command: keep a risk that you know, until a day."""

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
    "Leave a setting as it is until a day that you choose, and say why. Until then, the report lists it as "
    "accepted, not as fine. After that day, it needs changing again. Leave CHECK out to see what you have "
    "accepted."
)

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def accept(
    check: CheckToDecideOption = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help=_("The last day, such as 2027-02-14."))] = "",
    because: Annotated[
        str,
        typer.Option("--because", metavar="TEXT", help=_("Your reason. Only you see this: it is not in any report.")),
    ] = "",
    withdraw: WithdrawOption = False,
    checklists: ChecklistsOption = None,
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
) -> None:
    """Accept one risk, take it back, or list what is accepted."""
    if check and not withdraw and not (until and because.strip()):
        raise UsageError(
            _("To accept a risk, say until when and why."),
            _("For example: privacyaudit accept {check} --until {day} --because “The head knows”").format(
                check=check, day=example_day()
            ),
        )
    carry_out(Wish("accept", check, until, because, withdraw), checklists, Unlock(passphrase, stdin))
