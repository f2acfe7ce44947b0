"""The `clinic` commands: open a clinic for many people, write its one report, or give it up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.options import (
    AskPlainlyOption,
    ChecklistsOption,
    PassphraseOption,
    PassphraseStdinOption,
    QuickOption,
    ReportFolderOption,
    YesOption,
)
from privacyaudit.cli.parsing import catalogue_with
from privacyaudit.cli.prompts import Person, at_terminal
from privacyaudit.cli.terminal import fail, heading, interactive, say
from privacyaudit.clinic import network, pages, record, session, store
from privacyaudit.clock import today
from privacyaudit.errors import KeyringError, MissingExtra, Stopped, UsageError
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.offline import codes
from privacyaudit.storage import files, folders

if TYPE_CHECKING:
    from socket import socket

    from privacyaudit.catalogue.loading import Catalogue
    from privacyaudit.clinic.counts import Tally
    from privacyaudit.clinic.runner import Running
    from privacyaudit.clinic.store import Keeper, Plan

USUAL_PORT = 8360
LOOPBACK = "127.0.0.1"

app = typer.Typer(
    help=_(
        "Many people look at their own settings in one room, each on their own phone. This computer counts what is "
        "often to change and keeps nothing about anybody."
    ),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

Earlier = Annotated[
    list[Path] | None,
    typer.Option("--earlier", metavar="FILE.json", help=_("Compare with this earlier clinic too.")),
]

_ON_THE_NETWORK = (
    N_("Everybody on this network can open the page on which the code is typed."),
    N_(
        "What goes between the phones and this computer is not encrypted (http). Somebody on the same network with the "
        "right tools could read which answers a phone shares, and see which phone it is."
    ),
    N_(
        "So use a network of your own, best a hotspot on your phone with a password, and not the network of the "
        "building. It ends with the clinic."
    ),
)


@app.command("open", help=_("Open a clinic: a page for the phones, and a board for the projector."))
def open_(
    platforms: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLATFORM", help=_("What it is about; see “privacyaudit list”. Usual: all, quick.")),
    ] = None,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help=_("What the clinic is called."))] = "",
    role: Annotated[
        str | None, typer.Option("--role", metavar="ROLE", help=_("For whom answers are judged, such as teacher."))
    ] = None,
    quick: QuickOption = False,
    lan: Annotated[bool, typer.Option("--lan", help=_("Let phones on your local network in."))] = False,
    address: Annotated[
        str, typer.Option("--address", metavar="ADDRESS", help=_("With --lan: which address of this computer."))
    ] = "",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help=_("The port to use."))] = 0,
    resume: Annotated[bool, typer.Option("--resume", help=_("Go on with a clinic that was cut off."))] = False,
    memory_only: Annotated[
        bool, typer.Option("--memory-only", help=_("Keep nothing on the disk; counts are lost if this is cut off."))
    ] = False,
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
    out: ReportFolderOption = None,
    earlier: Earlier = None,
    checklists: ChecklistsOption = None,
    no_open: Annotated[bool, typer.Option("--no-open", help=_("Do not open the board."))] = False,
    plain: AskPlainlyOption = False,
) -> None:
    """Serve the page and the board until the clinic is ended, then write its report."""
    from privacyaudit.clinic import runner

    _need_server()
    if resume == bool(name) or (resume and memory_only):
        raise UsageError(
            _("A clinic needs a name, or --resume to go on with one that was cut off."),
            _('Write it like: privacyaudit clinic open --name "Ysgol X"'),
        )
    for path in earlier or []:
        _readable(path)
    _forgetful()
    folder = out or folders.reports()
    files.make_folder(folder)
    catalogue = catalogue_with(checklists)
    with _held():
        _as_expected(resume)
        if resume:
            found = store.Keeper.open(_unlock(Unlock(passphrase, stdin)))
            plan, tally = _go_on(found, catalogue)
            keeper: Keeper | None = found
            sockets = runner.listen(_both(plan.address), plan.port)
        else:
            chosen = _choose_address(network.addresses(), address, at_terminal(plain=plain)) if lan else LOOPBACK
            sockets = _listen(_both(chosen), port)
            plan = session.plan(
                catalogue,
                name,
                role,
                platforms or [],
                quick=quick or not platforms,
                address=chosen,
                port=sockets[0].getsockname()[1],
                today=today(),
            )
            tally = session.tally(catalogue, plan, today())
            keeper = None if memory_only else store.Keeper.open(_unlock(Unlock(passphrase, stdin)))
        try:
            _serve(plan, tally, catalogue, keeper, sockets, no_open=no_open, person=at_terminal(plain=plain))
            _finish(plan, tally, catalogue, keeper, folder, earlier or [])
        finally:
            if keeper:
                keeper.close()


@app.command("report", help=_("Write the report of a clinic that was cut off. It can be written once."))
def report(
    passphrase: PassphraseOption = False,
    stdin: PassphraseStdinOption = False,
    out: ReportFolderOption = None,
    earlier: Earlier = None,
    checklists: ChecklistsOption = None,
    plain: AskPlainlyOption = False,
    yes: YesOption = False,
) -> None:
    """End the clinic that is kept: write its counts and remove what was kept."""
    for path in earlier or []:
        _readable(path)
    with _held():
        if not store.exists():
            say(_("No clinic was cut off. A clinic that is ended writes its report itself."))
            return
        keeper = store.Keeper.open(_unlock(Unlock(passphrase, stdin)))
        try:
            kept = keeper.load()
            catalogue = catalogue_with(checklists)
            tally = kept.tally(session.sheet(catalogue, kept.plan, today()))
            question = _("End the clinic “{name}” and write its report?").format(name=kept.plan.name)
            if not (yes or kept.closed or at_terminal(plain=plain).confirm(question, False)):
                say(_("Nothing was written. Go on with: privacyaudit clinic open --resume"))
                return
            _finish(kept.plan, tally, catalogue, keeper, out or folders.reports(), earlier or [])
        finally:
            keeper.close()


@app.command("forget", help=_("Give up a clinic that was cut off: remove its counts without a report."))
def forget(
    yes: YesOption = False,
    plain: AskPlainlyOption = False,
) -> None:
    """Remove what is kept of a clinic, and its key."""
    with _held():
        if not store.exists():
            say(_("No clinic is kept."))
            return
        question = _("Remove {path} and its key? Nothing brings the counts back.").format(path=store.path())
        if not (yes or at_terminal(plain=plain).confirm(question, False)):
            say(_("Nothing was removed."))
            return
        _forget()


# -- opening ---------------------------------------------------------------------------------------


def _need_server() -> None:
    """Raise MissingExtra unless the parts for a clinic are installed."""
    from importlib.util import find_spec

    if not all(find_spec(name) for name in ("starlette", "uvicorn")):
        raise MissingExtra(
            _("The part that runs a clinic is not installed."),
            _("Install it: {command} The page and the sheets work without it.").format(
                command='pip install "privacyaudit[clinic]".'
            ),
        )


FORGETS = "pymalloc_debug"


def _forgetful() -> None:
    """Start this command again in a Python that writes over memory as soon as it is let go.

    Otherwise what a phone has sent would stay in memory until its place is needed, long after it was counted. The
    allocator that does this comes with every Python and is chosen when Python starts (PYTHONMALLOC in its manual).
    """
    import os
    import subprocess
    import sys

    if os.environ.get("PYTHONMALLOC") == FORGETS:
        return
    command, env = [sys.executable, *sys.orig_argv[1:]], os.environ | {"PYTHONMALLOC": FORGETS}
    if sys.platform != "win32":
        os.execve(sys.executable, command, env)  # noqa: S606 (the same program once more)
    raise typer.Exit(subprocess.run(command, env=env, check=False).returncode)


@contextmanager
def _held() -> Iterator[None]:
    """Hold the one clinic of this computer."""
    held = store.hold()
    try:
        yield
    finally:
        store.sweep()
        held.release()


def _as_expected(resume: bool) -> None:
    """Raise UsageError when a clinic is kept and a new one is asked for, or the other way round."""
    if store.exists() and not resume:
        raise UsageError(
            _("A clinic was cut off, and its counts are kept."),
            _(
                "Go on with it (privacyaudit clinic open --resume), write its report (privacyaudit clinic report),"
                " or give it up (privacyaudit clinic forget)."
            ),
        )
    if resume and not store.exists():
        raise UsageError(
            _("There is no clinic to go on with."), _('Open a new one: privacyaudit clinic open --name "Ysgol X"')
        )


def _unlock(unlock: Unlock) -> bytes | str:
    """Return what opens the kept clinic, as `Unlock` finds it."""
    choose = _("Choose a passphrase for this clinic. You need it only if the clinic is cut off.")
    try:
        return unlock.open(store.keyring_key, choose="" if store.exists() else choose)
    except KeyringError as error:
        raise KeyringError(error.what, _("Add --passphrase, or --memory-only to keep nothing on the disk.")) from None


def _choose_address(found: Sequence[str], wanted: str, person: Person) -> str:
    """Return the address for phones, after saying what others on that network can see. Raises UsageError."""
    if not found or (wanted and wanted not in found):
        raise UsageError(
            _("This computer has no such address on a local network."),
            _("It has: {names}.").format(names=", ".join(found))
            if found
            else _("Connect it to your phone's hotspot, then try again."),
        )
    heading(_("What others on the network can see"))
    for sentence in _ON_THE_NETWORK:
        say(_(sentence))
    if wanted:
        return wanted
    if not interactive() and len(found) > 1:
        raise UsageError(_("This computer has more than one address."), _("Choose one with --address."))
    chosen = person.choose_one(_("Which address?"), [(one, one) for one in found])
    if not person.confirm(_("Let phones on this network in?"), True):
        raise UsageError(_("You said no, so nothing was opened."), _("Without --lan only this computer can join."))
    return chosen


def _both(address: str) -> list[str]:
    """Return the addresses to listen on: this computer's own for the board, and the one for phones."""
    return list(dict.fromkeys((LOOPBACK, address)))


