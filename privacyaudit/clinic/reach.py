"""At which address phones reach a clinic, and what opens the file that keeps it, whoever asks the representative."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from privacyaudit.clinic import network, store
from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _

ON_THE_NETWORK = (
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
"""What other people on the network can see, in English."""


class Unlocks(Protocol):
    """Finds what opens a file that is kept encrypted."""

    def open(self, keyring_key: Callable[[], bytes], *, choose: str) -> bytes | str:
        """Return the key in the keyring, or a passphrase; `choose` is said when it is for something new."""
        ...


def open_keeper(unlock: Unlocks) -> store.Keeper:
    """Open the file that keeps a clinic. Raises as `Unlocks.open` and `Keeper.open`."""
    choose = _("Choose a passphrase for this clinic. You need it only if the clinic is cut off.")
    return store.Keeper.open(unlock.open(store.keyring_key, choose="" if store.exists() else choose))


def check(wanted: str, found: Sequence[network.Address]) -> None:
    """Raise UsageError where phones could not reach this computer: at an address that is wanted, or at any.

    One that is wanted is believed when this computer can listen on it.
    """
    if ":" in wanted:
        raise _of_the_newer_kind(wanted)
    if wanted and not network.can_listen(wanted):
        raise UsageError(_("This computer does not have that address on a local network."), has(found))
    if not wanted and not any(one.within_reach for one in found):
        raise _on_no_network(found)


def has(found: Sequence[network.Address]) -> str:
    """Say which addresses this computer has, or how to get one."""
    if not found:
        return _hotspot()
    return _("Its addresses: {names}.").format(names="; ".join(one.words for one in found))


def _on_no_network(found: Sequence[network.Address]) -> UsageError:
    """Return what to say where no phone in the room could reach this computer."""
    if found:
        return UsageError(
            _("This computer is not on a network that phones can join."),
            f"{has(found)} {_hotspot()} {_('If phones can reach one of these addresses, name it with --address.')}",
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
