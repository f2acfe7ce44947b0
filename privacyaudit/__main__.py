"""Where the program starts; `--version` answers before anything heavy is loaded."""

from __future__ import annotations

import sys

from privacyaudit import __version__
from privacyaudit.process import streams


def main() -> None:
    """Run the command line."""
    streams.make_safe()
    with streams.watched():
        if sys.argv[1:] == ["--version"]:
            sys.stdout.write(f"privacyaudit {__version__}\n")
            return
        from privacyaudit.cli import run

        run()


if __name__ == "__main__":
    main()
