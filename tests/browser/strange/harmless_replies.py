"""Ordinary pages whose replies, data, errors or headers look like those of one that failed: each must be told."""

from __future__ import annotations

from typing import Any

from tests.support.settings_page import BOX, HEAD, JSON, SWITCH
from tests.support.site import Reply
from tests.support.told_pages import NOT_TICKED, OFF, ON, SWITCHES_TO, TICKED, asks, data, program, script, told

DRAWN = "const j=JSON.parse(t);if(j.settings){const t=String(j.settings.on);" + SWITCHES_TO + "}"
STATE: dict[str, Any] = {"settings": {"on": False}}
FINE: dict[str, dict[str, Any]] = {
    "has no error": {"error": None, "errors": [], "exception": "", "fault": False},
    "has an error that is empty": {"error": {"code": 0, "message": ""}, "errors": {"form": []}},
    "says ok": {"status": "ok", "code": 0, "success": True, "ok": True},
    "says 200": {"status": 200, "code": 200, "statusCode": "200", "meta": {"code": 200, "status": "success"}},
    "is about something active": {"status": "active", "type": "profile", "result": "published"},
    "is about somebody": {"user": {"name": "Ann", "manager": None}, "isLoggedIn": True, "authenticated": True},
    "has settings about errors": {"error_reports": False, "notifications": {"error": True, "success": False}},
    "has settings of which some were never made": {"settings": {"on": False, "theme": None, "account": None}},
    "is about payments that failed": {"payments": [{"status": "failed", "code": 500, "user": None, "error": "card"}]},
    "is about apps of which one fails": {"apps": [{"name": "X", "error": "expired", "last_seen": None, "ok": False}]},
    "has a country's number": {"country": {"name": "Czechia", "code": 420}},
    "goes on nowhere": {"next": None, "cursor": None},
}
FAULTS_FURTHER_IN = ("is about payments that failed", "has settings about errors", "is about apps of which one fails")
"""In a reply that is read itself, an error counts wherever it stands."""

WORDS = {"form": {"error": "Error", "failed": "That failed", "status": "error"}, "success": "Saved", "user": "User"}
WANTS_PAGES = "{headers:{accept:'text/html, application/xhtml+xml'}}"
FILLED = "new DOMParser().parseFromString(t,'text/html').querySelectorAll('label').forEach(l=>d.append(l))"
EMPTY = (
    HEAD.replace('<a id="out" href="/bye">Sign out</a>', "")
    + "<noscript>This page needs scripts.</noscript><div id=root></div>"
)
FILLS = asks("q", "root.innerHTML='<a id=out href=/bye>Sign out</a>'+JSON.parse(t).html")
KEPT = (("age", "86400"), ("cache-control", "public, max-age=60, stale-while-revalidate=600"))

# fmt: off
HARMLESS = (
    *(told(f"a switch that is drawn by a reply that {what}", SWITCH, ON + asks("q", DRAWN), "no", {"q": data(STATE
      | said)}) for what, said in FINE.items()),
    *(told(f"a reply that {what}", JSON, asks("api", ""), "yes", {"api": data({"privacy": {"hidden": True}} | said)})
      for what, said in FINE.items() if what not in FAULTS_FURTHER_IN),
    told("words in another language", SWITCH, OFF + asks("q", ""), "no", {"q": data(WORDS)}),
    told("no news", SWITCH, OFF + asks("q", ""), "no", {"q": data({"announcement": None})}),
    told("no news of the newer kind", SWITCH, OFF + asks("q", ""), "no", {"q": data({"data": {"banner": None}})}),
    told("an empty list", SWITCH, OFF + asks("q", "", "{headers:{accept:'application/json'}}"), "no", {"q": data([])}),
    told("a list of exports", SWITCH, OFF + asks("q", ""), "no", {"q": data([{"id": 1, "status": "failed"}])}),
    told("nothing new", SWITCH, OFF + asks("q", ""), "no", {"q": Reply("", 204)}),
    told("a reply that is noise", SWITCH, OFF + asks("/noise/flags", ""), "no", {"/noise/flags": data({"ok": False})}),
    told("a part of a page that is asked for", BOX, "<div id=d></div>" + asks("q", "d.innerHTML=t"), "no", {"q": Reply(
        NOT_TICKED)}),
    told("a whole page that is asked for", BOX, "<div id=d></div>" + asks("q", FILLED, WANTS_PAGES), "yes", {"q": Reply(
        HEAD + TICKED)}),
    told("a drawing that is fetched", BOX, TICKED + asks("i.svg", ""), "yes", {"i.svg": Reply("<svg/>",
        kind="image/svg+xml", headers=KEPT)}),
    told("data in the page", SWITCH, '<script type="application/json">{"error":null,"settings":{"on":false}}</script>'
        + OFF, "no"),
    told("words in the page", SWITCH, '<script type="application/json">{"error":"Error","settings":"Settings"}</script>'
        + OFF, "no"),
    told("an error that is thrown on purpose", SWITCH, OFF + script("throw new Error('Minified error #418')"), "no"),
    told("a request that the page gives up", SWITCH, OFF + script(
        "const c=new AbortController();c.abort();fetch('q',{signal:c.signal})"), "no", {"q": data(1)}),
    told("noise that is not reached", SWITCH, OFF + script("fetch('OTHER/noise/x')"), "no"),
    told("a call of noise that is refused", SWITCH, '<script src="OTHER/noise/ads.js"></script>' + OFF
        + script("ads.show()"), "no"),
    told("noise that fails", SWITCH, '<script src="/noise/tag.js"></script>' + OFF, "no", {"/noise/tag.js": program(
        "window.tag.on")}),
    told("noise that cannot be read", SWITCH, '<script src="/noise/tag.js"></script>' + OFF, "no", {"/noise/tag.js":
        Reply("<p>Gone")}),
    told("a film that may not play", SWITCH, OFF + "<video id=v></video>" + script("v.play()"), "no"),
    told("an error that is caught", SWITCH, OFF + script("try{window.STATE.on}catch{}"), "no"),
    told("an empty page that is filled", BOX, "", "no", {"": Reply(EMPTY + FILLS, headers=KEPT), "q": data({"html":
        NOT_TICKED})}),
    *(told(f"a page with {name}: {said}", BOX, "", "yes", {"": Reply(HEAD + TICKED, headers=((name, said),))}) for
      name, said in (("age", "0"), ("warning", '299 - "Deprecated"'), ("cf-cache-status", "DYNAMIC"), ("cache-status",
      "edge; fwd=stale; fwd-status=200"), ("x-cache", "Miss from cloudfront"), ("cache-control",
      "private, stale-if-error=60"))),
)
