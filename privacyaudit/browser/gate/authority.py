"""The throw-away authority that one browser believes: certificates for the sites that the gate speaks for.

Its key is made anew for each run and never leaves the memory. The browser is told the key's fingerprint when it is
started; no other browser and no other program of this computer believes what is signed with it.

Owner of the library `cryptography`.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import os
import secrets
import ssl
import tempfile
import threading
from datetime import timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID

from privacyaudit import clock

_VALID = timedelta(days=2)


class Authority:
    """Signs a certificate for each host, once; used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._key, self._leaf = _new_key(), _new_key()
        self._name = _named(f"privacyaudit {secrets.token_hex(8)}")
        self._certificate = self._sign(self._name, self._key, None)

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the public key, in base64, as Chromium wants it to be told."""
        spki = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(hashlib.sha256(spki).digest()).decode("ascii")

    def context(self, host: str) -> ssl.SSLContext:
        """Return what is needed to speak for a host over TLS; HTTP/1.1 is all that is offered."""
        with self._lock:
            if host not in self._contexts:
                self._contexts[host] = self._new_context(host)
            return self._contexts[host]

    def _new_context(self, host: str) -> ssl.SSLContext:
        chain = [self._sign(_named("privacyaudit"), self._leaf, host), self._certificate]
        lock = secrets.token_bytes(32)
        key = self._leaf.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(lock))
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.set_alpn_protocols(["http/1.1"])
        number, path = tempfile.mkstemp()
        try:  # Python's ssl reads keys from files only: what stands there for a moment is locked
            with os.fdopen(number, "wb") as file:
                file.write(b"".join(one.public_bytes(Encoding.PEM) for one in chain) + key)
            made.load_cert_chain(path, password=lock)
        finally:
            Path(path).unlink()
        return made

    def _sign(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, host: str | None) -> x509.Certificate:
        """Sign a certificate for a host, or the authority's own where there is none."""
        now = clock.now()
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _VALID)
            .not_valid_after(now + _VALID)
            .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
        )
        if host is not None:
            made = made.add_extension(x509.SubjectAlternativeName([_as_name(host)]), critical=False)
        return made.sign(self._key, SHA256())


@cache
def of_this_run() -> Authority:
    """Return the authority of this process, made when it is first wanted."""
    return Authority()


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _as_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host.encode("idna").decode("ascii") if not host.isascii() else host)
