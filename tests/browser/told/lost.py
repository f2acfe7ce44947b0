"""Nothing that the page asked for was lost, whoever on it asked and whomever it asked."""

from __future__ import annotations

import gzip

from tests.support.settings_page import BOX, EXPAND, HEAD, SWITCH
from tests.support.site import Reply, Socket, Stream
from tests.support.told_pages import (
    NOT_TICKED,
    OFF,
    ON,
    SWITCHES_OFF,
    SWITCHES_TO,
    TICKED,
    UNTICKS,
    WORDS,
    Case,
    after,
    asks,
    data,
    draws,
    plain,
    program,
    script,
    told,
)

POST = "{method:'POST'}"
GONE, BROKEN = plain("", status=404), plain("", status=500)
DRAWN = "<div id=d></div>" + script(draws(TICKED, "d"))
BY_WORKER = "onmessage=()=>fetch(self.name||'state',{method:'POST'}).then(r=>r.text()).then(t=>postMessage(t))"
HEARS = "onmessage=e=>{if(e.data=='false'){" + SWITCHES_OFF + "}};"
SAYS = "<script>parent.postMessage('false','*')</script>"

UNFOLDS = (
    """<button type="button" aria-expanded="false" onclick="this.ariaExpanded='true';m.innerHTML='<label><input type="""
    """checkbox name=box checked> Private profile</label>';fetch('q',%s)"""
    """.then(r=>{if(r.ok)m.querySelector('input').checked=false}).catch(()=>0)">More</button><div id="m"></div>"""
)

