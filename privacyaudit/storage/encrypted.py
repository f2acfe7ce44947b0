"""Encrypted SQLite files: the only module that touches apsw.

Each page is encrypted and authenticated with ChaCha20-Poly1305 (SQLite3 Multiple Ciphers). A key is 32 random bytes, or
comes from a passphrase.
"""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from privacyaudit import extras
from privacyaudit.errors import RecordError, SaveError
from privacyaudit.i18n import _
from privacyaudit.storage import files

if TYPE_CHECKING:
    import apsw

KDF_ROUNDS = 600_000  # of PBKDF2-HMAC-SHA256 for a passphrase; source: OWASP's Password Storage Cheat Sheet
PATIENCE = 10.0  # seconds to wait for another program that is using the file
SIDE_FILES = ("-wal", "-shm", "-journal")


def need_apsw() -> None:
    """Raise MissingExtra unless the database with encryption is installed; plain apsw would keep all in the open."""
    extras.need("history")
    import apsw

    if not hasattr(apsw, "mc_version"):
        raise extras.missing("history")


def connect(file: Path, secret: bytes | str) -> apsw.Connection:
    """Open a file that is there, with a key (32 bytes) or a passphrase (text).

    Whether the key is the right one shows when the first page is read. Raises apsw's errors.
    """
    import apsw

    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        connection.set_busy_timeout(int(PATIENCE * 1000))
        _unlock(connection, secret)
        connection.pragma("synchronous", "full")
        connection.pragma("secure_delete", "on")
        connection.pragma("temp_store", "memory")  # what is set aside in a file while a job runs is not encrypted
    except BaseException:
        connection.close()
        raise
    return connection


def opens(file: Path, secret: bytes | str) -> bool:
    """Tell whether a file opens with this secret."""
    import apsw

    try:
        with closing(connect(file, secret)) as connection:
            connection.execute("select count(*) from sqlite_schema").get  # noqa: B018 (a wrong key shows here)
    except apsw.Error:
        return False
    return True


def _unlock(connection: apsw.Connection, secret: bytes | str) -> None:
    connection.pragma("cipher", "chacha20")
    if isinstance(secret, str):
        connection.pragma("kdf_iter", KDF_ROUNDS)
        connection.pragma("hexkey", unicodedata.normalize("NFC", secret).encode().hex())
    else:
        connection.pragma("hexkey", f"raw:{secret.hex()}".encode().hex())


def side_files(file: Path) -> list[Path]:
    """Return what may stand beside a file while it is open, or after a power cut."""
    return [file.with_name(file.name + end) for end in SIDE_FILES]


# -- a new file ------------------------------------------------------------------------------------


def create(file: Path, secret: bytes | str, layout: str, lock: Path) -> None:
    """Make an empty database beside its place and move it there whole; of two programs, the first one makes it.

    Raises SaveError, and RecordError as `in_words`.
    """
    files.make_folder(file.parent)
    held = files.hold(lock, patience=PATIENCE)
    if held is None:
        raise busy(file)
    made: Path | None = None
    try:
        if files.there(file):
            return
        for stale in (*side_files(file), *unfinished(file)):
            stale.unlink(missing_ok=True)
        handle, name = tempfile.mkstemp(prefix=_beginning(file), dir=file.parent)
        os.close(handle)
        made = Path(name)
        with in_words(file, saving=True):
            connection = connect(made, secret)
            try:
                with connection:
                    connection.execute(layout)
                connection.pragma("journal_mode", "wal")
            finally:
                connection.close()
        made.replace(file)
    except OSError as error:
        raise cannot_save(file, error.strerror or str(error)) from error
    finally:
        held.release()
        if made:
            for left in (made, *side_files(made)):
                with suppress(OSError):
                    left.unlink(missing_ok=True)


def unfinished(file: Path) -> list[Path]:
    """Return what a program left beside a file that was killed while it made it."""
    return sorted(file.parent.glob(f"{_beginning(file)}*"))


def _beginning(file: Path) -> str:
    return f".{file.stem}-"


# -- using it --------------------------------------------------------------------------------------


@contextmanager
def transaction(connection: apsw.Connection, begin: str = "begin immediate") -> Iterator[None]:
    """Wait for the turn to write, then keep everything or, after an error, nothing."""
    connection.execute(begin)
    try:
        yield
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


@contextmanager
def in_words(file: Path, *, saving: bool = False) -> Iterator[None]:
    """Turn trouble with the database into a sentence."""
    import apsw

    try:
        yield
    except apsw.NotADBError as error:
        raise RecordError(
            _(
                "{path} cannot be opened. The key or passphrase is wrong, or the file is damaged or is not a history."
            ).format(path=file),
            _(
                "The program did not change the file. Try the passphrase again, or use the keyring that holds its key. "
                "If you move the file away, the program will start a new history."
            ),
        ) from error
    except apsw.CorruptError as error:
        raise RecordError(
            _("{path} is damaged: something other than this program changed it.").format(path=file),
            _(
                "The program did not change the file. Put a copy from your backup in its place. If you move the file "
                "away, the program will start a new history."
            ),
        ) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise busy(file) from error
    except apsw.Error as error:
        if saving:
            raise cannot_save(file, str(error)) from error
        raise RecordError(
            _("{path} cannot be opened: {trouble}.").format(path=file, trouble=error),
            _(
                "The program did not change the file. Check its permissions and whether there is space on the disk, "
                "then "
                "try again."
            ),
        ) from error


def empty_log(file: Path, connection: apsw.Connection) -> None:
    """Bring recent changes into the file and empty the one that holds them, also of what was removed."""
    with in_words(file, saving=True):
        connection.pragma("wal_checkpoint", "truncate")


def of_another_version(file: Path) -> RecordError:
    """Return the trouble that what is kept in a file has another shape."""
    return RecordError(
        _("An entry in {path} cannot be read: another version of this program wrote it.").format(path=file),
        _("The program did not change the file. Update privacyaudit, then try again."),
    )


def busy(file: Path) -> SaveError:
    """Return the trouble that another program uses a file."""
    return SaveError(
        _("Another program is using {path}.").format(path=file),
        _("Nothing was changed. Wait until that program has ended, then try again."),
    )


def cannot_save(file: Path, trouble: str) -> SaveError:
    """Return the trouble that a file could not be written."""
    return SaveError(
        _("{path} could not be written: {trouble}.").format(path=file, trouble=trouble),
        _("Everything that was saved before is safe. Free some space on the disk, then try again."),
    )
