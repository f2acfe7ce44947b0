"""The command line: turns words and flags into calls, prints what came of them, holds no rules.

Commands live one file per group. Nothing heavy is imported here, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import sys

import typer

from privacyaudit import __version__, i18n
from privacyaudit.errors import AuditError

i18n.use(i18n.wanted_language(sys.argv))

from privacyaudit.cli.commands import (
    audit,
    clean,
    clinic,
    compare,
    decide,
    demo,
    doctor,
    due,
    guidance,
    history,
    keys,
    lint,
    list,
    page,
    probe,
    remind,
    report,
    show,
)
from privacyaudit.cli.terminal import fail  # noqa: E402
from privacyaudit.i18n import _

app = typer.Typer(
    name="privacyaudit",
    help=_(
        "Look through the privacy settings of your own social-media profiles, by hand or with a browser that can "
        "read and cannot write, and get a report that says what to change."
    ),
    epilog=_(
        "For your own accounts, or with the owner beside you. An employer must not require it. "
        "Nothing leaves this computer."
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command("audit", help=audit.HELP, short_help=_("Go through your settings and write a report."))(audit.audit)
app.command("list", help=list.LIST_HELP, short_help=_("Show the platforms and their checks."))(list.list_)
app.command("show", help=show.HELP, short_help=_("Show one check in full."))(show.show)
app.command("report", help=report.HELP, short_help=_("Write the report of an earlier audit again."))(report.report)
app.command("compare", help=compare.HELP, short_help=_("Tell what changed between two audits."))(compare.compare)
app.command("guidance", help=guidance.HELP, short_help=_("Show each clause of the guides and what answers it."))(
    guidance.guidance
)
app.command("lint", help=lint.HELP, short_help=_("Tell whether checklists can be used."))(lint.lint)
app.add_typer(keys.app, name="keys", short_help=_("Let the program sign in for you, and make one-time codes."))
app.add_typer(history.app, name="history", short_help=_("Look at earlier audits, or forget them."))
app.command("due", help=due.HELP, short_help=_("Tell what is worth another look today."))(due.due)
app.command("accept", help=decide.ACCEPT_HELP, short_help=_("Keep a risk that you know, until a day."))(decide.accept)
app.command("plan", help=decide.PLAN_HELP, short_help=_("Say by which day you will change something."))(decide.plan)
app.add_typer(remind.app, name="remind", short_help=_("Be reminded by your calendar or this computer."))
app.command("doctor", help=doctor.HELP, short_help=_("Tell what works on this computer."))(doctor.doctor)
app.command("clean", help=clean.CLEAN_HELP, short_help=_("Remove what this program wrote."))(clean.clean)
app.add_typer(clinic.app, name="clinic", short_help=_("Let many people look in one room, and keep counts only."))
app.command("page", help=page.HELP, short_help=_("Write the walkthrough for a phone, or for paper."))(page.page)
app.command("probe", help=probe.HELP, short_help=_("For people who write checklists: try the probes of one."))(
    probe.probe
)
app.command("demo", help=demo.HELP, short_help=_("See the whole thing on a pretend site."))(demo.demo)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"privacyaudit {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: bool = typer.Option(False, "--version", help=_("Print the version."), callback=_version, is_eager=True),
    lang: str = typer.Option("", "--lang", metavar="CODE", help=_("The language to speak, such as en.")),
) -> None:
    """Take the options that go with every command; the language was chosen before the words were loaded."""
    del version
    if lang:
        i18n.use(lang)


def run() -> None:
    """Run the command line and turn trouble into a sentence and an exit code (see errors.py)."""
    try:
        app(prog_name="privacyaudit")
    except AuditError as error:
        fail(error.what, error.advice)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        fail(
            _("This is a fault in privacyaudit, not in what you did. Answers you gave are kept."),
            _("Please report the lines below. They hold nothing personal."),
        )
        fail(_trace(error))
        sys.exit(3)


def _trace(error: BaseException) -> str:
    """Return what a fault report needs: kinds and places of the code, no values and no paths of this computer."""
    import platform
    import traceback
    from pathlib import Path

    package = Path(__file__).parent.parent
    frames = traceback.extract_tb(error.__traceback__)
    places = [
        f"{Path(f.filename).relative_to(package)}:{f.lineno} {f.name}"
        for f in frames
        if Path(f.filename).is_relative_to(package)
    ]
    system = f"privacyaudit {__version__}, Python {platform.python_version()}, {platform.system()}"
    return "\n".join([system, type(error).__name__, *places])
