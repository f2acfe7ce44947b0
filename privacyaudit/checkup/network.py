"""Whether the way to the internet is one that this program can go. Nothing is sent."""

from __future__ import annotations

from collections.abc import Iterator

from privacyaudit.browser import proxies
from privacyaudit.checkup.line import Line
from privacyaudit.i18n import _

ANYWHERE = "https://www.example.org/"


def lines() -> Iterator[Line]:
    """Look for a proxy in the settings of this computer."""
    if told := proxies.proxy_for(ANYWHERE):
        yield Line(
            False,
            _("A proxy is set here ({proxy}), and this program cannot use one yet.").format(proxy=told),
            _(
                "If sites are not reached, answer by hand, or use another network, such as your phone's. "
                "Answering by hand needs no network."
            ),
        )
    else:
        yield Line(True, _("No proxy is set here."))