def _listen(addresses: list[str], port: int) -> list[socket]:
    """Listen at the port asked for, else at the usual one, which can be said aloud, else at any that is free."""
    from privacyaudit.clinic import runner

    if port:
        return runner.listen(addresses, port)
    try:
        return runner.listen(addresses, USUAL_PORT)
    except UsageError:
        return runner.listen(addresses, 0)


def _go_on(keeper: Keeper, catalogue: Catalogue) -> tuple[Plan, Tally]:
    """Return the clinic that is kept. Raises UsageError for one that was ended, and RecordError."""
    kept = keeper.load()
    if kept.closed:
        raise UsageError(
            _("This clinic was ended already, so nobody can share any more."),
            _("Write its report: privacyaudit clinic report"),
        )
    return kept.plan, kept.tally(session.sheet(catalogue, kept.plan, today()))


def _serve(
    plan: Plan,
    tally: Tally,
    catalogue: Catalogue,
    keeper: Keeper | None,
    sockets: list[socket],
    *,
    no_open: bool,
    person: Person,
) -> None:
    """Serve until the representative ends the clinic; whatever else ends it, the counts of this moment are kept."""
    from privacyaudit.clinic import app as server
    from privacyaudit.clinic import runner

    def state() -> str:
        return store.kept(plan, tally, closed=False)

    clinic = server.Clinic(
        plan,
        tally,
        pages.Titles(catalogue),
        session.page(catalogue, plan, today()),
        session.TICKET,
        {f"{host}:{plan.port}" for host in (*server.LOOPBACK_NAMES, plan.address)},
        f"{plan.address}:{plan.port}",
        codes.svg(f"http://{plan.address}:{plan.port}/c/{plan.code}") or "",
    )
    if keeper:
        keeper.save(state())
    running = runner.Running(server.app(clinic), sockets, state, keeper.save if keeper else None, tally.boards)
    running.start()
    try:
        _tell(plan, no_open=no_open, keeps=keeper is not None)
        _until_ended(running, person)
    except BaseException:
        running.stop()
        if keeper:
            keeper.save(state())
        raise
    clinic.ended = True
    running.stop()
    say(_("Sharing has ended."))


