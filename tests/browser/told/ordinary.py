"""Ordinary settings pages, in the shapes that well-known toolkits give them: each must be told."""

from __future__ import annotations

from tests.support.settings_page import BOX, EXPAND, JSON, NEAR, PRESSED, SELECT, SWITCH
from tests.support.site import Reply
from tests.support.told_pages import (
    CHECKBOX,
    NOT_TICKED,
    OFF,
    ON,
    SWITCHES_TO,
    TEXT,
    TICKED,
    WORDS,
    asks,
    data,
    lines,
    picture,
    plain,
    program,
    script,
    shown,
    told,
)

NAMED = "Private profile"
STYLE = """<style>body{font:16px/1.4 sans-serif;max-width:900px;margin:auto}.row{display:flex;justify-content:
space-between;padding:12px 0;border-bottom:1px solid #ddd}.hush{position:absolute;width:1px;height:1px;padding:0;
margin:-1px;overflow:hidden;clip:rect(0,0,0,0);white-space:nowrap;border:0}.track{display:inline-block;position:relative;
width:44px;height:24px;border-radius:12px;background:#999}.track::after{content:"";position:absolute;left:3px;top:3px;
width:18px;height:18px;border-radius:9px;background:#fff}input:checked+.track,input:checked~.track{background:#060}
input:checked+.track::after,input:checked~.track::after{left:23px}</style>"""
BOX_ = '<input type="checkbox" name="box" id="b" {}>'

# A box that nobody sees, for a drawn one stands over it, under it or beside it, and the label that belongs to both.
DRAWN = {
    "a label around a clear box and its track": '<label style="position:relative;display:inline-block">{box}<span '
    "class="
    '"track"></span> Private profile</label><style>#b{{opacity:0;position:absolute;inset:0;width:44px;height:24px}}'
    "</style>",
    "a clear box of no width, with a slider": '<div class="row"><span>Private profile</span><label class="sw">{box}'
    "<span "
    'class="track"></span></label></div><style>.sw{{position:relative}}.sw input{{opacity:0;width:0;height:0}}</style>',
    "a box for readers aloud, and its track in the label": '<label class="row"><span>Private profile</span><span>'
    '<input type="checkbox" name="box" id="b" class="hush" {state}><span class="track" aria-hidden="true"></span>'
    "</span>"
    "</label>",
    "a box for readers aloud before its label": '<input type="checkbox" name="box" id="b" class="hush" {state}><label '
    'for="b"><span>Private profile</span></label><style>#b+label::before{{content:"";display:'
    "inline-block;width:12px;height:12px;border:1px solid}}#b:checked+label::before{{background:#06c}}</style>",
    "a large clear box under a drawn square": '<div class="ck">{box}<label for="b">Private profile</label></div>'
    "<style>.ck{{"
    "position:relative;padding-left:50px;min-height:44px}}.ck input{{position:absolute;left:0;top:0;width:44px;"
    "height:44px;"
    "opacity:0;z-index:1}}.ck label::before{{content:'';position:absolute;left:2px;top:2px;width:36px;height:36px;"
    "border:2px "
    "solid}}.ck input:checked+label::after{{content:'';position:absolute;left:12px;top:12px;width:20px;height:20px;"
    "background:#000}}</style>",
    "a clear box behind its label": '<div class="cc">{box}<label for="b">Private profile</label></div><style>'
    ".cc{{position:"
    "relative;padding-left:24px}}.cc input{{position:absolute;left:0;z-index:-1;opacity:0}}.cc "
    "label::before{{content:'';"
    "position:absolute;left:0;top:3px;width:16px;height:16px;border:1px solid #888}}.cc input:checked+label::before{{"
    "background:#06c}}</style>",
    "a box that a style draws": '<div class="fs">{box} <label for="b">Private profile</label></div><style>.fs input{{'
    "appearance:none;width:2em;height:1em;border-radius:1em;border:1px solid #888;background:#fff}}.fs input:checked{{"
    "background:#06c}}</style>",
    "a box three times as wide as its knob": '<label><span class="mu">{box}<span class="track"></span></span><span>'
    "Private "
    "profile</span></label><style>.mu{{position:relative;display:inline-flex;width:58px;overflow:hidden;padding:8px}}"
    ".mu "
    "input{{position:absolute;left:-100%;top:0;width:300%;height:100%;opacity:0;margin:0;z-index:1}}</style>",
    "a box in a wrapper with an icon": '<div class="row"><label for="b">Private profile</label><span class="ow">{box}'
    "<span "
    'class="ic"></span></span></div><style>.ow{{position:relative;width:22px;height:22px}}.ow input{{opacity:0;'
    "position:"
    "relative;z-index:1;width:22px;height:22px;margin:0}}.ow .ic{{position:absolute;inset:0;border:1px solid;"
    "pointer-events:"
    "none}}.ow input:checked+.ic{{background:#36c}}</style>",
    "a box in a cell": "<table><tr><th scope=row>Visibility</th><td><fieldset><legend class=hush>Visibility</legend>"
    "<label "
    'for="b">{box} Private profile</label></fieldset></td></tr></table>',
    "a box beside its label in a grid": '<form style="display:grid;grid-template-columns:200px 1fr"><label for="b">'
    "Private "
    "profile</label><div>{box}<p>Only people you follow see you.</p></div></form>",
    "a box with a hidden twin": '<form><input type="hidden" name="box" value="0"><label>{box} Private profile</label>'
    "</form>",
    "a box with a hidden twin after it": '<form><label>{box} Private profile</label><input name="box" type="hidden" '
    "value="
    '"false"></form>',
    "a box in an open fold": "<details open><summary>Privacy</summary><label>{box} Private profile</label></details>",
}

