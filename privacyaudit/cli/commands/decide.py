"""What a person decides about something that is to change: `accept` it for a time, or `plan` to change it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit import i18n, labels
from privacyaudit.cli.dialogs.decisions import sentence
from privacyaudit.cli.dialogs.unlock import unlock
from privacyaudit.cli.options import Checklists, FromStdin, Passphrase
from privacyaudit.cli.parsing import catalogue_with
from privacyaudit.cli.terminal import say
from privacyaudit.clock import today
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Verdict
from privacyaudit.over_time import history
from privacyaudit.over_time import known as again
from privacyaudit.over_time.decisions import MOST_MONTHS, Kind, decision, site_of
from privacyaudit.over_time.due import add_months, find
from privacyaudit.storage import encrypted

if TYPE_CHECKING:
    from privacyaudit.catalogue.loading import Catalogue
    from privacyaudit.model import AuditRecord, Check, Decision, Finding
    from privacyaudit.over_time.history import History

ACCEPT_HELP = _(
    "Keep something as it is until a day, and say why. It then shows as accepted with its day, never as fine, and is "
    "to change again on the day after. Without CHECK: show what you accepted."
)
PLAN_HELP = _(
    "Say by which day you will change something. “privacyaudit due” tells you on that day. Without CHECK: show what "
    "you planned."
)


CheckName = Annotated[str, typer.Argument(metavar="[CHECK]", help=_("Which check; its id stands in the report."))]
Withdraw = Annotated[bool, typer.Option("--withdraw", help=_("Take back what you decided."))]


def accept(
    check: CheckName = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help=_("The last day, like 2027-02-14."))] = "",
    because: Annotated[
        str, typer.Option("--because", metavar="TEXT", help=_("Why, for you alone: it is in no report."))
    ] = "",
    withdraw: Withdraw = False,
    checklists: Checklists = None,
    passphrase: Passphrase = False,
    stdin: FromStdin = False,
) -> None:
    """Accept one risk, take it back, or list what is accepted."""

    if check and not withdraw and not (until and because.strip()):
        raise UsageError(
            _("To accept something, say until when and why."),
            _("For example: privacyaudit accept {check} --until {day} --because “The head knows”").format(
                check=check, day=_example()
            ),
        )
    _command("accept", check, until, because, withdraw, checklists, passphrase, stdin)


def plan(
    check: CheckName = "",
    by: Annotated[str, typer.Option("--by", metavar="DATE", help=_("The day, like 2027-02-14."))] = "",
    withdraw: Withdraw = False,
    checklists: Checklists = None,
    passphrase: Passphrase = False,
    stdin: FromStdin = False,
) -> None:
    """Plan one change, take it back, or list what is planned."""

    if check and not withdraw and not by:
        raise UsageError(
            _("To plan something, say by which day."),
            _("For example: privacyaudit plan {check} --by {day}").format(check=check, day=_example()),
        )
    _command("plan", check, by, "", withdraw, checklists, passphrase, stdin)


def _command(
    kind: Kind,
    name: str,
    day: str,
    because: str,
    withdraw: bool,
    checklists: list[Path] | None,
    passphrase: bool,
    stdin: bool,
) -> None:

    encrypted.need_apsw()
    if not history.exists():
        raise UsageError(
            _("There is no history yet, so there is nothing to decide about."),
            _("Keep an audit first: privacyaudit audit --keep"),
        )
    catalogue = catalogue_with(checklists)
    with history.History.open(unlock(passphrase, stdin)) as kept:
        if not name:
            _list(kind, kept, catalogue)
        elif withdraw:
            _loaded, one = catalogue.check(name)
            gone = [_undecide(kept, found) for found in kept.decisions() if _is(found, one, kind)]
            say(_("Taken back: {title}").format(title=_(one.title)) if gone else _("Nothing was decided about it."))
        else:
            _loaded, one = catalogue.check(name)
            made = _decided(kind, one, _newest(kept, one), day, because)
            kept.decide(made)
            say(sentence(made, one))


def _is(found: Decision, check: Check, kind: Kind) -> bool:
    return found.kind == kind and found.check in (check.id, *check.aliases)


def _undecide(kept: History, decision: Decision) -> bool:
    return kept.undecide(decision.check, decision.site)


def _newest(kept: History, check: Check) -> tuple[AuditRecord, Finding]:
    """Return the newest finding of a check and what stands in the history about it. Raises UsageError."""

    known = again.standing(kept.lately())
    finding = next((one for one in known.findings if one.check in (check.id, *check.aliases)), None) if known else None
    if known is None or finding is None:
        raise UsageError(
            _("No audit in your history asked “{title}”.").format(title=_(check.title)),
            _("Audit it first: privacyaudit audit {platform} --keep").format(platform=check.id.split(".")[0]),
        )
    return known, finding


def _decided(kind: Kind, check: Check, found: tuple[AuditRecord, Finding], day: str, because: str) -> Decision:
    """Return the decision that the words on the command line make. Raises UsageError."""

    record, finding = found
    if finding.verdict not in (Verdict.FAIL, Verdict.ACCEPTED):
        raise UsageError(
            _("“{title}” is not to change: the last audit says “{verdict}”.").format(
                title=_(check.title), verdict=labels.verdict(finding.verdict)
            ),
            _("Only what is to change can be accepted or planned. Audit it again first if that is out of date."),
        )
    if finding.revision != check.revision:
        raise UsageError(
            _("“{title}” has changed since your last audit.").format(title=_(check.title)),
            _("Audit it again first: privacyaudit audit {platform}").format(platform=check.id.split(".")[0]),
        )
    return decision(kind, check, finding, site_of(record, check), day_named(day), because)


def day_named(text: str) -> date:
    """Return the day that was typed; it must be after today, and at most a year away. Raises UsageError."""

    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            _("{text} is no day.").format(text=text),
            _("Write year, month and day like this: {day}").format(day=_example()),
        ) from None
    last = add_months(today(), MOST_MONTHS)
    if not today() < day <= last:
        raise UsageError(
            _("{day} is not a day after today and up to {last}.").format(day=i18n.day(day), last=i18n.day(last)),
            _("Choose a day in that time. You can decide again when it has come."),
        )
    return day


def _example() -> str:

    return add_months(today(), 3).isoformat()


def _list(kind: Kind, kept: History, catalogue: Catalogue) -> None:

    mine = sorted((one for one in kept.decisions() if one.kind == kind), key=lambda one: (one.until, one.check))
    if not mine:
        say(_("You have accepted nothing.") if kind == "accept" else _("You have planned nothing."))
    for one in mine:
        check = find(one.check, catalogue)
        passed = f" {_('That day has passed.')}" if one.until < today() else ""
        say(f"{i18n.day(one.until)}: {_(check.title) if check else one.check} ({one.check}).{passed}", rest="   ")
        if one.because:
            say(one.because, first="   ", rest="   ")


# -- in the walkthrough ----------------------------------------------------------------------------
