"""The only file that touches a sign-in: those saved in the system keyring, and one-time codes.

A saved sign-in belongs to one origin and is handed out for no other. Nothing is ever put into a file: where there is
no safe keyring, this module refuses with a sentence. Nothing waits for a window: a locked keyring is found out first,
and whatever a keyring does, it has `PATIENCE` seconds for it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import os
import queue
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar
from urllib.parse import parse_qsl, urlsplit

from pydantic import AfterValidator, ConfigDict, Field, SecretStr, ValidationError

from privacyaudit.errors import AuditError, KeyringError, UsageError
from privacyaudit.i18n import N_, _
from privacyaudit.model import Data, Id, Link, Platform, has_address, origin_of

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "privacyaudit"
INDEX = "(names)"  # no platform id has brackets
PATIENCE = 10.0  # seconds that a keyring has to answer
_ENOUGH_BYTES = 20
LEAST_LIFE = 3.0  # seconds for which a code must still be good when it is handed out

_T = TypeVar("_T")

logging.getLogger("keyring").addHandler(logging.NullHandler())  # else a broken plug-in of it prints a traceback


# -- what is kept ----------------------------------------------------------------------------------


def _bare_origin(url: str) -> str:
    if origin_of(url) != url:
        raise ValueError("an origin is scheme, host and port, and nothing after them")
    return url


class Totp(Data):
    """The key for one-time codes and how a code is made from it (RFC 6238); `period` is in seconds."""

    model_config = ConfigDict(hide_input_in_errors=True)

    seed: SecretStr
    digits: int = Field(default=6, ge=6, le=8)
    period: int = Field(default=30, ge=10, le=300)
    algorithm: Literal["SHA1", "SHA256", "SHA512"] = "SHA1"

    def code(self, step: int) -> str:
        """Return the code of one time step (RFC 6238).

        Large sites give out seeds of 80 bits, which PyOTP refuses as too short. HMAC pads a key with zero bytes to the
        size of its block anyway (RFC 2104), so a seed that is padded before gives the same codes.
        """
        import pyotp

        text = self.seed.get_secret_value()
        seed = base64.b32decode(text + "=" * (-len(text) % 8)).ljust(_ENOUGH_BYTES, b"\0")
        digest = getattr(hashlib, self.algorithm.lower())
        return pyotp.HOTP(base64.b32encode(seed).decode(), digits=self.digits, digest=digest).at(step)

    def seconds_left(self, now: float) -> float:
        """Return for how many seconds the code of this moment is still good; `now` is in unix seconds."""
        return self.period - now % self.period


class Entry(Data):
    """One saved sign-in. `last_step` is the time step whose code was used last, -1 for none."""

    model_config = ConfigDict(hide_input_in_errors=True)

    name: Id
    origin: Annotated[Link, AfterValidator(_bare_origin)]
    user: SecretStr = Field(min_length=1)
    password: SecretStr = Field(min_length=1)
    totp: Totp | None = None
    last_step: int = -1


def origins_for(platform: Platform) -> tuple[str, ...]:
    """Return the origins at which a sign-in for a platform may be typed, the usual one first.

    Its checklist must be bound before. Further ones are the hosts that the checklist names for signing in.

    Raises UsageError where there is no form, or no address yet.
    """
    if platform.sign_in is None or platform.sign_in.form is None:
        raise UsageError(
            _("The program cannot sign in to {name} for you.").format(name=_(platform.name)),
            _("Sign in by hand when the audit asks you to."),
        )
    link = platform.sign_in.form.origin or platform.sign_in.open
    if not has_address(link):
        raise UsageError(
            _("{name} has more than one address, and yours is not known yet.").format(name=_(platform.name)),
            _("Add it, like this: --site https://example.org"),
        )
    usual = origin_of(link)
    others = [f"https://{host}" for host in platform.sign_in.hosts]
    return tuple(dict.fromkeys((usual, *others)))


def choose_origin(offered: Sequence[str], wanted: str) -> str:
    """Return the origin that the person wants their sign-in typed at, the usual one for none.

    Raises UsageError for one that the checklist does not name.
    """
    if not wanted:
        return offered[0]
    if origin_of(wanted) in offered:
        return origin_of(wanted)
    raise UsageError(
        _("{origin} is not an address at which this platform signs people in.").format(origin=wanted),
        _("Choose from: {origins}.").format(origins=", ".join(offered)),
    )


def make_entry(name: str, origin: str, user: str, password: str, totp: Totp | None = None) -> Entry:
    """Make an entry from what a person typed. Raises UsageError when it cannot be one; says nothing of the secrets."""
    try:
        (user + password).encode()
        return Entry(name=name, origin=origin, user=SecretStr(user), password=SecretStr(password), totp=totp)
    except ValueError:
        raise UsageError(
            _("This sign-in cannot be saved: the user name or the password is empty or has broken characters."),
            _("Nothing was saved. Type both again."),
        ) from None


# -- the key for one-time codes --------------------------------------------------------------------


def read_totp(text: str) -> Totp:
    """Read a key as people get it: letters and digits (spaces, dashes and lower case are fine) or an otpauth address.

    Raises UsageError, which never repeats the key.
    """
    packed = "".join(text.split())
    if packed.lower().startswith("otpauth-migration:"):
        raise UsageError(
            _("This is a whole bundle of keys from Google Authenticator, not the key of one site."),
            _("Ask the site itself for a new key: turn two-step sign-in off and on again, and use what it shows."),
        )
    if packed.lower().startswith("otpauth:"):
        return _from_address(packed)
    return Totp(seed=_seed(packed))


def _from_address(address: str) -> Totp:
    """Source of the shape: the “Key Uri Format” page of Google Authenticator's wiki."""
    unknown = UsageError(
        _("This key is for a kind of code that the program does not know."),
        _("It knows codes that change with the time: 6 to 8 digits, 10 to 300 seconds, SHA1, SHA256 or SHA512."),
    )
    try:
        parts = urlsplit(address)
    except ValueError:
        raise unknown from None
    given = {key.lower(): value for key, value in parse_qsl(parts.query)}
    if parts.netloc.lower() == "hotp":
        raise UsageError(
            _("This key makes codes by counting (HOTP), not by the clock (TOTP)."),
            _("Choose “time-based” where the site lets you choose, or type the codes by hand."),
        )
    if parts.netloc.lower() != "totp" or "encoder" in given:
        raise unknown
    seed = _seed(given.pop("secret", ""))
    asked = {key: given[key] for key in ("digits", "period") if key in given}
    try:
        return Totp.model_validate({**asked, "seed": seed, "algorithm": given.get("algorithm", "SHA1").upper()})
    except ValidationError:
        raise unknown from None


