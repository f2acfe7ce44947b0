"""The addresses of this computer on its local networks. Nothing is sent to find them."""

from __future__ import annotations

import socket
from contextlib import suppress
from ipaddress import IPv4Address

_ELSEWHERE = ("10.255.255.255", "172.31.255.255", "192.168.255.255", "169.254.255.255", "192.0.2.1")
"""Somewhere in each kind of network: a datagram socket pointed there learns its own address and sends nothing."""


def addresses() -> list[str]:
    """Return the IPv4 addresses under which others on a network can reach this computer, private ones first."""
    found: list[str] = []
    for there in _ELSEWHERE:
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((there, 9))
            found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    usable = [one for one in dict.fromkeys(found) if not (_ip(one).is_loopback or _ip(one).is_unspecified)]
    return sorted(usable, key=lambda one: not _ip(one).is_private)


def _ip(address: str) -> IPv4Address:
    return IPv4Address(address)
