"""A clinic from its opening to its one report."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from privacyaudit import extras
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clinic import counts, pages, record, store, tickets
from privacyaudit.clinic.counts import Sheet, Tally
from privacyaudit.clinic.store import Keeper, Kept, Plan
from privacyaudit.errors import AuditError, SaveError, UsageError
from privacyaudit.i18n import _
from privacyaudit.model import CONTROL
from privacyaudit.offline import content
from privacyaudit.offline.page import TICKET, build
from privacyaudit.plan import QUICK_MOST
from privacyaudit.report.writing import free_names
from privacyaudit.storage import file_keys, files

if TYPE_CHECKING:
    from privacyaudit.serving.runner import Running

LOOPBACK = "127.0.0.1"
LONGEST_NAME = 80


class Desk(Protocol):
    """The representative, who is told how the clinic goes and says when it has ended."""

    def opened(self, clinic: Session) -> None:
        """Tell how to join, how to end the clinic, and what is kept of it."""
        ...

    def wait(self, running: Running) -> None:
        """Wait until they say that the clinic has ended. Raises Stopped when they leave it unfinished."""
        ...

    def address_lost(self) -> None:
        """Tell that phones no longer reach this computer, which is on another network; from another thread."""
        ...

    def address_back(self) -> None:
        """Tell that they reach it again; from another thread."""
        ...

    def not_kept(self, trouble: AuditError) -> None:
        """Tell why the counts cannot be kept, and that the clinic goes on in memory."""
        ...

    def made_room(self, trouble: AuditError) -> bool:
        """Tell why the clinic cannot be ended, and return whether to try once more."""
        ...

    def ended(self) -> None:
        """Tell that nobody can share any more."""
        ...

    def written(self, path: Path) -> None:
        """Tell of one file of the report."""
        ...

    def took_part(self, people: int) -> None:
        """Tell how many people shared."""
        ...

    def removed(self, gone: file_keys.Removed) -> None:
        """Tell what was kept and is gone."""
        ...

    def finished(self) -> None:
        """Tell that the report cannot be written again."""
        ...


@dataclass(frozen=True)
class Session:
    """A clinic and its counts. Without a `keeper` they are in memory only; `closed` once its report was begun.

    One that was cut off and goes on is `resumed`: what was kept of it is there.
    """

    plan: Plan
    tally: Tally
    catalogue: Catalogue
    keeper: Keeper | None = None
    closed: bool = False
    resumed: bool = False

    def state(self, *, closed: bool = False) -> str:
        """Return it as it is kept."""
        return store.kept(self.plan, self.tally, closed=closed)

    def at(self, address: str, port: int) -> Session:
        """Return the same clinic at another address of this computer; its code and its counts stay."""
        return replace(self, plan=self.plan.model_copy(update={"address": address, "port": port}))

    def keep(self, *, closed: bool = False) -> None:
        """Keep the counts of this moment, where they are kept at all. Raises SaveError."""
        if self.keeper:
            self.keeper.save(self.state(closed=closed))

    def begin(self, desk: Desk) -> None:
        """Keep it as it is before anybody shares. Raises SaveError where nothing of it can be kept, and leaves nothing.

        Of one that goes on, all of that is kept already, so it goes on in memory where there is no room.
        """
        try:
            self.keep()
        except SaveError as error:
            if not self.resumed:
                self._forget()
                raise
            desk.not_kept(error)

    def _forget(self) -> file_keys.Removed | None:
        if not self.keeper:
            return None
        self.keeper.close()
        return store.forget()

    def _close(self, desk: Desk) -> None:
        while True:
            try:
                self.keep(closed=True)
            except SaveError as error:
                if not desk.made_room(error):
                    raise
            else:
                return

    def finish(self, folder: Path, earlier: Sequence[Path], desk: Desk) -> None:
        """Write the report once, then remove the counts; from here on nobody can share, so it cannot change.

        Raises RecordError for an earlier record that cannot be read; SaveError.
        """
        self._close(desk)
        for path in write(self.plan, self.tally, self.catalogue, folder, earlier):
            desk.written(path)
        desk.took_part(self.tally.people)
        if gone := self._forget():
            desk.removed(gone)
        desk.finished()


def need_clinic() -> None:
    """Raise MissingExtra unless the parts for a clinic are installed; none of them is loaded."""
    if not extras.installed("clinic"):
        raise extras.missing("clinic")


@contextmanager
def held() -> Iterator[None]:
    """Hold the one clinic of this computer. Raises UsageError and SaveError."""
    one = store.hold()
    try:
        yield
    finally:
        store.sweep()
        one.release()


def as_expected(*, resume: bool) -> None:
    """Raise UsageError when a clinic is kept and a new one is asked for, or the other way round."""
    if store.exists() and not resume:
        raise UsageError(
            _("A clinic was cut off. Its counts are still saved."),
            _(
                "Continue it (privacyaudit clinic open --resume), write its report (privacyaudit clinic report),"
                " or delete it (privacyaudit clinic forget)."
            ),
        )
    if resume and not store.exists():
        raise UsageError(
            _("There is no clinic to continue."), _('Open a new one: privacyaudit clinic open --name "Ysgol X"')
        )


def new(of: Plan, catalogue: Catalogue, keeper: Keeper | None, today: date) -> Session:
    """Return a clinic in which nobody has shared yet."""
    return Session(of, tally(catalogue, of, today), catalogue, keeper)


def resume(keeper: Keeper, catalogue: Catalogue, today: date) -> Session:
    """Return the clinic that is kept, to go on with. Raises UsageError for one that was ended, and RecordError."""
    kept = keeper.load()
    if kept.closed:
        raise UsageError(
            _("This clinic has already ended, so nobody can share any more."),
            _("Write its report: privacyaudit clinic report"),
        )
    return _again(kept, keeper, catalogue, today)


def load(keeper: Keeper, catalogue: Catalogue, today: date) -> Session:
    """Return the clinic that is kept, whether it was ended or not. Raises RecordError."""
    return _again(keeper.load(), keeper, catalogue, today)


def _again(kept: Kept, keeper: Keeper, catalogue: Catalogue, today: date) -> Session:
    counted = kept.tally(sheet(catalogue, kept.plan, today))
    return Session(kept.plan, counted, catalogue, keeper, kept.closed, resumed=True)


def plain_name(name: str) -> str:
    """Return the name of a clinic with single spaces. Raises UsageError for one that cannot be shown."""
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or CONTROL.search(plain) or "<" in plain or TICKET in plain:
        raise UsageError(
            _("A clinic needs a name of at most {number} letters, without <.").format(number=LONGEST_NAME),
            _('Write it like --name "Ysgol X".'),
        )
    return plain


def plan(
    catalogue: Catalogue,
    name: str,
    role: str | None,
    platforms: Sequence[str],
    *,
    quick: bool,
    address: str,
    port: int,
    today: date,
) -> Plan:
    """Plan a new clinic, with a code and a key of its own.

    Raises UsageError for a name that cannot be shown, an unknown role or platform, and for more checks than a phone can
    share at once.
    """
    plain = plain_name(name)
    made = Plan(
        id=secrets.token_hex(16),
        name=plain,
        role=catalogue.role(role).id,
        quick=quick,
        platforms=tuple(dict.fromkeys(platforms)),
        month=f"{today:%Y-%m}",
        code=tickets.new_code(),
        key=tickets.new_key().hex(),
        address=address,
        port=port,
    )
    if sheet(catalogue, made, today).largest_share() > counts.MAX_BODY:
        raise UsageError(
            _("That is more checks than one phone can share at once."), _("Name fewer platforms, or add --quick.")
        )
    return made


def sheet(catalogue: Catalogue, of: Plan, today: date) -> Sheet:
    """Return the checks of a clinic's page."""
    part = content.part_of(of.platforms, quick=of.quick)
    shown = content.content(catalogue, of.platforms, of.role, part=part, sites={}, today=today).services
    checks = [(service.platform.id, entry.check) for service in shown for entry in service.entries]
    return counts.sheet(checks, of.role, QUICK_MOST if of.quick else None)


def tally(catalogue: Catalogue, of: Plan, today: date) -> Tally:
    """Return the counts of a new clinic."""
    return Tally(sheet(catalogue, of, today), bytes.fromhex(of.key))


def page(catalogue: Catalogue, of: Plan, today: date) -> str:
    """Draw the page that members use, with `TICKET` in it once."""
    return build(catalogue, of.platforms, role=of.role, quick=of.quick, clinic=of.name, today=today)


def write(of: Plan, counted: Tally, catalogue: Catalogue, folder: Path, earlier: Sequence[Path]) -> list[Path]:
    """Write the report of a clinic that has ended, as HTML, CSV and JSON, and return the files in that order.

    A file that is there is never written over. Raises RecordError for an earlier one that cannot be read; SaveError.
    """
    made = record.make(of, counted)
    before = record.earlier(of.name, of.id, folder, earlier)
    paths = free_names(f"privacy-clinic-{of.month}-{of.id[:8]}", folder, ("html", "csv", "json"))
    texts = (pages.report(made, before, catalogue), record.rows(made), record.text(made))
    for path, text in zip(paths, texts, strict=True):
        files.write(path, text)
    return paths
