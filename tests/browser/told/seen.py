"""What is read is what a person sees: on the page, not covered, and the only one that fits."""

from __future__ import annotations

from tests.support.settings_page import BOX, NEAR, SELECT, SWITCH, row, switch
from tests.support.told_pages import (
    NOT_TICKED,
    OFF,
    ON,
    TEXT,
    TICKED,
    Case,
    closed,
    draws,
    opened,
    script,
    shown,
    told,
)

NEW = "<p>Private profile <b>off</b> <i>Change</i></p>"
COVER = '<div style="position:absolute;inset:0;background:white;{}">' + NEW + "</div>"
LID = '<div style="position:relative">' + ON + COVER + "</div>"
DRAWN = "<style>.s{position:relative}.s input{opacity:0}.s b{position:absolute;left:0;background:#ddd}</style>"
OLD_STYLES = {
    "invisible": "visibility:hidden",
    "transparent": "opacity:0",
    "nearly transparent": "opacity:.01",
    "transparent by a filter": "filter:opacity(0)",
    "masked away": "mask:linear-gradient(transparent,transparent)",
    "far to the left": "position:absolute;left:-9999px",
    "far above": "position:absolute;top:-500px",
    "made small": "transform:scale(0)",
    "made very small": "zoom:0.01",
    "turned away": "transform:rotateY(90deg)",
    "turned with its back to us": "transform:rotateY(180deg);backface-visibility:hidden",
    "in no room": "height:0;overflow:hidden",
    "clipped": "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)",
    "clipped the old way": "position:absolute;clip:rect(0,0,0,0)",
    "slid out of its frame": "width:200px;overflow:hidden;text-indent:300px;white-space:nowrap",
    "left out by the browser": "content-visibility:hidden",
    "behind the page": "position:relative;z-index:-1",
    "not shown at this width": "display:none",
}
SIDE = '<div style="background:white;min-height:300px"><div style="{}">' + ON + "</div>" + NEW + "</div>"
LIES = {
    "where the box is ticked": "Object.defineProperty(HTMLInputElement.prototype,'checked',{get:()=>true});",
    "what an attribute says": "const g=Element.prototype.getAttribute;"
    "Element.prototype.getAttribute=function(n){return "
    "n=='aria-checked'?'true':g.call(this,n)};",
    "what lies on top": "document.elementFromPoint=()=>document.querySelector('[role=switch]');document."
    "elementsFromPoint=()=>[document.querySelector('[role=switch]')];Document.prototype.elementFromPoint=document."
    "elementFromPoint;",
    "how wide things are": "Element.prototype.getBoundingClientRect=()=>({x:9,y:9,left:9,top:9,right:99,bottom:39,"
    "width:"
    "90,height:30});",
    "how things look": "window.getComputedStyle=()=>({opacity:'1',visibility:'visible',display:'block',"
    "getPropertyValue:()=>'1'});",
}

