"""Put a weekly job into the system's own scheduler, say what is there, and take exactly that out again.

Linux has systemd user timers or cron, macOS launchd, Windows the Task Scheduler. The texts come from `jobs.py`.
"""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from privacyaudit.clock import today
from privacyaudit.errors import AuditError
from privacyaudit.i18n import _
from privacyaudit.process import others
from privacyaudit.reminders import jobs
from privacyaudit.reminders.jobs import Job
from privacyaudit.storage import files, reading

MOST_BYTES = 100_000  # of a unit or a property list
PATIENCE = 30  # seconds for one call of a scheduler's own command
NO_CRONTAB = b"no crontab for"
NOT_ALLOWED = b"not allowed to use"  # both as cron says them in English
CRON_DAEMONS = {"cron", "crond", "fcron", "bcron-sched"}


class SchedulerError(AuditError):
    """The system's scheduler is missing, or it refused."""


class Scheduler(Protocol):
    """One way of the system to run something again and again."""

    name: str

    def trouble(self) -> str:
        """Return why a job cannot be put here, or nothing when it can."""

    def install(self, job: Job) -> None:
        """Put the job here, in place of one that was there. Raises SchedulerError or SaveError."""

    def found(self) -> str:
        """Return where our job is, or nothing when there is none. Raises SchedulerError."""

    def command(self) -> tuple[str, ...]:
        """Return what our job starts, as it is written here; nothing where that cannot be told."""

    def remove(self) -> None:
        """Take our job out. Raises SchedulerError or SaveError."""


class Systemd:
    """A user timer: two files in the person's folder for units, and `systemctl --user`."""

    name = "systemd"

    def trouble(self) -> str:
        """Ask the user manager itself; the command alone may be there without it, as in a container."""
        if not shutil.which("systemctl"):
            return _("systemd is not on this computer.")
        if _run("systemctl", "--user", "show", "--property=Version").returncode:
            return _("systemd is not running for your account.")
        return ""

    def install(self, job: Job) -> None:
        """Write both files and start the timer; when that fails, leave nothing behind."""
        service, timer = self._files()
        files.write(service, jobs.systemd_service(job))
        files.write(timer, jobs.systemd_timer(job))
        try:
            _need("systemctl", "--user", "daemon-reload")
            _need("systemctl", "--user", "enable", timer.name)
            _need("systemctl", "--user", "restart", timer.name)
        except SchedulerError:
            self.remove()
            raise

    def found(self) -> str:
        """Look for the timer's file."""
        timer = self._files()[1]
        return str(timer) if timer.exists() else ""

    def command(self) -> tuple[str, ...]:
        """Read the service."""
        return jobs.of_systemd(_content(self._files()[0]).decode(errors="surrogateescape"))

    def remove(self) -> None:
        """Stop the timer if somebody is there to stop it, and remove both files and the link that starts it."""
        service, timer = self._files()
        if not self.trouble():
            _run("systemctl", "--user", "disable", "--now", timer.name)
        for path in (timer.parent / "timers.target.wants" / timer.name, timer, service):
            files.remove(path)
        if not self.trouble():
            _run("systemctl", "--user", "daemon-reload")

    @staticmethod
    def _files() -> tuple[Path, Path]:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        folder = base / "systemd" / "user"
        return folder / f"{jobs.NAME}.service", folder / f"{jobs.NAME}.timer"


