"""The address that is shown is the one that was asked for: path, query and fragment."""

from __future__ import annotations

from tests.support.settings_page import SWITCH
from tests.support.site import Reply, Turns
from tests.support.told_pages import OFF, ON, Case, asks, data, draws, script, told, whole

MAIL = f"<h1>Mail</h1>{ON}"
BY_HASH = "const draw=()=>{app.innerHTML=location.hash=='#/privacy'?`<h1>Privacy</h1>" + OFF + "`:`" + MAIL + "`};"
ROUTER = '<div id="app"></div>' + script(BY_HASH + "onhashchange=draw;draw()")
BY_QUERY = script(f"if(location.search=='?tab=privacy'){{{draws('<h1>Privacy</h1>' + OFF)}}}else{{{draws(MAIL)}}}")
LED = Reply("", 302, headers=(("location", "?tab=mail"),))

SENT = "<form><input type=hidden name=of value=2></form>" + script("document.forms[0].submit()")

# fmt: off
CASES = (
    Case("the page is to move on after a while", SWITCH, "", "no", {"": whole(ON)._replace(headers=(("refresh",
        "4; url=elsewhere"),)), "elsewhere": OFF}),
    Case("the page is to come again after a while", SWITCH, "", "no", {"": whole(ON)._replace(headers=(("refresh",
        "3"),))}),
    Case("the hash is led to another part", SWITCH, ROUTER + script("location.hash='#/mail'"), None, at="#/privacy"),
    Case("the hash is led away once the person's age is known", SWITCH, ROUTER + asks("me",
        "location.replace('#/mail')"), None, {"me": data({"minor": True}, wait_s=0.7)}, "#/privacy"),
    Case("the hash is taken off", SWITCH, MAIL + script("history.replaceState(0,'',location.pathname)"), None, at="#a"),
    Case("the hash goes and comes back, and the part that is shown does not", SWITCH, MAIL + script(
        "location.hash='#/mail';setTimeout(()=>history.replaceState(0,'','#/privacy'),300)"), None, at="#/privacy"),
    Case("the server takes the query off", SWITCH, "", None, {"": Turns((LED, whole(MAIL)))}, "?tab=privacy"),
    Case("the server adds a query that is empty", SWITCH, "", None, {"": Turns((Reply("", 308, headers=(("location",
        "?"),)), whole(MAIL)))}),
    Case("the server counts pages another way", SWITCH, "", None, {"": Turns((Reply("", 301, headers=(("location",
        "?tab=privacy&page=2"),)), whole(MAIL)))}, "?tab=privacy"),
    Case("a script writes another query", SWITCH, MAIL + script("history.replaceState(0,'','?of=2')"), None,
        at="?of=1"),
    Case("a script adds to the query", SWITCH, MAIL + script("history.pushState(0,'','?tab=mail')"), None),
    Case("a script writes another path", SWITCH, MAIL + script("history.pushState(0,'','mail')"), None),
    Case("a path that differs by a capital", SWITCH, MAIL + script("history.replaceState(0,'','A/../B/')"), None),
    Case("links are caught and answered with another page", SWITCH, ON + asks("next",
        "document.querySelector('[role=switch]').outerHTML=t;history.pushState(0,'','?step=2')"), None, {"next": Reply(
        OFF)}, "?step=1"),
    Case("the newer way to move within a page", SWITCH, MAIL + script("navigation.onnavigate=e=>e.intercept();"
        "navigation.navigate('?tab=mail')"), None, at="?tab=privacy"),
    Case("led on by the page itself, two seconds later", SWITCH,
        f'<meta http-equiv="refresh" content="2;url=?tab=mail">{OFF}', None, {"": Turns((whole(
        f'<meta http-equiv="refresh" content="2;url=?tab=mail">{OFF}'), whole(MAIL)))}, "?tab=privacy"),
    Case("the same path with two slashes", SWITCH, MAIL + script("history.replaceState(0,'',location.pathname+'/')"),
        None),
    Case("a form that sends itself by GET", SWITCH, "", None, {"": Turns((whole(SENT), whole(MAIL)))}),
    told("a hash that a script draws by", SWITCH, ROUTER, "no", at="#/privacy"),
    told("a query that a script draws by", SWITCH, BY_QUERY, "no", at="?tab=privacy"),
    told("a hash that names a heading", SWITCH, f'<h2 id="privacy">Privacy</h2>{ON}', "yes", at="#privacy"),
    told("a query with an escaped letter", SWITCH, OFF, "no", at="?for=me%20too&amp=1"),
    told("the address is written again as it is", SWITCH, ON + script(
        "history.replaceState({key:'x'},'',location.href);history.pushState({},'',location.href)"), "yes",
        at="?tab=privacy#who"),
    told("the page's place in the history is noted", SWITCH, OFF + script(
        "history.scrollRestoration='manual';history.replaceState({n:1},'')"), "no"),
)
