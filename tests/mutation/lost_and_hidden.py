"""More kinds of change: what a state hangs on is lost, or what is read is not what a person sees.

Each shows a state that is not the user's, and gives a sign of it that the reader promises to notice
(`privacyaudit/browser/belief.py`); so only the true option or *unknown* is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from random import Random

from tests.mutation.mutations import (
    Case,
    Change,
    Element,
    Served,
    Spot,
    a_control,
    all_in_other_state,
    all_parts_turned,
    choose,
    drawn_later,
    is_page,
    kind,
    other_state,
    pane,
    replaced,
    twin_row,
    with_reply,
)

LOST = "/mutated/lost"
ELSEWHERE = ("http://elsewhere.example", "https://elsewhere.example", "http://localhost")


def _script(said: str) -> str:
    return f"<script>{said}</script>"


def _with_script(case: Case, said: str) -> Case:
    return case.with_body(case.pages[case.path].body + _script(said))


def _turned_until(case: Case, rng: Random, when: str) -> Case | None:
    """Let the page, or a part of it, stand in another state until `drawLate` is called; `when` may do so."""
    spot = pane(case, rng) if is_page(case) else None
    before = all_in_other_state(spot.part.html[spot.element.inner : spot.element.close]) if spot else None
    if spot and before is not None:
        return drawn_later(case, spot, before, when)
    turned = all_parts_turned(case)
    return _with_script(turned, f"const drawLate = () => location.reload(); {when}") if turned else None


# -- what is lost --------------------------------------------------------------------------------------------------

_ELEMENTS: Mapping[str, tuple[str, str, str]] = {
    "script": ("const one = document.createElement('script'); one.src = URL;", "", "text/javascript"),
    "module": ("import(URL).then(drawLate).catch(() => {});", "", "text/javascript"),
    "style": (
        "const one = document.createElement('link'); one.rel = 'stylesheet'; one.onload = drawLate; one.href = URL;",
        "p { color: #111 }",
        "text/css",
    ),
    "picture": (
        "const one = document.createElement('img'); one.onload = drawLate; one.src = URL;",
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        "image/svg+xml",
    ),
    "frame": (
        "const one = document.createElement('iframe'); one.src = URL;",
        "<script>parent.drawLate()</script>",
        "text/html",
    ),
}
_CALLS: Mapping[str, str] = {
    "fetch": "fetch(URL, METHOD).then((reply) => reply.ok ? reply.json() : {}).then(NEXT).catch(() => {});",
    "xhr": (
        "const one = new XMLHttpRequest(); one.open(NAME, URL);"
        " one.onload = () => (NEXT)(one.status < 300 ? JSON.parse(one.responseText) : {}); one.send();"
    ),
}
_CHANNELS: Mapping[str, tuple[str, str, str]] = {
    "events": ("const one = new EventSource(URL); one.onmessage = drawLate;", "data: 1\n\n", "text/event-stream"),
    "socket": (
        "const one = new WebSocket(new URL(URL, location.href).href.replace('http', 'ws')); one.onmessage = drawLate;",
        "",
        "text/plain",
    ),
    "worker": ("const one = new Worker(URL); one.onmessage = drawLate;", "postMessage(1)", "text/javascript"),
    "shared": (
        "const one = new SharedWorker(URL); one.port.onmessage = drawLate;",
        "onconnect = (e) => e.ports[0].postMessage(1)",
        "text/javascript",
    ),
}
_WHOLE = '{"whole": true}'


def _lost(rng: Random, good: Served) -> tuple[str, Served | None]:
    """Return an address, and what is served there, or None where the guard does not let it through."""
    away = Served("", 302, headers=(("location", f"{rng.choice(ELSEWHERE)}{LOST}"),))
    return rng.choice(
        (
            (f"{rng.choice(ELSEWHERE)}{LOST}", None),
            (LOST, Served("", 0)),
            (LOST, replace(good, headers=(("content-length", str(len(good.body) + 500)),))),
            (LOST, replace(good, body="", status=rng.choice((400, 403, 404, 410, 429, 500, 502, 503)))),
            (LOST, away),
        )
    )


def _asked_later(case: Case, rng: Random, asks: str) -> tuple[Case, str]:
    """Let something be asked for at once, after a moment, or when a reply has come; the elements go on the page."""
    run = f"{{ {asks} if (typeof one === 'object' && one instanceof Element) document.body.append(one); }}"
    if "const one" not in asks:
        run = f"{{ {asks} }}"
    way = rng.choice(("at once", "later", "then"))
    if way == "later":
        return case, f"setTimeout(() => {run}, {rng.choice((0, 100, 500))});"
    if way == "then":
        first = "/mutated/first"
        made = with_reply(case, first, Served("{}", kind="application/json", wait_ms=rng.choice((0, 500))))
        return made, f"fetch('{first}').then(() => {run}).catch(() => {{}});"
    return case, run


def _hanging(case: Case, rng: Random, asks: str, url: str, served: Served | None) -> Change | None:
    case, when = _asked_later(case, rng, asks.replace("(URL", f"('{url}'").replace("= URL", f"= '{url}'"))
    made = _turned_until(case, rng, when)
    if made is None:
        return None
    return Change(with_reply(made, LOST, served) if served else made)


@kind("lost: a script, style sheet, picture or frame", alone=True)
def _lost_element(case: Case, rng: Random) -> Change | None:
    asks, body, what = _ELEMENTS[rng.choice(list(_ELEMENTS))]
    if "createElement('script')" in asks:
        body = "drawLate()"
    return _hanging(case, rng, asks, *_lost(rng, Served(body, kind=what)))


@kind("lost: a request of a script", alone=True)
def _lost_call(case: Case, rng: Random) -> Change | None:
    """Lose a fetch or an XHR of the page, of a frame or of a worker: also because it is not one that only reads."""
    name = rng.choice(list(_CALLS))
    good = Served(_WHOLE, kind="application/json")
    posts = rng.random() < 0.3
    method = rng.choice(("POST", "PUT")) if posts else "GET"
    url, served = (LOST, good) if posts else _lost(rng, good)
    asks = _CALLS[name].replace("METHOD", f"{{method: '{method}'}}").replace("NAME", f"'{method}'")
    asks = asks.replace(", URL)", f", '{url}')")
    by = rng.choice(("page", "page", "frame", "worker"))
    if by == "page":
        return _hanging(case, rng, asks.replace("NEXT", "(said) => said.whole && drawLate()"), url, served)
    call = "parent.drawLate()" if by == "frame" else "postMessage(1)"
    inner = asks.replace("(URL", f"('{url}'").replace("NEXT", f"(said) => said.whole && {call}")
    holder, body, what = (
        ("frame", _script(inner), "text/html") if by == "frame" else ("worker", inner, "text/javascript")
    )
    outer = (_ELEMENTS if by == "frame" else _CHANNELS)[holder][0]
    made = with_reply(case, "/mutated/holder", Served(body, kind=what))
    return _hanging(made, rng, outer.replace("URL", "'/mutated/holder'"), url, served)


@kind("lost: an event stream, WebSocket or worker", alone=True)
def _lost_channel(case: Case, rng: Random) -> Change | None:
    name = rng.choice(list(_CHANNELS))
    asks, body, what = _CHANNELS[name]
    good = Served(body, kind=what)
    url, served = (LOST, good) if name in ("socket", "shared") else _lost(rng, good)
    if name == "socket":
        asks = asks.replace("new URL(URL", f"new URL('{url}'")
    return _hanging(case, rng, asks, url, served)


@kind("lost: a reply that says it is an error, a part or an old copy", alone=True)
def _lost_in_part(case: Case, rng: Random) -> Change | None:
    said = rng.choice(
        (
            Served('{"data": null, "errors": [{"message": "try again"}]}'),
            Served('{"error": "upstream"}'),
            Served('{"partial": true}'),
            Served('{"settings": {}, "isPartial": false, "stale": true}'),
            Served("{}", headers=(("age", "600"),)),
            Served("{}", headers=(("warning", '110 - "Response is Stale"'),)),
            Served("{}", 206, headers=(("content-range", "bytes 0-1/900"),)),
        )
    )
    asks = _CALLS[rng.choice(list(_CALLS))].replace("METHOD", "{}").replace("NAME", "'GET'")
    asks = asks.replace("NEXT", "(said) => said.whole && drawLate()").replace(", URL)", f", '{LOST}')")
    return _hanging(case, rng, asks, LOST, replace(said, kind="application/json"))


# -- what is not saved, or not finished ----------------------------------------------------------------------------

_TURN = """const turn = () => {
  for (const one of document.querySelectorAll('[name="FIELD"], [id="FIELD"]')) {
    if (one.type === 'checkbox') one.checked = !one.checked;
    else if (one.type === 'radio') one.checked = !one.checked;
    else if (one.options) one.selectedIndex = (one.selectedIndex + 1) % one.options.length;
    else if ('value' in one) one.value = one.value ? '' : 'Something else';
  }
};"""
_CLICK = """const turn = () => document.querySelector('input[name="FIELD"], input[id="FIELD"]')?.click();"""
_ATTRIBUTE = """const turn = () => {
  for (const one of document.querySelectorAll('input[name="FIELD"], input[id="FIELD"]')) one.toggleAttribute('checked');
};"""
_REPLACED = """const turn = () => {
  const one = document.querySelector('[name="FIELD"], [id="FIELD"]');
  const other = one.cloneNode(true);
  other.toggleAttribute('checked');
  one.replaceWith(other);
};"""


@kind("unsaved: a script changes a field after the server sent it", alone=True)
def _unsaved_field(case: Case, rng: Random) -> Change | None:
    def fits(one: Element) -> bool:
        return one.tag in ("input", "select", "textarea") and bool(
            {one.attrs.get("name"), one.attrs.get("id")} & set(case.fields)
        )

    spot = choose(case, rng, fits)
    if spot is None or spot.part.drawn_by_script:
        return None
    attrs = spot.element.attrs
    name = attrs["name"] if attrs.get("name") in case.fields else attrs["id"]
    ticked = attrs.get("type") in ("checkbox", "radio")
    turn = rng.choice((_TURN, _TURN, _CLICK, _ATTRIBUTE, _REPLACED) if ticked else (_TURN,)).replace("FIELD", name)
    run = rng.choice(("turn();", f"setTimeout(turn, {rng.choice((0, 100, 500))});", "addEventListener('load', turn);"))
    return Change(_with_script(case, f"{turn} {run}"))


_UNSAVED = ("You have unsaved changes", "Unsaved changes", "Your changes have not been saved.", "Changes not saved")
_TROUBLED = ("You are offline. These are your saved settings.", "Something went wrong. Try again", "Loading …")
_BUSY = (
    '<div aria-busy="true" style="width:90px;height:20px">…</div>',
    '<div role="progressbar" aria-label="Loading" style="width:90px;height:20px"></div>',
    '<div class="skeleton-row" style="width:90px;height:20px"></div>',
    "<progress></progress>",
)


@kind("a page that says it is busy, offline or not saved", alone=True)
def _says_so(case: Case, rng: Random) -> Change | None:
    turned = all_parts_turned(case)
    if turned is None:
        return None
    said = rng.choice(
        (
            f"<p>{rng.choice(_UNSAVED)}</p>",
            f'<div style="position:fixed;bottom:0">{rng.choice(_UNSAVED)} <button>Save</button></div>',
            f'<p role="status">{rng.choice(_TROUBLED)}</p>',
            f'<div aria-live="polite">{rng.choice(_TROUBLED)}</div>',
            rng.choice(_BUSY),
        )
    )
    if rng.random() < 0.3:
        said = f'<div><template shadowrootmode="open">{said}</template></div>'
    return Change(turned.with_body(turned.pages[case.path].body + said))


# -- what nobody sees ----------------------------------------------------------------------------------------------

_STYLES = (
    "opacity:0",
    "opacity:0.01",
    "filter:opacity(0)",
    "visibility:hidden",
    "display:none",
    "content-visibility:hidden",
    "position:absolute;left:-9999px",
    "position:fixed;top:-900px",
    "transform:translateX(-300vw)",
    "transform:scale(0)",
    "transform:rotateY(90deg)",
    "position:absolute;width:1px;height:1px;overflow:hidden",
    "width:0;height:0;overflow:hidden",
    "max-height:0;overflow:hidden",
    "position:absolute;clip:rect(0 0 0 0)",
    "clip-path:inset(50%)",
    "clip-path:circle(0)",
    "mask-image:linear-gradient(transparent,transparent)",
)
_NOT_OF_ROWS = ("width:0;height:0;overflow:hidden", "max-height:0;overflow:hidden", "content-visibility:hidden")
"""What a row of a table is shown with all the same: there, a height is the least that it has."""
_HOLDERS = (
    "<div hidden>{}</div>",
    "<div inert>{}</div>",
    '<div aria-hidden="true">{}</div>',
    "<details><summary>More</summary>{}</details>",
    "<dialog>{}</dialog>",
    "<div popover>{}</div>",
    '<div style="position:relative">{}<div style="position:absolute;inset:0;background:#fff;z-index:9"></div></div>',
    '<div style="height:30px;overflow:hidden"><div style="height:900px"></div>{}</div>',
    '<div style="width:30px;overflow:hidden;white-space:nowrap"><div style="margin-left:900px">{}</div></div>',
)


def _unseen(source: str, rng: Random, part_of_a_table: bool) -> str:
    """Return elements as nobody sees them."""
    if part_of_a_table:
        styles = [style for style in _STYLES if style not in _NOT_OF_ROWS]
        return re.sub(r"^<(\w+[\w-]*)", rf'<\1 style="{rng.choice(styles)}"', source, count=1)
    holder = rng.choice((*(f'<div style="{style}">{{}}</div>' for style in _STYLES), *_HOLDERS * 2))
    return holder.format(source)


def _in_a_table(row: str) -> bool:
    return bool(re.match(r"\s*<(?:tr|td|th|tbody|li|option)\b", row))


@kind("unseen: beside a control, another one in another state", alone=True)
def _unseen_beside(case: Case, rng: Random) -> Change | None:
    def hidden(row: str) -> str | None:
        turned = all_in_other_state(row)
        return _unseen(turned, rng, _in_a_table(row)) if turned else None

    made = twin_row(case, rng, hidden)
    return Change(made) if made else None


@kind("unseen: in the place of a control, one in another state", alone=True)
def _unseen_instead(case: Case, rng: Random) -> Change | None:
    spot = choose(case, rng, a_control)
    if spot is None:
        return None
    row = Spot(spot.part, spot.element.row())
    turned = all_in_other_state(row.source)
    if turned is None:
        return None
    made = case.with_body(replaced(case.pages[case.path].body, row, _unseen(turned, rng, _in_a_table(row.source))))
    return Change(made)


@kind("unseen: behind a dialog, a page in other states", alone=True)
def _behind(case: Case, rng: Random) -> Change | None:
    turned = all_parts_turned(case)
    if turned is None:
        return None
    over = rng.choice(
        (
            "<dialog open style='position:fixed;inset:0;width:100%;height:100%'>News <button>OK</button></dialog>",
            "<div role=dialog aria-modal=true style='position:fixed;inset:20%;background:#fff'>News</div>",
            "<div style='position:fixed;inset:0;background:#fff;z-index:99'>News <button>OK</button></div>",
            "<dialog id=news>News <button>OK</button></dialog><script>news.showModal()</script>",
            "<div id=news popover=manual>News</div><script>news.showPopover()</script>",
        )
    )
    return Change(turned.with_body(turned.pages[case.path].body + over))


@kind("a twin in another state, in a frame or a shadow root", alone=True)
def _twin_apart(case: Case, rng: Random) -> Change | None:
    """Let two of a row stand on the page, one of them apart; either is the true one."""
    spot = choose(case, rng, a_control)
    if spot is None:
        return None
    row = Spot(spot.part, spot.element.row())
    turned = all_in_other_state(row.source)
    if turned is None or _in_a_table(row.source):
        return None
    here, apart = rng.sample((row.source, turned), 2)
    quoted = apart.replace("&", "&amp;").replace('"', "&quot;")
    lang = "&lt;html lang=en&gt;" if rng.random() < 0.5 else ""
    holders = [f'<iframe srcdoc="{lang}{quoted}"></iframe>', f'<iframe sandbox srcdoc="{quoted}"></iframe>']
    if not spot.part.drawn_by_script:
        mode = rng.choice(("open", "closed"))
        said = json.dumps(apart).replace("</", "<\\/")
        attach = f"document.currentScript.previousElementSibling.attachShadow({{mode: '{mode}'}}).innerHTML = {said};"
        holders += [
            f'<div><template shadowrootmode="{mode}">{apart}</template></div>',
            f"<div></div>{_script(attach)}",
        ]
    both = [here, rng.choice(holders)]
    rng.shuffle(both)
    return Change(case.with_body(replaced(case.pages[case.path].body, row, "".join(both))))


# -- what bears another name than a person sees --------------------------------------------------------------------

_OTHER = "Personalised offers"
_NAMES = re.compile(
    r"""\s(?:id|name|title|label|alt|for|aria-label|aria-labelledby|aria-describedby)=(?:"[^"]*"|'[^']*'|[^\s>]+)"""
)
_ASIDE = "position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0)"
_FALSE_NAMES = (
    ('aria-label="{}"', "<span>{other}</span>{control}"),
    ('title="{}"', "<span>{other}</span>{control}"),
    ('aria-label="{}" title="{other}"', "{control}"),
    ('aria-labelledby="m1"', '<span id="m1" hidden>{word}</span><span>{other}</span>{control}'),
    ('aria-labelledby="m1"', '<span id="m1" style="' + _ASIDE + '">{word}</span><span>{other}</span>{control}'),
    ('aria-labelledby="m1"', '<img id="m1" alt="{word}" width="9" height="9"><span>{other}</span>{control}'),
    ('aria-labelledby="m1"', '<s id="m1">{word}</s><span>{other}</span>{control}'),
    ('aria-labelledby="m1"', '<span id="m1" style="text-decoration:line-through">{word}</span> {other}{control}'),
    ('aria-label="{}"', '<style>.m1::before {{ content: "Never: " }}</style><span class="m1">{word}</span>{control}'),
    (
        'aria-label="{}"',
        """<style>.m1 {{ font-size: 0 }} .m1::after {{ content: "{other}"; font-size: 16px }}</style>
<span class="m1">{word}</span>{control}""",
    ),
    ('id="m2"', '<span>{other}</span><label for="m2" style="' + _ASIDE + '">{word}</label>{control}'),
)


