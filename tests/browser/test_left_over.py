"""More of what a stranger found, and honest sites that look like it: what is left behind, and what a 401 says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.browser import find
from privacyaudit.browser.sign_out import sign_out
from privacyaudit.model import SignedOut
from tests.browser.strange import second_look_out
from tests.browser.test_left_behind import AWAY, IN, TOP, App, Server, checklist, cookie, sets
from tests.browser.test_left_signed_in import IsAskedOnOneMachineOnly, OneOfTwo, after
from tests.support.site import Reply, Seen, Site
from tests.support.told_pages import data

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]

KEY = "4f1c0a7be93d52865e0b"
OUT = Reply(f"{TOP}<title>Sign in</title><p>Sign in to see your settings")


class GivesOneForTheNextTime(Server):
    """The way out leaves a cookie with which the page for signing in knows the person."""

    told = SignedOut.NOT_CONFIRMED

    def bye(self, seen: Seen) -> Reply:
        return super().bye(seen)._replace(headers=(sets(f"known={KEY}; Path=/sign-in; HttpOnly"),))


class GivesOneForAMoment(Server):
    """So short that the browser has lost it when it is looked for; the site need not have."""

    told = SignedOut.NOT_CONFIRMED

    def bye(self, seen: Seen) -> Reply:
        return super().bye(seen)._replace(headers=(sets(f"known={KEY}; Path=/; Max-Age=1"),))


class RenewsTheLongerOne(Server):
    cookies = (cookie(), cookie("r0", name="remember", path="/account"))
    told = SignedOut.NOT_CONFIRMED

    def bye(self, seen: Seen) -> Reply:
        return super().bye(seen)._replace(headers=(sets("remember=r1; Path=/account; HttpOnly"),))


class KeepsAKeyThatShowsNowhere(Server):
    """Scripts can read it; the page for signing in says nothing of it until a button is pressed."""

    cookies = (cookie(), cookie(KEY, name="remember", httpOnly=False))
    told = SignedOut.NOT_CONFIRMED


class OpensWithBothOnly(OneOfTwo):
    """Its page needs both cookies, the page for signing in only the longer one."""

    cookies = (cookie(httpOnly=False), cookie("r0", name="refresh"))
    told = SignedOut.NOT_CONFIRMED

    def home(self, seen: Seen) -> Reply:
        return super().home(seen) if self.mine(seen, "refresh") else AWAY


class HidesItsMachine(IsAskedOnOneMachineOnly):
    """No script can see which machine a browser is kept at, and everybody is kept at one."""

    cookies = (cookie(), cookie("a", name="machine"))
    told = SignedOut.NOT_CONFIRMED

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.alive = {"s0"}

    def home(self, seen: Seen) -> Reply:
        reply = super().home(seen)
        return reply if self.mine(seen, "machine") else reply._replace(headers=(*reply.headers, sets("machine=b")))


class AppAsksForMore(App):
    """Signs nobody out, and wants a code then, for which it has a 401 of its own."""

    told = SignedOut.NOT_CONFIRMED
    error = data({"error": "code needed"}, status=401)


class GivesEverybodyAKeyAtTheDoor(Server):
    """As many sites do against forged forms; it outlives the session."""

    cookies = (cookie(), cookie(KEY, name="csrftoken", httpOnly=False))

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        site.pages["/sign-in"] = OUT._replace(headers=(sets(f"csrftoken={KEY[::-1]}; Path=/"),))


class GivesEverybodyAKeyWhereItLeads(Server):
    """The way out ends at a page that counts its visitors by a script."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        site.pages["/front"] = Reply(f"{TOP}<title>Hello</title><script>document.cookie='v={KEY};path=/'</script>")

    def bye(self, seen: Seen) -> Reply:
        super().bye(seen)
        return Reply("", 302, headers=(("location", "/front"),))


class KeepsChoices(Server):
    cookies = (cookie(), cookie("dark", name="theme", httpOnly=False), cookie("en-GB", name="lang", httpOnly=False))


class KeepsChoicesAndSaysNothingAtOnce(KeepsChoices):
    """Shows everybody a page at the same address."""

    def home(self, seen: Seen) -> Reply:
        return IN if self.mine(seen) in self.alive else OUT


class EndsItOnEachMachine(Server):
    cookies = (cookie(), cookie(KEY, name="machine", httpOnly=False))

    def home(self, seen: Seen) -> Reply:
        reply = super().home(seen)
        return reply._replace(headers=(*reply.headers, sets(f"machine={KEY[::-1]}; Path=/")))


class CanBeReadByScripts(Server):
    """Its session can, and stays in the browser when it is over."""

    cookies = (cookie(KEY, httpOnly=False),)

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.alive = {KEY}


class CountsItsRefusals(Server):
    """Says 401 to everybody, in the same words, with a number that is another one each time."""

    def home(self, seen: Seen) -> Reply:
        body = f"{TOP}<title>Sign in</title><p>Request n{len(self.site.log)}"
        bearer = ("www-authenticate", f'Bearer realm="small", id="q{len(self.site.log)}"')
        return IN if self.mine(seen) in self.alive else Reply(body, 401, headers=(bearer,))


KINDS = (
    GivesOneForTheNextTime,
    GivesOneForAMoment,
    RenewsTheLongerOne,
    KeepsAKeyThatShowsNowhere,
    OpensWithBothOnly,
    HidesItsMachine,
    AppAsksForMore,
    GivesEverybodyAKeyAtTheDoor,
    GivesEverybodyAKeyWhereItLeads,
    KeepsChoices,
    KeepsChoicesAndSaysNothingAtOnce,
    EndsItOnEachMachine,
    CanBeReadByScripts,
    CountsItsRefusals,
)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_confirmed_only_where_what_is_left_signs_nobody_in(
    kind: type[Server], driver: Playwright, site: Site
) -> None:
    kind(site)
    assert after(driver, checklist(site), kind) is kind.told


@pytest.mark.parametrize("kind", second_look_out.KINDS)
def test_it_is_confirmed_only_where_what_pages_keep_themselves_signs_nobody_in(
    kind: type[second_look_out.InStorage], driver: Playwright, site: Site
) -> None:
    kind(site)
    kept: dict[str, Any] = {"origin": site.origin, "localStorage": []} | {kind.area: list(kind.storage)}
    state: Any = {"cookies": list(kind.cookies), "origins": [kept]}
    assert sign_out(driver, find.find(headless=True), checklist(site).platform, state) is kind.told
