"""A clinic that is going on, kept encrypted in case the laptop dies: the only file that touches it.

It is one SQLite file in the data folder, each page encrypted and authenticated with ChaCha20-Poly1305. The key is 32
random bytes in the system keyring, or comes from a passphrase. It holds counts and hashes of tickets, and is removed
with its key when the report is written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from privacyaudit.clinic.counts import Counted, Sheet, Tally
from privacyaudit.clinic.hiding import Told
from privacyaudit.credentials import keyring
from privacyaudit.errors import KeyringError, RecordError, SaveError, UsageError
from privacyaudit.i18n import _
from privacyaudit.model import CheckId, Data, Id, Line
from privacyaudit.storage import encrypted, file_keys, files, folders
from privacyaudit.storage.versions import refuse_newer

if TYPE_CHECKING:
    import apsw

FILE = "clinic.db"
LOCK = "clinic.lock"
KEY_NAME = "(clinic)"  # no platform id has brackets


class Plan(Data):
    """What a clinic is, from its opening on: its name, its page and its way in.

    `month` is the month of its opening, such as 2026-11. `key` (hex) makes its tickets and the hashes of used ones.
    """

    id: str = Field(pattern=r"^[0-9a-f]{32}$")
    name: Line
    role: Id
    quick: bool
    platforms: tuple[Id, ...]
    month: str = Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")
    code: str
    key: str = Field(pattern=r"^[0-9a-f]{64}$")
    address: str
    port: int


class KeptCounts(Data):
    """The counts of one check and what the board told; see `counts.Counted`."""

    told: int
    to_change: int
    fixed: int
    board_to_change: tuple[Told, ...]
    board_fixed: tuple[Told, ...]


class Kept(Data):
    """A clinic as it is kept; `closed` once its report is being written, after which nobody can share any more."""

    schema_: str = Field(default="1", alias="schema", pattern="^1$")
    plan: Plan
    closed: bool
    people: int
    again: int
    checks: dict[CheckId, KeptCounts]
    revisions: dict[CheckId, int]
    used: tuple[str, ...]

    def tally(self, sheet: Sheet) -> Tally:
        """Return the counts, to go on with. Raises RecordError when the checklists are not those of before."""
        if {check: line.revision for check, line in sheet.lines.items()} != self.revisions:
            raise RecordError(
                _("The checklists have changed since this clinic was opened."),
                _(
                    "Install the version of privacyaudit that opened it, or delete the clinic: "
                    "privacyaudit clinic forget"
                ),
            )
        checks = {
            check: Counted(one.told, one.to_change, one.fixed, list(one.board_to_change), list(one.board_fixed))
            for check, one in self.checks.items()
        }
        return Tally(sheet, bytes.fromhex(self.plan.key), self.people, self.again, checks, set(self.used))


def kept(plan: Plan, tally: Tally, *, closed: bool) -> str:
    """Return a clinic as the JSON that is kept; used tickets are sorted, so that they hold no order."""
    return Kept(
        plan=plan,
        closed=closed,
        people=tally.people,
        again=tally.again,
        checks={check: KeptCounts(**vars(one)) for check, one in tally.checks.items()},
        revisions={check: line.revision for check, line in tally.sheet.lines.items()},
        used=tuple(sorted(tally.used)),
    ).model_dump_json(by_alias=True)


def path() -> Path:
    """Return the file of the clinic, whether it is there or not."""
    return folders.folder() / FILE


def exists() -> bool:
    """Tell whether a clinic is kept."""
    return files.there(path())


def hold() -> files.Held:
    """Hold the clinic of this computer, so that there is one at a time. Raises UsageError and SaveError."""
    files.make_folder(folders.folder())
    if held := files.hold(folders.folder() / LOCK):
        return held
    raise UsageError(
        _("A clinic is already open on this computer."),
        _("End that clinic in its own window. Only one can be open at a time."),
    )


# -- the key ---------------------------------------------------------------------------------------


def keyring_key() -> bytes:
    """Return the key from the system keyring; where no clinic is kept yet, a new one is made and read back.

    Raises KeyringError where there is no safe and open keyring, or no key for the clinic that is kept; MissingExtra.
    """
    encrypted.need_apsw()
    there = exists()
    found = keyring.ask(
        lambda ring: file_keys.find_keys(ring, KEY_NAME) if there else [file_keys.make_key(ring, KEY_NAME)]
    )
    if (key := file_keys.fitting(found, path())) is None:
        raise KeyringError(
            _("The key of the clinic is not in your system's keyring, or it is damaged."),
            _("If you chose a passphrase, add --passphrase. To delete the clinic: privacyaudit clinic forget"),
        )
    return key


# -- the file --------------------------------------------------------------------------------------


class Keeper:
    """An open file for one clinic; close it when done."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, secret: bytes | str) -> Keeper:
        """Open the file with its key (32 bytes) or a passphrase (text), and make it where it is not there.

        Raises RecordError when it does not open with this, UsageError for an empty passphrase, SaveError; MissingExtra.
        """
        encrypted.need_apsw()
        if not secret:
            raise UsageError(_("The passphrase is empty."), _("Choose a few words that only you know."))
        files.make_folder(path().parent)
        new = not exists()
        if new:
            _make_private(path())
        with _in_words(saving=new):
            connection = encrypted.connect(path(), secret)
            try:
                if new:
                    connection.execute("create table clinic (only integer primary key check (only = 1), state text)")
                connection.execute("select count(*) from clinic").get  # noqa: B018 (a wrong key shows here)
            except BaseException:
                connection.close()
                if new:
                    path().unlink(missing_ok=True)
                raise
        return cls(connection)

    def save(self, state: str) -> None:
        """Keep a state in place of the one before, whole or not at all; it is on the disk then. Raises SaveError."""
        with _in_words(saving=True):
            self._connection.execute("insert or replace into clinic values (1, ?)", (state,))

    def load(self) -> Kept:
        """Return what is kept. Raises RecordError."""
        with _in_words():
            state = self._connection.execute("select state from clinic").get
        try:
            return Kept.model_validate_json(str(state))
        except ValidationError as error:
            refuse_newer(path(), str(state))
            raise RecordError(
                _("{path} cannot be read: another version of this program wrote it.").format(path=path()),
                _("The program did not change the file. To delete the clinic: privacyaudit clinic forget"),
            ) from error

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _make_private(file: Path) -> None:
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise SaveError(
            _("{path} could not be written: {trouble}.").format(path=file, trouble=error.strerror or error),
            _("Free some space or check the permissions of its folder, then try again."),
        ) from error


