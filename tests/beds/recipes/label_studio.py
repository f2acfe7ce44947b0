"""Label Studio from pip, a single-page app on Django and SQLite, seeded once, and a private copy per test on 127.0.0.1.

`alice` has told nothing and turned everything off, `bob` the opposite. Label Studio itself keeps its sessions in signed
cookies, which it takes also after signing out. With `sessions="database"` it has Django's own store for them instead.
Started by hand, with the path of a folder: `python -m tests.beds.recipes.label_studio FOLDER`.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tests.beds.recipes import tools
from tests.beds.recipes.tools import BedError

_PACKAGE = "label-studio==1.23.2"

USERS: dict[str, dict[str, Any]] = {
    "alice": {"allow_newsletters": False, "first_name": "", "last_name": "", "phone": "", "legacy": False},
    "bob": {
        "allow_newsletters": True,
        "first_name": "Robert",
        "last_name": "Example",
        "phone": "07700 900123",
        "legacy": True,
    },
}

_SETTINGS = """
import os
import time

SENTRY_DSN = ""  # the next two lines ask this module for settings, while it is still being read
from core.settings.base import *
from core.settings.label_studio import *

if os.environ["BED_SESSIONS"] == "database":
    SESSION_ENGINE = "django.contrib.sessions.backends.db"
MIDDLEWARE = ["bed_settings.Noted", *MIDDLEWARE]


class Noted:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with open(os.environ["BED_REQUESTS"], "a") as log:
            log.write(f"{request.method}\\t{request.path}\\n")
        slow, _, seconds = os.environ.get("BED_SLOW", "").partition("=")
        if slow and request.path.startswith(slow):
            time.sleep(float(seconds))
        return self.get_response(request)
"""

_SEED = """
import json
import os

from organizations.models import Organization
from session_policy.models import SessionTimeoutPolicy
from users.models import User

for name, settings in json.loads(os.environ["BED_USERS"]).items():
    user = User.objects.create_user(f"{name}@example.org", os.environ["BED_PASSWORD"])
    user.active_organization = Organization.create_organization(created_by=user, title=f"Of {name}")
    legacy = settings.pop("legacy")
    for key, value in settings.items():
        setattr(user, key, value)
    user.save()
    tokens = user.active_organization.jwt
    tokens.legacy_api_tokens_enabled, tokens.api_tokens_enabled = legacy, not legacy
    tokens.save()
    SessionTimeoutPolicy.objects.get_or_create(organization=user.active_organization)  # else made at the first sign-in
"""


@dataclass(frozen=True)
class LabelStudio:
    """A Label Studio that runs: its address, its users' password, and what its own database and log say."""

    origin: str
    folder: Path
    password: str = tools.PASSWORD
    platform: str = "label-studio"

    def truth(self, user: str) -> dict[str, str]:
        """Return the true option of each check, from the tables of users and of tokens."""
        with closing(self._open()) as database:
            [(news, first, phone, legacy)] = database.execute(
                "SELECT allow_newsletters, first_name, phone, legacy_api_tokens_enabled FROM htx_user "
                "JOIN jwt_auth_jwtsettings ON organization_id = active_organization_id WHERE email = ?",
                (f"{user}@example.org",),
            ).fetchall()
        on_off, told = {0: "off", 1: "on"}, {False: "blank", True: "named"}
        return {
            "label-studio.newsletter": on_off[news],
            "label-studio.first-name": told[bool(first)],
            "label-studio.phone": told[bool(phone)],
            "label-studio.tokens": on_off[legacy],
        }

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row of every table but `django_session`, and of users without when they last signed in."""
        tables: dict[str, list[tuple[object, ...]]] = {}
        with closing(self._open()) as database:
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if name in ("django_session", "sqlite_sequence"):
                    continue
                columns = [column for _id, column, *_rest in database.execute(f'PRAGMA table_info("{name}")')]
                aside = ("last_login", "last_activity", "activity_at") if name == "htx_user" else ()
                kept = ", ".join(f'"{one}"' for one in columns if one not in aside)
                tables[name] = database.execute(f'SELECT {kept} FROM "{name}" ORDER BY rowid').fetchall()
        return tables

    def live_sessions(self) -> int:
        """Return how many sessions of a user stand in Django's store; those in signed cookies are counted by nobody."""
        now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
        with closing(self._open()) as database:
            rows = database.execute("SELECT session_data FROM django_session WHERE expire_date > ?", (now,)).fetchall()
        return sum("_auth_user_id" in _opened(data) for (data,) in rows)

    def log(self) -> list[tuple[str, str]]:
        """Return method and path of every request that Label Studio saw, in the order of arrival."""
        lines = (self.folder / "requests.log").read_text().splitlines()
        return [(method, path) for method, path in (line.split("\t", 1) for line in lines)]

    def _open(self) -> sqlite3.Connection:
        file = self.folder / "label_studio.sqlite3"
        return sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=10)


