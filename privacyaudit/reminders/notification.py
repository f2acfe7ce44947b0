"""A notification on the desktop, and an honest word on whether it was shown. The only module that touches it.

desktop-notifier hands back an id even when nobody was there to show anything, so its word is not taken for it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from privacyaudit import extras

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
PATIENCE = 5.0  # seconds for the whole of it
RUNTIME = Path("/run/user")


def tell(title: str, message: str) -> bool:
    """Show a notification; True when a notification server took it, False when nobody was told.

    On macOS and Windows, True means that the system allows it and raised no objection. Raises MissingExtra when the
    extra `remind` is not installed.
    """
    extras.need("notification")
    if not join_session():
        return False
    try:
        return asyncio.run(asyncio.wait_for(_tell(title, message), PATIENCE))
    except TimeoutError:
        return False


def join_session() -> bool:
    """Let this process talk to the person's desktop, and to their keyring; False where there is none to talk to.

    Only Linux needs it, for a job of cron: see `bus_address`.
    """
    if sys.platform.startswith("linux"):
        address = bus_address(os.environ)
        if not address:
            return False
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = address
    return True


def bus_address(environment: Mapping[str, str], runtime: Path = RUNTIME) -> str | None:
    """Return the address of the session bus, or None.

    cron sets no variables, so the socket that systemd gives every session is looked for as well.
    """
    if address := environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return address
    folder = environment.get("XDG_RUNTIME_DIR") or runtime / str(os.getuid())
    socket = Path(folder) / "bus"
    try:
        return f"unix:path={socket}" if stat.S_ISSOCK(socket.stat().st_mode) else None
    except OSError:
        return None


async def _tell(title: str, message: str) -> bool:
    from desktop_notifier import DesktopNotifier

    if sys.platform.startswith("linux") and not await has_server():
        return False
    shown: list[bool] = []
    logging.getLogger("desktop_notifier").addHandler(logging.NullHandler())
    notifier = DesktopNotifier(app_name="privacyaudit")
    if not await notifier.has_authorisation() and not await notifier.request_authorisation():
        return False
    await notifier.send(title, message, on_dispatched=lambda: shown.append(True))
    return bool(shown)


async def has_server() -> bool:
    """Ask the bus for GetServerInformation (Desktop Notifications Specification); no good answer means no server."""
    from dbus_fast import Message, MessageType
    from dbus_fast.aio import MessageBus
    from dbus_fast.errors import DBusFastError

    try:
        bus = await MessageBus().connect()
    except (OSError, EOFError, DBusFastError):
        return False
    try:
        asked = Message(destination=SERVICE, path=PATH, interface=SERVICE, member="GetServerInformation")
        answer = await bus.call(asked)
    except EOFError:
        return False
    finally:
        bus.disconnect()
    return answer is not None and answer.message_type is MessageType.METHOD_RETURN
