"""What a report shows, worked out before anything is drawn: pure, and in the language spoken now.

The templates only walk over a `View`. Every text of a checklist is translated here, and is still plain text: it is
escaped where it is drawn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from privacyaudit import i18n, labels
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.judge import OLD_AFTER_DAYS
from privacyaudit.model import AuditRecord, Checklist, Count, Flag, Guidance, Platform, PlatformRecord, Verdict
from privacyaudit.over_time.compare import compare, day_of
from privacyaudit.report import changes
from privacyaudit.report.cards import Address, Card, Cards, address, bound_by_record, given_sites, minutes
from privacyaudit.report.counts import NOT_REACHED, Sign, Table, by_audit, count, kind, signs, signs_of, tables
from privacyaudit.report.first import First, first, lead
from privacyaudit.report.headline import Headline, headline
from privacyaudit.report.places import Places, ServicePart, together

_INTERVAL = re.compile(rb"^RRULE:FREQ=MONTHLY;INTERVAL=([0-9]+)\r?$", re.MULTILINE)

_INTROS = {
    Verdict.FAIL.value: N_(
        "Each line says how a setting should be, and what to do. Open each screen once and go through its "
        "lines. This page does not save your ticks."
    ),
    Verdict.CHOICE.value: N_("These settings are neither right nor wrong. Decide what suits your work and your life."),
    Verdict.UNKNOWN.value: N_("“Could not tell” does not mean fine, so check these settings again."),
    Verdict.ACCEPTED.value: N_("You know about these, and you are leaving them as they are for now."),
    Verdict.PASS.value: N_("There is nothing to do here."),
    Verdict.NOT_APPLICABLE.value: N_("You said, or the page showed, that these do not apply to you."),
    NOT_REACHED: N_("You stopped before these checks. Continue the audit where you left off: that takes {time}."),
}
_FIRST = (Verdict.FAIL.value, Verdict.UNKNOWN.value, NOT_REACHED)
_ORDER = (*_FIRST, *(one.value for one in Verdict if one.value not in _FIRST))
_STEPS = {
    Verdict.FAIL.value: N_("What to do"),
    Verdict.CHOICE.value: N_("If you want to change it"),
    Verdict.UNKNOWN.value: N_("If it needs changing"),
    Verdict.ACCEPTED.value: N_("When you want to change it"),
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """All cards of one kind, by service and screen.

    `steps` is the heading above the steps; where it is empty there is nothing to do, and the shelf starts folded.
    """

    sign: Sign
    count: int
    intro: str
    steps: str
    parts: tuple[ServicePart, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """Return its cards in the order in which they are shown."""
        return tuple(card for part in self.parts for card in part.cards)

    @property
    def to_change(self) -> bool:
        """Tell whether this is what is to change, which has boxes to tick."""
        return self.sign.name == Verdict.FAIL

    @property
    def by_screen(self) -> bool:
        """Tell whether a person goes from screen to screen for it."""
        return self.sign.name in (Verdict.FAIL, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True)
class More:
    """Further pages of one platform, as (what for, link), and the second steps that it offers for signing in."""

    platform: str
    links: tuple[tuple[str, Address], ...]
    second_steps: str


@dataclass(frozen=True, slots=True)
class Session:
    """How the browser session on one platform went."""

    platform: str
    refused: str
    hosts: tuple[str, ...]
    ended: str
    link: Address | None


@dataclass(frozen=True, slots=True)
class Guide:
    """A published guide, and those of its clauses that stand behind the findings, as (id, text in our words)."""

    title: str
    clauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed since the last audit, and how the audits came out one after the other, if there are enough."""

    shown: changes.ChangesView
    over_time: tuple[Count, ...]
    table: Table | None


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """An iCalendar file that is written beside the report."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Calendar:
    """The name of the calendar file beside the report, and what it does."""

    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a report shows, and the record it was made from.

    `scope` says whom and what the audit was about, `lead` what was changed during it and what is left, `since` what may
    have changed after it. `done` is what was changed. `limits` are
    (platform, lines). `files` are the names of the files that are being written, and `kept_by` says who else can read
    them. A first audit has no `changes`.
    """

    record: AuditRecord
    language: str
    headline: Headline
    finished: str
    scope: tuple[str, ...]
    lead: str
    first: First
    signs: tuple[Sign, ...]
    tables: tuple[Table, ...]
    changes: Changes | None
    shelves: tuple[Shelf, ...]
    done: tuple[ServicePart, ...]
    calendar: Calendar | None
    limits: tuple[tuple[str, tuple[str, ...]], ...]
    more: tuple[More, ...]
    since: tuple[str, ...]
    guides: tuple[Guide, ...]
    signposts: tuple[str, ...]
    sessions: tuple[Session, ...]
    files: tuple[str, ...]
    kept_by: str


