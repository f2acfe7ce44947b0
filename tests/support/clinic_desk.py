"""A clinic that is open: the real command in a process of its own."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support import nursery

PLATFORM = "everyday"
PASSPHRASE = "three quiet words"
SECONDS = 20


@dataclass
class Desk:
    """The representative's computer: a real clinic in a process of its own, and the address of who asks it."""

    process: subprocess.Popen[str]
    caller: str = "127.0.0.1"
    said: list[str] = field(default_factory=list)

    def until(self, words: str) -> str:
        """Read what it says until some words come, and return that line."""
        assert self.process.stdout
        while True:
            line = self.process.stdout.readline()
            self.said.append(line)
            assert line, "".join(self.said) + self.errors()
            if words in line:
                return line

    def opened(self) -> Desk:
        self.until("press Enter")
        text = "".join(self.said)
        self.port = int(re.search(r"http://127\.0\.0\.1:(\d+)/board", text)[1])  # type: ignore[index]
        self.code = re.search(r"Code: (\w+)", text)[1]  # type: ignore[index]
        return self

    def end(self) -> str:
        """End the clinic as a person does, and return all that was said."""
        rest, errors = self.process.communicate("\ny\n", timeout=SECONDS)
        self.said.append(rest)
        assert self.process.returncode == 0, rest + errors
        return "".join(self.said) + errors

    def errors(self) -> str:
        assert self.process.stderr
        return self.process.stderr.read()

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        host: str | None = None,
    ) -> tuple[int, str]:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=SECONDS, source_address=(self.caller, 0)
        )
        try:
            connection.putrequest(method, path, skip_host=True)
            connection.putheader("Host", host or f"127.0.0.1:{self.port}")
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            reply = connection.getresponse()
            return reply.status, reply.read().decode()
        finally:
            connection.close()

    def load(self, **headers: str) -> str:
        """Open the page as a phone does, and return its ticket."""
        status, page = self.ask("GET", f"/c/{self.code}", headers={"User-Agent": "a phone", **headers})
        assert status == 200
        return re.search(r'data-ticket="([^"]+)"', page)[1]  # type: ignore[index]

    def share(self, body: Any, **headers: str) -> int:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        usual = {
            "Content-Type": "application/json",
            "X-Privacyaudit": "share",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        return self.ask("POST", "/share", raw, usual | headers)[0]


@contextmanager
def desk(
    *words: str,
    env: dict[str, str] | None = None,
    code: str = "",
    passphrase: str | None = PASSPHRASE,
    forgets: bool = False,
) -> Iterator[Desk]:
    """Open a clinic; one whose memory is looked at is to be one that `forgets`, which takes a start of its own."""
    command = [sys.executable, *(["-c", code] if code else ["-m", "privacyaudit"]), "clinic", "open", "--no-open"]
    secret = ["--passphrase-stdin"] if passphrase is not None else []
    own = (env or dict(os.environ)) | {"PYTHONUNBUFFERED": "1"}
    pipe = subprocess.PIPE
    if forgets:
        process = subprocess.Popen(
            [*command, *secret, *words], env=own, stdin=pipe, stdout=pipe, stderr=pipe, text=True
        )
    else:
        own |= {"PYTHONMALLOC": "pymalloc_debug"}  # as if started again already
        process = nursery.Program([*command, *secret, *words], env=own, stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        assert process.stdin
        if passphrase is not None:
            process.stdin.write(passphrase + "\n")
            process.stdin.flush()
        yield Desk(process)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def free_port() -> str:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


def named(name: str, out: Path, *more: str) -> tuple[str, ...]:
    return (PLATFORM, "--quick", "--name", name, "--out", str(out), "--port", free_port(), *more)
