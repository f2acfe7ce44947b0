"""The `clean` command: remove what this program wrote."""

from __future__ import annotations

from typing import Annotated

import typer

from privacyaudit.browser import find, workspace
from privacyaudit.cli.options import AskPlainlyOption, YesOption
from privacyaudit.cli.prompts import at_terminal
from privacyaudit.cli.terminal import heading, say
from privacyaudit.clinic import store
from privacyaudit.credentials import sign_ins
from privacyaudit.errors import MissingExtra, SaveError
from privacyaudit.i18n import _
from privacyaudit.over_time import history
from privacyaudit.reminders import schedulers
from privacyaudit.storage import files
from privacyaudit.storage import folders as folders_module

HELP = _("Remove every file this program wrote, and say which.")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def clean(
    yes: YesOption = False,
    keys_too: Annotated[bool, typer.Option("--keys", help=_("Also forget what is saved in the keyring."))] = False,
    history_too: Annotated[
        bool, typer.Option("--history", help=_("Also forget every audit in your encrypted history."))
    ] = False,
    plain: AskPlainlyOption = False,
) -> None:
    """Remove reports, resume files and leftovers, after showing them."""
    doomed = [path for path in (*files.written(), folders_module.state()) if path.exists()]
    try:
        find.need_playwright()
        folders = workspace.leftovers()
    except MissingExtra:
        folders = []
    history_too = history_too and history.exists()
    jobs = schedulers.installed()
    clinic_too = store.exists()
    if not (doomed or folders or keys_too or history_too or jobs or clinic_too):
        say(_("There is nothing to remove."))
        return
    heading(_("These will be removed"))
    for path in (*doomed, *folders):
        say(str(path))
    if keys_too:
        say(_("Everything saved in the keyring by “privacyaudit keys add”"))
    for _kind, where in jobs:
        say(_("The weekly look in {place}").format(place=where))
    if history_too:
        say(_("Your history of audits: {path}").format(path=history.path()))
    if clinic_too:
        say(_("The counts of a clinic that was not closed: {path}").format(path=store.path()))
    if not (yes or at_terminal(plain=plain).confirm(_("Remove them?"), False)):
        say(_("Nothing was removed."))
        return
    for _kind, where in schedulers.remove():
        say(_("Removed: {path}").format(path=where))
    removed, kept = files.remove_all()
    removed += workspace.sweep() if folders else []
    for path in removed:
        say(_("Removed: {path}").format(path=path))
    if keys_too:
        for name in sign_ins.forget_all():
            say(_("Forgotten in the keyring: {name}").format(name=name))
    if history_too:
        for path in history.forget_all().files:
            say(_("Removed: {path}").format(path=path))
    if clinic_too:
        for path in store.forget().files:
            say(_("Removed: {path}").format(path=path))
        store.sweep()
    if kept:
        raise SaveError(
            _("{number} files were kept: {paths}").format(number=len(kept), paths=", ".join(map(str, kept))),
            _("They were changed since, or another program uses them. Look at them and remove them yourself."),
        )
