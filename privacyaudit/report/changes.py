"""A comparison in words, for the terminal, for a page of its own and for the report; and as JSON, without words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from privacyaudit import i18n
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.model import AuditRecord, Reason, Verdict
from privacyaudit.over_time.compare import Change, ChangeKind, Comparison, WhyNot, as_of, day_of, known_fail
from privacyaudit.report import counts
from privacyaudit.report.cards import Card, Cards, bound_by_record, given_sites
from privacyaudit.report.counts import Sign, signs
from privacyaudit.report.drawing import draw
from privacyaudit.report.headline import headline

HEADINGS: Mapping[ChangeKind, tuple[str, str]] = {
    ChangeKind.WORSE: (
        N_("Worse"),
        N_("These did not need changing before. Now they do, or you have accepted them for a while."),
    ),
    ChangeKind.STILL_TO_CHANGE: (
        N_("Still to change"),
        N_("These needed changing before, or you had accepted them for a while. They are still not fine."),
    ),
    ChangeKind.NOT_COMPARABLE: (
        N_("Could not be compared"),
        N_("We do not know whether these got better or worse. Each one says why."),
    ),
    ChangeKind.NEW: (
        N_("New checks"),
        N_("The earlier audit did not ask these, so we have nothing to compare them with."),
    ),
    ChangeKind.BETTER: (
        N_("Better"),
        N_(
            "These needed changing before, or you had accepted them for a while. The word beside each check says "
            "how the setting is now."
        ),
    ),
    ChangeKind.NO_LONGER_ASKED: (
        N_("No longer asked"),
        N_("The newer audit did not ask these, so we know nothing about them now."),
    ),
    ChangeKind.UNCHANGED: (
        N_("Nothing to change, before or now"),
        N_("Neither audit found anything to change here."),
    ),
}
"""The name of a kind, and what it means."""

COUNTS: Mapping[ChangeKind, Callable[[int], str]] = {
    ChangeKind.BETTER: lambda number: ngettext("{number} better", "{number} better", number),
    ChangeKind.WORSE: lambda number: ngettext("{number} worse", "{number} worse", number),
    ChangeKind.STILL_TO_CHANGE: lambda number: ngettext("{number} still to change", "{number} still to change", number),
    ChangeKind.NOT_COMPARABLE: lambda number: ngettext(
        "{number} could not be compared", "{number} could not be compared", number
    ),
}
"""What a headline counts, in its order."""

WHY_NOT: Mapping[WhyNot, str] = {
    WhyNot.REVISION: N_("Cannot be compared: the two audits did not ask the same thing."),
    WhyNot.SITE: N_("Cannot be compared: the two audits looked at different sites."),
    WhyNot.UNKNOWN_BEFORE: N_("Cannot be compared: in the earlier audit we could not tell."),
    WhyNot.UNKNOWN_AFTER: N_("Cannot be compared: in the newer audit we could not tell."),
    WhyNot.UNKNOWN_BOTH: N_("Cannot be compared: we could not tell in either audit."),
    WhyNot.OUTDATED: N_("Cannot be compared: the earlier “Fine” does not count today, because the check has changed."),
    WhyNot.ROLE: N_(
        "Cannot be compared: the two audits were for different roles, and the right setting depends on the role."
    ),
    WhyNot.VERDICT: N_("Cannot be compared: the checklist judges this answer differently now."),
}
_FOLDED = (ChangeKind.NO_LONGER_ASKED, ChangeKind.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Said:
    """What one audit said about a check: how it is shown, and the answer, if there was one."""

    sign: Sign
    answer: str = ""


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One row in words; `now` gives it its colour. `card` is what the checklist says about the check today.

    `place` leads to its card in the report of the newer audit; it is empty where that did not ask. `why_not` is the
    sentence on why it cannot be compared.
    """

    id: str
    card: Card
    before: Said
    now: Said
    place: str
    why_not: str
    notes: tuple[str, ...]
    to_change: bool


