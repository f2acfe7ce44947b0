"""Words count where a person can read them: in a colour that stands out, and whole."""

from __future__ import annotations

from tests.support.settings_page import SENTENCE, SWITCH
from tests.support.told_pages import CHECKBOX, OFF, TEXT, Case, script, told

SAID = "Nobody can find you."
INKS = (
    "oklch(0 0 0 / 0)",
    "color-mix(in oklch, black 0%, transparent)",
    "oklch(1 0 0)",
    "#fefefe",
    "rgb(0 0 0 / .05)",
    "light-dark(white, black)",
    "lab(100 0 0)",
    "color(display-p3 1 1 1)",
    "white",
)
CUT = "overflow:hidden;"
UNREAD = {
    "cut with dots": f"<p style='width:60px;{CUT}white-space:nowrap;text-overflow:ellipsis'>{SAID}</p>",
    "cut without dots": f"<p style='width:60px;{CUT}white-space:nowrap'>{SAID}</p>",
    "cut after a line": f"<p style='display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:1;"
    f"{CUT}width:80px'>"
    f"{SAID}</p>",
    "in a room for one line": f"<div style='height:18px;width:80px;{CUT}'><p style='margin:0'>{SAID}</p></div>",
    "whose first line is clear": f"<style>p::first-line{{color:transparent}}</style><p>{SAID}</p>",
    "that a highlight makes clear": f"<style>::highlight(x){{color:transparent}}</style><p id=p>{SAID}</p>"
    + script("const r=new Range();r.selectNodeContents(p);CSS.highlights.set('x',new Highlight(r))"),
    "written as dots": f"<p style='-webkit-text-security:disc'>{SAID}</p>",
    "that is faint twice": f"<div style='opacity:.4'><p style='opacity:.4'>{SAID}</p></div>",
    "filled with nothing": f"<p style='-webkit-text-fill-color:oklch(0 0 0/0)'>{SAID}</p>",
}
THROUGH = {
    "a picture behind it": "background:linear-gradient(#000,#000) 0 50%/100% 2px no-repeat",
    "a line over it": "",
}

CASES = (
    *(Case(f"a sentence in {ink}", SENTENCE, f'<p style="color:{ink}">{SAID}</p>', None) for ink in INKS),
    *(Case(f"a sentence {how}", SENTENCE, html, None) for how, html in UNREAD.items()),
    Case(
        "a word that a picture crosses out",
        TEXT,
        f'<p>Private profile <span id=state style="{THROUGH["a picture behind it"]}">On</span> <b>Off</b></p>',
        "no",
    ),
    Case(
        "a word that a style's box crosses out",
        TEXT,
        "<style>#state{position:relative}#state::after{content:'';position:"
        "absolute;left:0;right:0;top:50%;height:2px;background:#000}</style><p>State <span id=state>On</span></p>",
        None,
    ),
    Case(
        "a name that is all but white",
        CHECKBOX,
        '<label><input type=checkbox checked><span style="color:#fdfdfd">Private profile</span></label> Public',
        "no",
    ),
    told(
        "a sentence on a dark page",
        SENTENCE,
        f"<style>body{{background:#111;color:#eee}}a{{color:#9cf}}</style><p>{SAID}</p>",
        "yes",
    ),
    told("a sentence in grey", SENTENCE, f'<p style="color:#888">{SAID}</p>', "yes"),
    told("a sentence in a colour of late years", SENTENCE, f'<p style="color:oklch(.5 .2 260)">{SAID}</p>', "yes"),
    told(
        "a sentence in white on a picture",
        SENTENCE,
        f'<div style="background:linear-gradient(#004,#008);color:#fff"><p>{SAID}</p></div>',
        "yes",
    ),
    told(
        "a sentence that is whole where dots could be",
        SENTENCE,
        f"<p style='{CUT}white-space:nowrap;text-overflow:ellipsis'>{SAID}</p>",
        "yes",
    ),
    told(
        "a switch beside other words that are cut",
        SWITCH,
        f"<nav style='width:40px;{CUT}white-space:nowrap;text-overflow:ellipsis'>A long menu of settings</nav>{OFF}",
        "no",
    ),
)
