"""Pages that are told wrongly, or told though nobody can tell, by the kind of what they do."""

from __future__ import annotations

from typing import Any

from tests.support.settings_page import ABSENT, BOX, JSON, SELECT, SENTENCE, STARTS, SWITCH, VALUE
from tests.support.site import Reply
from tests.support.told_pages import (
    CHECKBOX,
    OFF,
    ON,
    SWITCHES_OFF,
    SWITCHES_TO,
    TEXT,
    TICKED,
    Case,
    after,
    asks,
    data,
    lines,
    picture,
    program,
    script,
    shown,
    whole,
)

CHOICE = "<select name=who><option value=all>Everyone<option value=me selected>Only me</select>"
LIST = f"<label>Who can see you {CHOICE}</label>"
AUDIENCE = '<button aria-label="Edit audience. Only me">Only me</button>'
HIDES: dict[str, Any] = {"privacy": {"hidden": True}}
ONLY_ME = {"take": "pressed", "means": {"true": "yes", "false": "no"}}
MARK = "display:inline-block;width:20px;height:20px;background:#333"
DEVICES = {
    "find": {"role": "listitem", "within": {"role": "region", "name": ["Devices"]}},
    "take": "count",
    "means": [{"at_most": 9, "option": "yes"}, {"at_least": 10, "option": "no"}],
}
ONE_DEVICE = DEVICES | {"means": [{"at_most": 1, "option": "yes"}, {"at_least": 2, "option": "no"}]}


def under(control: str, words: str) -> str:
    return f"<div>{control}<p>{words}</p></div>"


def beside(control: str, other: str) -> str:
    return f'<div style="display:flex;gap:9px">{control} {other}</div>'


def section(head: str, last: str = ON) -> str:
    """Return a part of a page with a head and three rows, of which the last one is read."""
    rows = lines(("Photos", shown("true", "Hide photos")), ("Videos", shown("true", "Hide videos")), ("Profile", last))
    return f"<section>{head}{rows}</section>"


def devices(items: str, before: str = "") -> str:
    return f'{before}<section aria-label="Devices"><h2>Devices</h2><ul>{items}</ul></section>'


def virtual(tag: str, row: str) -> str:
    """Return a list of 60 rows of which only those within the window are in the page, as libraries do it."""
    return (
        f'<{tag} id=l style="position:relative;height:6000px;list-style:none"></{tag}><script>const d=()=>{{'
        "l.innerHTML='';for(let i=0;i<60;i++){const y=i*100;if(y+100>scrollY&&y<scrollY+innerHeight)"
        f"l.insertAdjacentHTML('beforeend',`{row}`)}}}};d();addEventListener('scroll',d)</script>"
    )


# -- a reply that says that it failed ---------------------------------------------------------------
# The page draws a default, asks its site for the state, and leaves the default where the reply has none.

