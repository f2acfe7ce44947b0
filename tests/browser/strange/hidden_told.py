"""Pages that are like those on which something is hidden, and hide nothing: each must be told."""

from __future__ import annotations

from tests.browser.strange.scenes import ONE_DEVICE, devices
from tests.support.settings_page import ABSENT
from tests.support.told_pages import script, told

MANY = "".join(
    f"<p style='height:60px'><label><input type=checkbox name=s{n}> Setting {n}</label></p>" for n in range(60)
)
ONE, TWO = "<li>Windows PC", "<li>Windows 11 · Active now<li>iPhone 12, 2 days ago"
LANGUAGE = "<label>Language <select name=lang><option>English<option>Cymraeg</select></label>"
SHOWN_LATER = script(
    "new IntersectionObserver(e=>{if(e.some(x=>x.isIntersecting))s.innerHTML='<p>Your photos</p>'}).observe(s)"
)

# fmt: off
TOLD = (
    told("a long page", ABSENT, MANY, "yes"),
    told("a part that scrolls", ABSENT, f'<main style="height:300px;overflow:auto">{MANY}</main>', "yes"),
    told("a part that is fetched when it is seen", ABSENT, '<div style="height:3000px"></div><div id=s><p>…</p></div>'
         + SHOWN_LATER, "yes"),
    told("a list of another setting", ABSENT, LANGUAGE, "yes"),
    told("a button for the account at the head", ABSENT, "<header><button aria-haspopup=menu>Ann</button></header>",
         "yes"),
    told("a number that is a link", ABSENT, '<p>You follow <a href="/following">3</a> people.</p>', "yes"),
    told("words about what is hidden", ABSENT, "<p>Your address is hidden from people you do not know. These settings "
         "apply only to you.</p>", "yes"),
    told("a density to choose", ABSENT, "<fieldset><legend>Density</legend><label><input type=radio name=d checked>"
         "Compact view</label></fieldset>", "yes"),
    told("items with numbers in their names", ONE_DEVICE, devices(TWO), "no"),
    told("all items", ONE_DEVICE, devices(ONE, "<p>Showing all devices.</p>"), "yes"),
    told("a list of another setting in its own part", ONE_DEVICE, devices(ONE,
         f"<section><h2>Language</h2>{LANGUAGE}</section>"), "yes"),
    told("a list of another setting under its own heading", ONE_DEVICE, f"<h2>Language</h2>{LANGUAGE}<h2>Security</h2>"
         + devices(ONE), "yes"),
    told("days in another part", ONE_DEVICE, devices(ONE)
         + "<section><h2>Activity</h2><p>You posted twice in the last 7 days.</p></section>", "yes"),
    told("a box about it", ONE_DEVICE, devices(ONE) + "<section><h2>Alerts</h2><label><input type=checkbox name=a> "
         "Show me new sign-ins</label></section>", "yes"),
)
# fmt: on
