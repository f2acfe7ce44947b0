"""What a second stranger found: what pages keep themselves may sign in again when a cookie's session is over."""

from __future__ import annotations

import json
from typing import Any

from privacyaudit.model import SignedOut
from tests.browser.test_left_behind import TOP, Server
from tests.support.site import Reply, Seen, Site
from tests.support.told_pages import script

KEY = "k3J9xQ2mZ7pL5vT8wR1yB4nC6dF0gH"


class InStorage(Server):
    """Beside its session its pages keep something themselves; `everybody` is a script of the door."""

    area = "localStorage"
    storage: tuple[dict[str, str], ...] = ()
    everybody = ""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        site.pages["/sign-in"] = Reply(f"{TOP}<title>Sign in</title>" + script(self.everybody))


class RemembersInLocalStorage(InStorage):
    """Its way out ends the cookie's session; with a longer key in localStorage its door goes on as the same person."""

    told = SignedOut.NOT_CONFIRMED
    storage = ({"name": "refresh", "value": KEY},)

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        asks = "if(localStorage.refresh)fetch('/renew?'+localStorage.refresh).then(r=>r.text()).then(t=>a.innerHTML=t)"
        site.pages["/sign-in"] = Reply(f"{TOP}<title>Sign in</title><div id=a></div>" + script(asks))
        site.pages["/renew"] = self.renew

    def renew(self, seen: Seen) -> Reply:
        return Reply(
            "<form method=post action=/go-on><button>Go on as Ann</button></form>" if seen.query == KEY else ""
        )


class RemembersInSessionStorage(RemembersInLocalStorage):
    """As the other one, where a tab keeps it."""

    area = "sessionStorage"

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        door: Any = site.pages["/sign-in"]
        site.pages["/sign-in"] = door._replace(body=door.body.replace("localStorage", "sessionStorage"))


class KeepsATokenThatShowsNowhere(InStorage):
    """Nothing shows what its app would do with it."""

    told = SignedOut.NOT_CONFIRMED
    storage = ({"name": "access_token", "value": KEY},)


class KeepsATokenAmongOtherThings(InStorage):
    """What it keeps has the same name for everybody; only for a person there is a key in it."""

    told = SignedOut.NOT_CONFIRMED
    storage = ({"name": "root", "value": json.dumps({"theme": "dark", "auth": json.dumps({"token": KEY})})},)
    everybody = 'localStorage.root||=\'{"theme":"dark","auth":null}\''


class KeepsChoicesInLocalStorage(InStorage):
    storage = (
        {"name": "theme", "value": "dark"},
        {"name": "settings", "value": '{"volume":0.4,"seen":["2026-05-03T10:00:00Z"],"help":"https://a.test/b1"}'},
    )


class KnowsEachBrowser(InStorage):
    """Gives a number to everybody, and keeps one of its own for the person that nothing asks for again."""

    storage = ({"name": "visitor_session", "value": KEY}, {"name": "last_user", "value": KEY[::-1]})
    everybody = f"localStorage.visitor_session||='{KEY.swapcase()}'"


class ClearsWhatItKept(InStorage):
    storage = ({"name": "access_token", "value": KEY}, {"name": "refresh", "value": KEY})

    def bye(self, seen: Seen) -> Reply:
        super().bye(seen)
        return Reply(f"{TOP}<title>Bye</title>" + script("localStorage.clear()"))


KINDS = (
    RemembersInLocalStorage,
    RemembersInSessionStorage,
    KeepsATokenThatShowsNowhere,
    KeepsATokenAmongOtherThings,
    KeepsChoicesInLocalStorage,
    KnowsEachBrowser,
    ClearsWhatItKept,
)
"""Signing out with their cookies, and `storage` in an `area` of their origin, is confirmed only where it is `told`."""
