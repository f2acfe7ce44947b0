"""Sheets for a clinic on paper: the essential checks of each platform on A4, and an A5 card for the next post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from privacyaudit import clock, i18n
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.i18n import N_, _
from privacyaudit.model import Area, Verdict
from privacyaudit.offline import codes
from privacyaudit.offline.content import Entry, Place, content
from privacyaudit.report.cards import Address
from privacyaudit.report.counts import signs
from privacyaudit.report.drawing import draw

HABITS = "everyday"
BEFORE_YOU_POST = "ewc-4.4-before-post"
"""The clause that the card answers; a check that answers it asks for this card, so it is not on it."""

QUESTIONS = (
    N_("Could this post make me or my employer look bad?"),
    N_("Am I writing as myself or for my work?"),
    N_("Would other people think that it is fair?"),
)
"""The three questions of that clause, in our words."""


@dataclass(frozen=True, slots=True)
class HandoutRow:
    """One check on a sheet, which of its answers need a change, and links with a QR code where one can be drawn."""

    entry: Entry
    to_change: frozenset[str]
    links: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class HandoutScreen:
    """One screen of a platform and its essential checks; the screen's own link stands beside the first of them."""

    place: Place
    rows: tuple[HandoutRow, ...]


@dataclass(frozen=True, slots=True)
class HandoutSheet:
    """The essential checks of one platform, screen by screen in the order of the walk."""

    name: str
    screens: tuple[HandoutScreen, ...]


def sheets(
    catalogue: Catalogue,
    platforms: Sequence[str] = (),
    *,
    role: str | None = None,
    sites: Mapping[str, str] | None = None,
    today: date | None = None,
) -> str:
    """Return the sheets for these platforms (none: all but the demo's) as HTML; a platform begins on a new page.

    Without a role, answers are marked as they are for everyone. Raises UsageError for a platform, role or site that
    does not fit.
    """
    day = today or clock.today()
    who = catalogue.role(role)
    shown = content(catalogue, platforms, role, part="essential", sites=sites or {}, today=day)
    return draw(
        "handout.html.j2",
        signs().values(),
        _("Privacy checklist, {day}. Not evidence of anything.").format(day=i18n.day(day)),
        style="handout.css",
        language=i18n.language(),
        sheets=[
            HandoutSheet(one.name, tuple(_screen(place, who.id) for place in one.places)) for one in shown.services
        ],
        role=_(who.name) if role else "",
        mark=signs()[Verdict.FAIL],
        day=i18n.day(day),
    )


def _screen(place: Place, role: str) -> HandoutScreen:
    first, *others = place.entries
    return HandoutScreen(
        place, (_row(first, role, place.web, first.web), *(_row(one, role, one.web) for one in others))
    )


def _row(entry: Entry, role: str, *links: Address | None) -> HandoutRow:
    failing = frozenset(option.id for option in entry.check.options if option.verdict_for(role) is Verdict.FAIL)
    urls = dict.fromkeys(link.url for link in links if link)
    return HandoutRow(entry, failing, tuple((url, codes.svg(url)) for url in urls))


def card(catalogue: Catalogue, *, role: str | None = None, today: date | None = None) -> str:
    """Return the card to read before a post, as HTML for one sheet of A5. Raises UsageError for an unknown role."""
    day = today or clock.today()
    who = catalogue.role(role)
    [habits] = content(catalogue, [HABITS], role, sites={}, today=day).services
    conduct = [entry for entry in habits.entries if entry.check.area is Area.CONDUCT]
    return draw(
        "card.html.j2",
        signs().values(),
        _("Not evidence of anything."),
        style="handout.css",
        language=i18n.language(),
        questions=[_(question) for question in QUESTIONS],
        aims=[entry.card.title for entry in conduct if BEFORE_YOU_POST not in entry.check.guidance],
        signposts=[_(line) for line in who.signposts],
    )
