"""The record itself as JSON, written and read back."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from privacyaudit.errors import RecordError
from privacyaudit.i18n import N_, _
from privacyaudit.model import AuditRecord, WrittenRecord
from privacyaudit.report.formats import comparison_json
from privacyaudit.report.view import View
from privacyaudit.storage import reading
from privacyaudit.storage.versions import refuse_newer

MAX_BYTES = 5_000_000
WANTED = reading.FileKind(
    RecordError,
    MAX_BYTES,
    N_("{path} is larger than 5 MB. A record is never that large."),
    N_("Check that this is the JSON file of an audit."),
    N_("Choose the JSON file of an audit."),
)


def text(view: View) -> str:
    """Return the record as JSON; `read_record` gives an equal record back. The keys are in docs/mend/formats.md.

    Where the report compares it with an earlier one, that record, the counts over time and the comparison are in it.
    """
    if view.changes is None:
        return view.record.model_dump_json(by_alias=True, indent=2)
    written = WrittenRecord.model_validate(
        view.record.model_dump(by_alias=True)
        | {
            "before": view.changes.shown.comparison.old,
            "over_time": view.changes.over_time,
            "comparison": comparison_json.data(view.changes.shown),
        }
    )
    return written.model_dump_json(by_alias=True, indent=2)


def read_record(path: Path) -> AuditRecord:
    """Read the record that an audit has written, without what a report compares it with. Raises as `read_written`."""
    return read_written(path).record


def read_written(path: Path) -> WrittenRecord:
    """Read a record that an audit has written, with the earlier record and the counts over time if it has them.

    The comparison in it is left out, because it is worked out again whenever a report is written.
    Raises RecordError for a file that is missing, larger than 5 MB, not JSON, of another schema, or not a record.
    """
    raw = reading.read(path, WANTED)
    try:
        written = WrittenRecord.model_validate_json(raw.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        refuse_newer(path, raw)
        raise _refusal(path, error) from error
    return written.model_copy(update={"comparison": None})


def _refusal(path: Path, error: ValidationError) -> RecordError:
    """Say which part of a record is at fault, without repeating what stands there."""
    places = [(fault["type"], ".".join(map(str, fault["loc"]))) for fault in error.errors(include_input=False)]
    if any(kind == "json_invalid" for kind, _place in places):
        return RecordError(
            _("{path} is damaged: part of it is missing or is not JSON.").format(path=path),
            _("The program did not change the file. Use another copy, or run the audit again."),
        )
    if any(kind == "literal_error" and place == "schema" for kind, place in places):
        return RecordError(
            _("{path} was written by another version of this program.").format(path=path),
            _("Update privacyaudit, then try again."),
        )
    return RecordError(
        _("{path} is not the record of an audit: something is wrong at “{place}”.").format(
            path=path, place=places[0][1] or _("the beginning")
        ),
        _("The program did not change the file. Choose the JSON file that an audit wrote."),
    )
