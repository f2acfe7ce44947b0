"""When an answer is too old to rely on. Pure: no clock but the one handed in, and every day is the person's."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clock import day, in_utc
from privacyaudit.judge import means_the_same
from privacyaudit.model import Area, AuditRecord, Check, Finding, Reason, Severity, Verdict, Why, platform_of

_MONTHS = {
    Area.LOGOUT: 3,
    Area.DEVICES: 3,
    Area.APPS: 3,
    Area.PASSWORDS: 6,
    Area.VISIBILITY: 6,
    Area.TAGGING: 6,
    Area.CONTACT: 6,
    Area.LOCATION: 6,
    Area.IDENTITY: 6,
    Area.WORK_ACCOUNT: 6,
    Area.ADS: 12,
    Area.CONDUCT: 12,
}
_MOST_IF_HIGH = 6
_ONE_DAY = timedelta(days=1)


_WHYS = list(Why)
_SEVERITIES = list(Severity)


@dataclass(frozen=True)
class Due:
    """A check to look at again, by the id in the record, and the first day on which it is due.

    What was to change or could not be told is due from the day it was seen, and what is planned from its planned day.
    When a check changed is not known, so that is due from today.
    """

    check: str
    platform: str
    why: Why
    on: date


# -- one answer ------------------------------------------------------------------------------------


def shelf_life(check: Check) -> int:
    """Return for how many months an answer counts, from 1 to 24.

    What the check itself says goes first. Else it is by area, and for a check of high severity at most 6.
    """
    if check.recheck is not None:
        return check.recheck
    months = _MONTHS[check.area]
    return min(months, _MOST_IF_HIGH) if check.severity is Severity.HIGH else months


def counts(finding: Finding, check: Check | None, role: str, finished: datetime, today: date) -> bool:
    """Tell whether an answer may still be relied on: `role` and `finished` are those of the record it is in.

    It must be known, the check must still ask and judge the same, and its shelf life must not be over. An answer that
    was accepted until a day counts to the end of that day even so. One from a day that is still to come does not count.
    """
    if check is None or finding.verdict is Verdict.UNKNOWN or not means_the_same(check, finding, role):
        return False
    if finding.verdict is Verdict.ACCEPTED and finding.until and today <= finding.until:
        return True
    seen = seen_on(finding, finished)
    return seen <= today < add_months(seen, shelf_life(check))


def judged(
    finding: Finding | None, check: Check | None, role: str, finished: datetime, today: date
) -> tuple[Why, date]:
    """Return why and from which day a check is due: `role` and `finished` are those of the record it is in.

    None as the finding means that there is none, None as the check that the catalogue has it no more. An answer from a
    day that is still to come was given under a wrong clock, so nobody knows its age: it has expired.
    """
    if finding is None:
        return Why.NEW, today
    seen = seen_on(finding, finished)
    if check is None or not means_the_same(check, finding, role):
        return Why.CHANGED, today
    if finding.reason is Reason.EXPIRED and finding.earlier:
        return Why.EXPIRED, min(add_months(finding.earlier.on, shelf_life(check)), today)
    if finding.verdict is Verdict.UNKNOWN:
        return Why.UNKNOWN, min(seen, today)
    if finding.verdict is Verdict.FAIL:
        return (Why.PLANNED, finding.planned) if finding.planned else (Why.TO_CHANGE, min(seen, today))
    if finding.verdict is Verdict.ACCEPTED and finding.until:
        return Why.ACCEPTED_UNTIL, min(finding.until, date.max - _ONE_DAY) + _ONE_DAY
    return Why.EXPIRED, today if seen > today else add_months(seen, shelf_life(check))


def seen_on(finding: Finding, finished: datetime) -> date:
    """Return the day on which the newest observation was made; without one, the day the audit finished."""
    return day(max((observation.at for observation in finding.observations), key=in_utc, default=finished))


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


# -- all of a record -------------------------------------------------------------------------------


def due(record: AuditRecord, catalogue: Catalogue, today: date) -> list[Due]:
    """Return what is due today, what matters most first: by severity, reason, essential, day.

    A check that the catalogue has no more comes last.
    """

    def rank(one: Due) -> tuple[int, int, bool, date, str]:
        check = find(one.check, catalogue)
        severity = _SEVERITIES.index(check.severity) if check else len(_SEVERITIES)
        return severity, _WHYS.index(one.why), not (check and check.essential), one.on, one.check

    return sorted((one for one in _all(record, catalogue, today) if one.on <= today), key=rank)


def later(record: AuditRecord, catalogue: Catalogue, today: date) -> list[Due]:
    """Return what is not due yet, the next first."""
    waiting = (one for one in _all(record, catalogue, today) if one.on > today)
    return sorted(waiting, key=lambda one: (one.on, one.check))


def not_asked(record: AuditRecord, catalogue: Catalogue, platform: str) -> list[str]:
    """Return the checks of a platform that a record says nothing about: new ones, or those a quick audit left out."""
    loaded = catalogue.loaded.get(platform)
    found = {finding.check for finding in record.findings}
    checks = loaded.checklist.checks if loaded else ()
    return [check.id for check in checks if not found.intersection(check.names)]


def find(check_id: str, catalogue: Catalogue) -> Check | None:
    """Return a check by id or alias, or None when the catalogue does not have it."""
    loaded = catalogue.loaded.get(platform_of(check_id))
    return loaded.checklist.check(check_id) if loaded else None


def _all(record: AuditRecord, catalogue: Catalogue, today: date) -> Iterator[Due]:
    for finding in record.findings:
        why, on = judged(finding, find(finding.check, catalogue), record.role, record.finished, today)
        yield Due(finding.check, platform_of(finding.check), why, on)
