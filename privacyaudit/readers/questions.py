"""What a person is shown on the way through an audit, and what they may reply; how it looks, a prompter says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from privacyaudit.model import Check, Checklist, Device, Option, Reason, Where
from privacyaudit.over_time.known import Last
from privacyaudit.walk import Stop, aim


class Move(Enum):
    """What a person may do instead of answering."""

    ALL_SO = "a"
    LOOKS_DIFFERENT = "l"
    DONT_KNOW = "d"
    SKIP = "s"
    BACK = "b"
    QUIT = "q"


class Choice(Enum):
    """What a person does about a setting that is to change, while its screen is open."""

    CHANGED = "changed"
    LATER = "later"
    LEAVE = "leave"


@dataclass(frozen=True)
class Visit:
    """A screen that a person comes to: where it is on the way, and what is asked there.

    `number` counts from 1; `minutes` is what is left, this screen included; `device` is what the person holds, None
    where that is not known; `replies` are the options and reasons that were given here before, by check.
    """

    stop: Stop
    number: int
    total: int
    minutes: int
    device: Device | None = None
    replies: Mapping[str, str] = field(default_factory=dict)

    @property
    def checklist(self) -> Checklist:
        """Return the checklist that the screen belongs to."""
        return self.stop.checklist

    @property
    def checks(self) -> tuple[Check, ...]:
        """Return what is asked on this screen, in its order."""
        return tuple(item.check for item in self.stop.items)

    @property
    def way(self) -> Where:
        """Return the way to the screen; where it is one line only, down to that line."""
        if len(self.checks) == 1:
            return self.checklist.where(self.checks[0])
        return self.stop.screen.where()

    def aim(self, check: Check) -> Option | None:
        """Return how a setting should be, None where no answer is the better one."""
        return aim(check, self.stop.role)


@dataclass(frozen=True)
class Question:
    """One question about one line of a screen, and what is known so far.

    `moves` are the moves that can be made here; `earlier` is the option or reason that was given before; `trouble` is
    why the page could not be read, if it was tried; `last` is what an audit before knew; `from_file` is the option that
    an answers file holds, where it is not that given before.
    """

    visit: Visit
    check: Check
    moves: tuple[Move, ...] = ()
    earlier: str | None = None
    trouble: Reason | None = None
    last: Last | None = None
    from_file: str | None = None

    @property
    def checklist(self) -> Checklist:
        """Return the checklist that the check belongs to."""
        return self.visit.checklist

    @property
    def place(self) -> int:
        """Return which question of its screen it is, counted from 1."""
        return 1 + self.visit.checks.index(self.check)


@dataclass(frozen=True)
class Change:
    """A setting that is to change, while its screen is open: how it stands and how it should be.

    `number` of `total`, counted from 1, on this screen.
    """

    visit: Visit
    check: Check
    now: Option
    aim: Option
    number: int
    total: int


@dataclass(frozen=True)
class Still:
    """Answers of audits before that still count, on one screen."""

    visit: Visit
    lasts: Sequence[tuple[Check, Last]]


class Prompter(Protocol):
    """Shows what it is handed, and returns what the person replied.

    Each method may raise KeyboardInterrupt and EOFError, which stop the way.
    """

    def arrive(self, visit: Visit) -> None:
        """Show a screen: how to get there, and how each of its settings should be."""
        ...

    def ask(self, question: Question) -> str | Move:
        """Show one question and return an option id or one of its moves."""
        ...

    def change(self, change: Change) -> Choice | Move:
        """Show what is to change, with its steps, and return the choice, *back* or *quit*."""
        ...

    def still(self, still: Still) -> bool:
        """Show answers that still count, and return whether they stay as they are, unseen."""
        ...
