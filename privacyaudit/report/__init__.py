"""Write an audit record down: HTML to read, JSON to keep, CSV to plan with."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from privacyaudit.catalogue import guidance
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clock import in_utc, today
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import AuditRecord, Count
from privacyaudit.report.formats import csv, html, json
from privacyaudit.report.formats.json import read_record, read_written
from privacyaudit.report.view import View, build
from privacyaudit.storage import files, owners

__all__ = ["FORMATS", "read_record", "read_written", "write"]

FORMATS: Mapping[str, Callable[[View], str]] = {
    "html": html.page,
    "json": json.text,
    "csv": csv.plan,
}


def write(
    record: AuditRecord,
    catalogue: Catalogue,
    folder: Path | None,
    formats: Iterable[str],
    before: AuditRecord | None = None,
    over_time: Sequence[Count] = (),
    calendar: bytes | None = None,
) -> tuple[View, list[Path]]:
    """Write a record in the formats asked for; return what they show, and the files in that order.

    Without a folder nothing is written.

    With `before`, the earlier record, the report says what has changed since, and `over_time` are the counts of the
    audits up to this one, the oldest first. `calendar` is an iCalendar file for looking again, to put into the report.
    They are named by the minute in which the audit finished (UTC); a file that is there is never written over.
    Raises UsageError for an unknown format, before anything is written, and SaveError.
    """
    wanted = list(dict.fromkeys(formats))
    if strange := [name for name in wanted if name not in FORMATS]:
        raise UsageError(
            _("There is no report format “{name}”.").format(name=strange[0]),
            _("Choose from: {names}.").format(names=", ".join(FORMATS)),
        )
    stem = f"privacy-audit-{in_utc(record.finished):%Y-%m-%d-%H%M}"
    paths = free_names(stem, folder, wanted) if folder else []
    owner = owners.owner_of(folder) if folder else None
    shown = build(
        record,
        catalogue,
        guidance.guides(),
        today(),
        [path.name for path in paths],
        kept_by=owner.sentence if owner else "",
        before=before,
        over_time=over_time,
        calendar=calendar,
    )
    for name, path in zip(wanted, paths, strict=folder is not None):
        files.write(path, FORMATS[name](shown))
    return shown, paths


def free_names(stem: str, folder: Path, formats: Iterable[str]) -> list[Path]:
    """Return a path for each format that begins with `stem` and at which nothing is yet, numbered where need be."""
    number = 1
    while True:
        paths = [folder / f"{stem}{'' if number == 1 else f'-{number}'}.{name}" for name in formats]
        if not any(os.path.lexists(path) for path in paths):
            return paths
        number += 1
