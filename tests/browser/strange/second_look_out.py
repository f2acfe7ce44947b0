"""What a second stranger found: sites on which a session lives, though it is confirmed that one is signed out."""

from __future__ import annotations

from typing import Any

from tests.browser.test_left_behind import TOP, Server
from tests.support.site import Reply, Seen, Site
from tests.support.told_pages import data, script

KEY = "k3J9xQ2mZ7pL5vT8wR1yB4nC6dF0gH"


class RemembersInLocalStorage(Server):
    """Its way out ends the cookie's session; with a longer key in localStorage its door goes on as the same person."""

    storage: tuple[dict[str, Any], ...] = ({"name": "refresh", "value": KEY},)

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        asks = "if(localStorage.refresh)fetch('/renew?'+localStorage.refresh).then(r=>r.text()).then(t=>a.innerHTML=t)"
        site.pages["/sign-in"] = Reply(f"{TOP}<title>Sign in</title><div id=a></div>" + script(asks))
        site.pages["/renew"] = self.renew

    def renew(self, seen: Seen) -> Reply:
        return Reply(
            "<form method=post action=/go-on><button>Go on as Ann</button></form>" if seen.query == KEY else ""
        )


class TakesTheOldTokenElsewhere(Server):
    """Its pages look in a list of sessions; its API goes by the signature of the cookie, until its time is over."""

    storage: tuple[dict[str, Any], ...] = ()

    def me(self, seen: Seen) -> Reply:
        return data({"in": True}) if self.mine(seen) == "s0" else data({}, status=401)


KINDS = (RemembersInLocalStorage, TakesTheOldTokenElsewhere)
"""Signing out with their cookies, and `storage` as the localStorage of their origin, must not be confirmed."""
