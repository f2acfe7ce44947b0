"""An open history as far as an audit needs it: what was known, what was decided, and where the new record goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from privacyaudit.catalogue.loading import Catalogue, Loaded
from privacyaudit.errors import AuditError, SaveError
from privacyaudit.i18n import _
from privacyaudit.model import AuditRecord, Count, Decision, Role
from privacyaudit.over_time.history import History, exists
from privacyaudit.over_time.known import Past, decided, last, standing, standing_decisions, timely, undecided
from privacyaudit.plan import Plan

MOST_COUNTS = 8


@dataclass(frozen=True)
class Memory:
    """What opens the history, its records, the newest first, and its decisions."""

    secret: bytes | str = field(repr=False)
    records: tuple[AuditRecord, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @classmethod
    def open(cls, secret: bytes | str) -> Memory:
        """Read the history. Raises RecordError, SaveError and MissingExtra."""
        with History.open(secret) as kept:
            return cls(secret, tuple(kept.lately()), tuple(kept.decisions()))

    def before(self, plan: Plan) -> AuditRecord | None:
        """Return what the audits before say about the platforms of a plan, at the sites of that plan."""
        return standing(self.records, plan.sites)

    def past(self, plan: Plan, today: date) -> Past:
        """Return what is known about each check of a plan, and what was decided."""
        before, made = self.before(plan), timely(self.decisions, today)
        if before is not None:
            before = decided(undecided(before), made, today)
        decisions = standing_decisions(made, plan.sites)
        checks = [item.check for item in plan.items]
        return Past(
            last=last(checks, before, today),
            decisions={
                check.id: decisions[name] for check in checks for name in reversed(check.names) if name in decisions
            },
        )

    def same_services(self, catalogue: Catalogue) -> tuple[list[Loaded], dict[str, str]]:
        """Return the checklists that the audits before were about, and the site of each one that has one."""
        known = standing(self.records)
        parts = [part for part in known.platforms if part.platform in catalogue.loaded] if known else []
        return (
            [catalogue.loaded[part.platform] for part in parts],
            {part.platform: part.site for part in parts if part.site},
        )

    def same_role(self, catalogue: Catalogue) -> Role | None:
        """Return the role of the newest audit, if there still is such a role."""
        newest = self.records[0].role if self.records else None
        return next((role for role in catalogue.roles if role.id == newest), None)

    def keep(self, record: AuditRecord, decisions: Sequence[Decision]) -> tuple[list[Count], AuditError | None]:
        """Save a record and what was decided about it; return the counts over time that its report shows, or why not.

        The counts are those of the newest audits of the same services, at most `MOST_COUNTS`, the oldest first.
        """
        try:
            if not exists():
                return [], SaveError(_("Your history was removed while this audit ran, so the audit is not in it."))
            with History.open(self.secret) as kept:
                kept.save(record)
                for decision in decisions:
                    kept.decide(decision)
                return kept.over_time({part.platform: part.site for part in record.platforms}, MOST_COUNTS), None
        except AuditError as error:
            return [], error