def _seed(text: str) -> SecretStr:
    bare = re.sub(r"[\s\-‐-―]", "", text).rstrip("=").upper()
    if not re.fullmatch(r"[A-Z2-7]{16,}", bare) or len(bare) % 8 in (1, 3, 6):  # no bytes have such a length in base32
        raise UsageError(
            _("This is not a key for one-time codes."),
            _(
                "A key has at least 16 characters: letters, and digits from 2 to 7. What looks like 0, 1 or 8 is the"
                " letter O, I or B. A key is not the six-digit code itself. Copy it once more."
            ),
        )
    return SecretStr(bare)


# -- which keyring ---------------------------------------------------------------------------------


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
_PROMPTS = N_("This keyring would ask for a password of its own every time: {kind}")
_REFUSED = (
    (_NONE, N_("This computer has no system keyring that the program can use.")),
    (
        "keyring.backends.null.",
        N_(
            "The keyring is switched off here (by PYTHON_KEYRING_BACKEND or keyringrc.cfg): it forgets all it is given."
        ),
    ),
    ("keyrings.alt.file.EncryptedKeyring", _PROMPTS),
    ("keyrings.cryptfile.", _PROMPTS),
    ("keyrings.alt.", N_("This keyring keeps passwords in a file that others may be able to read: {kind}")),
    ("", N_("The program does not know this keyring, so it does not trust it with a password: {kind}")),
)


def _kind(ring: object) -> str:
    return f"{type(ring).__module__}.{type(ring).__qualname__}"


def _refusal(kind: str) -> KeyringError:
    sentence = next(sentence for beginning, sentence in _REFUSED if kind.startswith(beginning))
    return KeyringError(
        _(sentence).format(kind=kind),
        _(
            "Signing in by hand always works. To let the program do it, use the keyring of your system:"
            " Windows Credential Manager, macOS Keychain, GNOME Keyring, KWallet or KeePassXC."
        ),
    )


