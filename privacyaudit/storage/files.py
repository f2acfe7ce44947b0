"""The only way a file is written; `reading` is the way one is read.

Every file is written whole or not at all, for its owner only, and noted in a ledger so that `clean` can remove it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from stat import S_IMODE, S_ISREG
from typing import Protocol

from privacyaudit.errors import SaveError
from privacyaudit.i18n import _
from privacyaudit.storage import reading
from privacyaudit.storage.folders import NAME, state

if sys.platform != "win32":
    import fcntl

LOCK = ".lock"  # how the name of a lock ends; it stands beside the file of its name
_UNFINISHED = ".privacyaudit-"
_LEDGER_MOST = 100_000_000  # bytes
_A_LITTLE = 4_096  # bytes: on a full disk a file can be made, and not be filled
_NO_LOCKS = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK}
_DRIVES_BY_ACCOUNT = (Path("/media"), Path("/run/media"))
_DRIVES = (*_DRIVES_BY_ACCOUNT, Path("/mnt"), Path("/Volumes"))
"""Where Linux and macOS show drives that come and go."""


# -- writing ---------------------------------------------------------------------------------------


def there(path: Path) -> bool:
    """Tell whether something is at a path, also a link that leads nowhere.

    Raises SaveError where that cannot be told: “nothing is there” would be wrong.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _cannot_read(path, error) from error
    return True


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may open. Raises SaveError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_save(folder, error) from error


def try_folder(folder: Path) -> None:
    """Write a file in a folder, or in the one in which it would be made, and remove it again. Raises SaveError."""
    try:
        with tempfile.TemporaryFile(dir=next(one for one in (folder, *folder.absolute().parents) if there(one))) as own:
            own.write(bytes(_A_LITTLE))
            own.flush()
            os.fsync(own.fileno())
    except OSError as error:
        raise _cannot_save(folder, error) from error


def write(path: Path, content: str | bytes, *, noted: bool = True, mode: int | None = None) -> None:
    """Write a file whole or not at all, readable by its owner only, and note it in the ledger. Raises SaveError.

    What is not `noted` belongs to somebody who takes it away: nothing remembers it. `mode` has other permissions.
    """
    make_folder(path.parent)
    raw = content.encode() if isinstance(content, str) else content
    try:
        if noted:
            _note(path, hashlib.sha256(raw).hexdigest())
        _put(path, raw, mode)
    except OSError as error:
        raise _cannot_save(path, error) from error


def rewrite(path: Path, raw: bytes) -> None:
    """Write a file of the person's anew, whole or not at all, for those who could read it before. Raises SaveError.

    It stays theirs: no ledger knows it. Where a link leads to it, the link stays.
    """
    try:
        whole = path.resolve(strict=True)
        with whole.open("r+b"):  # one that may only be read is not replaced behind its owner's back
            mode = S_IMODE(whole.stat().st_mode)
        _put(whole, raw, mode)
    except OSError as error:
        raise _cannot_save(path, error) from error


def _put(path: Path, raw: bytes, mode: int | None = None) -> None:
    """Write a file beside a path, and put it there when it is whole."""
    handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            Path(name).chmod(mode)
        Path(name).replace(path)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)


def append(path: Path, line: str) -> None:
    """Add one line to a file and wait until it is on the disk; of one that fails, no part stays. Raises SaveError."""
    try:
        if path != _ledger() and not there(path):
            _note(path)
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "r+b", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 1))
            after_cut_off = b"" if file.read(1) in (b"", b"\n") else b"\n"
            left = after_cut_off + line.encode() + b"\n"
            try:
                while left:
                    left = left[file.write(left) :]
                os.fsync(handle)
            except OSError:
                with contextlib.suppress(OSError):
                    file.truncate(size)
                raise
    except OSError as error:
        raise _cannot_save(path, error) from error


def shorten(path: Path, size: int) -> None:
    """Cut a file off after `size` bytes, which needs no room on the disk. Raises SaveError."""
    try:
        os.truncate(path, size)
    except OSError as error:
        raise _cannot_save(path, error) from error


def rename(path: Path, new: Path) -> None:
    """Give a file of the state folder another name there. Raises SaveError."""
    try:
        _note(new)
        path.rename(new)
    except OSError as error:
        raise _cannot_save(new, error) from error


def remove(path: Path) -> None:
    """Remove a file, if it is there, and what the ledger says of it. Raises SaveError."""
    try:
        path.unlink(missing_ok=True)
        _note_gone(path)
    except OSError as error:
        raise SaveError(
            _("{path} could not be removed: {trouble}.").format(path=path, trouble=error.strerror or error),
            _("Check its permissions, then remove it."),
        ) from error


class Held(Protocol):
    """A file that this process holds until it lets go or ends."""

    def release(self, force: bool = False) -> None:
        """Let go."""


class _NothingHeld:
    """What one holds on a drive that knows no locks."""

    def release(self, force: bool = False) -> None:
        """Let go of nothing."""


_NOTHING = _NothingHeld()


def hold(path: Path, *, again: bool = False, patience: float = 0) -> Held | None:
    """Hold a file, so that no other process can; None when another one does, also after `patience` seconds.

    With `again`, this process may hold it more than once. On a drive that knows no locks, as some of a network, nothing
    is held and everything goes on: a lock is never told by a file that is there. Raises SaveError.
    """
    from filelock import FileLock, Timeout

    if not _knows_locks(path.parent):
        return _NOTHING
    lock = FileLock(path, mode=0o600, is_singleton=again)
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        return None
    except OSError as error:
        raise _cannot_save(path, error) from error
    if path.is_relative_to(state()):
        with contextlib.suppress(SaveError):
            _note(path)
    return lock


