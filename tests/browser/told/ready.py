"""A page has come to rest, and says of itself that it is ready."""

from __future__ import annotations

from tests.support.settings_page import BOX, EXPAND, JSON, SWITCH
from tests.support.site import Reply, Stream, Turns
from tests.support.told_pages import (
    NOT_TICKED,
    OFF,
    ON,
    SWITCHES_OFF,
    SWITCHES_TO,
    TEXT,
    TICKED,
    TICKS,
    UNTICKS,
    WORDS,
    Case,
    after,
    asks,
    closed,
    data,
    draws,
    opened,
    picture,
    plain,
    program,
    script,
    shown,
    told,
    whole,
)

LATE = Stream(((1.8, "data: false\n\n"),), open_s=3)
HEARS = "new EventSource('live').onmessage=e=>{"
SPIN = (
    "<style>@keyframes r{to{transform:rotate(1turn)}}.spinner{width:30px;height:30px;border:4px solid;border-top-color:"
)
SPINNER = SPIN + 'red;border-radius:50%;animation:r 1s linear infinite}</style><div class="spinner"></div>'
MOVES = "<style>@keyframes m{to{opacity:.9}}#a{animation:m 2.4s}#b{transition:opacity 2.4s}</style>"
GOES = ".remove();"
FIRST = "document.querySelector('.wait')"
OVER = 'style="position:fixed;inset:0;background:white"'
AGAIN = whole(ON + '<meta http-equiv="refresh" content="3">')

UNFOLDS = (
    """<button type="button" aria-expanded="false" onclick="this.ariaExpanded='true';m.innerHTML='<label><input type="""
    """checkbox name=box checked> Private profile</label>';%s">More</button><div id="m"></div>"""
)

