"""Write an audit record down: HTML to read, JSON to keep, CSV to plan with, a plan on one page, PDF to send."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from privacyaudit.catalogue import guidance
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clock import local, today
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import AuditRecord, Count
from privacyaudit.report.formats import csv, html, json, pdf, plan
from privacyaudit.report.formats.json import read_record, read_written
from privacyaudit.report.view import CalendarFile, View, build
from privacyaudit.storage import files, owners, reading

__all__ = ["FORMATS", "NAMES", "PDF", "PLAN", "read_record", "read_written", "write"]

FORMATS: Mapping[str, Callable[[View], str]] = {
    "html": html.page,
    "json": json.text,
    "csv": csv.plan,
}
PLAN = "plan"
"""A format of two files: what is to change, on one sheet of paper and as text."""
PLANS: Mapping[str, Callable[[View], str]] = {"html": plan.page, "txt": plan.text}
PDF = "pdf"
"""A format that needs a browser. It is written last, so that the others are there when that fails."""

NAMES = (*FORMATS, PLAN, PDF)
"""Every format that can be asked for."""

_READ_BY_PEOPLE = {"html", PDF}
_CALENDAR = "look-again"
_NUMBERED = re.compile(r"(.+-\d{4})-(\d{1,3})")


def write(
    record: AuditRecord,
    catalogue: Catalogue,
    folder: Path | None,
    formats: Iterable[str],
    before: AuditRecord | None = None,
    over_time: Sequence[Count] = (),
    calendar: bytes | None = None,
) -> tuple[View, list[Path]]:
    """Write a record in the formats asked for; return what they show, and the files: a PDF and a calendar file last.

    Without a folder nothing is written.

    With `before`, the earlier record, the report says what has changed since, and `over_time` are the counts of the
    audits up to this one, the oldest first. `calendar` is an iCalendar file for looking again: it is written beside
    a report that people read, which names it.
    They are named by the minute in which the audit finished; a file that is there is never written over.
    Raises UsageError for an unknown format, before anything is written, SaveError, and for a PDF as `print_pdf`.
    """
    wanted = sorted(dict.fromkeys(formats), key=lambda name: (name == PDF, name == PLAN))
    if strange := [name for name in wanted if name not in NAMES]:
        raise UsageError(
            _("There is no report format “{name}”.").format(name=strange[0]),
            _("Choose from: {names}.").format(names=", ".join(NAMES)),
        )
    minute = f"{local(record.finished):%Y-%m-%d-%H%M}"
    made = _made(minute, folder, wanted) if folder else {}
    paths = list(made)
    owner = owners.owner_of(folder) if folder else None
    beside = None
    if calendar and folder and _READ_BY_PEOPLE.intersection(wanted):
        [path] = free_names(f"{_CALENDAR}-{minute}", folder, ["ics"])
        beside = CalendarFile(path.name, calendar)
    shown = build(
        record,
        catalogue,
        guidance.guides(),
        today(),
        [path.name for path in paths] + ([beside.name] if beside else []),
        kept_by=owner.sentence if owner else "",
        before=before,
        over_time=over_time,
        calendar=beside,
    )
    if folder and beside:
        files.write(folder / beside.name, beside.content)
    for path, make in made.items():
        files.write(path, make(shown))
    return shown, paths + ([folder / beside.name] if folder and beside else [])


_MOST_CALENDAR = 100_000  # bytes


def rewrite(
    paths: Sequence[Path],
    record: AuditRecord,
    catalogue: Catalogue,
    before: AuditRecord | None,
    over_time: Sequence[Count],
) -> View:
    """Write the files of a report again, about the same audit after something was decided; return what they show.

    `paths` are those that `write` returned. Raises SaveError.
    """
    folder = paths[0].parent if paths else None
    owner = owners.owner_of(folder) if folder else None
    beside = next((path for path in paths if path.suffix == ".ics"), None)
    shown = build(
        record,
        catalogue,
        guidance.guides(),
        today(),
        [path.name for path in paths],
        kept_by=owner.sentence if owner else "",
        before=before,
        over_time=over_time,
        calendar=CalendarFile(beside.name, reading.content(beside, _MOST_CALENDAR))
        if beside and files.there(beside)
        else None,
    )
    for path in paths:
        if make := FORMATS.get(path.suffix.removeprefix(".")):
            files.write(path, make(shown))
    return shown


def _made(minute: str, folder: Path, wanted: Sequence[str]) -> dict[Path, Callable[[View], str | bytes]]:
    """Return the files to write, in order, and what makes each of them."""
    names = [name for name in wanted if name != PLAN]
    paths = dict(zip(names, free_names(f"privacy-audit-{minute}", folder, names), strict=True))
    made: dict[Path, Callable[[View], str | bytes]] = {}
    for name in wanted:
        if name == PLAN:
            made |= zip(free_names(f"privacy-plan-{minute}", folder, PLANS), PLANS.values(), strict=True)
        else:
            made[paths[name]] = pdf.pages if name == PDF else FORMATS[name]
    return made


def age_in_name(path: Path) -> tuple[str, int]:
    """Return what sorts audits by when they were written, the oldest first: the minute, and which one it was in it."""
    found = _NUMBERED.fullmatch(path.stem)
    return (found[1], int(found[2])) if found else (path.stem, 1)


def free_names(stem: str, folder: Path, formats: Iterable[str]) -> list[Path]:
    """Return a path for each format that begins with `stem` and at which nothing is yet, numbered where need be."""
    number = 1
    while True:
        paths = [folder / f"{stem}{'' if number == 1 else f'-{number}'}.{name}" for name in formats]
        if not any(os.path.lexists(path) for path in paths):
            return paths
        number += 1
