"""What the audits before know, and what a further one has to ask. Pure: every day is the person's, handed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from privacyaudit import judge, model
from privacyaudit.clock import day
from privacyaudit.model import (
    AuditRecord,
    Check,
    Decision,
    Earlier,
    Finding,
    Observation,
    PlatformRecord,
    Verdict,
    platform_of,
    tally,
)
from privacyaudit.over_time import due


@dataclass(frozen=True)
class Last:
    """What was known about a check.

    `why` is the reason to ask it again, None where its answer still counts. `carried` are the observations that count
    as long as nobody looks again, `earlier` the answer as it was then, also where it does not count any more.
    """

    why: model.Why | None = model.Why.NEW
    carried: tuple[Observation, ...] = ()
    earlier: Earlier | None = None


def standing(records: Sequence[AuditRecord], sites: Mapping[str, str | None] | None = None) -> AuditRecord | None:
    """Merge records, the newest first, into one that holds the newest finding of each check; None where there is none.

    With `sites` it is about those platforms only, each at that site; without, about every platform of the records, each
    at the site where it was audited last. The rest of the record is that of the newest one that has a part in it.
    """
    chosen = dict(sites) if sites is not None else _newest_sites(records)
    findings: dict[str, Finding] = {}
    parts: dict[str, PlatformRecord] = {}
    newest = None
    for record in records:
        here = [part for part in record.platforms if part.platform in chosen and part.site == chosen[part.platform]]
        if not here or record.demo:
            continue
        newest = newest or record
        names = {part.platform for part in here}
        for part in here:
            parts.setdefault(part.platform, part)
        for finding in record.findings:
            if platform_of(finding.check) in names:
                findings.setdefault(finding.check, finding)
    if newest is None:
        return None
    found = tuple(findings.values())
    merged = {"platforms": tuple(parts.values()), "findings": found, "summary": tally(found)}
    return newest.model_copy(update=merged)


def _newest_sites(records: Iterable[AuditRecord]) -> dict[str, str | None]:
    sites: dict[str, str | None] = {}
    for record in records:
        for part in () if record.demo else record.platforms:
            sites.setdefault(part.platform, part.site)
    return sites


def decided(record: AuditRecord, decisions: Iterable[Decision], today: date) -> AuditRecord:
    """Return a record with these decisions laid over it."""
    mine = standing_decisions(decisions, {part.platform: part.site for part in record.platforms})
    found = tuple(judge.decided(finding, mine.get(finding.check), today) for finding in record.findings)
    return record.model_copy(update={"findings": found, "summary": tally(found)})


def undecided(record: AuditRecord) -> AuditRecord:
    """Return a record without any decision: what was accepted is to change, and nothing is planned."""
    found = tuple(_undecided(finding) for finding in record.findings)
    return record.model_copy(update={"findings": found, "summary": tally(found)})


def standing_decisions(decisions: Iterable[Decision], sites: Mapping[str, str | None]) -> dict[str, Decision]:
    """Return the decisions about these platforms at these sites, each by the id of its check."""
    return {
        one.check: one
        for one in decisions
        if (platform := platform_of(one.check)) in sites and sites[platform] == one.site
    }


def timely(decisions: Iterable[Decision], today: date) -> list[Decision]:
    """Leave out what is dated after today: under a wrong clock nobody chose a day that can be relied on."""
    return [one for one in decisions if day(one.at) <= today]


def _undecided(finding: Finding) -> Finding:
    verdict = Verdict.FAIL if finding.verdict is Verdict.ACCEPTED else finding.verdict
    return finding.model_copy(update={"verdict": verdict, "until": None, "planned": None})


def last(checks: Iterable[Check], before: AuditRecord | None, today: date) -> dict[str, Last]:
    """Return what was known about each of these checks; one that `before` does not have is new."""
    if before is None:
        return {}
    known = {finding.check: finding for finding in before.findings}
    return {check.id: _last(check, _found(check, known), before, today) for check in checks}


def _found(check: Check, known: Mapping[str, Finding]) -> Finding | None:
    return next((known[name] for name in check.names if name in known), None)


def _last(check: Check, finding: Finding | None, before: AuditRecord, today: date) -> Last:
    if finding is None:
        return Last()
    why, on = due.judged(finding, check, before.role, before.finished, today)
    counts = due.counts(finding, check, before.role, before.finished, today)
    return Last(
        why=why if on <= today else None,
        carried=finding.observations if counts else (),
        earlier=None if why is model.Why.CHANGED else _earlier(finding, before),
    )


def _earlier(finding: Finding, before: AuditRecord) -> Earlier | None:
    if finding.option is None:
        return finding.earlier
    return Earlier(option=finding.option, on=due.seen_on(finding, before.finished))


@dataclass(frozen=True)
class Past:
    """What is known from audits before, and what the person decided then, each by the id of its check."""

    last: Mapping[str, Last] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)

    def asks(self, check: Check) -> bool:
        """Tell whether a check is asked, and not only offered as still so."""
        known = self.last.get(check.id)
        return known is None or known.why is not None


NOTHING = Past()
