"""The commands that show what there is: `list`, `show`, `guidance` and `lint`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from privacyaudit import labels
from privacyaudit.cli.options import AreasOption, ChecklistsOption
from privacyaudit.cli.parsing import areas_named, catalogue_with
from privacyaudit.cli.terminal import console, heading, say, width
from privacyaudit.clock import today
from privacyaudit.i18n import _, ngettext
from privacyaudit.judge import facts_are_old
from privacyaudit.model import Area, Confidence, has_address, last_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from privacyaudit.catalogue.loading import Loaded
    from privacyaudit.model import Check, Checklist

HELP = _("Show the platforms, how many checks each has, how many the browser can read and how old the facts are.")

ROOM_FOR_A_TABLE = 78

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(help=HELP)
def list_(
    word: Annotated[str, typer.Argument(metavar="WORD", help=_("Show the checks that contain this word."))] = "",
    checks: Annotated[bool, typer.Option("--checks", help=_("Show each check."))] = False,
    area: AreasOption = None,
    areas: Annotated[bool, typer.Option("--areas", help=_("Show how many checks each area has."))] = False,
    stale: Annotated[
        bool,
        typer.Option(
            "--stale",
            help=_("Show only checks with facts that are over two and a half years old, undated or from memory."),
        ),
    ] = False,
    checklists: ChecklistsOption = None,
) -> None:
    """Print the catalogue."""
    wanted = areas_named(area or [])
    catalogue = catalogue_with(checklists)
    chosen = [
        (one, [check for check in one.checklist.checks if _fits(check, wanted, word, stale=stale)])
        for one in catalogue.loaded.values()
    ]
    if checks or word or stale:
        for one, found in chosen:
            if found:
                heading(f"{_(one.checklist.platform.name)} ({one.checklist.platform.id})")
            for check in found:
                say(f"{check.id}: {_(check.title)} [{labels.area(check.area)}]", first="  ", rest="    ")
        if not any(found for _one, found in chosen):
            say(_("No checks match."))
    else:
        _print_table(chosen, by_area=areas)


def _fits(check: Check, areas: Sequence[Area], word: str, *, stale: bool) -> bool:

    words = " ".join((check.id, _(check.title), _(check.question), _(check.why))).lower()
    old = check.confidence is Confidence.LOW or facts_are_old(check, today())
    return (not areas or check.area in areas) and word.lower() in words and (old or not stale)


def _print_table(chosen: Sequence[tuple[Loaded, Sequence[Check]]], *, by_area: bool) -> None:
    """Print a row for each platform; in a narrow window, and with areas, a sentence that wraps between words."""
    if by_area or width() < ROOM_FOR_A_TABLE:
        for one, found in chosen:
            say(f"{one.checklist.platform.id}: {_told(one, found, by_area=by_area)}", rest="  ")
    else:
        _table(chosen)
    say()
    say(
        _("{checks} checks on {platforms} platforms and practices.").format(
            checks=sum(len(found) for _one, found in chosen), platforms=len(chosen)
        )
    )
    if not by_area:
        say(_("Browser: how many checks a browser can read. You always answer the other checks by hand."))
        say(_("Oldest: when the oldest source of these checks was written or archived."))
        say(_("Undated: how many checks come from pages without a date, or from memory."))
        heading(_("Why you answer some checks by hand"))
        for one, _found in chosen:
            if why := labels.by_hand(one.checklist.platform):
                say(why, first="  ", rest="    ")


def _table(chosen: Sequence[tuple[Loaded, Sequence[Check]]]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(_("Platform"), no_wrap=True)
    longest = max((len(word) for one, _found in chosen for word in _(one.checklist.platform.name).split()), default=0)
    table.add_column(_("Name"), min_width=longest)
    for name in (_("Checks"), _("Browser"), _("Oldest"), _("Undated")):
        table.add_column(name, no_wrap=True, justify="right")
    for one, found in chosen:
        platform = one.checklist.platform
        counts = (str(len(found)), str(_readable(found) or "–"), _facts_from(found), str(_undated(found) or "–"))
        table.add_row(platform.id, _(platform.name), *counts)
    console().print(table)


def _told(one: Loaded, found: Sequence[Check], *, by_area: bool) -> str:
    """Return what a row of the table says, as a sentence; or how many checks each area has."""
    name = _(one.checklist.platform.name)
    checks = ngettext("{number} check", "{number} checks", len(found)).format(number=len(found))
    if by_area:
        counts = {which: sum(check.area is which for check in found) for which in Area}
        return f"{checks}. " + ", ".join(f"{labels.area(which)} {count}" for which, count in counts.items() if count)
    return _("{name}. {checks}, {number} by browser, oldest fact {month}, {undated} undated").format(
        name=name, checks=checks, number=_readable(found), month=_facts_from(found), undated=_undated(found)
    )


def _readable(checks: Sequence[Check]) -> int:
    return sum(1 for check in checks if check.probes)


def _undated(checks: Sequence[Check]) -> int:
    return sum(1 for check in checks if not check.dated)


def _facts_from(checks: Sequence[Check]) -> str:
    """Return the month, or the year, of the check whose newest page is the oldest."""
    dated = [check.newest for check in checks if check.dated]
    return min(dated, key=last_day)[: len("2026-08")] if dated else "–"


def parts(checklist: Checklist, check: Check) -> list[tuple[str, list[str]]]:
    """Return what a check says, each part with its heading."""
    options = []
    for option in check.options:
        verdict = option.verdict_for("default")
        line = f"{labels.shape(verdict)} {_(option.label)}: {labels.verdict(verdict)}"
        if isinstance(option.verdict, dict):
            others = [
                f"{role}: {labels.verdict(option.verdict_for(role))}" for role in option.verdict if role != "default"
            ]
            line += f" ({', '.join(others)})"
        if option.id == check.default:
            line += " " + _("[set for a new account]")
        options.append(line)
    way = checklist.where(check)
    where = [way.web] if way.web and has_address(way.web) else []
    for name, steps in ((_("Menu"), way.menu), (_("iPhone"), way.ios), (_("Android"), way.android)):
        if steps:
            where.append(f"{name}: {' › '.join(_(step) for step in steps)}")
    parts = [
        (_("Question"), [_(check.question)]),
        (_("Why it matters"), [_(check.why)]),
        (_("Where to look"), where),
        (_("Answers"), options),
        (_("What to do"), [f"{n}. {_(step)}" for n, step in enumerate(check.fix, 1)]),
        (_("Before you start"), [_(check.caution)] if check.caution else []),
        (_("Guidance"), list(check.guidance)),
    ]
    return [(title, lines) for title, lines in parts if lines]
