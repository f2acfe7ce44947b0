"""Mastodon: settings forms as its own templates write them, for a server of today and for an older one.

Source of the form names: app/views/settings of the project, its documentation for the reply about notifications.
"""

from __future__ import annotations

import json

from tests.browser.replicas import Pages, Variant
from tests.support.site import Reply

Truth = dict[str, str | None]

CAREFUL: Truth = {
    "mastodon.approve-followers": "off",
    "mastodon.discovery": "off",
    "mastodon.post-search": "off",
    "mastodon.search-engines": "off",
    "mastodon.network": "off",
    "mastodon.post-visibility": "followers",
    "mastodon.quotes": "nobody",
    "mastodon.strangers-mention": "both",
    "mastodon.email-sign-ups": "off",
    "mastodon.two-factor": "on",
    "mastodon.auto-delete": "on",
    "mastodon.app-shown": "off",
}
OPEN: Truth = {
    "mastodon.approve-followers": "on",
    "mastodon.discovery": "on",
    "mastodon.post-search": "on",
    "mastodon.search-engines": "on",
    "mastodon.network": "on",
    "mastodon.post-visibility": "public",
    "mastodon.quotes": "public",
    "mastodon.strangers-mention": "private_only",
    "mastodon.email-sign-ups": "on",
    "mastodon.two-factor": None,
    "mastodon.auto-delete": "off",
    "mastodon.app-shown": "on",
}

BOXES = {
    "account[discoverable]": ("mastodon.discovery", "Feature me in discovery experiences"),
    "account[unlocked]": ("mastodon.approve-followers", "Automatically accept new followers"),
    "account[indexable]": ("mastodon.post-search", "Include public posts in search results"),
    "account[settings][indexable]": ("mastodon.search-engines", "Include profile page in search engines"),
    "account[settings][show_application]": ("mastodon.app-shown", "Display from which app you sent a post"),
}
COLLECTIONS = {"account[show_collections]": ("mastodon.network", "Show follows and followers on profile")}
BY_EMAIL = {"account[settings][email_subscriptions]": ("mastodon.email-sign-ups", "Enable email sign-ups")}
PRIVACY = {"followers": "private", "quiet": "unlisted", "public": "public"}
PRIVACY_LABELS = {
    "public": "Public - Anyone on and off Mastodon",
    "unlisted": "Quiet public - Hidden from Mastodon search results",
    "private": "Followers only",
}
QUOTES = {"public": "Anyone", "followers": "Followers only", "nobody": "Just me"}
POLICIES = {
    "both": {"for_not_following": "filter", "for_private_mentions": "drop"},
    "private_only": {"for_not_following": "accept", "for_private_mentions": "filter"},
    "open": {"for_not_following": "drop", "for_private_mentions": "accept"},
}

SHELL = """<!doctype html><html lang="LANGUAGE"><meta charset="utf-8"><title>Privacy and reach - example.social</title>
<meta name="csrf-param" content="authenticity_token"><meta name="csrf-token" content="token">
<script id="initial-state" type="application/json">{"meta": {"me": "1", "domain": "example.social"}}</script>
<body class="admin"><a class="navigation-skip-link" href="#content">Skip to content</a><div class="admin-wrapper">
<header class="sidebar-wrapper"><nav><ul>
 <li><a href="/"><svg role="img" class="icon"></svg> Back to Mastodon</a></li>
 <li><a href="/settings/privacy"><svg role="img"></svg> Privacy and reach</a></li>
 <li><a href="/auth/edit"><svg role="img"></svg> Account</a></li>
 <li><a data-method="delete" href="/auth/sign_out"><svg role="img" class="icon"></svg> Logout</a></li>
</ul></nav></header>
<main class="content-wrapper" id="content"><h1>Privacy and reach</h1><div id="pane">PANE</div></main></div>
<script>
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-method]");
  if (!link) return;
  event.preventDefault();
  const form = document.createElement("form");
  form.method = "post";
  form.action = link.href;
  form.innerHTML = "<input name='_method' value='delete'><input type='submit'>";
  document.body.append(form);
  form.querySelector("[type=submit]").click();
});
SCRIPT
</script>"""

