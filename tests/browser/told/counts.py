"""A count is of all there is: nothing says that there is more, and nothing is counted that is none of it."""

from __future__ import annotations

from tests.support.settings_page import COUNT
from tests.support.site import Stream
from tests.support.told_pages import Case, asks, closed, draws, opened, plain, script, told

LAPTOP, PHONE = "<h3>Signed in on a laptop</h3>", "<h3>Signed in on a phone</h3>"
PART = '<section aria-labelledby="h"><h2 id="h">Devices</h2>{}</section>'
BUTTONS = COUNT | {"find": {"role": "button", "name": ["Not mine"], "within": {"role": "region", "name": ["Devices"]}}}
ROW = "<li>Laptop, Cardiff <button>Not mine</button></li>"
LIST = PART.format("<ul>{}</ul>")
MORE = {
    "a button for more": "<button>Show more</button>",
    "a link to all": '<a href="all">See all (5)</a>',
    "a word of how many more": "<p>and 3 others</p>",
    "a word of which part": "<p>1 of 4</p>",
    "a word of how many": "<p>You are signed in on 4 devices.</p>",
    "a link to the next page": '<nav aria-label="Pages"><a aria-current="page" href="?p=1">1</a> <a href="?p=2">2</a>'
    "</nav>",
    "a link that says next": '<a rel="next" href="?p=2">Older ›</a>',
    "a fold of older ones": f"<details><summary>Older</summary>{PHONE}</details>",
    "a tab of others": f"<div role=tablist><button role=tab aria-selected=true>Browsers</button><button role=tab>Apps"
    f"</button></div><div role=tabpanel hidden>{PHONE}</div>",
    "others in other words": "<h3>Active on iPad</h3>",
    "others in a frame": f'<iframe srcdoc="{PHONE}"></iframe>',
    "others in a closed shadow root": closed(PHONE),
    "others that come by themselves": script("new EventSource('live').onmessage=()=>{" + draws(PHONE) + "}"),
    "others that come when it is scrolled to": "<div style='height:3000px'></div><p id=s>…</p>"
    + script("new IntersectionObserver(e=>{if(e[0].isIntersecting){" + draws(PHONE) + "}}).observe(s)"),
    "others that are under way": "<p>Loading more…</p>" + asks("more", draws(PHONE)),
    "others that were lost": asks("gone", draws(PHONE)),
    "a button for others": "<button>View 3 others</button>",
    "a button for more, with dots": "<button>More…</button>",
    "a button that is a sign": "<button>›</button>",
    "a button that says how many more": "<button>+3</button>",
    "a link to all of them": '<a href="all">All devices</a>',
    "words that say that it is not all": "<p>Not all devices are shown.</p>",
    "a button for more without words": '<button aria-label="Load more devices">⌄</button>',
}

# fmt: off
CASES = (
    *(Case(f"{what} beside one heading", COUNT, LAPTOP + html, "no", {"live": Stream(((1.8, "data: 1\n\n"),), open_s=2),
        "more": plain("x", 2.5), "gone": plain("", status=500)}) for what, html in MORE.items()),
    *(Case(f"{what} beside one row", BUTTONS, PART.format(f"<ul>{ROW}</ul>{html}"), "no") for what, html in list(
        MORE.items())[:7]),
    Case("a list that is drawn in part", COUNT,
        f'<div style="height:60px;overflow:auto"><div style="height:240px">{LAPTOP}'
        "</div></div>", None),
    Case("a list that says how long it is", BUTTONS, LIST.format(ROW.replace("<li>",
        "<li aria-setsize=4 aria-posinset=1>")), "no"),
    Case("a table that says how long it is", BUTTONS, PART.format(
        "<table aria-rowcount=12><tr><td>Laptop <button>Not mine"
        "</button></table>"), "no"),
    Case("slides beside the one that is shown", BUTTONS, PART.format(
        "<div style='width:300px;overflow:hidden;white-space:"
        "nowrap'>" + "<span style='display:inline-block;width:300px'>Laptop <button>Not mine</button></span>" * 3
        + "</div>"), "no"),
    Case("a copy for readers aloud", BUTTONS, LIST.format(ROW
        + '<li style="position:absolute;left:-9999px">Laptop <button>'
        "Not mine</button></li>"), "yes"),
    Case("a copy for small screens that is transparent", COUNT, LAPTOP + f'<div style="opacity:0">{LAPTOP}</div>',
        "yes"),
    Case("a heading over the list that begins like a row", COUNT, f"<h2>Signed in on these "
    f"devices</h2>{LAPTOP}", "yes"),
    Case("rows that have ended", BUTTONS, LIST.format(ROW
        + "<li><s>Phone</s> (ended) <button disabled>Not mine</button>"
        "</li>"), None),
    Case("a part that is there twice", BUTTONS, LIST.format(ROW) + LIST.format(ROW + ROW), None),
    told("one row", BUTTONS, LIST.format(ROW), "yes"),
    told("three rows", BUTTONS, LIST.format(ROW * 3), "no"),
    told("rows that a script draws", BUTTONS, PART.format("<ul id=u></ul>") + asks("q", "for(const n of JSON.parse(t)){"
        + draws(ROW, "u") + "}"), "no", {"q": plain("[1,2]")}),
    told("rows in an open shadow root", BUTTONS, opened(LIST.format(ROW * 2)), "no"),
    told("more of something else, in another part", BUTTONS, LIST.format(ROW)
        + '<section aria-label="News"><h2>News</h2>'
        "<p>Our terms have changed.</p></section>", "yes"),
)