BUTTONS = {
    "a button with a hidden name, said in the row too": '<div class="row"><span>Private profile</span><button '
    'role="switch" aria-checked="{state}"><span class="hush">Private profile</span><span class="track"></span>'
    "</button></div>",
    "a button whose name stands in the row": '<div class="row"><span id="n">Private profile</span><button '
    'role="switch" '
    'aria-checked="{state}" aria-labelledby="n"><span class="track"></span></button></div>',
    "a button with a label": '<button id="s" role="switch" aria-checked="{state}">&nbsp;&nbsp;&nbsp;</button><label '
    'for="s">'
    "Private profile</label>",
    "a button with a hidden box behind it": '<div class="row"><label for="s">Private profile</label><div '
    'style="position:'
    'relative"><button id="s" role="switch" aria-checked="{state}">&nbsp;&nbsp;</button><input type="checkbox" '
    "aria-hidden="
    '"true" tabindex="-1" style="transform:translateX(-100%);position:absolute;pointer-events:none;opacity:0"></div>'
    "</div>",
    "an element with a role": '<div role="switch" tabindex="0" aria-checked="{state}">Private profile</div>',
    "an element of the site's own": '<x-switch></x-switch><script>customElements.define("x-switch",class extends '
    "HTMLElement{{"
    'connectedCallback(){{this.attachShadow({{mode:"open"}}).innerHTML=`<label>Private profile <input '
    'type="checkbox" role='
    '"switch"></label>`;this.shadowRoot.querySelector("input").checked={state}}}}})</script>',
    "a row that is the control": '<button role="switch" aria-checked="{state}" class="row" style="width:100%"><span>'
    "Private "
    "profile</span><span class=track aria-hidden=true></span></button>",
    "a name for machines, said in the row too": '<div class="row"><div><b>Private profile</b><p>Only people you '
    "follow see "
    'you.</p></div><button role="switch" aria-checked="{state}" aria-label="Private profile"><span class="track">'
    "</span>"
    "</button></div>",
    "a described switch": '<button role="switch" aria-checked="{state}" aria-describedby="d">Private profile</button>'
    "<p id="
    '"d">People must ask to follow you.</p>',
}

