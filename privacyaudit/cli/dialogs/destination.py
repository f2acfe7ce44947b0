"""What is said and asked about a folder before something of a person's is written there."""

from __future__ import annotations

from pathlib import Path

from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import say
from privacyaudit.i18n import _
from privacyaudit.storage import files, folders, owners


def folder_for(wanted: Path | None, person: Person) -> Path:
    """Return where to write: the folder that is wanted, or the usual one, after saying who else can read it.

    Somebody who named a folder that is copied elsewhere is asked, and may take the usual one instead. Raises SaveError
    when nothing can be written there, or noted as written: better now than when everything is answered.
    """
    files.try_folder(folders.state())
    folder = _chosen(wanted, person)
    files.try_folder(folder)
    return folder


def _chosen(wanted: Path | None, person: Person) -> Path:
    folder = wanted or folders.reports()
    owner = owners.owner_of(folder)
    if owner is None:
        return folder
    say(_("To be written in {folder}. {who}").format(folder=folder, who=owner.sentence))
    usual = folders.reports()
    if not (wanted and person.there and owner.takes_away) or owners.owner_of(usual) == owner:
        return folder
    if person.confirm(_("Write it there all the same?"), False):
        return folder
    say(_("Then it will be in {folder}.").format(folder=usual))
    return usual


def tell(path: Path) -> None:
    """Say who else can read a file that was written, where that is known."""
    if owner := owners.owner_of(path.parent):
        say(owner.sentence)


def stays(*places: Path) -> str:
    """Return what is true of the folders in which an audit is kept: that they stay on this computer, or that not."""
    if any(owner.takes_away for owner in map(owners.owner_of, places) if owner):
        return _("But what is written is not on this computer only: see above, or run “privacyaudit doctor”.")
    return _("What is written stays on this computer.")
