"""What to hand out for the day when something about a person is out there: cards and a sheet, to print."""

from __future__ import annotations

from datetime import date

from privacyaudit import clock
from privacyaudit.about_me import fake_account, places
from privacyaudit.about_me.first_hour import first_hour
from privacyaudit.i18n import N_, _
from privacyaudit.report.formats import steps

FIRST_HOUR = "first-hour"
FIRST_HOUR_CHILD = "first-hour-under-18"
FAKE_ACCOUNT = "fake-account"

NAMES = {
    FIRST_HOUR: N_("The first hour after an intimate or made-up picture"),
    FIRST_HOUR_CHILD: N_("The first hour, when somebody under 18 is in the picture"),
    FAKE_ACCOUNT: N_("Somebody made an account in my name"),
}
"""Each paper, with what it is called where it is offered."""


def papers(today: date | None = None) -> dict[str, str]:
    """Return each paper as HTML, by its name. Raises ChecklistError where the routes cannot be read."""
    atlas, day = places.atlas(), today or clock.today()
    return {
        FIRST_HOUR: steps.card(first_hour(atlas, child=False), day),
        FIRST_HOUR_CHILD: steps.card(first_hour(atlas, child=True), day),
        FAKE_ACCOUNT: steps.sheet(_(NAMES[FAKE_ACCOUNT]), fake_account.sheet(atlas), day),
    }
