"""The `demo` command: the whole thing on a pretend site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit.browser import find, workspace
from privacyaudit.browser.sign_in import Credentials
from privacyaudit.catalogue import loading
from privacyaudit.cli import outcome
from privacyaudit.cli.dialogs.browser import Beside
from privacyaudit.cli.dialogs.destination import folder_for
from privacyaudit.cli.options import NoOpenOption, ReportFolderOption
from privacyaudit.cli.prompts import Nobody
from privacyaudit.cli.terminal import say
from privacyaudit.demo import pebble
from privacyaudit.errors import AuditError, BrowserError, BrowserStartError, MissingExtra
from privacyaudit.i18n import _
from privacyaudit.journal import Journal
from privacyaudit.plan import plan
from privacyaudit.readers.answers import AnswersReader
from privacyaudit.readers.web import WebReader
from privacyaudit.session import AuditRequest, NothingKept, carry_out

if TYPE_CHECKING:
    from privacyaudit.demo.pebble import Pebble
    from privacyaudit.readers import Reader

BY_HAND = ("demo.second-look",)

HELP = _("Try the program on Pebble, a pretend site on your own computer. You need no account.")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def demo(
    account: Annotated[
        str,
        typer.Option("--account", metavar="NAME", help=_("Which pretend person to sign in as: safe, open or mixed.")),
    ] = "mixed",
    window: Annotated[bool, typer.Option("--window", help=_("Show the browser while it works."))] = False,
    out: ReportFolderOption = None,
    no_open: NoOpenOption = False,
) -> None:
    """Start Pebble, read it in the guarded browser and open the report."""
    catalogue = loading.catalogue()
    folder = folder_for(out, Nobody())
    with pebble.Pebble(account=account) as site:
        say(_("Pebble, a pretend site, is running on this computer at {origin}.").format(origin=site.origin))
        of = plan([catalogue.checklist("demo")], catalogue.role(None).id, {"demo": site.origin})
        request = AuditRequest(
            of,
            _readers(site, window=window),
            Journal(None, of.header()),
            catalogue,
            folder=folder,
            formats=("html", "json", "csv"),
            of_pretend_sites=True,
        )
        done = carry_out(request, NothingKept())
    outcome.show(done.view, catalogue, done.paths, open_report=not no_open)


def _readers(site: Pebble, *, window: bool) -> list[Reader]:
    """Return the browser reader, or the built-in answers, said plainly, where there is no browser."""
    try:
        program = find.find(headless=not window)
    except (BrowserError, MissingExtra) as error:
        say(
            _("The program has no browser to read Pebble with, so the demo uses built-in answers. {advice}").format(
                advice=error.advice
            )
        )
        return [AnswersReader(site.truth)]
    workspace.sweep()
    say(_("Reading Pebble with {path}. The browser is signed in as a pretend person.").format(path=program.path.name))
    pretend = Credentials(site.origin, site.account.user, site.account.password, code=None)
    reader = WebReader(_Onlooker(Nobody()), headless=not window, credentials=lambda _checklist: pretend)
    return [reader, AnswersReader({check: site.truth[check] for check in BY_HAND}, stand_in=site.truth)]


class _Onlooker(Beside):
    """Somebody who watches the demo, which goes on without a browser."""

    def trouble(self, error: AuditError) -> None:
        """Tell what kept the browser, and what is shown instead."""
        if isinstance(error, BrowserStartError):
            error = BrowserStartError(f"{error.what} {_('So the demo uses built-in answers.')}", error.advice)
        super().trouble(error)