@kind("misnamed: another setting's control bears the name, and shows another", alone=True)
def _misnamed(case: Case, rng: Random) -> Change | None:
    """Put in the place of a row one in another state which is called the same, but shows the words of another."""

    def fits(one: Element) -> bool:
        return one.is_control

    spot = choose(case, rng, fits)
    if spot is None:
        return None
    row = Spot(spot.part, spot.element.row())
    words = [word for word in case.words if escape(word, quote=False) in row.source or word in row.source]
    turned = other_state(spot.source, spot.element)
    if not words or turned is None or _in_a_table(row.source):
        return None
    word = escape(rng.choice(words))
    name, holder = rng.choice(_FALSE_NAMES)
    bare = turned[: len(turned) - len(spot.source) + (spot.element.inner - spot.element.start)]
    tag, rest = _NAMES.sub("", bare), turned[len(bare) :]
    if spot.element.tag != "select":
        rest = re.sub(r">[^<>]+<", "><", rest)
    control = re.sub(r"(\s*/?>)$", lambda end: f" {name.format(word, other=_OTHER)}{end[1]}", tag) + rest
    made = f"<div>{holder.format(word=word, other=_OTHER, control=control)}</div>"
    return Change(case.with_body(replaced(case.pages[case.path].body, row, made)))


