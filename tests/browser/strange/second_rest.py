"""More pages of the kinds that a second stranger found, told wrongly or by pages that only look like them."""

from __future__ import annotations

from tests.browser.strange.scenes import CHOICE, ONE, ONE_DEVICE, devices
from tests.browser.strange.second_look import DEVICE, NEAR, blank
from tests.support.settings_page import ABSENT, BOX, SELECT, SWITCH
from tests.support.told_pages import OFF, ON, TEXT, TICKED, Case, script, shown, told

ROWS = SWITCH | {"find": NEAR}
STATE = "<span id=state>On</span>"
SHORT = "display:grid;grid-template-columns:200px 200px 200px"


def rows(head: str, name: str = "<td>{}<td>{}") -> str:
    """Return a table with two rows, a name and a switch in each."""
    both = "".join(f"<tr>{name.format(words, blank(words[0]))}" for words in ("Photos", "Private profile"))
    return f"<table>{head}{both}</table>"


def grid(*lines: tuple[str, ...], role: str = "table") -> str:
    """Return a table that is made of boxes: each cell is its attributes and its words."""
    drawn = "".join(
        f'<div role=row style="{SHORT}">' + "".join(f"<div {one}</div>" for one in line) + "</div>" for line in lines
    )
    return f"<div role={role}>{drawn}</div>"


