"""No words on a control, beside it, or of it, say the contrary of its state, or that it is not in effect."""

from __future__ import annotations

from tests.support.settings_page import BOX, EXPAND, SELECT, SWITCH
from tests.support.told_pages import CHECKBOX, NOT_TICKED, OFF, ON, TICKED, Case, picture, shown, told

CONTRARY = (
    "Off",
    "Off.",
    "(disabled)",
    "Currently off",
    "Not active",
    "Inactive",
    "Paused",
    "Turned off by your organisation.",
    "Not in effect: your account is a public page.",
    "Starts on 1 December.",
    "Aus",
    "Désactivé",
    "Status: off",
    "Now off",
    "This is off",
    "Off until tomorrow",
    "Preview. This is how the page will look.",
    "Not yet active",
    "It's off",
    "Switched off for your age",
    "Deaktiviert",
    "Private profile is off",
)
BARE = "<span id=n>Private profile</span>"
LABELLED = f'<div style="display:flex">{BARE}<button role=switch aria-checked=true aria-labelledby=n>'
ALSO = (
    "When this is off, anyone can see you.",
    "Default: off",
    "Off by default.",
    "People must ask to follow you.",
    "Turn off to be found by all.",
    "Managed by your school.",
    "Only friends of friends can ask.",
    "We do not sell your data.",
    "If it is not active, you will be asked.",
    "On",
)

CASES = (
    *(
        Case(f"{words!r} beside it", SWITCH, f'<div style="display:flex;gap:9px">{ON}<span>{words}</span></div>', None)
        for words in CONTRARY
    ),
    *(Case(f"{words!r} under it", SWITCH, f"<div>{ON}<p>{words}</p></div>", None) for words in CONTRARY[::2]),
    *(Case(f"{words!r} on it", SWITCH, f"{LABELLED}{words}</button></div>", None) for words in CONTRARY[::2]),
    *(
        Case(
            f"{words!r} on the label of a box",
            CHECKBOX,
            f"{BARE} <label><input type=checkbox checked aria-labelledby=n> <b>{words}</b></label>",
            None,
        )
        for words in CONTRARY[1::2]
    ),
    Case(
        "a word for eyes only", SWITCH, f'<div style="display:flex">{ON}<span aria-hidden=true>Off</span></div>', None
    ),
    Case(
        "a word that a style writes", SWITCH, f'<style>.r::after{{content:"Off"}}</style><div class=r>{ON}</div>', None
    ),
    Case(
        "words of a picture on it",
        SWITCH,
        f'{LABELLED}<img alt="Off" src=p width=20 height=20></button></div>',
        None,
        {"p": picture()},
    ),
    Case("on beside a box that is not ticked", BOX, f"<div>{NOT_TICKED} <b>On</b></div>", None),
    Case("an example", SWITCH, f"<figure>{ON}<figcaption>How the switch looks</figcaption></figure>", None),
    Case(
        "a switch around a box that is not ticked",
        SWITCH,
        "<div role=switch aria-checked=true tabindex=0><input type=checkbox disabled> Private profile</div>",
        "no",
    ),
    Case(
        "a switch beside a box that is not ticked",
        SWITCH,
        f'<div style="display:flex">{ON}<input type=checkbox aria-hidden=true tabindex=-1></div>',
        None,
    ),
    Case(
        "two boxes in one label",
        CHECKBOX,
        "<label>Private profile <input type=checkbox><input type=checkbox checked></label>",
        "yes",
    ),
    Case("a sign against it", CHECKBOX, "<div role=checkbox aria-checked=true aria-labelledby=n>✗</div>" + BARE, None),
    Case(
        "a line elsewhere that says its state", BOX, f"<p>Private profile: Off</p><h2>Change</h2><p>…</p>{TICKED}", None
    ),
    Case(
        "an unfolded part that proposes",
        EXPAND,
        '<button type=button aria-expanded=false onclick="this.ariaExpanded='
        "'true';m.innerHTML='<label><input type=checkbox name=box checked> Private profile</label>'\">More</button><p>"
        "Private profile: Off</p><div id=m></div>",
        None,
    ),
    Case(
        "a list that others have set otherwise",
        SELECT,
        "<div><select name=who disabled><option value=me selected>Only me"
        "<option value=all>Everyone</select><p>Managed by your organisation: Everyone</p></div>",
        None,
    ),
    Case(
        "a name that is the label of another line",
        SWITCH,
        '<div style="height:40px"><span id=n>Private profile</span></div>'
        '<div style="display:flex;gap:9px"><span>Adverts</span><div><button role=switch aria-checked=true '
        "aria-labelledby=n>"
        "&nbsp;</button></div></div>",
        None,
    ),
    *(
        told(f"{words!r} under it, which says nothing against it", SWITCH, f"<div>{ON}<p>{words}</p></div>", "yes")
        for words in ALSO
    ),
    *(
        told(f"{words!r} under a box, which says nothing against it", BOX, f"<div>{TICKED}<p>{words}</p></div>", "yes")
        for words in ALSO
    ),
    told(
        "both words beside it",
        SWITCH,
        f'<div style="display:flex;gap:9px"><span>Off</span>{ON}<span>On</span></div>',
        "yes",
    ),
    told("its own word beside it", SWITCH, f'<div style="display:flex;gap:9px">{OFF}<span>Off</span></div>', "no"),
    told(
        "another setting's word under it",
        SWITCH,
        f'{ON}<div style="margin-top:60px">{shown("false", "Show my age")} Off</div>',
        "yes",
    ),
    told(
        "a box that is called after those who were active",
        BOX,
        "<label><input type=checkbox name=box> Active members may write</label>",
        "no",
    ),
)
