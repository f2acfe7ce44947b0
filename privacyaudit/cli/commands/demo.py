"""The `demo` command: the whole thing on a pretend site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit import journal
from privacyaudit import report as reports
from privacyaudit.audit import run
from privacyaudit.browser import find, workspace
from privacyaudit.browser.sign_in import Credentials
from privacyaudit.catalogue import loading
from privacyaudit.cli import outcome
from privacyaudit.cli.dialogs.browser import Beside
from privacyaudit.cli.options import NoOpen, ReportFolder
from privacyaudit.cli.terminal import say
from privacyaudit.clock import now
from privacyaudit.demo import pebble
from privacyaudit.errors import BrowserError, MissingExtra
from privacyaudit.i18n import _
from privacyaudit.plan import plan
from privacyaudit.readers.answers import AnswersReader
from privacyaudit.readers.web import WebReader
from privacyaudit.storage import folders

if TYPE_CHECKING:
    from privacyaudit.demo.pebble import Pebble
    from privacyaudit.model import PlatformRecord
    from privacyaudit.readers import Reader

BY_HAND = ("demo.second-look",)

HELP = _("See the whole thing on Pebble, a pretend site on your own computer. No account is needed.")


def demo(
    account: Annotated[
        str, typer.Option("--account", metavar="NAME", help=_("Which pretend person: safe, open or mixed."))
    ] = "mixed",
    window: Annotated[bool, typer.Option("--window", help=_("Show the browser at work."))] = False,
    out: ReportFolder = None,
    no_open: NoOpen = False,
) -> None:
    """Start Pebble, read it in the guarded browser and open the report."""

    catalogue = loading.catalogue()
    with pebble.Pebble(account=account) as site:
        say(_("Pebble, a pretend site, is running on this computer at {origin}.").format(origin=site.origin))
        what = plan([catalogue.checklist("demo")], catalogue.role(None).id, {"demo": site.origin})
        header = journal.Header(started=now(), role=what.role, platforms=("demo",), sites={"demo": site.origin})
        notes = journal.Journal(None, header)
        record, stopped = run(what, _readers(site, window=window), notes)
    if stopped:
        raise stopped
    record = record.model_copy(update={"platforms": tuple(_without_site(part) for part in record.platforms)})
    paths = reports.write(record, catalogue, out or folders.reports(), reports.FORMATS)
    outcome.show(record, catalogue, paths, open_report=not no_open)


def _without_site(part: PlatformRecord) -> PlatformRecord:
    """Forget the address of the pretend site, which is gone when the report is read."""
    return part.model_copy(update={"site": None})


def _readers(site: Pebble, *, window: bool) -> list[Reader]:
    """Return the browser reader, or the built-in answers, said plainly, where there is no browser."""

    try:
        program = find.find(headless=not window)
    except (BrowserError, MissingExtra) as error:
        say(
            _("There is no browser to read with, so the demo uses built-in answers. {advice}").format(
                advice=error.advice
            )
        )
        return [AnswersReader(site.truth)]
    workspace.sweep()
    say(_("Reading Pebble with {path}. It is signed in as a pretend person.").format(path=program.path.name))
    pretend = Credentials(site.origin, site.account.user, site.account.password, code=None)
    reader = WebReader(Beside(plain=True, ask=False), headless=not window, credentials=lambda _checklist: pretend)
    return [reader, AnswersReader({check: site.truth[check] for check in BY_HAND})]