DRAWN = "const j=JSON.parse(t);if(j.settings){const t=String(j.settings.on);" + SWITCHES_TO + "}"
FAILED: dict[str, dict[str, Any]] = {
    "success is false": {"success": False},
    "ok is false": {"ok": False},
    "its status is error": {"status": "error", "message": "database"},
    "its status is fail": {"status": "fail", "data": None},
    "its code is 500": {"code": 500, "msg": "timeout"},
    "its result is a failure": {"result": "failure"},
    "it names an exception": {"exception": "TimeoutError"},
}
EMPTY = {
    "is empty": Reply("", kind="application/json"),
    "is null": data(None),
    "is a page instead": Reply("<!doctype html><title>Bad gateway</title>"),
    "is the description of a problem": Reply('{"title":"x","status":500}', kind="application/problem+json"),
    "calls its errors text": Reply('{"errors":[{"message":"timeout"}],"data":null}', kind="text/plain"),
    "has its errors further in": data({"data": {"settings": None, "errors": ["timeout"]}}),
    "is a list of replies with errors": data([{"errors": ["timeout"], "data": None}]),
    "has null for the person": data({"data": {"me": None}}),
    "has null for the settings": data({"data": {"settings": None}}),
    "says ok and has null": data({"status": "ok", "data": None}),
    "has its code in what is about it": data({"meta": {"code": 500}, "response": {}}),
    "writes its code as text": data({"statusCode": "503", "message": "x"}),
    "is of a type that is an error": data({"data": {"viewer": {"__typename": "NotFoundError", "message": "x"}}}),
    "cannot be run as a program": Reply('for (;;);{"error":1357001,"payload":null}', kind="application/x-javascript"),
    "has an error in its second line": Reply('{"data":{}}\n{"errors":["timeout"],"data":null}', kind="text/plain"),
    "breaks off in a word": Reply('{"settings":{"on":fal', kind="application/json"),
    "has an error and no data in one of several": data([{"result": {"data": 1}}, {"error": {"message": "timeout"}}]),
}
WANTS_DATA = "{headers:{accept:'application/json'}}"
FAILED_DRAWING = (
    *(
        Case(f"drawn by a reply in which {what}", SWITCH, ON + asks("q", DRAWN), None, {"q": data(said)})
        for what, said in FAILED.items()
    ),
    *(
        Case(f"drawn by a reply that {what}", SWITCH, ON + asks("q", DRAWN), None, {"q": reply})
        for what, reply in EMPTY.items()
    ),
    Case(
        "drawn by nothing to one who wants data", SWITCH, ON + asks("q", DRAWN, WANTS_DATA), None, {"q": Reply("", 204)}
    ),
    Case(
        "drawn by a part of a page to one who wants data",
        SWITCH,
        ON + asks("q", DRAWN, WANTS_DATA),
        None,
        {"q": Reply("<p>Try again later")},
    ),
    Case(
        "drawn by data of a framework that say error",
        SWITCH,
        '<script type="application/json" id=__NEXT_DATA__>'
        '{"props":{"pageProps":{"error":{"statusCode":500},"initialSettings":null}}}</script>' + ON,
        None,
    ),
    Case(
        "drawn by data in the page that says error",
        SWITCH,
        '<script type="application/json" id=s>{"error":"timeout",'
        '"settings":null}</script>' + ON + script("const t=JSON.parse(s.textContent);if(t.settings)" + SWITCHES_OFF),
        None,
    ),
)
FOR_NOBODY: dict[str, dict[str, Any]] = {
    "to one who is not signed in": {"isLoggedIn": False},
    "whose data have no viewer": {"data": {"viewer": None}},
    "that asks to sign in": {"status": "UNAUTHORIZED"},
    "with 401 in what is about it": {"meta": {"code": 401}},
}
FAILED_REPLIES = (
    *(
        Case(f"a reply in which {what}", JSON, asks("api", ""), None, {"api": data({**HIDES, **said})})
        for what, said in FAILED.items()
    ),
    Case(
        "a reply to nobody in particular", JSON, asks("api", ""), None, {"api": data({**HIDES, "authenticated": False})}
    ),
    *(
        Case(f"a reply {what}", JSON, asks("api", ""), None, {"api": data({**HIDES, **said})})
        for what, said in FOR_NOBODY.items()
    ),
    Case("a reply without a person", JSON, asks("api", ""), None, {"api": data({**HIDES, "user": None})}),
)

# -- a script that broke ---------------------------------------------------------------------------

BROKEN_SCRIPTS = (
    Case(
        "a promise that fails before the state is drawn",
        SWITCH,
        ON
        + script("fetch('q').then(r=>r.json()).then(j=>{const t=String(j.settings.privacy.on);" + SWITCHES_TO + "})"),
        "no",
        {"q": data({"settings": None})},
    ),
    Case("a script that fails before the state is drawn", SWITCH, ON + script("window.STATE.on;" + SWITCHES_OFF), "no"),
    Case("a script that wants another one", SWITCH, ON + script("settings.draw();" + SWITCHES_OFF), "no"),
    Case("a script that cannot be read", SWITCH, ON + script(SWITCHES_OFF + "const a=;"), "no"),
    Case("a script that fails a little later", SWITCH, ON + after(300, "null.on;" + SWITCHES_OFF), "no"),
    Case(
        "a program that fails",
        SWITCH,
        ON + '<script type=module src="s.js"></script>',
        "no",
        {"s.js": program("const {on}=window.STATE;" + SWITCHES_OFF)},
    ),
    Case(
        "a promise of data that are none",
        SWITCH,
        ON + script("fetch('q').then(r=>r.json()).then(()=>{" + SWITCHES_OFF + "})"),
        "no",
        {"q": Reply("off", kind="text/plain")},
    ),
    Case("data that are none", SWITCH, ON + script("JSON.parse('');" + SWITCHES_OFF), "no"),
)

# -- words in several pieces -----------------------------------------------------------------------

IN_PIECES = (
    *(
        Case(f"{words}", SWITCH, under(ON, words), None)
        for words in (
            "Not <b>active</b>",
            "This setting is <strong>not</strong> in effect.",
            "This is <b>not</b> active on your account.",
            "Does <b>not</b> apply to you.",
            "In<b>active</b>",
            "Pau&shy;sed",
            "Is not<br>active",
            "<span>Sta</span><span>tus: o</span><span>ff</span>",
            "O<b>ff</b> for your account",
            "Pa<wbr>used",
            "When on, friends see you. It is n<b>ot act</b>ive.",
            "When this is on, only friends see you. <b>Off</b>",
        )
    ),
    Case(
        "its name and its state in pieces elsewhere",
        SWITCH,
        f'{ON}<p style="margin-top:300px">Private <b>profile</b> is <i>off</i>.</p>',
        None,
    ),
)

