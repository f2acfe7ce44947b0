"""Where the program starts; `--version` answers before anything heavy is loaded.

Until there is something to keep, Ctrl-C ends it at once and without a word; `cli.run` then takes it over.
"""

from __future__ import annotations

import sys

INTERRUPTED = 130

try:
    import signal

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
except KeyboardInterrupt:
    sys.exit(INTERRUPTED)

from privacyaudit import __version__  # noqa: E402
from privacyaudit.process import again, streams, surroundings  # noqa: E402


def main() -> None:
    """Run the command line."""
    streams.make_safe()
    again.leave_libraries_to_others()
    surroundings.steer_no_browser()
    try:
        with streams.watched():
            _carry_out(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _carry_out(words: list[str]) -> None:
    if words == ["--version"]:
        sys.stdout.write(f"privacyaudit {__version__}\n")
        return
    if words == [again.JANITOR]:
        from privacyaudit.browser import janitor

        signal.signal(signal.SIGINT, signal.default_int_handler)
        janitor.main()
        return
    from privacyaudit.cli import run

    run()


if __name__ == "__main__":
    main()
