"""Answers that somebody wrote into a file before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from privacyaudit.clock import now
from privacyaudit.model import Observation, ReaderName, Reason
from privacyaudit.plan import Item


@dataclass(frozen=True)
class AnswersReader:
    """Answer checks from a mapping of check id to option id; what is not in it stays open.

    `stand_in` answers those for which there was no browser.
    """

    given: Mapping[str, str]
    stand_in: Mapping[str, str] = field(default_factory=dict)
    name: ReaderName = "answers"

    def read(
        self, items: Sequence[Item], observations: Mapping[str, Sequence[Observation]]
    ) -> Iterator[tuple[str, Observation]]:
        """Yield the given answers, also for checks that a page answered, so that a difference shows."""
        for item in items:
            option = self.given.get(item.check.id)
            if option is None and any(seen.reason is Reason.NO_BROWSER for seen in observations.get(item.check.id, ())):
                option = self.stand_in.get(item.check.id)
            if option is not None:
                yield item.check.id, Observation(reader=self.name, option=option, at=now())
