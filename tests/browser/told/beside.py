"""What the pages beside it have asked for, kept or lost is not what a page shows.

The pages are open side by side, as in the tabs of one browser: they could ask for one another, tell one another, and
find what another one has kept. The first page has kept errors before them.
"""

from __future__ import annotations

from tests.support.settings_page import SWITCH
from tests.support.site import Reply, Stream
from tests.support.told_pages import (
    OFF,
    ON,
    SWITCHES_OFF,
    SWITCHES_TO,
    Case,
    after,
    asks,
    plain,
    script,
    told,
    whole,
)

KEPT = {status: f"/kept/{status}" for status in (403, 404, 410, 500, 503)}
SHEET, PROGRAM = "/kept/s.css", "/kept/p.js"
PUTS = (
    "const r=indexedDB.open('kept',1);r.onupgradeneeded=()=>r.result.createObjectStore('settings');r.onsuccess=()=>"
    "r.result.transaction('settings','readwrite').objectStore('settings').put('false','state');"
)
TAKES = (
    "const r=indexedDB.open('kept',1);r.onupgradeneeded=()=>r.result.createObjectStore('settings');r.onsuccess=()=>{"
    "const g=r.result.transaction('settings').objectStore('settings').get('state');g.onsuccess=()=>{if(g.result){"
    "const t=g.result;" + SWITCHES_TO + "}}}"
)
HOME = whole(
    "<h1>Hello</h1>"
    + script(PUTS)
    + "".join(asks(path, "") for path in KEPT.values())
    + f'<script src="{PROGRAM}"></script><link rel="stylesheet" href="{SHEET}">'
)
FOR_A_DAY = (("cache-control", "public, max-age=86400"),)

SAID = "new BroadcastChannel('state').onmessage=e=>{const t=e.data;" + SWITCHES_TO + "};"
SAYS = "new BroadcastChannel('state').postMessage(t);" + SWITCHES_TO
LEADS_BY_LOCK = script(
    SAID + "navigator.locks.request('leader',async()=>{await new Promise(r=>setTimeout(r,300));"
    "const r=await fetch('/state',{method:'POST'}).catch(()=>0);if(r&&r.ok){const t=await r.text();"
    + SAYS
    + "}await new Promise(()=>0)})"
)
LEADS_BY_NOTE = script(
    SAID + "if(!localStorage.leader){localStorage.leader=1;setTimeout(()=>fetch('/state',{method:'POST'})"
    ".then(r=>r.ok?r.text():Promise.reject()).then(t=>{" + SAYS + "}).catch(()=>0),300)}"
)
TELLS_A_STAND_IN = script(
    SAID + "navigator.locks.request('other',{ifAvailable:true},async mine=>{if(!mine)return;"
    "const r=await fetch('/gone').catch(()=>0);const t=r&&r.ok?await r.text():'true';"
    + SAYS
    + "await new Promise(()=>0)})"
)
STREAM = "new EventSource('/stream/{}');" * 6
ASKS_FOR_IT_TOO = script("setInterval(()=>fetch('/same',{signal:AbortSignal.timeout(20)}).catch(()=>0),200)")

# fmt: off
CASES = (
    *(Case(f"an error {status} that the first page has kept", SWITCH, ON + asks(path, SWITCHES_OFF), "no", {path: Reply(
        "", status, headers=FOR_A_DAY)}) for status, path in KEPT.items()),
    Case("a program whose error the first page has kept", SWITCH, ON + f'<script src="{PROGRAM}"></script>', "no", {
        PROGRAM: Reply("", 404, "text/javascript", FOR_A_DAY)}),
    Case("a style whose error the first page has kept", SWITCH, f'<link rel="stylesheet" href="{SHEET}"><div class=old>'
        f"{ON}</div>", "no", {SHEET: Reply("", 404, "text/css", FOR_A_DAY)}),
    *(Case(f"one of those that let a leader ask, {number}", SWITCH, ON + LEADS_BY_LOCK, "no") for number in range(3)),
    *(Case(f"one of those that let a leader with a note ask, {number}", SWITCH, ON + LEADS_BY_NOTE, "no") for number in
        range(3)),
    *(Case(f"one of those that are told a stand-in, {number}", SWITCH, ON + TELLS_A_STAND_IN, "no", {"/gone": plain("",
        status=404)}) for number in range(2)),
    *(Case(f"one of those that give up and ask again, {number}", SWITCH, ON + ASKS_FOR_IT_TOO, "no", {"/same": plain(
        "false", 0.5)}) for number in range(2)),
    Case("one that asks for what others give up", SWITCH, ON + asks("/same", SWITCHES_OFF, "{method:'POST'}"), "no"),
    *(told(f"one with streams that stay open, {number}", SWITCH, OFF + script("new EventSource('/noise/stream')"), "no",
        {"/noise/stream": Stream(((0.1, "data: 1\n\n"),), open_s=20)}) for number in range(8)),
    Case("one whose streams leave no room", SWITCH, ON + script(STREAM.format(*range(6))) + after(100,
        "fetch('state').then(()=>{" + SWITCHES_OFF + "})"), "no", {"state": plain("false"), **{f"/stream/{number}":
        Stream(((0.1, "data: 1\n\n"),), open_s=20) for number in range(6)}}),
    Case("one that opens the address of another one", SWITCH, OFF + script("open('../page-0/')"), "no"),
    told("one that shows what the first page has put away", SWITCH, ON + script(TAKES), "no"),
    told("one beside those that lose something", SWITCH, OFF, "no"),
)
