"""The `probe` command, for people who write checklists: what each probe finds on its page, and why it does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit import labels
from privacyaudit.cli import terminal
from privacyaudit.cli.dialogs import browser
from privacyaudit.cli.dialogs.destination import agreed, tell
from privacyaudit.cli.options import (
    ChecklistsOption,
    FillOption,
    HeadlessOption,
    NumberedQuestionsOption,
    PlatformArgument,
    SiteOption,
)
from privacyaudit.cli.parsing import catalogue_with, reading_named, site_alone
from privacyaudit.cli.prompts import at_terminal
from privacyaudit.cli.terminal import fail, heading, say
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import Checklist, Reason
from privacyaudit.plan import plan
from privacyaudit.readers import Outcome, snapshots
from privacyaudit.readers.snapshots import Kept, Tried
from privacyaudit.storage import files

if TYPE_CHECKING:
    from privacyaudit.readers.web import Found

HELP = _(
    "Read the settings pages of one platform and see what each probe found, or why it found nothing. This is "
    "for people who write checklists. It does not write a report. If you add --save, it also keeps the "
    "structure of each page, without the words on it."
)

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_STEPS = {
    "reply": N_("replies at this address: {number}"),
    "within": N_("parts of the page to look in: {number}"),
    "expand": N_("buttons to unfold: {number}"),
    "role": N_("with this role on the page: {number}"),
    "find": N_("that match: {number}"),
}


@app.command(help=HELP)
def probe(
    platform: PlatformArgument,
    site: SiteOption = None,
    headless: HeadlessOption = False,
    fill: FillOption = False,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="DIR", help=_("Keep the structure of each page in this folder."))
    ] = None,
    no_input: Annotated[
        bool,
        typer.Option(
            "--no-input", help=_("Ask no questions. This works only if you have already agreed to the notice.")
        ),
    ] = False,
    plain: NumberedQuestionsOption = False,
    checklists: ChecklistsOption = None,
) -> None:
    """Read the pages of one platform as an audit does, and print what came of each probe."""
    how = reading_named(browser=True, headless=headless, fill=fill)
    catalogue = catalogue_with(checklists)
    loaded = catalogue.checklist(platform)
    if not any(check.probes for check in loaded.checklist.checks):
        raise UsageError(
            _("{name} has no probes: every check is answered by hand.").format(name=_(loaded.checklist.platform.name)),
            _(
                loaded.checklist.platform.by_hand_because
                or N_("docs/mend/add-a-platform.md says how to write a probe.")
            ),
        )
    of = plan([loaded], catalogue.role(None).id, {platform: address} if (address := site_alone(platform, site)) else {})
    person = at_terminal(plain=plain, asks=not no_input)
    agreed(save, person)
    if save:
        files.try_folder(save)
    showing = Showing(loaded.checklist, save)
    reader = browser.reader(of, how, person, look=showing.page)
    for _name, made in reader.read(of.items, {}):
        if isinstance(made, Outcome):
            terminal.say()
            terminal.say(labels.signed_out(made.signed_out))
            if made.refused.hosts:
                terminal.say(
                    _("Requests refused while reading: {number}, to {hosts}").format(
                        number=made.refused.count, hosts=", ".join(made.refused.hosts)
                    )
                )
    showing.finish()


class Showing:
    """Prints what the probes of each page found and keeps the structure of the page, if there is a folder for it."""

    def __init__(self, checklist: Checklist, folder: Path | None) -> None:
        self._checklist = checklist
        self._folder = folder
        self._pages: list[Kept] = []
        self._told = 0
        self._tried = 0

    def page(self, found: Found) -> None:
        """Tell about one page while it is open."""
        heading(found.page)
        for one in snapshots.tried(found):
            self._tried += 1
            self._told += not isinstance(one.answer, Reason)
            _show(one)
        if self._folder and found.probes:
            self._keep(found, self._folder)

    def _keep(self, found: Found, folder: Path) -> None:
        kept = snapshots.kept(found, self._checklist, f"page-{len(self._pages) + 1}")
        if kept is None:
            fail(_("The program could not save the structure of this page."))
            return
        for name, text in kept.files.items():
            files.write(folder / name, text)
        self._pages.append(kept)

    def finish(self) -> None:
        """Write the list of what was kept, and say how many probes were told."""
        say()
        say(
            ngettext(
                "{told} of {number} probe gave an answer.", "{told} of {number} probes gave an answer.", self._tried
            ).format(told=self._told, number=self._tried)
        )
        if self._folder and self._pages:
            files.write(self._folder / "pages.json", snapshots.listing(self._checklist, self._pages))
            say(
                _(
                    "Saved in {folder}: the structure of the pages, and your settings. Look through the "
                    "files before you send them to anyone."
                ).format(folder=self._folder)
            )
            tell(self._folder / "pages.json")


def _show(one: Tried) -> None:
    if not isinstance(one.answer, Reason):
        say(f"✓ {one.name}: {one.answer}")
        return
    say(f"? {one.name}: {one.answer}. {labels.reason(one.answer)}")
    say(snapshots.described(one.probe), "dim", first="    ", rest="    ")
    if one.steps:
        counts = "; ".join(_(_STEPS[step]).format(number=count) for step, count in one.steps)
        say(counts, "dim", first="    ", rest="    ")
