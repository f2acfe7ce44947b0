"""The only way a file is read that somebody names, or that another program may have put in its place."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from privacyaudit.errors import AuditError
from privacyaudit.i18n import _


class NotAFileError(OSError):
    """A folder, a pipe, a device or a socket, which nobody has opened."""


class TooLargeError(OSError):
    """A file with more bytes than its kind has."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is read: its error, the most bytes it has, and what to say of other files.

    The sentences are in English; `too_large` holds `{path}`.
    """

    error: type[AuditError]
    most: int
    too_large: str
    check: str
    give: str


def read(path: Path, kind: FileKind) -> bytes:
    """Return the bytes of a file that somebody has named. Raises the error of its kind."""
    try:
        return content(path, kind.most)
    except NotAFileError as error:
        saved = _(" If it is the output of a program, save that in a file first.") if path.is_fifo() else ""
        raise kind.error(_("{path} is not a file.").format(path=path), _(kind.give) + saved) from error
    except TooLargeError as error:
        raise kind.error(_(kind.too_large).format(path=path), _(kind.check)) from error
    except OSError as error:
        raise kind.error(
            _("{path} cannot be read: {trouble}.").format(path=path, trouble=error.strerror or error),
            _("Check the name and try again."),
        ) from error


def content(path: Path, most: int) -> bytes:
    """Return the bytes of a file. Raises as `opened`, and TooLargeError when there are more than `most` bytes."""
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        raw = b"" if size > most else file.read(most + 1)
    if max(size, len(raw)) > most:
        raise TooLargeError(errno.EFBIG, _("it is too large"), str(path))
    return raw


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file to read it, looking before: a pipe would be waited for, a device never ends.

    Raises NotAFileError and OSError.
    """
    if not S_ISREG(path.stat().st_mode):
        raise NotAFileError(errno.EINVAL, _("it is not a file"), str(path))
    with path.open("rb") as file:
        yield file
