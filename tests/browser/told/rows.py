"""What a row says of its control, wherever in the row it stands, and what stands over it."""

from __future__ import annotations

from tests.support.settings_page import COUNT_IN, FILLED, SELECT, SENTENCE, STARTS, SWITCH
from tests.support.told_pages import CHECKBOX, OFF, ON, TEXT, TICKED, Case, script, told

NAMED = "Private profile"
FAR = (
    f'<button type="button" role="switch" aria-checked="{{}}" aria-label="{NAMED}" '
    'style="width:44px;height:24px"></button>'
)
CARD = (
    '<div style="width:{}px;display:flex;justify-content:space-between"><div><div>' + NAMED + "</div>{}</div>{}</div>"
)
LIST = '<select name="who"><option value="me" selected>Only me</option><option value="all">Everyone</option></select>'
PART = '<section aria-label="Devices"><h2>{}</h2><ul><li>This laptop</ul>{}</section>'


def card(line: str, width: int = 640, state: str = "true") -> str:
    """A settings card: its name and a line at the left, the switch at the right."""
    return CARD.format(width, f"<div>{line}</div>", FAR.format(state))


def deep(html: str, wrappers: int) -> str:
    return "<div>" * wrappers + html + "</div>" * wrappers


DENIES = (
    *(
        "Off",
        "Off.",
        "Off – everyone can see you",
        "Disabled by your school",
        "Inactive",
        "● Off",
        "“Off”",
        "Web · Off",
    ),
    *(
        "Paused",
        "⏸ Paused",
        "Currently paused",
        "Status: Paused",
        "Not in effect",
        "Not set up yet",
        "Snoozed for 8 hours",
    ),
    *(
        "Off (default)",
        "Off – when on, only followers can see your posts",
        "Off in Austria",
        "Off ›",
        "Temporarily off",
    ),
    *("Overridden by your school", "Locked – upgrade to use", "Unavailable in Austria", "Inherited from your team"),
    *("On for 2 of 5 albums", "Partly on", "オフ", "已关闭", "إيقاف", "Выкл.", "Deaktiviert", "Désactivé", "Pausiert"),
)
OVER = {
    "a legend that opts out": f"<fieldset><legend>Opt out of</legend>{TICKED}</fieldset>",
    "a heading that never does": f"<h3>Never do this:</h3>{ON}",
    "a heading that is off": f"<h2>Privacy: off</h2>{ON}",
    "a heading with a switch that is off": "<h2>Use privacy controls <button role=switch aria-checked=false "
    f'aria-label="Use them">No</button></h2>{ON}',
    "a heading of suggestions": f"<h2>We suggest these settings</h2>{ON}",
    "a line that turns it round": f"<p>Do not use: {ON}</p>",
    "a picture of the app": f'<div class="app-preview">{ON}</div>',
}
ELSEWHERE = {
    "in a sentence": f"{ON}<div style='height:300px'></div><p>{NAMED} is off.</p>",
    "in a list of terms": f"{ON}<div style='height:300px'></div><dl><dt>{NAMED}<dd>Off</dl>",
    "by a box of its name": f"{ON}<div style='height:300px'></div><label><input type=checkbox> {NAMED}</label>",
    "by a list of its name": f"{ON}<div style='height:300px'></div><label>{NAMED} <select><option>Off</select></label>",
    "by a button that would turn it on": f"<p>{ON} <a href='#x'>Turn on</a></p>",
    "by a button that is out of use": f"<p>{ON} <button disabled>Off</button></p>",
    "by a box that cannot be written in": f"<p>{ON} <input readonly value=Off></p>",
}
STORED = {
    "a placeholder of dots": '<input name=about placeholder="+44 •••• ••1234">',
    "words of how it ends": "<p>We have your number ending in 67.</p><p><input name=about></p>",
    "a call to change it": "<p>School: <b>Springfield</b></p><label>Change school <input name=about></label>",
    "another box like it": "<p><label>School <input name=about></label></p><p><input name=about2 value=Spring></p>",
    "a link to take it away": "<p><label>School <input name=about></label></p><p>Springfield <a href='#e'>Edit</a></p>",
}
CHOOSES = {
    "paused": "<b>Paused</b>",
    "of no effect": "<p>This has no effect while your account is public.</p>",
    "that is now another": "<span>Now: Everyone.</span>",
    "whose choice is another": "<p>Your current choice is <b>Everyone</b></p>",
}
LISTS = {
    "a number in its heading": PART.format("Devices (5)", ""),
    "a number after its heading": PART.format("Devices", "<p>5 active now</p>"),
    "a number at an item": PART.format("Devices", "").replace("This laptop", "Windows ×3"),
    "a link to all": PART.format("Devices", "<a href=all>Manage all devices</a>"),
    "a link to others": PART.format("Devices", "<a href=all>See where else you are signed in</a>"),
    "more in German": PART.format("Geräte", "<button>Mehr anzeigen</button>"),
    "more in French": PART.format("Appareils", "<a href=all>Voir tous les appareils</a>"),
    "a fold": PART.format("Devices", "<details><summary>Signed in earlier</summary><p>Phone</p></details>"),
    "a row of another kind": PART.format("Devices", "<div>Phone <button>Sign out</button></div>"),
    "days that it is about": PART.format("Devices", "<p>In the past 7 days:</p>"),
    "a filter elsewhere": "<button aria-pressed=true>This month</button>" + PART.format("Devices", ""),
}
TROUBLES = (
    "We could not load your settings. Try again when you are online.",
    "Could not <b>save</b> this.",
    "Änderungen wurden nicht gespeichert.",
    "Your change was reverted.",
    "Your settings as of 2 May 2021.",
    "You are viewing this page as Anna.",
    "All settings in this group are paused.",
)
REPLACED = f"q.innerHTML={OFF!r};setTimeout(()=>q.innerHTML={ON!r},200)"

