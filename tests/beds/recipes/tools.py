"""What beds have in common: a cache folder, commands with a log, and servers that are ended with all their workers."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PASSWORD = "correct-horse-battery-9"


class Unavailable(Exception):  # noqa: N818 (a reason to skip, not an error)
    """This machine cannot have the bed: `pytest.skip(str(error))` is the right answer."""


class BedError(Exception):
    """A step of the set-up or of the start failed; the message ends with the tail of its log."""


def home(bed: str) -> Path:
    """Return the cache folder of a bed: in $PRIVACYAUDIT_BEDS, or in .cache/beds of the project."""
    beds = os.environ.get("PRIVACYAUDIT_BEDS")
    return (Path(beds).resolve() if beds else Path(__file__).parents[3] / ".cache" / "beds") / bed


@contextmanager
def one_at_a_time(cache: Path) -> Iterator[None]:
    """Make the cache folder, and let two set-ups of the same bed take turns."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(
    cache: Path,
    bed: str,
    modules: set[str],
    packages: Sequence[str],
    steps: Sequence[tuple[Path, Callable[[Path], None]]],
) -> None:
    """Make each folder of a PHP site that is not there yet, in order; two set-ups at a time take turns.

    Raises Unavailable where PHP or what a step needs cannot be had at all, BedError where a step failed.
    """
    with one_at_a_time(cache):
        need_php(cache, bed, modules, packages)
        for made, step in steps:
            if not made.is_dir():
                step(cache)


def need_php(cache: Path, bed: str, modules: set[str], packages: Sequence[str]) -> None:
    """Install what PHP lacks, as root on Debian; elsewhere raise Unavailable with what to install."""
    if not _missing(modules):
        return
    if shutil.which("apt-get") is None:
        raise Unavailable(f"{bed} needs PHP with {', '.join(_missing(modules))}, and there is no apt-get")
    if os.geteuid() != 0:
        raise Unavailable(f"{bed} needs: sudo apt-get install --no-install-recommends {' '.join(packages)}")
    apt(cache, "install", "-y", "--no-install-recommends", *packages)


def _missing(modules: set[str]) -> list[str]:
    if shutil.which("php") is None:
        return sorted(modules)
    shown = subprocess.run(("php", "-m"), capture_output=True, text=True, check=True).stdout
    return sorted(modules - set(shown.lower().split()))


def apt(cache: Path, *words: str, cwd: Path | None = None) -> None:
    """Run apt-get; where that fails, once more after fresh package lists, which only root may fetch."""
    try:
        run(cache, ("apt-get", "-q", *words), cwd)
    except BedError:
        if os.geteuid() != 0:
            raise
        run(cache, ("apt-get", "-q", "update"))
        run(cache, ("apt-get", "-q", *words), cwd)


def fresh(folder: Path) -> Path:
    """Return an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def run(cache: Path, command: Sequence[str], cwd: Path | None = None, env: Mapping[str, str] | None = None) -> None:
    """Run a step of a set-up, its words in `prepare.log`. Raises BedError with the tail of that log."""
    log = cache / "prepare.log"
    with log.open("a") as out:
        out.write(f"$ {' '.join(command)}\n")
        out.flush()
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**(env or os.environ), "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise BedError(f"{' '.join(command[:4])} … ended with {done.returncode} ({log}):\n{tail(log)}")


def tail(log: Path) -> str:
    """Return the last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-20:])


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nobody listens now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def start(
    command: Sequence[str], env: Mapping[str, str], log: Path, cwd: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start a server in a process group of its own, its words in `log`."""
    with log.open("w") as out:
        return subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def came_up(process: subprocess.Popen[bytes], log: Path, words: str) -> bool:
    """Tell whether the server says so itself, so that another program on the same port is never taken for it."""
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if words in log.read_text(errors="replace"):
            return True
        time.sleep(0.02)
    return False


def end(process: subprocess.Popen[bytes]) -> None:
    """Interrupt a server and its workers, and wait for it."""
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def compiled(cache: Path) -> tuple[str, ...]:
    """Return the options with which PHP keeps what it compiles, for the next server of this bed too."""
    folder = cache / "compiled"
    folder.mkdir(exist_ok=True)
    return ("-d", "opcache.enable_cli=1", "-d", f"opcache.file_cache={folder}")


def put(file: Path, where: Path) -> None:
    """Put a copy of a file where others look for it, whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=where.parent, delete=False) as copy:
        copy.write(file.read_bytes())
    Path(copy.name).replace(where)