@dataclass(frozen=True, slots=True)
class ChangesBlock:
    """The rows of one kind that have the same state after."""

    sign: Sign
    entries: tuple[ShownChange, ...]


@dataclass(frozen=True, slots=True)
class ChangesShelf:
    """The rows of one kind; one that is folded holds nothing to do."""

    kind: ChangeKind
    name: str
    intro: str
    count: int
    folded: bool
    blocks: tuple[ChangesBlock, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """Everything that a comparison shows: a headline, how the newer audit came out, remarks, and the rows."""

    comparison: Comparison
    language: str
    headline: str
    now: str
    remarks: tuple[str, ...]
    since: str
    until: str
    signs: tuple[Sign, ...]
    shelves: tuple[ChangesShelf, ...]


def view(comparison: Comparison, catalogue: Catalogue, today: date) -> ChangesView:
    """Put a comparison into words, as it counts today, in the language spoken now."""
    comparison = as_of(comparison, catalogue, today)
    before, after = (_cards(record, catalogue, today) for record in (comparison.old, comparison.new))
    shown = signs()
    since, until = (i18n.day(day_of(record)) for record in (comparison.old, comparison.new))
    shelves = []
    for kind, rows in groupby(comparison.rows, key=lambda row: row.kind):
        entries = [_entry(row, before, after, shown) for row in rows]
        blocks = tuple(
            ChangesBlock(sign, tuple(group)) for sign, group in groupby(entries, key=lambda one: one.now.sign)
        )
        name, intro = HEADINGS[kind]
        shelves.append(ChangesShelf(kind, _(name), _(intro), len(entries), kind in _FOLDED, blocks))
    return ChangesView(
        comparison=comparison,
        language=i18n.language(),
        headline=sentence(comparison),
        now=_("The newer audit: {headline}").format(headline=_headline(comparison)),
        remarks=tuple(_remarks(comparison, catalogue, since, until)),
        since=since,
        until=until,
        signs=tuple(shown.values()),
        shelves=tuple(shelves),
    )


def _headline(comparison: Comparison) -> str:
    states = Counter(row.state for row in comparison.rows if row.state)
    unknown = [row.after for row in comparison.rows if row.state is Verdict.UNKNOWN and row.after]
    return headline(states, sum(one.reason is Reason.STOPPED for one in unknown)).sentence


def sentence(comparison: Comparison) -> str:
    """Return the headline: how many got better and worse, are still to change, and could not be compared."""
    numbers = {kind: comparison.count(kind) for kind in COUNTS}
    parts = [said(numbers[kind]).format(number=numbers[kind]) for kind, said in COUNTS.items()]
    return _("Since {day}: {counts}.").format(day=i18n.day(day_of(comparison.old)), counts=", ".join(parts))


def _remarks(comparison: Comparison, catalogue: Catalogue, since: str, until: str) -> Iterable[str]:
    if comparison.turned:
        yield _(
            "The first file is the newer one, so we swapped them: this comparison goes from {since} to {until}."
        ).format(since=since, until=until)
    if comparison.old == comparison.new:
        yield _("Both files are from the same audit, so nothing can have changed.")
    names = {role.id: _(role.name) for role in catalogue.roles}
    if comparison.old.role != comparison.new.role:
        yield _("The earlier audit was for: {old}. The newer one was for: {new}.").format(
            old=names.get(comparison.old.role, comparison.old.role),
            new=names.get(comparison.new.role, comparison.new.role),
        )
    if (comparison.old.quick, set(comparison.old.areas)) != (comparison.new.quick, set(comparison.new.areas)):
        yield _(
            "One of the two audits covered fewer checks. It was the ten-minute audit, or it covered only some parts."
        )
    if gone := comparison.count(ChangeKind.NO_LONGER_ASKED):
        failed = sum(1 for row in comparison.rows if row.after is None and row.before and known_fail(row.before))
        yield ngettext(
            "The newer audit did not repeat {number} check.",
            "The newer audit did not repeat {number} checks.",
            gone,
        ).format(number=gone)
        if failed:
            yield ngettext(
                "Of these, {number} needed changing or had been accepted.",
                "Of these, {number} needed changing or had been accepted.",
                failed,
            ).format(number=failed)
    if comparison.old.stopped:
        yield _("The earlier audit was stopped early.")
    if comparison.new.stopped:
        yield _("The newer audit was stopped early.")


def _cards(record: AuditRecord, catalogue: Catalogue, today: date) -> Cards:
    bound = {platform: loaded.checklist for platform, loaded in catalogue.loaded.items()}
    bound |= {part.platform: bound_by_record(part, catalogue) for part in record.platforms if part.platform in bound}
    return Cards(bound, (), record.role, today, given_sites(record, catalogue))


def _entry(row: Change, before: Cards, after: Cards, sign_of: Mapping[str, Sign]) -> ShownChange:
    earlier = before.card(row.before) if row.before else None
    later = after.card(row.after) if row.after else None
    card = later or earlier
    assert card is not None
    return ShownChange(
        id=row.check,
        card=card,
        before=_told(row.before.verdict if row.before else None, earlier, sign_of),
        now=_told(row.state, later, sign_of),
        place=f"#{later.id}" if later else "",
        why_not=_(WHY_NOT[row.why_not]) if row.why_not else "",
        notes=(*later.notes, *later.marks) if later else (),
        to_change=row.state is Verdict.FAIL,
    )


def _told(verdict: Verdict | None, card: Card | None, sign_of: Mapping[str, Sign]) -> Said:
    if verdict is None or card is None:
        return Said(replace(sign_of[Verdict.UNKNOWN], word=_("Not asked")))
    if verdict is Verdict.UNKNOWN and counts.kind(card) == counts.NOT_REACHED:
        return Said(counts.not_reached())
    return Said(sign_of[verdict], card.answer)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph for the terminal: `style` is heading, dim, bold or empty.

    `first` stands before its first line, `rest` before each that follows.
    """

    text: str
    style: str = ""
    first: str = ""
    rest: str = ""


def lines(view: ChangesView) -> Iterator[Paragraph]:
    """Write a comparison out for the terminal: its head, then every row; of a folded part, titles only."""
    yield from head(view)
    for shelf in view.shelves:
        yield Paragraph(_("{name} ({number})").format(name=shelf.name, number=shelf.count), "heading")
        yield Paragraph(shelf.intro, "dim")
        yield from _rows(shelf)


def head(view: ChangesView) -> Iterator[Paragraph]:
    """Write for the terminal how a comparison came out, and what there is to remark."""
    yield Paragraph(view.headline, "heading")
    yield Paragraph(view.now)
    yield from map(Paragraph, view.remarks)


def short(view: ChangesView) -> Iterator[Paragraph]:
    """Write for the terminal what a comparison comes to: its headline, and what got worse."""
    yield Paragraph(view.headline, "heading")
    for shelf in view.shelves:
        if shelf.kind is ChangeKind.WORSE:
            yield from _rows(shelf)


def _rows(shelf: ChangesShelf) -> Iterator[Paragraph]:
    for entry in (entry for block in shelf.blocks for entry in block.entries):
        title = f"{entry.card.platform}: {entry.card.title}"
        yield Paragraph(title, "bold" if entry.to_change else "", first=f"{entry.now.sign.shape} ", rest="  ")
        if not shelf.folded:
            states = _("Before: {before}. Now: {now}.").format(before=_words(entry.before), now=_words(entry.now))
            for text in filter(None, (states, entry.why_not, *entry.notes)):
                yield Paragraph(text, first="  ", rest="  ")


def _words(said: Said) -> str:
    if said.answer:
        return _("{verdict} ({answer})").format(verdict=said.sign.word, answer=said.answer)
    return said.sign.word


def page(view: ChangesView) -> str:
    """Draw a comparison as one self-contained HTML page, in the style of the report and under the same policy."""
    foot = _("Privacy audits compared, {since} to {until}. Not evidence of anything.").format(
        since=view.since, until=view.until
    )
    return draw("compare.html.j2", view.signs, foot, view=view)