HEADS = tuple(f"role=columnheader>{words}" for words in ("Setting", "Yours", "Recommended"))
MORE_TABLES = (
    Case(
        "a text in a table of roles",
        TEXT,
        grid(HEADS, ("role=cell>Private profile", "role=cell>Off", f"role=cell>{STATE}")),
        "no",
    ),
    Case(
        "a text in a grid whose cell says its column",
        TEXT,
        grid(HEADS, ("role=gridcell>Private profile", f"role=gridcell aria-colindex=3>{STATE}"), role="grid"),
        None,
    ),
    Case(
        "a text whose cell names its head",
        TEXT,
        "<table><tr><td><b>Setting</b><td><b id=r>Suggested</b><tr><td>Private profile<td headers=r>"
        + STATE
        + "</table>",
        None,
    ),
    Case(
        "a text under a bold word",
        TEXT,
        "<table><tr><td><b>Setting</b><td><b>Yours</b><td><b>Default</b><tr><td>Private profile<td>Off<td>"
        + STATE
        + "</table>",
        "no",
    ),
    Case(
        "a switch under a line over all columns, in the middle of a table",
        ROWS,
        rows("<tr><th>Setting<th>State<tr><td>Chat<td>No<tr><th colspan=2>Suggested settings"),
        None,
    ),
    Case(
        "a switch under a head over two columns",
        ROWS,
        rows(
            "<thead><tr><th rowspan=2>Setting<th colspan=2>Recommended<tr><th>Here<th>Elsewhere</thead>",
            "<td>{}<td><td>{}",
        ),
        None,
    ),
    Case(
        "a box in the second column, its head after a cell over two rows",
        BOX,
        "<table><thead><tr><th rowspan=2>Setting<th>Privacy<tr><th>Suggested</thead><tr><td>Private profile<td>"
        + TICKED
        + "</table>",
        None,
    ),
    Case(
        "a list in a column of what it was",
        SELECT,
        "<table><tr><th colspan=2>Privacy<tr><th>Setting<th>Previous<tr><td>Who<td>" + CHOICE + "</table>",
        None,
    ),
    Case(
        "its state in a table of roles, under its name",
        SWITCH,
        f'{ON}<div style="margin-top:250px"></div>'
        + grid(
            ("role=columnheader>Photos", "role=columnheader>Private profile", "role=columnheader>Chat"),
            ("role=cell>On", "role=cell>Off", "role=cell>On"),
        ),
        None,
    ),
    Case(
        "its state in the second line of a table",
        SWITCH,
        f'{ON}<table style="margin-top:250px"><tr><th>Where<th>Private profile<tr><td>Phone<td>On<tr><td>Here<td>Off'
        "</table>",
        None,
    ),
)
TABLES_TOLD = (
    told(
        "a text in the column of what is so",
        TEXT,
        "<table><thead><tr><th colspan=3>Privacy<tr><th>Setting<th>Yours<th>Recommended</thead><tr><td>Private profile"
        f"<td>{STATE}<td>Off</table>",
        "yes",
    ),
    told(
        "a text before a head over two columns",
        TEXT,
        f"<table><tr><th>Setting<th colspan=2>Yours<th>Recommended<tr><td>Private profile<td>{STATE}<td>!<td>Off"
        "</table>",
        "yes",
    ),
    told(
        "a text under a title about new things",
        TEXT,
        f"<table><tr><th colspan=2>New features<tr><th>Setting<th>State<tr><td>Private profile<td>{STATE}</table>",
        "yes",
    ),
    told(
        "a text in a table of roles, in the column of what is so",
        TEXT,
        grid(HEADS, ("role=cell>Private profile", f"role=cell>{STATE}", "role=cell>Off")),
        "yes",
    ),
    told(
        "a text under a line that ends another one",
        TEXT,
        "<table><tr><th colspan=2>Suggested<tr><td>Chat<td>Off<tr><th colspan=2>Yours<tr><td>Private profile<td>"
        + STATE
        + "</table>",
        "yes",
    ),
    told(
        "a switch under two heads",
        ROWS,
        rows("<thead><tr><th colspan=2>Privacy<tr><th>Setting<th>State</thead>"),
        "yes",
    ),
    told(
        "a switch beside a cell over two rows",
        ROWS,
        "<table><tr><th>Group<th>Setting<th>State<th>Suggested<tr><td rowspan=2>Privacy<td>Photos<td>"
        f"{blank('p')}<td>Off<tr><td>Private profile<td>{blank('q')}<td>Off</table>",
        "yes",
    ),
    told("a switch in rows whose names are heads", ROWS, rows("", "<th>{}<td>{}"), "yes"),
    told(
        "a switch in rows of which one suggests something",
        ROWS,
        rows("<tr><th>Recommended content<td>Off", "<th scope=row>{}<td>{}"),
        "yes",
    ),
    told("a switch in a table without heads", ROWS, rows("<tr><td>Chat<td>Off"), "yes"),
    told(
        "its state in another table, under its name, as it is",
        SWITCH,
        f'{ON}<table style="margin-top:250px"><tr><th>Private profile<th>Photos<tr><td>On<td>Off</table>',
        "yes",
    ),
    told(
        "another state under another name in a grid",
        SWITCH,
        f'{ON}<div style="margin-top:250px;display:grid;grid-template-columns:200px 200px"><span>Photos</span><span>'
        "Private profile</span><span>Off</span><span>On</span></div>",
        "yes",
    ),
    told(
        "its name over rows of others",
        SWITCH,
        f'{ON}<h3 style="margin-top:250px">Private profile</h3><div style="display:grid;grid-template-columns:200px '
        '200px"><span>Photos</span><span>Off</span></div>',
        "yes",
    ),
    told(
        "its state in a row of another table",
        SWITCH,
        f'{OFF}<table style="margin-top:250px"><tr><td>Private profile<td>Off<tr><td>Photos<td>On<tr><td>Chat<td>On'
        "</table>",
        "no",
    ),
)

