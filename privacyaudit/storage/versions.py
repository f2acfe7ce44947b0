"""Files of a version of this program that is still to come: they are not damaged, and are left alone."""

from __future__ import annotations

import json
from pathlib import Path

from privacyaudit.errors import RecordError
from privacyaudit.i18n import _

SCHEMA = 1


def refuse_newer(path: Path, raw: bytes | str) -> None:
    """Raise RecordError when JSON that this program wrote says that a newer version did; look before judging it."""
    try:
        schema = int(json.loads(raw)["schema"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    if schema > SCHEMA:
        raise newer(path)


def newer(path: Path) -> RecordError:
    """Return the trouble that a newer version wrote a file."""
    return RecordError(
        _("{path} was written by a newer version of this program.").format(path=path),
        _("The program did not change the file. Update privacyaudit, then try again."),
    )
