"""A file is written and removed in each folder, and who else can read what is in it is told."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from privacyaudit.checkup.line import Line
from privacyaudit.errors import SaveError
from privacyaudit.i18n import _
from privacyaudit.over_time import history
from privacyaudit.storage import files, folders, owners


def lines() -> Iterator[Line]:
    """Try each folder."""
    for sentence, folder in (
        (_("Unfinished audits: {path}"), folders.state()),
        (_("Reports: {path}"), folders.reports()),
        (_("History: {path}"), history.path().parent),
        (_("Temporary browser files: {path}"), _temporary()),
    ):
        yield _tried(sentence, folder)
    yield Line(None, _("Your own checklists: {path}").format(path=folders.own_checklists()))
    if owner := owners.owner_of(folders.documents()):
        yield Line(None, _("Your documents: {path}").format(path=folders.documents()), owner.sentence)


def _temporary() -> Path:
    try:
        return Path(tempfile.gettempdir())
    except OSError:
        return Path()


def _tried(sentence: str, folder: Path) -> Line:
    try:
        files.try_folder(folder)
    except SaveError as error:
        return Line(False, sentence.format(path=folder), f"{error.what} {error.advice}")
    owner = owners.owner_of(folder)
    return Line(not owner, sentence.format(path=folder), owner.sentence if owner else "")
