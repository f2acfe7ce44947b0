"""Facebook: settings rows as recorded in public code, drawn by a script from data that the page brings along."""

from __future__ import annotations

import json

from tests.browser.replicas import Pages, Variant
from tests.support.site import Reply

Truth = dict[str, str | None]

TRUTHS: dict[str, Truth] = {
    "careful": {
        "facebook.tagged-audience": "only_me",
        "facebook.tag-widening": "only_me",
        "facebook.profile-posting": "only_me",
        "facebook.profile-posts-audience": "friends",
        "facebook.future-posts": "friends",
        "facebook.friends-list": "only_me",
        "facebook.followers": "friends",
        "facebook.review-tagged-posts": "on",
        "facebook.review-tags": "on",
        "facebook.search-engines": "off",
    },
    "open": {
        "facebook.tagged-audience": "friends_of_friends",
        "facebook.tag-widening": "friends",
        "facebook.profile-posting": "friends",
        "facebook.profile-posts-audience": "everyone",
        "facebook.future-posts": "public",
        "facebook.friends-list": "public",
        "facebook.followers": "public",
        "facebook.review-tagged-posts": "off",
        "facebook.review-tags": "off",
        "facebook.search-engines": "on",
    },
}

SHOWN = {
    "only_me": "Only me",
    "friends": "Friends",
    "friends_of_friends": "Your friends of friends",
    "everyone": "Public",
    "public": "Public",
}
RECORDED = {
    "facebook.tagged-audience": "Who can see posts you're tagged in on your profile?",
    "facebook.tag-widening": (
        "When you're tagged in a post, who do you want to add to the audience if they can't already see it?"
    ),
    "facebook.profile-posting": "Who can post on your profile?",
    "facebook.profile-posts-audience": "Who can see what others post on your profile?",
    "facebook.future-posts": "Who can see your future posts?",
    "facebook.friends-list": "Who can see your friends list?",
    "facebook.followers": "Who can follow me",
    "facebook.review-tagged-posts": "Review posts you're tagged in before the post appears on your profile?",
    "facebook.review-tags": "Review tags people add to your posts before the tags appear on Facebook?",
    "facebook.search-engines": "Do you want search engines outside of Facebook to link to your profile?",
}
BRITISH = RECORDED | {
    "facebook.tagged-audience": "Who can see posts that you're tagged in on your profile?",
    "facebook.review-tagged-posts": "Review posts that you're tagged in before the post appears on your profile?",
    "facebook.review-tags": "Review tags that friends add to your posts before the tags appear on Facebook?",
    "facebook.search-engines": "Do you want search engines outside Facebook to link to your profile?",
}

SHELL = """<!doctype html><html id="facebook" class="_9dls" lang="LANGUAGE" dir="ltr"><meta charset="utf-8">
<title>Facebook</title><style>
.x78zum5 { display: flex; align-items: center; justify-content: space-between; padding: 14px; width: 640px }
.x1n2onr6 { position: relative; width: 40px; height: 24px } .x1n2onr6 input { width: 40px; height: 24px; opacity: 0 }
</style>
<script type="application/json" data-sjs>PANES</script>
<div role="banner"><a href="/" aria-label="Facebook"></a><input role="combobox" aria-label="Search Facebook">
<div role="navigation" aria-label="Account controls and settings"><div role="button" aria-label="Your profile"></div>
</div></div>
<div role="navigation"><h1>Settings</h1>
 <a href="/settings/?tab=profile_and_tagging"><span>Profile and tagging</span></a>
 <a href="/settings/?tab=how_people_find_and_contact_you"><span>How people find and contact you</span></a>
 <a href="/settings/?tab=posts"><span>Posts</span></a></div>
<div role="main" id="main"></div>
<footer><a href="/privacy">Privacy</a><a href="/terms">Terms</a><a href="/ad_choices">Ad choices</a></footer>
<script>
const panes = JSON.parse(document.querySelector("[data-sjs]").textContent);
const tab = new URLSearchParams(location.search).get("tab");
const draw = (which) => { document.getElementById("main").innerHTML = which[tab] ?? ""; };
fetch("/ajax/bz?__a=1", {method: "POST", body: "q=[]"}).catch(() => {});
fetch("/ajax/bulk-route-definitions/", {method: "POST", body: "route_urls[0]=/"}).catch(() => {});
setInterval(() => fetch("/ajax/presence/reconnect"), 3000);
SCRIPT
</script>"""


