"""What was read of each check, screen by screen, and what a journal is to say of it once the person has looked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from privacyaudit.clock import now
from privacyaudit.i18n import _
from privacyaudit.journal import Seen
from privacyaudit.judge import by_page, settled
from privacyaudit.model import Observation, Reason
from privacyaudit.plan import Item
from privacyaudit.walk import Stop, stops

Said = Literal["right", "wrong"]


@dataclass
class Row:
    """What was read of one check: each observation of a page, the id of its picture, and what the person said."""

    item: Item
    seen: list[Observation] = field(default_factory=list)
    picture: str = ""
    said: Said | Literal[""] = ""

    @property
    def option(self) -> str | None:
        """Return the answer, where a page gave exactly one."""
        return next(one.option for one in by_page(self.seen) if one.option) if settled(self.seen) else None

    def is_on(self, platform: str, screen: str) -> bool:
        """Tell whether it stands on a screen."""
        return (self.item.checklist.platform.id, self.item.check.screen) == (platform, screen)

    def entries(self, said: Said) -> Iterator[Seen]:
        """Return what is to be noted: of each answer of a page that it was confirmed, or that it was wrong."""
        check = self.item.check
        for one in by_page(self.seen):
            if one.option is None:
                continue
            made = (
                one.model_copy(update={"confirmed": True})
                if said == "right"
                else Observation(reader="web", probe=one.probe, reason=Reason.READ_WRONG, at=now())
            )
            yield Seen(check=check.id, revision=check.revision, observation=made)

    def told(self) -> dict[str, str]:
        """Return it as plain data: the words of its question and of its answer."""
        check = self.item.check
        option = check.option(self.option or "")
        return {
            "check": check.id,
            "question": _(check.question),
            "answer": _(option.label) if option else "",
            "picture": self.picture,
            "said": self.said,
        }


def by_screen(rows: Mapping[str, Row], role: str) -> list[dict[str, Any]]:
    """Return what was told, by screen, in the order of the way, as plain data; `rows` are by check."""
    way = stops([row.item for row in rows.values() if row.option], role)
    return [_screen(stop, rows) for stop in way]


def _screen(stop: Stop, rows: Mapping[str, Row]) -> dict[str, Any]:
    platform, screen = stop.name
    return {
        "platform": platform,
        "service": _(stop.checklist.platform.name),
        "screen": screen,
        "title": _(stop.screen.title),
        "rows": [rows[item.check.id].told() for item in stop.items],
    }
