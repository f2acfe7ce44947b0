"""More pages of the kinds that a second stranger found, told wrongly or by pages that only look like them."""

from __future__ import annotations

from tests.browser.strange.scenes import CHOICE
from tests.browser.strange.second_look import NEAR, blank
from tests.support.settings_page import BOX, SELECT, SWITCH
from tests.support.told_pages import OFF, ON, TEXT, TICKED, Case, told

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
        "<table><tr><td><b>Setting</b><td><b id=r>Suggested</b><tr><td>Private profile<td headers=r>" + STATE
        + "</table>",
        None,
    ),
    Case(
        "a text under a bold word",
        TEXT,
        "<table><tr><td><b>Setting</b><td><b>Yours</b><td><b>Default</b><tr><td>Private profile<td>Off<td>" + STATE
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
        "<table><thead><tr><th rowspan=2>Setting<th>Privacy<tr><th>Suggested</thead><tr><td>Private profile<td>" + TICKED
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
        "<table><tr><th colspan=2>Suggested<tr><td>Chat<td>Off<tr><th colspan=2>Yours<tr><td>Private profile<td>" + STATE
        + "</table>",
        "yes",
    ),
    told("a switch under two heads", ROWS, rows("<thead><tr><th colspan=2>Privacy<tr><th>Setting<th>State</thead>"), "yes"),
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
