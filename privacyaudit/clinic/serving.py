"""A clinic while it is open: it listens, and serves until the representative ends it.

It loads the server, so the command line loads it after `session.need_clinic`.
"""

from __future__ import annotations

import errno
import threading
from datetime import date
from socket import socket

from privacyaudit.clinic import network, pages, session
from privacyaudit.clinic.app import Clinic, app
from privacyaudit.clinic.session import LOOPBACK, Desk, Session
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _
from privacyaudit.offline import codes
from privacyaudit.offline.page import TICKET
from privacyaudit.serving import runner
from privacyaudit.serving.guard import LOOPBACK_NAMES

USUAL_PORT = 8360
LOOK_SECONDS = 2.0


def listen(address: str, port: int) -> list[socket]:
    """Listen on this computer's own address, for the board, and on the one for phones. Raises UsageError."""
    try:
        return runner.bind(list(dict.fromkeys((LOOPBACK, address))), port)
    except (OSError, OverflowError) as error:
        raise _in_words(address, port, error) from error


def _in_words(address: str, port: int, error: OSError | OverflowError) -> UsageError:
    if isinstance(error, OSError) and error.errno == errno.EADDRNOTAVAIL:
        return UsageError(
            _("This computer no longer has the address {address}.").format(address=address),
            _("Connect this computer to that network again, or add --lan to use the address that it has now."),
        )
    return UsageError(
        _("Port {port} of this computer cannot be used: {trouble}.").format(
            port=port, trouble=error.strerror if isinstance(error, OSError) else error
        ),
        _("Choose another port with --port, or leave --port out."),
    )


def listen_anew(address: str, port: int) -> list[socket]:
    """Listen at the port asked for, else at the usual one, which can be said aloud, else at any that is free."""
    if port:
        return listen(address, port)
    try:
        return listen(address, USUAL_PORT)
    except UsageError:
        return listen(address, 0)


def serve(clinic: Session, sockets: list[socket], desk: Desk, today: date) -> None:
    """Serve until the representative ends the clinic; whatever else ends it, the counts of this moment are kept."""
    served = _served(clinic, today)
    clinic.begin(desk)
    running = runner.Running(
        app(served),
        sockets,
        clinic.state,
        clinic.keeper.save if clinic.keeper else None,
        clinic.tally.boards,
    )
    running.start()
    over = threading.Event()
    threading.Thread(target=_watch, args=(clinic.plan.address, desk, over), daemon=True).start()
    try:
        desk.opened(clinic)
        desk.wait(running)
    except BaseException:
        running.stop()
        clinic.keep()
        raise
    finally:
        over.set()
    served.ended = True
    running.stop()
    desk.ended()


def _watch(address: str, desk: Desk, over: threading.Event) -> None:
    """Look again and again whether this computer still has the address that phones were told."""
    lost = False
    while not over.wait(LOOK_SECONDS):
        if network.gone(address) is not lost:
            lost = not lost
            (desk.address_lost if lost else desk.address_back)()


def _served(clinic: Session, today: date) -> Clinic:
    plan = clinic.plan
    join = f"{plan.address}:{plan.port}"
    return Clinic(
        plan,
        clinic.tally,
        pages.Titles(clinic.catalogue),
        session.page(clinic.catalogue, plan, today),
        TICKET,
        {f"{host}:{plan.port}" for host in (*LOOPBACK_NAMES, plan.address)},
        join,
        codes.svg(f"http://{join}/c/{plan.code}") or "",
        lost=lambda: network.gone(plan.address),
    )