TWO = f"<section aria-label=Devices><h2>Devices</h2><ul>{ONE}<li>iPhone</ul></section>"
TABS = '<div{}><a href="?t=1"{}>General</a> <a href="?t=2">Privacy</a></div>'
MORE_FEW = (
    *(
        Case(f"under the list: {words}", ONE_DEVICE, DEVICE.format("", f"<p>{words}</p>"), "no")
        for words in (
            "One more is hidden.",
            "+ 1 other session",
            "And another.",
            "<b>1</b> more",
            "1 further sign-in",
            "You have 1 other session.",
            "and 2 others are signed in",
        )
    ),
    *(
        Case(f"an item: {words}", ONE_DEVICE, devices(f"<li>{words}"), "no")
        for words in (
            "Windows PC (Chrome, Firefox)",
            "Cardiff, Chrome 120 + Edge 119",
            "iPhone and iPad",
            "Laptop &amp; phone",
            "Windows PC <small>Safari</small> and <small>Opera</small>",
            "This phone and another device",
        )
    ),
    Case(
        "items between which tabs that are links choose", ONE_DEVICE, TABS.format("", " class=on") + devices(ONE), None
    ),
    *(
        Case(f"a box behind {what}", ABSENT, html, None)
        for what, html in {
            "links to two values": TABS.format("", ""),
            "a link that says which is current": TABS.format(" class=x", " aria-current=page"),
            "links of which the current one is a word": '<p><b>General</b> <a href="?part=privacy">Privacy</a></p>',
            "buttons of which one has a line under it": "<div><button style='border:0;border-bottom:2px solid' type="
            "button>General</button><button type=button style=border:0>Privacy</button></div>",
            "buttons in a row of tabs": '<div class="settings-tabs"><button>General</button><button>Privacy</button>'
            "</div>",
            "links to places that are not there": '<ul class=nav-tabs><li><a href="#a">General</a><li><a href="#b">'
            "Privacy</a></ul>",
            "links that only scripts follow": '<div><a href="#" class=is-active>General</a><a href="#">Privacy</a>'
            "</div>",
        }.items()
    ),
)
FEW_TOLD = (
    told("two, of which a line speaks", ONE_DEVICE, f"<p>You are signed in on this device and 1 other.</p>{TWO}", "no"),
    *(
        told(f"one, and under the list: {words}", ONE_DEVICE, DEVICE.format("", f"<p>{words}</p>"), "yes")
        for words in (
            "One more thing: sign out when you leave.",
            "If you see another device, change your password.",
            "You can add 1 more step.",
            "1 device",
        )
    ),
    told(
        "one, and others elsewhere",
        ONE_DEVICE,
        devices(ONE) + "<section><h2>Likes</h2><p>Ben and 1 other like this.</p></section>",
        "yes",
    ),
    *(
        told(f"an item: {words}", ONE_DEVICE, devices(f"<li>{words}"), "yes")
        for words in (
            "Windows PC · Chrome · Cardiff",
            "iPhone, iOS 17, Safari",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36",
            "Laptop in Trinidad and Tobago",
            "Chrome on Windows and here since May",
        )
    ),
    *(
        told(f"a box that is absent beside {what}", ABSENT, html, "yes")
        for what, html in {
            "links to other pages": '<ul><li class=active>Profile<li><a href="/account">Account</a></ul>',
            "buttons of a form": "<form method=post><label>Name <input name=nick></label><button class=active>Save"
            "</button> <button>Reset all</button></form>",
            "links to what is on the page": '<ul><li><a href="#a">General</a><li><a href="#b">Mail</a></ul><h2 id=a>'
            "General</h2><p>Text</p><h2 id=b>Mail</h2><p>Text</p>",
            "help in the same place": '<p>Your name is Ann. <a href="?help=name">Learn about names</a></p>',
            "languages": '<p><b>English</b> <a href="?lang=cy">Cymraeg</a></p>',
            "a way back": '<ol class=breadcrumb><li><a href="/">Home</a><li class=active>Privacy</ol>',
            "two buttons": "<p><button type=button>Export</button> <button type=button>Delete</button></p>",
        }.items()
    ),
)