# -- what stands over several rows -----------------------------------------------------------------

OVER = {
    "a heading with a badge: off": "<h2>Privacy controls <span>Off</span></h2>",
    "a heading with a badge: paused": "<h2>Privacy controls <small>Paused</small></h2>",
    "a line under the heading: paused": "<h2>Privacy controls</h2><p>Paused until 5 December.</p>",
    "a line under the heading: off": "<h2>Privacy controls</h2><p>Off</p>",
    "a line under the heading: not in use": "<h2>Privacy controls</h2><p>This section is not in use.</p>",
    "a line under the heading: a button": "<h2>Privacy controls</h2><p>Off. <button type=button>Turn on</button></p>",
    "the head of an accordion: off": "<h3><button type=button aria-expanded=true><span>Privacy controls</span> <span>"
    "Off</span></button></h3>",
    "a heading with a button that would turn it on": "<h2>Privacy controls <button type=button>Turn on</button></h2>",
    "a badge beside the heading": "<div style='display:flex'><h2>Privacy controls</h2><span>Off</span></div>",
    "a badge before the title": "<h2><span style='background:#ddd'>Paused</span> Privacy controls</h2>",
    "a line after what it is for": "<h2>Privacy controls</h2><p>Choose who sees you.</p><p>Paused until 5 May.</p>",
    "a line of all of them": "<h2>Privacy controls</h2><p>These settings are not in use.</p>",
    "a heading of what is kept here": "<h2>On this device</h2>",
    "a head of a card": '<div class="card-header">Recommended for you</div>',
}
OVER_ROWS = (
    *(Case(what, SWITCH, section(head), None) for what, head in OVER.items()),
    Case(
        "a summary: off",
        SWITCH,
        f"<details open><summary>Privacy controls <b>Off</b></summary>{section('')}</details>",
        None,
    ),
    Case(
        "a summary: paused",
        SWITCH,
        f"<details open><summary>Privacy controls: paused</summary>{section('')}</details>",
        None,
    ),
    Case(
        "a caption",
        CHECKBOX,
        "<table><caption>Suggested settings</caption><tr><td>Photos<td><input type=checkbox "
        f"aria-label=Photos><tr><td colspan=2>{TICKED}</table>",
        None,
    ),
    Case(
        "the head of a column",
        {
            "find": {"role": "switch", "near": ["Private profile"]},
            "take": "checked",
            "means": {"true": "yes", "false": "no"},
        },
        "<table><tr><th>Setting<th>Recommended</tr><tr><td>Photos<td><button role="
        "switch aria-checked=true aria-label=p>&nbsp;</button></tr><tr><td>Private profile<td><button role=switch "
        "aria-checked=true aria-label=q>&nbsp;</button></tr></table>",
        None,
    ),
    Case(
        "a switch that is off over a list within its item",
        SWITCH,
        f"<ul><li>{shown('false', 'Use privacy controls')}<ul><li>{ON}</ul></ul>",
        None,
    ),
    Case(
        "a box that is not ticked over a group within its item",
        BOX,
        f"<ul><li><label><input type=checkbox> Use privacy controls</label><div role=group>{TICKED}</div></ul>",
        None,
    ),
)

# -- lists, texts and names, which are asked less than switches ------------------------------------

