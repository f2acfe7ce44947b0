"""The one report of a clinic, as data: what JSON and CSV hold, and nothing that `hiding` does not allow."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from privacyaudit import __version__
from privacyaudit.clinic import hiding
from privacyaudit.clinic.counts import Row, Tally
from privacyaudit.clinic.store import Plan
from privacyaudit.errors import RecordError
from privacyaudit.i18n import N_, _
from privacyaudit.model import CheckId, Data, Id, Line
from privacyaudit.storage import reading
from privacyaudit.storage.versions import refuse_newer

MAX_BYTES = 5_000_000
WANTED = reading.FileKind(
    RecordError,
    MAX_BYTES,
    N_("{path} is larger than 5 MB. The record of a clinic is never that large."),
    N_("Check that this is the JSON file of a clinic."),
    N_("Choose the JSON file of a clinic."),
)
COLUMNS = (
    *("schema", "clinic", "month", "role", "platform", "check", "revision", "taking_part"),
    *("told", "told_hidden"),
    *("to_change", "to_change_hidden", "to_change_low", "to_change_high"),
    *("fixed", "fixed_hidden", "fixed_low", "fixed_high"),
)


class Figure(Data):
    """A number of people: at least `low`, at most `high`; the two are equal where the number is exact."""

    low: Annotated[int, Field(ge=0)]
    high: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise ValueError("low is above high")
        return self

    @property
    def exact(self) -> int | None:
        """Return the number where it is exact, else None."""
        return self.low if self.low == self.high else None


class CheckCounts(Data):
    """What is told about one check: how many answered it, had it to change, and changed it; null is not told."""

    platform: Id
    check: CheckId
    revision: Annotated[int, Field(ge=1)]
    told: Annotated[int, Field(ge=hiding.SMALL)] | None
    to_change: Figure | None
    fixed: Figure | None


class ClinicRecord(Data):
    """One clinic: its month (no day), and counts. No times, no order, nobody."""

    schema_: Literal["1"] = Field(default="1", alias="schema")
    tool: Literal["privacyaudit"] = "privacyaudit"
    kind: Literal["clinic"] = "clinic"
    version: Annotated[str, Field(max_length=40)]
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    name: Line
    month: Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
    role: Id
    quick: bool
    platforms: tuple[Id, ...]
    taking_part: Annotated[int, Field(ge=0)]
    checks: tuple[CheckCounts, ...]

    @model_validator(mode="after")
    def _nothing_of_few(self) -> Self:
        figures = [one for row in self.checks for one in (row.told, row.to_change, row.fixed)]
        if self.taking_part < hiding.CROWD and any(one is not None for one in figures):
            raise ValueError("under ten people nothing is told but their number")
        return self


def make(plan: Plan, tally: Tally) -> ClinicRecord:
    """Return the record of a clinic that has ended."""
    rows = tuple(
        CheckCounts(
            platform=row.line.platform,
            check=row.line.check,
            revision=row.line.revision,
            told=row.told,
            to_change=_figure(row.to_change),
            fixed=_figure(_closed(row, tally.again)),
        )
        for row in tally.report()
    )
    return ClinicRecord(
        version=__version__,
        id=plan.id,
        name=plan.name,
        month=plan.month,
        role=plan.role,
        quick=plan.quick,
        platforms=plan.platforms,
        taking_part=tally.people,
        checks=rows,
    )


def _figure(span: hiding.Span | None) -> Figure | None:
    return None if span is None else Figure(low=span.low, high=span.high)


def _closed(row: Row, again: int) -> hiding.Span | None:
    """Return how many changed it; where that is open upwards, it ends at a number that is told anyway.

    How many people shared a second time is not told.
    """
    if row.fixed is None or row.to_change is None or row.fixed.high != again:
        return row.fixed
    return hiding.Span(row.fixed.low, row.to_change.high)


def text(record: ClinicRecord) -> str:
    """Return the record as JSON; `read` gives an equal record back."""
    return record.model_dump_json(by_alias=True, indent=2) + "\n"


def rows(record: ClinicRecord) -> str:
    """Return one CSV line for each check, to be pooled; the columns are in docs/clinic/pool-many-clinics.md."""
    made = StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in record.checks:
        told = [row.told, int(row.told is None)]
        writer.writerow(
            [
                *("1", record.id, record.month, record.role, row.platform, row.check, row.revision, record.taking_part),
                *(*told, *_cells(row.to_change), *_cells(row.fixed)),
            ]
        )
    return made.getvalue()


def _cells(figure: Figure | None) -> Sequence[int | None]:
    if figure is None:
        return (None, 1, None, None)
    return (figure.exact, int(figure.exact is None), figure.low, figure.high)


def read(path: Path) -> ClinicRecord:
    """Read the record of a clinic. Raises RecordError for a file that is missing, larger than 5 MB, or none."""
    raw = reading.read(path, WANTED)
    try:
        return ClinicRecord.model_validate_json(raw.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        refuse_newer(path, raw)
        raise RecordError(
            _("{path} is not the record of a clinic.").format(path=path),
            _("The program did not change the file. Choose the JSON file that “privacyaudit clinic” wrote."),
        ) from error


def earlier(name: str, clinic: str, folder: Path, given: Sequence[Path]) -> list[ClinicRecord]:
    """Return the records of earlier clinics of the same name, the oldest first: from a folder, and those given.

    A file of the folder that is no record is passed over. Raises RecordError for a given one that is none.
    """
    found = {one.id: one for one in map(read, given)}
    for path in sorted(folder.glob("privacy-clinic-*.json")):
        try:
            one = read(path)
        except RecordError:
            continue
        if _plain(one.name) == _plain(name):
            found.setdefault(one.id, one)
    found.pop(clinic, None)
    return sorted(found.values(), key=lambda one: (one.month, one.id))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
