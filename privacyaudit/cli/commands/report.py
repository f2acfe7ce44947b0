"""The `report` command: write the report of a record again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from privacyaudit import report as reports
from privacyaudit.catalogue import loading
from privacyaudit.cli import outcome
from privacyaudit.cli.options import Checklists, NoOpen, ReportFolder
from privacyaudit.cli.parsing import formats_named
from privacyaudit.i18n import _

HELP = _("Write the report of an earlier audit again, from its JSON record.")


def report(
    record: Annotated[Path, typer.Argument(metavar="RECORD.json", help=_("The record to write the report of."))],
    out: ReportFolder = None,
    formats: Annotated[str, typer.Option("--format", metavar="LIST", help=_("Which files to write."))] = "html,csv",
    checklists: Checklists = None,
    no_open: NoOpen = False,
) -> None:
    """Read a record and write its report."""

    wanted = formats_named(formats)
    found = reports.read_written(record)
    catalogue = loading.catalogue(*(checklists or []))
    paths = reports.write(found.record, catalogue, out or record.parent, wanted, found.before, found.over_time)
    outcome.show(found.record, catalogue, paths, before=found.before, open_report=not no_open)
