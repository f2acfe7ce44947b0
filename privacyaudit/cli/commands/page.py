"""The `page` command: the checks as one file for a phone, or as sheets of paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from privacyaudit.cli.dialogs.destination import agreed, must_be_ours, tell
from privacyaudit.cli.options import ChecklistsOption, QuickOption, SitesOption
from privacyaudit.cli.parsing import catalogue_with, sites_named
from privacyaudit.cli.prompts import at_terminal
from privacyaudit.cli.terminal import say
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.offline import first_aid, handout, out_there
from privacyaudit.offline.page import build
from privacyaudit.report.formats.pdf import print_pdf
from privacyaudit.report.writing import free_names
from privacyaudit.storage import files, folders

HELP = _(
    "Write the walkthrough as one HTML file. It works on any phone or computer, without this program and without a "
    "network. If you leave out PLATFORM, the page asks people to tick what they use. Add --print to get sheets for a "
    "paper clinic, a card to read before you post, and cards for the day when something about you is out there."
)

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def page(
    platforms: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLATFORM", help=_("Choose what to cover. “privacyaudit list” shows the platforms.")),
    ] = None,
    role: Annotated[
        str | None,
        typer.Option(
            "--role",
            metavar="ROLE",
            help=_("Who the page is for, such as teacher. If you leave it out, the page asks."),
        ),
    ] = None,
    quick: QuickOption = False,
    site: SitesOption = None,
    paper: Annotated[
        bool,
        typer.Option(
            "--print",
            help=_("Write sheets of paper with the essential checks instead, and cards to hand out."),
        ),
    ] = False,
    about_me: Annotated[
        bool,
        typer.Option(
            "--out-there",
            help=_("Write the page for something about you that is out there instead: steps, letters and searches."),
        ),
    ] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help=_("Write PDF instead of HTML. This needs a browser."))] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=_("The file to write."))] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", hidden=True)] = None,
    checklists: ChecklistsOption = None,
) -> None:
    """Write the page, or the sheets and the card."""
    catalogue, out = catalogue_with(checklists), out or output
    agreed(out and out.parent, at_terminal())
    named, sites = platforms or [], sites_named(site or [])
    if about_me:
        _need_nothing_else(any((named, role, quick, sites, paper, pdf)))
        made = {"out-there": out_there.build(catalogue)}
    elif paper:
        made = {
            "sheets": handout.sheets(catalogue, named, role=role, sites=sites),
            "card": handout.card(catalogue, role=role),
            **first_aid.papers(),
        }
    else:
        made = {"page": build(catalogue, named, role=role, quick=quick, sites=sites)}
    content = {name: print_pdf(html) if pdf else html for name, html in made.items()}
    paths = _paths(list(content), out, "pdf" if pdf else "html")
    for path, text in zip(paths, content.values(), strict=True):
        files.write(path, text)
        say(_("Written: {path}").format(path=path))
        tell(path)
    if not paper and not pdf:
        say(_("Open the page in a browser. It works without a network and sends nothing."))
    if about_me:
        say(
            _(
                "To pass the page on, put it on a memory stick or on the web. Many mail filters block it, because it "
                "runs a script."
            )
        )
    elif not paper and not pdf:
        say(
            _(
                "To pass the page on, put it on a memory stick or on the web. Many mail filters block it, "
                "because it runs a script. To make a file that you can e-mail, add --print --pdf."
            )
        )


def _need_nothing_else(more: bool) -> None:
    if more:
        raise UsageError(
            _("--out-there writes one page for everybody."),
            _("Leave out platforms and all other options but --out."),
        )


def _paths(names: list[str], output: Path | None, ending: str) -> list[Path]:
    """Return where each file goes: the first where the person said, another one beside it.

    Raises UsageError when something is there that this program did not write.
    """
    if output is None:
        return [free_names(f"privacy-{name}", folders.reports(), [ending])[0] for name in names]
    paths = [output, *(output.with_stem(f"{output.stem}-{name}") for name in names[1:])]
    for path in paths:
        must_be_ours(path)
    return paths
