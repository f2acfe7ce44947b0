"""Options that more than one command takes, so that each has one name and says one thing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from privacyaudit.i18n import _

AreasOption = Annotated[
    list[str] | None,
    typer.Option("--area", metavar="AREA", help=_("Only this area, such as tagging. You can repeat this option.")),
]
AskPlainlyOption = Annotated[bool, typer.Option("--plain", help=_("Ask plain numbered questions."))]
ChecklistsOption = Annotated[
    list[Path] | None, typer.Option("--checklists", metavar="DIR", help=_("Use your own checklists too."))
]
CheckToDecideOption = Annotated[
    str, typer.Argument(metavar="[CHECK]", help=_("The id of the check. The report shows it."))
]
FillOption = Annotated[
    bool, typer.Option("--fill", help=_("Let the program sign in with what “privacyaudit keys add” saved."))
]
PassphraseStdinOption = Annotated[
    bool,
    typer.Option("--passphrase-stdin", help=_("For scripts: read the passphrase from one line of standard input.")),
]
HeadlessOption = Annotated[
    bool,
    typer.Option(
        "--headless", help=_("Do not open a window. This is for computers without a screen, and needs --fill.")
    ),
]
NoOpenOption = Annotated[bool, typer.Option("--no-open", help=_("Do not open the report at the end."))]
NumberedQuestionsOption = Annotated[
    bool, typer.Option("--plain", help=_("Ask plain numbered questions, for screen readers and simple terminals."))
]
PassphraseOption = Annotated[
    bool, typer.Option("--passphrase", help=_("Ask for a passphrase instead of using the keyring."))
]
PlatformArgument = Annotated[
    str, typer.Argument(metavar="PLATFORM", help=_("Choose a platform. “privacyaudit list” shows them."))
]
FullOption = Annotated[bool, typer.Option("--full", help=_("Ask every question about the services that you use."))]
QuickOption = Annotated[bool, typer.Option("--quick", help=_("Only the checks that matter most."))]
ReportFolderOption = Annotated[Path | None, typer.Option("--out", metavar="DIR", help=_("The folder for the report."))]
SiteOption = Annotated[
    str | None,
    typer.Option("--site", metavar="URL", help=_("The address of your own site, for a platform with many addresses.")),
]
SitesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--site", metavar="PLATFORM=URL", help=_("The address of your own site, for platforms with many addresses.")
    ),
]
YesOption = Annotated[bool, typer.Option("--yes", help=_("Go ahead without asking."))]
WithdrawOption = Annotated[bool, typer.Option("--withdraw", help=_("Remove your decision."))]

# -- of an audit -----------------------------------------------------------------------------------

AnswersOption = Annotated[
    Path | None, typer.Option("--answers", metavar="FILE", help=_("Take answers from a YAML or JSON file."))
]
BrowserOption = Annotated[
    bool, typer.Option("--browser", help=_("Read your settings pages in a browser that cannot change them."))
]
FormatsOption = Annotated[
    str,
    typer.Option(
        "--format", metavar="LIST", help=_("Which files to write: html, json, csv, plan, pdf (pdf needs a browser).")
    ),
]
KeepOption = Annotated[
    bool | None,
    typer.Option(
        "--keep/--no-keep",
        help=_(
            "Keep this audit in your encrypted history, or do not keep it. If you leave this out, the program keeps "
            "the audit if you already have a history."
        ),
    ),
]
KeepStepsOption = Annotated[
    bool,
    typer.Option(
        "--keep/--no-keep",
        help=_("Use your history, if you have one, to keep the days of the steps that you took, or do not."),
    ),
]
NextPersonOption = Annotated[
    bool,
    typer.Option(
        "--next-person",
        help=_("People take turns at one computer and answer by hand. The program keeps nothing about anybody."),
    ),
]
NoInputOption = Annotated[
    bool,
    typer.Option(
        "--no-input", help=_("Ask no questions. For checks without an answer, the report says that we could not tell.")
    ),
]
OutPageOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help=_("Write it as an HTML page to this file."))
]
OutsideOption = Annotated[
    list[str] | None,
    typer.Option(
        "--outside",
        metavar="PLATFORM=NAME",
        help=_(
            "See what strangers see under this name, without signing in. If you leave out =NAME, the program "
            "asks for it."
        ),
    ),
]
PlatformsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="PLATFORM", help=_("Choose what to audit. “privacyaudit list” shows the platforms.")),
]
ResumeOption = Annotated[bool, typer.Option("--resume", help=_("Continue the audit that you stopped."))]
RoleOption = Annotated[str | None, typer.Option("--role", metavar="ROLE", help=_("Your role, such as teacher."))]
StrictOption = Annotated[
    bool,
    typer.Option(
        "--strict", help=_("Exit with 10 if a setting needs changing, or with 11 if we could not tell about a setting.")
    ),
]