LISTS = (
    '<label for="w">Who sees me</label> <select id="w" name="who"><option value="all"{}>Everyone<option value="me"{}>'
)
AUDIENCE = LISTS.format("", " selected") + "Only me</select>"
PUBLIC = LISTS.format(" selected", "") + "Only me</select>"
ROUND = "<fieldset><legend>Who can see me</legend>{}{}</fieldset>"
ROUND_ = '<label class="{}"><input type="radio" name="who" value="{}" {} class="{}"><span>{}</span></label> '
PILLS = (
    "<style>.pill span{border:1px solid;padding:4px 9px}.pill input:checked+span{background:#060;color:#fff}</style>"
)
STATE: dict[str, Reply] = {"state": data({"user": {"private": False}}, 0.2)}
DRAW = (
    "const on=JSON.parse(t).user.private;app.innerHTML=`<main><h1>Privacy</h1><button role=switch aria-checked=${on}>"
)
FRAMEWORKS = {
    "a root that a reply fills": '<div id="app"></div>' + asks("state", DRAW + "Private profile</button></main>`;"),
    "a root with a spinner before": '<div id="app"><div role="progressbar">Loading</div></div>'
    + asks("state", DRAW + "Private profile</button></main>`;"),
    "a root with a skeleton before": '<div id="app" aria-busy="true"><p class="skeleton">░░░░░</p></div>'
    + asks("state", DRAW + "Private profile</button></main>`;app.removeAttribute('aria-busy');"),
    "a cloak that falls": "<style>[v-cloak]{display:none}</style><div id=app v-cloak></div>"
    + asks("state", DRAW + "Private profile</button></main>`;app.removeAttribute('v-cloak');"),
    "a state that is written in the page": '<div id="app"></div><script id="__DATA__" type="application/json">{"user":{'
    '"private":false}}</script>'
    + script("const t=document.getElementById('__DATA__').textContent;" + DRAW + "Private profile</button></main>`;"),
    "two replies, one after the other": '<div id="app"></div>'
    + asks("me", "fetch('state').then(r=>r.text()).then(t=>{" + DRAW + "Private profile</button></main>`})"),
    "a program in modules": '<div id="app"></div><script type="module" src="app.js"></script>',
    "a program in parts that are fetched": '<div id="app"></div>' + script("import('./app.js')", "module"),
    "a part of a page that is fetched as HTML": '<turbo-frame id="f" src="part">…</turbo-frame>'
    + asks("part", "f.innerHTML=t"),
    "a page whose body is put in by a click on its tab": '<nav><a href="?" aria-current="page">Privacy</a></nav><div '
    "id="
    '"app">…</div>' + script("history.replaceState({turbo:1},'')") + asks("part", "app.outerHTML=t"),
    "words that are fetched": '<div id="app"></div>'
    + asks(
        "words",
        "const w=JSON.parse(t);fetch('state').then(r=>r.text()).then(t=>{" + DRAW + "${w.name}</button></main>`})",
    ),
    "a state that the server drew and a script woke": '<div id="app">'
    + OFF
    + "</div>"
    + asks("state", "document.querySelector('[role=switch]').onclick=()=>0;"),
    "a page that asks again and again": OFF + asks("state", "") + script("setInterval(()=>fetch('/noise/ping'),3000)"),
}
PARTS: dict[str, Reply] = STATE | {
    "me": data({"name": "Ann"}, 0.2),
    "words": data({"name": NAMED}),
    "part": Reply(f"<h1>Privacy</h1>{OFF}"),
    "app.js": program(
        "fetch('state').then(r=>r.text()).then(t=>{const app=document.getElementById('app');"
        + DRAW
        + "Private profile</button></main>`})"
    ),
}

