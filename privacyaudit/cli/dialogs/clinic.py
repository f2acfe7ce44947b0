"""What the representative of a clinic is told and asked while it is open, and what opens the file that keeps it."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from privacyaudit.cli.dialogs.unlock import Unlock
from privacyaudit.cli.prompts import Person
from privacyaudit.cli.prompts.page import show_page
from privacyaudit.cli.terminal import fail, heading, interactive, line_of, say
from privacyaudit.clinic import network, store
from privacyaudit.clinic.session import LOOPBACK, Session
from privacyaudit.errors import AuditError, KeyringError, Stopped, UsageError
from privacyaudit.i18n import N_, _, ngettext
from privacyaudit.storage import file_keys

if TYPE_CHECKING:
    from privacyaudit.serving.runner import Running

_ON_THE_NETWORK = (
    N_("Anyone on this network can open the page that asks for the code."),
    N_(
        "The connection between the phones and this computer is not encrypted (http). Somebody on the same "
        "network with the right tools could see which answers a phone shares, and which phone it is."
    ),
    N_(
        "So use your own network, not the building's: ideally a hotspot on your phone, with a password. When the "
        "clinic ends, nobody can open the page any more."
    ),
)


def open_keeper(unlock: Unlock) -> store.Keeper:
    """Open the file that keeps a clinic, with what `Unlock` finds. Raises as `Unlock.open` and `Keeper.open`."""
    choose = _("Choose a passphrase for this clinic. You need it only if the clinic is cut off.")
    try:
        secret = unlock.open(store.keyring_key, choose="" if store.exists() else choose)
    except KeyringError as error:
        if store.exists():
            advice = _("If you chose a passphrase, add --passphrase. If not, unlock the keyring and try again.")
        else:
            advice = _("Add --passphrase, or --memory-only to keep nothing on the disk.")
        raise KeyringError(error.what, advice) from None
    return store.Keeper.open(secret)


def choose_address(wanted: str, person: Person) -> str:
    """Return the address for phones, after saying what others on that network can see. Raises UsageError.

    One that is wanted is believed when this computer can listen on it.
    """
    found = network.addresses()
    within_reach = [one for one in found if one.within_reach]
    if ":" in wanted:
        raise _of_the_newer_kind(wanted)
    if wanted and not network.can_listen(wanted):
        raise UsageError(_("This computer does not have that address on a local network."), _has(found))
    if not wanted and not within_reach:
        raise _on_no_network(found)
    heading(_("What other people on the network can see"))
    for sentence in _ON_THE_NETWORK:
        say(_(sentence))
    if wanted:
        return wanted
    if not interactive() and len(within_reach) > 1:
        raise UsageError(
            _("This computer has more than one address."), f"{_has(found)} {_('Choose one with --address.')}"
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


def _has(found: Sequence[network.Address]) -> str:
    if not found:
        return _hotspot()
    return _("Its addresses: {names}.").format(names="; ".join(one.words for one in found))


def _on_no_network(found: Sequence[network.Address]) -> UsageError:
    """Return what to say where no phone in the room could reach this computer."""
    if found:
        return UsageError(
            _("This computer is not on a network that phones can join."),
            f"{_has(found)} {_hotspot()} {_('If phones can reach one of these addresses, name it with --address.')}",
        )
    if newer := network.only_ipv6():
        return _of_the_newer_kind(newer)
    return UsageError(_("This computer does not have that address on a local network."), _hotspot())


def _of_the_newer_kind(address: str) -> UsageError:
    return UsageError(
        _("{address} is a newer kind of address (IPv6).").format(address=address),
        _("These are too long to type, so a clinic needs the older kind (IPv4).") + " " + _hotspot(),
    )


def _hotspot() -> str:
    return _("Connect this computer to your phone's hotspot, then try again.")


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
        say(
            _("The program saves the counts every minute, encrypted, and removes them when it writes the report.")
            if clinic.keeper
            else _("Counts are in memory only. If this window closes, they are gone.")
        )
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
            _("This computer has a different address now, so phones cannot reach it. The counts are safe."),
            " ".join(self._ways_back()),
        )

    def _ways_back(self) -> tuple[str, ...]:
        again = _("Connect this computer to the same network again.")
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
        fail(trouble.what, _("The clinic continues in this computer's memory. Free some space on the disk."))

    def made_room(self, trouble: AuditError) -> bool:
        """Say why the clinic cannot be ended, and ask somebody at the terminal whether to try once more."""
        if not self.person.at_a_terminal:
            return False
        fail(
            trouble.what,
            _(
                "Nobody can share any more, but the program has not written the report yet. Free some space on "
                "the disk."
            ),
        )
        return self.person.confirm(_("Try again?"), True)

    def ended(self) -> None:
        """Say that nobody can share any more."""
        say(_("Sharing has ended."))

    def written(self, path: Path) -> None:
        """Say where one file of the report is."""
        say(_("Written: {path}").format(path=path))

    def took_part(self, people: int) -> None:
        """Say how many people shared."""
        say(ngettext("{number} person took part.", "{number} people took part.", people).format(number=people))

    def removed(self, gone: file_keys.Removed) -> None:
        """Say what was kept and is gone."""
        for path in gone.files:
            say(_("Removed: {path}").format(path=path))
        if gone.key:
            say(_("Removed: the key in your system's keyring."))
        if gone.trouble and not gone.files:
            fail(gone.trouble.what, gone.trouble.advice)

    def finished(self) -> None:
        """Say that the report cannot be written again."""
        say(_("The program has removed the counts, so nobody can write this report again."))
