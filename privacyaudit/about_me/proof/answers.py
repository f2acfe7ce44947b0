"""What somebody types about what they saw: looked at before it is kept. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime, time

from privacyaudit import clock, i18n
from privacyaudit.about_me import typed
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _

MOST_SIGNS = 2_000
"""The most characters of an address or a line."""
MOST_ADDRESSES = 50

_SCRIPTS = {"javascript", "vbscript", "data", "blob"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_FILE = re.compile(r"file:|[a-z]:[\\/]|\\\\|[/~]", re.IGNORECASE)


def line(text: str) -> str:
    """Return what was typed as one line, without characters that cannot be seen. Raises UsageError where too long."""
    made = typed.clean(text)
    if len(made) > MOST_SIGNS:
        raise UsageError(
            _("This is longer than {most} characters, so it was not taken.").format(most=f"{MOST_SIGNS:,}"),
            _("Write it in fewer words. A picture can show the rest."),
        )
    return made


def address(text: str) -> str:
    """Return the address of a web page that was typed, or nothing. Raises UsageError that says what all else is."""
    made = line(text)
    if not made or typed.link(made):
        return made
    where = _("In the app, look for “Share” and “Copy link”. If there is no link, leave it empty and say where it is.")
    if _FILE.match(made):
        raise UsageError(
            _("This is a file on a computer, not the address of a web page."),
            _("Copy the address from the top of your browser. The program asks you for pictures later."),
        )
    scheme = _SCHEME.match(made)
    if scheme and scheme[1].lower() in _SCRIPTS:
        raise UsageError(
            _("This is a script or the content of a page, not its address."),
            _("Copy the address from the top of your browser."),
        )
    if scheme and scheme[1].lower() not in ("http", "https") and "." not in scheme[1]:
        raise UsageError(_("This opens an app, and is not the address of a web page."), where)
    raise UsageError(
        _("This is not a web address that begins with https:// or http://, or it has a space or a name in it."),
        _("Copy the whole address from the top of your browser. {where}").format(where=where),
    )


def moment(day: str, at: str) -> datetime:
    """Return when something was seen, on the clock on the wall and with its zone; nothing typed is today, and now.

    Raises UsageError.
    """
    now = clock.local(clock.now())
    try:
        on = clock.written_day(day) if day.strip() else clock.today()
    except ValueError:
        raise UsageError(
            _("{text} is not a date.").format(text=day),
            _("Write year, month and day like this: {day}").format(day=clock.today().isoformat()),
        ) from None
    if at.strip():
        hour = _time(at)
    elif on == clock.today():
        hour = now.time()
    else:
        raise UsageError(
            _("For {day}, the program needs a time.").format(day=i18n.day(on)),
            _("If you do not know it, type the nearest hour, and say so in your own words."),
        )
    seen = clock.on_the_wall(on, hour)
    if seen > now:
        raise UsageError(_("This time is still to come."), _("Check the day and the time, and this computer's clock."))
    return seen


def addresses(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses that were typed, each once. Raises UsageError, also where there are too many."""
    found = tuple(dict.fromkeys(made for text in texts if (made := address(text))))
    if len(found) > MOST_ADDRESSES:
        raise UsageError(
            _("One entry has at most {most} addresses.").format(most=MOST_ADDRESSES),
            _("Make another entry for more."),
        )
    return found


def where(pages: Collection[str], text: str) -> str:
    """Return where something without an address was. Raises UsageError where that is not said."""
    made = line(text)
    if not (pages or made):
        raise UsageError(_("Proof without a place helps nobody. Please say where it was, in a few words."))
    return made


def _time(text: str) -> time:
    try:
        return clock.time_of_day(text)
    except ValueError:
        raise UsageError(_("{text} is not a time.").format(text=text), _("Write it like this: 17:30")) from None
