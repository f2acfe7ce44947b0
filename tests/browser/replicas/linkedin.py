"""LinkedIn: the one settings page whose reply is recorded, with its two recorded shapes."""

from __future__ import annotations

import json
from typing import Any

from tests.browser.replicas import Pages, Variant
from tests.support.site import Reply

CHECK = "linkedin.viewing-mode"
VALUES = {"private": "HIDE", "half": "DISCLOSE_ANONYMOUS", "name": "DISCLOSE_FULL"}
LABELS = {
    "name": "Your name and headline",
    "half": "Private profile characteristics",
    "private": "Private mode",
}
ASKED = "/mysettings-api/settingsApiSettingCards/profileViewingOptions"
PEEKS = "/mysettings-api/settingsApiSneakPeeks"

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Profile viewing options | LinkedIn</title>
<header><a href="/feed/">LinkedIn</a><button type="button" aria-expanded="false">Me</button></header>
<div class="settings-grid__a1b2c"><nav aria-label="Settings">
 <a href="/mypreferences/d/categories/account">Account preferences</a>
 <a href="/mypreferences/d/categories/sign-in-and-security">Sign in &amp; security</a>
 <a href="/mypreferences/d/categories/profile-visibility">Visibility</a></nav>
<main><h1>Profile viewing options</h1><p>Select what others see when you've viewed their profile</p>
<fieldset id="pane">PANE</fieldset></main></div>
<footer><a href="/help">Help Center</a><a href="/legal/privacy-policy">Privacy Policy</a></footer><script>
fetch("/li/track", {method: "POST", body: "[]"}).catch(() => {});
fetch("/mysettings-api/settingsApiSneakPeeks?category=PROFILE_VISIBILITY&q=category");
setInterval(() => fetch("/voyager/api/me"), 3000);
setTimeout(() => fetch("ASKED"), WAIT);
</script>"""


def _radios(answer: str) -> str:
    return "".join(
        f'<label class="r_9f3e"><input type="radio" name="r" value="{number}"{" checked" if key == answer else ""}>'
        f"{label}</label>"
        for number, (key, label) in enumerate(LABELS.items())
    )


def _pages(reply: dict[str, Any], pane: str, wait_ms: int) -> Pages:
    page = PAGE.replace("PANE", pane).replace("ASKED", ASKED).replace("WAIT", str(wait_ms))
    return {
        "/mypreferences/d/profile-viewing-options": Reply(page),
        ASKED: Reply(json.dumps(reply), kind="application/json"),
        PEEKS: Reply(
            json.dumps({"elements": [{"settingCardKey": "profileViewingOptions", "displayText": "Private mode"}]}),
            kind="application/json",
        ),
        "/voyager/api/me": Reply(json.dumps({"publicIdentifier": "alex-example"}), kind="application/json"),
    }


RECORDED: dict[str, dict[str, str | None]] = {"careful": {CHECK: "private"}, "open": {CHECK: "name"}}
LISTED: dict[str, dict[str, str | None]] = {"careful": {CHECK: "half"}, "open": {CHECK: "name"}}
NEW: dict[str, dict[str, str | None]] = {"careful": {CHECK: None}, "open": {CHECK: "name"}}


def _recorded(user: str) -> Pages:
    answer = str(RECORDED[user][CHECK])
    return _pages({"settingValue": VALUES[answer]}, _radios(answer), 0)


def _listed(user: str) -> Pages:
    answer = str(LISTED[user][CHECK])
    shown = [{"value": value, "selected": key == answer} for key, value in VALUES.items()]
    setting = {"key": "discloseAsProfileViewer", "settingDisplayType": "RADIO", "settingDisplayValues": shown}
    return _pages({"settings": [setting]}, '<div role="progressbar"></div>', 800)


def _new_value(user: str) -> Pages:
    value = "DISCLOSE_TO_PREMIUM" if user == "careful" else VALUES["name"]
    return _pages({"settingValue": value}, _radios("private"), 0)


VARIANTS: tuple[Variant, ...] = (
    Variant("linkedin", "reply with one value", RECORDED, _recorded),
    Variant("linkedin", "reply with a list of choices, asked for after 800 ms", LISTED, _listed),
    Variant("linkedin", "reply with a value that nobody has recorded", NEW, _new_value),
)