PULSE = (
    "<style>@keyframes p{{50%{{opacity:.3}}}}.dot{{display:inline-block;width:16px;height:16px;border-radius:9px;"
    "background:red;animation:p 1s infinite}}</style>{}"
)
EDGE = '<div style="position:fixed;right:9px;bottom:9px;border:1px solid">{}</div>'
AMISS = {
    "it was undone": "<p>Your last change was undone.</p>",
    "undone, in a line": "<p>Undone</p>",
    "not connected, under a heading": "<h2>Settings</h2><p>Not connected</p><button type=button>Connect again</button>",
    "not connected, with a way to try": "<div>Not connected <button type=button>Connect</button></div>",
    "offline, beside the site's name": "<div>Springfield <span>Offline</span></div>",
    "you are offline, at the edge": EDGE.format("You are offline."),
    "offline, at the edge": EDGE.format("Offline"),
    "the site is offline": "<p>We are offline at the moment.</p>",
    "you and your friends are offline": "<p>You and your friends are offline.</p>",
    "followers could not be loaded": "<p>Your followers could not be loaded.</p>",
    "friends' settings": "<p>Friends can’t load right now.</p>",
    "a thing that is not connected, and more": "<ul><li>Radio <span>Not connected</span> Your changes were not saved."
    "</ul>",
    "a dot that pulses alone": PULSE.format("<span class=dot></span>"),
    "a dot that pulses after words": PULSE.format("<p>Privacy <span class=dot></span></p>"),
    "a dot that pulses in a heading": PULSE.format("<h2><span class=dot></span> Privacy</h2>"),
    "three dots that pulse before words": PULSE.format("<p>" + "<span class=dot></span>" * 3 + " Your settings</p>"),
    "a dot that pulses at a row": PULSE.format(
        f"<div><span class=dot></span> Photos {shown('true', 'Hide photos')}</div>"
    ),
}
MORE_TROUBLES = (*(Case(f"a box, and elsewhere: {what}", BOX, html + TICKED, None) for what, html in AMISS.items()),)
FINE = {
    "what nobody can undo": "<p>Once deleted, it can’t be undone.</p>",
    "linked accounts in a list": "<h2>Linked accounts</h2><ul><li>Radio <b>Not connected</b><li>Maps "
    "<b>Connected</b></ul>",
    "a loudspeaker that is off": "<table><tr><td>Loudspeaker<td>Offline<tr><td>Lamp<td>On</table>",
    "an account in boxes of its own": "<section><div><h3>Radio</h3><p>Not connected</p></div><a href=x>Connect</a>"
    "</section>",
    "people who cannot reach you": "<p>People you block cannot reach you here.</p>",
    "strangers who cannot get a number": "<p>Strangers can’t get your number.</p>",
    "friends who are offline": "<p>Your friends are offline.</p>",
    "appearing offline": "<p>You appear offline to people you block.</p>",
    "a team that is not there": EDGE.format("<b>Chat</b><p>Our team is offline now.</p>"),
    "a dot that grows before its words": PULSE.format(
        "<style>@keyframes p{50%{transform:scale(1.2)}}</style><div style='display:flex;gap:6px'><i class=dot></i>"
        "<span>Recording now</span></div>"
    ),
}
TROUBLES_TOLD = tuple(told(f"a box, and elsewhere: {what}", BOX, TICKED + html, "yes") for what, html in FINE.items())

CARBON = (
    "<style>.sw{{width:48px;height:24px;border-radius:12px;background:#198038}}</style><div><button id=t role=switch "
    "aria-checked={} aria-labelledby=l style='border:0;padding:0'></button><label for=t {}><span id=l>Private profile"
    "</span><div style='display:flex'>{}<span>{}</span></div></label></div>"
)
WORD = "<div role=switch aria-checked={} tabindex=0><span>{}</span> <span aria-hidden=true>{}</span></div>"
NO_VALUES = (
    "<form method=post><label>Who can see you <select name=who><optgroup label=Few><option{}> Only \n me<option>Nobody"
    "</optgroup><option{}>Everyone</select></label></form>"
)
BY_WORDS = SELECT | {"means": {"Only me": "yes", "Everyone": "no"}}
CONTROLS = (
    Case("a switch with the other word on it", SWITCH, WORD.format("true", "Private profile", "Off"), None),
    Case("a switch with its word and another name", SWITCH, WORD.format("true", "Public profile", "On"), None),
    Case(
        "a switch in hiding whose label says otherwise",
        SWITCH,
        CARBON.format("true", "", "<div class=sw></div>", "Off"),
        None,
    ),
    Case(
        "a switch in hiding, its label too",
        SWITCH,
        CARBON.format("true", "style=opacity:0", "<div class=sw></div>", "On"),
        None,
    ),
    Case("a switch in hiding without a picture", SWITCH, CARBON.format("true", "", "", "On"), None),
    Case(
        "a box that was pushed out of a frame without bars",
        BOX,
        f"<div style='width:300px;height:40px;overflow:hidden'><div style='margin-top:60px'>{TICKED}</div></div>",
        None,
    ),
    Case(
        "a list without values in which a script chose",
        BY_WORDS,
        NO_VALUES.format("", " selected") + script("document.querySelector('select').selectedIndex=0"),
        "no",
    ),
)
CONTROLS_TOLD = (
    told("a switch with its word", SWITCH, WORD.format("true", "Private profile", "On"), "yes"),
    told("a list without values in a group", BY_WORDS, NO_VALUES.format(" selected", ""), "yes"),
    told("a list without values, at its end", BY_WORDS, NO_VALUES.format("", " selected"), "no"),
    told("a switch in hiding that is off", SWITCH, CARBON.format("false", "", "<div class=sw></div>", "Off"), "no"),
)
