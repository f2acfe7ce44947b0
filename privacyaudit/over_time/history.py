"""Earlier audits, what the person decided about them, the steps they took and their proof, in an encrypted database.

The database is SQLite, each page of it encrypted and authenticated with ChaCha20-Poly1305 (SQLite3 Multiple Ciphers).
Its key is 32 random bytes in the system keyring, or comes from a passphrase where there is no keyring. A record is
kept as JSON, beside it what a list shows of it, so that no list has to read whole records. What cannot be opened is
left as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from pydantic import ValidationError

from privacyaudit import clock
from privacyaudit.credentials import keyring
from privacyaudit.errors import AuditError, KeyringError, RecordError, SaveError, UsageError
from privacyaudit.i18n import _
from privacyaudit.model import AuditRecord, Count, Data, Decision, Looked
from privacyaudit.over_time.history_exchange import Export, Exported, Imported, from_file
from privacyaudit.over_time.history_layout import LAYOUT, bring_up_to_date
from privacyaudit.over_time.kept import Kept, newest_first, seconds
from privacyaudit.over_time.proof_shelf import ProofShelf
from privacyaudit.over_time.step_shelf import StepShelf
from privacyaudit.storage import encrypted, file_keys, files, folders
from privacyaudit.storage.encrypted import in_words, transaction
from privacyaudit.storage.file_keys import Removed
from privacyaudit.storage.folders import folder

if TYPE_CHECKING:
    import apsw
    from keyring.backend import KeyringBackend

FILE = "history.db"
LOCK = "history.lock"
KEY_NAME = "(history)"  # no platform id has brackets


ABOUT_ALL = "select about from records indexed by records_by_time order by rowid"  # in the order of keeping
RECORDS = "select record from json_each(?) as wanted join records on records.id = wanted.value order by wanted.key"
ADD = "insert into records (rowid, id, finished, about, record) values (?, ?, ?, ?, ?)"
FIRST = "select min(rowid) from records"
MARK_AHEAD = "update records set about = json_set(about, '$.ahead', json('true')) where finished > ?"
LOOKED = "select looked from looked order by search"
DECISIONS = "select decision from decisions order by check_id, site"

_T = TypeVar("_T")
_Shape = TypeVar("_Shape", bound=Data)


def path() -> Path:
    """Return the file of the history, whether it is there or not."""
    return folder() / FILE


def exists() -> bool:
    """Tell whether something is where the history would be."""
    return files.there(path())


# -- the key ---------------------------------------------------------------------------------------


def keyring_key() -> bytes:
    """Return the key from the system keyring; where there is no history yet, one is made and read back.

    Raises KeyringError where there is no safe and open keyring, and where a history is there but its key is not.
    """
    encrypted.need_apsw()
    kept = _in_keyring(_find_or_make_keys)
    if not kept:
        raise KeyringError(
            _("The key of your history is not in your system's keyring."),
            _(
                "If you chose a passphrase, add --passphrase. If not, {path} cannot be opened without that key."
                " If you move the file away, the program will start a new history."
            ).format(path=path()),
        )
    if (key := file_keys.fitting(kept, path())) is None:
        raise KeyringError(
            _("The key of your history in your system's keyring is damaged."),
            _("Look for “{service}” and “{name}” in the keyring's app. Nothing was changed.").format(
                service=keyring.SERVICE, name=KEY_NAME
            ),
        )
    return key


def _find_or_make_keys(ring: KeyringBackend) -> list[str]:
    kept = file_keys.find_keys(ring, KEY_NAME)
    return kept if kept or exists() else [file_keys.make_key(ring, KEY_NAME)]


def _in_keyring(work: Callable[[KeyringBackend], _T]) -> _T:
    """Run one piece of work on the keyring as `keys` does, with advice that fits a history. Raises KeyringError."""
    try:
        return keyring.ask(work)
    except KeyringError as error:
        raise KeyringError(
            error.what,
            _(
                "Set the keyring up or unlock it, then try again. A history with a passphrase does not need a "
                "keyring: add --passphrase, or in a script --passphrase-stdin."
            ),
        ) from None


# -- opening ---------------------------------------------------------------------------------------


class History:
    """An open history; close it when done, or use it in a `with` block."""

    def __init__(self, file: Path, connection: apsw.Connection) -> None:
        self.path = file
        self._connection = connection
        self.proof = ProofShelf(file, connection)
        self.steps = StepShelf(file, connection)

    @classmethod
    def still_there(cls, secret: bytes | str) -> Self:
        """Open a history that was there before, and begin none where it was removed meanwhile. Raises as `open`."""
        if not exists():
            raise SaveError(_("Your history was removed meanwhile, so nothing was kept."))
        return cls.open(secret)

    @classmethod
    def open(cls, secret: bytes | str) -> Self:
        """Open the history with its key (32 bytes) or its passphrase (text); one that is not there yet is made.

        An older layout is brought up to date. Raises RecordError when the file does not open with this, is damaged, is
        no history or comes from a newer program, and leaves it alone; SaveError; MissingExtra; UsageError for an empty
        passphrase.
        """
        encrypted.need_apsw()
        if not secret:
            raise UsageError(_("The passphrase is empty."), _("Choose a few words that only you know."))
        file = path()
        if not exists():
            encrypted.create(file, secret, LAYOUT, file.with_name(LOCK))
        with in_words(file):
            connection = encrypted.connect(file, secret)
            try:
                bring_up_to_date(file, connection)
            except BaseException:
                connection.close()
                raise
        return cls(file, connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_trouble: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; what was saved is saved before."""
        self._connection.close()

    def save(self, record: AuditRecord) -> None:
        """Keep a record; when this returns, it is on the disk. One that is kept already stays as it is.

        Raises SaveError, and RecordError when another record has the same id.
        """
        with self._change():
            self._add(record)

    def _add(self, record: AuditRecord, place: int | None = None) -> bool:
        """Add a record inside a change, after all others or, one that is ahead, at a place; tell whether it is new."""
        self._connection.execute(MARK_AHEAD, (seconds(clock.now()),))
        rows = self._rows("select record from records where id = ?", record.id)
        if rows and self._read(AuditRecord, rows) != [record]:
            raise RecordError(
                _("Your history already has another record with the id {id}.").format(id=record.id),
                _("The program did not change the file. If the new record is right, forget the old one first."),
            )
        if not rows:
            about = (
                Kept.of(record).model_copy(update={"ahead": place is not None}).model_dump_json(exclude_defaults=True)
            )
            text = record.model_dump_json(by_alias=True)
            values = (place, record.id, seconds(record.finished), about, text)
            self._connection.execute(ADD, values)
        return not rows

    def all(self) -> list[Kept]:
        """Return what a list shows of each record, the newest first. Raises RecordError."""
        return newest_first(self._read(Kept, self._rows(ABOUT_ALL)), clock.now())

    def get(self, beginning: str) -> AuditRecord:
        """Return the record whose id begins so. Raises UsageError when there is none or more than one; RecordError."""
        with self._snapshot():
            return self._records([self._id(beginning)])[0]

    def lately(self) -> list[AuditRecord]:
        """Return the records from which one can tell what is known now, the newest first. Raises RecordError.

        For each platform at each site that is the newest record that has it and, where that is not `whole`, those
        before it, back to the newest whole one. A demo counts for nothing.
        """
        wanted: list[str] = []
        told: set[tuple[str, str | None]] = set()
        with self._snapshot():
            for one in self.all():
                if one.demo or one.sites.items() <= told:
                    continue
                wanted.append(one.id)
                if one.whole:
                    told |= one.sites.items()
            return self._records(wanted)

    def over_time(self, sites: Mapping[str, str | None], most: int) -> list[Count]:
        """Return the counts of the newest audits, at most so many, that have all these platforms at these sites.

        The oldest comes first. They may have other platforms too; a demo is left out. Raises RecordError.
        """
        fitting = (one for one in self.all() if not one.demo and sites.items() <= one.sites.items())
        newest = [Count(finished=one.finished, summary=one.summary) for one in islice(fitting, most)]
        return newest[::-1]

    def decide(self, decision: Decision) -> None:
        """Keep a decision, in place of an earlier one about the same check and site. Raises SaveError."""
        with self._change():
            self._put(decision)

    def _put(self, decision: Decision) -> None:
        """Write a decision inside a change."""
        values = (decision.check, decision.site or "", decision.model_dump_json(by_alias=True))
        self._connection.execute("insert or replace into decisions (check_id, site, decision) values (?, ?, ?)", values)

    def decisions(self) -> list[Decision]:
        """Return every decision, in the order of checks and sites. Raises RecordError."""
        return self._read(Decision, self._rows(DECISIONS))

    def undecide(self, check: str, site: str | None) -> bool:
        """Remove the decision about a check at a site, and tell whether there was one. Raises SaveError."""
        with self._change():
            self._connection.execute("delete from decisions where check_id = ? and site = ?", (check, site or ""))
            existed = bool(self._connection.changes())
        encrypted.empty_log(self.path, self._connection)
        return existed

    def note_looked(self, looked: Iterable[Looked]) -> None:
        """Keep what searches for the person's own name found, each in place of an earlier time. Raises SaveError."""
        with self._change():
            for one in looked:
                self._put_looked(one)
        encrypted.empty_log(self.path, self._connection)

    def _put_looked(self, looked: Looked) -> None:
        """Write what a search found inside a change."""
        values = (looked.search, looked.model_dump_json())
        self._connection.execute("insert or replace into looked (search, looked) values (?, ?)", values)

    def looked(self) -> list[Looked]:
        """Return what each search found the last time, in the order of their ids. Raises RecordError."""
        return self._read(Looked, self._rows(LOOKED))

    def forget(self, beginning: str) -> str:
        """Remove the record whose id begins so, and return its id. Raises UsageError, RecordError and SaveError.

        Its place in the file is overwritten, and so is the file of recent changes. Decisions stay.
        """
        found = self._id(beginning)
        with self._change():
            self._connection.execute("delete from records where id = ?", (found,))
        encrypted.empty_log(self.path, self._connection)
        return found

    def export(self, file: Path) -> Exported:
        """Write all records, decisions and searches to a new JSON file, not encrypted. Raises SaveError, UsageError.

        The oldest record comes first. A file that is there is never written over.
        """
        if files.there(file):
            raise UsageError(_("{path} already exists.").format(path=file), _("Choose a name that is not in use."))
        with self._snapshot():
            records = self._records([one.id for one in reversed(self.all())])
            made = Export(records=tuple(records), decisions=tuple(self.decisions()), looked=tuple(self.looked()))
        files.write(file, made.model_dump_json(by_alias=True, indent=2) + "\n")
        return Exported(len(made.records), len(made.decisions), len(made.looked))

    def import_(self, file: Path) -> Imported:
        """Add what an exported history holds, or the record of one audit: all of it or nothing.

        A decision is taken over where there is none about its check and site, or an earlier one, and so is a search.
        Raises RecordError for a file that is neither, or when another record has the same id; SaveError.

        A record that is dated after today counts least: nobody knows whether it is older than those that are here.
        """
        found = from_file(file)
        now = seconds(clock.now())

        def told(one: Decision) -> tuple[bool, float]:
            return seconds(one.at) <= now, seconds(one.at)  # one that is dated in the future counts least

        with self._change():
            first = self._connection.execute(FIRST).get
            new = 0
            for number, record in enumerate(found.records):
                ahead = first is not None and seconds(record.finished) > now
                new += self._add(record, int(str(first)) - len(found.records) + number if ahead else None)
            newest = {(one.check, one.site): one for one in self.decisions()}
            newer = {}
            for one in found.decisions:
                key = (one.check, one.site)
                if key not in newest or told(one) > told(newest[key]):
                    newest[key] = newer[key] = one
            for one in newer.values():
                self._put(one)
            here = {one.search: one.on for one in self.looked()}
            later = [one for one in found.looked if one.search not in here or one.on > here[one.search]]
            for look in later:
                self._put_looked(look)
        return Imported(new, len(found.records) - new, len(newer), len(later))

    @contextmanager
    def _change(self) -> Iterator[None]:
        """Change something whole or not at all."""
        with in_words(self.path, saving=True), transaction(self._connection):
            yield

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """Read as if nobody else changed anything meanwhile."""
        with in_words(self.path), transaction(self._connection, "begin"):
            yield

    def _rows(self, query: str, *values: object) -> list[str]:
        """Return the one column that a query asks for."""
        with in_words(self.path):
            return [str(value) for (value,) in self._connection.execute(query, values)]

    def _records(self, ids: Sequence[str]) -> list[AuditRecord]:
        """Return the records with these ids, in that order."""
        return self._read(AuditRecord, self._rows(RECORDS, json.dumps(ids)))

    def _id(self, beginning: str) -> str:
        """Return the id of the one record whose id begins so. Raises UsageError."""
        see = _("“privacyaudit history list” shows what is in your history.")
        found = self._rows("select id from records where substr(id, 1, ?) = ?", len(beginning), beginning)
        if not found:
            raise UsageError(_("No record in your history begins with “{id}”.").format(id=beginning), see)
        if len(found) > 1:
            raise UsageError(
                _("{number} records in your history begin with “{id}”.").format(number=len(found), id=beginning), see
            )
        return found[0]

    def _read(self, shape: type[_Shape], texts: Sequence[str]) -> list[_Shape]:
        try:
            return [shape.model_validate_json(text) for text in texts]
        except ValidationError as error:
            raise encrypted.of_another_version(self.path) from error


def opens_alone() -> bool:
    """Tell whether a job could open the history; where there is none yet, the keyring will have its key."""
    if not exists():
        return True
    try:
        History.open(keyring_key()).close()
    except AuditError:
        return False
    return True


# -- all of it -------------------------------------------------------------------------------------


def forget_all() -> Removed:
    """Remove the history with all that belongs to it, then its key; needs neither the key nor the database program.

    Raises SaveError when a file cannot be removed; the key is kept then.
    """
    file = path()
    removed = file_keys.remove((file, *encrypted.side_files(file), *encrypted.unfinished(file), file.with_name(LOCK)))
    if file.parent.name == folders.NAME:
        with suppress(OSError):
            file.parent.rmdir()
    return file_keys.removed(removed, lambda: _in_keyring(lambda ring: file_keys.forget_key(ring, KEY_NAME)))
