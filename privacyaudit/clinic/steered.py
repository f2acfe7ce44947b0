"""A clinic in a process of its own that another program steers, such as the window.

It is told what to do in lines on its standard input: first what is wanted, as JSON, then a word a line. On its standard
output it tells all that is known of it, a line of JSON each time something changes. When its input ends, whoever
steers it is gone: the clinic ends in order, and its counts are kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, BinaryIO

from pydantic import ValidationError

from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clinic import forgetful, pages, reach, sentences, serving, session
from privacyaudit.clinic.session import LOOPBACK, Session
from privacyaudit.clinic.steering import AGAIN, END, Noting, Told, Typed, Wanted, failed
from privacyaudit.errors import AuditError, Stopped, UsageError
from privacyaudit.i18n import _
from privacyaudit.offline import codes
from privacyaudit.storage import files

if TYPE_CHECKING:
    from privacyaudit.serving.runner import Running

LOOK_SECONDS = 0.5


@dataclass
class Steered(Noting):
    """A representative at the other end of two streams; `told` is what they know."""

    wishes: BinaryIO = field(kw_only=True)
    answers: BinaryIO = field(kw_only=True)
    told: Told = field(default_factory=lambda: Told(stage="opening"))
    _people: Callable[[], str] = field(default=str)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, **news: object) -> None:
        """Tell what has changed; where nobody listens any more, nothing is told."""
        with self._lock:
            before, self.told = self.told, self.told.model_copy(update=news)
            if self.told != before:
                with suppress(OSError, ValueError):
                    self.answers.write(self.told.model_dump_json().encode() + b"\n")
                    self.answers.flush()

    def word(self) -> str:
        """Wait for the next word; empty once nobody is there to say one."""
        return self.wishes.readline().decode("utf-8", "replace").strip()

    def opened(self, clinic: Session) -> None:
        """Tell how to join, and what is kept."""
        plan = clinic.plan
        join = f"{plan.address}:{plan.port}"
        kept = clinic.keeper is not None
        notes = [sentences.keeping(kept=kept), *([] if forgetful.possible() else [sentences.does_not_overwrite()])]
        if plan.address == LOOPBACK:
            notes.insert(0, _("Only this computer can join this clinic. Phones cannot."))
        self._people = lambda: pages.took_part(clinic.tally.people)
        self.tell(
            stage="open",
            name=plan.name,
            code=" ".join((plan.code[:3], plan.code[3:])),
            address=join,
            board=f"http://{LOOPBACK}:{plan.port}/board",
            picture=codes.svg(f"http://{join}/c/{plan.code}") or "",
            notes=tuple(notes),
            kept=kept,
            people=self._people(),
        )

    def wait(self, running: Running) -> None:
        """Wait until they say that the clinic has ended. Raises Stopped when they are gone, or the server is."""
        over = threading.Event()
        threading.Thread(target=self._watch, args=(running, over), daemon=True).start()
        try:
            if self.word() != END:
                raise Stopped(_("The clinic was left without a report."))
        finally:
            over.set()

    def _watch(self, running: Running, over: threading.Event) -> None:
        """Tell how many people shared, and whether their counts are kept, while the clinic is open."""
        while not over.wait(LOOK_SECONDS):
            trouble = running.trouble
            unkept = f"{trouble.what} {sentences.goes_on_in_memory()}" if trouble else ""
            self.tell(people=self._people(), unkept=unkept)

    def address_lost(self) -> None:
        """Tell what to do when phones no longer reach this computer."""
        self.tell(lost=f"{sentences.address_lost()} {sentences.same_network()}")

    def address_back(self) -> None:
        """Tell that phones reach it again."""
        self.tell(lost="")

    def not_kept(self, trouble: AuditError) -> None:
        """Tell why the counts cannot be kept, and that the clinic goes on."""
        self.tell(unkept=f"{trouble.what} {sentences.goes_on_in_memory()}")

    def made_room(self, trouble: AuditError) -> bool:
        """Tell why the clinic cannot be ended, and wait until they want to try once more."""
        self.tell(stage="stuck", trouble=f"{trouble.what} {sentences.not_ended()}")
        return self.word() == AGAIN

    def finished(self) -> None:
        """Tell all that came of it."""
        super().finished()
        self.tell(stage="over", trouble="", said=tuple(self.said), report=self.report)


def run(catalogue: Catalogue, wishes: BinaryIO, answers: BinaryIO, today: date) -> None:
    """Hold the clinic that is wanted, until its end. What goes wrong is told to whoever steers it, and raised."""
    desk = Steered(wishes=wishes, answers=answers)
    wanted = _wanted(desk.word())
    try:
        with session.held():
            _hold(wanted, catalogue, desk, today)
    except Stopped:
        raise
    except AuditError as error:
        desk.tell(**dict(failed(error, wanted.passphrase)))
        raise


def _wanted(word: str) -> Wanted:
    try:
        return Wanted.model_validate_json(word)
    except ValidationError as error:
        raise UsageError(
            _("The window steers a clinic with this command. It is not for typing."),
            _('Open a clinic like: privacyaudit clinic open --name "Ysgol X"'),
        ) from error


def _hold(wanted: Wanted, catalogue: Catalogue, desk: Steered, today: date) -> None:
    session.as_expected(resume=wanted.resume)
    folder = Path(wanted.folder)
    files.make_folder(folder)
    files.try_folder(folder)
    clinic, sockets = (_again if wanted.resume else _anew)(wanted, catalogue, today)
    try:
        serving.serve(clinic, sockets, desk, today)
        clinic.finish(folder, (), desk)
    finally:
        if clinic.keeper:
            clinic.keeper.close()


def _anew(wanted: Wanted, catalogue: Catalogue, today: date) -> tuple[Session, list[socket]]:
    """Return a new clinic, and where it listens."""
    sockets = serving.listen_anew(wanted.address, 0)
    port = sockets[0].getsockname()[1]
    plan = session.plan(
        catalogue,
        wanted.name,
        wanted.role,
        wanted.platforms,
        quick=wanted.quick,
        address=wanted.address,
        port=port,
        today=today,
    )
    keeper = None if wanted.memory_only else reach.open_keeper(Typed(wanted.passphrase))
    return session.new(plan, catalogue, keeper, today), sockets


def _again(wanted: Wanted, catalogue: Catalogue, today: date) -> tuple[Session, list[socket]]:
    """Return the clinic that was cut off, and where it listens now."""
    keeper = reach.open_keeper(Typed(wanted.passphrase))
    try:
        clinic = session.resume(keeper, catalogue, today)
        clinic = clinic.at(wanted.address or clinic.plan.address, clinic.plan.port)
        return clinic, serving.listen(clinic.plan.address, clinic.plan.port)
    except BaseException:
        keeper.close()
        raise
