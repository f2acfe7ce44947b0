"""What a site may do so that a session is left when it seems that nobody is signed in; then nothing is confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.browser import find
from privacyaudit.browser.sign_out import sign_out
from privacyaudit.model import Checklist, SignedOut
from privacyaudit.plan import Item
from privacyaudit.readers import web
from tests.support.settings_page import BOX, HEAD, checklist_of
from tests.support.site import Reply, Seen, Site
from tests.support.told_pages import NOT_TICKED, asks, data, picture, script

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]

IN = Reply(HEAD + NOT_TICKED)
AWAY = Reply("", 302, headers=(("location", "/sign-in"),))
TOP = "<!doctype html><html lang=en>"
DRAWS = "app.innerHTML='<a id=out href=/bye>Sign out</a>'"
APP = f"{TOP}<title>Settings</title><div id=app></div>"


def cookie(value: str = "s0", **other: Any) -> dict[str, Any]:
    kind = {"expires": -1, "secure": False, "httpOnly": True, "sameSite": "Lax"}
    return {"name": "session", "value": value, "domain": "127.0.0.1", "path": "/"} | kind | other


def sets(line: str) -> tuple[str, str]:
    return ("set-cookie", line)


class Server:
    """A site that keeps its word; `left` is pressed there, and `alive` are the sessions that it knows."""

    cookies: tuple[dict[str, Any], ...] = (cookie(),)
    told = SignedOut.CONFIRMED

    def __init__(self, site: Site) -> None:
        self.site = site
        self.left = False
        self.alive = {one["value"] for one in self.cookies if one["httpOnly"]}
        pages = {"/home": self.home, "/one": self.one, "/bye": self.bye, "/me": self.me}
        site.pages |= {"/sign-in": Reply(f"{TOP}<title>Sign in</title>"), **pages}

    def mine(self, seen: Seen, name: str = "session") -> str:
        return dict(pair.strip().partition("=")[::2] for pair in seen.cookie.split(";")).get(name, "")

    def give(self, line: str) -> tuple[str, str]:
        """Return a header that sets a session that is new, X in a line."""
        self.alive.add(new := f"n{len(self.site.log)}")
        return sets(line.replace("X", new))

    def home(self, seen: Seen) -> Reply:
        return IN if self.mine(seen) in self.alive else AWAY

    def one(self, seen: Seen) -> Reply:
        return self.home(seen)

    def me(self, seen: Seen) -> Reply:
        return data({"in": True}) if self.mine(seen) in self.alive else data({}, status=401)

    def bye(self, seen: Seen) -> Reply:
        self.left = True
        self.alive.discard(self.mine(seen))
        return Reply(f"{TOP}<title>Bye</title>")


class EndsNothing(Server):
    """Only says that it signs out; then its pages say something that is no sign of that."""

    told = SignedOut.NOT_CONFIRMED
    then: Reply = IN

    def home(self, seen: Seen) -> Reply:
        return self.then if self.left and self.mine(seen) else super().home(seen)

    def bye(self, seen: Seen) -> Reply:
        self.left = True
        return Reply("Bye")


class IsDown(EndsNothing):
    then = Reply(f"{TOP}<title>Back soon</title><h1>We are down for maintenance</h1>")


class AsksOnceMore(EndsNothing):
    then = Reply(f"{TOP}<title>Sure?</title><form method=post action=/bye2><button>Yes, sign out</button></form>")


class AsksForACode(EndsNothing):
    then = Reply("", 302, headers=(("location", "/sign-in?step=confirm"),))


class IsCutOff(EndsNothing):
    then = Reply(f"{TOP}<title>Settings</title><h1>He")


class App(EndsNothing):
    """Draws its page from what it is told of the person."""

    error = data({}, status=500)

    def home(self, seen: Seen) -> Reply:
        return Reply(APP + asks("/me", DRAWS))

    def me(self, seen: Seen) -> Reply:
        return self.error if self.left and self.mine(seen) else super().me(seen)


class AppIsDown(App):
    error = data({"down": True})

    def home(self, seen: Seen) -> Reply:
        return Reply(APP + asks("/me", f"if(JSON.parse(t).in){DRAWS}"))


class AppThatRenews(App):
    """Would renew the session with a cookie that lives longer, by what the gate does not let through."""

    cookies = (cookie(), cookie("r0", name="refresh", path="/auth"))

    def home(self, seen: Seen) -> Reply:
        return Reply(APP + script(f"fetch('/me').then(r=>r.ok?{DRAWS}:fetch('/auth/renew',{{method:'POST'}}))"))

    me, bye = Server.me, Server.bye


class AppThatEnds(App):
    told = SignedOut.CONFIRMED
    me, bye = Server.me, Server.bye


class KeepsARememberingCookie(Server):
    cookies = (cookie(), cookie("r0", name="remember", path="/account"))
    told = SignedOut.NOT_CONFIRMED


class TakesItsRememberingCookie(KeepsARememberingCookie):
    told = SignedOut.CONFIRMED

    def bye(self, seen: Seen) -> Reply:
        self.alive.clear()
        return Reply("Bye", headers=(sets("remember=; Path=/account; Max-Age=0"),))


class GivesAnotherAtTheEnd(Server):
    told = SignedOut.NOT_CONFIRMED

    def bye(self, seen: Seen) -> Reply:
        return super().bye(seen)._replace(headers=(self.give("session=X; Path=/; HttpOnly"),))


class GivesOneToNobodyAtTheEnd(Server):
    def bye(self, seen: Seen) -> Reply:
        return super().bye(seen)._replace(headers=(sets("session=nobody; Path=/; HttpOnly"),))


class GivesAnotherAtTheDoor(Server):
    """The page with the way out gives another session each time, and the one before lives on."""

    told = SignedOut.NOT_CONFIRMED

    def home(self, seen: Seen) -> Reply:
        is_first = self.mine(seen) == "s0"
        return IN._replace(headers=(self.give("session=X; Path=/; HttpOnly"),)) if is_first else super().home(seen)


class RenamesIt(Server):
    def mine(self, seen: Seen, name: str = "session") -> str:
        return super().mine(seen, "sid") or super().mine(seen)

    def one(self, seen: Seen) -> Reply:
        new = (self.give("sid=X; Path=/; HttpOnly"), sets("session=; Path=/; Max-Age=0"))
        return IN._replace(headers=new) if self.mine(seen) == "s0" else self.home(seen)


class TakesTheCookieOnly(Server):
    cookies = (cookie(), cookie("dark", name="theme", httpOnly=False))

    def one(self, seen: Seen) -> Reply:
        return IN._replace(headers=(sets("session=; Path=/; Max-Age=0"),))


class GivesOneForAPath(Server):
    def one(self, seen: Seen) -> Reply:
        return IN._replace(headers=(self.give("session=X; Path=/one; HttpOnly"),))


class GivesAShortOne(Server):
    def one(self, seen: Seen) -> Reply:
        self.alive.discard(self.mine(seen))
        return IN._replace(headers=(self.give("session=X; Path=/; HttpOnly; Max-Age=1"),))


class GivesOneInBetween(Server):
    """Gives another session with a picture, and the first one again with the next."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        site.pages["/a.gif"] = lambda _seen: Reply(
            "", 302, headers=(("location", "/b.gif"), self.give("session=X; Path=/; HttpOnly"))
        )
        site.pages["/b.gif"] = picture()._replace(headers=(sets("session=s0; Path=/; HttpOnly"),))

    def one(self, seen: Seen) -> Reply:
        return Reply(HEAD + NOT_TICKED + '<img src="/a.gif" alt="">')


