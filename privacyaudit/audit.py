"""The loop: a plan goes in, one record comes out, with exactly one finding per check, also when it was stopped."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from privacyaudit import __version__
from privacyaudit.clock import day, now
from privacyaudit.errors import Stopped
from privacyaudit.journal import Ended, Journal, Noted, Seen
from privacyaudit.judge import decided, judge, listed, settled
from privacyaudit.model import (
    AuditRecord,
    Check,
    Finding,
    Observation,
    PlatformRecord,
    Reason,
    Refusals,
    SignedOut,
    Verdict,
    platform_of,
    tally,
)
from privacyaudit.over_time.known import NOTHING, Last, Past
from privacyaudit.plan import Plan
from privacyaudit.readers import Outcome, Reader
from privacyaudit.readers.ask import stopped_by_person


def run(
    plan: Plan,
    readers: Sequence[Reader],
    journal: Journal,
    past: Past = NOTHING,
    clock: Callable[[], datetime] = now,
) -> tuple[AuditRecord, Stopped | None]:
    """Go through the readers in order and return the record.

    What a stopped earlier run left in the journal counts, as long as the check has not changed since. Each observation
    is saved before the reader goes on; an option that the check does not have is kept as *unlisted_value*. A check that
    nobody looked at keeps the answer of an earlier audit while that still counts, with the day it was given. When a
    reader raises Stopped, or Ctrl-C is pressed, the record is complete all the same: what was not reached is unknown,
    and the Stopped comes back beside it. Raises SaveError when an observation cannot be saved.
    """
    items = plan.items
    checks = {item.check.id: item.check for item in items}
    found: dict[str, list[Observation]] = {check_id: [] for check_id in checks}
    for entry in journal.counting(checks.values()):
        _keep(found[entry.check], entry.observation)

    def note(key: str, made: Observation | Outcome) -> None:
        entry = noted(checks, key, made)
        if entry:
            journal.add(entry)
        if isinstance(entry, Seen):
            _keep(found[key], entry.observation)

    stopped: Stopped | None = None
    try:
        for reader in readers:
            open_items = [item for item in items if reader.name == "answers" or not settled(found[item.check.id])]
            reading = reader.read(open_items, found)
            try:
                for key, made in reading:
                    note(key, made)
            except KeyboardInterrupt as interrupt:
                for key, made in _ended(reading, interrupt):
                    note(key, made)
                raise
    except Stopped as stop:
        stopped = stop
    except KeyboardInterrupt:
        stopped = stopped_by_person()
    finished = clock()
    missing = Reason.STOPPED if stopped else Reason.SKIPPED
    findings = tuple(
        _finding(item.check, found[item.check.id], plan.role, day(finished), missing, past) for item in items
    )
    began, sessions = journal.header.started, _sessions(journal.entries)
    return record(plan, findings, sessions, started=began, finished=finished, stopped=bool(stopped)), stopped


def noted(checks: Mapping[str, Check], key: str, made: Observation | Outcome) -> Seen | Ended | None:
    """Return what a reader yielded as it stands in a journal; None where it is about no check of the plan."""
    if isinstance(made, Outcome):
        return Ended(platform=key, refused=made.refused, signed_out=made.signed_out)
    if key not in checks:
        return None
    return Seen(check=key, revision=checks[key].revision, observation=listed(checks[key], made))


def _ended(
    reading: Iterable[tuple[str, Observation | Outcome]], interrupt: KeyboardInterrupt
) -> Iterator[tuple[str, Observation | Outcome]]:
    """Let a reader that was not at work when Ctrl-C came end in order, and tell what became of its session."""
    if isinstance(reading, Generator):
        yield reading.throw(interrupt)
        yield from reading


def _finding(
    check: Check, observations: Sequence[Observation], role: str, day: date, missing: Reason, past: Past
) -> Finding:
    known = past.last.get(check.id, Last())
    if not observations and known.earlier and not known.carried and missing is Reason.SKIPPED:
        missing = Reason.EXPIRED
    finding = judge(check, observations or known.carried, role, day, missing)
    if finding.verdict is Verdict.UNKNOWN:
        return finding.model_copy(update={"earlier": known.earlier})
    return decided(finding, past.decisions.get(check.id), day)


_SIGNED_OUT_WORST_LAST = (SignedOut.NOT_USED, SignedOut.CONFIRMED, SignedOut.LEFT_TO_YOU, SignedOut.NOT_CONFIRMED)


def _sessions(entries: Iterable[Noted]) -> dict[str, Outcome]:
    """Return how the browser sessions on each platform ended, taken together: all refusals, and the worst signing out.

    A session that read something and whose end was never noted (the program was killed) is *not confirmed*.
    """
    ends: dict[str, list[Outcome]] = {}
    reading: set[str] = set()
    for entry in entries:
        if isinstance(entry, Ended):
            ends.setdefault(entry.platform, []).append(Outcome(entry.refused, entry.signed_out))
            reading.discard(entry.platform)
        elif isinstance(entry, Seen) and _was_read(entry.observation):
            reading.add(platform_of(entry.check))
    for platform in reading:
        ends.setdefault(platform, []).append(Outcome(Refusals(), SignedOut.NOT_CONFIRMED))
    return {
        platform: Outcome(
            Refusals(
                count=sum(one.refused.count for one in several),
                hosts=tuple(sorted({host for one in several for host in one.refused.hosts})),
            ),
            max((one.signed_out for one in several), key=_SIGNED_OUT_WORST_LAST.index),
        )
        for platform, several in ends.items()
    }


def _was_read(made: Observation) -> bool:
    """Tell whether a page was read for this: what a person confirms of it is said when the session is over."""
    return made.reader == "web" and made.option is not None and not made.confirmed


def _keep(observations: list[Observation], observation: Observation) -> None:
    observations[:] = [o for o in observations if (o.reader, o.probe) != (observation.reader, observation.probe)]
    observations.append(observation)


def record(
    plan: Plan,
    findings: tuple[Finding, ...],
    ended: Mapping[str, Outcome],
    *,
    started: datetime,
    finished: datetime,
    stopped: bool = False,
) -> AuditRecord:
    """Put findings and the way they came about into one record."""
    platforms = tuple(
        PlatformRecord(
            platform=part.checklist.platform.id,
            site=part.site,
            checklist_sha256=part.loaded.sha256,
            origin=part.loaded.origin,
            browser=part.checklist.platform.id in ended,
            refused=ended[part.checklist.platform.id].refused if part.checklist.platform.id in ended else Refusals(),
            signed_out=ended[part.checklist.platform.id].signed_out
            if part.checklist.platform.id in ended
            else SignedOut.NOT_USED,
        )
        for part in plan.parts
    )
    return AuditRecord(
        version=__version__,
        id=uuid.uuid4().hex,
        started=started,
        finished=finished,
        role=plan.role,
        quick=plan.quick,
        areas=plan.areas,
        stopped=stopped,
        demo=any(part.checklist.platform.group == "demo" for part in plan.parts),
        summary=tally(findings),
        platforms=platforms,
        findings=findings,
    )
