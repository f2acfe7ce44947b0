"""Options that more than one command takes, so that each has one name and says one thing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from privacyaudit.i18n import _

Areas = Annotated[
    list[str] | None, typer.Option("--area", metavar="AREA", help=_("Only this area, such as tagging. Repeatable."))
]
AskPlainly = Annotated[bool, typer.Option("--plain", help=_("Ask in plain words."))]
Checklists = Annotated[
    list[Path] | None, typer.Option("--checklists", metavar="DIR", help=_("Use your own checklists too."))
]
Fill = Annotated[
    bool, typer.Option("--fill", help=_("Let the program sign in with what “privacyaudit keys add” saved."))
]
FromStdin = Annotated[bool, typer.Option("--passphrase-stdin", help=_("For scripts: read the passphrase as one line."))]
Headless = Annotated[
    bool, typer.Option("--headless", help=_("Use no window; needs --fill. For computers without a screen."))
]
NoOpen = Annotated[bool, typer.Option("--no-open", help=_("Do not open the report at the end."))]
NumberedQuestions = Annotated[
    bool, typer.Option("--plain", help=_("Plain numbered questions, for screen readers and simple terminals."))
]
Passphrase = Annotated[bool, typer.Option("--passphrase", help=_("Ask for a passphrase and leave the keyring alone."))]
Platform = Annotated[str, typer.Argument(metavar="PLATFORM", help=_("Which platform; see “privacyaudit list”."))]
Quick = Annotated[bool, typer.Option("--quick", help=_("Only the checks that matter most."))]
ReportFolder = Annotated[Path | None, typer.Option("--out", metavar="DIR", help=_("The folder for the report."))]
Site = Annotated[
    str | None, typer.Option("--site", metavar="URL", help=_("Where yours is, for a platform with many addresses."))
]
Sites = Annotated[
    list[str] | None,
    typer.Option("--site", metavar="PLATFORM=URL", help=_("Where yours is, for platforms with many addresses.")),
]
Yes = Annotated[bool, typer.Option("--yes", help=_("Do not ask."))]
