"""The main job, from a plan to a report: read, decide, keep, write. It prints nothing: it is handed a person.

`audit`, `demo` and one computer that people use in turn differ only in their `AuditRequest`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from privacyaudit.audit import run
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clock import local, today
from privacyaudit.errors import AuditError, Stopped
from privacyaudit.i18n import N_, _
from privacyaudit.journal import Journal, Seen
from privacyaudit.model import AuditRecord, Decision, Role
from privacyaudit.over_time.known import NOTHING, Past, decided
from privacyaudit.over_time.memory import Memory
from privacyaudit.plan import Plan
from privacyaudit.readers import Reader
from privacyaudit.reminders import calendar
from privacyaudit.report import writing
from privacyaudit.report.view import View

GO_ON = N_("To continue: privacyaudit audit --resume")


class Reading(Enum):
    """Whether a browser reads, whether it shows a window, and who signs in there."""

    NONE = "none"
    WINDOW = "window"
    WINDOW_FILLED = "window_filled"
    HIDDEN_FILLED = "hidden_filled"

    @property
    def hidden(self) -> bool:
        """Tell whether no window is shown."""
        return self is Reading.HIDDEN_FILLED

    @property
    def filled(self) -> bool:
        """Tell whether the program signs in with what was saved."""
        return self in (Reading.WINDOW_FILLED, Reading.HIDDEN_FILLED)


class Decider(Protocol):
    """Whom a session asks about the record that it has made."""

    def begin_history(self) -> Memory | None:
        """Offer to keep a history, where there is none yet; None when it is not wanted."""
        ...

    def decide(self, record: AuditRecord, catalogue: Catalogue) -> Sequence[Decision]:
        """Ask what is accepted or planned, and return what was decided."""
        ...


class NothingKept:
    """Somebody of whom nothing is kept, and who is asked nothing about it."""

    def begin_history(self) -> None:
        """Offer no history."""

    def decide(self, record: AuditRecord, catalogue: Catalogue) -> Sequence[Decision]:
        """Ask nothing."""
        return ()


@dataclass(frozen=True)
class AuditRequest:
    """One audit to carry out: what is asked, who reads, where answers are saved, and what becomes of the record.

    `memory` is the open history, if there is one, and `past` what it knows of this plan. Without a `folder` no file
    is written. `of_pretend_sites` forgets the addresses of the sites, which are gone when the report is read.
    """

    plan: Plan
    readers: Sequence[Reader]
    journal: Journal
    catalogue: Catalogue
    memory: Memory | None = None
    past: Past = NOTHING
    folder: Path | None = None
    formats: Sequence[str] = ()
    reminds: bool = False
    of_pretend_sites: bool = False


@dataclass(frozen=True)
class Done:
    """An audit that was carried out: what the report shows, the files, and trouble that did not stop it.

    `kept` tells that the history has it, `unkept` why not; `stopped` is why it ended early; `aside` holds lost answers.
    """

    view: View
    paths: Sequence[Path] = ()
    stopped: Stopped | None = None
    kept: bool = False
    unkept: AuditError | None = None
    aside: Path | None = None

    @property
    def goes_on(self) -> Stopped | None:
        """Return why it ended early, where it was written all the same and can be gone on with."""
        return Stopped(self.stopped.what, _(GO_ON)) if self.stopped and self.paths else None


def carry_out(request: AuditRequest, person: Decider) -> Done:
    """Carry out one audit.

    One that was stopped and can be gone on with leaves its journal as it is. A report of what there is is written, but
    neither kept nor decided about; where nothing was answered yet, there is none, and Stopped is raised. Raises
    SaveError.
    """
    plan, memory = request.plan, request.memory
    record, stopped = run(plan, request.readers, request.journal, request.past)
    if stopped and request.folder:
        return _so_far(request, record, stopped)
    if request.of_pretend_sites:
        parts = tuple(part.model_copy(update={"site": None}) for part in record.platforms)
        record = record.model_copy(update={"platforms": parts})
    memory = memory or person.begin_history()
    decisions = person.decide(record, request.catalogue) if memory else ()
    record = decided(record, decisions, today())
    counts, unkept = memory.keep(record, decisions) if memory else ([], None)
    view, paths = writing.write(
        record,
        request.catalogue,
        request.folder,
        request.formats,
        before=memory.before(plan) if memory else None,
        over_time=counts,
        calendar=reminder(request.catalogue.role(plan.role), record) if request.reminds else None,
    )
    aside = request.journal.close(keep=bool(request.journal.lost(item.check for item in plan.items)))
    return Done(view, paths, stopped, kept=memory is not None and unkept is None, unkept=unkept, aside=aside)


def _so_far(request: AuditRequest, record: AuditRecord, stopped: Stopped) -> Done:
    """Write the report of an audit that was stopped, uncompared. Raises Stopped where nothing can be written yet."""
    if not request.journal.path:
        raise Stopped(_("Stopped. No report was written."))
    if not any(isinstance(entry, Seen) for entry in request.journal.entries):
        raise Stopped(stopped.what, _(GO_ON))
    view, paths = writing.write(record, request.catalogue, request.folder, request.formats)
    return Done(view, paths, stopped)


def reminder(role: Role, record: AuditRecord) -> bytes | None:
    """Return the calendar file of a report, counted from the audit and as often as is usual for the role."""
    finished = local(record.finished)
    return calendar.for_report(role.remind, calendar.own_uid(), finished, calendar.next_number(finished))
