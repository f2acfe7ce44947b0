"""The `compare` command: what changed between two audits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit.catalogue import loading
from privacyaudit.cli.dialogs.destination import agreed, tell
from privacyaudit.cli.options import ChecklistsOption
from privacyaudit.cli.outcome import show_lines, show_paths
from privacyaudit.cli.prompts import at_terminal
from privacyaudit.cli.terminal import say
from privacyaudit.clock import today
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.over_time.compare import day_of, in_order
from privacyaudit.report import changes
from privacyaudit.report.formats import comparison_json
from privacyaudit.report.writing import free_names, read_record
from privacyaudit.storage import files

if TYPE_CHECKING:
    from privacyaudit.report.changes import ChangesView

HELP = _("Compare two audits: what got worse or better, what is still to change, and what cannot be compared.")

app = typer.Typer(add_completion=False, rich_markup_mode=None)
_FORMATS = ("text", "json", "html")


@app.command(help=HELP)
def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD.json", help=_("The JSON record of the earlier audit."))],
    new: Annotated[Path, typer.Argument(metavar="NEW.json", help=_("The JSON record of the newer audit."))],
    formats: Annotated[
        str,
        typer.Option(
            "--format", metavar="LIST", help=_("What to make: text (shown in the terminal), or files: json, html.")
        ),
    ] = "text,html",
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help=_("The folder for the files."))] = None,
    checklists: ChecklistsOption = None,
    no_open: Annotated[bool, typer.Option("--no-open", help=_("Do not open the page at the end."))] = False,
) -> None:
    """Read two records, and show and write what changed."""
    wanted = _formats_named(formats)
    first, second = read_record(old), read_record(new)
    catalogue = loading.catalogue(*(checklists or []))
    agreed(out, at_terminal())
    shown = changes.view(in_order(first, second, catalogue), catalogue, today())
    show_lines(changes.lines(shown) if "text" in wanted else changes.head(shown))
    say()
    paths = _write(shown, out or new.parent, [name for name in wanted if name != "text"])
    show_paths(paths, open_page=not no_open)
    for path in paths[:1]:
        tell(path)


def _formats_named(listed: str) -> list[str]:
    """Return the formats in a comma list. Raises UsageError for an unknown one or none."""
    names = list(dict.fromkeys(part.strip() for part in listed.split(",") if part.strip()))
    if not names or set(names) - set(_FORMATS):
        strange = next((name for name in names if name not in _FORMATS), listed)
        raise UsageError(
            _("There is no format “{name}” for a comparison.").format(name=strange),
            _("Choose from: {names}.").format(names=", ".join(_FORMATS)),
        )
    return names


def _write(view: ChangesView, folder: Path, formats: list[str]) -> list[Path]:
    """Write the files asked for, named by the days of the two audits; a file that is there is never written over."""
    draw = {"json": comparison_json.text, "html": changes.page}
    days = [day_of(record).isoformat() for record in (view.comparison.old, view.comparison.new)]
    paths = free_names(f"privacy-comparison-{days[0]}-to-{days[1]}", folder, formats)
    for name, path in zip(formats, paths, strict=True):
        files.write(path, draw[name](view))
    return paths
