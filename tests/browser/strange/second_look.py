"""What a second stranger found: pages that are told wrongly, by what they do, and ordinary ones that are not told."""

from __future__ import annotations

from typing import Any

from tests.browser.strange.scenes import (
    DRAWN,
    HIDES,
    LIST,
    ONE,
    ONE_DEVICE,
    ONLY_ME,
    devices,
    section,
    under,
)
from tests.support.settings_page import ABSENT, BOX, JSON, SELECT, SWITCH
from tests.support.site import Reply
from tests.support.told_pages import (
    CHECKBOX,
    NOT_TICKED,
    ON,
    SWITCHES_OFF,
    TEXT,
    TICKED,
    TICKS,
    Case,
    asks,
    data,
    lines,
    picture,
    program,
    script,
    shown,
    told,
    whole,
)

NEAR = {"role": "switch", "near": ["Private profile"]}
ROUND = {"role": "radio", "name": ["Only me"]}
OFF_NOW = data({"settings": {"on": False}})
DEVICE = f'<section aria-label="Devices"><h2>Devices</h2>{{}}<ul>{ONE}</ul>{{}}</section>'
NO_SUM = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


def blank(name: str) -> str:
    return f"<button type=button role=switch aria-checked=true aria-label={name}>&nbsp;</button>"


# -- a field that is found by its role and name, and was changed after it was sent --------------------

CHANGED = (
    Case("a box that a script ticked", CHECKBOX, NOT_TICKED + script(TICKS), "no"),
    Case(
        "a box that is a switch, which a script ticked",
        SWITCH,
        "<label><input type=checkbox role=switch name=box> Private profile</label>" + script(TICKS),
        "no",
    ),
    Case(
        "a box in a row, which a script ticked",
        CHECKBOX | {"find": {"role": "checkbox", "near": ["Photos"]}},
        lines(("Photos", "<input type=checkbox name=box>"), ("Videos", "<input type=checkbox name=b2>"))
        + script(TICKS),
        "no",
    ),
    Case(
        "a round button that a script chose",
        SWITCH | {"find": ROUND},
        "<fieldset><legend>Who can see you</legend><label><input type=radio name=w value=all checked>Everyone</label>"
        "<label><input type=radio name=w value=me>Only me</label></fieldset>"
        + script("document.querySelector('[value=me]').checked=true"),
        "no",
    ),
    Case(
        "a list in which a script chose",
        SELECT | {"find": {"role": "combobox", "name": ["Who can see you"]}},
        "<label>Who can see you <select name=who><option value=all selected>Everyone<option value=me>Only me</select>"
        "</label>" + script("document.querySelector('select').value='me'"),
        "no",
    ),
    Case(
        "a switch whose own hidden field says otherwise",
        SWITCH,
        f"<form method=post>{ON}<input type=hidden name=private value=off></form>",
        None,
    ),
)

# -- a script that did not run, or broke off ----------------------------------------------------------

PIXEL = '<img src="/noise/p.gif" alt="">'
UNRUN = (
    Case(
        "a script that fails, beside noise that is listed",
        SWITCH,
        ON + PIXEL + script("settings.draw();" + SWITCHES_OFF),
        "no",
        {"/noise/p.gif": picture()},
    ),
    Case(
        "a promise of data that are none, beside noise that is listed",
        SWITCH,
        ON + PIXEL + script("fetch('q').then(r=>r.json()).then(()=>{" + SWITCHES_OFF + "})"),
        "no",
        {"/noise/p.gif": picture(), "q": Reply("off", kind="text/plain")},
    ),
    Case(
        "a script that takes away what is not there any more",
        SWITCH,
        ON + script("document.body.removeChild(document.head.firstChild);" + SWITCHES_OFF),
        "no",
    ),
    Case(
        "a promise of any of several, of which none comes",
        SWITCH,
        ON + script("Promise.any([Promise.reject(1)]).then(()=>{" + SWITCHES_OFF + "})"),
        "no",
    ),
    Case(
        "a program whose sum is another one",
        SWITCH,
        f'{ON}<script src=s.js integrity="{NO_SUM}" crossorigin></script>',
        "no",
        {"s.js": program(SWITCHES_OFF)},
    ),
    Case(
        "a script that the page's own rules refuse",
        SWITCH,
        "",
        "no",
        {"": whole(ON + script(SWITCHES_OFF))._replace(headers=(("content-security-policy", "script-src 'self'"),))},
    ),
    Case(
        "a request that the page's own rules refuse",
        SWITCH,
        "",
        "no",
        {
            "": whole(ON + asks("q", DRAWN))._replace(headers=(("content-security-policy", "connect-src 'none'"),)),
            "q": OFF_NOW,
        },
    ),
    Case(
        "a request that is led elsewhere, which the page does not follow",
        SWITCH,
        ON + asks("q", DRAWN, "{redirect:'manual'}"),
        None,
        {"q": Reply("", 302, headers=(("location", "/login"),))},
    ),
)

