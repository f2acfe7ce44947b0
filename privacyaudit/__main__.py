"""Where the program starts; `--version` answers before anything heavy is loaded."""

from __future__ import annotations

import sys

from privacyaudit import __version__
from privacyaudit.process import again, streams, surroundings

INTERRUPTED = 130


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

        janitor.main()
        return
    from privacyaudit.cli import run

    run()


if __name__ == "__main__":
    main()
