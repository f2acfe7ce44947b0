"""The only file that touches a sign-in: those saved in the system keyring, and one-time codes.

A saved sign-in belongs to one origin and is handed out for no other. Nothing is ever put into a file: where there is
no safe keyring, this module refuses with a sentence. Nothing waits for a window: a locked keyring is found out first,
and whatever a keyring does, it has `PATIENCE` seconds for it.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, ConfigDict, Field, SecretStr, ValidationError

from privacyaudit.credentials import keyring
from privacyaudit.credentials.keyring import SERVICE, ask
from privacyaudit.credentials.totp import Totp
from privacyaudit.errors import KeyringError, UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Data, Id, Link, Platform, has_address, origin_of

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend


INDEX = "(names)"  # no platform id has brackets


LEAST_LIFE = 3.0  # seconds for which a code must still be good when it is handed out


logging.getLogger("keyring").addHandler(logging.NullHandler())  # else a broken plug-in of it prints a traceback


# -- what is kept ----------------------------------------------------------------------------------


def _bare_origin(url: str) -> str:
    if origin_of(url) != url:
        raise ValueError("an origin is scheme, host and port, and nothing after them")
    return url


class SavedSignIn(Data):
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
            _("{name} has more than one address, and you have not said which one is yours.").format(
                name=_(platform.name)
            ),
            _("Add the address like this: --site https://example.org"),
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
        _("You cannot sign in to this platform at {origin}.").format(origin=wanted),
        _("Choose from: {origins}.").format(origins=", ".join(offered)),
    )


def make_entry(name: str, origin: str, user: str, password: str, totp: Totp | None = None) -> SavedSignIn:
    """Make an entry from what a person typed. Raises UsageError when it cannot be one; says nothing of the secrets."""
    try:
        (user + password).encode()
        return SavedSignIn(name=name, origin=origin, user=SecretStr(user), password=SecretStr(password), totp=totp)
    except ValueError:
        raise UsageError(
            _("This sign-in cannot be saved: the user name or the password is empty or has invalid characters."),
            _("Nothing was saved. Type both again."),
        ) from None


# -- which keyring ---------------------------------------------------------------------------------


def save(entry: SavedSignIn) -> None:
    """Save a sign-in in place of an earlier one of its name, read it back and compare.

    Raises KeyringError; what could not be read back is removed again. The same key for one-time codes keeps its last
    used step.
    """
    ask(lambda ring: _save(ring, entry))


def _save(ring: KeyringBackend, entry: SavedSignIn) -> None:
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
            _("The system keyring did not return what the program saved in it, so you cannot rely on it."),
            _("You have not saved a sign-in for {name}. Sign in by hand.").format(name=entry.name),
        )


def find(name: str) -> SavedSignIn | None:
    """Return the sign-in that is saved under a name, or None. Raises KeyringError."""
    return ask(lambda ring: _find(ring, name))


def saved(name: str) -> SavedSignIn:
    """Return the sign-in that is saved under a name. Raises KeyringError, also when there is none."""
    return _needed(find(name), name)


def _needed(entry: SavedSignIn | None, name: str) -> SavedSignIn:
    if entry is None:
        raise KeyringError(
            _("You have not saved a sign-in for {name}.").format(name=name),
            _("“privacyaudit keys list” shows what is saved."),
        )
    return entry


def _find(ring: KeyringBackend, name: str) -> SavedSignIn | None:
    raw = ring.get_password(SERVICE, name)
    if raw is None:
        return None
    try:
        entry = SavedSignIn.model_validate_json(raw)
        if entry.name == name:
            return entry
    except ValidationError:
        pass
    raise KeyringError(
        _("The program cannot read the saved sign-in for {name}.").format(name=name),
        _("Remove it, then add it again: privacyaudit keys forget {name}").format(name=name),
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
            _("The program cannot read the list of saved sign-ins in the system keyring."),
            _("Open the keyring's app, look for “{service}” and delete what is there.").format(service=SERVICE),
        ) from None


def _write_names(ring: KeyringBackend, wanted: set[str]) -> None:
    if wanted:
        ring.set_password(SERVICE, INDEX, json.dumps(sorted(wanted)))
    else:
        keyring.forget(ring, INDEX)


def forget(name: str) -> bool:
    """Remove a sign-in, and tell whether there was one. Raises KeyringError when it is still there afterwards."""
    return ask(lambda ring: name in _names(ring) and _remove(ring, name))


def forget_all() -> tuple[str, ...]:
    """Remove every sign-in and the list of their names; return the names. Raises KeyringError."""
    return ask(lambda ring: tuple(name for name in sorted(_names(ring)) if _remove(ring, name)))


def _remove(ring: KeyringBackend, name: str) -> bool:
    existed = keyring.forget(ring, name)
    _write_names(ring, _names(ring) - {name})
    return existed


# -- handing them out ------------------------------------------------------------------------------


def for_origins(name: str, origins: Sequence[str]) -> SavedSignIn:
    """Return the sign-in of a name, if it was saved for one of these origins; it is typed at the saved one only.

    Raises KeyringError when there is none, and when it was saved for another origin.
    """
    return ask(lambda ring: _for_origins(ring, name, origins))


def _for_origins(ring: KeyringBackend, name: str, origins: Sequence[str]) -> SavedSignIn:
    entry = _needed(_find(ring, name), name)
    if entry.origin not in origins:
        raise KeyringError(
            _("The saved sign-in for {name} is for {own}, but this page is {other}. Nothing was typed.").format(
                name=name, own=entry.origin, other=origins[0]
            ),
            _("If the site has moved, add the sign-in again: privacyaudit keys add {name}").format(name=name),
        )
    return entry


def next_code(
    entry: SavedSignIn, clock: Callable[[], float] = time.time, wait: Callable[[float], object] = time.sleep
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


def _take_code(ring: KeyringBackend, asked: SavedSignIn, clock: Callable[[], float]) -> tuple[str | None, float]:
    """Return a code, or None and the seconds to wait before trying again."""
    entry = _for_origins(ring, asked.name, (asked.origin,))
    if entry.totp is None:
        raise KeyringError(
            _("The sign-in for {name} has no key for one-time codes.").format(name=entry.name),
            _("Add the sign-in again, with the key: privacyaudit keys add {name}").format(name=entry.name),
        )
    now, period = clock(), entry.totp.period
    step = int(now // period)
    if entry.last_step > step + 1:
        raise KeyringError(
            _("This computer's clock has gone back. The program has already used a code for a later time."),
            _(
                "Correct the clock. If the clock is already right, forget this sign-in and add it again: "
                "privacyaudit keys forget {name}"
            ).format(name=entry.name),
        )
    if entry.last_step >= step:
        return None, (entry.last_step + 1) * period - now
    if entry.totp.seconds_left(now) >= LEAST_LIFE:
        _save(ring, entry.model_copy(update={"last_step": step}))
        now = clock()  # a slow keyring takes its time
    left = (step + 1) * period - now
    return (entry.totp.code(step), 0.0) if left >= LEAST_LIFE else (None, max(0.0, left))
