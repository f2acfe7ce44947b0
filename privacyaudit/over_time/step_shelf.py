"""The steps that somebody took, in the encrypted file of the history: one row for each that is still open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from privacyaudit.model import Taken
from privacyaudit.storage.encrypted import empty_log, in_words, of_another_version, transaction

if TYPE_CHECKING:
    import apsw


class Open(NamedTuple):
    """A step that is still open, by its number."""

    number: int
    taken: Taken


class StepShelf:
    """The part of an open history that holds steps. What is over leaves no trace."""

    def __init__(self, file: Path, connection: apsw.Connection) -> None:
        self._file = file
        self._connection = connection

    def keep(self, taken: Taken) -> None:
        """Keep a step that was taken; when this returns, it is on the disk. Raises SaveError."""
        with self._change():
            self._connection.execute("insert into steps (taken) values (?)", (taken.model_dump_json(),))

    def put(self, number: int, taken: Taken) -> None:
        """Keep what has become of a step, or the step that follows it, in its place. Raises SaveError."""
        with self._change():
            self._connection.execute(
                "insert or replace into steps (number, taken) values (?, ?)", (number, taken.model_dump_json())
            )
        empty_log(self._file, self._connection)

    def remove(self, number: int) -> None:
        """Remove a step that is over, and overwrite its place. Raises SaveError."""
        with self._change():
            self._connection.execute("delete from steps where number = ?", (number,))
        empty_log(self._file, self._connection)

    def all(self) -> list[Open]:
        """Return every step that is open, the one that is due first first. Raises RecordError."""
        with in_words(self._file):
            rows = list(self._connection.execute("select number, taken from steps order by number"))
        try:
            found = [Open(int(str(number)), Taken.model_validate_json(str(text))) for number, text in rows]
        except ValidationError as error:
            raise of_another_version(self._file) from error
        return sorted(found, key=lambda one: (one.taken.due, one.number))

    @contextmanager
    def _change(self) -> Iterator[None]:
        """Change something whole or not at all."""
        with in_words(self._file, saving=True), transaction(self._connection):
            yield