def _opened(session: str) -> str:
    """Return what stands in a session of Django: after a dot it is packed."""
    packed = session.startswith(".")
    raw = session.removeprefix(".").split(":")[0]
    text = base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4))
    return (zlib.decompress(text) if packed else text).decode()


def home() -> Path:
    """Return the cache folder."""
    return tools.home("label-studio")


def prepare(cache: Path) -> None:
    """Install Label Studio into an environment of its own and seed its database; done once.

    Raises BedError where a step failed.
    """
    with tools.one_at_a_time(cache):
        if not (cache / "installed").exists():
            shutil.rmtree(cache / "venv", ignore_errors=True)
            tools.run(cache, (sys.executable, "-m", "venv", str(cache / "venv")))
            tools.run(cache, (str(cache / "venv" / "bin" / "pip"), "install", "--quiet", _PACKAGE))
            (cache / "installed").touch()
        if (cache / "pristine").is_dir():
            return
        partial = tools.fresh(cache / "pristine.partial")
        (partial / "bed_settings.py").write_text(_SETTINGS)
        (partial / "seed.py").write_text(_SEED)
        env = _environment(partial, "signed cookies")
        tools.run(cache, (*_manage(cache), "migrate", "--no-color"), env=env)
        tools.run(cache, (*_manage(cache), "shell", "-c", f"exec(open({str(partial / 'seed.py')!r}).read())"), env=env)
        partial.rename(cache / "pristine")


@contextmanager
def running(
    cache: Path, tmp_path: Path, *, sessions: Literal["signed cookies", "database"] = "database", slow: str = ""
) -> Iterator[LabelStudio]:
    """Start a private copy on a free port of 127.0.0.1, and end it.

    With `slow`, such as `/api/current-user=5`, what begins like that is answered only after so many seconds.
    Raises what `prepare` raises, and BedError where the server does not start.
    """
    prepare(cache)
    folder = tmp_path / "label-studio"
    shutil.copytree(cache / "pristine", folder)
    (folder / "requests.log").touch()
    log = folder / "server.log"
    host = f"127.0.0.1:{tools.free_port()}"
    env = _environment(folder, sessions) | {"BED_SLOW": slow}
    process = tools.start((*_manage(cache), "runserver", "--noreload", "--no-color", host), env, log)
    try:
        if not tools.came_up(process, log, "Starting development server at"):
            raise BedError(f"Label Studio did not start ({log}):\n{tools.tail(log)}")
        yield LabelStudio(f"http://{host}", folder)
    finally:
        tools.end(process)


def _manage(cache: Path) -> tuple[str, ...]:
    python = cache / "venv" / "bin" / "python"
    shown = subprocess.run(
        (str(python), "-c", "import importlib.util as u; print(u.find_spec('label_studio').origin)"),
        capture_output=True,
        text=True,
        check=True,
    )
    return (str(python), str(Path(shown.stdout.strip()).with_name("manage.py")))


def _environment(folder: Path, sessions: str) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(folder),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "bed_settings",
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder),
        "COLLECT_ANALYTICS": "0",
        "LATEST_VERSION_CHECK": "0",
        "DEBUG": "false",
        "BED_SESSIONS": sessions,
        "BED_REQUESTS": str(folder / "requests.log"),
        "BED_PASSWORD": tools.PASSWORD,
        "BED_USERS": json.dumps(USERS),
    }


if __name__ == "__main__":
    with running(home(), Path(sys.argv[1])) as started:
        print(started.origin, started.password)
        print(json.dumps({name: started.truth(name) for name in USERS}, indent=2))
        input("Press Enter to end it. ")
