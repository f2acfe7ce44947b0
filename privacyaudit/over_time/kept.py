"""What a list shows of each record in the history, and in which order: by when its audit finished."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from math import inf
from typing import Self

from privacyaudit.model import AuditRecord, Data, Verdict


class Kept(Data):
    """What a list shows of a record: when its audit finished (UTC), for which role, and its counts by verdict.

    `sites` are its platforms, each with its site. An audit that was quick, about areas only or stopped is not `whole`.
    One that is `ahead` has a date that was still to come when a later one was kept: the clock had been wrong.
    """

    id: str
    finished: datetime
    role: str
    sites: dict[str, str | None]
    whole: bool
    demo: bool
    summary: dict[Verdict, int]
    ahead: bool = False

    @classmethod
    def of(cls, record: AuditRecord) -> Self:
        """Return what a list shows of this record."""
        return cls(
            id=record.id,
            finished=record.finished,
            role=record.role,
            sites={part.platform: part.site for part in record.platforms},
            whole=not (record.quick or record.stopped or record.areas),
            demo=record.demo,
            summary=record.summary,
        )

    @property
    def platforms(self) -> tuple[str, ...]:
        """Return the platforms, in the order of the record."""
        return tuple(self.sites)


def newest_first(kept: Iterable[Kept], now: datetime) -> list[Kept]:
    """Order what was kept one after the other by when it finished, the newest first.

    A date after `now` is that of a wrong clock: such a record stands where it was kept, after what was there by then.
    """
    placed: list[tuple[float, bool, int, Kept]] = []
    latest = -inf
    for number, one in enumerate(kept):
        ahead = one.ahead or seconds(one.finished) > seconds(now)
        latest = latest if ahead else max(latest, seconds(one.finished))
        placed.append((latest if ahead else seconds(one.finished), ahead, number, one))
    return [one for *_place, one in sorted(placed, key=lambda place: place[:3], reverse=True)]


def seconds(moment: datetime) -> float:
    """Return a moment in UTC seconds; one without a zone is UTC, as everything in a record is."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
