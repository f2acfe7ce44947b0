"""Redmine as Debian packages it, on SQLite, seeded once, and a private copy of its database per test on 127.0.0.1.

`alice` keeps everything private and has a TOTP (`SECRET`), `bob` has the opposite of each setting and no second step.
Started by hand, with the path of a folder: `python -m tests.beds.recipes.redmine FOLDER`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.beds.recipes import tools
from tests.beds.recipes.tools import BedError, Unavailable

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

_PROGRAM = Path("/usr/share/redmine")
_PACKAGES = ("redmine", "redmine-sqlite", "ruby-webrick")

_SEED = """
{"alice" => true, "bob" => false}.each do |name, careful|
  user = User.new(firstname: name.capitalize, lastname: "Example", mail: "#{name}@example.org", language: "en")
  user.login = name
  user.password = user.password_confirmation = ENV.fetch("BED_PASSWORD")
  user.mail_notification = careful ? "none" : "all"
  user.twofa_scheme, user.twofa_totp_key = "totp", ENV.fetch("BED_SECRET") if careful
  user.save!
  user.atom_key
  user.pref.hide_mail = careful ? "1" : "0"
  user.pref.no_self_notified = careful ? "1" : "0"
  user.pref.time_zone = careful ? "" : "London"
  user.pref.warn_on_leaving_unsaved = careful ? "1" : "0"
  user.pref.auto_watch_on = careful ? [] : ["issue_contributed_to"]
  user.pref.save!
end
"""

_RACKUP = """
require "/usr/share/redmine/config/environment"
log = File.open(ENV.fetch("BED_REQUESTS"), "a")
log.sync = true
noted = Class.new do
  define_method(:initialize) { |app| @app = app }
  define_method(:call) do |asked|
    log.write("#{asked["REQUEST_METHOD"]}\\t#{asked["PATH_INFO"]}\\n")
    @app.call(asked)
  end
end
use noted
run Rails.application
"""


@dataclass(frozen=True)
class Redmine:
    """A Redmine that runs: its address, its users' password, and what its own database and log say."""

    origin: str
    folder: Path
    password: str = tools.PASSWORD
    platform: str = "redmine"

    def truth(self, user: str) -> dict[str, str]:
        """Return the true option of each check, from the tables `users` and `user_preferences`."""
        with closing(self._open()) as database:
            [(notices, scheme, hidden, zone, others)] = database.execute(
                "SELECT mail_notification, twofa_scheme, hide_mail, time_zone, others "
                "FROM users JOIN user_preferences ON user_id = users.id WHERE login = ?",
                (user,),
            ).fetchall()
        said = dict(re.findall(r"^:(\w+): '?(\w*)'?$", others, re.MULTILINE))
        return {
            "redmine.email": "hidden" if hidden else "shown",
            "redmine.notices": notices if notices in ("none", "all") else "some",
            "redmine.own-changes": "off" if said["no_self_notified"] == "1" else "on",
            "redmine.watch": "on" if "- issue_contributed_to" in others else "off",
            "redmine.time-zone": "told" if zone else "blank",
            "redmine.unsaved": "on" if said["warn_on_leaving_unsaved"] == "1" else "off",
            "redmine.two-factor": "app" if scheme == "totp" else "none",
        }

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row of every table but `tokens`, and of `users` without what signing in writes."""
        tables: dict[str, list[tuple[object, ...]]] = {}
        with closing(self._open()) as database:
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if name in ("tokens", "sqlite_sequence"):
                    continue
                columns = [column for _id, column, *_rest in database.execute(f'PRAGMA table_info("{name}")')]
                kept = [
                    f'"{one}"'
                    for one in columns
                    if name != "users" or one not in ("last_login_on", "updated_on", "twofa_totp_last_used_at")
                ]
                tables[name] = database.execute(f'SELECT {", ".join(kept)} FROM "{name}" ORDER BY rowid').fetchall()
        return tables

    def live_sessions(self) -> list[str]:
        """Return one user name per session that Redmine would still accept."""
        with closing(self._open()) as database:
            rows = database.execute(
                "SELECT login FROM tokens JOIN users ON users.id = user_id WHERE action IN ('session', 'autologin')"
            ).fetchall()
        return [name for (name,) in rows]

    def log(self) -> list[tuple[str, str]]:
        """Return method and path of every request that Redmine saw, in the order of arrival."""
        lines = (self.folder / "requests.log").read_text().splitlines()
        return [(method, path) for method, path in (line.split("\t", 1) for line in lines)]

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{(self.folder / 'redmine.db').as_uri()}?mode=ro", uri=True, timeout=10)


def home() -> Path:
    """Return the cache folder."""
    return tools.home("redmine")


def prepare(cache: Path) -> None:
    """Install Redmine from Debian's packages and seed its database; done once.

    Raises Unavailable where that cannot be had, BedError where a step failed.
    """
    with tools.one_at_a_time(cache):
        if not _PROGRAM.is_dir():
            if shutil.which("apt-get") is None or os.geteuid() != 0:
                raise Unavailable(
                    f"Redmine needs: sudo apt-get install --no-install-recommends {' '.join(_PACKAGES)} (Debian 12)"
                )
            tools.apt(cache, "install", "-y", "--no-install-recommends", *_PACKAGES)
        if (cache / "pristine").is_dir():
            return
        partial = tools.fresh(cache / "pristine.partial")
        (partial / "seed.rb").write_text(_SEED)
        env = _environment(partial)
        for words in (
            ("bin/rake", "db:migrate"),
            ("bin/rake", "redmine:load_default_data"),
            ("ruby", "bin/rails", "runner", str(partial / "seed.rb")),
        ):
            tools.run(cache, words, cwd=_PROGRAM, env=env)
        partial.rename(cache / "pristine")


@contextmanager
def running(cache: Path, tmp_path: Path) -> Iterator[Redmine]:
    """Start a private copy on a free port of 127.0.0.1, and end it.

    Raises what `prepare` raises, and BedError where the server does not start.
    """
    prepare(cache)
    folder = tmp_path / "redmine"
    shutil.copytree(cache / "pristine", folder)
    (folder / "config.ru").write_text(_RACKUP)
    (folder / "requests.log").touch()
    log = folder / "server.log"
    port = str(tools.free_port())
    command = ("rackup", str(folder / "config.ru"), "-s", "webrick", "-o", "127.0.0.1", "-p", port, "-E", "production")
    process = tools.start(command, _environment(folder), log, cwd=_PROGRAM)
    try:
        if not tools.came_up(process, log, "HTTPServer#start"):
            raise BedError(f"Redmine did not start ({log}):\n{tools.tail(log)}")
        yield Redmine(f"http://127.0.0.1:{port}", folder)
    finally:
        tools.end(process)


def _environment(folder: Path) -> dict[str, str]:
    shown = subprocess.run(
        ("ruby", "-e", "puts Gem::Specification.find_by_name('webrick').full_require_paths"),
        capture_output=True,
        text=True,
        check=True,
    )
    return {
        **os.environ,
        "RAILS_ENV": "production",
        "REDMINE_LANG": "en",
        "DATABASE_URL": f"sqlite3:{folder / 'redmine.db'}",
        "RUBYLIB": shown.stdout.strip(),
        "BED_PASSWORD": tools.PASSWORD,
        "BED_SECRET": SECRET,
        "BED_REQUESTS": str(folder / "requests.log"),
    }


if __name__ == "__main__":
    with running(home(), Path(sys.argv[1])) as started:
        print(started.origin, started.password, SECRET)
        print(json.dumps({name: started.truth(name) for name in ("alice", "bob")}, indent=2))
        input("Press Enter to end it. ")
