"""What is due of each platform, by all that the history knows of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from privacyaudit import i18n
from privacyaudit.catalogue.loading import Catalogue
from privacyaudit.i18n import _, ngettext
from privacyaudit.model import AuditRecord, Taken, Why
from privacyaudit.over_time import due, known
from privacyaudit.over_time.due import Due
from privacyaudit.over_time.history import History

SELF_SEARCH = "everyday.self-search"


@dataclass(frozen=True)
class Part:
    """What is due of one platform and what will be, by all that is known of it.

    The record has the newest finding of each check, the decisions of the person, and the id and times of the newest
    audit that had this platform at this site.
    """

    platform: str
    record: AuditRecord
    due: list[Due]
    later: list[Due]
    not_asked: list[str]


def parts(history: History, catalogue: Catalogue, day: date) -> list[Part]:
    """Return a part for each platform in an open history, in the order of their names. Raises RecordError."""
    records, decisions = history.lately(), known.timely(history.decisions(), day)
    whole = known.standing(records)
    made = []
    for platform, site in sorted((part.platform, part.site) for part in (whole.platforms if whole else ())):
        if found := known.standing(records, {platform: site}):
            # As of the first day there is: what was accepted until a day that has passed keeps that day.
            record = known.decided(known.undecided(found), decisions, date.min)
            listed = (due.due(record, catalogue, day), due.later(record, catalogue, day))
            made.append(Part(platform, record, *listed, due.not_asked(record, catalogue, platform)))
    return made


def count(of: Sequence[Part]) -> int:
    """Return how much is due."""
    return sum(len(part.due) for part in of)


def search_due(history: History, catalogue: Catalogue) -> date | None:
    """Return the day from which a search for oneself is due again; None where there was none. Raises RecordError."""
    days = [one.on for one in history.looked()]
    check = due.find(SELF_SEARCH, catalogue)
    return due.add_months(max(days), due.shelf_life(check)) if days and check else None


def steps_due(history: History, today: date) -> list[Taken]:
    """Return the steps of the person that are due, the longest due first. Raises RecordError."""
    return [one.taken for one in history.steps.all() if one.taken.due <= today]


def days_to_come(history: History, catalogue: Catalogue, today: date) -> list[date]:
    """Return the days after today on which steps or a search for oneself are due, each once. Raises RecordError."""
    days = {one.taken.due for one in history.steps.all()} | {search_due(history, catalogue)}
    return sorted(day for day in days if day and day > today)


def steps_counted(steps: Sequence[Taken]) -> str:
    """Say how many steps are due, and not what they are: somebody may look over a shoulder."""
    return ngettext(
        "{number} step that you took is due: look what came of it.",
        "{number} steps that you took are due: look what came of them.",
        len(steps),
    ).format(number=len(steps))


def counted(of: Sequence[Part]) -> str:
    """Say how much is due."""
    number = count(of)
    if not number:
        return _("Nothing is due.")
    return ngettext("{number} check is due.", "{number} checks are due.", number).format(number=number)


def reason(one: Due) -> str:
    """Say why a check is due."""
    sentences = {
        Why.EXPIRED: _("the answer expired on {day}."),
        Why.TO_CHANGE: _("it needed changing on {day}."),
        Why.PLANNED: _("you planned to change it by {day}."),
        Why.UNKNOWN: _("we could not tell on {day}."),
        Why.CHANGED: _("the check has changed or no longer exists, so the answer does not count."),
        Why.ACCEPTED_UNTIL: _("you accepted it for a while, and it has been due again since {day}."),
    }
    return sentences[one.why].format(day=i18n.day(one.on))


def next_day(of: Sequence[Part]) -> date | None:
    """Return the day on which something is due next; None when nothing has a day to come."""
    return min((one.on for part in of for one in part.later), default=None)


def as_json(of: Sequence[Part], day: date, search: date | None, steps: Sequence[Taken]) -> str:
    """Return everything as text; days are the person's. `next` is null when nothing has a day to come.

    `search` is the day from which a search for oneself is due; null where there was none. `steps` are
    those of the person that are due, each with the day it was done and the day it is due, and not what it was.
    """
    coming = next_day(of)
    platforms = [
        {
            "platform": part.platform,
            "record": part.record.id,
            "finished": part.record.finished.isoformat(),
            "not_asked": part.not_asked,
            "due": [{"check": one.check, "why": one.why, "on": one.on.isoformat()} for one in part.due],
        }
        for part in of
    ]
    made = {
        "schema": "1",
        "day": day.isoformat(),
        "count": count(of),
        "next": coming.isoformat() if coming else None,
        "search": search.isoformat() if search else None,
        "steps": [{"did": one.did.isoformat(), "on": one.due.isoformat()} for one in steps],
        "platforms": platforms,
    }
    return json.dumps(made, indent=2)
