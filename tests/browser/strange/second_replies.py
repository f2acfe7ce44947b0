"""More replies, data and scripts that say or show that something is amiss, and ordinary ones that look like them."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Any

from tests.browser.strange.harmless_replies import DRAWN, STATE
from tests.browser.strange.scenes import HIDES
from tests.browser.strange.second_look import NO_SUM
from tests.support.settings_page import JSON, SWITCH
from tests.support.site import Reply
from tests.support.told_pages import OFF, ON, SWITCHES_OFF, Case, asks, data, picture, program, script, told, whole

Said = dict[str, dict[str, Any]]

# -- drawn by a reply ---------------------------------------------------------------------------------

FAILED: Said = {
    "it has errors, as a number": {"hasErrors": 1},
    "its code is the name of an error": {"code": "RATE_LIMITED", "message": "x"},
    "its status is out of time": {"status": "timed out"},
    "its source is a store": {"dataSource": "cache"},
    "it fell back": {"usingFallback": "true"},
    "a part of it is of status 503": {"responses": [{"id": 1, "status": 503, "body": {}}]},
    "what it has to say is a failure": {"msg": "Too many requests"},
    "it warns of what was not loaded": {"warnings": ["profile could not be loaded"]},
    "there are errors and no data": {"errors": ["x"], "data": {}},
    "the person is a guest, as a number": {"user": {"is_guest": 1}},
}
BODIES = {
    "says that it failed in an attribute": Reply('<rsp stat="fail"><err code="1"/></rsp>', kind="text/xml"),
    "says that it failed in a line of events": Reply('event: e\ndata: {"error":"x"}\n\n', kind="text/event-stream"),
    "says that it failed in a header": Reply("{}", kind="application/json", headers=(("x-error-code", "5"),)),
}
WRONG_DRAWING = (
    *(Case(f"drawn by a reply: {what}", SWITCH, ON + asks("q", DRAWN), None, {"q": data(said)}) for what, said in
      FAILED.items()),
    *(Case(f"drawn by a reply that {what}", SWITCH, ON + asks("q", ""), None, {"q": reply}) for what, reply in
      BODIES.items()),
    Case("drawn by data in quotes that say error", SWITCH, ON + script(
        """const s=JSON.parse('{"error":"t","settings":null}');if(s.settings)""" + SWITCHES_OFF), None),
    Case("drawn by data of a page that was not there", SWITCH, ON + script(
        '{"statusCode":500,"props":{}}', "application/json"), None),
    Case("drawn by a program that brings a code", SWITCH, ON + script("function cb(j){if(j.on===false)" + SWITCHES_OFF
        + "}") + '<script src="q.js"></script>', None, {"q.js": program('/**/cb({"code":503,"message":"busy"});')}),
)  # fmt: skip
FINE: Said = {
    "counts no errors": {"error_count": 0, "errno": 0, "errmsg": "ok"},
    "reports errors": {"errorReportingEnabled": True, "failed_login_alerts": True, "warnings_enabled": True},
    "says how long it keeps": {"cache_ttl": 300, "cache": {"ttl": 60}, "cacheControl": "no-cache", "timeout": 30000},
    "says that it is of no store": {"cache": "miss", "fromCache": False, "stale": False, "partial": False},
    "has the code of a language": {"code": "en", "fallback": "de", "country_code": -1},
    "has a code that is well": {"code": 20000, "message": "success"},
    "has a code that is well, in text": {"code": "0000", "msg": "OK", "ret": 0},
    "has nothing to say": {"message": "Welcome back", "title": "News"},
    "is of nobody's guest": {"is_guest": False, "hide_from_guests": True, "allow_anonymous": True},
    "has a setting that is called anonymous": {"anonymous": True, "searchable": False, "indexed": True},
    "has settings after errors": {"email_on_error": True, "problem_reports": False, "notify_on_failure": True},
    "warns of how it was asked": {"warnings": ["The parameter v is deprecated."]},
    "has old scores": {"score": -5, "timezone_offset": -60, "id": -1, "version": 404},
    "says yes in numbers": {"success": 1, "ok": "true", "loggedIn": 1},
}
FINE_BODIES = {
    "is a feed": Reply("<rss><channel><title>Error handling</title></channel></rss>", kind="application/rss+xml"),
    "is well in XML": Reply('<rsp stat="ok" errors="0"><user id="1"/></rsp>', kind="text/xml"),
    "is well in a line of events": Reply('data: {"on":1}\n\n', kind="text/event-stream"),
    "is well in a header": Reply("{}", kind="application/json", headers=(("grpc-status", "0"), ("x-error", "none"))),
}
WORDS = '{"error":"Error","failed":"That failed","status":"Status","settings":"Settings","user":"User"}'
RULES = '{"messages":{"error":"Please fill this in"},"user":null,"fallback":"en"}'
TOLD_DRAWING = (
    *(told(f"a switch that is drawn by a reply that {what}", SWITCH, ON + asks("q", DRAWN), "no", {"q": data(STATE
      | said)}) for what, said in FINE.items()),
    *(told(f"a switch, and a reply that {what}", SWITCH, OFF + asks("q", ""), "no", {"q": reply}) for what, reply in
      FINE_BODIES.items()),
    told("words in a program of the page", SWITCH, script(f"window.I18N={WORDS}") + OFF, "no"),
    told("words that a program brings", SWITCH, script("function load(){}") + '<script src="w.js"></script>' + OFF,
         "no", {"w.js": program(f"load({WORDS})")}),
    told("rules in an attribute", SWITCH, f"<div data-rules='{RULES}'></div>" + OFF, "no"),
    told("a state in a program, without errors", SWITCH, script(
        'window.S={"error":null,"errors":[],"settings":{"on":false},"user":null}') + OFF, "no"),
)  # fmt: skip

# -- read itself --------------------------------------------------------------------------------------

NOT_WHOLE: Said = {
    "some shards failed": {"_shards": {"failed": 2}},
    "it is not complete": {"isComplete": False},
    "it is out of a store": {"served_from_cache": 1},
    "its mode is one of those for a fall": {"mode": "fallback"},
    "the role is that of a guest": {"role": "guest"},
    "the person has signed out": {"user": {"logged_out": True}},
    "something overrides it": {"overrides": {"hidden": False}},
    "the settings in effect are others": {"effectiveSettings": {"privacy": {"hidden": "false"}}},
}
NOT_SO: Said = {
    "is overridden by somebody": {"overriddenBy": "admin"},
    "is pending": {"status": "pending"},
    "is to be another": {"pendingHidden": False},
    "is not active": {"active": False},
    "is paused": {"paused": "true"},
    "is not in force": {"inForce": 0},
}
WRONG_REPLIES = (
    *(Case(f"a reply: {what}", JSON, asks("api", ""), None, {"api": data({**HIDES, **said})}) for what, said in
      NOT_WHOLE.items()),
    *(Case(f"a reply whose value {what}", JSON, asks("api", ""), None, {"api": data({"privacy": {"hidden": True,
      **said}})}) for what, said in NOT_SO.items()),
)  # fmt: skip
SO: Said = {
    "is in effect": {"effective": True, "enforced": True, "overridden": False, "active": True},
    "is overridden by nobody": {"overriddenBy": None, "overrides": [], "override_times": []},
    "has requests that are pending": {"pending": 3, "pending_requests": 3},
    "is a setting beside others": {"paused": True, "muted": False, "email": True},
    "was another at first": {"hidden_default": False, "hiddenUpdatedAt": "2026-01-01"},
    "is the same in effect": {"effectiveHidden": True, "pendingHidden": None},
    "cannot be changed": {"locked": True, "inherited": True, "editable": False},
}
TOLD_REPLIES = (
    *(told(f"a reply that {what}", JSON, asks("api", ""), "yes", {"api": data({**HIDES, **said})}) for what, said in
      FINE.items()),
    *(told(f"a reply whose value {what}", JSON, asks("api", ""), "yes", {"api": data({"privacy": {"hidden": True,
      **said}})}) for what, said in SO.items()),
    told("a reply with the same in effect", JSON, asks("api", ""), "yes", {"api": data({**HIDES, "effective": HIDES})}),
)  # fmt: skip

# -- scripts ------------------------------------------------------------------------------------------

PIXEL = '<img src="/noise/p.gif" alt="">'
DOT = {"/noise/p.gif": picture()}
ADS = '<script src="OTHER/noise/ads.js"></script>'
RIGHT = b64encode(sha256(SWITCHES_OFF.encode()).digest()).decode()
MANUAL = "{redirect:'manual'}"
TO_NOISE = Reply("", 302, headers=(("location", "/noise/2"),))


def ruled(html: str, rule: str) -> Reply:
    """Return a page with rules of its own."""
    return whole(html)._replace(headers=(("content-security-policy", rule),))


def thrown(error: str) -> str:
    """Return a script that is ended by an error before it switches something off."""
    return script(f"{error};{SWITCHES_OFF}")


def named(name: str) -> str:
    return f"throw Object.assign(new Error('x'),{{name:'{name}'}})"


WRONG_SCRIPTS = (
    *(
        Case(f"a script that ends: {error}", SWITCH, ON + thrown(error), "no")
        for error in (
            named("ChunkLoadError"),
            named("ApolloError"),
            "throw new Error('Failed to load settings')",
            "structuredClone(()=>0)",
            "throw 'timeout'",
        )
    ),
    Case("a script that misses its own, beside lost noise", SWITCH, ADS + ON + thrown("settings.draw()"), "no"),
    Case(
        "a promise of data that are none, beside a program of noise",
        SWITCH,
        ADS + ON + script("fetch('q').then(r=>r.json()).then(()=>{" + SWITCHES_OFF + "})"),
        "no",
        {"q": Reply("off", kind="text/plain")},
    ),
    Case(
        "a reply whose sum is another one",
        SWITCH,
        ON + asks("q", DRAWN, f"{{integrity:'{NO_SUM}'}}"),
        "no",
        {"q": data(STATE)},
    ),
    Case(
        "a program that the page's own rules refuse",
        SWITCH,
        "",
        "no",
        {"": ruled(ON + '<script src="s.js"></script>', "script-src 'nonce-x'"), "s.js": program(SWITCHES_OFF)},
    ),
    Case(
        "a handler that the page's own rules refuse",
        SWITCH,
        "",
        "no",
        {
            "": ruled(ON + f'<img src="/noise/p.gif" alt="" onload="{SWITCHES_OFF}">', "script-src 'self'"),
            **DOT,
        },
    ),
    Case(
        "a module that says that it is a text",
        SWITCH,
        ON + '<script type=module src="s.js"></script>',
        "no",
        {"s.js": Reply(SWITCHES_OFF, kind="text/plain")},
    ),
)
TOLD_SCRIPTS = (
    *(
        told(f"a switch, and a script that ends: {error}", SWITCH, OFF + script(error), "no")
        for error in (
            "throw new Error('Minified React error #423; visit the page for the full message')",
            "throw new Error('Hydration failed because the server sent something else')",
            "throw new Error('Invariant')",
            "Promise.reject()",
            "Promise.reject({a:1})",
            named("AbortError"),
            "document.startViewTransition?.(()=>0).skipTransition()",
        )
    ),
    told(
        "a program of another site that the page's own rules refuse",
        SWITCH,
        "",
        "no",
        {"": ruled('<script src="https://elsewhere.test/a.js"></script>' + OFF, "script-src 'self'")},
    ),
    told(
        "a word as a program that the page's own rules refuse",
        SWITCH,
        "",
        "no",
        {"": ruled(OFF + script("try{new Function('')}catch{}"), "script-src 'unsafe-inline'")},
    ),
    told(
        "rules under which all works",
        SWITCH,
        "",
        "no",
        {
            "": ruled(ON + '<script src="s.js"></script>', "script-src 'self'; connect-src 'self'"),
            "s.js": program(SWITCHES_OFF),
        },
    ),
    told(
        "a program whose sum is right",
        SWITCH,
        f'{ON}<script src="s.js" integrity="sha256-{RIGHT}" crossorigin></script>',
        "no",
        {"s.js": program(SWITCHES_OFF)},
    ),
    told(
        "noise whose sum is another one",
        SWITCH,
        f'{OFF}<script src="/noise/s.js" integrity="{NO_SUM}" crossorigin></script>',
        "no",
        {"/noise/s.js": program("1")},
    ),
    told(
        "noise that is no data",
        SWITCH,
        OFF + script("fetch('/noise/1').then(r=>r.json())"),
        "no",
        {"/noise/1": Reply("gone", kind="text/plain")},
    ),
    told(
        "noise that is led elsewhere",
        SWITCH,
        OFF + asks("/noise/1", "", MANUAL),
        "no",
        {"/noise/1": TO_NOISE, "/noise/2": data({})},
    ),
    told(
        "a request that is led on",
        SWITCH,
        ON + asks("q", DRAWN),
        "no",
        {"q": Reply("", 302, headers=(("location", "q2"),)), "q2": data(STATE)},
    ),
    told(
        "a page that speaks of its rules",
        SWITCH,
        OFF + script("console.error('inline script: Content Security Policy')"),
        "no",
    ),
    told("noise beside all that is well", SWITCH, PIXEL + OFF, "no", DOT),
)

WRONG = {"failed_drawing": WRONG_DRAWING, "replies": WRONG_REPLIES, "unrun": WRONG_SCRIPTS}
TOLD = {"failed_drawing": TOLD_DRAWING, "replies": TOLD_REPLIES, "unrun": TOLD_SCRIPTS}
