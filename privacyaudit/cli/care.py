"""The commands that look after the program itself: `doctor` and `clean`."""

from __future__ import annotations

from typing import Annotated

import typer

from privacyaudit.cli.options import AskPlainly, Yes
from privacyaudit.i18n import _

EXTRAS = {
    "browser": ("playwright",),
    "clinic": ("segno", "starlette", "uvicorn"),
    "history": ("apsw",),
    "qr": ("PIL", "zxingcpp"),
    "remind": ("icalendar", "desktop_notifier"),
}

DOCTOR_HELP = _("Tell what works on this computer: browser, keyring, optional parts, folders.")
CLEAN_HELP = _("Remove every file this program wrote, and say which.")


def doctor() -> None:
    """Print one line per part, each with what to do when it does not work."""
    from privacyaudit import journal
    from privacyaudit.browser import find
    from privacyaudit.catalogue import loading
    from privacyaudit.cli.terminal import heading, say
    from privacyaudit.credentials import keyring
    from privacyaudit.errors import AuditError
    from privacyaudit.over_time import history
    from privacyaudit.storage import folders as folders_module

    def line(works: bool, text: str, advice: str = "") -> None:
        say(f"{'✓' if works else '▲'} {text}", rest="  ")
        if advice:
            say(advice, first="  ", rest="  ")

    heading(_("Browser"))
    try:
        program = find.find(headless=False)
        line(True, str(program.path))
        if not program.window:
            line(False, _("It cannot show a window, so you cannot sign in by hand."), find.advice())
        find.need_screen()
    except AuditError as error:
        line(False, error.what, error.advice)
    heading(_("Keyring"))
    try:
        ring = keyring.choose_backend()
        line(True, f"{type(ring).__module__}.{type(ring).__name__}")
    except AuditError as error:
        line(False, error.what, error.advice)
    heading(_("Optional parts"))
    for extra, modules in EXTRAS.items():
        missing = [name for name in modules if not _installed(name)]
        advice = _('Install it with: pip install "privacyaudit[{extra}]"').format(extra=extra)
        line(not missing, extra, advice if missing else "")
    heading(_("Folders"))
    say(_("Unfinished audits: {path}").format(path=folders_module.state()))
    say(_("Reports: {path}").format(path=folders_module.reports()))
    say(_("Your own checklists: {path}").format(path=folders_module.own_checklists()))
    say(_("History: {path}").format(path=history.path()))
    heading(_("Checklists"))
    catalogue = loading.catalogue()
    line(True, _("{number} can be used").format(number=len(catalogue.loaded)))
    for trouble in catalogue.troubles:
        line(False, trouble.what, trouble.advice)
    if journal.unfinished():
        line(False, _("An audit is unfinished."), _("Go on with: privacyaudit audit --resume"))


def _installed(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name) is not None


def clean(
    yes: Yes = False,
    keys_too: Annotated[bool, typer.Option("--keys", help=_("Also forget what is saved in the keyring."))] = False,
    history_too: Annotated[
        bool, typer.Option("--history", help=_("Also forget every audit in your encrypted history."))
    ] = False,
    plain: AskPlainly = False,
) -> None:
    """Remove reports, resume files and leftovers, after showing them."""
    from privacyaudit.browser import find, workspace
    from privacyaudit.cli import prompts
    from privacyaudit.cli.terminal import heading, say
    from privacyaudit.clinic import store
    from privacyaudit.errors import MissingExtra, SaveError
    from privacyaudit.over_time import history
    from privacyaudit.reminders import schedulers
    from privacyaudit.storage import files
    from privacyaudit.storage import folders as folders_module

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
    if not (yes or prompts.confirm(_("Remove them?"), False, plain=plain)):
        say(_("Nothing was removed."))
        return
    for _kind, where in schedulers.remove():
        say(_("Removed: {path}").format(path=where))
    removed, kept = files.remove_all()
    removed += workspace.sweep() if folders else []
    for path in removed:
        say(_("Removed: {path}").format(path=path))
    if keys_too:
        from privacyaudit.credentials import sign_ins

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
