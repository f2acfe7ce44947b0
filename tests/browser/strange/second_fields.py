"""More pages of the kinds that a second stranger found about fields, and harmless ones that look like them."""

from __future__ import annotations

from tests.browser.strange.scenes import CHOICE, LIST, ONLY_ME, beside, section, under
from tests.browser.strange.second_look import MASTER, ROUND, over_words, ways
from tests.support.settings_page import BOX, SELECT, SWITCH
from tests.support.told_pages import (
    CHECKBOX,
    NOT_TICKED,
    OFF,
    ON,
    TICKED,
    TICKS,
    Case,
    asks,
    draws,
    lines,
    plain,
    script,
    shown,
    told,
)

WHO = SELECT | {"find": {"role": "combobox", "name": ["Who can see you"]}}
BARE = "<label><input type=checkbox {}> Private profile</label>"
TICKS_ANY = "document.querySelector('[type=checkbox]').checked=true;"
TWO_WAYS = (
    "<fieldset><legend>Who can see you</legend><label><input type=radio name=w value=all {}>Everyone</label><label>"
    "<input type=radio name=w value=me {}>Only me</label></fieldset>"
)
DRAWN_BOX = draws("<label><input type=checkbox name=late> Private profile</label>")
PRESSED_ME = ONLY_ME | {"find": {"role": "button", "name": ["Only me"]}}


def row_of(*states: str) -> str:
    """Return an own round button for each of these states, in no group."""
    names = ("Everyone", "Only me")
    return "".join(f"<div role=radio aria-checked={a} tabindex=0>{b}</div>" for a, b in zip(states, names, strict=True))


def indented(first: str, last: str, px: int = 40) -> str:
    """Return two controls, of which the second stands farther to the right."""
    return f'<div>{first}</div><div style="padding-left:{px}px">{last}</div>'


# fmt: off
CHANGED = (
    Case("a box without a name, which a script ticked", CHECKBOX, BARE.format("") + script(TICKS_ANY), "no"),
    Case("a box without a name, which a script ticked and said to have been so", CHECKBOX, BARE.format("")
          + script(TICKS_ANY.replace(".checked", ".defaultChecked")), "no"),
    Case("a box with an id alone, which a script ticked", CHECKBOX, BARE.format("id=p") + script(TICKS_ANY), "no"),
    Case("a box that is ticked by its attribute, found by its name", CHECKBOX, NOT_TICKED
          + script("document.querySelector('[name=box]').setAttribute('checked','')"), "no"),
    Case("a box of a draft that the browser kept", CHECKBOX, NOT_TICKED
          + script("localStorage.d='1';if(localStorage.d)" + TICKS), "no"),
    Case("a round button of another group that a script chose", SWITCH | {"find": ROUND}, TWO_WAYS.format("checked",
          "") + script("document.querySelector('[value=me]').setAttribute('checked','')"), "no"),
    Case("a list without a name in which a script chose", WHO, f"<label>Who can see you {CHOICE}</label>".replace(
          " name=who", "").replace(" selected", "") + script("document.querySelector('select').value='me'"), "no"),
    Case("a switch whose hidden field in it says otherwise", SWITCH,
          "<div role=switch aria-checked=true tabindex=0>Private profile<input type=hidden name=p value=false></div>",
          None),
    Case("a switch after its hidden field of a number", SWITCH, f"<form><input type=hidden name=p value=0>{ON}</form>",
          None),
    Case("a switch before its hidden box", SWITCH, f"<div>{ON}<input type=checkbox aria-hidden=true tabindex=-1 "
          "style='position:absolute;opacity:0;pointer-events:none'></div>", None),
    Case("an own box whose hidden field says otherwise", CHECKBOX, "<form><div role=checkbox aria-checked=true "
          "tabindex=0>✓ Private profile</div><input type=hidden name=p value=off></form>", None),
)
CHANGED_TOLD = (
    told("a box that is found by its name and as it was sent", CHECKBOX, TICKED, "yes"),
    told("a box without a name, as it was sent", CHECKBOX, BARE.format("checked"), "yes"),
    told("boxes without names, as they were sent", CHECKBOX, "<label><input type=checkbox> Photos</label>"
         + BARE.format("checked") + script("0"), "yes"),
    told("a box that a script draws of data", CHECKBOX, asks("q", DRAWN_BOX
         + "document.querySelector('[name=late]').checked=JSON.parse(t);"), "yes", {"q": plain("true")}),
    told("a box without a name that a script draws of data, and another field", CHECKBOX,
         "<input type=search aria-label=Search>" + asks("q", draws(BARE.format("")) + TICKS_ANY), "yes",
         {"q": plain("true")}),
    told("a list that a script fills with data", WHO, "<label>Who can see you <select name=who></select></label>"
         + asks("q", draws("<option value=all>Everyone<option value=me>Only me", "document.querySelector('select')")
                + "document.querySelector('select').value=t;"), "yes", {"q": plain("me")}),
    told("a box in a part that has its name", CHECKBOX, "<div id=late></div>" + asks("q", DRAWN_BOX.replace(
         "document.body", "late", 1) + "document.querySelector('[name=late]').checked=true;"), "yes", {"q": plain("")}),
    told("round buttons, found by a name", SWITCH | {"find": ROUND}, TWO_WAYS.format("", "checked"), "yes"),
    told("a list, found by its name", WHO, LIST, "yes"),
    told("a list without a name, as it was sent", WHO, LIST.replace(" name=who", ""), "yes"),
    told("a switch whose hidden field agrees", SWITCH, f"<form method=post>{ON}<input type=hidden name=p value=on>"
         "<input type=hidden name=token value=f81a></form>", "yes"),
    told("a switch that sends what it would be", SWITCH, "<form method=post><input type=hidden name=p value=false>"
         + ON.replace('type="button"', "") + "</form>", "yes"),
    told("a switch in a form that says its page", SWITCH, "<form method=post><input type=hidden name=page value=1>"
         f"<p>Your profile</p><p>{OFF}</p></form>", "no"),
    told("a box with a hidden twin, found by its name", CHECKBOX, f"<input type=hidden name=box value=0>{TICKED}",
         "yes"),
    told("a switch and the hidden field of another row", SWITCH,
         "<form>" + lines(("Profile", ON), ("Photos", shown("false", "Hide photos")
                                            + "<input type=hidden name=q value=off>")) + "</form>", "yes"),
)

