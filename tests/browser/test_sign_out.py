"""The window in which a session is signed out: one request gets out, that of what was pressed, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from privacyaudit.browser import find
from privacyaudit.browser.sign_out import sign_out
from privacyaudit.model import Platform, SignedOut
from privacyaudit.plan import Item
from privacyaudit.readers import web
from tests.support.settings_page import BOX, HOME, checklist_of
from tests.support.site import Page, Reply, Seen, Site

if TYPE_CHECKING:
    from playwright.sync_api import Playwright, StorageState

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("one_browser")]

NOTHING: StorageState = {"cookies": [], "origins": []}
BUTTON = {"role": "button", "name": ["Sign out"]}
LINK = {"role": "link", "name": ["Sign out"]}
ITEM = {"role": "menuitem", "name": ["Sign out"]}
FORM = "<form method=post action=/bye><button>Sign out</button></form>"
UNFOLDS = "document.querySelector('#menu').innerHTML = MENU; this.setAttribute('aria-expanded', 'true')"


@dataclass
class Left:
    """What came of it, what was sent beside reading, and where to."""

    told: SignedOut
    writes: list[str]
    is_in: bool
    paths: list[str] = field(default_factory=list)


def leave(driver: Playwright, site: Site, html: str, press: dict[str, Any], **more: Any) -> Left:
    """Sign out of a site whose session ends with a POST, or a GET, to /bye."""
    ended: list[Seen] = []

    def bye(seen: Seen) -> Reply:
        ended.append(seen)
        return Reply("<!doctype html><html lang=en><title>Bye</title>")

    home = Reply('<!doctype html><html lang=en><title>Home</title><a id="out" href="#">In</a>')
    pages: dict[str, Page] = {
        "/out": Reply(f"<!doctype html><html lang=en><title>Out</title>{html}"),
        "/bye": bye,
        "/home": lambda _seen: Reply("", 401) if ended else home,
    }
    site.pages |= pages
    platform = Platform.model_validate(
        {
            "id": "small",
            "name": "Small",
            "group": "social",
            "hosts": [site.host],
            "sign_in": {"open": f"{site.origin}/in"},
            "signed_in": {"open": f"{site.origin}/home", "find": {"field": "out"}},
            "sign_out": {"open": f"{site.origin}/out", "press": press} | more,
            "notice": "Pretend.",
        }
    )
    told = sign_out(driver, find.find(headless=True), platform, NOTHING)
    return Left(told, site.writes, not ended, site.paths())


SENT = {
    "a form": (FORM, BUTTON),
    "a form that is sent before, elsewhere": (
        f"<form id=a method=post action=/account/delete></form><body onload='a.submit()'>{FORM}",
        BUTTON,
    ),
    "a form that is sent before, in a frame": (
        (
            "<iframe name=t></iframe><form id=a method=post action=/settings/save target=t><input name=public value=1>"
            f"</form><script>a.submit()</script>{FORM}"
        ),
        BUTTON,
    ),
    "a form in a frame that is sent again and again": (
        (
            f"<iframe srcdoc='<form id=a method=post action=/bye></form><script>setInterval(() => a.submit(), 20)"
            f"</script>'></iframe>{FORM}"
        ),
        BUTTON,
    ),
    "the button's own address": (
        "<form method=post action=/account/delete><button formaction=/bye>Sign out</button></form>",
        BUTTON,
    ),
    "an address that counts from another": (
        "<base href=/deep/er/><form method=post action=../../bye><button>Sign out</button></form>",
        BUTTON,
    ),
    "a button outside its form": ("<form id=f method=post action=/bye></form><button form=f>Sign out</button>", BUTTON),
    "a button that comes late": (
        (
            f"<div id=menu></div><script>setTimeout(() => document.querySelector('#menu').innerHTML = `{FORM}`, 700)"
            "</script>"
        ),
        BUTTON,
    ),
    "a link that scripts turn into a post": (
        (
            "<form id=f method=post></form><a href=/bye>Sign out</a>"
            "<script>document.querySelector('a').onclick = (e) => "
            "{ e.preventDefault(); f.action = e.target.href; f.submit() }</script>"
        ),
        LINK,
    ),
    "an item of a menu with a link in it": ("<ul role=menu><li role=menuitem><a href=/bye>Sign out</a></ul>", ITEM),
    "a link": ("<a href=/bye>Sign out</a>", LINK),
}


@pytest.mark.parametrize("case", SENT)
def test_what_is_pressed_gets_out_and_nothing_else(case: str, driver: Playwright, site: Site) -> None:
    html, press = SENT[case]
    left = leave(driver, site, html, press)
    assert (left.told, left.is_in) == (SignedOut.CONFIRMED, False)
    assert left.paths.count("/bye") == 1
    assert set(left.writes) <= {"/bye"}


NOT_SENT = {
    "a form that changes its address when it is sent": (
        "<form method=post action=/bye onsubmit=\"this.action = '/settings/save'\"><button>Sign out</button></form>",
        BUTTON,
    ),
    "a form that leads to a danger": (
        "<form method=post action=/account/delete><button>Sign out</button></form>",
        BUTTON,
    ),
    "a button that deletes": (
        "<form method=post action=/bye><button formaction=/account/delete>Sign out</button></form>",
        BUTTON,
    ),
    "a button whose address is in its scripts": (
        "<button onclick=\"fetch('/bye', {method: 'POST'})\">Sign out</button>",
        BUTTON,
    ),
    "a link to nothing, whose scripts send this page": (
        "<form id=f method=post></form><a href='#' onclick='f.submit()'>Sign out</a>",
        LINK,
    ),
    "a form that is sent while the page comes in, which then ends there": (
        f"<form id=a method=post action=/account/delete></form><script>a.submit()</script>{FORM}",
        BUTTON,
    ),
    "two buttons": (FORM * 2, BUTTON),
    "an answer into a frame": (
        "<iframe name=t></iframe><form method=post action=/bye target=t><button>Sign out</button></form>",
        BUTTON,
    ),
    "a form that was sent by itself to where signing out is": (
        f"<form id=a method=post action=/bye><input name=do value=delete></form><script>a.submit()</script>{FORM}",
        BUTTON,
    ),
}


@pytest.mark.parametrize("case", NOT_SENT)
def test_what_was_not_read_off_is_not_sent_and_not_told_as_signed_out(
    case: str, driver: Playwright, site: Site
) -> None:
    html, press = NOT_SENT[case]
    left = leave(driver, site, html, press)
    assert (left.told, left.is_in) == (SignedOut.NOT_CONFIRMED, True)
    assert left.writes == []
    assert {"/bye", "/account/delete"}.isdisjoint(left.paths)


def test_a_menu_is_unfolded_first(driver: Playwright, site: Site) -> None:
    menu = "`<ul role=menu><li><a role=menuitem href=/bye>Sign out</a></ul>`"
    html = f'<button aria-expanded=false onclick="{UNFOLDS.replace("MENU", menu)}">Account</button><div id=menu></div>'
    left = leave(driver, site, html, ITEM, expand={"name": ["Account"]})
    assert (left.told, left.is_in, left.writes) == (SignedOut.CONFIRMED, False, [])


@pytest.mark.parametrize("hidden", ["; HttpOnly", ""])
@pytest.mark.parametrize("old", ["ends", "stays"])
def test_each_session_that_pages_were_given_is_signed_out(
    old: str, hidden: str, driver: Playwright, site: Site
) -> None:
    """A site that gives every page another session, for good or beside the one before."""
    alive = {"s0"}

    def whose(seen: Seen) -> str:
        return seen.cookie.partition("session=")[2].partition(";")[0]

    def home(seen: Seen) -> Reply:
        return HOME if whose(seen) in alive else Reply("<p>Sign in")

    def settings(seen: Seen) -> Reply:
        if (mine := whose(seen)) not in alive:
            return Reply("<p>Sign in")
        alive.add(new := f"s{len(site.log)}")
        alive.difference_update({mine} if old == "ends" else ())
        return HOME._replace(headers=(("set-cookie", f"session={new}; Path=/{hidden}"),))

    def bye(seen: Seen) -> Reply:
        alive.discard(whose(seen))
        return Reply("Bye")

    site.pages |= {"/home": home, "/one": settings, "/two": settings, "/bye": bye}
    names = {name: [BOX | {"open": f"{site.origin}/{name}"}] for name in ("one", "two")}
    made = checklist_of(site, names, sign_out={"open": f"{site.origin}/home", "press": LINK})
    cookie = {"name": "session", "value": "s0", "domain": "127.0.0.1", "path": "/", "expires": -1, "secure": False}
    state: Any = {"cookies": [cookie | {"httpOnly": bool(hidden), "sameSite": "Lax"}], "origins": []}
    held: list[Any] = []
    program, items = find.find(headless=True), [Item(made, check) for check in made.checks]
    list(
        web.guarded_reading(
            driver, program, made, items, state, headless=True, refused=[], hold=lambda *given: held.append(given)
        )
    )
    [(last, _unsure, others)] = held
    assert alive != {"s0"}
    assert sign_out(driver, program, made.platform, last, others) is SignedOut.CONFIRMED
    assert alive == set()


def test_what_would_unfold_the_menu_sends_no_form(driver: Playwright, site: Site) -> None:
    html = "<form method=post action=/settings/save><button aria-expanded=false>Account</button></form>"
    left = leave(driver, site, html, ITEM, expand={"name": ["Account"]})
    assert (left.told, left.is_in, left.writes) == (SignedOut.NOT_CONFIRMED, True, [])
