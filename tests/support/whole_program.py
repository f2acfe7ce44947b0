"""The whole program in a process of its own, on a site that this computer serves, with a keyring of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from tests.support import nursery, secret_service


class Bed(Protocol):
    """A real site: the id of its checklist, its address, and the password of its users."""

    @property
    def platform(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def password(self) -> str: ...


def save_key(env: dict[str, str], bed: Bed, user: str, *, password: str = "", secret: str = "") -> None:
    """Save a sign-in in the keyring, with the key of its one-time codes if there is one."""
    typed = f"{password or bed.password}\n" + (f"{secret}\n" if secret else "")
    words = ["keys", "add", bed.platform, "--site", bed.origin, "--user", user, "--password-stdin"]
    result = secret_service.run(env, *words, *(["--totp-stdin"] if secret else []), typed=typed)
    assert result.returncode == 0, result.stderr


def command(bed: Bed, out: Path) -> list[str]:
    """Return the words of an audit that reads the site without a window and asks nothing."""
    return [
        *("audit", bed.platform, "--site", f"{bed.platform}={bed.origin}"),
        *("--browser", "--headless", "--fill", "--no-input", "--out", str(out)),
    ]


def audit(
    env: dict[str, str], bed: Bed, out: Path, *words: str
) -> tuple[dict[str, Any], subprocess.CompletedProcess[str]]:
    """Audit the site into a folder, and return the record and what the program said."""
    result = secret_service.run(env, *command(bed, out), *words, timeout=120)
    assert result.returncode == 0, result.stderr
    [record] = out.glob("*.json")
    return json.loads(record.read_text()), result


@contextmanager
def reading(env: dict[str, str], bed: Bed, out: Path) -> Iterator[subprocess.Popen[str]]:
    """Start an audit as a terminal does, and hand it over when it is signed in and reads."""
    with nursery.Program(
        [sys.executable, "-m", "privacyaudit", *command(bed, out)],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert next(line for line in process.stdout if "Reading" in line)
        yield process


def stop(process: subprocess.Popen[str], how: signal.Signals) -> None:
    """Send a signal and wait for the end. Ctrl-C goes to the whole group, as from a terminal."""
    if how == signal.SIGINT:
        os.killpg(process.pid, how)
    else:
        process.send_signal(how)
    process.wait(timeout=60)


def leftovers(env: dict[str, str]) -> list[str]:
    """Return what stands in the folder for temporary files."""
    return sorted(path.name for path in Path(env["TMPDIR"]).iterdir())


def eventually(true: Callable[[], bool], seconds: float = 30) -> bool:
    """Wait until something is true, and tell whether it became so."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.1)
    return true()
