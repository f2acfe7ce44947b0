"""What a person decides about an answer that is to change: keep it until a day, or change it by a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from privacyaudit.clock import now
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Decision

if TYPE_CHECKING:
    from privacyaudit.model import AuditRecord, Check, Finding


MOST_MONTHS = 12
LONGEST_REASON = 200
Kind = Literal["accept", "plan"]


def decision(kind: Kind, check: Check, finding: Finding, site: str | None, until: date, because: str) -> Decision:
    """Return a decision about the answer that was found. Raises UsageError for a reason that cannot be kept."""
    from pydantic import ValidationError

    try:
        return Decision(
            kind=kind,
            check=check.id,
            revision=check.revision,
            option=finding.option or "",
            site=site,
            until=until,
            because=because.strip(),
            at=now(),
        )
    except ValidationError as error:
        raise UsageError(
            _("The reason is longer than {number} characters.").format(number=LONGEST_REASON),
            _("Write it in fewer words. Nothing was changed."),
        ) from error


def site_of(record: AuditRecord, check: Check) -> str | None:
    """Return the site at which a record looked at the platform of a check."""
    platform = check.id.split(".")[0]
    return next((part.site for part in record.platforms if part.platform == platform), None)
