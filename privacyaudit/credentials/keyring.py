"""Which keyring of the system is safe to use, asked in time and one at a time."""

from __future__ import annotations

import os
import queue
import secrets
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from privacyaudit.errors import AuditError, KeyringError
from privacyaudit.i18n import N_, _

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend


SERVICE = "privacyaudit"
PATIENCE = 10.0  # seconds that a keyring has to answer
_MOST_ENTRIES = 200  # of one name
_T = TypeVar("_T")


def choose_backend() -> KeyringBackend:
    """Return the system keyring, if it is one that is known to be safe and is unlocked.

    Raises KeyringError for every other one: none, one that forgets, one that writes files, one that asks for a password
    of its own, an unknown one, a locked one. Never opens a window and never waits longer than `PATIENCE`.
    """
    return _in_time(_choose)


def _choose() -> KeyringBackend:
    try:
        import keyring

        found = keyring.get_keyring()
    except OSError as error:
        raise KeyringError(
            _(
                "The program could not find out which keyring this computer has. The problem is with {path}: {trouble}."
            ).format(path=error.filename, trouble=error.strerror or error),
            _("Check who owns that file or folder, and what its permissions are."),
        ) from None
    except Exception as error:
        raise _misconfigured(error) from None
    members = list(getattr(found, "backends", ())) if _kind(found).startswith(_CHAINER) else [found]
    safe = next((member for member in members if type(member).__module__ in _SAFE), None)
    if safe is None:
        raise _refusal(_kind(members[0]) if members else _NONE)
    is_locked = _SAFE[type(safe).__module__]
    if is_locked and is_locked(safe):
        raise _locked()
    return safe


def _secret_service_is_locked(ring: KeyringBackend) -> bool:
    """Ask the Secret Service without opening a window. One without a collection would ask for a new password."""
    import secretstorage
    from secretstorage.collection import DEFAULT_COLLECTION

    path = getattr(ring, "preferred_collection", DEFAULT_COLLECTION)
    try:
        with closing(secretstorage.dbus_init()) as bus:
            return bool(secretstorage.Collection(bus, path).is_locked())
    except secretstorage.ItemNotFoundException:
        return True
    except secretstorage.SecretServiceNotAvailableException:
        raise _refusal(_NONE) from None


def _kwallet_is_locked(ring: Any) -> bool:
    """Ask KWallet whether the wallet is open, without opening it."""
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    wallet = DBusAddress(ring.object_path, ring.bus_name, "org.kde.KWallet")
    with closing(open_dbus_connection()) as bus:
        (name,) = bus.send_and_get_reply(new_method_call(wallet, "networkWallet")).body
        (is_open,) = bus.send_and_get_reply(new_method_call(wallet, "isOpen", "s", (name,))).body
    return is_open is not True


_SAFE: dict[str, Callable[[Any], bool] | None] = {
    "keyring.backends.SecretService": _secret_service_is_locked,
    "keyring.backends.libsecret": _secret_service_is_locked,
    "keyring.backends.kwallet": _kwallet_is_locked,
    "keyring.backends.macOS": None,
    "keyring.backends.Windows": None,
}


_CHAINER = "keyring.backends.chainer."
_NONE = "keyring.backends.fail."
_PROMPTS = N_("This keyring would ask for its own password every time: {kind}")


_REFUSED = (
    (_NONE, N_("This computer has no system keyring that the program can use.")),
    (
        "keyring.backends.null.",
        N_("The keyring is switched off (by PYTHON_KEYRING_BACKEND or keyringrc.cfg), so it does not keep anything."),
    ),
    ("keyrings.alt.file.EncryptedKeyring", _PROMPTS),
    ("keyrings.cryptfile.", _PROMPTS),
    ("keyrings.alt.", N_("This keyring keeps passwords in a file that other people may be able to read: {kind}")),
    ("", N_("The program does not recognise this keyring, so it does not trust it with a password: {kind}")),
)


def _kind(ring: object) -> str:
    return f"{type(ring).__module__}.{type(ring).__qualname__}"


def _refusal(kind: str) -> KeyringError:
    sentence = next(sentence for beginning, sentence in _REFUSED if kind.startswith(beginning))
    return KeyringError(
        _(sentence).format(kind=kind),
        _(
            "Signing in by hand always works. To let the program sign in for you, use your system's keyring: "
            "Windows Credential Manager, macOS Keychain, GNOME Keyring, KWallet or KeePassXC."
        ),
    )