OVER = (
    Case("a switch under a round button that is not chosen, without a part of its own", SWITCH,
          "<fieldset><legend>Privacy</legend><div><label><input type=radio name=m checked>Let everybody see all</label>"
          "</div><div><label><input type=radio name=m>Let me choose</label></div><div style='margin-left:24px'>"
          f"{ON}</div></fieldset>", None),
    Case("a switch under an own round button that is not chosen", SWITCH, "<div role=radiogroup aria-label=Privacy>"
          "<div><div role=radio aria-checked=true tabindex=0>Let everybody see all</div></div><div><div role=radio "
          f"aria-checked=false tabindex=0>Let me choose</div><p>{ON}</p></div></div>", None),
    Case("a switch farther right under a box that is not ticked", SWITCH, indented(
          f"<label><input type=checkbox> {MASTER}</label>", ON, 24), None),
    Case("a list farther right under a switch that is off", SELECT, indented(shown("false", MASTER), LIST), None),
    Case("the second of two farther right under a box that is not ticked", SWITCH, indented(
          f"<label><input type=checkbox> {MASTER}</label>", f"<p>{shown('true', 'Hide photos')}</p><p>{ON}</p>"), None),
    Case("a box in a list under a box that is not ticked", BOX, f"<label><input type=checkbox> {MASTER}</label>"
          f"<ul><li>{TICKED}</ul>", None),
    Case("a group that is named by the words of a box that is not ticked", SWITCH, "<p><input type=checkbox id=m>"
          f"<label for=m id=l>{MASTER}</label></p><div role=group aria-labelledby=l>{section('')}</div>", None),
    Case("the head of a card in bold, with a switch that is off", SWITCH, "<div><div style='display:flex;"
          f"font-weight:bold'><span>Privacy controls</span>{shown('false', MASTER)}</div><div>{section('')}</div>"
          "</div>", None),
    Case("a heading: organisation defaults", SWITCH, f"<h2>Organisation defaults</h2>{ON}", None),
    Case("a heading: default settings of your school", SWITCH, f"<h2>School default settings</h2>{ON}", None),
    Case("a heading: defaults of new members", SWITCH, f"<h2>Defaults for members</h2>{ON}", None),
)
OVER_TOLD = (
    told("a box under a round button that is chosen", BOX,
         ways(TICKED).replace(" checked>", ">", 1).replace("value=b", "value=b checked"), "yes"),
    told("a box under a group of round buttons", BOX, ways("") + f"<p>{TICKED}</p>", "yes"),
    told("a box in the line of a round button that is not chosen", BOX, "<div><label><input type=radio name=m checked>"
         "ann@example.org</label> <label><input type=checkbox> Show</label></div><div><label><input type=radio name=m>"
         f"a@example.org</label> {TICKED}</div>", "yes"),
    told("a switch under one that is on and controls it", SWITCH,
         f"<div>{shown('true', MASTER, 'aria-controls=sub')}</div><div id=sub>{section('')}</div>", "yes"),
    told("a switch farther right under one that is on", SWITCH, indented(shown("true", MASTER), ON), "yes"),
    told("a switch farther right under one that is off, in a part with a heading", SWITCH, indented(
         shown("false", "Newsletter"), f"<h3>Privacy</h3>{ON}"), "yes"),
    told("a card under a box that is not ticked", SWITCH, "<p><label><input type=checkbox> Newsletter</label></p>"
         f"<div style='border:1px solid;padding:20px'>{ON}</div>", "yes"),
    told("rows in the middle, of which one is off", SWITCH, f"<div style='text-align:center'><p>Show my age to "
         f"everybody {shown('false', 'Show my age')}</p><p>{ON}</p></div>", "yes"),
    told("cards in two columns", SWITCH, "<div style='display:grid;grid-template-columns:200px 200px'>"
         f"<p>{shown('false', 'Photos')}</p><p>{shown('true', 'Videos')}</p><p>{shown('false', 'Age')}</p><p>{ON}</p>"
         "</div>", "yes"),
    told("rows whose names are of two lengths", SWITCH, lines(("Age", shown("false", "Show my age")),
         ("Whether others find the profile", ON)), "yes"),
    told("a card of rows, of which the first is off", SWITCH, "<div style='border:1px solid'><div style='display:flex'>"
         f"<span>Show my age</span>{shown('false', 'Age')}</div><div style='display:flex'><span>Profile</span>{ON}"
         "</div></div>", "yes"),
    told("a switch that is off and controls another part", SWITCH, f"<p>{shown('false', 'Chat', 'aria-controls=c')}</p>"
         f"<div id=c>Chat</div>{ON}", "yes"),
    *(told(f"under {head}", SWITCH, f"<h2>{head}</h2>{ON}", "yes") for head in (
        "Default audience", "Workspace", "Posting defaults", "Your defaults", "Privacy at your school")),
)

