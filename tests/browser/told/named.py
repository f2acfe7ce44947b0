"""The words that a person sees on or beside a control are those of the checklist, whatever its name is for machines."""

from __future__ import annotations

from tests.support.settings_page import NEAR, PRESSED, SELECT, STARTS, SWITCH
from tests.support.told_pages import CHECKBOX, OFF, ON, TEXT, Case, lines, script, shown, told

NAMED = "Private profile"


def switch(name: str, state: str) -> str:
    """A switch whose name is for machines only."""
    return f'<button role="switch" aria-checked="{state}" aria-label="{name}"></button>'


WITHIN = SWITCH | {"find": {"role": "switch", "name": [NAMED], "within": {"role": "region", "name": ["Privacy"]}}}
BEGINS = {"find": {"role": "radio", "name_starts": [NAMED]}, "take": "checked", "means": {"true": "yes", "false": "no"}}
BARE_ON = '<button role="switch" aria-checked="true" {}></button>'
BARE_OFF = '<button role="switch" aria-checked="false" {}></button>'
BY_ID = '<input type="checkbox" role="switch" id="{}" {}>'
SWAPPED = {
    "by what lies over them": 'title="{}"',
    "by a name for machines": 'aria-label="{}"',
    "by a picture's words": '><img alt="{}" src="data:image/gif;base64,'
    'R0lGODlhAQABAIAAAP8AAAAAACwAAAAAAQABAAACAkQBADs="'
    ' width="20" height="20"><i',
}
WRITTEN = {
    "with a blank that does not break": "Private\u00a0profile",
    "with a soft hyphen": "Private\u00adprofile",
    "with a blank of no width": "Private\u200b profile",
    "from right to left": "\u202ePrivate profile\u202c",
    "with a mark of direction": "Private profile\u200e",
    "with two blanks": "Private  profile",
    "in small letters": "private profile",
    "with a full stop": "Private profile.",
    "with a letter of another script": "\u0420rivate profile",
}
HIDDEN_WORDS = "position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden"
LOOKS = {
    "too small to be read": "font-size:0",
    "in the colour of the page": "color:transparent",
    "clipped away": HIDDEN_WORDS,
    "out of the page": "position:absolute;left:-9999px",
    "transparent": "opacity:0;position:absolute",
}
STYLED = {
    "before them": "before{content:'Never: '}",
    "after them": "after{content:' for others'}",
    "before them in a row": "before{content:'Never: ';display:block}.n{display:flex}",
}
GRID = '<div style="display:grid;grid-template-columns:140px 60px;grid-auto-rows:30px">{}</div>'
CELL = '<span style="grid-row:{};grid-column:{}">{}</span>'