# -- a reply that says in other words that it failed --------------------------------------------------

FAILED: dict[str, Any] = {
    "its success is 0": {"success": 0},
    "its success is the word false": {"success": "false"},
    "its ok is 0": {"ok": 0},
    "it has a number of its error": {"errno": 110, "errmsg": "timeout"},
    "it returns less than 0": {"ret": -1, "msg": "busy"},
    "its code is less than 0": {"code": -101, "message": "not logged in"},
    "its code returned is not 0": {"retcode": 1001, "data": {}},
    "its code is a word": {"code": "INTERNAL_ERROR", "message": "x"},
    "its status has a code of 14": {"status": {"code": 14, "message": "unavailable"}},
    "it calls its error err": {"err": "timeout"},
    "it calls its error errorMsg": {"errorMsg": "timeout"},
    "it describes an error": {"error_description": "x"},
    "it has only a detail": {"detail": "Service unavailable"},
    "it has only a message": {"message": "Internal Server Error"},
    "it describes a problem": {"type": "about:blank", "title": "Timeout", "detail": "x"},
    "it ran out of time": {"timed_out": True, "hits": []},
}
NO_JSON = {
    "has a fault in XML": Reply(
        "<?xml version='1.0'?><Envelope><Body><Fault><faultstring>timeout</faultstring></Fault></Body></Envelope>",
        kind="application/xml",
    ),
    "says its status in a header": Reply(
        "", kind="application/grpc-web-text", headers=(("grpc-status", "14"), ("grpc-message", "unavailable"))
    ),
    "is of several parts, of which one failed": Reply(
        "--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 500 Internal Server Error\r\n"
        'Content-Type: application/json\r\n\r\n{"error":"x"}\r\n--b--',
        kind="multipart/mixed; boundary=b",
    ),
}
FAILED_DRAWING = (
    *(
        Case(f"drawn by a reply in which {what}", SWITCH, ON + asks("q", DRAWN), None, {"q": data(said)})
        for what, said in FAILED.items()
    ),
    *(
        Case(
            f"drawn by a reply that {what}",
            SWITCH,
            ON + asks("q", "if(t.includes('false'))" + SWITCHES_OFF),
            None,
            {"q": reply},
        )
        for what, reply in NO_JSON.items()
    ),
    Case(
        "drawn by a program that brings an error",
        SWITCH,
        ON + script("function cb(j){if(j.settings)" + SWITCHES_OFF + "}") + '<script src="q.js"></script>',
        None,
        {"q.js": program('cb({"error":"timeout","settings":null})')},
    ),
    Case(
        "drawn by a state in a script that says error",
        SWITCH,
        ON + script('window.__STATE__={"error":"timeout","settings":null};if(__STATE__.settings)' + SWITCHES_OFF),
        None,
    ),
    Case(
        "drawn by a state in an attribute that says error",
        SWITCH,
        '<div id=app data-page=\'{"props":{"errors":["timeout"],"settings":null}}\'></div>'
        + ON
        + script("const p=JSON.parse(app.dataset.page).props;if(p.settings)" + SWITCHES_OFF),
        None,
    ),
)
NOT_WHOLE: dict[str, dict[str, Any]] = {
    "its success is 0": {"success": 0},
    "its success is the word false": {"success": "false"},
    "it has a number of its error": {"errno": 110},
    "its code is less than 0": {"code": -1},
    "it calls its error err": {"err": "timeout"},
    "it ran out of time": {"timed_out": True},
    "its status is partial": {"status": "partial"},
    "its status is degraded": {"status": "degraded"},
    "it has results in part": {"partialResults": True},
    "it warns that defaults are used": {"warnings": ["settings unavailable, defaults used"]},
    "its source is a fallback": {"source": "fallback"},
    "it is stale": {"isStale": True},
    "it is from a store": {"fromCache": True},
    "it is stale, as what is about it says": {"meta": {"cache": "stale"}},
    "nobody is signed in, as a number": {"loggedIn": 0},
    "the person is a guest": {"isGuest": True},
    "the person is anonymous": {"anonymous": True},
    "something else is in effect": {"effective": {"privacy": {"hidden": False}}},
}
NOT_SO: dict[str, dict[str, Any]] = {
    "is not in effect": {"effective": False},
    "is not enforced": {"enforced": False},
    "is overridden": {"overridden": True},
    "is another in effect": {"effectiveHidden": False},
}
REPLIES = (
    *(
        Case(f"a reply in which {what}", JSON, asks("api", ""), None, {"api": data({**HIDES, **said})})
        for what, said in NOT_WHOLE.items()
    ),
    *(
        Case(
            f"a reply whose value {what}",
            JSON,
            asks("api", ""),
            None,
            {"api": data({"privacy": {"hidden": True, **said}})},
        )
        for what, said in NOT_SO.items()
    ),
)

