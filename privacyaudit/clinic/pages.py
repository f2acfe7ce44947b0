"""What people see of a clinic: the board for the projector, the page to join, the report for the branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from privacyaudit import i18n, shipped
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clinic import hiding
from privacyaudit.clinic.counts import Tally
from privacyaudit.clinic.hiding import Span
from privacyaudit.clinic.record import CheckCounts, ClinicRecord, Figure
from privacyaudit.clinic.store import Plan
from privacyaudit.i18n import _, ngettext
from privacyaudit.model import Check
from privacyaudit.offline import codes
from privacyaudit.report.drawing import draw

SHOWN_ON_BOARD = 5
SHOWN_FIRST = 3
SHOWN_EARLIER = 3


@dataclass(frozen=True)
class Titles:
    """The names of platforms and the titles of checks, in the language spoken now."""

    catalogue: Catalogue

    def platform(self, platform: str) -> str:
        """Return the name of a platform, or its id where its checklist is gone."""
        loaded = self.catalogue.loaded.get(platform)
        return _(loaded.checklist.platform.name) if loaded else platform

    def check(self, platform: str, check: str) -> Check | None:
        """Return a check, or None where it is gone."""
        loaded = self.catalogue.loaded.get(platform)
        return loaded.checklist.check(check) if loaded else None

    def title(self, platform: str, check: str) -> str:
        """Return the title of a check, or its id where it is gone."""
        found = self.check(platform, check)
        return _(found.title) if found else check


def figure(low: int, high: int, people: int) -> str:
    """Say how many people it was, as far as that may be told."""
    if low == high:
        return str(low)
    if low < hiding.SMALL:
        return _("fewer than {number}").format(number=high + 1)
    if high == low + 1:
        return _("{low} or {high}").format(low=low, high=high)
    if high < people:
        return _("{low} to {high}").format(low=low, high=high)
    if low * 5 >= people * 4:
        return _("nearly all ({number} or more)").format(number=low)
    return _("{number} or more").format(number=low)


def took_part(people: int) -> str:
    """Say how many people took part."""
    return ngettext("{number} person has taken part", "{number} people have taken part", people).format(number=people)


# -- the board -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One thing to change as the board shows it."""

    title: str
    platform: str
    to_change: str
    fixed: str


def board(plan: Plan, tally: Tally, titles: Titles, join: str, picture: str) -> str:
    """Draw the board: how to join, how many took part and, from ten on, what is most often to change.

    `join` is the address to type and `picture` a QR code of the whole address as SVG, or nothing. An address that only
    this computer can open is not for phones, and the board says so. Without `join` the computer has lost the address.
    """
    told = tally.board()
    often = sorted(
        (row for row in told if row.to_change and row.to_change.low >= hiding.SMALL),
        key=lambda row: -row.to_change.low if row.to_change else 0,
    )
    rows = [
        BoardRow(
            titles.title(row.line.platform, row.line.check),
            titles.platform(row.line.platform),
            _at_least(row.to_change),
            _at_least(row.fixed),
        )
        for row in often[:SHOWN_ON_BOARD]
    ]
    changed = sum(row.fixed.low for row in told if row.fixed)
    return draw(
        "clinic-board.html.j2",
        (),
        "",
        style="clinic.css",
        script=_script("board.js"),
        connect=True,
        language=i18n.language(),
        plan=plan,
        code=" ".join((plan.code[:3], plan.code[3:])),
        join=join,
        picture=picture,
        only_here=codes.only_here(f"http://{join}"),
        people=tally.people,
        took_part=took_part(tally.people),
        crowd=hiding.CROWD,
        told=bool(tally.people >= hiding.CROWD),
        rows=rows,
        changed=changed,
    )


def _at_least(span: Span | None) -> str:
    if span is None:
        return ""
    if span.low < hiding.SMALL:
        return _("fewer than {number}").format(number=hiding.SMALL)
    return _("at least {number}").format(number=span.low)


@cache
def _script(name: str) -> str:
    return (shipped.folder("reports") / "clinic" / name).read_text(encoding="utf-8")


# -- to join, and short sentences ------------------------------------------------------------------