BESIDE = (
    Case("the description that a switch has in an attribute", SWITCH, "<div>"
          + shown("true", more='aria-description="Overridden by your school"') + "</div>", None),
    Case("the title of what holds the switch", SWITCH, f'<p><span title="Paused until 5 May">{ON}</span></p>', None),
    Case("the title of the label of a box", BOX, TICKED.replace("<label", '<label title="Paused until 5 May"'), None),
    Case("the title of a list", SELECT,
          "<div>" + LIST.replace("<select", '<select title="Overridden by your school"') + "</div>", None),
    Case("a picture of a button that would turn it on", SWITCH,
          f'<form method=post><div>{ON} <input type=image src="" alt="Turn on" width=60 height=20></div></form>', None),
    Case("a button that would turn it on, with a sign", SWITCH,
          beside(ON, '<button type=button aria-label="Turn on">▶</button>'), None),
    Case("a word by two pieces of a style", SWITCH, '<style>.s::after{content:"Of" "f"}</style>'
          f"<div>{ON} <span class=s></span></div>", None),
    Case("a word by the quotes of a style", SWITCH, '<style>.s{quotes:"Off" ""}.s::after{content:open-quote}</style>'
          f"<div>{ON} <span class=s></span></div>", None),
    Case("a word by the line of a list that counts so", SWITCH,
          '<style>@counter-style st{system:cyclic;symbols:"Off";suffix:" "}</style>'
          f"<ul style='list-style-type:st'><li>{ON}</ul>", None),
    *(Case(f"{words!r} under it", SWITCH, under(ON, words), None) for words in (
        "Applies from 5 December", "Resumes on Monday", "Overwritten by your school", "Revoked by your administrator")),
)
BESIDE_TOLD = (
    *(told(f"a switch with the title {words!r}", SWITCH, "<div>" + shown("true", more=f'title="{words}"') + "</div>",
           "yes") for words in ("Private profile", "On/off", "Turn on or off", "Click to turn off", "Turn off",
                                "Managed by your school", "Hides your profile from people you do not know")),
    told("a button of the older kind that would turn it off", SWITCH,
         f'<form method=post><div>{ON} <input type=submit value="Turn off"></div></form>', "yes"),
    told("a button of the older kind that saves", SWITCH,
         f'<form method=post><div>{ON} <input type=submit value="Save"></div></form>', "yes"),
    told("a number by the counter of a style", SWITCH,
         "<style>.s{counter-reset:x 1}.s::after{content:counter(x)}</style>" + f"<div>{ON} <span class=s></span></div>",
         "yes"),
    told("a sign by the counter of a style", SWITCH,
         '<style>@counter-style th{system:cyclic;symbols:"👍"}.s::after{content:counter(x,th)}</style>'
         f"<div>{ON} <span class=s></span></div>", "yes"),
    told("a picture by a style, with words for those who do not see it", SWITCH,
         '<style>.s::after{content:linear-gradient(red,red) / "Off";display:inline-block;width:9px;height:9px}</style>'
         f"<div>{ON} <span class=s></span></div>", "yes"),
    told("a line of a list with a sign of its own", SWITCH, f"<ul style='list-style-type:square'><li>{ON}</ul>", "yes"),
    *(told(f"{words!r} under it", SWITCH, under(ON, words), "yes") for words in (
        "Set by your school", "Last changed on 5 December", "Followers on 5 December", "Approved by you",
        "Pass by your school")),
)