DENIED = (
    "Overridden by your school.",
    "Currently off.",
    "This limit is switched off.",
    "Disabled by your administrator.",
)
LESS_ASKED = (
    *(Case(f"{words!r} under a list", SELECT, under(LIST, words), None) for words in DENIED),
    *(
        Case(f"{words!r} under a button that says its state", STARTS, under(AUDIENCE, words), None)
        for words in DENIED[::3]
    ),
    Case(
        "a text that is overridden",
        TEXT,
        under("<span>Private profile: <span id=state>On</span></span>", DENIED[0]),
        None,
    ),
    Case(
        "a text, and how it is now under it",
        TEXT,
        under("<span>Private profile: <span id=state>On</span></span>", "Now: Off"),
        None,
    ),
    *(
        Case(f"a text with {rest!r} after it", TEXT, f"<p>Private profile: <span id=state>On</span>{rest}</p>", None)
        for rest in (
            ", except for staff",
            " (except for staff)",
            " – except staff",
            " / Off",
            " at school, off at home",
            " <b>draft</b>",
            " <span>+3</span>",
        )
    ),
    Case(
        "a button with how it is now over it", STARTS, f"<div><p>Current audience: Everyone</p>{AUDIENCE}</div>", "no"
    ),
    Case(
        "a row of buttons with how it is now over it",
        SELECT,
        "<fieldset><legend>Who can see you</legend><p>Current "
        "setting: Everyone</p><label><input type=radio name=who value=all>Everyone</label><label><input type=radio "
        "name=who value=me checked>Only me</label></fieldset><button>Save</button>",
        "no",
    ),
    *(
        Case(f"a list with {words!r} under it", SELECT, under(LIST, words), None)
        for words in ("Except for 3 people", "3 exceptions", "Also shared with 12 people")
    ),
    Case("a button with a number beside it", STARTS, f"<div>{AUDIENCE} <span>+3</span></div>", None),
    Case(
        "a button that says more than its name",
        STARTS,
        '<button aria-label="Edit audience. Only me">Only me + 12 people</button>',
        None,
    ),
    Case(
        "a button that says what was", STARTS, '<button aria-label="Edit audience. Only me">Was: Only me</button>', None
    ),
    Case("a list with exceptions behind a link", SELECT, under(LIST, '<a href="?x">2 exceptions</a>'), None),
    Case(
        "a text that goes on with where",
        TEXT,
        "<p>Private profile: <span id=state>On</span> with apps of your school</p>",
        None,
    ),
    Case(
        "an icon that says its state beside other words",
        STARTS,
        '<div>Friends <button aria-label="Edit audience. '
        'Only me"><svg width=20 height=20><rect width=9 height=9 /></svg></button></div>',
        None,
    ),
    Case(
        "a list in which the server chose nothing",
        SELECT,
        "<form method=post><label>Who can see you <select name="
        "who><option value=me>Only me<option value=all>Everyone</select></label></form>",
        None,
    ),
)

# -- two that say two things ------------------------------------------------------------------------

FAR = '<div style="margin-top:200px"></div>'
TWINS = (
    Case("a box that is found by its field, and a switch of its name", BOX, TICKED + FAR + OFF, None),
    Case(
        "two lists of one name",
        SELECT,
        f"{LIST}{FAR}<label>Who can see you <select name=who2><option value=all "
        "selected>Everyone<option value=me>Only me</select></label>",
        None,
    ),
    Case(
        "two buttons of a group that stay down",
        ONLY_ME | {"find": {"role": "button", "name": ["Only me"]}},
        "<div role=group aria-label=Audience><button aria-pressed=true>Everyone</button><button aria-pressed=true>"
        "Only me</button></div>",
        None,
    ),
    Case(
        "two round buttons of a group that are chosen",
        SWITCH | {"find": {"role": "radio", "name": ["Only me"]}},
        "<div role=radiogroup aria-label=Audience><div role=radio aria-checked=true tabindex=0>Everyone</div><div "
        "role=radio aria-checked=true>Only me</div></div>",
        None,
    ),
    Case("a list, and a switch of its name that is off", SELECT, LIST + FAR + shown("false", "Who can see you"), None),
    Case(
        "two boxes of one name under one heading",
        BOX,
        f"<section><h2>Profile</h2>{TICKED}{FAR}<label><input "
        "type=checkbox name=other> Private profile</label></section>",
        None,
    ),
    Case(
        "a box whose two states differ",
        BOX,
        "<style>[role=switch]{appearance:none;width:40px;height:20px}[aria-"
        "checked=true]{background:#060}</style><label><input type=checkbox name=box role=switch aria-checked=true> "
        "Private profile</label>",
        None,
    ),
)

# -- a neighbour that decides ------------------------------------------------------------------------

DEFAULT = "<div><label><input type=checkbox checked> Use the site's default</label></div>"
NEIGHBOURS = (
    Case(
        "a box in front of a list that is not ticked",
        SELECT,
        f"<div><label><input type=checkbox name=limit> Limit who can see you to</label> {CHOICE}</div>",
        "no",
    ),
    Case(
        "a switch in front of a list that is off",
        SELECT,
        f"<div>{shown('false', 'Limit who can see you')} {CHOICE}</div>",
        "no",
    ),
    Case("a list and a tick at the site's default", SELECT, f"<div>{LIST}</div>{DEFAULT}", None),
    Case("a switch and a tick at the site's default", SWITCH, f"<div>{ON}</div>{DEFAULT}", None),
    Case(
        "a switch and a tick at inheriting",
        SWITCH,
        f"<div>{ON}</div><div><label><input type=checkbox checked> Inherit from my school</label></div>",
        None,
    ),
    Case(
        "a button behind a box that is not ticked",
        STARTS,
        f"<div><label><input type=checkbox> Limit it to</label> {AUDIENCE}</div>",
        None,
    ),
    Case(
        "what is in effect in a box out of use",
        SWITCH,
        beside(ON, '<label>In effect <input disabled value="Off"></label>'),
        None,
    ),
    Case(
        "what is in effect in a list out of use",
        SWITCH,
        beside(ON, "<label>In effect <select disabled><option>Off</select></label>"),
        None,
    ),
    Case("what is in effect in a box of lines", SWITCH, beside(ON, "<textarea readonly rows=1>Off</textarea>"), None),
)