def join(name: str, trouble: str = "") -> str:
    """Draw the page on which a join code is typed; its form may be sent to the server that it came from."""
    return draw(
        "clinic-join.html.j2",
        (),
        "",
        style="clinic.css",
        forms=True,
        language=i18n.language(),
        clinic=name,
        trouble=trouble,
    )


def note(name: str, sentence: str, advice: str) -> str:
    """Draw a page that says one thing."""
    return draw(
        "clinic-note.html.j2",
        (),
        "",
        style="clinic.css",
        language=i18n.language(),
        clinic=name,
        sentence=sentence,
        advice=advice,
    )


# -- the report ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One check as the report shows it; `earlier` are the same numbers of earlier clinics, in their order."""

    title: str
    platform: str
    told: str
    to_change: str
    fixed: str
    steps: tuple[str, ...]
    earlier: tuple[str, ...]


def report(record: ClinicRecord, earlier: Sequence[ClinicRecord], catalogue: Catalogue) -> str:
    """Draw the report for the branch: a summary, what is most often to change, and how it was at earlier clinics."""
    titles = Titles(catalogue)
    shown = list(earlier[-SHOWN_EARLIER:])
    before = [{row.check: row for row in one.checks} for one in shown]
    told = sorted(
        (row for row in record.checks if row.to_change), key=lambda row: -row.to_change.low if row.to_change else 0
    )
    lines = [(row, _row(row, record, titles, shown, before)) for row in told]
    often = [line for row, line in lines if row.to_change and row.to_change.low >= hiding.SMALL]
    changed = sum(row.fixed.low for row in record.checks if row.fixed)
    role = catalogue.role(record.role)
    return draw(
        "clinic-report.html.j2",
        (),
        _("Privacy clinic, {month}. Counts only. Not evidence of anything.").format(month=month(record)),
        style="clinic.css",
        language=i18n.language(),
        record=record,
        month=month(record),
        role=_(role.name),
        signposts=[_(one) for one in role.signposts],
        headline=_headline(record, len(often)),
        often=often,
        first=often[:SHOWN_FIRST],
        seldom=[line for row, line in lines if row.to_change and row.to_change.low < hiding.SMALL],
        changed=changed,
        crowd=hiding.CROWD,
        small=hiding.SMALL,
        earlier=[(month(one), took_part(one.taking_part)) for one in shown],
    )


def month(record: ClinicRecord) -> str:
    """Return the month of a clinic in words."""
    return i18n.month(date.fromisoformat(f"{record.month}-01"))


def _headline(record: ClinicRecord, often: int) -> str:
    if record.taking_part < hiding.CROWD or not often:
        return _("{people}.").format(people=took_part(record.taking_part))
    things = ngettext("{number} thing", "{number} things", often).format(number=often)
    return _("{people}, and {things} came up often.").format(people=took_part(record.taking_part), things=things)


def _row(
    row: CheckCounts,
    record: ClinicRecord,
    titles: Titles,
    shown: Sequence[ClinicRecord],
    before: Sequence[Mapping[str, CheckCounts]],
) -> ReportRow:
    check = titles.check(row.platform, row.check)
    return ReportRow(
        title=titles.title(row.platform, row.check),
        platform=titles.platform(row.platform),
        told="" if row.told is None else str(row.told),
        to_change=_said(row.to_change, record.taking_part),
        fixed=_said(row.fixed, row.to_change.high if row.to_change else record.taking_part),
        steps=tuple(_(step) for step in check.fix) if check else (),
        earlier=tuple(_then(row, one, rows) for one, rows in zip(shown, before, strict=True)),
    )


def _said(told: Figure | None, people: int) -> str:
    return "" if told is None else figure(told.low, told.high, people)


def _then(row: CheckCounts, clinic: ClinicRecord, rows: Mapping[str, CheckCounts]) -> str:
    """Return how many had it to change at an earlier clinic; nothing where the check was not asked or means another."""
    found = rows.get(row.check)
    if found is None or found.revision != row.revision or found.to_change is None:
        return ""
    people = str(clinic.taking_part)
    return _("{number} of {people}").format(number=_said(found.to_change, clinic.taking_part), people=people)
