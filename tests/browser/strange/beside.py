"""Harmless pages that look like those in which something beside a control speaks against it: each must be told."""

from __future__ import annotations

from tests.browser.strange.scenes import AUDIENCE, CHOICE, LIST, ONLY_ME, SAID, beside, under
from tests.support.settings_page import BOX, SELECT, SENTENCE, STARTS, SWITCH, VALUE
from tests.support.told_pages import NOT_TICKED, OFF, ON, TEXT, TICKED, lines, picture, shown, told

WHO = "Who can see you"
ROUND = (
    "<fieldset><legend>{0}</legend><label><input type=radio name={1} value=all {2}>Everyone</label><label><input "
    "type=radio name={1} value=me {3}>Only me</label></fieldset>"
)
OTHER_ROWS = ROUND.format("Photos", "photos", "checked", "") + ROUND.format("Videos", "videos", "checked", "")
IN_PART = (
    SWITCH
    | {"find": {"role": "combobox", "name": [WHO], "within": {"role": "region", "name": ["Posts"]}}}
    | {"take": "selected", "means": {"me": "yes", "all": "no"}}
)
OTHER_LIST = f"<label>{WHO} <select><option selected>Everyone<option>Only me</select></label>"
EMAIL = "<label><input type=checkbox name={} {}> Email</label> <label><input type=checkbox> Text message</label>"

