"""The offline page: one HTML file with every question, its answers and what they mean, and a script to walk through.

The printed checklist in it is the data: the script reads it, and without a script it is what people see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from privacyaudit import __version__, clock, effort, i18n, labels
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.i18n import _
from privacyaudit.model import Group, Role
from privacyaudit.offline.content import Content, content, part_of
from privacyaudit.offline.keeping import icon, register
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

    `months` is how often the calendar entry comes. `order` is that of the screens, as their places on the page, and
    `short` that in a short round; an order that is the page's own is left out.
    """

    id: str
    name: str
    summary: str
    months: int
    order: tuple[int, ...]
    short: tuple[int, ...]
    signposts: tuple[str, ...]


def build(
    catalogue: Catalogue,
    platforms: Sequence[str] = (),
    *,
    role: str | None = None,
    quick: bool = False,
    sites: Mapping[str, str] | None = None,
    clinic: str | None = None,
    kept: bool = False,
    window: bool = False,
    today: date | None = None,
) -> str:
    """Return the page for these platforms (none: all but the demo's) as HTML, in the language spoken now.

    Without a role the page asks for it. `sites` are the person's own addresses by platform. With the name of a clinic,
    the page offers to share counts with the server that it came from, and holds `TICKET` once, for that server to
    replace. A page that is `kept` belongs to a site that the browser keeps. A `window` is served by the program itself,
    with which its script talks.

    Raises UsageError for a platform, role or site that does not fit.
    """
    day = today or clock.today()
    part = part_of(platforms, quick=quick)
    shown = content(catalogue, platforms, role, part=part, sites=sites or {}, today=day)
    known = (catalogue.role(role),) if role else catalogue.roles
    foot = _("Privacy checklist, {day}. Not evidence of anything.").format(day=i18n.day(day))
    return draw(
        "page.html.j2",
        signs().values(),
        foot,
        style="page.css",
        script=script(kept=kept, window=window),
        connect=clinic is not None or window,
        register=register() if kept else "",
        icon=icon() if kept else "",
        pictures=window,
        language=i18n.language(),
        services=shown.services,
        named=bool(platforms),
        devices=any(way.devices != "menu" for service in shown.services for way in service.ways),
        roles=[_who(one, shown) for one in known],
        scope=_scope(known, quick=quick),
        consent=consent(),
        quick=quick,
        most=QUICK_MOST,
        pace=(effort.WORDS_A_MINUTE, effort.at_a_line(), effort.at_a_change()),
        clinic=clinic,
        window=window,
        ticket=TICKET,
        habits=labels.group(Group.PRACTICE),
        phrases=phrases(_most(shown, known), clinic=clinic is not None, kept=kept, window=window),
        reminder=_(NEUTRAL_TITLE),
        version=__version__,
        day=i18n.day(day),
    )


def consent() -> str:
    """Return the sentence that says for which accounts a page is, and what an employer may not ask."""
    return _(
        "Use this page for your own accounts, or for somebody else's while they sit beside you. An "
        "employer must not require it or ask to see your answers."
    )


def _who(role: Role, shown: Content) -> RoleOnPage:
    return RoleOnPage(
        id=role.id,
        name=_(role.name),
        summary=_(role.summary),
        months=role.remind,
        order=_unless_its_own(shown.order(role.id)),
        short=_unless_its_own(shown.order(role.id, short=True)),
        signposts=tuple(_(line) for line in role.signposts),
    )


def _unless_its_own(order: tuple[int, ...]) -> tuple[int, ...]:
    return () if list(order) == sorted(order) else order


def _scope(roles: Sequence[Role], *, quick: bool) -> list[str]:
    lines = [_("For: {role}.").format(role=_(roles[0].name))] if len(roles) == 1 else []
    if quick:
        lines.append(_("This is the ten-minute version. It has only the essential checks."))
    return lines


def _most(shown: Content, roles: Sequence[Role]) -> int:
    """Return the highest number that a sentence of the page can hold: of checks, of minutes or of months."""
    items = [item for stop in shown.stops for item in stop.items]
    longest = max(effort.minutes(sum(stop.seconds for stop in shown.way(role.id))) for role in roles)
    return max(len(items), longest, *(role.remind for role in roles))