# -- what stands over a control -----------------------------------------------------------------------


def ways(last: str) -> str:
    """Return two round buttons, of which the first is chosen, and what belongs to the second."""
    return (
        "<fieldset><legend>Privacy</legend><div><label><input type=radio name=m value=a checked>Let everybody see all"
        "</label></div><div><label><input type=radio name=m value=b>Let me choose</label>"
        f'<div style="margin-left:24px">{last}</div></div></fieldset>'
    )


MASTER = "Use privacy controls"
OVER = (
    Case("a box under a round button that is not chosen", BOX, ways(TICKED), None),
    Case("a list under a round button that is not chosen", SELECT, ways(LIST), None),
    Case(
        "a switch in a list under a round button that is not chosen",
        SWITCH,
        "<ul><li><label><input type=radio name=m checked>Let everybody see all</label><li><label><input type=radio "
        f"name=m>Let me choose</label><ul><li>{ON}</ul></ul>",
        None,
    ),
    Case(
        "a switch that is off and says what it controls",
        SWITCH,
        f"<div>{shown('false', MASTER, 'aria-controls=sub')}</div><div id=sub>{section('')}</div>",
        None,
    ),
    Case(
        "a switch that is off and names the group",
        SWITCH,
        f"<div>{shown('false', MASTER, 'id=m')}</div><div role=group aria-labelledby=m>{section('')}</div>",
        None,
    ),
    Case(
        "a switch that is off in the head of a card",
        SWITCH,
        '<div style="border:1px solid"><div style="display:flex"><span>Privacy controls</span>'
        f'{shown("false", MASTER)}</div><div style="padding-left:40px">{section("")}</div></div>',
        None,
    ),
    Case("a heading: workspace defaults", SWITCH, f"<h2>Workspace defaults</h2>{ON}", None),
)

# -- tables -------------------------------------------------------------------------------------------

