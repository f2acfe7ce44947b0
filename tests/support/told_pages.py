"""Pages that are read for what a person would be told by them, many at once, as those of one pretend platform.

A page has a folder of its own: the addresses in it are relative, and what it asks for stands in its `pages` without the
folder. `OTHER` in a page or reply is the address of a site that the platform does not list.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from privacyaudit.model import Checklist
from tests.support.settings_page import HEAD, SWITCH, checklist_of
from tests.support.site import Page, Reply, Site, Turns

LOOK = """<style>[role=switch],[aria-pressed]{padding:6px;border:2px solid #333;background:#eee;color:#000}
[role=switch][aria-checked=true],[aria-pressed=true]{background:#060;color:#fff}</style>"""
Pages = Mapping[str, Page | str]
NOTHING: Pages = MappingProxyType({})


BESIDE = '<p><label><input type="checkbox" name="beside"> Newsletter</label></p>'
BESIDE_IT = {"find": {"field": "beside"}, "take": "checked", "means": {"true": "yes", "false": "no"}}


class Case(NamedTuple):
    """A page, the probe that reads it, and what a person is told by it: an option, or None where it tells nothing.

    `at` is what follows the folder in the address that is asked for. With `must_tell`, no reason not to tell is good
    enough. A page from which something may be absent also has a box that is told, if it is not `is_bare`.
    """

    name: str
    probe: dict[str, Any]
    html: str
    truth: str | None
    pages: Pages = NOTHING
    at: str = ""
    must_tell: bool = False
    is_bare: bool = False


class Bed(NamedTuple):
    """The cases that are read together, what their platform lists, and what stands on its first page."""

    cases: tuple[Case, ...]
    noise: tuple[str, ...] = ("/noise/",)
    who: dict[str, Any] | None = None
    home: Page = Reply(HEAD)


def told(name: str, probe: dict[str, Any], html: str, truth: str, pages: Pages = NOTHING, at: str = "") -> Case:
    """Return a case that must be told."""
    return Case(name, probe, html, truth, pages, at, must_tell=True)


def platform(bed: Bed, site: Site, other: Site) -> tuple[Checklist, dict[str, Case]]:
    """Give the site the pages of a bed; return the platform that they are, and the case of each check's id."""
    checks, cases = {}, {}
    site.pages["/home"] = bed.home
    for number, case in enumerate(bed.cases):
        folder = f"/page-{number}/"
        beside = BESIDE if "absent" in case.probe and not case.is_bare else ""
        own: dict[str, Page | str] = {"": case.html + beside, **case.pages}
        for path, page in own.items():
            address = path if path.startswith("/") else folder + path
            site.pages[address] = _filled(whole(page) if isinstance(page, str) else page, other)
        probe = case.probe | ({"reply": folder + case.probe["reply"].lstrip("/")} if "reply" in case.probe else {})
        checks[f"case-{number}"] = [probe | {"open": f"{site.origin}{folder}{case.at}"}]
        cases[f"small.case-{number}"] = case
        if beside:  # that something is absent is told only where something else is there
            checks[f"beside-{number}"] = [BESIDE_IT | {"open": f"{site.origin}{folder}{case.at}"}]
    proof = {"open": f"{site.origin}/home", "find": {"field": "out"}, "on_every_page": {"field": "out"}}
    if bed.who:
        proof["who"] = bed.who
    return checklist_of(site, checks, signed_in=proof, noise=bed.noise), cases


def whole(html: str) -> Reply:
    """Return a page of a body, with a way out and the look of a switch; a page that is whole already stays as it is."""
    return Reply(html if html.startswith("<!doctype") else HEAD + LOOK + html)


def _filled(page: Page, other: Site) -> Page:
    if isinstance(page, Turns):
        return Turns(tuple(_reply(reply, other) for reply in page.replies))
    return _reply(page, other) if isinstance(page, Reply) else page


def _reply(reply: Reply, other: Site) -> Reply:
    headers = tuple((name, value.replace("OTHER", other.origin)) for name, value in reply.headers)
    body = reply.body.replace("OTHER", other.origin) if isinstance(reply.body, str) else reply.body
    return reply._replace(body=body, headers=headers)


# -- what pages are made of ------------------------------------------------------------------------


def shown(state: str, name: str = "Private profile", more: str = "") -> str:
    """Return a switch whose name stands on it."""
    return f'<button type="button" role="switch" aria-checked="{state}" {more}>{name}</button>'


ON, OFF = shown("true"), shown("false")
TICKED = '<label><input type="checkbox" name="box" checked> Private profile</label>'
NOT_TICKED = '<label><input type="checkbox" name="box"> Private profile</label>'
TEXT = {"find": {"field": "state"}, "take": "text", "means": {"On": "yes", "Off": "no"}}
WORDS = {"find": {"field": "about"}, "take": "value", "means": {"": "yes", "I teach": "no"}}
CHECKBOX = SWITCH | {"find": {"role": "checkbox", "name": ["Private profile"]}}

SWITCHES_OFF = "document.querySelector('[role=switch]').setAttribute('aria-checked','false');"
SWITCHES_TO = "document.querySelector('[role=switch]').setAttribute('aria-checked',t.trim());"
UNTICKS = "document.querySelector('[name=box]').checked=false;"
TICKS = "document.querySelector('[name=box]').checked=true;"


def script(code: str, kind: str = "text/javascript") -> str:
    return f'<script type="{kind}">{code}</script>'


def after(ms: int, code: str) -> str:
    """Return a script that does something when so much time has passed."""
    return script(f"setTimeout(()=>{{{code}}},{ms})")


def asks(path: str, code: str, how: str = "{}") -> str:
    """Return a script that asks for something and does `code` with its text `t`; if that fails, it says nothing."""
    return script(f"fetch('{path}',{how}).then(r=>r.ok?r.text():Promise.reject()).then(t=>{{{code}}}).catch(()=>0)")


def draws(html: str, into: str = "document.body") -> str:
    """Return the code that adds something to a page."""
    return f"{into}.insertAdjacentHTML('beforeend',{json.dumps(html)});"


def closed(html: str, mode: str = "closed") -> str:
    """Return something in a shadow root that nobody can look into."""
    root = f"document.currentScript.previousElementSibling.attachShadow({{mode:'{mode}'}})"
    return f"<div></div><script>{root}.innerHTML={json.dumps(LOOK + html)}</script>"


def opened(html: str) -> str:
    """Return something in a shadow root that can be looked into."""
    return closed(html, "open")


def lines(*rows: tuple[str, str]) -> str:
    """Return rows of words and a control."""
    return "".join(
        f'<div style="display:flex;gap:9px;height:40px"><span>{a}</span><div>{b}</div></div>' for a, b in rows
    )


def data(value: object, wait_s: float = 0, status: int = 200, **headers: str) -> Reply:
    """Return a reply of JSON."""
    said = tuple((name.replace("_", "-"), text) for name, text in headers.items())
    return Reply(json.dumps(value), status, "application/json", said, wait_s)


def plain(text: str, wait_s: float = 0, status: int = 200) -> Reply:
    return Reply(text, status, "text/plain", (), wait_s)


def program(text: str, wait_s: float = 0, status: int = 200) -> Reply:
    return Reply(text, status, "text/javascript", (), wait_s)


def picture(wait_s: float = 0, status: int = 200) -> Reply:
    """Return a picture of one dot."""
    dot = "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
    return Reply(bytes.fromhex(dot), status, "image/gif", (), wait_s)
