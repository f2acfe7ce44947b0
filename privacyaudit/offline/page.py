"""The offline page: one HTML file with every question, its answers and what they mean, and a script to walk through.

The printed checklist in it is the data: the script reads it, and without a script it is what people see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from privacyaudit import __version__, clock, i18n, labels
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.i18n import _
from privacyaudit.model import Area, Group, Role, Severity
from privacyaudit.offline.content import Service, services
from privacyaudit.offline.phrases import phrases
from privacyaudit.offline.script import script
from privacyaudit.plan import QUICK_MOST
from privacyaudit.reminders.calendar import NEUTRAL_TITLE
from privacyaudit.report.counts import signs
from privacyaudit.report.drawing import draw

TICKET = "__TICKET__"
"""What a clinic's server replaces, once, by a word of its own for each person."""


@dataclass(frozen=True, slots=True)
class RoleOnPage:
    """A role as the page shows it.

    The checklists that go with it are ticked at first; `months` is how often the calendar entry comes.
    """

    id: str
    name: str
    summary: str
    months: int
    checklists: tuple[str, ...]
    signposts: tuple[str, ...]


def build(
    catalogue: Catalogue,
    platforms: Sequence[str] = (),
    *,
    role: str | None = None,
    quick: bool = False,
    sites: Mapping[str, str] | None = None,
    clinic: str | None = None,
    today: date | None = None,
) -> str:
    """Return the page for these platforms (none: all but the demo's) as HTML, in the language spoken now.

    Without a role the page asks for it. `sites` are the person's own addresses by platform. With the name of a clinic,
    the page offers to share counts with the server that it came from, and holds `TICKET` once, for that server to
    replace. Raises UsageError for a platform, role or site that does not fit.
    """
    day = today or clock.today()
    chosen = services(catalogue, platforms, role, quick=quick, sites=sites or {}, today=day)
    known = (catalogue.role(role),) if role else catalogue.roles
    foot = _("Privacy checklist, {day}. Not evidence of anything.").format(day=i18n.day(day))
    return draw(
        "page.html.j2",
        signs().values(),
        foot,
        style="page.css",
        script=script(),
        connect=clinic is not None,
        language=i18n.language(),
        services=chosen,
        roles=[_who(one) for one in known],
        scope=_scope(known, quick=quick),
        consent=_(
            "This is for your own accounts, or for those of somebody who sits beside you. An employer must not require "
            "it or ask to see your answers."
        ),
        most=QUICK_MOST if quick else None,
        clinic=clinic,
        ticket=TICKET,
        areas={one.value: labels.area(one) for one in Area},
        groups={one.value: labels.group(one) for one in Group},
        severities={one.value: labels.severity(one) for one in Severity},
        phrases=phrases(_most(chosen, known)),
        reminder=_(NEUTRAL_TITLE),
        version=__version__,
        day=i18n.day(day),
    )


def _who(role: Role) -> RoleOnPage:
    signposts = tuple(_(line) for line in role.signposts)
    return RoleOnPage(role.id, _(role.name), _(role.summary), role.remind, role.checklists, signposts)


def _scope(roles: Sequence[Role], *, quick: bool) -> list[str]:
    lines = [_("For: {role}.").format(role=_(roles[0].name))] if len(roles) == 1 else []
    if quick:
        lines.append(_("This is the short round: it has the essential checks only."))
    return lines


def _most(chosen: Sequence[Service], roles: Sequence[Role]) -> int:
    """Return the highest number that a sentence of the page can hold: of checks, of minutes or of months."""
    checks = [entry.check for service in chosen for entry in service.entries]
    return max(len(checks), round(sum(check.minutes for check in checks)) + 1, *(role.remind for role in roles))