class KeepsAnotherForEveryPath(Server):
    """With its second cookie the page for signing in would let the same person go on."""

    cookies = (cookie(), cookie("r0", name="account"))
    told = SignedOut.NOT_CONFIRMED


class TakesTheFirstOfTwo(KeepsAnotherForEveryPath):
    def bye(self, seen: Seen) -> Reply:
        return super().bye(seen)._replace(headers=(sets("session=; Path=/; Max-Age=0"),))


class TakesBoth(KeepsAnotherForEveryPath):
    told = SignedOut.CONFIRMED

    def bye(self, seen: Seen) -> Reply:
        self.alive.clear()
        gone = (sets(f"{name}=; Path=/; Max-Age=0") for name in ("session", "account"))
        return Reply("Bye", headers=tuple(gone))


class KeepsWhatEverybodyIsGiven(Server):
    """Its second cookie is one that nobody in particular is given too."""

    cookies = (cookie(), cookie("b0", name="balance"))

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.alive = {"s0"}

    def home(self, seen: Seen) -> Reply:
        reply = super().home(seen)
        return reply._replace(headers=(*reply.headers, sets("balance=b1; Path=/; HttpOnly")))


class GivesEverybodyOneThatStandsForAll(KeepsAnotherForEveryPath):
    """The name of a cookie that everybody is given is a name, and no pattern."""

    def home(self, seen: Seen) -> Reply:
        reply = super().home(seen)
        return reply._replace(headers=(*reply.headers, sets("*=b1; Path=/; HttpOnly")))


