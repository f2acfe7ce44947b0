"""Why a site was not reached: nobody there, a network that wants a proxy, or one that opens encrypted traffic."""

from __future__ import annotations

import re
import ssl

from privacyaudit import labels
from privacyaudit.browser import proxies
from privacyaudit.browser.gate.traffic import Failure
from privacyaudit.errors import BrowserError
from privacyaudit.model import Reason

_UNKNOWN_SIGNER = re.compile(r"net::ERR_CERT_AUTHORITY_INVALID")
_UNSAFE = re.compile(r"net::ERR_(?:CERT|SSL|BAD_SSL)")
_NO_ANSWER = re.compile(r"net::ERR_(?:TUNNEL|PROXY|CONNECTION|NAME|ADDRESS|INTERNET|EMPTY)")
_SIGNERS = frozenset({18, 19, 20, 21})
"""What OpenSSL says of a certificate whose signer it does not know (X509_V_ERR_…)."""


_OF_FAILURE = {
    Failure.UNKNOWN_SIGNER: Reason.OPENED_TRAFFIC,
    Failure.NEEDS_PROXY: Reason.NEEDS_PROXY,
    Failure.CUT: Reason.TIMED_OUT,
    Failure.LEFT: Reason.TIMED_OUT,
}


class NotReachedError(BrowserError):
    """A page did not open because the site was not reached; `reason` says why."""

    def __init__(self, what: str, reason: Reason) -> None:
        super().__init__(what, f"{labels.reason(reason)} {labels.next_step(reason)}")
        self.reason = reason


def reason(said: str, url: str) -> Reason | None:
    """Return why a browser did not reach an address, from what it said; None when that was not the trouble."""
    if _UNKNOWN_SIGNER.search(said):
        return Reason.OPENED_TRAFFIC
    if _UNSAFE.search(said):
        return Reason.UNREACHABLE
    return unreached(url) if _NO_ANSWER.search(said) else None


def reason_of(error: Exception, url: str) -> Reason:
    """Return why a connection of our own did not come about."""
    if isinstance(error, ssl.SSLCertVerificationError) and error.verify_code in _SIGNERS:
        return Reason.OPENED_TRAFFIC
    return Reason.UNREACHABLE if isinstance(error, ssl.SSLError) else unreached(url)


def of_failure(failure: Failure) -> Reason:
    """Return why a page did not come, from what the gate saw of it."""
    return _OF_FAILURE.get(failure, Reason.UNREACHABLE)


def unreached(url: str) -> Reason:
    """Return why nobody answers at an address."""
    return Reason.NEEDS_PROXY if proxies.proxy_for(url) else Reason.UNREACHABLE
