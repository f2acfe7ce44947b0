"""How a question looks in a terminal, in two styles that say the same.

`RichPrompter` has a list to choose from by arrow keys or by one key and Enter. `PlainPrompter` prints sentences and
reads lines, so that it works with a screen reader, in a pipe and on a terminal that cannot move its cursor.
Which question comes next is the business of `readers/ask.py`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping

from privacyaudit.cli import terminal
from privacyaudit.cli.prompts.page import Choices, OpenPage, open_page
from privacyaudit.cli.prompts.plain import PlainPrompter
from privacyaudit.cli.prompts.rich import RichPrompter
from privacyaudit.errors import UsageError
from privacyaudit.i18n import _


def choose_prompter(plain: bool, open_page: OpenPage | None = open_page) -> RichPrompter | PlainPrompter:
    """Return the plain style when it is asked for or when nobody sits at a terminal that can do more.

    With None as `open_page` no page is opened on this computer.
    """
    if plain or not terminal.interactive():
        return PlainPrompter(open_page=open_page)
    return RichPrompter(open_page)


def confirm(question: str, default: bool, *, plain: bool = False) -> bool:
    """Ask a question that is answered with yes or no. Raises KeyboardInterrupt and UsageError."""
    with _somebody():
        return choose_prompter(plain).confirm(question, default)


def line(question: str, *, plain: bool = False) -> str:
    """Ask for one line of text, which may be empty. Raises KeyboardInterrupt and UsageError."""
    with _somebody():
        return choose_prompter(plain).line(question)


def choose_one(question: str, choices: Choices, *, chosen: str | None = None, plain: bool = False) -> str:
    """Let the person pick one of (value, label) and return its value. Raises KeyboardInterrupt and UsageError."""
    with _somebody():
        return choose_prompter(plain).choose_one(question, choices, chosen)


def choose_many(
    question: str,
    choices: Choices,
    *,
    chosen: Collection[str] = (),
    headings: Mapping[str, str] | None = None,
    plain: bool = False,
) -> list[str]:
    """Let the person pick at least one of (value, label) and return the values in the order of the choices.

    `chosen` are picked to begin with; `headings` maps a value to the heading that stands above it. Raises
    KeyboardInterrupt and UsageError.
    """
    with _somebody():
        return choose_prompter(plain).choose_many(question, choices, chosen, headings or {})


@contextlib.contextmanager
def _somebody() -> Iterator[None]:
    try:
        yield
    except EOFError as error:
        raise UsageError(
            _("A question was asked and nobody was there to answer it."),
            _("Run this in a terminal, or name what you want on the command line and add --no-input."),
        ) from error
