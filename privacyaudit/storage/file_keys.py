"""The keys of encrypted files in the system keyring, and what is left once such a file is given up.

A key is 32 random bytes. What takes a `ring` is a piece of work for `keyring.ask`.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from privacyaudit.credentials import keyring
from privacyaudit.errors import AuditError, KeyringError
from privacyaudit.i18n import _
from privacyaudit.storage import encrypted, files

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

KEY_BYTES = 32


def whole(kept: str) -> bool:
    """Tell whether what the keyring gave is a key."""
    return bool(re.fullmatch(rf"[0-9a-f]{{{2 * KEY_BYTES}}}", kept))


def find_key(ring: KeyringBackend, name: str) -> str | None:
    """Return the key of that name (hex), or None."""
    return ring.get_password(keyring.SERVICE, name)


def find_keys(ring: KeyringBackend, name: str) -> list[str]:
    """Return all that the keyring has under that name, what it gives for it first."""
    return keyring.entries(ring, name)


def fitting(found: Iterable[str], file: Path) -> bytes | None:
    """Return the key that opens a file, else the first one that is whole; None where none is."""
    keys = [bytes.fromhex(one) for one in found if whole(one)]
    opening = (key for key in keys if encrypted.opens(file, key)) if len(keys) > 1 and files.there(file) else iter(())
    return next(opening, keys[0] if keys else None)


def make_key(ring: KeyringBackend, name: str) -> str:
    """Put a new key under that name and return it (hex). Raises KeyringError when it cannot be read back."""
    made = secrets.token_hex(KEY_BYTES)
    ring.set_password(keyring.SERVICE, name, made)
    if find_key(ring, name) != made:
        with suppress(Exception):
            ring.delete_password(keyring.SERVICE, name)
        raise KeyringError(
            _("The system keyring did not return what the program saved in it, so you cannot rely on it.")
        )
    return made


def forget_key(ring: KeyringBackend, name: str) -> bool:
    """Remove every key of that name and tell whether there was one. Raises KeyringError when one is still there."""
    return keyring.forget(ring, name)


# -- all of it gone --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Removed:
    """What was removed of something that is kept, and what stood in the way of removing its key."""

    files: list[Path]
    key: bool
    trouble: AuditError | None = None


def remove(paths: Iterable[Path]) -> list[Path]:
    """Remove those that are there, and return them. Raises SaveError when one cannot be removed."""
    there = [path for path in paths if files.there(path)]
    for path in there:
        files.remove(path)
    return there


def removed(gone: list[Path], forget: Callable[[], bool]) -> Removed:
    """Remove the key to files that are gone; trouble with the keyring is told with what went."""
    try:
        return Removed(gone, forget())
    except KeyringError as error:
        return Removed(gone, False, error)
