"""The `clean` command: remove what this program wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from privacyaudit import removal
from privacyaudit.cli.options import AskPlainlyOption, YesOption
from privacyaudit.cli.prompts import at_terminal
from privacyaudit.cli.terminal import fail, heading, say
from privacyaudit.errors import SaveError
from privacyaudit.i18n import _
from privacyaudit.removal import Gone

HELP = _("Remove every file that this program wrote, and list them.")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def clean(
    yes: YesOption = False,
    keys_too: Annotated[
        bool, typer.Option("--keys", help=_("Also remove what the program saved in the keyring."))
    ] = False,
    history_too: Annotated[
        bool, typer.Option("--history", help=_("Also remove your encrypted history: every audit, and all proof."))
    ] = False,
    plain: AskPlainlyOption = False,
) -> None:
    """Remove reports, resume files and leftovers, after showing them."""
    chosen = [removal.WRITTEN, removal.BROWSERS]
    chosen += [removal.SAVED] if keys_too else []
    chosen += [removal.WEEKLY_LOOK]
    chosen += [removal.HISTORY] if history_too else []
    chosen += [removal.CLINIC]
    found = [(thing, lines) for thing in chosen if (lines := thing.there())]
    if not found:
        say(_("There is nothing to remove."))
        return
    heading(_("These will be removed"))
    for _thing, lines in found:
        for line in lines:
            say(line)
    if not (yes or at_terminal(plain=plain).confirm(_("Remove them?"), False)):
        say(_("Nothing was removed."))
        return
    kept: list[Path] = []
    busy: list[Path] = []
    # The weekly look goes first: it would use what is removed after it.
    for thing, _lines in sorted(found, key=lambda one: one[0] is not removal.WEEKLY_LOOK):
        gone = thing.remove()
        _tell(gone)
        kept += gone.kept
        busy += gone.busy
    if busy:
        fail(
            _("An audit or a clinic in another window is using these files, so they were kept: {paths}").format(
                paths=", ".join(map(str, busy))
            ),
            _("End that audit or clinic, then run “privacyaudit clean” again."),
        )
    if kept:
        raise SaveError(
            _("{number} files were kept: {paths}").format(number=len(kept), paths=", ".join(map(str, kept))),
            _(
                "These files have changed, another program is using them, or their drive is not connected. "
                "Check them and remove them yourself."
            ),
        )
    if busy:
        raise typer.Exit(1)


def _tell(gone: Gone) -> None:
    for where in (*(where for _scheduler, where in gone.jobs), *gone.paths):
        say(_("Removed: {path}").format(path=where))
    for name in gone.names:
        say(_("Removed from the keyring: {name}").format(name=name))
