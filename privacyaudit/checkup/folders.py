"""A file is written and removed in each folder, and who else can read what is in it is told."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from privacyaudit.checkup.line import Line
from privacyaudit.i18n import _
from privacyaudit.over_time import history
from privacyaudit.storage import folders, owners


def lines() -> Iterator[Line]:
    """Try each folder."""
    for sentence, folder in (
        (_("Unfinished audits: {path}"), folders.state()),
        (_("Reports: {path}"), folders.reports()),
        (_("History: {path}"), history.path().parent),
        (_("While a browser is open: {path}"), _temporary()),
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
    there = next(one for one in (folder, *folder.absolute().parents) if one.is_dir())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        return Line(
            False,
            sentence.format(path=folder),
            _("Nothing can be written there: {trouble}. Make room, or look at its permissions.").format(
                trouble=error.strerror or error
            ),
        )
    owner = owners.owner_of(folder)
    return Line(not owner, sentence.format(path=folder), owner.sentence if owner else "")
