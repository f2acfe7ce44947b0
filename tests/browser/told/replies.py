"""A reply that is read is whole, fresh, this person's own, and has in it what is looked for."""

from __future__ import annotations

from typing import Any

from tests.support.settings_page import BOX, JSON, SWITCH
from tests.support.site import Reply, Turns
from tests.support.told_pages import OFF, ON, SWITCHES_TO, TICKED, Case, asks, data, draws, plain, script, told

ASKS = asks("api", "")
YES: dict[str, Any] = {"privacy": {"hidden": True}}
NO: dict[str, Any] = {"privacy": {"hidden": False}}
APPS = JSON | {
    "path": "length(apps)",
    "means": [{"at_most": 1, "option": "yes"}, {"at_least": 2, "option": "no"}],
}
STARRED = JSON | {"reply": "/*/api"}
UNSOUND: dict[str, Reply] = {
    "that says that it has errors": data(YES | {"errors": ["timeout"]}),
    "that says that it is in part": data(YES | {"partial": True}),
    "that says so further in": data(YES | {"meta": {"partial": True, "errors": [{"path": "privacy"}]}}),
    "that says that it is one error": data(YES | {"error": "login_required"}),
    "that is of yesterday": data(YES, age="86400"),
    "that was warned of": data(YES, warning='110 - "Response is Stale"'),
    "that was changed on the way": data(YES, status=203),
    "that is a part of one": data(YES, status=206, content_range="bytes 0-30/60"),
    "that calls itself a part": data(YES, content_range="items 0-1/9"),
    "that comes with a fault": data(YES, status=500),
    "that is no JSON": plain("hidden: true"),
    "with a number that JSON does not have": Reply('{"privacy":{"hidden":true},"age":NaN}', kind="application/json"),
    "whose value is a word": data({"privacy": {"hidden": "sometimes"}}),
    "whose value is a list": data({"privacy": {"hidden": [True]}}),
    "that is a list": data([YES]),
    "that breaks off": Reply('{"privacy":{"hidden":true}', kind="application/json"),
}
UNFINISHED: dict[str, dict[str, Any]] = {
    "names the next page": {"next": "/api?page=2"},
    "says that there is more": {"has_more": True},
    "says how many there are": {"total": 14},
    "names a place to go on from": {"paging": {"cursors": {"after": "x"}, "next": "/api?after=x"}},
    "says so in its page's data": {"pageInfo": {"hasNextPage": True, "endCursor": "x"}},
}

# fmt: off
CASES = (
    *(Case(f"a reply {what}", JSON, ASKS, None, {"api": reply}) for what, reply in UNSOUND.items()),
    *(Case(f"a list that {what}", APPS, ASKS, "no", {"api": data({"apps": ["one"]} | more)}) for what,
        more in UNFINISHED.items()),
    Case("a list that says so in its head", APPS, ASKS, "no", {"api": data({"apps": ["one"]},
        link='<?p=2>; rel="next"')}),
    Case("a page that is drawn by a reply with errors", SWITCH, ON + asks("q",
        "const j=JSON.parse(t);if(j.data){const t="
        "j.data;" + SWITCHES_TO + "}"), "no", {"q": data({"data": None, "errors": [{"message": "timeout"}]})}),
    Case("a page that is drawn by an old reply", BOX, "<div id=d></div>" + asks("q", draws(TICKED, "d")), None, {
        "q": data(YES, age="90000", warning='111 - "Revalidation Failed"')}),
    Case("a page that is drawn by a part of a reply", SWITCH, ON + asks("q", ""), None, {"q": data(YES, status=206,
        content_range="bytes 0-9/90")}),
    Case("two replies that differ", JSON, script("fetch('api?of=1').then(()=>fetch('api?of=2'))"), None, {"api": Turns((
        data(YES), data(NO)))}),
    Case("a newer reply that was lost", JSON, script("fetch('api').then(()=>fetch('api'))"), None, {"api": Turns((data(
        YES), data(NO, status=500)))}),
    Case("a newer reply that is empty", JSON, script("fetch('api').then(()=>fetch('api'))"), None, {"api": Turns((data(
        YES), Reply("", 204)))}),
    Case("a reply that is asked for by POST", JSON, script("fetch('api',{method:'POST'}).catch(()=>0)"), "no", {
        "api": data(NO)}),
    Case("a reply to a frame about a page of the school", JSON, '<iframe src="page"></iframe>', None, {"page": ASKS,
        "api": data(YES)}),
    Case("a reply that is led to the page to sign in", JSON, ASKS, None, {"api": Reply("", 302, headers=(("location",
        "/sign-in"),)), "/sign-in": data(YES)}),
    Case("a reply of another site", JSON, asks("OTHER/api", ""), None),
    Case("a reply that the page changes after it", JSON, asks("api", "fetch('more',{method:'POST'}).catch(()=>0)"),
        None, {"api": data(YES), "more": plain("")}),
    Case("a reply that is still coming in", JSON, script("fetch('api')"), None, {"api": Reply('{"privacy":', headers=((
        "content-length", "90"),), kind="application/json")}),
    Case("two replies that fit a star", STARRED, "", None, {"": "<script>fetch('api')</script>" + ON, "api": data(YES
        | {"errors": ["other"]})}),
    told("a reply", JSON, ASKS, "no", {"api": data(NO)}),
    told("a reply by the older way", JSON, script("const x=new XMLHttpRequest();x.open('GET','api');x.send()"), "yes", {
        "api": data(YES)}),
    told("a reply that takes a while", JSON, ASKS, "yes", {"api": data(YES, wait_s=1.2)}),
    told("a reply that says that it has no errors", JSON, ASKS, "yes", {"api": data(YES | {"errors": [],
        "partial": False, "error": None})}),
    told("a reply that is fresh", JSON, ASKS, "no", {"api": data(NO, age="0", cache_control="private, no-store",
        x_cache= "MISS", server_timing="db;dur=12")}),
    told("a reply that is asked for twice", JSON, script("fetch('api').then(()=>fetch('api?again'))"), "no", {
        "api": data(NO)}),
    told("a whole list", APPS, ASKS, "no", {"api": data({"apps": ["one", "two"], "next": None, "has_more": False,
        "total": 2})}),
    told("a reply, with a page that it draws", JSON, "<div id=d></div>" + asks("api", draws(OFF, "d")), "no", {
        "api": data(NO)}),
    Case("a reply to a worker", JSON, script(
        "new Worker(URL.createObjectURL(new Blob([`fetch('${location.href}api')`])))"), "yes", {"api": data(YES)}),
)
