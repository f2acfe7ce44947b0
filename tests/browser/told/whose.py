"""The page is of the person who signed in: the one whom the first page names."""

from __future__ import annotations

from tests.support.settings_page import BOX, JSON, SWITCH
from tests.support.site import Reply
from tests.support.told_pages import (
    NOT_TICKED,
    OFF,
    ON,
    SWITCHES_TO,
    TICKED,
    Case,
    after,
    asks,
    closed,
    data,
    script,
    told,
    whole,
)

WHO = {"find": {"field": "me"}, "take": "text"}
ANN = '<a id="me" href="/me">Ann Example</a>'
BOB = '<a id="me" href="/me">Bob Example</a>'
COOKIE = "mark={}; Path=/; HttpOnly"
SESSION_OF_ANN, SESSION_OF_BOB = ((("set-cookie", COOKIE.format(name)),) for name in ("ann", "bob"))
HOME = whole(ANN)._replace(headers=SESSION_OF_ANN)
HIDDEN = data({"privacy": {"hidden": True}})

# fmt: off
CASES = (
    Case("another person", SWITCH, BOB + ON, None),
    Case("another person, and a field", BOX, BOB + TICKED, None),
    Case("another person, and a reply", JSON, BOB + asks("api", ""), None, {"api": HIDDEN}),
    Case("nobody", SWITCH, ON, None),
    Case("two persons", SWITCH, ANN + BOB + ON, None),
    Case("the person of the first page in hiding", SWITCH, f'<div style="opacity:0">{ANN}</div>Bob Example{ON}', None),
    Case("the person of the first page out of the page", SWITCH,
        f'<div style="position:absolute;left:-999px">{ANN}</div>'
        "Signed in as Bob Example" + ON, None),
    Case("the person of the first page, not shown", SWITCH, f"<div hidden>{ANN}</div><b>Bob Example</b>{ON}", None),
    Case("the person of the first page, struck out", SWITCH, f"<s>{ANN}</s> Bob Example {ON}", None),
    Case("the person of the first page under a lid", SWITCH, f'<div style="position:relative">{ANN}<b style="position:'
        f'absolute;inset:0;background:white">Bob Example</b></div>{ON}', None),
    Case("the person's name under another by a style", SWITCH,
        "<style>#me{font-size:0}#me::after{content:'Bob Example';"
        f"font-size:16px}}</style>{ANN}{ON}", None),
    Case("the person changes soon", SWITCH, ANN + ON + after(600, "me.textContent='Bob Example'"), None),
    Case("the person comes by a reply", SWITCH, ANN + ON + asks("who", "me.textContent=t"), None, {"who": data("Bob",
        0.5)}),
    Case("a person of nearly the same name", SWITCH, ANN.replace("Ann Example", "Ann Example 2") + ON, None),
    Case("settings in a frame of another person", SWITCH, ANN + '<iframe src="f"></iframe>', None, {"f": BOB + ON}),
    Case("a page that asks who it is for", SWITCH, ANN
        + '<div role="dialog" aria-modal="true" style="position:fixed;inset:'
        '0;background:white"><h2>Choose an account</h2>Ann or Bob</div>' + ON, None),
    Case("a page that says it is seen as somebody else", SWITCH, ANN
        + '<div role="alert">You are viewing Settings as Bob '
        f"Example. <button>Stop</button></div>{ON}", None),
    Case("a page on which a password is asked for", SWITCH, ANN + ON
        + '<div role="dialog"><h2>Confirm it is you</h2><input '
        'type="password"></div>', None),
    Case("a reply that says that nobody is signed in", SWITCH, ANN + ON + asks("me", ""), None, {"me": data({
        "error": "login_required"})}),
    Case("a reply that leads to the page to sign in", SWITCH, ANN + ON + asks("me", ""), None, {"me": Reply("", 302,
        headers= (("location", "/sign-in"),))}),
    Case("a reply that says that the person is not known", SWITCH, ANN + ON + asks("me", ""), None, {"me": data({},
        status= 401)}),
    Case("a frame in which one would sign in again", SWITCH, ANN + ON
        + '<iframe src="/sign-in" style="position:fixed;inset:'
        '0;width:100%;height:100%;background:white"></iframe>', None, {"/sign-in": Reply("<input type=password>")}),
    Case("the person in a closed shadow root", SWITCH, closed(ANN) + ON, None),
    Case("a reply in the session of another person", SWITCH, ANN + ON + script("(async()=>{await fetch('take');const t="
        "await(await fetch('state')).text();" + SWITCHES_TO.replace("t.trim()", "'true'") + "await fetch('back')})()"),
        None, {"take": data(1)._replace(headers=SESSION_OF_BOB), "back": data(1)._replace(headers=SESSION_OF_ANN),
        "state": data("Bob's")}),
    told("the same person", SWITCH, ANN + OFF, "no"),
    told("the same person, and a field", BOX, ANN + TICKED, "yes"),
    told("the same person, and a reply", JSON, ANN + asks("api", ""), "yes", {"api": HIDDEN}),
    told("the same person, with more blanks", BOX, ANN.replace("Ann Example", "\n  Ann\n  Example\n") + NOT_TICKED,
        "no"),
    told("the same person, drawn a little later", SWITCH, '<a id="me"></a>' + OFF + asks("who",
        "me.textContent=JSON.parse("
        "t)"), "no", {"who": data("Ann Example", 0.3)}),
    told("the session's mark is written anew", BOX, "", "yes", {"": whole(ANN + TICKED)._replace(headers=(("set-cookie",
        "mark=Ann-2; Path=/; HttpOnly"),))}),
)
