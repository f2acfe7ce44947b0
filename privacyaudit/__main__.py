"""Where the program starts; `--version` answers before anything heavy is loaded."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        from privacyaudit import __version__

        sys.stdout.write(f"privacyaudit {__version__}\n")
        return
    from privacyaudit.cli import run

    run()


if __name__ == "__main__":
    main()
