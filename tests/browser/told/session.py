"""The session that the first page began is the one in which the pages are read, where nothing says whose it is.

One of these pages, whichever comes first, signs somebody else in: nothing that is read with them can be told.
"""

from __future__ import annotations

from tests.support.settings_page import BOX, SWITCH
from tests.support.site import Reply
from tests.support.told_pages import ON, TICKED, Case, asks, data, whole

COOKIE = "session={}; Path=/; HttpOnly; SameSite=Lax"
HOME = whole("<h1>Hello</h1>")._replace(headers=(("set-cookie", COOKIE.format("ann-5d1f")),))
BOB = (("set-cookie", COOKIE.format("bob-77c0")),)

# fmt: off
CASES = (
    Case("the page itself", BOX, "", None, {"": whole(TICKED)._replace(headers=BOB)}),
    Case("a reply to the page", SWITCH, ON + asks("q", ""), None, {"q": data(1)._replace(headers=BOB)}),
    Case("a picture on the page", SWITCH, ON + '<img src="p" alt="">', None, {"p": Reply("", headers=BOB)}),
)
