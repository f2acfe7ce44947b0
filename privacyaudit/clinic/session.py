"""A clinic from its opening to its one report."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clinic import counts, pages, record, tickets
from privacyaudit.clinic.counts import Sheet, Tally
from privacyaudit.clinic.store import Plan
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import CONTROL
from privacyaudit.offline import content
from privacyaudit.offline import page as offline_page
from privacyaudit.plan import QUICK_MOST
from privacyaudit.report import free_names
from privacyaudit.storage import files

TICKET = offline_page.TICKET
LONGEST_NAME = 80


def plan(
    catalogue: Catalogue,
    name: str,
    role: str | None,
    platforms: Sequence[str],
    *,
    quick: bool,
    address: str,
    port: int,
    today: date,
) -> Plan:
    """Plan a new clinic, with a code and a key of its own.

    Raises UsageError for a name that cannot be shown, an unknown role or platform, and for more checks than a phone can
    share at once.
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or CONTROL.search(plain) or "<" in plain or TICKET in plain:
        raise UsageError(
            _("A clinic needs a name of at most {number} letters, without <.").format(number=LONGEST_NAME),
            _('Write it like --name "Ysgol X".'),
        )
    made = Plan(
        id=secrets.token_hex(16),
        name=plain,
        role=catalogue.role(role).id,
        quick=quick,
        platforms=tuple(dict.fromkeys(platforms)),
        month=f"{today:%Y-%m}",
        code=tickets.new_code(),
        key=tickets.new_key().hex(),
        address=address,
        port=port,
    )
    if sheet(catalogue, made, today).largest_share() > counts.MAX_BODY:
        raise UsageError(
            _("That is more checks than one phone can share at once."), _("Name fewer platforms, or add --quick.")
        )
    return made


def sheet(catalogue: Catalogue, of: Plan, today: date) -> Sheet:
    """Return the checks of a clinic's page."""
    shown = content.services(catalogue, of.platforms, of.role, quick=of.quick, sites={}, today=today)
    checks = [(service.platform.id, entry.check) for service in shown for entry in service.entries]
    return counts.sheet(checks, of.role, QUICK_MOST if of.quick else None)


def tally(catalogue: Catalogue, of: Plan, today: date) -> Tally:
    """Return the counts of a new clinic."""
    return Tally(sheet(catalogue, of, today), bytes.fromhex(of.key))


def page(catalogue: Catalogue, of: Plan, today: date) -> str:
    """Draw the page that members use, with `TICKET` in it once."""
    return offline_page.build(catalogue, of.platforms, role=of.role, quick=of.quick, clinic=of.name, today=today)


def write(of: Plan, counted: Tally, catalogue: Catalogue, folder: Path, earlier: Sequence[Path]) -> list[Path]:
    """Write the report of a clinic that has ended, as HTML, CSV and JSON, and return the files in that order.

    A file that is there is never written over. Raises RecordError for an earlier one that cannot be read; SaveError.
    """
    made = record.make(of, counted)
    before = record.earlier(of.name, of.id, folder, earlier)
    paths = free_names(f"privacy-clinic-{of.month}-{of.id[:8]}", folder, ("html", "csv", "json"))
    texts = (pages.report(made, before, catalogue), record.rows(made), record.text(made))
    for path, text in zip(paths, texts, strict=True):
        files.write(path, text)
    return paths
