"""Programs in processes of their own that begin as Python does once it has loaded what they are made of.

Most of the processor time of a short command goes into loading pydantic, rich and the like, our own modules, and the
checklists. A nursery loads them once and forks: what comes out has its own environment, folder, standard files and exit
code, and is killed and interrupted like any other process. Whatever looks at keyrings, languages or folders is loaded
by the program itself; so are the commands, whose help is in a language.
"""

from __future__ import annotations

import array
import atexit
import contextlib
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from privacyaudit.catalogue import loading

ROOT = Path(__file__).parents[2]
LOADED = (
    *("typer", "rich.console", "rich.table", "rich.panel", "pydantic", "yaml", "jinja2", "babel.dates", "filelock"),
    *("http.client", "asyncio", "sqlite3", "apsw", "starlette.applications", "starlette.routing", "uvicorn", "segno"),
    *("jinja2.ext", "platformdirs", "questionary", "icalendar", "pyotp", "zoneinfo"),
)
OURS = "privacyaudit"
SPEAK = ("__main__", "cli.commands", "cli.options")
_SIZE = struct.Struct("!i")


if TYPE_CHECKING:
    _Popen = subprocess.Popen[str]
else:
    _Popen = subprocess.Popen


class Program(_Popen):
    """`python -m privacyaudit …` or `python -c …` from the nursery of this process; used like any `Popen`."""

    def __init__(self, command: Sequence[str], **words: Any) -> None:
        self._line: socket.socket | None = None
        super().__init__(command, text=True, **words)

    def _execute_child(  # the place where a Popen becomes a process
        self,
        args: Sequence[str],
        executable: object,
        preexec_fn: object,
        close_fds: object,
        pass_fds: object,
        cwd: str | Path | None,
        env: dict[str, str] | None,
        startupinfo: object,
        creationflags: object,
        shell: object,
        p2cread: int,
        p2cwrite: int,
        c2pread: int,
        c2pwrite: int,
        errread: int,
        errwrite: int,
        restore_signals: object,
        gid: object,
        gids: object,
        uid: object,
        umask: object,
        start_new_session: bool,
        *_more: object,
    ) -> None:
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(_address())
        asked = {
            "words": list(args[1:]),
            "cwd": str(cwd or Path.cwd()),
            "env": dict(os.environ if env is None else env),
            "alone": bool(start_new_session),
        }
        text = json.dumps(asked).encode()
        files = [given if given != -1 else own for given, own in ((p2cread, 0), (c2pwrite, 1), (errwrite, 2))]
        self._line.sendmsg([_SIZE.pack(len(text))], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))])
        self._line.sendall(text)
        self.pid = _SIZE.unpack(_exactly(self._line, _SIZE.size))[0]
        self._child_created = True
        for theirs in {p2cread, c2pwrite, errwrite} - {-1}:
            os.close(theirs)

    def _internal_poll(self, _deadstate: object = None) -> int | None:
        if self.returncode is None:
            pid, status = self._try_wait(os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def _try_wait(self, flags: int) -> tuple[int, int]:
        assert self._line
        if flags & os.WNOHANG and not select.select([self._line], [], [], 0)[0]:
            return 0, 0
        status = _SIZE.unpack(_exactly(self._line, _SIZE.size))[0]
        self._line.close()
        return self.pid, status


def run(
    command: Sequence[str], *, input: str | None = None, timeout: float | None = None, **words: Any
) -> subprocess.CompletedProcess[str]:
    """Do as `subprocess.run` with text does, keeping what the program says."""
    pipe = subprocess.PIPE
    stdin = subprocess.DEVNULL if input is None else pipe
    with Program(command, stdin=stdin, stdout=pipe, stderr=pipe, **words) as program:
        try:
            said, trouble = program.communicate(input, timeout=timeout)
        except BaseException:
            program.kill()
            raise
    return subprocess.CompletedProcess(command, program.returncode, said, trouble)


def _exactly(line: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = line.recv(size - len(data))
        if not more:
            raise EOFError("the nursery hung up")
        data += more
    return data


_started: dict[int, str] = {}


def _address() -> str:
    """Return where the nursery of this process listens; it is started when it is first needed."""
    if os.getpid() not in _started:
        folder = tempfile.mkdtemp(prefix="nursery-")
        address = f"{folder}/line"
        nursery = subprocess.Popen(
            [sys.executable, "-c", f"from tests.support import nursery; nursery.serve({address!r})"],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert nursery.stdout
        assert nursery.stdout.readline() == b"ready\n"
        _started[os.getpid()] = address
        atexit.register(_end, nursery, folder)
    return _started[os.getpid()]


def _end(nursery: subprocess.Popen[bytes], folder: str) -> None:
    nursery.kill()
    nursery.wait()
    Path(folder, "line").unlink(missing_ok=True)
    Path(folder).rmdir()


# -- in the nursery --------------------------------------------------------------------------------


def serve(address: str) -> None:
    """Fork whatever is asked for, until the one who started it ends."""
    for name in (*LOADED, *_silent()):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    loading.catalogue()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that wait
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen()
    os.write(1, b"ready\n")
    while True:
        if sys.stdin in select.select([listener, sys.stdin], [], [])[0]:
            return
        line, _from = listener.accept()
        if os.fork():
            line.close()
            continue
        listener.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _born(line)
        return


def _silent() -> Iterator[str]:
    """Yield our own modules that say nothing while they are loaded."""
    speak = tuple(f"{OURS}.{name}" for name in SPEAK)
    for path in sorted((ROOT / OURS).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if not name.startswith(speak):
            yield name


def _born(line: socket.socket) -> None:
    head, files, _flags, _from = socket.recv_fds(line, _SIZE.size, 3)
    asked = json.loads(_exactly(line, _SIZE.unpack(head)[0]))
    if child := os.fork():
        for file in files:
            os.close(file)
        line.sendall(_SIZE.pack(child))
        if (
            hasattr(os, "pidfd_open")
            and line.fileno() in select.select([line.fileno(), os.pidfd_open(child)], [], [])[0]
        ):
            os.kill(child, signal.SIGKILL)  # whoever asked for it has ended, and nobody else would end it
        status = os.waitpid(child, 0)[1]
        with contextlib.suppress(OSError):
            line.sendall(_SIZE.pack(status))
        os._exit(0)
    line.close()
    if asked["alone"]:
        os.setsid()
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    buffering = bool(asked["env"].get("PYTHONUNBUFFERED"))
    sys.stdin, sys.stdout, sys.stderr = _text(0, "r"), _text(1, "w", buffering), _text(2, "w", True)
    _become(asked["words"])


def _text(number: int, mode: str, at_once: bool = False) -> IO[str]:
    errors = "backslashreplace" if number == 2 else "strict"
    file = open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
    file.reconfigure(line_buffering=at_once or file.isatty())  # type: ignore[attr-defined]
    return file


def _become(words: list[str]) -> None:
    kind, what, *rest = words
    sys.path[:] = [path for path in sys.path if path != ""]
    sys.path.insert(0, "" if kind == "-c" else str(Path.cwd()))
    if kind == "-m":
        sys.argv = [what, *rest]
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        sys.argv = ["-c", *rest]
        main: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__}
        exec(compile(what, "<string>", "exec"), main)
