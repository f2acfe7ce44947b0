"""The addresses of this computer on its networks, and what each network is. Only this module touches psutil.

Nothing is sent to find them, and the routing table is not asked: it knows where one packet would go, which behind a VPN
is not where the phones are.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from ipaddress import IPv4Address, ip_address
from pathlib import Path

from privacyaudit.i18n import N_, _


class Kind(IntEnum):
    """What a network is, those first on which a phone may be."""

    WIFI = 0
    CABLE = 1
    OTHER = 2
    VPN = 3
    CONTAINER = 4


_WORDS = {
    Kind.WIFI: N_("Wi-Fi"),
    Kind.CABLE: N_("cable"),
    Kind.OTHER: N_("another network"),
    Kind.VPN: N_("VPN"),
    Kind.CONTAINER: N_("inside this computer, for containers or virtual machines"),
}

_NAMED: tuple[tuple[Kind, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        Kind.CONTAINER,
        ("docker", "br-", "veth", "virbr", "lxc", "lxd", "podman", "cni", "vmnet", "vmenet", "vboxnet", "cali"),
        ("vethernet", "wsl", "hyper-v", "virtualbox", "vmware", "docker"),
    ),
    (
        Kind.VPN,
        ("tun", "tap", "utun", "wg", "ppp", "ipsec", "gpd", "cscotun", "zt", "tailscale", "nordlynx", "proton"),
        (
            "vpn",
            "wireguard",
            "wintun",
            "tap-windows",
            "anyconnect",
            "globalprotect",
            "pangp",
            "forti",
            "zscaler",
            "pulse",
        ),
    ),
    (Kind.WIFI, ("wl", "ap", "ath"), ("wi-fi", "wifi", "wlan", "wireless", "local area connection*")),
    (Kind.CABLE, ("en", "eth", "em", "usb"), ("ethernet", "thunderbolt", "local area connection", "usb")),
)
"""How networks are named: what a short name begins with (Linux, macOS), and what one in words contains."""


@dataclass(frozen=True)
class Address:
    """One address of this computer, and the network card that has it, as the system calls it."""

    address: str
    card: str
    kind: Kind

    @property
    def within_reach(self) -> bool:
        """Tell whether a phone in the room may reach it."""
        return self.kind < Kind.VPN

    @property
    def words(self) -> str:
        """Return it as it is shown to a person."""
        return _("{address}, {network} ({card})").format(
            address=self.address, network=_(_WORDS[self.kind]), card=self.card
        )


def addresses() -> list[Address]:
    """Return the IPv4 addresses under which others may reach this computer, those where a phone may be first."""
    ours = [(card, one) for card, one in _all(socket.AF_INET) if not IPv4Address(one).is_loopback]
    ports = _ports_of_a_mac() if ours else {}
    through = _tunnels()
    found = [Address(one, card, _kind(card, ports.get(card, ""), tunnel=card in through)) for card, one in ours]
    return sorted(found, key=lambda one: (one.kind, not IPv4Address(one.address).is_private, one.address))


def only_ipv6() -> str:
    """Return an address of the newer kind under which others may reach this computer; empty where it has none."""
    usable = (one.partition("%")[0] for _card, one in _all(socket.AF_INET6))
    return next((one for one in usable if not (ip_address(one).is_loopback or ip_address(one).is_link_local)), "")


def can_listen(address: str) -> bool:
    """Tell whether this computer has an address, whatever it is called: the system lets us listen on it."""
    try:
        ip = IPv4Address(address)
        if ip.is_loopback or ip.is_unspecified or ip.is_multicast:
            return False
        with socket.socket(socket.AF_INET) as one:
            one.bind((address, 0))
    except (OSError, ValueError):
        return False
    return True


def gone(address: str) -> bool:
    """Tell whether an address is no longer one of this computer's, as after a change to another network."""
    return not IPv4Address(address).is_loopback and not can_listen(address)


def _all(family: int) -> list[tuple[str, str]]:
    import psutil

    up = psutil.net_if_stats()
    return [
        (card, one.address)
        for card, several in psutil.net_if_addrs().items()
        for one in several
        if one.family == family and (card not in up or up[card].isup)
    ]


def _tunnels() -> set[str]:
    """Return the cards that lead to one other computer only, as a VPN does."""
    import psutil

    return {card for card, state in psutil.net_if_stats().items() if "pointopoint" in getattr(state, "flags", "")}


def _kind(card: str, port: str, *, tunnel: bool) -> Kind:
    if sys.platform.startswith("linux") and Path("/sys/class/net", card, "wireless").is_dir():
        return Kind.WIFI
    if tunnel:
        return Kind.VPN
    in_words = card.lower() if sys.platform == "win32" else port.lower()
    for kind, beginnings, parts in _NAMED:
        if any(part in in_words for part in parts) or (not in_words and card.startswith(beginnings)):
            return kind
    return Kind.OTHER


def _ports_of_a_mac() -> dict[str, str]:
    """Return what macOS calls each card, such as Wi-Fi for en0; nothing elsewhere."""
    program = shutil.which("networksetup") if sys.platform == "darwin" else None
    ports: dict[str, str] = {}
    if program:
        with suppress(OSError, subprocess.SubprocessError):
            said = subprocess.run(
                [program, "-listallhardwareports"], capture_output=True, text=True, timeout=3, check=False
            )
            port = ""
            for line in said.stdout.splitlines():
                name, _colon, value = line.partition(": ")
                port = value if name == "Hardware Port" else port
                if name == "Device":
                    ports[value] = port
    return ports
