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

    `changed_from` is how it was where the person changed it. `stand_in` answers those for which there was no browser.
    """

    given: Mapping[str, str]
    changed_from: Mapping[str, str] = field(default_factory=dict)
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
                before = self.changed_from.get(item.check.id)
                yield item.check.id, Observation(reader=self.name, option=option, changed_from=before, at=now())
