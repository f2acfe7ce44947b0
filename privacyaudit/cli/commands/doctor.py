"""The `doctor` command: what works on this computer."""

from __future__ import annotations

import typer

from privacyaudit import journal
from privacyaudit.catalogue import loading
from privacyaudit.catalogue.lint import out_of_date
from privacyaudit.checkup import PARTS, Line
from privacyaudit.cli.terminal import heading, say
from privacyaudit.extras import EXTRAS, extra_installed
from privacyaudit.i18n import _

HELP = _(
    "Check that this computer has what an audit needs, and see what works, what does not and why. This starts "
    "the browser once and leaves nothing behind."
)

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def doctor() -> None:
    """Print a line for each thing that was tried, each with what to do when it does not work."""
    for title, lines in PARTS.items():
        heading(_(title))
        for line in lines():
            _show(line)
    heading(_("Optional parts"))
    for extra in EXTRAS:
        works = extra_installed(extra)
        advice = _('Install it with: pip install "privacyaudit[{extra}]"').format(extra=extra)
        _show(Line(works, extra, "" if works else advice))
    heading(_("Checklists"))
    catalogue = loading.catalogue()
    _show(Line(True, _("{number} can be used").format(number=len(catalogue.loaded))))
    for trouble in catalogue.troubles:
        _show(Line(False, trouble.what, trouble.advice))
    for loaded in catalogue.loaded.values():
        if remark := out_of_date(loaded):
            _show(Line(None, remark))
    if journal.unfinished():
        _show(Line(False, _("An audit is unfinished."), _("To continue: privacyaudit audit --resume")))


def _show(line: Line) -> None:
    mark = {True: "✓ ", False: "▲ ", None: ""}[line.works]
    say(f"{mark}{line.text}", rest="  ")
    if line.advice:
        say(line.advice, first="  ", rest="  ")
