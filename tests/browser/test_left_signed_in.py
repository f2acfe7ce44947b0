"""What a stranger found: sites on which something still signs in, though the session is said to be gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.browser import find
from privacyaudit.browser.sign_out import sign_out
from privacyaudit.model import Checklist, SignedOut
from tests.browser.test_left_behind import AWAY, IN, TOP, Server, checklist, cookie
from tests.support.settings_page import BOX, checklist_of
from tests.support.site import Reply, Seen, Site

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]


def after(driver: Playwright, made: Checklist, kind: type[Server]) -> SignedOut:
    """Sign out with the cookies of a kind of site; return how that ended."""
    state: Any = {"cookies": list(kind.cookies), "origins": []}
    return sign_out(driver, find.find(headless=True), made.platform, state)


class OneOfTwo(Server):
    """Its way out ends the session; with the other cookie the page for signing in goes on as the same person."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.alive = {"s0"}
        site.pages["/sign-in"] = self.door

    def door(self, seen: Seen) -> Reply:
        if any(self.mine(seen, name) for name in ("refresh", "remember")):
            return Reply(
                f"{TOP}<title>Sign in</title><form method=post action=/go-on><button>Go on as Ann</button></form>"
            )
        return Reply(f"{TOP}<title>Sign in</title><form><input type=password></form>")


class HidesOnlyTheRefreshToken(OneOfTwo):
    """A session that scripts can read, and beside it the longer one that they cannot."""

    cookies = (cookie(httpOnly=False), cookie("r0", name="refresh"))


class RemembersWhereScriptsCanRead(OneOfTwo):
    cookies = (cookie(), cookie("r0", name="remember", httpOnly=False))


class RemembersAtTheDoorOnly(OneOfTwo):
    cookies = (cookie(), cookie("r0", name="remember", httpOnly=False, path="/sign-in"))


class SignsInElsewhere(Server):
    """Whoever signs people in, on another host that the checklist names for signing in, still knows them."""

    cookies = (cookie(httpOnly=False), cookie("i0", name="known", domain="localhost"))

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.alive = {"s0"}

    def home(self, seen: Seen) -> Reply:
        away = Reply("", 302, headers=(("location", "http://localhost:9/authorize?client=small"),))
        return IN if self.mine(seen) in self.alive else away


class SignsInElsewhereWhereScriptsCanRead(SignsInElsewhere):
    cookies = (cookie(), cookie("i0", name="known", domain="localhost", httpOnly=False))


class AsksForMoreWith401(Server):
    """Its way out only asks once more; then it wants a code, which it says with 401, as it says to nobody."""

    def home(self, seen: Seen) -> Reply:
        if self.left and self.mine(seen):
            more = ("www-authenticate", 'Bearer error="insufficient_user_authentication"')
            return Reply(f"{TOP}<title>Hello Ann</title><p>Enter your code to go on", 401, headers=(more,))
        return IN if self.mine(seen) in self.alive else Reply(f"{TOP}<title>Sign in</title>", 401)

    def bye(self, seen: Seen) -> Reply:
        self.left = True
        return Reply(f"{TOP}<title>Sure?</title><form method=post action=/bye2><button>Yes</button></form>")


class IsAskedOnOneMachineOnly(Server):
    """A cookie keeps each browser at one machine, which forgets the session; the others still know it."""

    cookies = (cookie(), cookie("a", name="machine", httpOnly=False))

    def home(self, seen: Seen) -> Reply:
        has_forgotten = self.left and self.mine(seen, "machine") == "a"
        return IN if self.mine(seen) in self.alive and not has_forgotten else AWAY

    def bye(self, seen: Seen) -> Reply:
        self.left = True
        return Reply("Bye")


class GivesOneThatScriptsCanRead(Server):
    """Beside a session that scripts cannot see, the way out gives another one, of another name, that they can."""

    def mine(self, seen: Seen, name: str = "session") -> str:
        return super().mine(seen, "sid") or super().mine(seen)

    def bye(self, seen: Seen) -> Reply:
        self.alive.discard(self.mine(seen))
        return Reply("Bye", headers=(self.give("sid=X; Path=/"),))


class GivesOneByAScript(GivesOneThatScriptsCanRead):
    """The page after signing out sets it itself, and asks for something with it."""

    def bye(self, seen: Seen) -> Reply:
        self.alive = {"q1"}
        return Reply(f"{TOP}<title>Bye</title><script>document.cookie='sid=q1;path=/';fetch('/me')</script>")


KINDS = (
    GivesOneThatScriptsCanRead,
    GivesOneByAScript,
    HidesOnlyTheRefreshToken,
    RemembersWhereScriptsCanRead,
    RemembersAtTheDoorOnly,
    SignsInElsewhere,
    SignsInElsewhereWhereScriptsCanRead,
    AsksForMoreWith401,
    IsAskedOnOneMachineOnly,
)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_confirmed_while_something_still_signs_in(
    kind: type[Server], driver: Playwright, site: Site
) -> None:
    kind(site)
    made = checklist(site)
    if issubclass(kind, SignsInElsewhere):
        way = {"open": f"{site.origin}/home", "press": {"role": "link", "name": ["Sign out"]}}
        entry = {"open": f"{site.origin}/sign-in", "hosts": ["localhost:9"]}
        probe = BOX | {"open": f"{site.origin}/one"}
        made = checklist_of(site, {"one": [probe]}, sign_out=way, sign_in=entry)
    assert after(driver, made, kind) is SignedOut.NOT_CONFIRMED
