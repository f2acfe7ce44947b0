"""The session that the first page began is the one in which a page is read, where nothing says whose it is.

Each of these pages gets another one meanwhile, for good or for a moment: what it shows is not told.
"""

from __future__ import annotations

from tests.support.settings_page import BOX, SWITCH
from tests.support.site import Reply
from tests.support.told_pages import OFF, ON, SWITCHES_TO, TICKED, Case, asks, data, plain, script, told, whole

COOKIE = "session={}; Path=/; HttpOnly; SameSite=Lax"
HOME = whole("<h1>Hello</h1>")._replace(headers=(("set-cookie", COOKIE.format("ann-5d1f")),))
BOB = (("set-cookie", COOKIE.format("bob-77c0")),)

NOT_HIDDEN = (("set-cookie", "session=bob-77c0; Path=/; SameSite=Lax"),)
OF_A_FOLDER = (("set-cookie", "session=bob-77c0; HttpOnly; SameSite=Lax"),)
ANN = (("set-cookie", COOKIE.format("ann-5d1f")),)
GONE = (("set-cookie", "session=; Path=/; HttpOnly; Max-Age=0"),)
STEP_BY_STEP = (
    "(async()=>{await fetch('take');const t=await(await fetch('state')).text();"
    + SWITCHES_TO
    + "await fetch('back')})()"
)
STATE = {"state": plain("false")}

# fmt: off
CASES = (
    Case("the page itself", BOX, "", None, {"": whole(TICKED)._replace(headers=BOB)}),
    Case("a reply to the page", SWITCH, ON + asks("q", ""), None, {"q": data(1)._replace(headers=BOB)}),
    Case("a picture on the page", SWITCH, ON + '<img src="p" alt="">', None, {"p": Reply("", headers=BOB)}),
    Case("one that scripts can see", SWITCH, ON + asks("q", ""), None, {"q": data(1)._replace(headers=NOT_HIDDEN)}),
    Case("one for a folder", SWITCH, ON + asks("q", ""), None, {"q": data(1)._replace(headers=OF_A_FOLDER)}),
    Case("one that is taken and given back", SWITCH, OFF + script(STEP_BY_STEP.replace("t.trim()", "'true'")), None, {
        "take": data(1)._replace(headers=BOB), "back": data(1)._replace(headers=ANN), **STATE}),
    Case("none any more", SWITCH, ON + asks("q", ""), None, {"q": data(1)._replace(headers=GONE)}),
    Case("one that differs in case only", SWITCH, ON + asks("q", ""), None, {"q": data(1)._replace(headers=((
        "set-cookie", COOKIE.format("ANN-5D1F")),))}),
    Case("none for a moment", SWITCH, ON + script(STEP_BY_STEP), None, {
        "take": data(1)._replace(headers=GONE), "back": data(1)._replace(headers=ANN), **STATE}),
    told("the same one, given again", SWITCH, OFF + asks("q", ""), "no", {"q": data(1)._replace(headers=ANN)}),
    told("none, for a script asks without it", SWITCH, ON + asks("state", SWITCHES_TO, "{credentials:'omit'}"), "no",
        STATE),
    told("another cookie beside it", SWITCH, OFF + asks("q", ""), "no", {"q": data(1)._replace(headers=(("set-cookie",
        "seen=1; Path=/; HttpOnly"),))}),
)
