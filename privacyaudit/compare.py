"""Two records side by side: what got worse, what is still to change, what cannot be compared, what got better.

`compare` is pure and decides; `view` puts it into words; `page` and `text` draw those as HTML and JSON. A row is never
called better or worse unless both audits could tell, asked the same thing, and judged it by the same measure.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from privacyaudit import words
from privacyaudit.checklist import Catalogue
from privacyaudit.headline import headline
from privacyaudit.model import AuditRecord, Check, Finding, Option, Severity, Verdict
from privacyaudit.report import html_report
from privacyaudit.report.cards import Card, Cards
from privacyaudit.report.counts import Sign, signs
from privacyaudit.report.view import bound_by_record, in_utc
from privacyaudit.words import N_, _, ngettext

SCHEMA = "1"


class Kind(StrEnum):
    """How one check compares, in the order in which a comparison shows them."""

    WORSE = "worse"
    STILL_TO_CHANGE = "still_to_change"
    NOT_COMPARABLE = "not_comparable"
    NEW = "new"
    BETTER = "better"
    NO_LONGER_ASKED = "no_longer_asked"
    UNCHANGED = "unchanged"


class WhyNot(StrEnum):
    """Why a check that both audits asked cannot be compared."""

    REVISION = "revision"
    SITE = "site"
    UNKNOWN_BEFORE = "unknown_before"
    UNKNOWN_AFTER = "unknown_after"
    UNKNOWN_BOTH = "unknown_both"
    OUTDATED = "outdated"
    ROLE = "role"
    VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class Row:
    """One check of either record.

    `check` is the id that it has today. `state` is the verdict that counts now: that of the newer audit, *unknown*
    where its “fine” means something else today, and None where the newer audit did not ask.
    """

    check: str
    kind: Kind
    state: Verdict | None
    before: Finding | None
    after: Finding | None
    why_not: WhyNot | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records and a row for each check of either, by kind, then by the state after, then by what matters most.

    `turned` tells that the files were given the other way round.
    """

    old: AuditRecord
    new: AuditRecord
    rows: tuple[Row, ...]
    turned: bool = False

    def count(self, kind: Kind) -> int:
        """Return the number of rows of a kind."""
        return sum(1 for row in self.rows if row.kind is kind)


# -- what is compared, and how it comes out --------------------------------------------------------


def in_order(one: AuditRecord, other: AuditRecord, catalogue: Catalogue) -> Comparison:
    """Compare two records from the one that finished earlier to the other; at the same moment, as they are given."""
    if in_utc(other.finished) < in_utc(one.finished):
        return replace(compare(other, one, catalogue), turned=True)
    return compare(one, other, catalogue)


def compare(old: AuditRecord, new: AuditRecord, catalogue: Catalogue) -> Comparison:
    """Compare an earlier record with a later one; their dates are not looked at.

    Checks match by the id that they have in the catalogue today. Every finding of either record is in exactly one row.
    """
    known = {
        name: check
        for loaded in catalogue.loaded.values()
        for check in loaded.checklist.checks
        for name in (check.id, *check.aliases)
    }
    keys = _keys([finding.check for finding in old.findings], [finding.check for finding in new.findings], known)
    before = {keys[finding.check]: _Side(finding, old) for finding in old.findings}
    after = {keys[finding.check]: _Side(finding, new) for finding in new.findings}
    rows = [_row(key, before.get(key), after.get(key), known.get(key)) for key in {**after, **before}]
    return Comparison(old, new, tuple(sorted(rows, key=lambda row: _place(row, known.get(row.check)))))


@dataclass(frozen=True, slots=True)
class _Side:
    """A finding, and the record that it stands in."""

    finding: Finding
    record: AuditRecord

    @property
    def role(self) -> str:
        return self.record.role

    @property
    def site(self) -> str | None:
        platform = self.finding.check.split(".")[0]
        return next((part.site for part in self.record.platforms if part.platform == platform), None)

    @property
    def fails(self) -> bool:
        return self.finding.verdict is Verdict.FAIL

    def option(self, check: Check | None) -> Option | None:
        """Return the option that was found, if the check still has it and still asks the same."""
        if check is None or check.revision != self.finding.revision or self.finding.option is None:
            return None
        return check.option(self.finding.option)

    def state(self, check: Check | None) -> Verdict:
        """Return the verdict that counts today: a “fine” that would not be said again is *unknown*."""
        if self.finding.verdict is not Verdict.PASS:
            return self.finding.verdict
        option = self.option(check)
        return Verdict.PASS if option and option.verdict_for(self.role) is Verdict.PASS else Verdict.UNKNOWN