# -- what a person reads that is no text -------------------------------------------------------------

NO_TEXT = (
    Case(
        "the words of a picture beside it",
        SWITCH,
        f'<div>{ON} <img alt="Off" src=p width=60 height=20></div>',
        None,
        {"p": picture()},
    ),
    Case(
        "the words of a drawing beside it",
        SWITCH,
        f'<div>{ON} <span role=img aria-label="Off" style="{MARK}"></span></div>',
        None,
    ),
    Case(
        "the title of a drawing beside it",
        SWITCH,
        f"<div>{ON} <svg width=20 height=20 role=img><title>Overridden by "
        "your administrator</title><rect width=20 height=20 /></svg></div>",
        None,
    ),
    Case(
        "the title of a lock beside it",
        SWITCH,
        f'<div>{ON} <i style="{MARK}" title="Overridden by your administrator"></i></div>',
        None,
    ),
    Case(
        "the words of a picture beside a list",
        SELECT,
        f'<div>{LIST} <img alt="Overridden by your school" src=p width=60 height=20></div>',
        None,
        {"p": picture()},
    ),
    Case("the title of a link beside it", SWITCH, f'<div>{ON} <a href="?w" title="Not in effect">ⓘ</a></div>', None),
    Case(
        "the mark of a line, by a style", SWITCH, '<style>li::marker{content:"✗ "}</style><ul><li>' + ON + "</ul>", None
    ),
    Case("a frame beside it", SWITCH, beside(ON, '<iframe srcdoc="<p>Off</p>" width=60 height=40></iframe>'), None),
    Case(
        "a frame with its words, and a control of a kind that nothing draws",
        SWITCH,
        f'{ON}<hr><iframe sandbox srcdoc="<b>Private profile</b> <x-switch></x-switch>" height=90></iframe>',
        None,
    ),
    Case(
        "a frame with the beginning of its words, and nothing drawn",
        STARTS,
        f'{AUDIENCE}<hr><iframe srcdoc="<p>Edit audience. Everyone</p>" height=90></iframe>',
        None,
    ),
    Case("the mark of a list", SWITCH, '<style>li{list-style:"Off " inside}</style><ul><li>' + ON + "</ul>", None),
    *(Case(f"a sign beside it: {sign}", SWITCH, beside(ON, f"<span>{sign}</span>"), None) for sign in "✗❌🚫⏸"),
)

# -- boxes that only seem to be empty ----------------------------------------------------------------

EMPTY_BOXES = (
    Case(
        "something stored, with a cross that has a title",
        VALUE,
        "<div><label for=about>Workplace</label><div><span "
        'class="c2">Springfield School <button type=button title="Remove"><svg width=12 height=12><rect width=9 '
        "height=9 /></svg></button></span></div><input id=about name=about></div>",
        None,
    ),
    Case(
        "something stored, with a picture of a cross",
        VALUE,
        "<div><label for=about>Workplace</label><div><span>"
        'Springfield School <button type=button><img alt="Delete" src=p width=12 height=12></button></span></div>'
        "<input id=about name=about></div>",
        None,
        {"p": picture()},
    ),
    Case(
        "something stored in items over it",
        VALUE,
        "<div><label for=about>Workplaces</label><div role=list><div "
        "role=listitem>Springfield School</div></div><input id=about name=about></div>",
        None,
    ),
    Case(
        "something stored in a list over it",
        VALUE,
        "<div><label for=about>Workplaces</label><ul><li>Springfield "
        'School</ul><input id=about name=about placeholder="Type a school"></div>',
        None,
    ),
)

# -- what only seems to be absent, or to be few --------------------------------------------------------

