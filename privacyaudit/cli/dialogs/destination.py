"""What is said and asked about a folder before something of a person's is written there."""

from __future__ import annotations

from pathlib import Path

from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import say
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.storage import files, folders, owners


def folder_for(wanted: Path | None, person: Person) -> Path:
    """Return where to write: the folder that is wanted, or the usual one, after saying who else can read it.

    Somebody who named a folder that is copied elsewhere is asked, and may take the usual one instead. Raises SaveError
    when nothing can be written there, or noted as written: better now than when everything is answered.
    """
    files.try_folder(folders.state())
    owner = owners.owner_of(folders.state())
    if owner and owner.takes_away:
        say(
            _("The program keeps your answers in {folder} until it writes the report. {who}").format(
                folder=_whole(folders.state()), who=owner.sentence
            )
        )
    folder = _chosen(wanted, person)
    files.try_folder(folder)
    return folder


def _chosen(wanted: Path | None, person: Person) -> Path:
    folder = wanted or folders.reports()
    owner = owners.owner_of(folder)
    if owner is None:
        return folder
    _say_whose(folder, owner)
    usual = folders.reports()
    if not (wanted and person.there and owner.takes_away) or owners.owner_of(usual) == owner:
        return folder
    if _all_the_same(person):
        return folder
    say(_("Then the report will be in {folder}.").format(folder=usual))
    return usual


def agreed(named: Path | None, person: Person) -> None:
    """Ask somebody at the terminal about a folder that they named, if they did. Raises UsageError when they say no."""
    owner = owners.owner_of(named) if named and person.at_a_terminal else None
    if named is None or owner is None or not owner.takes_away:
        return
    _say_whose(named, owner)
    if not _all_the_same(person):
        raise UsageError(_("You said no, so nothing was written."), _("Choose a folder that is only on this computer."))


def _say_whose(folder: Path, owner: owners.Owner) -> None:
    say(_("The files will be in {folder}. {who}").format(folder=_whole(folder), who=owner.sentence))


def _all_the_same(person: Person) -> bool:
    return person.confirm(_("Write them there anyway?"), False)


def _whole(folder: Path) -> Path:
    """Return a folder as it is shown, so that a dot is not taken for the end of the sentence."""
    return folder.absolute()


def must_be_ours(path: Path) -> None:
    """Raise UsageError when something is at a path that this program did not write."""
    if files.there(path) and path.absolute() not in files.written():
        raise UsageError(
            _("{path} already exists and is not from this program, so the program did not change it.").format(
                path=path
            ),
            _("Choose another name."),
        )


def need_place_for(page: Path, person: Person) -> None:
    """Ask about the folder of a page that is to be written; raise UsageError where it may not be written there."""
    agreed(page.parent, person)
    must_be_ours(page)


def write_page(path: Path, html: str) -> None:
    """Write a page, and say where it is and who else can read it. Raises SaveError."""
    files.write(path, html)
    say(_("Written: {path}").format(path=path))
    tell(path)


def tell(path: Path) -> None:
    """Say who else can read a file that was written, where that is known."""
    if owner := owners.owner_of(path.parent):
        say(owner.sentence)


def stays(*places: Path) -> str:
    """Return what is true of the folders in which an audit is kept: that they stay on this computer, or that not."""
    if any(owner.takes_away for owner in map(owners.owner_of, places) if owner):
        return _("But the files are not only on this computer: see above, or run “privacyaudit doctor”.")
    return _("The files stay on this computer.")


def must_be_free(path: Path) -> None:
    """Raise UsageError where something is already at the path: what somebody has changed is not lost."""
    if files.there(path):
        raise UsageError(
            _("{path} already exists, so the program did not change it.").format(path=path),
            _("Choose another name."),
        )