def _locked() -> KeyringError:
    return KeyringError(
        _("The system keyring is locked, or it was never set up."),
        _("Unlock the keyring first: sign in to your desktop, or open the keyring's app. Then try again."),
    )


def _misconfigured(error: Exception) -> KeyringError:
    where = "PYTHON_KEYRING_BACKEND" if "PYTHON_KEYRING_BACKEND" in os.environ else "keyringrc.cfg"
    return KeyringError(
        _("The keyring that {where} names cannot be used ({trouble}).").format(
            where=where, trouble=f"{type(error).__name__}: {error}"
        ),
        _("Remove that setting, and the program will look for your system's keyring."),
    )


def _trouble(error: Exception) -> AuditError:
    """Put a keyring's own error into words. Its text is left out, since it could repeat what it was given."""
    from keyring import errors

    if isinstance(error, AuditError):
        return error
    if isinstance(error, errors.KeyringLocked | errors.InitError):
        return _locked()
    return KeyringError(
        _("The system keyring did not work ({kind}).").format(kind=type(error).__name__),
        _("Check that the keyring's app opens and works. Signing in by hand always works."),
    )


def ask(call: Callable[[KeyringBackend], _T]) -> _T:
    """Run one piece of work on the keyring, alone and in time. Raises KeyringError for all that goes wrong."""

    def work() -> _T:
        with _alone():
            return call(_choose())

    return _in_time(work)


def entries(ring: Any, name: str) -> list[str]:
    """Return all that is kept under a name, what the keyring gives for it first.

    A Secret Service may hold two entries of one name, as after a restore; the others have one.
    """
    first = ring.get_password(SERVICE, name)
    if first is None or type(ring).__module__ != "keyring.backends.SecretService":
        return [] if first is None else [first]
    collection = ring.get_preferred_collection()
    with closing(collection.connection):
        found = collection.search_items({"service": SERVICE, "username": name})
        return list(dict.fromkeys([first, *(item.get_secret().decode(errors="replace") for item in found)]))


def forget(ring: KeyringBackend, name: str) -> bool:
    """Remove every entry of a name, and tell whether there was one. Raises KeyringError when one is still there."""
    if ring.get_password(SERVICE, name) is None:
        return False
    for _time in range(_MOST_ENTRIES):
        ring.delete_password(SERVICE, name)
        if ring.get_password(SERVICE, name) is None:
            return True
    raise KeyringError(
        _("The system keyring did not remove “{name}”.").format(name=name),
        _("Open the keyring's app, look for “{service}” and delete it there.").format(service=SERVICE),
    )


def try_out() -> str:
    """Write an entry, read it and remove it, and return what the keyring is called. Raises KeyringError."""
    name, word = f"(try-{secrets.token_hex(4)})", secrets.token_hex(8)

    def work(ring: KeyringBackend) -> tuple[str, bool]:
        ring.set_password(SERVICE, name, word)
        try:
            return _kind(ring), ring.get_password(SERVICE, name) == word
        finally:
            ring.delete_password(SERVICE, name)

    kind, kept = ask(work)
    if not kept:
        raise KeyringError(
            _("The system keyring did not return what the program saved in it ({kind}).").format(kind=kind),
            _("Check that the keyring's app opens and works. Signing in by hand always works."),
        )
    return kind


def _in_time(work: Callable[[], _T]) -> _T:
    """Wait `PATIENCE` seconds and no longer: a keyring may be waiting for somebody to answer a window.

    An error comes back in words only, without the frames it passed through, since those hold secrets.
    """
    done: queue.SimpleQueue[tuple[_T, None] | tuple[None, AuditError]] = queue.SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except Exception as error:
            done.put((None, _trouble(error)))

    threading.Thread(target=run, daemon=True).start()
    try:
        result, trouble = done.get(timeout=PATIENCE)
    except queue.Empty:
        raise KeyringError(
            _("The system keyring did not answer within {seconds:.0f} seconds.").format(seconds=PATIENCE),
            _("The keyring may be showing a window that waits for you. Answer it and try again, or sign in by hand."),
        ) from None
    if trouble is not None:
        raise trouble.with_traceback(None)
    return result  # type: ignore[return-value]


@contextmanager
def _alone() -> Iterator[None]:
    """Make other runs of the program wait their turn. The lock is on this very file, so nothing is written.

    Where a file cannot be locked, as on some network drives, runs do not wait for each other.
    """
    with Path(__file__).open("rb") as file:
        with suppress(OSError):
            if sys.platform == "win32":
                import msvcrt

                file.seek(2**30)  # past the end: the file itself stays readable
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX)
        yield
