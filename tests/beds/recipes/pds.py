"""A real Bluesky server (a PDS) for the tests, with a directory of accounts in memory, both on 127.0.0.1.

The packages come from npm and are kept in a cache folder. Accounts are made anew each time the server is started.
README.md in this folder says what was measured.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.beds.recipes import tools
from tests.beds.recipes.tools import BedError, Unavailable

_PACKAGES = ("@atproto/pds@0.4.217", "@did-plc/server@0.0.1")
"""The last PDS that runs on Node 18 and 20; later ones need Node 22."""

_BEFORE = "2026-11-20"
"""What these packages need is taken as it was on this day, so that a set-up next year brings the same."""

_SELF_LABEL = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "!no-unauthenticated"}]}

USERS: dict[str, dict[str, dict[str, Any]]] = {
    "alice": {
        "app.bsky.actor.profile": {"displayName": "Alice", "labels": _SELF_LABEL},
        "app.bsky.actor.contentVisibilityDeclaration": {"hideFromAlgorithmicRecommendations": True},
        "app.bsky.notification.declaration": {"allowSubscriptions": "none"},
        "chat.bsky.actor.declaration": {"allowIncoming": "none", "allowGroupInvites": "none"},
    },
    "bob": {
        "app.bsky.actor.profile": {"displayName": "Bob", "description": "Springfield School"},
        "app.bsky.actor.contentVisibilityDeclaration": {"hideFromAlgorithmicRecommendations": False},
        "app.bsky.notification.declaration": {"allowSubscriptions": "followers"},
        "chat.bsky.actor.declaration": {"allowIncoming": "all", "allowGroupInvites": "all"},
        "app.bsky.graph.list": {
            "purpose": "app.bsky.graph.defs#modlist",
            "name": "Springfield parents",
            "createdAt": "2026-01-01T00:00:00Z",
        },
    },
    "carol": {},
}
"""The records that each user has put into their repository; carol never touched a setting."""

_KEYS = {"app.bsky.graph.list": "3jzfcijpj2z2a"}
"""Keys of records of which one may have several; the others have the key self."""


def home() -> Path:
    """Return the cache folder."""
    return tools.home("pds")


def prepare(cache: Path) -> None:
    """Fetch the packages into `cache`, an absolute path; done once.

    Raises Unavailable where Node or npm are missing, BedError where a step failed.
    """
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing:
        raise Unavailable(f"The Bluesky server needs {' and '.join(missing)}: sudo apt-get install nodejs npm")
    with tools.one_at_a_time(cache):
        if _code(cache).is_dir():
            return
        partial = tools.fresh(cache / "code.partial")
        (partial / "package.json").write_text('{"private": true}\n')
        install = ("npm", "install", "--no-audit", "--no-fund", f"--before={_BEFORE}", *_PACKAGES)
        tools.run(cache, install, cwd=partial, env={**os.environ, **_quick_compilers(cache)})
        partial.rename(_code(cache))


def _quick_compilers(cache: Path) -> dict[str, str]:
    """Return the environment in which SQLite's C code is compiled without optimising, which is much quicker."""
    made = {}
    for name, program in (("CC", "gcc"), ("CXX", "g++")):
        if shutil.which(program):
            script = cache / program
            script.write_text(f'#!/bin/sh\nexec {program} "$@" -O0\n')
            script.chmod(0o755)
            made[name] = str(script)
    return made


def _code(cache: Path) -> Path:
    return cache / f"code-{hashlib.sha256(' '.join(_PACKAGES).encode()).hexdigest()[:12]}"


