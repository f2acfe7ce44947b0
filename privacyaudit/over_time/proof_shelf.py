"""What somebody keeps as proof, in the encrypted file of the history: entries in a row, and pictures byte for byte."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from privacyaudit import clock
from privacyaudit.about_me.proof import entries
from privacyaudit.about_me.proof.entries import Seen
from privacyaudit.errors import SaveError, UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Entry, Shelved
from privacyaudit.storage.encrypted import empty_log, in_words, of_another_version, transaction

if TYPE_CHECKING:
    import apsw

MOST = 300_000_000  # bytes of all pictures: an export is put together in memory, and goes onto a stick

_ALL = """
select json_object('number', number, 'sha256', sha256, 'text', entry, 'deleted', deleted) from proof order by number
"""
_LAST = "select sha256 from proof order by number desc limit 1"
_PICTURE = "select content from proof_pictures where entry = ? and place = ?"


class ProofShelf:
    """The part of an open history that holds proof. What is there is never changed: it can be added to and deleted."""

    def __init__(self, file: Path, connection: apsw.Connection) -> None:
        self._file = file
        self._connection = connection

    def keep(self, seen: Seen) -> Entry:
        """Keep what was seen as the next entry; when this returns, it is on the disk, with its pictures.

        Raises SaveError, also where the pictures of all entries would be too large.
        """
        with self._change():
            room = MOST - self._number("select coalesce(sum(length(content)), 0) from proof_pictures")
            if sum(len(one.raw) for one in seen.pictures) > room:
                raise too_large()
            number = self._number("select coalesce(max(number), 0) + 1 from proof")
            before = self._connection.execute(_LAST).get
            made = entries.entry(
                seen, number, None if before is None else str(before), clock.now(), secrets.token_hex(32)
            )
            shelved = entries.shelved(made)
            self._connection.execute(
                "insert into proof (number, sha256, entry) values (?, ?, ?)", (number, shelved.sha256, shelved.text)
            )
            for place, one in enumerate(seen.pictures, 1):
                self._connection.execute("insert into proof_pictures values (?, ?, ?)", (number, place, one.raw))
        return made

    def all(self) -> list[Shelved]:
        """Return every entry in the order of keeping, also those that were deleted. Raises RecordError."""
        with in_words(self._file):
            texts = [str(text) for (text,) in self._connection.execute(_ALL)]
        with self._understood():
            return [Shelved.model_validate_json(text) for text in texts]

    def entries(self) -> list[Entry]:
        """Return every entry that was not deleted, in the order of keeping. Raises RecordError."""
        kept = self.all()
        with self._understood():
            return [made for one in kept if (made := entries.read(one))]

    def picture(self, number: int, place: int) -> bytes | None:
        """Return the bytes of a picture of an entry, counted from 1, or None. Raises RecordError."""
        with in_words(self._file):
            found = self._connection.execute(_PICTURE, (number, place)).get
        return found if isinstance(found, bytes) else None

    def changed(self) -> list[int]:
        """Return the numbers of the entries that are not as they were kept. Raises RecordError."""
        kept = self.all()
        with self._understood():
            return entries.changed(kept, self.picture)

    def delete(self, number: int) -> None:
        """Remove an entry and its pictures, and overwrite their places; its number and its hash stay.

        Raises UsageError where there is no such entry, and SaveError.
        """
        with self._change():
            self._connection.execute("delete from proof_pictures where entry = ?", (number,))
            self._connection.execute(
                "update proof set entry = null, deleted = ? where number = ? and entry is not null",
                (clock.today().isoformat(), number),
            )
            if not self._connection.changes():
                raise no_entry(number)
        self._wipe()

    def delete_all(self) -> int:
        """Remove every entry and picture, overwrite their places, and return how many entries there were.

        Raises SaveError.
        """
        with self._change():
            self._connection.execute("delete from proof_pictures")
            self._connection.execute("delete from proof where entry is null")
            gone = self._number("select count(*) from proof")
            self._connection.execute("delete from proof")
        self._wipe()
        return gone

    def _wipe(self) -> None:
        """Empty the file of recent changes and make the file as small as it was, so that no size tells of pictures.

        What was removed is overwritten by now: where there is no room to make the file smaller, it stays large.
        """
        import apsw

        empty_log(self._file, self._connection)
        with suppress(apsw.Error):
            self._connection.execute("vacuum")
            empty_log(self._file, self._connection)

    def _number(self, query: str) -> int:
        return int(str(self._connection.execute(query).get))

    @contextmanager
    def _change(self) -> Iterator[None]:
        """Change something whole or not at all."""
        with in_words(self._file, saving=True), transaction(self._connection):
            yield

    @contextmanager
    def _understood(self) -> Iterator[None]:
        try:
            yield
        except ValidationError as error:
            raise of_another_version(self._file) from error


def too_large() -> SaveError:
    """Return the trouble that all pictures together would be larger than can be kept."""
    return SaveError(
        _("All pictures together would be larger than {most} MB, so nothing was kept.").format(most=MOST // 1_000_000),
        _("Export what you have, then delete it: “privacyaudit proof export” and “proof delete”."),
    )


def no_entry(number: int) -> UsageError:
    """Return the trouble that there is no entry of that number, or that it was deleted."""
    return UsageError(
        _("You have no entry {number}.").format(number=number), _("“privacyaudit proof list” shows the numbers.")
    )