def _keys(old: Sequence[str], new: Sequence[str], known: Mapping[str, Check]) -> dict[str, str]:
    """Return the id by which each check is matched: that of today, unless one record holds two checks that are one now.

    Which of the two it was cannot be told, so those are matched by the names that they had.
    """
    today = {name: known[name].id if name in known else name for name in (*old, *new)}
    merged = {
        check for names in (old, new) for check, number in Counter(today[name] for name in names).items() if number > 1
    }
    return {name: name if check in merged else check for name, check in today.items()}


def _row(key: str, before: _Side | None, after: _Side | None, check: Check | None) -> Row:
    state = after.state(check) if after else None
    why_not = None
    if before is None:
        kind = Kind.NEW
    elif after is None:
        kind = Kind.NO_LONGER_ASKED
    elif why_not := _why_not(before, after, check):
        kind = Kind.NOT_COMPARABLE
    else:
        kind = {
            (True, True): Kind.STILL_TO_CHANGE,
            (False, True): Kind.WORSE,
            (True, False): Kind.BETTER,
            (False, False): Kind.UNCHANGED,
        }[before.fails, after.fails]
    return Row(
        check=key,
        kind=kind,
        state=state,
        before=before.finding if before else None,
        after=after.finding if after else None,
        why_not=why_not,
    )


def _why_not(before: _Side, after: _Side, check: Check | None) -> WhyNot | None:
    """Return why two findings of one check cannot be compared, or None if they can; fair to both sides."""
    if before.finding.revision != after.finding.revision:
        return WhyNot.REVISION
    if before.site != after.site:
        return WhyNot.SITE
    verdicts = (before.finding.verdict, after.finding.verdict)
    if Verdict.UNKNOWN in verdicts:
        if verdicts[0] is verdicts[1]:
            return WhyNot.UNKNOWN_BOTH
        return WhyNot.UNKNOWN_BEFORE if verdicts[0] is Verdict.UNKNOWN else WhyNot.UNKNOWN_AFTER
    if Verdict.UNKNOWN in (before.state(check), after.state(check)):
        return WhyNot.OUTDATED
    if Verdict.ACCEPTED in verdicts or verdicts[0] is verdicts[1]:
        return None
    same_answer = before.finding.option == after.finding.option
    if same_answer or (before.fails != after.fails and not _by_one_measure(before, after, check)):
        return WhyNot.ROLE if _by_role(before, after, check) else WhyNot.VERDICT
    return None


def _by_one_measure(before: _Side, after: _Side, check: Check | None) -> bool:
    """Tell whether, judged for one and the same role today, both answers are still what the audits said they are.

    Where the answers cannot be looked up any more, the audits are believed if they were for the same role.
    """
    options = [(side.option(check), side.fails) for side in (before, after)]
    if any(option is None for option, _fails in options):
        return before.role == after.role
    return any(
        all(option is not None and (option.verdict_for(role) is Verdict.FAIL) == fails for option, fails in options)
        for role in (before.role, after.role)
    )


def _by_role(before: _Side, after: _Side, check: Check | None) -> bool:
    """Tell whether the verdict of one of the answers depends on which of the two roles it is for, as far as known."""
    if before.role == after.role:
        return False
    options = [side.option(check) for side in (before, after)]
    return any(
        option is None or option.verdict_for(before.role) is not option.verdict_for(after.role) for option in options
    )


_KINDS = tuple(Kind)
_VERDICTS = tuple(Verdict)
_SEVERITIES = tuple(Severity)


def _place(row: Row, check: Check | None) -> tuple[int, int, int, bool, float]:
    """Return where a row stands: by its kind, its state after, and what matters most, as in a report."""
    state = _VERDICTS.index(row.state) if row.state else len(_VERDICTS)
    if check is None:
        return _KINDS.index(row.kind), state, len(_SEVERITIES), True, 0
    return _KINDS.index(row.kind), state, _SEVERITIES.index(check.severity), not check.essential, check.minutes


# -- in words --------------------------------------------------------------------------------------

