"""What the first screen of the window says: what is due, how it came out last, what waits to go on."""

from __future__ import annotations

from typing import Any

from privacyaudit import i18n, journal
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.clock import day, today
from privacyaudit.errors import AuditError, on_a_page
from privacyaudit.i18n import _, ngettext
from privacyaudit.journal import Seen
from privacyaudit.model import AuditRecord
from privacyaudit.over_time import due_report
from privacyaudit.over_time.due import find
from privacyaudit.over_time.history import History, opens_alone
from privacyaudit.reminders import jobs, schedulers
from privacyaudit.report.headline import headline_of
from privacyaudit.storage import folders, owners

MOST_DUE = 3


def due(secret: bytes | str | None, catalogue: Catalogue) -> dict[str, Any] | None:
    """Return how much is due and what matters most of it; None where there is no history to tell. Raises AuditError."""
    if secret is None:
        return None
    with History.open(secret) as kept:
        parts = due_report.parts(kept, catalogue, today())
        search = due_report.search_due(kept, catalogue)
        steps = due_report.steps_due(kept, today())
    lines = [due_report.steps_counted(steps)] if steps else []
    if search and search <= today():
        lines.append(_("It is time to search for yourself again."))
    also = len(lines)
    if not (parts or also):
        return None
    for part in parts:
        loaded = catalogue.loaded.get(part.platform)
        name = _(loaded.checklist.platform.name) if loaded else part.platform
        for one in part.due:
            check = find(one.check, catalogue)
            title = _(check.title) if check else one.check
            why = due_report.reason(one).rstrip(".")
            lines.append(_("{platform}: {title} ({why})").format(platform=name, title=title, why=why))
    coming = due_report.next_day(parts)
    more = len(lines) - also - MOST_DUE
    rest = [ngettext("… and {number} more", "… and {number} more", more).format(number=more)] if more > 0 else []
    return {
        "said": due_report.counted(parts) if due_report.count(parts) or not also else "",
        "lines": [*lines[: also + MOST_DUE], *rest],
        "next": _("The next check is due on {day}.").format(day=i18n.day(coming)) if coming else "",
    }


def last(record: AuditRecord | None) -> str:
    """Return how the newest audit came out, with its day; empty where there is none."""
    if record is None:
        return ""
    return f"{i18n.day(day(record.finished))}: {headline_of(record).sentence}"


def unfinished() -> str:
    """Return what waits to go on; empty where nothing does, or where another program is at it."""
    path = journal.unfinished()
    if path is None:
        return ""
    try:
        notes = journal.resume(path)
    except AuditError as error:
        return on_a_page(error)
    notes.release()
    number = len({entry.check for entry in notes.entries if isinstance(entry, Seen) and entry.settles})
    began = _("You stopped an audit that you began on {day}.").format(day=i18n.day(day(notes.header.started)))
    return began + " " + ngettext("It has {number} answer.", "It has {number} answers.", number).format(number=number)


def weekly() -> dict[str, Any]:
    """Return whether this computer looks each week, and where."""
    found = schedulers.installed()
    said = [_("Installed in {scheduler}: {where}.").format(scheduler=kind.name, where=where) for kind, where in found]
    if found and not opens_alone():
        said.append(_(jobs.NOT_ALONE))
    return {"installed": bool(found), "said": " ".join(said) or _("The weekly reminder is not installed.")}


def places() -> list[str]:
    """Return who else can read what the program writes, a sentence each; or that all of it stays here."""
    found = [owner for owner in map(owners.owner_of, (folders.state(), folders.reports())) if owner]
    return list(dict.fromkeys(owner.sentence for owner in found)) or [_("The files stay on this computer.")]
