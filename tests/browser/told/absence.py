"""That something is not there means something only on a page that shows what else stands there."""

from __future__ import annotations

from tests.support.settings_page import ABSENT, JSON, SWITCH
from tests.support.told_pages import NOT_TICKED, OFF, ON, Case, asks, closed, data, draws, script, told

GONE = SWITCH | {"absent": {"option": "yes", "source": "https://example.org/help"}}
NO_KEY = JSON | {"absent": {"option": "yes", "source": "https://example.org/help"}}
WHERE = {
    "in a frame": f"<iframe srcdoc='{NOT_TICKED}'></iframe>",
    "in a frame of another site": '<iframe src="OTHER/form"></iframe>',
    "in a closed shadow root": closed(NOT_TICKED),
    "behind a WebSocket": script(
        "new WebSocket('ws://'+location.host+location.pathname+'x').onmessage=()=>{" + draws(NOT_TICKED) + "}"
    ),
    "behind a script of another site": '<script src="OTHER/app.js"></script>',
    "behind a script that is gone": '<script src="gone.js"></script>',
    "behind a reply that is gone": asks("gone", draws(NOT_TICKED)),
    "under another name": "<label><input type=checkbox name=box_2> Private profile</label>",
    "further down": "<div style='height:3000px'></div><p id=s>…</p>"
    + script("new IntersectionObserver(e=>{if(e[0].isIntersecting){" + draws(NOT_TICKED) + "}}).observe(s)"),
    "in a form that waits for its turn": f"<h1>Step 1 of 3</h1><template>{NOT_TICKED}</template><button>Next</button>",
    "behind a tab": "<div role=tablist><button role=tab aria-selected=true>Profile</button><button role=tab "
    "aria-selected="
    "false>Privacy</button></div><div role=tabpanel>Your name</div>",
    "behind a button": "<button aria-expanded=false>Privacy</button>",
    "on a page that failed": "<h1>Something went wrong</h1><button>Try again</button>",
    "on a page that moved": '<p>Privacy settings have moved. <a href="new">Go there</a></p>',
    "on a page for others": "<p>Upgrade to change who sees your profile.</p>",
}

BARE = {
    "that a script has not drawn": '<div id="root"></div>',
    "of nothing but a word": "<noscript>Please switch JavaScript on</noscript>",
}
HIDDEN: dict[str, tuple[str, str | None]] = {
    "hidden": (f"<div hidden>{OFF}</div>", None),
    "in a fold": (f"<details><summary>Advanced</summary>{OFF}</details>", None),
    "in a template": (f"<template>{OFF}</template>", None),
    "a box now": ("<label><input type=checkbox> Private profile</label>", "no"),
    "a list now": ("<label>Private profile <select><option>On<option selected>Off</select></label>", "no"),
    "a row of buttons now": (
        "<fieldset><legend>Private profile</legend><label><input type=radio> On</label></fieldset>",
        None,
    ),
    "a sentence now": ("<p>Private profile: Off. Change it in the app.</p>", "no"),
    "a heading now": ("<h2>Private profile</h2><p>Now in <a href=x>your profile</a>.</p>", None),
    "behind more": ("<button>Show more</button>", None),
    "behind a link to more": ("<a href=more>More privacy settings</a>", None),
    "filtered away": ('<input type=search value=mail aria-label="Find a setting">', None),
    "filtered by a button": ("<button aria-pressed=true>Changed only</button>", None),
}

# fmt: off
CASES = (
    *(Case(f"a box {where}", ABSENT, html, "no" if "name=" in html else None, {"gone": data({}, status=500),
        "gone.js": data({}, status=404)}) for where, html in WHERE.items()),
    *(Case(f"a box on a page {what}", ABSENT, html, None, is_bare=True) for what, html in BARE.items()),
    told("a box on a page that shows what else there is", ABSENT, f"<h1>Privacy</h1>{ON}", "yes"),
    told("a switch on a page that has none", GONE, "<h1>Privacy</h1><p>Your name: Ann</p>", "yes"),
    told("a box on a page with a menu", ABSENT, "<header><button aria-expanded=false>Menu</button></header>", "yes"),
    *(Case(f"a switch that is {what}", GONE, html, truth) for what, (html, truth) in HIDDEN.items()),
    *(Case(f"a switch {where}", GONE, html, None) for where, html in list(WHERE.items())[-6:]),
    Case("a switch that is in another language", GONE,
        "<button role=switch aria-checked=false>Proffil preifat</button>", None),
    Case("a switch that was renamed", GONE, ON.replace("Private", "Locked"), None),
    told("a key that is not in the reply", NO_KEY, asks("api", ""), "yes", {"api": data({"privacy": {}})}),
    Case("a reply that is not there", NO_KEY, "<p>Settings</p>", None),
    Case("a reply that says nothing", NO_KEY, asks("api", ""), None, {"api": data(None)}),
    told("a key whose value is nothing", NO_KEY, asks("api", ""), "yes", {"api": data({"privacy": {"hidden": None}})}),
    Case("a key that is called another way", NO_KEY, asks("api", ""), None, {"api": data({"privacy": {
        "is_hidden": False}})}),
)