def surely_free(path: Path) -> bool:
    """Tell whether nobody holds a file; where that cannot be told, somebody may. Raises SaveError."""
    held = hold(path)
    if held:
        held.release()
    return held is not None and held is not _NOTHING


def _knows_locks(folder: Path) -> bool:
    if sys.platform != "win32":
        try:
            with tempfile.TemporaryFile(dir=folder) as own:
                fcntl.flock(own, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in _NO_LOCKS
    return True


# -- the ledger ------------------------------------------------------------------------------------


def _ledger() -> Path:
    return state() / "written.jsonl"


def _note(path: Path, sha256: str = "") -> None:
    """Note a file before it is written: outside the state folder with its content, so that only that is removed."""
    whole = path.absolute()
    mark = "" if whole.is_relative_to(state().absolute()) else sha256
    if mark not in _noted().get(whole, ()):
        make_folder(state())
        append(_ledger(), json.dumps({"path": str(whole), "sha256": mark}))


def _note_gone(path: Path) -> None:
    """Note that a file outside the state folder is gone; a ledger in which nothing is left goes too."""
    if path.absolute() in written():
        append(_ledger(), json.dumps({"path": str(path.absolute()), "gone": True}))
        if not _noted():
            _ledger().unlink(missing_ok=True)


def _noted() -> dict[Path, set[str]]:
    try:
        lines = reading.content(_ledger(), _LEDGER_MOST).decode(errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _cannot_read(_ledger(), error) from error
    noted: dict[Path, set[str]] = {}
    for line in lines:
        with contextlib.suppress(ValueError, KeyError, TypeError):
            entry = json.loads(line)
            path = Path(entry["path"])
            if entry.get("gone"):
                noted.pop(path, None)
            else:
                noted.setdefault(path, set()).add(entry["sha256"])
    return noted


def written() -> list[Path]:
    """Return every file that was written outside the state folder, as the ledger knows them. Raises SaveError."""
    return [path for path in _noted() if not path.is_relative_to(state().absolute())]


def remove_all() -> tuple[list[Path], list[Path]]:
    """Remove every file this program wrote; return those removed and those kept. Raises SaveError.

    Kept are files that cannot be removed, those on a drive that is not there now, and files outside the state folder
    that somebody has changed or replaced since: those are no longer ours. While a file is kept, the ledger is kept too.
    So is what another process holds: a lock, the file of its name and what is half written (see `in_use`).
    """
    noted = _noted()
    held = {path: hold(path) for path in noted if path.suffix == LOCK and there(path)}
    try:
        return _remove_all(noted, held)
    finally:
        for lock in held.values():
            if lock:
                lock.release()


def nothing_left(but: Collection[str] = ()) -> bool:
    """Tell whether none of the files that were written is there, but for locks and these names. Raises SaveError."""
    return not any(there(path) for path in _noted() if path.suffix != LOCK and path.name not in but)


def in_use(path: Path) -> bool:
    """Tell whether another process holds the lock of a file, or that lock itself. Raises SaveError."""
    lock = path.with_suffix(LOCK)
    if not there(lock):
        return False
    if held := hold(lock):
        held.release()
    return held is None


def _remove_all(noted: dict[Path, set[str]], held: Mapping[Path, Held | None]) -> tuple[list[Path], list[Path]]:
    busy = {lock for lock, mine in held.items() if mine is None}
    for folder in {path.parent for path in noted}:
        noted |= {cut_off: {""} for cut_off in folder.glob(f"{_UNFINISHED}????????")}
    removed: list[Path] = []
    kept: list[Path] = []
    for path, marks in noted.items():
        if path.with_suffix(LOCK) in busy or (busy and path.name.startswith(_UNFINISHED)):
            kept.append(path)
            continue
        try:
            if sys.platform == "win32" and (lock := held.get(path)):
                lock.release()  # there, what is held cannot be removed
            if not S_ISREG(path.lstat().st_mode) or not marks & {"", hashlib.sha256(path.read_bytes()).hexdigest()}:
                kept.append(path)
            else:
                path.unlink()
                removed.append(path)
        except (FileNotFoundError, NotADirectoryError):
            if _may_come_back(path):
                kept.append(path)
        except OSError:
            kept.append(path)
    if not kept and _ledger().is_file():
        remove(_ledger())
        removed.append(_ledger())
    own = state().absolute()
    for folder in sorted({own, *(path.parent for path in removed)}, key=lambda p: len(p.parts), reverse=True):
        if folder.name == NAME or folder.is_relative_to(own):
            with contextlib.suppress(OSError):
                folder.rmdir()
    return removed, kept


def _may_come_back(path: Path) -> bool:
    """Tell whether a file is on a stick or another drive that is not there now."""
    if not path.drive:  # not Windows
        return any(path.is_relative_to(place) and not _drive_of(path, place).exists() for place in _DRIVES)
    return not Path(path.anchor).exists()


def _drive_of(path: Path, place: Path) -> Path:
    """Return the folder of a drive among those that come and go: the account's name may stand before the drive's."""
    names = path.relative_to(place).parts
    return place.joinpath(*names[: 2 if place in _DRIVES_BY_ACCOUNT else 1])


def _cannot_read(path: Path, error: OSError) -> SaveError:
    return SaveError(
        _("{path} cannot be read: {trouble}.").format(path=path, trouble=error.strerror or error),
        _("Check who owns it and what its permissions are."),
    )


def _cannot_save(path: Path, error: OSError) -> SaveError:
    return SaveError(
        _("{path} could not be written: {trouble}.").format(path=path, trouble=error.strerror or error),
        _("Everything that was saved before is safe. Free some space or choose another folder, then try again."),
    )
