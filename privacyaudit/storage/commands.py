"""A command line that goes into a file from which another program will start it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import CONTROL


def need_one_line(command: Sequence[str]) -> None:
    """Raise UsageError for a command with a control character in it, which would end its line in the file."""
    if any(CONTROL.search(word) or re.search(r"[\n\t]", word) for word in command):
        raise UsageError(
            _("There is a control character in the path of this program: {path}.").format(path=repr(command[0])),
            _("Install the program in another folder."),
        )
