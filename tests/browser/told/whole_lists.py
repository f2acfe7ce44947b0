"""What is counted is of one kind and all there is; nothing in it is a head, an addition or a thing that has ended."""

from __future__ import annotations

from tests.support.settings_page import COUNT_IN
from tests.support.told_pages import Case, told

PART = '<section aria-label="Devices">{}</section>'
ONE, TWO = "<ul><li>Laptop</ul>", "<ul><li>Laptop<li>Phone</ul>"
ARROW = '<svg width=20 height=20><path d="M0 0L9 9L0 18"/></svg>'
MORE = {
    "an arrow": f"{ONE}<button class=next>{ARROW}</button>",
    "an arrow with a title": f'{ONE}<button title="Next page">{ARROW}</button>',
    "a drawing with a title": f"{ONE}<button><svg width=20 height=20><title>Next</title><path d='M0 0L9 9'/>"
    f"</svg></button>",
    "a picture's words": f'{ONE}<a href="?2"><img alt="Next" width=9 height=9></a>',
    "a total": f"{ONE}<p>Total: 5</p>",
    "a number of logins": f"{ONE}<p>You have 5 active logins.</p>",
    "a number in a word": f"{ONE}<p>You use five devices.</p>",
    "a number beside its heading": f"<h2>Devices <span>5</span></h2>{ONE}",
    "a number in brackets": f"<h2>Devices <span>(5)</span></h2>{ONE}",
    "a fold of styles only": f"<input type=checkbox id=a hidden>{ONE}<label for=a>Show everything</label>",
    "a word of where others are": f"{ONE}<p>Sessions on phones are listed in the app.</p>",
    "a choice of some": f"<button aria-pressed=true>Active today</button>{ONE}",
    "slides": '<ul style="display:flex;overflow-x:auto;width:200px"><li style="flex:0 0 200px">Laptop<li '
    'style="flex:0 0 '
    '200px">Phone</ul>',
}
ITEMS = {
    "one that adds": "<ul><li>Laptop<li><button>Add a device</button></ul>",
    "a head": "<ul><li><b>Name</b> <b>Last seen</b><li>Laptop today</ul>",
    "items in it": "<ul><li>Laptop<ul><li>Cardiff<li>Chrome</ul></ul>",
    "one that has ended": "<ul><li>Laptop<li><s>Phone</s> – signed out on 3 May</ul>",
    "a word that there is none": "<ul><li>No devices are signed in.</ul>",
    "one that has a button": "<ul><li>Laptop<li>How this works <button>Help</button></ul>",
}

CASES = (
    *(Case(f"a list with {what}", COUNT_IN, PART.format(html), None) for what, html in MORE.items()),
    *(Case(f"a list that holds {what}", COUNT_IN, PART.format(html), None) for what, html in ITEMS.items()),
    told("a list of one", COUNT_IN, PART.format(ONE), "yes"),
    told("a list of two", COUNT_IN, PART.format(f"<h2>Devices</h2>{TWO}"), "no"),
    told(
        "a list that says how many it holds", COUNT_IN, PART.format(f"<h2>Devices (2)</h2>{TWO}<p>2 devices</p>"), "no"
    ),
    told("a list with words about days", COUNT_IN, PART.format(f"<p>You are signed out after 30 days.</p>{TWO}"), "no"),
    told(
        "a list with a button for each",
        COUNT_IN,
        PART.format(f"<ul>{f'<li>Laptop, 3 May <button aria-label=Leave>{ARROW}</button>' * 2}</ul>"),
        "no",
    ),
    told("a list with a button for all", COUNT_IN, PART.format(f"{TWO}<button>Sign out everywhere</button>"), "no"),
)
