"""An entry is written into the keyring, read and removed."""

from __future__ import annotations

from collections.abc import Iterator

from privacyaudit.checkup.line import Line, failed
from privacyaudit.credentials import keyring
from privacyaudit.errors import AuditError
from privacyaudit.i18n import _


def lines() -> Iterator[Line]:
    """Try the keyring of the system."""
    try:
        kind = keyring.try_out()
    except AuditError as error:
        yield failed(error)
        yield Line(None, _("Audits and reports work without a keyring. A history can have a passphrase instead."))
        return
    yield Line(True, _("The keyring can save a password and read it back: {kind}").format(kind=kind))