# fmt: off
CASES = (
    *(Case(f"an old switch that is {how}", SWITCH, SIDE.format(style), "no") for how, style in OLD_STYLES.items()),
    Case("a script that lies about where the box is ticked", BOX, NOT_TICKED + script(LIES["where the box is ticked"]),
        "no"),
    Case("a script that lies about what an attribute says", SWITCH, OFF + script(LIES["what an attribute says"]), "no"),
    Case("a script that lies about what lies on top", SWITCH, LID.format("") + script(LIES["what lies on top"]), "no"),
    Case("a script that lies about how wide things are", SWITCH, SIDE.format("height:0;overflow:hidden") + script(LIES[
        "how wide things are"]), "no"),
    Case("a script that lies about how things look", SWITCH, SIDE.format("opacity:0") + script(LIES["how things look"]),
        "no"),
    Case("a lid", SWITCH, LID.format(""), "no"),
    Case("a lid that lets the mouse through", SWITCH, LID.format("pointer-events:none"), "no"),
    Case("a lid that is not an element", SWITCH, "<style>.l{position:relative}.l::after{position:absolute;inset:0;"
        "background:white;content:'Private profile: off'}</style><div class=l>" + ON + "</div>", "no"),
    Case("a lid in a closed shadow root", SWITCH,
        f'<div style="position:relative;height:40px">{ON}<div style="position:'
        'absolute;inset:0">' + closed(f'<div style="background:white;height:40px;overflow:hidden">{NEW}</div>')
        + "</div></div>", "no"),
    Case("a picture on top", SWITCH, f'<div style="position:relative">{ON}<canvas id="c" width="200" height="40" style='
        '"position:absolute;left:0;top:0"></canvas></div>' + script("const x=c.getContext('2d');x.fillStyle='white';"
        "x.fillRect(0,0,200,40);x.fillStyle='red';x.fillText('Private profile: off',9,20)"), "no"),
    Case("a head that stays where it is and never leaves", SWITCH, '<div style="position:absolute;top:0;left:0">' + ON
        + '</div><header style="position:fixed;inset:0 0 auto 0;height:90px;background:white">' + NEW + "</header>",
        "no"),
    Case("a fold that is shut", SWITCH, f"<details><summary>Earlier design</summary>{ON}</details>{NEW}", "no"),
    Case("a dialog that is shut", SWITCH, f"<dialog>{ON}</dialog>{NEW}", "no"),
    Case("a card that is not up", BOX, f"<div popover>{TICKED}</div>{NEW}", "no"),
    Case("a part that cannot be reached", SWITCH, f'<div inert style="opacity:.05">{ON}</div>{NEW}', "no"),
    Case("an old form in hiding, and a new one", BOX,
        f"<form hidden>{TICKED}</form><label><input type=checkbox name=box_2> Private profile</label>", "no"),
    Case("a box for paper only", BOX, "<style>@media screen{.p{display:none}}</style><div class=p>" + TICKED + "</div>"
        + NEW, "no"),
    Case("round buttons in hiding, and drawn ones", SELECT, "<div hidden><input type=radio name=who value=me checked>"
        "<input type=radio name=who value=all></div><div role=radiogroup aria-label=Who><span role=radio aria-checked="
        "false>Only me</span> <span role=radio aria-checked=true>● Everyone</span></div>", "no"),
    Case("round buttons of two forms", SELECT, "<form><h2>Your page</h2><label><input type=radio name=who value=me "
        "checked>Only me</label></form><form><h2>You</h2><label><input type=radio name=who value=me>Only me</label>"
        "</form>", None),
    Case("a list in hiding, and a drawn one", SELECT, '<select name=who style="position:absolute;opacity:0;height:1px;'
        'width:1px"><option value=me selected>Only me<option value=all>Everyone</select><div role=combobox aria-label='
        '"Who">Everyone ▾</div>', "no"),
    Case("a choice that was never made", SELECT, "<select name=who><option value=me disabled selected hidden>Choose…"
        "<option value=me>Only me<option value=all>Everyone</select>", None),
    Case("a value that stands there twice", SELECT,
        "<select name=who><option value=me>Only me<option value=me selected>Everyone</select>", "no"),
    Case("a list of proposals", SELECT, "<input list=l name=who value=all><datalist id=l><option value=me></datalist>",
        None),
    Case("the true one in a closed shadow root", SWITCH, f'<div style="opacity:0">{ON}</div>' + closed(OFF), "no"),
    Case("another one in a closed shadow root", SWITCH, ON + closed(OFF), None),
    Case("another one in an open shadow root", SWITCH, ON + opened(OFF), None),
    Case("another one in a frame", SWITCH, ON
        + '<iframe srcdoc="<button role=switch aria-checked=false>Private profile</button>"></iframe>', None),
    Case("another box in a frame", BOX, TICKED + '<iframe srcdoc="<input type=checkbox name=box>"></iframe>', None),
    Case("another one in a frame of the same site", SWITCH, ON + '<iframe src="f"></iframe>', None, {"f": OFF}),
    Case("the row's true one in a closed shadow root", NEAR, row("Photos", switch("x", "true")) + "<h2>Who can see</h2>"
        + closed("<label>Photos <input type=checkbox role=switch></label>"), "no"),
    Case("a banner's switch, and the true one in a frame", SWITCH,
        f'<div role="dialog" aria-label="Cookies">{OFF}</div>'
        '<iframe srcdoc="<label>Private profile <input type=checkbox role=switch checked></label>"></iframe>', "yes"),
    Case("an element that means something else than it says", SWITCH, '<x-s role="switch" aria-checked="true">Private '
        "profile</x-s>" + script("customElements.define('x-s',class extends HTMLElement{connectedCallback(){this."
        "removeAttribute('role');const i=this.attachInternals();i.role='switch';i.ariaChecked='false'}})"), None),
    Case("a drawn switch that has a state of its own", BOX, DRAWN + "<label class=s><input type=checkbox name=box "
        "checked><b aria-hidden=true>OFF</b></label> Private profile", "no"),
    Case("a box whose look a style makes up", BOX,
        "<style>input{appearance:none}input::before{content:'Off'}</style>" + TICKED, "no"),
    *(Case(f"a switch that says {said!r}", SWITCH, shown(said), None) for said in ("mixed", "", "TRUE", "True", "1",
        "yes", " true ")),
    Case("a switch that is pressed", SWITCH, "<button role=switch aria-pressed=true>Private profile</button>", None),
    Case("a box in capital letters", BOX, "<label><INPUT TYPE=CHECKBOX NAME=box CHECKED> Private profile</label>",
        "yes"),
    Case("a text of which a part is transparent", TEXT,
        '<p id="state"><span style="opacity:0;position:absolute">On</span></p>' + closed("Off"), "no"),
    Case("a text that a style replaced", TEXT,
        "<style>#state{font-size:0}#state::after{content:'Off';font-size:16px}</style><p id=state>On</p>", "no"),
    Case("a text that was moved out", TEXT, '<p id="state" style="text-indent:-999px;overflow:hidden">On</p><p>Off</p>',
        "no"),
    Case("a text in the colour of the page", TEXT, '<p id="state" style="color:transparent">On</p><p>Off</p>', "no"),
    told("far below", SWITCH, f'<div style="height:4000px">Long</div>{OFF}', "no"),
    told("in a box that scrolls", SWITCH,
        f'<main style="height:200px;overflow:auto"><p style="height:900px">Long</p>{ON}</main>', "yes"),
    told("in a page that scrolls sideways", BOX, f'<div style="width:3000px;text-align:right">{NOT_TICKED}'
    f'</div>', "no"),
    told("in an open fold", SWITCH, f"<details open><summary>Privacy</summary>{ON}</details>", "yes"),
    told("in an open shadow root", SWITCH, opened(OFF), "no"),
    told("with an old one that is not there for anybody", SWITCH, f'<div style="display:none">{ON}</div>{OFF}', "no"),
    told("under a head that stays where it is", SWITCH, '<header style="position:sticky;top:0;height:80px;background:'
        f'white">Menu</header><div style="height:2000px"></div>{ON}<div style="height:2000px"></div>', "yes"),
    told("left out until it is near", SWITCH,
        '<div style="height:3000px"></div><section style="content-visibility:auto">' + OFF + "</section>", "no"),
    told("drawn by a script in parts", SWITCH, "<div id=d></div>" + script(draws("<h1>Privacy</h1>", "d") + draws(ON,
        "d")), "yes"),
)
