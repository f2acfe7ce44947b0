"""One-time codes: what a seed or an otpauth address says, and the code of a moment."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from pydantic import ConfigDict, Field, SecretStr, ValidationError

from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.model import Data

_ENOUGH_BYTES = 20


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


def read_totp(text: str) -> Totp:
    """Read a key as people get it: letters and digits (spaces, dashes and lower case are fine) or an otpauth address.

    Raises UsageError, which never repeats the key.
    """
    packed = "".join(text.split())
    if packed.lower().startswith("otpauth-migration:"):
        raise UsageError(
            _("This is a bundle of keys from Google Authenticator, not the key for one site."),
            _("Ask the site itself for a new key: turn two-step sign-in off and on again, and use the key it shows."),
        )
    if packed.lower().startswith("otpauth:"):
        return _from_address(packed)
    return Totp(seed=_seed(packed))


def _from_address(address: str) -> Totp:
    """Source of the shape: the “Key Uri Format” page of Google Authenticator's wiki."""
    unknown = UsageError(
        _("The program cannot make the kind of code that this key is for."),
        _(
            "The program can make codes that change with the time: 6 to 8 digits, 10 to 300 seconds, SHA1, SHA256 "
            "or SHA512."
        ),
    )
    try:
        parts = urlsplit(address)
    except ValueError:
        raise unknown from None
    given = {key.lower(): value for key, value in parse_qsl(parts.query)}
    if parts.netloc.lower() == "hotp":
        raise UsageError(
            _("This key makes codes by counting (HOTP), not by the clock (TOTP)."),
            _("If the site lets you choose, choose “time-based”. If not, type the codes by hand."),
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
                "A key has at least 16 characters: letters, and digits from 2 to 7. If you see what looks like "
                "0, 1 or 8, it is the letter O, I or B. The six-digit code is not the key. Copy the key again."
            ),
        )
    return SecretStr(bare)
