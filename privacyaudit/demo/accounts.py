"""The pretend people of Pebble: what they can set, how it is set for each at the start, and what is true of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from privacyaudit.errors import UsageError
from privacyaudit.i18n import _

ON_OFF = ("on", "off")
AUDIENCE = {
    "everyone": "Everyone",
    "friends-of-friends": "Friends of friends",
    "friends": "Friends",
    "only-me": "Only me",
}

# Settings page -> setting -> the values it can have.
SETTINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "privacy": {
        "search_engines": ON_OFF,
        "online": ON_OFF,
        "photos": ("everyone", "friends", "only-me"),
        "messages": ("everyone", "friends-of-friends", "friends"),
    },
    "tagging": {"photo_tags": ON_OFF, "name_suggestions": ON_OFF, "mentions": ON_OFF},
    "audience": {
        "future_posts": tuple(AUDIENCE),
        "friends_list": tuple(AUDIENCE),
        "following": tuple(AUDIENCE),
        "birthday": tuple(AUDIENCE),
        "likes": ON_OFF,
    },
    "devices": {"two_step": ("off", "text", "app"), "sign_in_alerts": ON_OFF},
    "discovery": {"phone_lookup": ("everyone", "friends", "nobody", "no-number"), "address_book": ON_OFF},
}


class Device(NamedTuple):
    """Something that is signed in; the first of an account is the one the person sits at."""

    id: str
    name: str
    last_active: str


class App(NamedTuple):
    """An app that may read the account, and for how many months nobody has used it."""

    id: str
    name: str
    months_unused: int


@dataclass
class Account:
    """A pretend person: how they sign in, what is set for them, and what only they could say (`second_look`).

    `display_name` stands on every page for those who are signed in, so a record that holds it has copied page text.
    """

    user: str
    password: str
    display_name: str
    settings: dict[str, str]
    devices: list[Device]
    apps: list[App]
    second_look: str


ACCOUNTS = {
    "safe": Account(
        user="robin",
        password="smooth-stones-3",  # noqa: S106 - pretend, and shown on the sign-in page
        display_name="Robin Tidewell",
        settings={
            "search_engines": "off",
            "online": "off",
            "photos": "friends",
            "messages": "friends",
            "photo_tags": "on",
            "name_suggestions": "off",
            "mentions": "on",
            "future_posts": "friends",
            "friends_list": "only-me",
            "following": "only-me",
            "birthday": "only-me",
            "likes": "off",
            "two_step": "app",
            "sign_in_alerts": "on",
            "phone_lookup": "no-number",
            "address_book": "off",
        },
        devices=[Device("d1", "Chrome, Windows laptop", "now")],
        apps=[App("a1", "Tide Times", 0)],
        second_look="yes",
    ),
    "open": Account(
        user="sam",
        password="rolling-stones-5",  # noqa: S106 - pretend, and shown on the sign-in page
        display_name="Sam Shinglebrook",
        settings={
            "search_engines": "on",
            "online": "on",
            "photos": "everyone",
            "messages": "everyone",
            "photo_tags": "off",
            "name_suggestions": "on",
            "mentions": "on",
            "future_posts": "everyone",
            "friends_list": "everyone",
            "following": "everyone",
            "birthday": "friends",
            "likes": "on",
            "two_step": "off",
            "sign_in_alerts": "off",
            "phone_lookup": "everyone",
            "address_book": "on",
        },
        devices=[
            Device("d1", "Chrome, Windows laptop", "now"),
            Device("d2", "Pebble app, phone", "yesterday"),
            Device("d3", "Edge, library computer", "3 months ago"),
            Device("d4", "Pebble app, old phone", "a year ago"),
            Device("d5", "Firefox, staff room computer", "2 years ago"),
        ],
        apps=[
            App("a1", "Which Biscuit Are You?", 38),
            App("a2", "Goat of the Day", 14),
            App("a3", "Tide Times", 0),
        ],
        second_look="no",
    ),
    "mixed": Account(
        user="alex",
        password="skipping-stones-4",  # noqa: S106 - pretend, and shown on the sign-in page
        display_name="Alex Quillfeather",
        settings={
            "search_engines": "on",
            "online": "off",
            "photos": "friends",
            "messages": "friends-of-friends",
            "photo_tags": "off",
            "name_suggestions": "off",
            "mentions": "on",
            "future_posts": "friends",
            "friends_list": "everyone",
            "following": "friends",
            "birthday": "friends",
            "likes": "on",
            "two_step": "text",
            "sign_in_alerts": "on",
            "phone_lookup": "friends",
            "address_book": "on",
        },
        devices=[
            Device("d1", "Chrome, Windows laptop", "now"),
            Device("d2", "Pebble app, phone", "this morning"),
            Device("d3", "Firefox, staff room computer", "5 months ago"),
        ],
        apps=[App("a1", "Tide Times", 0), App("a2", "Which Biscuit Are You?", 26)],
        second_look="no",
    ),
}

# Check of checklists/demo.yaml -> the setting whose value is also the id of the true option.
CHECKS = {
    "demo.search-engines": "search_engines",
    "demo.photos": "photos",
    "demo.messages": "messages",
    "demo.photo-tags": "photo_tags",
    "demo.name-suggestions": "name_suggestions",
    "demo.future-posts": "future_posts",
    "demo.friends-list": "friends_list",
    "demo.likes": "likes",
    "demo.two-step": "two_step",
    "demo.sign-in-alerts": "sign_in_alerts",
    "demo.phone-lookup": "phone_lookup",
    "demo.address-book": "address_book",
}


def answers(account: str) -> dict[str, str]:
    """Return check id to option id for an account as it is at the start, for a demo without a browser.

    Raises UsageError for an account that does not exist.
    """
    return truth(find(account))


def find(name: str) -> Account:
    """Return an account as it is at the start. Raises UsageError for one that does not exist."""
    if name not in ACCOUNTS:
        raise UsageError(
            _("Pebble has no account “{name}”.").format(name=name),
            _("Choose one of: {names}.").format(names=", ".join(ACCOUNTS)),
        )
    return ACCOUNTS[name]


def truth(account: Account) -> dict[str, str]:
    """Return check id to option id as an account is set now."""
    sessions = len(account.devices)
    return {
        **{check: account.settings[setting] for check, setting in CHECKS.items()},
        "demo.sessions": "one" if sessions == 1 else "few" if sessions <= 3 else "many",
        "demo.apps": "unused" if any(app.months_unused >= 12 for app in account.apps) else "none",
        "demo.second-look": account.second_look,
    }
