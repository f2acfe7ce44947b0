"""Everything that this program may have left on a computer: what is there of it, and what removes it.

Whoever removes some of it says in its own words what went.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from privacyaudit.browser import find, workspace
from privacyaudit.clinic import session, store
from privacyaudit.credentials import sign_ins
from privacyaudit.errors import AuditError, MissingExtra
from privacyaudit.i18n import _
from privacyaudit.over_time import history
from privacyaudit.reminders import schedulers
from privacyaudit.storage import file_keys, files, folders


@dataclass(frozen=True)
class Gone:
    """What was removed: paths, places in a scheduler with its name, or names in the keyring.

    `key` tells whether a key went too, and `trouble` what stood in its way; `kept` are files that stayed, and `busy`
    those that another window is using.
    """

    paths: Sequence[Path] = ()
    jobs: Sequence[tuple[str, str]] = ()
    names: Sequence[str] = ()
    key: bool = False
    trouble: AuditError | None = None
    kept: Sequence[Path] = ()
    busy: Sequence[Path] = ()


@dataclass(frozen=True)
class Thing:
    """One kind of what may be left. `there` says what is there, a line for each; `remove` raises AuditError."""

    there: Callable[[], Sequence[str]]
    remove: Callable[[], Gone]


# -- the weekly look -------------------------------------------------------------------------------


def _look() -> list[str]:
    return [_("The weekly reminder in {place}").format(place=where) for _kind, where in schedulers.installed()]


def _remove_look() -> Gone:
    return Gone(jobs=[(kind.name, where) for kind, where in schedulers.remove()])


# -- files -----------------------------------------------------------------------------------------


def _written() -> list[str]:
    return [str(path) for path in (*files.written(), folders.state()) if path.exists()]


def _remove_written() -> Gone:
    removed, stayed = files.remove_all()
    busy = [path for path in stayed if files.in_use(path)]
    return Gone(removed, kept=[path for path in stayed if path not in busy], busy=busy)


def _browsers() -> list[str]:
    try:
        find.need_playwright()
        return [str(path) for path in workspace.leftovers()]
    except MissingExtra:
        return []


def _remove_browsers() -> Gone:
    return Gone(workspace.sweep())


# -- what is kept ----------------------------------------------------------------------------------


def _saved() -> list[str]:
    return [_("Everything saved in the keyring by “privacyaudit keys add”")]


def _remove_saved() -> Gone:
    return Gone(names=sign_ins.forget_all())


def _history() -> list[str]:
    return (
        [_("Your history of audits, and what you keep as proof: {path}").format(path=history.path())]
        if history.exists()
        else []
    )


def _remove_history() -> Gone:
    return _of(history.forget_all())


def _clinic() -> list[str]:
    return [_("The counts of a clinic that was not closed: {path}").format(path=store.path())] if store.exists() else []


def _remove_clinic() -> Gone:
    if files.in_use(store.path()):
        return Gone(busy=[store.path()])
    with session.held():
        return _of(store.forget())


def _of(removed: file_keys.Removed) -> Gone:
    return Gone(removed.files, key=removed.key, trouble=removed.trouble)


WEEKLY_LOOK = Thing(_look, _remove_look)
WRITTEN = Thing(_written, _remove_written)
BROWSERS = Thing(_browsers, _remove_browsers)
SAVED = Thing(_saved, _remove_saved)
HISTORY = Thing(_history, _remove_history)
CLINIC = Thing(_clinic, _remove_clinic)
