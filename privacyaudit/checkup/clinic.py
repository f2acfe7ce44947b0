"""A port is opened as a clinic would, on this computer and where phones are."""

from __future__ import annotations

from collections.abc import Iterator

from privacyaudit.checkup.line import Line, failed
from privacyaudit.errors import AuditError
from privacyaudit.i18n import _
from privacyaudit.model import extras


def lines() -> Iterator[Line]:
    """Try to listen, and say on which network phones could join."""
    try:
        extras.need("clinic")
    except AuditError as error:
        yield failed(error)
        return
    from privacyaudit.clinic import network, serving, session

    found = network.addresses()
    within_reach = next((one for one in found if one.within_reach), None)
    try:
        for listening in serving.listen_anew(within_reach.address if within_reach else session.LOOPBACK, 0):
            listening.close()
    except AuditError as error:
        yield failed(error)
        return
    yield Line(True, _("A port can be opened."))
    if within_reach:
        yield Line(True, _("Phones can join at {address}.").format(address=within_reach.words))
    else:
        yield Line(
            False,
            _("This computer is not on a network that phones can join."),
            _("For a clinic, connect it to your phone's hotspot. The page and the sheets of paper need no network."),
        )
    for one in found:
        if one.kind is network.Kind.VPN:
            yield Line(
                None,
                _("A VPN is on here: {address}. Phones in the room cannot join there.").format(address=one.words),
                _("If phones do not reach the clinic, ask whether the VPN can be off for that hour."),
            )