def build(
    record: AuditRecord,
    known: Catalogue,
    guides: Sequence[Guidance],
    today: date,
    files: Sequence[str] = (),
    *,
    kept_by: str = "",
    before: AuditRecord | None = None,
    over_time: Sequence[Count] = (),
    calendar: CalendarFile | None = None,
) -> View:
    """Work out what a report of this record shows today.

    `before` is the record to compare it with, and `over_time` are the counts of the audits up to this one, the oldest
    first; without `before` they are not shown. `kept_by` says who else can read the files, and `calendar` is the file
    beside it for looking again. Findings whose check is gone, or means something else today, are shown but never
    counted as fine, and an accepted risk whose day has passed is to change, so the headline can differ from the one on
    the day of the audit. Never raises for what a record holds.
    """
    bound = {part.platform: bound_by_record(part, known) for part in record.platforms if part.platform in known.loaded}
    given = given_sites(record, known)
    maker = Cards(bound, (clause.id for guide in guides for clause in guide.clauses), record.role, today, given)
    cards = [maker.card(finding) for finding in record.findings]
    where = Places([card.item for card in cards if card.item], record.role, given)
    shown = signs_of(cards)
    shelves = _shelves(cards, shown, where)
    done = [card for card in cards if card.before]
    finished = day_of(record)
    return View(
        record=record,
        language=i18n.language(),
        headline=headline(Counter(card.verdict for card in cards), count(cards)[NOT_REACHED]),
        finished=i18n.day(finished),
        scope=(*_scope(record, known, finished, today), *_marked(record), *_given(given, known)),
        lead=_lead(len(done), shelves, finished, today),
        first=first(cards, shown, where),
        signs=tuple(shown.values()),
        tables=tables(cards, shown),
        changes=_changes(before, record, known, today, over_time) if before else None,
        shelves=shelves,
        done=where.parts(done),
        calendar=_calendar(calendar) if calendar else None,
        limits=tuple(
            (_(one.platform.name), tuple(_(limit) for limit in one.platform.limits))
            for one in bound.values()
            if one.platform.limits
        ),
        more=tuple(filter(None, (_more(one.platform, given.get(name)) for name, one in bound.items()))),
        since=_since(record, known),
        guides=_guides(guides, cards),
        signposts=tuple(_(line) for role in known.roles if role.id == record.role for line in role.signposts),
        sessions=tuple(
            _session(part, bound.get(part.platform), given.get(part.platform))
            for part in record.platforms
            if part.browser
        ),
        files=tuple(files),
        kept_by=kept_by,
    )


def _scope(record: AuditRecord, known: Catalogue, finished: date, today: date) -> tuple[str, ...]:
    role = next((_(role.name) for role in known.roles if role.id == record.role), record.role)
    lines = [_("For: {role}.").format(role=role)]
    if record.quick:
        lines.append(_("This was the ten-minute audit. It has only the essential checks."))
    if record.areas:
        names = ", ".join(labels.area(area) for area in record.areas)
        lines.append(_("This audit covered only these parts: {areas}.").format(areas=names))
    if record.stopped:
        lines.append(_("You stopped this audit early. The rest is under “Not reached yet”."))
    if (today - finished).days > OLD_AFTER_DAYS:
        lines.append(_("This audit is more than six months old. Settings may have changed since."))
    return tuple(lines)


def _shelves(cards: Sequence[Card], sign_of: Mapping[str, Sign], where: Places) -> tuple[Shelf, ...]:
    shelves = []
    for which in _ORDER:
        if mine := [card for card in cards if kind(card) == which]:
            steps = _(_STEPS[which]) if which in _STEPS else ""
            parts = where.parts(mine)
            intro = _(_INTROS[which]).format(time=minutes(max(1, together(parts))))
            shelves.append(Shelf(sign_of[which], len(mine), intro, steps, parts))
    return tuple(shelves)


def _lead(done: int, shelves: Sequence[Shelf], finished: date, today: date) -> str:
    plan = next((shelf for shelf in shelves if shelf.to_change), None)
    day = "" if finished == today else i18n.day(finished)
    whole = not {shelf.sign.name for shelf in shelves} & {Verdict.UNKNOWN.value, NOT_REACHED}
    return lead(done, plan.count if plan else 0, together(plan.parts) if plan else 0, day, whole=whole)


