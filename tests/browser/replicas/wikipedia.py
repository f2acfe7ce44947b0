"""Wikipedia: the preferences page as MediaWiki's two form toolkits print it; everything comes from the server."""

from __future__ import annotations

from tests.browser.replicas import Pages, Variant
from tests.support.site import Reply

Truth = dict[str, str | None]

TRUTHS: dict[str, Truth] = {
    "careful": {
        "wikipedia.email-from-others": "off",
        "wikipedia.email-from-new-users": "grey",
        "wikipedia.reveal-address": "off",
        "wikipedia.real-name": "blank",
        "wikipedia.signature": "usual",
        "wikipedia.gender": "unknown",
        "wikipedia.two-factor": "on",
        "wikipedia.email-address": "unconfirmed",
        "wikipedia.reset-needs-both": "on",
        "wikipedia.login-alert": None,
        "wikipedia.mention-alert": "on",
    },
    "open": {
        "wikipedia.email-from-others": "on",
        "wikipedia.email-from-new-users": "on",
        "wikipedia.reveal-address": "on",
        "wikipedia.real-name": None,
        "wikipedia.signature": None,
        "wikipedia.gender": "told",
        "wikipedia.two-factor": "none",
        "wikipedia.email-address": None,
        "wikipedia.reset-needs-both": "off",
        "wikipedia.login-alert": "off",
        "wikipedia.mention-alert": "off",
    },
}
"""A name, a signature or a confirmed address that is there: only the person can tell what it gives away.

While the address is not confirmed, MediaWiki greys the boxes about e-mail out and leaves them as they were. That
alerts about log-ins are ticked does not say that they come.
"""

PAGE = """<!doctype html><html lang="en" dir="ltr"><meta charset="utf-8"><title>Preferences - Wikipedia</title>
<body class="mediawiki ltr ns--1 ns-special mw-special-Preferences">
<nav id="p-personal" aria-label="Personal tools"><ul>
<li id="pt-userpage"><a href="/wiki/User:Pondlife"><span>Pondlife</span></a></li>
<li id="pt-preferences" class="active"><a href="/wiki/Special:Preferences"><span>Preferences</span></a></li>
<li id="pt-watchlist"><a href="/wiki/Special:Watchlist"><span>Watchlist</span></a></li></ul></nav>
<form role="search" action="/w/index.php"><input type="search" name="search" aria-label="Search Wikipedia"></form>
<main id="content"><h1 id="firstHeading">Preferences</h1>
<form action="/wiki/Special:Preferences" method="post" id="mw-prefs-form">
<input type="hidden" name="wpEditToken" value="k">ROWS
<button type="submit" name="wpSave" id="prefcontrol" value="Save">Save</button></form></main>
<footer><a href="/wiki/Privacy_policy">Privacy policy</a></footer>
<script>fetch("/beacon/event", {method: "POST", body: "{}"}).catch(() => {});</script>"""


def _ticked(on: bool) -> str:
    return " checked='checked'" if on else ""


def _greyed(grey: bool) -> str:
    return " disabled='disabled'" if grey else ""


def _ooui_box(name: str, label: str, on: bool, grey: bool = False) -> str:
    return (
        f"<div id='mw-htmlform-{name}' class='oo-ui-fieldLayout'>"
        f"<span id='mw-input-{name}' class='oo-ui-checkboxInput'>"
        f"<input type='checkbox' name='{name}' value='1' id='ooui-{name}'{_ticked(on)}{_greyed(grey)}></span>"
        f"<span class='oo-ui-fieldLayout-header'><label for='ooui-{name}'>{label}</label></span></div>"
    )


def _table_box(name: str, label: str, on: bool, grey: bool = False) -> str:
    return (
        f"<tr class='mw-htmlform-field-HTMLCheckField'><td class='mw-label'></td><td class='mw-input'>"
        f"<input name='{name}' type='checkbox' value='1'{_ticked(on)}{_greyed(grey)} id='mw-input-{name}'>"
        f"<label for='mw-input-{name}'>{label}</label></td></tr>"
    )


