"""Which checks of which platforms are audited, for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from privacyaudit.catalogue.loading import Catalogue, Loaded
from privacyaudit.catalogue.sites import bind, site_of
from privacyaudit.clock import now
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.journal import Header, Journal
from privacyaudit.model import (
    Area,
    Check,
    Checklist,
    Device,
)

QUICK_MOST = 12
"""How many questions fit into ten minutes; see docs/own/check-my-own-accounts.md."""


@dataclass(frozen=True)
class Item:
    """One check of a plan together with the checklist it belongs to."""

    checklist: Checklist
    check: Check


@dataclass(frozen=True)
class Part:
    """One platform of a plan: its checklist, bound to a site, and where it came from."""

    loaded: Loaded
    checklist: Checklist
    site: str | None


@dataclass(frozen=True)
class Plan:
    """Which checks of which platforms are audited, for whom."""

    role: str
    parts: tuple[Part, ...]
    quick: bool = False
    areas: tuple[Area, ...] = ()

    def header(self, device: Device | None = None) -> Header:
        """Return the header of a journal about this plan, begun now; `device` is where the person looks."""
        return Header(
            started=now(),
            role=self.role,
            platforms=tuple(self.sites),
            sites={platform: site for platform, site in self.sites.items() if site},
            areas=self.areas,
            quick=self.quick,
            device=device,
        )

    @property
    def sites(self) -> dict[str, str | None]:
        """Return the platforms, each with its site."""
        return {part.checklist.platform.id: part.site for part in self.parts}

    @property
    def items(self) -> list[Item]:
        """Return the chosen checks in order; a quick audit takes at most `QUICK_MOST` of the essential ones."""
        chosen = [
            Item(part.checklist, check)
            for part in self.parts
            for check in part.checklist.checks
            if (not self.quick or check.essential) and (not self.areas or check.area in self.areas)
        ]
        return _in_turns(chosen, QUICK_MOST) if self.quick else chosen


def _in_turns(items: Sequence[Item], most: int) -> list[Item]:
    """Keep at most so many checks, taken from the platforms in turns: first the first of each, then the second."""
    turn: dict[str, int] = {}
    ranked = []
    for position, item in enumerate(items):
        name = item.checklist.platform.id
        turn[name] = turn.get(name, 0) + 1
        ranked.append((turn[name], position))
    kept = {position for _turn, position in sorted(ranked)[:most]}
    return [item for position, item in enumerate(items) if position in kept]


def plan(
    chosen: Iterable[Loaded],
    role: str,
    sites: Mapping[str, str],
    *,
    quick: bool = False,
    areas: Sequence[Area] = (),
) -> Plan:
    """Make a plan; a platform that is chosen twice is in it once.

    Raises UsageError when no check is left in it or a site does not fit.
    """
    parts = []
    for platform, loaded in {loaded.checklist.platform.id: loaded for loaded in chosen}.items():
        site = site_of(loaded.checklist, sites.get(platform))
        parts.append(Part(loaded, bind(loaded.checklist, sites.get(platform)), site))
    made = Plan(role, tuple(parts), quick, tuple(areas))
    if strange := set(sites) - {part.checklist.platform.id for part in parts}:
        raise UsageError(
            _("--site names “{name}”, which is not part of this audit.").format(name=sorted(strange)[0]),
            _("Add the platform, or leave --site out."),
        )
    if not made.items:
        raise UsageError(
            _("No check matches what you asked for, so the program has nothing to audit."),
            _("Leave out a limit such as --quick, or choose another platform."),
        )
    return made


def continued(catalogue: Catalogue, notes: Journal) -> Plan:
    """Return the plan of an unfinished audit, and give its notes the ids that checks have today.

    Raises UsageError when it cannot be gone on with, because of a checklist that is gone.
    """
    header = notes.header
    try:
        chosen = [catalogue.checklist(name) for name in header.platforms]
        of = plan(chosen, catalogue.role(header.role).id, header.sites, quick=header.quick, areas=header.areas)
    except UsageError as error:
        raise UsageError(
            _("The unfinished audit in {path} cannot be continued. {what}").format(path=notes.path, what=error.what),
            _(
                "The program did not change the file. If that audit used your own checklists, name them with "
                "--checklists. Or start a new audit without --resume: the program then keeps this one under another "
                "name."
            ),
        ) from error
    notes.rename(item.check for item in of.items)
    return of
