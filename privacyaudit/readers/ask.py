"""The guided walkthrough: one question at a time, with back, skip, don't know and quit.

This module decides what is asked next. How a question looks is the business of the prompter that is handed in
(`cli/prompts/` has the two of them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

from privacyaudit.clock import now
from privacyaudit.errors import Stopped
from privacyaudit.i18n import _
from privacyaudit.judge import by_page, heard
from privacyaudit.model import Check, Checklist, Observation, ReaderName, Reason
from privacyaudit.over_time.known import Last
from privacyaudit.plan import Item


class Move(Enum):
    """What a person may do instead of answering."""

    DONT_KNOW = "d"
    SKIP = "s"
    BACK = "b"
    QUIT = "q"


@dataclass(frozen=True)
class Question:
    """One question as it is shown: where we are, how long it takes, and what is known so far.

    `number` counts from 1; `minutes` is what is left, this one included; `earlier` is the option or reason that was
    given before; `trouble` is why the page could not be read, if it was tried; `last` is what an audit before knew.
    """

    checklist: Checklist
    check: Check
    number: int
    total: int
    minutes: int
    earlier: str | None = None
    trouble: Reason | None = None
    last: Last | None = None


class Prompter(Protocol):
    """Shows a question and returns an option id or a move."""

    def ask(self, question: Question) -> str | Move:
        """Show one question and wait for the reply."""
        ...

    def still(self, checklist: Checklist, lasts: Sequence[tuple[Check, Last]]) -> bool:
        """Show answers of a platform that still count, and return whether they stay as they are, unseen."""
        ...


@dataclass(frozen=True)
class AskReader:
    """Ask the person each check that has no answer yet.

    `last` is what an audit before knew, by check. What has to be asked again comes first. Of the rest, whose answers
    still count, the person is asked once for each platform whether all is still so.
    """

    prompter: Prompter
    last: Mapping[str, Last] = field(default_factory=dict)
    clock: Callable[[], datetime] = now
    name: ReaderName = "ask"

    def read(
        self, items: Sequence[Item], observations: Mapping[str, Sequence[Observation]]
    ) -> Iterator[tuple[str, Observation]]:
        """Yield an observation per reply; going back and answering again yields a later one for the same check.

        *Back* goes one question back, also to one that was answered in an earlier run, and at the first question stays
        there. A reply to a question that was gone back to leads on to the next question without a reply, so nothing
        else is asked again. *Skip* on a question that has a reply keeps that reply. Each observation must be in
        `observations` before the next one is asked for. Raises Stopped when the person quits, or when Ctrl-C or the end
        of the input stops the walkthrough.
        """
        still = [item for item in items if self._counts(item) and not observations.get(item.check.id)]
        names = {item.check.id for item in still}
        yield from self._walk([item for item in items if item.check.id not in names], observations)
        for platform in dict.fromkeys(item.checklist.platform.id for item in still):
            mine = [item for item in still if item.checklist.platform.id == platform]
            if not self._still(mine):
                yield from self._walk(mine, observations)

    def _counts(self, item: Item) -> bool:
        known = self.last.get(item.check.id)
        return known is not None and known.why is None

    def _still(self, items: Sequence[Item]) -> bool:
        try:
            return self.prompter.still(items[0].checklist, [(item.check, self.last[item.check.id]) for item in items])
        except (KeyboardInterrupt, EOFError) as error:
            raise stopped_by_person() from error

    def _walk(
        self, items: Sequence[Item], observations: Mapping[str, Sequence[Observation]]
    ) -> Iterator[tuple[str, Observation]]:
        total = len(items)
        position = next((i for i, item in enumerate(items) if not self._asked(item, observations)), total)
        while position < total:
            item = items[position]
            try:
                reply = self.prompter.ask(self._question(items, position, observations))
            except (KeyboardInterrupt, EOFError) as error:
                raise stopped_by_person() from error
            if reply is Move.QUIT:
                raise stopped_by_person()
            if reply is Move.BACK:
                position = max(0, position - 1)
                continue
            if reply is Move.DONT_KNOW:
                yield item.check.id, Observation(reader=self.name, reason=Reason.DONT_KNOW, at=self.clock())
            elif reply is Move.SKIP and not self._asked(item, observations):
                yield item.check.id, Observation(reader=self.name, reason=Reason.SKIPPED, at=self.clock())
            elif reply is not Move.SKIP:
                yield item.check.id, Observation(reader=self.name, option=str(reply), at=self.clock())
            position += 1
            while position < total and self._asked(items[position], observations):
                position += 1

    def _asked(self, item: Item, observations: Mapping[str, Sequence[Observation]]) -> bool:
        return any(o.reader == self.name for o in heard(observations.get(item.check.id, ())))

    def _question(
        self, items: Sequence[Item], position: int, observations: Mapping[str, Sequence[Observation]]
    ) -> Question:
        item = items[position]
        mine = [o for o in observations.get(item.check.id, ()) if o.reader == self.name]
        page = [o.reason for o in by_page(observations.get(item.check.id, ())) if o.reason]
        left = sum(i.check.minutes for i in items[position:] if i is item or not self._asked(i, observations))
        return Question(
            checklist=item.checklist,
            check=item.check,
            number=position + 1,
            total=len(items),
            minutes=max(1, round(left)),
            earlier=(mine[-1].option or mine[-1].reason) if mine else None,
            trouble=page[0] if page else None,
            last=self.last.get(item.check.id),
        )


def stopped_by_person() -> Stopped:
    """Return the Stopped of a person who quit, pressed Ctrl-C or closed the input."""
    return Stopped(_("Stopped. Every answer you gave is kept."))
