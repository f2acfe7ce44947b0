"""A real Django project with its admin site, made in a folder and started on 127.0.0.1 for a test.

Django's own admin gives the sign-in form, the pages, the lists and the “Log out” button. The project adds two models: a
person's own settings, and the devices they are signed in on. `alice` keeps everything private, `bob` the opposite.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PASSWORD = "correct-horse-battery-9"

USERS: dict[str, dict[str, Any]] = {
    "alice": {
        "search_engines": False,
        "hide_email": True,
        "messages": "friends",
        "tagging": "nobody",
        "birthday": "nobody",
        "online": False,
        "workplace": "",
        "devices": ["Phone"],
    },
    "bob": {
        "search_engines": True,
        "hide_email": False,
        "messages": "everyone",
        "tagging": "everyone",
        "birthday": "everyone",
        "online": True,
        "workplace": "Springfield School",
        "devices": ["Phone", "Laptop at home", "Staff-room computer"],
    },
}
SUPERUSER = "alice"

_SETTINGS = """
from pathlib import Path

HERE = Path(__file__).parent
SECRET_KEY = "only-for-a-test-on-this-computer"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "privacy",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ROOT_URLCONF = "urls"
STATIC_URL = "static/"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HERE / "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
"""

_URLS = """
from django.contrib import admin
from django.urls import path

urlpatterns = [path("admin/", admin.site.urls)]
"""

_MODELS = """
from django.conf import settings
from django.db import models

WHO = [("nobody", "Nobody"), ("friends", "Friends"), ("everyone", "Everyone")]


class Profile(models.Model):
    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, editable=False)
    search_engines = models.BooleanField("Show my profile in search engines")
    hide_email = models.BooleanField("Hide my e-mail address")
    birthday = models.CharField("Who can see my birthday", max_length=20, choices=WHO)
    workplace = models.CharField(max_length=80, blank=True)
    messages = models.CharField("Who can message me", max_length=20, choices=WHO)
    tagging = models.CharField("Who can tag me", max_length=20, choices=WHO)
    online = models.BooleanField("Show when I am online")


class Device(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, editable=False)
    name = models.CharField(max_length=80)

    def __str__(self):
        return self.name
"""

_ADMIN = """
from django.contrib import admin

from privacy.models import Device, Profile


class Own(admin.ModelAdmin):
    def get_queryset(self, request):
        return super().get_queryset(request).filter(owner=request.user)

    def save_model(self, request, obj, form, change):
        obj.owner = request.user
        super().save_model(request, obj, form, change)


@admin.register(Profile)
class ProfileAdmin(Own):
    radio_fields = {"birthday": admin.HORIZONTAL}
    fieldsets = [
        ("Profile", {"fields": ["search_engines", "hide_email", "birthday", "workplace"]}),
        ("Contact", {"fields": ["messages", "tagging", "online"]}),
    ]

    def changelist_view(self, request, extra_context=None):
        mine = self.get_queryset(request).get()
        return self.changeform_view(request, str(mine.pk), "", extra_context)


admin.site.register(Device, Own)
"""

_SEED = """
import json
import sys

import django

django.setup()

from django.contrib.auth.models import Permission, User
from django.core.management import call_command

from privacy.models import Device, Profile

given = json.load(sys.stdin)
call_command("migrate", run_syncdb=True, verbosity=0)
for name, profile in given["users"].items():
    make = User.objects.create_superuser if name == given["superuser"] else User.objects.create_user
    user = make(name, f"{name}@example.org", given["password"], is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="privacy"))
    for device in profile.pop("devices"):
        Device.objects.create(owner=user, name=device)
    Profile.objects.create(owner=user, **profile)
"""

_SERVE = """
import sys

import django

django.setup()

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

application = StaticFilesHandler(get_wsgi_application())


def noted(environ, start_response):
    with open(sys.argv[1], "a") as log:
        log.write(f"{environ['REQUEST_METHOD']}\\t{environ['PATH_INFO']}\\n")
    return application(environ, start_response)