def _matrix_box(value: str, on: bool) -> str:
    name = f"mw-input-wpecho-subscriptions-{value}"
    return (
        f"<td><span id='{name}' class='oo-ui-checkboxInput'>"
        f"<input type='checkbox' name='wpecho-subscriptions[]' value='{value}'{_ticked(on)}></span></td>"
    )


def _form(user: str, ooui: bool) -> str:
    truth = TRUTHS[user]
    on = {check.removeprefix("wikipedia."): answer == "on" for check, answer in truth.items()}
    box = _ooui_box if ooui else _table_box
    secured, told = on["two-factor"], truth["wikipedia.gender"] == "told"
    choices = "".join(
        f"<option value='{value}'{chosen}>{words}</option>"
        for value, words, chosen in (
            ("unknown", "They edit wiki pages", "" if told else " selected='selected'"),
            ("female", "She edits wiki pages", " selected='selected'" if told else ""),
            ("male", "He edits wiki pages", ""),
        )
    )
    grey = truth["wikipedia.email-address"] == "unconfirmed"
    address = "Confirm your email address" if grey else "Change or remove email address"
    basic = (
        "<tr><td>Username:</td><td id='mw-input-wpusername'>Pondlife</td></tr>"
        "<tr><td><label for='rn'>Real name:</label></td>"
        f"<td><input type='text' name='wprealname' id='rn' value='{'' if secured else 'Pat Pond'}'></td></tr>"
        "<tr><td>Two-factor authentication:</td><td><div id='mw-input-wpoathauth-module'>"
        f"{'TOTP (one-time token)' if secured else 'None enabled'}"
        "<a role='button' href='/wiki/Special:AccountSecurity'>Manage</a></div></td></tr>"
        "<tr><td><label for='g'>How do you prefer to be described?</label></td>"
        f"<td><select name='wpgender' id='g'>{choices}</select></td></tr>"
        "<tr><td><label for='sig'>New signature:</label></td>"
        "<td><input type='text' name='wpnickname' id='sig' "
        f"value='{'' if secured else '[[User:Pondlife|Pat]]'}'></td></tr>"
        "<tr><td>Email:</td><td><span id='mw-input-wpemailaddress'>"
        f"<a role='button' href='/wiki/Special:ConfirmEmail'>{address}</a></span></td></tr>"
    )
    boxes = (
        box("wpfancysig", "Treat signature as wikitext", not secured)
        + box("wprequireemail", "Send password reset emails only when both are provided.", on["reset-needs-both"])
        + box("wpdisablemail", "Allow other users to email me", on["email-from-others"], grey)
        + box("wpemail-allow-new-users", "Allow emails from brand-new users", on["email-from-new-users"], grey)
        + box("wpccmeonemails", "Send me copies of emails I send to other users", not on["email-from-others"], grey)
        + box("wpenotifrevealaddr", "Reveal my email address in notification emails", on["reveal-address"])
    )
    matrix = (
        "<table><tr><th></th><th>Web</th><th>Email</th></tr><tr><td>Login from an unfamiliar device</td>"
        + _matrix_box("web-login-success", not secured)
        + _matrix_box("email-login-success", secured)
        + "</tr><tr><td>Mention</td>"
        + _matrix_box("web-mention", on["mention-alert"])
        + _matrix_box("email-mention", not on["mention-alert"])
        + "</tr></table>"
    )
    if not ooui:
        boxes = f"<table>{boxes}</table>"
    return (
        f"<fieldset id='mw-prefsection-personal'><legend>User profile</legend><h2>Basic information</h2>"
        f"<table>{basic}</table><h2>Email options</h2>{boxes}</fieldset>"
        f"<fieldset id='mw-prefsection-echo'><legend>Notifications</legend>{matrix}</fieldset>"
    )


def _pages(user: str, *, ooui: bool) -> Pages:
    return {"/wiki/Special:Preferences": Reply(PAGE.replace("ROWS", _form(user, ooui)))}


VARIANTS: tuple[Variant, ...] = (
    Variant("wikipedia", "form of the newer toolkit", TRUTHS, lambda user: _pages(user, ooui=True)),
    Variant("wikipedia", "form in tables", TRUTHS, lambda user: _pages(user, ooui=False)),
)
