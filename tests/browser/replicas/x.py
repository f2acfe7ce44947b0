"""X: pages written from the recorded labels and panes, and from the reply that each of them asks for as it loads."""

from __future__ import annotations

import json
from typing import Any

from tests.browser.replicas import Pages, Variant
from tests.support.site import Reply

CAREFUL = {
    "x.protect-posts": "on",
    "x.photo-tagging": "off",
    "x.find-by-email": "off",
    "x.find-by-phone": "off",
    "x.spaces": "off",
    "x.post-location": "off",
    "x.places": "off",
    "x.two-factor": "strong",
    "x.password-reset-protect": "on",
    "x.personalised-ads": "off",
    "x.inferred-identity": "off",
    "x.partner-sharing": "off",
}
OPEN = {
    "x.protect-posts": "off",
    "x.photo-tagging": "anyone",
    "x.find-by-email": "on",
    "x.find-by-phone": "on",
    "x.spaces": "on",
    "x.post-location": "on",
    "x.places": "on",
    "x.two-factor": "none",
    "x.password-reset-protect": "off",
    "x.personalised-ads": "on",
    "x.inferred-identity": "on",
    "x.partner-sharing": "on",
}

TAGGING = {"off": "none", "following": "following", "anyone": "all"}
ON_X = "/i/api/1.1/"
ON_API = "/1.1/"
STEPS = "strato/column/User/1234567/account-security/twoFactorAuthSettings2"

SHELL = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Audience, media and tagging / X</title>
<div id="react-root" class="css-175oi2r r-13awgt0">
 <header role="banner"><nav aria-label="Primary">
  <a href="/home">Home</a><a href="/notifications">Notifications</a><a href="/alex_example">Profile</a></nav></header>
 <main role="main">
  <section aria-label="Section navigation" class="css-175oi2r r-1oszu61"><h1>Settings</h1><div role="tablist">
   <a role="tab" href="/settings/account">Your account</a>
   <a role="tab" href="/settings/security_and_account_access">Security and account access</a>
   <a role="tab" aria-selected="true" href="/settings/privacy_and_safety">Privacy and safety</a></div></section>
  <section aria-label="Section details" class="css-175oi2r r-f8sm7e" id="pane">PANE</section>
 </main>
 <div data-testid="BottomBar"><span>Did someone say … cookies?</span><button>Accept all cookies</button></div>
