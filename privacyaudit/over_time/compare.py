"""Two records side by side: what got worse, what is still to change, what cannot be compared, what got better.

A row is never called better or worse unless both audits could tell, asked the same thing, and judged it by the same
measure. An accepted risk is a known *fail*: accepting one, or not accepting it any more, changes no setting. Pure;
`report.changes` puts a comparison into words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from privacyaudit import clock
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clock import day, in_utc
from privacyaudit.judge import in_force
from privacyaudit.model import AuditRecord, Check, Finding, Option, Severity, Verdict, platform_of


class ChangeKind(StrEnum):
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
class Change:
    """One check of either record.

    `check` is the id that it has today. `state` is the verdict that counts now: that of the newer audit, *unknown*
    where its “fine” means something else today, and None where the newer audit did not ask.
    """

    check: str
    kind: ChangeKind
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
    rows: tuple[Change, ...]
    turned: bool = False

    def count(self, kind: ChangeKind) -> int:
        """Return the number of rows of a kind."""
        return sum(1 for row in self.rows if row.kind is kind)


def in_order(one: AuditRecord, other: AuditRecord, catalogue: Catalogue) -> Comparison:
    """Compare two records from the one that finished earlier to the other; at the same moment, as they are given.

    So are they where one is dated in the future, under a wrong clock: its date tells nothing.
    """
    if max(in_utc(one.finished), in_utc(other.finished)) > clock.now():
        return compare(one, other, catalogue)
    if in_utc(other.finished) < in_utc(one.finished):
        return replace(compare(other, one, catalogue), turned=True)
    return compare(one, other, catalogue)


def compare(old: AuditRecord, new: AuditRecord, catalogue: Catalogue) -> Comparison:
    """Compare an earlier record with a later one; their dates are not looked at.

    Checks match by the id that they have in the catalogue today. Every finding of either record is in exactly one row.
    An accepted risk counts as it did on the day of its audit; `as_of` tells how the newer one counts later.
    """
    known = _known(catalogue)
    keys = _keys([finding.check for finding in old.findings], [finding.check for finding in new.findings], known)
    before, after = (
        {keys[finding.check]: _Side(in_force(finding, day_of(record)), record) for finding in record.findings}
        for record in (old, new)
    )
    rows = [_row(key, before.get(key), after.get(key), known.get(key)) for key in {**after, **before}]
    return Comparison(old, new, _ordered(rows, known))


def as_of(comparison: Comparison, catalogue: Catalogue, today: date) -> Comparison:
    """Return a comparison as it counts today: a risk that the newer audit accepted until a day gone by is to change."""
    return replace(comparison, rows=_ordered((_as_of(row, today) for row in comparison.rows), _known(catalogue)))


def day_of(record: AuditRecord) -> date:
    """Return the person's day on which an audit finished."""
    return day(record.finished)


def known_fail(finding: Finding) -> bool:
    """Tell whether a finding is to change, or known and accepted for now."""
    return finding.verdict in (Verdict.FAIL, Verdict.ACCEPTED)


def _known(catalogue: Catalogue) -> dict[str, Check]:
    return {
        name: check for loaded in catalogue.loaded.values() for check in loaded.checklist.checks for name in check.names
    }


def _as_of(row: Change, today: date) -> Change:
    if row.after is None or (after := in_force(row.after, today)) is row.after:
        return row
    return replace(row, after=after, state=after.verdict)


def _ordered(rows: Iterable[Change], known: Mapping[str, Check]) -> tuple[Change, ...]:
    return tuple(sorted(rows, key=lambda row: _place(row, known.get(row.check))))


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
        platform = platform_of(self.finding.check)
        return next((part.site for part in self.record.platforms if part.platform == platform), None)

    @property
    def fails(self) -> bool:
        return known_fail(self.finding)

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


def _row(key: str, before: _Side | None, after: _Side | None, check: Check | None) -> Change:
    state = after.state(check) if after else None
    why_not = None
    if before is None:
        kind = ChangeKind.NEW
    elif after is None:
        kind = ChangeKind.NO_LONGER_ASKED
    elif why_not := _why_not(before, after, check):
        kind = ChangeKind.NOT_COMPARABLE
    else:
        kind = {
            (True, True): ChangeKind.STILL_TO_CHANGE,
            (False, True): ChangeKind.WORSE,
            (True, False): ChangeKind.BETTER,
            (False, False): ChangeKind.UNCHANGED,
        }[before.fails, after.fails]
    return Change(
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
    if verdicts[0] is verdicts[1] or (before.fails and after.fails):
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


_KINDS = tuple(ChangeKind)
_VERDICTS = tuple(Verdict)
_SEVERITIES = tuple(Severity)


def _place(row: Change, check: Check | None) -> tuple[int, int, int, bool, float]:
    """Return where a row stands: by its kind, its state after, and what matters most, as in a report."""
    state = _VERDICTS.index(row.state) if row.state else len(_VERDICTS)
    if check is None:
        return _KINDS.index(row.kind), state, len(_SEVERITIES), True, 0
    return _KINDS.index(row.kind), state, _SEVERITIES.index(check.severity), not check.essential, check.minutes
