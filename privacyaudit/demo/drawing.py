"""The pages of Pebble, drawn from the files in `pages/` for the account that looks at them."""

from __future__ import annotations

import html
from pathlib import Path
from string import Template

from privacyaudit.demo.accounts import AUDIENCE, SETTINGS, Account

PAGES = Path(__file__).parent / "pages"
STATIC = {".css": "text/css", ".js": "text/javascript"}


def static(name: str) -> tuple[bytes, str] | None:
    """Return a file that pages load, and its kind; None where there is no such file."""
    kind = STATIC.get(Path(name).suffix)
    if kind is None or name not in {path.name for path in PAGES.iterdir()}:
        return None
    return (PAGES / name).read_bytes(), kind


def page(account: Account, title: str, file: str, *, signed_in: bool, here: str = "", note: str = "") -> str:
    """Return a whole page; `here` is the settings page that it is, `note` what it says about the last thing done."""
    words = _placeholders(account)
    words["title"] = title
    words["note"] = f'<p class="note" role="status">{note}</p>' if note else ""
    words |= {f"here_{page}": 'aria-current="page"' if page == here else "" for page in SETTINGS}
    words["account"] = _read("account.html", words) if signed_in else ""
    words["nav"] = _read("nav.html", words) if signed_in else ""
    words["main"] = _read(file, words)
    return _read("layout.html", words)


def _read(file: str, words: dict[str, str]) -> str:
    return Template((PAGES / file).read_text(encoding="utf-8")).substitute(words)


def _placeholders(account: Account) -> dict[str, str]:
    """Return what the pages put in for an account.

    For each value of a setting there are `$photos_friends_selected` and `$photos_friends_checked`, which are that last
    word or nothing, and `$photos_friends_true`, which is true or false. `$photos_label` is the name of an audience.
    """
    words = {
        "user": account.user,
        "password": account.password,
        "display_name": html.escape(account.display_name),
        "initial": html.escape(account.display_name[0]),
        "phone_template": "no-number" if account.settings["phone_lookup"] == "no-number" else "number",
    }
    for settings in SETTINGS.values():
        for name, values in settings.items():
            words[f"{name}_label"] = AUDIENCE.get(account.settings[name], "")
            for value in values:
                chosen = account.settings[name] == value
                place = f"{name}_{value}".replace("-", "_")
                words[f"{place}_selected"] = "selected" if chosen else ""
                words[f"{place}_checked"] = "checked" if chosen else ""
                words[f"{place}_true"] = "true" if chosen else "false"
    return words