def _locked() -> KeyringError:
    return KeyringError(
        _("The system keyring is locked, or it was never set up."),
        _("Unlock it first: sign in to your desktop, or open its password app. Then try again."),
    )


def _misconfigured(error: Exception) -> KeyringError:
    where = "PYTHON_KEYRING_BACKEND" if "PYTHON_KEYRING_BACKEND" in os.environ else "keyringrc.cfg"
    return KeyringError(
        _("The keyring that {where} names cannot be used ({trouble}).").format(
            where=where, trouble=f"{type(error).__name__}: {error}"
        ),
        _("Take that setting away, and the program looks for the keyring of your system."),
    )


def _trouble(error: Exception) -> AuditError:
    """Put a keyring's own error into words. Its text is left out, since it could repeat what it was given."""
    from keyring import errors

    if isinstance(error, AuditError):
        return error
    if isinstance(error, errors.KeyringLocked | errors.InitError):
        return _locked()
    return KeyringError(
        _("The system keyring could not do this ({kind}).").format(kind=type(error).__name__),
        _("Look whether its password app opens and works. Signing in by hand always works."),
    )


# -- talking to it ---------------------------------------------------------------------------------


def ask(call: Callable[[KeyringBackend], _T]) -> _T:
    """Run one piece of work on the keyring, alone and in time. Raises KeyringError for all that goes wrong."""

    def work() -> _T:
        with _alone():
            return call(_choose())

    return _in_time(work)


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
            _("It may be showing a window that waits for you. Answer it and try again, or sign in by hand."),
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


def save(entry: Entry) -> None:
    """Save a sign-in in place of an earlier one of its name, read it back and compare.

    Raises KeyringError; what could not be read back is removed again. The same key for one-time codes keeps its last
    used step.
    """
    ask(lambda ring: _save(ring, entry))


def _save(ring: KeyringBackend, entry: Entry) -> None:
    names = _names(ring)
    earlier = _find(ring, entry.name) if entry.name in names else None
    if earlier and earlier.totp == entry.totp and earlier.last_step > entry.last_step:
        entry = entry.model_copy(update={"last_step": earlier.last_step})
    _write_names(ring, {*names, entry.name})
    ring.set_password(SERVICE, entry.name, json.dumps(entry.model_dump(), default=SecretStr.get_secret_value))
    try:
        kept = _find(ring, entry.name) == entry and entry.name in _names(ring)
    except KeyringError:
        kept = False
    if not kept:
        _remove(ring, entry.name)
        raise KeyringError(
            _("The system keyring did not give back what was put into it, so it cannot be relied on."),
            _("Nothing is saved for {name}. Sign in by hand.").format(name=entry.name),
        )


def find(name: str) -> Entry | None:
    """Return the sign-in that is saved under a name, or None. Raises KeyringError."""
    return ask(lambda ring: _find(ring, name))


def saved(name: str) -> Entry:
    """Return the sign-in that is saved under a name. Raises KeyringError, also when there is none."""
    return _needed(find(name), name)


def _needed(entry: Entry | None, name: str) -> Entry:
    if entry is None:
        raise KeyringError(
            _("No sign-in is saved for {name}.").format(name=name),
            _("“privacyaudit keys list” shows what is saved."),
        )
    return entry


def _find(ring: KeyringBackend, name: str) -> Entry | None:
    raw = ring.get_password(SERVICE, name)
    if raw is None:
        return None
    try:
        entry = Entry.model_validate_json(raw)
        if entry.name == name:
            return entry
    except ValidationError:
        pass
    raise KeyringError(
        _("The sign-in that is saved for {name} cannot be read.").format(name=name),
        _("Remove it and add it again: privacyaudit keys forget {name}").format(name=name),
    )


def names() -> tuple[str, ...]:
    """Return the names of all saved sign-ins, in order. Raises KeyringError."""
    return ask(lambda ring: tuple(n for n in sorted(_names(ring)) if ring.get_password(SERVICE, n) is not None))


