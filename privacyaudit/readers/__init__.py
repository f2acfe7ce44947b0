"""Readers find out which answer of a check is true.

A reader is anything with a `name` and a `read` method. It is handed the plan and the checks that still need an answer,
and yields observations one at a time; whoever drives it has saved each before the next is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from privacyaudit.model import Observation, ReaderName, Refusals, SignedOut
from privacyaudit.plan import Item


@dataclass(frozen=True)
class Outcome:
    """How a browser session on one platform ended."""

    refused: Refusals
    signed_out: SignedOut


class Reader(Protocol):
    """Whatever can answer checks."""

    @property
    def name(self) -> ReaderName:
        """Return the word under which its observations are recorded."""
        ...

    def read(
        self, items: Sequence[Item], observations: Mapping[str, Sequence[Observation]]
    ) -> Iterator[tuple[str, Observation | Outcome]]:
        """Yield (check id, observation) for checks, and (platform id, outcome) after a browser session.

        `observations` holds what was observed so far. Raises Stopped when the person stops.
        """
        ...