class AsksForACodeInOtherWords(EndsNothing):
    """Leads somebody who is signed in to the same page as nobody, for another reason."""

    then = Reply("", 302, headers=(("location", "/sign-in?why=code&nonce=1"),))

    def home(self, seen: Seen) -> Reply:
        nobody = Reply("", 302, headers=(("location", f"/sign-in?why=none&nonce={len(self.site.log)}"),))
        return super().home(seen) if self.mine(seen) else nobody


class LeadsEverybodyThere(Server):
    """The address for signing in has something that is another one each time."""

    def home(self, seen: Seen) -> Reply:
        nobody = Reply("", 302, headers=(("location", f"/sign-in?why=none&nonce={len(self.site.log)}"),))
        return IN if self.mine(seen) in self.alive else nobody


class HasTwoMachines(EndsNothing):
    """One of them has forgotten the session and the other has not; they take turns."""

    asked = 0

    def home(self, seen: Seen) -> Reply:
        self.asked += self.left
        return AWAY if not self.mine(seen) or self.asked % 2 else IN


AT_THE_END = (
    KeepsAnotherForEveryPath,
    TakesTheFirstOfTwo,
    TakesBoth,
    KeepsWhatEverybodyIsGiven,
    GivesEverybodyOneThatStandsForAll,
    AsksForACodeInOtherWords,
    LeadsEverybodyThere,
    HasTwoMachines,
    IsDown,
    AsksOnceMore,
    AsksForACode,
    IsCutOff,
    App,
    AppIsDown,
    AppThatRenews,
    AppThatEnds,
    KeepsARememberingCookie,
    TakesItsRememberingCookie,
    GivesAnotherAtTheEnd,
    GivesOneToNobodyAtTheEnd,
    GivesAnotherAtTheDoor,
)
MEANWHILE = (RenamesIt, TakesTheCookieOnly, GivesOneForAPath, GivesAShortOne, GivesOneInBetween)


def reading(driver: Playwright, made: Checklist, state: Any, held: list[Any]) -> Iterator[object]:
    items = [Item(made, check) for check in made.checks]
    return web.guarded_reading(
        driver,
        find.find(headless=True),
        made,
        items,
        state,
        headless=True,
        refused=[],
        hold=lambda *given: held.append(given),
    )


def checklist(site: Site) -> Checklist:
    press = {"role": "link", "name": ["Sign out"]}
    return checklist_of(
        site,
        {"one": [BOX | {"open": f"{site.origin}/one"}]},
        sign_out={"open": f"{site.origin}/home", "press": press},
    )


@pytest.mark.parametrize("kind", [*AT_THE_END, *MEANWHILE])
def test_it_is_confirmed_only_where_no_session_is_left(kind: type[Server], driver: Playwright, site: Site) -> None:
    server, made = kind(site), checklist(site)
    state: Any = {"cookies": list(kind.cookies), "origins": []}
    held: list[Any] = [(state, False, ())]
    if kind in MEANWHILE:
        assert list(reading(driver, made, state, held))
        assert server.alive != {"s0"} or kind is TakesTheCookieOnly
    last, _unsure, others = held[-1]
    told = sign_out(driver, find.find(headless=True), made.platform, last, others)
    assert (told, not server.alive) == (kind.told, kind.told is SignedOut.CONFIRMED)


def test_a_reading_that_breaks_off_tells_what_it_was_given_until_then(driver: Playwright, site: Site) -> None:
    server, made = GivesAShortOne(site), checklist(site)
    state: Any = {"cookies": [cookie()], "origins": []}
    held: list[Any] = []
    read: Any = reading(driver, made, state, held)
    next(read)
    read.close()
    [(last, _unsure, others)] = held
    assert sign_out(driver, find.find(headless=True), made.platform, last, others) is SignedOut.CONFIRMED
    assert server.alive == set()
