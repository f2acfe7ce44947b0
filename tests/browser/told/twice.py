"""A value that is read again, after the last page was read, is the same.

One page in a dozen takes long, so that there is a second reading late enough, also where a dozen is read at a time.
"""

from __future__ import annotations

import json

from tests.support.settings_page import BOX, COUNT, JSON, SELECT, SWITCH
from tests.support.site import Turns
from tests.support.told_pages import (
    OFF,
    ON,
    SWITCHES_OFF,
    SWITCHES_TO,
    TEXT,
    TICKED,
    UNTICKS,
    Case,
    after,
    asks,
    data,
    draws,
    plain,
    script,
    told,
)

FLICKERS = (
    "setInterval(()=>{const s=document.querySelector('[role=switch]');s.ariaChecked=String(s.ariaChecked!='true')},"
)
HIDDEN, SHOWN = data({"privacy": {"hidden": True}}), data({"privacy": {"hidden": False}})
SLOW = {"q": plain("false", 6.5)}
POLLS = "setInterval(()=>fetch('api'),{})"

# fmt: off
CASES = (
    *(Case(f"a switch that goes off after {ms} ms", SWITCH, ON + after(ms, SWITCHES_OFF), "no") for ms in (1200, 2500,
        4000, 5200)),
    *(Case(f"a switch that flickers every {ms} ms", SWITCH, ON + script(f"{FLICKERS}{ms})"), None) for ms in (200, 700,
        1300)),
    Case("a box that flickers", BOX, TICKED + script("setInterval(()=>{const b=document.querySelector('[name=box]');"
        "b.checked=!b.checked},600)"), None),
    Case("a text that flickers", TEXT, "<p id=state>On</p>" + script("setInterval(()=>{state.textContent=state."
        "textContent=='On'?'Off':'On'},500)"), None),
    Case("a switch that is drawn anew and goes off", SWITCH, ON + after(2800, "document.querySelector('[role=switch]')."
        "outerHTML=" + json.dumps(OFF)), "no"),
    Case("a switch whose part of the page is put in anew", SWITCH, f"<main>{ON}</main>" + after(3300, "document."
        "querySelector('main').innerHTML=" + json.dumps(OFF)), "no"),
    Case("a box that goes off late", BOX, TICKED + after(3000, UNTICKS), "yes"),
    Case("a drawn box that goes off late", BOX, "<div id=d></div>" + script(draws(TICKED, "d")) + after(3000, UNTICKS),
        "no"),
    Case("a text that changes late", TEXT, "<p id=state>On</p>" + after(3500, "state.textContent='Off'"), "no"),
    Case("a drawn choice that changes late", SELECT, "<div id=d></div>" + script(draws(
        "<select name=who><option value=me>"
        "Only me<option value=all>Everyone</select>", "d")) + after(3000,
        "document.querySelector('select').value='all'"), "no"),
    Case("a page that takes long, so that the others wait", SWITCH, ON + asks("q", SWITCHES_TO), "no", SLOW),
    Case("a count that grows late", COUNT, "<h3>Signed in on a laptop</h3>" + after(3000, draws("<h3>Signed in on a "
        "phone</h3>")), "no"),
    Case("a reply that is another one later", JSON, script(POLLS.format(2500) + ";fetch('api')"), "no", {"api": Turns((
        HIDDEN, SHOWN))}),
    Case("a switch that is gone later", SWITCH, ON + after(3000, "document.querySelector('[role=switch]').remove()"),
        None),
    Case("another switch comes later", SWITCH, ON + after(3000, draws(OFF)), None),
    Case("a name that changes later", SWITCH, ON + after(3000, "document.querySelector('[role=switch]').textContent="
        "'Public profile'"), None),
    Case("a lid that comes later", SWITCH, ON + after(3000, draws(
        '<div style="position:fixed;inset:0;background:white">'
        "Private profile: off</div>")), "no"),
    Case("a switch that reacts to being looked at", SWITCH, ON + script(
        "document.querySelector('[role=switch]').onfocus="
        "()=>{" + SWITCHES_OFF + "}"), "yes"),
    Case("a page that another tab would tell to change", SWITCH, ON + script("addEventListener('storage',e=>{if(e.key=="
        "'told-twice'){" + SWITCHES_OFF + "}})"), "yes"),
    Case("the tab that tells it", TEXT, "<p id=state>On</p>" + after(2500,
        "localStorage.setItem('told-twice',Date.now())"), "yes"),
    told("a page that asks again and hears the same", JSON, script("fetch('api');setTimeout(()=>fetch('api'),700)"),
        "no", {"api": SHOWN}),
    told("a page that changes elsewhere", SWITCH, OFF + "<p id=h></p>" + after(2000, "h.textContent='3 new messages'"),
        "no"),
    Case("another page that takes long", SWITCH, ON + asks("q", SWITCHES_TO), "no", SLOW),
)
