"""Whether two addresses are those of the same page, site or host."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from privacyaudit.browser.gate.rules import same


def names(host: str, hosts: tuple[str, ...]) -> bool:
    """Tell whether a host, with or without its port, is one of those that are named."""
    return any(host in (name, name.split(":")[0]) for name in hosts)


def site(host: str) -> str:
    """Return the part of a host that its neighbours share: pondlife.example of www.pondlife.example."""
    parts = host.split(":")[0].split(".")
    if parts[-1].isdigit():
        return host
    shared = 3 if len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3 else 2
    return ".".join(parts[-shared:])


def same_page(asked: str, shown: str) -> bool:
    """Tell whether two addresses have the same host and path, whatever their query."""
    one, other = urlsplit(asked), urlsplit(shown)
    return (one.netloc.lower(), one.path.rstrip("/")) == (other.netloc.lower(), other.path.rstrip("/"))


def same_address(asked: str, shown: str) -> bool:
    """Tell whether two addresses are the same, with query, also an empty one, and the part after #."""
    (one, _, part), (other, _, other_part) = asked.partition("#"), shown.partition("#")
    both_ask = one.endswith("?") == other.endswith("?")
    return both_ask and same(one) == same(other) and unquote(part) == unquote(other_part)
