"""A window while it is open: it listens on this computer only, and serves until the person is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.errors import SaveError, UsageError
from privacyaudit.i18n import _
from privacyaudit.serving import guard, runner
from privacyaudit.window import instance
from privacyaudit.window.app import Window, app
from privacyaudit.window.clinic import Clinics
from privacyaudit.window.door import Door, new_key
from privacyaudit.window.instance import Open
from privacyaudit.window.presence import Presence
from privacyaudit.window.program import Program, trouble_with_saving

LOOPBACK = "127.0.0.1"
LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Served:
    """A window that is being served."""

    open: Open
    program: Program
    running: runner.Running

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
def opened(catalogue: Catalogue, *, unkept: str, announced: bool, checklists: Sequence[Path] = ()) -> Iterator[Served]:
    """Serve the window, and stop at the end. `unkept` says why nothing can be saved, if that is known already.

    `checklists` are the person's own folders, which are in the catalogue.

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
    unkept = unkept or trouble_with_saving()
    program = Program(catalogue, Presence(), keeps=not unkept, unkept=unkept, checklists=checklists)
    hosts = frozenset(f"{name}:{port}" for name in guard.LOOPBACK_NAMES)
    window = Window(Door(key), program.presence, hosts, program.page, program.reads(), program.does(), program.pages())
    made = Open(port=port, key=key.hex())
    running = runner.Running(app(window), sockets)
    running.start()
    window.worker.submit(window.page)  # it is drawn while the browser starts
    try:
        if announced and not unkept:
            with suppress(SaveError):  # then a second start opens a window of its own
                instance.announce(made)
        yield Served(made, program, running)
    finally:
        program.desk.close()
        program.clinic.close()
        running.stop()
        window.worker.shutdown()