ONE = "<li>Windows PC"
LATE = (
    "new IntersectionObserver(e=>{if(e.some(x=>x.isIntersecting))s.innerHTML="
    "'<label><input type=checkbox name=box> Show my address</label>'}).observe(s)"
)
HIDDEN = (
    Case(
        "a box whose field is in another one now",
        ABSENT,
        '<label><input type=checkbox name="user[box]"> Show my address</label>',
        None,
    ),
    Case("a box that is a switch now", ABSENT, shown("false", "Show my address"), None),
    Case(
        "a box in a long list that is drawn in part",
        ABSENT,
        virtual(
            "div",
            '<div style="position:absolute;top:${y}px'
            '"><label><input type=checkbox name=${i==50?"box":"s"+i}> Setting ${i}</label></div>',
        ),
        None,
    ),
    Case(
        "a box that is drawn where a part of the page scrolls to it",
        ABSENT,
        '<main style="height:100vh;overflow:auto">'
        '<h1>Privacy</h1><div style="height:3000px"></div><div id=s style="height:40px"></div></main>' + script(LATE),
        "no",
    ),
    Case(
        "a box that the simple view leaves out",
        ABSENT,
        "<p>You see the simple view. <button>Switch to advanced view</button></p>",
        None,
    ),
    Case("a box in a menu", ABSENT, '<h2>Privacy</h2><button aria-label="Options" aria-haspopup=menu>⋮</button>', None),
    Case("a box that the page says is hidden", ABSENT, "<p>Some settings are hidden for your plan.</p>", None),
    Case("a box on another page", ABSENT, '<div>Page <a href="?p=1">1</a> <a href="?p=2">2</a></div>', None),
    Case(
        "a box in a part that is chosen in a list",
        ABSENT,
        "<label>Section <select><option>General<option>Privacy</select></label>",
        None,
    ),
    Case(
        "items of a long list that is drawn in part",
        DEVICES,
        '<section aria-label="Devices"><h2>Devices</h2>'
        + virtual("ul", '<li style="position:absolute;top:${y}px">Phone ${"abcdefgh"[i%8]}</li>')
        + "</section>",
        "no",
    ),
    Case("an item that stands for two", ONE_DEVICE, devices(f"{ONE} <span>2 active</span>"), "no"),
    Case("an item that stands for several", ONE_DEVICE, devices(f"{ONE} <span>several sign-ins</span>"), "no"),
    Case(
        "items that a list over them chooses",
        ONE_DEVICE,
        devices(ONE, "<label>Show <select><option>Signed in today<option>All</select></label>"),
        None,
    ),
    Case("items of the last days", ONE_DEVICE, devices(ONE, "<p>Showing activity from the last 7 days.</p>"), None),
    Case(
        "items of one country", ONE_DEVICE, devices(ONE, "<p>Only devices in the United Kingdom are listed.</p>"), None
    ),
    Case(
        "a box whose field is the last part of a name with dots",
        ABSENT,
        '<label><input type=checkbox name="settings.box"> Show my address</label>',
        None,
    ),
    Case(
        "a box whose rows are used again for others",
        ABSENT,
        '<main id=m style="height:300px;overflow:auto"><div '
        'style="height:4000px;position:relative"><p id=r style="position:sticky;top:0"></p></div></main>'
        + script("const d=()=>{r.textContent='Setting '+Math.floor(m.scrollTop/40)};d();m.onscroll=d"),
        None,
    ),
    Case(
        "a box in a menu that is drawn only",
        ABSENT,
        "<h2>Privacy</h2><button><svg width=20 height=20><circle r=9 /></svg></button>",
        None,
    ),
    Case("a box in what opens a list", ABSENT, "<button aria-haspopup=listbox>General</button>", None),
    Case(
        "a box that is a list without a name now",
        ABSENT,
        "<p>Who sees my address <select><option>Everyone<option>Nobody</select></p>",
        None,
    ),
    Case("a box that needs another plan", ABSENT, "<p>Some options need Plus.</p>", None),
    Case("a box in a later step", ABSENT, "<p>Step 1 of 3</p>", None),
    Case("an item that stands for three, after its name", ONE_DEVICE, devices("<li>Windows PC · 3 open"), "no"),
    Case(
        "items of the last days, as a note under them says",
        ONE_DEVICE,
        devices(ONE) + "<p>Only devices that were used in the past month are listed.</p>",
        None,
    ),
    Case(
        "items that round buttons over them choose",
        ONE_DEVICE,
        devices(
            ONE,
            "<fieldset><legend>Show</legend><label>"
            "<input type=radio name=a checked>Active</label><label><input type=radio name=a>All</label></fieldset>",
        ),
        None,
    ),
    Case(
        "items that a box over them leaves out",
        ONE_DEVICE,
        devices(ONE, "<label><input type=checkbox checked> Hide old ones</label>"),
        None,
    ),
    Case("items with room for others", ONE_DEVICE, devices(ONE + '<li style="height:900px">'), "no"),
)

