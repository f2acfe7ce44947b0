"""A history as a file that is not encrypted, written out and read back."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field, TypeAdapter, ValidationError

from privacyaudit.errors import RecordError
from privacyaudit.i18n import N_, _
from privacyaudit.model import AuditRecord, Data, Decision, Looked, WrittenRecord
from privacyaudit.storage import reading
from privacyaudit.storage.versions import refuse_newer

WANTED = reading.FileKind(
    RecordError,
    200_000_000,
    N_("{path} is larger than 200 MB. A history is never that large."),
    N_("Check that this is an exported history file."),
    N_("Choose an exported history file."),
)


class Export(Data):
    """The shape of an exported history; a decision has its `because` in it."""

    schema_: Literal["1"] = Field(default="1", alias="schema")
    tool: Literal["privacyaudit"] = "privacyaudit"
    kind: Literal["history"] = "history"
    records: tuple[AuditRecord, ...]
    decisions: tuple[Decision, ...] = ()
    looked: tuple[Looked, ...] = ()


class Exported(NamedTuple):
    """How much was written to a file."""

    records: int
    decisions: int
    searches: int


class Imported(NamedTuple):
    """How many records are new, how many were kept already, and how many decisions and searches were taken over."""

    new: int
    known: int
    decisions: int
    searches: int


def from_file(file: Path) -> Export:
    """Read an exported history, or the record of one audit as one. Raises RecordError."""
    raw = reading.read(file, WANTED).removeprefix(b"\xef\xbb\xbf")
    try:
        found = _IMPORTED.validate_json(raw)
    except ValidationError as error:
        refuse_newer(file, raw)
        raise RecordError(
            _("{path} is neither an exported history nor the record of an audit.").format(path=file),
            _("Nothing was added. Choose a file that “privacyaudit history export” or an audit wrote."),
        ) from error
    return found if isinstance(found, Export) else Export(records=(found.record,))


_IMPORTED: TypeAdapter[Export | WrittenRecord] = TypeAdapter(Export | WrittenRecord)
