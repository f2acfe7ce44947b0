"""Real calendars and schedulers take what is written for them; the real crontab works on a spool of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from time import sleep as wait

import pytest

from privacyaudit.over_time.due import add_months
from privacyaudit.reminders import calendar, jobs, schedulers
from privacyaudit.reminders.jobs import Job
from privacyaudit.reminders.schedulers import Cron
from privacyaudit.report import writing
from tests.support import records
from tests.support.reminder_files import FIVE, LOCAL, NOW, TITLE, UID, two, written
from tests.support.schedulers import CRONTAB, JOB, OTHERS, Computer

# -- a real calendar program -----------------------------------------------------------------------

KHAL = """
[calendars]
[[mine]]
path = {folder}/calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/London
default_timezone = Europe/London
[default]
default_calendar = mine
[sqlite]
path = {folder}/khal.db
"""
AN_ALARM, REPEATS = "⏰", "⟳"


def khal(folder: Path, *words: str) -> str:
    """Run khal, a calendar for the terminal, on a calendar of its own."""
    if not shutil.which("khal"):
        pytest.skip("khal, a real calendar program, is not installed here")
    config = folder / "config"
    config.write_text(KHAL.format(folder=folder))
    (folder / "calendar").mkdir(exist_ok=True)
    env = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8", "TZ": "Europe/London"}
    done = subprocess.run(["khal", "-c", str(config), *words], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def in_the_calendar(folder: Path, file: bytes, *which: str) -> list[str]:
    """Import a file and list its events of a year: first day, time, name, alarm and repetition."""
    path = folder / "reminder.ics"
    path.write_bytes(file)
    khal(folder, "import", "--batch", str(path))
    form = "{start}|{title}|{uid}|{alarm-symbol}|{repeat-symbol}|{description}"
    listed = khal(folder, "list", *which, "--day-format", "", "--format", form, "2026-12-01", "365d")
    return [line for line in listed.splitlines() if line]


def test_a_real_calendar_takes_both_events_with_their_alarms_and_a_second_import_updates_them(tmp_path: Path) -> None:
    pytest.importorskip("icalendar", reason="the extra `remind` is not installed")
    first = in_the_calendar(tmp_path, two(), "--once")
    assert first == [
        f"2026-12-28 17:00|{TITLE}|{UID}-term| {AN_ALARM}||",
        f"2027-02-22 17:00|{TITLE}|{UID}| {AN_ALARM}| {REPEATS}|Pond",
        "- a, b; c",
    ]
    again = in_the_calendar(tmp_path, two(time(9, 30), NOW + timedelta(seconds=1)), "--once")
    assert again == [line.replace("17:00", "09:30") for line in first]
    assert len(list((tmp_path / "calendar").glob("*.ics"))) == 2


def test_a_real_calendar_keeps_the_hour_over_both_changes_of_the_clocks(tmp_path: Path) -> None:
    pytest.importorskip("icalendar", reason="the extra `remind` is not installed")
    file = written(calendar.every(1, FIVE, date(2026, 11, 30)))
    listed = in_the_calendar(tmp_path, file)
    assert [line.split("|")[0] for line in listed] == [
        f"{add_months(date(2026, 12, 28), n)} 17:00" for n in range(len(listed))
    ]
    assert len(listed) == 12


def test_a_real_calendar_shows_one_event_when_the_repeating_one_becomes_a_single_one(tmp_path: Path) -> None:
    pytest.importorskip("icalendar", reason="the extra `remind` is not installed")
    in_the_calendar(tmp_path, written(calendar.every(3, FIVE, LOCAL.date())))
    later = written(calendar.once(date(2027, 2, 14), FIVE, LOCAL), now=NOW + timedelta(seconds=1))
    assert in_the_calendar(tmp_path, later) == [f"2027-02-14 17:00|{TITLE}|{UID}| {AN_ALARM}||"]


def test_a_real_calendar_opens_the_file_that_lies_beside_a_report(tmp_path: Path) -> None:
    pytest.importorskip("icalendar", reason="the extra `remind` is not installed")
    record, known = records.example()
    file = calendar.for_report(3, UID, record.finished)
    _view, paths = writing.write(record, known, tmp_path / "report", ["html"], calendar=file)
    [beside] = [path for path in paths if path.suffix == ".ics"]
    listed = in_the_calendar(tmp_path, beside.read_bytes(), "--once")
    assert listed == [f"2027-02-22 17:00|Personal admin|{UID}| {AN_ALARM}| {REPEATS}|"]


# -- real schedulers ------------------------------------------------------------------------------


@pytest.fixture
def awkward(tmp_path: Path) -> Job:
    """A job whose program really is in a folder with an awkward name."""
    program = tmp_path / 'it\'s 100% $HOME "x" \\y' / "python"
    program.parent.mkdir()
    program.symlink_to("/bin/true")
    return Job((str(program), "-m", "privacyaudit", "50% $PATH"), 6, time(7, 5))


def verify(folder: Path, job: Job, right: str = "", wrong: str = "") -> subprocess.CompletedProcess[str]:
    """Let systemd judge both units, with one word of the timer replaced by a wrong one."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed here")
    service, timer = folder / f"{jobs.NAME}.service", folder / f"{jobs.NAME}.timer"
    service.write_text(jobs.systemd_service(job))
    timer.write_text(jobs.systemd_timer(job).replace(right, wrong) if right else jobs.systemd_timer(job))
    with TemporaryDirectory(prefix="pa") as runtime:  # a short name, because the names of its sockets have a limit
        return subprocess.run(
            ["systemd-analyze", "--user", "verify", str(service), str(timer)],
            env={"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": runtime, "HOME": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )


def test_systemd_accepts_both_units(tmp_path: Path) -> None:
    done = verify(tmp_path, JOB)
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_accepts_a_path_with_an_awkward_name(tmp_path: Path, awkward: Job) -> None:
    done = verify(tmp_path, awkward)
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_would_have_said_so_if_something_were_wrong(tmp_path: Path) -> None:
    done = verify(tmp_path, JOB, "OnCalendar=Sun", "OnCalendar=Funday")
    assert done.returncode == 1
    assert "Failed to parse calendar" in done.stderr


@pytest.mark.parametrize("weekday", range(7))
def test_systemd_runs_it_on_the_day_and_at_the_time_that_was_asked_for(weekday: int) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed here")
    job = Job(JOB.command, weekday, time(7, 5))
    found = re.search(r"^OnCalendar=(.*)$", jobs.systemd_timer(job), re.M)
    assert found
    told = subprocess.run(["systemd-analyze", "calendar", found[1]], capture_output=True, text=True, check=True).stdout
    following = re.search(r"Next elapse: \w+ (\S+ \S+)", told)
    assert following
    when = datetime.fromisoformat(following[1])
    assert (when.weekday(), when.time()) == (weekday, time(7, 5))


@pytest.mark.parametrize("weekday", range(7))
def test_cron_accepts_the_line(weekday: int, tmp_path: Path, awkward: Job) -> None:
    if not Path("/etc/debian_version").exists() or not shutil.which("crontab"):
        pytest.skip("this needs Debian's crontab: elsewhere, -n means something else")
    crontab = tmp_path / "crontab"
    crontab.write_text(jobs.with_block("", Job(awkward.command, weekday, awkward.at)))
    done = subprocess.run(["crontab", "-n", str(crontab)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    crontab.write_text(crontab.read_text().replace("5 7 *", "65 7 *"))
    assert subprocess.run(["crontab", "-n", str(crontab)], capture_output=True, check=False).returncode == 1


def test_cron_without_its_daemon_counts_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real process of that name makes the difference."""
    sleep = shutil.which("sleep")
    if not Path("/proc/self/comm").exists() or not sleep:
        pytest.skip("processes cannot be seen in /proc here")
    computer = Computer(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    computer.has("crontab", CRONTAB)
    name = "pretend-crond"
    monkeypatch.setattr(schedulers, "CRON_DAEMONS", {name})
    assert Cron().trouble() == "cron is on this computer, but it is not running."
    daemon = subprocess.Popen([shutil.copy(sleep, tmp_path / name), "60"])
    try:
        until = monotonic() + 20
        while Cron().trouble() and monotonic() < until:
            wait(0.02)  # a process has its own name only after it was exec'd
        assert Cron().trouble() == ""
    finally:
        daemon.terminate()
        daemon.wait()


IN_A_NAMESPACE = """
import subprocess, sys
from datetime import time
from pathlib import Path
from time import monotonic
from time import sleep as wait
from privacyaudit.reminders.jobs import Job
from privacyaudit.reminders.schedulers import Cron
def crontab():
    return subprocess.run(["crontab", "-l"], capture_output=True).stdout
spool, others = Path(sys.argv[1]), sys.argv[2].encode()
cron, job = Cron(), Job(("/opt/it's 100%/python", "-m", "privacyaudit", "due"), 6, time(17))
assert not any((spool / "crontabs").iterdir()), "this is not a spool of our own"
assert cron.found() == ""
cron.install(job)
assert cron.found() == "your crontab" and crontab().count(b"\\n") == 3
cron.remove()
assert cron.found() == "" and crontab() == b""
path = spool / "others"
path.write_bytes(others)
subprocess.run(["crontab", str(path)], check=True)
before = crontab()
cron.install(job)
assert crontab().startswith(before) and crontab() != before
cron.install(job)
assert crontab().count(b"privacyaudit begin") == 1
cron.remove()
assert crontab() == before == others
print("all true")
"""


def test_the_real_crontab_takes_our_lines_and_gives_them_back(tmp_path: Path) -> None:
    spool = Path("/var/spool/cron/crontabs")
    if not shutil.which("crontab") or not shutil.which("unshare") or not spool.parent.is_dir():
        pytest.skip("Debian's crontab and unshare are not both installed here")
    (tmp_path / "crontabs").mkdir()
    own = f'mount --bind "$0" {spool.parent} && exec "$@"'
    unshare = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
    namespace = [*unshare, "sh", "-c", own, str(tmp_path)]
    if subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no mount namespace of our own can be made here")
    done = subprocess.run(
        [*namespace, sys.executable, "-c", IN_A_NAMESPACE, str(tmp_path), OTHERS + "\n"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("all true\n", "")