server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
server.daemon_threads = True
server.set_app(noted)
print(server.server_port, flush=True)
server.serve_forever()
"""

_FILES = {
    "settings.py": _SETTINGS,
    "urls.py": _URLS,
    "privacy/__init__.py": "",
    "privacy/models.py": _MODELS,
    "privacy/admin.py": _ADMIN,
    "seed.py": _SEED,
    "serve.py": _SERVE,
}


class Unavailable(Exception):  # noqa: N818 (a reason to skip, not an error)
    """Django is not installed: `pytest.skip(str(error))` is the right answer."""


class BedError(Exception):
    """The project could not be set up or did not start; the message ends with what it said."""


@dataclass(frozen=True)
class Admin:
    """A running admin site: its address, its users' password, and what its own database and log say."""

    origin: str
    folder: Path
    password: str = PASSWORD

    def truth(self, user: str) -> dict[str, Any]:
        """Return a user's settings as they are in the database, boxes as 1 and 0, and `devices` as a number."""
        with closing(self._open()) as database:
            database.row_factory = sqlite3.Row
            mine = "owner_id = (SELECT id FROM auth_user WHERE username = ?)"
            [profile] = database.execute(f"SELECT * FROM privacy_profile WHERE {mine}", (user,)).fetchall()
            [devices] = database.execute(f"SELECT count(*) FROM privacy_device WHERE {mine}", (user,)).fetchone()
        return {**dict(profile), "devices": devices}

    def dump(self) -> dict[str, list[dict[str, Any]]]:
        """Return every row of every table, without what signing in itself writes.

        That is the table django_session and the column last_login of auth_user.
        """
        tables: dict[str, list[dict[str, Any]]] = {}
        with closing(self._open()) as database:
            database.row_factory = sqlite3.Row
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if name != "django_session":
                    tables[name] = [dict(row) for row in database.execute(f'SELECT * FROM "{name}" ORDER BY rowid')]
        for row in tables["auth_user"]:
            del row["last_login"]
        return tables

    def sign_ins(self) -> list[str]:
        """Return the names of the users who ever signed in."""
        with closing(self._open()) as database:
            rows = database.execute(
                "SELECT username FROM auth_user WHERE last_login IS NOT NULL ORDER BY id"
            ).fetchall()
        return [name for (name,) in rows]

    def live_sessions(self) -> int:
        """Return how many sessions Django would still accept."""
        now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
        with closing(self._open()) as database:
            [number] = database.execute("SELECT count(*) FROM django_session WHERE expire_date > ?", (now,)).fetchone()
        return int(number)

    def log(self) -> list[tuple[str, str]]:
        """Return method and path of every request the server saw, in the order of arrival."""
        lines = (self.folder / "requests.log").read_text().splitlines()
        return [(method, path) for method, path in (line.split("\t", 1) for line in lines)]

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{(self.folder / 'db.sqlite3').as_uri()}?mode=ro", uri=True, timeout=10)


@contextmanager
def running(tmp_path: Path) -> Iterator[Admin]:
    """Make the project in a folder, start it on a free port of 127.0.0.1, and end it.

    Raises Unavailable where Django is not installed, and BedError where a step failed.
    """
    if find_spec("django") is None:
        raise Unavailable("Django is not installed: pip install --group test")
    folder = tmp_path / "django"
    for name, text in _FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "requests.log").touch()
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "settings"}
    _seed(folder, env)
    with (folder / "server.log").open("w") as errors:
        process = subprocess.Popen(
            (sys.executable, "serve.py", str(folder / "requests.log")),
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        if not port:
            raise BedError(f"The admin site did not start:\n{(folder / 'server.log').read_text()}")
        yield Admin(f"http://127.0.0.1:{port}", folder)
    finally:
        _end(process)


def _seed(folder: Path, env: dict[str, str]) -> None:
    given = json.dumps({"users": USERS, "superuser": SUPERUSER, "password": PASSWORD})
    done = subprocess.run(
        (sys.executable, "seed.py"), cwd=folder, env=env, input=given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BedError(f"The admin site could not be set up:\n{done.stderr}")


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()
