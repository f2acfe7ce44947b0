"""The person at the terminal: whoever asks them something or tells them something is handed one of these.

`Person` asks in one of two styles that say the same: `RichPrompter` has a list to choose from, `PlainPrompter` prints
sentences and reads lines. `Nobody` is there where nothing may be asked. Which check comes next is the business of
`readers/ask.py`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from privacyaudit.cli import terminal
from privacyaudit.cli.opening import OpenPage, open_page
from privacyaudit.cli.prompts.listening import wants_plain
from privacyaudit.cli.prompts.plain import PlainPrompter
from privacyaudit.cli.prompts.rich import SIGNS, RichPrompter
from privacyaudit.cli.prompts.sentences import Choices
from privacyaudit.errors import AuditError, UsageError
from privacyaudit.i18n import _
from privacyaudit.process import streams
from privacyaudit.readers.questions import Change, Choice, Move, Question, Still, Visit

__all__ = ["Nobody", "Person", "at_terminal"]


@dataclass(frozen=True)
class Person:
    """Somebody who can be asked.

    Each question raises KeyboardInterrupt, also for Ctrl-D at a terminal, and UsageError where other input has ended.
    """

    style: RichPrompter | PlainPrompter
    there = True

    @property
    def at_a_terminal(self) -> bool:
        """Tell whether they sit in front of it, so that more may be offered than was asked for."""
        return self.there and terminal.interactive()

    @property
    def chooses_from_lists(self) -> bool:
        """Tell whether they move a pointer through lists, rather than read plain lines."""
        return isinstance(self.style, RichPrompter)

    def arrive(self, visit: Visit) -> None:
        """Show a screen: how to get there, and how each of its settings should be."""
        self.style.arrive(visit)

    def ask(self, question: Question) -> str | Move:
        """Show one question until it is answered or left. Raises KeyboardInterrupt and EOFError."""
        return self.style.ask(question)

    def change(self, change: Change) -> Choice | Move:
        """Show what is to change until they have chosen. Raises KeyboardInterrupt and EOFError."""
        return self.style.change(change)

    def still(self, still: Still) -> bool:
        """Show answers that still count until they are kept or looked at. Raises KeyboardInterrupt and EOFError."""
        return self.style.still(still)

    def confirm(self, question: str, default: bool) -> bool:
        """Ask a question that is answered with yes or no."""
        with _answering():
            return self.style.confirm(question, default)

    def line(self, question: str) -> str:
        """Ask for one line of text, which may be empty."""
        with _answering():
            return self.style.line(question)

    def choose_one(self, question: str, choices: Choices, *, chosen: str | None = None) -> str:
        """Let them pick one of (value, label) and return its value."""
        with _answering():
            return self.style.choose_one(question, choices, chosen)

    def choose_many(
        self,
        question: str,
        choices: Choices,
        *,
        chosen: Collection[str] = (),
        headings: Mapping[str, str] | None = None,
    ) -> list[str]:
        """Let them pick at least one of (value, label) and return the values in the order of the choices.

        `chosen` are picked to begin with; `headings` maps a value to the heading that stands above it.
        """
        with _answering():
            return self.style.choose_many(question, choices, chosen, headings or {})

    def say(self, text: str = "", style: str = "") -> None:
        """Tell them something."""
        terminal.say(text, style)

    def trouble(self, error: AuditError) -> None:
        """Tell them what went wrong and what to do, where that does not stop the work."""
        terminal.fail(error.what, error.advice)


class Nobody(Person):
    """Nobody who could be asked: a question that is asked all the same is a UsageError, and a yes is never given."""

    there = False

    def __init__(self) -> None:
        super().__init__(PlainPrompter())

    def confirm(self, question: str, default: bool) -> bool:
        """Return False: what nobody agreed to is not done."""
        return False


def at_terminal(*, plain: bool = False, asks: bool = True, opens: OpenPage | None = open_page) -> Person:
    """Return who is asked: in plain sentences where that is wanted, heard or all the terminal can do.

    With `asks` false it is nobody. With None as `opens` no page is opened on this computer.
    """
    if not asks:
        return Nobody()
    shows_lists = terminal.interactive() and terminal.holds_a_list() and streams.shows(SIGNS)
    if plain or wants_plain() or not shows_lists:
        return Person(PlainPrompter(open_page=opens))
    return Person(RichPrompter(opens))


@contextlib.contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except EOFError as error:
        if terminal.interactive():
            raise KeyboardInterrupt from error
        raise UsageError(
            _("The program had a question, but there was nobody to answer it."),
            _("Run this in a terminal, or give all the answers on the command line: --help shows how."),
        ) from error