# -- sentences about something else --------------------------------------------------------------------

SAID = "Nobody can find you."
SENTENCES = (
    Case(
        "the hint of a round button that is not chosen",
        SENTENCE,
        "<fieldset><legend>Who can find you?</legend><div>"
        f"<input type=radio name=w id=a aria-describedby=h><label for=a>Private</label><div id=h>{SAID}</div></div>"
        "<div><input type=radio name=w id=b aria-describedby=i checked><label for=b>Public</label><div id=i>Anyone on "
        "the web can see your page.</div></div></fieldset>",
        "no",
    ),
    Case(
        "the hint of a box that is not ticked",
        SENTENCE,
        "<div><input type=checkbox id=a aria-describedby=h><label "
        f"for=a>Private</label></div><div id=h><p>{SAID}</p></div>",
        None,
    ),
    Case("a row of a history", SENTENCE, f"<ul><li><div>3 May 2024</div><p>{SAID}</p></ul>", None),
    Case("a text under a line: previously", TEXT, "<div>Previously</div><div><span id=state>On</span></div>", None),
    Case("a term before it: recommended", SENTENCE, f"<dl><dt>Recommended</dt><dd>{SAID}</dd></dl>", None),
    Case("a term before a text: default", TEXT, "<dl><dt>Default</dt><dd><span id=state>On</span></dd></dl>", None),
    Case("a line before it: recommended", SENTENCE, f"<div><div>Recommended</div><p>{SAID}</p></div>", None),
    Case(
        "a line of a history",
        SENTENCE,
        "<h2>Recent changes</h2><ul><li><time>3 May 2024</time><div>" + SAID + "</div></ul>",
        None,
    ),
)

# -- old copies ----------------------------------------------------------------------------------------

OUT = "<a id=out href=/bye>Sign out</a>"
BARE = "<!doctype html><html lang=en><title>Settings</title><main id=m></main>"
OLD = (
    Case("a page of yesterday", BOX, "", None, {"": whole(TICKED)._replace(headers=(("age", "86400"),))}),
    Case(
        "a page that was warned of",
        BOX,
        "",
        None,
        {"": whole(TICKED)._replace(headers=(("warning", '110 - "Response is Stale"'),))},
    ),
    Case(
        "a part of a page of yesterday",
        BOX,
        "<div id=d></div>" + asks("q", "d.innerHTML=t"),
        None,
        {"q": Reply(TICKED, headers=(("age", "86400"), ("warning", '110 - "Response is Stale"')))},
    ),
    *(
        Case(
            f"a reply with {name}: {said}",
            JSON,
            asks("api", ""),
            None,
            {"api": Reply('{"privacy":{"hidden":true}}', kind="application/json", headers=((name, said),))},
        )
        for name, said in (
            ("cf-cache-status", "STALE"),
            ("cache-status", "edge; hit; ttl=-5"),
            ("x-vercel-cache", "STALE"),
            ("x-cache", "TCP_STALE_HIT from edge"),
            ("cf-cache-status", "UPDATING"),
        )
    ),
    Case("a page out of date", SWITCH, "", None, {"": whole(ON)._replace(headers=(("x-nextjs-cache", "STALE"),))}),
    Case(
        "an old page, and its script draws what it has",
        SWITCH,
        "",
        "no",
        {"": whole(BARE + script(f"m.innerHTML=`{OUT}{ON}`"))._replace(headers=(("age", "86400"),))},
    ),
    Case(
        "an old page with a state for its script, and news",
        SWITCH,
        "",
        "no",
        {
            "": whole(BARE + script(f"window.__STATE__={{on:true}};m.innerHTML=`{OUT}{ON}`") + asks("q", ""))._replace(
                headers=(("age", "9"),)
            ),
            "q": data([]),
        },
    ),
    Case(
        "an old page with a sentence, and news",
        SENTENCE,
        "",
        None,
        {
            "": whole(f"{BARE}<p>{SAID}</p>" + asks("q", f"m.innerHTML='{OUT}'"))._replace(headers=(("age", "86400"),)),
            "q": data([]),
        },
    ),
    Case(
        "a word of yesterday",
        SWITCH,
        OFF + asks("q", SWITCHES_TO),
        None,
        {"q": Reply("true", 200, "text/plain", (("age", "86400"),))},
    ),
)

# -- what a page says of itself ------------------------------------------------------------------------