TABLES = (
    Case(
        "a text under the second head of a column",
        TEXT,
        "<table><thead><tr><th colspan=3>Privacy<tr><th>Setting<th>Yours<th>Recommended</thead><tr><td>Private profile"
        "<td>Off<td><span id=state>On</span></table>",
        "no",
    ),
    Case(
        "a text after a head over two columns",
        TEXT,
        "<table><tr><th>Setting<th colspan=2>Yours<th>Recommended<tr><td>Private profile<td>Off<td>!<td>"
        "<span id=state>On</span></table>",
        "no",
    ),
    Case(
        "a switch under the second head of a column",
        SWITCH | {"find": NEAR},
        "<table><thead><tr><th colspan=2>Privacy<tr><th>Setting<th>Recommended</thead><tr><td>Photos<td>"
        f"{blank('p')}<tr><td>Private profile<td>{blank('q')}</table>",
        None,
    ),
    Case(
        "a switch beside a cell that goes over two rows",
        SWITCH | {"find": NEAR},
        "<table><tr><th>Group<th>Setting<th>Suggested<tr><td rowspan=2>Privacy<td>Photos<td>"
        f"{blank('p')}<tr><td>Private profile<td>{blank('q')}</table>",
        None,
    ),
    Case(
        "its state in another table, under its name",
        SWITCH,
        f'{ON}<table style="margin-top:250px"><tr><th>Private profile<th>Photos<tr><td>Off<td>On</table>',
        None,
    ),
    Case(
        "its state in another grid, under its name",
        SWITCH,
        f'{ON}<div style="margin-top:250px;display:grid;grid-template-columns:200px 200px"><span>Private profile</span>'
        "<span>Photos</span><span>Off</span><span>On</span></div>",
        None,
    ),
)

# -- words beside it that are not read ----------------------------------------------------------------

BESIDE = (
    Case(
        "the title of the switch itself",
        SWITCH,
        "<div>" + shown("true", more='title="Overridden by your school"') + "</div>",
        None,
    ),
    Case(
        "a button of the older kind that would turn it on",
        SWITCH,
        f'<form method=post><div>{ON} <input type=submit value="Turn on"></div></form>',
        None,
    ),
    Case(
        "a word by the counter of a style",
        SWITCH,
        '<style>@counter-style st{system:cyclic;symbols:"Off";suffix:""}.s{counter-reset:x 1}'
        f".s::after{{content:counter(x,st)}}</style><div>{ON} <span class=s></span></div>",
        None,
    ),
    Case(
        "a word after a picture, by a style",
        SWITCH,
        '<style>.s::after{content:linear-gradient(red,red) "Off"}</style>' + f"<div>{ON} <span class=s></span></div>",
        None,
    ),
    *(
        Case(f"{words!r} under it", SWITCH, under(ON, words), None)
        for words in ("Activates on 5 December", "Bypassed by your school")
    ),
)

# -- two that say two things --------------------------------------------------------------------------

TWINS = (
    Case(
        "two round buttons that are chosen, in no group",
        SWITCH | {"find": ROUND},
        "<div><div role=radio aria-checked=true tabindex=0>Everyone</div><div role=radio aria-checked=true>Only me"
        "</div></div>",
        None,
    ),
    Case(
        "two buttons of a bar that stay down",
        ONLY_ME | {"find": {"role": "button", "name": ["Only me"]}},
        "<div role=toolbar aria-label=Audience><button aria-pressed=true>Everyone</button><button aria-pressed=true>"
        "Only me</button></div>",
        None,
    ),
    Case(
        "a switch that a component says is off",
        SWITCH,
        "<style>[data-state=unchecked]{background:#eee!important;color:#000!important}</style>"
        + shown("true", more="data-state=unchecked"),
        None,
    ),
)


def over_words(style: str) -> str:
    """Return a list whose own words are not seen, which lies over other words."""
    return (
        "<style>.w{position:relative;width:200px;height:30px;border:1px solid}.w span{position:absolute;left:5px;"
        "top:5px}.w select{position:absolute;inset:0;width:100%;background:transparent;border:0;"
        f"{style}}}</style><label>Who can see you</label><div class=w><span>Everyone</span><select name=who><option "
        "value=all>Everyone<option value=me selected>Only me</select></div>"
    )


UNSEEN = tuple(
    Case(f"a list over words, its own with {style}", SELECT, over_words(style), None)
    for style in ("-webkit-text-fill-color:transparent", "font-size:0", "text-indent:-999px;appearance:none")
)

# -- what only seems to be few, or absent -------------------------------------------------------------

