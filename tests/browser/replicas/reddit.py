"""Reddit: the old form as its template prints it, and new pages whose switches stand in shadow roots."""

from __future__ import annotations

import json

from tests.browser.replicas import Pages, Variant
from tests.support.site import Reply

Truth = dict[str, str | None]

OFF: str | None = None
"""What a switch of the new pages tells when it is off: nothing, for it is drawn so too until a reply is there."""

TRUTHS: dict[str, Truth] = {
    "careful": {
        "reddit.nsfw-activity": OFF,
        "reddit.mature-profile": OFF,
        "reddit.search-engines": "off",
        "reddit.users-list": OFF,
        "reddit.public-votes": "off",
        "reddit.followers": OFF,
        "reddit.mature-content": "off",
        "reddit.partner-ads": OFF,
    },
    "open": {
        "reddit.nsfw-activity": "on",
        "reddit.mature-profile": "on",
        "reddit.search-engines": "on",
        "reddit.users-list": "on",
        "reddit.public-votes": "on",
        "reddit.followers": "on",
        "reddit.mature-content": None,
        "reddit.partner-ads": "on",
    },
}
"""With adult content on, only the person can tell whether pictures are blurred."""

ON_OLD_PAGE = ("reddit.search-engines", "reddit.public-votes", "reddit.mature-content")

OLD = """<!doctype html><html xmlns="http://www.w3.org/1999/xhtml" lang="en"><meta charset="utf-8">
<title>preferences (reddit.com)</title>
<div id="header"><a href="/">reddit</a> <a href="/user/alex_example">alex_example</a> <a href="/prefs/">preferences</a>
 <form method="post" action="/logout" class="logout"><input type="hidden" name="uh" value="k"></form></div>
<div class="menuarea"><a href="/prefs/feeds">RSS feeds</a><a href="/prefs/blocked">blocked</a></div>
<form action="/post/options" method="post" class="pretty-form short-text">
<input type="hidden" name="uh" value="k"><table class="content preftable">ROWS</table>
<input type="submit" class="btn" value="save options"></form>
<div class="footer">use of this site constitutes acceptance of our User Agreement</div>
<script>setInterval(() => fetch("/api/request_promo?srnames=prefs"), 3000);</script>"""

NEW = """<!doctype html><html lang="en-US"><meta charset="utf-8"><title>Settings</title>
<header><a href="/">Reddit</a><button type="button">Create</button></header>
<nav aria-label="Settings"><a href="/settings/account">Account</a><a href="/settings/profile">Profile</a>
<a href="/settings/privacy">Privacy</a></nav><shreddit-app><main id="pane">PANE</main></shreddit-app><script>
fetch("/svc/shreddit/events", {method: "POST", body: "{}"}).catch(() => {});
SCRIPT
</script>"""

HOST_IS_SWITCH = """
customElements.define("faceplate-switch-input", class extends HTMLElement {
  connectedCallback() {
    this.role = "switch";
    this.ariaLabel = this.getAttribute("label");
    this.setAttribute("aria-label", this.getAttribute("label"));
    this.setAttribute("aria-checked", String(this.hasAttribute("checked")));
    this.tabIndex = 0;
    this.attachShadow({mode: "open"}).innerHTML =
      "<span style='display:inline-block;width:40px;height:24px;background:#888'><slot></slot></span>";
  }
});
"""

BUTTON_IN_SHADOW = """
customElements.define("faceplate-switch-input", class extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.setAttribute("role", "switch");
    button.setAttribute("aria-label", this.getAttribute("label"));
    button.setAttribute("aria-checked", String(this.hasAttribute("checked")));
    this.attachShadow({mode: "open"}).append(button);
  }
});
"""

POST = 'fetch("/svc/shreddit/graphql", {method: "POST", body: "{}"}).catch(() => {});'
GET = 'fetch("/svc/shreddit/settings").catch(() => {});'


def _old_page(truth: Truth) -> Reply:
    def box(name: str, on: bool, words: str) -> str:
        state = ' checked="checked"' if on else ""
        return f'<input name="{name}" id="{name}" type="checkbox"{state}><label for="{name}">{words}</label><br>'

    rows = (
        "<tr><th>messaging options</th><td class=prefright>"
        + box("monitor_mentions", True, "notify me when people say my username")
        + "<tr><th>content options</th><td class=prefright>"
        + box("over_18", truth["reddit.mature-content"] is None, "I am over eighteen years old")
        + box("label_nsfw", True, "label posts that are not safe for work (NSFW)")
        + box("private_feeds", True, "enable private RSS feeds")
        + "<tr><th>privacy options</th><td class=prefright>"
        + box("public_votes", truth["reddit.public-votes"] == "on", "make my votes public")
        + box("research", truth["reddit.public-votes"] != "on", "allow my data to be used for research purposes")
        + box("hide_from_robots", truth["reddit.search-engines"] == "off", "don't allow search engines to index me")
    )
    return Reply(OLD.replace("ROWS", rows))