def _tell(plan: Plan, *, no_open: bool, keeps: bool) -> None:
    """Print what the representative needs to know while the clinic is open."""
    board = f"http://{LOOPBACK}:{plan.port}/board"
    heading(_("The clinic “{name}” is open").format(name=plan.name))
    say(_("Board for the projector, on this computer only: {address}").format(address=board))
    say(_("Members join at: {address}").format(address=f"http://{plan.address}:{plan.port}/"))
    say(_("Code: {code}").format(code=plan.code))
    if plan.address == LOOPBACK:
        say(_("Only this computer can join. For phones, end this and add --lan."))
    say(
        _("Counts are kept encrypted every minute, and removed when the report is written.")
        if keeps
        else _("Counts are in memory only. If this window closes, they are gone.")
    )
    say(_("To end the clinic: press Enter here."))
    if not no_open:
        import webbrowser

        webbrowser.open(board)


def _until_ended(running: Running, person: Person) -> None:
    """Wait until the representative says that the clinic has ended. Raises Stopped when they leave it unfinished."""
    import sys
    import time

    question = _("End the clinic and write its report? Nobody can share after that.")
    while True:
        try:
            if not sys.stdin.readline():
                while running.alive:
                    time.sleep(0.5)
        except KeyboardInterrupt:
            say()
        if running.trouble:
            fail(running.trouble.what, running.trouble.advice)
        try:
            if person.confirm(question, False):
                return
        except KeyboardInterrupt:
            raise Stopped(
                _("The clinic was left without a report."),
                _("Go on with: privacyaudit clinic open --resume. Or write it: privacyaudit clinic report"),
            ) from None
        say(_("The clinic goes on. To end it: press Enter here."))


# -- the end ---------------------------------------------------------------------------------------


def _finish(
    plan: Plan, tally: Tally, catalogue: Catalogue, keeper: Keeper | None, folder: Path, earlier: Sequence[Path]
) -> None:
    """Write the report once, then remove the counts; from here on nobody can share, so it cannot change."""
    if keeper:
        keeper.save(store.kept(plan, tally, closed=True))
    for path in session.write(plan, tally, catalogue, folder, earlier):
        say(_("Written: {path}").format(path=path))
    people = tally.people
    say(ngettext("{number} person took part.", "{number} people took part.", people).format(number=people))
    if keeper:
        keeper.close()
        _forget()
    say(_("The counts themselves are gone, so this report cannot be written again."))


def _forget() -> None:
    """Remove what is kept, and say what that was."""
    gone = store.forget()
    for path in gone.files:
        say(_("Removed: {path}").format(path=path))
    if gone.key:
        say(_("Removed: the key in the keyring of your system."))
    if gone.trouble and not gone.files:
        fail(gone.trouble.what, gone.trouble.advice)


def _readable(path: Path) -> None:
    """Read an earlier record before all else, so that a wrong name is told at the beginning. Raises RecordError."""
    record.read(path)
