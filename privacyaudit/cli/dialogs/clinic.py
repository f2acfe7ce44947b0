"""What the representative of a clinic is told and asked at the terminal while it is open."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.opening import show_page
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.terminal import fail, heading, interactive, line_of, say
from privacyaudit.clinic import network, reach, sentences, store
from privacyaudit.clinic.session import LOOPBACK, Session
from privacyaudit.errors import AuditError, KeyringError, Stopped, UsageError
from privacyaudit.i18n import _
from privacyaudit.storage import file_keys

if TYPE_CHECKING:
    from privacyaudit.serving.runner import Running


def open_keeper(unlock: Unlock) -> store.Keeper:
    """Open the file that keeps a clinic, with what `Unlock` finds. Raises as `reach.open_keeper`."""
    try:
        return reach.open_keeper(unlock)
    except KeyringError as error:
        if store.exists():
            advice = _("If you chose a passphrase, add --passphrase. If not, unlock the keyring and try again.")
        else:
            advice = _("Add --passphrase, or --memory-only to keep nothing on the disk.")
        raise KeyringError(error.what, advice) from None


def choose_address(wanted: str, person: Person) -> str:
    """Return the address for phones, after saying what others on that network can see. Raises UsageError.

    One that is wanted is believed when this computer can listen on it.
    """
    found = network.addresses()
    within_reach = [one for one in found if one.within_reach]
    reach.check(wanted, found)
    heading(_("What other people on the network can see"))
    for sentence in reach.ON_THE_NETWORK:
        say(_(sentence))
    if wanted:
        return wanted
    if not interactive() and len(within_reach) > 1:
        raise UsageError(
            _("This computer has more than one address."), f"{reach.has(found)} {_('Choose one with --address.')}"
        )
    offered = found if interactive() else within_reach
    chosen = person.choose_one(_("Which address?"), [(one.address, one.words) for one in offered])
    if not person.confirm(_("Let phones on this network join?"), True):
        raise UsageError(
            _("You said no, so nothing was opened."), _("If you leave out --lan, only this computer can join.")
        )
    return chosen


def present_address(plan: store.Plan, wanted: str, person: Person, *, lan: bool) -> str:
    """Return the address at which a clinic goes on: its own, or one that is chosen anew. Raises UsageError."""
    lost = network.gone(plan.address)
    if lost:
        say(_("This computer no longer has the address {address}.").format(address=plan.address))
    if lan or wanted or (lost and person.at_a_terminal):
        return choose_address(wanted, person)
    return plan.address


@dataclass(frozen=True)
class Representative:
    """Whoever holds a clinic, at the terminal where they opened it; `shows_board` opens the board for them.

    They `can_leave` a clinic that is kept, and go on with it later.
    """

    person: Person
    shows_board: bool = False
    can_leave: bool = True

    def opened(self, clinic: Session) -> None:
        """Print what they need to know while the clinic is open."""
        plan = clinic.plan
        board = f"http://{LOOPBACK}:{plan.port}/board"
        heading(_("The clinic “{name}” is open").format(name=plan.name))
        say(_("Board for the projector, on this computer only: {address}").format(address=board))
        join = (
            _("To join on this computer: {address}") if plan.address == LOOPBACK else _("To join on a phone: {address}")
        )
        say(join.format(address=f"http://{plan.address}:{plan.port}/"))
        say(_("Code: {code}").format(code=plan.code))
        if plan.address == LOOPBACK:
            say(_("Only this computer can join. For phones, end this clinic and add --lan."))
        say(sentences.keeping(kept=clinic.keeper is not None))
        say(_("To end the clinic: press Enter here."))
        if self.shows_board:
            show_page(board)

    def wait(self, running: Running) -> None:
        """Wait until they say that the clinic has ended. Raises Stopped when they leave it unfinished."""
        question = _("End the clinic and write its report? Nobody can share after that.")
        while True:
            try:
                if not line_of(sys.stdin):
                    while running.alive:
                        time.sleep(0.5)
            except KeyboardInterrupt:
                say()
            if running.trouble:
                self.not_kept(running.trouble)
            try:
                if self.person.confirm(question, False):
                    return
            except KeyboardInterrupt:
                raise Stopped(
                    _("You left the clinic without a report."),
                    _(
                        "To continue: privacyaudit clinic open --resume. To write the "
                        "report: privacyaudit clinic report"
                    ),
                ) from None
            say(_("The clinic is still open. To end it: press Enter here."))

    def address_lost(self) -> None:
        """Say what to do when phones no longer reach this computer."""
        fail(
            sentences.address_lost(),
            " ".join(self._ways_back()),
        )

    def _ways_back(self) -> tuple[str, ...]:
        again = sentences.same_network()
        if not self.can_leave:
            return (again,)
        return again, _(
            "Or use the new address: press Ctrl-C twice, then type: privacyaudit clinic open --resume --lan"
        )

    def address_back(self) -> None:
        """Say that phones reach it again."""
        say(_("This computer has its old address again. Phones can reach it."))

    def not_kept(self, trouble: AuditError) -> None:
        """Say why the counts cannot be kept, and that the clinic goes on."""
        fail(trouble.what, sentences.goes_on_in_memory())

    def made_room(self, trouble: AuditError) -> bool:
        """Say why the clinic cannot be ended, and ask somebody at the terminal whether to try once more."""
        if not self.person.at_a_terminal:
            return False
        fail(trouble.what, sentences.not_ended())
        return self.person.confirm(_("Try again?"), True)

    def ended(self) -> None:
        """Say that nobody can share any more."""
        say(sentences.ended())

    def written(self, path: Path) -> None:
        """Say where one file of the report is."""
        say(sentences.written(path))

    def took_part(self, people: int) -> None:
        """Say how many people shared."""
        say(sentences.took_part(people))

    def removed(self, gone: file_keys.Removed) -> None:
        """Say what was kept and is gone."""
        for line in sentences.removed(gone):
            say(line)
        if gone.trouble and not gone.files:
            fail(gone.trouble.what, gone.trouble.advice)

    def finished(self) -> None:
        """Say that the report cannot be written again."""
        say(sentences.finished())
