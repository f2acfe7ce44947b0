"""What is drawn over a control hides it, also where the mouse goes through, whatever draws it."""

from __future__ import annotations

from tests.support.settings_page import BOX, SELECT, SENTENCE, SWITCH
from tests.support.told_pages import NOT_TICKED, OFF, ON, TICKED, Case, told

NOTE = "Private profile: Off"
ROOM = '<div style="position:relative;height:80px">{}{}</div>'
OVER = "position:absolute;left:0;top:0;width:400px;height:80px;"
THROUGH = "pointer-events:none;"
RECT = "%3Crect width=%22400%22 height=%2280%22/%3E"
PICTURE = f"data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E{RECT}%3C/svg%3E"
COVERS = {
    "a box": f'<div style="{OVER}{THROUGH}background:#fff">{NOTE}</div>',
    "a box whose style insists": f"<style>.lid{{pointer-events:none!important}}</style>"
    f'<div class=lid style="{OVER}background:#fff">{NOTE}</div>',
    "a box that insists itself": f'<div style="{OVER}pointer-events:none!important;background:#fff">{NOTE}</div>',
    "a box that is nearly white": f'<div style="{OVER}{THROUGH}background:oklch(1 0 0 / .97)"></div>',
    "a box of glass": f'<div style="{OVER}{THROUGH}backdrop-filter:blur(40px)">Upgrade to see this</div>',
    "a drawing": f'<svg style="{OVER}{THROUGH}"><rect width=400 height=80 fill="#fff"/></svg>',
    "a picture": f'<img alt="" style="{OVER}{THROUGH}" src="{PICTURE}">',
    "a canvas": f'<canvas style="{OVER}{THROUGH}"></canvas>',
    "an edge": f'<div style="{OVER}{THROUGH}width:0;height:0;border:40px solid #fff;border-right-width:400px"></div>',
    "a shadow": f'<div style="{OVER}{THROUGH}left:500px;width:9px;height:9px;box-shadow:0 0 0 600px #fff"></div>',
    "an edge outside a box": f'<div style="{OVER}left:500px;width:9px;height:9px;outline:600px solid #fff"></div>',
    "words": f'<div style="{OVER}{THROUGH}font:900 60px/30px serif">MMMMMM MMMMMM MMMMMM</div>',
}
WRITTEN = "content:'" + NOTE + "';position:absolute;inset:0;background:#fff;pointer-events:none"
STYLED = {
    "of its row": f"<style>.r{{position:relative;height:60px}}.r::after{{{WRITTEN}}}</style><div class=r>{ON}</div>",
    "of its row, without words": "<style>.r{position:relative;height:60px}.r::after{content:'';"
    "position:absolute;inset:0;"
    f"background:linear-gradient(90deg,#eee,#ddd)}}</style><div class=r>{ON}</div>",
    "of a neighbour": "<style>.n{position:relative;z-index:2;height:0}.n::before{content:'"
    + NOTE
    + "';position:absolute;"
    f"left:0;right:0;height:80px;background:#fff;{THROUGH}}}</style><div class=n></div>{ON}",
    "of the whole page": "<style>body::before{content:'Please sign in again';position:fixed;inset:0;background:#fff;"
    f"z-index:9;{THROUGH}}}</style>{ON}",
    "of the root": "<style>html::after{content:'';position:fixed;inset:0;background:#fff;z-index:9;"
    + THROUGH
    + f"}}</style>{ON}",
}
PLAIN_STRETCH = "<style>.r{position:relative}.r a::after{content:'';position:absolute;inset:0}</style>"

CASES = (
    *(Case(f"{what} over it", SWITCH, ROOM.format(ON, html), "no") for what, html in COVERS.items()),
    *(Case(f"{what} over a box to tick", BOX, ROOM.format(TICKED, html), "no") for what, html in COVERS.items()),
    *(Case(f"a lid that a style writes, {what}", SWITCH, html, "no") for what, html in STYLED.items()),
    Case(
        "a part that is locked as a whole",
        SWITCH,
        "<style>.l{position:relative;pointer-events:none}</style><div class=l>"
        f'{ON}<div style="position:absolute;inset:0;background:#fff;z-index:2">{NOTE}</div></div>',
        "no",
    ),
    Case(
        "a lid in the same cell of a grid",
        SWITCH,
        "<style>.g{display:grid}.g>*{grid-area:1/1}</style><div class=g>"
        f'<div>{ON}</div><div style="background:#fff;{THROUGH}">{NOTE}</div></div>',
        "no",
    ),
    Case(
        "a lid that is drawn up over it",
        SWITCH,
        f'<div style="height:60px">{ON}</div><div style="margin-top:-60px;'
        f'height:60px;background:#fff;{THROUGH}opacity:.999">{NOTE}</div>',
        "no",
    ),
    Case(
        "a lid over a sentence",
        SENTENCE,
        f'<div style="position:relative;{THROUGH}"><p>Nobody can find you.</p>'
        '<div style="position:absolute;inset:0;background:#fff">Locked</div></div>',
        None,
    ),
    Case("see-through in three steps", SWITCH, '<div style="opacity:.3">' * 3 + ON + "</div>" * 3, None),
    Case("a part that is greyed though it is in use", SWITCH, f'<div style="opacity:.4">{ON}</div>', None),
    Case(
        "a part that is greyed and not in use", BOX, f'<fieldset disabled style="opacity:.5">{TICKED}</fieldset>', None
    ),
    Case("a box that stays ticked without what it needs", BOX, TICKED.replace("<input", "<input disabled"), None),
    Case("a switch that others have set", SWITCH, ON.replace("<button", "<button aria-disabled=true"), None),
    told(
        "a link that stretches over its card",
        SWITCH,
        f'{PLAIN_STRETCH}<div class=r>{OFF}<a href="?x">About</a></div>',
        "no",
    ),
    told(
        "a row with a wave of which nothing is seen",
        SWITCH,
        '<div style="position:relative">'
        + ON
        + f'<span style="position:absolute;inset:0;{THROUGH}overflow:hidden"></span></div>',
        "yes",
    ),
    told(
        "a list with an arrow at its end",
        SELECT,
        '<div style="position:relative;display:inline-block"><select name=who '
        'style="appearance:none;padding:9px 40px 9px 9px"><option value=me selected>Only me<option value=all>Everyone'
        f'</select><svg width=16 height=16 style="position:absolute;right:9px;top:9px;{THROUGH}"><path d="M0 '
        f'0L8 8L16 0"/>'
        "</svg></div>",
        "yes",
    ),
    told(
        "a box of a pattern of styles that clear floats",
        BOX,
        f"<style>.c::after{{content:'';display:table;clear:both}}</style><div class=c>{NOT_TICKED}</div>",
        "no",
    ),
    told(
        "a card with a shadow beside it",
        SWITCH,
        f'{OFF}<div style="margin:30px;box-shadow:0 4px 12px #888">News</div>',
        "no",
    ),
    told(
        "parts that appear as they are scrolled to",
        SWITCH,
        "<style>@keyframes f{from{opacity:0}}main{animation:f linear "
        "both;animation-timeline:view();animation-range:entry 0% entry 60%}</style><div style='height:1500px'>"
        "</div><main>"
        f"{OFF}</main><div style='height:1500px'></div>",
        "no",
    ),
)