# -- a server that runs ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Server:
    """A PDS: its address, its users' password, and what it says itself."""

    origin: str
    folder: Path
    dids: dict[str, str] = field(default_factory=dict)
    password: str = tools.PASSWORD

    def handle(self, user: str) -> str:
        """Return the name under which a user is known."""
        return f"{user}.test"

    def truth(self, user: str) -> dict[str, dict[str, Any]]:
        """Return a user's records by collection, from the user's own repository, asked for as that user."""
        token = self._session(user)
        found: dict[str, dict[str, Any]] = {}
        for collection in {name for records in USERS.values() for name in records}:
            where = urllib.parse.urlencode({"repo": self.dids[user], "collection": collection})
            said = self._call(f"com.atproto.repo.listRecords?{where}", token)
            for record in said["records"]:
                found[collection] = {key: value for key, value in record["value"].items() if key != "$type"}
        return found

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row of every table of every database of the PDS, by file and table."""
        tables: dict[str, list[tuple[Any, ...]]] = {}
        for file in sorted((self.folder / "data").rglob("*.sqlite")):
            with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=10)) as database:
                for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    rows = database.execute(f'SELECT * FROM "{name}"').fetchall()
                    tables[f"{file.relative_to(self.folder)}.{name}"] = sorted(rows, key=repr)
        return tables

    def log(self) -> list[tuple[str, str, str]]:
        """Return method, target and cookies of every request the PDS saw, in the order of arrival."""
        lines = (self.folder / "requests.log").read_text().splitlines()
        return [(method, target, cookies) for method, target, cookies in (line.split("\t", 2) for line in lines)]

    def forget_log(self) -> None:
        """Begin the log anew."""
        (self.folder / "requests.log").write_text("")

    def _session(self, user: str) -> str:
        who = {"identifier": self.handle(user), "password": self.password}
        token: str = self._call("com.atproto.server.createSession", given=who)["accessJwt"]
        return token

    def _call(self, method: str, token: str = "", given: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        body = None
        if given is not None:
            body = json.dumps(given).encode()
            headers["content-type"] = "application/json"
        request = urllib.request.Request(f"{self.origin}/xrpc/{method}", data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as reply:
            said: dict[str, Any] = json.load(reply)
            return said

    def seed(self) -> None:
        """Make the accounts and put their records into them."""
        for user, records in USERS.items():
            account = {"handle": self.handle(user), "email": f"{user}@example.org", "password": self.password}
            made = self._call("com.atproto.server.createAccount", given=account)
            self.dids[user] = made["did"]
            for collection, record in records.items():
                self._call(
                    "com.atproto.repo.putRecord",
                    made["accessJwt"],
                    {
                        "repo": made["did"],
                        "collection": collection,
                        "rkey": _KEYS.get(collection, "self"),
                        "validate": False,
                        "record": {"$type": collection, **record},
                    },
                )


@contextmanager
def running(cache: Path, tmp_path: Path) -> Iterator[Server]:
    """Start a server with fresh accounts on a free port of 127.0.0.1, and end it.

    Raises what `prepare` raises, and BedError where the server does not start.
    """
    prepare(cache)
    folder = tmp_path / "pds"
    (folder / "data" / "blobs").mkdir(parents=True)
    (folder / "requests.log").touch()
    log = folder / "server.log"
    for _attempt in range(5):
        port, plc_port = tools.free_port(), tools.free_port()
        process = tools.start(
            ("node", str(Path(__file__).with_name("pds.js"))), _settings(cache, folder, port, plc_port), log
        )
        try:
            if tools.came_up(process, log, "pds up"):
                server = Server(f"http://localhost:{port}", folder)
                server.seed()
                server.forget_log()
                yield server
                return
        finally:
            tools.end(process)
    raise BedError(f"The Bluesky server did not start ({log}):\n{tools.tail(log)}")


def _settings(cache: Path, folder: Path, port: int, plc_port: int) -> dict[str, str]:
    """Return the environment: nothing in it leads off this computer."""
    data = folder / "data"
    return {
        **os.environ,
        "BED_CODE": str(_code(cache)),
        "BED_REQUESTS": str(folder / "requests.log"),
        "PLC_PORT": str(plc_port),
        "PDS_PORT": str(port),
        "PDS_HOSTNAME": "localhost",
        "PDS_DEV_MODE": "true",
        "PDS_DATA_DIRECTORY": str(data),
        "PDS_BLOBSTORE_DISK_LOCATION": str(data / "blobs"),
        "PDS_DID_PLC_URL": f"http://127.0.0.1:{plc_port}",
        "PDS_JWT_SECRET": "0123456789abcdef" * 2,
        "PDS_ADMIN_PASSWORD": "only-for-a-test",
        "PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX": "3ee68ca0" * 8,
        "PDS_INVITE_REQUIRED": "false",
        "PDS_SERVICE_HANDLE_DOMAINS": ".test",
        "PDS_BSKY_APP_VIEW_URL": "http://127.0.0.1:9",
        "PDS_BSKY_APP_VIEW_DID": "did:web:nowhere.test",
        "PDS_DISABLE_SSRF_PROTECTION": "true",
        "LOG_ENABLED": "false",
    }
