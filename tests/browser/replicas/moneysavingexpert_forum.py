"""Vanilla: the older form as its template prints it, and the newer page as its component draws it."""

from __future__ import annotations

import json

from tests.browser.replicas import Pages, Variant
from tests.support.site import Reply

Truth = dict[str, str | None]

PRIVATE = "moneysavingexpert-forum.private-profile"
EMAIL = "moneysavingexpert-forum.email-shown"

OLDER: dict[str, Truth] = {
    "careful": {PRIVATE: "old_on", EMAIL: "off"},
    "open": {PRIVATE: "old_off", EMAIL: "on"},
}
NEWER: dict[str, Truth] = {"careful": {PRIVATE: "off", EMAIL: "off"}, "open": {PRIVATE: "on", EMAIL: "on"}}
NOBODY: dict[str, Truth] = {"careful": {PRIVATE: None, EMAIL: None}, "open": {PRIVATE: None, EMAIL: None}}

SHELL = """<!doctype html><html lang="en"><meta charset="utf-8"><title>MoneySavingExpert Forum</title>
<header><a href="/">Forum</a><button type="button" aria-expanded="false">AliceMSE</button>
 <form role="search" action="/search"><input type="search" name="query"></form></header>
<main id="main">MAIN</main>
<footer><a href="/kb/articles/forum-rules">Forum rules</a></footer><script>
fetch("/api/v2/tick", {method: "POST", body: "{}"}).catch(() => {});
setInterval(() => fetch("/api/v2/notifications?limit=1"), 3000);
SCRIPT
</script>"""

PREFERENCES = """<section><h1>Notification Preferences</h1><form aria-label="Notification Preferences">
<table><tr><td>I am mentioned</td><td><input type="checkbox" name="email"></td><td><input type="checkbox" checked></td>
</tr></table></form></section>"""

# Until the reply is there, and for good when it fails, the newer page shows both boxes not ticked.
ACCOUNT = """<section class="css-1q2w3e"><h1>Account &amp; Privacy Settings</h1><h2>Your Account</h2>
<div>Username <span>AliceMSE</span><button aria-label="Edit username"></button></div><h2>Privacy</h2>
<label class="css-9a8b"><input type="checkbox" id="checkbox7" aria-labelledby="l7">
 <span aria-hidden="true">*</span><span id="l7">Display my profile publicly</span></label>
<label class="css-9a8b"><input type="checkbox" id="email-privacy" aria-labelledby="l8">
 <span id="l8">Display my email publicly</span></label>
<h2>Community Preferences</h2><label><input type="checkbox" id="suggest-answers" checked> Suggest answers</label>
</section>"""

DRAWS = """
fetch("/api/v2/users/2/?expand[]=all").then((reply) => reply.json()).then((user) => setTimeout(() => {
  document.getElementById("checkbox7").checked = !user.private;
  document.getElementById("email-privacy").checked = user.showEmail;
}, 800)).catch(() => {});
"""


def _page(main: str, script: str = "") -> Reply:
    return Reply(SHELL.replace("MAIN", main).replace("SCRIPT", script))


def _leads_to(path: str) -> Reply:
    return Reply("", status=302, headers=(("location", path),))


def _box(name: str, label: str, on: bool) -> str:
    return (
        f'<li role="presentation"><input type="hidden" name="Checkboxes[]" value="{name}"><label class="CheckBoxLabel">'
        f'<input type="checkbox" id="Form_{name}" name="{name}" value="1"{" checked" if on else ""}> {label}'
        "</label></li>"
    )


def _older(user: str) -> Pages:
    truth = OLDER[user]
    form = (
        '<div class="FormTitleWrapper"><h1 class="H">Edit Profile</h1><form method="post" action="/profile/edit">'
        '<input type="hidden" name="TransientKey" value="k"><ul role="presentation">'
        '<li class="User-Name"><label for="Form_Name">Username</label><input id="Form_Name" name="Name" disabled></li>'
        + _box("ShowEmail", "Allow other members to see your email?", truth[EMAIL] == "on")
        + _box("ConfirmEmail", "Confirmed email address", True)
        + _box(
            "Private",
            "Private Profile: Private profiles can only be viewed by authorized users.",
            truth[PRIVATE] == "old_on",
        )
        + '</ul><input type="submit" id="Form_Save" name="Save" value="Save"></form></div>'
    )
    return {
        "/profile/preferences": _page(PREFERENCES),
        "/profile/edit": _page(form),
        "/profile/account-privacy": _leads_to("/profile/edit"),
    }


def _newer(user: str, reply: Reply) -> Pages:
    return {
        "/profile/preferences": _page(PREFERENCES),
        "/profile/edit": _leads_to("/profile/account-privacy/"),
        "/profile/account-privacy": _page(ACCOUNT, DRAWS),
        "/profile/account-privacy/": _page(ACCOUNT, DRAWS),
        "/api/v2/users/2/": reply,
    }


def _told(user: str) -> Pages:
    known = {"userID": 2, "name": "AliceMSE", "private": user == "careful", "showEmail": user == "open"}
    return _newer(user, Reply(json.dumps(known), kind="application/json"))


def _failing(user: str) -> Pages:
    return _newer(user, Reply('{"message": "Server error"}', status=500, kind="application/json"))


def _among_others(user: str) -> Pages:
    other = {"userID": 9, "name": "BobMSE", "private": user == "open", "showEmail": user == "careful"}
    asks = 'fetch("/api/v2/users/9/?expand[]=all");'
    account = _page(ACCOUNT, DRAWS + asks)
    return dict(_told(user)) | {
        "/profile/account-privacy": account,
        "/api/v2/users/9/": Reply(json.dumps(other), kind="application/json"),
    }


VARIANTS: tuple[Variant, ...] = (
    Variant("moneysavingexpert-forum", "older form from the server", OLDER, _older),
    Variant("moneysavingexpert-forum", "newer page, drawn 800 ms after a reply", NEWER, _told),
    Variant("moneysavingexpert-forum", "newer page whose reply fails", NOBODY, _failing),
    Variant("moneysavingexpert-forum", "newer page that asks about another member too", NOBODY, _among_others),
)