FEW = (
    Case("1 more device, in words under the list", ONE_DEVICE, DEVICE.format("", "<p>1 more device</p>"), "no"),
    Case(
        "1 other, in words over the list",
        ONE_DEVICE,
        DEVICE.format("<p>You are signed in on this device and 1 other.</p>", ""),
        "no",
    ),
    Case("an item that names two browsers", ONE_DEVICE, devices(f"{ONE} · Chrome and Firefox"), "no"),
    Case(
        "a box behind a tab that is a link",
        ABSENT,
        '<ul class=tabs><li class=active><a href="?t=1">General</a><li><a href="?t=2">Privacy</a></ul><h2>General</h2>',
        None,
    ),
    Case(
        "a box behind a tab that is a plain button",
        ABSENT,
        '<div class=tabs><button class=active>General</button> <button onclick="p.innerHTML=0">Privacy</button></div>'
        "<div id=p><h2>General</h2></div>",
        None,
    ),
)

KINDS = {
    "changed": CHANGED,
    "unrun": UNRUN,
    "failed_drawing": FAILED_DRAWING,
    "replies": REPLIES,
    "over": OVER,
    "tables": TABLES,
    "beside": BESIDE,
    "twins": TWINS,
    "unseen": UNSEEN,
    "few": FEW,
}

# -- ordinary pages that are not told -----------------------------------------------------------------

MATERIAL = (
    "<style>.root{display:inline-flex;width:58px;height:38px;overflow:hidden;padding:12px;box-sizing:border-box;"
    "position:relative}.base{position:absolute;top:0;left:0;padding:9px;transform:translateX(20px)}.in{position:"
    "absolute;opacity:0;width:300%;height:100%;top:0;left:-100%;margin:0;padding:0;z-index:1}.thumb{display:block;"
    "width:20px;height:20px;border-radius:50%;background:#1976d2}.track{height:100%;width:100%;border-radius:7px;"
    "background:#1976d2;opacity:.5}</style><label style='display:inline-flex;align-items:center'><span class=root>"
    "<span class=base><input class=in type=checkbox checked><span class=thumb></span></span><span class=track></span>"
    "</span><span>Private profile</span></label>"
)
TOLD = (
    told("the switch of Material UI, on", CHECKBOX, MATERIAL, "yes"),
    told(
        "the switch of the ARIA patterns, with its word",
        SWITCH,
        "<style>[aria-checked=false] .on,[aria-checked=true] .off{display:none}</style><div role=switch "
        "aria-checked=false tabindex=0><span>Private profile</span> <span style='display:inline-block;width:40px;"
        "height:20px;background:#aaa'></span> <span class=on aria-hidden=true>On</span><span class=off "
        "aria-hidden=true>Off</span></div>",
        "no",
    ),
    told(
        "the switch of Carbon, whose button is in hiding",
        SWITCH,
        "<style>.sw{width:48px;height:24px;border-radius:12px;background:#198038}</style><div><button id=t role=switch "
        "aria-checked=true aria-labelledby=l style='border:0;padding:0'></button><label for=t><span id=l>Private "
        "profile</span><div style='display:flex'><div class=sw></div><span>On</span></div></label></div>",
        "yes",
    ),
    told(
        "a list whose lines have no values",
        SELECT | {"means": {"Only me": "yes", "Everyone": "no"}},
        "<form method=post><label>Who can see you <select name=who><option>Everyone<option selected>Only me</select>"
        "</label></form>",
        "yes",
    ),
    *(
        told(f"a box, and elsewhere: {what}", BOX, TICKED + html, "yes")
        for what, html in {
            "this cannot be undone": "<h2>Delete your account</h2><p>This cannot be undone.</p><button>Delete</button>",
            "an account that is not connected": "<h2>Music</h2><div>Springfield Radio <span>Not connected</span> "
            "<button>Connect</button></div>",
            "help about being offline": "<p>People you do not follow see you as offline.</p>",
            "a chat whose people are offline": '<div style="position:fixed;right:9px;bottom:9px;border:1px solid">We '
            "are offline. Leave a message</div>",
            "a dot that pulses beside its words": "<style>@keyframes p{50%{opacity:.3}}.dot{display:inline-block;"
            "width:16px;height:16px;border-radius:9px;background:red;animation:p 1s infinite}</style><p>"
            "<span class=dot></span> Live now: three friends</p>",
        }.items()
    ),
)