class Cron:
    """Three lines at the end of the person's crontab; every other line stays as it is."""

    name = "cron"

    def trouble(self) -> str:
        """Look for the command and, where /proc tells, for a daemon: without one, nothing would ever run."""
        if not shutil.which("crontab"):
            return _("cron is not on this computer.")
        if Path("/proc/self/comm").exists() and not CRON_DAEMONS & others.running():
            return _("cron is on this computer, but it is not running.")
        if NOT_ALLOWED in _run("crontab", "-l").stderr:
            return _("Your account is not allowed to use cron.")
        return ""

    def install(self, job: Job) -> None:
        """Put our lines at the end; cron itself refuses a crontab with a fault in it, and keeps the old one."""
        self._replace(jobs.with_block(self._crontab(), job))

    def found(self) -> str:
        """Look for our lines."""
        if not shutil.which("crontab"):
            return ""
        crontab = self._crontab()
        return _("your crontab") if jobs.without_block(crontab) != crontab else ""

    def command(self) -> tuple[str, ...]:
        """Read our lines."""
        return jobs.of_cron(self._crontab())

    def remove(self) -> None:
        """Take our lines out; a crontab that held nothing else goes too."""
        others = jobs.without_block(self._crontab())
        if others:
            self._replace(others)
        else:
            _need("crontab", "-r")

    @staticmethod
    def _crontab() -> str:
        """Return the crontab as it is: bytes that are not UTF-8 survive. Raises SchedulerError."""
        told = _run("crontab", "-l")
        if told.returncode and not (NO_CRONTAB in told.stderr or NOT_ALLOWED in told.stderr):
            raise _refused(("crontab", "-l"), told)
        return "" if told.returncode else told.stdout.decode(errors="surrogateescape")

    @staticmethod
    def _replace(crontab: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "crontab"
            path.write_bytes(crontab.encode(errors="surrogateescape"))
            _need("crontab", str(path))


class Launchd:
    """An agent of macOS: one property list, and `launchctl`."""

    name = "launchd"

    def trouble(self) -> str:
        """Look for the command."""
        return "" if shutil.which("launchctl") else _("launchd is not on this computer.")

    def install(self, job: Job) -> None:
        """Write the list and hand it to the session; when that fails, leave nothing behind."""
        if self.found():
            self.remove()
        files.write(self._file(), jobs.launchd_plist(job))
        try:
            _need("launchctl", "bootstrap", self._domain(), str(self._file()))
        except SchedulerError:
            files.remove(self._file())
            raise

    def found(self) -> str:
        """Look for the list."""
        return str(self._file()) if self._file().exists() else ""

    def command(self) -> tuple[str, ...]:
        """Read the list."""
        return jobs.of_launchd(_content(self._file()))

    def remove(self) -> None:
        """Take it out of the session, where it may not be, and remove the list."""
        _run("launchctl", "bootout", f"{self._domain()}/{jobs.NAME}")
        files.remove(self._file())

    @staticmethod
    def _file() -> Path:
        return Path.home() / "Library" / "LaunchAgents" / f"{jobs.NAME}.plist"

    @staticmethod
    def _domain() -> str:
        return f"gui/{os.getuid()}"


class TaskScheduler:
    """A task of Windows, for the person who is signed in."""

    name = "Task Scheduler"

    def trouble(self) -> str:
        """Look for the command."""
        return "" if shutil.which("schtasks") else _("The Task Scheduler is not on this computer.")

    def install(self, job: Job) -> None:
        """Hand the task over; `/F` replaces one of the same name."""
        user = "\\".join(filter(None, (os.environ.get("USERDOMAIN"), getpass.getuser())))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "task.xml"
            path.write_bytes(jobs.windows_task(job, user, today()))
            _need("schtasks", "/Create", "/TN", jobs.NAME, "/XML", str(path), "/F")

    def found(self) -> str:
        """Ask for the task; any refusal counts as no."""
        if not shutil.which("schtasks") or _run("schtasks", "/Query", "/TN", jobs.NAME).returncode:
            return ""
        return jobs.NAME

    def command(self) -> tuple[str, ...]:
        """Ask for the task as XML."""
        return jobs.of_windows(_run("schtasks", "/Query", "/TN", jobs.NAME, "/XML").stdout.decode(errors="replace"))

    def remove(self) -> None:
        """Delete the task."""
        _need("schtasks", "/Delete", "/TN", jobs.NAME, "/F")


SCHEDULERS: dict[str, tuple[Scheduler, ...]] = {
    "linux": (Systemd(), Cron()),
    "darwin": (Launchd(),),
    "win32": (TaskScheduler(),),
}


def kinds(system: str = sys.platform) -> tuple[Scheduler, ...]:
    """Return the schedulers that a system may have, the better one first; other Unix systems may have cron."""
    return SCHEDULERS.get(system, (Cron(),))


def choose(system: str = sys.platform) -> Scheduler:
    """Return the first scheduler that works here. Raises SchedulerError, which says for each why not."""
    troubles = []
    for kind in kinds(system):
        trouble = kind.trouble()
        if not trouble:
            return kind
        troubles.append(trouble)
    raise SchedulerError(
        _("This computer has nothing that can run a job each week. {troubles}").format(troubles=" ".join(troubles)),
        _("Put a reminder into your calendar instead: privacyaudit remind ics"),
    )


def install(job: Job, system: str = sys.platform) -> Scheduler:
    """Put the job into the scheduler that works here, and nowhere else. Raises SchedulerError or SaveError."""
    chosen = choose(system)
    chosen.install(job)
    for other in kinds(system):
        if other is not chosen and other.found():
            other.remove()
    return chosen


def installed(system: str = sys.platform) -> list[tuple[Scheduler, str]]:
    """Return each scheduler that holds our job, and where. Raises SchedulerError."""
    return [(kind, where) for kind in kinds(system) if (where := kind.found())]


def gone(kind: Scheduler) -> str:
    """Return why what our job starts does not work any more, or nothing. Raises SchedulerError."""
    words = kind.command()
    paths = [word for word in words if Path(word).is_absolute()]
    if missing := next((path for path in paths if not files.there(Path(path))), None):
        return _("It starts a program that no longer exists: {path}.").format(path=missing)
    if "due" not in words:
        return ""
    try:
        works = not _run(*words[: words.index("due")], "--version").returncode
    except SchedulerError:
        works = False
    return "" if works else _("It no longer starts this program: {path}.").format(path=paths[-1])


def remove(system: str = sys.platform) -> list[tuple[Scheduler, str]]:
    """Take our job out of every scheduler that holds it; return what there was. Raises SchedulerError or SaveError."""
    holding = installed(system)
    for kind, _where in holding:
        kind.remove()
    return holding


def _content(path: Path) -> bytes:
    try:
        return reading.content(path, MOST_BYTES)
    except OSError:
        return b""


def _run(*command: str) -> subprocess.CompletedProcess[bytes]:
    """Run a scheduler's own command, in English. Raises SchedulerError when it does not answer."""
    try:
        return subprocess.run(
            command, capture_output=True, timeout=PATIENCE, check=False, env={**os.environ, "LC_ALL": "C"}
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SchedulerError(
            _("The command “{command}” did not answer.").format(command=" ".join(command)), _("Try again later.")
        ) from error


def _need(*command: str) -> None:
    done = _run(*command)
    if done.returncode:
        raise _refused(command, done)


def _refused(command: Sequence[str], done: subprocess.CompletedProcess[bytes]) -> SchedulerError:
    said = " ".join((done.stderr or done.stdout).decode(errors="replace").split())
    return SchedulerError(
        _("The command “{command}” did not work: {trouble}").format(
            command=" ".join(command), trouble=said or done.returncode
        ),
        _("“privacyaudit remind status” shows what is installed. A calendar always works: privacyaudit remind ics"),
    )