DEEP = '<section><template shadowrootmode="open">'
LONG = "<p>" + "A sentence about what this setting does. " * 60 + "</p>"
BANNER = 'style="position:fixed;left:0;right:0;bottom:0;background:#222;color:#fff;padding:20px"'
LAYOUTS = {
    "a plain page": "<h1>Privacy</h1>",
    "a banner about cookies at the foot": f'<div class="cookie-banner" {BANNER}>We use cookies. <button>'
    f"Accept</button> "
    "<button>Reject</button></div>",
    "a banner about cookies that is a part": f'<section aria-label="Cookies" {BANNER}>We use cookies. <button>'
    f"OK</button>"
    "</section>",
    "a head that sticks": '<header style="position:sticky;top:0;height:70px;background:#eee">Menu</header>',
    "a head that is fixed": '<header style="position:fixed;top:0;left:0;right:0;height:60px;background:#eee">'
    "Menu</header>"
    '<div style="height:80px"></div>',
    "a long text before": LONG * 8,
    "a menu at the side": '<nav style="float:left;width:180px"><ul><li><a href="?a">Profile</a><li><a href="?b">'
    "Security</a>"
    "</ul></nav>",
    "tabs": '<div role="tablist"><button role="tab" aria-selected="true">Privacy</button><button role="tab">'
    "Mail</button>"
    '</div><div role="tabpanel" hidden>Mail</div>',
    "advertisements": '<iframe src="OTHER/noise/ad" width="300" height="100"></iframe><script async '
    'src="OTHER/noise/ads.js">'
    "</script>",
    "counting": script("navigator.sendBeacon('/noise/seen','{}');new Image().src='OTHER/noise/p.gif'"),
    "a typeface of its own": "<style>@font-face{font-family:x;src:url(x.woff2);font-display:swap}body{font-family:x}"
    "</style>",
    "a cookie of a script's own": script("document.cookie='_visits=3; path=/; max-age=9999'"),
    "a theme that the browser keeps": script(
        "localStorage.theme??='light';document.body.dataset.theme=localStorage.theme"
    ),
    "a menu that is shut": '<button aria-expanded="false" aria-haspopup="menu">Ann ▾</button><div role="menu" hidden>'
    "<a "
    'role="menuitem" href="?c">Profile</a></div>',
    "a search": '<form role="search"><input type="search" name="q" aria-label="Search settings"></form>',
    "a banner of news": '<p style="background:#def;padding:9px">New: you can now choose who tags you. <button>'
    "Later</button>"
    "</p>",
    "a button to the top": '<a href="#" style="position:fixed;right:20px;bottom:20px;background:#eee">↑</a>',
}
NAMES_OF_THE_BROWSER = (
    "getAttribute",
    "assignedSlot",
    "getBoundingClientRect",
    "parentNode",
    "shadowRoot",
    "matches",
    "style",
    "querySelectorAll",
    "closest",
    "childNodes",
    "checkVisibility",
)
TALL = '<div style="height:5000px"></div>' + "".join(f'<img loading="lazy" src="p{n}.gif" alt="">' for n in "12")
PICTURES = {"x.woff2": plain(""), "p1.gif": picture(), "p2.gif": picture()}

