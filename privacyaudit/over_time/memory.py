"""An open history as far as an audit needs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from privacyaudit.over_time import known as again
from privacyaudit.over_time.known import Past

if TYPE_CHECKING:
    from datetime import date

    from privacyaudit.catalogue.loading import Catalogue, Loaded
    from privacyaudit.model import AuditRecord, Decision, Role

    pass
    from privacyaudit.plan import Plan


MOST_COUNTS = 8


@dataclass(frozen=True)
class Memory:
    """An open history as far as an audit needs it: what opens it, its records, the newest first, and its decisions."""

    secret: bytes | str = field(repr=False)
    records: tuple[AuditRecord, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def before(self, what: Plan) -> AuditRecord | None:
        """Return what the audits before say about the platforms of a plan, at the sites of that plan."""

        return again.standing(self.records, sites_of(what))

    def past(self, what: Plan, today: date) -> Past:
        """Return what is known about each check of a plan, and what was decided."""

        before = self.before(what)
        if before is not None:
            before = again.decided(again.undecided(before), self.decisions, today)
        standing = again.standing_decisions(self.decisions, sites_of(what))
        checks = [item.check for item in what.items]
        return Past(
            last=again.last(checks, before, today),
            decisions={
                check.id: standing[name] for check in checks for name in (*check.aliases, check.id) if name in standing
            },
        )


def sites_of(what: Plan) -> dict[str, str | None]:
    """Return the platforms of a plan, each with its site."""
    return {part.checklist.platform.id: part.site for part in what.parts}


def same_services(memory: Memory, catalogue: Catalogue) -> tuple[list[Loaded], dict[str, str]]:
    """Return the checklists that the audits before were about, and the site of each one that has one."""

    known = again.standing(memory.records)
    parts = [part for part in known.platforms if part.platform in catalogue.loaded] if known else []
    return (
        [catalogue.loaded[part.platform] for part in parts],
        {part.platform: part.site for part in parts if part.site},
    )


def same_role(memory: Memory, catalogue: Catalogue) -> Role | None:
    """Return the role of the newest audit, if there still is such a role."""
    newest = memory.records[0].role if memory.records else None
    return next((role for role in catalogue.roles if role.id == newest), None)
