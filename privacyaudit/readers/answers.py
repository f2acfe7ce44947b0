"""Answers that somebody wrote into a file before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from privacyaudit.clock import now
from privacyaudit.model import Observation, ReaderName
from privacyaudit.plan import Item


@dataclass(frozen=True)
class AnswersReader:
    """Answer checks from a mapping of check id to option id; what is not in it stays open."""

    given: Mapping[str, str]
    name: ReaderName = "answers"

    def read(
        self, items: Sequence[Item], observations: Mapping[str, Sequence[Observation]]
    ) -> Iterator[tuple[str, Observation]]:
        """Yield the given answers, also for checks that a page answered, so that a difference shows."""
        for item in items:
            if (option := self.given.get(item.check.id)) is not None:
                yield item.check.id, Observation(reader=self.name, option=option, at=now())