def _names(ring: KeyringBackend) -> set[str]:
    raw = ring.get_password(SERVICE, INDEX)
    try:
        return {str(name) for name in json.loads(raw or "[]")}
    except (ValueError, TypeError):
        raise KeyringError(
            _("The list of saved sign-ins in the system keyring cannot be read."),
            _("Open its password app, look for “{service}” and delete what is there.").format(service=SERVICE),
        ) from None


def _write_names(ring: KeyringBackend, wanted: set[str]) -> None:
    if wanted:
        ring.set_password(SERVICE, INDEX, json.dumps(sorted(wanted)))
    elif ring.get_password(SERVICE, INDEX) is not None:
        ring.delete_password(SERVICE, INDEX)


def forget(name: str) -> bool:
    """Remove a sign-in, and tell whether there was one. Raises KeyringError when it is still there afterwards."""
    return ask(lambda ring: name in _names(ring) and _remove(ring, name))


def forget_all() -> tuple[str, ...]:
    """Remove every sign-in and the list of their names; return the names. Raises KeyringError."""
    return ask(lambda ring: tuple(name for name in sorted(_names(ring)) if _remove(ring, name)))


def _remove(ring: KeyringBackend, name: str) -> bool:
    existed = ring.get_password(SERVICE, name) is not None
    if existed:
        ring.delete_password(SERVICE, name)
        if ring.get_password(SERVICE, name) is not None:
            raise KeyringError(
                _("The system keyring did not remove the sign-in for {name}.").format(name=name),
                _("Open its password app, look for “{service}” and delete it there.").format(service=SERVICE),
            )
    _write_names(ring, _names(ring) - {name})
    return existed


# -- handing them out ------------------------------------------------------------------------------


def for_origins(name: str, origins: Sequence[str]) -> Entry:
    """Return the sign-in of a name, if it was saved for one of these origins; it is typed at the saved one only.

    Raises KeyringError when there is none, and when it was saved for another origin.
    """
    return ask(lambda ring: _for_origins(ring, name, origins))


def _for_origins(ring: KeyringBackend, name: str, origins: Sequence[str]) -> Entry:
    entry = _needed(_find(ring, name), name)
    if entry.origin not in origins:
        raise KeyringError(
            _(
                "The sign-in that is saved for {name} belongs to {own}, and this page is {other}. Nothing was typed."
            ).format(name=name, own=entry.origin, other=origins[0]),
            _("If the site has moved, add it again: privacyaudit keys add {name}").format(name=name),
        )
    return entry


def next_code(
    entry: Entry, clock: Callable[[], float] = time.time, wait: Callable[[float], object] = time.sleep
) -> str:
    """Return a one-time code that this program never handed out before, waiting for the next time step if need be.

    That the step is used up is saved before the code is returned, and what is saved counts, not what `entry` says. A
    code is good for at least `LEAST_LIFE` seconds more. `clock` returns unix seconds, `wait` takes seconds. Raises
    KeyringError, also when the clock went back.
    """
    while True:
        code, pause = ask(lambda ring: _take_code(ring, entry, clock))
        if code is not None:
            return code
        wait(pause)


def _take_code(ring: KeyringBackend, asked: Entry, clock: Callable[[], float]) -> tuple[str | None, float]:
    """Return a code, or None and the seconds to wait before trying again."""
    entry = _for_origins(ring, asked.name, (asked.origin,))
    if entry.totp is None:
        raise KeyringError(
            _("No key for one-time codes is saved for {name}.").format(name=entry.name),
            _("Add the sign-in again, with the key: privacyaudit keys add {name}").format(name=entry.name),
        )
    now, period = clock(), entry.totp.period
    step = int(now // period)
    if entry.last_step > step + 1:
        raise KeyringError(
            _("The clock of this computer went back: the code of a later time was used already."),
            _(
                "Set the clock right. If it is right now, forget this sign-in and add it again:"
                " privacyaudit keys forget {name}"
            ).format(name=entry.name),
        )
    if entry.last_step >= step:
        return None, (entry.last_step + 1) * period - now
    if entry.totp.seconds_left(now) >= LEAST_LIFE:
        _save(ring, entry.model_copy(update={"last_step": step}))
        now = clock()  # a slow keyring takes its time
    left = (step + 1) * period - now
    return (entry.totp.code(step), 0.0) if left >= LEAST_LIFE else (None, max(0.0, left))
