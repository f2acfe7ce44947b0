"""Words and heads that look like a denial and are none: each of these pages must be told."""

from __future__ import annotations

from tests.browser.strange.scenes import CHOICE, LIST, section, under
from tests.support.settings_page import BOX, SELECT, SWITCH
from tests.support.told_pages import CHECKBOX, NOT_TICKED, OFF, ON, TICKED, Case, lines, shown, told

ROWS = {"find": {"role": "switch", "near": ["Private profile"]}, "take": "checked", "means": SWITCH["means"]}


def near(*heads: str) -> str:
    """Return a table of two columns of which the second one is read."""
    row = "<tr><td>{}<td><button role=switch aria-checked=true aria-label={}>&nbsp;</button></tr>"
    head = "".join(f"<th>{one}" for one in heads)
    return f"<table><tr>{head}</tr>{row.format('Photos', 'p')}{row.format('Private profile', 'q')}</table>"


# fmt: off
IN_PIECES = tuple(
    told(f"{words!r} under it", SWITCH, under(ON, words), "yes")
    for words in (
        "When this is <b>off</b>, anyone can see you.",
        "People must <b>ask</b> to follow you. <a href='?h'>Learn more</a>",
        "You can turn this <b>off</b> at any time.",
        "Is <b>on</b>",
        "Only fol&shy;lowers see you.",
        "If this is <i>not</i> active, you will be asked.",
    )
)

OVER_ROWS = (
    *(told(f"under {head}", SWITCH, section(head), "yes") for head in (
        "<h2>Off-Facebook activity</h2>",
        "<h2>Notifications</h2>",
        "<h2>Recommended content</h2>",
        "<h2><span>Suggested</span> accounts</h2>",
        "<h2>Privacy <small>3</small></h2>",
        "<h2>Time <b>off</b></h2>",
        "<h2>Privacy <span>On</span></h2>",
        "<h2>Privacy <button type=button>Turn all off</button></h2>",
        "<h2>Privacy</h2><p>When these are off, anyone can see you.</p>",
        "<h2>Privacy</h2><p>Turn off to be found by all.</p>",
        "<h2>Privacy</h2><p>You can turn these off at any time. <a href='?h'>Learn more</a></p>",
        "<h2>Privacy</h2><a href='?a' style='display:flex;gap:90px'><span>Chat</span><span>Off</span></a>",
        "<h2>Privacy</h2><div>Chat</div><div>Off</div>",
        '<div class="card-header">Recommended content</div>',
        "<h3><button type=button aria-expanded=true aria-controls=m>Privacy</button></h3>",
    )),
    told("a badge of the section that agrees", SWITCH, section("<h2>Privacy <span>Off</span></h2>", OFF), "no"),
    told("a summary that says the state of what is in it", SWITCH, "<details open><summary>Private profile <b>Off</b>"
         f"</summary><p>{OFF}</p></details>", "no"),
    told("after a section that is off", SWITCH, section("<h2>Chat <span>Off</span></h2>", shown("true", "Read marks"))
         + section("<h2>Privacy</h2>"), "yes"),
    told("columns that name ways", ROWS, near("Setting", "Phone"), "yes"),
    told("a box over them that ticks all", CHECKBOX, "<ul><li><label><input type=checkbox> Select all</label><ul><li>"
         f"{TICKED}</ul></ul>", "yes"),
    told("a row before it that is off", SWITCH, f"<ul><li>{shown('false', 'Show my age')}<li>{ON}</ul>", "yes"),
    told("a fieldset after a box that is not ticked", BOX, "<form><label><input type=checkbox> Newsletter</label>"
         f"<fieldset><legend>Privacy</legend>{TICKED}</fieldset></form>", "yes"),
)

