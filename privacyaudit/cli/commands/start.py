"""The `start` command: open the window, the program in the person's own browser."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit import extras
from privacyaudit.cli import unseen
from privacyaudit.cli.opening import show_page
from privacyaudit.cli.options import ChecklistsOption
from privacyaudit.cli.terminal import say
from privacyaudit.errors import SaveError, UsageError
from privacyaudit.i18n import _
from privacyaudit.process import surroundings
from privacyaudit.storage import files
from privacyaudit.window import instance

if TYPE_CHECKING:
    from privacyaudit.catalogue.loading import Catalogue
    from privacyaudit.window.clinic import Clinics

HELP = _(
    "Open the program in your browser, without a terminal. Only this computer can reach the page. The program ends by "
    "itself ten minutes after you close the page."
)

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def start(
    no_open: Annotated[
        bool, typer.Option("--no-open", help=_("Print the address, and do not open a browser."))
    ] = False,
    checklists: ChecklistsOption = None,
) -> None:
    """Open the window, or show the one that is open; what goes wrong is shown to somebody who has no terminal too."""
    try:
        _open(checklists or [], no_open=no_open)
    except Exception as error:
        if not no_open and surroundings.unseen():
            unseen.show(error)
        raise


def _open(checklists: Sequence[Path], *, no_open: bool) -> None:
    extras.need("window")
    _need_checklists(checklists)
    held, trouble = _held()
    if held is None and not trouble and (there := instance.found()):
        say(_("The window is open already."))
        _show(there.address(), no_open=no_open)
        return
    from privacyaudit.window import serving

    own = tuple(checklists)
    with serving.opened(partial(_catalogue, own), unkept=trouble, announced=held is not None, checklists=own) as window:
        unseen.over()
        try:
            _show(window.address, no_open=no_open)
            say(
                _(
                    "The window is open. To end it, press Ctrl+C, or close the page: ten minutes later it ends by "
                    "itself."
                )
            )
            window.wait()
        except KeyboardInterrupt:
            say()
        if window.signs_out:
            say(_("The program is still reading. It signs out first …"))
        if window.clinic:
            say(_left(window.clinic))
    say(_("The window is closed.") + " " + window.what_stays)
    instance.leave(held)
    if window.forgot and files.nothing_left():
        files.remove_all()


def possible() -> bool:
    """Tell whether the part that opens a window is installed."""
    return extras.installed("window")


def _catalogue(places: Sequence[Path]) -> Catalogue:
    """Read the checklists; what that takes is loaded while the window's front page is on the screen already."""
    from privacyaudit.cli.parsing import catalogue_with

    return catalogue_with(places)


def _need_checklists(places: Sequence[Path]) -> None:
    """Raise UsageError where a named place has no checklist: the window would not show that it is missing."""
    if not places:
        return
    from privacyaudit.catalogue import loading

    for place in places:
        if not (loading.files(place) if place.is_dir() else place.exists()):
            raise UsageError(
                _("There is no checklist in {path}.").format(path=place),
                _("Check the name after --checklists, then start again."),
            )


def _held() -> tuple[files.Held | None, str]:
    """Hold the one window; where nothing can be written, none is held and the reason is returned."""
    try:
        return instance.hold(), ""
    except SaveError as error:
        return None, f"{error.what} {error.advice}"


def _left(clinic: Clinics) -> str:
    """Say what becomes of a clinic that is open when the window ends."""
    if clinic.is_kept:
        return _("The clinic stops now, and its counts are kept. To continue it, start the window again.")
    return _("The clinic stops now. Its counts are gone, because nothing of it was kept on the disk.")


def _show(address: str, *, no_open: bool) -> None:
    if no_open:
        say(
            _("Open this address in your own browser. It works once, for ten minutes: {address}").format(
                address=address
            )
        )
    else:
        show_page(address)