WEB = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Notifications - example.social</title>
<script id="initial-state" type="application/json">{"meta": {"me": "1"}}</script>
<div id="mastodon"><div class="columns-area" role="region" aria-label="Notifications">
<button aria-label="Show settings" aria-expanded="false"></button>
<p>You don't have any notifications yet.</p></div></div>
<script>
try { new WebSocket("wss://" + location.host + "/api/v1/streaming"); } catch { }
fetch("/api/v1/markers", {method: "POST", body: "{}"}).catch(() => {});
fetch("/api/v2/notifications?limit=20");
setTimeout(() => fetch("/api/v2/notifications/policy"), WAIT);
setInterval(() => fetch("/api/v2/notifications?since_id=1"), 2000);
</script>"""


def _box(name: str, label: str, ticked: bool) -> str:
    made = name.replace("][", "_").replace("[", "_").removesuffix("]")
    state = ' checked="checked"' if ticked else ""
    return (
        f'<div class="input with_label boolean optional"><div class="label_input"><label for="{made}">{label}</label>'
        f'<input value="0" autocomplete="off" type="hidden" name="{name}"><label class="checkbox">'
        f'<input class="boolean optional" type="checkbox" value="1"{state} name="{name}" id="{made}"></label>'
        "</div></div>"
    )


def _select(name: str, label: str, choices: dict[str, str], chosen: str | None, *, off: bool = False) -> str:
    made = name.replace("][", "_").replace("[", "_").removesuffix("]")
    rows = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{words}</option>'
        for value, words in choices.items()
    )
    return (
        f'<div class="input with_label select"><label for="{made}">{label}</label>'
        f'<select class="select optional" name="{name}" id="{made}"{" disabled" if off else ""}>{rows}</select></div>'
    )


def _form(action: str, inside: str) -> str:
    return (
        f'<form class="simple_form" action="{action}" accept-charset="UTF-8" method="post">'
        '<input type="hidden" name="_method" value="put"><input type="hidden" name="authenticity_token" value="t">'
        f'{inside}<button name="button" type="submit" class="btn">Save changes</button></form>'
    )


def _privacy(truth: Truth, boxes: dict[str, tuple[str, str]]) -> str:
    rows = (_box(name, label, truth[check] == "on") for name, (check, label) in boxes.items())
    return _form("/settings/privacy", "<h2>Reach</h2>" + "".join(rows))


def _visibility(truth: Truth) -> str:
    chosen = PRIVACY[str(truth["mastodon.post-visibility"])]
    language = _select(
        "user[settings_attributes][default_language]", "Posting language", {"": "Same", "en": "English"}, ""
    )
    name = "user[settings_attributes][default_privacy]"
    return _select(name, "Posting visibility", PRIVACY_LABELS, chosen) + language


def _quoting(truth: Truth) -> str:
    private = truth["mastodon.post-visibility"] == "followers"
    name = "user[settings_attributes][default_quote_policy]"
    return _select(name, "Who can quote", QUOTES, truth["mastodon.quotes"], off=private)


def _cleanup(truth: Truth) -> str:
    on = truth["mastodon.auto-delete"] == "on"
    ages = {"1209600": "2 weeks", "31556952": "1 year"}
    return _form(
        "/statuses_cleanup",
        _box("account_statuses_cleanup_policy[enabled]", "Automatically delete old posts", on)
        + _select("account_statuses_cleanup_policy[min_status_age]", "Age threshold", ages, "1209600", off=not on)
        + _box("account_statuses_cleanup_policy[keep_pinned]", "Keep pinned posts", not on),
    )


TWO_STEPS = (
    '<a class="button button--destructive" rel="nofollow" data-method="post" '
    'href="/settings/two_factor_authentication_methods/disable">Disable 2FA</a>'
    '<p class="hint"><span class="positive-hint">Two-factor authentication is enabled</span></p><table>'
    "<tr><td>Authenticator app</td><td><a data-method='post' href='/settings/otp_authentication'>Edit</a></td></tr>"
    "<tr><td>Security keys</td><td><a href='/settings/security_keys/new'>Add</a></td></tr></table>"
)
SET_UP = (
    "<p>If you enable two-factor authentication, logging in will require your phone.</p>"
    "<a class='button' data-method='post' href='/settings/otp_authentication'>Set up</a>"
)


def _policy(truth: Truth) -> Reply:
    policy = POLICIES[str(truth["mastodon.strangers-mention"])]
    others = {"for_not_followers": "accept", "for_new_accounts": "accept", "for_limited_accounts": "filter"}
    summary = {"pending_requests_count": 2, "pending_notifications_count": 5}
    return Reply(json.dumps({**policy, **others, "summary": summary}), kind="application/json")


def _pages(truth: Truth, panes: dict[str, str], *, language: str = "en", late: bool = False) -> Pages:
    """Return the settings pages with these panes, those that every server has, and the web client's notifications.

    With `late`, all but the page of the sign-in proof are drawn by a script.
    """
    has_app = truth["mastodon.two-factor"] == "on"
    panes = {
        "/statuses_cleanup": _cleanup(truth),
        "/settings/otp_authentication": SET_UP,
        "/settings/two_factor_authentication_methods": TWO_STEPS,
        **panes,
    }
    pages: dict[str, Reply] = {}
    for path, pane in panes.items():
        script = f"setTimeout(() => {{ document.getElementById('pane').innerHTML = {json.dumps(pane)}; }}, 800)"
        drawn = late and path != "/settings/privacy"
        page = SHELL.replace("LANGUAGE", language).replace("SCRIPT", script if drawn else "")
        pages[path] = Reply(page.replace("PANE", "" if drawn else pane))
    if not has_app:
        moved = (("location", "/settings/otp_authentication"),)
        pages["/settings/two_factor_authentication_methods"] = Reply("", status=302, headers=moved)
    pages["/notifications"] = Reply(WEB.replace("WAIT", "800" if late else "0"))
    pages["/api/v2/notifications"] = Reply("{}", kind="application/json")
    pages["/api/v2/notifications/policy"] = _policy(truth)
    return pages


def _today(user: str) -> Pages:
    truth = TODAY_ALL[user]
    return _pages(
        truth,
        {
            "/settings/privacy": _privacy(truth, BOXES | BY_EMAIL),
            "/settings/preferences/posting_defaults": _form("", _visibility(truth) + _quoting(truth)),
            "/settings/preferences/other": _form(
                "", _box("user[settings_attributes][aggregate_reblogs]", "Group", True)
            ),
        },
    )


def _older(user: str) -> Pages:
    truth = OLDER_ALL[user]
    pages = _pages(
        truth,
        {
            "/settings/privacy": _privacy(truth, BOXES | COLLECTIONS),
            "/settings/preferences/other": _form("", _visibility(truth)),
        },
    )
    missing = Reply("The page you are looking for isn't here.", status=404)
    return {**pages, "/settings/preferences/posting_defaults": missing}


def _drawn_in_german(user: str) -> Pages:
    truth = ALL[user]
    return _pages(
        truth,
        {
            "/settings/privacy": _privacy(truth, BOXES | COLLECTIONS | BY_EMAIL),
            "/settings/preferences/posting_defaults": _form("", _visibility(truth) + _quoting(truth)),
            "/settings/preferences/other": _form("", ""),
        },
        language="de-DE",
        late=True,
    )


ALL: dict[str, Truth] = {"careful": CAREFUL, "open": OPEN}
TODAY_ALL: dict[str, Truth] = {
    "careful": CAREFUL | {"mastodon.quotes": "nobody"},
    "open": OPEN | {"mastodon.post-visibility": "quiet", "mastodon.quotes": "followers"},
}
OLDER_ALL: dict[str, Truth] = {"careful": CAREFUL, "open": OPEN | {"mastodon.strangers-mention": "open"}}


def _untold(truths: dict[str, Truth], *checks: str) -> dict[str, Truth]:
    return {user: truth | dict.fromkeys(checks) for user, truth in truths.items()}


def _greyed(truths: dict[str, Truth]) -> dict[str, Truth]:
    """Return what can be told where one list is greyed out, because posts are for followers only."""
    return truths | {"careful": truths["careful"] | {"mastodon.quotes": None}}


VARIANTS: tuple[Variant, ...] = (
    Variant(
        "mastodon",
        "4.7, followers and following on the profile",
        _greyed(_untold(TODAY_ALL, "mastodon.network")),
        _today,
    ),
    Variant(
        "mastodon",
        "4.4, posting privacy under Other",
        _untold(OLDER_ALL, "mastodon.quotes", "mastodon.email-sign-ups"),
        _older,
    ),
    Variant(
        "mastodon",
        "in German, most of it drawn after 800 ms",
        _greyed(_untold(ALL, "mastodon.two-factor")),
        _drawn_in_german,
    ),
)
