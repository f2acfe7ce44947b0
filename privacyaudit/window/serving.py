"""A window while it is open: it listens on this computer only, and serves until the person is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from privacyaudit.errors import SaveError, UsageError
from privacyaudit.i18n import _
from privacyaudit.serving import guard, runner
from privacyaudit.window import instance
from privacyaudit.window.app import Window, app
from privacyaudit.window.door import Door, new_key
from privacyaudit.window.instance import Open
from privacyaudit.window.presence import Presence

if TYPE_CHECKING:
    from privacyaudit.catalogue.loading import Catalogue
    from privacyaudit.window.clinic import Clinics
    from privacyaudit.window.program import Program

LOOPBACK = "127.0.0.1"
LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Served:
    """A window that is being served."""

    open: Open
    window: Window[Program]
    running: runner.Running

    @property
    def program(self) -> Program:
        """Return the program behind it, once it is loaded. Raises what went wrong with that."""
        return self.window.behind.result()

    @property
    def address(self) -> str:
        """Return an address that opens it once."""
        return self.open.address()

    @property
    def forgot(self) -> bool:
        """Tell whether the person wants nothing to stay."""
        return self.program.forgot

    @property
    def what_stays(self) -> str:
        """Say what stays on this computer at the end."""
        return self.program.what_stays()

    @property
    def signs_out(self) -> bool:
        """Tell whether a reading goes on, which signs out before the end."""
        return self.program.desk.goes_on

    @property
    def clinic(self) -> Clinics | None:
        """Return the clinic that is open, which keeps its counts before the end."""
        return self.program.clinic if self.program.clinic.is_open else None

    def wait(self) -> None:
        """Wait until the person is done, or the page was closed ten minutes ago and no clinic is open."""
        presence = self.program.presence
        while self.running.alive and not presence.over():
            presence.wait(LOOK_SECONDS)
            if self.clinic:
                presence.heard()


@contextmanager
def opened(
    catalogue: Callable[[], Catalogue], *, unkept: str, announced: bool, checklists: Sequence[Path] = ()
) -> Iterator[Served]:
    """Serve the window, and stop at the end. `unkept` says why nothing can be saved, if that is known already.

    `catalogue` reads the checklists, while the front page is on the screen already. `checklists` are the person's own
    folders, which are in it.

    With `announced`, a second start can find it. Raises UsageError where this computer lets nobody listen.
    """
    try:
        sockets = runner.bind([LOOPBACK], 0)
    except OSError as error:
        raise UsageError(
            _("This computer does not let the program open a window: {trouble}.").format(
                trouble=error.strerror or error
            ),
            _("Use the program in the terminal instead: privacyaudit audit"),
        ) from error
    key, port = new_key(), int(sockets[0].getsockname()[1])
    unkept, presence = unkept or instance.trouble_with_saving(), Presence()

    def load() -> Program:
        from privacyaudit.window.program import Program

        made = Program(catalogue(), presence, keeps=not unkept, unkept=unkept, checklists=checklists)
        made.page()  # it is drawn before anybody asks for it
        return made

    hosts = frozenset(f"{name}:{port}" for name in guard.LOOPBACK_NAMES)
    made, window = Open(port=port, key=key.hex()), Window(Door(key), presence, hosts, load)
    running = runner.Running(app(window), sockets)
    running.start()
    try:
        if announced and not unkept:
            with suppress(SaveError):  # then a second start opens a window of its own
                instance.announce(made)
        yield Served(made, window, running)
    finally:
        if window.behind.exception() is None:
            window.behind.result().desk.close()
            window.behind.result().clinic.close()
        running.stop()
        window.worker.shutdown()
