"""Pinterest: switches as its own design system draws them (a tick box with a label), or as buttons with a role."""

from __future__ import annotations

import json

from tests.browser.replicas import Pages, Variant
from tests.support.site import Reply

Truth = dict[str, str | None]

TRUTHS: dict[str, Truth] = {
    "careful": {"pinterest.private-profile": "on", "pinterest.search-engines": "on", "pinterest.two-factor": "on"},
    "open": {"pinterest.private-profile": "off", "pinterest.search-engines": "off", "pinterest.two-factor": "off"},
}
MIXED: dict[str, Truth] = {
    "careful": {"pinterest.private-profile": "off", "pinterest.search-engines": "on", "pinterest.two-factor": "on"},
    "open": {"pinterest.private-profile": "on", "pinterest.search-engines": "off", "pinterest.two-factor": "off"},
}

SHELL = """<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Pinterest</title>
<header><a href="/">Home</a><input type="search" aria-label="Search"><button aria-label="Your profile"></button>
</header>
<div class="zI7 iyn Hsu"><nav aria-label="Settings">
 <a href="/settings/edit-profile">Edit profile</a><a href="/settings/account-settings">Account management</a>
 <a href="/settings/profile-visibility">Profile visibility</a><a href="/settings/privacy-and-data">Privacy and data</a>
 <a href="/settings/security">Security</a></nav><div id="pane">PANE</div></div>
<div role="dialog" aria-label="Cookies"><p>We use cookies.</p><button>Accept all</button></div>
<script id="__PWS_INITIAL_PROPS__" type="application/json">{"isAuthenticated": true}</script><script>
fetch("/resource/UserSettingsResource/get/?source_url=/settings/", {headers: {"X-Requested-With": "XMLHttpRequest"}});
setInterval(() => fetch("/resource/NewsHubBadgeResource/get/"), 3000);
LATER
</script>"""


def _tick_box(label: str, on: bool, number: int) -> str:
    return (
        f'<div class="S{number}x KS5"><label for="i{number}">{label}</label><div class="switch_a8">'
        f'<input type="checkbox" id="i{number}" name="i{number}"{" checked" if on else ""}><div class="slider"></div>'
        "</div></div>"
    )


def _button(label: str, on: bool, number: int) -> str:
    return (
        f'<div style="display:flex"><span id="n{number}">{label}</span>'
        f'<button type="button" role="switch" aria-checked="{str(on).lower()}" aria-labelledby="n{number}"></button>'
        "</div>"
    )


def _panes(truth: Truth, buttons: bool) -> dict[str, str]:
    draw = _button if buttons else _tick_box
    private = truth["pinterest.private-profile"] == "on"
    searched = truth["pinterest.search-engines"] == "on"
    coded = truth["pinterest.two-factor"] == "on"
    return {
        "/settings/profile-visibility": (
            "<h1>Profile visibility</h1><p>Manage how your profile can be viewed on and off Pinterest.</p>"
            + draw("Private profile", private, 1)
            + "<p>When your profile is private, only the people you approve can see your profile.</p>"
            + draw("Search privacy", searched, 2)
            + f"<div hidden>{draw('Search privacy', not searched, 3)}</div>"
            + "<p>Hide your profile from search engines. <a href='#'>Learn more</a></p>"
        ),
        "/settings/security": (
            "<h1>Security</h1><h2>Two-factor authentication</h2>"
            + draw("Require code at login", coded, 4)
            + "<h2>Connected devices</h2><button type='button'>Show sessions</button>"
            + draw("Log in with Google", not coded, 5)
        ),
    }


def _pages(truth: Truth, *, buttons: bool, late: bool, posts: bool = False) -> Pages:
    data = Reply(json.dumps({"resource_response": {"data": {"username": "alex"}}}), kind="application/json")
    pages: dict[str, Reply] = {
        "/resource/UserSettingsResource/get/": data,
        "/resource/NewsHubBadgeResource/get/": data,
    }
    for path, pane in _panes(truth, buttons).items():
        later = f"setTimeout(() => {{ document.getElementById('pane').innerHTML = {json.dumps(pane)}; }}, 800);"
        asks = "fetch('/resource/ApiResource/create/', {method: 'POST', body: 'data={}'}).catch(() => {});"
        script = (later if late else "") + (asks if posts else "")
        pages[path] = Reply(SHELL.replace("PANE", "<div>Loading</div>" if late else pane).replace("LATER", script))
    return pages


def _boxes(user: str) -> Pages:
    return _pages(TRUTHS[user], buttons=False, late=False)


def _late_buttons(user: str) -> Pages:
    return _pages(MIXED[user], buttons=True, late=True)


def _by_post(user: str) -> Pages:
    return _pages(TRUTHS[user], buttons=False, late=False, posts=True)


NOBODY: dict[str, Truth] = {user: dict.fromkeys(truth) for user, truth in TRUTHS.items()}

VARIANTS: tuple[Variant, ...] = (
    Variant("pinterest", "tick boxes with a label", TRUTHS, _boxes),
    Variant("pinterest", "buttons with a role, drawn after 800 ms", MIXED, _late_buttons),
    Variant("pinterest", "a page that asks for something with POST", NOBODY, _by_post),
)
