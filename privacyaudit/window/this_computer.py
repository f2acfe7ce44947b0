"""What the window does to this computer: a weekly look, forgetting everything, and what stays at the end."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Any

from privacyaudit import removal
from privacyaudit.errors import AuditError, SaveError, UsageError, on_a_page
from privacyaudit.i18n import _
from privacyaudit.over_time import history
from privacyaudit.reminders import jobs, schedulers
from privacyaudit.storage import files
from privacyaudit.window import home, instance, wishes

WEEKLY = (6, time(17))
"""When this computer looks each week: on Sundays, in the late afternoon."""


def weekly(wish: wishes.Keeping) -> dict[str, Any]:
    """Let this computer look once a week whether something is due, or no more."""
    if wish.keeps:
        try:
            schedulers.install(jobs.weekly_look(*WEEKLY))
        except AuditError as error:
            raise UsageError(
                _("This computer cannot look by itself once a week."),
                _("Use “Calendar reminder” instead. It works with any calendar."),
            ) from error
    else:
        schedulers.remove()
    return home.weekly()


def forget() -> dict[str, Any]:
    """Remove all that this program wrote, but what was saved in the keyring; return what went and what stayed."""
    gone: list[Path | str] = []
    stayed: list[Path] = []
    trouble: list[str] = []
    for thing in (removal.WEEKLY_LOOK, removal.WRITTEN, removal.BROWSERS, removal.HISTORY, removal.CLINIC):
        if thing.there():
            removed = thing.remove()
            gone += [*(where for _scheduler, where in removed.jobs), *removed.paths]
            trouble += [on_a_page(removed.trouble)] if removed.trouble else []
            stayed += [path for path in (*removed.kept, *removed.busy) if path.name not in instance.FILES]
    return {
        "said": [*(_("Removed: {path}").format(path=path) for path in gone), *trouble],
        "stayed": [str(path) for path in stayed],
    }


def what_stays(*, forgot: bool) -> str:
    """Say what stays on this computer when the program ends."""
    try:
        nothing = forgot and files.nothing_left(but=instance.FILES) and not history.exists()
    except SaveError as error:
        return on_a_page(error)
    return _("Your answers and reports were removed.") if nothing else _("Your saved answers are kept.")