# fmt: off
CASES = (
    *(Case(f"a card that says {line}", SWITCH, card(line), None) for line in DENIES),
    *(Case(f"a card of {width} pixels that says Off", SWITCH, card("Off", width), None) for width in (300, 900)),
    *(Case(f"a card whose switch is off and that says {line}", SWITCH, card(line, state="false"), None) for line in (
        "On", "Active", "Turned on by your school", "Enabled")),
    *(Case(f"a word beside {wrappers} wrappers", SWITCH, '<div style="display:flex">' + deep(ON, wrappers) +
        "<span>Off</span></div>", None) for wrappers in (2, 5, 9)),
    Case("a word below two lines of help", SWITCH, f'<div style="width:300px">{ON}<p>Only people that you approve can '
        "see your photos, your posts and your followers.</p><p><b>Off</b></p></div>", None),
    Case("a word that describes it", SWITCH, FAR.format("true").replace("style", "aria-describedby=d style") +
        "<p id=d style='margin-left:400px'>Off</p>", None),
    Case("a word beside a button for help", SWITCH, '<div style="width:420px;display:flex;gap:90px">'
        f"<span>Profile: Off <button aria-label=About>i</button></span>{ON}</div>", None),
    Case("a word that is cut off", SWITCH, f'<div>{ON}<div style="width:110px;white-space:nowrap;overflow:hidden;'
        'text-overflow:ellipsis">Off – everyone can see your profile</div></div>', None),
    *(Case(f"under {what}", CHECKBOX if TICKED in html else SWITCH, html, None) for what, html in OVER.items()),
    *(Case(f"denied {how}", SWITCH, html, None) for how, html in ELSEWHERE.items()),
    *(Case(f"an empty box with {what}", FILLED, html, "no") for what, html in STORED.items()),
    *(Case(f"a list {what}", SELECT, f"<div>{LIST} {html}</div>", None) for what, html in CHOOSES.items()),
    Case("a button of a choice that is paused", STARTS, "<div><button aria-label='Edit audience. Only me'>Only me"
        "</button> <span>Paused</span></div>", None),
    Case("a text that is paused", TEXT, f"<div><p>{NAMED}: <span id=state>On</span></p><p>Paused until May</p></div>",
        None),
    Case("a text for some", TEXT, "<p><span id=state>On</span> for 2 of 5 albums</p>", None),
    Case("a sentence with an exception", SENTENCE,
        "<p>Nobody can find you.</p><p>Except people who have your number.</p>", None),
    *(Case(f"a count of a list with {what}", COUNT_IN, html, None) for what, html in LISTS.items()),
    *(Case(f"a page that says {line}", SWITCH, f"{ON}<p>{line}</p>", None) for line in TROUBLES),
    Case("a switch that is drawn anew, other and back", SWITCH, f"<div id=q>{ON}</div>" + script(
        f"setInterval(()=>{{{REPLACED}}},900)"), None),
    told("a card whose line is help", SWITCH, card("Only people you approve can see what you post."), "yes"),
    told("a card whose line agrees", SWITCH, card("On – only followers see you"), "yes"),
    told("a card that is off and says so", SWITCH, card("Off", state="false"), "no"),
    told("a card with help about the other state", SWITCH, card("When this is off, anyone can see your posts."), "yes"),
    told("a card with another card below", SWITCH, card("Only people you approve can see it") +
        CARD.replace(NAMED, "Ads off Reddit").format(640, "<div>Off</div>",
        FAR.replace(NAMED, "Ads off Reddit").format("false")), "yes"),
    told("a switch between its two words", SWITCH, f"<div>Off {ON} On</div>", "yes"),
    told("a heading that only names", SWITCH, f"<h2>Privacy</h2>{ON}", "yes"),
    told("an empty box with a placeholder", FILLED, '<p><label>School <input name=about placeholder="Your school">'
        "</label></p>", "yes"),
    told("a list with help", SELECT, f"<div>{LIST} <p>Everyone means also people without an account.</p></div>", "yes"),
)
