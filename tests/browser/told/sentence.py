"""A sentence counts where it says how things are: not as the label of a choice, nor as a part of another sentence.

And the words that a control is found by are those beside which it stands on the screen, not in the document.
"""

from __future__ import annotations

from tests.support.settings_page import NEAR, SENTENCE
from tests.support.told_pages import TEXT, Case, shown, told

SAID = "Nobody can find you."
NOT_CHOSEN = {
    "a radio": f"<label><input type=radio name=a> {SAID}</label><label><input type=radio name=a checked> All</label>",
    "a box, and stands in a paragraph": f"<label><input type=checkbox name=a><p>{SAID}</p></label>",
    "a box in the cell beside it": f"<table><tr><td><input type=checkbox name=a><td>{SAID}</table>",
    "a radio with a role": f"<div role=radio aria-checked=false tabindex=0>{SAID}</div>",
    "a line of a list to choose from": f"<ul role=listbox><li role=option aria-selected=false>{SAID}</ul>",
    "a line of a menu": f"<ul role=menu><li role=menuitemradio aria-checked=false>{SAID}</ul>",
    "a button that is not pressed": f"<button type=button aria-pressed=false>{SAID}</button>",
    "a tab": f"<div role=tablist><div role=tab aria-selected=false>{SAID}</div></div>",
    "a button that would set it": f"<button type=button>{SAID}</button>",
    "a box that would set it": f'<div onclick="0" style="cursor:pointer">{SAID}</div>',
    "a switch that is off": f'<div style="display:flex;gap:9px"><span>{SAID}</span>{shown("false", "Hide")}</div>',
}
PARTS = {
    "of a denial": f"<p>It is not true that <b>{SAID}</b></p>",
    "of a quotation": f"<blockquote>{SAID}</blockquote>",
    "of an example": f"<figure>{SAID}<figcaption>An example</figcaption></figure>",
}
ROWS = (
    '<style>.r{{display:flex;height:40px;gap:9px}}{}</style><main><div class="r a"><span class=w>Photos</span>'
    + shown("true", "")
    + '</div><div class="r b"><span class=w>Videos</span>'
    + shown("false", "")
    + "</div></main>"
)
MOVED = {
    "switches in one another's place": ".a [role=switch]{position:relative;top:40px}"
    ".b [role=switch]{position:relative;top:-40px}",
    "words in one another's place": ".a .w{position:relative;top:40px}.b .w{position:relative;top:-40px}",
    "switches that are moved over": ".a [role=switch]{translate:0 40px}.b [role=switch]{translate:0 -40px}",
    "a grid that has switches in other rows": "main{display:grid;grid-template-columns:90px 90px;grid-auto-rows:40px}"
    ".r{display:contents}.a .w{grid-area:1/1}.b .w{grid-area:2/1}.a [role=switch]{grid-area:2/2}"
    ".b [role=switch]{grid-area:1/2}",
}

# fmt: off
CASES = (
    *(Case(f"a sentence that is the label of {what}", SENTENCE, html, None) for what, html in NOT_CHOSEN.items()),
    *(Case(f"a sentence that is a part {what}", SENTENCE, html, None) for what, html in PARTS.items()),
    *(Case(f"{what}", NEAR, ROWS.format(style), "no") for what, style in MOVED.items()),
    Case("a word that goes on", TEXT, "<p><span id=state>On</span>ly for my friends</p>", None),
    told("a sentence", SENTENCE, f"<p>{SAID}</p>", "yes"),
    told("a sentence with a link below", SENTENCE, f"<div><p>{SAID}</p><a href=x>Change</a></div>", "yes"),
    told("a word that stands in a line", TEXT, "<p>State: <span id=state>On</span>.</p>", "yes"),
    told("rows as they stand", NEAR, ROWS.format(""), "yes"),
)