# fmt: off
CASES = (
    *(Case(f"a name {how}", SWITCH, shown("true", name), "yes") for how, name in WRITTEN.items()),
    *(Case(f"names of neighbours that were mixed up {how}", SWITCH, lines(("Activity status", BARE_ON.format(
        form.format(NAMED))), (NAMED, BARE_OFF.format(form.format("Activity status")))), "no") for how,
        form in SWAPPED.items()),
    *(Case(f"the listed words are {how}", SWITCH, shown("true",
        f'<span style="{style}">{NAMED}</span><span aria-hidden='
        '"true">Public profile</span>'), "no") for how, style in LOOKS.items()),
    Case("a name that begins as it should and stands on nothing", BEGINS, '<div role="radio" aria-checked="true" '
        f'aria-label="{NAMED}">Public profile</div>', "no"),
    Case("a longer name of which only the end is seen", BEGINS, '<div role="radio" aria-checked="true" '
        f'aria-label="{NAMED} (new)">Public profile (new)</div>', "no"),
    told("a name that begins as it should, and is seen", BEGINS, f'<div role="radio" aria-checked="true">{NAMED}</div>',
        "yes"),
    told("a longer name that is seen", BEGINS, f'<div role="radio" aria-checked="true">{NAMED} (new)</div>', "yes"),
    Case("an old name in hiding", SWITCH, f'<span id="l" hidden>{NAMED}</span>' + lines(("Public profile",
        BARE_ON.format('aria-labelledby="l"'))), "no"),
    Case("a name of another row", SWITCH, lines((f'<i id="l">{NAMED}</i>', BARE_OFF.format("")), ("Show my age",
        BARE_ON.format('aria-labelledby="l"'))), "no"),
    Case("an old name, and the new one on it", SWITCH, shown("true", "Public profile", f'aria-label="{NAMED}"'), "no"),
    Case("an old name, and the new one beside it", SWITCH, lines(("Public profile", switch(NAMED, "true"))), "no"),
    Case("an old name, and the new one above it", SWITCH, f"<h3>Anyone can find me</h3><p>{switch(NAMED, 'true')}</p>",
        "no"),
    *(Case(f"words by a style {how}", CHECKBOX, f"<style>.n::{style}</style><div><span class=n>{NAMED}</span>"
        f'<input type=checkbox checked aria-label="{NAMED}"></div>', None) for how, style in STYLED.items()),
    told("a style that writes no words", CHECKBOX, "<style>.n::before{content:'» '}</style><div><span class=n>"
        f'{NAMED}</span><input type=checkbox checked aria-label="{NAMED}"></div>', "yes"),
    told("a style that writes words in a line of their own", CHECKBOX, "<style>.n::before{content:'Privacy';"
        f"display:block}}</style><div class=n><span>{NAMED}</span><input type=checkbox checked "
        f'aria-label="{NAMED}"></div>', "yes"),
    Case("a new name by a style", CHECKBOX, "<style>i{font-size:0;font-style:normal}i::after{content:'Public profile';"
        f"font-size:16px}}</style><label><input type=checkbox checked><i>{NAMED}</i></label>", "no"),
    Case("a new name as a picture", SWITCH, switch(NAMED, "true") + '<svg width="150" height="20"><text y="15">Public '
        "profile</text></svg>", "no"),
    Case("a new name on paint", SWITCH, '<canvas id="c" width="150" height="20"></canvas>' + switch(NAMED, "true")
        + script("c.getContext('2d').fillText('Public profile',5,15)"), "no"),
    Case("a name that is struck out", CHECKBOX, f'<label><input type="checkbox" checked><span style="text-decoration:'
        f'line-through">{NAMED}</span></label> Public profile', "no"),
    Case("a name that is struck out by its element", CHECKBOX, f"<label><input type=checkbox checked><del>{NAMED}</del>"
        "</label> <ins>Public profile</ins>", "no"),
    Case("labels that stand beside each other's box", SWITCH, '<div style="display:flex;width:420px"><label for="a">'
        f"{NAMED}</label>{BY_ID.format('b', '')}<label for=b>Show my age</label>{BY_ID.format('a', 'checked')}</div>",
        "no"),
    Case("two boxes with the same id", SWITCH, f'<label for="a">Show my age</label>{BY_ID.format("a", "checked")}<br>'
        f'<label for="a">{NAMED}</label>{BY_ID.format("a", "")}', None),
    Case("an order that a style changed", SWITCH, '<div style="display:flex;flex-direction:column;width:300px"><label '
        f'for="a" style="order:1">{NAMED}</label>{BY_ID.format("a", "checked style=order:4")}<label for="b" '
        f'style="order:'
        f'3">Show my age</label>{BY_ID.format("b", "style=order:2")}</div>', "no"),
    Case("a button that names what it would do", PRESSED,
        "<p>Your profile is shown to all.</p><button aria-pressed=false>"
        "Hide</button>", "no"),
    Case("a button whose words changed and whose name did not", PRESSED,
        '<button aria-label="Hide" aria-pressed="true">'
        "Show</button>", "no"),
    Case("a rest of a name that is old", STARTS, '<button aria-label="Edit audience. Only me">Everyone</button>', "no"),
    Case("a rest of a name, and a newer word", STARTS, '<button aria-label="Edit audience. Only me">Friends of friends'
        "</button>", None),
    Case("a rest of a name, and a picture of the world", STARTS, '<button aria-label="Edit audience. Only me"><img alt='
        '"Everyone" width=9></button><span>Now: Everyone</span>', "no"),
    Case("a rest of a name that nobody sees", STARTS, '<button>Edit audience.<span style="' + HIDDEN_WORDS
        + '"> Only me'
        '</span><i aria-hidden="true"> Everyone</i></button>', "no"),
    Case("a part that is called what it is not", WITHIN,
        f'<section aria-label="Privacy"><h2>The page of your school</h2>'
        f"{ON}</section><h2>Privacy</h2>{OFF}", "no"),
    Case("a part that is called the same by hidden words", WITHIN, '<h2 id="h" hidden>Privacy</h2><section '
        f'aria-labelledby="h"><h2>Business profile</h2>{ON}</section>', None),
    Case("a row whose word is another's", NEAR, GRID.format(CELL.format(1, 1, "Photos") + CELL.format(2, 2, switch("x",
        "true")) + CELL.format(2, 1, "Videos") + CELL.format(1, 2, switch("y", "false"))), "no"),
    Case("a row whose word is struck out", NEAR, lines(("<s>Photos</s> Public pictures", switch("x", "true"))), None),
    Case("a row whose word is not to be seen", NEAR, lines((
        '<i style="opacity:0">Photos</i><b aria-hidden=true>Videos</b>', switch("x", "true"))), None),
    Case("a column of rows to the right", NEAR, '<div style="display:flex;gap:9px"><span>Photos</span><svg width="50" '
        f'height="20"><text y="15">Videos</text></svg>{switch("x", "true")}</div>', None),
    Case("a choice that is labelled anew", SELECT,
        '<select name="who"><option value="me" label="Everyone" selected>Only '
        'me</option><option value="all">Everyone</select>', "no"),
    Case("a text that is struck out", TEXT, "<p><s id=state>On</s> Off</p>", "no"),
    Case("a text that a style struck out", TEXT, '<p style="text-decoration:line-through"><b id="state">On</b></p>Off',
        "no"),
    Case("a text whose end a style writes", TEXT, "<style>#state::after{content:' until you sign out: now off'}</style>"
        "<p id=state>On</p>", None),
    told("a name on it", SWITCH, OFF, "no"),
    told("a name in a label around it", SWITCH, f'<label>{NAMED} <input type="checkbox" role="switch" checked></label>',
        "yes"),
    told("a name in a label beside it", CHECKBOX, f'<input type="checkbox" id="a"><label for="a">{NAMED}'
    f'</label>', "no"),
    told("a name in the row, by its id", SWITCH, lines((f'<b id="l">{NAMED}</b>', BARE_ON.format(
        'aria-labelledby="l"')), ("<b id=m>Show my age</b>", BARE_OFF.format('aria-labelledby="m"'))), "yes"),
    told("a name for machines, and the same in the row", SWITCH, lines((NAMED, switch(NAMED, "false")), ("Show my age",
        switch("Show my age", "true"))), "no"),
    told("a row", NEAR, lines(("Photos", shown("true", "&nbsp;")), ("Videos", shown("false", "&nbsp;"))), "yes"),
    told("a part by its heading", WITHIN,
        f'<section aria-labelledby="h"><h2 id="h">Privacy</h2>{OFF}</section><section '
        f'aria-label="Page"><h2>Page</h2>{ON}</section>', "no"),
    told("a rest of a name that is shown", STARTS, "<button>Edit audience. <b>Only me</b></button>", "yes"),
    told("a pressed button", PRESSED, '<button aria-pressed="false">Hide</button>', "no"),
    told("words with a picture that says nothing", SWITCH, shown("true", f'<svg width="9" height="9"></svg> {NAMED}'),
        "yes"),
)
