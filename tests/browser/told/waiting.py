"""A page that still waits says so by words in a plain line, by what turns, or by what is greyed."""

from __future__ import annotations

from tests.support.settings_page import COUNT_IN, SWITCH
from tests.support.told_pages import OFF, ON, SWITCHES_TO, Case, plain, script, told

LATER = script("setTimeout(()=>fetch('state').then(r=>r.text()).then(t=>{" + SWITCHES_TO + "w.remove()}),2500)")
WORDS = (
    "Loading your settings…",
    "Just a moment…",
    "Please wait",
    "Getting your choices...",
    "Loading",
    "Wird geladen …",
    "Fetching the latest…",
    "One moment please",
)
TURNS = "<style>@keyframes r{to{rotate:360deg}}@keyframes p{to{opacity:.2}}"
SIGNS = {
    "a ring": TURNS + ".l{width:30px;height:30px;border:3px solid #06c;border-top-color:transparent;border-radius:50%;"
    "animation:r 1s linear infinite}</style><div class=l id=w></div>",
    "three dots": TURNS
    + ".l i{display:inline-block;width:8px;height:8px;border-radius:4px;background:#06c;animation:p 1s "
    "infinite}</style><div class=l id=w><i></i> <i></i> <i></i></div>",
    "a bar": TURNS
    + ".l{height:20px;background:#ccc;animation:p 1s infinite alternate}</style><div class=l id=w></div>",
    "what a style draws": TURNS
    + ".l{height:40px}.l::after{content:'';display:block;width:30px;height:30px;border:3px solid;"
    "border-radius:50%;animation:r 1s linear infinite}</style><div class=l id=w></div>",
    "a drawing": '<svg id=w width=40 height=40><circle cx=20 cy=20 r=15 fill=none stroke="#06c" stroke-dasharray=40><'
    'animateTransform attributeName=transform type=rotate to="360 20 20" dur=1s repeatCount=indefinite />'
    "</circle></svg>",
    "an arrow of the mouse": "<style>body{cursor:progress}</style><i id=w></i>",
}
DEVICES = '<section aria-label="Devices"><ul><li>Laptop</ul>{}</section>'

CASES = (
    *(
        Case(f"a line says {words!r}", SWITCH, f"<p id=w>{words}</p>{ON}{LATER}", "no", {"state": plain("false")})
        for words in WORDS
    ),
    *(Case(f"a heading says {words!r}", SWITCH, f"<h2 id=w>{words}</h2>{ON}", None) for words in WORDS[:3]),
    *(
        Case(f"{what} waits", SWITCH, html + ON + LATER, "no", {"state": plain("false")})
        for what, html in SIGNS.items()
    ),
    Case("a ring under a list", COUNT_IN, DEVICES.format(SIGNS["a ring"]), None),
    Case("a part that shimmers", SWITCH, f"{TURNS}.l{{animation:p 1s infinite}}</style><div class=l>{ON}</div>", None),
    Case("a part over which the mouse waits", SWITCH, f'<div style="cursor:wait">{ON}</div>', None),
    told(
        "a bar of how far a profile is filled in",
        SWITCH,
        "<div role=progressbar aria-valuenow=60 aria-valuemin=0 "
        f'aria-valuemax=100 style="width:200px;background:#eee"><div style="width:60%">60%</div></div>{OFF}',
        "no",
    ),
    told(
        "a box for numbers with arrows",
        SWITCH,
        f'<div class="number-spinner"><label>Age <input type=number name=age value=9></label></div>{OFF}',
        "no",
    ),
    told(
        "a dot that says that somebody is there",
        SWITCH,
        TURNS + ".d{display:inline-block;width:8px;height:8px;background:"
        f"#0a0;border-radius:4px;animation:p 2s infinite}}</style><p><i class=d></i> Ann</p>{OFF}",
        "no",
    ),
    told(
        "a sign of the site that turns",
        SWITCH,
        TURNS + ".g{width:40px;height:40px;background:#06c;animation:r 9s linear "
        f"infinite}}</style><header><div class=g></div></header>{OFF}",
        "no",
    ),
    told(
        "news that run along",
        SWITCH,
        "<style>@keyframes m{to{transform:translateX(-50%)}}.m{animation:m 20s linear "
        f'infinite}}</style><div style="overflow:hidden"><p class=m>New: themes for everyone</p></div>{OFF}',
        "no",
    ),
    told(
        "a button for a chat that pulses",
        SWITCH,
        TURNS + ".c{position:fixed;right:9px;bottom:9px;width:60px;height:60px;"
        f"background:#06c;animation:p 2s infinite}}</style><button class=c aria-label=Chat></button>{OFF}",
        "no",
    ),
    told(
        "a caret that blinks",
        SWITCH,
        TURNS + ".k{display:inline-block;width:1px;height:18px;background:#000;animation:p 1s "
        f"infinite}}</style><p>Search<span class=k></span></p>{OFF}",
        "no",
    ),
    told(
        "words of help about waiting",
        SWITCH,
        "<p>Loading images takes data. If you see “Please wait”, you are offline.</p>" + OFF,
        "no",
    ),
    told("a link to what is called so", SWITCH, f'<a href="?l">Loading screens</a>{OFF}', "no"),
)
