"""A Python that writes over memory as soon as it is let go, for what phones have sent."""

from __future__ import annotations

import os
import subprocess
import sys

from privacyaudit.process import again

FORGETS = "pymalloc_debug"


def possible() -> bool:
    """Tell whether this program can be such a Python: a packed one takes no word about its memory."""
    return again.packed() is None


def begin_again() -> int | None:
    """Start this command again in a Python that forgets, and return how that ended; None when this is one already.

    Otherwise what a phone has sent would stay in memory until its place is needed, long after it was counted. The
    allocator that does this comes with every Python and is chosen when Python starts (PYTHONMALLOC in its manual).
    """
    if os.environ.get("PYTHONMALLOC") == FORGETS or not possible():
        return None
    command, env = again.same_words(), os.environ | {"PYTHONMALLOC": FORGETS}
    if sys.platform != "win32":
        os.execve(sys.executable, command, env)  # noqa: S606 (the same program once more)
    return subprocess.run(command, env=env, check=False).returncode
