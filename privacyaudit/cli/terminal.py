"""What every command prints with: one width, two colours and bold at most, and sentences that wrap between words."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import typer

from privacyaudit.errors import Stopped, UsageError
from privacyaudit.i18n import _

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 88
NARROWEST = 20
LOWEST = 9
LONGEST_LINE = 100_000
ACCENT = "magenta"
TROUBLE = "red"
_Text = TypeVar("_Text", str, bytes)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def width() -> int:
    """Return how many columns text may take: those of the window, but at most 88."""
    return max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST))


def believe_the_window() -> None:
    """Forget a size that a shell handed on, where there is a window to ask: it may be another, or have changed."""
    with suppress(OSError, ValueError):
        if sys.stdout.isatty() and os.get_terminal_size(sys.stdout.fileno()).columns:
            for variable in ("COLUMNS", "LINES"):
                os.environ.pop(variable, None)


def holds_a_list() -> bool:
    """Tell whether the window is high and wide enough for a question with a list below it."""
    size = shutil.get_terminal_size()
    return size.lines >= LOWEST and size.columns > NARROWEST


def interactive() -> bool:
    """Tell whether a person sits at both ends and the terminal can move its cursor."""
    ends = (sys.stdin, sys.stdout)
    return all(end is not None and not end.closed and end.isatty() for end in ends) and not _dumb()


def need_typist(otherwise: str, *, asks: bool = True) -> None:
    """Raise UsageError where nobody can type what must not show; `otherwise` is the option for scripts."""
    if not (asks and sys.stdin.isatty()):
        raise UsageError(
            _("This program is not running in a terminal. Use one, because a terminal hides what you type."),
            _("In a script, use {option}. Then the program reads one line.").format(option=otherwise),
        )


def typed(question: str, **options: Any) -> str:
    """Ask for a line, as `typer.prompt` does with these options. Raises Stopped on Ctrl-C, and where input ends."""
    try:
        return str(typer.prompt(question, **options))
    except typer.Abort:
        say()
        raise Stopped(_("Stopped. Nothing was changed.")) from None


def piped_line() -> str:
    """Read one line of the standard input, for scripts; spaces in it count. Raises UsageError."""
    try:
        return _whole(sys.stdin.buffer.readline(LONGEST_LINE)).decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise UsageError(_("The input is not UTF-8 text."), _("Nothing was changed.")) from None


def line_of(source: TextIO) -> str:
    """Read one line of a stream; of one that never ends, no more than a person types. Raises UsageError."""
    return _whole(source.readline(LONGEST_LINE))


def _whole(line: _Text) -> _Text:
    if len(line) < LONGEST_LINE:
        return line
    raise UsageError(
        _("The input has a line of {number} characters or more. Nobody would type that.").format(number=LONGEST_LINE),
        _("Check what you send to the standard input."),
    )


def _dumb() -> bool:
    return os.environ.get("TERM") in ("dumb", "unknown")


def console(*, stderr: bool = False) -> Console:
    """Return a Rich console for this moment's window; it keeps colours to itself when NO_COLOR is set."""
    from rich.console import Console

    return Console(stderr=stderr, width=width(), highlight=False, markup=False, emoji=False)


def printable(text: str) -> str:
    """Return a text without the control characters that could steer a terminal."""
    return _CONTROL.sub("", text)


def wrap(text: str, columns: int, *, first: str = "", rest: str = "") -> str:
    """Break a text between words so that it fits; a word that is too long, such as a web address, stays whole.

    `first` stands before the first line and `rest` before each that follows.
    """
    fold = textwrap.TextWrapper(
        width=max(NARROWEST, columns),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(fold.fill(line) for line in printable(text).splitlines())


def wipe() -> None:
    """Clear the screen and everything that has scrolled out of it, where a terminal can do that."""
    if interactive():
        sys.stdout.write("\x1b[H\x1b[2J\x1b[3J")
        sys.stdout.flush()


def room() -> tuple[int, int]:
    """Return how many columns and lines a drawing may take, with a few lines left for words."""
    size = shutil.get_terminal_size()
    return size.columns, max(NARROWEST, size.lines - 5)


def draw(lines: str) -> None:
    """Print lines that must not be wrapped."""
    sys.stdout.write(lines + "\n")
    sys.stdout.flush()


def say(text: str = "", style: str = "", *, first: str = "", rest: str = "", stderr: bool = False) -> None:
    """Print a text; in a window it is wrapped, in a file or a pipe each paragraph stays one line."""
    from rich.text import Text

    out = console(stderr=stderr)
    columns = out.width if out.is_terminal else sys.maxsize
    out.print(Text(wrap(text, columns, first=first, rest=rest), style), soft_wrap=True)


def heading(text: str) -> None:
    """Print a heading with an empty line before it."""
    say()
    say(text, "bold")


def fail(what: str, advice: str = "") -> None:
    """Print to stderr what happened and, on the next line, what to do."""
    say(what, f"bold {TROUBLE}", stderr=True)
    if advice:
        say(advice, stderr=True)