# -- where the page is ---------------------------------------------------------------------------------------------

_MOVES = (
    "history.pushState({}, '', '?part=2');",
    "history.replaceState({}, '', '?part=2');",
    "history.pushState({}, '', location.pathname + '/part2');",
    "location.hash = '#part2';",
    "location.replace('#part2');",
    "location.search = '?part=2';",
    "const here = location.href; history.replaceState({}, '', '?part=2'); history.replaceState({}, '', here);",
    "history.pushState({}, '', '?part=2'); setTimeout(() => history.back(), 50);",
)


@kind("address: the page leads itself to another part", alone=True)
def _moves_itself(case: Case, rng: Random) -> Change | None:
    turned = all_parts_turned(case)
    if turned is None:
        return None
    move = rng.choice(_MOVES)
    run = rng.choice(
        (
            f"{{ {move} }}",
            f"addEventListener('load', () => {{ {move} }});",
            f"setTimeout(() => {{ {move} }}, {rng.choice((0, 100, 500))});",
        )
    )
    return Change(_with_script(turned, run))


@kind("address: the site leads to another part", alone=True)
def _led_elsewhere(case: Case, rng: Random) -> Change | None:
    turned = all_parts_turned(case)
    if turned is None or case.addresses > 1:
        return None
    to = f"{case.path}{rng.choice(('?part=2', '?account=2&from=here', '?', '#part2', '/?part=2'))}"
    led = Served("", rng.choice((301, 302, 303, 307, 308)), headers=(("location", to),))
    other = turned.pages[case.path]
    made = case.with_page(replace(led, after=(other,)))
    return Change(with_reply(made, f"{case.path}/", other))


