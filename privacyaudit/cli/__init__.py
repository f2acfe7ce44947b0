"""The command line: turns words and flags into calls, prints what came of them, holds no rules.

`registry` lists the commands; each is loaded when it is used.
"""

from __future__ import annotations

import os
import platform
import signal
import sys
import threading
import traceback
from pathlib import Path
from types import FrameType

import typer

from privacyaudit import __version__, i18n
from privacyaudit.cli.registry import Commands, module
from privacyaudit.cli.terminal import believe_the_window, fail
from privacyaudit.errors import AuditError, ChecklistError, RecordError, Stopped, UsageError
from privacyaudit.i18n import _
from privacyaudit.process import streams, surroundings


def program() -> typer.Typer:
    """Return the whole command line, in the language spoken now."""
    app = typer.Typer(
        name="privacyaudit",
        cls=Commands,
        help=_(
            "Look through the privacy settings of your own social-media profiles, by hand or with a "
            "browser that can read but not change them, and get a report that says what to change."
        ),
        epilog=_(
            "Use the program for your own accounts, or for somebody else's while they sit beside you. An employer must "
            "not require it. The program sends no answers or reports anywhere."
        ),
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    @app.callback()
    def main(
        version: bool = typer.Option(
            False, "--version", help=_("Print the version."), callback=_version, is_eager=True
        ),
        lang: str = typer.Option("", "--lang", metavar="CODE", help=_("The language to use, such as en.")),
    ) -> None:
        """Take the options that go with every command."""
        del version
        if lang:
            i18n.use(lang)

    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"privacyaudit {__version__}")
        raise typer.Exit


def run() -> None:
    """Run the command line and turn trouble into a sentence and an exit code (see errors.py).

    The language is chosen first, so that the command and its help speak it.
    """
    wanted = i18n.wanted_language(sys.argv)
    i18n.use(wanted)
    if wrong := i18n.trouble(wanted):
        fail(
            _("The program cannot use the translation for “{language}”, so it uses English.").format(language=wanted),
            _("The translation needs correcting: {trouble}").format(trouble=wrong),
        )
    _need_home()
    believe_the_window()
    pressed = _note_ctrl_c()
    try:
        program()(_words(), prog_name="privacyaudit")
    except (ChecklistError, RecordError) as error:
        if not pressed:  # pydantic takes a Ctrl-C while it looks at a file for a fault of that file
            fail(error.what, error.advice)
        sys.exit(Stopped.exit_code if pressed else error.exit_code)
    except AuditError as error:
        fail(error.what, error.advice)
        sys.exit(error.exit_code)
    except Exception as error:
        if streams.lost(error):
            raise
        if isinstance(error, FileNotFoundError) and not error.filename:
            fail(
                _("The folder that you started the program in no longer exists."),
                _("Go to another folder, then try again. Your saved answers are kept."),
            )
            sys.exit(AuditError.exit_code)
        if isinstance(error, OSError) and error.filename:
            path = Path(os.fsdecode(error.filename))
            fail(
                _("{path} cannot be used: {trouble}.").format(path=path, trouble=error.strerror or error),
                _("Check who owns it and what its permissions are. Your saved answers are kept."),
            )
            sys.exit(AuditError.exit_code)
        fail(
            _("This is a fault in privacyaudit, not something you did wrong. Your answers are kept."),
            _("Please report the lines below. They contain nothing personal."),
        )
        fail(_trace(error))
        sys.exit(3)


def _words() -> list[str]:
    """Return the words of the command line; without any, a desktop gets the window, and all else the help."""
    words = sys.argv[1:]
    alone = not words and surroundings.desktop() and module("start").possible()
    return ["start"] if alone else words


def _need_home() -> None:
    """End in a sentence where the system knows no home for this account, as in some containers."""
    try:
        Path.home()
    except RuntimeError:
        fail(
            _("This account has no home folder, so the program has nowhere to keep its files."),
            _("Set the variable HOME to one of your folders, then try again."),
        )
        sys.exit(UsageError.exit_code)


def _note_ctrl_c() -> list[int]:
    """Let Ctrl-C do what it does, and return a list in which each is noted."""
    pressed: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        signal.default_int_handler(number, frame)

    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, note)
        sys.unraisablehook = _not_unheard
    return pressed


def _not_unheard(lost: sys.UnraisableHookArgs) -> None:
    """Press Ctrl-C once more for one that came where Python can only print it, as in a library's own code."""
    if lost.exc_type is KeyboardInterrupt:
        threading.Timer(0.05, _press_ctrl_c).start()
    else:
        sys.__unraisablehook__(lost)


def _press_ctrl_c() -> None:
    if sys.platform == "win32" or (main := threading.main_thread().ident) is None:
        signal.raise_signal(signal.SIGINT)
    else:
        signal.pthread_kill(main, signal.SIGINT)


def _trace(error: BaseException) -> str:
    """Return what a fault report needs: kinds and places of the code, no values and no paths of this computer."""
    package = Path(__file__).parent.parent
    frames = traceback.extract_tb(error.__traceback__)
    places = [
        f"{Path(f.filename).relative_to(package)}:{f.lineno} {f.name}"
        for f in frames
        if Path(f.filename).is_relative_to(package)
    ]
    system = f"privacyaudit {__version__}, Python {platform.python_version()}, {platform.system()}"
    return "\n".join([system, type(error).__name__, *places])