# fmt: off
CASES = (
    Case("a GET that is broken once a part unfolds", EXPAND, UNFOLDS % "{}", "no", {"q": BROKEN}),
    Case("a POST once a part unfolds", EXPAND, UNFOLDS % POST, "no", {"q": plain("x")}),
    Case("a POST, and the field's name stands on a wrapper", BOX, '<div id="box"></div>' + DRAWN + asks("q", UNTICKS,
        POST), "no", {"q": plain("x")}),
    Case("a POST, and the field stands in an attribute", BOX, f"<div data-form='{NOT_TICKED}'></div>{DRAWN}" + asks("q",
        UNTICKS, POST), "no", {"q": plain("x")}),
    Case("a POST, and the field stands in an example", BOX, f"<xmp>{NOT_TICKED}</xmp>{DRAWN}" + asks("q", UNTICKS,
        POST), "no", {"q": plain("x")}),
    Case("a form that a script sends into a frame", SWITCH, ON + '<iframe name="t"></iframe><form method="post" '
        'action="q" target="t"></form>' + script(HEARS + "document.forms[0].submit()"), "no", {"q": SAYS}),
    Case("a PUT by the older way", SWITCH, ON + script("const x=new XMLHttpRequest();x.open('PUT','q');x.onload=()=>{"
        + SWITCHES_OFF + "};x.send('{}')"), "no", {"q": plain("x")}),
    Case("a POST that the page waits for", SWITCH, ON + script(
        "try{const x=new XMLHttpRequest();x.open('POST','q',false"
        ");x.send();if(x.status==200)" + SWITCHES_OFF + "}catch(e){}"), "no", {"q": plain("x")}),
    Case("a POST by a worker", SWITCH, ON + script("const w=new Worker('w.js');w.postMessage(0);w." + HEARS), "no", {
        "w.js": program(BY_WORKER), "state": plain("false")}),
    Case("a POST by a worker that is made of text", SWITCH, ON + script(
        "const w=new Worker(URL.createObjectURL(new Blob"
        f"([`{BY_WORKER}`])),{{name:location.href+'state'}});w.postMessage(0);w." + HEARS), "no", {"state": plain(
        "false")}),
    Case("a worker that shares itself", SWITCH, ON + script("try{new SharedWorker('w.js').port." + HEARS
        + "}catch(e){}"), "no", {"w.js": program(
        "onconnect=e=>fetch('state',{method:'POST'}).then(r=>r.text()).then(t=>e.ports[0].postMessage(t))"),
        "state": plain("false")}),
    Case("a worker whose program is gone", SWITCH, ON + script("new Worker('w.js')." + HEARS), "no", {"w.js": GONE}),
    Case("a POST by a frame without an address", SWITCH, ON + script(HEARS) + """<iframe srcdoc="<script>fetch('q',{
        method:'POST'}).then(()=>parent.postMessage('false','*'))</script>"></iframe>""", "no", {"q": plain("x")}),
    Case("a GET by a frame in a frame", SWITCH, ON + script(HEARS) + '<iframe src="f"></iframe>', "no", {
        "f": '<iframe src="g"></iframe>', "g": asks("q", "top.postMessage('false','*')"), "q": BROKEN}),
    Case("a WebSocket", SWITCH, ON + script("new WebSocket('ws://'+location.host+location.pathname+'live')." + HEARS),
        "no", {"live": Socket("false")}),
    Case("a WebSocket to another site", SWITCH, ON + script("new WebSocket('OTHER/live'.replace('http','ws'))."
        + HEARS), "no"),
    Case("an event stream that is refused", SWITCH, ON + script("new EventSource('OTHER/live')." + HEARS), "no"),
    Case("an event stream that is broken", SWITCH, ON + script("new EventSource('live')." + HEARS), "no", {
        "live": BROKEN}),
    Case("a script of another site", SWITCH, ON + '<script src="OTHER/state.js"></script>', "no"),
    Case("a script of another site, put in by a script", SWITCH, ON + script(
        "document.head.append(Object.assign(document.createElement('script'),{src:'OTHER/state.js'}))"), "no"),
    Case("a style sheet of another site", SWITCH,
        f'<link rel="stylesheet" href="OTHER/s.css"><div class="old">{ON}</div>', "no"),
    Case("a style sheet that is gone", SWITCH,
        f'<link rel="stylesheet" href="s.css"><div class="old">{ON}</div><div class="new">Private profile: off</div>',
        "no", {"s.css": GONE}),
    Case("a style sheet within a style sheet", SWITCH,
        f'<style>@import "s.css";</style><div class="old">{ON}</div>Private profile: off', "no", {"s.css": BROKEN}),
    Case("a module that is gone", SWITCH, ON + script("import('./m.js').then(m=>m.show()).catch(()=>0)", "module"),
        "no", {"m.js": GONE}),
    Case("a module that another one wants", SWITCH, ON + '<script type="module" src="m.js"></script>', "no", {
        "m.js": program("import './n.js';" + SWITCHES_OFF), "n.js": GONE}),
    Case("a GET that is not found", SWITCH, ON + asks("q", SWITCHES_OFF), "no", {"q": GONE}),
    Case("a GET that is gone for good", SWITCH, ON + asks("q", SWITCHES_OFF), "no", {"q": plain("", status=410)}),
    Case("a GET that is not for us", SWITCH, ON + asks("q", SWITCHES_OFF), "no", {"q": plain("", status=403)}),
    Case("a GET that comes too often", SWITCH, ON + asks("q", SWITCHES_OFF), "no", {"q": plain("", status=429)}),
    Case("a GET that is wrongly put", BOX, DRAWN + asks("q", UNTICKS), "no", {"q": plain("", status=422)}),
    Case("a GET that is led to another site", SWITCH, ON + asks("q", SWITCHES_OFF), "no", {"q": Reply("", 302, headers=(
        ("location", "OTHER/state"),))}),
    Case("a GET of another site whose text is wanted", WORDS, "<div id=d></div>" + script(
        "d.innerHTML='<input name=about>'") + asks("OTHER/x", "document.querySelector('[name=about]').value='I teach'"),
        "no"),
    Case("a GET that breaks off", SWITCH, ON + asks("q", SWITCHES_OFF), "no", {"q": Reply("half", headers=((
        "content-length", "4000"),))}),
    Case("a GET that the page gives up", SWITCH, ON + asks("q", SWITCHES_OFF, "{signal:AbortSignal.timeout(300)}"),
        "no", {"q": plain("x", wait_s=2)}),
    Case("a frame that the page gives up", SWITCH, ON + "<iframe src=f id=f hidden></iframe>" + script("f.onload=()=>{"
        + SWITCHES_OFF + "};setTimeout(()=>f.remove(),700)"), "no", {"f": plain("x", wait_s=2)}),
    Case("a style sheet that the page gives up", SWITCH, ON + script(
        "const l=document.createElement('link');l.rel='stylesheet';l.href='s.css';l.onload=()=>{" + SWITCHES_OFF
        + "};document.head.append(l);setTimeout(()=>{l.remove();window.stop()},700)"), "no", {"s.css": Reply("",
        kind="text/css", wait_s=2)}),
    Case("a program that the page gives up", SWITCH, ON + script(
        "document.head.append(Object.assign(document.createElement('script'),{src:'s.js'}));"
        "setTimeout(()=>window.stop(),700)"), "no", {"s.js": program(SWITCHES_OFF, 2)}),
    Case("a worker that the page gives up", SWITCH, ON + script("const w=new Worker('w.js');w." + HEARS
        + "setTimeout(()=>w.terminate(),700)"), "no", {"w.js": program("postMessage('false')", 2)}),
    Case("a page whose packing breaks off", SWITCH, "", None, {"": Reply(gzip.compress((HEAD + ON
        + "<!--" + "".join(map(chr, range(32, 45))) * 9 + "-->" + script(SWITCHES_OFF)).encode())[:-60],
        headers=(("content-encoding", "gzip"),))}),
    Case("a program whose packing breaks off", SWITCH, ON + '<script src="s.js"></script>', "no", {"s.js": Reply(
        gzip.compress(("/*" + "".join(map(chr, range(48, 120))) + "*/\n").encode() * 9 + SWITCHES_OFF.encode())[:-30],
        kind="text/javascript", headers=(("content-encoding", "gzip"),))}),
    told("a packed page", SWITCH, "", "no", {"": Reply(gzip.compress((HEAD + OFF).encode()), headers=((
        "content-encoding", "gzip"),))}),
    Case("a GET that is still open", SWITCH, ON + asks("q", SWITCHES_OFF), "no", {"q": plain("x", wait_s=12)}),
    Case("a GET whose leave is refused", SWITCH, ON + asks("OTHER/q", SWITCHES_OFF, "{headers:{'x-a':'1'}}"), "no"),
    Case("a HEAD that is refused", SWITCH, ON + asks("q", SWITCHES_OFF, "{method:'HEAD'}"), "no", {"q": BROKEN}),
    Case("a picture that says how it is", SWITCH, ON + script("Object.assign(new Image(),{src:'p.gif',onload(){"
        + SWITCHES_OFF + "}})"), "no", {"p.gif": GONE}),
    Case("a picture of another site", SWITCH, ON + f'<img src="OTHER/p.gif" onload="{SWITCHES_OFF}">', "no"),
    Case("an object that is broken", SWITCH, ON + script(HEARS)
        + '<object data="f" type="text/html">Could not be shown</object>', "no", {"f": Reply(SAYS, 500)}),
    Case("a frame of another site that holds the settings", SWITCH, ON + '<iframe src="OTHER/embed"></iframe>', None),
    Case("a frame that is broken", SWITCH, ON + script(HEARS) + '<iframe src="f"></iframe>', "no", {"f": BROKEN}),
    Case("noise in name only", SWITCH, ON + asks("noise/state", SWITCHES_OFF, POST), "no", {"noise/state": plain("x")}),
    Case("a GET that is led round and round", SWITCH, ON + asks("q", SWITCHES_OFF), "no", {"q": Reply("", 302,
        headers=(("location", "q"),))}),
    Case("a GET that is led to what is no address", SWITCH, ON + asks("q", SWITCHES_OFF), "no", {"q": Reply("", 302,
        headers=(("location", "http://[bad/"),))}),
    Case("a GET whose answer cannot be unpacked", SWITCH, ON + asks("q", SWITCHES_OFF), "no", {"q": Reply("no gzip",
        200, "text/plain", (("content-encoding", "gzip"),))}),
    Case("a program that does not say it is one", SWITCH, ON + '<script src="s.js"></script>', "no", {"s.js": Reply(
        SWITCHES_OFF, kind="text/plain", headers=(("x-content-type-options", "nosniff"),))}),
    Case("a GET that is led to noise, which is gone", SWITCH, ON + asks("q", SWITCHES_OFF), "no", {"q": Reply("", 302,
        headers=(("location", "/noise/gone"),)), "/noise/gone": GONE}),
    told("noise that is led on, and is gone", SWITCH, OFF + asks("/noise/a", SWITCHES_OFF), "no", {"/noise/a": Reply("",
        302, headers=(("location", "/noise/gone"),)), "/noise/gone": GONE}),
    told("a beacon that is listed", SWITCH, OFF + script("navigator.sendBeacon('/noise/seen','page=3')"), "no"),
    told("a POST that is listed", SWITCH, ON + asks("/noise/log", "", POST), "yes"),
    told("a pixel of another site that is listed", SWITCH, OFF + '<img src="OTHER/noise/p.gif" alt="">', "no"),
    told("a script of another site that is listed", SWITCH, ON + '<script async src="OTHER/noise/tag.js"></script>',
        "yes"),
    told("a typeface of another site that is listed", BOX, '<link rel="stylesheet" href="OTHER/noise/type.css">'
        + TICKED, "yes"),
    told("an advertisement in a frame that is listed", BOX, NOT_TICKED
        + '<iframe src="OTHER/noise/ad" width="300" height="90"></iframe>', "no"),
    told("a chat that is listed", SWITCH, ON + script("new WebSocket('OTHER/noise/chat'.replace('http','ws'))"), "yes"),
    told("a ping that is listed and broken", BOX, TICKED + asks("/noise/ping", ""), "yes", {"/noise/ping": BROKEN}),
    told("a message of errors that is listed", SWITCH, OFF + script(
        "window.onerror=()=>navigator.sendBeacon('/noise/error','x');setTimeout(()=>{throw Error('a bug')},10)"), "no"),
    told("a state that comes by GET", SWITCH, ON + asks("state", SWITCHES_TO), "no", {"state": plain("false", 0.3)}),
    told("a state that comes by the older way", SWITCH, ON + script(
        "const x=new XMLHttpRequest();x.open('GET','state');"
        "x.onload=()=>{const t=x.responseText;" + SWITCHES_TO + "};x.send()"), "no", {"state": plain("false")}),
    told("a state that a frame of the same site asks for", SWITCH, ON + script(HEARS)
        + '<iframe hidden src="f"></iframe>', "no", {"f": asks("q", "parent.postMessage(t,'*')"), "q": plain("false")}),
    told("a state that a worker asks for", SWITCH, ON + script("new Worker('w.js')." + HEARS), "no", {"w.js": program(
        "fetch('q').then(r=>r.text()).then(t=>postMessage(t))"), "q": plain("false", 0.2)}),
    told("a state that came by a stream which ended", SWITCH, ON + script(
        "const s=new EventSource('s');s.onmessage=e=>{const t=e.data;s.close();" + SWITCHES_TO + "}"), "no", {
        "s": Stream(((0.1, "data: false\n\n"),))}),
    told("a reply that says that nothing changed", BOX, TICKED + asks("q", ""), "yes", {"q": Reply("", 204)}),
    told("a reply that is led on within the site", SWITCH, ON + asks("q", SWITCHES_TO), "no", {"q": Reply("", 302,
        headers=(("location", "r"),)), "r": data(False)}),
    told("a program that was kept on the way", SWITCH, ON + '<script src="s.js"></script>', "no", {"s.js": Reply(
        SWITCHES_OFF, kind="text/javascript", headers=(("age", "86400"), ("x-cache", "HIT"), ("cache-control",
        "public, immutable")))}),
    told("a sound of which a part is fetched", BOX, TICKED + '<audio preload="metadata" src="a.mp3"></audio>', "yes", {
        "a.mp3": Reply(b"ID3" + bytes(60), 206, "audio/mpeg", (("content-range", "bytes 0-62/63"),))}),
    told("a page that is prepared beforehand", BOX, '<link rel="prefetch" href="next"><link rel="dns-prefetch" '
        'href="OTHER"><link rel="preconnect" href="OTHER">' + NOT_TICKED, "no"),
    told("an icon that is gone", BOX, '<link rel="icon" href="icon.png">' + TICKED, "yes", {"icon.png": GONE}),
    told("a late script that only counts", SWITCH, OFF + after(300, "new Image().src='/noise/p.gif'"), "no"),
)
