"""A settings page of an invented platform, its checklist and how a browser reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from privacyaudit.browser import find
from privacyaudit.model import Checklist, Observation, Reason
from privacyaudit.plan import Item
from privacyaudit.readers import web
from privacyaudit.readers.watching import NOBODY, Watcher
from tests.support.site import Page, Reply, Site

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

SIGNED_IN = '<a id="out" href="/bye">Sign out</a>'
HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Settings</title>' + SIGNED_IN
HOME = Reply(HEAD)


def checklist(site: Site, *probes: dict[str, Any], **platform: Any) -> Checklist:
    """A platform with one check that has these probes: yes is fine, no is not."""
    return checklist_of(site, {"one": [{"open": f"{site.origin}/page"} | probe for probe in probes]}, **platform)


def checklist_of(site: Site, checks: Mapping[str, list[dict[str, Any]]], **platform: Any) -> Checklist:
    """A platform with such a check for each name, with these probes, each of which says what it opens."""
    return Checklist.model_validate(
        {
            "schema": "2",
            "platform": {
                "id": "small",
                "name": "Small",
                "group": "social",
                "hosts": [site.host],
                "sign_in": {"open": f"{site.origin}/sign-in"},
                "signed_in": {
                    "open": f"{site.origin}/home",
                    "find": {"field": "out"},
                    "on_every_page": {"field": "out"},
                },
                "notice": "Pretend.",
            }
            | platform,
            "screens": [{"id": "settings", "title": "Settings"}],
            "checks": [
                {
                    "id": f"small.{name}",
                    "title": f"Fine: {name}",
                    "area": "contact",
                    "severity": "high",
                    "question": "Is it fine?",
                    "why": "Because.",
                    "screen": "settings",
                    "options": [
                        {"id": "yes", "label": "Yes", "verdict": "pass"},
                        {"id": "no", "label": "No", "verdict": "fail"},
                        {"id": "few", "label": "Few", "verdict": "choice"},
                    ],
                    "fix": ["Change it."],
                    "confidence": "low",
                    "probes": [{"kind": "web"} | probe for probe in probes],
                }
                for name, probes in checks.items()
            ],
        }
    )


def checklist_of_shown(site: Site, cases: Iterable[str]) -> tuple[Checklist, dict[str, str]]:
    """A platform with a check and a page for each of these cases of SHOWN, read in one go; and the case of each id.

    The site is given the pages.
    """
    named = {case.replace(" ", "-"): case for case in cases}
    probes = {name: [SHOWN[case][0] | {"open": f"{site.origin}/{name}"}] for name, case in named.items()}
    site.pages |= {"/home": HOME, **{f"/{name}": page(SHOWN[case][1]) for name, case in named.items()}}
    return checklist_of(site, probes), {f"small.{name}": case for name, case in named.items()}


BOX = {"find": {"field": "box"}, "take": "checked", "means": {"true": "yes", "false": "no"}}
SWITCH = {
    "find": {"role": "switch", "name": ["Private profile"]},
    "take": "checked",
    "means": {"true": "yes", "false": "no"},
}
SELECT = {"find": {"field": "who"}, "take": "selected", "means": {"me": "yes", "all": "no"}}
JSON = {"kind": "json", "reply": "/api", "path": "privacy.hidden", "means": {"true": "yes", "false": "no"}}
NEAR = {"find": {"role": "switch", "near": ["Photos"]}, "take": "checked", "means": {"true": "yes", "false": "no"}}
STARTS = {
    "find": {"role": "button", "name_starts": ["Edit audience."]},
    "take": "name_rest",
    "means": {"Only me": "yes", "Everyone": "no"},
}
PRESSED = {"find": {"role": "button", "name": ["Hide"]}, "take": "pressed", "means": {"true": "yes", "false": "no"}}
COUNT = {
    "find": {"role": "heading", "name_starts": ["Signed in on"]},
    "take": "count",
    "means": [{"at_most": 1, "option": "yes"}, {"at_least": 2, "option": "no"}],
}
COUNT_IN = COUNT | {"find": {"role": "listitem", "within": {"role": "region", "name": ["Devices"]}}}
FILLED = {"find": {"field": "about"}, "take": "filled", "means": {"true": "no", "false": "yes"}}
SENTENCE = {
    "find": {"text": ["Nobody can find you.", "Anyone can find you."]},
    "take": "text",
    "means": {"Nobody can find you.": "yes", "Anyone can find you.": "no"},
}
VALUE = {"find": {"field": "about"}, "take": "value", "means": {"": "yes"}}
EXPAND = BOX | {"expand": {"name": ["More"]}}
ABSENT = BOX | {"absent": {"option": "yes", "source": "https://example.org/help"}}


def read(
    driver: Playwright, site: Site, made: Checklist, pages: Mapping[str, Page], home: Page = HOME
) -> list[str | Reason]:
    """Read the one check of a checklist; an option id or a reason per probe."""
    site.pages |= {"/home": home, **pages}
    return [found.option or found.reason for _check, found in read_probes(driver, made)]  # type: ignore[misc]


def read_probes(
    driver: Playwright,
    made: Checklist,
    look: Callable[[web.Found], None] | None = None,
    watcher: Watcher = NOBODY,
) -> Iterator[tuple[str, Observation]]:
    """Read what can be read of a checklist in a hidden browser, as somebody whose session needs no cookie."""
    items = [Item(made, check) for check in made.checks if check.probes]
    return web.guarded_reading(
        driver,
        find.find(headless=True),
        made,
        items,
        {"cookies": [], "origins": []},
        headless=True,
        refused=[],
        look=look,
        watcher=watcher,
    )


def page(body: str, language: str = "en") -> Reply:
    return Reply(HEAD.replace('lang="en"', f'lang="{language}"') + body)


def switch(name: str, state: str) -> str:
    return f'<button role="switch" aria-checked="{state}" aria-label="{name}">{name}</button>'


def devices(number: int) -> str:
    return f'<section aria-label="Devices"><ul>{"<li>One" * number}</ul></section>'


def row(text: str, control: str) -> str:
    return f'<div style="display:flex;height:60px"><div><span>{text}</span></div><div>{control}</div></div>'


NOTE = '<p role="note" aria-label="A">Something</p>'
SHOWN: dict[str, tuple[dict[str, Any], str, str | Reason]] = {
    "box ticked": (BOX, '<input type="checkbox" name="box" checked>', "yes"),
    "box not ticked": (BOX, '<input type="checkbox" name="box">', "no"),
    "box found by id": (BOX, '<input type="checkbox" id="box" checked>', "yes"),
    "box with a hidden twin": (
        BOX,
        '<input type="hidden" name="box" value="0"><input type="checkbox" name="box">',
        "no",
    ),
    "box hidden in another tab": (
        BOX,
        '<div hidden><input type="checkbox" name="box" checked></div>',
        Reason.NOT_SHOWN,
    ),
    "box disabled": (BOX, '<input type="checkbox" name="box" checked disabled>', Reason.NOT_SHOWN),
    "box undecided": (
        BOX,
        '<input type="checkbox" name="box"><script>document.querySelector("input").indeterminate=true</script>',
        Reason.UNLISTED_VALUE,
    ),
    "box twice": (BOX, '<input type="checkbox" name="box"><input type="checkbox" name="box">', Reason.AMBIGUOUS),
    "box gone": (BOX, "<p>Nothing here</p>", Reason.NOT_FOUND),
    "box turned into a text": (BOX, '<input name="box" value="true">', Reason.NOT_FOUND),
    "switch on": (SWITCH, switch("Private profile", "true"), "yes"),
    "switch off": (SWITCH, switch("Private profile", "false"), "no"),
    "switch half way": (SWITCH, switch("Private profile", "mixed"), Reason.UNLISTED_VALUE),
    "switch renamed": (SWITCH, switch("Public profile", "true"), Reason.NOT_FOUND),
    "switch named more": (SWITCH, switch("Private profile picture", "true"), Reason.NOT_FOUND),
    "switch hidden": (SWITCH, f"<div hidden>{switch('Private profile', 'true')}</div>", Reason.NOT_FOUND),
    "switch in a link": (SWITCH, '<a href="/x" aria-label="Private profile">x</a>', Reason.NOT_FOUND),
    "select": (SELECT, '<select name="who"><option value="all">All<option value="me" selected>Me</select>', "yes"),
    "select of many": (
        SELECT,
        '<select name="who" multiple><option value="me" selected>Me<option value="all" selected>All</select>',
        Reason.AMBIGUOUS,
    ),
    "select with a new value": (
        SELECT,
        '<select name="who"><option value="circle" selected>Circle</select>',
        Reason.UNLISTED_VALUE,
    ),
    "radio": (
        SELECT,
        '<input type="radio" name="who" value="all"><input type="radio" name="who" value="me" checked>',
        "yes",
    ),
    "radio with nothing chosen": (SELECT, '<input type="radio" name="who" value="all">', Reason.NOT_FOUND),
    "radios of two forms": (
        SELECT,
        "".join(f"<form><input type=radio name=who value={who} checked></form>" for who in ("me", "all")),
        Reason.AMBIGUOUS,
    ),
    "a round button that is not chosen": (
        SELECT | {"find": {"role": "radio", "name": ["Only me"]}},
        '<label><input type="radio" name="x" value="me">Only me</label>',
        Reason.UNLISTED_VALUE,
    ),
    "the value of a box": (
        VALUE | {"means": {"me": "yes"}},
        '<input type="checkbox" name="about" value="me">',
        Reason.UNLISTED_VALUE,
    ),
    "row": (NEAR, row("Photos", switch("a", "true")) + row("Videos", switch("b", "false")), "yes"),
    "row whose control went away": (NEAR, row("Photos", "") + row("Videos", switch("b", "true")), Reason.NOT_FOUND),
    "row with two controls": (NEAR, row("Photos", switch("a", "true") + switch("b", "false")), Reason.AMBIGUOUS),
    "row that stands there twice": (NEAR, row("Photos", switch("a", "true")) * 2, Reason.AMBIGUOUS),
    "name with the value": (STARTS, '<button aria-label="Edit audience. Only me">Only me</button>', "yes"),
    "name with a colon and quotes": (
        STARTS | {"means": {'"Only": me': "yes"}},
        """<button aria-label='Edit audience. "Only": me'>"Only": me</button>""",
        "yes",
    ),
    "name with a new value": (
        STARTS,
        '<button aria-label="Edit audience. Close friends">x</button>',
        Reason.UNLISTED_VALUE,
    ),
    "pressed": (PRESSED, '<button aria-pressed="false">Hide</button>', "no"),
    "pressed says nothing": (PRESSED, "<button>Hide</button>", Reason.UNLISTED_VALUE),
    "count by words anywhere": (COUNT, "<h2>Signed in on a</h2><h2>Signed in on b</h2>", Reason.AMBIGUOUS),
    "count of none": (COUNT, "<h2>Devices</h2>", Reason.NOT_FOUND),
    "count in a part": (COUNT_IN, devices(1) + "<ul><li>Help<li>About</ul>", "yes"),
    "count of more in a part": (COUNT_IN, devices(2), "no"),
    "count in a part that is not there": (COUNT_IN, "<ul><li>One</ul>", Reason.NOT_FOUND),
    "count in a part that is there twice": (COUNT_IN, devices(1) * 2, Reason.AMBIGUOUS),
    "nothing in a box": (FILLED, '<input name="about" placeholder="Your school">', "yes"),
    "something in a box": (FILLED, '<input name="about" value="Springfield School">', "no"),
    "something in a box of many lines": (FILLED, "<textarea name=about>Springfield</textarea>", "no"),
    "something that a script put into a box": (
        FILLED,
        '<input name="about"><script>document.querySelector("input").value = "Springfield"</script>',
        Reason.UNSAVED,
    ),
    "a tick box instead of a box": (FILLED, '<input type="checkbox" name="about">', Reason.UNLISTED_VALUE),
    "a text instead of a box": (FILLED | {"find": {"role": "note", "name": ["A"]}}, NOTE, Reason.UNLISTED_VALUE),
    "a sentence": (SENTENCE, "<p>Anyone   can <b>find</b> you.</p>", "no"),
    "a sentence beside one that is hidden": (
        SENTENCE,
        "<p>Nobody can find you.</p><p style='display:none'>Anyone can find you.</p>",
        "yes",
    ),
    "a sentence that is hidden": (SENTENCE, "<p hidden>Nobody can find you.</p>", Reason.NOT_FOUND),
    "two sentences": (SENTENCE, "<p>Anyone can find you.</p><p>Nobody can find you.</p>", Reason.AMBIGUOUS),
    "a sentence in a longer one": (SENTENCE, "<p>Nobody can find you. Except friends.</p>", Reason.NOT_FOUND),
    "a sentence that somebody typed": (
        SENTENCE,
        "<textarea>Nobody can find you.</textarea><div contenteditable><p>Nobody can find you.</p></div>",
        Reason.NOT_FOUND,
    ),
    "empty box for text": (VALUE, '<input name="about" value="">', "yes"),
    "box with a text": (VALUE, '<input name="about" value="Springfield School">', Reason.UNLISTED_VALUE),
    "unfolded": (
        EXPAND,
        """<button aria-expanded="false" aria-controls="more" onclick="this.setAttribute('aria-expanded','true');
        document.getElementById('more').innerHTML='<input type=checkbox name=box checked>'">More</button>
        <div id="more"></div>""",
        "yes",
    ),
    "unfolds nothing": (EXPAND, '<button aria-expanded="false">More</button>', Reason.NOT_FOUND),
    "a button that is no disclosure": (
        EXPAND,
        "<button onclick=\"document.body.innerHTML='<input type=checkbox name=box checked>'\">More</button>",
        Reason.NOT_FOUND,
    ),
    "a disclosure that would send a form": (
        EXPAND,
        '<form method="post" action="/write"><button aria-expanded="false">More</button></form>',
        Reason.BLOCKED_BY_GUARD,
    ),
    "absence beside nothing else": (ABSENT, "<p>Nothing here</p>", Reason.NOT_FOUND),
}
