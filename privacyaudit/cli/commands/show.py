"""The `show` command: one check in full."""

from __future__ import annotations

from typing import Annotated

import typer

from privacyaudit import labels
from privacyaudit.catalogue import loading, sites
from privacyaudit.cli.commands.list import parts
from privacyaudit.cli.options import ChecklistsOption
from privacyaudit.cli.terminal import heading, say
from privacyaudit.i18n import _, ngettext
from privacyaudit.over_time.due import shelf_life

HELP = _("Show one check in full.")

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def show(
    check: Annotated[
        str, typer.Argument(metavar="CHECK", help=_("The id of the check, such as everyday.saved-logins."))
    ],
    checklists: ChecklistsOption = None,
) -> None:
    """Print one check."""
    catalogue = loading.catalogue(*(checklists or []))
    loaded, _found = catalogue.check(check)
    bound = sites.bind(loaded.checklist, None)
    found = bound.checks[loaded.checklist.checks.index(_found)]
    say(_(found.title), "bold")
    facts = (found.id, _(bound.platform.name), labels.area(found.area), labels.severity(found.severity))
    say(" · ".join(facts))
    months = shelf_life(found)
    say(
        ngettext("An answer counts for {number} month.", "An answer counts for {number} months.", months).format(
            number=months
        )
    )
    if found.only:
        say(labels.only(found.only))
    for title, lines in parts(bound, found):
        heading(title)
        for line in lines:
            say(line, first="  ", rest="  ")
    heading(_("Where this comes from"))
    say(labels.confidence(found.confidence), first="  ", rest="  ")
    for source in found.sources:
        said = _("{url}: written {page}, read {read}") if source.dated else _("{url}: {page}, read {read}")
        said = said.format(url=source.url, page=labels.age(source.page), read=labels.age(source.read))
        say(said, first="  ", rest="  ")
    seen = (
        _("checked on the live site on {day}").format(day=found.verified)
        if found.verified
        else _("not yet confirmed by a person on the live site")
    )
    say(seen, first="  ", rest="  ")