TWINS = (
    Case("two own round buttons that are chosen, each in a part of its own", SWITCH | {"find": ROUND},
          "<ul><li><span role=radio aria-checked=true tabindex=0>Everyone</span><li><span role=radio aria-checked=true>"
          "Only me</span></ul>", None),
    Case("two round buttons without names that are chosen", SWITCH | {"find": ROUND},
          "<p><label><input type=radio checked>Everyone</label><label><input type=radio checked>Only me</label></p>",
          None),
    Case("a switch with the mark of one that is not chosen", SWITCH, shown("true", more="data-unchecked"), None),
    Case("a switch whose state is given as false", SWITCH, shown("true", more="data-checked=false"), None),
    Case("a switch that says two states for readers", SWITCH, shown("true", more="aria-pressed=false"), None),
    Case("a switch whose knob says that it is off", SWITCH, shown("true", "Private profile "
          "<span data-state=unchecked>·</span>"), None),
)
TWINS_TOLD = (
    told("own round buttons in no group", SWITCH | {"find": ROUND}, f"<div>{row_of('false', 'true')}</div>", "yes"),
    told("own round buttons in no group, row by row", SWITCH | {"find": ROUND},
         "<div><p>Photos</p><span role=radio aria-checked=true>Friends</span> <span role=radio aria-checked=false>All"
         f"</span></div><div>{row_of('false', 'true')}</div>", "yes"),
    told("own round buttons under headings", SWITCH | {"find": ROUND},
         "<h3>Photos</h3><p role=radio aria-checked=true>Friends</p><p role=radio aria-checked=false>All</p>"
         f"<h3>Profile</h3>{row_of('false', 'true')}", "yes"),
    told("a button of a bar that stays down", PRESSED_ME, "<div role=toolbar aria-label=Audience><button "
         "aria-pressed=false>Everyone</button><button aria-pressed=true>Only me</button></div>", "yes"),
    told("a switch that a component says is on", SWITCH, shown("true", more="data-state=checked data-checked"), "yes"),
    told("a switch that a component says is off", SWITCH, shown("false", more="data-state=unchecked data-unchecked"),
         "no"),
    told("a switch with a tip that is closed", SWITCH, shown("true", more="data-state=closed"), "yes"),
)

UNSEEN = tuple(
    Case(f"a list over words, its own with {style}", SELECT, over_words(style), None)
    for style in (
        "padding-left:300px;appearance:none",
        "text-indent:100%;appearance:none",
        "font:0/0 a",
        "-webkit-text-fill-color:rgb(0 0 0/.05)",
    )
)
UNSEEN_TOLD = tuple(
    told(f"a list with {style}", SELECT, LIST.replace("<select", f'<select style="{style}"'), "yes")
    for style in (
        "text-indent:10px",
        "font-size:11px",
        "-webkit-text-fill-color:#333",
        "padding:6px 24px 6px 12px;appearance:none;width:160px",
        "color:#fff;background:#004",
    )
)
# fmt: on

FURTHER = {"changed": CHANGED, "over": OVER, "beside": BESIDE, "twins": TWINS, "unseen": UNSEEN}
HARMLESS = {
    "changed": CHANGED_TOLD,
    "over": OVER_TOLD,
    "beside": BESIDE_TOLD,
    "twins": TWINS_TOLD,
    "unseen": UNSEEN_TOLD,
}
