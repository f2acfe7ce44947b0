"""How an audit in the window came out: its record, its report on the screen and in files, and what is decided of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clock import today
from privacyaudit.errors import AuditError, RecordError, SaveError, UsageError, on_a_page
from privacyaudit.i18n import _
from privacyaudit.model import CONTROL, AuditRecord, Count, Decision, Observation
from privacyaudit.over_time import decisions
from privacyaudit.over_time.compare import in_order
from privacyaudit.over_time.known import NOTHING, decided
from privacyaudit.over_time.memory import Memory
from privacyaudit.plan import Item
from privacyaudit.readers import Reader
from privacyaudit.readers.ask import stopped_by_person
from privacyaudit.report import changes, writing
from privacyaudit.report.formats import html, plan
from privacyaudit.report.view import View
from privacyaudit.session import AuditRequest, NothingKept, carry_out, reminder
from privacyaudit.storage import files, owners
from privacyaudit.window.app import Download
from privacyaudit.window.sitting import Sitting

FORMATS = ("html", "json", "csv")


@dataclass(frozen=True)
class Leaving:
    """A reader for somebody who leaves before the end: nobody looks at what has no answer yet."""

    name: Any = "ask"

    def read(self, items: Sequence[Item], observations: Mapping[str, Sequence[Observation]]) -> Iterator[Any]:
        """Raise Stopped."""
        raise stopped_by_person()
        yield


@dataclass(frozen=True)
class Result:
    """A record and what is shown of it: `paths` are its files, and `last` is the record of the time before.

    One that is not `whole` was stopped and goes on. `before` and `counts` are what the history adds to the report.
    """

    view: View
    paths: Sequence[Path] = ()
    whole: bool = True
    kept: bool = False
    trouble: AuditError | None = None
    before: AuditRecord | None = None
    counts: Sequence[Count] = ()
    last: AuditRecord | None = None

    @property
    def record(self) -> AuditRecord:
        """Return the record."""
        return self.view.record


def finish(
    sitting: Sitting, catalogue: Catalogue, memory: Memory | None, folder: Path | None, *, alone: bool = False
) -> Result:
    """End an audit: make its record, keep it where there is a history, and write its report where there is a folder.

    One with something left to answer is written as it is, and its journal stays. One that stands `alone` is compared
    with no report that was written before, which is another person's. Raises Stopped where nothing was
    answered yet, and SaveError.
    """
    last = None if alone else newest_written(other_than=sitting.journal.header.started)
    leaving: list[Reader] = [Leaving()] if sitting.left else []
    past = memory.past(sitting.plan, today()) if memory else NOTHING
    before = memory.before(sitting.plan) if memory and not leaving else None
    request = AuditRequest(
        sitting.plan, leaving, sitting.journal, catalogue, memory, past, folder, FORMATS, reminds=folder is not None
    )
    done = carry_out(request, NothingKept())
    counts = done.view.changes.over_time if done.view.changes else ()
    return Result(done.view, done.paths, not leaving, done.kept, done.unkept, before, counts, last)


def newest_written(*, other_than: datetime | None = None) -> AuditRecord | None:
    """Return the record of the newest report that this program wrote and that can still be read.

    `other_than` is when an audit began of which no report counts, because it goes on.
    """
    try:
        written = files.written()
    except SaveError:
        return None
    named = (path for path in written if path.suffix == ".json" and path.name.startswith("privacy-audit-"))
    for path in sorted(named, key=writing.age_in_name, reverse=True):
        try:
            record = writing.read_written(path).record
        except (RecordError, OSError):
            continue
        if record.started != other_than:
            return record
    return None


def shown_again(record: AuditRecord, catalogue: Catalogue) -> Result:
    """Return the result of an earlier audit, to look at."""
    view, _paths = writing.write(record, catalogue, None, ())
    return Result(view)


def with_trouble(result: Result, trouble: AuditError) -> Result:
    """Return a result that tells why the history does not have it."""
    return replace(result, trouble=trouble)


def now_kept(result: Result) -> Result:
    """Return a result that the history has."""
    return replace(result, kept=True, trouble=None)


def with_decision(result: Result, decision: Decision, catalogue: Catalogue) -> Result:
    """Return a result with something decided, its files written again. Raises SaveError."""
    record = decided(result.record, [decision], today())
    view = writing.rewrite(result.paths, record, catalogue, result.before, result.counts)
    return replace(result, view=view)


def save(result: Result, catalogue: Catalogue, typed: str, *, agreed: bool) -> dict[str, Any]:
    """Write the files of a result in a folder, once the person knows who else can read it, and wants it made.

    Raises UsageError for what is no folder, and as `writing.write`.
    """
    folder = folder_named(typed)
    if not agreed and (asked := _asked_first(folder)):
        return asked
    files.try_folder(folder)
    names = (*FORMATS, writing.PLAN)
    _view, paths = writing.write(result.record, catalogue, folder, names, result.before, result.counts)
    return {"said": [_("Written: {path}").format(path=path) for path in paths]}


def _asked_first(folder: Path) -> dict[str, str]:
    """Return what is asked before something is written in a folder, and what a yes is called; empty for nothing."""
    asked = {}
    owner = owners.owner_of(folder)
    if owner and owner.takes_away:
        who = _("The files will be in {folder}. {who}").format(folder=folder, who=owner.sentence)
        asked = {"asks": who, "yes": _("Write them there anyway")}
    if not files.there(folder):
        new = _("The folder {folder} does not exist. Make it?").format(folder=folder)
        asked = {"asks": f"{asked['asks']} {new}" if asked else new, "yes": _("Make this folder")}
    return asked


def folder_named(typed: str) -> Path:
    """Return the folder that a person typed. Raises UsageError for what is no whole path."""
    typed = typed.strip()
    try:
        folder = Path(typed).expanduser()
    except RuntimeError:  # the home of somebody who is not there
        folder = Path(typed)
    if not folder.is_absolute() or CONTROL.search(typed):
        raise UsageError(
            _("“{folder}” is not a whole path.").format(folder=CONTROL.sub(" ", typed)),
            _("Write the folder from its beginning, such as {example}.").format(example=Path.home() / "Documents"),
        )
    return folder


# -- pages -----------------------------------------------------------------------------------------


def report_page(result: Result | None) -> str | None:
    """Draw the report."""
    return html.page(result.view) if result else None


def plan_page(result: Result | None) -> str | None:
    """Draw what is to change, on one sheet."""
    return plan.page(result.view) if result else None


def calendar(result: Result | None, catalogue: Catalogue) -> Download | None:
    """Return a calendar file for looking again, as often as is usual for the role."""
    made = reminder(catalogue.role(result.record.role), result.record) if result else None
    return Download("look-again.ics", "text/calendar", made) if made else None


def compared(result: Result, catalogue: Catalogue) -> changes.ChangesView | None:
    """Return what changed since the time before: as the history knows it, or else since the report before."""
    if result.view.changes:
        return result.view.changes.shown
    if result.last is None or result.last.id == result.record.id:
        return None
    return changes.view(in_order(result.last, result.record, catalogue), catalogue, today())


def compare_page(result: Result | None, catalogue: Catalogue) -> str | None:
    """Draw what changed since the time before."""
    found = compared(result, catalogue) if result else None
    return changes.page(found) if found else None


def told(result: Result, catalogue: Catalogue) -> dict[str, Any]:
    """Return what the page says of a result, as plain words."""
    view, since = result.view, compared(result, catalogue)
    return {
        "headline": view.headline.sentence,
        "lead": view.lead,
        "whole": result.whole,
        "first": [_("{platform}: {title}").format(platform=one.platform, title=one.title) for one in view.first.cards],
        "files": [_("Written: {path}").format(path=path) for path in result.paths],
        "who": view.kept_by,
        "since": since.headline if since else "",
        "kept": result.kept,
        "trouble": on_a_page(result.trouble) if result.trouble else "",
        "decisions": _open(result.record, catalogue) if result.kept else [],
        "days": decisions.proposed_days(today()),
    }


def _open(record: AuditRecord, catalogue: Catalogue) -> list[dict[str, str]]:
    def named(check: str) -> str:
        loaded, _check = catalogue.check(check)
        return _(loaded.checklist.platform.name)

    return [
        {"check": check.id, "title": _("{platform}: {title}").format(platform=named(check.id), title=_(check.title))}
        for _finding, check in decisions.to_decide(record, catalogue)
    ]