SAYS = tuple(
    Case(f"the page says: {words}", SWITCH, f'{ON}<p style="margin-top:150px">{words}</p>', None)
    for words in (
        "You have 1 unsaved change.",
        "You have 2 unsaved edits.",
        "Not published yet",
        "Save failed. Retry",
        "Update failed.",
        "Your change did not go through.",
        "Your session has expired. Sign in again.",
        "You have been signed out.",
        "You are not signed in.",
        "These settings were changed in another tab. Reload to see them.",
        "This page is no longer current.",
        "A newer version of these settings exists.",
        "You are looking at an older version.",
        "Snapshot from 3 May 2024",
        "These settings have no effect yet.",
        "These settings do not apply to business accounts like yours.",
        "Private profile turned off",
        "Review your changes, then confirm to apply them.",
        "You are acting as Springfield School.",
        "You have been logged out because you were away. Please log in again.",
        "You're no longer signed in.",
        "Someone else has this page open. These options were updated by another person.",
        "Updating failed",
        "These options don’t apply to your account.",
        "This is an earlier version of your settings. You are viewing an old copy.",
        "Private profile has been turned off.",
        "Your edits are not yet submitted.",
    )
)

# -- of this browser only, or of somebody else -----------------------------------------------------------

ELSEWHERE = (
    Case("what is kept in this browser only", SWITCH, under(ON, "Applies to this browser only."), None),
    Case("what is kept on this device", SWITCH, under(ON, "Saved on this device."), None),
    Case(
        "a list of those whose settings these are",
        SWITCH,
        "<p><label>Settings for <select><option selected>Springfield "
        f"School (page)<option>Ann (you)</select></label></p>{ON}",
        None,
    ),
    Case(
        "a tab of those whose settings these are",
        SWITCH,
        "<div role=tablist><button role=tab aria-selected=true>"
        "Defaults for new members</button><button role=tab aria-selected=false>You</button></div><div role=tabpanel>"
        f"{ON}</div>",
        None,
    ),
    *(
        Case(f"{words!r} under it", SWITCH, under(ON, words), None)
        for words in (
            "Only in this browser",
            "On this computer",
            "This setting is saved on this device.",
        )
    ),
    Case(
        "a list of accounts",
        SWITCH,
        f"<p><label>Switch account <select><option selected>School<option>My account</select></label></p>{ON}",
        None,
    ),
    Case(
        "round buttons of those whose settings these are",
        SWITCH,
        "<div role=radiogroup><span role=radio aria-checked="
        "true>Springfield School</span> <span role=radio aria-checked=false>Ann (you)</span></div>" + ON,
        None,
    ),
)

# -- turned round ----------------------------------------------------------------------------------------------

TURNED = (
    Case(
        "a label that begins with: do not",
        BOX,
        "<label><input type=checkbox name=box checked> Do not keep my profile private</label>",
        "no",
    ),
    Case(
        "a label that begins with: turn off",
        BOX,
        "<label><input type=checkbox name=box checked> Turn off my private profile</label>",
        "no",
    ),
    Case(
        "a row that begins with: never",
        SWITCH | {"find": {"role": "switch", "near": ["private profile"]}},
        lines(("<span>Never use a</span> <b>private profile</b>", shown("true", "&nbsp;"))),
        "no",
    ),
)

# -- words that are not known ------------------------------------------------------------------------------

WORDS = tuple(
    Case(f"{words!r} under it", SWITCH, under(ON, words), None)
    for words in (
        "Off while your account is under review.",
        "Turned off while your account is under review.",
        "Your school's administrator has turned this off for all pupils.",
        "Will take effect on 5 December.",
        "Effective from 5 December.",
        "Turns on 5 December.",
        "Change scheduled for Friday.",
        "Awaiting your parent's approval.",
        "Superseded by your school's policy.",
        "Not enforced on your account.",
        "Not on yet",
        "Isn't on",
        "Switched off if you are under 16.",
        "Disabled because you are new here",
        "Your parent has switched off this setting.",
        "Overruled by your school.",
        "It will be turned on when you are 16.",
        "Isn’t active yet",
        "Blocked by your school",
        "Stopped",
        "Blocked",
        "Failed",
    )
)

KINDS = {
    "failed_drawing": FAILED_DRAWING,
    "failed_replies": FAILED_REPLIES,
    "broken_scripts": BROKEN_SCRIPTS,
    "in_pieces": IN_PIECES,
    "over_rows": OVER_ROWS,
    "less_asked": LESS_ASKED,
    "twins": TWINS,
    "neighbours": NEIGHBOURS,
    "no_text": NO_TEXT,
    "empty_boxes": EMPTY_BOXES,
    "hidden": HIDDEN,
    "sentences": SENTENCES,
    "old": OLD,
    "says": SAYS,
    "elsewhere": ELSEWHERE,
    "turned": TURNED,
    "words": WORDS,
}
