"""A port is opened as a clinic would, on this computer and where phones are."""

from __future__ import annotations

from collections.abc import Iterator

from privacyaudit import extras
from privacyaudit.checkup.line import Line, failed
from privacyaudit.errors import AuditError
from privacyaudit.i18n import _


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
    yield Line(True, _("The program can open a port."))
    if within_reach:
        yield Line(True, _("Phones can join at {address}.").format(address=within_reach.words))
    else:
        yield Line(
            False,
            _("This computer is not on a network that phones can join."),
            _(
                "For a clinic, connect this computer to your phone's hotspot. The phone page and the paper "
                "sheets need no network."
            ),
        )
    for one in found:
        if one.kind is network.Kind.VPN:
            yield Line(
                None,
                _("This computer uses a VPN: {address}. Phones in the room cannot join at that address.").format(
                    address=one.words
                ),
                _("If phones cannot reach the clinic, ask whether you can switch the VPN off during the clinic."),
            )