def _switch(question: str, on: bool, note: str = "") -> str:
    """Write a row with the switch that is shown and a hidden one that says the contrary."""
    twin = '<input role="switch" type="checkbox" style="display:none"' + ("" if on else " checked") + ">"
    return (
        f'<div class="x78zum5"><div><span class="x193iq5w">{question}</span><div>{note}</div></div>{twin}'
        f'<div class="x1n2onr6"><input role="switch" type="checkbox" aria-checked="{"true" if on else "false"}"'
        f"{' checked' if on else ''}></div></div>"
    )


def _audience(question: str, value: str) -> str:
    return (
        f'<div class="x78zum5"><span class="x193iq5w">{question}</span>'
        f'<div role="button" tabindex="0" aria-label="Edit privacy. Sharing with {value}."><i></i>'
        f"<span>{value}</span></div></div>"
    )


def _panes(truth: Truth, words: dict[str, str]) -> dict[str, str]:
    on = {check: answer == "on" for check, answer in truth.items()}

    def row(check: str) -> str:
        return _switch(words[check], on[check], "Keep in mind that these posts still appear in feed and search.")

    def audience(check: str) -> str:
        return _audience(words[check], SHOWN[str(truth[check])])

    return {
        "profile_and_tagging": (
            "<h2>Viewing and sharing</h2>"
            + audience("facebook.profile-posting")
            + audience("facebook.profile-posts-audience")
            + _switch("Allow others to share your posts to their stories?", not on["facebook.review-tags"])
            + "<h2>Tagging</h2>"
            + audience("facebook.tagged-audience")
            + audience("facebook.tag-widening")
            + "<h2>Reviewing</h2>"
            + row("facebook.review-tags")
            + _switch("Review tags in your albums?", not on["facebook.review-tagged-posts"])
            + row("facebook.review-tagged-posts")
        ),
        "how_people_find_and_contact_you": (
            "<h2>How people find and contact you</h2>"
            "<div class='x78zum5'><span>Who can send you friend requests?</span><span>Everyone</span></div>"
            + audience("facebook.friends-list")
            + row("facebook.search-engines")
            + _switch("Do you want other apps to link to your profile?", not on["facebook.search-engines"])
        ),
        "posts": (
            "<h2>Activity</h2>"
            + audience("facebook.future-posts")
            + "<div class='x78zum5'><span>Limit who can see past posts</span>"
            "<div role='button'>Limit past posts</div></div>"
        ),
        "followers_and_public_content": (
            "<h2>Followers and public content</h2>"
            + audience("facebook.followers")
            + _audience("Who can see your followers on your timeline?", "Public")
            + _audience("Who can comment on your public posts?", "Friends")
        ),
    }


def _pages(user: str, words: dict[str, str], script: str, *, language: str = "en") -> Pages:
    contrary = next(truth for other, truth in TRUTHS.items() if other != user)
    panes = json.dumps({"now": _panes(TRUTHS[user], words), "first": _panes(contrary, words)}).replace("</", "<\\/")
    page = SHELL.replace("LANGUAGE", language).replace("PANES", panes).replace("SCRIPT", script)
    return {"/settings/": Reply(page), "/ajax/presence/reconnect": Reply("")}


def _brought_along(user: str) -> Pages:
    return _pages(user, RECORDED, "draw(panes.now);")


def _late(user: str) -> Pages:
    return _pages(user, BRITISH, "setTimeout(() => draw(panes.now), 800);", language="en-GB")


def _by_post(user: str) -> Pages:
    asks = 'fetch("/api/graphql/", {method: "POST", body: "doc_id=1"}).then(() => draw(panes.now)).catch(() => {});'
    return _pages(user, RECORDED, f"draw(panes.first); {asks}")


def _in_welsh(user: str) -> Pages:
    return _pages(user, RECORDED, "draw(panes.now);", language="cy")


UNTOLD: dict[str, Truth] = {user: dict.fromkeys(truth) for user, truth in TRUTHS.items()}

VARIANTS: tuple[Variant, ...] = (
    Variant("facebook", "rows from data in the page", TRUTHS, _brought_along),
    Variant("facebook", "rows drawn after 800 ms", TRUTHS, _late),
    Variant("facebook", "a stand-in, and the true rows asked for with POST", UNTOLD, _by_post),
    Variant("facebook", "a page in Welsh", UNTOLD, _in_welsh),
)