def _changes(
    before: AuditRecord, record: AuditRecord, known: Catalogue, today: date, over_time: Sequence[Count]
) -> Changes:
    shown = changes.view(compare(before, record, known), known, today)
    return Changes(shown, tuple(over_time), by_audit(over_time, signs()))


def _calendar(file: CalendarFile) -> Calendar:
    interval = _INTERVAL.search(file.content)
    months = int(interval[1]) if interval else 0
    often = ngettext(
        "Open it, and your calendar will remind you every {number} month.",
        "Open it, and your calendar will remind you every {number} months.",
        months,
    ).format(number=months)
    sentences = (
        often if months else _("Open it, and your calendar will remind you."),
        _("The event is called “{title}”. You will not get a reminder until you open the file.").format(
            title=_("Personal admin")
        ),
    )
    return Calendar(file.name, sentences)


def _marked(record: AuditRecord) -> tuple[str, ...]:
    """Say how many instructions are old, undated or from memory, if any; each of them is marked where it stands."""
    marked = sum(1 for finding in record.findings if {Flag.OLD_FACTS, Flag.LOW_CONFIDENCE} & set(finding.flags))
    if not marked:
        return ()
    return (
        ngettext(
            "{marked} of {number} instructions is over two and a half years old, undated or from memory. "
            "The report marks it.",
            "{marked} of {number} instructions are over two and a half years old, undated or from memory. "
            "The report marks them.",
            marked,
        ).format(marked=marked, number=len(record.findings)),
    )


def _given(sites: Mapping[str, str], known: Catalogue) -> tuple[str, ...]:
    """Say which links lead where whoever made the record wanted; each of them is marked where it stands."""
    sentence = _(
        "Links for {platform} lead to {site}. That address is from the record of this audit, not from the "
        "checklist. Open the links only if the site is yours."
    )
    return tuple(
        sentence.format(platform=_(known.loaded[platform].checklist.platform.name), site=site)
        for platform, site in sites.items()
    )


def _since(record: AuditRecord, known: Catalogue) -> tuple[str, ...]:
    lines = []
    for part in record.platforms:
        loaded = known.loaded.get(part.platform)
        if loaded is None:
            lines.append(_("The program no longer has the checklist for {platform}.").format(platform=part.platform))
            continue
        name = _(loaded.checklist.platform.name)
        if loaded.sha256 != part.checklist_sha256:
            lines.append(
                _("The wording of the checklist for {platform} may have changed since this audit.").format(
                    platform=name
                )
            )
        if part.origin == "own":
            lines.append(
                _("The checklist for {platform} is your own. Nobody else has checked it.").format(platform=name)
            )
    return tuple(lines)


def _guides(guides: Iterable[Guidance], cards: Iterable[Card]) -> tuple[Guide, ...]:
    cited = {clause for card in cards for clause in card.clauses}
    shown = []
    for guide in guides:
        if clauses := tuple((clause.id, _(clause.text)) for clause in guide.clauses if clause.id in cited):
            title = _("{publisher}: {title}").format(publisher=_(guide.publisher), title=_(guide.title))
            shown.append(Guide(title, clauses))
    return tuple(shown)


def _more(platform: Platform, given: str | None) -> More | None:
    """Return what else a checklist knows of a platform, or None when that is nothing."""
    links = [
        (_("Get a copy of your data"), platform.links.export),
        (_("See where you are signed in"), platform.links.sessions),
        (_("Report somebody who pretends to be you"), platform.links.report),
        (_("Close the account"), platform.links.close),
    ]
    shown = tuple((what, where) for what, link in links if (where := address(link, given)))
    steps = ", ".join(_(step) for step in platform.two_factor)
    return More(_(platform.name), shown, steps) if shown or steps else None


def _session(part: PlatformRecord, checklist: Checklist | None, given: str | None) -> Session:
    number = part.refused.count
    refused = ngettext("The gate refused {number} request.", "The gate refused {number} requests.", number)
    return Session(
        platform=_(checklist.platform.name) if checklist else part.platform,
        refused=refused.format(number=number) if number else _("The gate did not have to refuse any request."),
        hosts=part.refused.hosts,
        ended=labels.signed_out(part.signed_out),
        link=address(checklist.platform.links.sessions, given) if checklist else None,
    )