# fmt: off
CASES = (
    *(told(f"{what}, by its field", BOX, STYLE + html.format(box=BOX_.format(""), state=""), "no") for what,
        html in DRAWN.items()),
    *(told(f"{what}, by its name", CHECKBOX, STYLE + html.format(box=BOX_.format("checked"), state="checked"), "yes")
        for what, html in DRAWN.items() if what != "a clear box of no width, with a slider"),  # its label has no words
    *(told(what, SWITCH, STYLE + html.format(state=("true", "false")[n % 2]), ("yes", "no")[n % 2]) for n, (what,
        html) in enumerate(BUTTONS.items())),
    *(told(what, SWITCH, STYLE + html, "no", PARTS) for what, html in FRAMEWORKS.items()),
    *(told(what, *((BOX, f"{STYLE}{html}{NOT_TICKED}{TALL}", "no"), (SWITCH, f"{STYLE}{html}{ON}{TALL}", "yes"))[n % 2],
        PICTURES) for n, (what, html) in enumerate(LAYOUTS.items())),
    told("a list", SELECT, AUDIENCE, "yes"),
    told("a list, the other", SELECT, PUBLIC, "no"),
    told("a list in groups", SELECT, PUBLIC.replace("<option", '<optgroup label="All"><option', 1), "no"),
    told("a list with a shape of its own", SELECT, "<style>select{appearance:none;padding:9px;border:1px solid}</style>"
        + AUDIENCE, "yes"),
    told("round buttons", SELECT, ROUND.format(ROUND_.format("", "all", "", "", "Everyone"), ROUND_.format("", "me",
        "checked", "", "Only me")), "yes"),
    told("round buttons as pills", SELECT, STYLE + PILLS + ROUND.format(ROUND_.format("pill", "all", "checked", "hush",
        "Everyone"), ROUND_.format("pill", "me", "", "hush", "Only me")), "no"),
    told("a field for words", WORDS, '<label>About you <input name="about" value=""></label>', "yes"),
    told("a field for many words", WORDS, "<label>About you <textarea name=about>I teach</textarea></label>", "no"),
    told("a word that says how it is", TEXT, STYLE
        + '<dl class="row"><dt>Private profile</dt><dd id="state">On</dd></dl>', "yes"),
    told("a badge that says how it is", TEXT,
        '<p>Private profile <span id="state" style="background:#060;color:#fff"> Off '
        "</span></p>", "no"),
    told("rows of a list", NEAR, lines(("Stories", shown("false", "&nbsp;")), ("Photos", shown("true", "&nbsp;"))),
        "yes"),
    told("rows of a table", NEAR, f"<table><tr><td>Photos<td>{shown('false', '&nbsp;')}<tr><td>Videos<td>"
        f"{shown('true', '&nbsp;')}</table>", "no"),
    told("a button that stays down", PRESSED, '<button aria-pressed="true">Hide</button>', "yes"),
    told("a part that unfolds", EXPAND,
        """<button type="button" aria-expanded="false" aria-controls="m" onclick="m.hidden=false;this.setAttribute(
        'aria-expanded','true')">More</button><div id="m" hidden>""" + TICKED + "</div>", "yes"),
    told("a part that unfolds and asks", EXPAND,
        '<button type="button" aria-expanded="false" onclick="this.ariaExpanded='
        "'true';fetch('part').then(r=>r.text()).then(t=>{m.innerHTML=t})\">More</button><div id=\"m\"></div>", "no", {
        "part": Reply(NOT_TICKED)}),
    told("a switch in two shadow roots", SWITCH, DEEP + DEEP + OFF, "no"),
    told("a switch that a reply sets", SWITCH, ON + asks("state", SWITCHES_TO), "no", {"state": plain("false", 0.4)}),
    told("a page that asks its site again and again", SWITCH, OFF + script(
        "setInterval(()=>fetch('news').catch(()=>0),150)"), "no", {"news": plain("", 0.12)}),
    told("twins for wide and for narrow screens", BOX, f'<style>.m{{display:none}}</style><form class=m>'
        f"{TICKED}</form><form>{NOT_TICKED}</form>", "no"),
    told("a switch in a form that sticks a foot to the page", BOX, f'<form>{NOT_TICKED}<div '
        'style="height:2000px"></div><div style="position:sticky;bottom:0;background:#fff">'
        "<button disabled>Save changes</button></div></form>", "no"),
    *(told(f"a form with a field that is called {name}", BOX, f"<form><input type=hidden name={name}>{TICKED}</form>",
        "yes") for name in NAMES_OF_THE_BROWSER),
    told("a page that only asks", JSON, asks("api", ""), "yes", {"api": data({"privacy": {"hidden": True}})}),
)
