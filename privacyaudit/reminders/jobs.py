"""What the scheduler of each system is told, as text. Nothing is started here: `schedulers.py` does that."""

from __future__ import annotations

import plistlib
import re
import shlex
import subprocess
from codecs import BOM_UTF16_LE
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from xml.parsers.expat import ExpatError
from xml.sax.saxutils import escape, unescape

from privacyaudit.errors import UsageError
from privacyaudit.i18n import N_, _
from privacyaudit.model import CONTROL
from privacyaudit.process import again

SOMETHING_IS_DUE = 10  # the exit code of the job when it found something, which is no failure
NOBODY_WAS_TOLD = 12  # when it did, and no notification could be shown, which is worth another try
OTHER_CODES = (1, 2, 3, 130)  # of what another try in half an hour would not mend
DUE = ("due", "--notify")
NAME = "privacyaudit-due"
CRON_BEGIN = "# privacyaudit begin: this line and those down to its end are written by privacyaudit"
CRON_END = "# privacyaudit end"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


_TASK = """<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{description}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{start}</StartBoundary>
      <ScheduleByWeek>
        <DaysOfWeek>
          <{weekday} />
        </DaysOfWeek>
        <WeeksInterval>1</WeeksInterval>
      </ScheduleByWeek>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{user}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


@dataclass(frozen=True)
class Job:
    """A command line (whole path first) and when to run it each week: Monday is 0, local time."""

    command: tuple[str, ...]
    weekday: int
    at: time

    def __post_init__(self) -> None:
        if any(CONTROL.search(word) or re.search(r"[\n\t]", word) for word in self.command):
            raise UsageError(
                _("There is a control character in the path of this program: {path}.").format(
                    path=repr(self.command[0])
                ),
                _("Install the program in another folder."),
            )


NOT_ALONE = N_(
    "The job cannot open your history, because the history has a passphrase or because the job "
    "cannot reach its key. So the job cannot say what is due. Each week it only says that it may "
    "be time for some personal admin."
)
"""What to say where `history.opens_alone` says no."""


def weekly_look(weekday: int, at: time) -> Job:
    """Return the job that looks once a week whether something is due; 0 is Monday."""
    return Job(again.command_as_set(*DUE), weekday, at)


def systemd_service(job: Job) -> str:
    """Return the unit that runs the job once.

    The shell is there because systemd takes no program with a quote in its path. The colon keeps $ as it is
    (systemd.service(5), "Command lines", since version 244); % is doubled (systemd.unit(5), "Specifiers"). What the job
    prints names platforms, so it goes nowhere, and not into the system's journal. Where nobody was told, it is tried
    again each half hour, twelve times (Restart=on-failure for one-shot units: since version 244).
    """
    command = " ".join(map(_systemd_word, ("/bin/sh", "-c", 'exec "$0" "$@"', *job.command)))
    return (
        f"[Unit]\nDescription=privacyaudit: check whether something is due\n"
        f"StartLimitIntervalSec=6d\nStartLimitBurst=12\n\n"
        f"[Service]\nType=oneshot\nExecStart=:{command}\nStandardOutput=null\nSuccessExitStatus={SOMETHING_IS_DUE}\n"
        f"Restart=on-failure\nRestartSec=30min\nRestartPreventExitStatus={' '.join(map(str, OTHER_CODES))}\n"
    )


def of_systemd(service: str) -> tuple[str, ...]:
    """Return the command of a unit that `systemd_service` wrote."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', service)
    return tuple(re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in words[3:])


def systemd_timer(job: Job) -> str:
    """Return the timer that starts the service; a time that was slept through is made up for (systemd.timer(5))."""
    day = WEEKDAYS[job.weekday][:3]
    return (
        f"[Unit]\nDescription=privacyaudit: once a week\n\n"
        f"[Timer]\nOnCalendar={day} *-*-* {job.at:%H:%M}:00\nPersistent=true\n\n"
        f"[Install]\nWantedBy=timers.target\n"
    )


def _systemd_word(word: str) -> str:
    quoted = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{quoted}"'


def cron_line(job: Job) -> str:
    """Return the line for a crontab; cron makes a line break of a bare %, and mails what is printed (crontab(5))."""
    command = shlex.join(job.command).replace("%", r"\%")
    return f"{job.at.minute} {job.at.hour} * * {(job.weekday + 1) % 7} {command} >/dev/null"


def of_cron(crontab: str) -> tuple[str, ...]:
    """Return the command in our lines of a crontab; nothing where they are not as `cron_line` writes them."""
    found = re.search(rf"^{re.escape(CRON_BEGIN)}\n(?:\S+ ){{5}}(.*) >/dev/null$", crontab, re.MULTILINE)
    try:
        return tuple(shlex.split(found[1].replace(r"\%", "%"))) if found else ()
    except ValueError:
        return ()


def without_block(crontab: str) -> str:
    """Return a crontab without our lines; everything else stays as it is, to the byte.

    A beginning without an end is left alone: what follows it may be somebody else's.
    """
    block = re.compile(
        rf"^{re.escape(CRON_BEGIN)}\n(?:(?!{re.escape(CRON_BEGIN)}).*\n)*?{re.escape(CRON_END)}(?:\n|\Z)", re.M
    )
    return block.sub("", crontab)


def with_block(crontab: str, job: Job) -> str:
    """Return a crontab with our lines at its end, in place of those that were there."""
    others = without_block(crontab)
    gap = "" if not others or others.endswith("\n") else "\n"
    return f"{others}{gap}{CRON_BEGIN}\n{cron_line(job)}\n{CRON_END}\n"


def launchd_plist(job: Job) -> bytes:
    """Return the property list of a launchd agent; there, Sunday is 0 (launchd.plist(5))."""
    return plistlib.dumps(
        {
            "Label": NAME,
            "ProgramArguments": list(job.command),
            "StartCalendarInterval": {
                "Weekday": (job.weekday + 1) % 7,
                "Hour": job.at.hour,
                "Minute": job.at.minute,
            },
            "ProcessType": "Background",
        }
    )


def of_launchd(plist: bytes) -> tuple[str, ...]:
    """Return the command of a property list; nothing where it is none of ours."""
    try:
        return tuple(map(str, plistlib.loads(plist)["ProgramArguments"]))
    except (ValueError, KeyError, TypeError, ExpatError):
        return ()


def windows_task(job: Job, user: str, today: date) -> bytes:
    """Return a task for the Task Scheduler of Windows: version 1.2, UTF-16, for one user who is signed in.

    The order of elements is that of the Task Scheduler Schema, which Microsoft publishes.
    """
    text = _TASK.format(
        description="privacyaudit: check whether something is due",
        start=datetime.combine(today, job.at).isoformat(),
        weekday=WEEKDAYS[job.weekday],
        user=escape(user),
        command=escape(job.command[0]),
        arguments=escape(_windows_words(job.command[1:])),
    )
    return BOM_UTF16_LE + text.replace("\n", "\r\n").encode("utf-16-le")


def of_windows(task: str) -> tuple[str, ...]:
    """Return the program of a task, without its words."""
    found = re.search(r"<Command>(.*?)</Command>", task)
    return (unescape(found[1]),) if found else ()


def _windows_words(words: Sequence[str]) -> str:
    return subprocess.list2cmdline(words)
