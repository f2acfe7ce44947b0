"""A page that was not saved, has no connection, failed, or shows what is old, says so in a few plain words."""

from __future__ import annotations

from tests.support.settings_page import SENTENCE, SWITCH
from tests.support.told_pages import OFF, ON, Case, told

SAYS = (
    "Reconnecting…",
    "You are not connected.",
    "Saving…",
    "Your change could not be saved.",
    "Connection lost",
    "Failed to update “Private profile”.",
    "No internet connection",
    "1 change not yet applied",
    "Preview mode",
    "Careful – you have unsaved changes!",
    "We restored your draft from Monday.",
    "Pending approval by your administrator",
    "Showing the last known settings",
    "Last synced 3 weeks ago",
    "Demo data",
    "Settings may be out of date",
    "Sync paused",
    "Applying your changes takes up to 24 hours",
    "We couldn’t load everything",
    "Changes pending",
    "Unable to save",
)
NEWS = ("Undone: you are public again.", "Something went wrong", "Trying again", "Saved settings are shown.")
HELP = (
    "If you leave this page, unsaved changes are lost.",
    "When you are offline, others cannot see you.",
    "How to get help if settings could not be saved",
    "Your settings are saved for all devices.",
    "Last updated: 3 May 2026",
    "Download your data for use without a connection?",
)

CASES = (
    *(Case(f"a line that says {words!r}", SWITCH, f"<p>{words}</p>{ON}", None) for words in SAYS),
    *(
        Case(f"news that say {words!r}", SWITCH, f"<div role=status>{words}</div>{ON}", None)
        for words in (*SAYS[::2], *NEWS)
    ),
    *(
        Case(
            f"a note that says {words!r}", SENTENCE, f"<div class=toast>{words}</div><p>Nobody can find you.</p>", None
        )
        for words in (*SAYS[1::3], NEWS[0])
    ),
    Case(
        "an alert in red", SWITCH, f'<div class="alert alert-danger" role=alert>Your name was refused.</div>{ON}', None
    ),
    *(told(f"help that says {words!r}", SWITCH, f"<p>{words}</p>{OFF}", "no") for words in HELP),
    told(
        "an alert that informs",
        SWITCH,
        f'<div class="alert alert-info" role=alert>Your settings apply on all devices.</div>{OFF}',
        "no",
    ),
    told(
        "an alert of success", SWITCH, f'<div class="alert alert-success" role=alert>Settings saved.</div>{OFF}', "no"
    ),
    told("news that all is saved", SWITCH, f"<div aria-live=polite>Settings saved</div>{OFF}", "no"),
    told(
        "a head that leads to maps for those who are offline",
        SWITCH,
        f'<header role=banner><a href="?m">Offline maps</a></header>{OFF}',
        "no",
    ),
    told(
        "a setting that is called so",
        SWITCH,
        f"<label><input type=checkbox> Work offline</label><br><br><br>{OFF}",
        "no",
    ),
    told("a menu with such words", SWITCH, f'<nav><a href="?c">Cached files</a></nav>{OFF}', "no"),
)
