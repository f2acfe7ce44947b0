"""Instagram: settings pages with the labels of recorded screens, with nameless controls and with named ones."""

from __future__ import annotations

import json

from tests.browser.replicas import Pages, Variant
from tests.support.site import Reply

Truth = dict[str, str | None]

CHOICES = {
    "tags": {
        "everyone": "Allow tags from everyone",
        "following": "Allow tags from people you follow",
        "none": "Don't allow tags",
    },
    "mentions": {
        "everyone": "Allow mentions from everyone",
        "following": "Allow mentions from people you follow",
        "none": "Don't allow mentions",
    },
}
SET: dict[str, dict[str, str]] = {
    "careful": {
        "instagram.private-account": "on",
        "instagram.tags-from": "none",
        "instagram.mentions-from": "following",
        "instagram.story-shares": "off",
        "instagram.posts-to-stories": "off",
        "instagram.reposts": "off",
    },
    "open": {
        "instagram.private-account": "off",
        "instagram.tags-from": "everyone",
        "instagram.mentions-from": "everyone",
        "instagram.story-shares": "on",
        "instagram.posts-to-stories": "on",
        "instagram.reposts": "on",
    },
}
TOLD: dict[str, Truth] = {
    "careful": {**SET["careful"], "instagram.tags-from": None, "instagram.mentions-from": None},
    "open": {**SET["open"], "instagram.private-account": None},
}

SHELL = """<!doctype html><html lang="en" class="_9dls"><meta charset="utf-8"><title>Instagram</title><style>
.x1qjc9v5 { display: flex; align-items: center; justify-content: space-between; padding: 12px; width: 600px }
.x9f619 { width: 40px; height: 24px }
</style>
<div id="mount_0_0_aB"><div class="x9f619x"><nav>
 <a href="/" role="link"><svg aria-label="Home" role="img" width="24" height="24"><title>Home</title></svg>
  <span>Home</span></a>
 <a href="/explore/" role="link"><svg aria-label="Explore" role="img" width="24" height="24"></svg></a>
 <a href="/direct/inbox/" role="link"><svg aria-label="Messages" role="img" width="24" height="24"></svg></a></nav>
<div><h2>Settings</h2>
 <a href="https://accountscenter.instagram.com/?entry_point=app_settings">Accounts Center</a>
 <a href="/accounts/settings/v2/account_privacy/">Account privacy</a>
 <a href="/accounts/settings/v2/tags_and_mentions/">Tags and mentions</a>
 <a href="/accounts/settings/v2/sharing_and_reuse/">Sharing and reuse</a></div>
<main role="main" id="pane">PANE</main>
<footer><a href="/legal/privacy/">Privacy</a><a href="/legal/terms/">Terms</a><span>English</span></footer>
</div></div><script>
const draw = (pane) => { document.getElementById("pane").innerHTML = pane; };
fetch("/ajax/bz?__d=www", {method: "POST", body: "[]"}).catch(() => {});
setInterval(() => fetch("/api/v1/direct_v2/badge_count/"), 3000);
SCRIPT
</script>"""


def _bare_switch(label: str, on: bool) -> str:
    state = f'aria-checked="{"true" if on else "false"}"{" checked" if on else ""}'
    return (
        f'<div class="x1qjc9v5"><span>{label}</span>'
        f'<div><input class="x9f619" dir="ltr" role="switch" type="checkbox" {state}></div></div>'
    )


def _named_switch(label: str, on: bool) -> str:
    state = "true" if on else "false"
    return (
        f'<div class="x1qjc9v5"><div><span>{label}</span><br><span>When this is on, others can do that.</span></div>'
        f'<div role="switch" tabindex="0" class="x9f619" aria-label="{label}" aria-checked="{state}"></div></div>'
    )


def _bare_radio(label: str, on: bool) -> str:
    state = " checked" if on else ""
    return f'<div class="x1qjc9v5"><span>{label}</span><div><input type="radio" class="x9f619"{state}></div></div>'


def _named_radio(label: str, on: bool) -> str:
    state = "true" if on else "false"
    return (
        f'<div class="x1qjc9v5"><span>{label}</span>'
        f'<div role="radio" tabindex="0" class="x9f619" aria-label="{label}" aria-checked="{state}"></div></div>'
    )


def _panes(mine: dict[str, str], *, named: bool) -> dict[str, str]:
    switch, radio = (_named_switch, _named_radio) if named else (_bare_switch, _bare_radio)
    stories = "Posts, reels and stories to stories" if named else "Posts and reels to stories"
    on = {check: answer == "on" for check, answer in mine.items()}

    def group(kind: str, check: str) -> str:
        rows = "".join(radio(label, answer == mine[check]) for answer, label in CHOICES[kind].items())
        return f'<div role="radiogroup">{rows}</div>'

    return {
        "account_privacy": (
            "<h2>Account privacy</h2>"
            + switch("Private account", on["instagram.private-account"])
            + f"<div hidden>{switch('Private activity', not on['instagram.private-account'])}</div>"
            + "<p>When your account is public, your profile and posts can be seen by anyone.</p>"
        ),
        "tags_and_mentions": (
            "<h2>Tags and mentions</h2><div>Who can tag you</div>"
            + group("tags", "instagram.tags-from")
            + '<div class="x1qjc9v5" role="button"><span>Manually approve tags</span><svg></svg></div>'
            + "<div>Who can @mention you</div>"
            + group("mentions", "instagram.mentions-from")
        ),
        "sharing_and_reuse": (
            "<h2>Sharing and reuse</h2><h3>Allow people to share your stories</h3>"
            + switch("Story shares", on["instagram.story-shares"])
            + "<h3>Allow people to share your posts and reels</h3>"
            + switch("Stories to messages", not on["instagram.story-shares"])
            + switch(stories, on["instagram.posts-to-stories"])
            + switch("Reposts on posts and reels", on["instagram.reposts"])
            + "<h3>Allow people to share externally</h3><div>Website embeds</div>"
            + radio("On", on["instagram.reposts"])
            + radio("Off", not on["instagram.reposts"])
        ),
    }


def _pages(user: str, *, named: bool, script: str, stand_in: bool) -> Pages:
    contrary = next(truth for other, truth in SET.items() if other != user)
    first = _panes(contrary, named=named)
    pages: dict[str, Reply] = {"/api/v1/direct_v2/badge_count/": Reply("{}", kind="application/json")}
    for name, pane in _panes(SET[user], named=named).items():
        shown = SHELL.replace("SCRIPT", script.replace("TRUE", json.dumps(pane).replace("</", "<\\/")))
        pages[f"/accounts/settings/v2/{name}/"] = Reply(shown.replace("PANE", first[name] if stand_in else ""))
    return pages


def _recorded(user: str) -> Pages:
    return _pages(user, named=False, script="draw(TRUE);", stand_in=False)


def _late(user: str) -> Pages:
    return _pages(user, named=True, script="setTimeout(() => draw(TRUE), 800);", stand_in=True)


def _by_post(user: str) -> Pages:
    asks = 'fetch("/graphql/query", {method: "POST", body: "doc_id=1"}).then(() => draw(TRUE)).catch(() => {});'
    return _pages(user, named=True, script=asks, stand_in=True)


UNTOLD: dict[str, Truth] = {user: dict.fromkeys(truth) for user, truth in TOLD.items()}

VARIANTS: tuple[Variant, ...] = (
    Variant("instagram", "controls without names beside their labels", TOLD, _recorded),
    Variant("instagram", "named controls, the true ones drawn after 800 ms", TOLD, _late),
    Variant("instagram", "a stand-in, and the true pane asked for with POST", UNTOLD, _by_post),
)