_HEADINGS = {
    Kind.WORSE: (
        N_("Worse"),
        N_("These were not to change before. Now they are."),
    ),
    Kind.STILL_TO_CHANGE: (
        N_("Still to change"),
        N_("These were to change before, and they are to change now."),
    ),
    Kind.NOT_COMPARABLE: (
        N_("Could not be compared"),
        N_("Nothing is known about whether these got better or worse. Each one says why."),
    ),
    Kind.NEW: (
        N_("New checks"),
        N_("The earlier audit did not ask these, so there is nothing to compare them with."),
    ),
    Kind.BETTER: (
        N_("Better"),
        N_("These were to change before. Now they are not: the word beside each one says what they are."),
    ),
    Kind.NO_LONGER_ASKED: (
        N_("No longer asked"),
        N_("The newer audit did not ask these, so nothing is known about them now."),
    ),
    Kind.UNCHANGED: (
        N_("Not to change, before and now"),
        N_("Neither audit found something to change here."),
    ),
}
_WHY_NOT = {
    WhyNot.REVISION: N_("Cannot be compared: the two audits did not ask the same thing here."),
    WhyNot.SITE: N_("Cannot be compared: the two audits looked at different sites."),
    WhyNot.UNKNOWN_BEFORE: N_("Cannot be compared: the earlier audit could not tell."),
    WhyNot.UNKNOWN_AFTER: N_("Cannot be compared: the newer audit could not tell."),
    WhyNot.UNKNOWN_BOTH: N_("Cannot be compared: neither audit could tell."),
    WhyNot.OUTDATED: N_("Cannot be compared: “Fine” from then does not count today, because the check has changed."),
    WhyNot.ROLE: N_("Cannot be compared: the two audits were for different roles, and this depends on the role."),
    WhyNot.VERDICT: N_("Cannot be compared: the checklist judges this answer in another way than before."),
}
_FOLDED = (Kind.NO_LONGER_ASKED, Kind.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Told:
    """What one audit said about a check: how it is shown, and the answer, if there was one."""

    sign: Sign
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row in words; `now` gives it its colour. `card` is what the checklist says about the check today."""

    id: str
    card: Card
    before: Told
    now: Told
    notes: tuple[str, ...]
    to_change: bool


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one kind that have the same state after."""

    sign: Sign
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The rows of one kind; one that is folded holds nothing to do."""

    kind: Kind
    name: str
    intro: str
    count: int
    folded: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a comparison shows: a headline, how the newer audit came out, remarks, and the rows."""

    comparison: Comparison
    language: str
    headline: str
    now: str
    remarks: tuple[str, ...]
    since: str
    until: str
    signs: tuple[Sign, ...]
    shelves: tuple[Shelf, ...]


def view(made: Comparison, catalogue: Catalogue, today: date) -> View:
    """Put a comparison into words, in the language spoken now."""
    before, after = (_cards(record, catalogue, today) for record in (made.old, made.new))
    shown = signs()
    since, until = (words.day(in_utc(record.finished).date()) for record in (made.old, made.new))
    shelves = []
    for kind, rows in groupby(made.rows, key=lambda row: row.kind):
        entries = [_entry(row, before, after, shown) for row in rows]
        blocks = tuple(Block(sign, tuple(group)) for sign, group in groupby(entries, key=lambda one: one.now.sign))
        name, intro = _HEADINGS[kind]
        shelves.append(Shelf(kind, _(name), _(intro), len(entries), kind in _FOLDED, blocks))
    return View(
        comparison=made,
        language=words.language(),
        headline=sentence(made),
        now=_("The newer audit: {headline}").format(
            headline=headline(Counter(row.state for row in made.rows if row.state)).sentence
        ),
        remarks=tuple(_remarks(made, catalogue, since, until)),
        since=since,
        until=until,
        signs=tuple(shown.values()),
        shelves=tuple(shelves),
    )


def sentence(made: Comparison) -> str:
    """Return the headline: how many got better and worse, are still to change, and could not be compared."""
    better, worse, still, apart = (
        made.count(kind) for kind in (Kind.BETTER, Kind.WORSE, Kind.STILL_TO_CHANGE, Kind.NOT_COMPARABLE)
    )
    counts = [
        ngettext("{number} better", "{number} better", better).format(number=better),
        ngettext("{number} worse", "{number} worse", worse).format(number=worse),
        ngettext("{number} still to change", "{number} still to change", still).format(number=still),
        ngettext("{number} could not be compared", "{number} could not be compared", apart).format(number=apart),
    ]
    day = words.day(in_utc(made.old.finished).date())
    return _("Since {day}: {counts}.").format(day=day, counts=", ".join(counts))


def _remarks(made: Comparison, catalogue: Catalogue, since: str, until: str) -> Iterable[str]:
    if made.turned:
        yield _("The first file is the newer one, so the two were swapped: this goes from {since} to {until}.").format(
            since=since, until=until
        )
    if made.old == made.new:
        yield _("Both files hold the same audit, so nothing can have changed.")
    names = {role.id: _(role.name) for role in catalogue.roles}
    if made.old.role != made.new.role:
        yield _("The earlier audit was for: {old}. The newer one was for: {new}.").format(
            old=names.get(made.old.role, made.old.role), new=names.get(made.new.role, made.new.role)
        )
    if (made.old.quick, set(made.old.areas)) != (made.new.quick, set(made.new.areas)):
        yield _("One of the two audits was about fewer checks: it was quick, or about some parts only.")
    if gone := made.count(Kind.NO_LONGER_ASKED):
        failed = sum(1 for row in made.rows if row.after is None and row.before and row.before.verdict is Verdict.FAIL)
        yield ngettext(
            "{number} check of the earlier audit was not asked again ({failed} was to change then).",
            "{number} checks of the earlier audit were not asked again ({failed} were to change then).",
            gone,
        ).format(number=gone, failed=failed)
    if made.old.stopped:
        yield _("The earlier audit was stopped early.")
    if made.new.stopped:
        yield _("The newer audit was stopped early.")


def _cards(record: AuditRecord, catalogue: Catalogue, today: date) -> Cards:
    bound = {platform: loaded.checklist for platform, loaded in catalogue.loaded.items()}
    bound |= {part.platform: bound_by_record(part, catalogue) for part in record.platforms if part.platform in bound}
    return Cards(bound, (), record.role, today)


def _entry(row: Row, before: Cards, after: Cards, shown: Mapping[Verdict, Sign]) -> Entry:
    earlier = before.card(row.before) if row.before else None
    later = after.card(row.after) if row.after else None
    card = later or earlier
    assert card is not None
    why_not = (_(_WHY_NOT[row.why_not]),) if row.why_not else ()
    return Entry(
        id=row.check,
        card=card,
        before=_told(row.before.verdict if row.before else None, earlier, shown),
        now=_told(row.state, later, shown),
        notes=(*why_not, *(later.notes if later else ())),
        to_change=row.state is Verdict.FAIL,
    )


def _told(verdict: Verdict | None, card: Card | None, shown: Mapping[Verdict, Sign]) -> Told:
    if verdict is None or card is None:
        return Told(replace(shown[Verdict.UNKNOWN], word=_("Not asked")))
    return Told(shown[verdict], card.answer)


# -- drawn -----------------------------------------------------------------------------------------


def page(shown: View) -> str:
    """Draw a comparison as one self-contained HTML page, in the style of the report and under the same policy."""
    foot = _("Privacy audits compared, {since} to {until}. Not evidence of anything.").format(
        since=shown.since, until=shown.until
    )
    return html_report.draw("compare.html.j2", shown.signs, foot, view=shown)


def text(shown: View) -> str:
    """Return a comparison as JSON: ids, verdicts, reasons and dates, and no words in any language."""
    made = shown.comparison
    return json.dumps(
        {
            "schema": SCHEMA,
            "tool": "privacyaudit",
            "type": "comparison",
            "old": _record(made.old),
            "new": _record(made.new),
            "turned": made.turned,
            "same_record": made.old == made.new,
            "counts": {kind.value: made.count(kind) for kind in Kind},
            "rows": [
                {
                    "check": row.check,
                    "kind": row.kind,
                    "state": row.state,
                    "why_not": row.why_not,
                    "before": _finding(row.before),
                    "after": _finding(row.after),
                }
                for row in made.rows
            ],
        },
        indent=2,
    )


def _record(record: AuditRecord) -> dict[str, str]:
    return {"id": record.id, "finished": in_utc(record.finished).isoformat(), "role": record.role}


def _finding(finding: Finding | None) -> dict[str, object] | None:
    kept = {"check", "revision", "verdict", "option", "reason", "until"}
    return finding.model_dump(mode="json", include=kept) if finding else None
