"""The `remove` command: what to do when something about a person is out there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from privacyaudit.about_me import ladder, places
from privacyaudit.about_me.first_hour import first_hour
from privacyaudit.cli.dialogs.destination import agreed, must_be_ours, tell
from privacyaudit.cli.dialogs.remove import Said, ask, show, show_card
from privacyaudit.cli.options import AskPlainlyOption
from privacyaudit.cli.prompts import Person, at_terminal
from privacyaudit.cli.terminal import say
from privacyaudit.clock import today
from privacyaudit.errors import Stopped, UsageError
from privacyaudit.i18n import _
from privacyaudit.report.formats import steps
from privacyaudit.storage import files

HELP = _(
    "See what to do when something about you is out there, such as a post, a fake account, a picture, an old page or "
    "an entry in a register. The program asks a few short questions, and none of them asks for a name. You get at most "
    "seven steps in order. It is for yourself, or with the person beside you, not for looking into somebody else. If "
    "anybody is in danger, ring 999 first."
)

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def remove(
    what: Annotated[
        str | None, typer.Option("--what", metavar="WORD", help=_("What it is, such as post, fake-account or picture."))
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="PLACE", help=_("Where it is, such as tiktok or local-paper."))
    ] = None,
    who: Annotated[
        str | None, typer.Option("--who", metavar="WORD", help=_("Who put it there, such as me, pupil or stranger."))
    ] = None,
    work: Annotated[
        bool | None, typer.Option("--work/--no-work", help=_("It is about your school or your work, or it is not."))
    ] = None,
    risk: Annotated[
        str | None,
        typer.Option(
            "--risk",
            metavar="WORD",
            help=_("Who may come to harm: none, danger (somebody, today), child (a child is in it) or both."),
        ),
    ] = None,
    card: Annotated[
        bool,
        typer.Option(
            "--first-hour",
            help=_("Show only the card for the first hour after an intimate or made-up picture. It asks nothing."),
        ),
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=_("Write it as an HTML page to this file."))
    ] = None,
    plain: AskPlainlyOption = False,
    no_input: Annotated[
        bool, typer.Option("--no-input", help=_("Ask no questions. This needs --what and --where."))
    ] = False,
) -> None:
    """Ask about the case, and show the steps."""
    person = at_terminal(plain=plain, asks=not no_input)
    if out:
        agreed(out.parent, person)
        must_be_ours(out)
    said = Said(what, where, who, work, risk)
    atlas = places.atlas()
    if card:
        child = risk in ("child", "both")
        shown = first_hour(atlas, child=child)
        if not child:
            say(_("Is anybody in it under 18? Then type: privacyaudit remove --first-hour --risk child"))
        show_card(shown)
        _write(out, steps.card(shown, today()))
        return
    _need_words(said, person)
    try:
        case = ask(said, atlas, person)
    except KeyboardInterrupt:
        raise Stopped(_("Stopped. Nothing was kept, and nothing was sent.")) from None
    plan = ladder.plan(case, atlas, today())
    show(plan)
    _write(out, steps.page(plan, today()))


def _need_words(said: Said, person: Person) -> None:
    if not person.there and not (said.what and said.where):
        raise UsageError(
            _("With --no-input, the program cannot ask what it is and where."),
            _("For example: privacyaudit remove --no-input --what fake-account --where tiktok --who pupil --work"),
        )


def _write(out: Path | None, html: str) -> None:
    if out is None:
        return
    files.write(out, html)
    say()
    say(_("Written: {path}").format(path=out))
    tell(out)
