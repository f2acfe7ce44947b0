"""The `report` command: write the report of a record again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from privacyaudit.catalogue import loading
from privacyaudit.cli import outcome
from privacyaudit.cli.dialogs.destination import agreed, tell
from privacyaudit.cli.options import ChecklistsOption, FormatsOption, NoOpenOption, ReportFolderOption
from privacyaudit.cli.parsing import formats_named
from privacyaudit.cli.prompts import at_terminal
from privacyaudit.i18n import _
from privacyaudit.report.writing import read_written, write

HELP = _("Write the report of an earlier audit again, from its JSON record.")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def report(
    record: Annotated[Path, typer.Argument(metavar="RECORD.json", help=_("The JSON record of the audit."))],
    out: ReportFolderOption = None,
    formats: FormatsOption = "html,csv",
    checklists: ChecklistsOption = None,
    no_open: NoOpenOption = False,
) -> None:
    """Read a record and write its report."""
    wanted = formats_named(formats)
    agreed(out, at_terminal())
    written = read_written(record)
    catalogue = loading.catalogue(*(checklists or []))
    view, paths = write(written.record, catalogue, out or record.parent, wanted, written.before, written.over_time)
    outcome.show(view, catalogue, paths, open_report=not no_open)
    for path in paths[:1]:
        tell(path)
