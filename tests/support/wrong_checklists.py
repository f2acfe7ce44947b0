"""Checklists that are wrong, each in one way."""

from __future__ import annotations

from tests.support.samples import OLD, POND, alter, on_any_site

WEB_OPEN = '        open: "https://pond.example/settings"\n        find: { field: visible }'
ADDRESS_OF_SCREEN = ', web: "https://pond.example/settings"'
SCREENS = POND[POND.index("screens:") : POND.index("checks:")]
OPTIONS = "      - { id: friends, label: Friends, verdict: pass }\n"


def opening(url: str) -> str:
    return alter((WEB_OPEN, f'        open: "{url}"\n        find: {{ field: visible }}'))


WRONG = {
    "schema of a newer program": (
        alter(('schema: "2"', 'schema: "3"\nnews: x')),
        'schema: "3"',
        "reads schema 1, 2, and this file has '3'",
    ),
    "schema that is a list": (alter(('schema: "2"', "schema: [2]")), "schema: [2]", "schema: choose from: 2"),
    "no schema": (alter(('schema: "2"\n', "")), "platform", "'schema' is missing"),
    "screen that is not there": (
        alter(("screen: habits", "screen: habit")),
        "screen: habit\n",
        "check 'pond.tags' is on the screen 'habit', which is not in screens: settings, habits",
    ),
    "screen without a check": (
        alter(("screen: habits", "screen: settings")),
        "- { id: habits",
        "no check is on the screen 'habits'",
    ),
    "two screens with one id": (
        alter(("{ id: habits", "{ id: settings")),
        "{ id: settings, title: Your",
        "screen 'settings' is listed twice",
    ),
    "check without a screen": (alter(("    screen: habits\n", "")), "- id: pond.tags", "'screen' is missing"),
    "no screens": (
        alter((SCREENS, "screens: []\n")),
        "screens: []",
        "screens: there are too few entries: write at least 1",
    ),
    "where of schema 1": (
        alter(("screen: habits", "screen: habits\n    where: { menu: [Tags] }")),
        "where: { menu: [Tags]",
        "unknown key 'where'",
    ),
    "screen of schema 1": (
        alter(("where: {", "screen: mail\n    where: {"), text=OLD),
        "screen: mail",
        "unknown key 'screen'",
    ),
    "check of schema 1 that is wrong": (alter(("severity: low", "severity: lo"), text=OLD), "severity: lo\n", "choose"),
    "row with a name, and names for devices": (
        alter(("row: Mail", "row: { name: Mail, ios: Post }")),
        "row: { name: Mail",
        "one name, or one for each device",
    ),
    "row that says nothing": (alter(("row: Mail", "row: {}")), "row: {}", "a row needs a name"),
    "probe without an address": (
        alter((WEB_OPEN, "        find: { field: visible }"), (ADDRESS_OF_SCREEN, "")),
        "- kind: web",
        "the key 'open' is missing",
    ),
    "screen on a host that may not be read": (
        alter((WEB_OPEN, "        find: { field: visible }"), (ADDRESS_OF_SCREEN, ', web: "https://evil.example/"')),
        "- kind: web",
        "evil.example is not in the list of hosts",
    ),
    "no checks": (
        alter((POND[POND.index("checks:") :], "checks: []\n")),
        "checks:",
        "checks: there are too few entries: write at least 1",
    ),
    "word that is not in a list": (
        alter(("severity: high", "severity: dreadful")),
        "dreadful",
        "severity: choose from: high, medium, low",
    ),
    "probe of an unknown kind": (alter(("kind: web", "kind: magic")), "kind: magic", "choose from: web, json"),
    "probe of no kind": (alter(("kind: web\n        open", "open")), "- open: ", "the key 'kind' is missing"),
    "list where a text belongs": (alter(("label: Friends", "label: [Friends]")), "[Friends]", "must be text"),
    "text where a list belongs": (alter(("fix: [Untick the box.]", "fix: Untick.")), "Untick.", "must be a list"),
    "text where keys belong": (alter(("where: {", "where: x # {"), text=OLD), "where: x", "where: this must have keys"),
    "id with a capital letter": (alter(("id: friends", "id: Friends")), "id: Friends", "use small letters"),
    "check without a dot": (alter(("id: pond.mail", "id: mail")), "id: mail", "the platform, a dot and a name"),
    "host with a scheme": (alter(("[pond.example]", '["https://x"]')), "https://x", "without https://"),
    "half a revision": (alter(("area: contact", "revision: 1.5\n    area: contact")), "1.5", "a whole number"),
    "no minutes": (alter(("minutes: 2", "minutes: 0")), "minutes: 0", "minutes: this must be more than 0"),
    "an hour": (alter(("minutes: 2", "minutes: 60")), "minutes: 60", "minutes: this must be at most 30"),
    "revision before the first": (alter(("area: contact", "revision: 0\n    area: contact")), "revision", "at least 1"),
    "verified in a month": (alter(("minutes: 2", "verified: 2026-11")), "verified", "a date, such as 2026-11-30"),
    "sensitive or what": (alter(("  notice:", "  sensitive: perhaps\n  notice:")), "perhaps", "true or false"),
    "misspelt key": (alter(("severity: high", "severty: high")), "severty", "Did you mean 'severity'?"),
    "misspelt key in a probe": (alter(("take: checked", "tke: checked")), "tke:", "Did you mean 'take'?"),
    "key of another kind of thing": (
        alter(("    fix: [Open", "    hosts: [x]\n    fix: [Open")),
        "hosts: [x]",
        "hosts",
    ),
    "missing key": (
        alter(("    title: Strangers cannot see your profile\n", "")),
        "- id: pond.prof",
        "'title' is missing",
    ),
    "repeated key": (alter(("area: contact", "area: contact\n    area: tagging")), "area: tagging", "twice"),
    "on without quotes": (alter(('id: "on"', "id: on")), "id: on", "without quotes"),
    "probe with a missing option": (alter(('"false": friends', '"false": nobody')), "kind: web", "option 'nobody'"),
    "absence with a missing option": (
        alter(("take: checked", "take: checked\n        absent: { option: gone, source: 'https://a.example/' }")),
        "kind: web",
        "option 'gone'",
    ),
    "default that is no option": (
        alter(("default: everyone", "default: all")),
        "default: all",
        "not one of the options",
    ),
    "javascript address": (opening("javascript:alert(1)"), "javascript:", "must begin with https://"),
    "data address": (opening("data:text/html,x"), "data:", "must begin with https://"),
    "file address": (opening("file:///etc/passwd"), "file:", "must begin with https://"),
    "http address": (opening("http://pond.example/settings"), "http://", "must begin with https://"),
    "http address that begins like this computer": (
        opening("http://127.0.0.1.example/"),
        "http://1",
        "must begin with",
    ),
    "address with a password": (opening("https://me:secret@pond.example/"), "https://me", "user name or password"),
    "address with an empty user": (opening("https://@pond.example/"), "https://@", "user name or password"),
    "address with a hidden host": (opening("https://pond.example\\\\@evil.example/"), "\\@evil", "bracket"),
    "address with a space": (opening("https://pond.example/a b"), "https://pond.example/a b", "space"),
    "address with look-alike letters": (opening("https://p\u043end.example/"), "https://p\u043e", "plain letters"),
    "address with a port that is none": (
        opening("https://pond.example:99999/"),
        "https://pond.example:9",
        "a port that is not valid",
    ),
    "address with {site} in the middle": (opening("https://pond.example/{site}"), "/{site}", "only at its beginning"),
    "{site} as part of a host": (opening("{site}.evil.example/"), "{site}.evil", "must begin with https://"),
    "{site} without a question": (alter(("[help.pond.example]", '["{site}"]')), "platform:", "does not say what"),
    "host that is not listed": (opening("https://evil.example/"), "https://evil", "evil.example is not in the list"),
    "host with another port": (opening("https://pond.example:444/"), "https://pond.example:4", "not in the list of"),
    "sign-in on another host": (alter(("pond.example/in", "evil.example/in")), "evil", "not in the list of hosts"),
    "sign-out on another host": (alter(("pond.example/out", "evil.example/out")), "evil", "not in the list of hosts"),
    "proof of a sign-in on another host": (
        alter(('signed_in: { open: "https://pond', 'signed_in: { open: "https://evil')),
        "signed_in",
        "not in the list of hosts",
    ),
    "HTML in a text": (alter(("A pretend pond with", "A <b>pretend</b> pond with")), "notice", "no HTML"),
    "script in a label": (alter(("label: Friends", "label: <script src=x>")), "<script", "no HTML"),
    "two lines in a label": (alter(("label: Friends", 'label: "Off\\n3. Fine"')), "Off", "one line"),
    "label of spaces": (alter(("label: Friends", 'label: "  "')), 'label: "  "', "empty"),
    "text that is too long": (alter(("label: Friends", f"label: {'a' * 201}")), "aaaa", "at most 200"),
    "option listed twice": (alter((OPTIONS, OPTIONS + OPTIONS.replace("Friends", "x"))), "label: x", "listed twice"),
    "only one option": (
        alter((POND[POND.index("      - { id: open") :], "    fix: [x]\n    confidence: low\n")),
        "options:\n      - { id: review",
        "at least 2",
    ),
    "check listed twice": (
        alter(("id: pond.tags", "id: pond.mail")),
        "id: pond.mail\n    title: You",
        "'pond.mail' is listed twice",
    ),
    "alias of another check": (alter(("id: pond.tags", "id: pond.old-profile")), "id: pond.old-p", "listed twice"),
    "check of another platform": (alter(("id: pond.tags", "id: lake.tags")), "lake.tags", "must begin with 'pond.'"),
    "verdict by role without a default": (alter(("{ default: fail, ", "{ ")), "councillor", "needs default"),
    "verdict that settles nothing": (alter(("verdict: choice }", "verdict: unknown }")), "unknown", "verdict: "),
    "verdict that only a person may give": (
        alter(("verdict: choice }", "verdict: accepted }")),
        "accepted",
        "verdict: ",
    ),
    "month that is none": (alter(("read: 2026-11", "read: 2026-13")), "2026-13", "read: write a month or a day"),
    "day that is none": (
        alter(("page: 2026-08", "page: 2026-02-30")),
        "2026-02-30",
        "page: the day 2026-02-30 does not exist",
    ),
    "age that is no date": (alter(("page: 2026-08", "page: old")), "page: old", "or undated"),
    "year in which nobody reads": (alter(("read: 2026-11", "read: 2026")), "read: 2026", "write a month or a day"),
    "page of a day after it was read": (alter(("page: 2026-08", "page: 2027")), "page: 2027", "cannot be dated 2027"),
    "older month that is none": (alter(("page: 2026-08, read: 2026-11", "seen: 2026-13")), "2026-13", "seen: "),
    "older day that is none": (alter(("page: 2026-08, read: 2026-11", "seen: 2026-02-30")), "2026-02-30", "seen: "),
    "older date beside the newer ones": (
        alter(("read: 2026-11", "read: 2026-11, seen: 2026-11")),
        "seen",
        "remove “seen”",
    ),
    "sure of pages without a date": (
        alter(("page: 2026-08", "page: undated")),
        "confidence: high",
        "none of the sources has a date",
    ),
    "setting of some without a way out": (
        alter(("    default: everyone", "    only: paid\n    default: everyone")),
        "only: paid",
        "for everybody without the setting, add an option with absent: true",
    ),
    "way out of a setting of all": (
        alter(("I have no profile, verdict", "I have no profile, absent: true, verdict")),
        "absent: true",
        "add only: paid or only: elsewhere",
    ),
    "way out that blames": (
        alter(
            ("I have no profile, verdict: not_applicable", "I have none, absent: true, verdict: fail"),
            ("    default: everyone", "    only: elsewhere\n    default: everyone"),
        ),
        "absent: true, verdict: fail",
        "people cannot change a setting that they do not have",
    ),
    "way out for nobody known": (
        alter(("    default: everyone", "    only: rich\n    default: everyone")),
        "rich",
        "choose from",
    ),
    "minutes that are no number": (alter(("minutes: 2", "minutes: .nan")), ".nan", "minutes: "),
    "more certain than its sources": (
        alter(("confidence: low\n  - id: pond.tags", "confidence: high\n  - id: pond.tags")),
        "- id: pond.mail",
        "confidence: low",
    ),
    "probe without a proof of a sign-in": (
        alter(("  signed_in:", "  # signed_in:")),
        "kind: web",
        "must say how to recognise a sign-in",
    ),
    "meaning of absence without a proof of a sign-in": (
        alter(
            (", on_every_page: { field: leave }", ""),
            ("take: checked", "take: checked\n        absent: { option: none, source: 'https://a.example/' }"),
        ),
        "absent:",
        "must say how each page shows a sign-in",
    ),
    "checked with another word": (
        alter(('"true": everyone', '"yes": everyone')),
        "kind: web",
        "in means",
    ),
    "path that makes an answer of what is missing": (
        alter(("path: seen", 'path: "!seen"')),
        "kind: json",
        "turns a missing value into an answer",
    ),
    "path with a part that is not read": (alter(("path: seen", 'path: "{a: b}"')), "kind: json", "{…}"),
    "address with {me} that nobody gives": (
        opening("https://pond.example/{me}"),
        "/{me}",
        "{me} is used, but platform.me does not say",
    ),
    "sign-out with a tick box": (
        alter(("press: { role: button", "press: { role: checkbox")),
        "sign_out",
        "the role button, link or menuitem",
    ),
    "language of no probe": (
        alter(("  notice:", "  language: de\n  notice:")),
        "language: de",
        "'de' is not one of languages",
    ),
    "usual site with a page": (on_any_site("https://pond.example/@me"), 'default: "https', "without a path"),
    "usual site that is {site}": (on_any_site("{site}"), 'default: "{site}"', "without a path"),
}