FURTHER = (
    "If you have been signed out on another device, sign in again there.",
    "You will be signed out after 30 days.",
    "You are signed in as Ann.",
    "You were signed out of all other sessions.",
    "People who are not signed in cannot see you.",
    "Learn more about failed log-ins",
    "These settings do not apply to messages that you sent before.",
    "These settings have no effect on posts of others.",
    "These settings were updated on 3 May 2026.",
    "Your password was changed on 3 May 2026.",
    "A newer version of the app is in the store.",
    "Switch to the older version of the site",
    "Get told when an update failed.",
    "To be found by all, turn Private profile off.",
    "Private profile turned on",
)
SAYS = tuple(told(f"the page says: {words}", SWITCH, f'{ON}<p style="margin-top:150px">{words}</p>', "yes") for words in
             FURTHER)

ELSEWHERE = (
    *(
        told(f"a choice of who may see something over it: {choice}", SWITCH, f"{choice}{ON}", "yes")
        for choice in (
            "<p><label>Photos <select><option selected>Everyone<option>Friends<option>Only you</select></label></p>",
            "<p><label>Photos <select><option selected>Friends<option>You</select></label></p>",
            "<p role=radiogroup><b role=radio aria-checked=true>All</b> <b role=radio aria-checked=false>You</b></p>",
        )
    ),
    *(told(f"{words!r} under it", SWITCH, under(ON, words), "yes") for words in (
        "Applies to this device and all others.",
        "Applies to all your devices.",
        "This computer is one of three that you use.",
        "Photos on this device are never sent.",
    )),
    told("a list of those whose settings these are, at oneself", SWITCH, "<p><label>Settings for <select><option>"
         f"Springfield School (page)<option selected>Ann (you)</select></label></p>{ON}", "yes"),
    told("a list of another setting over it", SWITCH, "<p><label>Who can comment <select><option selected>Everyone"
         f"<option>Me</select></label></p>{ON}", "yes"),
    told("tabs of parts of the settings", SWITCH, "<div role=tablist><button role=tab aria-selected=false>Your account"
         "</button><button role=tab aria-selected=true>Privacy</button></div><div role=tabpanel>" + ON + "</div>",
         "yes"),
)

TURNED = (
    told("a field and a label that both say no", BOX | {"find": {"field": "hide_from_robots"}}, "<label><input type="
         "checkbox name=hide_from_robots checked> Don’t let search engines find me</label>", "yes"),
    told("a label that begins with: notify", BOX, "<label><input type=checkbox name=box> Notify me of news</label>",
         "no"),
    told("a name that is a denial", SWITCH | {"find": {"role": "switch", "name": ["Do not track me"]}}, shown("true",
         "Do not track me"), "yes"),
)

WORDS = (
    *(told(f"{words!r} under it", SWITCH, under(ON, words), "yes") for words in (
        "Turned off by default.",
        "Off-site activity is in its own list.",
        "Disabled people tell us that this helps them more than all else.",
        "Blocked people cannot see you in any case.",
        "Turns on a lock for new followers.",
        "People who have turned this off can be found.",
        "If your school has turned this off, ask there.",
        "Takes effect at once.",
        "On while you use the site.",
        "Scheduled posts are private too.",
    )),
    told("a link to those who are blocked below it", SWITCH, f"<div>{ON}<p><a href='?b'>Blocked</a></p></div>", "yes"),
    told("a heading of those who are blocked over it", SWITCH, section("<h2>Blocked</h2>"), "yes"),
    told("off, and it says since when", SWITCH, under(OFF, "Turned off while you were away."), "no"),
    told("a box that is not ticked, and its word", BOX, under(NOT_TICKED, "Off while you are new."), "no"),
)

KINDS: dict[str, tuple[Case, ...]] = {
    "in_pieces": IN_PIECES,
    "over_rows": OVER_ROWS,
    "says": SAYS,
    "elsewhere": ELSEWHERE,
    "turned": TURNED,
    "words": WORDS,
    "lists": (
        told("a list under a heading of things that are suggested", SELECT, f"<h2>Suggested posts</h2>{LIST}", "yes"),
        told("a list in a table", SELECT, f"<table><tr><th>Setting<th>Choice<tr><td>Who<td>{CHOICE}</table>", "yes"),
        told("rows", SWITCH, lines(("Chat", shown("false", "Show chats")), ("Profile", ON)), "yes"),
    ),
}
