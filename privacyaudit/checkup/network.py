"""Whether the way to the internet is one that this program can go. Nothing is sent."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from privacyaudit.browser import proxies
from privacyaudit.checkup.line import Line
from privacyaudit.i18n import _

ANYWHERE = "https://www.example.org/"


def lines() -> Iterator[Line]:
    """Look for a proxy in the settings of this computer."""
    told = proxies.proxy_for(ANYWHERE)
    if not told:
        yield Line(True, _("No proxy is set on this computer."))
    elif _is_plain(told):
        yield Line(True, _("A proxy is set on this computer ({proxy}), and the program uses it.").format(proxy=told))
    else:
        yield Line(
            False,
            _("A proxy is set on this computer ({proxy}), but the program cannot use it.").format(proxy=told),
            _(
                "The program can use a simple proxy that is set in https_proxy, such as http://proxy.example:8080. "
                "If the program cannot reach a site, answer by hand, or use another network, such as your phone's. "
                "Answering by hand needs no network."
            ),
        )


def _is_plain(told: str) -> bool:
    """Tell whether it is a proxy itself, spoken to without encryption, and not a file that names one."""
    parts = urlsplit(told)
    return parts.scheme == "http" and bool(parts.hostname) and not parts.path