</div><script>SCRIPT</script>"""

SPEAKS = """
const told = (where) => fetch(where, {method: "POST", body: "category=perftown"}).catch(() => {});
told("/i/api/1.1/jot/client_event.json");
told("/i/api/1.1/graphql/user_flow.json");
setInterval(() => fetch("/i/api/2/badge_count/badge_count.json?supports_ntab_urt=1"), 3000);
"""


def _reply(truth: dict[str, Any]) -> dict[str, Any]:
    on = {check: answer == "on" for check, answer in truth.items()}
    return {
        "protected": on["x.protect-posts"],
        "screen_name": "alex_example",
        "always_use_https": True,
        "use_cookie_personalization": not on["x.personalised-ads"],
        "geo_enabled": on["x.post-location"],
        "discoverable_by_email": on["x.find-by-email"],
        "discoverable_by_mobile_phone": on["x.find-by-phone"],
        "allow_media_tagging": TAGGING[truth["x.photo-tagging"]],
        "allow_ads_personalization": on["x.personalised-ads"],
        "allow_logged_out_device_personalization": on["x.inferred-identity"],
        "allow_location_history_personalization": on["x.places"],
        "allow_sharing_data_for_third_party_personalization": on["x.partner-sharing"],
        "allow_dms_from": "following",
        "mention_filter": "unfiltered",
        "protect_password_reset": on["x.password-reset-protect"],
        "requires_login_verification": False,
        "ext_sharing_audiospaces_listening_data_with_followers": on["x.spaces"],
        "country_code": "gb",
        "settings_metadata": {},
    }


def _box(label: str, ticked: bool, note: str) -> str:
    state = " checked" if ticked else ""
    return (
        f'<label class="css-175oi2r r-18u37iz"><span>{label}</span><input type="checkbox"{state}></label>'
        f"<div>{note} <a href='#'>Learn more</a></div>"
    )


def _audience(truth: dict[str, Any], label: str) -> str:
    protects = truth["x.protect-posts"] == "on"
    twin = _box("Protect your posts", not protects, "")
    return (
        "<h2>Audience, media and tagging</h2>"
        f'<div style="display:none">{twin}</div>'
        + _box(label, protects, "When selected, your posts are only visible to people who follow you.")
        + _box("Protect your videos", not protects, "If selected, videos in your posts will not be downloadable.")
        + '<a href="/settings/tagging"><span>Photo tagging</span><span>Off</span></a>'
    )


def _two_factor(truth: dict[str, Any]) -> str:
    app = truth["x.two-factor"] == "strong"
    return (
        "<h2>Two-factor authentication</h2>"
        + _box("Text message", False, "Use your mobile phone to receive a text message with a code.")
        + _box("Authentication app", app, "Use a mobile authentication app to get a verification code.")
        + _box("Security key", False, "Use a security key that inserts into your computer.")
    )


def _steps(truth: dict[str, Any]) -> dict[str, Any]:
    kinds = ["Totp", "BackupCode"] if truth["x.two-factor"] == "strong" else []
    return {"methods": [{"twoFactorType": kind} for kind in kinds]}


def _page(pane: str, script: str) -> Reply:
    return Reply(SHELL.replace("PANE", pane).replace("SCRIPT", SPEAKS + script))


def _json(value: Any) -> Reply:
    return Reply(json.dumps(value), kind="application/json")


def _pages(truth: dict[str, Any], bases: tuple[str, ...], *, label: str, after_ms: int | None) -> Pages:
    """Draw the panes at once or after a wait; each asks for its settings under each of the bases."""
    told = {base + "account/settings.json": _json(_reply(truth)) for base in bases}
    steps = {base + STEPS: _json(_steps(truth)) for base in bases}
    pages: dict[str, Reply] = {"/i/api/2/badge_count/badge_count.json": _json({"ntab_unread_count": 0})}
    for path, pane, more in (
        ("/settings/audience_and_tagging", _audience(truth, label), {}),
        ("/settings/account/login_verification", _two_factor(truth), steps),
    ):
        script = "".join(f"fetch('{asked}?include_mention_filter=true&ext=ssoConnections');" for asked in told | more)
        if after_ms is not None:
            drawn = f"document.getElementById('pane').innerHTML = {json.dumps(pane)}"
            script += f"setTimeout(() => {{ {drawn}; }}, {after_ms});"
            pane = '<div role="progressbar" aria-label="Loading"></div>'
        pages[path] = _page(pane, script)
    return pages | told | steps


USERS: dict[str, dict[str, Any]] = {"careful": dict(CAREFUL), "open": dict(OPEN)}
FOLLOWED: dict[str, dict[str, Any]] = {"careful": CAREFUL | {"x.photo-tagging": "following"}, "open": dict(OPEN)}
BOX_ONLY: dict[str, dict[str, Any]] = {
    user: {check: answer if check == "x.protect-posts" else None for check, answer in truth.items()}
    for user, truth in USERS.items()
}


def _recorded(user: str) -> Pages:
    return _pages(USERS[user], (ON_X,), label="Protect your posts", after_ms=None)


def _late(user: str) -> Pages:
    return _pages(FOLLOWED[user], (ON_API,), label="Protect your posts", after_ms=800)


def _relabelled(user: str) -> Pages:
    return _pages(USERS[user], (ON_X, ON_API), label="Who may read along", after_ms=None)


def _silent(user: str) -> Pages:
    return _pages(USERS[user], (), label="Protect your posts", after_ms=None)


VARIANTS: tuple[Variant, ...] = (
    Variant("x", "labels as recorded, replies from x.com", USERS, _recorded),
    Variant("x", "panes drawn after 800 ms, replies from api.x.com", FOLLOWED, _late),
    Variant("x", "box with another label, replies from both hosts", USERS, _relabelled),
    Variant("x", "no reply to listen to", BOX_ONLY, _silent),
)