# fmt: off
CASES = (
    Case("a part that unfolds with a stand-in", EXPAND, UNFOLDS % "setTimeout(()=>{m.querySelector('input')."
        "checked=false},1600)", "no"),
    Case("a stream ticks a box", BOX, NOT_TICKED + script(HEARS + TICKS + "}"), "yes", {"live": LATE}),
    Case("a stream fills a field", WORDS, '<input name="about">' + script(HEARS
        + "document.querySelector('input').value='I teach'}"), "no", {"live": LATE}),
    Case("a stream of plain text changes its mind", SWITCH, ON + script(
        "fetch('s').then(async r=>{for await(const c of "
        "r.body.pipeThrough(new TextDecoderStream())){const t=c;" + SWITCHES_TO + "}})"), "no", {"s": Stream(((0.2,
        "true"), (2.2, "false")), "text/plain")}),
    Case("a picture that comes late", SWITCH, ON + script(
        "Object.assign(new Image(),{src:'p.gif',onload(){if(this.width==1)" + SWITCHES_OFF + "}})"), "no", {
        "p.gif": picture(2.2)}),
    Case("a typeface that comes late", SWITCH,
        "<style>@font-face{font-family:x;src:url(x.woff2)}p{font-family:x}</style>"
        "<p>Privacy</p>" + ON + script("document.fonts.ready.then(()=>{" + SWITCHES_OFF + "})"), "no", {
        "x.woff2": plain("", 2.2)}),
    Case("a script that comes late", SWITCH, ON + '<script async src="s.js"></script>', "no", {"s.js": program(
        SWITCHES_OFF, 2.5)}),
    Case("a frame that comes late", SWITCH, ON + script("onmessage=()=>{" + SWITCHES_OFF + "}")
        + '<iframe src="f"></iframe>', "no", {"f": Reply("<script>parent.postMessage(0,'*')</script>", wait_s=2.5)}),
    Case("a style sheet that comes late", SWITCH, ON
        + f'<link rel="stylesheet" href="s.css" media="print" onload="{SWITCHES_OFF}">', "no", {"s.css": Reply("p{}",
        kind="text/css", wait_s=2.5)}),
    Case("a reply that is long under way", SWITCH, ON + asks("q", SWITCHES_TO), "no", {"q": plain("false", 3.2)}),
    Case("a job that is asked after until it is done", SWITCH, ON + script(
        "const p=()=>fetch('q').then(r=>r.text()).then"
        "(t=>{if(t=='wait')setTimeout(p,1500);else{" + SWITCHES_TO + "}});p()"), "no", {"q": Turns((plain("wait"),
        plain("wait"), plain("false")))}),
    Case("a reply from store, and later the true one", JSON, script("fetch('api');setTimeout(()=>fetch('api'),1600)"),
        "no", {"api": Turns((data({"privacy": {"hidden": True}}), data({"privacy": {"hidden": False}})))}),
    Case("what the browser kept, and the truth later", SWITCH, ON + script("requestIdleCallback(()=>setTimeout(()=>{"
        + SWITCHES_OFF + "},1600))"), "no"),
    Case("a box that is unticked in three steps", BOX, "<div id=d></div>" + script(draws(TICKED, "d") + "const i="
        "document.querySelector('[name=box]');setTimeout(()=>{i.indeterminate=false;setTimeout(()=>{i.value='v';"
        "setTimeout(()=>{i.checked=false},700)},700)},700)"), "no"),
    Case("words that count up", SWITCH, ON + '<p id="h"></p>' + script("let n=0;const t=setInterval(()=>{h.textContent="
        "'Getting your settings '+'.'.repeat(++n%4);if(n>13){clearInterval(t);h.textContent='';" + SWITCHES_OFF
        + "}},200)"), "no"),
    Case("words that count down", TEXT, '<p id="state">On</p><p id="h"></p>' + script(
        "let n=4;const t=setInterval(()=>{"
        "h.textContent='Looking again in '+--n;if(!n){clearInterval(t);state.textContent='Off'}},800)"), "no"),
    Case("a part that is busy", SWITCH, f'<div aria-busy="true">{shown("true", more="disabled")}</div>' + after(2500,
        "document.querySelector('[aria-busy]').ariaBusy='false';" + SWITCHES_OFF), "no"),
    Case("a page that is busy for ever", SWITCH, f'<main aria-busy="true">{ON}</main>', None),
    Case("a part that is busy in a shadow root", SWITCH, ON + opened('<p aria-busy="true">Getting your settings</p>'),
        None),
    Case("a bar that says nothing of how far it is", SWITCH,
        f'<div role="progressbar" aria-label="Loading">…</div>{ON}', None),
    Case("a bar of the browser's own", BOX, f'<progress class="wait"></progress>{TICKED}' + after(2800, FIRST + GOES
        + UNTICKS), "no"),
    Case("a bar in a frame", SWITCH, ON + """<iframe srcdoc="<p role='progressbar'>Loading</p>"></iframe>""", None),
    Case("a spinner that is only drawn", SWITCH, SPINNER.replace('"spinner">', '"spinner wait">') + ON + after(2800,
        FIRST + GOES + SWITCHES_OFF), "no"),
    Case("a spinner in a shadow root", SWITCH, ON + opened(SPINNER) + after(2800, SWITCHES_OFF), "no"),
    Case("a skeleton beside a stand-in", SWITCH, ON + "<style>@keyframes s{to{opacity:.4}}.skeleton{height:20px;"
        'background:#ccc;animation:s 1s infinite alternate}</style><div class="skeleton wait"></div>' + after(2600,
        FIRST + GOES + SWITCHES_OFF), "no"),
    Case("an animation of the page's own ends", SWITCH, MOVES + f'<div id="a">{ON}</div>' + script(
        "a.onanimationend=()=>{" + SWITCHES_OFF + "}"), "no"),
    Case("a transition ends", SWITCH, MOVES + f'<div id="b">{ON}</div>' + script(
        "onload=()=>{b.style.opacity=.8;b.ontransitionend=()=>{" + SWITCHES_OFF + "}}"), "no"),
    Case("an animation that a script started ends", BOX, TICKED + script(
        "document.body.animate([{opacity:1},{opacity:.98}],2400).onfinish=()=>{" + UNTICKS + "}"), "no"),
    Case("so many pictures of the screen later", SWITCH, ON + script(
        "let n=0;const f=()=>++n<150?requestAnimationFrame(f):setTimeout(()=>{" + SWITCHES_OFF + "});f()"), "no"),
    Case("a worker's clock", SWITCH, ON + script("new Worker(URL.createObjectURL(new Blob(['setTimeout(()=>postMessage("
        "1),2500)']))).onmessage=()=>{" + SWITCHES_OFF + "}"), "no"),
    Case("a frame's clock", SWITCH, ON + """<iframe hidden srcdoc="<script>setTimeout(()=>parent.document.querySelector(
        '[role=switch]').setAttribute('aria-checked','false'),2500)</script>"></iframe>""", "no"),
    Case("a word from another tab", SWITCH, ON + script("new BroadcastChannel('told-ready').onmessage=()=>{"
        + SWITCHES_OFF + "};setTimeout(()=>new BroadcastChannel('told-ready').postMessage(1),2500)"), "no"),
    Case("a page that loads itself again", SWITCH, "", "no", {"": Turns((AGAIN, whole(OFF)))}),
    Case("a true state that comes when it is scrolled to", BOX, "<div style='height:3000px'></div>" + TICKED + script(
        "addEventListener('scroll',()=>{" + UNTICKS + "})"), "no"),
    Case("a true state that is asked for when it is scrolled to", SWITCH, "<div style='height:3000px'></div>" + ON
        + script("new IntersectionObserver(e=>e[0].isIntersecting&&fetch('q').then(r=>r.text()).then(t=>{" + SWITCHES_TO
        + "})).observe(document.querySelector('[role=switch]'))"), "no", {"q": plain("false", 0.9)}),
    Case("a true state that comes when a box in the page is scrolled", SWITCH, '<div style="height:90px;overflow:auto" '
        f'onscroll="{SWITCHES_OFF}"><p style="height:400px">Read this first</p>{ON}</div>', "no"),
    Case("an open dialog", SWITCH, ON
        + "<dialog open>Getting your session back. These are not your settings yet.</dialog>", None),
    Case("a dialog over all", SWITCH, ON + "<dialog id=d>Use the settings of your old account?<button>Use</button>"
        "</dialog>" + script("d.showModal()"), None),
    Case("a dialog of the page's own", SWITCH, ON
        + f'<div role="alertdialog" aria-modal="true" {OVER}>Your age must be checked first</div>', None),
    Case("a dialog in a shadow root", SWITCH, ON + opened(f'<div role="dialog" {OVER}>Choose an account</div>'), None),
    Case("a dialog that nobody can look into", SWITCH, ON + closed(f"<div {OVER}>Choose an account</div>"), None),
    Case("a sign-in over all without a role", SWITCH, ON + f'<div {OVER}><h1>Log in</h1><input type="password"></div>',
        None),
    Case("a card that pops up over all", SWITCH, ON + f'<div id="p" popover {OVER}>Who is this? Ann or Bob</div>'
        + script("p.showPopover()"), None),
    Case("a word that there is no connection", SWITCH,
        f'<div role="status">You are offline. These are the settings that were saved last.</div>{ON}', None),
    Case("a word that something went wrong", SWITCH, f'<div role="alert">Your settings could not be loaded.</div>{ON}',
        None),
    Case("a word in a shadow root that something went wrong", SWITCH, opened(
        '<p role="alert">Something went wrong. Try again.</p>') + ON, None),
    Case("a word that comes late that something went wrong", SWITCH, ON + after(1200, draws(
        '<div role="alert">Could not get your settings. What is shown may be old.</div>')), None),
    told("busy, and then not", SWITCH, f'<main id="m" aria-busy="true">{ON}</main>' + asks("q", SWITCHES_TO
        + "m.ariaBusy='false';"), "no", {"q": plain("false", 0.5)}),
    told("a spinner that goes", BOX, SPINNER + asks("q", "document.querySelector('.spinner').remove();" + draws(
        TICKED)), "yes", {"q": plain("x", 0.5)}),
    told("an empty place for messages", SWITCH, f'<div role="status"></div><div role="alert" hidden></div>{OFF}', "no"),
    told("dialogs that are shut", SWITCH, ON
        + '<dialog>Sure?</dialog><div role="dialog" style="display:none">Sure?</div><div popover>More</div>', "yes"),
    told("a meter of how much room is left", SWITCH, '<meter value="0.7">70 %</meter>' + OFF, "no"),
    told("a clock in the foot", SWITCH, ON + "<footer id=f></footer>" + script(
        "setInterval(()=>{f.textContent=new Date().toLocaleTimeString()},1000)"), "yes"),
)
