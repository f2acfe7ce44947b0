"""Pages that do not come to an end, or ask something of whoever opens them: read in time, or not told in time."""

from __future__ import annotations

from tests.support.settings_page import BOX, JSON, SWITCH
from tests.support.site import Stream
from tests.support.told_pages import (
    NOT_TICKED,
    OFF,
    ON,
    SWITCHES_OFF,
    TICKED,
    TICKS,
    Case,
    asks,
    plain,
    program,
    script,
    told,
)

BELOW = '<div style="height:6000px"></div>'
FRAME = BELOW + '<iframe loading="lazy" src="f"></iframe>'
TELLS = f"<script>parent.{SWITCHES_OFF}</script>"
FOR_EVER = Stream(((0.1, "data: 1\n\n"),), open_s=60)
WORDS_FOR_EVER = Stream(tuple((0.3, "data: 1\n\n") for _ in range(200)))
SLOW = plain("", wait_s=40)

# fmt: off
CASES = (
    Case("a frame that waits to be scrolled to", SWITCH, ON + FRAME, "no", {"f": TELLS}),
    Case("a frame that waits and is empty", SWITCH, OFF + FRAME, "no", {"f": ""}),
    Case("a question", SWITCH, ON + script("if(confirm('Keep your profile public?'))" + SWITCHES_OFF), "yes"),
    Case("a question while it is read", SWITCH, OFF + script("setTimeout(()=>confirm('Still there?'),900)"), "no"),
    Case("one word after the other", SWITCH, OFF + script("setInterval(()=>alert('Hello'),200)"), "no"),
    Case("a question for a word", BOX, TICKED + script("prompt('Your name?')"), "yes"),
    Case("a page that asks before it is left", BOX, NOT_TICKED + script("onbeforeunload=e=>e.preventDefault();"
        + TICKS), "no"),
    Case("a page that asks for paper", SWITCH, OFF + script("print()"), "no"),
    Case("a question when it is scrolled", BOX, BELOW + TICKED + script("onscroll=()=>confirm('More?')"), "yes"),
    Case("a question when it is measured", SWITCH, OFF + script(
        "new ResizeObserver(()=>alert(1)).observe(document.body)"), "no"),
    Case("a script that never ends", SWITCH, OFF + script("setTimeout(()=>{for(;;);},600)"), "no"),
    Case("a script that never ends once it is scrolled", SWITCH, BELOW + OFF + script("onscroll=()=>{for(;;);}"), "no"),
    Case("a script that never ends once something changes its size", SWITCH, OFF + script(
        "new ResizeObserver(()=>{if(performance.now()>900)for(;;);}).observe(document.body);setInterval(()=>{"
        "document.body.style.width=900+performance.now()%9+'px'},70)"), "no"),
    *(Case(f"a script that never ends, after {ms} ms", SWITCH, OFF + script(f"setTimeout(()=>{{for(;;);}},{ms})"), "no")
        for ms in (1150, 1400, 1750, 2600)),
    Case("a frame that never ends", SWITCH, OFF + '<iframe src="f"></iframe>', "no", {"f": "<script>setTimeout(()=>{"
        "for(;;);},900)</script>"}),
    Case("a script that never lets go at the start", SWITCH, OFF + script(
        "for(const t=Date.now();Date.now()-t<30000;);"), "no"),
    Case("a script that waits for a reply", SWITCH, OFF + script("const x=new XMLHttpRequest();x.open('GET','q',false);"
        "x.send()"), "no", {"q": SLOW}),
    Case("a script in the head that never comes", SWITCH, '<script src="s.js"></script>' + OFF, "no", {"s.js": program(
        "", 40)}),
    Case("a style sheet that never comes", SWITCH, '<link rel="stylesheet" href="s.css">' + OFF, "no", {"s.css": SLOW}),
    Case("a picture that never comes", SWITCH, OFF + '<img src="p" alt="">', "no", {"p": SLOW}),
    Case("a frame that never comes", SWITCH, OFF + '<iframe src="f"></iframe>', "no", {"f": SLOW}),
    Case("a reply that never comes", JSON, asks("api", ""), None, {"api": SLOW}),
    Case("a stream that never ends", SWITCH, OFF + script("new EventSource('s')"), "no", {"s": FOR_EVER}),
    Case("a stream that never falls silent", SWITCH, OFF + script("new EventSource('s').onmessage=e=>{document.title+="
        "'.'}"), "no", {"s": WORDS_FOR_EVER}),
    Case("a page that never stops coming", SWITCH, "", "no", {"": Stream(((0,
        "<!doctype html><html lang=en><a id=out>Sign "
        "out</a>" + OFF), *((0.5, "<p>more</p>") for _ in range(120))), "text/html")}),
    Case("a page that loads itself for ever", SWITCH, OFF + script("setTimeout(()=>location.reload(),400)"), "no"),
    Case("a page that writes its address for ever", SWITCH, OFF + script("setInterval(()=>history.replaceState(0,'',"
        "location.href),50)"), "no"),
    Case("a page that grows for ever", SWITCH, OFF + script(
        "setInterval(()=>document.body.append(document.createElement("
        "'p')),20)"), "no"),
    Case("a page that holds itself", SWITCH, OFF + '<iframe src="?"></iframe>', "no"),
    Case("a page that opens others", SWITCH, OFF + script("setInterval(()=>open('?n='+Math.random()),300)"), "no"),
    Case("a page that shuts itself", SWITCH, OFF + script("setTimeout(()=>{open('','_self');close()},500)"), "no"),
    Case("a debugger's stop", SWITCH, OFF + script("setInterval(()=>{debugger},100)"), "no"),
    told("a page like any other, between them", BOX, TICKED, "yes"),
)