def _row(label: str, on: bool, note: str = "") -> str:
    return (
        f"<div class='flex'><span><h2>{label}</h2><p>{note}</p></span>"
        f'<faceplate-switch-input label="{label}"{" checked" if on else ""}></faceplate-switch-input></div>'
    )


def _panes(truth: Truth) -> dict[str, str]:
    on = {check: answer == "on" for check, answer in truth.items()}
    return {
        "/settings/privacy": (
            "<h1>Privacy</h1><h2>Social interactions</h2>"
            + _row("Allow people to follow you", on["reddit.followers"], "Let people follow you to see your posts")
            + "<button type='button'>Who can send you chat requests <span>Everyone</span></button>"
            + "<h2>Discoverability</h2>"
            + _row("List your profile on old.reddit.com/users", on["reddit.users-list"])
            + _row("Show up in search results", on["reddit.search-engines"], "Allow search engines like Google")
            + "<h2>Ads personalization</h2>"
            + _row(
                "Personalize ads on Reddit based on information and activity from our partners",
                on["reddit.partner-ads"],
            )
            + _row("Ads off Reddit", not on["reddit.partner-ads"])
            + "<h2>Advanced</h2><button type='button'>Clear history</button>"
        ),
        "/settings/profile": (
            "<h1>Profile</h1>"
            + _row(
                "Mark as mature (18+)", on["reddit.mature-profile"], "Label your profile as Not Safe for Work (NSFW)"
            )
            + "<h2>Curate your profile</h2><button type='button'>Content and activity <span>Show all</span></button>"
            + _row("NSFW", on["reddit.nsfw-activity"], "Show all NSFW posts and comments")
            + f"<div hidden>{_row('NSFW', not on['reddit.nsfw-activity'])}</div>"
            + _row("Followers", not on["reddit.nsfw-activity"], "Show your follower count")
        ),
    }


def _pages(truth: Truth, switches: str, *, late: bool = False, asks: str = "") -> Pages:
    """Draw the panes at once, late, or, if they ask for their state, with each switch off in the meantime."""
    pages: dict[str, Reply] = {
        "/prefs/": _old_page(truth),
        "/api/request_promo": Reply(""),
        "/svc/shreddit/settings": Reply("{}", status=500, kind="application/json"),
    }
    stand_in = _panes(dict.fromkeys(truth, "off"))
    for path, pane in _panes(truth).items():
        script = switches
        if late:
            script += f"setTimeout(() => {{ document.getElementById('pane').innerHTML = {json.dumps(pane)}; }}, 800);"
        shown = stand_in[path] if asks else "<div>Loading</div>" if late else pane
        pages[path] = Reply(NEW.replace("PANE", shown).replace("SCRIPT", script + asks))
    return pages


def _hosts(user: str) -> Pages:
    return _pages(TRUTHS[user], HOST_IS_SWITCH)


def _late_buttons(user: str) -> Pages:
    return _pages(TRUTHS[user], BUTTON_IN_SHADOW, late=True)


def _by_post(user: str) -> Pages:
    return _pages(TRUTHS[user], BUTTON_IN_SHADOW, asks=POST)


def _failing(user: str) -> Pages:
    return _pages(TRUTHS[user], BUTTON_IN_SHADOW, asks=GET)


OLD_PAGE_ONLY: dict[str, Truth] = {
    user: {check: answer if check in ON_OLD_PAGE else None for check, answer in truth.items()}
    for user, truth in TRUTHS.items()
}

BESIDE_ADS_OFF = TRUTHS | {"open": TRUTHS["open"] | {"reddit.partner-ads": None}}
"""The row below that of partners is called “Ads off Reddit”: a word against a switch that is on, as far as we know."""

VARIANTS: tuple[Variant, ...] = (
    Variant("reddit", "switches that are elements of their own", TRUTHS, _hosts),
    Variant("reddit", "switches as buttons in shadow roots, drawn after 800 ms", BESIDE_ADS_OFF, _late_buttons, TRUTHS),
    Variant("reddit", "new pages that ask for their settings with POST", OLD_PAGE_ONLY, _by_post),
    Variant("reddit", "new pages whose settings do not come", OLD_PAGE_ONLY, _failing),
)
