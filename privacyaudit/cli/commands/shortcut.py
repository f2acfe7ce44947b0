"""The `shortcut` command: an entry for the menu and the desktop, which opens the window."""

from __future__ import annotations

from typing import Annotated

import typer

from privacyaudit.cli.terminal import say
from privacyaudit.i18n import _
from privacyaudit.window import shortcut

HELP = _("Put an entry into your menu and on your desktop, so that you can open the program without a terminal.")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def make(
    remove: Annotated[bool, typer.Option("--remove", help=_("Remove the entry, and nothing else."))] = False,
) -> None:
    """Write the entry, or take it out again, and say where."""
    if remove:
        _remove()
        return
    for path in shortcut.write():
        say(_("Written: {path}").format(path=path))
    say(_("Open “privacyaudit” from your menu or your desktop. It opens the program in your browser."))
    say(_("If your desktop asks whether you trust the file, choose “Allow Launching” or a similar answer."))
    say(_("If you move the program, write the entry again. To remove it: privacyaudit shortcut --remove"))


def _remove() -> None:
    gone = shortcut.remove()
    for path in gone:
        say(_("Removed: {path}").format(path=path))
    if not gone:
        say(_("There is no entry to remove."))
