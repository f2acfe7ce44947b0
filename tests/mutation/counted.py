"""Pages of Pebble, the pretend platform, on which a list is counted: no replica has such a probe."""

from __future__ import annotations

import json

from tests.browser.replicas import Pages, Variant
from tests.support.site import Reply

Truth = dict[str, str | None]

DEVICES = {
    "careful": ["This computer"],
    "open": ["This computer", "Phone", "Library", "Tablet", "Old phone"],
}
SESSIONS = {"careful": "one", "open": "many"}
FIELDS: dict[str, Truth] = {
    "careful": {"demo.search-engines": "off", "demo.photos": "only-me", "demo.messages": "friends"},
    "open": {"demo.search-engines": "on", "demo.photos": "everyone", "demo.messages": "everyone"},
}
REPLIES: dict[str, Truth] = {
    "careful": {"demo.sign-in-alerts": "on", "demo.two-step": "app", "demo.apps": "none"},
    "open": {"demo.sign-in-alerts": "off", "demo.two-step": "text", "demo.apps": "unused"},
}

SHELL = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Pebble</title>
<header><a href="/sign-out">Sign out</a></header><main>MAIN</main>"""


def _select(field: str, options: tuple[str, ...], chosen: str | None) -> str:
    made = "".join(f'<option value="{one}"{" selected" if one == chosen else ""}>{one}</option>' for one in options)
    return f'<p><label for="{field}">{field}</label> <select id="{field}" name="{field}">{made}</select></p>'


def _privacy(user: str) -> Reply:
    truth = FIELDS[user]
    ticked = " checked" if truth["demo.search-engines"] == "on" else ""
    form = (
        f'<form><p><input type="checkbox" id="search_engines" name="search_engines"{ticked}> Search engines</p>'
        + _select("photos", ("everyone", "friends", "only-me"), truth["demo.photos"])
        + _select("messages", ("everyone", "friends-of-friends", "friends"), truth["demo.messages"])
        + "</form>"
    )
    return Reply(SHELL.replace("MAIN", form))


def _devices(user: str, script: str) -> Reply:
    rows = "".join(f"<li><div>{name}</div><small>Last seen today</small></li>" for name in DEVICES[user])
    part = f'<section aria-labelledby="s1"><h2 id="s1">Where you are signed in</h2><ul>{rows}</ul></section>'
    return Reply(SHELL.replace("MAIN", part) + script)


def _sent(user: str) -> Pages:
    return {"/settings/privacy": _privacy(user), "/settings/devices": _devices(user, "")}


def _asked(user: str) -> Pages:
    careful = user == "careful"
    devices = {"devices": [{"name": name} for name in DEVICES[user]]}
    preferences = {
        "security": {"sign_in_alerts": careful, "two_step": "app" if careful else "text"},
        "apps": [] if careful else [{"name": "Quiz", "months_unused": 20}],
    }
    script = "<script>fetch('/api/devices'); fetch('/api/preferences');</script>"
    return {
        "/settings/privacy": _privacy(user),
        "/settings/devices": _devices(user, script),
        "/api/devices": Reply(json.dumps(devices), kind="application/json"),
        "/api/preferences": Reply(json.dumps(preferences), kind="application/json"),
    }


def _truths(*, asked: bool) -> dict[str, Truth]:
    return {
        user: {
            "demo.sessions": SESSIONS[user],
            **FIELDS[user],
            **{check: answer if asked else None for check, answer in REPLIES[user].items()},
        }
        for user in DEVICES
    }


VARIANTS = (
    Variant("demo", "a list from the server", _truths(asked=False), _sent),
    Variant("demo", "a list and a reply", _truths(asked=True), _asked),
)