LESS_ASKED = (
    told("a list with what it is for under it", SELECT, under(LIST, "Choose who can see your posts."), "yes"),
    told(
        "a list after a title with a word of a state",
        SELECT,
        "<div><h3>Activity off this site</h3>" + CHOICE + "</div>",
        "yes",
    ),
    told(
        "a list, and rows with counters",
        SELECT,
        f"<div>{LIST}</div>" + lines(("Blocked (3)", shown("false", "Use it"))),
        "yes",
    ),
    told(
        "a list whose line agrees",
        SELECT,
        under(f"<label>Mail {CHOICE.replace('Only me', 'Off')}</label>", "Mail is off."),
        "yes",
    ),
    told(
        "round buttons with a word for off",
        SELECT,
        ROUND.format(WHO, "who", "", "checked").replace("Only me", "Off"),
        "yes",
    ),
    told(
        "round buttons with a line under each",
        SELECT,
        "<fieldset><legend>Mail</legend><div><label><input type=radio "
        "name=who value=all>On</label><p>You get mail.</p></div><div><label><input type=radio "
        "name=who value=me checked>Off"
        "</label><p>Mail is turned off.</p></div></fieldset>",
        "yes",
    ),
    told(
        "round buttons in many rows with the same choices",
        SELECT,
        ROUND.format(WHO, "who", "", "checked") + OTHER_ROWS,
        "yes",
    ),
    told(
        "a text among rows of texts",
        TEXT,
        "<dl><dt>Private profile<dd id=state>On<dt>Photos<dd>Off<dt>Videos<dd>Off</dl>",
        "yes",
    ),
    told("a text among lines", TEXT, lines(("Private profile", "<span id=state>On</span>"), ("Photos", "Off")), "yes"),
    told(
        "a text among paragraphs",
        TEXT,
        "<p>Private profile: <b id=state>On</b></p><p>Photos: <b>Off</b></p><p>Videos: Off</p>",
        "yes",
    ),
    told(
        "a text over a title with a word of a state",
        TEXT,
        "<p>Private profile: <b id=state>On</b></p><p>Activity off this site</p>",
        "yes",
    ),
    told("a button among buttons", STARTS, lines(("Posts", AUDIENCE), ("Photos", "<button>Off</button>")), "yes"),
    told("a button with an arrow", STARTS, AUDIENCE.replace("Only me<", "Only me ▾<"), "yes"),
    told(
        "a list whose first line is no choice",
        SELECT,
        "<form method=post><select name=who><option value=me>Default<option value=all>Everyone</select></form>",
        "yes",
    ),
)
TWINS = (
    told(
        "two lists of one name in two parts",
        IN_PART,
        f"<section aria-label=Posts><h2>Posts</h2>{LIST}</section><section "
        f"aria-label=Photos><h2>Photos</h2>{OTHER_LIST}</section>",
        "yes",
    ),
    told("two lists of one name under two headings", SELECT, f"<h2>Posts</h2>{LIST}<h2>Photos</h2>{OTHER_LIST}", "yes"),
    told(
        "boxes of one name in the rows of a table",
        BOX,
        "<table><tr><th>Comments<td>"
        + EMAIL.format("box", "checked")
        + "<tr><th>Likes<td>"
        + EMAIL.format("box2", "")
        + "</table>",
        "yes",
    ),
    told(
        "boxes of one name that come again",
        BOX,
        "<div><p>Comments</p>"
        + EMAIL.format("box", "checked")
        + "</div><div><p>Likes</p>"
        + EMAIL.format("box2", "")
        + "</div>",
        "yes",
    ),
    told(
        "one button of a group that stays down",
        ONLY_ME | {"find": {"role": "button", "name": ["Only me"]}},
        "<div "
        "role=group aria-label=Audience><button aria-pressed=false>Everyone</button><button aria-pressed=true>Only me"
        "</button></div>",
        "yes",
    ),
    told("a box whose two states agree", BOX, TICKED.replace("checked>", "checked aria-checked=true>"), "yes"),
)
NEIGHBOURS = (
    told(
        "a box in front of a list that is ticked",
        SELECT,
        f"<div><label><input type=checkbox name=limit checked> Limit who can see you to</label> {CHOICE}</div>",
        "yes",
    ),
    told(
        "a box in the row over a list",
        SELECT,
        f"<p><label><input type=checkbox> Show my school</label></p><p>{LIST}</p>",
        "yes",
    ),
    told(
        "a default that is not ticked",
        SELECT,
        f"<div>{LIST}</div><label><input type=checkbox> Use the site's default</label>",
        "yes",
    ),
    told(
        "a tick at a default of something else",
        SWITCH,
        f"<div>{ON}</div><label><input type=checkbox checked> Use default fonts</label>",
        "yes",
    ),
    told("a box out of use with an address", SWITCH, beside(ON, '<input readonly value="ann@school.example">'), "yes"),
)
NO_TEXT = (
    told("a link to help with a title", SWITCH, f'<div>{ON} <a href="?h" title="Learn more">?</a></div>', "yes"),
    told(
        "a picture of a person",
        SWITCH,
        f'<div><img alt="Ann Miller" src=p width=20 height=20> {ON}</div>',
        "yes",
        {"p": picture()},
    ),
    told(
        "a drawing that says info",
        SWITCH,
        f'<div>{ON} <svg role=img aria-label="Info" width=20 height=20><rect width=9 height=9 /></svg></div>',
        "yes",
    ),
    told(
        "a lock without words",
        SWITCH,
        f"<div>{ON} <svg width=20 height=20><rect width=9 height=9 /></svg></div>",
        "yes",
    ),
    told("a sign before a name", BOX, f"<div><span>🚫</span> {TICKED}</div>", "yes"),
    told("a switch between two signs", SWITCH, beside("<span>✗</span>", f"{ON} <span>✓</span>"), "yes"),
    told("a line with a number", SWITCH, f"<ol><li>{OFF}</ol>", "no"),
    told(
        "a frame of a stranger above it",
        BOX,
        f'<iframe src="OTHER/noise/ad" width=300 height=100></iframe>{NOT_TICKED}',
        "no",
    ),
)
EMPTY_BOXES = (
    told(
        "an empty box under a menu",
        VALUE,
        '<div><ul><li><a href="?a">Profile</a><li><a href="?b">Mail</a></ul><label>'
        "School <input name=about></label></div>",
        "yes",
    ),
    told(
        "an empty box under a list of help",
        VALUE,
        "<div><label for=about>School</label><ul><li>Others can see it on your "
        "page.</ul><input id=about name=about></div>",
        "yes",
    ),
    told(
        "an empty box with rules under it",
        VALUE,
        "<div><label for=about>School</label> <input id=about name=about><ul><li>At most 80 letters</ul></div>",
        "yes",
    ),
)
SENTENCES = (
    told("a sentence under a line that names it", SENTENCE, f"<div><div>Search</div><p>{SAID}</p></div>", "yes"),
    told("a sentence under a heading of activity", SENTENCE, f"<h2>Activity status</h2><p>{SAID}</p>", "yes"),
    told("a sentence after a day", SENTENCE, f"<p>Updated <time>3 May 2024</time></p><p>{SAID}</p>", "yes"),
    told("a text after its term", TEXT, "<dl><dt>Private profile</dt><dd><span id=state>On</span></dd></dl>", "yes"),
    told(
        "a sentence that describes a part",
        SENTENCE,
        f"<section aria-describedby=h><h2>Search</h2><p id=h>{SAID}</p></section>",
        "yes",
    ),
)

HARMLESS = (*LESS_ASKED, *TWINS, *NEIGHBOURS, *NO_TEXT, *EMPTY_BOXES, *SENTENCES)