# -- what is counted, and is more ----------------------------------------------------------------------------------

_GOES_ON = (
    "<button>Show more</button>",
    "<a href='?page=2' rel='next'>Next</a>",
    "<a href='?page=2'>Older</a>",
    "<nav aria-label='Pagination'><a href='?page=2'>2</a></nav>",
    "<p>1 of {all}</p>",
    "<p>and {left} more</p>",
    "<p>{all} devices</p>",
    "<details><summary>Show all</summary><ul>{rest}</ul></details>",
    "<div role='button' tabindex='0' aria-label='View all'>…</div>",
)
_MORE = ({"has_more": True}, {"hasNextPage": True}, {"total": 9}, {"next_cursor": "x"}, {"next": "/api?page=2"})


@kind("counts: more than are shown", alone=True)
def _more_than_shown(case: Case, rng: Random) -> Change | None:
    """Show the first of a list only, on the page and in its reply, with a sign that it goes on."""
    spot = choose(case, rng, lambda one: one.tag == "ul")
    if spot is None:
        return None
    html, items = spot.part.html, [one for one in spot.element.inside() if one.tag == "li"]
    if len(items) < 2:
        return None
    kept = rng.randrange(1, len(items))
    shown = "".join(html[one.start : one.end] for one in items[:kept])
    rest = "".join(html[one.start : one.end] for one in items[kept:])
    tag = html[spot.element.start : spot.element.inner]
    sized = shown.replace("<li", f'<li aria-setsize="{len(items)}"')
    signs = [sign.format(all=len(items), left=len(items) - kept, rest=rest) for sign in _GOES_ON]
    listed = [f"{tag}{shown}</ul>{sign}" for sign in signs]
    listed += [
        f"{tag}{sized}</ul>",
        f'<div style="height:30px;overflow:auto">{tag}{shown}</ul><div style="height:300px"></div></div>',
    ]
    made = case.with_body(replaced(case.pages[case.path].body, spot, rng.choice(listed)))
    for path in (path for path in case.replies if path in case.pages):
        value = json.loads(case.pages[path].body)
        for key in [key for key, several in value.items() if isinstance(several, list) and len(several) == len(items)]:
            value[key] = value[key][:kept]
            value.update(rng.choice(_MORE))
        made = with_reply(made, path, replace(case.pages[path], body=json.dumps(value)))
    return Change(made)
