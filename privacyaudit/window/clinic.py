"""What the window does about a clinic: it starts one in a process of its own, steers it, and ends one that was cut off.

A clinic writes over memory that it no longer needs, for which Python has to be started anew: so it is not in the
window's process. When the window ends, however that comes, the clinic's input ends, and it keeps its counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from privacyaudit import extras, i18n
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clinic import forgetful, network, reach, record, sentences, session, steering, store
from privacyaudit.clinic.session import LOOPBACK
from privacyaudit.clinic.steering import Noting, Told, Typed, Wanted, failed, on_a_page
from privacyaudit.clock import today
from privacyaudit.errors import AuditError, SaveError, UsageError
from privacyaudit.i18n import _
from privacyaudit.process import again
from privacyaudit.storage import folders, reading
from privacyaudit.window import wishes
from privacyaudit.window.app import Power

LEAVE_SECONDS = 30.0
"""So long the end of the program waits for a clinic to keep its counts; it does so without the program too."""

_LAST = ("over", "failed")


@dataclass
class Clinics:
    """The one clinic that this window has opened, if any, and one that was cut off.

    `checklists` are the person's own folders. What is `told` of the clinic comes in a thread of its own.
    """

    catalogue: Catalogue
    checklists: Sequence[Path] = ()
    told: Told | None = None
    ending: bool = False
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def is_open(self) -> bool:
        """Tell whether there is a clinic of this window now."""
        return self._process is not None and self._process.poll() is None

    @property
    def is_kept(self) -> bool:
        """Tell whether what this clinic counted is kept on the disk."""
        return self.told is not None and self.told.kept

    def need_none(self) -> None:
        """Raise UsageError while a clinic is open."""
        if self.is_open:
            raise UsageError(_("A clinic is open."), _("End the clinic first. Then try again."))

    # -- what the page asks ------------------------------------------------------------------------

    def reads(self) -> Mapping[str, Callable[[], Any]]:
        """Return what the page can look at, by name."""
        return {"clinic": self.state, "networks": networks}

    def does(self) -> Mapping[str, Power]:
        """Return what the page can do, by name."""
        return {
            "open-clinic": wishes.taking(wishes.OpenClinic, self.open),
            "continue-clinic": wishes.taking(wishes.ContinueClinic, self.go_on),
            "end-clinic": lambda _wish: self.end(),
            "try-clinic-again": lambda _wish: self.try_again(),
            "report-clinic": wishes.taking(wishes.OpenWith, self.report),
            "delete-clinic": lambda _wish: self.delete(),
            "leave-clinic": lambda _wish: self.leave(),
        }

    def pages(self) -> Mapping[str, Callable[[], str | None]]:
        """Return whole pages, by name."""
        return {"clinic-report": self.report_page}

    def state(self) -> dict[str, Any]:
        """Return what is known of the clinic, and whether one was cut off that waits for its end."""
        told = self.told.model_dump() if self.told else {"stage": "none"}
        waits = self._waits()
        return {**told, "ending": self.ending, "cut_off": waits == "cut_off", "elsewhere": waits == "elsewhere"}

    def _waits(self) -> str:
        """Tell whether a clinic was cut off, or is open elsewhere on this computer; empty where neither is so."""
        if self.is_open or not store.exists():
            return ""
        try:
            with session.held():
                return "cut_off"
        except UsageError:
            return "elsewhere"
        except SaveError:
            return "cut_off"

    def in_short(self) -> str:
        """Say for the first screen that a clinic is open, or was cut off; empty where neither is so."""
        if self.is_open:
            return _("A clinic is open.")
        return _("A clinic was cut off. Its counts are still saved.") if self._waits() == "cut_off" else ""

    # -- a clinic that is open ---------------------------------------------------------------------

    def open(self, wish: wishes.OpenClinic) -> dict[str, Any]:
        """Begin a clinic; the page sees it open a little later. Raises UsageError and MissingExtra."""
        with _without_commands():
            name = session.plain_name(wish.name)
            role = self.catalogue.role(wish.role).id
            for one in wish.platforms:
                self.catalogue.checklist(one)
            session.as_expected(resume=False)
        return self._start(
            Wanted(
                folder=str(folders.reports()),
                name=name,
                role=role,
                platforms=wish.platforms,
                quick=not (wish.platforms and wish.everything),
                address=_checked(wish.address) or LOOPBACK,
                passphrase=wish.passphrase,
                memory_only=wish.memory_only,
            )
        )

    def go_on(self, wish: wishes.ContinueClinic) -> dict[str, Any]:
        """Go on with the clinic that was cut off, where it was or at another address."""
        with _without_commands():
            session.as_expected(resume=True)
        address = _checked(wish.address)
        wanted = Wanted(folder=str(folders.reports()), resume=True, address=address, passphrase=wish.passphrase)
        return self._start(wanted)

    def _start(self, wanted: Wanted) -> dict[str, Any]:
        self.need_none()
        extras.need("clinic")
        own = (word for folder in self.checklists for word in ("--checklists", str(folder.absolute())))
        apart: dict[str, Any] = {"start_new_session": True}  # Ctrl-C is for the window, which ends the clinic in order
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
        self.told, self.ending = Told(stage="opening", name=wanted.name), False
        self._process = subprocess.Popen(
            again.command("--lang", i18n.language(), "clinic", "steered", *own),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONMALLOC": forgetful.FORGETS},
            **apart,
        )
        self._say(wanted.model_dump_json())
        threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()
        return self.state()

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        """Note what the clinic tells; its last word counts once its process has ended and lets go of what is kept."""
        last = None
        for line in process.stdout or ():
            with suppress(ValidationError):
                last = Told.model_validate_json(line)
                if last.stage not in _LAST:
                    self.told = last
        process.wait()
        if last is None or last.stage not in _LAST:
            lost = _("The clinic was cut off, and its counts are gone, because nothing of it was kept on the disk.")
            kept = _("A clinic was cut off. Its counts are still saved.")
            last = Told(stage="failed", trouble=kept if store.exists() else lost)
        self.told = last

    def _say(self, word: str) -> None:
        if self._process and self._process.stdin:
            with suppress(OSError):  # it has ended, which is told by what it says last
                self._process.stdin.write(word.encode() + b"\n")
                self._process.stdin.flush()

    def end(self) -> dict[str, Any]:
        """End the clinic; its report is there a little later."""
        self._need_open()
        if not self.ending:
            self.ending = True
            self._say(steering.END)
        return self.state()

    def try_again(self) -> dict[str, Any]:
        """Try once more to end a clinic whose end could not be kept."""
        self._need_open()
        self._say(steering.AGAIN)
        return self.state()

    def _need_open(self) -> None:
        if not self.is_open:
            raise UsageError(_("No clinic is open."), _("Load this page again."))

    # -- what is left of one -----------------------------------------------------------------------

    def report(self, wish: wishes.OpenWith) -> dict[str, Any]:
        """Write the report of the clinic that was cut off, or tell why that cannot be done."""
        self.need_none()
        noting = Noting()
        try:
            with session.held():
                session.as_expected(resume=True)
                keeper = reach.open_keeper(Typed(wish.passphrase))
                try:
                    session.load(keeper, self.catalogue, today()).finish(folders.reports(), (), noting)
                finally:
                    keeper.close()
        except AuditError as error:
            self.told = failed(error, wish.passphrase)
        else:
            self.told = Told(stage="over", said=tuple(noting.said), report=noting.report)
        return self.state()

    def delete(self) -> dict[str, Any]:
        """Remove what is kept of the clinic that was cut off, and its key."""
        self.need_none()
        with _without_commands(), session.held():
            gone = store.forget()
        self.told = None
        return {**self.state(), "deleted": sentences.removed(gone)}

    def leave(self) -> dict[str, Any]:
        """Forget what came of the last clinic; its files stay."""
        self.need_none()
        self.told, self.ending = None, False
        return {}

    def report_page(self) -> str | None:
        """Return the report of the clinic that has ended last; None where there is none."""
        if self.told is None or not self.told.report:
            return None
        return reading.read(Path(self.told.report), record.WANTED).decode()

    def close(self) -> None:
        """Let a clinic that is open end in order, without its report."""
        if self._process and self._process.stdin:
            with suppress(OSError):
                self._process.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(LEAVE_SECONDS)


def networks() -> dict[str, Any]:
    """Return the addresses that phones may reach, those that they probably do not, and what others there can see.

    Raises MissingExtra.
    """
    extras.need("clinic")
    found = network.addresses()
    return {
        "near": [_choice(one) for one in found if one.within_reach],
        "far": [_choice(one) for one in found if not one.within_reach],
        "rules": [_(sentence) for sentence in reach.ON_THE_NETWORK],
    }


def _choice(one: network.Address) -> dict[str, str]:
    return {"address": one.address, "kind": one.kind.name.lower(), "words": one.words}


def _checked(address: str) -> str:
    """Return an address that phones may reach, or nothing where none is wanted. Raises UsageError and MissingExtra."""
    extras.need("clinic")
    if address and address != LOOPBACK:
        reach.check(address, network.addresses())
    return address


@contextmanager
def _without_commands() -> Iterator[None]:
    """Turn trouble into a sentence that tells nobody to type a command."""
    try:
        yield
    except AuditError as error:
        raise UsageError(on_a_page(error)) from error