def forget() -> file_keys.Removed:
    """Remove what is kept of a clinic, and its key. Raises SaveError when a file cannot be removed."""
    gone = file_keys.remove((path(), *encrypted.side_files(path())))
    return file_keys.removed(gone, lambda: keyring.ask(lambda ring: file_keys.forget_key(ring, KEY_NAME)))


def sweep() -> None:
    """Remove the lock while it is held, and the data folder where nothing else is in it."""
    with suppress(OSError):
        path().with_name(LOCK).unlink(missing_ok=True)
        if path().parent.name == folders.NAME:
            path().parent.rmdir()


@contextmanager
def _in_words(*, saving: bool = False) -> Iterator[None]:
    """Turn trouble with the database into a sentence."""
    import apsw

    try:
        yield
    except apsw.NotADBError as error:
        raise RecordError(
            _("{path} cannot be opened: the key or passphrase is wrong, or the file is damaged.").format(path=path()),
            _("The program did not change the file. Try again, or delete the clinic: privacyaudit clinic forget"),
        ) from error
    except apsw.Error as error:
        if saving:
            raise SaveError(
                _("The counts could not be saved in {path}: {trouble}.").format(path=path(), trouble=error),
                _("The counts that were saved before are still there. Free some space on the disk, then try again."),
            ) from error
        raise RecordError(
            _("{path} cannot be opened: {trouble}.").format(path=path(), trouble=error),
            _("The program did not change the file. To delete the clinic: privacyaudit clinic forget"),
        ) from error
